//! Sizing: the smallest staffing for which a target holds with a stated chance.
//!
//! In: a scenario, what is sized, the target and the chance. Out: [`Sized`]: every size tried with its years, the
//! smallest that is enough, the largest that is too few, for each way of sharing that is asked for. Each size is the
//! scenario with that size written into it, read again, so that it means what it would mean in the file.
//!
//! Instead of a level a size may be asked to do no worse than things as they are ([`as_now`]).
//!
//! Fit: [`ask`] finds the question, `search.rs` spends the years where the answer hangs, [`knob`] writes a size,
//! [`years`] keeps what is needed of one. Cost: years of the sizes that the search looks at, most of them at the two
//! sizes of the turn; the rule and its errors are in [`sequential`](crate::stats::sequential). All sizes meet the same
//! years.

pub mod as_now;
pub mod ask;
pub mod knob;
pub mod search;
pub mod years;

use super::kept_years::KeptYears;
use super::run::Settings;
pub use super::unfit::Unfit;
use crate::model::Model;
use crate::model::target::Target;
use crate::outcome::columns::Place;
use crate::scenario::receivers::{Unreceived, unreceived, without_unreceived};
use crate::scenario::{Report, Scenario};
use crate::stats::moments::Moments;
use crate::stats::sequential::{Kind, Sequential};
use as_now::{AsNow, Now, There};
use knob::Knob;
use search::{Found, Tried, falls, search};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use years::{Figure, Years};

/// What has to hold: the mean of a share, or the chance of a target, has to reach [`Goal::level`]; or things may be no worse
/// than they are, in the share seen in time and in the share of requests that go unmet, by more than [`Goal::near`]: what does
/// just as well could never be shown to be no worse at all.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Goal {
    /// The target, in the option's model.
    pub target: usize,
    /// For whom it is judged.
    pub place: Place,
    /// Where the sized post works; its role there is read for the queue and the rostered hours that the report shows.
    pub works_at: Place,
    /// Chance, 0 to 1, that it holds in a year; none where the mean share seen in time has to reach the target's.
    pub chance: Option<f64>,
    /// Where it is found in things as they are, whose mean share seen in time has to be reached instead of the target's.
    pub as_now: Option<There>,
    /// A size within this of the level, 0 to 1, is borderline where no more can be told. Against things as they are it is also
    /// how much worse a size may be.
    pub near: f64,
}

impl Goal {
    /// The measure that is looked at.
    pub fn measure(&self) -> &'static str {
        if self.chance.is_some() { "target_met" } else { "seen_within_target" }
    }

    /// The level that the measure's mean has to reach.
    ///
    /// [0 to 1] A chance is stated by the planner; the mean by the target itself. Against things as they are the
    /// difference may lie below nought by the margin.
    pub fn level(&self, targets: &[Target]) -> f64 {
        match self.as_now {
            Some(_) => -self.near,
            None => self.chance.unwrap_or(targets[self.target].share),
        }
    }
}

/// What is asked, found in the scenario.
///
/// Made by [`ask::Ask::plan`]; positions are those of the scenario as stated.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// What is sized: the sizes and the texts that write them.
    pub knob: Knob,
    /// Position of the option in which it is sized.
    pub option: usize,
    /// What has to hold.
    pub goal: Goal,
    /// Ways of sharing the post that are compared; empty: as the scenario has it.
    pub sharing: Vec<String>,
    /// Most years of a size.
    pub most: usize,
    /// How sizes are played.
    pub settings: Settings,
}

/// Chance, at most, that the answer is wrong.
pub const ERROR: f64 = 0.05;

/// Reads the scenario with further texts `ADDRESS=VALUE`, anew for every size that is played.
pub type Load<'a> = &'a dyn Fn(&[String]) -> Result<Scenario, Report>;

/// One size with its years.
///
/// All sizes have the same years, so size and size may be set beside each other.
#[derive(Clone, Debug)]
pub struct Step {
    /// Step of the grid.
    pub at: usize,
    /// Size.
    pub size: f64,
    /// Every figure of every year: `[figure][year]`, in the order of [`Figure`].
    pub figures: Vec<Vec<f64>>,
    /// The share of requests that go unmet as now, less that of this size, year by year; none where a level is asked for.
    pub fewer_unmet: Option<Vec<f64>>,
}

