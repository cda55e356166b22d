//! Going on from a run or a comparison that was kept: every model with the replications it has, then the further ones
//! alone.
//!
//! In: a scenario, and what [`RunResult::keep`] or [`Compared::keep`] wrote of the same scenario. Out: what one of all
//! replications from the start gives, to the bit: a replication depends on its number alone, rows stand in the order of numbers, and sums
//! are of whole numbers. What was kept must be of this program: the last year of each option is played once more and
//! compared.

use super::compare::{self, Compared, compare_on};
use super::headline::HeadlineAt;
use super::kept_years::KeptYears;
use super::lean::lean;
use super::ledger::{self, Rows};
use super::run::{Asked, RunResult, Settings, Told, all_on, first, option_runner, second, second_runner};
use super::runner::Runner;
use super::shown::Shown;
use crate::model::Model;
use crate::plan::lanes::Replication;
use crate::scenario::{OptionModel, Scenario};
use crate::stats::packed::damaged;
use std::fmt;
use std::io::{self, Read, Write};

/// Options with the replications that were kept.
#[derive(Debug)]
pub struct Begun {
    /// In the order of the scenario; all have the same replications.
    pub options: Vec<Runner>,
    /// The first draws of `as_now` under a second luck; none where no input is uncertain.
    pub second: Option<Runner>,
}

/// A comparison with the replications that were kept.
#[derive(Debug)]
pub struct BegunComparison {
    /// In the order of the scenario; all have the same replications.
    pub options: Vec<Runner>,
    /// Figures of the sets of parts of the ledger, in the order of [`ledger::wanted`]; none without a ledger.
    pub sets: Vec<Rows>,
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
        let begun = Self::read_before(scenario, settings, input)?;
        ends(input)?;
        Ok(begun)
    }

    /// The same, where more follows.
    fn read_before(scenario: &Scenario, settings: Settings, input: &mut dyn Read) -> Result<Self, Unfit> {
        let options = options(scenario, settings, input)?;
        let mut second = second_runner(scenario, settings);
        if let Some(second) = &mut second {
            second.take_in(input).map_err(Unfit::Read)?;
        }
        let begun = Self { options, second };
        begun.check()?;
        Ok(begun)
    }

    /// Reads what was kept of a sensitivity analysis: its ordinary run, then the years of what it tried.
    ///
    /// # Errors
    ///
    /// As [`Begun::read`]; the years are looked at when they are asked for.
    pub fn read_with_years(
        scenario: &Scenario,
        settings: Settings,
        input: &mut dyn Read,
    ) -> Result<(Self, KeptYears), Unfit> {
        let begun = Self::read_before(scenario, settings, input)?;
        Ok((begun, KeptYears::read(input).map_err(Unfit::Read)?))
    }

    /// Replications of every option.
    pub fn done(&self) -> usize {
        self.options.first().map_or(0, Runner::done)
    }

    /// Plays the last year of each option, and of the second luck, once more.
    ///
    /// One year an option: cheap beside the run. A change that leaves that year as it was goes unseen.
    fn check(&self) -> Result<(), Unfit> {
        let done = same_last_year(&self.options)?;
        let again = second(done);
        match &self.second {
            Some(second) if second.done() != again.len() => Err(different_years()),
            Some(second) if !gives_last(second, &again) => {
                Err(Unfit::OtherFigures("as_now, with its second luck,".into(), again.len()))
            }
            _ => Ok(()),
        }
    }
}

impl Compared {
    /// Writes what is needed to go on later: rows and sums of every option, and the figures of the ledger's sets.
    ///
    /// The reader needs the scenario, the settings, and whether there was a ledger: none stands in what is written.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn keep(&self, out: &mut dyn Write) -> io::Result<()> {
        self.run.keep(out)?;
        let figures = self.sets.iter().flatten();
        figures.copied().try_for_each(|figure| out.write_all(&figure.to_le_bytes()))
    }
}

