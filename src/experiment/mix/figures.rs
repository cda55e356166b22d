//! The figures of a mix: what is minimised, what is kept of a year, and the years of a mix.

use super::{Plan, cost};
use crate::stats::moments::Moments;

/// What is minimised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Objective {
    /// Cost to the practices, funds taken off [£ a year].
    Cost,
    /// Unmet requests of the counted period.
    Unmet,
    /// Mean wait of attended contacts [calendar days].
    Wait,
}

impl Objective {
    /// As it is asked for.
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

    /// The access that stands against cost: waits where they are asked for, else unmet requests.
    pub fn access(self) -> Figure {
        if self == Self::Wait { Figure::Wait } else { Figure::Unmet }
    }
}

/// A figure of a simulated year.
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
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rows {
    /// Figures of a year: cost, reimbursed, unmet, wait, then two for each target.
    width: usize,
    /// Counted period [years].
    years: f64,
    pub(super) values: Vec<f32>,
}

impl Rows {
    pub(super) fn new(plan: &Plan, days: usize) -> Self {
        Self { width: 4 + 2 * plan.targets.len(), years: days as f64 / cost::YEAR, values: Vec::new() }
    }

    /// Years played.
    pub fn done(&self) -> usize {
        self.values.len() / self.width.max(1)
    }

    /// A figure of every year from one on.
    pub fn series(&self, figure: Figure, from: usize) -> Vec<f64> {
        let of = |row: &[f32]| {
            let value = |at: usize| f64::from(row[at]);
            match figure {
                Figure::Cost => (value(0) - value(1)) / self.years,
                Figure::Spent => value(0) / self.years,
                Figure::Unmet => value(2),
                Figure::Wait => value(3),
                Figure::Met(target) => value(4 + 2 * target),
                Figure::Seen(target) => value(5 + 2 * target),
            }
        };
        self.values.chunks(self.width.max(1)).skip(from).map(of).collect()
    }

    /// Its mean; none without a value.
    pub fn mean(&self, figure: Figure) -> Option<f64> {
        Moments::of(&self.series(figure, 0)).mean()
    }
}
