//! Everything a report of the best mix may say, computed once, with the sentences.
//!
//! In: what the search came to. Out: every mix with its figures and where it stands, the best and those that are as good, the
//! frontier of cost against access, the nearest misses where none will do. The answer comes first.

mod none;
pub mod rows;
mod searched;
pub mod sentences;
pub mod titles;

use super::advised::{Advised, advised};
use super::called::Called;
use super::headline::Subject;
use super::settling::{Settling, settling};
use super::sized;
use crate::experiment::mix::race::Round;
use crate::experiment::mix::rules::looks;
use crate::experiment::mix::{ERROR, Figure, Mixed, Objective, closest, frontier};
use crate::experiment::run::first;
use crate::experiment::size::knob::{Knob, Unit};
use crate::model::number::Input;
use crate::outcome::measure::{Measure, by_name};
use crate::scenario::AS_NOW;
use crate::scenario::receivers::{Unreceived, without_unreceived};
use crate::stats::interval::Interval;
use crate::units::Day;
use rows::{Row, Seen};

/// A number that is varied.
#[derive(Clone, Debug, PartialEq)]
pub struct Varied {
    /// Address as the scenario knows it.
    pub address: String,
    /// What it is, in words.
    pub what: String,
    /// In what it is counted.
    pub unit: Unit,
    /// As stated.
    pub now: f64,
    /// As things are; none where its post is of the option alone.
    pub as_now: Option<f64>,
    /// True where it is no range as things are.
    pub certain: bool,
    /// Whether there is a value a step below that of the best (the closest) mix, and a step above.
    pub beyond: [bool; 2],
    /// True where it makes no difference to what is asked.
    pub idle: bool,
    /// Lowest value.
    pub low: f64,
    /// Highest value.
    pub high: f64,
}

/// A target that has to hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    /// Name in the file.
    pub name: String,
    /// Title.
    pub title: String,
}

/// What was spent to find the answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Effort {
    /// Mixes of the grid.
    pub mixes: usize,
    /// Of them, those excluded by their cost before any year.
    pub excluded: usize,
    /// Years until the answer stood.
    pub searched: usize,
    /// Years for the tables afterwards.
    pub shown: usize,
    /// Years of the mix that has most.
    pub most: usize,
    /// Most years that a mix may have.
    pub limit: usize,
    /// Looks at which a mix may be judged.
    pub looks: usize,
}

impl Effort {
    /// Years of the full grid with as many at each mix as the hardest took.
    pub fn full(&self) -> usize {
        self.mixes * self.most
    }
}

/// Everything a report of the best mix may say.
#[derive(Clone, Debug)]
pub struct MixFindings {
    /// Title of the scenario.
    pub title: String,
    /// First and last counted day.
    pub period: (Day, Day),
    /// Seed.
    pub seed: u64,
    /// True where every input is fixed.
    pub fixed: bool,
    /// Title of the option; none for things as they are.
    pub option: Option<String>,
    /// What is varied.
    pub varied: Vec<Varied>,
    /// What is minimised.
    pub objective: Objective,
    /// Targets that have to hold.
    pub targets: Vec<Wanted>,
    /// Chance that each has to hold with.
    pub chance: f64,
    /// For whom targets and access are judged; empty where there is one place.
    pub place: String,
    /// Budget [£ a year].
    pub budget: Option<f64>,
    /// A difference of the objective that does not matter, at the best.
    pub small: f64,
    /// Every mix, the last number fastest.
    pub rows: Vec<Row>,
    /// Position of the best.
    pub best: Option<usize>,
    /// Positions of the mixes of the frontier, the cheapest first; none where costs are not known.
    pub frontier: Vec<usize>,
    /// Positions of the nearest misses, the closest first; none where there is a best.
    pub closest: Vec<usize>,
    /// Things as they are.
    pub as_now: Seen,
    /// Cost of the best less that of things as they are, on the same years, and the same of access.
    pub beside: Option<[Option<sized::rows::Known>; 2]>,
    /// Levers that are left out where nobody has the role that they redirect to.
    pub left_out: Vec<Unreceived>,
    /// Where further people come, for each post whose wte is varied.
    pub further: Vec<String>,
    /// Every round of the search.
    pub rounds: Vec<Round>,
    /// What was spent.
    pub effort: Effort,
    /// True where no more years would tell more.
    pub settled: bool,
    /// Chance, at most, that the answer is wrong.
    pub error: f64,
    /// Luck that comes once in more years than this may not have been seen.
    pub unseen: Option<usize>,
    /// The slowest of all levers that is still settling in.
    pub settling: Option<Settling>,
    /// Whom the best harms, and what is foretold of it.
    pub advised: Advised,
    /// The answer, sentence by sentence; the first is the answer.
    pub answer: Vec<String>,
}

