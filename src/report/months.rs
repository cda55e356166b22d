//! `months.csv`: the course of the year by place and calendar month, for who asks what will be noticed by March.
//!
//! In: months with their means, the weekly sums over replications. Out: a row for each figure of a month. Percentiles
//! are known of the backlog alone, which is that at the end of the last week which ends in the month.

use super::cell::{number, spread};
use super::gpad::month_start;
use crate::experiment::run::RunResult;
use crate::findings::months::months;
use crate::outcome::sums::{BACKLOG, WEEKLY};
use crate::units::Day;
use std::io::{self, Write};

/// Headings.
const HEAD: [&str; 13] =
    ["option", "scope", "place", "month", "from", "to", "figure", "mean", "p5", "p25", "p50", "p75", "p95"];

/// Writes the table; months that the period cuts have the days between `from` and `to`.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn write(result: &RunResult, out: &mut dyn Write) -> io::Result<()> {
    let mut table = super::cell::Table::to(out);
    table.write_record(HEAD)?;
    for (outcome, option) in result.options.iter().zip(&result.scenario.options) {
        let model = &option.model;
        let months = months(model, outcome.sums.weeks);
        for (at, place) in outcome.sums.places.iter().enumerate() {
            for month in &months {
                let head = |figure: &str, from: Day, to: Day| -> Vec<String> {
                    let (scope, name) = (place.scope(), place.name(model));
                    let month = &month_start(model, month.number)[..7];
                    let days = [&outcome.option, scope, name, month, &from.to_string(), &to.to_string()];
                    days.into_iter().chain([figure]).map(str::to_owned).collect()
                };
                for (figure, mean) in month.means(model, outcome, (at, *place)) {
                    let mut row = head(figure, month.first, month.last);
                    row.push(number(mean));
                    row.resize(HEAD.len(), String::new());
                    table.write_record(row)?;
                }
                if let Some((week, day)) = month.last_week {
                    let mut row = head(WEEKLY[BACKLOG], day, day);
                    row.extend(spread(outcome.sums.week(at, week, BACKLOG)));
                    table.write_record(row)?;
                }
            }
        }
    }
    table.flush()
}
