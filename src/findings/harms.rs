//! Whom an option harms and whom it helps, in words.
//!
//! In: what an option changes for each need. Out: sentences. A need is harmed where more of its requests go unmet, more of
//! its patients leave or are still waiting at the end, or its mean wait grows, each told from nought among all needs and
//! these measures together, and by enough to matter (see `changes`). A need without a target whose patients never give up
//! has no unmet requests however long they wait: there the wait tells. The worst harmed come first: by how many times the
//! figure grows.

use super::beside::{Beside, Change};
use super::changes::{NeedChange, What};
use super::figure::Unit;
use super::lists;
use super::options::{fine, with_half};
use super::places::{self, Loses};
use super::say;
use crate::outcome::columns::About;

/// Needs named for harm, at most.
const NAMED: usize = 2;

/// Needs that are worse off (`up`), or better off, with what changes for them, the most so first.
///
/// Only changes that are large enough to be named count (`NeedChange::named`). Nobody is helped of a need that is harmed as well:
/// where more go unmet the others wait less long.
fn moved(needs: &[NeedChange], up: bool) -> Vec<(&NeedChange, Vec<(What, Change)>)> {
    let counts = |need: &&NeedChange| up || need.named(true).is_empty();
    let named = needs.iter().filter(counts).map(|need| (need, need.named(up)));
    let mut moved: Vec<(&NeedChange, Vec<(What, Change)>)> =
        named.filter(|(_, changes)| !changes.is_empty()).collect();
    moved.sort_by(|a, b| weight(&b.1).total_cmp(&weight(&a.1)));
    moved
}

/// By how many times the most of some figures changes.
///
/// Times, not amounts: a small need that waits ten times as long comes before a large one with a few more unmet.
fn weight(changes: &[(What, Change)]) -> f64 {
    changes.iter().map(|(what, change)| what.times(change)).fold(0.0, f64::max)
}

/// False where something changes and nothing of it has an interval: of so few years no harm is told, however great.
pub fn could_be_told(needs: &[NeedChange]) -> bool {
    let mut changes = needs.iter().flat_map(|need| [need.unmet, need.left, need.wait]).flatten().peekable();
    changes.peek().is_none() || changes.any(|change| !change.half.is_nan())
}

/// How many needs are harmed.
///
/// The number that stands in the table of options.
pub fn count(needs: &[NeedChange]) -> usize {
    moved(needs, true).len()
}

/// How many needs are helped, by the same rule.
pub fn helped(needs: &[NeedChange]) -> usize {
    moved(needs, false).len()
}

/// Whom it harms: `It harms medication review (unmet from 290 to 429, +139 ± 19).`
///
/// That no harm can be told is said too: silence would read as none.
pub fn harm(needs: &[NeedChange]) -> String {
    harms(needs).unwrap_or_else(|| "No harm to a need can be told.".into())
}

/// The same; none where no harm can be told.
pub fn harms(needs: &[NeedChange]) -> Option<String> {
    let harmed = moved(needs, true);
    let said: Vec<String> = harmed.iter().take(NAMED).map(|(n, changes)| figures(n, changes)).collect();
    match harmed.len() {
        0 => None,
        n if n > NAMED => {
            let more = say::counted((n - NAMED) as f64, "more need");
            Some(format!("It harms {} and {more}.", said.join(", ")))
        }
        _ => Some(format!("It harms {}.", say::list(&said))),
    }
}

/// What an option changes for everybody at a place together, and practice by practice.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Together {
    /// That the patients are others than now; none where they are the same.
    pub lists: Option<String>,
    /// All requests unmet; none where they are not kept.
    pub unmet: Option<Change>,
    /// Practices of the place at which fewer are seen in time.
    pub places: Vec<Loses>,
}

impl Together {
    /// Of an option beside things as they are.
    pub fn of(beside: &Beside<'_>) -> Self {
        Self {
            lists: lists::differ(beside.as_now.0, beside.option.0, beside.place),
            unmet: beside.pairs("unmet", About::All).and_then(|pairs| Change::of(&pairs, 1)),
            places: places::worse(beside),
        }
    }

    /// All requests unmet, where their change is told and one request at least.
    fn told(&self) -> Option<&Change> {
        self.unmet.as_ref().filter(|unmet| unmet.told && unmet.mean.abs() >= 1.0)
    }
}

