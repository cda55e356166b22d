//! `manifest.json`: what was run, so that it can be run again, and what lies in the folder. No clock, no path
//! of the machine: the same run gives the same manifest.
//!
//! In: a run, how it was called, and the files written before. Out: JSON text with keys in one order. Pilots and
//! sweeps write manifests of their own; all share `program`, by which a folder is known as ours.

use super::Files;
use super::folder::{PROGRAM, Written};
use crate::experiment::run::RunResult;
use crate::lever::Heading;
use serde_json::{Value, json};

/// Version of the model's meaning: raised whenever the same scenario and seed would give other figures.
pub const MODEL_VERSION: u32 = 7;

/// The manifest of a run.
///
/// `second_chances` is the number of draws played with a second luck, null where none were; `precision_reached`
/// is null where no precision was asked for; `replications_needed` is the number at which it was reached.
pub fn text(result: &RunResult, files: &Files, written: &[Written]) -> String {
    let scenario = &result.scenario;
    let options: Vec<Value> = scenario
        .options
        .iter()
        .map(|o| {
            // A heading a lever, in the order of `levers`; null where the lever states none.
            let headings: Vec<Option<&str>> =
                o.model.levers.iter().map(|lever| lever.heading.map(Heading::name)).collect();
            json!({ "name": o.name, "title": o.title, "levers": o.levers, "headings": headings })
        })
        .collect();
    // Without their lines: paths are of the machine.
    let warnings: Vec<Value> = scenario
        .warnings
        .faults()
        .map(|w| json!({ "code": w.code, "address": w.address, "message": w.message, "help": w.help }))
        .collect();
    let listed: Vec<Value> =
        written.iter().map(|f| json!({ "name": f.name, "bytes": f.bytes, "blake3": f.hash })).collect();
    let manifest = json!({
        "program": PROGRAM,
        "version": env!("CARGO_PKG_VERSION"),
        "model_version": MODEL_VERSION,
        "scenario": { "title": scenario.title, "blake3": scenario.hash },
        "seed": result.seed,
        "replications": result.replications,
        "second_chances": result.second_chance.as_ref().map(crate::outcome::Outcome::replications),
        "precision_reached": result.precise,
        "replications_needed": result.needed,
        "run_again": again(files),
        "options": options,
        "warnings": warnings,
        "files": listed,
    });
    format!("{manifest:#}\n")
}

/// The command that gives the same figures again, in the folder.
pub fn again(files: &Files) -> String {
    format!("skillmix {} scenario.toml{}", files.command, files.again)
}
