//! The best mix as files and text; nothing here computes.
//!
//! In: a search and its findings. Out: the report, `mix.csv`, `rounds.csv`, pictures, and what every folder ends
//! with.

pub mod document;
pub mod table;

use super::Files;
use super::folder::Folder;
use super::plots::Plot;
use crate::experiment::mix::Mixed;
use crate::experiment::run::RunResult;
use crate::findings::mix::MixFindings;
use std::io;

/// Writes every file of a search and puts the folder in its place.
///
/// # Errors
///
/// Where a file cannot be written or the folder cannot be moved.
pub fn write(
    mixed: &Mixed,
    f: &MixFindings,
    plots: &[Plot],
    files: &Files,
    mut folder: Folder,
) -> io::Result<()> {
    folder.file("mix.csv", |out| table::mixes(f, out))?;
    folder.file("rounds.csv", |out| table::rounds(f, out))?;
    super::close((&run(mixed, f), &document::document(f)), &super::named(plots), files, folder)
}

/// The search as a run of its option with the best mix, as the files of every folder tell it.
///
/// Its replications are the most that any mix was given.
fn run(mixed: &Mixed, f: &MixFindings) -> RunResult {
    let mut scenario = mixed.scenario.clone();
    scenario.options = vec![scenario.options.swap_remove(mixed.plan.option)];
    RunResult { precise: Some(f.settled), ..RunResult::bare(scenario, f.seed, f.effort.most) }
}
