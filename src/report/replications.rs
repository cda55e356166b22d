//! `replications.parquet`: every replication by itself, for those who do their own statistics.
//!
//! A row a (replication, option, place), the measures of the place and of its targets as columns; with every
//! detail asked for, `replications_full.parquet` has a row a figure. Replications with one number saw the
//! same luck in every option, so options are compared replication by replication.
//!
//! In: the outcome of every option. Out: Parquet, chunk by chunk, so that the whole table is never held a second
//! time. Figures are 32-bit floats, as the outcome keeps them; no value is null.

use super::parquet::{Columns, Kind, Values};
use super::summary::about;
use crate::experiment::run::RunResult;
use crate::model::Model;
use crate::outcome::Outcome;
use crate::outcome::columns::{About, Place};
use crate::outcome::measure::{Grain, MEASURES};
use std::io::{self, Write};

/// Rows of a chunk, about: enough to compress well, few enough to hold.
///
/// A chunk is a row group; in the table of places it holds all columns of so many rows.
const CHUNK: usize = 1 << 16;

/// Writes the table of places.
///
/// Columns: replication (from 0), option, scope, place, then a column a measure of a place, then
/// `MEASURE.TARGET`. The columns are those of all options together: what one option does not have is null in its
/// rows.
///
/// # Errors
///
/// Where the file cannot be written.
pub fn places(result: &RunResult, out: &mut (dyn Write + Send)) -> io::Result<()> {
    let figures = figures(result);
    let head =
        [("replication", Kind::Whole), ("option", Kind::Text), ("scope", Kind::Text), ("place", Kind::Text)];
    let mut columns: Vec<(String, Kind)> =
        head.iter().map(|(name, kind)| ((*name).to_owned(), *kind)).collect();
    columns.extend(figures.iter().map(|f| (f.name(), Kind::Figure)));
    let mut table = Columns::new(out, &columns)?;
    for (outcome, option) in result.options.iter().zip(&result.scenario.options) {
        // The column of each figure at each place; none where the option does not keep it.
        let places = &outcome.sums.places;
        let at: Vec<Vec<Option<usize>>> = figures
            .iter()
            .map(|f| places.iter().map(|&p| f.column(&option.model, outcome, p)).collect())
            // Whole replications in a chunk: at least one, however many places.
            .collect();
        let step = (CHUNK / places.len().max(1)).max(1);
        for start in (0..outcome.replications()).step_by(step) {
            let reps = start..(start + step).min(outcome.replications());
            let each =
                || reps.clone().flat_map(|r| places.iter().enumerate().map(move |(p, place)| (r, p, *place)));
            let mut values = vec![
                // Replications are far fewer than an i32 holds.
                Values::Whole(each().map(|(r, _, _)| r as i32).collect()),
                Values::Text(each().map(|_| outcome.option.as_str()).collect()),
                Values::Text(each().map(|(_, _, place)| place.scope()).collect()),
                Values::Text(each().map(|(_, _, place)| place.name(&option.model)).collect()),
            ];
            let figure = |at: &Vec<Option<usize>>| {
                let column = |c: &Option<usize>| c.map(|c| outcome.stretch(c, reps.clone()));
                let by_place: Vec<Option<Vec<f32>>> = at.iter().map(column).collect();
                let value = |r: usize, p: usize| by_place[p].as_ref().map_or(f32::NAN, |all| all[r - start]);
                Values::Figure(each().map(|(r, p, _)| value(r, p)).collect())
            };
            values.extend(at.iter().map(figure));
            table.rows(&values)?;
        }
    }
    table.finish()
}

/// A column of the table of places.
///
/// Of a place where `target` is none, else of that target there.
struct Figure {
    /// Name of the measure.
    measure: &'static str,
    /// Name of the target that it is of.
    target: Option<String>,
}

impl Figure {
    /// The heading of its column.
    fn name(&self) -> String {
        match &self.target {
            Some(target) => format!("{}.{target}", self.measure),
            None => self.measure.to_owned(),
        }
    }

