//! `assumptions.csv`: every figure that was stated, what this run drew for it, and where it comes from.
//!
//! In: a run and the figures of its scenario, in the order of the files. Out: a row a figure. The means are of
//! the draws of this run, which are drawn here once more from the seed; no year is played for them.

use super::cell::number;
use crate::experiment::run::{RunResult, first};
use crate::model::number::Input;
use crate::plan::draws::DrawPlan;
use crate::scenario::Assumption;
use crate::stats::moments::Moments;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Columns.
///
/// Columns, in the order of [`row`]: `option` is the one whose overlay states it, empty where
/// it is of all that do not state it anew; `stated` is the text of the file, `mean`, `low` and `high` the law's own,
/// `drawn_mean` the mean of what this run drew. The file of the pilots has the same ones and a column more.
pub const HEAD: [&str; 10] =
    ["address", "option", "stated", "mean", "low", "high", "drawn_mean", "source", "confidence", "place"];

/// Writes the table: a number without a source is an assumption of the planner, and is shown as one.
///
/// Places run from the scenario's own folder, so that they are the same wherever that folder lies. How the run
/// itself is made (`run.`) is in the manifest.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn write(result: &RunResult, folder: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut table = crate::report::cell::Table::to(out);
    table.write_record(HEAD)?;
    for row in rows(result, folder) {
        table.write_record(row)?;
    }
    table.flush()
}

/// The rows of a run.
///
/// A row a stated figure, as wide as [`HEAD`]; `folder` is taken off the head of a place that begins with it.
pub fn rows(result: &RunResult, folder: &str) -> Vec<Vec<String>> {
    let drawn = drawn_means(result);
    let figures = result.scenario.assumptions.iter().filter(|a| !a.address.starts_with("run."));
    let of = |option: &str, address: &str| drawn.get(&(option.to_owned(), address.to_owned())).copied();
    // A figure of all is drawn alike in every option that does not state it anew: the first of them tells.
    let all = &result.scenario;
    let of_all = |address: &str| {
        let own = |option: &&crate::scenario::OptionModel| {
            all.figure(&option.name, address).is_some_and(|figure| figure.option.is_some())
        };
        all.options.iter().filter(|option| !own(option)).find_map(|option| of(&option.name, address))
    };
    let mean = |figure: &Assumption| match &figure.option {
        Some(option) => of(option, &figure.address),
        None => of_all(&figure.address),
    };
    figures.map(|figure| row(figure, mean(figure), folder)).collect()
}

/// One figure, with the mean of what was drawn for it.
///
/// `drawn` is `None` where the figure is certain or nothing was drawn: the cell is then empty.
pub fn row(figure: &Assumption, drawn: Option<f64>, folder: &str) -> Vec<String> {
    vec![
        figure.address.clone(),
        figure.option.clone().unwrap_or_default(),
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

/// Mean over this run's draws of every uncertain figure, by option and address (over practices too where each has its own).
///
/// Costs one pass over the draws for each option, with no year played.
fn drawn_means(result: &RunResult) -> BTreeMap<(String, String), f64> {
    let mut means = BTreeMap::new();
    for option in &result.scenario.options {
        let inputs = &option.model.inputs;
        let at = |address: &str| (option.name.clone(), address.to_owned());
        let plan = DrawPlan::new(inputs, &option.model.practices, result.seed);
        let mut slots = vec![0.0; plan.slots()];
        let mut moments = vec![Moments::default(); plan.slots()];
        if slots.is_empty() {
            // A plan without slots draws nothing: every figure of this option is certain.
            continue;
        }
        for rep in first(result.replications) {
            plan.draw(rep.draw, &mut slots);
            moments.iter_mut().zip(&slots).for_each(|(m, x)| m.push(*x));
        }
        // One slot for a number shared by all, one a practice where each has its own; a slot a part for shares.
        for (input, range) in inputs.iter() {
            let slots = &moments[range];
            match input {
                Input::One(quantity) => {
                    let all: Vec<f64> = slots.iter().filter_map(Moments::mean).collect();
                    if let Some(mean) = Moments::of(&all).mean() {
                        means.entry(at(&quantity.address)).or_insert(mean);
                    }
                }
                Input::Shares(shares) => {
                    for (part, moments) in slots.iter().enumerate() {
                        if let Some(mean) = moments.mean() {
                            means.entry(at(&shares.part_address(part))).or_insert(mean);
                        }
                    }
                }
            }
        }
    }
    means
}

/// A text on one line.
///
/// The text of a figure may be a table of several lines in its file; a cell holds it on one.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