/// What is to be said of an option before it is praised: that its patients are others, how many more or fewer requests go
/// unmet in all, whom it harms, and at which practices fewer are seen in time; none where none of these can be told.
///
/// Fewer unmet alone is no warning, and is not said.
pub fn whom(together: &Together, needs: &[NeedChange]) -> Option<String> {
    let lists = together.lists.as_deref().map(|lists| format!("{}.", say::capital(lists)));
    let harms = harms(needs);
    let more = together.told().filter(|unmet| unmet.mean > 0.0 || harms.is_some());
    let places = places::said(&together.places);
    let said: Vec<String> = [lists, more.map(in_all), harms, places].into_iter().flatten().collect();
    (!said.is_empty()).then(|| said.join(" "))
}

/// `In all 1,909 more requests go unmet (± 85).`
fn in_all(unmet: &Change) -> String {
    let word = if unmet.mean > 0.0 { "more" } else { "fewer" };
    let half = match unmet.half.is_finite() {
        true => format!(" (± {})", say::whole(unmet.half)),
        false => String::new(),
    };
    format!("In all {} go unmet{half}.", say::counted(unmet.mean.abs(), &format!("{word} request")))
}

/// Whom it helps most.
pub fn help(needs: &[NeedChange]) -> Option<String> {
    let (most, changes) = moved(needs, false).into_iter().next()?;
    Some(format!("It helps {} most.", figures(most, &changes)))
}

/// What is to be said against an option as the end of a sentence that praises it: that its patients are others, that more
/// requests go unmet in all, else the worst harm (`Medicines question waits 25.7 days longer`), and at which practice fewer
/// are seen in time; none where none of these can be told.
pub fn but(together: &Together, needs: &[NeedChange]) -> Option<String> {
    let harm = match together.told().filter(|unmet| unmet.mean > 0.0) {
        Some(unmet) => Some(more_in_all(unmet, needs)),
        None => worst(needs),
    };
    let places = places::but(&together.places);
    let said: Vec<String> = [together.lists.clone(), harm, places].into_iter().flatten().collect();
    (!said.is_empty()).then(|| said.join(", and "))
}

/// `1,909 more requests go unmet in all, and 4 needs are harmed`.
fn more_in_all(unmet: &Change, needs: &[NeedChange]) -> String {
    let all = format!("{} go unmet in all", say::counted(unmet.mean, "more request"));
    match count(needs) {
        0 => all,
        1 => format!("{all}, and 1 need is harmed"),
        n => format!("{all}, and {n} needs are harmed"),
    }
}

/// The worst harm; none where no harm can be told.
fn worst(needs: &[NeedChange]) -> Option<String> {
    let harmed = moved(needs, true);
    let (worst, changes) = harmed.first()?;
    // One figure is enough for a half sentence: the one that grows by most times.
    let (what, change) = changes.iter().max_by(|a, b| a.0.times(&a.1).total_cmp(&b.0.times(&b.1)))?;
    let inside = say::inside(&worst.need);
    let mean = change.mean;
    let said = match what {
        What::Unmet => format!("{} of {inside} go unmet", say::counted(mean, "more request")),
        What::LeftOrWaiting => {
            format!("{} points more of {inside} leave or are still waiting", fine(Unit::Points, mean))
        }
        What::Wait => format!("{} waits {} days longer", worst.need, days(mean)),
    };
    Some(match harmed.len() {
        1 => said,
        n => format!("{said}, and {} harmed too", more_needs(n - 1)),
    })
}

/// `1 more need is`, `2 more needs are`.
fn more_needs(n: usize) -> String {
    let verb = if n == 1 { "is" } else { "are" };
    format!("{} {verb}", say::counted(n as f64, "more need"))
}

/// Days of a wait: one decimal, two below a day.
///
/// Without the unit.
fn days(x: f64) -> String {
    say::decimals(x, if x.abs() < 1.0 { 2 } else { 1 })
}

