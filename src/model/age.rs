//! Age bands: patients by age, and what people of an age ask for.
//!
//! A practice's band lies inside one band of the need (checked when the scenario is read), so nothing is split:
//! a practice's requests a year are the sum over its bands of patients x rate.

use super::number::Number;
use std::fmt;

/// Ages from one to another, both of them included, or all from one on [years].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ages {
    /// Youngest.
    pub from: u16,
    /// Oldest; without end where absent.
    pub to: Option<u16>,
}

impl Ages {
    /// Reads `0-4`, `85_plus`, `85+` or a single age; none where it is neither or runs backwards.
    pub fn parse(text: &str) -> Option<Self> {
        let age = |text: &str| text.trim().parse::<u16>().ok();
        if let Some(from) = text.strip_suffix("_plus").or(text.strip_suffix('+')) {
            return Some(Self { from: age(from)?, to: None });
        }
        let (from, to) = text.split_once('-').unwrap_or((text, text));
        let (from, to) = (age(from)?, age(to)?);
        (from <= to).then_some(Self { from, to: Some(to) })
    }

    /// The oldest, where there is one, else beyond every age.
    fn end(self) -> u16 {
        self.to.unwrap_or(u16::MAX)
    }

    /// True where all of the other's ages are its own.
    pub fn contains(self, other: Self) -> bool {
        self.from <= other.from && other.end() <= self.end()
    }

    /// True where they share an age.
    pub fn meets(self, other: Self) -> bool {
        self.from <= other.end() && other.from <= self.end()
    }
}

impl fmt::Display for Ages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to {
            None => write!(f, "{}_plus", self.from),
            Some(to) if to == self.from => write!(f, "{to}"),
            Some(to) => write!(f, "{}-{to}", self.from),
        }
    }
}

/// Requests a year of so many patients by age: `patients` of a practice, `rates` of a need [first requests a patient a
/// year]. `rate_at` reads a rate at the practice.
pub fn requests_a_year(
    patients: &[(Ages, f64)],
    rates: &[(Ages, Number)],
    rate_at: impl Fn(Number) -> f64,
) -> f64 {
    let rate = |ages: Ages| rates.iter().find(|(of, _)| of.contains(ages)).map_or(0.0, |(_, r)| rate_at(*r));
    patients.iter().map(|(ages, n)| n * rate(*ages)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_are_read_as_they_are_written() {
        let of = |text: &str| Ages::parse(text).map(|ages| ages.to_string());
        assert_eq!(of("0-4").as_deref(), Some("0-4"));
        assert_eq!(of("85_plus").as_deref(), Some("85_plus"));
        assert_eq!(of("85+").as_deref(), Some("85_plus"));
        assert_eq!(of("7").as_deref(), Some("7"));
        for wrong in ["", "old", "9-5", "-4", "4-", "0-4-9", "plus"] {
            assert_eq!(of(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_finer_band_takes_the_rate_of_the_one_around_it() {
        let ages = |text| Ages::parse(text).expect("a band");
        let rates = [(ages("0-14"), Number::Fixed(2.0)), (ages("15+"), Number::Fixed(5.0))];
        let patients =
            [(ages("0-4"), 100.0), (ages("5-14"), 200.0), (ages("15-64"), 10.0), (ages("65+"), 1.0)];
        assert_eq!(requests_a_year(&patients, &rates, |r| r.at(&[], 0)), 600.0 + 55.0);
    }
}
