//! Numbers as they stand in a table: enough digits, never more than can be meant, empty where there is no value.
//!
//! In: figures as computed. Out: the text of a cell in any of the CSV files. Files for people round more
//! (`findings::say`); the Parquet files keep figures as they are.

use crate::stats::histogram::Histogram;
use std::borrow::Cow;
use std::io::{self, Write};

/// A CSV table that is being written.
///
/// Texts of the scenario stand in it (sources, names of files): none of them is ever a formula to a spreadsheet.
pub struct Table<W: Write>(csv::Writer<W>);

impl<W: Write> Table<W> {
    /// A table that is written to `out`.
    pub fn to(out: W) -> Self {
        Self(csv::Writer::from_writer(out))
    }

    /// Writes a row.
    ///
    /// # Errors
    ///
    /// Where it cannot be written.
    pub fn write_record<T: AsRef<str>>(&mut self, row: impl IntoIterator<Item = T>) -> io::Result<()> {
        for cell in row {
            self.0.write_field(harmless(cell.as_ref()).as_bytes())?;
        }
        Ok(self.0.write_record(None::<&[u8]>)?)
    }

    /// Writes what is still held back.
    ///
    /// # Errors
    ///
    /// Where it cannot be written.
    pub fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// A text that no spreadsheet takes for a formula: an apostrophe before `=`, `+`, `-` or `@`. Numbers stay numbers.
///
/// # Examples
///
/// ```
/// use skillmix::report::cell::harmless;
///
/// assert_eq!((&*harmless("=1+1"), &*harmless("-2.5"), &*harmless("ONS")), ("'=1+1", "-2.5", "ONS"));
/// ```
pub fn harmless(text: &str) -> Cow<'_, str> {
    let begins = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    match begins && text.len() > 1 && text.parse::<f64>().is_err() {
        true => Cow::Owned(format!("'{text}")),
        false => Cow::Borrowed(text),
    }
}

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
    fn no_text_of_a_table_is_a_formula() {
        let mut out = Vec::new();
        let mut table = Table::to(&mut out);
        table.write_record(["=1+1", "-0.25", "@SUM(A1)", "+cmd", "a=b", "-"]).expect("a row");
        table.flush().expect("a table");
        drop(table);
        assert_eq!(String::from_utf8_lossy(&out), "'=1+1,-0.25,'@SUM(A1),'+cmd,a=b,-\n");
    }

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
