//! `compare`: every option against things as they are, taken apart, and which is best.
//!
//! In: one or more scenario files. Out: a folder of results and a report. Steps: load and put together, play
//! ([`compare`](crate::experiment::compare)), find ([`ComparedFindings`]), write, say. Refusals come before the first
//! year. Exit 4 where `--precision` was not reached: the files are then written all the same.

use super::exit::Exit;
use super::keep::{self, Keep};
use super::question::{self, Question, share};
use crate::experiment::compare::{Asked, Compared, compare, models};
use crate::experiment::extend::{BegunComparison, Shorter, extend_comparison};
use crate::experiment::headline::HeadlineAt;
use crate::experiment::run::Settings;
use crate::findings::compared::ComparedFindings;
use crate::outcome::measure::{MEASURES, by_name};
use crate::report::Files;
use crate::report::compared::Further;
use crate::report::compared::document::for_screen;
use crate::report::kept::{self, Identity};
use crate::report::plots;
use crate::scenario::{Scenario, never_matters, together};
use clap::Args;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Compare the options of a scenario over the same years: differences, the best, and what each lever does
#[derive(Debug, Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{}", super::exit::TABLE))]
pub struct Compare {
    /// Scenario file; further files add their options, compared with things as they are in the first
    #[arg(required = true)]
    scenario: Vec<PathBuf>,
    #[command(flatten)]
    question: Question,
    /// Stop as soon as every option's difference in the headline is known (95 % interval) to within this share of the
    /// headline as now, and stays so over the next 5 years (5 in 100 beyond 100); 64 years at least, --replications at
    /// most
    #[arg(long, value_name = "SHARE", value_parser = share)]
    precision: Option<f64>,
    /// A difference below this does not matter: a width for the headline, or MEASURE=WIDTH, in the measure's own unit
    /// (a share of 0.01 is one point); else `run.matters` of the scenario. May be given several times
    #[arg(long, value_name = "[MEASURE=]WIDTH")]
    matters: Vec<String>,
    /// Do not take options of several parts apart (faster)
    #[arg(long)]
    no_ledger: bool,
    #[command(flatten)]
    keep: Keep,
}

/// What stands below the help.
const EXAMPLES: &str = "Examples:
  skillmix compare network.toml
  skillmix compare network.toml --option signposting --option shared_pharmacist --matters 0.01
  skillmix compare before.toml after.toml -n 500
  skillmix compare network.toml -n 500 --keep
  skillmix compare network.toml -n 2000 --extend

Kept years of something else, or changed since, are not gone on from (exit code 3),
nor where there are more than are asked for (2); the folder stays as it is.";

impl Compare {
    /// Compares and writes.
    ///
    /// The exit code is that of the step that ended it; an error is said before it is returned.
    pub fn act(&self) -> Exit {
        match self.steps() {
            Ok(exit) | Err(exit) => exit,
        }
    }

    /// Everything that can be refused is refused before the first year is played.
    fn steps(&self) -> Result<Exit, Exit> {
        let (scenario, further) = self.scenarios()?;
        if scenario.options.len() < 2 {
            let help = "state an [option.NAME] in the scenario, or name a further file";
            super::fault("there is no option to compare with things as they are", help);
            return Err(Exit::Usage);
        }
        let first = &self.scenario[0];
        let out = self.question.folder(first, "-compare")?;
        let kept = if self.keep.any() { Some(self.identity(&scenario)?) } else { None };
        let settings = Settings::new(scenario.run.seed);
        let read = |input: &mut dyn Read| BegunComparison::read(&scenario, settings, !self.no_ledger, input);
        let begun = self.keep.begun((&self.question, kept.as_ref(), &out), read, BegunComparison::done)?;
        let before = begun.as_ref().map(BegunComparison::done);
        let compared = self.question.in_pool(|| self.compare(scenario, begun, &out))??;
        let findings = self.question.in_pool(|| ComparedFindings::new(&compared))?;
        self.write(&compared, &findings, (&further, kept.as_ref()), &out)?;
        self.question.report(&for_screen(&findings), &compared.run.scenario, &out)?;
        keep::say_further(before.filter(|_| !self.question.quiet), compared.run.replications);
        let run = &compared.run;
        let alike =
            run.alike(true).map(|title| format!("that of \"{title}\" is the same in every year played"));
        let what = ("the differences in the headline are", alike);
        Ok(question::ended(run.precise, what, self.precision, run.replications))
    }

    /// All scenarios as one, with the options asked for alone; and the further ones as files of the folder.
    ///
    /// `together` says what of a further file becomes an option, and under which name.
    fn scenarios(&self) -> Result<(Scenario, Vec<Further>), Exit> {
        let mut sets = Vec::new();
        for (text, (measure, said)) in
            self.matters.iter().filter_map(|text| Some((text, text.split_once('=')?)))
        {
            if by_name(measure.trim()).is_none() {
                let nearest = super::nearest(measure, MEASURES.iter().map(|m| m.name));
                let help = nearest
                    .map_or("docs/model.md lists the measures".into(), |n| format!("did you mean `{n}`?"));
                super::fault(&format!("--matters {text}: `{measure}` is no measure"), &help);
                return Err(Exit::Usage);
            }
            matters(measure.trim(), width(text, said)?)?;
            sets.push(format!("run.matters.{text}"));
        }
        let mut loaded = Vec::new();
        for path in &self.scenario {
            loaded.push(self.question.load(path, &sets)?);
        }
        let mut further = Vec::new();
        let mut others = Vec::new();
        for (path, scenario) in self.scenario.iter().zip(&loaded).skip(1) {
            // The first file is `scenario.toml` in the folder, so no other may be called so.
            let name = short(path);
            if name == "scenario" || others.iter().any(|(known, _)| *known == name) {
                super::fault(
                    &format!("`{}` has no name of its own among the scenarios", path.display()),
                    "scenario files that are compared need different names, none of them scenario.toml but the first",
                );
                return Err(Exit::Usage);
            }
            further.push(Further { name: format!("{name}.toml"), resolved: scenario.resolved.clone() });
            others.push((name, scenario.clone()));
        }
        let first = loaded.swap_remove(0);
        let whole = together::together(first, others).map_err(|apart| {
            super::fault(&apart.message, &apart.help);
            Exit::Scenario
        })?;
        Ok((self.widths(self.question.only(whole)?)?, further))
    }

