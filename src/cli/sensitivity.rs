//! `sensitivity`: what drives the answer, and where the decision turns.
//!
//! In: a scenario and at most one option. Out: a folder and a report. The question is
//! [`sensitivity`](crate::experiment::sensitivity). The measure is set into the scenario as its headline, so a folder's
//! scenario asks the same again by itself.

use super::exit::Exit;
use super::keep::{self, Keep};
use super::question::{self, Question, share};
use crate::experiment::extend::{Begun, Shorter};
use crate::experiment::kept_years::KeptYears;
use crate::experiment::run::Settings;
use crate::experiment::sensitivity::{Asked, Sensitivity as Found, further_years, sensitivity_on};
use crate::findings::sensitivity::SensitivityFindings;
use crate::outcome::measure::{Grain, MEASURES, by_name};
use crate::report::Files;
use crate::report::kept::{self, Identity};
use crate::report::plots;
use crate::report::sensitivity::document::document;
use crate::report::text;
use crate::scenario::{AS_NOW, Scenario};
use clap::Args;
use std::io::{Read, Write};
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
    #[command(flatten)]
    keep: Keep,
}

/// What stands below the help.
const EXAMPLES: &str = "Examples:
  skillmix sensitivity network.toml --measure wait_mean
  skillmix sensitivity network.toml --option shared_pharmacist --measure wait_mean/need.routine
  skillmix sensitivity network.toml --option signposting -n 500 --saltelli 256
  skillmix sensitivity network.toml --option signposting -n 500 --keep
  skillmix sensitivity network.toml --option signposting -n 2000 --each 256 --extend";

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
        let identity = if self.keep.any() { Some(self.identity(&scenario)?) } else { None };
        let (begun, kept) = self.begun(&scenario, identity.as_ref(), &out)?;
        let before = begun.as_ref().map(Begun::done);
        let Some(found) = self.question.in_pool(|| self.look(scenario, (begun, &kept), &out))?? else {
            super::fault(
                &format!("the scenario or the option has no figure `{measure}`"),
                "name a measure of a place or a need that both have, such as wait_mean/need.routine",
            );
            return Err(Exit::Usage);
        };
        let count = keep::searched(&kept, &out)?;
        let findings = self.question.in_pool(|| SensitivityFindings::new(&found))?;
        self.write((&found, &findings), (&kept, identity.as_ref()), &out)?;
        self.question.report(&text::whole(&document(&findings)), &found.run.scenario, &out)?;
        keep::say_further(before.filter(|_| !self.question.quiet), found.run.replications);
        self.keep.say_searched(&self.question, (count, kept.years()));
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
        let mut scenario = self.question.only(self.question.load(&self.scenario, &self.headline())?)?;
        if self.question.options.is_empty() {
            scenario.options.retain(|option| option.name == AS_NOW);
        }
        Ok(scenario)
    }

    /// What makes the measure the headline, where one is named.
    fn headline(&self) -> Vec<String> {
        self.measure.iter().map(|measure| format!("run.headline={measure:?}")).collect()
    }

    /// What the analysis is of: how many values are tried, and how, decides no year.
    fn identity(&self, scenario: &Scenario) -> Result<Identity, Exit> {
        let scenarios = std::slice::from_ref(&self.scenario);
        let fingerprint = keep::fingerprint(scenarios, &self.question)?;
        let identity = Identity::new("sensitivity", scenario, &fingerprint, Settings::new(scenario.run.seed));
        Ok(Identity { measure: self.measure.clone(), ..identity })
    }

    /// What the folder keeps: the ordinary run, and the years of what was tried.
    fn begun(
        &self,
        scenario: &Scenario,
        identity: Option<&Identity>,
        out: &Path,
    ) -> Result<(Option<Begun>, KeptYears), Exit> {
        let settings = Settings::new(scenario.run.seed);
        let read = |input: &mut dyn Read| Begun::read_with_years(scenario, settings, input);
        let begun = self.keep.begun((&self.question, identity, out), read, |(run, _)| run.done())?;
        Ok(begun.map_or_else(|| (None, self.keep.no_years()), |(run, years)| (Some(run), years)))
    }

    /// The bar counts the years of the ordinary run that are not yet there, and all further ones.
    fn look(
        &self,
        scenario: Scenario,
        (begun, kept): (Option<Begun>, &KeptYears),
        out: &Path,
    ) -> Result<Option<Found>, Exit> {
        let replications = scenario.run.replications;
        let asked = Asked {
            settings: Settings::new(scenario.run.seed),
            replications,
            precision: self.precision,
            each: self.each as usize,
            most: self.inputs as usize,
            saltelli: self.saltelli.map(|points| points as usize),
        };
        let done = begun.as_ref().map_or(0, Begun::done);
        let all = (replications - done) * scenario.options.len() + further_years(&scenario, asked);
        let progress = self.question.progress(&scenario, all);
        let told = |option: &str, values: &[f32]| progress.told(option, values);
        let found = sensitivity_on(scenario, asked, (begun, kept), &told);
        progress.finish();
        found.map_err(|Shorter(years)| keep::longer(out, done, years, self.precision))
    }

    /// Pictures first: one that cannot be drawn leaves nothing half-written.
    fn write(
        &self,
        (found, findings): (&Found, &SensitivityFindings<'_>),
        (kept, identity): (&KeptYears, Option<&Identity>),
        out: &Path,
    ) -> Result<(), Exit> {
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
        let mut folder = question::open(out)?;
        if let Some(identity) = identity {
            let write = |to: &mut dyn Write| found.run.keep(to).and_then(|()| kept.write(to));
            kept::write(&mut folder, identity, found.run.replications, write)
                .map_err(|error| question::unwritten(out, &error))?;
        }
        crate::report::sensitivity::write(findings, &plots, &files, folder)
            .map_err(|error| question::unwritten(out, &error))
    }

    /// Options needed to ask the same of `scenario.toml`; the measure is in it.
    fn again(&self) -> String {
        let mut text = self.question.again(self.precision);
        text += &format!(" --each {} --inputs {}", self.each, self.inputs);
        text += &self.saltelli.map_or(String::new(), |points| format!(" --saltelli {points}"));
        text + self.keep.again()
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
