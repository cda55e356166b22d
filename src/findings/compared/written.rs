//! How the figures of a comparison are written: unit, and as many decimals as the interval carries.
//!
//! In: a measure and half the width of an interval. Out: text of values, differences and ticks. One such way
//! serves a whole column, so that its figures can be compared by eye.

use crate::findings::say::decimals;
use crate::outcome::measure::Measure;

/// A way to write a figure and its differences.
///
/// `factor` turns the measure's unit into the one written (shares into per cent); `places` are decimals of that.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Written {
    /// From the unit of the measure to the one written.
    factor: f64,
    /// Decimals.
    places: usize,
    /// What stands before a number: the pound.
    before: &'static str,
    /// What stands behind a value, with its blank.
    value: &'static str,
    /// What stands behind a difference, with its blank.
    difference: &'static str,
}

impl Written {
    /// For a measure whose difference is known to so much: two digits of the half-width that count, at most four
    /// decimals; of money pence at most, and of whole sums none.
    pub fn new(measure: &Measure, half_width: f64) -> Self {
        let (factor, before, value, difference, least) = match measure.unit {
            "share" => (100.0, "", " %", " points", 1),
            "days" => (1.0, "", " days", " days", 1),
            "hours" => (1.0, "", " hours", " hours", 0),
            "£ a contact" => (1.0, "£", "", "", 2),
            "£" => (1.0, "£", "", "", 0),
            _ => (1.0, "", "", "", 0),
        };
        let half = factor * half_width;
        // Two digits of the half-width that count: one more than its first digit's place.
        let digits = if half > 0.0 { 1.0 - libm::floor(libm::log10(half)) } else { 0.0 };
        let written = Self { factor, places: 0, before, value, difference };
        // Of whole sums of money the pence say nothing, however narrow the interval.
        let digits = if measure.unit == "£" { 0.0 } else { digits };
        Self { places: written.finest(digits.clamp(0.0, 4.0) as usize).max(least), ..written }
    }

    /// A value with its unit: `63.1 %`, `£12,340`.
    pub fn value(&self, x: f64) -> String {
        format!("{}{}", self.number(x), self.value)
    }

    /// A difference with its unit and no sign: `2.9 points`.
    pub fn size(&self, x: f64) -> String {
        format!("{}{}", self.number(x.abs()), self.difference)
    }

    /// A difference with its sign and no unit: `+2.9`.
    pub fn signed(&self, x: f64) -> String {
        let text = self.number(x);
        if text.starts_with('-') || self.is_nought(&text) { text } else { format!("+{text}") }
    }

    /// An end of an interval, with its sign: it decides, so what is not nought is not rounded onto nought.
    ///
    /// As many decimals more as show its first digit, six in all at most; money has pence at most.
    pub fn end(&self, x: f64) -> String {
        let mut finer = (self.places..=self.finest(6)).map(|places| Self { places, ..*self }.signed(x));
        finer.find(|text| !self.is_nought(text)).unwrap_or_else(|| self.signed(x))
    }

    /// So many decimals, of money two at most.
    fn finest(&self, places: usize) -> usize {
        if self.before.is_empty() { places } else { places.min(2) }
    }

    /// A figure of an axis: with its sign, and no noughts at its end.
    pub fn tick(&self, x: f64) -> String {
        let text = Self { places: self.places.max(2), ..*self }.signed(x);
        if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
    }

    /// The unit of differences, as a heading: `points`; the measure's own word where it has no short one.
    pub fn unit(&self, measure: &Measure) -> &'static str {
        let short = self.difference.trim_start();
        if short.is_empty() { measure.unit } else { short }
    }

    /// The number, a minus sign before the pound.
    pub fn number(&self, x: f64) -> String {
        let text = thousands(&decimals(x * self.factor, self.places));
        match text.strip_prefix('-').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) {
            // -£5, not £-5.
            Some(rest) => format!("-{}{rest}", self.before),
            None => format!("{}{text}", self.before),
        }
    }

    /// True for a number without a digit but nought.
    fn is_nought(&self, text: &str) -> bool {
        text.chars().all(|c| !('1'..='9').contains(&c))
    }
}

/// Commas between thousands of a number that may have decimals.
fn thousands(text: &str) -> String {
    let (whole, rest) = text.split_once('.').map_or((text, None), |(whole, rest)| (whole, Some(rest)));
    match (rest, whole.parse::<f64>()) {
        (Some(rest), Ok(number)) if number.abs() >= 1000.0 => {
            format!("{}.{rest}", crate::findings::say::whole(number))
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outcome::measure::by_name;

    fn written(name: &str, half: f64) -> Written {
        Written::new(by_name(name).unwrap_or_else(|| panic!("{name} is a measure")), half)
    }

    #[test]
    fn as_many_decimals_as_the_interval_carries() {
        let share = written("seen_within_target", 0.006);
        assert_eq!(
            (share.value(0.63123), share.size(-0.0291), share.signed(0.0291)),
            ("63.12 %".into(), "2.91 points".into(), "+2.91".into())
        );
        let cost = written("cost_total", 130.0);
        assert_eq!((cost.value(1_234_567.2), cost.signed(-5432.1)), ("£1,234,567".into(), "-£5,432".into()));
        assert_eq!(written("cost_per_contact", 0.0).value(1234.5), "£1,234.50");
        assert_eq!(written("attended", 0.0).signed(0.0), "0");
        assert_eq!(
            (written("wait_mean", 0.01).tick(-0.5), written("wait_mean", 0.01).tick(0.0)),
            ("-0.5".into(), "0".into())
        );
        assert_eq!(written("wait_mean", 0.00001).value(1.0), "1.0000 days");
        assert_eq!(written("cost_total", 0.00001).signed(3068.6448), "+£3,069", "no pence of whole sums");
        assert_eq!(written("cost_per_contact", 0.00001).signed(30.6448), "+£30.64", "pence at most");
    }

    #[test]
    fn an_end_that_decides_is_not_rounded_onto_nought() {
        let wait = written("wait_mean", 0.2);
        assert_eq!((wait.end(-0.003), wait.end(0.41)), ("-0.003".into(), "+0.41".into()));
        assert_eq!((wait.end(0.0), wait.end(-0.12)), ("0.00".into(), "-0.12".into()));
        assert_eq!(wait.end(1e-9), "0.00", "less than any figure is known to");
        assert_eq!(
            (written("cost_total", 300.0).end(-0.2), written("cost_total", 300.0).end(0.0004)),
            ("-£0.2".into(), "£0".into())
        );
    }
}
