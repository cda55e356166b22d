//! The sentences of a sweep, each by a rule on the figures. The first is the answer.

use super::{Spot, SweepFindings};
use crate::findings::compared::written::Written;
use crate::findings::receivers::left_out;
use crate::findings::say;
use crate::outcome::measure::Better;
use crate::quantity::number_text;

/// The answer, sentence by sentence.
pub fn answer(f: &SweepFindings) -> Vec<String> {
    let mut out: Vec<String> = best(f).into_iter().collect();
    if out.is_empty() {
        out.push("No point has a value of the headline.".into());
    }
    out.extend(alike(f));
    out.extend(left_out(&f.request.left_out));
    out
}

/// The best point of all, and the worst.
fn best(f: &SweepFindings) -> Option<String> {
    let (first, last) = ends(f)?;
    let written = written(f)?;
    let words = &f.request.headline.words;
    let points = say::counted(f.request.points as f64, "point");
    let (one, other) = match f.request.measure()?.better {
        Better::Neither => ("highest", "lowest"),
        _ => ("best", "worst"),
    };
    if first.mean == last.mean {
        return Some(format!(
            "{} is the same at all {points}: {}.",
            say::capital(words),
            written.value(first.mean)
        ));
    }
    Some(format!(
        "{} is {one} at {}: {} (95 % interval {} to {}); {other} of {points} is {}, at {}.",
        say::capital(words),
        place(first, f),
        written.value(first.mean),
        written.number(first.low),
        written.number(first.high),
        written.value(last.mean),
        place(last, f)
    ))
}

/// How many points have intervals that meet the best one's.
fn alike(f: &SweepFindings) -> Option<String> {
    let (first, last) = ends(f)?;
    if first.mean == last.mean {
        return None;
    }
    let meets = |spot: &&Spot| spot.low <= first.high && first.low <= spot.high;
    let others = f.headline().filter(meets).count().checked_sub(1)?;
    Some(match others {
        0 => "No other point or option has an interval that meets it.".into(),
        1 => {
            "One other has an interval that meets it: more years, or `compare`, would tell them apart.".into()
        }
        n => format!(
            "{} others have intervals that meet it: it is flat near the best.",
            say::capital(&say::small(n))
        ),
    })
}

/// The best and the worst row of the headline.
fn ends(f: &SweepFindings) -> Option<(&Spot, &Spot)> {
    let lower = f.request.measure()?.better == Better::Lower;
    let by = |a: &&Spot, b: &&Spot| a.mean.total_cmp(&b.mean);
    // Of equal means the first in the table.
    let low = f.headline().min_by(by)?;
    let high = f.headline().min_by(|a, b| by(b, a))?;
    Some(if lower { (low, high) } else { (high, low) })
}

/// How the headline is written.
pub fn written(f: &SweepFindings) -> Option<Written> {
    let half = f.headline().map(|spot| 0.5 * (spot.high - spot.low)).filter(|half| *half > 0.0);
    Some(Written::new(f.request.measure()?, half.reduce(f64::min).unwrap_or(0.0)))
}

/// Values and option of a row: `wte (post gps) 4 with Active signposting`.
fn place(spot: &Spot, f: &SweepFindings) -> String {
    let values: Vec<String> = f
        .request
        .vary
        .iter()
        .zip(&spot.values)
        .map(|(vary, value)| format!("{} {}", say::address(&vary.address), number_text(*value)))
        .collect();
    let option = f.request.options.iter().find(|option| option.name == spot.option);
    match option.filter(|_| f.request.options.len() > 1) {
        Some(option) => format!("{} ({})", say::list(&values), option.title),
        None => say::list(&values),
    }
}
