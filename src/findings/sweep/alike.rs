//! Which points of a sweep cannot be told from the best, on the same years.
//!
//! In: the rows of the headline, and the headline of every option at every point year by year. Out: a sentence. All
//! points meet the same luck, so points are told apart by their differences year by year: the interval of each point by
//! itself holds the luck that both share, and says next to nothing of the difference.

use super::{Spot, SweepFindings, sentences};
use crate::findings::compared::written::Written;
use crate::findings::say;
use crate::outcome::measure::Better;
use crate::stats::interval::FEWEST;
use crate::stats::judgement::{Luck, shown};
use crate::stats::moments::Moments;

/// What is said of all points together holds with so much.
const CONFIDENCE: f64 = 0.95;
/// Points named that cannot be told from the best, at most.
const NAMED: usize = 5;

/// The headline of one option at one point, year by year; NaN where a year has no value.
#[derive(Clone, Debug, PartialEq)]
pub struct Years {
    /// Number of the point, from 1.
    pub point: usize,
    /// Option.
    pub option: String,
    /// In the unit of the measure, in the order of the years.
    pub values: Vec<f32>,
}

/// How the other points stand to the best.
#[derive(Clone, Debug, Default, PartialEq)]
struct Stand {
    /// Shown to be worse.
    told: usize,
    /// The same in every figure of the table.
    equal: usize,
    /// Neither; by how much each may be worse at most [unit of the measure], not known of too few years.
    open: Vec<Option<f64>>,
    /// Where those are, in words.
    at: Vec<String>,
    /// Points and options of those, in their order, with those that are equal.
    untold: Vec<(usize, String)>,
}

/// What is said of the points beside the best, and which of them are not told from it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Alike {
    /// The sentence.
    pub said: String,
    /// Points and options that are not told from the best, equal ones among them.
    pub untold: Vec<(usize, String)>,
    /// Points beside the best in all.
    pub others: usize,
}

/// How many points cannot be told from the best, and by how much these may be worse.
///
/// None where all are the same. Options that varying does not move stand at every point alike, so they are no points
/// of the sweep and left out, but for the best one's own.
pub fn alike(f: &SweepFindings, years: &[Years]) -> Option<Alike> {
    let best = sentences::best_of_all(f)?;
    let others: Vec<&Spot> = f.headline().filter(|spot| *spot != best && moves(f, spot, best)).collect();
    if others.is_empty() {
        return None;
    }
    let stand = stand(f, (best, &others), years);
    Some(Alike { said: said(f, &stand, others.len()), untold: stand.untold, others: others.len() })
}

/// True where an option's headline is not the same at all points, and of the best one's own option.
fn moves(f: &SweepFindings, spot: &Spot, best: &Spot) -> bool {
    spot.option == best.option
        || f.headline().any(|other| other.option == spot.option && other.mean != spot.mean)
}

/// Each point against the best, the intervals of all pairs of points together at [`CONFIDENCE`] (Bonferroni).
fn stand(f: &SweepFindings, (best, others): (&Spot, &[&Spot]), years: &[Years]) -> Stand {
    let of = |spot: &Spot| years.iter().find(|y| (y.point, &y.option) == (spot.point, &spot.option));
    let measure = f.request.measure();
    // So that above nought is worse throughout.
    let sign = if f.request.better() == Some(Better::Higher) { -1.0 } else { 1.0 };
    let luck = if measure.is_some_and(|m| m.is_chance()) { Luck::OfChances } else { Luck::Any };
    // The best is the one that these years favoured, so any pair of points might have been looked at.
    let points = others.len() as f64 + 1.0;
    let confidence = 1.0 - (1.0 - CONFIDENCE) / (0.5 * points * (points - 1.0));
    let mut stand = Stand::default();
    for other in others {
        if same(f, best, other) {
            stand.equal += 1;
            stand.untold.push((other.point, other.option.clone()));
            continue;
        }
        let interval = of(best).zip(of(other)).and_then(|(a, b)| {
            let pairs = b.values.iter().zip(&a.values).map(|(x, y)| sign * (f64::from(*x) - f64::from(*y)));
            let known: Vec<f64> = pairs.filter(|x| !x.is_nan()).collect();
            shown(&Moments::of(&known), confidence, luck)
        });
        if interval.is_some_and(|i| !i.holds(0.0)) {
            stand.told += 1;
        } else {
            stand.open.push(interval.map(|i| i.high));
            stand.at.push(sentences::place(other, f));
            stand.untold.push((other.point, other.option.clone()));
        }
    }
    stand
}

/// True where two points agree in the mean of every figure.
fn same(f: &SweepFindings, a: &Spot, b: &Spot) -> bool {
    let of = |spot: &Spot| {
        let mine = f.spots.iter().filter(|s| (s.point, &s.option) == (spot.point, &spot.option));
        mine.map(|s| (s.figure.clone(), s.mean.to_bits())).collect::<Vec<_>>()
    };
    of(a) == of(b)
}

/// `Two of the other five cannot be told from it`.
fn untold(n: usize, others: usize) -> String {
    match others {
        1 => "The other one cannot be told from it".into(),
        all if all == n => format!("None of the other {} can be told from it", say::small(others)),
        _ => format!(
            "{} of the other {} cannot be told from it",
            say::capital(&say::small(n)),
            say::small(others)
        ),
    }
}

/// ` They are at wte 3; wte 4.`: where those are that cannot be told from the best, of few among more.
fn named(at: &[String], others: usize) -> String {
    match at {
        [one] if others > 1 => format!(" It is at {one}."),
        [_, _, ..] if at.len() < others && at.len() <= NAMED => format!(" They are at {}.", at.join("; ")),
        _ => String::new(),
    }
}

/// In a planner's words.
fn said(f: &SweepFindings, stand: &Stand, others: usize) -> String {
    let luck = "year by year on the same luck";
    let equal = match stand.equal {
        0 => String::new(),
        1 => " One other point is equal to it in every figure.".to_owned(),
        n => format!(" {} other points are equal to it in every figure.", say::capital(&say::small(n))),
    };
    let apart = if f.request.better() == Some(Better::Neither) { "away" } else { "worse" };
    let most = stand.open.iter().flatten().fold(0.0, |a: f64, b| a.max(*b));
    let text = match (stand.open.len(), stand.told) {
        (0, 0) => String::new(),
        (0, 1) => format!("{} is {apart}, {luck}.", if others == 1 { "The other one" } else { "One other" }),
        (0, n) => format!("Each of the other {} is {apart}, {luck}.", say::small(n)),
        _ if stand.open.iter().all(Option::is_none) => {
            let why = match f.request.replications < FEWEST as usize {
                true => "that takes at least ten years at each point",
                false => {
                    "the difference is the same in every year, which says nothing of luck that did not come in them"
                }
            };
            format!("{}: {why}.", untold(stand.open.len(), others))
        }
        _ => format!(
            "{}, {luck}: at most {} {apart}.",
            untold(stand.open.len(), others),
            // With digits of its own: a bound that the digits of the table cannot show is not nought.
            f.request.measure().map_or(String::new(), |measure| Written::new(measure, most).size(most))
        ),
    };
    format!("{text}{}{equal}", named(&stand.at, others)).trim_start().to_owned()
}

#[cfg(test)]
#[path = "alike_tests.rs"]
mod tests;
