//! The shape of demand over days: weekday x season x first day after a closure, with mean one over a
//! practice's request days of the twelve months from the start, unless taken as stated.

use crate::model::Model;
use crate::model::calendar::Season;
use crate::plan::axis::Axis;
use crate::units::Day;

/// Days of the year over which the pattern has mean one.
const YEAR: i32 = 365;

/// The shape of a practice's demand before what is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// Weekday, fixed season and first-day factors by day of the axis; 0 where no request can be made.
    pub base: Vec<f64>,
    /// Same, for the twelve months from the start (the normalising year).
    pub year_base: Vec<f64>,
    /// Request days of that year [days].
    pub open_days: f64,
}

/// The season's wave, where its height is drawn: `cos` by day of the axis and of the normalising year.
#[derive(Clone, Debug, PartialEq)]
pub struct Wave {
    /// By day of the axis.
    pub axis: Vec<f64>,
    /// By day of the normalising year.
    pub year: Vec<f64>,
}

/// The shape of every practice: closures of its own move appointments, not requests.
pub fn shape(model: &Model, axis: &Axis) -> Shape {
    let start = model.horizon.start;
    let on = |day: Day| weight(model, day) * fixed_season(model, day.0 - start.0, day);
    let base = (0..axis.days).map(|t| on(axis.day(t))).collect();
    let year_base: Vec<f64> = (0..YEAR).map(|d| on(start.plus(d))).collect();
    let open_days = year_base.iter().filter(|f| **f > 0.0).count() as f64;
    Shape { base, year_base, open_days }
}

/// The wave of the season, if it has one.
///
/// Angles count from the start of the counted period, also where they lie before it, in the warm-up.
pub fn wave(model: &Model, axis: &Axis) -> Option<Wave> {
    let Season::Wave { period_days, peak_day, .. } = model.demand.season else { return None };
    let start = model.horizon.start;
    let at = |day: i32| libm::cos(std::f64::consts::TAU * (f64::from(day) - peak_day) / period_days);
    Some(Wave {
        axis: (0..axis.days).map(|t| at(axis.day(t).0 - start.0)).collect(),
        year: (0..YEAR).map(at).collect(),
    })
}

/// True where requests can be made at a practice on a day.
fn requests_open(model: &Model, day: Day) -> bool {
    model.demand.weekday[day.weekday()] > 0.0
        && (model.calendar.requests_on_closed_dates || !model.calendar.closed.contains(&day))
}

/// Weekday weight and first-day factor.
///
/// 0 where nobody can ask.
fn weight(model: &Model, day: Day) -> f64 {
    if !requests_open(model, day) {
        return 0.0;
    }
    let weekday = model.demand.weekday[day.weekday()];
    // The first request day after a closed date: walk back over days without requests; an ordinary
    // weekend alone is part of the weekday pattern.
    let mut before = day.plus(-1);
    let mut closure = false;
    // At most two weeks back: a closure shows within them, however long it is.
    while before.0 > day.0 - 15 && !requests_open(model, before) {
        closure |= model.demand.weekday[before.weekday()] > 0.0;
        before = before.plus(-1);
    }
    if closure { weekday * model.demand.first_day_after_closure } else { weekday }
}

/// Season that is the same in every draw.
fn fixed_season(model: &Model, since_start: i32, day: Day) -> f64 {
    match &model.demand.season {
        Season::None | Season::Wave { .. } => 1.0,
        Season::Months(factors) => factors[day.month()],
        Season::Days(factors) => {
            let index = (since_start.max(0) as usize).min(factors.len().saturating_sub(1));
            factors.get(index).copied().unwrap_or(1.0)
        }
    }
}
