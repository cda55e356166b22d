//! The months of a pilot: a CSV file of a measure by month and practice.
//!
//! In: a sheet of the source map. Out: a [`Series`], or faults with file, row and column. A month without a value is no
//! fault: that months are missing or unequal is told later in plain words.

use crate::fault::Fault;
use crate::quantity::number_text;
use crate::scenario::cells::{Cell, Cells, Number, clear, marked, rows};
use crate::scenario::read::suggest;
use crate::scenario::source::{SourceMap, Span};
use crate::units::Day;

/// Columns that a file may have; the first three it must have.
const COLUMNS: [&str; 5] = ["month", "practice", "value", "group", "weighted_list"];

/// Years in which a pilot may have been.
const YEARS: std::ops::Range<i32> = 1900..2200;

/// More than this no month of a practice can have of anything that is measured.
const MOST: f64 = 1.0e9;

/// Most patients of a practice.
const MOST_PATIENTS: f64 = 1.0e8;

/// Months between two that are next to each other, beyond which the year of one is most likely a slip.
const GAP: i32 = 12;

/// A calendar month, counted from January of the year 0.
///
/// Months are whole and of the calendar: differences of two are numbers of months.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month(pub i32);

impl Month {
    /// From a text such as `2019-04`; none outside the years 1900 to 2199.
    pub fn read(text: &str) -> Option<Self> {
        let (year, month) = text.trim().split_once('-')?;
        let of = |part: &str, n: usize| part.len() == n && part.bytes().all(|b| b.is_ascii_digit());
        let digits = of(year, 4) && of(month, 2);
        let (year, month): (i32, i32) = (year.parse().ok()?, month.parse().ok()?);
        let known = YEARS.contains(&year) && (1..=12).contains(&month);
        (digits && known).then_some(Self(12 * year + month - 1))
    }

    /// That of a day.
    pub fn of(day: Day) -> Self {
        let date = day.date();
        Self(12 * i32::from(date.year()) + i32::from(date.month()) - 1)
    }

    /// The first that begins on a day or after it.
    pub fn from(day: Day) -> Self {
        Self(Self::of(day).0 + i32::from(day.date().day() > 1))
    }

    /// January is 0.
    pub fn of_year(self) -> usize {
        self.0.rem_euclid(12) as usize
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.0.div_euclid(12)
    }

    /// The month after it.
    pub fn next(self) -> Self {
        Self(self.0 + 1)
    }

    /// Its first day.
    ///
    /// Outside the range of dates the epoch, which no file reaches.
    pub fn first(self) -> Day {
        let date = jiff::civil::Date::new(self.year() as i16, self.of_year() as i8 + 1, 1);
        Day::from_date(date.unwrap_or(jiff::civil::date(1970, 1, 1)))
    }

    /// Weeks that it has: days of the month over 7.
    pub fn weeks(self) -> f64 {
        f64::from(self.next().first().0 - self.first().0) / 7.0
    }
}

/// A practice of a series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Observed {
    /// Name in the file.
    pub name: String,
    /// True where it did not take part.
    pub control: bool,
}

/// One practice's month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Value {
    /// Month.
    pub month: Month,
    /// Its practice.
    pub practice: usize,
    /// Value.
    pub value: f64,
    /// Weighted list [patients].
    pub weighted_list: Option<f64>,
}

/// Months of a pilot.
///
/// Values stand in the order of the file, not of time; each practice has a month once at most. Read by `read`
/// alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Name of the file as written.
    pub file: String,
    /// Text of the file.
    pub text: String,
    /// Practices in the order of the file.
    pub practices: Vec<Observed>,
    /// Months that have a value.
    pub values: Vec<Value>,
}

impl Series {
    /// True where every month states its weighted list.
    pub fn weighted(&self) -> bool {
        !self.values.is_empty() && self.values.iter().all(|value| value.weighted_list.is_some())
    }
}

/// A file being read.
struct Sheet<'a> {
    map: &'a mut SourceMap,
    base: usize,
    faults: &'a mut Vec<(Fault, Span)>,
    /// Place of each column of [`COLUMNS`].
    at: [Option<usize>; 5],
    /// What is measured, where it can never be below nought.
    count: Option<&'a str>,
    /// What stands between cells.
    between: char,
}

