//! One option at work: blocks of replications in parallel, as many batches of them as are asked for.
//!
//! In: a model and replications. Out: an [`Outcome`]. Fit: [`super::run`], [`super::compare`] and the sweep hold one of
//! these an option. A block of replications is one piece of work: threads take blocks, rows are written by their
//! number, and sums are of whole numbers, so neither the number of threads nor the order they finish in can show in a
//! result. Cost: a compiled option, and a row of every column a replication; only a stretch of rows lies in memory
//! twice.

use super::headline::HeadlineAt;
use super::run::Settings;
use crate::model::Model;
use crate::outcome::Outcome;
use crate::outcome::extract::Extract;
use crate::outcome::rows::{Rows, STRETCH};
use crate::outcome::sums::Sums;
use crate::plan::lanes::{LANES, Replication};
use crate::stats::packed::damaged;
use crate::year::Year;
use crate::year::pool::Pool;
use rayon::prelude::*;
use std::io::{self, Read};
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

/// An option, compiled, with what it has come to so far.
///
/// Rows stand in the order of replications, without a gap: [`Runner::more`] is called with the ones that follow.
#[derive(Debug)]
pub struct Runner {
    /// Its name.
    option: String,
    /// The compiled year, one a thread.
    pool: Pool,
    /// What becomes of a played block.
    extract: Extract,
    /// Weekly counts and other whole numbers, over all replications; a lock a block.
    sums: Mutex<Sums>,
    /// One row a replication.
    rows: Rows,
    /// Replications that are played side by side, 1 to [`LANES`].
    lanes: usize,
    /// Column of the headline, which is told after each block; none where the option does not have it.
    headline: Option<usize>,
}

impl Runner {
    /// Compiles an option.
    ///
    /// Compiling takes the model, so nothing of it can change under way. `full` of the settings decides the columns;
    /// the headline is one of them in any case.
    pub fn new(option: &str, model: Model, headline: Option<HeadlineAt>, settings: Settings) -> Self {
        let year = Year::new(model, settings.seed, settings.days);
        let extract = Extract::new(
            &year.model,
            &year.book,
            &year.axis,
            settings.full,
            headline.and_then(|h| h.column()),
        );
        let sums = Mutex::new(Sums::new(&year.model, &year.book));
        let headline = headline.and_then(|h| extract.columns.find(h.measure, h.place, h.about));
        let lanes = settings.lanes.clamp(1, LANES);
        let rows = Rows::new(extract.columns.all.len());
        Self { option: option.to_owned(), pool: Pool::new(year), extract, sums, rows, lanes, headline }
    }

    /// The same, without weekly figures: those of the second luck are shown nowhere.
    pub fn without_weeks(self) -> Self {
        self.sums.lock().unwrap_or_else(PoisonError::into_inner).without_weeks();
        self
    }

    /// Its option, as the scenario names it.
    pub fn name(&self) -> &str {
        &self.option
    }

    /// Replications done, with those that were taken in.
    pub fn done(&self) -> usize {
        self.rows.replications()
    }

    /// Takes in the rows and sums that were written of an outcome of this option; nothing was run yet.
    ///
    /// # Errors
    ///
    /// Those of the reader; damaged where rows and sums are of other years than each other.
    pub fn take_in(&mut self, input: &mut dyn Read) -> io::Result<()> {
        self.rows = Rows::read(self.extract.columns.all.len(), input)?;
        let sums = self.sums.get_mut().unwrap_or_else(PoisonError::into_inner);
        sums.read(input)?;
        match sums.replications == self.rows.replications() as u64 {
            true => Ok(()),
            false => Err(damaged("rows and sums are of different years")),
        }
    }

    /// Whether a replication, played now, gives the row that is there at a place; nothing is added.
    ///
    /// Bit for bit, so a changed draw shows.
    pub fn gives(&self, replication: Replication, at: usize) -> bool {
        let width = self.extract.columns.all.len();
        let mut row = vec![f32::NAN; width];
        self.pool.play(&[replication], |block| {
            self.extract.rows(&self.pool.year().model, &block.book.tally, &block.slots, &mut row);
        });
        // The pool is put to rest: it was woken for a single replication.
        self.pool.rest();
        let same =
            |column: usize| self.rows.stretch(column, at..at + 1)[0].to_bits() == row[column].to_bits();
        (0..width).all(same)
    }

    /// Runs the first replications of a run as far as they are not yet done.
    ///
    /// `replications` are those of the whole run, from the first on: what is done already is passed over.
    pub fn up_to(&mut self, replications: &[Replication], told: &(dyn Fn(&[f32]) + Sync)) {
        let done = self.done().min(replications.len());
        self.more(&replications[done..], told);
    }

    /// Runs further replications; `told` gets the headline of each replication just done.
    ///
    /// They must follow those done, without a gap: rows stand in the order in which they come in.
    pub fn more(&mut self, replications: &[Replication], told: &(dyn Fn(&[f32]) + Sync)) {
        let width = self.extract.columns.all.len();
        // Rows of a stretch at a time, so that few lie in memory twice; enough of them to keep every thread at work.
        // A stretch a thread: less would leave threads waiting, more would hold rows twice.
        let at_once = STRETCH * rayon::current_num_threads().next_multiple_of(4);
        let mut rows = vec![f32::NAN; width * at_once.min(replications.len())];
        for replications in replications.chunks(at_once) {
            let rows = &mut rows[..width * replications.len()];
            self.some(replications, rows, told);
            self.rows.extend(rows);
        }
        self.pool.rest();
    }

    /// Runs replications and fills their rows.
    ///
    /// `rows` has the width of a row for each replication; `told` hears each block from its own thread.
    fn some(&self, replications: &[Replication], rows: &mut [f32], told: &(dyn Fn(&[f32]) + Sync)) {
        let Self { pool, extract, sums, lanes, headline, .. } = self;
        let width = extract.columns.all.len();
        let rows = rows.par_chunks_mut((width * *lanes).max(1));
        replications.par_chunks(*lanes).zip(rows).for_each(|(reps, rows)| {
            pool.play(reps, |block| {
                extract.rows(&pool.year().model, &block.book.tally, &block.slots, rows);
                // Only integers are summed here, so the order in which blocks arrive cannot matter.
                let mut sums = sums.lock().unwrap_or_else(PoisonError::into_inner);
                sums.add(&block.book.tally, reps.len());
            });
            let value = |row: &[f32]| headline.map_or(f32::NAN, |column| row[column]);
            told(&rows.chunks(width).map(value).collect::<Vec<f32>>());
        });
    }

    /// The headline of some replications that are done, in their order.
    ///
    /// NaN where the option has no headline. Read between two looks of a stopping rule.
    pub fn headline(&self, replications: Range<usize>) -> Vec<f64> {
        match self.headline {
            Some(column) => self.rows.stretch(column, replications).into_iter().map(f64::from).collect(),
            None => replications.map(|_| f64::NAN).collect(),
        }
    }

    /// What it came to.
    ///
    /// The columns, the rows and the sums are moved out: the option cannot be run further.
    pub fn finish(self) -> Outcome {
        let sums = self.sums.into_inner().unwrap_or_else(PoisonError::into_inner);
        Outcome::new(self.option, self.extract.columns, self.rows, sums)
    }
}
