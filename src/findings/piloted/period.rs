//! The simulated period of a pilot in words, and what it leaves out of the pilot's own months.
//!
//! In: the model of a pilot. Out: its period as dates and as a length, the scale to a year of 365.25 days, and sentences on
//! months, seasons and settling in that the period does not hold, or holds too much of.

use crate::findings::say;
use crate::lever::Lever;
use crate::model::Model;
use crate::scenario::pilots::Simulated;
use crate::units::Day;

/// Days of a year.
const YEAR: f64 = 365.25;
/// Months by which period and pilot may differ without a word.
const MONTHS_APART: f64 = 0.5;

/// The period in which effects and costs are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// First counted day.
    pub start: Day,
    /// Counted days.
    pub days: usize,
}

impl Period {
    /// Of a model.
    pub fn of(model: &Model) -> Self {
        Self { start: model.horizon.start, days: model.horizon.days }
    }

    /// How long: `17 weeks`.
    pub fn length(self) -> String {
        length(self.days)
    }

    /// From when, and how long: `17 weeks from 1 April 2019`.
    pub fn words(self) -> String {
        format!("{} from {}", self.length(), say::short_date(self.start))
    }

    /// First and last day.
    pub fn dates(self) -> String {
        let last = self.start.plus(self.days as i32 - 1);
        format!("{} to {}", say::short_date(self.start), say::short_date(last))
    }

    /// An amount of the period as one of a year of 365.25 days.
    pub fn a_year(self, amount: f64) -> f64 {
        amount * YEAR / self.days as f64
    }

    /// Its length [months].
    fn months(self) -> f64 {
        12.0 * self.days as f64 / YEAR
    }

    /// What the period leaves out of so many months after, or adds to them; none where they are the same.
    pub fn beside(self, months_after: usize) -> Option<String> {
        // Above nought: the pilot runs longer than what is simulated.
        let apart = months_after as f64 - self.months();
        if months_after == 0 || apart.abs() <= MONTHS_APART {
            return None;
        }
        let begin = format!(
            "Simulated are the {} ({} months); the pilot has {} after.",
            self.words(),
            say::decimals(self.months(), 1),
            say::counted(months_after as f64, "month")
        );
        let rest = if apart > 0.0 {
            let from = self.start.plus(self.days as i32);
            let last = self.start.plus((months_after as f64 * YEAR / 12.0) as i32 - 1);
            format!(
                "Its later months, {} to {}, are left out: their season, and an effect that grows or fades, are not in what is expected.",
                month(from),
                month(last)
            )
        } else {
            "What is expected is the mean of all of the simulated period: later seasons are in it, and an effect that grows is not yet as large in the pilot's months.".into()
        };
        Some(format!("{begin} {rest}"))
    }
}

/// So many days as weeks, where they are whole.
pub fn length(days: usize) -> String {
    match days % 7 {
        0 => say::counted((days / 7) as f64, "week"),
        _ => say::counted(days as f64, "day"),
    }
}

/// The month of a day: `August 2019`.
fn month(day: Day) -> String {
    let date = say::short_date(day);
    date.split_once(' ').map_or(date.clone(), |(_, month)| month.to_owned())
}

/// Whether what was done settles in within the period.
///
/// By the longest ramp among levers that things as they are do not have, at the mean of what is drawn.
pub fn settling(simulated: &Simulated) -> String {
    let (now, done) = (&simulated.as_now().model, &simulated.done().model);
    // Levers that things as they are have too are on both sides.
    let fresh = done.levers.iter().filter(|lever| now.levers.iter().all(|known| known.name != lever.name));
    let to_full = |lever: &Lever| lever.weeks_to_full(done.inputs.mean(lever.ramp_weeks), done.horizon.start);
    let weeks = fresh.map(to_full).fold(0.0, f64::max);
    let simulated = done.horizon.days as f64 / 7.0;
    match weeks {
        0.0 => "It is taken to work at full strength from the first day: settling in is left out, so the first year of new staff would show less.".into(),
        weeks if weeks < simulated => format!(
            "Settling in is part of it: full strength comes after {weeks:.0} weeks, inside the simulated period."
        ),
        weeks => format!(
            "Settling in is part of it: full strength comes after {weeks:.0} weeks, at the end of the simulated period or beyond it, so a later year would show more."
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(days: usize) -> Period {
        Period { start: Day::from_date(jiff::civil::date(2019, 4, 1)), days }
    }

    #[test]
    fn a_period_in_words() {
        assert_eq!(period(119).words(), "17 weeks from 1 April 2019");
        assert_eq!(period(119).dates(), "1 April 2019 to 28 July 2019");
        assert_eq!(period(120).length(), "120 days");
        assert_eq!(period(119).a_year(119.0), 365.25);
    }

    #[test]
    fn months_that_are_not_simulated_are_named() {
        assert_eq!(period(364).beside(12), None);
        let short = period(119).beside(12).unwrap_or_default();
        assert!(short.contains("(3.9 months); the pilot has 12 months after"), "{short}");
        assert!(short.contains("July 2019 to March 2020, are left out"), "{short}");
        assert!(period(364).beside(6).is_some_and(|long| long.contains("the mean of all")));
    }
}
