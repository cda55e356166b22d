//! Tables kept in a spreadsheet: a CSV file, or a sheet of a workbook as CSV, whose first column is the name and whose headings are
//! dotted keys (`wte`, `leave.days_per_wte_year`). Faults name row and column.
//!
//! In: a sheet that is a text of the source map. Out: a table as if it stood in TOML, so that whatever comes
//! later cannot tell the two apart; every value knows its cell. Empty cells state nothing.

use super::cells::{Cell, Cells, FAILED, Number, clear, marked, rows, rows_between};
use super::format::words::{is_name, plain_name};
use super::source::{SourceMap, Span};
use super::tree::{self, Node, Table, Value};
use crate::fault::Fault;

/// The way out where a cell stands beyond the headings.
pub(super) const NO_HEADING: &str =
    "give its column a heading, or empty the cell; a number with a comma in it stands in quotes (\"9,200\")";

/// Most parts of a heading.
const DEEPEST: usize = 8;

/// A heading as a key: lower case, and either of WTE and FTE.
///
/// Blanks count as underscores, so that `Weighted list` is `weighted_list`; a byte order mark is dropped.
fn heading(text: &str) -> String {
    let key = text.trim().trim_start_matches('\u{feff}').to_lowercase().replace(' ', "_");
    let words = |part: &str| -> Vec<String> {
        part.split('_').map(|word| if word == "fte" { "wte".to_owned() } else { word.to_owned() }).collect()
    };
    key.split('.').map(|part| words(part).join("_")).collect::<Vec<_>>().join(".")
}

/// Reads a sheet of the source map into `{ name = { key = value } }`.
///
/// Names and headings are compared in lower case. A first column of titles (`Abbey Road`) is one of names
/// (`abbey_road`) that are shown as they are written. Cells with a fault are left out; of two rows of one name the
/// later stays.
pub(crate) fn parse(map: &mut SourceMap, id: usize, faults: &mut Vec<(Fault, Span)>) -> Node {
    let source = map.source(id);
    let base = source.base;
    let Cells { rows, between, unclosed } = match source.corner {
        Some(_) => rows_between(&source.text, ','),
        None => rows(&source.text),
    };
    let whole = Span { start: base, end: base };
    if let Some(at) = unclosed {
        faults.push((open_quote(), Span { start: base + at, end: base + at + 1 }));
        // Whatever is said of rows that one cell has swallowed would lead astray.
        return Node { key: whole, span: whole, value: Value::Table(Table::new()) };
    }
    let mut out = Table::new();
    // For the faults: which row and column a place of the text is.
    let mut cells = Vec::new();
    let mut rows = rows.into_iter();
    let span_of = |cell: &Cell| Span { start: base + cell.start, end: base + cell.end };
    let first = rows.next().unwrap_or_default();
    let headings: Vec<String> = first.iter().map(|cell| heading(&cell.text)).collect();
    let mut twice = stated_twice(&headings, &first);
    twice.extend(too_deep(&headings));
    faults.extend(twice.iter().map(|(column, fault)| (fault.clone(), span_of(&first[*column]))));
    cells.extend(first.iter().zip(&headings).map(|(cell, title)| (span_of(cell), 0, title.clone())));
    for (number, row) in rows.enumerate() {
        let Some(first) = row.first() else { continue };
        let name = named(&first.text);
        if name.is_empty() {
            if row.iter().any(|cell| !cell.text.trim().is_empty()) {
                faults.push((
                    Fault::new("sheet-no-name", "", "this row has no name in its first column")
                        .help("name it, or empty its cells; a row of totals is no part of the table"),
                    span_of(first),
                ));
            }
            continue;
        }
        // The name in its first column stands for the row.
        let key = span_of(first);
        if out.contains_key(&name) {
            faults.push((
                Fault::new("sheet-twice", "", format!("`{name}` stands twice in this sheet"))
                    .help("keep one row for each name"),
                key,
            ));
        }
        let mut entity = Node { key, span: key, value: Value::Table(Table::new()) };
        let mut titled = None;
        if name != first.text.trim().to_lowercase() {
            titled = Some(Node { key, span: key, value: Value::Text(first.text.trim().to_owned()) });
        }
        for (column, cell) in row.iter().enumerate() {
            let span = span_of(cell);
            let title = headings.get(column).cloned().unwrap_or_default();
            cells.push((span, number + 1, title.clone()));
            // An empty cell states nothing; the first column is the name.
            let text = cell.text.trim();
            if column == 0 || text.is_empty() || twice.iter().any(|(again, _)| *again == column) {
                continue;
            }
            faults.extend(fill(&mut entity, &title, (text, between), span));
        }
        if let (Some(title), Some(entity)) = (titled, entity.table_mut()) {
            entity.entry("name".to_owned()).or_insert(title);
        }
        out.insert(name, entity);
    }
    map.set_cells(id, cells);
    Node { key: whole, span: whole, value: Value::Table(out) }
}

/// The name that a cell of names or titles states: itself in small letters, or what is left of it as a name.
fn named(text: &str) -> String {
    let small = text.trim().to_lowercase();
    let plain = plain_name(&small);
    if is_name(&small) || plain.is_empty() { small } else { plain }
}

