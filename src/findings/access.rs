//! Access in figures: waits by need, targets by practice, contacts a GP a day.
//!
//! In: the outcome of as-now, and of options for the chances. Out: figures at one place, by need, by target and
//! its practices, by GP role and practice. Nothing is played again.

use super::beside::same_in;
use super::figure::{Chance, Figure, Unit};
use crate::model::Model;
use crate::model::target::TargetFor;
use crate::outcome::Outcome;
use crate::outcome::columns::{About, Place};
use crate::scenario::OptionModel;
use crate::stats::quantile::percentile;

/// Waits of one need at the headline's place.
#[derive(Clone, Debug)]
pub struct NeedWait {
    /// Need.
    pub need: String,
    /// Wait that half of everybody seen in the simulated years did not exceed [days].
    pub half: f64,
    /// Wait that 90 % of them did not exceed [days]. Beside the share seen in time the mean over years would contradict it: a
    /// few years with short waits pull it below the target that most people miss.
    pub most: f64,
    /// Wait that 90 % of attended contacts of a year did not exceed, over years [days].
    pub p90: Figure,
    /// Days within which its target wants people seen, and the share.
    pub target: Option<(u32, f64)>,
    /// Share of those due seen in time; no value without a target.
    pub in_time: Figure,
    /// Share that gave up, was lost or still waits.
    pub left: Figure,
}

impl NeedWait {
    /// True where in a mean year fewer are seen in time than the target wants.
    pub fn misses(&self) -> bool {
        self.target.is_some_and(|(_, share)| self.in_time.mean < share)
    }
}

/// Waits of every need that was seen; of a practice only the mean is kept, so its network's are shown.
///
/// Where the place was changed for its network, the first of the pair says so. A need with several targets is
/// held against the first of them; needs of which nobody was seen are left out.
pub fn waits(model: &Model, outcome: &Outcome, place: Place) -> (Place, Vec<NeedWait>) {
    let place = match place {
        Place::Practice(p) if outcome.columns.find("wait_p90", place, About::Need(0)).is_none() => {
            Place::Network(model.practices[p].network)
        }
        kept => kept,
    };
    let of =
        |k: usize, name: &str, unit| Figure::of_series(outcome.series(name, place, About::Need(k)), unit);
    let target = |k: usize| model.targets.iter().position(|t| t.need == k);
    let in_time = |t: usize| outcome.series("seen_within_target", place, About::Target(t));
    let at = outcome.sums.places.iter().position(|known| *known == place);
    let quantile = |k: usize, share: f64| {
        let wait = at.and_then(|at| outcome.sums.wait_quantile(at, k, share));
        wait.map_or(f64::NAN, |days| days as f64)
    };
    let needs = model.needs.iter().enumerate().map(|(k, need)| NeedWait {
        need: need.title.clone(),
        in_time: Figure::of_series(target(k).and_then(in_time), Unit::Share),
        half: quantile(k, 0.5),
        most: quantile(k, 0.9),
        p90: of(k, "wait_p90", Unit::Days),
        target: target(k).map(|t| (model.targets[t].within_days, model.targets[t].share)),
        left: of(k, "left_or_waiting", Unit::Share),
    });
    (place, needs.filter(|w| w.p90.known() && w.most.is_finite()).collect())
}

/// A target over the places.
///
/// The first in a list is the one in focus: verdict, pictures and next step look at it.
#[derive(Clone, Debug)]
pub struct TargetFinding {
    /// Name in the file.
    pub name: String,
    /// Title.
    pub title: String,
    /// Its number in the model.
    pub number: usize,
    /// Title of its need.
    pub need: String,
    /// `90 % seen within 14 days, every practice`.
    pub words: String,
    /// Of whom it is asked; of one network as of all.
    pub for_each: TargetFor,
    /// Share that it wants.
    pub share: f64,
    /// Chance at the headline's place.
    pub chance: Chance,
    /// Share seen in time at the headline's place.
    pub in_time: Figure,
    /// Share seen in time that the worst tenth of simulated years do not exceed.
    pub worst_tenth: f64,
    /// Practices of the place: name, chance, share in time.
    pub practices: Vec<(String, Chance, Figure)>,
    /// The same of each option.
    pub options: Vec<OptionChance>,
}

/// The chance of a target under an option.
#[derive(Clone, Debug)]
pub struct OptionChance {
    /// Title of the option.
    pub option: String,
    /// By practice, in the order of as-now's; none met of none where the option lacks the practice.
    pub practices: Vec<Chance>,
    /// At the headline's place.
    pub chance: Chance,
}