impl Step {
    /// A figure over the years.
    pub fn series(&self, figure: Figure) -> &[f64] {
        &self.figures[figure as usize]
    }

    /// Its mean over the years with a value; none where no year has one.
    pub fn mean(&self, figure: Figure) -> Option<f64> {
        Moments::of(self.series(figure)).mean()
    }

    /// The same over the first so many years.
    pub fn mean_of_first(&self, years: usize, figure: Figure) -> Option<f64> {
        let series = self.series(figure);
        Moments::of(&series[..years.min(series.len())]).mean()
    }
}

/// One way of sharing, sized on its own: sizes of two ways may mean different people.
#[derive(Clone, Debug)]
pub struct Way {
    /// How the post is shared, where that was asked.
    pub sharing: Option<String>,
    /// What the search came to.
    pub found: Found,
    /// True where more does worse: the smallest size does better than the largest, so that none is the smallest that is
    /// enough.
    pub falls: bool,
    /// Every size tried, the smallest first.
    pub steps: Vec<Step>,
    /// Years played in all, those of the curve included.
    pub years: usize,
    /// Of all years of a size and the next larger one tried, those in which the smaller one does better; many of them
    /// would make the answer doubtful.
    pub disordered: usize,
    /// The model at the largest size tried.
    pub largest: Model,
}

impl Way {
    /// Years that every size tried has: figures of two sizes are compared over these, since a size that was played longer
    /// had other winters.
    pub fn shared(&self) -> usize {
        self.steps.iter().map(|step| step.series(Figure::Goal).len()).min().unwrap_or(0)
    }
}

/// What sizing came to.
///
/// `scenario` holds the size that is enough, in the way of sharing asked for first; as stated where no size is enough.
#[derive(Clone, Debug)]
pub struct Sized {
    /// The scenario at the size that is enough, as the first way of sharing has it; as stated where no size is.
    pub scenario: Scenario,
    /// The scenario as stated.
    pub stated: Scenario,
    /// What was asked.
    pub plan: Plan,
    /// The rule by which sizes were told apart.
    pub rule: Sequential,
    /// Levers that are left out where nobody has the role that they redirect to.
    pub left_out: Vec<Unreceived>,
    /// Every way of sharing.
    pub ways: Vec<Way>,
    /// Things as they are, where they have to be reached.
    pub now: Option<Now>,
}

impl Plan {
    /// The rule by which sizes are told apart.
    pub fn rule(&self, targets: &[Target]) -> Sequential {
        let kind = match (self.goal.as_now, self.goal.chance) {
            (Some(_), _) => Kind::Difference,
            (None, Some(_)) => Kind::Chance,
            (None, None) => Kind::Mean,
        };
        let (level, near) = (self.goal.level(targets), self.goal.near);
        // No fewer in time and no more unmet: half the error each.
        let error = if self.goal.as_now.is_some() { 0.5 * ERROR } else { ERROR };
        Sequential { kind, level, near, error, most: self.most }
    }

    /// What makes the scenario share the post in a way.
    fn shared(&self, sharing: Option<&str>) -> Vec<String> {
        let stem = self.knob.address.rsplit_once('.').map_or("", |(stem, _)| stem);
        sharing.map(|way| format!("{stem}.sharing=\"{way}\"")).into_iter().collect()
    }
}

/// Sizes; `told` hears how many years are done, over all sizes, those that were `kept` among them.
///
/// The smallest size that is enough is the answer of each
/// way of sharing; the first that is asked for writes the scenario.
///
/// # Errors
///
/// A size that the scenario cannot be read with, as its own report says.
pub fn size(
    plan: Plan,
    load: Load<'_>,
    kept: &KeptYears,
    told: &(dyn Fn(usize) + Sync),
) -> Result<Sized, Report> {
    let stated = load(&[])?;
    let rule = plan.rule(&stated.options[plan.option].model.targets);
    let mut asked: Vec<Option<&str>> = plan.sharing.iter().map(|way| Some(way.as_str())).collect();
    if asked.is_empty() {
        asked.push(None);
    }
    let mut ways = Vec::new();
    let mut as_now = AsNow::new(&plan, &stated.options[0].model);
    for sharing in asked {
        let now = (&stated.options[0].model, &mut as_now);
        ways.push(way((&plan, sharing), now, rule, load, (kept, told))?);
    }
    let least = load(&plan.knob.sets(0))?;
    let left_out = unreceived(&least.options[plan.option].model);
    let scenario = match ways[0].found.enough {
        None => stated.clone(),
        Some(at) => load(&[plan.shared(ways[0].sharing.as_deref()), plan.knob.sets(at)].concat())?,
    };
    Ok(Sized { scenario, stated, plan, rule, left_out, ways, now: as_now.known() })
}

