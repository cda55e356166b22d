//! Going on from a run that was kept: every option with the replications it has, then the further ones alone.
//!
//! In: a scenario, and what [`RunResult::keep`] wrote of the same scenario. Out: what a run of all replications from
//! the start gives, to the bit: a replication depends on its number alone, rows stand in the order of numbers, and sums
//! are of whole numbers. What was kept must be of this program: the last year of each option is played once more and
//! compared.

use super::headline::HeadlineAt;
use super::run::{Asked, RunResult, Settings, Told, all_on, first, option_runner, second, second_runner};
use super::runner::Runner;
use crate::plan::lanes::Replication;
use crate::scenario::Scenario;
use std::fmt;
use std::io::{self, Read, Write};

/// Options with the replications that were kept.
#[derive(Debug)]
pub struct Begun {
    /// In the order of the scenario; all have the same replications.
    pub options: Vec<Runner>,
    /// The first draws of `as_now` under a second luck.
    /// None where no input is uncertain.
    pub second: Option<Runner>,
}

/// Why what was kept cannot be gone on from.
#[derive(Debug)]
pub enum Unfit {
    /// It cannot be read, or is not of this scenario.
    Read(io::Error),
    /// This program plays a year of an option, by its number from 1, to other figures.
    OtherFigures(String, usize),
}

impl fmt::Display for Unfit {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                write!(out, "it is cut short")
            }
            Self::Read(error) => error.fmt(out),
            Self::OtherFigures(option, year) => {
                write!(out, "this build of the program gives other figures for year {year} of `{option}`")
            }
        }
    }
}

/// What was kept is longer than the run asked for: a run from the start ends after so many replications.
///
/// It can only happen with a precision, or where fewer replications are asked for than are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shorter(pub usize);

impl RunResult {
    /// Writes what is needed to go on later: rows and sums of every option, and of the second luck.
    ///
    /// The reader needs the scenario and the settings: neither stands in what is written.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn keep(&self, out: &mut dyn Write) -> io::Result<()> {
        self.options.iter().chain(&self.second_chance).try_for_each(|outcome| outcome.write(out))
    }
}

impl Begun {
    /// Reads what was kept of a scenario.
    ///
    /// `settings` must be those of the run that was kept: `full` decides which columns a row has.
    ///
    /// # Errors
    ///
    /// [`Unfit::Read`] where it is cut short, damaged or of another scenario; [`Unfit::OtherFigures`] where this
    /// program plays the last year of an option to other figures than were kept.
    pub fn read(scenario: &Scenario, settings: Settings, input: &mut dyn Read) -> Result<Self, Unfit> {
        let mut options = Vec::new();
        for option in &scenario.options {
            let mut runner = option_runner(option, HeadlineAt::find(&scenario.run, &option.model), settings);
            runner.take_in(input).map_err(Unfit::Read)?;
            options.push(runner);
        }
        let mut second = second_runner(scenario, settings);
        if let Some(second) = &mut second {
            second.take_in(input).map_err(Unfit::Read)?;
        }
        // A byte more: of a scenario with more options, or of something else altogether.
        if input.read(&mut [0]).map_err(Unfit::Read)? > 0 {
            return Err(Unfit::Read(crate::stats::packed::damaged("more is kept than this scenario has")));
        }
        let begun = Self { options, second };
        begun.check()?;
        Ok(begun)
    }

    /// Replications of every option.
    pub fn done(&self) -> usize {
        self.options.first().map_or(0, Runner::done)
    }

    /// Plays the last year of each option, and of the second luck, once more.
    ///
    /// One year an option: cheap beside the run. A change that leaves that year as it was goes unseen.
    fn check(&self) -> Result<(), Unfit> {
        let done = self.done();
        let again = second(done);
        if self.options.iter().any(|o| o.done() != done)
            || self.second.as_ref().is_some_and(|s| s.done() != again.len())
        {
            return Err(Unfit::Read(crate::stats::packed::damaged(
                // The last replication, not the first: a run that was kept and extended before is checked where it
                // ended.
                "options have different numbers of years",
            )));
        }
        let same = |runner: &Runner, all: &[Replication]| {
            all.last().is_none_or(|last| runner.gives(*last, all.len() - 1))
        };
        let all = first(done);
        match self.options.iter().find(|option| !same(option, &all)) {
            Some(other) => Err(Unfit::OtherFigures(other.name().to_owned(), done)),
            None if self.second.as_ref().is_some_and(|second| !same(second, &again)) => {
                Err(Unfit::OtherFigures("as_now, with its second luck,".into(), again.len()))
            }
            None => Ok(()),
        }
    }
}

/// Runs the further replications of a scenario.
///
/// The result is that of a run from the start, to the bit, whatever `lanes` and threads are.
///
/// # Errors
///
/// [`Shorter`] where a run from the start would end before what was kept.
pub fn extend(scenario: Scenario, begun: Begun, asked: Asked, told: Told<'_>) -> Result<RunResult, Shorter> {
    let kept = begun.done();
    if asked.replications < kept {
        return Err(Shorter(asked.replications));
    }
    // With a precision, a run from the start may have ended within what was kept: its figures would be other ones.
    let result = all_on(scenario, Some(begun), asked, told);
    if result.replications < kept { Err(Shorter(result.replications)) } else { Ok(result) }
}
