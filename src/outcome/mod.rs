//! From tallies to measures: a row of figures for every replication, and exact sums over replications.
//!
//! In: the tally of a block ([`crate::book::tally`]) and the option's model. Out: an [`Outcome`], a table of
//! replications by column with the sums that need more than one number a year. Fit: [`columns`] says which figures
//! there are, [`extract`] works them out, [`rows`] keeps them, [`sums`] adds what is exact over replications.
//! Everything that is shown later is read from here, so a figure that two reports show is the same one.

pub mod columns;
pub mod extract;
pub mod formula;
mod money;
pub mod rows;
pub mod sums;
mod team;
mod work;

#[cfg(test)]
mod tests;

pub use crate::model::measure;
use columns::{About, Columns, Place};
use rows::Rows;
use std::io::{self, Write};
use std::ops::Range;
use sums::Sums;

/// What one option came to, over all replications.
///
/// Moved out of a runner when its last block is done; nothing is added to it afterwards.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Name of the option.
    pub option: String,
    /// Columns.
    pub columns: Columns,
    /// Figures by replication and column; no value is NaN.
    rows: Rows,
    /// Exact sums over replications.
    pub sums: Sums,
}

impl Outcome {
    /// Puts rows and sums together; rows are in the order of replications.
    pub fn new(option: String, columns: Columns, rows: Rows, sums: Sums) -> Self {
        Self { option, columns, rows, sums }
    }

    /// Number of replications.
    pub fn replications(&self) -> usize {
        self.rows.replications()
    }

    /// Part of a column over replications, in their order.
    ///
    /// # Panics
    ///
    /// Where the temporary file of figures cannot be read back.
    pub fn stretch(&self, column: usize, replications: Range<usize>) -> Vec<f32> {
        self.rows.stretch(column, replications)
    }

    /// A column over replications, in their order.
    ///
    /// `f64` of what is kept as `f32`; no value is NaN.
    ///
    /// # Panics
    ///
    /// Where the temporary file of figures cannot be read back.
    pub fn column(&self, column: usize) -> Vec<f64> {
        self.stretch(column, 0..self.replications()).into_iter().map(f64::from).collect()
    }

    /// A column by what it is.
    ///
    /// None where the option does not keep it.
    pub fn series(&self, measure: &str, place: Place, about: About) -> Option<Vec<f64>> {
        Some(self.column(self.columns.find(measure, place, about)?))
    }

    /// Writes all rows and sums, for a runner of the same option to take in.
    ///
    /// Only a runner of the same scenario and settings can take it in: neither stands in what is written.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        self.rows.write(out)?;
        self.sums.write(out)
    }

    /// The row of a replication.
    ///
    /// In the order of [`Columns::all`]; it reads every column, so it is for single replications.
    pub fn row(&self, replication: usize) -> Vec<f32> {
        let columns = 0..self.columns.all.len();
        columns.flat_map(|column| self.stretch(column, replication..replication + 1)).collect()
    }
}
