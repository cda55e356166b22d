//! What an option changes for each need and each role, harms first.
//!
//! A need is worse off where more of its requests go unmet, a larger share of its patients leaves or is still waiting at
//! the end, or its mean wait (of those attended) rises; better off where they fall. Only changes that can be told from
//! nought among all needs and all three measures together (Bonferroni) count. Requests answered outside are not unmet.
//!
//! In: an option beside as-now. Out: changes by need and by role, which `harms`, the tables and the sentences
//! read. Two thresholds: what a table can show (`shown`) decides what is told at all; what is named in a sentence
//! has to be larger (`least`, and a hundredth of as-now).

use super::beside::{Beside, Change};
use crate::outcome::columns::About;

/// What is looked at of a need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Unmet requests.
    Unmet,
    /// Share that left or is still waiting at the end.
    LeftOrWaiting,
    /// Mean wait [days].
    Wait,
}

/// Measures of a need.
const MEASURES: usize = 3;
/// Least share of as-now that a change must have to be named as harm or help.
const LEAST: f64 = 0.01;

impl What {
    /// Least change that a table can show.
    fn shown(self) -> f64 {
        match self {
            Self::Unmet => 0.5,
            Self::LeftOrWaiting => 0.0005,
            Self::Wait => 0.005,
        }
    }

    /// Least change that is named as harm or help: a request, a tenth of a point, a twentieth of a day.
    fn least(self) -> f64 {
        match self {
            Self::Unmet => 1.0,
            Self::LeftOrWaiting => 0.001,
            Self::Wait => 0.05,
        }
    }

    /// By how many times a figure changes: of as-now and a little (50 requests, two points, a day), so that a rise from next
    /// to nothing is not the largest of all.
    pub fn times(self, change: &Change) -> f64 {
        let little = match self {
            Self::Unmet => 50.0,
            Self::LeftOrWaiting => 0.02,
            Self::Wait => 1.0,
        };
        change.mean.abs() / (change.as_now.abs() + little)
    }
}

/// Which way a need goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// Something is worse, nothing better.
    Worse,
    /// One is worse, the other better.
    Mixed,
    /// Something is better, nothing worse.
    Better,
    /// Nothing can be told from nought.
    Same,
}

impl Way {
    /// As a cell of a table.
    pub fn word(self) -> &'static str {
        match self {
            Self::Worse => "worse",
            Self::Mixed => "mixed",
            Self::Better => "better",
            Self::Same => "",
        }
    }
}

/// What changes for a need.
///
/// None for a measure that is not kept, or has no year with a value in both.
#[derive(Clone, Debug, PartialEq)]
pub struct NeedChange {
    /// Need.
    pub need: String,
    /// Unmet requests.
    pub unmet: Option<Change>,
    /// Share of its patients that left or is still waiting.
    pub left: Option<Change>,
    /// Mean wait [days].
    pub wait: Option<Change>,
}

impl NeedChange {
    /// Which way it goes.
    // More is worse in all three measures.
    pub fn way(&self) -> Way {
        let told = |c: &Option<Change>, up: bool| c.is_some_and(|c| c.told && (c.mean > 0.0) == up);
        let any = |up: bool| [&self.unmet, &self.left, &self.wait].into_iter().any(|c| told(c, up));
        let (worse, better) = (any(true), any(false));
        match (worse, better) {
            (true, true) => Way::Mixed,
            (true, false) => Way::Worse,
            (false, true) => Way::Better,
            (false, false) => Way::Same,
        }
    }

    /// What rises (`up`), or falls, by enough to be named: unmet requests, else the share that left or waits, and the wait.
    ///
    /// At most two entries: of unmet and left only one is named, as they tell of the same people.
    pub fn named(&self, up: bool) -> Vec<(What, Change)> {
        let of = |what: What, change: Option<Change>| {
            let change = change.filter(|c| c.matters(LEAST) && c.mean.abs() >= what.least())?;
            ((change.mean > 0.0) == up).then_some((what, change))
        };
        let gone = of(What::Unmet, self.unmet).or_else(|| of(What::LeftOrWaiting, self.left));
        gone.into_iter().chain(of(What::Wait, self.wait)).collect()
    }

    /// How large its change of unmet requests is.
    fn size(&self) -> f64 {
        self.unmet.map_or(0.0, |c| c.mean.abs())
    }
}

