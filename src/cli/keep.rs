//! Keeping the years of a question, and going on from them: what the commands share that can.
//!
//! In: the flags, the folder, what is asked for. Out: what was kept, or the reason why it cannot be gone on from; the
//! folder is then as it was.

use super::exit::Exit;
use super::question::{Question, unwritten};
use crate::experiment::extend::Unfit;
use crate::experiment::kept_years::{Count, KeptYears};
use crate::experiment::run::Settings;
use crate::findings::say;
use crate::report::folder::{Folder, KEPT};
use crate::report::kept::{self, Identity};
use crate::scenario::Scenario;
use clap::Args;
use std::io::Read;
use std::path::{Path, PathBuf};

/// The flags.
#[derive(Debug, Args)]
pub struct Keep {
    /// Keep the years in the folder (kept.bin, of a network kilobytes for `size`, tens of megabytes for `run`), so that a
    /// longer or finer one can go on from them with --extend; years kept there before are replaced
    #[arg(long)]
    pub keep: bool,
    /// Go on from the years kept in the folder: only those that are not there are simulated, and every figure is as if
    /// all had been. What is of another question, scenario, seed or version is refused, and of `run` and `compare` what is
    /// of other options or flags
    #[arg(long)]
    pub extend: bool,
}

impl Keep {
    /// True where the folder is to hold the years.
    pub fn any(&self) -> bool {
        self.keep || self.extend
    }

    /// What the folder keeps of what is asked for, where it is to be gone on from; on the cores of the question. Elsewhere it is
    /// warned of years that are there and will be lost.
    pub fn begun<B: Send>(
        &self,
        (question, asked, out): (&Question, Option<&Identity>, &Path),
        read: impl Fn(&mut dyn Read) -> Result<B, Unfit> + Sync,
        years: impl Fn(&B) -> usize + Sync,
    ) -> Result<Option<B>, Exit> {
        let Some(asked) = asked.filter(|_| self.extend) else {
            if out.join(KEPT).is_file() {
                super::warn(&format!(
                    "warning: `{}` keeps years; without --extend they are lost when this is done\n",
                    out.display()
                ));
            }
            return Ok(None);
        };
        question.in_pool(|| begun(asked, out, &read, &years))?.map(Some)
    }

    /// The years that a search begins with: those that the folder keeps, none yet, or nothing at all.
    pub fn years(&self, of: (&Question, Option<&Identity>, &Path)) -> Result<KeptYears, Exit> {
        let read = |input: &mut dyn Read| KeptYears::read(input).map_err(Unfit::Read);
        // A search may take fewer years than are kept.
        let begun = self.begun(of, read, |_| 0)?;
        Ok(begun.unwrap_or_else(|| self.no_years()))
    }

    /// What a search is of, where its years are to be kept: the scenario alone, since what is tried is known by its model.
    pub fn search(
        &self,
        command: &str,
        file: &PathBuf,
        question: &Question,
        scenario: &Scenario,
    ) -> Result<Option<Identity>, Exit> {
        if !self.any() {
            return Ok(None);
        }
        let fingerprint = fingerprint(std::slice::from_ref(file), question)?;
        let identity = Identity::new(command, scenario, &fingerprint, Settings::new(scenario.run.seed));
        Ok(Some(Identity { options: Vec::new(), replications: 0, ..identity }))
    }

    /// Says how many years of those that a search asked for were kept, and how many were simulated now; `all` are in the
    /// folder now.
    pub fn say_searched(&self, question: &Question, (count, all): (Count, usize)) {
        if !self.extend || question.quiet {
            return;
        }
        let taken = say::counted(count.taken as f64, "year");
        let played = say::counted(count.played as f64, "further year");
        super::warn(&format!("{taken} of what was tried were kept there; {played} simulated.\n"));
        let before = all - count.played;
        if count.taken == 0 && before > 0 {
            let before = say::counted(before as f64, "year");
            super::warn(&format!(
                "None of the {before} kept there is of what was asked now: another place, post or value.\n"
            ));
        }
    }

    /// No years yet, which are kept where that is asked for.
    pub fn no_years(&self) -> KeptYears {
        if self.any() { KeptYears::empty() } else { KeptYears::none() }
    }

    /// The flag that asks for the same files; `--extend` becomes `--keep`, since the folder then holds all years.
    pub fn again(&self) -> &'static str {
        if self.any() { " --keep" } else { "" }
    }
}

/// Fingerprint of scenario files with one year and a fixed seed, so that a longer run of them has the same.
///
/// They are loaded once more for it: the hashes of those that are run hold their own years and seed.
pub fn fingerprint(scenarios: &[PathBuf], question: &Question) -> Result<String, Exit> {
    let mut sets = question.sets(&[]);
    sets.extend(["run.replications=1", "run.seed=0"].map(ToOwned::to_owned));
    let mut all = Vec::new();
    for scenario in scenarios {
        all.push(super::load(scenario, &sets)?.hash);
    }
    Ok(all.join(" "))
}

/// What the folder keeps of what is asked for: read by `read`, `years` long.
///
/// [`Exit::Scenario`] where it is of something else or cannot be read, [`Exit::Usage`] where it has more years.
fn begun<B>(
    asked: &Identity,
    out: &Path,
    read: impl Fn(&mut dyn Read) -> Result<B, Unfit>,
    years: impl Fn(&B) -> usize,
) -> Result<B, Exit> {
    let refused = |message: &str, help: &str| {
        super::fault(&format!("{message}; nothing was run, and the folder is as it was"), help);
        Exit::Scenario
    };
    let mut kept = kept::open(out, asked).map_err(|r| refused(&r.message, &r.help))?;
    let begun = read(&mut kept.input).map_err(|unfit| {
        refused(
            &format!("what is kept in `{}` cannot be gone on from: {unfit}", out.display()),
            "run anew without --extend (with --keep, to go on from it later)",
        )
    })?;
    match years(&begun) {
        kept if kept > asked.replications => Err(longer(out, kept, asked.replications, None)),
        _ => Ok(begun),
    }
}

/// Says how many years were kept, where any were, and how many were simulated now.
pub fn say_further(kept: Option<usize>, replications: usize) {
    let Some(kept) = kept else { return };
    let further = say::counted((replications - kept) as f64, "further year");
    let kept = say::counted(kept as f64, "year");
    super::warn(&format!("{kept} of each option were kept there; {further} simulated.\n"));
}

/// What a search played, and what it found kept: refused where a kept year comes to other figures now.
pub fn searched(kept: &KeptYears, out: &Path) -> Result<Count, Exit> {
    if !kept.differs() {
        return Ok(kept.count());
    }
    super::fault(
        &format!(
            "what is kept in `{}` cannot be gone on from: this build of the program gives other figures for a year of it; the folder is as it was",
            out.display()
        ),
        "run anew without --extend (with --keep, to go on from it later)",
    );
    Err(Exit::Scenario)
}

/// Writes the years of a search into its folder, where they are to be kept.
pub fn write(
    folder: &mut Folder,
    (kept, identity): (&KeptYears, Option<&Identity>),
    out: &Path,
) -> Result<(), Exit> {
    let Some(identity) = identity else { return Ok(()) };
    kept::write(folder, identity, kept.years(), |to| kept.write(to)).map_err(|error| unwritten(out, &error))
}

/// The folder holds more years than a run from the start would have.
///
/// Says so and leaves the folder alone: what is there is more than what was asked for.
pub fn longer(out: &Path, kept: usize, years: usize, precision: Option<f64>) -> Exit {
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
