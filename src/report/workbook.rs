//! `results.xlsx`: the tables of a folder as one workbook, for those who live in a spreadsheet.
//!
//! In: the CSV files of the folder as they were written, the report, and what each file is. Out: a sheet that holds the answer
//! and says what is on the others, then a sheet a table: numbers are numbers, dates are dates, headings stay in sight and
//! filter. The same tables give the same bytes.

use super::document::{Document, Piece};
use super::folder::Folder;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, FormatUnderline, Url, Workbook,
    Worksheet, XlsxError,
};
use std::io;

/// Name of the file.
pub const NAME: &str = "results.xlsx";

/// The largest table that gets a sheet [bytes]: a larger one is a list of tens of thousands of rows (every day, every wait of
/// every option), which a spreadsheet opens slowly and nobody scrolls; it stays a file.
const LARGEST: u64 = 4 << 20;

/// Rows looked at for the width of a column.
const LOOKED_AT: usize = 200;

/// Widths of a column, narrowest and widest [letters].
const WIDTHS: (usize, usize) = (8, 48);

/// A workbook states when it was made; ours has no clock, so that the same figures are the same bytes.
const MADE: (u16, u8, u8) = (2000, 1, 1);

/// Width of the column of texts of the first sheet [letters].
const TEXT: u16 = 80;
/// Colour of a link, that of the page.
const LINK: Color = Color::RGB(0x00_5A_8C);
/// Height of a line [points].
const LINE: f64 = 15.0;

/// Names of files and what each is, in the order in which a reader wants them.
pub type Meaning<'a> = (&'a str, &'a str);

