//! Options against as-now, on the same draws: the paired mean difference, its interval, the chance of being better.
//!
//! In: two options of a run with their outcomes. Out: all that the report of a run says of the option. `skillmix
//! compare` has findings of its own (`compared`), with judgements by what matters.

use super::beside::Beside;
use super::changes::{self, NeedChange, RoleChange};
use super::figure::Unit;
use super::harms::Together;
use super::headline::Headline;
use super::money::{self, Money};
use super::options;
use super::own_time;
use super::prices::Gap;
use super::settling::{Settling, settling};
use super::staffing::{self, Staffed};
use crate::experiment::shown::between_options;
use crate::experiment::sure::sure;
use crate::model::Model;
use crate::outcome::Outcome;
use crate::outcome::columns::About;
use crate::outcome::measure::{Better, Measure, by_name};
use crate::plan::lanes::Replication;
use crate::scenario::OptionModel;
use crate::stats::judgement::{self, Luck};
use crate::stats::moments::Moments;
use crate::stats::paired::{self, Paired, kept_differences, paired};

/// One measure of an option against as-now.
///
/// Only measures that are not nought in both have one.
#[derive(Clone, Debug)]
pub struct Difference {
    /// Measure.
    pub measure: &'static Measure,
    /// What it is about, in words.
    pub words: String,
    /// Unit of the difference.
    pub unit: Unit,
    /// Mean under as-now.
    pub as_now: f64,
    /// Mean under the option.
    pub option: f64,
    /// Option less as-now, pair by pair.
    pub paired: Paired,
    /// True where the measure has a better direction.
    pub judged: bool,
}

/// What a difference shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shows {
    /// The option is better.
    Better,
    /// It is worse.
    Worse,
    /// The interval holds nought.
    NotToldApart,
    /// The measure has no better direction.
    Neither,
}

impl Shows {
    /// As it stands in a table; empty where nothing is judged.
    pub fn words(self) -> &'static str {
        match self {
            Self::Better => "better",
            Self::Worse => "worse",
            Self::NotToldApart => "not told apart",
            Self::Neither => "",
        }
    }
}

impl Difference {
    /// Better, worse, or neither where the interval holds nought.
    pub fn verdict(&self) -> Shows {
        let clear = self.paired.interval.filter(|i| !i.holds(0.0) && self.judged);
        let up = self.measure.better == Better::Higher;
        match clear {
            Some(i) if (i.low > 0.0) == up => Shows::Better,
            Some(_) => Shows::Worse,
            None if self.judged => Shows::NotToldApart,
            None => Shows::Neither,
        }
    }
}

/// An option.
///
/// `brief` and `said` are made last, from the other fields.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// Title.
    pub option: String,
    /// The headline; none where it is the same nought, or not kept, in both.
    pub headline: Option<Difference>,
    /// Its differences, the headline among them.
    pub differences: Vec<Difference>,
    /// What changes for each need, harms first.
    pub needs: Vec<NeedChange>,
    /// What changes there for everybody together.
    pub together: Together,
    /// What changes for each role, new ones first.
    pub roles: Vec<RoleChange>,
    /// Money; none where no costs are stated.
    pub money: Option<Money>,
    /// True where staff that it changes have no price.
    pub unpriced: bool,
    /// Used of the time of the posts that it adds; none where it adds none.
    pub own_time: Option<f64>,
    /// The slowest of its levers that is still settling in.
    pub settling: Option<Settling>,
    /// Posts that as-now lacks or has otherwise.
    pub posts: Vec<Staffed>,
    /// What it does, as the cells of one line.
    pub brief: [String; 5],
    /// What it does, in a few sentences that do not name it.
    pub said: String,
}

/// Measures that every comparison shows besides the headline.
const SHOWN: [&str; 6] =
    ["attended", "left_or_waiting", "unmet", "redirected_inside", "redirected_outside", "equity_gap"];

/// Compares an option with as-now.
///
/// Outcomes are read; only settling in and the staffing map look at draws of `reps` again.
pub fn compare(
    (now, option): (&OptionModel, &OptionModel),
    (as_now, outcome): (&Outcome, &Outcome),
    headline: &Headline,
    (seed, reps): (u64, &[Replication]),
) -> Comparison {
    let (model, other) = (&now.model, &option.model);
    let beside = Beside { as_now: (model, as_now), option: (other, outcome), place: headline.place };
    let first = difference(&beside, (headline.measure, headline.about, headline.words(model)));
    let mut differences: Vec<Difference> = first.iter().cloned().collect();
    differences.extend(shown(model, headline).into_iter().filter_map(|w| difference(&beside, w)));
    let mut comparison = Comparison {
        option: option.title.clone(),
        headline: first,
        differences,
        needs: changes::needs(&beside),
        together: Together::of(&beside),
        roles: changes::roles(&beside),
        money: money::money(&beside),
        unpriced: !Gap::between(model, other).whole(),
        own_time: own_time::used(beside.as_now, beside.option),
        settling: settling(other, Some(model), seed, reps),
        posts: staffing::changed(model, other, seed, reps),
        brief: Default::default(),
        said: String::new(),
    };
    comparison.brief = options::brief(&comparison);
    comparison.said = options::sentences(&comparison, &headline.said(model), model.inputs.is_empty());
    comparison
}

/// What is compared besides the headline: measure, subject, words.
///
/// The targets first, then the mean wait unless it is the headline, then [`SHOWN`].
fn shown(model: &Model, headline: &Headline) -> Vec<(&'static Measure, About, String)> {
    let mut wanted = Vec::new();
    for (t, target) in model.targets.iter().enumerate() {
        let words = format!("target met: {}", target.title);
        wanted.extend(by_name("target_met").map(|m| (m, About::Target(t), words)));
    }
    if headline.measure.name != "wait_mean" || headline.about != About::All {
        wanted.extend(by_name("wait_mean").map(|m| (m, About::All, "mean wait".to_owned())));
    }
    for name in SHOWN {
        wanted.extend(by_name(name).map(|m| (m, About::All, name.replace('_', " "))));
    }
    wanted
}

/// One measure; none where it is not kept in both, no pair is complete, or it is nought in both.
fn difference(
    beside: &Beside<'_>,
    (measure, about, words): (&'static Measure, About, String),
) -> Option<Difference> {
    let pairs = beside.pairs(measure.name, about)?;
    let better =
        if measure.better == Better::Higher { paired::Better::Higher } else { paired::Better::Lower };
    let mut paired = paired(&pairs, better, 0.95)?;
    // The interval that `compare` judges by: none of few years, nor where all differ alike but for luck that never reaches them.
    let certain = [beside.as_now.0, beside.option.0].iter().all(|model| sure(measure.name, model));
    let luck = Luck::of(measure.is_chance(), certain);
    paired.interval = judgement::shown(&Moments::of(&kept_differences(&pairs)), 0.95, luck);
    let mean = |of: fn(&(f64, f64)) -> f64| {
        Moments::of(&pairs.iter().map(of).collect::<Vec<_>>()).mean().unwrap_or(f64::NAN)
    };
    let (now, then) = (mean(|p| p.1), mean(|p| p.0));
    if now == 0.0 && then == 0.0 {
        return None;
    }
    let unit = match Unit::of(measure.unit) {
        Unit::Share => Unit::Points,
        other => other,
    };
    let judged = between_options(measure) != Better::Neither;
    Some(Difference { measure, words, unit, as_now: now, option: then, paired, judged })
}
