//! Whom an option harms and whom it helps, in words.
//!
//! In: what an option changes for each need. Out: sentences. A need is harmed where more of its requests go unmet, more of
//! its patients leave or are still waiting at the end, or its mean wait grows, each told from nought among all needs and
//! these measures together, and by enough to matter (see `changes`). A need without a target whose patients never give up
//! has no unmet requests however long they wait: there the wait tells. The worst harmed come first: by how many times the
//! figure grows.

use super::beside::Change;
use super::changes::{NeedChange, What};
use super::figure::Unit;
use super::options::{fine, with_half};
use super::say;

/// Needs named for harm, at most.
const NAMED: usize = 2;

/// Needs that are worse off (`up`), or better off, with what changes for them, the most so first.
///
/// Only changes that are large enough to be named count (`NeedChange::named`).
fn moved(needs: &[NeedChange], up: bool) -> Vec<(&NeedChange, Vec<(What, Change)>)> {
    let mut moved: Vec<(&NeedChange, Vec<(What, Change)>)> =
        needs.iter().map(|n| (n, n.named(up))).filter(|(_, changes)| !changes.is_empty()).collect();
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

/// Whom it helps most.
pub fn help(needs: &[NeedChange]) -> Option<String> {
    let (most, changes) = moved(needs, false).into_iter().next()?;
    Some(format!("It helps {} most.", figures(most, &changes)))
}

/// The worst harm as the end of a sentence: `Medicines question waits 25.7 days longer`; none where no harm can be told.
///
/// For a sentence that praises the option: the harm stands in it.
pub fn but(needs: &[NeedChange]) -> Option<String> {
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
        assert_eq!(but(one).as_deref(), Some("Medicines question waits 25.7 days longer"));
        let review = need("Review", change(290.0, 139.0), change(0.02, 0.03), None);
        assert_eq!(
            harm(&[review.clone(), medicines.clone()]),
            "It harms medicines question (mean wait from 1.0 to 26.7 days, +25.7 ± 0.1) and review (unmet from 290 to 429, +139 ± 0)."
        );
        assert_eq!(
            but(&[review, medicines]).as_deref(),
            Some("Medicines question waits 25.7 days longer, and 1 more need is harmed too")
        );
        let left = need("Routine", change(0.0, 0.0), change(0.02, 0.034), None);
        assert_eq!(
            harm(std::slice::from_ref(&left)),
            "It harms routine (left or waiting from 2.0 to 5.4 %, +3.4 ± 10.0)."
        );
        assert_eq!(but(&[left]).as_deref(), Some("3.4 points more of routine leave or are still waiting"));
        assert_eq!(but(&[need("Routine", change(50.0, -20.0), None, change(3.0, -1.0))]), None);
    }
}
