//! What is kept of each replication of a case, and estimates from it with their standard errors.

use rayon::prelude::*;
use skillmix::book::tally::{FLOWS, Flow, Tally};
use skillmix::experiment::run::first;
use skillmix::model::Model;
use skillmix::plan::lanes::LANES;
use skillmix::scenario::{Scenario, load};
use skillmix::year::Year;
use std::path::Path;

/// Longest backlog and wait told apart; the last stands for this and more.
const BACKLOG: usize = 2500;
const WAIT: usize = 150;

/// A case's scenario as the reader reads it, with changes as on the command line.
pub fn scenario(name: &str, sets: &[String]) -> Scenario {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(format!("{name}.toml"));
    load(&path, sets).unwrap_or_else(|report| panic!("{}", report.render(false)))
}

/// Runs the replications that a scenario asks for (its last option) and takes something of each.
pub fn replicate<T: Send>(scenario: &Scenario, take: impl Fn(&Year, &Tally, usize) -> T + Sync) -> Vec<T> {
    let model = scenario.options.last().expect("an option").model.clone();
    let year = Year::new(model, scenario.run.seed, true);
    let blocks: Vec<Vec<T>> = first(scenario.run.replications as usize)
        .par_chunks(LANES)
        .map_init(
            || year.block(),
            |block, reps| {
                year.run(reps, block);
                (0..reps.len()).map(|lane| take(&year, &block.book.tally, lane)).collect()
            },
        )
        .collect();
    blocks.into_iter().flatten().collect()
}

/// Sums over one replication (or several), each in its place.
#[derive(Clone, Debug)]
pub struct Sums {
    needs: usize,
    roles: usize,
    cells: Vec<f64>,
}

/// Places of single sums.
const DAYS: usize = 0;
const BACKLOG_SUM: usize = 1;
const BACKLOG_SQUARES: usize = 2;
const SEEN: usize = 3;
const SEEN_SQUARES: usize = 4;
const EXCESS: usize = 5;
const EXCESS_DAYS: usize = 6;
const USED: usize = 7;
const ROSTERED: usize = 8;
const WEEKDAY: usize = 9;
const WEEKDAYS: usize = WEEKDAY + 7;
const BACKLOGS: usize = WEEKDAYS + 7;
const REST: usize = BACKLOGS + BACKLOG;

impl Sums {
    /// The counted days of one replication, all practices together.
    fn of(year: &Year, tally: &Tally, lane: usize) -> Self {
        let (needs, roles) = (year.model.needs.len(), year.model.roles.len());
        let mut sums = Self { needs, roles, cells: vec![0.0; REST + needs * (FLOWS + roles * (WAIT + 1))] };
        let days = tally.sizes.days;
        let practices = year.model.practices.len();
        let total = |of: &[[u32; LANES]], t: usize| -> f64 {
            (0..practices).map(|p| f64::from(of[p * days + t][lane])).sum()
        };
        let cells = &mut sums.cells;
        for t in year.axis.warm_up..days {
            let backlog = total(&tally.day_backlog, t);
            let seen = total(&tally.day_seen, t);
            let excess = total(&tally.day_requests, t) - seen;
            cells[DAYS] += 1.0;
            cells[BACKLOG_SUM] += backlog;
            cells[BACKLOG_SQUARES] += backlog * backlog;
            cells[SEEN] += seen;
            cells[SEEN_SQUARES] += seen * seen;
            cells[EXCESS] += excess;
            cells[EXCESS_DAYS] += f64::from(excess > 0.0);
            let weekday = year.axis.day(t).weekday();
            cells[WEEKDAY + weekday] += backlog;
            cells[WEEKDAYS + weekday] += 1.0;
            cells[BACKLOGS + (backlog as usize).min(BACKLOG - 1)] += 1.0;
        }
        cells[USED] = tally.used.iter().map(|m| m[lane] as f64).sum();
        cells[ROSTERED] = tally.rostered.iter().map(|m| m[lane] as f64).sum();
        for p in 0..practices {
            for k in 0..needs {
                for flow in 0..FLOWS {
                    cells[REST + k * FLOWS + flow] += f64::from(tally.flow[tally.at(p, k, Flow::Opening) + flow][lane]);
                }
            }
        }
        for (i, &(_, need, role)) in year.book.service.seen_cells.iter().enumerate() {
            let at = REST + needs * FLOWS + (need * roles + role) * (WAIT + 1);
            for wait in 0..days {
                let n = f64::from(tally.waits[i * days + wait][lane]);
                cells[at + wait.min(WAIT - 1)] += n;
                cells[at + WAIT] += n * wait as f64;
            }
        }
        sums
    }

    pub fn mean_backlog(&self) -> f64 {
        self.cells[BACKLOG_SUM] / self.cells[DAYS]
    }

    pub fn sd_backlog(&self) -> f64 {
        (self.cells[BACKLOG_SQUARES] / self.cells[DAYS] - self.mean_backlog().powi(2)).max(0.0).sqrt()
    }