    /// The scenario with the widths that matter.
    ///
    /// `--matters WIDTH` is of the headline; a width with a name is already in the scenario, as a set text.
    ///
    /// [`Exit::Usage`] where a text is no width, or a width could never matter.
    fn widths(&self, mut scenario: Scenario) -> Result<Scenario, Exit> {
        let headline = HeadlineAt::find(&scenario.run, &scenario.options[0].model);
        for text in self.matters.iter().filter(|text| !text.contains('=')) {
            let width = width(text, text)?;
            let Some(at) = headline else {
                super::fault(
                    &format!("--matters {text} is of the headline, and there is none"),
                    "write MEASURE=WIDTH",
                );
                return Err(Exit::Usage);
            };
            matters(at.measure, width)?;
            scenario.run.matters.push((at.measure.to_owned(), width));
        }
        Ok(scenario)
    }

    /// What the comparison is of: widths that matter decide no figure.
    fn identity(&self, scenario: &Scenario) -> Result<Identity, Exit> {
        let fingerprint = keep::fingerprint(&self.scenario, &self.question)?;
        let settings = Settings::new(scenario.run.seed);
        let identity = Identity::new("compare", scenario, &fingerprint, settings);
        Ok(Identity { ledger: !self.no_ledger, ..identity })
    }

    /// Plays, with a bar over all the years there are to play, those of the ledger included.
    fn compare(
        &self,
        scenario: Scenario,
        begun: Option<BegunComparison>,
        out: &Path,
    ) -> Result<Compared, Exit> {
        let replications = scenario.run.replications;
        let done = begun.as_ref().map_or(0, BegunComparison::done);
        let settings = Settings::new(scenario.run.seed);
        let all = (replications - done) * models(&scenario.options, !self.no_ledger);
        let progress = self.question.progress(&scenario, all);
        let asked = Asked { settings, replications, precision: self.precision, ledger: !self.no_ledger };
        let told = |option: &str, values: &[f32]| progress.told(option, values);
        let compared = match begun {
            None => Ok(compare(scenario, asked, &told)),
            Some(begun) => extend_comparison(scenario, begun, asked, &told),
        };
        progress.finish();
        compared.map_err(|Shorter(years)| keep::longer(out, done, years, self.precision))
    }

    /// Pictures first: one that cannot be drawn leaves nothing half-written.
    fn write(
        &self,
        compared: &Compared,
        findings: &ComparedFindings,
        (further, kept): (&[Further], Option<&Identity>),
        out: &Path,
    ) -> Result<(), Exit> {
        let plots = match self.question.no_plots {
            true => Vec::new(),
            false => plots::compared::all(findings).map_err(|fault| question::undrawn(&fault))?,
        };
        let files = Files {
            command: "compare",
            full: false,
            base: question::base(&self.scenario[0]),
            again: self.again(further),
        };
        let mut folder = question::open(out)?;
        if let Some(identity) = kept {
            kept::write(&mut folder, identity, compared.run.replications, |to| compared.keep(to))
                .map_err(|error| question::unwritten(out, &error))?;
        }
        crate::report::compared::write(compared, findings, &plots, further, &files, folder)
            .map_err(|error| question::unwritten(out, &error))
    }

    /// What has to follow `skillmix compare scenario.toml` in the folder for the same files.
    ///
    /// Beginning with a space, so it can follow the name of the file.
    fn again(&self, further: &[Further]) -> String {
        let mut text: String = further.iter().map(|file| format!(" {}", file.name)).collect();
        text += &self.question.again(self.precision);
        let widths = self.matters.iter().filter(|text| !text.contains('='));
        text += &widths.map(|text| format!(" --matters {text}")).collect::<String>();
        if self.no_ledger {
            text += " --no-ledger";
        }
        text + self.keep.again()
    }
}

/// The width that stands in `said` of a `--matters`, a finite number above 0.
///
/// [`Exit::Usage`] where it is none.
fn width(text: &str, said: &str) -> Result<f64, Exit> {
    let width = said.trim().parse::<f64>().ok().filter(|width| *width > 0.0 && width.is_finite());
    width.ok_or_else(|| {
        let help = "write a number above 0 for the headline, or MEASURE=WIDTH";
        super::fault(&format!("--matters {text} is not a width"), help);
        Exit::Usage
    })
}

/// [`Exit::Usage`] where a width of a measure could never matter, in the words of the scenario's own.
fn matters(measure: &str, width: f64) -> Result<(), Exit> {
    let Some(fault) = never_matters(measure, width) else { return Ok(()) };
    super::fault(&fault.message, fault.help.as_deref().unwrap_or_default());
    Err(Exit::Usage)
}

/// A scenario's short name: its file's, without the ending.
///
/// A further file is known by it.
fn short(path: &Path) -> String {
    path.file_stem().map_or("other".into(), |stem| stem.to_string_lossy().into_owned())
}