impl BegunComparison {
    /// Reads what was kept of a comparison; `with_ledger` says whether it took options apart.
    ///
    /// # Errors
    ///
    /// As [`Begun::read`]; the sets of the ledger are looked at as options are.
    pub fn read(
        scenario: &Scenario,
        settings: Settings,
        with_ledger: bool,
        input: &mut dyn Read,
    ) -> Result<Self, Unfit> {
        let options = options(scenario, settings, input)?;
        let done = same_last_year(&options)?;
        let now = &scenario.options[0].model;
        let shown = compare::shown(scenario);
        let mut sets = Vec::new();
        let players = if with_ledger { ledger::players(&scenario.options) } else { Vec::new() };
        for (_, at, set) in ledger::wanted(&players) {
            let rows = figures(done * shown.len(), input).map_err(Unfit::Read)?;
            let (option, players) = &players[at];
            let of = (players.model(set), now, &shown[..]);
            if !gives_figures(of, &rows, done, settings) {
                let name = &scenario.options[*option].name;
                return Err(Unfit::OtherFigures(format!("{name}, taken apart,"), done));
            }
            sets.push(rows);
        }
        ends(input)?;
        Ok(Self { options, sets })
    }

    /// Replications of every option.
    pub fn done(&self) -> usize {
        self.options.first().map_or(0, Runner::done)
    }
}

/// Every option of a scenario with what was kept of it.
fn options(scenario: &Scenario, settings: Settings, input: &mut dyn Read) -> Result<Vec<Runner>, Unfit> {
    let one = |option: &OptionModel| {
        let mut runner = option_runner(option, HeadlineAt::find(&scenario.run, &option.model), settings);
        runner.take_in(input).map_err(Unfit::Read)?;
        Ok(runner)
    };
    scenario.options.iter().map(one).collect()
}

/// So many figures as they were written.
fn figures(n: usize, input: &mut dyn Read) -> io::Result<Rows> {
    let mut bytes = vec![0; n * size_of::<f32>()];
    input.read_exact(&mut bytes)?;
    Ok(bytes.as_chunks().0.iter().map(|four| f32::from_le_bytes(*four)).collect())
}

/// Nothing may follow: a byte more is of a scenario with more options, or of something else altogether.
fn ends(input: &mut dyn Read) -> Result<(), Unfit> {
    match input.read(&mut [0]).map_err(Unfit::Read)? {
        0 => Ok(()),
        _ => Err(Unfit::Read(damaged("more is kept than this scenario has"))),
    }
}

fn different_years() -> Unfit {
    Unfit::Read(damaged("options have different numbers of years"))
}

/// Plays the last year of each option once more; returns how many years each has.
///
/// The last replication, not the first: what was kept and extended before is checked where it ended.
fn same_last_year(options: &[Runner]) -> Result<usize, Unfit> {
    let done = options.first().map_or(0, Runner::done);
    if options.iter().any(|option| option.done() != done) {
        return Err(different_years());
    }
    let all = first(done);
    match options.iter().find(|option| !gives_last(option, &all)) {
        Some(other) => Err(Unfit::OtherFigures(other.name().to_owned(), done)),
        None => Ok(done),
    }
}

/// Whether the last of these years, played now, is the one that was kept.
fn gives_last(runner: &Runner, all: &[Replication]) -> bool {
    all.last().is_none_or(|last| runner.gives(*last, all.len() - 1))
}

/// The same of a set of parts, by the figures that are shown.
fn gives_figures(
    (model, now, shown): (Model, &Model, &[Shown]),
    rows: &Rows,
    done: usize,
    settings: Settings,
) -> bool {
    let Some(last) = first(done).pop() else { return true };
    let again = lean(model, (now, shown), &[last], settings, &|_| {});
    let kept = &rows[rows.len() - shown.len()..];
    again.iter().map(|figure| figure.to_bits()).eq(kept.iter().map(|figure| figure.to_bits()))
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

/// Runs the further replications of a comparison, of its options and of the ledger's sets.
///
/// The result is that of a comparison from the start, to the bit. `begun` was read with the ledger that is asked for.
///
/// # Errors
///
/// [`Shorter`] where a comparison from the start would end before what was kept.
pub fn extend_comparison(
    scenario: Scenario,
    begun: BegunComparison,
    asked: compare::Asked,
    told: Told<'_>,
) -> Result<Compared, Shorter> {
    let kept = begun.done();
    if asked.replications < kept {
        return Err(Shorter(asked.replications));
    }
    let compared = compare_on(scenario, Some(begun), asked, told);
    let years = compared.run.replications;
    // As with a run: one from the start may have ended within what was kept.
    if years < kept { Err(Shorter(years)) } else { Ok(compared) }
}
