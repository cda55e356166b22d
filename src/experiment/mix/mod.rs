//! The best staffing mix: of all combinations of some numbers, the one with the lowest cost, the fewest unmet requests
//! or the shortest wait that keeps to targets and a budget.
//!
//! In: a scenario and a [`Plan`]. Out: [`Mixed`]: every mix with its years and why it dropped out, the best, things as
//! they are beside it. All mixes see the same years. A mix is the scenario with its values written into it and read
//! again.
//!
//! Fit: [`ask`] finds the question in the scenario, `race.rs` plays the mixes, [`cost`] drops those that money alone
//! rules out, [`edge`] and [`front`] say what the report may add. Cost: years of every mix until the race knows enough;
//! most mixes are dropped after a few looks. [`MOST_MIXES`] bounds the grid.

pub mod ask;
pub mod cost;
pub mod edge;
mod entering;
pub mod figures;
pub mod front;
pub mod race;
pub mod rules;

use super::kept_years::KeptYears;
use super::run::{Settings, first};
use super::shown::Shown;
use super::size::knob::Knob;
use crate::model::Model;
use crate::model::post::Capacity;
use crate::outcome::columns::{About, Place};
use crate::outcome::measure::{MEASURES, by_name};
use crate::scenario::receivers::{Unreceived, unreceived, without_unreceived};
use crate::scenario::{Report, Scenario};
use crate::stats::sequential::Kind;
use crate::stats::stopping::Precision;
use figures::OF_ALL;
pub use figures::{Figure, Objective, Rows};
pub use front::{closest, frontier};
use race::{Raced, Turn, Years, race};
use rayon::prelude::*;
use rules::{Condition, Rules, Sure};

/// Most mixes of a grid.
///
/// Four numbers of ten values each fill it.
pub const MOST_MIXES: usize = 10_000;
/// Chance, at most, that the answer is wrong.
pub const ERROR: f64 = 0.05;
/// A chance within this of the one asked for is borderline where no more can be told.
///
/// Near 1 it is half of what is left, see [`Plan::rules`].
const NEAR: f64 = 0.01;
/// Years that the mixes of the frontier, the closest ones and things as they are have at least, for the tables.
///
/// Below this a table says little of how far a year may lie from another.
const SHOWN: usize = 128;
/// Most years of things as they are, beside the best.
const BESIDE: usize = 512;
/// Closest mixes that are played on where none will do.
const CLOSEST: usize = 4;

/// What is asked, found in the scenario.
///
/// Made by [`ask::Ask::plan`]; positions are those of the scenario as stated.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// What is varied, each with its grid; a mix takes one step of each.
    pub knobs: Vec<Knob>,
    /// Position of the option in which the mix is sought.
    pub option: usize,
    /// What is minimised.
    pub objective: Objective,
    /// Targets that have to hold: positions in the model, ascending, each once.
    pub targets: Vec<usize>,
    /// Chance that each holds in a year, 0 to 1.
    pub chance: f64,
    /// For whom targets and access are judged.
    pub place: Place,
    /// Most that a mix may cost the practices [£ a year]; none: no condition of cost.
    pub budget: Option<f64>,
    /// A difference of the objective that does not matter, relative to the best objective or absolute in its own unit.
    pub matters: Precision,
    /// Most years of a mix.
    pub most: usize,
    /// How mixes are played.
    pub settings: Settings,
}

/// Reads the scenario with further texts `ADDRESS=VALUE`.
///
/// Called once a mix, from several threads.
pub type Load<'a> = &'a (dyn Fn(&[String]) -> Result<Scenario, Report> + Sync);

/// A mix.
///
/// Contenders are mixes; a mix that its cost alone excludes never becomes one.
#[derive(Clone, Debug)]
pub struct Mix {
    /// Step of each number that is varied, in the order of [`Plan::knobs`], counted from 0.
    pub at: Vec<usize>,
    /// Cost that is certain before any year [£ a year]; none where the years have to tell.
    pub certain: Option<f64>,
    /// What its staff and levers cost for certain, where only answers outside cost more or less by luck [£ a year].
    pub certain_staff: Option<f64>,
    /// Position among the contenders of the race; none where its cost alone excluded it.
    pub contender: Option<usize>,
    /// Its years; empty until the race asks for some.
    pub rows: Rows,
}

