//! What was observed: a published effect as it is, or months by practice put through the analysis of [`super::layout`].
//!
//! In: what a pilot states it saw, and in what units. Out: [`Measured`], the effect and how sure it is. Every gap of
//! the months is said in words ([`Months::notes`]), so nobody reads a number that the months cannot carry.

use super::by_calendar::{self, said};
use super::layout::{Cell, Layout};
use super::unit::Units;
use crate::scenario::pilots::{Month, Published, Seen, Series, Value};
use crate::stats::moments::Moments;
use crate::stats::normal::normal_quantile;
use crate::stats::panel::Estimate;
use crate::units::Day;
use std::collections::BTreeSet;

/// Why an effect has no error.
///
/// The effect itself may still be there: it is shown without an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoError {
    /// It was published without an interval.
    NotPublished,
    /// Fewer than two practices did it.
    OnePractice,
    /// No practice has months both before and after.
    NoBeforeAndAfter,
    /// Each practice has the same value in all of its months.
    NeverVaries,
}

/// Months as they were used.
///
/// Notes are whole sentences, one a gap.
#[derive(Clone, Debug)]
pub struct Months {
    /// Their layout.
    pub layout: Layout,
    /// Mean of the pilots before.
    pub before: f64,
    /// What is missing or unequal, in plain words.
    pub notes: Vec<String>,
    /// Before the start, by how much more a year the pilots rose than the controls; none without controls.
    pub drift: Option<Estimate>,
}

/// An observed effect.
///
/// `effect` may be there where `estimate` is not: a difference of two means needs no error.
#[derive(Clone, Debug)]
pub struct Measured {
    /// The effect; NaN where there is none.
    pub effect: f64,
    /// The effect with its error, or why there is none.
    pub estimate: Result<Estimate, NoError>,
    /// Lowest and highest of its sites, or a range by judgement.
    pub sites: Option<(f64, f64)>,
    /// Months; none for a published effect.
    pub months: Option<Months>,
}

/// The observed effect of a pilot.
///
/// `started` is the day the pilot began; months before it are the months to compare with.
pub fn measured(seen: &Seen, started: Option<Day>, units: &Units) -> Measured {
    match seen {
        Seen::Published(published) => of_published(published),
        Seen::Series(series) => of_series(series, started.unwrap_or(Day(0)), units),
    }
}

/// The published interval as it stands: on either side of the effect a half normal law of its own width, so that the
/// ends are where they were published, with the same chance beyond each (Barlow, Asymmetric statistical errors, 2004).
fn of_published(published: &Published) -> Measured {
    let effect = published.effect;
    let estimate = published.interval.map(|(low, high, level)| {
        let z = normal_quantile(0.5 + 0.5 * level);
        Estimate { effect, error: (effect - low) / z, above: (high - effect) / z, df: f64::INFINITY }
    });
    Measured {
        effect: published.effect,
        estimate: estimate.ok_or(NoError::NotPublished),
        sites: published.sites,
        months: None,
    }
}

/// A month of which a part lies before the start is neither before nor after, so the next one is the first.
fn of_series(series: &Series, started: Day, units: &Units) -> Measured {
    let start = Month::from(started);
    let broken = started.date().day() != 1;
    let mut notes = Vec::new();
    let whole = |month: Month| !(broken && month.0 == start.0 - 1);
    let inside = |value: &Value| whole(value.month) && by_calendar::open(value, series, units);
    if broken && series.values.iter().any(|value| !whole(value.month)) {
        notes.push(format!("The month in which it began ({started}) is left out: part of it lies before."));
    }
    let has = |practice: usize, after: bool| {
        let own = |value: &&Value| value.practice == practice && inside(value);
        series.values.iter().filter(own).any(|value| (value.month >= start) == after)
    };
    let mut kept: Vec<usize> = Vec::new();
    for (practice, known) in series.practices.iter().enumerate() {
        match (has(practice, false), has(practice, true)) {
            (true, true) => kept.push(practice),
            (false, true) => {
                notes.push(format!(
                    "Practice {} has no month before the start, so it is left out.",
                    known.name
                ));
            }
            (true, false) => {
                notes.push(format!(
                    "Practice {} has no month after the start, so it is left out.",
                    known.name
                ));
            }
            (false, false) => {
                notes.push(format!("Practice {} has no month that could be used.", known.name));
            }
        }
    }
    let (layout, values) = laid_out(series, &kept, start, (&inside, units));
    notes.extend(gaps(series, &kept, &layout));
    if units.flow && !series.weighted() && series.values.iter().any(|value| value.weighted_list.is_some()) {
        notes.push("Some months state no weighted list, so the effect is told for each practice.".into());
    }
    notes.extend(by_calendar::notes(series, &layout, &kept, units));
    if units.shown.measure.unit == "share" && values.iter().any(|value| *value > 1.0) {
        notes.push("Some values are above 1, but a share runs from 0 to 1: were they per cent?".into());
    }
    // As stated: open days alone would make a count that never moves vary from month to month.
    let stated = |practice: &usize| {
        let own = series.values.iter().filter(|value| value.practice == *practice && inside(value));
        Moments::of(&own.map(|value| value.value).collect::<Vec<f64>>())
    };
    let never_varies = kept.iter().map(stated).all(|months| months.alike());
    let measured = estimated(layout, &values, notes);
    match never_varies {
        true => Measured { estimate: measured.estimate.and(Err(NoError::NeverVaries)), ..measured },
        false => measured,
    }
}

