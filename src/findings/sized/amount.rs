//! A size as it is written: with as many decimals as it has, and its unit.
//!
//! In: a size and in what it is counted. Out: text. A size is what a planner types and decides on, not an estimate, so that it
//! is never rounded: 142.5 slots are not 142.

use crate::experiment::size::knob::Unit;
use crate::findings::say;

/// A stated number with all its decimals (to a millionth) and commas between thousands: `142.5`, `1,142.5`.
///
/// The millionth hides what adding steps leaves behind: 0.1 + 0.2 is 0.3.
///
/// # Examples
///
/// ```
/// use skillmix::findings::sized::number;
///
/// assert_eq!((number(142.5), number(12_500.0)), ("142.5".into(), "12,500".into()));
/// ```
pub fn number(x: f64) -> String {
    let text = format!("{}", (x * 1e6).round() / 1e6);
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |digits| ("-", digits));
    let (whole, part) = digits.split_once('.').map_or((digits, None), |(whole, part)| (whole, Some(part)));
    let whole = whole.parse().map_or_else(|_| whole.to_owned(), say::whole);
    let part = part.map_or(String::new(), |part| format!(".{part}"));
    format!("{sign}{whole}{part}")
}

/// A size with its unit: `2.5 WTE`, `33 slots a day`.
pub fn amount(unit: &Unit, size: f64) -> String {
    let number = number(size);
    match unit {
        Unit::Wte => format!("{number} WTE"),
        Unit::Slots if size == 1.0 => format!("{number} slot a day"),
        Unit::Slots => format!("{number} slots a day"),
        Unit::Other => number,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_keeps_all_its_decimals() {
        let said = [142.5, 1_142.25, 0.3, 0.1 + 0.2, 36.0, 12_500.0, -0.5, 0.0].map(number);
        assert_eq!(said, ["142.5", "1,142.25", "0.3", "0.3", "36", "12,500", "-0.5", "0"]);
        assert_eq!(amount(&Unit::Slots, 142.5), "142.5 slots a day");
        assert_eq!(amount(&Unit::Slots, 1.0), "1 slot a day");
        assert_eq!(amount(&Unit::Wte, 2.125), "2.125 WTE");
    }
}
