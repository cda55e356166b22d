//! `sensitivity`: what drives the answer, and where the decision turns.
//!
//! In: a scenario and at most one option. Out: a folder and a report. The question is
//! [`sensitivity`](crate::experiment::sensitivity). The measure is set into the scenario as its headline, so a folder's
//! scenario asks the same again by itself.

use super::exit::Exit;
use super::question::{self, Question, share};
use crate::experiment::run::Settings;
use crate::experiment::sensitivity::{Asked, Sensitivity as Found, further_years, sensitivity};
use crate::findings::sensitivity::SensitivityFindings;
use crate::outcome::measure::{Grain, MEASURES, by_name};
use crate::report::Files;
use crate::report::plots;
use crate::report::sensitivity::text;
use crate::scenario::{AS_NOW, Scenario};
use clap::Args;
use std::path::{Path, PathBuf};

/// Say which uncertain numbers drive the answer, where the decision turns, and what to go and measure
#[derive(Debug, Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{}", super::exit::TABLE))]
pub struct Sensitivity {
    /// Scenario file
    scenario: PathBuf,
    #[command(flatten)]
    question: Question,
    /// The figure that is asked about: MEASURE[@network.NAME or @practice.NAME][/need.NAME] (else `run.headline`)
    #[arg(long, value_name = "MEASURE")]
    measure: Option<String>,
    /// Stop the ordinary run as soon as every option's figure is known (95 % interval) to within this share of its
    /// mean, and stays so over the next 5 years (5 in 100 beyond 100); 64 years at least, --replications at most
    #[arg(long, value_name = "SHARE", value_parser = share)]
    precision: Option<f64>,
    /// Simulated years for each value that is tried (the break-even card and the tornado)
    #[arg(long, value_name = "N", default_value_t = 64, value_parser = super::whole::between::<u32>(2, 100_000))]
    each: u32,
    /// Most numbers that are taken up one by one
    #[arg(long, value_name = "N", default_value_t = 12, value_parser = super::whole::between::<u32>(1, 10_000))]
    inputs: u32,
    /// Sobol' indices by Saltelli's design over so many base points: as many years of each model, times the numbers
    /// taken up one by one and four
    #[arg(long, value_name = "POINTS", value_parser = super::whole::between::<u32>(16, 1_000_000))]
    saltelli: Option<u32>,
}

/// What stands below the help.
const EXAMPLES: &str = "Examples:
  skillmix sensitivity network.toml --measure wait_mean
  skillmix sensitivity network.toml --option shared_pharmacist --measure wait_mean/need.routine
  skillmix sensitivity network.toml --option signposting -n 500 --saltelli 256";

impl Sensitivity {
    /// Looks into it and writes.
    pub fn act(&self) -> Exit {
        match self.steps() {
            Ok(exit) | Err(exit) => exit,
        }
    }

    /// [`Exit::Usage`] where as-now or the option does not have the figure.
    fn steps(&self) -> Result<Exit, Exit> {
        let scenario = self.scenario()?;
        let out = self.question.folder(&self.scenario, "-sensitivity")?;
        let measure = self.measure.clone().unwrap_or_else(|| "the headline".into());
        let Some(found) = self.question.in_pool(|| self.look(scenario))? else {
            super::fault(
                &format!("the scenario or the option has no figure `{measure}`"),
                "name a measure of a place or a need that both have, such as wait_mean/need.routine",
            );
            return Err(Exit::Usage);
        };
        let findings = self.question.in_pool(|| SensitivityFindings::new(&found))?;
        self.write(&findings, &out)?;
        self.question.report(&text::render(&findings), &found.run.scenario, &out)?;
        let alike = found.run.alike(false).map(|title| format!("with \"{title}\" all years are alike in it"));
        let what = ("the figure is", alike);
        Ok(question::ended(found.run.precise, what, self.precision, found.run.replications))
    }

    /// The scenario with the one option that is asked about, and the measure as its headline.
    ///
    /// With no option named, as-now alone is asked about: an option that nobody named would double the years.
    fn scenario(&self) -> Result<Scenario, Exit> {
        if let Some(measure) = &self.measure {
            known(measure)?;
        }
        if self.question.options.len() > 1 {
            super::fault(
                "one option at a time: more than one is named",
                "ask for each option by itself, or compare them with `skillmix compare`",
            );
            return Err(Exit::Usage);
        }
        let set: Vec<String> = self.measure.iter().map(|m| format!("run.headline={m:?}")).collect();
        let mut scenario = self.question.only(self.question.load(&self.scenario, &set)?)?;
        if self.question.options.is_empty() {
            scenario.options.retain(|option| option.name == AS_NOW);
        }
        Ok(scenario)
    }

    fn look(&self, scenario: Scenario) -> Option<Found> {
        let replications = scenario.run.replications;
        let asked = Asked {
            settings: Settings::new(scenario.run.seed),
            replications,
            precision: self.precision,
            each: self.each as usize,
            most: self.inputs as usize,
            saltelli: self.saltelli.map(|points| points as usize),
        };
        let all = replications * scenario.options.len() + further_years(&scenario, asked);
        let progress = self.question.progress(&scenario, all);
        let found = sensitivity(scenario, asked, &|option, values| progress.told(option, values));
        progress.finish();
        found
    }

    /// Pictures first: one that cannot be drawn leaves nothing half-written.
    fn write(&self, findings: &SensitivityFindings<'_>, out: &Path) -> Result<(), Exit> {
        let plots = match self.question.no_plots {
            true => Vec::new(),
            false => plots::sensitivity::all(findings).map_err(|fault| question::undrawn(&fault))?,
        };
        let files = Files {
            command: "sensitivity",
            full: false,
            base: question::base(&self.scenario),
            again: self.again(),
        };
        let folder = question::open(out)?;
        crate::report::sensitivity::write(findings, &plots, &files, folder)
            .map_err(|error| question::unwritten(out, &error))
    }

    /// Options needed to ask the same of `scenario.toml`; the measure is in it.
    fn again(&self) -> String {
        let mut text = self.question.again(self.precision);
        text += &format!(" --each {} --inputs {}", self.each, self.inputs);
        text += &self.saltelli.map_or(String::new(), |points| format!(" --saltelli {points}"));
        text
    }
}

/// Refuses a measure that there is not, or that is not of a place, a need or a target.
fn known(stated: &str) -> Result<(), Exit> {
    let name = stated.split(['@', '/']).next().unwrap_or(stated);
    let (message, help) = match by_name(name) {
        Some(measure) if !matches!(measure.grain, Grain::Role | Grain::Redirect) => return Ok(()),
        Some(_) => (
            format!("`{name}` is known by role or by redirect, and cannot be asked about here"),
            "ask about a measure of a place, a need or a target, such as wait_mean".to_owned(),
        ),
        None => {
            let nearest = super::nearest(name, MEASURES.iter().map(|m| m.name));
            let help =
                nearest.map_or("docs/model.md lists the measures".into(), |n| format!("did you mean `{n}`?"));
            (format!("there is no measure `{name}`"), help)
        }
    };
    super::fault(&message, &help);
    Err(Exit::Usage)
}