impl MixFindings {
    /// Computes the findings.
    pub fn new(mixed: &Mixed) -> Self {
        let plan = &mixed.plan;
        let option = &mixed.scenario.options[plan.option];
        let model = &option.model;
        let one = model.practices.len() == 1;
        let best = mixed.raced.winner.map(|winner| mixed.contenders[winner]);
        let (front, missed) =
            (frontier(&mixed.mixes, plan.objective.access()), closest(plan, model, &mixed.mixes));
        let mut findings = Self {
            // Of a lever that the best mix leaves without people nothing settles in.
            settling: settling(
                &without_unreceived(model.clone()),
                None,
                plan.settings.seed,
                &first(mixed.as_now.done().max(1)),
            ),
            title: mixed.scenario.title.clone(),
            period: (model.horizon.start, model.horizon.start.plus(model.horizon.days as i32 - 1)),
            seed: plan.settings.seed,
            fixed: model.inputs.is_empty(),
            option: (option.name != AS_NOW).then(|| option.title.clone()),
            varied: varied(mixed),
            objective: plan.objective,
            targets: plan
                .targets
                .iter()
                .map(|t| Wanted {
                    name: model.targets[*t].name.clone(),
                    title: model.targets[*t].title.clone(),
                })
                .collect(),
            chance: plan.chance,
            place: if one { String::new() } else { Subject::new(model, plan.place).name },
            budget: plan.budget,
            small: best.map_or(0.0, |best| {
                mixed.rules.small(mixed.mixes[best].rows.mean(plan.objective.figure()).unwrap_or(0.0))
            }),
            rows: rows::rows(mixed, best, &front),
            frontier: front,
            closest: if best.is_some() { Vec::new() } else { missed.into_iter().take(SHOWN).collect() },
            as_now: rows::plain(mixed, &mixed.as_now),
            beside: best.map(|best| {
                [Figure::Cost, plan.objective.access()]
                    .map(|figure| rows::less(&mixed.mixes[best].rows, &mixed.as_now, figure))
            }),
            best,
            left_out: mixed.left_out.clone(),
            rounds: mixed.raced.rounds.clone(),
            effort: effort(mixed),
            settled: mixed.raced.settled,
            error: ERROR,
            unseen: mixed.raced.unseen(),
            advised: best.map_or_else(Advised::default, |_| {
                let run = (plan.settings.seed, mixed.as_now.done());
                advised(&mixed.stated, &mixed.scenario, plan.option, run)
            }),
            further: further(mixed),
            answer: Vec::new(),
        };
        findings.answer = sentences::answer(&findings);
        findings
    }

