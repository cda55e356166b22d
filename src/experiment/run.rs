//! Running an option: blocks of replications in parallel, collected in the order of replications.

use crate::model::Model;
use crate::outcome::Outcome;
use crate::outcome::extract::Extract;
use crate::outcome::sums::Sums;
use crate::plan::lanes::{LANES, Replication};
use crate::year::{Block, Year};
use rayon::prelude::*;
use std::sync::Mutex;

/// How an option is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Seed.
    pub seed: u64,
    /// Replications side by side (1 to [`LANES`]); never changes a result.
    pub lanes: usize,
    /// Keeps counts by day.
    pub days: bool,
    /// Keeps every measure for every practice.
    pub full: bool,
}

impl Settings {
    /// The usual settings under a seed.
    pub fn new(seed: u64) -> Self {
        Self { seed, lanes: LANES, days: false, full: false }
    }
}

/// Runs an option over given replications; `progress` is told how many more are done after each block.
pub fn run(
    option: &str,
    model: Model,
    replications: &[Replication],
    settings: Settings,
    progress: &(dyn Fn(usize) + Sync),
) -> Outcome {
    let year = Year::new(model, settings.seed, settings.days);
    let extract = Extract::new(&year.model, &year.book, &year.axis, settings.full);
    let sums = Mutex::new(Sums::new(&year.model, &year.book, &year.block().book.tally));
    let rows: Vec<Vec<f32>> = replications
        .par_chunks(settings.lanes.clamp(1, LANES))
        .map_init(
            || year.block(),
            |block, reps| {
                let rows = one_block(&year, &extract, reps, block);
                // Only integers are summed here, so the order in which blocks arrive cannot matter.
                let mut sums = sums.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                sums.add(&block.book.tally, reps.len());
                progress(reps.len());
                rows
            },
        )
        .collect();
    let sums = sums.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    Outcome::new(option.to_owned(), extract.columns, rows.concat(), sums)
}

/// Simulates a block and takes its rows.
fn one_block(year: &Year, extract: &Extract, reps: &[Replication], block: &mut Block) -> Vec<f32> {
    year.run(reps, block);
    let width = extract.columns.all.len();
    let mut rows = vec![f32::NAN; width * reps.len()];
    for (lane, row) in rows.chunks_mut(width.max(1)).enumerate().take(reps.len()) {
        extract.row(&year.model, &block.book.tally, lane, &block.slots[lane], row);
    }
    rows
}

/// The first `n` replications: draw and chance index both the replication's number.
pub fn first(n: usize) -> Vec<Replication> {
    (0..n as u64).map(|i| Replication { draw: i, chance: i }).collect()
}