/// What the search came to.
///
/// `scenario` is what to build on: the best mix written into the scenario, or the scenario as stated.
#[derive(Clone, Debug)]
pub struct Mixed {
    /// The scenario with the best mix; as stated where there is none.
    pub scenario: Scenario,
    /// The scenario as stated.
    pub stated: Scenario,
    /// What was asked.
    pub plan: Plan,
    /// The rules of the race.
    pub rules: Rules,
    /// Every mix, the last number fastest.
    pub mixes: Vec<Mix>,
    /// Position of the mix of each contender.
    pub contenders: Vec<usize>,
    /// The race.
    pub raced: Raced,
    /// Things as they are, over the same years.
    pub as_now: Rows,
    /// Levers that are left out of every mix in which nobody has the role that they redirect to; the report says so.
    pub left_out: Vec<Unreceived>,
    /// The numbers varied as things are; none where the post is of the option alone.
    pub values_now: Vec<Option<f64>>,
    /// By number, in the order of [`Plan::knobs`], whether the scenario has a value a step below that of the best (the
    /// closest) mix, and a step above.
    pub beyond: Vec<[bool; 2]>,
    /// By number, true where it makes no difference to what is asked.
    pub idle: Vec<bool>,
    /// Years played after the race, for the tables; those of things as they are included.
    pub shown: usize,
}

impl Plan {
    /// The values of a mix.
    pub fn values(&self, at: &[usize]) -> Vec<f64> {
        self.knobs.iter().zip(at).map(|(knob, at)| knob.size(*at)).collect()
    }

    /// What writes a mix into the scenario: `ADDRESS=VALUE` texts, in the order of the numbers.
    fn sets(&self, at: &[usize]) -> Vec<String> {
        self.knobs.iter().zip(at).flat_map(|(knob, at)| knob.sets(*at)).collect()
    }

    /// Every combination of steps, the last number fastest.
    fn all(&self) -> Vec<Vec<usize>> {
        let mut all: Vec<Vec<usize>> = vec![Vec::new()];
        for knob in &self.knobs {
            let with = |at: &Vec<usize>| {
                (0..=knob.grid.last).map(|step| [&at[..], &[step]].concat()).collect::<Vec<_>>()
            };
            all = all.iter().flat_map(with).collect();
        }
        all
    }

    /// The mixes at which each number is at its lowest and at its highest, the others as at first: where a value that
    /// the scenario refuses shows before anything is run.
    pub fn corners(&self) -> Vec<Vec<String>> {
        let low = vec![0; self.knobs.len()];
        let mut corners = vec![self.sets(&low)];
        for (number, knob) in self.knobs.iter().enumerate() {
            let mut high = low.clone();
            high[number] = knob.grid.last;
            corners.push(self.sets(&high));
        }
        corners
    }

    /// The rules of the race.
    ///
    /// A chance is near the one asked for within a hundredth, or half of what is left to 1 where that is less.
    pub fn rules(&self) -> Rules {
        let chance =
            Condition { kind: Kind::Chance, level: self.chance, near: NEAR.min(0.5 * (1.0 - self.chance)) };
        let mut conditions = vec![chance; self.targets.len()];
        conditions.extend(self.budget.map(|budget| Condition {
            kind: Kind::Mean,
            level: -cost::most(budget),
            near: 0.0,
        }));
        Rules { conditions, error: ERROR, most: self.most, matters: self.matters }
    }

    /// The figures that are played of a year, in the order of [`figures::Rows`]: cost, reimbursed, unmet, wait, then two a target; of all
    /// targets of the model, so that years that are kept serve any of them.
    fn shown(&self, targets: usize) -> Vec<Shown> {
        let of =
            |name: &str, place, about| Shown { measure: by_name(name).unwrap_or(&MEASURES[0]), place, about };
        let mut shown = vec![
            of("cost_total", Place::All, About::All),
            of("cost_reimbursed", Place::All, About::All),
            of("unmet", self.place, About::All),
            of("wait_mean", self.place, About::All),
        ];
        for target in 0..targets {
            let about = About::Target(target);
            shown.extend([of("target_met", self.place, about), of("seen_within_target", self.place, about)]);
        }
        shown
    }
}

