//! Results of sizing as files and text; nothing here computes.
//!
//! In: a sizing and its findings. Out: the report, `size.csv`, pictures, and what every folder ends with.

pub mod document;
pub mod table;

use super::Files;
use super::folder::Folder;
use super::plots::Plot;
use crate::experiment::run::RunResult;
use crate::experiment::size::Sized;
use crate::findings::sized::SizedFindings;
use crate::stats::sequential::Stands;
use std::io;

/// Writes every file of a sizing and puts the folder in its place.
///
/// # Errors
///
/// Where a file cannot be written or the folder cannot be moved.
pub fn write(
    sized: &Sized,
    findings: &SizedFindings,
    plots: &[Plot],
    files: &Files,
    mut folder: Folder,
) -> io::Result<()> {
    folder.file("size.csv", |out| table::write(findings, out))?;
    super::close((&run(sized), &document::document(findings)), &super::named(plots), files, folder)
}

/// True where the answer stands: one size is enough and none below it is open, or none will do, or more of it does worse.
///
/// Written into the manifest as `precision_reached`. Sizes outside the bracket (above what is enough, up to what
/// is too few) may stay open: the answer does not hang on them.
pub fn told(sized: &Sized) -> bool {
    let open = |way: &crate::experiment::size::Way| {
        // The bracket that decides: from just above the largest size known to be too few, up to the one that is
        // enough.
        let from = way.found.too_few.map_or(0, |few| few + 1);
        let upto = way.found.enough.unwrap_or(usize::MAX);
        way.found.tried.range(from..upto.max(from)).any(|(_, tried)| tried.stands == Stands::Open)
    };
    !sized.ways.iter().filter(|way| !way.falls).any(open)
}

/// The sizing as a run of the option sized, at the size that is enough, as the files of every folder tell it.
///
/// Its replications are the most that any size was given.
fn run(sized: &Sized) -> RunResult {
    let mut scenario = sized.scenario.clone();
    scenario.options = vec![scenario.options.swap_remove(sized.plan.option)];
    let years = sized.ways.iter().flat_map(|way| way.found.tried.values()).map(|tried| tried.years);
    RunResult {
        precise: Some(told(sized)),
        ..RunResult::bare(scenario, sized.plan.settings.seed, years.max().unwrap_or(0))
    }
}
