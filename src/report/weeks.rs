//! `weeks.csv` and `post_weeks.csv`: the course of the year, week by week, from exact counts.
//!
//! In: histograms over replications that are summed in integers. Out: mean and percentiles of each figure in each
//! counted week. Percentiles of one week are over years; they are of no single year.

use super::cell::spread;
use crate::experiment::run::RunResult;
use crate::outcome::sums::{MINUTES_WEEKLY, POST_WEEKLY, WEEKLY};
use crate::stats::histogram::Histogram;
use std::io::{self, Write};

/// Headings of the figures of a week.
const FIGURES: [&str; 9] = ["week", "week_start", "figure", "mean", "p5", "p25", "p50", "p75", "p95"];

/// Writes `weeks.csv`: requests, offered and used minutes, seen and backlog by place.
///
/// Minutes are of the posts based at the place [min, whole]. The last week may be shorter than seven days.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn places(result: &RunResult, out: &mut dyn Write) -> io::Result<()> {
    let mut table = crate::report::cell::Table::to(out);
    table.write_record(["option", "scope", "place"].iter().chain(&FIGURES))?;
    for (outcome, option) in result.options.iter().zip(&result.scenario.options) {
        let sums = &outcome.sums;
        for (p, place) in sums.places.iter().enumerate() {
            for week in 0..sums.weeks {
                let minutes = |f: usize| (MINUTES_WEEKLY[f], sums.minutes_week(p, week, f));
                let counts = |f: usize| (WEEKLY[f], sums.week(p, week, f));
                // Requests first, then what was offered and used for them, then what came of it.
                for (figure, values) in [counts(0), minutes(0), minutes(1), counts(1), counts(2)] {
                    let name = place.name(&option.model).to_owned();
                    let start = option.model.horizon.start.plus(7 * week as i32).to_string();
                    let head = vec![outcome.option.clone(), place.scope().to_owned(), name];
                    table.write_record(row(head, week, start, figure, values))?;
                }
            }
        }
    }
    table.flush()
}

/// Writes `post_weeks.csv`: offered and used minutes by post.
///
/// Posts that an option adds stand in its rows alone.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn posts(result: &RunResult, out: &mut dyn Write) -> io::Result<()> {
    let mut table = crate::report::cell::Table::to(out);
    table.write_record(["option", "post", "role"].iter().chain(&FIGURES))?;
    for (outcome, option) in result.options.iter().zip(&result.scenario.options) {
        let model = &option.model;
        for (i, post) in model.posts.iter().enumerate() {
            for week in 0..outcome.sums.weeks {
                for (f, figure) in POST_WEEKLY.iter().enumerate() {
                    let start = model.horizon.start.plus(7 * week as i32).to_string();
                    let role = model.roles[post.role].name.clone();
                    let head = vec![outcome.option.clone(), post.name.clone(), role];
                    let figure = format!("{figure}_minutes");
                    table.write_record(row(
                        head,
                        week,
                        start,
                        &figure,
                        outcome.sums.post_week(i, week, f),
                    ))?;
                }
            }
        }
    }
    table.flush()
}

/// One row; weeks are counted from 1.
///
/// `head` is what stands before the week; `start` is the week's first day.
fn row(mut head: Vec<String>, week: usize, start: String, figure: &str, values: &Histogram) -> Vec<String> {
    head.extend([(week + 1).to_string(), start, figure.to_owned()]);
    head.extend(spread(values));
    head
}
