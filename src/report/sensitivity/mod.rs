//! Results of a sensitivity analysis as files and text; nothing here computes.
//!
//! In: findings of an analysis, which hold its run. Out: tables, pictures and what every folder ends with;
//! `break_even.csv` only where there is an option to decide on, `sobol.csv` only where it was asked for.

pub mod document;
pub mod tables;

use super::folder::Folder;
use super::plots::Plot;
use super::{Files, replications, summary};
use crate::findings::sensitivity::SensitivityFindings;
use std::io;

/// Writes every file of an analysis and puts the folder in its place.
///
/// # Errors
///
/// Where a file cannot be written or the folder cannot be moved.
pub fn write(
    findings: &SensitivityFindings<'_>,
    plots: &[Plot],
    files: &Files,
    mut folder: Folder,
) -> io::Result<()> {
    let run = &findings.found.run;
    if findings.line.is_some() {
        folder.file("break_even.csv", |out| tables::break_even(findings, out))?;
    }
    folder.file("sensitivity.csv", |out| tables::drivers(findings, &files.base, out))?;
    folder.file("split.csv", |out| tables::split(findings, out))?;
    folder.file("tornado.csv", |out| tables::tornado(findings, out))?;
    if findings.found.sobol.is_some() {
        folder.file("sobol.csv", |out| tables::sobol(findings, out))?;
    }
    folder.file("summary.csv", |out| summary::write(run, out))?;
    folder.file("replications.parquet", |out| replications::places(run, out))?;
    super::close((run, &document::document(findings)), &super::named(plots), files, folder)
}