/// Puts what a cell states under its heading; returns what is wrong with it.
fn fill(entity: &mut Node, title: &str, (text, between): (&str, char), span: Span) -> Option<(Fault, Span)> {
    if title.is_empty() {
        let fault = Fault::new("sheet-no-heading", "", "this cell stands under no heading");
        return Some((fault.help(NO_HEADING), span));
    }
    // Words, whatever they look like; so are names of what stands elsewhere.
    let words = ["name", "note", "source"].contains(&title)
        || ["practice", "network", "role"].contains(&title) && !FAILED.contains(&text);
    let mut value = match if words { Ok(Value::Text(text.to_owned())) } else { stated(text, between) } {
        Ok(value) => Node { key: span, span, value },
        Err(fault) => return Some((fault, span)),
    };
    settle(&mut value);
    let within = value.span;
    if put(entity, title, value) {
        return None;
    }
    let message = format!("`{title}` lies within another heading whose cell holds a value in this row");
    Some((Fault::new("sheet-within", "", message).help("fill one of the two cells"), within))
}

/// A quote that opens a cell and is never closed: the rows below would be part of the cell.
pub(super) fn open_quote() -> Fault {
    let fault = Fault::new(
        "sheet-quote",
        "",
        "this quote is never closed: the rest of the sheet is part of its cell",
    );
    fault.help("close it at the end of the cell; a quote within a text is written twice (\"\")")
}

/// What a cell with this text states; a fault where its formula has failed, or a mark may mean two things.
fn stated(text: &str, between: char) -> Result<Value, Fault> {
    if FAILED.contains(&text) {
        let fault = Fault::new("sheet-failed", "", format!("the formula of this cell has failed: {text}"));
        return Err(fault.help("correct it in the spreadsheet, or write the figure itself"));
    }
    match marked(text, between) {
        Number::Is(number) => Ok(cell_value(&number)),
        Number::No => Ok(cell_value(text)),
        Number::Unclear(two) => {
            let (message, help) = clear(text, &two);
            Err(Fault::new("sheet-unclear", "", message).help(help))
        }
    }
}

/// Headings that are there twice, by column: of two figures of the same thing one would be dropped. The first column holds names.
fn stated_twice(headings: &[String], cells: &[Cell]) -> Vec<(usize, Fault)> {
    let again = |column: usize| {
        let own = &headings[column];
        let before = (1..column).find(|before| headings[*before] == *own).filter(|_| !own.is_empty())?;
        let (one, two) = (cells[before].text.trim(), cells[column].text.trim());
        let message = match one == two {
            true => format!("the heading `{two}` stands twice in this sheet"),
            false => format!("the headings `{one}` and `{two}` both state `{own}`"),
        };
        let help = "keep one of the two columns";
        Some((column, Fault::new("sheet-heading-twice", "", message).help(help)))
    };
    (1..headings.len()).filter_map(again).collect()
}

/// Headings with more parts between dots than any key has, by column: each part is a table within the one before.
fn too_deep(headings: &[String]) -> impl Iterator<Item = (usize, Fault)> {
    let parts = headings.iter().map(|heading| heading.split('.').count()).enumerate();
    parts.filter(|(column, parts)| *column > 0 && *parts > DEEPEST).map(|(column, parts)| {
        let message =
            format!("this heading has {parts} parts between dots; no key lies deeper than {DEEPEST}");
        let help = "write the key as in the file, such as leave.days_per_wte_year";
        (column, Fault::new("sheet-heading-deep", "", message).help(help))
    })
}

/// Puts a value under a dotted key; false where a value stands in its way.
///
/// Tables on the way are made where they are missing, with the place of the value.
fn put(node: &mut Node, key: &str, value: Node) -> bool {
    let (first, rest) = key.split_once('.').unwrap_or((key, ""));
    let Some(table) = node.table_mut() else { return false };
    if rest.is_empty() {
        return table.insert(first.to_owned(), value).is_none();
    }
    let place = Node { key: value.key, span: value.span, value: Value::Table(Table::new()) };
    put(table.entry(first.to_owned()).or_insert(place), rest, value)
}

/// What a cell means: a number, a date, true or false, a TOML table or list, otherwise text.
///
/// Words such as `inf` or `nan` stay text: a number begins with a digit, a sign or a point.
fn cell_value(text: &str) -> Value {
    // Whole numbers first: some keys take no others.
    if let Ok(number) = text.parse::<i64>() {
        return Value::Int(number);
    }
    if text.starts_with(|first: char| first.is_ascii_digit() || "+-.".contains(first))
        && let Ok(number) = text.parse::<f64>()
    {
        return Value::Float(number);
    }
    if let Ok(date) = text.parse::<jiff::civil::Date>() {
        return Value::Date(date);
    }
    // Spreadsheets write them in capitals.
    if let Ok(yes) = text.to_lowercase().parse() {
        return Value::Bool(yes);
    }
    if text.starts_with(['{', '[']) {
        // A map of its own, as the text is no file: the places are put right by `settle`.
        let mut map = SourceMap::default();
        let id = map.add("cell", format!("x = {text}"), None);
        let mut faults = Vec::new();
        let parsed = tree::parse(&map, id, &mut faults);
        if faults.is_empty()
            && let Some(found) = parsed.get("x")
        {
            return found.value.clone();
        }
    }
    Value::Text(text.to_owned())
}

/// Gives every value below a node the node's own place (for values parsed out of a cell).
fn settle(node: &mut Node) {
    let (key, span) = (node.key, node.span);
    let below: Vec<&mut Node> = match &mut node.value {
        Value::Table(table) => table.iter_mut().map(|(_, child)| child).collect(),
        Value::List(items) => items.iter_mut().collect(),
        _ => Vec::new(),
    };
    for child in below {
        child.key = key;
        child.span = span;
        settle(child);
    }
}
