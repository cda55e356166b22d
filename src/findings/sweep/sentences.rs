//! The sentences of a sweep, each by a rule on the figures. The first is the answer.
//!
//! In: what was asked and the rows of the headline. Out: sentences: the best point, how many are alike, where
//! fewest go unmet, what varying does not reach.

use super::{Named, Spot, SweepFindings};
use crate::findings::compared::written::Written;
use crate::findings::receivers::left_out;
use crate::findings::say;
use crate::findings::sized::number;
use crate::outcome::measure::Better;
use crate::scenario::AS_NOW;

/// The answer, sentence by sentence.
///
/// Where no point has a value, that alone is said first.
pub fn answer(f: &SweepFindings) -> Vec<String> {
    let mut out: Vec<String> = best(f).into_iter().collect();
    if out.is_empty() {
        out.push("No point has a value of the headline.".into());
    }
    out.extend(f.alike.as_ref().map(|alike| alike.said.clone()));
    out.extend(fewer_unmet(f));
    out.extend(f.request.options.iter().filter_map(own));
    out.extend(left_out(&f.request.left_out));
    out
}

/// The best point of all, and the worst.
///
/// None without a value. Of a measure without a better direction the highest and the lowest. No point is called worst where
/// more go unmet at another: those who are never seen wait in no mean.
fn best(f: &SweepFindings) -> Option<String> {
    let (first, last) = ends(f)?;
    let written = written(f)?;
    let words = &f.request.headline.words;
    let points = say::counted(f.request.points as f64, "point");
    // A measure without a better direction has no best.
    let (one, other) = match f.request.better()? {
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
    let interval = match first.known() {
        true => format!(" (95 % interval {} to {})", written.number(first.low), written.number(first.high)),
        false => String::new(),
    };
    let best = format!(
        "{} is {one} at {}: {}{interval}",
        say::capital(words),
        place(first, f),
        written.value(first.mean)
    );
    let end = format!("{}, at {}", written.value(last.mean), place(last, f));
    Some(match more_unseen(f, last) {
        None => format!("{best}; {other} of {points} is {end}."),
        Some(why) => format!("{best}. None of {points} is called {other}: it is {end}, but {why}."),
    })
}

/// That at another point than the one with the worst headline more go unmet, or are left or waiting at the end; with the
/// figures of both.
///
/// None unless the intervals of the two lie apart, and where the headline has no better direction or is of these itself.
fn more_unseen(f: &SweepFindings, last: &Spot) -> Option<String> {
    const UNSEEN: [&str; 2] = ["unmet", "left_or_waiting"];
    let measure = f.request.measure()?;
    if measure.better == Better::Neither || UNSEEN.contains(&measure.name) {
        return None;
    }
    let more = |name: &str| {
        let of = |spot: &Spot| f.beside(spot, name).map_or(f64::NEG_INFINITY, |there| there.mean);
        let most = f.headline().max_by(|a, b| of(a).total_cmp(&of(b)))?;
        let (here, there) = (f.beside(last, name)?, f.beside(most, name)?);
        // The same point under another option is no other point.
        (most.point != last.point && there.low > here.high).then(|| (place(most, f), here.mean, there.mean))
    };
    match (more(UNSEEN[0]), more(UNSEEN[1])) {
        (Some((at, here, there)), _) => {
            Some(format!("{} requests go unmet at {at} and {} there", say::whole(there), say::whole(here)))
        }
        (None, Some((at, here, there))) => Some(format!(
            "{} have left or are waiting at the end at {at} and {} there",
            say::percent(there),
            say::percent(here)
        )),
        (None, None) => None,
    }
}

/// That fewer go unmet where the headline is worse: those who give up cost nobody time.
///
/// None unless both differences are beyond their intervals.
fn fewer_unmet(f: &SweepFindings) -> Option<String> {
    let measure = f.request.measure()?;
    if f.request.better()? == Better::Neither || measure.name == "unmet" {
        return None;
    }
    let (best, _) = ends(f)?;
    let there = f.unmet(best)?;
    let unmet = |spot: &Spot| f.unmet(spot).map_or(f64::INFINITY, |unmet| unmet.mean);
    let fewest = f.headline().min_by(|a, b| unmet(a).total_cmp(&unmet(b)))?;
    let least = f.unmet(fewest)?;
    // Told apart in the headline as well, or there is nothing to warn of.
    let worse = fewest.low > best.high || fewest.high < best.low;
    (worse && least.high < there.low).then(|| {
        let written = written(f)?;
        Some(format!(
            "That is not where fewest go unmet: {} requests there, but {} at {}, where {} is {}. Those who give up cost nobody time, so fewer of them can make it look worse.",
            say::whole(there.mean),
            say::whole(least.mean),
            place(fewest, f),
            f.request.headline.words,
            written.value(fewest.mean)
        ))
    })?
}

/// That an option states itself what is varied.
///
/// None where it states none of them.
fn own(option: &Named) -> Option<String> {
    let each = |(address, value): &(String, Option<f64>)| {
        let value = value.map_or(String::new(), |value| format!(" ({})", number(value)));
        format!("{address}{value}")
    };
    let all: Vec<String> = option.own.iter().map(each).collect();
    let (first, _) = option.own.first()?;
    Some(format!(
        "{} states {} itself: varying it does nothing there. Use --vary option.{}.overlay.{first}=… for that.",
        option.title,
        say::list(&all),
        option.name
    ))
}

/// The best and the worst row of the headline.
///
/// Over all points and options; none without a value.
fn ends(f: &SweepFindings) -> Option<(&Spot, &Spot)> {
    let lower = f.request.better()? == Better::Lower;
    let by = |a: &&Spot, b: &&Spot| a.mean.total_cmp(&b.mean);
    // Of equal means the first in the table.
    let low = f.headline().min_by(by)?;
    let high = f.headline().min_by(|a, b| by(b, a))?;
    Some(if lower { (low, high) } else { (high, low) })
}

/// The row of the headline that is called best; none where all are the same.
pub(super) fn best_of_all(f: &SweepFindings) -> Option<&Spot> {
    ends(f).filter(|(first, last)| first.mean != last.mean).map(|(first, _)| first)
}

/// How the headline is written.
///
/// Digits follow the narrowest interval above nought, for all points alike.
pub fn written(f: &SweepFindings) -> Option<Written> {
    let half = f.headline().map(|spot| 0.5 * (spot.high - spot.low)).filter(|half| *half > 0.0);
    Some(Written::new(f.request.measure()?, half.reduce(f64::min).unwrap_or(0.0)))
}

/// True where an option reads a number that is varied: what stands in another option's overlay it does not have.
pub(super) fn reads(f: &SweepFindings, option: &str, at: usize) -> bool {
    let within = f.request.vary[at].address.strip_prefix("option.");
    within.and_then(|rest| rest.split_once('.')).is_none_or(|(name, _)| name == option)
}

/// Values and option of a row: `4 WTE (GPs), with "Active signposting"`.
///
/// The title of the option stands only where there are several.
pub(super) fn place(spot: &Spot, f: &SweepFindings) -> String {
    let option = f.request.options.iter().find(|option| option.name == spot.option);
    let own = |address: &str| option?.own.iter().find(|(own, _)| own == address).map(|(_, value)| *value);
    let said = |(at, value): (usize, &f64)| {
        let called = &f.request.called[at];
        match own(&f.request.vary[at].address) {
            None => called.at_of(*value),
            Some(Some(value)) => format!("{} of its own", called.at_of(value)),
            Some(None) => format!("{} of its own", called.words()),
        }
    };
    let read = spot.values.iter().enumerate().filter(|(at, _)| reads(f, &spot.option, *at));
    let values: Vec<String> = read.map(said).collect();
    match option.filter(|_| f.request.options.len() > 1) {
        Some(option) if values.is_empty() && option.name == AS_NOW => "things as they are".to_owned(),
        Some(option) if values.is_empty() => format!("\"{}\"", option.title),
        Some(option) if option.name == AS_NOW => format!("{}, as now", say::list(&values)),
        Some(option) => format!("{}, with \"{}\"", say::list(&values), option.title),
        None => say::list(&values),
    }
}
