//! `merge`: the shards of a sweep, put together to the same bytes as one run.
//!
//! In: the folders of all shards. Out: the files of the whole sweep, the same bytes as if it had been run at once.
//! Nothing is simulated; what a shard states of its scenario, seed and design must be the same in all of them.

use super::exit::Exit;
use super::question;
use super::sweep;
use crate::report::folder::Folder;
use crate::report::sweep::shard;
use clap::Args;
use std::path::{Path, PathBuf};

/// Put the shards of a sweep together: the same files as one run
#[derive(Debug, Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{}", super::exit::TABLE))]
pub struct Merge {
    /// Folders of all shards, in any order
    #[arg(required = true)]
    folders: Vec<PathBuf>,
    /// Folder of the results (else beside the first shard, by its name)
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// No report: only the files, and what is wrong
    #[arg(long, short)]
    quiet: bool,
    /// Draws no pictures
    #[arg(long)]
    no_plots: bool,
}

/// What stands below the help.
const EXAMPLES: &str = "Examples:
  skillmix merge output/network-sweep-1-of-2 output/network-sweep-2-of-2
  skillmix merge part-* --out output/network-sweep

A shard of another scenario, seed, version or design is refused (exit code 3), and so is one that is missing, named
twice, or changed since it was written.";

impl Merge {
    /// Puts the shards together, writes the folder and says what the sweep shows.
    pub fn act(&self) -> Exit {
        match self.steps() {
            Ok(exit) | Err(exit) => exit,
        }
    }

    /// The folder is checked first: shards are read only where the result can be written.
    fn steps(&self) -> Result<Exit, Exit> {
        let out = self.out.clone().unwrap_or_else(|| beside(&self.folders[0]));
        question::recover(&out);
        Folder::check(&out).map_err(|refusal| {
            super::fault(&refusal.message, &refusal.help);
            Exit::CannotWrite
        })?;
        // A shard that is written over would have to be simulated again.
        let same = |folder: &&PathBuf| {
            let real = |path: &Path| path.canonicalize().ok();
            real(folder).is_some() && real(folder) == real(&out)
        };
        if let Some(shard) = self.folders.iter().find(same) {
            let message = format!("`{}` is one of the shards: it would be lost", shard.display());
            super::fault(&message, "name another folder with --out");
            return Err(Exit::Usage);
        }
        let record = shard::merge(&self.folders).map_err(|apart| sweep::refused(&apart, Exit::Scenario))?;
        let reached = record.request.precision.map(|_| record.precise);
        let (precision, years) = (record.request.precision, record.request.replications);
        let text = sweep::whole(record, &out, !self.no_plots)?;
        if !self.quiet {
            super::say(&text)?;
            question::say_where(&out);
        }
        Ok(question::ended(reached, ("the headline is, at some point,", None), precision, years))
    }
}

/// `x-1-of-4` without its number; any other name with `-merged`.
///
/// Where a shard has no number, `-merged` says that it is more than the shard was.
fn beside(shard: &Path) -> PathBuf {
    let name = shard.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let whole =
        name.rsplit_once("-of-").and_then(|(before, _)| before.rsplit_once('-')).map(|(name, _)| name);
    let name = whole.map_or_else(|| format!("{name}-merged"), ToOwned::to_owned);
    shard.with_file_name(name)
}
