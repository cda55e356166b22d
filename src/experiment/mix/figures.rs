//! The figures of a mix: what is minimised, what is kept of a year, and the years of a mix.
//!
//! In: the figures that the plan keeps of a year, in that order. Out: what the race and the tables read. Money
//! is turned into pounds a year here, once, so nothing later need know the length of the period.

use super::{Plan, cost};
use crate::stats::moments::Moments;

/// What is minimised.
///
/// Of each, less is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Objective {
    /// Cost to the practices, funds taken off [£ a year], so that periods of different length may be set beside each
    /// other.
    Cost,
    /// Unmet requests of the counted period.
    Unmet,
    /// Mean wait of attended contacts [calendar days].
    Wait,
}

impl Objective {
    /// The word of `--minimise` that asks for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Cost => "cost",
            Self::Unmet => "unmet",
            Self::Wait => "wait",
        }
    }

    /// The measure by whose name a scenario states what matters.
    pub fn measure(self) -> &'static str {
        match self {
            Self::Cost => "cost_total",
            Self::Unmet => "unmet",
            Self::Wait => "wait_mean",
        }
    }

    /// The figure of a year that it is.
    pub fn figure(self) -> Figure {
        match self {
            Self::Cost => Figure::Cost,
            Self::Unmet => Figure::Unmet,
            Self::Wait => Figure::Wait,
        }
    }

    /// The access that stands against cost in the frontier of the report: waits where they are asked for, else unmet
    /// requests.
    pub fn access(self) -> Figure {
        if self == Self::Wait { Figure::Wait } else { Figure::Unmet }
    }
}

/// Figures of a year that are of no target: cost, reimbursed, unmet, wait.
pub(super) const OF_ALL: usize = 4;

/// A figure of a simulated year.
///
/// Positions are those of the plan's targets, not the model's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// Cost to the practices [£ a year].
    Cost,
    /// All costs [£ a year].
    Spent,
    /// Unmet requests of the counted period.
    Unmet,
    /// Mean wait [calendar days].
    Wait,
    /// Whether the target of a position in the plan holds.
    Met(usize),
    /// Share seen in time by that target.
    Seen(usize),
}

/// The figures of every year of a model, in the order of their numbers.
///
/// Years are added in the order of their numbers and never taken away; [`Rows::series`] reads one figure of all of
/// them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rows {
    /// Number of figures of a year: [`OF_ALL`], then two for each target.
    width: usize,
    /// Counted period [years].
    years: f64,
    /// `[year][figure]`, flat.
    pub(super) values: Vec<f32>,
}

impl Rows {
    /// `days` is the counted period of the model [days].
    pub(super) fn new(plan: &Plan, days: usize) -> Self {
        Self { width: OF_ALL + 2 * plan.targets.len(), years: days as f64 / cost::YEAR, values: Vec::new() }
    }

    /// Years played.
    pub fn done(&self) -> usize {
        self.values.len() / self.width.max(1)
    }

    /// A figure of every year from `from` on, counted from 0, in the order of the years; NaN where a year has no value.
    pub fn series(&self, figure: Figure, from: usize) -> Vec<f64> {
        let of = |row: &[f32]| {
            let value = |at: usize| f64::from(row[at]);
            match figure {
                Figure::Cost => (value(0) - value(1)) / self.years,
                Figure::Spent => value(0) / self.years,
                Figure::Unmet => value(2),
                Figure::Wait => value(3),
                Figure::Met(target) => value(OF_ALL + 2 * target),
                Figure::Seen(target) => value(OF_ALL + 1 + 2 * target),
            }
        };
        self.values.chunks(self.width.max(1)).skip(from).map(of).collect()
    }

    /// Its mean over every year with a value; none without one.
    pub fn mean(&self, figure: Figure) -> Option<f64> {
        Moments::of(&self.series(figure, 0)).mean()
    }
}
