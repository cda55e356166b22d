//! Tables in a workbook: the same model as from CSV, and faults that name sheet, row and column.

use rust_xlsxwriter::{ExcelDateTime, Formula, Workbook, Worksheet};
use skillmix::scenario::load;
use std::path::Path;

const SCENARIO: &str = "practices = \"PRACTICES\"\nposts = \"POSTS\"\n[horizon]\nstart = 2019-04-01\nweeks = 4\n\
                        [role.gp]\n[need.routine]\nrate_per_patient_year = 2.1\nroles = [\"gp\"]\n";

const PRACTICES: &str =
    "Practice,Name,Registered list,rooms\nE85001,\"North Road, upper floor\",9214,4\nsouth,,7000.5,\n";
const POSTS: &str = "post,practice,role,FTE,In post FTE,from,works\n\
                     partners,e85001,gp,2.5,2,2019-04-08,\"mon am, tue pm\"\nothers,south,gp,3,,,\n";

/// A sheet with the cells of a CSV text: numbers as numbers, dates as dates.
fn sheet(name: &str, csv: &str) -> Worksheet {
    let mut sheet = Worksheet::new();
    sheet.set_name(name).expect("a name");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(csv.as_bytes());
    for (r, row) in reader.records().enumerate() {
        for (c, cell) in row.expect("a row").iter().enumerate() {
            let (r, c) = (r as u32 + 2, c as u16 + 1);
            if let Ok(number) = cell.parse::<f64>() {
                sheet.write(r, c, number).expect("a number");
            } else if let Ok(date) = ExcelDateTime::parse_from_str(cell) {
                let format = rust_xlsxwriter::Format::new().set_num_format("dd/mm/yyyy");
                sheet.write_with_format(r, c, &date, &format).expect("a date");
            } else if !cell.is_empty() {
                sheet.write(r, c, cell).expect("a text");
            }
        }
    }
    sheet
}

/// Writes a workbook of the two sheets.
fn workbook(folder: &Path, practices: &str, posts: &str) {
    let mut book = Workbook::new();
    book.push_worksheet(sheet("Practices", practices));
    book.push_worksheet(sheet("posts", posts));
    book.save(folder.join("network.xlsx")).expect("a workbook");
}

/// Loads the scenario with its tables from these places.
fn loaded(folder: &Path, practices: &str, posts: &str) -> Result<String, String> {
    let file = folder.join("network.toml");
    let text = SCENARIO.replace("PRACTICES", practices).replace("POSTS", posts);
    std::fs::write(&file, text).expect("a scenario");
    match load(&file, &[]) {
        Ok(scenario) => Ok(format!("{:?}", scenario.options[0].model)),
        Err(report) => Err(report.render(false)),
    }
}

#[test]
fn a_workbook_is_read_like_csv() {
    let folder = tempfile::tempdir().expect("a passing folder");
    let at = folder.path();
    std::fs::write(at.join("practices.csv"), PRACTICES).expect("a sheet");
    std::fs::write(at.join("posts.csv"), POSTS).expect("a sheet");
    workbook(at, PRACTICES, POSTS);
    let csv = loaded(at, "practices.csv", "posts.csv").unwrap_or_else(|report| panic!("{report}"));
    assert!(csv.contains("wte: Fixed(2.5), in_post_wte: Some(Fixed(2.0))"), "FTE is WTE: {csv}");
    let named = loaded(at, "network.xlsx#practices", "network.xlsx#posts");
    assert_eq!(named.as_ref(), Ok(&csv));
    let unnamed = loaded(at, "network.xlsx", "network.xlsx");
    assert_eq!(unnamed.as_ref(), Ok(&csv), "the sheets are called like the tables");
}

#[test]
fn faults_name_sheet_row_and_column() {
    let folder = tempfile::tempdir().expect("a passing folder");
    let at = folder.path();
    workbook(at, &PRACTICES.replace("9214", "many"), POSTS);
    let report = loaded(at, "network.xlsx#practices", "network.xlsx#posts").expect_err("a text for a number");
    let place = "network.xlsx#Practices!D4\n";
    assert!(report.contains(place), "{report}");
    assert!(report.contains("4 | E85001,") && report.contains("column `registered_list`"), "{report}");
    let report = loaded(at, "network.xlsx#practise", "network.xlsx#posts").expect_err("no such sheet");
    assert!(
        report.contains("has no sheet `practise`") && report.contains("did you mean `Practices`?"),
        "{report}"
    );
    std::fs::write(at.join("network.xlsx"), "not a workbook").expect("a file");
    let report = loaded(at, "network.xlsx#practices", "network.xlsx#posts").expect_err("no workbook");
    assert!(report.contains("cannot read the workbook"), "{report}");
}

