//! `gpad.csv`: appointments in the layout of the national collection (Appointments in General Practice), so
//! that a simulated year can be laid beside a published one.
//!
//! Counts are means over replications. Labels are as published, double spaces included. A contact's mode is not
//! simulated: counts are divided by the stated shares of the need.

use super::cell::number;
use crate::book::tally::BANDS;
use crate::experiment::run::RunResult;
use crate::model::Model;
use crate::outcome::Outcome;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Time between booking and appointment, as published.
///
/// In the order of the sums' bands; double spaces are the collection's own.
pub const BAND_LABELS: [&str; BANDS] = [
    "Same Day",
    "1 Day",
    "2 to 7 Days",
    "8  to 14 Days",
    "15  to 21 Days",
    "22  to 28 Days",
    "More than 28 Days",
];

/// Modes, as published, in the order of [`crate::model::need::MODES`].
pub const MODE_LABELS: [&str; 4] = ["Face-to-Face", "Telephone", "Video/Online", "Home Visit"];

/// Statuses, as published, in the order of the sums.
pub const STATUS_LABELS: [&str; 2] = ["Attended", "DNA"];

/// Headings: ours first, then the collection's.
const HEADINGS: [&str; 9] = [
    "option",
    "place",
    "APPOINTMENT_MONTH",
    "APPT_STATUS",
    "HCP_TYPE",
    "APPT_MODE",
    "NATIONAL_CATEGORY",
    "TIME_BETWEEN_BOOK_AND_APPT",
    "COUNT_OF_APPOINTMENTS",
];

/// Practice, month, status, staff group, mode, category, band.
///
/// Practice, month counted from that of the start, place in [`STATUS_LABELS`], staff group, place in
/// [`MODE_LABELS`], category, place in [`BAND_LABELS`]. Rows are written in this order: two needs of one category
/// and two roles of one group add up.
type Cell<'a> = (usize, usize, usize, &'a str, usize, &'a str, usize);

/// Writes the table; cells without an appointment are left out, as in the collection.
pub fn write(result: &RunResult, out: &mut dyn Write) -> io::Result<()> {
    let mut table = crate::report::cell::Table::to(out);
    table.write_record(HEADINGS)?;
    for (outcome, option) in result.options.iter().zip(&result.scenario.options) {
        let model = &option.model;
        for ((p, month, status, group, mode, category, band), sum) in counts(model, outcome) {
            table.write_record([
                outcome.option.as_str(),
                &model.practices[p].name,
                &month_start(model, month),
                STATUS_LABELS[status],
                group,
                MODE_LABELS[mode],
                category,
                BAND_LABELS[band],
                &number(sum / outcome.sums.replications as f64),
            ])?;
        }
    }
    table.flush()
}

/// Sums over replications, by cell of the collection.
///
/// A need without a category is `Unmapped`, as in the collection.
fn counts<'a>(model: &'a Model, outcome: &Outcome) -> BTreeMap<Cell<'a>, f64> {
    let sums = &outcome.sums;
    // From the length: the sums hold `[cell][month][band]`.
    let months = sums.bands.len() / (sums.seen_cells.len() * BANDS).max(1);
    let mut counts = BTreeMap::new();
    for (at, &(p, need, role)) in sums.seen_cells.iter().enumerate() {
        let group = model.roles[role].staff_group.as_str();
        let category = model.needs[need].gpad_category.as_deref().unwrap_or("Unmapped");
        for month in 0..months {
            for band in 0..BANDS {
                let by_status = sums.bands[(at * months + month) * BANDS + band];
                for (status, n) in by_status.into_iter().enumerate().filter(|(_, n)| *n > 0) {
                    for (mode, share) in
                        // Counts split by stated shares are no longer whole; the order of the sum is fixed by the
                        // loops.
                        model.needs[need].mode.into_iter().enumerate().filter(|(_, s)| *s > 0.0)
                    {
                        *counts.entry((p, month, status, group, mode, category, band)).or_insert(0.0) +=
                            n as f64 * share;
                    }
                }
            }
        }
    }
    counts
}

/// First day of a month, counted from the month of the start.
///
/// `APPOINTMENT_MONTH` as published: a date. A month that the period cuts has fewer days and the same label.
pub(super) fn month_start(model: &Model, month: usize) -> String {
    let start = model.horizon.start.date();
    let months = i32::from(start.year()) * 12 + i32::from(start.month()) - 1 + month as i32;
    format!("{:04}-{:02}-01", months.div_euclid(12), months.rem_euclid(12) + 1)
}
