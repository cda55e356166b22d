//! `summary.csv`: every figure of every option in one table, a row a figure.
//!
//! In: the outcome of every option. Out: for each column of the outcome the mean with its 95 % interval, the
//! standard deviation and percentiles over replications. Columns were added at the end (`target`, `change`), so
//! that the place of the others stays.

use super::cell::{number, unit};
use crate::experiment::run::RunResult;
use crate::model::Model;
use crate::outcome::Outcome;
use crate::outcome::columns::{About, Column};
use crate::stats::moments::Moments;
use crate::stats::quantile::{Definition, quantile_of_sorted, sorted};
use std::io::{self, Write};

/// Percentiles of a row.
const PERCENTILES: [f64; 7] = [0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95];

/// Headings.
const HEADINGS: [&str; 21] = [
    "option",
    "scope",
    "place",
    "need",
    "role",
    "measure",
    "unit",
    "n",
    "mean",
    "mean_low",
    "mean_high",
    "sd",
    "p5",
    "p10",
    "p25",
    "p50",
    "p75",
    "p90",
    "p95",
    "target",
    "change",
];

/// Writes the table.
///
/// Also of options that lack a need or a role of another: each option writes its own columns.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn write(result: &RunResult, out: &mut dyn Write) -> io::Result<()> {
    let mut table = crate::report::cell::Table::to(out);
    table.write_record(HEADINGS)?;
    for (outcome, option) in result.options.iter().zip(&result.scenario.options) {
        for (at, column) in outcome.columns.all.iter().enumerate() {
            table.write_record(row(&option.model, outcome, at, column))?;
        }
    }
    table.flush()
}

/// The row of one figure.
///
/// `at` is the place of `column` in the outcome. Replications without a value are left out; `n` counts the
/// others.
fn row(model: &Model, outcome: &Outcome, at: usize, column: &Column) -> Vec<String> {
    let values = outcome.column(at);
    let moments = Moments::of(&values);
    let interval = column.measure.interval(&values);
    let [need, role, target, change] = about(model, column.about);
    let mut row = vec![
        outcome.option.clone(),
        column.place.scope().to_owned(),
        column.place.name(model).to_owned(),
        need,
        role,
        column.measure.name.to_owned(),
        unit(column.measure.unit),
        moments.n().to_string(),
        number(moments.mean()),
        number(interval.map(|i| i.low)),
        number(interval.map(|i| i.high)),
        number(moments.sd()),
    ];
    // Sorted once for all seven percentiles.
    let values = sorted(&values);
    row.extend(PERCENTILES.map(|p| number(quantile_of_sorted(&values, p, Definition::Type7))));
    row.extend([target, change]);
    row
}

/// Names of need, role, target and change that a figure is about; empty where it is about all.
///
/// In the order [need, role, target, change]. A target names its need too; a redirect is named by its address in
/// the scenario.
pub fn about(model: &Model, about: About) -> [String; 4] {
    let none = String::new;
    match about {
        About::All => [none(), none(), none(), none()],
        About::Need(k) => [model.needs[k].name.clone(), none(), none(), none()],
        About::Role(r) => [none(), model.roles[r].name.clone(), none(), none()],
        About::Target(t) => {
            let target = &model.targets[t];
            [model.needs[target.need].name.clone(), none(), target.name.clone(), none()]
        }
        About::Redirect(n) => {
            let name =
                crate::book::build::redirects(model).nth(n).map_or(String::new(), |(lever, change)| {
                    let lever = &model.levers[lever];
                    format!("lever.{}.change.{}", lever.name, lever.changes[change].0)
                });
            [none(), none(), none(), name]
        }
    }
}
