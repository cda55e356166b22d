//! `pilots`: what the model expects of pilots, against what they came to.
//!
//! In: a pilots file. Out: a folder with a report of every pilot. Pilots are played one after another, each on the
//! years of its own scenario; the folder is written when all are done. `--option` is refused: what was done stands in
//! the file.

use super::exit::Exit;
use super::progress::Progress;
use super::question::{self, Question, share};
use crate::experiment::pilots::{Asked, Tried, try_pilot, years};
use crate::findings::piloted::PilotedFindings;
use crate::findings::typed::quoted;
use crate::outcome::measure::{Grain, MEASURES, Measure};
use crate::plan::lanes::LANES;
use crate::report::piloted::Record;
use crate::report::piloted::document::for_screen;
use crate::report::plots;
use crate::scenario::pilots::{Asked as Read, PilotFile, load};
use clap::Args;
use std::io;
use std::path::{Path, PathBuf};

/// Compare pilots with what the model expects of them, and say what a pilot of their size could show
#[derive(Debug, Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{}", super::exit::TABLE))]
pub struct Pilots {
    /// Pilots file: places, what was done there, and what was observed
    file: PathBuf,
    #[command(flatten)]
    question: Question,
    /// Only this pilot; may be given several times
    #[arg(long = "only", value_name = "NAME")]
    only: Vec<String>,
    /// Stop each pilot as soon as its predicted effect is known (95 % interval) to within this share of it, 0.05 being
    /// five per cent, and stays so over the next 5 years (5 in 100 beyond 100); 64 years at least, --replications at
    /// most
    #[arg(long, value_name = "SHARE", value_parser = share)]
    precision: Option<f64>,
    /// Pilots that are simulated to say what one of this size could show
    #[arg(long, value_name = "N", default_value_t = 200, value_parser = super::whole::between::<u32>(20, 100_000))]
    simulated_pilots: u32,
}

/// What stands below the help.
const EXAMPLES: &str = "Examples:
  skillmix pilots scenarios/pilots/published.toml
  skillmix pilots pilots.toml --only north_pharmacists -n 500
A pilot without `observed` is a planned one: the answer says whether it is worth running.";

impl Pilots {
    /// Compares and writes.
    pub fn act(&self) -> Exit {
        match self.steps() {
            Ok(exit) | Err(exit) => exit,
        }
    }

    fn steps(&self) -> Result<Exit, Exit> {
        if let Some(option) = self.question.options.first() {
            super::fault(
                &format!("what was done stands in the file, so --option {option} asks for nothing"),
                "name the pilot with --only",
            );
            return Err(Exit::Usage);
        }
        let file = self.read()?;
        let out = self.question.folder(&self.file, "-pilots")?;
        let tried = self.question.in_pool(|| self.tried(&file))?;
        let findings = PilotedFindings::new(&file.title, &tried);
        let precise = self.precision.map(|_| {
            let precise = |t: &Tried| t.model.as_ref().and_then(|m| m.predicted.precise) != Some(false);
            tried.iter().all(precise)
        });
        let base = question::base(&self.file);
        let again = self.again();
        let record =
            Record { file: &file, tried: &tried, findings: &findings, base: &base, again: &again, precise };
        self.write(record, &out)?;
        self.say(&findings, &file, &out)?;
        let years = tried.iter().filter_map(|t| t.model.as_ref()).map(|m| m.predicted.effects.len()).max();
        Ok(question::ended(precise, ("some predicted effects are", None), self.precision, years.unwrap_or(0)))
    }

    /// The file with the pilots asked for alone.
    ///
    /// The scenario of a pilot is loaded with the same flags as any other, so `-n` and `--seed` reach all of them.
    ///
    /// [`Exit::Scenario`] where a file is at fault, [`Exit::Usage`] where no pilot is called so, or all that is wrong is what
    /// the command line states.
    fn read(&self) -> Result<PilotFile, Exit> {
        let asked = |measure: &&Measure| !matches!(measure.grain, Grain::Role | Grain::Redirect);
        let names = |of: &dyn Fn(&&Measure) -> bool| -> Vec<&str> {
            MEASURES.iter().filter(|m| asked(m) && of(m)).map(|measure| measure.name).collect()
        };
        let (measures, counts) = (names(&|_| true), names(&|measure| measure.never_negative()));
        let asked = Read {
            sets: &self.question.sets,
            measures: &measures,
            counts: &counts,
            replications: self.question.replications.map(|n| n as usize),
            seed: self.question.seed,
            only: &self.only,
        };
        load(&self.file, asked).map_err(|reports| {
            let typed = reports.iter().all(|report| report.is_typed());
            for report in reports {
                super::warn(&report.render(super::coloured(&io::stderr())));
            }
            super::warn("Nothing was run and nothing was written.\n");
            if typed { Exit::Usage } else { Exit::Scenario }
        })
    }

    /// Plays the pilots in the order of the file, with a bar over the years of all of them.
    fn tried(&self, file: &PilotFile) -> Vec<Tried> {
        let asked = Asked { lanes: LANES, precision: self.precision, pilots: self.simulated_pilots as usize };
        let all = file.pilots.iter().map(|pilot| years(pilot, asked)).sum();
        let progress = Progress::plain(all, self.question.quiet);
        let one = |pilot: &crate::scenario::pilots::Pilot| {
            try_pilot(pilot.clone(), asked, &|option, values| progress.told(option, values))
        };
        let tried = file.pilots.iter().map(one).collect();
        progress.finish();
        tried
    }

    /// Pictures first: one that cannot be drawn leaves nothing half-written.
    fn write(&self, record: Record<'_>, out: &Path) -> Result<(), Exit> {
        let plots = match self.question.no_plots {
            true => Vec::new(),
            false => plots::piloted::all(record.findings).map_err(|fault| question::undrawn(&fault))?,
        };
        let folder = question::open(out)?;
        crate::report::piloted::write(record, &plots, folder)
            .map_err(|error| question::unwritten(out, &error))
    }

    fn say(&self, findings: &PilotedFindings, file: &PilotFile, out: &Path) -> Result<(), Exit> {
        if self.question.quiet {
            return Ok(());
        }
        let said = super::say(&for_screen(findings));
        if !file.warnings.is_empty() {
            super::warn(&format!("\n{}", file.warnings.render(super::coloured(&io::stderr()))));
        }
        question::say_where(out);
        said
    }

    /// Options needed for the same figures in the folder.
    fn again(&self) -> String {
        let mut text: String = self.only.iter().map(|name| format!(" --only {}", quoted(name))).collect();
        text += &self.question.replications.map_or(String::new(), |n| format!(" -n {n}"));
        text += &self.question.seed.map_or(String::new(), |seed| format!(" --seed {seed}"));
        text += &self.precision.map_or(String::new(), |share| format!(" --precision {share}"));
        if self.simulated_pilots != 200 {
            text += &format!(" --simulated-pilots {}", self.simulated_pilots);
        }
        text
    }
}