/// Writes the workbook of all tables that the folder has so far.
///
/// # Errors
///
/// Where a table cannot be read back or the workbook cannot be written.
pub fn write(folder: &mut Folder, document: &Document, meanings: &[Meaning<'_>]) -> io::Result<()> {
    let there = |name: &str| folder.files().iter().find(|file| file.name == name);
    let tables = meanings.iter().filter(|(name, _)| name.ends_with(".csv"));
    let (sheets, files): (Vec<_>, Vec<_>) = tables
        .filter_map(|(name, meaning)| Some((there(name)?, *meaning)))
        .partition(|(file, _)| file.bytes <= LARGEST);
    let sheets: Vec<(String, &str)> = sheets.into_iter().map(|(file, of)| (file.name.clone(), of)).collect();
    let left: Vec<&str> = files.into_iter().map(|(file, _)| file.name.as_str()).collect();
    let mut book = Workbook::new();
    let (year, month, day) = MADE;
    let made = ExcelDateTime::from_ymd(year, month, day).map_err(unmade)?;
    book.set_properties(&DocProperties::new().set_title(&document.title).set_creation_datetime(&made));
    cover(book.add_worksheet(), document, &sheets, &left).map_err(unmade)?;
    for (name, _) in &sheets {
        let table = folder.read(name)?;
        sheet(book.add_worksheet(), stem(name), &table).map_err(unmade)?;
    }
    let bytes = book.save_to_buffer().map_err(unmade)?;
    folder.file(NAME, |out| out.write_all(&bytes))
}

/// A fault of the library, in its own words: nothing that a planner can mend.
fn unmade(error: XlsxError) -> io::Error {
    io::Error::other(error)
}

/// Name of a sheet: its file's, without the ending.
fn stem(name: &str) -> &str {
    name.trim_end_matches(".csv")
}

/// Title, answer, and what is on each sheet; tables that have none are named.
fn cover(
    sheet: &mut Worksheet,
    document: &Document,
    sheets: &[(String, &str)],
    left: &[&str],
) -> Result<(), XlsxError> {
    let plain = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let bold = plain.clone().set_bold();
    sheet.set_name("answer")?.set_column_width(0, 18)?.set_column_width(1, TEXT)?;
    sheet.write_string_with_format(0, 1, &document.title, &bold.clone().set_font_size(14))?;
    let mut row = 1;
    for piece in &document.first {
        match piece {
            Piece::Lead(text) | Piece::Heading(text) => said(sheet, row, text, &bold)?,
            Piece::Run(text) | Piece::Text(text) | Piece::Point(text) => said(sheet, row, text, &plain)?,
            Piece::Named(name, text) => said(sheet, row, &format!("{name}: {text}"), &plain)?,
            Piece::Table { headings, rows } => {
                across(sheet, row, headings, &bold)?;
                for cells in rows {
                    row += 1;
                    across(sheet, row, cells, &plain)?;
                }
            }
            // A title is at the head of the sheet, and nothing else stands on a first screen.
            _ => continue,
        }
        row += 1;
    }
    row += 1;
    sheet.write_string_with_format(row, 0, "Sheet", &bold)?;
    said(sheet, row, "What it holds", &bold)?;
    let link = plain.clone().set_font_color(LINK).set_underline(FormatUnderline::Single);
    for (name, meaning) in sheets {
        row += 1;
        let name = stem(name);
        let to = Url::new(format!("internal:'{name}'!A1")).set_text(name);
        sheet.write_url_with_format(row, 0, to, &link)?;
        said(sheet, row, meaning, &plain)?;
    }
    if !left.is_empty() {
        let text = format!("Too long for a sheet, in the folder as files of their own: {}.", left.join(", "));
        said(sheet, row + 2, &text, &plain)?;
    }
    Ok(())
}

/// A text of the first sheet, its row as high as its lines: not every program fits rows to texts that it wraps.
fn said(sheet: &mut Worksheet, row: u32, text: &str, format: &Format) -> Result<(), XlsxError> {
    let lines = text.chars().count().div_ceil(usize::from(TEXT)).max(1);
    sheet.write_string_with_format(row, 1, text, format)?.set_row_height(row, LINE * lines as f64)?;
    Ok(())
}

/// A row of a table of the report, from the column of the text on.
fn across(sheet: &mut Worksheet, row: u32, cells: &[String], plain: &Format) -> Result<(), XlsxError> {
    for (column, text) in (1u16..).zip(cells) {
        match figure(text).filter(|_| column > 1) {
            Some((number, form)) => {
                sheet.write_number_with_format(row, column, number, &plain.clone().set_num_format(form))?
            }
            None if column > 1 => sheet.write_string_with_format(
                row,
                column,
                text,
                &plain.clone().set_align(FormatAlign::Right),
            )?,
            None => sheet.write_string_with_format(row, column, text, plain)?,
        };
        if column > 1 {
            sheet.set_column_width(column, 18)?;
        }
    }
    Ok(())
}

/// A figure of the report as a number that looks the same: `+3.1`, `52,300`; none for a range, a dash or words.
fn figure(text: &str) -> Option<(f64, String)> {
    let bare = text.replace(',', "");
    let number = bare.parse::<f64>().ok().filter(|x| x.is_finite())?;
    let places = bare.split_once('.').map_or(0, |(_, places)| places.len());
    let form = if places == 0 { "#,##0".to_owned() } else { format!("#,##0.{}", "0".repeat(places)) };
    Some((number, if text.starts_with('+') { format!("+{form}") } else { form }))
}

/// What a cell holds.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Cell<'a> {
    Nothing,
    Number(f64),
    Date(&'a str),
    Text(&'a str),
}

/// Reads a cell of a table of ours: what is written as a number is one, unless it is a code with noughts in front.
fn cell(text: &str) -> Cell<'_> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && !(digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0."));
    if let Some(number) = text.parse().ok().filter(|_| plain) {
        return Cell::Number(number);
    }
    let date = |text: &str| {
        let form = text.bytes().enumerate().all(|(at, b)| match at {
            4 | 7 => b == b'-',
            _ => b.is_ascii_digit(),
        });
        text.len() == 10 && form
    };
    match text {
        "" => Cell::Nothing,
        text if date(text) => Cell::Date(text),
        // A workbook takes no text for a formula, so that the mark against it is not needed.
        text => Cell::Text(
            text.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@'])).unwrap_or(text),
        ),
    }
}

/// A table as a sheet.
fn sheet(sheet: &mut Worksheet, name: &str, table: &[u8]) -> Result<(), XlsxError> {
    let heading = Format::new().set_bold().set_border_bottom(FormatBorder::Thin);
    let date = Format::new().set_num_format("yyyy-mm-dd");
    sheet.set_name(name)?;
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(table);
    let mut record = csv::StringRecord::new();
    let mut widths: Vec<usize> = Vec::new();
    let mut row = 0;
    while reader.read_record(&mut record).map_err(io::Error::from)? {
        for (column, text) in (0u16..).zip(&record) {
            match cell(text) {
                Cell::Nothing => continue,
                Cell::Text(text) if row == 0 => {
                    sheet.write_string_with_format(row, column, text, &heading)?
                }
                Cell::Text(text) => sheet.write_string(row, column, text)?,
                Cell::Number(number) => sheet.write_number(row, column, number)?,
                // The thirteenth month is a text as any other.
                Cell::Date(text) => match ExcelDateTime::parse_from_str(text) {
                    Ok(day) => sheet.write_datetime_with_format(row, column, day, &date)?,
                    Err(_) => sheet.write_string(row, column, text)?,
                },
            };
        }
        if (row as usize) < LOOKED_AT {
            widths.resize(widths.len().max(record.len()), WIDTHS.0);
            let wide = |text: &str| (text.chars().count() + 2).min(WIDTHS.1);
            widths.iter_mut().zip(&record).for_each(|(width, text)| *width = (*width).max(wide(text)));
        }
        row += 1;
    }
    for (column, width) in (0u16..).zip(&widths) {
        sheet.set_column_width(column, *width as f64)?;
    }
    if let (Some(last_row), Some(last)) = (row.checked_sub(1), widths.len().checked_sub(1)) {
        sheet.set_freeze_panes(1, 0)?;
        sheet.autofilter(0, 0, last_row, last as u16)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_of_the_report_looks_as_it_did() {
        assert_eq!(figure("+3.1"), Some((3.1, "+#,##0.0".into())));
        assert_eq!(figure("52,300"), Some((52_300.0, "#,##0".into())));
        assert_eq!(figure("-0.25"), Some((-0.25, "#,##0.00".into())));
        for text in ["-", "1 / 10", "+0.21 to +1.12", "", "?", "better", "91 %", "nan"] {
            assert_eq!(figure(text), None, "{text}");
        }
    }

    #[test]
    fn a_cell_is_what_it_says() {
        assert_eq!(cell(""), Cell::Nothing);
        assert_eq!(cell("-12.5"), Cell::Number(-12.5));
        assert_eq!(cell("0.25"), Cell::Number(0.25));
        assert_eq!(cell("0"), Cell::Number(0.0));
        assert_eq!(cell("2019-04-01"), Cell::Date("2019-04-01"));
        assert_eq!(cell("'=1+1"), Cell::Text("=1+1"));
        for text in ["007", "2019-04", "1e5", "E85008", "-", "1.2.3", "'quoted", "inf", "2019-04-1"] {
            assert_eq!(cell(text), Cell::Text(text), "{text}");
        }
    }
}
