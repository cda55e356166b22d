//! `months.csv`: the course of the year by place and calendar month, for who asks what will be noticed by March.
//!
//! In: the weekly sums over replications, and appointments by month. Out: means of requests, appointments attended and
//! not attended, minutes offered and used; the backlog at the month's end with its percentiles over years.
//!
//! Appointments are counted by month. Requests and minutes are kept by week: a week that lies across two months is
//! parted by its open days, so their percentiles are not known and stay empty. The backlog is that at the end of the
//! last week which ends in the month.

use super::cell::{number, spread};
use super::gpad::month_start;
use crate::book::tally::BANDS;
use crate::experiment::run::RunResult;
use crate::model::Model;
use crate::outcome::Outcome;
use crate::outcome::columns::Place;
use crate::outcome::sums::{BACKLOG, MINUTES_WEEKLY, OFFERED, REQUESTS, USED, WEEKLY};
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
        for (at, place) in outcome.sums.places.iter().enumerate() {
            for month in months(model) {
                let head = |figure: &str, from: Day, to: Day| -> Vec<String> {
                    let (scope, name) = (place.scope(), place.name(model));
                    let month = &month_start(model, month.number)[..7];
                    let days = [&outcome.option, scope, name, month, &from.to_string(), &to.to_string()];
                    days.into_iter().chain([figure]).map(str::to_owned).collect()
                };
                for (figure, mean) in means(model, outcome, (at, *place), &month) {
                    let mut row = head(figure, month.first, month.last);
                    row.push(number(mean));
                    row.resize(HEAD.len(), String::new());
                    table.write_record(row)?;
                }
                // A month without a week's end, at the end of the period, has none.
                if let Some((week, day)) = month.last_week(model, outcome.sums.weeks) {
                    let mut row = head(WEEKLY[BACKLOG], day, day);
                    row.extend(spread(outcome.sums.week(at, week, BACKLOG)));
                    table.write_record(row)?;
                }
            }
        }
    }
    table.flush()
}

/// The counted days of a calendar month.
struct Month {
    /// Counted from the month of the start.
    number: usize,
    first: Day,
    last: Day,
}

impl Month {
    /// The last week that ends in it, and the day on which it ends.
    fn last_week(&self, model: &Model, weeks: usize) -> Option<(usize, Day)> {
        let ends = |week: usize| days_of(model, week).1;
        let week = (0..weeks).rev().find(|week| (self.first.0..=self.last.0).contains(&ends(*week).0))?;
        Some((week, ends(week)))
    }

    /// The share of a week that lies in it, by open days; by all days of a week that has none.
    fn share(&self, model: &Model, week: usize) -> f64 {
        let (first, last) = days_of(model, week);
        let inside = |day: i32| (self.first.0..=self.last.0).contains(&day);
        if !(first.0..=last.0).any(inside) {
            return 0.0;
        }
        let open = |day: i32| model.calendar.open_share(None, Day(day)) > 0.0;
        let any = (first.0..=last.0).any(open);
        let counted: Vec<i32> = (first.0..=last.0).filter(|day| !any || open(*day)).collect();
        counted.iter().filter(|day| inside(**day)).count() as f64 / counted.len().max(1) as f64
    }
}

/// First and last counted day of a week.
fn days_of(model: &Model, week: usize) -> (Day, Day) {
    let first = model.horizon.start.plus(7 * week as i32);
    (first, Day((first.0 + 6).min(model.horizon.last().0)))
}

/// The months of the period, in order.
fn months(model: &Model) -> Vec<Month> {
    let mut all: Vec<Month> = Vec::new();
    for at in 0..model.horizon.days {
        let day = model.horizon.start.plus(at as i32);
        match all.last_mut().filter(|month| month.first.month() == day.month()) {
            Some(month) => month.last = day,
            None => all.push(Month { number: all.len(), first: day, last: day }),
        }
    }
    all
}

/// Means of a month's counts and minutes at a place.
fn means(
    model: &Model,
    outcome: &Outcome,
    (at, place): (usize, Place),
    month: &Month,
) -> [(&'static str, f64); 5] {
    let sums = &outcome.sums;
    let parted = |of: &dyn Fn(usize) -> f64| -> f64 {
        let share = |week| month.share(model, week);
        (0..sums.weeks).filter(|week| share(*week) > 0.0).map(|week| share(week) * of(week)).sum()
    };
    let minutes = |figure| parted(&|week| sums.minutes_week(at, week, figure).mean().unwrap_or(0.0));
    let [attended, dna] = appointments(model, outcome, place, month.number);
    [
        (WEEKLY[REQUESTS], parted(&|week| sums.week(at, week, REQUESTS).mean().unwrap_or(0.0))),
        ("attended", attended),
        ("dna", dna),
        (MINUTES_WEEKLY[OFFERED], minutes(OFFERED)),
        (MINUTES_WEEKLY[USED], minutes(USED)),
    ]
}

/// Appointments of a month, attended and not attended.
fn appointments(model: &Model, outcome: &Outcome, place: Place, month: usize) -> [f64; 2] {
    let sums = &outcome.sums;
    let months = sums.bands.len() / (sums.seen_cells.len() * BANDS).max(1);
    let practices = place.practices(model);
    let mut counted = [0_u64; 2];
    for (cell, _) in sums.seen_cells.iter().enumerate().filter(|(_, (p, ..))| practices.contains(p)) {
        for band in 0..BANDS {
            let by_status = sums.bands[(cell * months + month) * BANDS + band];
            counted.iter_mut().zip(by_status).for_each(|(sum, n)| *sum += n);
        }
    }
    counted.map(|n| n as f64 / sums.replications.max(1) as f64)
}
