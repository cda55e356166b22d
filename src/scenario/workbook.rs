//! A sheet of a workbook (Excel, OpenDocument) as the text of a CSV sheet.
//!
//! In: a path such as `network.xlsx#practices`. Out: its cells, row by row, as they would stand in a CSV file: numbers
//! in full, dates as year-month-day, formulas as their last value; and the name of the cell in which the text begins, so that
//! faults name cells as the workbook does.
//!
//! The file is read whole each time a sheet of it is asked for. Only cells that hold something are kept: a sheet reaches as far
//! as its furthest cell, which may be a stray one a million rows down.

use super::read::suggest;
use super::source::cell_name;
use super::taken;
use crate::fault::{Fault, reason};
use calamine::{Data, DataRef, Reader, Sheets, open_workbook_auto};
use std::collections::BTreeMap;
use std::io::{Read, Seek};
use std::path::{Path, PathBuf};

/// Most rows and columns of a table: more than England has practices, and more than a post has keys.
const MOST: (u32, u32) = (20_000, 500);

/// Most cells of a sheet, empty ones that are formatted among them.
const MOST_CELLS: usize = 2_000_000;

/// Endings of the files that are workbooks.
const WORKBOOKS: [&str; 5] = ["xlsx", "xlsm", "xlsb", "xls", "ods"];

