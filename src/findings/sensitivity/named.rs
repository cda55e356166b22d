//! An uncertain number as it is said: its words, its values, how good its evidence is.
//!
//! In: an uncertain number of an analysis and the scenario, for titles. Out: words for tables, pictures and
//! conditions.

use crate::experiment::sensitivity::inputs::Uncertain;
use crate::findings::called::{Called, Kind};
use crate::quantity::{Law, Range80Scale, number_text};
use crate::scenario::Scenario;

/// Last words of addresses of indices that only the model knows: no practice could count them.
const INDICES: [&str; 1] = ["maturity"];

/// A number as it is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// What it is: `share who accept (Active signposting)`.
    pub words: String,
    /// Of whom it is, by title: `Active signposting`.
    owner: String,
    /// True for the share of people who accept what they are offered.
    accepted: bool,
    /// True for a share of 1.
    share: bool,
    /// Its evidence in a word or two: `an assumption`, `evidence: low`.
    pub evidence: String,
    /// True where there is none.
    pub assumed: bool,
    /// True for an index of the model itself, which nobody can measure: how settled a network is.
    pub index: bool,
}

impl Named {
    /// Names a number of a scenario.
    ///
    /// What is a share, and so written in per cent, is told by its law, as a part of shares drawn together (no law of
    /// its own), or by its last word.
    pub fn new(input: &Uncertain, scenario: &Scenario) -> Self {
        let called = Called::new(&input.address, scenario);
        let last = input.address.rsplit('.').next().unwrap_or_default();
        // Laws that only shares have.
        let by_law =
            matches!(input.law, Some(Law::Beta { .. } | Law::Range80 { scale: Range80Scale::Share, .. }));
        let within = input.law.is_some_and(|law| law.support().0 >= 0.0 && law.support().1 <= 1.0);
        Self {
            words: called.words(),
            accepted: last == "accepted",
            share: input.law.is_none() || by_law || within && called.kind == Kind::Share,
            owner: called.of,
            evidence: evidence(input),
            assumed: input.assumed(),
            index: INDICES.contains(&last),
        }
    }

    /// A value of it: `17 %`, `2.4`.
    pub fn value(&self, x: f64) -> String {
        if self.share { format!("{} %", number_text(round(100.0 * x))) } else { number_text(x) }
    }

    /// The condition that it is below a value, or above it: `fewer than 1 in 6 accept (Active signposting)`.
    ///
    /// Of shares of people who accept it speaks of people.
    pub fn condition(&self, below: bool, x: f64) -> String {
        if self.accepted && self.share {
            let how = if below { "fewer" } else { "more" };
            return format!("{how} than {} accept ({})", in_words(x), self.owner);
        }
        let side = if below { "below" } else { "above" };
        let words = if self.share { in_words(x) } else { self.value(x) };
        format!("{} is {side} {words}", self.words)
    }
}

/// Two digits that count.
fn round(x: f64) -> f64 {
    if x == 0.0 {
        return x;
    }
    // The place of the second digit.
    let step = libm::exp10(libm::floor(libm::log10(x.abs())) - 1.0);
    (x / step).round() * step
}

/// A share: `1 in 6` where that is within a twentieth of it, else in percent.
fn in_words(x: f64) -> String {
    // Infinite for nought, which the bounds below leave out.
    let one_in = (1.0 / x).round();
    if x > 0.0 && (2.0..=100.0).contains(&one_in) && (one_in * x - 1.0).abs() <= 0.05 {
        return format!("1 in {one_in:.0}");
    }
    format!("{} %", number_text(round(100.0 * x)))
}

/// Its evidence in words.
///
/// An assumption has no source; else its confidence, where it is stated, tells more than the source's name.
fn evidence(input: &Uncertain) -> String {
    match (input.assumed(), input.confidence.as_deref(), input.source.as_deref()) {
        (true, ..) => "an assumption".into(),
        (_, Some(confidence), _) => format!("evidence: {confidence}"),
        (_, None, source) => format!("source: {}", source.unwrap_or("none")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_in_plain_words() {
        assert_eq!(
            (in_words(0.167), in_words(0.33), in_words(0.5)),
            ("1 in 6".into(), "1 in 3".into(), "1 in 2".into())
        );
        assert_eq!(
            (in_words(0.42), in_words(0.9), in_words(0.0)),
            ("42 %".into(), "90 %".into(), "0 %".into())
        );
    }
}
