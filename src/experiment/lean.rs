//! One model over given replications, for a few figures alone: nothing else is kept.
//!
//! In: a model, replications, the columns wanted. Out: `[replication][figure]`, no value NaN. The draws are those of any
//! other run of the same seed.

use super::run::Settings;
use super::shown::Shown;
use crate::model::Model;
use crate::outcome::extract::Extract;
use crate::plan::lanes::{LANES, Replication};
use crate::year::Year;
use rayon::prelude::*;

/// Runs a model and keeps what is shown, as `now` numbers it; `told` hears how many replications are done.
pub fn lean(
    model: Model,
    (now, shown): (&Model, &[Shown]),
    replications: &[Replication],
    settings: Settings,
    told: &(dyn Fn(usize) + Sync),
) -> Vec<f32> {
    let year = Year::new(model, settings.seed, false);
    let extract = Extract::new(&year.model, &year.book, &year.axis, false);
    let columns: Vec<Option<usize>> =
        shown.iter().map(|s| s.column(now, &year.model, &extract.columns)).collect();
    let mut rows = vec![f32::NAN; replications.len() * shown.len()];
    let lanes = settings.lanes.clamp(1, LANES);
    let width = (shown.len() * lanes).max(1);
    replications.par_chunks(lanes).zip(rows.par_chunks_mut(width)).for_each_init(
        || (year.block(), vec![f32::NAN; extract.columns.all.len()]),
        |(block, whole), (reps, rows)| {
            year.run(reps, block);
            for (lane, row) in rows.chunks_mut(shown.len().max(1)).enumerate() {
                extract.row(&year.model, &block.book.tally, lane, &block.slots[lane], whole);
                for (value, column) in row.iter_mut().zip(&columns) {
                    *value = column.map_or(f32::NAN, |column| whole[column]);
                }
            }
            told(reps.len());
        },
    );
    rows
}
