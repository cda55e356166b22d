//! Numbers as they stand in a table: enough digits, never more than can be meant, empty where there is no value.
//!
//! In: figures as computed. Out: the text of a cell in any of the CSV files. Files for people round more
//! (`findings::say`); the Parquet files keep figures as they are.

use crate::stats::histogram::Histogram;

/// Significant digits of a number in a table: beyond a run's own precision, short enough to read.
const DIGITS: i32 = 6;

/// A number for a table: six significant digits, whole numbers whole, empty where there is no value.
///
/// `None`, NaN and infinity give an empty cell: no value is never written as nought. Twelve decimals are the
/// most, so that what is smaller than half of the last reads `0`, without a sign.
///
/// # Examples
///
/// ```
/// use skillmix::report::cell::number;
///
/// assert_eq!(number(1_234_567.8), "1234568");
/// assert_eq!(number(f64::NAN), "");
/// ```
pub fn number(value: impl Into<Option<f64>>) -> String {
    let Some(x) = value.into().filter(|x| x.is_finite()) else { return String::new() };
    if x == 0.0 {
        return "0".to_owned();
    }
    // The cast cannot truncate: the logarithm of a finite f64 lies between -324 and 309.
    let places = (DIGITS - 1 - libm::floor(libm::log10(x.abs())) as i32).clamp(0, 12) as usize;
    let text = format!("{x:.places$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    // What rounds to nought loses its sign: `-0` would read as a figure.
    if text.trim_start_matches(['-', '0', '.']).is_empty() { "0".to_owned() } else { text.to_owned() }
}

/// A unit for a table, in plain ASCII: spreadsheets that take a file without a byte order mark for Latin letters would
/// show the pound sign as two.
///
/// # Examples
///
/// ```
/// use skillmix::report::cell::unit;
///
/// assert_eq!((unit("£ a contact"), unit("days")), ("GBP a contact".into(), "days".into()));
/// ```
pub fn unit(of: &str) -> String {
    of.replace('£', "GBP")
}

/// Mean, P5, P25, P50, P75, P95 of a count, as cells.
///
/// Percentiles are counts that occurred; empty where the histogram holds nothing.
pub fn spread(counts: &Histogram) -> [String; 6] {
    let at = |p: f64| counts.quantile(p).map_or(String::new(), |x| x.to_string());
    [number(counts.mean()), at(0.05), at(0.25), at(0.5), at(0.75), at(0.95)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_tables() {
        let rows = [
            (0.0, "0"),
            (-0.0, "0"),
            (12.0, "12"),
            (0.123_456_789, "0.123457"),
            (1_234_567.8, "1234568"),
            (f64::NAN, ""),
            (f64::INFINITY, ""),
            (-2.5, "-2.5"),
            (1e-15, "0"),
            (100.0, "100"),
            (99.999_999_9, "100"),
        ];
        for (x, want) in rows {
            assert_eq!(number(x), want, "{x}");
        }
        assert_eq!(number(None), "");
    }
}
