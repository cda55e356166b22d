//! One model over given replications, for a few figures alone: nothing else is worked out or kept.
//!
//! In: a model, replications, the columns wanted. Out: `[replication][figure]`, no value NaN. The draws are those of
//! any other run of the same seed.
//!
//! Fit: the mix, the ledger and the sensitivity play thousands of variants and keep a handful of figures of each; a
//! full [`super::runner::Runner`] would keep every column. Cost: the same years, less the work of the columns that
//! nobody wants.

use super::headline::HeadlineAt;
use super::run::Settings;
use super::shown::Shown;
use crate::model::Model;
use crate::outcome::columns::Columns;
use crate::outcome::extract::Extract;
use crate::plan::lanes::{LANES, Replication};
use crate::year::Year;
use crate::year::pool::Pool;
use rayon::prelude::*;

/// Runs a model and keeps what is shown, as `now` numbers it; `told` hears how many replications are done.
///
/// `[replication][figure of shown]`, row after row: `shown.len()` numbers a replication. NaN where the option has no
/// such figure, or the year has no value of it. `now` is the model whose numbering `shown` uses.
pub fn lean(
    model: Model,
    (now, shown): (&Model, &[Shown]),
    replications: &[Replication],
    settings: Settings,
    told: &(dyn Fn(usize) + Sync),
) -> Vec<f32> {
    let find = |model: &Model, columns: &Columns| -> Vec<Option<usize>> {
        shown.iter().map(|s| s.column(now, model, columns)).collect()
    };
    figures(model, find, replications, settings, told)
}

/// Runs a model and keeps its headline, replication by replication.
///
/// One number a replication, in the order asked for.
pub fn headline(model: Model, at: HeadlineAt, replications: &[Replication], settings: Settings) -> Vec<f64> {
    let find = |_: &Model, columns: &Columns| vec![columns.find(at.measure, at.place, at.about)];
    figures(model, find, replications, settings, &|_| {}).into_iter().map(f64::from).collect()
}

/// Runs a model and keeps the columns found.
///
/// Only the groups of columns that something is wanted of are worked out.
fn figures(
    model: Model,
    find: impl Fn(&Model, &Columns) -> Vec<Option<usize>>,
    replications: &[Replication],
    settings: Settings,
    told: &(dyn Fn(usize) + Sync),
) -> Vec<f32> {
    let pool = Pool::new(Year::new(model, settings.seed, false));
    let year = pool.year();
    // Every figure can be wanted, and costs nothing where it is not.
    let extract = Extract::new(&year.model, &year.book, &year.axis, true, None);
    let columns = find(&year.model, &extract.columns);
    let groups = extract.groups_of(&columns);
    // Blocks of replications go to threads; each writes its own rows, so the order of blocks does not show.
    let mut rows = vec![f32::NAN; replications.len() * columns.len()];
    let lanes = settings.lanes.clamp(1, LANES);
    let width = (columns.len() * lanes).max(1);
    replications.par_chunks(lanes).zip(rows.par_chunks_mut(width)).for_each_init(
        || vec![f32::NAN; extract.columns.all.len()],
        |whole, (reps, rows)| {
            pool.play(reps, |block| {
                for (lane, row) in rows.chunks_mut(columns.len().max(1)).enumerate() {
                    extract.some(&groups, &year.model, (&block.book.tally, lane), &block.slots[lane], whole);
                    for (value, column) in row.iter_mut().zip(&columns) {
                        *value = column.map_or(f32::NAN, |column| whole[column]);
                    }
                }
            });
            told(reps.len());
        },
    );
    rows
}