/// A sheet as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SheetText {
    /// Workbook and sheet, as shown to people.
    pub name: String,
    /// Its cells as CSV, commas between them, a line a row.
    pub text: String,
    /// Row and column, from 0, of the cell in which the text begins.
    pub corner: (u32, u32),
}

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

    /// The cells as CSV; `table` is what it holds (`practices`).
    ///
    /// # Errors
    ///
    /// A fault under `table`: no such file, no such sheet, a sheet that is too large for a table, or a formula whose value was
    /// not stored.
    pub fn csv(&self, table: &str) -> Result<SheetText, Fault> {
        let shown = self.path.display();
        let unread = |reason: String| {
            Fault::new("no-file", table, format!("cannot read the workbook {shown}: {reason}"))
        };
        taken::sound(&self.path).map_err(|error| unread(reason(&error)))?;
        let mut workbook = open_workbook_auto(&self.path).map_err(|error| unread(error.to_string()))?;
        let name = self.choose(&workbook.sheet_names(), table)?;
        let cells = values(&mut workbook, &name).map_err(unread)?;
        if let Some(fault) = too_large(&cells) {
            let message = format!("sheet {name} of the workbook {shown} {}", fault.message);
            return Err(Fault { address: table.to_owned(), message, ..fault });
        }
        // a sheet whose formulas cannot be read has none that could lack a value
        let formulas = formulas(&mut workbook, &name).unwrap_or_default();
        if let Some(at) = formulas.into_iter().find(|at| !cells.contains_key(at)) {
            let message = format!(
                "cell {} of sheet {name} in the workbook {shown} is a formula without a stored value",
                cell_name(at)
            );
            let help = "open the workbook in Excel or LibreOffice and save it, which stores the values, or write the value itself";
            return Err(Fault::new("formula-without-value", table, message).help(help));
        }
        let (text, corner) = laid_out(&cells).map_err(unread)?;
        Ok(SheetText { name: format!("{shown}#{name}"), text, corner })
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

/// Cells that hold something, by row and column from 0.
///
/// Values as text; a cell of blanks is among them, as a formula may give one.
type Filled = BTreeMap<(u32, u32), String>;

/// The cells of a sheet that hold something, and of a sheet that is too large no more than are needed to tell that it is.
///
/// The newer files are read cell by cell; the others are laid out whole by their reader, which holds them to what their format
/// can hold.
fn values<F: Read + Seek>(workbook: &mut Sheets<F>, name: &str) -> Result<Filled, String> {
    let mut found = Filled::new();
    // False once there are enough.
    let mut add = |at: (u32, u32), value: &Data| {
        if *value != Data::Empty {
            found.insert(at, text(value));
        }
        (is_blank(value) || !far(at)) && found.len() <= MOST_CELLS
    };
    let owned = |value: &DataRef<'_>| Data::from(value.clone());
    match workbook {
        Sheets::Xlsx(book) => {
            let mut cells = book.worksheet_cells_reader(name).map_err(|error| error.to_string())?;
            while let Some(cell) = cells.next_cell().map_err(|error| error.to_string())? {
                if !add(cell.get_position(), &owned(cell.get_value())) {
                    break;
                }
            }
        }
        Sheets::Xlsb(book) => {
            let mut cells = book.worksheet_cells_reader(name).map_err(|error| error.to_string())?;
            while let Some(cell) = cells.next_cell().map_err(|error| error.to_string())? {
                if !add(cell.get_position(), &owned(cell.get_value())) {
                    break;
                }
            }
        }
        Sheets::Xls(_) | Sheets::Ods(_) => {
            let range = workbook.worksheet_range(name).map_err(|error| error.to_string())?;
            let (top, left) = range.start().unwrap_or_default();
            for (row, column, value) in range.used_cells() {
                if !add((top + row as u32, left + column as u32), value) {
                    break;
                }
            }
        }
    }
    Ok(found)
}

/// Places of the cells of a sheet that hold a formula, as far as a table reaches.
fn formulas<F: Read + Seek>(workbook: &mut Sheets<F>, name: &str) -> Result<Vec<(u32, u32)>, String> {
    let mut found = Vec::new();
    let mut add = |at: (u32, u32), formula: &str| {
        if !formula.is_empty() && !far(at) {
            found.push(at);
        }
    };
    match workbook {
        Sheets::Xlsx(book) => {
            let mut cells = book.worksheet_cells_reader(name).map_err(|error| error.to_string())?;
            while let Some(cell) = cells.next_formula().map_err(|error| error.to_string())? {
                add(cell.get_position(), cell.get_value());
            }
        }
        Sheets::Xlsb(book) => {
            let mut cells = book.worksheet_cells_reader(name).map_err(|error| error.to_string())?;
            while let Some(cell) = cells.next_formula().map_err(|error| error.to_string())? {
                add(cell.get_position(), cell.get_value());
            }
        }
        Sheets::Xls(_) | Sheets::Ods(_) => {
            let range = workbook.worksheet_formula(name).map_err(|error| error.to_string())?;
            // Values and formulas have corners of their own, so places are counted from the first cell of the sheet.
            let (top, left) = range.start().unwrap_or_default();
            for (row, column, formula) in range.used_cells() {
                add((top + row as u32, left + column as u32), formula);
            }
        }
    }
    Ok(found)
}

/// True for a cell that lies beyond any table.
fn far((row, column): (u32, u32)) -> bool {
    row >= MOST.0 || column >= MOST.1
}

/// True for a cell that shows nothing.
fn is_blank(value: &Data) -> bool {
    match value {
        Data::Empty => true,
        Data::String(text) => text.trim().is_empty(),
        _ => false,
    }
}

/// What is wrong with a sheet that is no table: a cell far outside, or more cells than any has. The words continue a sentence
/// that begins with the sheet.
fn too_large(cells: &Filled) -> Option<Fault> {
    if cells.len() > MOST_CELLS {
        let message = "holds more cells than any table of practices or posts";
        let help = "name the sheet that holds the table, or copy the table into a sheet of its own";
        return Some(Fault::new("sheet-too-large", "", message).help(help));
    }
    let (at, text) = cells.iter().find(|(at, text)| far(**at) && !text.trim().is_empty())?;
    let message = format!(
        "has a cell far outside its table: {} holds `{}`",
        cell_name(*at),
        text.trim().chars().take(40).collect::<String>()
    );
    let help = "empty that cell; a table has at most 20,000 rows and 500 columns";
    Some(Fault::new("sheet-too-large", "", message).help(help))
}

/// The filled cells as CSV, a line a row of the sheet, and row and column of the cell in which it begins.
///
/// A row ends with its last filled cell.
fn laid_out(cells: &Filled) -> Result<(String, (u32, u32)), String> {
    let filled = || cells.iter().filter(|(_, text)| !text.trim().is_empty());
    let top = filled().next().map_or(0, |((row, _), _)| *row);
    let left = filled().map(|((_, column), _)| *column).min().unwrap_or_default();
    let mut rows: Vec<Vec<&str>> = Vec::new();
    for ((row, column), text) in filled() {
        let (row, column) = ((row - top) as usize, (column - left) as usize);
        rows.resize_with(rows.len().max(row + 1), Vec::new);
        let width = rows[row].len().max(column + 1);
        rows[row].resize(width, "");
        rows[row][column] = text;
    }
    let mut csv = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for row in rows {
        csv.write_record(row).map_err(|error| error.to_string())?;
    }
    let bytes = csv.into_inner().map_err(|error| error.to_string())?;
    Ok((String::from_utf8(bytes).map_err(|error| error.to_string())?, (top, left)))
}

/// A cell as it would stand in a CSV file.
///
/// Numbers in the fewest digits that read back the same; a date that is formatted as a time span stays a number. A cell is one
/// line: a break within it becomes a blank.
fn text(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => {
            text.split(['\n', '\r']).collect::<Vec<_>>().join(" ")
        }
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

    /// Blanks that someone left a long way off are no part of the table; anything else there is told of.
    #[test]
    fn a_sheet_is_as_large_as_what_it_holds() {
        let cell = |at: (u32, u32), text: &str| (at, text.to_owned());
        let mut cells = Filled::from([cell((2, 1), "post"), cell((4, 3), "4,5"), cell((199_999, 701), " ")]);
        assert_eq!(too_large(&cells), None);
        assert_eq!(laid_out(&cells), Ok(("post\n\"\"\n,,\"4,5\"\n".to_owned(), (2, 1))));
        cells.extend([cell((1_048_575, 16_383), "x")]);
        let fault = too_large(&cells).expect("a cell that is far off");
        assert_eq!(fault.message, "has a cell far outside its table: XFD1048576 holds `x`");
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