/// `medication review (unmet from 290 to 429, +139 ± 19; mean wait from 1.0 to 3.2 days, +2.2 ± 0.3)`.
fn figures(n: &NeedChange, changes: &[(What, Change)]) -> String {
    let one = |(what, c): &(What, Change)| match what {
        What::Unmet => {
            let (now, then) = (say::whole(c.as_now), say::whole(c.option));
            format!("unmet from {now} to {then}, {}", with_half(c.mean, c.half, 0))
        }
        What::LeftOrWaiting => {
            let percent = |x: f64| say::decimals(100.0 * x, 1);
            let by = with_half(100.0 * c.mean, 100.0 * c.half, 1);
            format!("left or waiting from {} to {} %, {by}", percent(c.as_now), percent(c.option))
        }
        What::Wait => {
            // All three figures of the wait alike.
            let places = if c.mean.abs() < 1.0 { 2 } else { 1 };
            let by = with_half(c.mean, c.half, places);
            let write = |x: f64| say::decimals(x, places);
            format!("mean wait from {} to {} days, {by}", write(c.as_now), write(c.option))
        }
    };
    let said: Vec<String> = changes.iter().map(one).collect();
    format!("{} ({})", say::inside(&n.need), said.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(as_now: f64, mean: f64) -> Option<Change> {
        Some(Change { as_now, option: as_now + mean, mean, half: 0.1, told: true })
    }

    /// A need that nobody gives up and that has no target is never unmet: 1.0 to 26.7 days is harm all the same.
    #[test]
    fn a_longer_wait_is_harm_where_nothing_can_be_unmet() {
        let need = |name: &str, unmet, left, wait| NeedChange { need: name.into(), unmet, left, wait };
        let medicines = need("Medicines question", change(0.0, 0.0), change(0.0, 0.0), change(1.0, 25.7));
        let one = std::slice::from_ref(&medicines);
        assert_eq!(harm(one), "It harms medicines question (mean wait from 1.0 to 26.7 days, +25.7 ± 0.1).");
        assert_eq!(
            but(&Together::default(), one).as_deref(),
            Some("Medicines question waits 25.7 days longer")
        );
        let review = need("Review", change(290.0, 139.0), change(0.02, 0.03), None);
        assert_eq!(
            harm(&[review.clone(), medicines.clone()]),
            "It harms medicines question (mean wait from 1.0 to 26.7 days, +25.7 ± 0.1) and review (unmet from 290 to 429, +139 ± 0)."
        );
        assert_eq!(
            but(&Together::default(), &[review, medicines]).as_deref(),
            Some("Medicines question waits 25.7 days longer, and 1 more need is harmed too")
        );
        let left = need("Routine", change(0.0, 0.0), change(0.02, 0.034), None);
        assert_eq!(
            harm(std::slice::from_ref(&left)),
            "It harms routine (left or waiting from 2.0 to 5.4 %, +3.4 ± 10.0)."
        );
        assert_eq!(
            but(&Together::default(), &[left]).as_deref(),
            Some("3.4 points more of routine leave or are still waiting")
        );
        assert_eq!(
            but(&Together::default(), &[need("Routine", change(50.0, -20.0), None, change(3.0, -1.0))]),
            None
        );
    }

    /// More go unmet, so the others wait less long: that is no help.
    #[test]
    fn a_need_that_is_harmed_is_not_helped_as_well() {
        let results = NeedChange {
            need: "Results".into(),
            unmet: change(345.0, 132.0),
            left: None,
            wait: change(3.8, -0.35),
        };
        let both = std::slice::from_ref(&results);
        assert_eq!((count(both), helped(both), help(both)), (1, 0, None));
    }

    #[test]
    fn all_requests_unmet_are_said_before_whom_it_harms() {
        let visits = NeedChange { need: "Visits".into(), unmet: change(4.0, 193.0), left: None, wait: None };
        let all = Change { half: 85.4, ..change(24_000.0, 1909.0).expect("a change") };
        let needs = [visits];
        let unmet = |unmet| Together { unmet: Some(unmet), ..Together::default() };
        assert_eq!(
            whom(&unmet(all), &needs).as_deref(),
            Some(
                "In all 1,909 more requests go unmet (± 85). It harms visits (unmet from 4 to 197, +193 ± 0)."
            )
        );
        assert_eq!(
            but(&unmet(all), &needs).as_deref(),
            Some("1,909 more requests go unmet in all, and 1 need is harmed")
        );
        let fewer = Change { mean: -1100.0, ..all };
        assert_eq!(whom(&unmet(fewer), &[]), None, "fewer unmet is no warning");
        let grown = Together { lists: Some("its lists are 6 % larger than now".into()), ..unmet(fewer) };
        assert_eq!(but(&grown, &[]), grown.lists);
    }
}
