//! Models over given replications, for a few figures alone: nothing else is worked out or kept.
//!
//! In: one model or several, replications, the columns wanted. Out: `[replication][figure]`, no value NaN. The draws are those of
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
use crate::year::paths::Paths;
use crate::year::pool::Pool;
use rayon::prelude::*;

/// Runs a model and keeps what is shown, as `now` numbers it; `told` hears how many replications are done.
///
/// `[replication][figure of shown]`, row after row: `shown.len()` numbers a replication. NaN where the option has no
/// such figure, or the year has no value of it. `now` is the model whose numbering `shown` uses.
pub fn lean(
    model: Model,
    shown: (&Model, &[Shown]),
    replications: &[Replication],
    settings: Settings,
    told: &(dyn Fn(usize) + Sync),
) -> Vec<f32> {
    together(vec![model], shown, replications, settings, told).pop().unwrap_or_default()
}

/// The same of several models on the same replications, in their order: what they share is drawn once.
///
/// `told` hears of every block of every model. Every compiled model lies in memory.
pub fn together(
    models: Vec<Model>,
    (now, shown): (&Model, &[Shown]),
    replications: &[Replication],
    settings: Settings,
    told: &(dyn Fn(usize) + Sync),
) -> Vec<Vec<f32>> {
    let find = |model: &Model, columns: &Columns| -> Vec<Option<usize>> {
        shown.iter().map(|s| s.column(now, model, columns)).collect()
    };
    figures(models, find, replications, settings, told)
}

/// Runs a model and keeps its headline, replication by replication.
///
/// One number a replication, in the order asked for.
pub fn headline(model: Model, at: HeadlineAt, replications: &[Replication], settings: Settings) -> Vec<f64> {
    let find = |_: &Model, columns: &Columns| vec![columns.find(at.measure, at.place, at.about)];
    let values = figures(vec![model], find, replications, settings, &|_| {});
    values.into_iter().flatten().map(f64::from).collect()
}

/// A model with the columns that are kept of it.
struct Kept {
    pool: Pool,
    extract: Extract,
    columns: Vec<Option<usize>>,
    /// Groups of columns that something is wanted of: no other is worked out.
    groups: Vec<usize>,
}

impl Kept {
    fn new(model: Model, find: impl Fn(&Model, &Columns) -> Vec<Option<usize>>, seed: u64) -> Self {
        let pool = Pool::new(Year::new(model, seed, false));
        let year = pool.year();
        // Every figure can be wanted, and costs nothing where it is not.
        let extract = Extract::new(&year.model, &year.book, &year.axis, true, None);
        let columns = find(&year.model, &extract.columns);
        Self { groups: extract.groups_of(&columns), pool, extract, columns }
    }

    /// Plays a block; its rows, one a replication.
    fn block<'a>(&'a self, reps: &[Replication], paths: &mut Paths<'a>) -> Vec<f32> {
        let Self { pool, extract, columns, groups } = self;
        let mut whole = vec![f32::NAN; extract.columns.all.len()];
        let value = |whole: &[f32], column: &Option<usize>| column.map_or(f32::NAN, |column| whole[column]);
        pool.play_among(reps, paths, |block| {
            let mut rows = Vec::with_capacity(reps.len() * columns.len());
            for lane in 0..reps.len() {
                let (tally, slots) = (&block.book.tally, &block.slots[lane]);
                extract.some(groups, &pool.year().model, (tally, lane), slots, &mut whole);
                rows.extend(columns.iter().map(|column| value(&whole, column)));
            }
            rows
        })
    }
}

/// Runs models and keeps the columns found.
///
/// A thread takes a block of all models; blocks are put together in their order.
fn figures(
    models: Vec<Model>,
    find: impl Fn(&Model, &Columns) -> Vec<Option<usize>>,
    replications: &[Replication],
    settings: Settings,
    told: &(dyn Fn(usize) + Sync),
) -> Vec<Vec<f32>> {
    let kept: Vec<Kept> = models.into_iter().map(|model| Kept::new(model, &find, settings.seed)).collect();
    let of_block = |reps: &[Replication]| -> Vec<Vec<f32>> {
        let mut paths = Paths::of(kept.len());
        let of_model = |kept| {
            let rows = Kept::block(kept, reps, &mut paths);
            told(reps.len());
            rows
        };
        kept.iter().map(of_model).collect()
    };
    let blocks: Vec<Vec<Vec<f32>>> =
        replications.par_chunks(settings.lanes.clamp(1, LANES)).map(of_block).collect();
    let of_model = |model: usize| blocks.iter().flat_map(move |block| block[model].iter().copied()).collect();
    (0..kept.len()).map(of_model).collect()
}
