//! How effects of a pilot are written: their unit, and as many digits as their error carries.

use crate::experiment::pilots::unit::Units;
use crate::findings::say;
use crate::scenario::pilots::Per;
use crate::stats::interval::Interval;

/// A way to write effects.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    factor: f64,
    places: usize,
    /// The unit: `hours a practice-week`.
    pub unit: String,
}

impl Said {
    /// For effects of a size, known to so much, stated for something.
    pub fn new(units: &Units, per: Per, size: f64, half_width: f64) -> Self {
        let measure = units.shown.measure;
        let (factor, unit) = match measure.unit {
            "share" => (100.0, "points"),
            // what takes less than half an hour is told in minutes
            "hours" if size.abs() < 0.5 && size != 0.0 => (60.0, "minutes"),
            other => (1.0, other),
        };
        let per = match per {
            Per::Whole if units.flow => " in all",
            Per::Whole => "",
            Per::PracticeWeek => " a practice-week",
            Per::ThousandWeek => " a week for 1,000 weighted patients",
            Per::WteWeek => " a week for each WTE",
            Per::Redirected => " for each redirected",
        };
        let half = factor * half_width;
        // what is known exactly, or not known how well, is told to three digits
        let known = half.max(0.02 * factor * size.abs()) / 2.0;
        let places = if known > 0.0 { -libm::floor(libm::log10(known)) } else { 0.0 };
        Self { factor, places: places.clamp(0.0, 4.0) as usize, unit: format!("{unit}{per}") }
    }

    /// The same measure for something else, of another size: the unit alone, without for what.
    pub fn of_size(&self, size: f64) -> Self {
        let word = self.unit.split(" a practice-week").next().unwrap_or_default();
        let word = word.split(" a week for").next().unwrap_or_default();
        let word = word.split(" for each").next().unwrap_or_default().trim_end_matches(" in all");
        let size = size * self.factor;
        let places = if size > 0.0 { (1.0 - libm::floor(libm::log10(size))).clamp(0.0, 4.0) } else { 0.0 };
        Self { factor: self.factor, places: places as usize, unit: word.to_owned() }
    }

    /// An effect with its sign: `-4.9`.
    pub fn signed(&self, effect: f64) -> String {
        say::signed(effect * self.factor, self.places)
    }

    /// An interval: `-6.4 to -3.4`.
    pub fn range(&self, interval: Interval) -> String {
        format!("{} to {}", self.signed(interval.low), self.signed(interval.high))
    }

    /// A size in the unit that is shown.
    pub fn shown(&self, effect: f64) -> f64 {
        (effect * self.factor).abs()
    }

    /// A size without its sign.
    pub fn size(&self, effect: f64) -> String {
        say::decimals((effect * self.factor).abs(), self.places)
    }

    /// A size and which way, in words: `4.9 less`.
    pub fn way(&self, effect: f64) -> String {
        let size = self.size(effect);
        match effect {
            _ if !size.contains(|c: char| ('1'..='9').contains(&c)) => "no change".into(),
            x if x < 0.0 => format!("{size} less"),
            _ => format!("{size} more"),
        }
    }
}