/// How models are played: what is kept, and who is told.
///
/// One for the whole search; only which mix and how far differ.
struct Player<'a> {
    plan: &'a Plan,
    /// Things as they are.
    as_now: &'a Model,
    /// The option, as stated.
    now: &'a Model,
    shown: Vec<Shown>,
    load: Load<'a>,
    kept: &'a KeptYears,
    told: &'a (dyn Fn(usize) + Sync),
}

impl Player<'_> {
    /// The model of a mix: where nobody has the role to which a lever redirects, without that lever.
    fn model(&self, at: &[usize]) -> Result<Model, Report> {
        let mut scenario = (self.load)(&self.plan.sets(at))?;
        let mixed = scenario.options.swap_remove(self.plan.option).model;
        Ok(without_unreceived(mixed.changed_from(self.as_now)))
    }

    /// Further years of a model, from `from` up to but without `upto`, both counted from 0; f32 as rows hold them, with the targets that
    /// are asked for alone.
    fn years(&self, model: Model, from: usize, upto: usize) -> Vec<f32> {
        let replications = first(upto).split_off(from.min(upto));
        let (settings, of_targets) = (self.plan.settings, &self.plan.targets);
        let all = self.kept.lean(model, (self.now, &self.shown), &replications, settings, self.told);
        let asked = |row: &[f32]| {
            let (first, targets) = row.split_at(OF_ALL);
            let two = of_targets.iter().flat_map(|target| &targets[2 * target..][..2]);
            first.iter().chain(two).copied().collect::<Vec<f32>>()
        };
        all.chunks(self.shown.len()).flat_map(asked).collect()
    }

    /// Further years of mixes, played side by side with one read of the scenario each.
    ///
    /// The rows land in the order of the turns on any number of cores.
    fn play(&self, mixes: &mut [Mix], turns: &[Turn]) -> Result<(), Report> {
        let one = |(mix, from, upto): &Turn| Ok(self.years(self.model(&mixes[*mix].at)?, *from, *upto));
        let played: Vec<Result<Vec<f32>, Report>> = turns.par_iter().map(one).collect();
        for ((mix, ..), values) in turns.iter().zip(played) {
            mixes[*mix].rows.values.extend(values?);
        }
        Ok(())
    }
}

