//! `assumptions.csv`: every figure that was stated, what this run drew for it, and where it comes from.

use super::cell::number;
use crate::experiment::run::{RunResult, first};
use crate::model::number::Input;
use crate::plan::draws::DrawPlan;
use crate::scenario::Assumption;
use crate::stats::moments::Moments;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Columns.
pub const HEAD: [&str; 9] =
    ["address", "stated", "mean", "low", "high", "drawn_mean", "source", "confidence", "place"];

/// Writes the table: a number without a source is an assumption of the planner, and is shown as one.
///
/// Places run from the scenario's own folder, so that they are the same wherever that folder lies. How the run
/// itself is made (`run.`) is in the manifest.
pub fn write(result: &RunResult, folder: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(HEAD)?;
    for row in rows(result, folder) {
        table.write_record(row)?;
    }
    table.flush()
}

/// The rows of a run.
pub fn rows(result: &RunResult, folder: &str) -> Vec<Vec<String>> {
    let drawn = drawn_means(result);
    let figures = result.scenario.assumptions.iter().filter(|a| !a.address.starts_with("run."));
    figures.map(|figure| row(figure, drawn.get(&figure.address).copied(), folder)).collect()
}

/// One figure, with the mean of what was drawn for it.
pub fn row(figure: &Assumption, drawn: Option<f64>, folder: &str) -> Vec<String> {
    vec![
        figure.address.clone(),
        one_line(&figure.text),
        number(figure.mean),
        number(figure.range.map(|r| r.0)),
        number(figure.range.map(|r| r.1)),
        number(drawn),
        figure.source.clone().unwrap_or_else(|| "assumption".into()),
        figure.confidence.clone().unwrap_or_default(),
        figure.place.strip_prefix(folder).unwrap_or(&figure.place).to_owned(),
    ]
}

/// Mean over this run's draws of every uncertain figure, by address (over practices too where each has its own).
fn drawn_means(result: &RunResult) -> BTreeMap<String, f64> {
    let mut means = BTreeMap::new();
    for option in &result.scenario.options {
        let inputs = &option.model.inputs;
        let plan = DrawPlan::new(inputs, &option.model.practices, result.seed);
        let mut slots = vec![0.0; plan.slots()];
        let mut moments = vec![Moments::default(); plan.slots()];
        if slots.is_empty() {
            continue;
        }
        for rep in first(result.replications) {
            plan.draw(rep.draw, &mut slots);
            moments.iter_mut().zip(&slots).for_each(|(m, x)| m.push(*x));
        }
        for (input, range) in inputs.iter() {
            let slots = &moments[range];
            match input {
                Input::One(quantity) => {
                    let all: Vec<f64> = slots.iter().filter_map(Moments::mean).collect();
                    if let Some(mean) = Moments::of(&all).mean() {
                        means.entry(quantity.address.clone()).or_insert(mean);
                    }
                }
                Input::Shares(shares) => {
                    for (part, moments) in slots.iter().enumerate() {
                        if let Some(mean) = moments.mean() {
                            means.entry(shares.part_address(part)).or_insert(mean);
                        }
                    }
                }
            }
        }
    }
    means
}

/// A text on one line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
