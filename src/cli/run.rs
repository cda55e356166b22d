//! `run`: simulate every option of a scenario and write the results.

use super::exit::Exit;
use super::progress::Progress;
use crate::experiment::run::{Asked, RunResult, SECOND_CHANCES, Settings, run_all};
use crate::findings::{Findings, RunInfo};
use crate::report::folder::{Folder, Refusal};
use crate::report::{Files, plots, text};
use crate::scenario::{AS_NOW, Scenario};
use clap::{Args, ValueEnum};
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

/// Simulate every option of a scenario over the same years and write the results
#[derive(Debug, Args)]
#[command(after_help = super::exit::TABLE)]
pub struct Run {
    /// Scenario file
    scenario: PathBuf,
    /// Simulated years of each option (else `run.replications` of the scenario)
    #[arg(long, short = 'n', value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    replications: Option<u32>,
    /// Seed (else `run.seed` of the scenario): the same seed gives the same figures
    #[arg(long, value_name = "S", value_parser = clap::value_parser!(u64).range(..=i64::MAX as u64))]
    seed: Option<u64>,
    /// Cores to use; never changes a figure
    #[arg(long, value_name = "T", value_parser = clap::value_parser!(u16).range(1..))]
    threads: Option<u16>,
    /// Only this option (beside `as_now`); may be given several times
    #[arg(long = "option", value_name = "NAME")]
    options: Vec<String>,
    /// Change a value of the scenario: --set post.gps.wte=3.5; may be given several times
    #[arg(long = "set", value_name = "ADDRESS=VALUE")]
    sets: Vec<String>,
    /// Stop as soon as the headline's 95 % interval is within this share of its mean: 0.01 is one per cent
    #[arg(long, value_name = "SHARE", value_parser = share)]
    precision: Option<f64>,
    /// Folder of the results (else `output/` and the name of the scenario)
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Write figures by day as well
    #[arg(long)]
    days: bool,
    /// How much of each replication is written
    #[arg(long, value_enum, default_value_t = Detail::Places)]
    detail: Detail,
    /// No progress, no report: only the files, and what is wrong
    #[arg(long, short)]
    quiet: bool,
    /// Draws no pictures.
    #[arg(long)]
    no_plots: bool,
}

/// How much of each replication is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Detail {
    /// The measures of each place.
    Places,
    /// Every figure by need, role and target too.
    Full,
}

/// A share above 0 and below 1.
fn share(text: &str) -> Result<f64, String> {
    let share: f64 = text.parse().map_err(|_| "a number such as 0.01".to_owned())?;
    if share > 0.0 && share < 1.0 {
        Ok(share)
    } else {
        Err("a share above 0 and below 1, such as 0.01".into())
    }
}

impl Run {
    /// Runs and writes.
    pub fn act(&self) -> Exit {
        match self.steps() {
            Ok(exit) | Err(exit) => exit,
        }
    }

    fn steps(&self) -> Result<Exit, Exit> {
        let scenario = self.only(super::load(&self.scenario, &self.sets())?)?;
        let out = self.out.clone().unwrap_or_else(|| default_out(&self.scenario));
        Folder::check(&out).map_err(|refusal| refused(&refusal))?;
        let result = self.in_pool(|| self.run(scenario))?;
        let findings = self.in_pool(|| self.findings(&result))?;
        self.write(&result, &findings, &out)?;
        if !self.quiet {
            self.report(&result, &findings, &out);
        }
        if result.precise == Some(false) {
            let wanted = self.precision.unwrap_or_default() * 100.0;
            super::fault(
                &format!("the headline is not within {wanted} % after {} replications", result.replications),
                "the results so far are written; allow more with --replications, or ask for less precision",
            );
            return Ok(Exit::Precision);
        }
        Ok(Exit::Done)
    }

    /// What the command line changes in the scenario; the resolved scenario then holds it too.
    fn sets(&self) -> Vec<String> {
        let mut sets = self.sets.clone();
        sets.extend(self.replications.map(|n| format!("run.replications={n}")));
        sets.extend(self.seed.map(|seed| format!("run.seed={seed}")));
        sets
    }