/// Every need with requests: worse first, the largest change of unmet requests first.
pub fn needs(beside: &Beside<'_>) -> Vec<NeedChange> {
    let model = beside.as_now.0;
    // All needs and measures count as looked at together, so that one of many is not called told by luck.
    let together = MEASURES * model.needs.len();
    let mut all: Vec<NeedChange> = (0..model.needs.len())
        .map(|k| {
            let of = |measure: &str, what: What| {
                let change = Change::of(&beside.pairs(measure, About::Need(k))?, together)?;
                Some(Change { told: change.told && change.mean.abs() >= what.shown(), ..change })
            };
            let left = of("left_or_waiting", What::LeftOrWaiting);
            let (unmet, wait) = (of("unmet", What::Unmet), of("wait_mean", What::Wait));
            NeedChange { need: model.needs[k].title.clone(), unmet, left, wait }
        })
        .collect();
    all.sort_by(|a, b| a.way().cmp(&b.way()).then(b.size().total_cmp(&a.size())));
    all
}

/// What changes for a role.
#[derive(Clone, Debug, PartialEq)]
pub struct RoleChange {
    /// Role.
    pub role: String,
    /// True where as-now has no post of it at the place.
    pub new: bool,
    /// Rostered appointment time [h]; as-now is nought for a new role.
    pub rostered: Change,
    /// Share of it used under as-now.
    pub used_as_now: f64,
    /// Share of it used under the option.
    pub used: f64,
    /// Change of that share; none for a new role.
    pub change: Option<Change>,
}

/// Roles of the option at the place: new ones first, then those whose roster or use can be told to change.
///
/// Use and roster of all roles count as looked at together.
pub fn roles(beside: &Beside<'_>) -> Vec<RoleChange> {
    let other = beside.option.0;
    let together = 2 * other.roles.len();
    let mut all: Vec<RoleChange> = (0..other.roles.len())
        .filter_map(|r| role(beside, r, together))
        .filter(|c| c.new || c.rostered.told || c.change.is_some_and(|u| u.told))
        .collect();
    all.sort_by_key(|c| !c.new);
    all
}

/// None where the option has no figure for the role at the place. `r` is the option's index.
fn role(beside: &Beside<'_>, r: usize, together: usize) -> Option<RoleChange> {
    let (model, other) = (beside.as_now.0, beside.option.0);
    let title = other.roles[r].title.clone();
    let hours = beside.of_option("rostered_hours", About::Role(r))?;
    let before = model.roles.iter().position(|x| x.name == other.roles[r].name);
    let pairs = |measure: &str| before.and_then(|now| beside.pairs(measure, About::Role(now)));
    let change = pairs("utilisation").and_then(|pairs| Change::of(&pairs, together));
    let used = beside.of_option("utilisation", About::Role(r)).unwrap_or_default();
    let used = crate::stats::moments::Moments::of(&used).mean().unwrap_or(f64::NAN);
    let (new, rostered) = match pairs("rostered_hours") {
        Some(pairs) => (false, Change::of(&pairs, together)?),
        None => (true, Change::of(&hours.iter().map(|h| (*h, 0.0)).collect::<Vec<_>>(), together)?),
    };
    let used_as_now = change.map_or(f64::NAN, |c| c.as_now);
    Some(RoleChange { role: title, new, rostered, used_as_now, used, change })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(as_now: f64, mean: f64, told: bool) -> Option<Change> {
        Some(Change { as_now, option: as_now + mean, mean, half: 0.1, told })
    }

    #[test]
    fn a_need_is_worse_better_mixed_or_the_same() {
        let need = |unmet, wait| NeedChange { need: "N".into(), unmet, left: None, wait };
        assert_eq!(need(change(290.0, 139.0, true), change(4.0, 0.0, false)).way(), Way::Worse);
        assert_eq!(need(change(290.0, -139.0, true), None).way(), Way::Better);
        assert_eq!(need(change(290.0, 139.0, true), change(4.0, -1.0, true)).way(), Way::Mixed);
        assert_eq!(need(change(290.0, 139.0, false), None).way(), Way::Same);
    }

    #[test]
    fn only_changes_of_a_hundredth_and_a_request_are_named() {
        let unmet = |as_now, mean| NeedChange {
            need: "N".into(),
            unmet: change(as_now, mean, true),
            left: None,
            wait: None,
        };
        assert_eq!(unmet(290.0, 139.0).named(true).len(), 1);
        assert!(unmet(290.0, 139.0).named(false).is_empty());
        assert!(unmet(290.0, 2.0).named(true).is_empty(), "under a hundredth");
        assert!(unmet(2.0, 0.5).named(true).is_empty(), "under one request");
    }
}
