//! One number at a time from P10 to P90, all else as drawn, on the same luck.
//!
//! In: the bench, a number, its P10 and P90. Out: what the figure does at each, and whether the change is told from
//! nought among all bars. P10 to P90 is narrower than the card's P1 to P99: this asks what a number usually does, not
//! whether it could turn the answer.

use super::Subject;
use super::drive::CONFIDENCE;
use super::held::{Bench, Pairs};
use super::inputs::Uncertain;
use crate::stats::difference::difference;
use crate::stats::moments::Moments;
use crate::stats::paired::{Better, Paired, paired};

/// What moving one number does.
#[derive(Clone, Debug)]
pub struct Bar {
    /// Position of the number.
    pub input: usize,
    /// Its P10 and P90.
    pub values: (f64, f64),
    /// What it does to each subject.
    pub moves: Vec<Option<Move>>,
}

/// What moving one number does to one figure.
///
/// Both years are the same, so the change is of the number alone.
#[derive(Clone, Copy, Debug)]
pub struct Move {
    /// Mean with the number at its P10.
    pub at_low: f64,
    /// Mean with the number at its P90.
    pub at_high: f64,
    /// The second less the first, year by year.
    pub change: Paired,
    /// True where that can be told from nought among all numbers moved one at a time (Bonferroni).
    pub told: bool,
}

/// Moves one number, one of so many that are moved; none for one of several shares.
///
/// `together` is how many bars there are: each must be told among all of them.
pub fn bar(
    bench: &Bench<'_>,
    subjects: &[Subject],
    inputs: &[Uncertain],
    (at, together): (usize, usize),
) -> Option<Bar> {
    let law = inputs[at].law?;
    let values = (law.quantile(0.1), law.quantile(0.9));
    let low = bench.held(&inputs[at].address, values.0);
    let high = bench.held(&inputs[at].address, values.1);
    let moves = subjects.iter().map(|subject| moved(*subject, (&low, &high), together)).collect();
    Some(Bar { input: at, values, moves })
}

/// One figure at the high and at the low value, year by year; what differs by no more than rounding is the same.
///
/// Years are kept to seven digits: beside a level of 100,000 a difference of a hundredth is rounding alone. Of an
/// option's difference the levels are those of both sides.
fn ends(subject: Subject, low: &Pairs, high: &Pairs) -> Vec<(f64, f64)> {
    let level = |of: &Pairs, at: usize| {
        let option = of.option.as_ref().map_or(0.0, |option| option[at].abs());
        of.now[at].abs().max(option)
    };
    let years = high.series(subject).into_iter().zip(low.series(subject)).enumerate();
    let same = |at: usize, x: f64, y: f64| {
        (x - y).abs() <= 4.0 * f64::from(f32::EPSILON) * level(low, at).max(level(high, at))
    };
    years.map(|(at, (x, y))| if same(at, x, y) { (y, y) } else { (x, y) }).collect()
}

/// One figure at both values; none where it has none.
///
/// A year that lacks a value at either end is left out of the change.
fn moved(subject: Subject, (low, high): (&Pairs, &Pairs), together: usize) -> Option<Move> {
    let pairs = ends(subject, low, high);
    let known: Vec<&(f64, f64)> = pairs.iter().filter(|(x, y)| !x.is_nan() && !y.is_nan()).collect();
    let mean = |pick: fn(&(f64, f64)) -> f64| {
        Moments::of(&known.iter().map(|pair| pick(pair)).collect::<Vec<f64>>()).mean()
    };
    let changes: Vec<f64> = known.iter().map(|(high, low)| high - low).collect();
    let strict = difference(&Moments::of(&changes), 1.0 - (1.0 - CONFIDENCE) / together.max(1) as f64);
    Some(Move {
        told: strict.is_some_and(|i| !i.holds(0.0)),
        at_low: mean(|pair| pair.1)?,
        at_high: mean(|pair| pair.0)?,
        change: paired(&pairs, Better::Higher, CONFIDENCE)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Costs of about 250,000 are kept to 1/64: both sides of a difference are rounded so.
    #[test]
    fn what_is_rounding_alone_moves_nothing() {
        let pairs = |shift: f64| Pairs {
            now: vec![250_000.015_625, 251_000.0, f64::NAN],
            option: Some(vec![253_000.0 + shift, 254_000.5 + shift, 1.0]),
        };
        let moved = |shift: f64| moved(Subject::Difference, (&pairs(0.0), &pairs(shift)), 3);
        let nothing = moved(0.046_875).unwrap_or_else(|| panic!("two years have a value"));
        assert_eq!((nothing.change.mean, nothing.told), (0.0, false));
        assert_eq!(nothing.at_low, nothing.at_high);
        let something = moved(12.5).unwrap_or_else(|| panic!("two years have a value"));
        assert_eq!(something.change.mean, 12.5);
    }
}