    /// Where an option keeps it.
    ///
    /// None where the option lacks the target, or keeps the measure not for this place.
    fn column(&self, model: &Model, outcome: &Outcome, place: Place) -> Option<usize> {
        let about = match &self.target {
            Some(name) => About::Target(model.targets.iter().position(|t| t.name == *name)?),
            None => About::All,
        };
        outcome.columns.find(self.measure, place, about)
    }
}

/// Measures of a place, then those of every target of any option.
///
/// Targets in the order in which the options first state them, each once.
fn figures(result: &RunResult) -> Vec<Figure> {
    let of_place = MEASURES.iter().filter(|m| matches!(m.grain, Grain::Need | Grain::Place));
    let mut figures: Vec<Figure> = of_place.map(|m| Figure { measure: m.name, target: None }).collect();
    let mut targets: Vec<&str> = Vec::new();
    for target in result.scenario.options.iter().flat_map(|o| &o.model.targets) {
        if !targets.contains(&target.name.as_str()) {
            targets.push(&target.name);
        }
    }
    for target in targets {
        let of_target = MEASURES.iter().filter(|m| m.grain == Grain::Target);
        figures.extend(of_target.map(|m| Figure { measure: m.name, target: Some(target.to_owned()) }));
    }
    figures
}

/// Writes every figure in long form; figures without a value are left out.
///
/// One row a replication, option and figure; columns name the figure as `summary.csv` does. Large: it is written
/// only where every detail is asked for.
///
/// # Errors
///
/// Where the file cannot be written.
pub fn full(result: &RunResult, out: &mut (dyn Write + Send)) -> io::Result<()> {
    let names = ["option", "scope", "place", "need", "role", "target", "change", "measure"];
    let mut columns = vec![("replication".to_owned(), Kind::Whole)];
    columns.extend(names.map(|name| (name.to_owned(), Kind::Text)));
    columns.push(("value".to_owned(), Kind::Figure));
    let mut table = Columns::new(out, &columns)?;
    for (outcome, option) in result.options.iter().zip(&result.scenario.options) {
        let model = &option.model;
        let abouts: Vec<[String; 4]> = outcome.columns.all.iter().map(|c| about(model, c.about)).collect();
        let step = (CHUNK / abouts.len().max(1)).max(1);
        for start in (0..outcome.replications()).step_by(step) {
            let reps = start..(start + step).min(outcome.replications());
            let by_column: Vec<Vec<f32>> =
                (0..abouts.len()).map(|c| outcome.stretch(c, reps.clone())).collect();
            let value = |r: usize, c: usize| by_column[c][r - start];
            // Within a replication in the order of the columns.
            let known: Vec<(usize, usize)> = reps
                .flat_map(|r| (0..abouts.len()).map(move |c| (r, c)))
                .filter(|&(r, c)| !value(r, c).is_nan())
                .collect();
            if known.is_empty() {
                continue;
            }
            let column = |c: usize| &outcome.columns.all[c];
            table.rows(&[
                Values::Whole(known.iter().map(|&(r, _)| r as i32).collect()),
                Values::Text(vec![outcome.option.as_str(); known.len()]),
                Values::Text(known.iter().map(|&(_, c)| column(c).place.scope()).collect()),
                Values::Text(known.iter().map(|&(_, c)| column(c).place.name(model)).collect()),
                Values::Text(known.iter().map(|&(_, c)| abouts[c][0].as_str()).collect()),
                Values::Text(known.iter().map(|&(_, c)| abouts[c][1].as_str()).collect()),
                Values::Text(known.iter().map(|&(_, c)| abouts[c][2].as_str()).collect()),
                Values::Text(known.iter().map(|&(_, c)| abouts[c][3].as_str()).collect()),
                Values::Text(known.iter().map(|&(_, c)| column(c).measure.name).collect()),
                Values::Figure(known.iter().map(|&(r, c)| value(r, c)).collect()),
            ])?;
        }
    }
    table.finish()
}
