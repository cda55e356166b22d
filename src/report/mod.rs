//! Results as files and text. A file a format; nothing here computes what a run came to.
//!
//! In: results (`experiment`) and what may be said of them (`findings`). Out: one folder a question, written
//! beside its place and moved there whole ([`folder`]). Each question has a folder of its own here with a
//! `write`; what all folders end with is [`close`]. Figures are written as they are, sentences as they were made:
//! to add a file means a file here, a line in [`write`] and a sentence in [`readme`].

pub mod assumptions;
pub mod cell;
pub mod compared;
pub mod days;
pub mod document;
pub mod drawn;
pub mod folder;
pub mod gpad;
pub mod kept;
pub mod manifest;
pub mod mix;
pub mod months;
pub mod names;
pub mod page;
pub mod parquet;
pub mod piloted;
pub mod plots;
pub mod ran;
pub mod readme;
pub mod replications;
pub mod sensitivity;
pub mod shortfall;
pub mod sized;
pub mod summary;
pub mod sweep;
pub mod text;
pub mod waits;
pub mod weeks;
pub mod workbook;

use crate::experiment::run::RunResult;
use document::Document;
use folder::Folder;
use page::Page;
use plots::Plot;
use std::io;

/// Name of the report as a page.
pub const PAGE: &str = "report.html";

/// How the files of a run are written.
#[derive(Clone, Debug, Default)]
pub struct Files {
    /// The command that was given: `run`.
    pub command: &'static str,
    /// Writes every figure of every replication, in long form.
    pub full: bool,
    /// Folder of the scenario as it was named, with the stroke at its end; places of figures are told from there.
    pub base: String,
    /// Options of the command line needed to run `scenario.toml` to the same figures.
    pub again: String,
}

/// Writes every file of a run, with its report and its plots, and puts the folder in its place.
///
/// The folder is used up: after an error it is gone, and what stood in its place is still there.
///
/// # Errors
///
/// Where a file cannot be written or the folder cannot be moved.
pub fn write(
    result: &RunResult,
    document: &Document,
    plots: &[Plot],
    files: &Files,
    mut folder: Folder,
) -> io::Result<()> {
    folder.file("summary.csv", |out| summary::write(result, out))?;
    folder.file("weeks.csv", |out| weeks::places(result, out))?;
    folder.file("months.csv", |out| months::write(result, out))?;
    folder.file("post_weeks.csv", |out| weeks::posts(result, out))?;
    folder.file("shortfall.csv", |out| shortfall::write(result, out))?;
    folder.file("waits.csv", |out| waits::write(result, out))?;
    folder.file("gpad.csv", |out| gpad::write(result, out))?;
    // Days are kept only where they were asked for.
    if result.options.iter().any(|option| !option.sums.daily.is_empty()) {
        folder.file("days.csv", |out| days::write(result, out))?;
    }
    folder.file("replications.parquet", |out| replications::places(result, out))?;
    if drawn::any(result) {
        folder.file("inputs.parquet", |out| drawn::write(result, out))?;
    }
    if files.full {
        folder.file("replications_full.parquet", |out| replications::full(result, out))?;
    }
    close((result, document), &named(plots), files, folder)
}

/// Pictures under their own names.
fn named(plots: &[Plot]) -> Vec<(String, &Plot)> {
    plots.iter().map(|plot| (plot.name.to_owned(), plot)).collect()
}

/// Writes what every report comes with: pictures, assumptions, the report itself as text and as a page, which holds both, and
/// all tables as a workbook.
///
/// # Errors
///
/// Where a file cannot be written.
fn reported(
    folder: &mut Folder,
    document: &Document,
    plots: &[(String, &Plot)],
    assumptions: &[u8],
    meanings: &[workbook::Meaning<'_>],
) -> io::Result<()> {
    for (name, plot) in plots {
        folder.file(&format!("plots/{name}.png"), |out| out.write_all(&plot.png))?;
        folder.file(&format!("plots/{name}.svg"), |out| out.write_all(plot.svg.as_bytes()))?;
    }
    folder.file("assumptions.csv", |out| out.write_all(assumptions))?;
    folder.file("report.txt", |out| out.write_all(text::whole(document).as_bytes()))?;
    let plots: Vec<&Plot> = plots.iter().map(|(_, plot)| *plot).collect();
    let page = Page { document, plots: &plots, assumptions };
    folder.file(PAGE, |out| out.write_all(page.html().as_bytes()))?;
    workbook::write(folder, document, meanings)
}

/// Writes what every folder ends with (the report, pictures, assumptions, the scenario, what each file is, the manifest) and
/// puts it in its place.
///
/// README and manifest list what was written before them, so the order of these lines counts.
///
/// # Errors
///
/// Where a file cannot be written or the folder cannot be moved.
fn close(
    (run, document): (&RunResult, &Document),
    plots: &[(String, &Plot)],
    files: &Files,
    mut folder: Folder,
) -> io::Result<()> {
    folder.file("names.csv", |out| names::write(&run.scenario, out))?;
    let mut assumed = Vec::new();
    assumptions::write(run, &files.base, &mut assumed)?;
    reported(&mut folder, document, plots, &assumed, readme::MEANING)?;
    folder.file("scenario.toml", |out| out.write_all(run.scenario.resolved.as_bytes()))?;
    let text = readme::text(run, files, folder.files());
    folder.file("README.txt", |out| out.write_all(text.as_bytes()))?;
    let manifest = manifest::text(run, files, folder.files());
    folder.finish(&manifest)
}
