//! Units that cross module boundaries: calendar days and appointment minutes.
//!
//! A [`Day`] counts days since 1970-01-01. Minutes are kept as whole thousandths ([`Ticks`]), so that
//! what is offered, used, unused and carried adds up exactly whatever the slot lengths are.
//!
//! Only what many folders hold in common is a type of its own; any other number has its unit in the doc line
//! of its field.

use std::fmt;

/// A calendar day, counted from 1970-01-01 [days].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

impl Day {
    /// The day of a calendar date.
    ///
    /// Days before 1970 are negative.
    pub fn from_date(date: jiff::civil::Date) -> Self {
        let epoch = jiff::civil::date(1970, 1, 1);
        let days = (date - epoch).get_days();
        Self(days)
    }

    /// The calendar date of this day.
    ///
    /// Held at the calendar's ends, which no scenario reaches.
    pub fn date(self) -> jiff::civil::Date {
        let ends = if self.0 < 0 { jiff::civil::Date::MIN } else { jiff::civil::Date::MAX };
        let span = jiff::Span::new().try_days(self.0);
        span.map_or(ends, |days| jiff::civil::date(1970, 1, 1).saturating_add(days))
    }

    /// Monday is 0, Sunday 6.
    pub fn weekday(self) -> usize {
        (self.0 + 3).rem_euclid(7) as usize
    }

    /// The day `days` later (earlier where negative); held at the ends of what can be counted.
    pub fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// Calendar month, 0 = January.
    pub fn month(self) -> usize {
        self.date().month() as usize - 1
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.date())
    }
}

/// Names of the days of the week, Monday first, as scenario files write them.
pub const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Appointment time in whole thousandths of a minute.
pub type Ticks = i64;

/// Ticks in a minute.
pub const TICKS_PER_MINUTE: f64 = 1000.0;

/// Minutes to ticks, to the nearest thousandth of a minute.
///
/// Exact for minutes of up to three decimals. What is not a number becomes 0, for the cast keeps inside the
/// range.
pub fn ticks(minutes: f64) -> Ticks {
    (minutes * TICKS_PER_MINUTE).round() as Ticks
}

/// Ticks to minutes [min].
///
/// For reports and measures: what is added up is added up in ticks.
pub fn minutes(ticks: Ticks) -> f64 {
    ticks as f64 / TICKS_PER_MINUTE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_know_their_weekday_and_date() {
        let monday = Day::from_date(jiff::civil::date(2019, 4, 1));
        assert_eq!(monday.weekday(), 0);
        assert_eq!(monday.to_string(), "2019-04-01");
        assert_eq!(monday.plus(-1).weekday(), 6);
        assert_eq!(monday.month(), 3);
        assert_eq!(Day(0).weekday(), 3, "1970-01-01 was a Thursday");
        assert_eq!(monday.plus(i32::MAX).to_string(), "9999-12-31", "the calendar's end");
    }

    #[test]
    fn minutes_survive_the_round_trip() {
        assert_eq!(ticks(9.24), 9240);
        assert_eq!(minutes(ticks(12.5)), 12.5);
    }
}
