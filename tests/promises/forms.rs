//! Promise: one report in many forms. What stands in the text stands on the page, and the workbook has the tables' figures.

use calamine::{Data, Reader, Xlsx, open_workbook};
use std::fs;
use std::path::Path;
use std::process::Command;

/// A run of a scenario with options, with pictures, written below a folder.
fn written(folder: &Path) {
    let scenario = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/tutorial/08-a-lever.toml");
    let done = Command::new(env!("CARGO_BIN_EXE_skillmix"))
        .current_dir(folder)
        .args(["run", "-n", "12", "--out", "out"])
        .arg(scenario)
        .output()
        .expect("the program starts");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(said.contains("open report.html there in a browser"), "{said}");
}

/// A cell of a sheet as a table would have it.
fn plain(cell: Option<&Data>) -> String {
    match cell {
        None | Some(Data::Empty) => String::new(),
        Some(Data::DateTime(day)) => {
            let (year, month, date, ..) = day.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{date:02}")
        }
        Some(Data::Float(number)) => number.to_string(),
        Some(Data::String(text)) => text.clone(),
        Some(other) => panic!("{other:?}"),
    }
}

#[test]
fn the_workbook_has_every_figure_of_the_tables() {
    let folder = tempfile::tempdir().expect("a passing folder");
    written(folder.path());
    let out = folder.path().join("out");
    let mut book: Xlsx<_> = open_workbook(out.join("results.xlsx")).expect("a workbook");
    let names = book.sheet_names();
    assert_eq!(names[0], "answer");
    for table in ["summary", "months", "shortfall", "weeks", "assumptions", "names"] {
        assert!(names.iter().any(|name| name == table), "{names:?}");
    }
    let mut numbers = 0;
    for name in &names[1..] {
        let sheet = book.worksheet_range(name).expect("a sheet");
        let mut table = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_path(out.join(format!("{name}.csv")))
            .expect("a table");
        let rows: Vec<csv::StringRecord> = table.records().map(|row| row.expect("a row")).collect();
        assert_eq!(sheet.height(), rows.len(), "{name}");
        for (at, row) in (0u32..).zip(&rows) {
            for (column, text) in (0u32..).zip(row) {
                let cell = sheet.get_value((at, column));
                numbers += usize::from(matches!(cell, Some(Data::Float(_))));
                let written = plain(cell);
                let alike = written == text
                    || matches!((written.parse::<f64>(), text.parse::<f64>()), (Ok(a), Ok(b)) if a == b)
                    || text.strip_prefix('\'') == Some(&written);
                assert!(alike, "{name}, row {at}, column {column}: {written} for {text}");
            }
        }
    }
    assert!(numbers > 1000, "figures are numbers: {numbers}");
}

#[test]
fn the_answer_stands_in_every_form() {
    let folder = tempfile::tempdir().expect("a passing folder");
    written(folder.path());
    let out = folder.path().join("out");
    let read = |name: &str| fs::read_to_string(out.join(name)).expect("a file");
    let (text, page) = (read("report.txt"), read("report.html"));
    let answer = text.lines().nth(3).expect("the answer below title and run");
    assert!(page.contains(&format!("<p class=\"lead\">{}", answer.replace(" %", "\u{a0}%"))), "{answer}");
    let mut book: Xlsx<_> = open_workbook(out.join("results.xlsx")).expect("a workbook");
    let sheet = book.worksheet_range("answer").expect("the first sheet");
    let cells: Vec<String> = sheet.cells().map(|(_, _, cell)| plain(Some(cell))).collect();
    assert!(cells.iter().any(|cell| cell.starts_with(answer)), "{cells:?}");
    // every table of the text is one of the page, every picture is there once
    let dashes = |line: &&str| line.contains("-  -") && line.bytes().all(|b| matches!(b, b'-' | b' '));
    let tables = text.lines().filter(dashes).count();
    let pictures = fs::read_dir(out.join("plots")).expect("pictures").count() / 2;
    assert!(pictures > 4 && page.matches("<img ").count() == pictures, "{pictures}");
    // one more for the assumptions
    assert_eq!(page.matches("<table>").count(), tables + 1);
}
