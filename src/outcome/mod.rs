//! From tallies to measures: a row of figures for every replication, and exact sums over replications.

pub mod columns;
pub mod extract;
pub mod formula;
pub mod measure;
mod money;
pub mod sums;
mod team;
mod work;

#[cfg(test)]
mod tests;

use columns::{About, Columns, Place};
use sums::Sums;

/// What one option came to, over all replications.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Name of the option.
    pub option: String,
    /// Columns.
    pub columns: Columns,
    /// Figures, `[replication][column]`; no value is NaN.
    rows: Vec<f32>,
    /// Exact sums over replications.
    pub sums: Sums,
}

impl Outcome {
    /// Puts rows and sums together; rows are in the order of replications.
    pub fn new(option: String, columns: Columns, rows: Vec<f32>, sums: Sums) -> Self {
        Self { option, columns, rows, sums }
    }

    /// Number of replications.
    pub fn replications(&self) -> usize {
        self.rows.len().checked_div(self.columns.all.len()).unwrap_or(0)
    }

    /// One figure.
    #[inline]
    pub fn value(&self, replication: usize, column: usize) -> f32 {
        self.rows[replication * self.columns.all.len() + column]
    }

    /// A column over replications, in their order.
    pub fn column(&self, column: usize) -> Vec<f64> {
        (0..self.replications()).map(|r| f64::from(self.value(r, column))).collect()
    }

    /// A column by what it is.
    pub fn series(&self, measure: &str, place: Place, about: About) -> Option<Vec<f64>> {
        Some(self.column(self.columns.find(measure, place, about)?))
    }

    /// The row of a replication.
    pub fn row(&self, replication: usize) -> &[f32] {
        let width = self.columns.all.len();
        &self.rows[replication * width..(replication + 1) * width]
    }
}
