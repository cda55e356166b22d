//! How effects of a pilot are written: their unit, and as many digits as their error carries.
//!
//! In: the unit of a measure, the sizes of effects, how well they are known. Out: text of effects and intervals,
//! all in one unit, so that expected and observed can be compared.

use super::period::length;
use crate::experiment::pilots::unit::Units;
use crate::findings::say;
use crate::scenario::pilots::Per;
use crate::stats::interval::Interval;

/// A way to write effects.
///
/// `factor` turns the measure's unit into the one written: 100 for points, 60 for minutes.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// From the unit of the measure to the one written.
    factor: f64,
    /// Decimals.
    places: usize,
    /// The unit of the measure alone: `hours`.
    pub word: String,
    /// The unit: `hours a practice-week`.
    pub unit: String,
}

impl Said {
    /// For effects of these sizes, known to so much, stated for something.
    ///
    /// The smallest of the sizes decides whether hours are told in minutes, the largest how many digits are meant.
    pub fn new(units: &Units, per: Per, sizes: &[f64], half_width: f64) -> Self {
        let measure = units.shown.measure;
        let sizes = || sizes.iter().map(|size| size.abs()).filter(|size| *size > 0.0);
        let (smallest, size) = (sizes().fold(f64::INFINITY, f64::min), sizes().fold(0.0, f64::max));
        let (factor, unit) = match measure.unit {
            "share" => (100.0, "points"),
            // what takes less than half an hour is told in minutes
            "hours" if smallest < 0.5 => (60.0, "minutes"),
            other => (1.0, other),
        };
        let per = match per {
            Per::Whole if units.flow => format!(" in {}", length((7.0 * units.weeks).round() as usize)),
            Per::Whole => String::new(),
            Per::PracticeWeek => " a practice-week".into(),
            Per::ThousandWeek => " a week for 1,000 weighted patients".into(),
            Per::WteWeek => " a week for each WTE".into(),
            Per::Redirected => " for each redirected".into(),
        };
        Self {
            factor,
            places: places(factor * size, factor * half_width),
            word: unit.to_owned(),
            unit: format!("{unit}{per}"),
        }
    }

    /// The same unit for what is known better: as many digits as that carries, and never fewer than these.
    pub fn at_least(&self, size: f64, half_width: f64) -> Self {
        let own = places(self.factor * size.abs(), self.factor * half_width);
        Self { places: self.places.max(own), ..self.clone() }
    }

    /// The same measure for something else, of another size: the unit alone, without for what.
    pub fn of_size(&self, size: f64) -> Self {
        let size = size * self.factor;
        let places = if size > 0.0 { (1.0 - libm::floor(libm::log10(size))).clamp(0.0, 4.0) } else { 0.0 };
        Self {
            factor: self.factor,
            places: places as usize,
            word: self.word.clone(),
            unit: self.word.clone(),
        }
    }

    /// With as many digits as intervals need that leave out nought: none of their ends may read as nought.
    ///
    /// At most two digits more, and four in all.
    pub fn telling(mut self, intervals: &[Interval]) -> Self {
        // Digits beyond these would be noise.
        let most = (self.places + 2).min(4);
        let nought = |end: f64, said: &Self| !said.size(end).contains(|c: char| ('1'..='9').contains(&c));
        let hides = |said: &Self| {
            let clear = intervals.iter().filter(|i| i.low * i.high > 0.0);
            clear.clone().any(|i| nought(i.low, said) || nought(i.high, said))
        };
        while self.places < most && hides(&self) {
            self.places += 1;
        }
        self
    }

    /// A measure in the words of this unit: time that is told in minutes is not called hours.
    pub fn measure(&self, words: &str) -> String {
        if self.word == "minutes" { words.replace("hours", "time") } else { words.to_owned() }
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

/// Decimals that a size carries which is known to within half a width, both in the unit that is written.
///
/// What is known exactly, or not known how well, is told to three digits.
fn places(size: f64, half: f64) -> usize {
    let known = half.max(0.02 * size) / 2.0;
    let places = if known > 0.0 { -libm::floor(libm::log10(known)) } else { 0.0 };
    places.clamp(0.0, 4.0) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An expectation of -1.26 (-1.45 to -1.06) beside an observation of -3 (-5 to +2).
    #[test]
    fn what_is_known_better_keeps_its_digits() {
        let (word, unit) = ("contacts".to_owned(), "contacts a practice-week".to_owned());
        let observed = Said { factor: 1.0, places: places(3.0, 3.5), word, unit };
        let expected = observed.at_least(-1.26, 0.195);
        assert_eq!((observed.signed(-3.0), expected.signed(-1.26)), ("-3".into(), "-1.26".into()));
        assert_eq!(expected.range(Interval { low: -1.45, high: -1.06 }), "-1.45 to -1.06");
        assert_eq!(expected.at_least(-1.26, 10.0).signed(-1.26), "-1.26", "never fewer");
    }
}
