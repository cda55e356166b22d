//! Where the target does not tell sizes apart: whether size makes no difference to it, and what size moves all the same.
//!
//! In: a way of sharing, sized. Out: from which size on the target is shown to be the same; the change of other figures from
//! the smallest size tried to the largest, on the same years, each where its 95 % interval leaves nought out.

use super::figures::range;
use super::rows::{Known, difference, differences};
use super::{SizedFindings, WaySized};
use crate::experiment::size::Way;
use crate::experiment::size::years::Figure;
use crate::findings::say;
use crate::stats::interval::{FEWEST, Interval};
use crate::stats::judgement::{Luck, shown};
use crate::stats::moments::Moments;
use crate::stats::sequential::{Kind, Sequential};

/// So many times a size is much more of it.
const MUCH_MORE: f64 = 1.5;

/// What size moves, from the smallest size tried to the largest.
///
/// None of a figure whose change is not told from nought.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Moves {
    /// Requests unmet where the target is judged.
    pub unmet: Option<Known>,
    /// Contacts attended, all roles together.
    pub attended: Option<Known>,
}

/// The smallest size from which on more of it makes no difference to the target: its interval and that of the largest size
/// tried, at least half as large again, lie together in a band no wider than the one around the level in which a size is
/// borderline. Its position.
pub fn no_difference(way: &Way, rule: &Sequential) -> Option<usize> {
    let of = |at: usize| {
        let values = way.steps[at].series(Figure::Goal);
        rule.interval(values).filter(|_| rule.judges(values.len()))
    };
    let last = way.steps.len().checked_sub(1)?;
    let largest = of(last)?;
    let same = |at: &usize| {
        let much_more = way.steps[last].size >= MUCH_MORE * way.steps[*at].size;
        much_more && of(*at).is_some_and(|own| span(own, largest) <= 2.0 * rule.near)
    };
    (0..last).find(same)
}

/// Width of what holds both.
fn span(a: Interval, b: Interval) -> f64 {
    a.high.max(b.high) - a.low.min(b.low)
}

/// What size moves where the target does not tell the smallest size tried from the largest; none where it does.
pub fn moves(way: &Way, rule: &Sequential) -> Option<Moves> {
    let [first, .., last] = &way.steps[..] else { return None };
    let goal = |step: &crate::experiment::size::Step| rule.interval(step.series(Figure::Goal));
    // Intervals that do not meet tell the ends apart.
    let (a, b) = (goal(first)?, goal(last)?);
    if a.high < b.low || b.high < a.low {
        return None;
    }
    // On the same years less is enough to tell them apart.
    let luck = if rule.kind == Kind::Chance { Luck::OfChances } else { Luck::Any };
    let more = Moments::of(&differences(first, last, Figure::Goal));
    if shown(&more, 0.95, luck).is_some_and(|difference| !difference.holds(0.0)) {
        return None;
    }
    let told = |figure| {
        let known = difference(first, last, figure)?;
        let years = differences(first, last, figure);
        // What is the same in every year has no interval, and needs none.
        let alike = years.len() as u64 >= FEWEST && years.iter().all(|more| *more == known.mean);
        known.interval.map_or(alike && known.mean != 0.0, |i| !i.holds(0.0)).then_some(known)
    };
    Some(Moves { unmet: told(Figure::Unmet), attended: told(Figure::Attended) })
}

/// That more of it makes no difference to the target from a size on.
pub fn flat(f: &SizedFindings, way: &WaySized) -> Option<String> {
    let (from, last) = (way.rows.get(way.flat?)?, way.rows.last()?);
    Some(format!(
        "To this target size makes no difference from {} on: {} there, {} at {}.",
        f.size(from.size),
        range(f, from),
        range(f, last),
        f.size(last.size)
    ))
}

/// What size moves where the target does not show it.
pub fn moved(f: &SizedFindings, way: &WaySized) -> Option<String> {
    let (moves, first, last) = (way.moves?, way.rows.first()?, way.rows.last()?);
    let each = |(known, noun): (Option<Known>, &str)| {
        let (known, up) = (known?, known?.mean > 0.0);
        let ends = known.interval.map(|i| if up { (i.low, i.high) } else { (-i.high, -i.low) });
        let word = if up { "more" } else { "fewer" };
        let within = ends.map_or("in every year".to_owned(), |(low, high)| {
            format!("{} to {}", say::whole(low), say::whole(high))
        });
        Some(format!("{} {word} {noun} ({within})", say::whole(known.mean.abs())))
    };
    // Contacts are of all practices; where the target is of one of them the two are of different places.
    let (unmet, attended) = match f.goal.place.is_empty() {
        true => ("requests unmet".to_owned(), "contacts attended".to_owned()),
        false => {
            (format!("requests unmet ({})", f.goal.place), "contacts attended in all practices".to_owned())
        }
    };
    let said: Vec<String> = [(moves.unmet, unmet.as_str()), (moves.attended, attended.as_str())]
        .into_iter()
        .filter_map(each)
        .collect();
    let whether = match way.flat {
        Some(_) => "It does to other figures",
        None => "The target does not tell these sizes apart; other figures do",
    };
    (!said.is_empty()).then(|| {
        format!("{whether}: from {} to {}, {}.", f.size(first.size), f.size(last.size), say::list(&said))
    })
}