/// Reads a sheet of the source map; `count` names what is measured, where it can never be below nought.
///
/// None where a column that it must have is missing; else a series, which may be empty and at fault.
pub(super) fn read(
    map: &mut SourceMap,
    id: usize,
    (file, count): (&str, Option<&str>),
    faults: &mut Vec<(Fault, Span)>,
) -> Option<Series> {
    let text = map.source(id).text.clone();
    let base = map.source(id).base;
    let Cells { rows, between, unclosed } = rows(&text);
    if let Some(at) = unclosed {
        faults.push((crate::scenario::sheet::open_quote(), Span { start: base + at, end: base + at + 1 }));
        return None;
    }
    let mut rows = rows.into_iter();
    let headings = rows.next().unwrap_or_default();
    let mut sheet = Sheet { map, base, faults, at: [None; 5], count, between };
    sheet.headings(&headings)?;
    let width = headings.len();
    let rows: Vec<Vec<Cell>> = rows.collect();
    sheet.mark(id, &headings, &rows);
    let mut series = Series { file: file.into(), text, practices: Vec::new(), values: Vec::new() };
    for row in rows.iter().filter(|row| row.iter().any(|cell| !cell.text.trim().is_empty())) {
        if let Some(beyond) = row.iter().skip(width).find(|cell| !cell.text.trim().is_empty()) {
            let message = "this cell stands under no heading".to_owned();
            sheet.fault(beyond, "sheet-no-heading", message, crate::scenario::sheet::NO_HEADING);
        }
        sheet.row(row, &mut series);
    }
    sheet.far_apart(&rows, &series);
    if series.values.is_empty() {
        let fault = Fault::new("no-values", "", "this file holds no value");
        let help = "a row is a month of a practice: 2019-04,north,412";
        sheet.faults.push((fault.help(help), Span { start: base, end: base + 1 }));
    }
    Some(series)
}

