//! `run`: simulate every option of a scenario and write the results; or go on from a run that was kept.
//!
//! In: a scenario. Out: a folder of results and a report. Steps: load, play ([`run_all`] or [`extend`]), find, write,
//! say. With `--keep` the years are written too, and a longer run can go on from them: the figures are then the same as
//! of one long run. The identity that is kept says of what scenario, seed, flags and version they are.

use super::exit::Exit;
use super::question::{self, Question, share};
use crate::experiment::extend::{Begun, Shorter, extend};
use crate::experiment::run::{Asked, RunResult, SECOND_CHANCES, Settings, run_all};
use crate::findings::say;
use crate::findings::typed::Typed;
use crate::findings::{Findings, RunInfo};
use crate::report::kept::{self, Identity};
use crate::report::{Files, plots, text};
use crate::scenario::Scenario;
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};

/// Simulate every option of a scenario over the same years and write the results
#[derive(Debug, Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{}", super::exit::TABLE))]
pub struct Run {
    /// Scenario file
    scenario: PathBuf,
    #[command(flatten)]
    question: Question,
    /// Stop as soon as every option's headline is known (95 % interval) to within this share of its mean, 0.01 being
    /// one per cent, and stays so over the next 5 years (5 in 100 beyond 100); 64 years at least, --replications at
    /// most
    #[arg(long, value_name = "SHARE", value_parser = share)]
    precision: Option<f64>,
    /// Write figures by day as well
    #[arg(long)]
    days: bool,
    /// How much of each replication is written
    #[arg(long, value_enum, default_value_t = Detail::Places)]
    detail: Detail,
    /// Keep the years in the folder (kept.bin, tens of megabytes for a network), so that a longer run can go on from
    /// them
    #[arg(long)]
    keep: bool,
    /// Go on from the run kept in the folder: only the further years of -n (or --precision) are simulated, and every
    /// file is as if all had been. Anything but the same scenario, seed, options, flags and version is refused
    #[arg(long)]
    extend: bool,
}

/// What stands below the help.
const EXAMPLES: &str = "Examples:
  skillmix run network.toml -n 500 --set post.gps.wte=3.5
  skillmix run network.toml --precision 0.01 -n 20000
  skillmix run network.toml -n 500 --keep
  skillmix run network.toml -n 2000 --extend

A kept run of something else, or changed since, is not gone on from (exit code 3),
nor one that has more years than are asked for (2); its folder stays as it is.";

/// How much of each replication is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Detail {
    /// The measures of each place.
    Places,
    /// Every figure by need, role and target too.
    Full,
}

impl Run {
    /// Runs and writes.
    pub fn act(&self) -> Exit {
        match self.steps() {
            Ok(exit) | Err(exit) => exit,
        }
    }

    /// Everything that can be refused is refused before the first year; what was kept is refused without touching the
    /// folder.
    fn steps(&self) -> Result<Exit, Exit> {
        let scenario = self.question.only(self.question.load(&self.scenario, &[])?)?;
        let out = self.question.folder(&self.scenario, "")?;
        let kept = if self.keep || self.extend { Some(self.identity(&scenario)?) } else { None };
        let begun = match kept.as_ref().filter(|_| self.extend) {
            None => None,
            Some(asked) => Some(self.question.in_pool(|| self.begun(&scenario, asked, &out))??),
        };
        let before = begun.as_ref().map(Begun::done);
        let result = self.question.in_pool(|| self.run(scenario, begun, &out))??;
        let findings = self.question.in_pool(|| self.findings(&result))?;
        self.write(&result, &findings, kept.as_ref(), &out)?;
        self.question.report(&text::for_screen(&findings), &result.scenario, &out);
        if let Some(before) = before.filter(|_| !self.question.quiet) {
            let further = say::counted((result.replications - before) as f64, "further year");
            super::warn(&format!(
                "{} of each option were kept there; {further} simulated.\n",
                say::counted(before as f64, "year")
            ));
        }
        let alike = result.alike(false).map(|title| format!("with \"{title}\" all years are alike in it"));
        let what = ("the headline is", alike);
        Ok(question::ended(result.precise, what, self.precision, result.replications))
    }

    fn settings(&self, scenario: &Scenario) -> Settings {
        Settings { days: self.days, full: self.detail == Detail::Full, ..Settings::new(scenario.run.seed) }
    }

    /// What the run is of. The fingerprint is that of the scenario with one year and a fixed seed, so that a longer run
    /// of it has the same.
    ///
    /// The scenario is loaded once more for it: the hash of the one that is run holds its own years and seed.
    fn identity(&self, scenario: &Scenario) -> Result<Identity, Exit> {
        let mut sets = self.question.sets(&[]);
        sets.extend(["run.replications=1", "run.seed=0"].map(ToOwned::to_owned));
        let alike = super::load(&self.scenario, &sets)?;
        Ok(Identity::new(scenario, &alike.hash, self.settings(scenario)))
    }

