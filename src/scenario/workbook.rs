//! A sheet of a workbook (Excel, OpenDocument) as the text of a CSV sheet.
//!
//! In: a path such as `network.xlsx#practices`. Out: its cells, row by row, as they would stand in a CSV file: numbers
//! in full, dates as year-month-day, formulas as their last value. Faults then name the same rows and columns.
//!
//! The file is read whole each time a sheet of it is asked for.

use super::read::suggest;
use crate::fault::Fault;
use calamine::{Data, Range, Reader, open_workbook_auto};
use std::path::{Path, PathBuf};

/// Endings of the files that are workbooks.
const WORKBOOKS: [&str; 5] = ["xlsx", "xlsm", "xlsb", "xls", "ods"];

/// A sheet of a workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SheetOf {
    /// The workbook.
    pub path: PathBuf,
    /// The sheet; where it is not named, the only one, or the one called like the table.
    pub sheet: Option<String>,
}

impl SheetOf {
    /// The workbook and sheet that a path names; none where it names no workbook.
    pub fn of(path: &Path) -> Option<Self> {
        let text = path.to_string_lossy();
        let (file, sheet) = match text.rsplit_once('#') {
            Some((file, sheet)) => (file, Some(sheet.to_owned())),
            None => (text.as_ref(), None),
        };
        let file = Path::new(file);
        let ending = file.extension()?.to_string_lossy().to_lowercase();
        WORKBOOKS.contains(&ending.as_str()).then(|| Self { path: file.to_owned(), sheet })
    }

    /// The cells as CSV, and the sheet's name; `table` is what it holds (`practices`).
    ///
    /// # Errors
    ///
    /// A fault under `table`: no such file, no such sheet, or a formula whose value was not stored.
    pub fn csv(&self, table: &str) -> Result<(String, String), Fault> {
        let shown = self.path.display();
        let unread = |reason: String| {
            Fault::new("no-file", table, format!("cannot read the workbook {shown}: {reason}"))
        };
        if !self.path.exists() {
            return Err(unread("there is no such file".to_owned()));
        }
        let mut workbook = open_workbook_auto(&self.path).map_err(|error| unread(error.to_string()))?;
        let name = self.choose(&workbook.sheet_names(), table)?;
        let cells = workbook.worksheet_range(&name).map_err(|error| unread(error.to_string()))?;
        // a sheet whose formulas cannot be read has none that could lack a value
        if let Ok(formulas) = workbook.worksheet_formula(&name)
            && let Some(cell) = without_value(&formulas, &cells)
        {
            let message = format!(
                "cell {cell} of sheet {name} in the workbook {shown} is a formula without a stored value"
            );
            let help = "open the workbook in Excel or LibreOffice and save it, which stores the values, or write the value itself";
            return Err(Fault::new("formula-without-value", table, message).help(help));
        }
        let mut csv = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        for row in cells.rows() {
            csv.write_record(row.iter().map(text)).map_err(|error| unread(error.to_string()))?;
        }
        let bytes = csv.into_inner().map_err(|error| unread(error.to_string()))?;
        let text = String::from_utf8(bytes).map_err(|error| unread(error.to_string()))?;
        Ok((name, text))
    }

    /// The sheet that is meant.
    ///
    /// By name without regard to case; where none was named, the sheet called like the table, else the only one.
    fn choose(&self, sheets: &[String], table: &str) -> Result<String, Fault> {
        let shown = self.path.display();
        // A sheet that is not named should be called like the table.
        let wanted = self.sheet.as_deref().unwrap_or(table);
        if let Some(found) = sheets.iter().find(|sheet| sheet.trim().eq_ignore_ascii_case(wanted.trim())) {
            return Ok(found.clone());
        }
        if let (None, [only]) = (&self.sheet, sheets) {
            return Ok(only.clone());
        }
        let message = format!("the workbook {shown} has no sheet `{wanted}`");
        let help = suggest(wanted, sheets.iter().map(String::as_str), "its sheets are");
        Err(Fault::new("no-sheet", table, message).help(help))
    }
}

/// Name of the first cell with a formula and no value: the program that wrote it did not calculate.
///
/// Both ranges have corners of their own, so places are counted from the first cell of the sheet.
fn without_value(formulas: &Range<String>, cells: &Range<Data>) -> Option<String> {
    let (top, left) = formulas.start()?;
    let of_formula = |(row, column, formula): (usize, usize, &String)| {
        let at = (top + u32::try_from(row).ok()?, left + u32::try_from(column).ok()?);
        let empty = cells.get_value(at).is_none_or(|value| *value == Data::Empty);
        (empty && !formula.is_empty()).then(|| format!("{}{}", column_name(at.1), at.0 + 1))
    };
    formulas.cells().find_map(of_formula)
}

/// A column as a workbook names it: A, B, ... Z, AA.
fn column_name(column: u32) -> String {
    // There is no nought in such names, so each step to the left takes one off.
    let letter = char::from(b'A' + (column % 26) as u8);
    let before = if column < 26 { String::new() } else { column_name(column / 26 - 1) };
    before + &letter.to_string()
}

/// A cell as it would stand in a CSV file.
///
/// Numbers in the fewest digits that read back the same; a date that is formatted as a time span stays a number.
fn text(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Bool(yes) => yes.to_string(),
        Data::DateTime(when) if when.is_datetime() => {
            let (year, month, day, ..) = when.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::DateTime(when) => when.as_f64().to_string(),
        Data::Error(error) => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Excel stores what a formula gave; a program that does not calculate stores nothing, which is no empty cell.
    #[test]
    fn a_formula_without_a_value_is_found() {
        let mut formulas = Range::new((3, 2), (4, 2));
        formulas.set_value((3, 2), "5000+4000".to_owned());
        let mut cells = Range::new((2, 1), (4, 2));
        cells.set_value((2, 1), Data::String("practice".to_owned()));
        assert_eq!(without_value(&formulas, &cells), Some("C4".to_owned()));
        cells.set_value((3, 2), Data::Float(9000.0));
        assert_eq!(without_value(&formulas, &cells), None);
    }

    #[test]
    fn columns_have_the_names_of_a_workbook() {
        assert_eq!([0, 25, 26, 701, 702].map(column_name), ["A", "Z", "AA", "ZZ", "AAA"]);
    }

    #[test]
    fn a_path_names_a_workbook_and_a_sheet() {
        let of = |path: &str| SheetOf::of(Path::new(path)).map(|of| (of.path, of.sheet));
        assert_eq!(of("a/n.xlsx#posts"), Some((PathBuf::from("a/n.xlsx"), Some("posts".to_owned()))));
        assert_eq!(of("n.XLSX"), Some((PathBuf::from("n.XLSX"), None)));
        assert_eq!(of("posts.csv"), None);
        assert_eq!(of("list#2.csv"), None);
    }
}