/// Adds to each target of as-now its chances in the options.
pub fn beside(
    targets: &mut [TargetFinding],
    (model, place): (&Model, Place),
    options: &[(&OptionModel, &Outcome)],
) {
    for target in targets {
        let of = |(option, outcome): &(&OptionModel, &Outcome)| {
            option_chance(&option.title, (model, place, target.number), (&option.model, outcome))
        };
        target.options = options.iter().filter_map(of).collect();
    }
}

/// The chances of an option for as-now's target `t`; none where it does not have the target.
///
/// Places and targets are found by name, as an option may number them otherwise.
fn option_chance(
    title: &str,
    (model, place, t): (&Model, Place, usize),
    (other, outcome): (&Model, &Outcome),
) -> Option<OptionChance> {
    let chance = |at: Place| {
        let (at, about) = same_in((model, other), at, About::Target(t))?;
        Some(Chance::of(&outcome.series("target_met", at, about)?))
    };
    let none = Chance { met: 0, of: 0, without: 0 };
    let practices = place.practices(model).into_iter();
    Some(OptionChance {
        option: title.to_owned(),
        practices: practices.map(|p| chance(Place::Practice(p)).unwrap_or(none)).collect(),
        chance: chance(place)?,
    })
}

/// Every target at a place and its practices; the one in focus comes first.
///
/// Options are added by [`beside`]. `worst_tenth` is NaN where no year has a value.
pub fn targets(model: &Model, outcome: &Outcome, place: Place, focus: Option<usize>) -> Vec<TargetFinding> {
    let series = |name: &str, place, t| outcome.series(name, place, About::Target(t)).unwrap_or_default();
    let of = |place, t| {
        let chance = Chance::of(&series("target_met", place, t));
        (chance, Figure::of(&series("seen_within_target", place, t), Unit::Share))
    };
    let mut order: Vec<usize> = (0..model.targets.len()).collect();
    order.sort_by_key(|t| Some(*t) != focus);
    order
        .into_iter()
        .map(|t| {
            let target = &model.targets[t];
            let (chance, in_time) = of(place, t);
            // One network is all together.
            let for_each = match target.for_each {
                TargetFor::EachNetwork if model.networks.len() <= 1 => TargetFor::All,
                of => of,
            };
            let each = match for_each {
                TargetFor::EachPractice => ", every practice",
                TargetFor::EachNetwork => ", every network",
                TargetFor::All => "",
            };
            let period = if target.each_week { ", every week" } else { "" };
            let practice = |p: usize| {
                let (chance, in_time) = of(Place::Practice(p), t);
                (model.practices[p].title.clone(), chance, in_time)
            };
            TargetFinding {
                name: target.name.clone(),
                title: target.title.clone(),
                number: t,
                need: model.needs[target.need].title.clone(),
                words: format!(
                    "{} seen within {}{each}{period}",
                    super::say::percent(target.share),
                    super::say::counted(f64::from(target.within_days), "day")
                ),
                for_each,
                share: target.share,
                chance,
                in_time,
                worst_tenth: percentile(&series("seen_within_target", place, t), 0.1).unwrap_or(f64::NAN),
                practices: place.practices(model).into_iter().map(practice).collect(),
                options: Vec::new(),
            }
        })
        .collect()
}

/// Contacts a GP a day at one place.
///
/// One for each GP role at each practice where it was on the roster.
#[derive(Clone, Debug)]
pub struct Contacts {
    /// Place.
    pub place: String,
    /// Role.
    pub role: String,
    /// Contacts a person present for a full working day.
    pub a_day: Figure,
    /// Share of person-days above 25.
    pub over_25: Figure,
}

/// The safe number of contacts a GP a day (BMA, Safe working in general practice, 2016).
pub const SAFE_CONTACTS: f64 = 25.0;

/// Contacts a day of GP roles by practice; none without people on the roster.
///
/// In the order of the outcome's columns; all practices, whatever place the headline is at.
pub fn contacts(model: &Model, outcome: &Outcome) -> Vec<Contacts> {
    let mut out = Vec::new();
    for group in &outcome.columns.groups {
        let About::Role(role) = group.about else { continue };
        if !model.roles[role].is_gp || !matches!(group.place, Place::Practice(_)) {
            continue;
        }
        let of = |name: &str, unit| Figure::of_series(outcome.series(name, group.place, group.about), unit);
        let found = Contacts {
            place: group.place.title(model).to_owned(),
            role: model.roles[role].title.clone(),
            a_day: of("contacts_a_day", Unit::Count),
            over_25: of("days_over_25", Unit::Share),
        };
        if found.a_day.known() {
            out.push(found);
        }
    }
    out
}
