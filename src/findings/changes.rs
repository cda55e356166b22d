//! What an option changes for each need and each role, harms first.
//!
//! A need is worse off where more of its requests go unmet or its mean wait rises, better off where they fall; only
//! changes that can be told from nought among all needs together count. Requests answered outside are not unmet.

use super::beside::{Beside, Change};
use crate::outcome::columns::About;

/// Least change of unmet requests, and of a mean wait [days], that a table can show.
const SHOWN: (f64, f64) = (0.5, 0.005);
/// Least share of as-now that a change of unmet requests must have to be named as harm or help.
const LEAST: f64 = 0.01;

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
#[derive(Clone, Debug, PartialEq)]
pub struct NeedChange {
    /// Need.
    pub need: String,
    /// Unmet requests.
    pub unmet: Option<Change>,
    /// Mean wait [days].
    pub wait: Option<Change>,
}

impl NeedChange {
    /// Which way it goes.
    pub fn way(&self) -> Way {
        let told = |c: &Option<Change>, up: bool| c.is_some_and(|c| c.told && (c.mean > 0.0) == up);
        let worse = told(&self.unmet, true) || told(&self.wait, true);
        let better = told(&self.unmet, false) || told(&self.wait, false);
        match (worse, better) {
            (true, true) => Way::Mixed,
            (true, false) => Way::Worse,
            (false, true) => Way::Better,
            (false, false) => Way::Same,
        }
    }

    /// More unmet requests (`up`), or fewer, by enough to be named.
    pub fn named(&self, up: bool) -> Option<Change> {
        self.unmet.filter(|c| c.matters(LEAST) && c.mean.abs() >= 1.0 && (c.mean > 0.0) == up)
    }

    fn size(&self) -> f64 {
        self.unmet.map_or(0.0, |c| c.mean.abs())
    }
}

/// Every need with requests: worse first, the largest change of unmet requests first.
pub fn needs(beside: &Beside<'_>) -> Vec<NeedChange> {
    let model = beside.as_now.0;
    let together = 2 * model.needs.len();
    let mut all: Vec<NeedChange> = (0..model.needs.len())
        .map(|k| {
            let of = |measure: &str, least: f64| {
                let change = Change::of(&beside.pairs(measure, About::Need(k))?, together)?;
                Some(Change { told: change.told && change.mean.abs() >= least, ..change })
            };
            let (unmet, wait) = (of("unmet", SHOWN.0), of("wait_mean", SHOWN.1));
            NeedChange { need: model.needs[k].title.clone(), unmet, wait }
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
        let need = |unmet, wait| NeedChange { need: "N".into(), unmet, wait };
        assert_eq!(need(change(290.0, 139.0, true), change(4.0, 0.0, false)).way(), Way::Worse);
        assert_eq!(need(change(290.0, -139.0, true), None).way(), Way::Better);
        assert_eq!(need(change(290.0, 139.0, true), change(4.0, -1.0, true)).way(), Way::Mixed);
        assert_eq!(need(change(290.0, 139.0, false), None).way(), Way::Same);
    }

    #[test]
    fn only_changes_of_a_hundredth_and_a_request_are_named() {
        let unmet =
            |as_now, mean| NeedChange { need: "N".into(), unmet: change(as_now, mean, true), wait: None };
        assert!(unmet(290.0, 139.0).named(true).is_some());
        assert!(unmet(290.0, 139.0).named(false).is_none());
        assert!(unmet(290.0, 2.0).named(true).is_none(), "under a hundredth");
        assert!(unmet(2.0, 0.5).named(true).is_none(), "under one request");
    }
}
