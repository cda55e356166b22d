//! The calendar as rosters read it: weekday, month, holidays and leave years of each day of the axis.
//!
//! In: a model's calendar and axis. Out: lists by index of day, shared by every post. Scenario time.

use crate::model::Model;
use crate::plan::axis::Axis;
use crate::units::Day;
use std::ops::Range;

/// A leave year within this many days of 365.25 earns a whole year's leave: 52 weeks and 366 days both count.
const NEARLY_A_YEAR: f64 = 5.0;

/// A stretch of days over which leave is earned and taken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LeaveYear {
    /// First day.
    pub first: usize,
    /// Day after the last.
    pub end: usize,
    /// Leave earned in it [years].
    pub years: f64,
}

/// Every day of the axis.
///
/// Every list has a place for each day of the axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Days {
    /// Calendar day of index 0.
    pub first: i32,
    /// First counted day.
    pub warm_up: usize,
    /// Monday is 0.
    pub weekday: Vec<u8>,
    /// January is 0.
    pub month: Vec<u8>,
    /// True on dates closed to all.
    pub closed_date: Vec<bool>,
    /// True in school holidays.
    pub school_holiday: Vec<bool>,
    /// True for weekdays with appointments.
    pub open_weekday: [bool; 7],
    /// The warm-up, then the counted period in equal parts of about a year.
    pub leave_years: Vec<LeaveYear>,
}

impl Days {
    /// Reads the calendar of a model.
    pub fn new(model: &Model, axis: &Axis) -> Self {
        let calendar = &model.calendar;
        let all = || (0..axis.days).map(|t| axis.day(t));
        let school =
            |day| calendar.school_holidays.iter().any(|(first, last)| (*first..=*last).contains(&day));
        Self {
            first: axis.first.0,
            warm_up: axis.warm_up,
            weekday: all().map(|day| day.weekday() as u8).collect(),
            month: all().map(|day| day.month() as u8).collect(),
            closed_date: all().map(|day| calendar.closed.contains(&day)).collect(),
            school_holiday: all().map(school).collect(),
            open_weekday: calendar.open,
            leave_years: leave_years(axis.warm_up, axis.days),
        }
    }

    /// The days of the axis from one date to another, both of them included; all where neither is stated.
    ///
    /// Empty where none of the dates lies on the axis, or they run backwards.
    pub fn stretch(&self, from: Option<Day>, until: Option<Day>) -> Range<usize> {
        let index = |day: Day| (day.0 - self.first).clamp(0, self.len() as i32) as usize;
        let first = from.map_or(0, index);
        let end = until.map_or(self.len(), |until| index(until.plus(1)));
        first..end.max(first)
    }

    /// Number of days.
    #[inline]
    pub fn len(&self) -> usize {
        self.weekday.len()
    }

    /// Calendar date of a day, as keys hold it.
    #[inline]
    pub fn date(&self, t: usize) -> i32 {
        self.first + t as i32
    }
}

/// The warm-up is a leave year of its own; the counted period is cut into equal parts of about a year.
///
/// Without a warm-up there is none for it. Cuts are rounded down to days; the parts differ by a day at most.
fn leave_years(warm_up: usize, days: usize) -> Vec<LeaveYear> {
    let year = |first: usize, end: usize| {
        let length = (end - first) as f64;
        let whole = (length - 365.25).abs() <= NEARLY_A_YEAR;
        LeaveYear { first, end, years: if whole { 1.0 } else { length / 365.25 } }
    };
    let counted = days - warm_up;
    let parts = ((counted as f64 / 365.25).round() as usize).max(1);
    let mut years = Vec::with_capacity(parts + 1);
    if warm_up > 0 {
        years.push(year(0, warm_up));
    }
    years
        .extend((0..parts).map(|i| year(warm_up + counted * i / parts, warm_up + counted * (i + 1) / parts)));
    years
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 52 weeks, 365 and 366 days; two years cut in the middle; a warm-up that earns its own part.
    #[test]
    fn a_year_is_a_year_whatever_its_last_days() {
        for counted in [364, 365, 366] {
            assert_eq!(leave_years(0, counted), [LeaveYear { first: 0, end: counted, years: 1.0 }]);
        }
        let years = leave_years(56, 56 + 730);
        assert_eq!(years.len(), 3);
        assert_eq!((years[1].first, years[1].end, years[2].end), (56, 421, 786));
        assert!((years[0].years - 56.0 / 365.25).abs() < 1e-12);
        assert_eq!(years[2].years, 1.0);
    }
}