/// A workbook with one more cell, far from its table.
fn with_stray(folder: &Path, (row, column): (u32, u16), text: &str) {
    let mut practices = sheet("Practices", PRACTICES);
    practices.write(row, column, text).expect("a cell");
    let mut book = Workbook::new();
    book.push_worksheet(practices);
    book.save(folder.join("stray.xlsx")).expect("a workbook");
    std::fs::write(folder.join("posts.csv"), POSTS).expect("a sheet");
}

/// The last cell that a workbook can have would make a sheet of 17 thousand million cells.
#[test]
fn a_stray_cell_is_named_and_stray_blanks_do_not_count() {
    let folder = tempfile::tempdir().expect("a passing folder");
    let at = folder.path();
    with_stray(at, (1_048_575, 16_383), "x");
    let report = loaded(at, "stray.xlsx", "posts.csv").expect_err("a stray cell");
    assert!(report.contains("has a cell far outside its table: XFD1048576 holds `x`"), "{report}");
    assert!(report.contains("help: empty that cell"), "{report}");
    with_stray(at, (199_999, 701), " ");
    loaded(at, "stray.xlsx", "posts.csv").unwrap_or_else(|report| panic!("{report}"));
}

/// The place of a figure is the cell that a planner sees, however many blank rows and columns come before it.
#[test]
fn a_figure_of_a_workbook_stands_in_its_cell() {
    let folder = tempfile::tempdir().expect("a passing folder");
    let at = folder.path();
    let mut practices = sheet("practices", PRACTICES);
    // Two blank rows between the practices, and a break within a title.
    practices.write(7, 1, "west").expect("a cell");
    practices.write(7, 2, "West\nRoad").expect("a cell");
    practices.write(7, 3, 4000).expect("a cell");
    let mut book = Workbook::new();
    book.push_worksheet(practices);
    book.save(at.join("rows.xlsx")).expect("a workbook");
    std::fs::write(at.join("posts.csv"), POSTS).expect("a sheet");
    loaded(at, "rows.xlsx", "posts.csv").unwrap_or_else(|report| panic!("{report}"));
    let scenario =
        load(&at.join("network.toml"), &[]).unwrap_or_else(|report| panic!("{}", report.render(false)));
    let list = scenario.assumptions.iter().find(|a| a.address == "practice.west.registered_list");
    let place = list.map(|list| list.place.clone()).unwrap_or_default();
    assert!(place.ends_with("rows.xlsx#practices!D8"), "{place}");
    assert_eq!(scenario.options[0].model.practices[2].title, "West Road");
}

#[test]
fn a_failed_formula_is_a_fault() {
    let folder = tempfile::tempdir().expect("a passing folder");
    let at = folder.path();
    let mut practices = sheet("practices", "practice,registered_list\nnorth,\n");
    practices.write_formula(3, 2, Formula::new("=1/0").set_result("#DIV/0!")).expect("a formula");
    let mut book = Workbook::new();
    book.push_worksheet(practices);
    book.save(at.join("one.xlsx")).expect("a workbook");
    std::fs::write(at.join("posts.csv"), "post,practice,role,wte\na,north,gp,3\n").expect("a sheet");
    let report = loaded(at, "one.xlsx", "posts.csv").expect_err("a failed formula");
    assert!(report.contains("the formula of this cell has failed: #DIV/0!"), "{report}");
}

/// A list stands in a cell as in the file; a bare word is a fault that says what to write.
#[test]
fn a_list_in_a_cell_has_brackets() {
    let folder = tempfile::tempdir().expect("a passing folder");
    let at = folder.path();
    let scenario = |sites: &str| {
        std::fs::write(
            at.join("practices.csv"),
            "practice,registered_list,network\nhill,4000,n\nmill,4000,n\n",
        )
        .expect("a sheet");
        let posts = format!(
            "post,network,role,wte,sharing,sites\na,n,gp,3,rota,\"{}\"\n",
            sites.replace('"', "\"\"")
        );
        std::fs::write(at.join("posts.csv"), posts).expect("a sheet");
        let text =
            SCENARIO.replace("PRACTICES", "practices.csv").replace("POSTS", "posts.csv") + "[network.n]\n";
        std::fs::write(at.join("network.toml"), text).expect("a scenario");
        load(&at.join("network.toml"), &[]).map_err(|report| report.render(false))
    };
    scenario(r#"["hill", "mill"]"#).unwrap_or_else(|report| panic!("{report}"));
    let report = scenario("hill, mill").expect_err("no list");
    assert!(report.contains(r#"write ["hill", "mill"], in a cell of a sheet too"#), "{report}");
}