/// The layout of the months used, and their values in the unit of months.
///
/// A month's own open days turn a count of a month into one of a week, so that fewer of them are no effect.
fn laid_out(
    series: &Series,
    kept: &[usize],
    start: Month,
    (inside, units): (&dyn Fn(&Value) -> bool, &Units),
) -> (Layout, Vec<f64>) {
    let control = kept.iter().map(|practice| series.practices[*practice].control).collect();
    let (mut cells, mut values) = (Vec::new(), Vec::new());
    for value in series.values.iter().filter(|value| inside(value)) {
        let Some(practice) = kept.iter().position(|kept| *kept == value.practice) else { continue };
        let weeks = by_calendar::weeks(value, series, units);
        // A rate of a week was divided by the days of the calendar.
        let rate = units.open.grows.with_open_days() && !units.flow;
        let count = if rate { value.value * value.month.weeks() } else { value.value };
        cells.push(Cell { practice, month: value.month, after: value.month >= start });
        values.push(units.a_week(count, weeks, value.weighted_list.unwrap_or(f64::NAN)));
    }
    (Layout { control, cells, start }, values)
}

/// Months that are missing or unequal, in the words of the report: which months nobody has, and who lacks some.
fn gaps(series: &Series, kept: &[usize], layout: &Layout) -> Vec<String> {
    let mut notes = Vec::new();
    let months: BTreeSet<Month> = layout.cells.iter().map(|cell| cell.month).collect();
    let (Some(first), Some(last)) = (months.first(), months.last()) else { return notes };
    // a month that is there but was left out has been said already
    let there = |month: Month| series.values.iter().any(|value| value.month == month);
    let absent: Vec<String> =
        (first.0..=last.0).map(Month).filter(|m| !months.contains(m) && !there(*m)).map(said).collect();
    if !absent.is_empty() {
        notes.push(format!("No practice has {}.", absent.join(", ")));
    }
    let mut short = Vec::new();
    for (at, practice) in kept.iter().enumerate() {
        let own = layout.cells.iter().filter(|cell| cell.practice == at).count();
        if own < months.len() {
            short.push(format!("{} ({own} of {})", series.practices[*practice].name, months.len()));
        }
    }
    if !short.is_empty() {
        notes.push(format!(
            "Months are unequal: {}; a month that is missing counts as unknown, not as nought.",
            short.join(", ")
        ));
    }
    notes
}

/// Where the panel has no error, the plain difference of means still says what was seen.
fn estimated(layout: Layout, values: &[f64], notes: Vec<String>) -> Measured {
    let mean = |after: bool| {
        let own =
            layout.cells.iter().zip(values).filter(|(c, _)| c.after == after && !layout.control[c.practice]);
        Moments::of(&own.map(|(_, value)| *value).collect::<Vec<_>>()).mean()
    };
    let (before, plain) = (mean(false), mean(true).zip(mean(false)).map(|(after, before)| after - before));
    let used: Vec<f64> = layout.used().into_iter().map(|at| values[at]).collect();
    let estimate = match layout.panel() {
        Some(_) if Moments::of(&used).alike() => Err(NoError::NeverVaries),
        Some(panel) => Ok(panel.estimate(&used)),
        None if plain.is_none() => Err(NoError::NoBeforeAndAfter),
        None => Err(NoError::OnePractice),
    };
    let drift = layout.before().map(|before| {
        let own: Vec<f64> = before.cells.iter().map(|at| values[*at]).collect();
        before.panel.estimate(&own)
    });
    Measured {
        effect: estimate.map_or(plain.unwrap_or(f64::NAN), |estimate| estimate.effect),
        estimate,
        sites: None,
        months: Some(Months { layout, before: before.unwrap_or(f64::NAN), notes, drift }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::pilots::Stated;

    /// A count that nobody kept stands as nought in every month: no luck is seen, which is not certainty.
    #[test]
    fn months_that_never_vary_have_no_error() {
        let stated = Stated { practices: Some(4), controls: 4, months_before: 6, months_after: 6 };
        let layout = Layout::stated(stated, 4);
        let mut values = vec![0.0; layout.cells.len()];
        assert_eq!(estimated(layout.clone(), &values, vec![]).estimate, Err(NoError::NeverVaries));
        values[0] = 1.0;
        assert!(estimated(layout, &values, vec![]).estimate.is_ok());
    }
}
