//! One option at work: blocks of replications in parallel, as many batches of them as are asked for.
//!
//! In: a model and replications. Out: an [`Outcome`]. Fit: [`super::run`], [`super::compare`] and the sweep hold one of
//! these an option. A block of replications is one piece of work: threads take blocks, rows are written by their
//! number, and sums are of whole numbers, so neither the number of threads nor the order they finish in can show in a
//! result. Cost: a compiled option, and a row of every column a replication; only a stretch of rows lies in memory
//! twice. Of several options a block is played one after another on the same thread, so that what they share is drawn
//! once ([`crate::year::paths`]).

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
use crate::year::paths::Paths;
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
        up_to(std::slice::from_mut(self), replications, &|_, values| told(values));
    }

    /// Runs further replications; `told` gets the headline of each replication just done.
    ///
    /// They must follow those done, without a gap: rows stand in the order in which they come in.
    pub fn more(&mut self, replications: &[Replication], told: &(dyn Fn(&[f32]) + Sync)) {
        more(std::slice::from_mut(self), replications, &|_, values| told(values));
    }

    /// Plays a block and fills its rows, beside the options whose `paths` it is given; returns the headlines.
    ///
    /// `rows` has the width of a row for each replication.
    fn block<'a>(&'a self, reps: &[Replication], rows: &mut [f32], paths: &mut Paths<'a>) -> Vec<f32> {
        let Self { pool, extract, sums, headline, .. } = self;
        pool.play_among(reps, paths, |block| {
            extract.rows(&pool.year().model, &block.book.tally, &block.slots, rows);
            // Only integers are summed here, so the order in which blocks arrive cannot matter.
            let mut sums = sums.lock().unwrap_or_else(PoisonError::into_inner);
            sums.add(&pool.year().model, &block.book.tally, &block.slots, reps.len());
        });
        let value = |row: &[f32]| headline.map_or(f32::NAN, |column| row[column]);
        rows.chunks(extract.columns.all.len()).map(value).collect()
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

/// Numbers of rows that lie in memory twice, over all options that are run together: 64 MiB, unless threads would wait.
const NUMBERS_AT_ONCE: usize = 16 << 20;

/// Runs the first replications of a run on every option as far as they are not yet done, the options together.
///
/// All options have the same replications done. `told` gets the position of the option and the headline of each
/// replication just done.
pub fn up_to(runners: &mut [Runner], replications: &[Replication], told: &(dyn Fn(usize, &[f32]) + Sync)) {
    let done = runners.first().map_or(0, Runner::done);
    debug_assert!(runners.iter().all(|runner| runner.done() == done), "options of different lengths");
    more(runners, &replications[done.min(replications.len())..], told);
}

/// Runs further replications on every option, block by block, so that what options share of a block is drawn once.
///
/// They must follow those done, without a gap; the options have the same seed and as many lanes.
fn more(runners: &mut [Runner], replications: &[Replication], told: &(dyn Fn(usize, &[f32]) + Sync)) {
    let widths: Vec<usize> = runners.iter().map(|runner| runner.extract.columns.all.len()).collect();
    // Rows of some stretches at a time, so that few lie in memory twice, but four blocks a thread in any case.
    let threads = rayon::current_num_threads().next_multiple_of(4);
    let fit = NUMBERS_AT_ONCE / widths.iter().sum::<usize>().max(1) / STRETCH * STRETCH;
    let at_once = fit.clamp(threads * STRETCH / 4, threads * STRETCH).min(replications.len());
    let mut rows: Vec<Vec<f32>> = widths.iter().map(|width| vec![f32::NAN; width * at_once]).collect();
    for replications in replications.chunks(at_once.max(1)) {
        some(runners, replications, &mut rows, told);
        for ((runner, width), rows) in runners.iter_mut().zip(&widths).zip(&rows) {
            runner.rows.extend(&rows[..width * replications.len()]);
        }
    }
    runners.iter().for_each(|runner| runner.pool.rest());
}

/// Runs replications on every option and fills their rows, a list an option; a thread takes a block of all options.
fn some(
    runners: &[Runner],
    replications: &[Replication],
    rows: &mut [Vec<f32>],
    told: &(dyn Fn(usize, &[f32]) + Sync),
) {
    let lanes = runners.first().map_or(LANES, |runner| runner.lanes);
    // The rows of each block, option by option.
    let mut of_options: Vec<_> = runners
        .iter()
        .zip(rows)
        .map(|(runner, rows)| rows.chunks_mut((runner.extract.columns.all.len() * lanes).max(1)))
        .collect();
    let blocks: Vec<(&[Replication], Vec<&mut [f32]>)> = replications
        .chunks(lanes)
        .map(|reps| {
            let of_block = of_options.iter_mut().zip(runners).filter_map(|(blocks, runner)| {
                let width = runner.extract.columns.all.len();
                blocks.next().map(|rows| &mut rows[..width * reps.len()])
            });
            (reps, of_block.collect())
        })
        .collect();
    blocks.into_par_iter().for_each(|(reps, rows)| {
        let mut paths = Paths::of(runners.len());
        for (i, (runner, rows)) in runners.iter().zip(rows).enumerate() {
            told(i, &runner.block(reps, rows, &mut paths));
        }
    });
}
