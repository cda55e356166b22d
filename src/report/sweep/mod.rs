//! A sweep as files: whole, or a shard of it; and shards put together.
//!
//! Everything that a whole folder holds is made from what was asked and from the rows of `sweep.csv`, so shards put
//! together give the same bytes as one run.
//!
//! The manifest holds the request whole: a shard that stands there finished is known by it, and shards are put
//! together only where their requests agree.

pub mod document;
pub mod shard;
mod years;

use super::assumptions;
use super::cell::{number, unit};
use super::document::Document;
use super::folder::{Folder, PROGRAM, Written};
use super::plots::Plot;
use crate::experiment::run::RunResult;
use crate::experiment::sweep::At;
use crate::findings::sweep::alike::Years;
use crate::findings::sweep::{HEAD, Request};
use crate::scenario::Scenario;
use serde_json::{Value, json};
use std::io::{self, Write};

/// Name of the table.
pub const TABLE: &str = "sweep.csv";

/// A sweep, or some points of it, ready to be written.
///
/// Rows have as many cells as the heading: point, a value for each address, then those of
/// `findings::sweep::HEAD`.
#[derive(Clone, Debug)]
pub struct Record {
    /// What was asked.
    pub request: Request,
    /// Rows of the table, in the order of the points.
    pub rows: Vec<Vec<String>>,
    /// The headline year by year, by points and options, as `headline_years.csv` has it.
    pub years: Vec<Years>,
    /// Whether the precision asked for was reached everywhere.
    pub precise: bool,
    /// `assumptions.csv`.
    pub assumptions: Vec<u8>,
    /// `scenario.toml`.
    pub scenario: String,
}

impl Record {
    /// Of no point yet; `scenario` is the one that was stated: what is varied is in the points. `base` is its name.
    pub fn of(scenario: &Scenario, base: &str, request: Request) -> Self {
        let run = RunResult::bare(scenario.clone(), scenario.run.seed, scenario.run.replications);
        let mut assumptions = Vec::new();
        // Writing to memory cannot fail.
        let _ = assumptions::write(&run, base, &mut assumptions);
        let scenario = scenario.resolved.clone();
        Self { request, rows: Vec::new(), years: Vec::new(), precise: true, assumptions, scenario }
    }

    /// Takes in what a point came to, counted from 0; points are taken in their order.
    pub fn take(&mut self, point: usize, values: &[f64], found: &At) {
        self.rows.extend(rows(point, values, found));
        self.years.extend(years::years(point, found));
        self.precise &= found.precise;
    }

    /// Points that it holds.
    ///
    /// Rows of one point stand together, so neighbours that are alike are one point.
    pub fn points(&self) -> usize {
        let mut points: Vec<&String> = self.rows.iter().filter_map(|row| row.first()).collect();
        points.dedup();
        points.len()
    }
}

/// The rows of one point, counted from 0.
///
/// Points are numbered from 1 in the table. Values are written in full, so that they read back to the same bits.
fn rows(point: usize, values: &[f64], at: &At) -> Vec<Vec<String>> {
    let before: Vec<String> =
        std::iter::once((point + 1).to_string()).chain(values.iter().map(ToString::to_string)).collect();
    let row = |row: &crate::experiment::sweep::Row| {
        let f = &row.figure;
        let of = unit(f.measure.unit);
        let names = [&row.option, f.scope, &f.place, &f.need, &f.role, &f.target, f.measure.name, &of];
        let [p5, p50, p95] = row.percentiles;
        let figures = [row.mean, row.interval.map(|i| i.low), row.interval.map(|i| i.high), p5, p50, p95];
        let mut cells = before.clone();
        cells.extend(names.map(ToOwned::to_owned));
        cells.push(row.n.to_string());
        cells.extend(figures.map(number));
        cells
    };
    at.rows.iter().map(row).collect()
}

/// `sweep.csv`.
///
/// # Errors
///
/// Where `out` cannot be written.
fn table(record: &Record, out: &mut dyn Write) -> io::Result<()> {
    let mut table = crate::report::cell::Table::to(out);
    let addresses = record.request.vary.iter().map(|vary| vary.address.as_str());
    table.write_record(["point"].into_iter().chain(addresses).chain(HEAD))?;
    for row in &record.rows {
        table.write_record(row)?;
    }
    table.flush()
}

/// Writes the files that a shard and a whole sweep share.
///
/// Both forms hold the same scenario, as nothing in it hangs on the points.
fn common(record: &Record, folder: &mut Folder) -> io::Result<()> {
    folder.file(TABLE, |out| table(record, out))?;
    folder.file(years::TABLE, |out| years::write(record, out))?;
    folder.file("scenario.toml", |out| out.write_all(record.scenario.as_bytes()))
}

/// Writes a whole sweep with its report and its pictures, and puts the folder in its place.
///
/// # Errors
///
/// Where a file cannot be written or the folder cannot be moved.
pub fn write(record: &Record, document: &Document, plots: &[Plot], mut folder: Folder) -> io::Result<()> {
    common(record, &mut folder)?;
    super::reported(&mut folder, document, &super::named(plots), &record.assumptions, &document::MEANING)?;
    let readme = document::readme(record, folder.files(), None);
    folder.file("README.txt", |out| out.write_all(readme.as_bytes()))?;
    let manifest = manifest(record, folder.files(), None);
    folder.finish(&manifest)
}

/// `manifest.json`; of a shard with its number.
///
/// Not the years that a precision took, but whether it was reached everywhere; null where none was asked.
fn manifest(record: &Record, written: &[Written], shard: Option<shard::Shard>) -> String {
    let listed: Vec<Value> =
        written.iter().map(|f| json!({ "name": f.name, "bytes": f.bytes, "blake3": f.hash })).collect();
    let mut manifest = json!({
        "program": PROGRAM,
        "command": "sweep",
        "request": record.request,
        "precision_reached": record.request.precision.map(|_| record.precise),
        "files": listed,
    });
    if let Some(shard) = shard {
        manifest["shard"] = json!({ "number": shard.number, "of": shard.of });
    }
    format!("{manifest:#}\n")
}
