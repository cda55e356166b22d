//! Results of a comparison as files and text; nothing here computes.
//!
//! In: a comparison and what its findings say. Out: the folder, whole or not at all (see `report::folder`). The
//! scenario that is compared against is `scenario.toml`; each further one is a file of its own.

pub mod document;
pub mod ledgers;
pub mod places;
pub mod tables;

use super::folder::Folder;
use super::plots::Plot;
use super::{Files, drawn, months, replications, shortfall, summary};
use crate::experiment::compare::Compared;
use crate::findings::compared::ComparedFindings;
use std::io;

/// A scenario compared with the first, as one file.
#[derive(Clone, Debug)]
pub struct Further {
    /// Name of the file in the folder.
    pub name: String,
    /// Its text.
    pub resolved: String,
}

/// Writes every file of a comparison and puts the folder in its place; plots with their names.
///
/// The order counts: `README.txt` and the manifest list what was written before them, so they come last.
///
/// # Errors
///
/// Where a file cannot be written or the folder cannot be moved; what stood in its place is then still there.
pub fn write(
    compared: &Compared,
    findings: &ComparedFindings,
    plots: &[(String, Plot)],
    further: &[Further],
    files: &Files,
    mut folder: Folder,
) -> io::Result<()> {
    let run = &compared.run;
    folder.file("compare.csv", |out| tables::options(findings, &run.scenario, out))?;
    if findings.best.is_some() {
        folder.file("best.csv", |out| tables::best(findings, out))?;
    }
    if findings.options.iter().any(|option| option.ledger.is_some()) {
        folder.file("ledger.csv", |out| ledgers::table(findings, &run.scenario, out))?;
        folder.file("ledger_years.parquet", |out| ledgers::years(compared, out))?;
    }
    folder.file("summary.csv", |out| summary::write(run, out))?;
    folder.file("months.csv", |out| months::write(run, out))?;
    folder.file("shortfall.csv", |out| shortfall::write(run, out))?;
    folder.file("replications.parquet", |out| replications::places(run, out))?;
    if drawn::any(run) {
        folder.file("inputs.parquet", |out| drawn::write(run, out))?;
    }
    for other in further {
        folder.file(&other.name, |out| out.write_all(other.resolved.as_bytes()))?;
    }
    let plots: Vec<(String, &Plot)> = plots.iter().map(|(name, plot)| (name.clone(), plot)).collect();
    super::close((run, &document::document(findings)), &plots, files, folder)
}