    /// The scenario with the options asked for alone.
    fn only(&self, mut scenario: Scenario) -> Result<Scenario, Exit> {
        for name in &self.options {
            if !scenario.options.iter().any(|o| o.name == *name) {
                let names: Vec<&str> = scenario.options.iter().map(|o| o.name.as_str()).collect();
                super::fault(
                    &format!("the scenario has no option `{name}`"),
                    &format!("its options are {}", names.join(", ")),
                );
                return Err(Exit::Usage);
            }
        }
        if !self.options.is_empty() {
            scenario.options.retain(|o| o.name == AS_NOW || self.options.contains(&o.name));
        }
        Ok(scenario)
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
        let progress = Progress::new(&scenario, replications * scenario.options.len() + again, self.quiet);
        let asked = Asked { settings, replications, precision: self.precision };
        let result = run_all(scenario, asked, &|option, values| progress.told(option, values));
        progress.finish();
        result
    }

    /// Runs on as many cores as asked.
    fn in_pool<T: Send>(&self, work: impl FnOnce() -> T + Send) -> Result<T, Exit> {
        let Some(threads) = self.threads else { return Ok(work()) };
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.into()).build();
        pool.map(|pool| pool.install(work)).map_err(|error| {
            super::fault(&format!("cannot work on {threads} cores: {error}"), "ask for fewer with --threads");
            Exit::Usage
        })
    }

    /// Everything the report may say.
    fn findings(&self, result: &RunResult) -> Findings {
        let run = RunInfo {
            seed: result.seed,
            replications: result.replications,
            split: result.second_chance.clone(),
            file: Some(self.scenario.display().to_string()),
        };
        Findings::new(&result.scenario, &result.options, run)
    }

    fn write(&self, result: &RunResult, findings: &Findings, out: &Path) -> Result<(), Exit> {
        let plots = if self.no_plots { Vec::new() } else { plots::all(findings).map_err(|f| undrawn(&f))? };
        let files = Files { full: self.detail == Detail::Full, base: self.base(), again: self.again() };
        let folder = Folder::open(out).map_err(|refusal| refused(&refusal))?;
        crate::report::write(result, &plots, &files, folder).map_err(|error| {
            super::fault(
                &format!("`{}` cannot be written: {error}", out.display()),
                "nothing was left half-written",
            );
            Exit::CannotWrite
        })
    }

    /// The folder of the scenario, as places of figures begin with it.
    fn base(&self) -> String {
        let folder = self.scenario.parent().map(|folder| folder.join("").to_string_lossy().into_owned());
        folder.filter(|folder| folder != "/").unwrap_or_default()
    }

    /// Options needed to run `scenario.toml` to the same files; seed and replications are in it.
    fn again(&self) -> String {
        let mut text: String = self.options.iter().map(|name| format!(" --option {name}")).collect();
        text += &self.precision.map_or(String::new(), |share| format!(" --precision {share}"));
        if self.days {
            text += " --days";
        }
        if self.detail == Detail::Full {
            text += " --detail full";
        }
        text
    }

    /// Says what the run came to, then the warnings, then where the files are.
    fn report(&self, result: &RunResult, findings: &Findings, out: &Path) {
        super::say(&text::render(findings));
        if !result.scenario.warnings.is_empty() {
            super::warn(&format!("\n{}", result.scenario.warnings.render(io::stderr().is_terminal())));
        }
        super::warn(&format!("\nWritten to {}; README.txt there says what each file is.\n", out.display()));
    }
}

/// `output/` and the name of the scenario file.
fn default_out(scenario: &Path) -> PathBuf {
    let name = |path: &Path| path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    Path::new("output").join(name(scenario).unwrap_or_else(|| "run".into()))
}

/// A picture that could not be drawn is ours, not the planner's: say so and go no further.
fn undrawn(fault: &plots::PlotFault) -> Exit {
    super::fault(&format!("a picture could not be drawn: {fault}"), "run again with --no-plots, and tell us");
    Exit::CannotWrite
}

fn refused(refusal: &Refusal) -> Exit {
    super::fault(&refusal.message, &refusal.help);
    Exit::CannotWrite
}