    /// The run that is kept in the folder.
    ///
    /// [`Exit::Scenario`] where it is of something else or cannot be read, [`Exit::Usage`] where it has more years.
    fn begun(&self, scenario: &Scenario, asked: &Identity, out: &Path) -> Result<Begun, Exit> {
        let refused = |message: &str, help: &str, exit: Exit| {
            super::fault(&format!("{message}; nothing was run, and the folder is as it was"), help);
            exit
        };
        let mut kept = kept::open(out, asked).map_err(|r| refused(&r.message, &r.help, Exit::Scenario))?;
        let begun = Begun::read(scenario, self.settings(scenario), &mut kept.input).map_err(|unfit| {
            let message = format!("the run in `{}` cannot be gone on from: {unfit}", out.display());
            refused(
                &message,
                "run anew without --extend (with --keep, to go on from it later)",
                Exit::Scenario,
            )
        })?;
        if begun.done() > asked.replications {
            return Err(longer(out, begun.done(), asked.replications, None));
        }
        Ok(begun)
    }

    fn run(&self, scenario: Scenario, begun: Option<Begun>, out: &Path) -> Result<RunResult, Exit> {
        let replications = scenario.run.replications;
        let done = begun.as_ref().map_or(0, Begun::done);
        let uncertain = scenario.options.first().is_some_and(|o| !o.model.inputs.is_empty());
        let again = |years: usize| if uncertain { years.min(SECOND_CHANCES) } else { 0 };
        let all = (replications - done) * scenario.options.len() + again(replications) - again(done);
        let progress = self.question.progress(&scenario, all);
        let asked = Asked { settings: self.settings(&scenario), replications, precision: self.precision };
        let told = |option: &str, values: &[f32]| progress.told(option, values);
        let result = match begun {
            None => Ok(run_all(scenario, asked, &told)),
            Some(begun) => extend(scenario, begun, asked, &told),
        };
        progress.finish();
        result.map_err(|Shorter(years)| longer(out, done, years, self.precision))
    }

    /// The command as it was typed.
    /// For the command that the report prints.
    fn typed(&self) -> Typed {
        let mut flags = self.question.flags();
        flags.extend(self.precision.iter().flat_map(|share| ["--precision".to_owned(), share.to_string()]));
        Typed { file: self.scenario.display().to_string(), sets: self.question.sets.clone(), flags }
    }

    /// Everything the report may say.
    fn findings(&self, result: &RunResult) -> Findings {
        let run = RunInfo {
            seed: result.seed,
            replications: result.replications,
            needed: result.needed,
            split: result.second_chance.clone(),
            typed: Some(self.typed()),
        };
        Findings::new(&result.scenario, &result.options, run)
    }

    fn write(
        &self,
        result: &RunResult,
        findings: &Findings,
        kept: Option<&Identity>,
        out: &Path,
    ) -> Result<(), Exit> {
        let plots = match self.question.no_plots {
            true => Vec::new(),
            false => plots::all(findings).map_err(|fault| question::undrawn(&fault))?,
        };
        let files = Files {
            command: "run",
            full: self.detail == Detail::Full,
            base: question::base(&self.scenario),
            again: self.again(),
        };
        let mut folder = question::open(out)?;
        if let Some(identity) = kept {
            kept::write(&mut folder, identity, result).map_err(|error| question::unwritten(out, &error))?;
        }
        let report = text::for_file(findings);
        crate::report::write(result, (&report, &plots), &files, folder)
            .map_err(|error| question::unwritten(out, &error))
    }

    /// Options needed to run `scenario.toml` to the same files.
    ///
    /// Beginning with a space; `--extend` becomes `--keep`, since the folder then holds all years.
    fn again(&self) -> String {
        let mut text = self.question.again(self.precision);
        if self.days {
            text += " --days";
        }
        if self.detail == Detail::Full {
            text += " --detail full";
        }
        if self.keep || self.extend {
            text += " --keep";
        }
        text
    }
}

/// The folder holds more years than a run from the start would have.
///
/// Says so and leaves the folder alone: what is there is more than what was asked for.
fn longer(out: &Path, kept: usize, years: usize, precision: Option<f64>) -> Exit {
    let (name, kept) = (out.display(), say::counted(kept as f64, "year"));
    let years = say::counted(years as f64, "year");
    let (message, help) = match precision {
        None => (
            format!("`{name}` holds {kept} of each option, more than the {years} asked for"),
            "ask for more with -n",
        ),
        Some(share) => (
            format!(
                "`{name}` holds {kept} of each option; a precision of {} % takes no more than {years}",
                share * 100.0
            ),
            "its figures are as precise as asked; ask for a finer --precision",
        ),
    };
    super::fault(
        &format!("{message}; the folder is as it was"),
        &format!("{help}, or run without --extend for a shorter run"),
    );
    Exit::Usage
}
