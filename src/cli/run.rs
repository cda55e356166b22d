//! `run`: simulate every option of a scenario and write the results; or go on from a run that was kept.
//!
//! In: a scenario. Out: a folder of results and a report. Steps: load, play ([`run_all`] or [`extend`]), find, write,
//! say. With `--keep` the years are written too, and a longer run can go on from them: the figures are then the same as
//! of one long run. The identity that is kept says of what scenario, seed, flags and version they are.

use super::exit::Exit;
use super::keep::{self, Keep};
use super::question::{self, Question, share};
use crate::experiment::extend::{Begun, Shorter, extend};
use crate::experiment::run::{Asked, RunResult, SECOND_CHANCES, Settings, run_all};
use crate::findings::typed::Typed;
use crate::findings::{Findings, RunInfo};
use crate::report::kept::{self, Identity};
use crate::report::{Files, plots, ran};
use crate::scenario::Scenario;
use clap::{Args, ValueEnum};
use std::io::Read;
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
    #[command(flatten)]
    keep: Keep,
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
        let kept = if self.keep.any() { Some(self.identity(&scenario)?) } else { None };
        let settings = self.settings(&scenario);
        let read = |input: &mut dyn Read| Begun::read(&scenario, settings, input);
        let begun = self.keep.begun((&self.question, kept.as_ref(), &out), read, Begun::done)?;
        let before = begun.as_ref().map(Begun::done);
        let result = self.question.in_pool(|| self.run(scenario, begun, &out))??;
        let findings = self.question.in_pool(|| self.findings(&result, &out))?;
        self.write(&result, &findings, kept.as_ref(), &out)?;
        self.question.report(&ran::for_screen(&findings), &result.scenario, &out)?;
        keep::say_further(before.filter(|_| !self.question.quiet), result.replications);
        let alike = result.alike(false).map(|title| format!("with \"{title}\" all years are alike in it"));
        let what = ("the headline is", alike);
        Ok(question::ended(result.precise, what, self.precision, result.replications))
    }

    fn settings(&self, scenario: &Scenario) -> Settings {
        Settings { days: self.days, full: self.detail == Detail::Full, ..Settings::new(scenario.run.seed) }
    }

    /// What the run is of.
    fn identity(&self, scenario: &Scenario) -> Result<Identity, Exit> {
        let fingerprint = keep::fingerprint(std::slice::from_ref(&self.scenario), &self.question)?;
        Ok(Identity::new("run", scenario, &fingerprint, self.settings(scenario)))
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
        result.map_err(|Shorter(years)| keep::longer(out, done, years, self.precision))
    }

    /// The command as it was typed, which the report prints.
    fn typed(&self, out: &Path) -> Typed {
        let mut flags = self.question.flags();
        flags.extend(self.precision.iter().flat_map(|share| ["--precision".to_owned(), share.to_string()]));
        let (file, out) = (self.scenario.display().to_string(), out.display().to_string());
        Typed { file, sets: self.question.sets.clone(), flags, out }
    }

    /// Everything the report may say.
    fn findings(&self, result: &RunResult, out: &Path) -> Findings {
        let run = RunInfo {
            seed: result.seed,
            replications: result.replications,
            needed: result.needed,
            split: result.second_chance.clone(),
            typed: Some(self.typed(out)),
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
            kept::write(&mut folder, identity, result.replications, |to| result.keep(to))
                .map_err(|error| question::unwritten(out, &error))?;
        }
        crate::report::write(result, &ran::document(findings), &plots, &files, folder)
            .map_err(|error| question::unwritten(out, &error))
    }

    /// Options needed to run `scenario.toml` to the same files.
    ///
    /// Beginning with a space.
    fn again(&self) -> String {
        let mut text = self.question.again(self.precision);
        if self.days {
            text += " --days";
        }
        if self.detail == Detail::Full {
            text += " --detail full";
        }
        text + self.keep.again()
    }
}
