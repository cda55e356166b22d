//! How the figures of sizing are written, in sentences, tables and pictures alike: what a size holds, and what is asked.
//!
//! In: findings, a row. Out: text. A chance or a share stands as per cent; against things as they are all figures are
//! differences in points.

use super::rows::{Known, Row};
use super::{GoalSaid, SizedFindings, number};
use crate::findings::compared::written::Written;
use crate::findings::say;
use crate::outcome::measure::by_name;
use crate::stats::interval::Interval;

/// What holds at a size: `"Seen in 14 days" holds in 93.1 % of simulated years (91.0 to 95.2)`.
///
/// With the chance said of simulated years or of futures, as the inputs are fixed or not.
pub(super) fn holds(f: &SizedFindings, row: &Row) -> String {
    let GoalSaid { target, place, chance, now, .. } = &f.goal;
    let at = if place.is_empty() { String::new() } else { format!(" for {place}") };
    let range = range(f, row);
    let said = match (chance, now) {
        (true, _) => format!("the target \"{target}\"{at} holds in {range} of {}", say::futures(f.fixed)),
        (false, None) => format!("the mean share seen in time (target \"{target}\"{at}) is {range}"),
        (false, Some(now)) => format!(
            "the mean share seen in time (target \"{target}\"{at}) differs from now's {} by {range}, and the share of requests unmet from now's {} by {}",
            say::percent(now.in_time),
            say::percent(now.unmet),
            difference(unmet(row), POINTS)
        ),
    };
    said + &say::nobody_due(row.without as u64, row.years as u64)
}

/// `93.1 % (91.0 to 95.2)`; against things as they are `+1.2 points (+0.4 to +2.0)`.
///
/// Without the range where there is none; `not known` where no year has a value.
pub fn range(f: &SizedFindings, row: &Row) -> String {
    if f.goal.now.is_some() {
        return difference(in_time(row), POINTS);
    }
    let written = written(row.interval);
    let number = |x| written.number(x);
    let interval =
        row.interval.map_or(String::new(), |i| format!(" ({} to {})", number(i.low), number(i.high)));
    format!("{}{interval}", row.mean.map_or("not known".into(), |mean| written.value(mean)))
}

/// What a size gives, in short: [`range`], and against things as they are what goes unmet too.
pub(super) fn gives(f: &SizedFindings, row: &Row) -> String {
    match f.goal.now {
        Some(_) => format!("{} in time and {} unmet", range(f, row), difference(unmet(row), POINTS)),
        None => range(f, row),
    }
}

/// Seen in time and unmet against now, in points, as cells under headings that say so.
pub fn cells(row: &Row) -> [String; 2] {
    [in_time(row), unmet(row)].map(|known| difference(known, ""))
}

/// The unit of a difference in a sentence.
const POINTS: &str = " points";

/// The goal's difference from now.
fn in_time(row: &Row) -> Option<Known> {
    Some(Known { mean: row.mean?, interval: row.interval })
}

/// By how much more of the requests go unmet than now.
pub fn unmet(row: &Row) -> Option<Known> {
    let Known { mean, interval } = row.fewer_unmet?;
    Some(Known { mean: -mean, interval: interval.map(|i| Interval { low: -i.high, high: -i.low }) })
}

/// `-0.3 points (-0.5 to -0.1)`.
fn difference(known: Option<Known>, unit: &str) -> String {
    let Some(known) = known else { return "not known".to_owned() };
    let written = written(known.interval);
    let end = |x: f64| written.end(x);
    let interval = known.interval.map_or(String::new(), |i| format!(" ({} to {})", end(i.low), end(i.high)));
    format!("{}{unit}{interval}", written.signed(known.mean))
}

/// What has to hold, as a clause: `90 % is asked`, `no worse than now, to within 0.1 points, is asked`.
pub fn asked(f: &SizedFindings) -> String {
    match f.goal.now {
        Some(_) => format!("no worse than now, to within {}, is asked", points(f.goal.near)),
        None => format!("{} is asked", percent(f.goal.level)),
    }
}

/// What a size is told from: the level, or the margin below now.
pub(super) fn level(f: &SizedFindings) -> String {
    match f.goal.now {
        Some(_) => format!("{} worse than now", points(f.goal.near)),
        None => percent(f.goal.level),
    }
}

/// A difference from now before the word "now": `1.2 points more than`.
pub(super) fn against(difference: f64) -> String {
    let points = say::decimals(100.0 * difference.abs(), 1);
    format!("{points} points {} than", if difference < 0.0 { "less" } else { "more" })
}

/// As many digits as the interval carries, three at most.
///
/// A twentieth of a point at least counts as half an interval, so that the digits stay few.
fn written(interval: Option<Interval>) -> Written {
    let half = interval.map_or(0.01, |i| i.half_width()).max(0.0005);
    Written::new(by_name("seen_within_target").unwrap_or(&crate::outcome::measure::MEASURES[0]), half)
}

/// A level as it was asked for: `90 %`, `97.5 %`.
///
/// All its decimals, as it was typed.
pub fn percent(share: f64) -> String {
    format!("{} %", number(100.0 * share))
}

/// A distance between shares: `1 point`, `2.5 points`.
pub(super) fn points(share: f64) -> String {
    // To the decimals that are written.
    let points = (1e8 * share).round() / 1e6;
    format!("{} {}", number(points), if points == 1.0 { "point" } else { "points" })
}
