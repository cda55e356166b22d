//! The measures: one table of name, unit, better direction, grain and meaning. A scenario names
//! them (its headline, the differences that matter), so they stand with the model; a new measure is a row of
//! `table` here and a formula in `outcome/extract/`.

mod table;

pub use table::MEASURES;

use crate::stats::interval::{Interval, mean_interval, wilson};
use crate::stats::moments::Moments;

/// Which direction is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
    /// Neither by itself.
    Neither,
}

/// At which grain a measure is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grain {
    /// By place, and by need.
    Need,
    /// By place and role.
    Role,
    /// By place alone.
    Place,
    /// By target and place.
    Target,
    /// By redirect of an option, all places together.
    Redirect,
}

/// A measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measure {
    /// Name in tables.
    pub name: &'static str,
    /// Unit.
    pub unit: &'static str,
    /// Better direction.
    pub better: Better,
    /// Grain.
    pub grain: Grain,
    /// Meaning, in one sentence.
    pub meaning: &'static str,
    /// True where it is also kept by practice and need (others only for networks and all).
    pub fine: bool,
}

impl Measure {
    /// True where the figure of one simulated year is 1 or 0.
    pub fn is_chance(&self) -> bool {
        self.name == "target_met"
    }

    /// True where it is money.
    pub fn is_money(&self) -> bool {
        self.unit.starts_with('£')
    }

    /// True where it can never be below nought: not money, of which more may be paid back than spent, nor time
    /// that levers take, of which they may release more.
    pub fn never_negative(&self) -> bool {
        !self.is_money() && self.name != "taken_hours"
    }
}

/// The measure of a name.
pub fn by_name(name: &str) -> Option<&'static Measure> {
    MEASURES.iter().find(|m| m.name == name)
}

impl Measure {
    /// The 95 % interval of the mean: Wilson's for the chance that a target holds, else the one that allows for
    /// skewness. A share keeps inside 0 to 1, and what is never below nought keeps at or above it.
    pub fn interval(&self, values: &[f64]) -> Option<Interval> {
        if self.name == "target_met" {
            let moments = Moments::of(values);
            let n = moments.n() as f64;
            return Some(wilson(moments.mean()? * n, n, 0.95));
        }
        let highest = if self.unit == "share" { 1.0 } else { f64::INFINITY };
        let lowest = if values.iter().any(|v| *v < 0.0) { f64::NEG_INFINITY } else { 0.0 };
        let free = mean_interval(values, 0.95)?;
        Some(Interval { low: free.low.max(lowest), high: free.high.min(highest) })
    }
}

/// A row of the table.
const fn measure(
    name: &'static str,
    unit: &'static str,
    better: Better,
    grain: Grain,
    fine: bool,
    meaning: &'static str,
) -> Measure {
    Measure { name, unit, better, grain, meaning, fine }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_apart() {
        for (i, a) in MEASURES.iter().enumerate() {
            assert!(MEASURES[i + 1..].iter().all(|b| b.name != a.name), "{} twice", a.name);
            assert!(a.meaning.ends_with('.') || a.meaning.ends_with(']'), "{}: a sentence", a.name);
        }
    }
}
