//! `shortfall.csv`: sessions a week that are missing, by place, role and month: what locums or a staff bank would have to
//! cover.
//!
//! In: the exact sums over replications. Out: a row for each month of a place and role, one for the whole period and one
//! for each year's worst month.

use super::cell::number;
use crate::experiment::run::RunResult;
use crate::model::Model;
use crate::outcome::sums::shortfall::{At, PARTS};
use crate::stats::histogram::Histogram;
use std::io::{self, Write};

/// Headings.
const HEAD: [&str; 16] = [
    "option",
    "scope",
    "place",
    "role",
    "month",
    "from",
    "to",
    "weeks",
    "mean",
    "p5",
    "p25",
    "p50",
    "p75",
    "p90",
    "p95",
    "years_short",
];

/// What is missing is written to hundredths of a session a week: a year short of less is not short.
fn cells(missing: &Histogram) -> [String; 8] {
    let at = |p: f64| number(missing.quantile(p).map(|parts| f64::from(parts) / PARTS));
    let short: u64 = missing.iter().filter(|(parts, _)| *parts > 0).map(|(_, years)| years).sum();
    let years_short = (missing.total() > 0).then(|| short as f64 / missing.total() as f64);
    let mean = number(missing.mean().map(|parts| parts / PARTS));
    [mean, at(0.05), at(0.25), at(0.5), at(0.75), at(0.9), at(0.95), number(years_short)]
}

/// Scope and name of whose sessions are missing; practices that share a post stand with a plus between them.
fn place(model: &Model, at: &At) -> [String; 2] {
    match at {
        At::Place(place) => [place.scope().to_owned(), place.name(model).to_owned()],
        At::Sharing(practices) => {
            let names: Vec<&str> = practices.iter().map(|p| model.practices[*p].name.as_str()).collect();
            ["sharing".to_owned(), names.join("+")]
        }
    }
}

/// Writes the table; `month` is `all` in the row of the whole period, `worst` in that of each year's worst month.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn write(result: &RunResult, out: &mut dyn Write) -> io::Result<()> {
    let mut table = super::cell::Table::to(out);
    table.write_record(HEAD)?;
    for (outcome, option) in result.options.iter().zip(&result.scenario.options) {
        let model = &option.model;
        let sums = &outcome.sums.shortfalls;
        let (Some(first), Some(last)) = (sums.months.first(), sums.months.last()) else { continue };
        let month = |of: (i16, i8)| format!("{:04}-{:02}", of.0, of.1);
        let mut spans: Vec<_> =
            sums.months.iter().map(|m| (month(m.of), m.first, m.last, m.weeks.len())).collect();
        let whole = |name: &str| (name.to_owned(), first.first, last.last, last.weeks.end);
        spans.extend(["all", "worst"].map(whole));
        for (at, cell) in sums.cells.iter().enumerate() {
            for (number, (name, from, to, weeks)) in spans.iter().enumerate() {
                let [scope, place] = place(model, &cell.at);
                let role = model.roles[cell.role].name.clone();
                let head = [outcome.option.clone(), scope, place, role, name.clone()];
                let row = head.into_iter().chain([from.to_string(), to.to_string(), weeks.to_string()]);
                table.write_record(row.chain(cells(sums.of(at, number))))?;
            }
        }
    }
    table.flush()
}
