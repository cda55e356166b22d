//! Laws in words.
//!
//! In: a law. Out: short text a planner can read aloud. Numbers carry three significant digits: enough to recognise
//! one's own figure, too few to suggest more than is known.

use super::law::Law;

/// A number with three significant digits, whole from 100 on, thousands set off by commas.
///
/// Trailing noughts are left out; from 1e16 on it is in powers of ten. What is not finite is written as Rust writes it,
/// with its sign.
pub fn number_text(x: f64) -> String {
    if x == 0.0 || !x.is_finite() {
        return format!("{}", x.abs().copysign(if x < 0.0 { -1.0 } else { 1.0 }));
    }
    if x.abs() >= 1e16 {
        return format!("{x:.0e}");
    }
    // The decimal places that three digits leave; at most twelve for what is all but nought.
    let places = (2 - libm::floor(libm::log10(x.abs())) as i32).clamp(0, 12) as usize;
    let text = format!("{:.places$}", x.abs());
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let mut out = String::from(if x < 0.0 { "-" } else { "" });
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    let part = part.trim_end_matches('0');
    if !part.is_empty() {
        out.push('.');
        out.push_str(part);
    }
    out
}

/// [`number_text`] of a number to one place after the point, as hours a week are said.
pub fn tenths_text(x: f64) -> String {
    number_text((x * 10.0).round() / 10.0)
}

impl Law {
    /// The law in a phrase: "about 0.25 (8 in 10 between 0.18 and 0.33)"; the first number is the median.
    ///
    /// Allocates; for reports, never for a day.
    pub fn sentence(&self) -> String {
        if let Law::Fixed(value) = self {
            return format!("exactly {}", number_text(*value));
        }
        let at = |u: f64| number_text(self.quantile(u));
        format!("about {} (8 in 10 between {} and {})", at(0.5), at(0.1), at(0.9))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_a_planner_writes_them() {
        let rows = [
            (0.25, "0.25"),
            (12_345.6, "12,346"),
            (1_000_000.0, "1,000,000"),
            (99.96, "100"),
            (-3.71859, "-3.72"),
            (0.000_123_45, "0.000123"),
            (0.0, "0"),
            (10.0, "10"),
            (f64::NEG_INFINITY, "-inf"),
        ];
        for (x, want) in rows {
            assert_eq!(number_text(x), want);
        }
    }

    #[test]
    fn laws_read_aloud() {
        assert_eq!(Law::Fixed(12.0).sentence(), "exactly 12");
        assert_eq!(Law::Uniform { low: 0.0, high: 10.0 }.sentence(), "about 5 (8 in 10 between 1 and 9)");
    }
}