impl Sheet<'_> {
    /// Where a cell stands in the source map.
    fn span(&self, cell: &Cell) -> Span {
        Span { start: self.base + cell.start, end: self.base + cell.end }
    }

    /// Notes a fault under a cell.
    fn fault(&mut self, cell: &Cell, code: &'static str, message: String, help: &str) {
        let span = self.span(cell);
        self.faults.push((Fault::new(code, "", message).help(help), span));
    }

    /// Finds the columns; none where one is missing.
    fn headings(&mut self, headings: &[Cell]) -> Option<()> {
        for (column, cell) in headings.iter().enumerate() {
            let name = cell.text.trim().trim_start_matches('\u{feff}').to_lowercase().replace(' ', "_");
            match COLUMNS.iter().position(|known| *known == name) {
                Some(known) => self.at[known] = Some(column),
                None => {
                    let help = suggest(&name, COLUMNS.into_iter(), "columns it may have");
                    self.fault(
                        cell,
                        "unknown-column",
                        format!("a pilot's months have no column `{name}`"),
                        &help,
                    );
                }
            }
        }
        let missing: Vec<&str> = COLUMNS
            .iter()
            .zip(self.at)
            .take(3)
            .filter(|(_, at)| at.is_none())
            .map(|(name, _)| *name)
            .collect();
        if missing.is_empty() {
            return Some(());
        }
        let help = "the first line is month,practice,value and where known group,weighted_list";
        let first = Cell { text: String::new(), start: 0, end: headings.last().map_or(0, |cell| cell.end) };
        let message = format!("this file has no column `{}`", missing.join("`, `"));
        self.fault(&first, "missing-column", message, help);
        None
    }

    /// Remembers which row and column a cell is, for the faults.
    fn mark(&mut self, id: usize, headings: &[Cell], rows: &[Vec<Cell>]) {
        let mut cells = Vec::new();
        for (number, row) in rows.iter().enumerate() {
            for (column, cell) in row.iter().enumerate() {
                let heading = headings.get(column).map_or("", |heading| heading.text.trim());
                cells.push((self.span(cell), number + 1, heading.to_owned()));
            }
        }
        self.map.set_cells(id, cells);
    }

    /// Reads one row. A row without a value enters its practice all the same: it was there and was not measured.
    fn row(&mut self, row: &[Cell], series: &mut Series) {
        let cell = |known: usize, at: &[Option<usize>; 5]| at[known].and_then(|column| row.get(column));
        let (Some(month), Some(practice), Some(value)) =
            (cell(0, &self.at), cell(1, &self.at), cell(2, &self.at))
        else {
            let last = &row[row.len() - 1];
            self.fault(
                last,
                "short-row",
                "this row has fewer cells than the first line".into(),
                "leave a cell empty, but keep its comma",
            );
            return;
        };
        let when = Month::read(&month.text);
        if when.is_none() {
            let message = format!("`{}` is not a month", month.text.trim());
            self.fault(month, "bad-month", message, "write year-month: 2019-04, the year from 1900 to 2199");
        }
        let list = self.list(cell(4, &self.at));
        let named = self.practice(practice, cell(3, &self.at), series);
        let Some(number) = self.number(value) else { return };
        let (Some(when), Some(named)) = (when, named) else { return };
        if series.values.iter().any(|known| known.month == when && known.practice == named) {
            let message = format!("practice {} has this month twice", series.practices[named].name);
            self.fault(month, "month-twice", message, "keep one row for each month of a practice");
            return;
        }
        series.values.push(Value { month: when, practice: named, value: number, weighted_list: list });
    }

    /// A number without marks for thousands, its decimal sign a point; none, with a fault, for one that reads in two ways.
    fn plain(&mut self, cell: &Cell) -> Option<String> {
        let text = cell.text.trim();
        match marked(text, self.between) {
            Number::Is(number) => Some(number),
            Number::No => Some(text.to_owned()),
            Number::Unclear(two) => {
                let (message, help) = clear(text, &two);
                self.fault(cell, "sheet-unclear", message, &help);
                None
            }
        }
    }

    /// Warns of months that lie far from all others: the first of the smaller part on each side of a gap.
    fn far_apart(&mut self, rows: &[Vec<Cell>], series: &Series) {
        let mut months: Vec<Month> = series.values.iter().map(|value| value.month).collect();
        months.sort();
        let gaps: Vec<usize> =
            (1..months.len()).filter(|at| months[*at].0 - months[at - 1].0 > GAP).collect();
        for at in gaps {
            let (before, after) = (months[at - 1], months[at]);
            let odd = if at < months.len() - at { before } else { after };
            let column = self.at[0];
            let mut cells = rows.iter().filter_map(|row| row.get(column?));
            let Some(cell) = cells.find(|cell| Month::read(&cell.text) == Some(odd)) else { continue };
            let message =
                format!("this month lies {} months from the nearest of the others", after.0 - before.0);
            let help = "correct its year; where months are missing in between, leave it";
            let span = self.span(cell);
            self.faults.push((Fault::warning("far-month", "", message).help(help), span));
        }
    }

    /// The value; none where it is empty (a missing month), no number, or below nought where it can never be.
    fn number(&mut self, cell: &Cell) -> Option<f64> {
        let text = cell.text.trim();
        if text.is_empty() {
            return None;
        }
        let plain = self.plain(cell)?;
        let number = plain.parse::<f64>().ok().filter(|x| x.is_finite());
        if number.is_none() {
            let help = "write a plain number such as 412 or 0.87; leave it empty where the month is missing";
            self.fault(cell, "bad-number", format!("`{text}` is not a number"), help);
        }
        if let Some(number) = number.filter(|number| number.abs() > MOST) {
            let message = format!("{} is more than any practice can have in a month", number_text(number));
            self.fault(
                cell,
                "beyond-count",
                message,
                "write what was counted; leave the cell empty where the month is not known",
            );
            return None;
        }
        if let Some((name, number)) = self.count.zip(number)
            && number < 0.0
        {
            let message = format!("{number} cannot be: `{name}` is never below 0");
            let help = "write what was counted; leave the cell empty where the month is not known. A correction belongs in the month that it corrects";
            self.fault(cell, "below-nought", message, help);
            return None;
        }
        number
    }

    /// The weighted list [patients]; none where the cell is empty or no number above 0.
    fn list(&mut self, cell: Option<&Cell>) -> Option<f64> {
        let cell = cell.filter(|cell| !cell.text.trim().is_empty())?;
        let list = self.plain(cell)?.parse::<f64>().ok().filter(|x| *x > 0.0 && *x <= MOST_PATIENTS);
        if list.is_none() {
            let message = format!("`{}` is not a weighted list", cell.text.trim());
            self.fault(
                cell,
                "bad-list",
                message,
                "write a number of patients above 0, at most 100,000,000: 8630",
            );
        }
        list
    }

    /// The number of a practice, entered where it is new; its group has to be the same throughout.
    fn practice(&mut self, cell: &Cell, group: Option<&Cell>, series: &mut Series) -> Option<usize> {
        let name = cell.text.trim().to_owned();
        if name.is_empty() {
            self.fault(cell, "no-practice", "this row names no practice".into(), "name it, or drop the row");
            return None;
        }
        let control = match group.map(|cell| cell.text.trim()).unwrap_or_default() {
            "" | "pilot" => false,
            "control" => true,
            other => {
                let message = format!("`{other}` is not a group");
                let help = suggest(other, ["pilot", "control"].into_iter(), "it may be");
                self.fault(group.unwrap_or(cell), "unknown-group", message, &help);
                return None;
            }
        };
        match series.practices.iter().position(|known| known.name == name) {
            Some(known) if series.practices[known].control == control => Some(known),
            Some(_) => {
                let message = format!("practice {name} is in both groups");
                let help = "a practice took part or it did not: say the same group in all its months";
                self.fault(group.unwrap_or(cell), "both-groups", message, help);
                None
            }
            None => {
                series.practices.push(Observed { name, control });
                Some(series.practices.len() - 1)
            }
        }
    }
}
