//! Results of pilots as files and text; nothing here computes.
//!
//! In: the file of the pilots, what each came to, and the findings. Out: a folder with one report, the tables,
//! and beside them the scenario and the months of each pilot, so that the folder can be run again by itself.

pub mod document;
pub mod tables;

use super::folder::{Folder, PROGRAM, Written};
use super::manifest::MODEL_VERSION;
use super::plots::Plot;
use crate::experiment::pilots::Tried;
use crate::findings::piloted::PilotedFindings;
use crate::lever::Heading;
use crate::scenario::pilots::{PilotFile, Seen};
use serde_json::{Value, json};
use std::io;

/// Pilots, ready to be written.
#[derive(Clone, Copy, Debug)]
pub struct Record<'a> {
    /// The file.
    pub file: &'a PilotFile,
    /// What each pilot came to.
    pub tried: &'a [Tried],
    /// What may be said.
    pub findings: &'a PilotedFindings,
    /// Folder of the file as it was named, with the stroke at its end; places of figures are told from there.
    pub base: &'a str,
    /// Options of the command line needed for the same figures.
    pub again: &'a str,
    /// Whether the precision asked for was reached; none where none was asked.
    pub precise: Option<bool>,
}

/// Writes every file and puts the folder in its place.
///
/// # Errors
///
/// Where a file cannot be written or the folder cannot be moved.
pub fn write(record: Record<'_>, plots: &[(String, Plot)], mut folder: Folder) -> io::Result<()> {
    let Record { file, tried, findings, base, .. } = record;
    folder.file("pilots.csv", |out| tables::pilots(findings, out))?;
    if findings.pilots.iter().any(|pilot| matches!(pilot.power, Some(Ok(_)))) {
        folder.file("power.csv", |out| tables::power(findings, out))?;
    }
    let plots: Vec<(String, &Plot)> = plots.iter().map(|(name, plot)| (name.clone(), plot)).collect();
    let mut assumed = Vec::new();
    tables::assumptions(file, tried, base, &mut assumed)?;
    super::reported(&mut folder, &document::document(findings), &plots, &assumed, &document::MEANING)?;
    folder.file("pilots.toml", |out| out.write_all(file.resolved.as_bytes()))?;
    // Names of pilots are keys of the file, so they are distinct and make names of files.
    for pilot in &file.pilots {
        if let Some(simulated) = &pilot.simulated {
            let name = format!("{}.toml", pilot.name);
            folder.file(&name, |out| out.write_all(simulated.scenario.resolved.as_bytes()))?;
        }
        if let Some(Seen::Series(series)) = &pilot.seen {
            let name = format!("{}.csv", pilot.name);
            folder.file(&name, |out| out.write_all(series.text.as_bytes()))?;
        }
    }
    let readme = document::readme(&record, folder.files());
    folder.file("README.txt", |out| out.write_all(readme.as_bytes()))?;
    let manifest = manifest(&record, folder.files());
    folder.finish(&manifest)
}

/// `manifest.json`: no clock, no path of the machine.
// A pilot without a simulation (a survey) has nulls.
fn manifest(record: &Record<'_>, written: &[Written]) -> String {
    let pilot = |tried: &Tried| -> Value {
        let finding = record.findings.pilots.iter().find(|finding| finding.name == tried.pilot.name);
        let simulated = tried.pilot.simulated.as_ref();
        json!({
            "name": tried.pilot.name,
            "heading": tried.pilot.heading.map(Heading::name),
            "verdict": finding.map(|finding| finding.verdict.name()),
            "scenario": simulated.map(|s| json!({ "title": s.scenario.title, "blake3": s.scenario.hash })),
            "option": simulated.map(|s| s.done().name.clone()),
            "levers": simulated.map(|s| s.done().levers.clone()),
            "seed": tried.model.as_ref().map(|m| m.seed),
            "replications": tried.model.as_ref().map(|m| m.predicted.effects.len()),
            "simulated_pilots": tried.model.as_ref().and_then(|m| m.power.as_ref().ok()).map(|p| p.pilots),
        })
    };
    let listed: Vec<Value> =
        written.iter().map(|f| json!({ "name": f.name, "bytes": f.bytes, "blake3": f.hash })).collect();
    let warnings: Vec<Value> = record
        .file
        .warnings
        .faults()
        .map(|w| json!({ "code": w.code, "address": w.address, "message": w.message, "help": w.help }))
        .collect();
    let manifest = json!({
        "program": PROGRAM,
        "version": env!("CARGO_PKG_VERSION"),
        "model_version": MODEL_VERSION,
        "command": "pilots",
        "file": { "title": record.file.title, "blake3": record.file.hash },
        "pilots": record.tried.iter().map(pilot).collect::<Vec<_>>(),
        "precision_reached": record.precise,
        "run_again": again(record),
        "warnings": warnings,
        "files": listed,
    });
    format!("{manifest:#}\n")
}

/// The command that gives the same figures again, in the folder.
fn again(record: &Record<'_>) -> String {
    format!("skillmix pilots pilots.toml{}", record.again)
}
