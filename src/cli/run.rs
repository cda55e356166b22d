//! `run`: simulate every option of a scenario and write the results.

use super::exit::Exit;
use super::question::{self, Question, share};
use crate::experiment::run::{Asked, RunResult, SECOND_CHANCES, Settings, run_all};
use crate::findings::{Findings, RunInfo};
use crate::report::{Files, plots, text};
use crate::scenario::Scenario;
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};

/// Simulate every option of a scenario over the same years and write the results
#[derive(Debug, Args)]
#[command(after_help = super::exit::TABLE)]
pub struct Run {
    /// Scenario file
    scenario: PathBuf,
    #[command(flatten)]
    question: Question,
    /// Stop as soon as every option's headline is known (95 % interval) to within this share of its mean, 0.01 being one
    /// per cent, and stays so over the next 5 years (5 in 100 beyond 100); 64 years at least, --replications at most
    #[arg(long, value_name = "SHARE", value_parser = share)]
    precision: Option<f64>,
    /// Write figures by day as well
    #[arg(long)]
    days: bool,
    /// How much of each replication is written
    #[arg(long, value_enum, default_value_t = Detail::Places)]
    detail: Detail,
}

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

    fn steps(&self) -> Result<Exit, Exit> {
        let scenario = self.question.only(self.question.load(&self.scenario, &[])?)?;
        let out = self.question.folder(&self.scenario, "")?;
        let result = self.question.in_pool(|| self.run(scenario))?;
        let findings = self.question.in_pool(|| self.findings(&result))?;
        self.write(&result, &findings, &out)?;
        self.question.report(&text::for_screen(&findings), &result.scenario, &out);
        Ok(question::ended(result.precise, "the headline is", self.precision, result.replications))
    }

    fn run(&self, scenario: Scenario) -> RunResult {
        let replications = scenario.run.replications;
        let settings = Settings {
            days: self.days,
            full: self.detail == Detail::Full,
            ..Settings::new(scenario.run.seed)
        };
        let uncertain = scenario.options.first().is_some_and(|o| !o.model.inputs.is_empty());
        let again = if uncertain { replications.min(SECOND_CHANCES) } else { 0 };
        let progress = self.question.progress(&scenario, replications * scenario.options.len() + again);
        let asked = Asked { settings, replications, precision: self.precision };
        let result = run_all(scenario, asked, &|option, values| progress.told(option, values));
        progress.finish();
        result
    }

    /// Everything the report may say.
    fn findings(&self, result: &RunResult) -> Findings {
        let run = RunInfo {
            seed: result.seed,
            replications: result.replications,
            needed: result.needed,
            split: result.second_chance.clone(),
            file: Some(self.scenario.display().to_string()),
        };
        Findings::new(&result.scenario, &result.options, run)
    }

    fn write(&self, result: &RunResult, findings: &Findings, out: &Path) -> Result<(), Exit> {
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
        let folder = question::open(out)?;
        let report = text::for_file(findings);
        crate::report::write(result, (&report, &plots), &files, folder)
            .map_err(|error| question::unwritten(out, &error))
    }

    /// Options needed to run `scenario.toml` to the same files.
    fn again(&self) -> String {
        let mut text = self.question.again(self.precision);
        if self.days {
            text += " --days";
        }
        if self.detail == Detail::Full {
            text += " --detail full";
        }
        text
    }
}
