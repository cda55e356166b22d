//! The axis of days: which days there are, when each practice is open, and which week a day is in.
//!
//! In: a model's horizon and calendars. Out: an index for every day, warm-up first, and what the calendar
//! says of it. Costs days x practices, at scenario time.

use crate::model::Model;
use crate::model::place::Practice;
use crate::units::Day;

/// Days of a run, warm-up first.
///
/// Invariants: `warm_up <= days`; every list by day has `days` entries; `open_share` is in 0..1.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// Calendar day of index 0.
    pub first: Day,
    /// Warm-up days; the counted period starts at this index.
    pub warm_up: usize,
    /// All days, warm-up included.
    pub days: usize,
    /// Share of the day each practice holds appointments, 0 where closed: `[practice][day]`.
    pub open_share: Vec<Vec<f64>>,
    /// The same for bases without a practice (network, federation).
    pub common_share: Vec<f64>,
    /// First open day of a practice on or after a day; `days` where there is none: `[practice][day]`.
    pub next_open: Vec<Vec<u32>>,
    /// Month of each day, counted from the month of the start (warm-up days have the first).
    month_of: Vec<u32>,
}

impl Axis {
    /// Lays out the days of a model. The horizon was checked when the scenario was read: nothing here can fail.
    pub fn new(model: &Model) -> Self {
        let warm_up = model.horizon.warm_up_days;
        let first = model.horizon.start.plus(-(warm_up as i32));
        let days = warm_up + model.horizon.days;
        let share = |practice: Option<&Practice>| -> Vec<f64> {
            (0..days).map(|t| model.calendar.open_share(practice, first.plus(t as i32))).collect()
        };
        let open_share: Vec<_> = model.practices.iter().map(|p| share(Some(p))).collect();
        let next_open = open_share.iter().map(|open| next_open(open)).collect();
        let month_of = (0..days)
            .map(|t| months(first.plus(t as i32)).saturating_sub(months(model.horizon.start)))
            .collect();
        Self { first, warm_up, days, open_share, common_share: share(None), next_open, month_of }
    }

    /// Calendar months touched by the counted period.
    ///
    /// At least one where there is any day; the first and the last may be touched in part.
    pub fn months(&self) -> usize {
        self.month_of.last().map_or(0, |m| *m as usize + 1)
    }

    /// Month of a counted day, counted from the month of the start; none in the warm-up.
    #[inline]
    pub fn month(&self, t: usize) -> Option<usize> {
        (t >= self.warm_up).then(|| self.month_of[t] as usize)
    }

    /// Calendar day of an index.
    #[inline]
    pub fn day(&self, t: usize) -> Day {
        self.first.plus(t as i32)
    }

    /// Counted weeks (a last week may be short).
    pub fn weeks(&self) -> usize {
        (self.days - self.warm_up).div_ceil(7)
    }

    /// Counted week of a day; none in the warm-up and beyond the last day.
    #[inline]
    pub fn week(&self, t: usize) -> Option<usize> {
        t.checked_sub(self.warm_up).filter(|_| t < self.days).map(|d| d / 7)
    }

    /// Most days by which a closure moves a due day on, at any practice [days].
    pub fn longest_closure(&self) -> usize {
        let moved = |next: &Vec<u32>| {
            // Days after which a practice never opens again move nobody: nobody is booked there.
            let reopens = next.iter().enumerate().filter(|(_, next)| (**next as usize) < self.days);
            reopens.map(|(t, next)| *next as usize - t).max().unwrap_or(0)
        };
        self.next_open.iter().map(moved).max().unwrap_or(0)
    }

    /// First open day of the practice on or after day `t`; `days` where none is left.
    #[inline]
    pub fn next_open(&self, practice: usize, t: usize) -> usize {
        if t >= self.days { self.days } else { self.next_open[practice][t] as usize }
    }
}

/// Months since year 0.
fn months(day: Day) -> u32 {
    let date = day.date();
    u32::from(date.year().unsigned_abs()) * 12 + date.month().unsigned_abs() as u32
}

/// For each day the first open day on or after it.
fn next_open(open: &[f64]) -> Vec<u32> {
    let mut next = open.len() as u32;
    let mut out = vec![next; open.len()];
    for t in (0..open.len()).rev() {
        if open[t] > 0.0 {
            next = t as u32;
        }
        out[t] = next;
    }
    out
}
