//! A merged scenario before it has types: values that know where they were written.
//!
//! In: a text of the source map. Out: nodes with spans in the map. Every later step works on nodes.

use super::source::{SourceMap, Span};
use super::spelt::spelt;
use crate::fault::Fault;
use toml::de::{DeTable, DeValue};

/// A table in the order in which its keys were written.
pub(crate) type Table = toml::map::Map<String, Node>;

/// A value with its place.
///
/// `key` and `span` survive merging: a value laid over another brings its own.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    /// Where its key stands.
    pub key: Span,
    /// Where the value stands.
    pub span: Span,
    /// The value.
    pub value: Value,
}

/// A value.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    /// Text.
    Text(String),
    /// A whole number.
    Int(i64),
    /// A decimal number.
    Float(f64),
    /// Yes or no.
    Bool(bool),
    /// A calendar date.
    Date(jiff::civil::Date),
    /// A list.
    List(Vec<Node>),
    /// A table.
    Table(Table),
    /// Something no scenario can use (a time of day, a number too large).
    Unusable(&'static str),
}

impl Value {
    /// What the value is, as a planner would say it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "text in quotes",
            Self::Int(_) | Self::Float(_) => "a number",
            Self::Bool(_) => "true or false",
            Self::Date(_) => "a date",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
            Self::Unusable(what) => what,
        }
    }
}

impl Node {
    /// An empty table without a place.
    pub fn empty() -> Self {
        Self { key: Span::default(), span: Span::default(), value: Value::Table(Table::new()) }
    }

    /// The value as a table.
    pub fn table(&self) -> Option<&Table> {
        match &self.value {
            Value::Table(table) => Some(table),
            _ => None,
        }
    }

    /// The value as a table to change.
    pub fn table_mut(&mut self) -> Option<&mut Table> {
        match &mut self.value {
            Value::Table(table) => Some(table),
            _ => None,
        }
    }

    /// True for a table that an address leads through: `a` of `a.b=1`, not that of `a={ b = 1 }`.
    ///
    /// Only in what `--set` states (see [`Node::mark_address`]).
    pub fn is_led_through(&self) -> bool {
        self.key == self.span && self.table().is_some()
    }

    /// Lets the tables that an address leads through stand at their keys, and those of its value at the value.
    ///
    /// `text` is the text that starts at byte `base` of the source map.
    pub fn mark_address(&mut self, text: &str, base: usize) {
        let typed =
            text.get(self.span.start.saturating_sub(base)..).is_some_and(|text| text.starts_with('{'));
        let (span, typed) = (self.span, typed && self.key != self.span);
        let Value::Table(table) = &mut self.value else { return };
        if typed {
            table.iter_mut().for_each(|(_, child)| child.stand_at(span));
            return;
        }
        self.span = self.key;
        table.iter_mut().for_each(|(_, child)| child.mark_address(text, base));
    }

    /// Lets a table that stands at its key, and those below it, stand at a place of their own.
    fn stand_at(&mut self, span: Span) {
        if self.is_led_through() {
            self.span = span;
        }
        if let Value::Table(table) = &mut self.value {
            table.iter_mut().for_each(|(_, child)| child.stand_at(span));
        }
    }

    /// The value under a key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.table()?.get(key)
    }

    /// The value at an address, or the nearest one above it.
    ///
    /// True where it is the value itself. Words between dots are keys of tables or places in lists (from 0). An
    /// empty address is this node.
    pub fn nearest(&self, address: &str) -> (&Node, bool) {
        let mut node = self;
        for part in address.split('.').filter(|part| !part.is_empty()) {
            let next = match &node.value {
                Value::Table(table) => table.get(part),
                Value::List(items) => part.parse::<usize>().ok().and_then(|at| items.get(at)),
                _ => None,
            };
            match next {
                Some(found) => node = found,
                None => return (node, false),
            }
        }
        (node, true)
    }
}

/// Code of a date that no calendar has.
pub(crate) const NO_DATE: &str = "no-such-date";

/// The words at a place, where they have the form of a date that no calendar has.
///
/// Looks for digits and strokes on both sides of the place, as the parser points into the middle of the date.
fn no_such_date(text: &str, at: usize) -> Option<&str> {
    let inside = |letter: char| letter.is_ascii_digit() || letter == '-';
    let start = text.get(..at)?.trim_end_matches(inside).len();
    let end = at + text.get(at..)?.find(|letter| !inside(letter)).unwrap_or(text.len() - at);
    let word = &text[start..end];
    let shape: Vec<usize> = word.split('-').map(str::len).collect();
    (shape == [4, 2, 2] && word.parse::<jiff::civil::Date>().is_err()).then_some(word)
}

