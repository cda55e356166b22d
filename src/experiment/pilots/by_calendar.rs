//! Observed months and the calendar of the scenario: whose open days a practice has, and what has to be said of them.
//!
//! In: a series of months and the units of its pilot. Out: the practice of the scenario that a name means, the months in
//! which nobody was open, and sentences. Assumption: a practice that the scenario does not know by name keeps the mean
//! calendar of those it knows.

use super::layout::Layout;
use super::unit::Units;
use crate::scenario::pilots::{Month, Series, Value};
use crate::stats::moments::Moments;

/// The practice of the scenario that a name means, counted as the units list them; none where it has no such practice.
///
/// Names are compared as files write them: small letters, one stroke for a blank.
pub(super) fn place(name: &str, units: &Units) -> Option<usize> {
    let plain = |name: &str| name.trim().to_lowercase().replace([' ', '-'], "_");
    units.names.iter().position(|known| plain(known) == plain(name))
}

/// Open weeks of a value's month; 0 where the practice was closed throughout.
pub(super) fn weeks(value: &Value, series: &Series, units: &Units) -> f64 {
    units.open.month(place(&series.practices[value.practice].name, units), value.month)
}

/// True where a value can be compared: what grows with open days needs one of them.
pub(super) fn open(value: &Value, series: &Series, units: &Units) -> bool {
    !units.open.grows.with_open_days() || weeks(value, series, units) > 0.0
}

/// A month as a file writes it.
pub(super) fn said(month: Month) -> String {
    format!("{:04}-{:02}", month.year(), month.of_year() + 1)
}

/// What has to be said of the calendar by which months are compared; nothing of shares and means.
///
/// `kept` are the practices of the layout, as the series counts them.
pub(super) fn notes(series: &Series, layout: &Layout, kept: &[usize], units: &Units) -> Vec<String> {
    let mut notes = Vec::new();
    if !units.open.grows.with_open_days() {
        return notes;
    }
    let closed = series.values.iter().filter(|value| !open(value, series, units));
    let closed: Vec<String> = closed
        .map(|value| format!("{} in {}", series.practices[value.practice].name, said(value.month)))
        .collect();
    if !closed.is_empty() {
        notes.push(format!(
            "Left out, since the scenario's calendar has no open day there: {}.",
            closed.join(", ")
        ));
    }
    let place = |practice: usize| place(&series.practices[kept[practice]].name, units);
    let mean = |after: bool| {
        let cells = layout.cells.iter().filter(|cell| cell.after == after);
        let days: Vec<f64> = cells.map(|cell| units.open.days(place(cell.practice), cell.month)).collect();
        Moments::of(&days).mean()
    };
    if let (Some(before), Some(after)) = (mean(false), mean(true)) {
        notes.push(format!(
            "Months are compared by open days of the scenario's calendar, {before:.1} a month before and {after:.1} after, so fewer of them are no effect."
        ));
    }
    notes.extend(holidays(layout, units));
    let unknown: Vec<&str> = (0..kept.len())
        .filter(|practice| place(*practice).is_none())
        .map(|practice| series.practices[kept[practice]].name.as_str())
        .collect();
    if !unknown.is_empty() && !units.open.alike() {
        notes.push(format!(
            "The scenario knows no practice called {}, so the mean of its practices' open days is taken there.",
            unknown.join(", ")
        ));
    }
    notes
}

/// Dates that the calendar lacks in the months observed.
fn holidays(layout: &Layout, units: &Units) -> Vec<String> {
    let mut notes = Vec::new();
    let months = || layout.cells.iter().map(|cell| cell.month);
    let (Some(first), Some(last)) = (months().min(), months().max()) else { return notes };
    let [closed, part] = &units.open.unstated;
    for (what, years) in [("closed dates (bank holidays)", closed), ("part days", part)] {
        if !years.is_empty() {
            let years: Vec<String> = years.iter().map(ToString::to_string).collect();
            notes.push(format!(
                "The scenario's calendar states {what}, but none in {}: they are left out of the comparison, since known for some years alone they would make an effect.",
                years.join(", ")
            ));
        }
    }
    let inside = first.first()..last.next().first();
    if closed.is_empty() && !units.open.calendar.closed.iter().any(|day| inside.contains(day)) {
        notes.push("The scenario's calendar has no bank holiday in these months: if practices kept them, state `bank_holidays = \"england\"` under [calendar], or their days look like an effect.".into());
    }
    notes
}