    pub fn backlog_upto(&self, x: usize) -> f64 {
        self.cells[BACKLOGS..=BACKLOGS + x].iter().sum::<f64>() / self.cells[DAYS]
    }

    pub fn weekday_backlog(&self, weekday: usize) -> f64 {
        self.cells[WEEKDAY + weekday] / self.cells[WEEKDAYS + weekday]
    }

    /// People of a flow a counted day.
    pub fn a_day(&self, need: usize, flow: Flow) -> f64 {
        self.flow(need, flow) / self.cells[DAYS]
    }

    pub fn flow(&self, need: usize, flow: Flow) -> f64 {
        self.cells[REST + need * FLOWS + flow as usize]
    }

    /// Share of rostered minutes used.
    pub fn utilisation(&self) -> f64 {
        self.cells[USED] / self.cells[ROSTERED]
    }

    /// Unused minutes a counted day, in slots of ten minutes.
    pub fn idle_slots(&self) -> f64 {
        (self.cells[ROSTERED] - self.cells[USED]) / 10_000.0 / self.cells[DAYS]
    }

    /// Variance of the number seen on a day: with fixed slots also that of idle slots.
    pub fn seen_variance(&self) -> f64 {
        self.cells[SEEN_SQUARES] / self.cells[DAYS] - (self.cells[SEEN] / self.cells[DAYS]).powi(2)
    }

    /// Share of days with more requests than people seen, and the mean of the excess.
    pub fn excess_days(&self) -> f64 {
        self.cells[EXCESS_DAYS] / self.cells[DAYS]
    }

    pub fn excess(&self) -> f64 {
        self.cells[EXCESS] / self.cells[DAYS]
    }

    /// Mean cost of a day: so much a person turned away, one a slot left idle.
    pub fn cost(&self, short: f64) -> f64 {
        short * self.excess() + self.idle_slots()
    }

    /// Waits of the attended of a need, by one role or by all.
    fn waits(&self, need: usize, role: Option<usize>) -> Vec<&[f64]> {
        let at = |role: usize| REST + self.needs * FLOWS + (need * self.roles + role) * (WAIT + 1);
        let roles = role.map_or(0..self.roles, |r| r..r + 1);
        roles.map(|r| &self.cells[at(r)..=at(r) + WAIT]).collect()
    }

    pub fn attended(&self, need: usize, role: Option<usize>) -> f64 {
        self.waits(need, role).iter().map(|w| w[..WAIT].iter().sum::<f64>()).sum()
    }

    pub fn attended_after(&self, need: usize, wait: usize) -> f64 {
        self.waits(need, None).iter().map(|w| w[wait]).sum()
    }

    pub fn mean_wait(&self, need: usize, role: Option<usize>) -> f64 {
        self.waits(need, role).iter().map(|w| w[WAIT]).sum::<f64>() / self.attended(need, role)
    }

    pub fn wait_upto(&self, need: usize, role: Option<usize>, x: usize) -> f64 {
        self.waits(need, role).iter().map(|w| w[..=x].iter().sum::<f64>()).sum::<f64>() / self.attended(need, role)
    }
}

/// Place of a need.
pub fn position(model: &Model, need: &str) -> usize {
    model.needs.iter().position(|n| n.name == need).expect("a need of the case")
}

/// All replications of a case.
pub struct Sample {
    pub pooled: Sums,
    model: Model,
    replications: Vec<Sums>,
}

impl Sample {
    pub fn run(name: &str, sets: &[String]) -> Self {
        let scenario = scenario(name, sets);
        let replications = replicate(&scenario, Sums::of);
        let mut pooled = replications[0].clone();
        for one in &replications[1..] {
            pooled.cells.iter_mut().zip(&one.cells).for_each(|(sum, x)| *sum += x);
        }
        let model = scenario.options[0].model.clone();
        Self { pooled, model, replications }
    }

    /// Place of a need.
    pub fn need(&self, name: &str) -> usize {
        position(&self.model, name)
    }

    /// An estimate from all replications and its standard error by the jackknife over replications.
    pub fn estimate(&self, figure: &(dyn Fn(&Sums) -> f64 + Sync)) -> (f64, f64) {
        let without: Vec<f64> = self
            .replications
            .par_iter()
            .map_init(
                || self.pooled.clone(),
                |rest, one| {
                    for ((rest, all), x) in rest.cells.iter_mut().zip(&self.pooled.cells).zip(&one.cells) {
                        *rest = all - x;
                    }
                    figure(rest)
                },
            )
            .collect();
        let n = without.len() as f64;
        let mean = without.iter().sum::<f64>() / n;
        let spread: f64 = without.iter().map(|x| (x - mean).powi(2)).sum();
        (figure(&self.pooled), (spread * (n - 1.0) / n).sqrt())
    }
}