/// The first letter of a line that a word processor or a web page put in the place of a plain one, and what is wrong with it.
///
/// Looked for only where the line cannot be read, outside texts and remarks, where such letters may stand. `at` is a byte of the
/// line.
fn odd_letter(text: &str, at: usize) -> Option<(usize, char, Fault)> {
    let from = text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
    let line = text[from..].split('\n').next()?;
    let odd = |letter: char| match letter {
        '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{ab}' | '\u{bb}' => Some((
            "this is a typographic quote",
            "write the plain quote \" on both sides; word processors replace it as you type",
        )),
        '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{b4}' => Some((
            "this is a typographic apostrophe",
            "write the plain quote \" on both sides of a text; word processors replace it as you type",
        )),
        '\u{a0}' | '\u{202f}' | '\u{2007}' | '\u{200b}' | '\u{2060}' => Some((
            "here is a blank of a special kind, as web pages and word processors put in",
            "delete it and type a plain blank",
        )),
        '\u{2013}' | '\u{2014}' | '\u{2212}' => {
            Some(("this is a dash, not a minus", "write the plain minus -"))
        }
        _ => None,
    };
    // Within plain quotes, and behind a `#`, any letter may stand.
    let mut open = None;
    let mut found = None;
    for (at, letter) in line.char_indices() {
        match (open, letter) {
            (None, '#') => break,
            (None, '"' | '\'') => open = Some(letter),
            (Some(quote), _) if quote == letter => open = None,
            (None, _) => found = found.or_else(|| odd(letter).map(|words| (at, letter, words))),
            (Some(_), _) => {}
        }
    }
    let (at, letter, (what, help)) = found?;
    let fault = Fault::new("syntax", "", format!("this line cannot be read: {what}"));
    Some((from + at, letter, fault.help(help)))
}

/// Parses a text of the source map; every syntax error becomes a fault with its place.
///
/// What could be read comes back even so: the rest of the file may show more faults.
pub(crate) fn parse(map: &SourceMap, id: usize, faults: &mut Vec<(Fault, Span)>) -> Node {
    let source = map.source(id);
    let base = source.base;
    let (table, errors) = DeTable::parse_recoverable(&source.text);
    for error in errors {
        let range = error.span().unwrap_or(0..0);
        let span = Span { start: base + range.start, end: base + range.end.max(range.start) };
        if let Some(date) = no_such_date(&source.text, range.start) {
            let fault = Fault::new(NO_DATE, "", format!("there is no such date as {date}"));
            faults
                .push((fault.help("dates are year-month-day: 2024-02-29 is one, 2023-02-29 is none"), span));
            continue;
        }
        if let Some((at, length, fault)) = spelt(&source.text, range.start) {
            faults.push((fault, Span { start: base + at, end: base + at + length }));
            continue;
        }
        if let Some((at, letter, fault)) = odd_letter(&source.text, range.start) {
            faults.push((fault, Span { start: base + at, end: base + at + letter.len_utf8() }));
            continue;
        }
        let help = if error.message().contains("duplicate") {
            "this is stated above already: keep one of the two"
        } else {
            "a line is `key = value`; text stands in quotes, lists in [ ], tables in { }"
        };
        let fault =
            Fault::new("syntax", "", format!("this line cannot be read as TOML: {}", error.message()))
                .help(help);
        faults.push((fault, span));
    }
    let whole = Span { start: base, end: base };
    Node { key: whole, span: whole, value: table_value(table.get_ref(), base) }
}

/// A table of the parser as ours; `base` is the first byte of its text in the map.
fn table_value(table: &DeTable<'_>, base: usize) -> Value {
    let mut out = Table::new();
    for (key, value) in table {
        let range = key.span();
        let key_span = Span { start: base + range.start, end: base + range.end };
        out.insert(key.get_ref().to_string(), node(value, key_span, base));
    }
    Value::Table(out)
}

/// A value of the parser as ours.
fn node(value: &toml::Spanned<DeValue<'_>>, key: Span, base: usize) -> Node {
    let range = value.span();
    let span = Span { start: base + range.start, end: base + range.end };
    let value = match value.get_ref() {
        DeValue::String(text) => Value::Text(text.to_string()),
        // The parser keeps numbers as text: here they get the width that a scenario can use.
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or(Value::Unusable("a number that is too large"), Value::Int),
        DeValue::Float(number) => {
            number.as_str().parse().map_or(Value::Unusable("a number that cannot be read"), Value::Float)
        }
        DeValue::Boolean(yes) => Value::Bool(*yes),
        DeValue::Datetime(when) if when.time.is_some() => Value::Unusable("a date with a time of day"),
        DeValue::Datetime(when) => when
            .date
            .and_then(|date| {
                jiff::civil::Date::new(i16::try_from(date.year).ok()?, date.month as i8, date.day as i8).ok()
            })
            .map_or(Value::Unusable("a time of day"), Value::Date),
        // An item of a list has no key: its own place stands for it.
        DeValue::Array(items) => Value::List(
            items
                .iter()
                .map(|item| node(item, Span { start: span.start, end: span.start }, base))
                .map(|mut item| {
                    item.key = item.span;
                    item
                })
                .collect(),
        ),
        DeValue::Table(table) => table_value(table, base),
    };
    Node { key, span, value }
}