/// Sizes one way of sharing, against things as they are.
///
/// # Errors
///
/// Those of playing a size.
fn way(
    (plan, sharing): (&Plan, Option<&str>),
    (now, as_now): (&Model, &mut AsNow),
    rule: Sequential,
    load: Load<'_>,
    (kept, told): (&KeptYears, &(dyn Fn(usize) + Sync)),
) -> Result<Way, Report> {
    // Sizes by step, each compiled once and played on as the search asks.
    let mut sizes: BTreeMap<usize, Years> = BTreeMap::new();
    let mut play = |at: usize, upto: usize| -> Result<Tried, Report> {
        let years = match sizes.entry(at) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => {
                let mut scenario = load(&[plan.shared(sharing), plan.knob.sets(at)].concat())?;
                let sized = scenario.options.swap_remove(plan.option).model.changed_from(now);
                let model = without_unreceived(sized);
                new.insert(Years::new(model, &plan.goal, plan.knob.post, plan.settings))
            }
        };
        years.upto(upto, kept, told);
        Ok(as_now.tried(&rule, years, (kept, told)))
    };
    let mut found = search(plan.knob.grid, rule, &mut play)?;
    // More of a post is never taken to hurt those whom it serves; more of another number may do either.
    let untold = plan.knob.post.is_none() && (found.enough.is_none() || found.too_few.is_none());
    let falls = untold && falls(plan.knob.grid, rule, &mut found.tried, &mut play)?;
    if falls {
        (found.enough, found.too_few) = (None, None);
    }
    Ok(finished(plan, (sharing, falls), found, (&sizes, as_now)))
}

/// Steps in the order of the sizes, whatever order they were played in.
fn finished(
    plan: &Plan,
    (sharing, falls): (Option<&str>, bool),
    found: Found,
    (sizes, as_now): (&BTreeMap<usize, Years>, &AsNow),
) -> Way {
    use Figure::{Attended, Claim, Cost, Goal, OfRole, Reimbursed, Requests, Rostered, Unmet, Work};
    let others = [Attended, OfRole, Work, Rostered, Cost, Reimbursed, Claim, Unmet, Requests];
    let step = |(at, years): (&usize, &Years)| {
        let others = others.iter().map(|figure| years.series(*figure));
        let (goal, fewer_unmet) = as_now.judged(years);
        let figures = std::iter::once(goal).chain(others).collect();
        Step { at: *at, size: plan.knob.size(*at), figures, fewer_unmet }
    };
    let steps: Vec<Step> = sizes.iter().map(step).collect();
    let worse = |pair: &[Step]| {
        // Years that say the smaller size does better: with a true order there are none.
        let more =
            |smaller: &[f64], larger: &[f64]| smaller.iter().zip(larger).filter(|(a, b)| a > b).count();
        let goal = more(pair[0].series(Goal), pair[1].series(Goal));
        let unmet = pair[0].fewer_unmet.as_ref().zip(pair[1].fewer_unmet.as_ref());
        unmet.map_or(goal, |(smaller, larger)| goal.max(more(smaller, larger)))
    };
    Way {
        sharing: sharing.map(ToOwned::to_owned),
        years: found.tried.values().map(|tried| tried.years).sum(),
        disordered: steps.windows(2).map(worse).sum(),
        largest: sizes
            .values()
            .next_back()
            .map(|years| years.model().clone())
            .expect("a search plays its first size"),
        found,
        falls,
        steps,
    }
}