    /// The measure of access against cost.
    pub fn access(&self) -> &'static Measure {
        let name = if self.objective.access() == Figure::Wait { "wait_mean" } else { "unmet" };
        by_name(name).unwrap_or(&crate::outcome::measure::MEASURES[0])
    }

    /// A mix in words: `GP, Mill Lane 3.5 WTE and nurse, Mill Lane 2 WTE`.
    pub fn mix(&self, row: &Row) -> String {
        self.values(row, |_| true)
    }

    /// A mix in words by what it has other than another one: `nurse, Mill Lane 2 WTE`.
    pub fn mix_beside(&self, row: &Row, other: &Row) -> String {
        self.values(row, |at| row.values[at] != other.values[at])
    }

    /// Those values of a mix, in words, whose place in the list is wanted.
    fn values(&self, row: &Row, wanted: impl Fn(usize) -> bool) -> String {
        let one = |(_, (varied, value)): (usize, (&Varied, &f64))| {
            format!("{} {}", varied.what, sized::amount(&varied.unit, *value))
        };
        let all = self.varied.iter().zip(&row.values).enumerate();
        super::say::list(&all.filter(|(at, _)| wanted(*at)).map(one).collect::<Vec<String>>())
    }

    /// The mix of the grid that is things as they are; none where an option changes more than what is varied, and where what is varied is
    /// not certain as things are.
    pub fn now_at(&self) -> Option<usize> {
        if self.varied.iter().any(|varied| !varied.certain) {
            return None;
        }
        let is_now =
            |row: &Row| self.varied.iter().zip(&row.values).all(|(varied, x)| varied.as_now == Some(*x));
        self.rows.iter().position(is_now).filter(|_| self.option.is_none())
    }

    /// The objective of things as they are more than the best's, on the same years.
    pub fn as_now_behind(&self) -> Option<sized::rows::Known> {
        let [cost, access] = self.beside?;
        let less = if self.objective == Objective::Cost { cost } else { access }?;
        let interval = less.interval.map(|i| Interval { low: -i.high, high: -i.low });
        Some(sized::rows::Known { mean: -less.mean, interval })
    }

    /// Days of the counted period, over which requests are counted.
    pub fn days(&self) -> i32 {
        self.period.1.0 - self.period.0.0 + 1
    }

    /// The counted period in words: `in 364 days`.
    pub fn over(&self) -> String {
        format!("in {}", super::say::counted(f64::from(self.days()), "day"))
    }

    /// True where nothing that was varied makes a difference to what is asked.
    pub fn all_idle(&self) -> bool {
        self.varied.iter().all(|varied| varied.idle)
    }

    /// The rows in a state.
    pub fn all(&self, state: rows::State) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(move |row| row.state == state)
    }

    /// True where costs are known.
    pub fn costed(&self) -> bool {
        self.rows.iter().any(|row| row.seen.cost.is_some())
    }
}

/// Nearest misses that are shown.
const SHOWN: usize = 4;

/// What is varied, in the order of the values of a mix.
fn varied(mixed: &Mixed) -> Vec<Varied> {
    let model = &mixed.scenario.options[mixed.plan.option].model;
    let one = |(at, knob): (usize, &Knob)| Varied {
        address: knob.address.clone(),
        what: if knob.post.is_some() {
            sized::what(model, knob)
        } else {
            Called::new(&knob.address, &mixed.scenario).words()
        },
        unit: knob.unit.clone(),
        now: knob.now,
        as_now: mixed.values_now[at],
        certain: certain(&mixed.stated.options[0].model, &knob.address),
        beyond: mixed.beyond[at],
        idle: mixed.idle[at],
        low: knob.size(0),
        high: knob.size(knob.grid.last),
    };
    mixed.plan.knobs.iter().enumerate().map(one).collect()
}

/// True where the number at an address, and of a post who is in it, is no range.
fn certain(model: &crate::model::Model, address: &str) -> bool {
    let in_post = address.strip_suffix(".wte").map(|post| format!("{post}.in_post_wte"));
    let at = |input: &Input| match input {
        Input::One(quantity) => quantity.address == address || Some(&quantity.address) == in_post.as_ref(),
        Input::Shares(_) => false,
    };
    !model.inputs.iter().any(|(input, _)| at(input))
}

/// Where further people come along each post's wte.
fn further(mixed: &Mixed) -> Vec<String> {
    let model = &mixed.scenario.options[mixed.plan.option].model;
    let said = |knob: &Knob| {
        let sizes: Vec<f64> = (0..=knob.grid.last).map(|at| knob.size(at)).collect();
        super::people::at(model, &knob.address, &sizes)
    };
    mixed.plan.knobs.iter().filter_map(said).collect()
}

/// What was spent to find the answer, and for the tables afterwards.
fn effort(mixed: &Mixed) -> Effort {
    Effort {
        mixes: mixed.mixes.len(),
        excluded: mixed.mixes.len() - mixed.contenders.len(),
        searched: mixed.raced.years(),
        shown: mixed.shown,
        most: mixed.raced.contenders.iter().map(|contender| contender.done()).max().unwrap_or(0),
        limit: mixed.plan.most,
        looks: looks(mixed.plan.most).len(),
    }
}