/// Searches; `told` hears how many years are done, those that were `kept` among them.
///
/// The scenario is read anew for every mix.
///
/// # Errors
///
/// A mix that the scenario cannot be read with, as its own report says.
///
/// # Panics
///
/// Where the plan is of another scenario: positions are then out of range.
pub fn mix(
    plan: Plan,
    load: Load<'_>,
    kept: &KeptYears,
    told: &(dyn Fn(usize) + Sync),
) -> Result<Mixed, Report> {
    let stated = load(&[])?;
    let now = stated.options[plan.option].model.clone();
    let values_now = plan.knobs.iter().map(|knob| value_now(&stated, plan.option, knob)).collect();
    let as_now = &stated.options[0].model;
    let player =
        Player { plan: &plan, as_now, now: &now, shown: plan.shown(now.targets.len()), load, kept, told };
    let empty = Rows::new(&plan, now.horizon.days);
    let mut mixes: Vec<Mix> = plan
        .all()
        .into_iter()
        .map(|at| Mix { at, certain: None, certain_staff: None, contender: None, rows: empty.clone() })
        .collect();
    // Where every number is at its least, every role without people is.
    let least = load(&plan.sets(&mixes[0].at))?;
    let left_out = unreceived(&least.options[plan.option].model);
    let contenders = entering::enter(&player, &mut mixes)?;
    // Staff have no say in who is answered outside, unless short waits draw people in.
    let drawn_in = least.options[plan.option].model.needs.iter().any(|need| need.latent.is_some());
    let apart = plan.knobs.iter().all(|knob| knob.post.is_some()) && !drawn_in;
    let sure = |mix: &usize| {
        let (cost, money) = (mixes[*mix].certain.is_some(), plan.objective == Objective::Cost);
        Sure { objective: cost && money, cost, part: mixes[*mix].certain_staff.filter(|_| money && apart) }
    };
    let sure: Vec<Sure> = contenders.iter().map(sure).collect();
    let rules = plan.rules();
    let raced = race(&sure, &rules, &mut |turns: &[Turn]| {
        // Contenders of the race are mixes of the grid; the race knows neither.
        let own: Vec<Turn> = turns.iter().map(|(at, from, upto)| (contenders[*at], *from, *upto)).collect();
        player.play(&mut mixes, &own)?;
        Ok(own.iter().map(|(mix, from, _)| years(&plan, &mixes[*mix].rows, *from)).collect())
    })?;
    let mut shown = more(&player, &mut mixes, raced.winner.is_some())?;
    let best = raced.winner.map(|winner| contenders[winner]);
    let leads = best.or_else(|| closest(&plan, &now, &mixes).first().copied());
    // As now is played at least as far as the best, or the closest, up to [`BESIDE`]: the tables set them side by side.
    let as_now_years = leads.map_or(0, |at| mixes[at].rows.done().min(BESIDE)).max(SHOWN.min(plan.most));
    let mut as_now = empty;
    as_now.values = player.years(without_unreceived(stated.options[0].model.clone()), 0, as_now_years);
    shown += as_now_years;
    let beyond = edge::beyond(&plan, &mixes[leads.unwrap_or(0)].at, load);
    let idle = edge::idle(&plan, &mixes);
    let scenario = match best {
        None => stated.clone(),
        Some(best) => load(&plan.sets(&mixes[best].at))?,
    };
    Ok(Mixed {
        scenario,
        stated,
        rules,
        mixes,
        contenders,
        raced,
        as_now,
        left_out,
        values_now,
        beyond,
        idle,
        shown,
        plan,
    })
}

/// A number as things are; none where its post is of the option alone, as there is then no such post.
fn value_now(stated: &Scenario, option: usize, knob: &Knob) -> Option<f64> {
    let Some(post) = knob.post else { return Some(knob.now) };
    let (now, name) = (&stated.options[0].model, &stated.options[option].model.posts[post].name);
    let post = now.posts.iter().find(|post| post.name == *name)?;
    match &post.capacity {
        Capacity::People(staffing) => Some(now.inputs.mean(staffing.wte)),
        Capacity::Plain(_) => Some(knob.now),
    }
}

/// What the race sees of further years.
///
/// One figure a condition, in the order of the rules; a budget is a cost, negated, since of a condition more is better.
fn years(plan: &Plan, rows: &Rows, from: usize) -> Years {
    let mut conditions: Vec<Vec<f64>> =
        (0..plan.targets.len()).map(|target| rows.series(Figure::Met(target), from)).collect();
    if plan.budget.is_some() {
        conditions.push(rows.series(Figure::Cost, from).iter().map(|cost| -cost).collect());
    }
    Years { objective: rows.series(plan.objective.figure(), from), conditions }
}

/// Plays on, for the tables, at the frontier, and at the closest mixes where none will do; how many years.
///
/// Mixes that were played far enough already are left as they are; the sum of what was played beyond that is returned.
fn more(player: &Player<'_>, mixes: &mut [Mix], found: bool) -> Result<usize, Report> {
    let upto = SHOWN.min(player.plan.most);
    let mut wanted = frontier(mixes, player.plan.objective.access());
    if !found {
        wanted.extend(closest(player.plan, player.now, mixes).into_iter().take(CLOSEST));
    }
    wanted.sort_unstable();
    wanted.dedup();
    let turns: Vec<Turn> = wanted
        .into_iter()
        .map(|mix| (mix, mixes[mix].rows.done(), upto))
        .filter(|(_, done, upto)| done < upto)
        .collect();
    player.play(mixes, &turns)?;
    Ok(turns.iter().map(|(_, from, upto)| upto - from).sum())
}
