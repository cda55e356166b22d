//! The small words of the format: text, dates, lists, tables of named things.

use crate::fault::Fault;
use crate::scenario::read::{CONFIDENCE, How, Place, Read, Reader, merge_tables};
use crate::scenario::tree::{Node, Value};
use crate::units::Day;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

fn wrong(node: &Node, wanted: &str) -> Fault {
    Fault::new("wrong-kind", "", format!("this has to be {wanted}, but it is {}", node.value.kind()))
}

/// True for a letter that steers a screen and is no part of any word: a bell, colours, the other direction of writing.
///
/// Line ends and tabs may stand in a text.
pub(crate) fn is_hidden(letter: char) -> bool {
    let steers = matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    steers || letter.is_control() && !matches!(letter, '\n' | '\r' | '\t')
}

impl Read for String {
    fn read(node: &Node, place: &Place, reader: &mut Reader) -> Option<Self> {
        match &node.value {
            Value::Text(text) => {
                if let Some(letter) = text.chars().find(|letter| is_hidden(*letter)) {
                    let code = u32::from(letter);
                    let message =
                        format!("this text holds a letter that no screen shows as one, U+{code:04X}");
                    let plain: String = text.chars().filter(|letter| !is_hidden(*letter)).collect();
                    let fault = Fault::new("hidden-letter", "", message);
                    reader.at_value(place, fault.help(format!("type the text anew: {plain}")));
                    return None;
                }
                Some(text.clone())
            }
            Value::Int(number) if node.key == node.span => Some(number.to_string()),
            _ => {
                let fault = wrong(node, "text in quotes");
                reader.at_value(place, fault);
                None
            }
        }
    }
}

impl Read for bool {
    fn read(node: &Node, place: &Place, reader: &mut Reader) -> Option<Self> {
        if let Value::Bool(yes) = node.value {
            return Some(yes);
        }
        // A value and its key are one place in a cell of a sheet, where nothing stands in quotes.
        let fault = match &node.value {
            Value::Text(text) if node.key == node.span => {
                Fault::new("wrong-kind", "", format!("this has to be TRUE or FALSE, but it is `{text}`"))
            }
            _ => wrong(node, "true or false (without quotes)"),
        };
        reader.at_value(place, fault);
        None
    }
}

/// Text, or a number taken as text (a year).
#[derive(Clone, Debug)]
pub(crate) struct TextOrNumber(pub String);

impl Read for TextOrNumber {
    fn read(node: &Node, place: &Place, reader: &mut Reader) -> Option<Self> {
        match &node.value {
            Value::Int(year) if (1900..=2200).contains(year) => Some(Self(year.to_string())),
            Value::Int(year) => {
                let fault =
                    Fault::new("outside-range", "", format!("{year} is not a year from 1900 to 2200"));
                reader.at_value(place, fault.help("a financial year is text: \"2019/20\""));
                None
            }
            _ => String::read(node, place, reader).map(Self),
        }
    }
}

impl JsonSchema for TextOrNumber {
    fn schema_name() -> Cow<'static, str> {
        "TextOrNumber".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["string", "integer"], "minimum": 1900, "maximum": 2200 })
    }
}

/// A calendar date, written 2019-04-01.
#[derive(Clone, Copy, Debug)]
pub(crate) struct On(pub Day);

impl Read for On {
    fn read(node: &Node, place: &Place, reader: &mut Reader) -> Option<Self> {
        let date = match &node.value {
            Value::Date(date) => Some(*date),
            Value::Text(text) => text.trim().parse().ok(),
            _ => None,
        };
        if let Some(date) = date {
            let far = far_off(date);
            let day = far.is_none().then(|| Self(Day::from_date(date)));
            far.into_iter().for_each(|fault| reader.at_value(place, fault));
            return day;
        }
        let office = match &node.value {
            Value::Text(text) => crate::scenario::spelt::date(text.trim()),
            _ => None,
        };
        let help = office.unwrap_or_else(|| "write year-month-day without quotes: 2019-04-01".to_owned());
        let fault = wrong(node, "a date").help(help);
        reader.at_value(place, fault);
        None
    }
}

/// What is wrong with a date that no plan is about: a digit too few or too many.
pub(crate) fn far_off(date: jiff::civil::Date) -> Option<Fault> {
    let known = (1900..2200).contains(&date.year());
    let message = || format!("{date} is not a date of any plan: its year is not between 1900 and 2199");
    (!known).then(|| {
        Fault::new("date-far-off", "", message()).help("correct the year; a year has four digits: 2019-04-01")
    })
}

impl JsonSchema for On {
    fn schema_name() -> Cow<'static, str> {
        "Date".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "description": "A date such as 2019-04-01.", "anyOf": [
            { "type": "string", "pattern": "^\\d{4}-\\d{2}-\\d{2}$" }, { "type": "object" } ] })
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(node: &Node, place: &Place, reader: &mut Reader) -> Option<Self> {
        let Value::List(items) = &node.value else {
            let mut fault = wrong(node, "a list in [ ]");
            if let Value::Text(text) = &node.value {
                // a cell of a sheet, as a rule: quotes and brackets are not what people type there
                let items: Vec<String> = text.split(',').map(|item| format!("\"{}\"", item.trim())).collect();
                fault = fault.help(format!("write [{}], in a cell of a sheet too", items.join(", ")));
            }
            reader.at_value(place, fault);
            return None;
        };
        let read = |(at, item): (usize, &Node)| T::read(item, &place.inside(&at.to_string(), item), reader);
        let found: Vec<Option<T>> = items.iter().enumerate().map(read).collect();
        found.into_iter().collect()
    }
}

/// A table of named things; names match `[a-z0-9_][a-z0-9_-]*`.
#[derive(Clone, Debug)]
pub(crate) struct Named<T>(pub Vec<(String, Place, T)>);

impl<T> Default for Named<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

/// True for a name that needs no quotes in an address.
///
/// A dash at its start would make it an option of the command line, and a formula in a spreadsheet.
pub(crate) fn is_name(name: &str) -> bool {
    !name.is_empty() && !name.starts_with('-') && name.chars().all(of_name)
}

/// A text as a name: in small letters, with an underscore for whatever a name may not have between them. Empty where nothing is left.
pub(crate) fn plain_name(text: &str) -> String {
    let small = text.trim().to_lowercase();
    let words = small.split(|letter| !of_name(letter)).filter(|word| !word.is_empty());
    words.collect::<Vec<&str>>().join("_").trim_start_matches('-').to_owned()
}

/// True for a letter that a name may have.
fn of_name(letter: char) -> bool {
    letter.is_ascii_lowercase() || letter.is_ascii_digit() || "_-".contains(letter)
}

impl<T: Read> Read for Named<T> {
    fn read(node: &Node, place: &Place, reader: &mut Reader) -> Option<Self> {
        let mut found = Vec::new();
        let Some(table) = node.table() else {
            let what = place.address.rsplit('.').next().unwrap_or_default();
            let fault = wrong(node, &format!("a table of named entries, as in [{what}.some_name]"));
            reader.at_value(place, fault);
            return None;
        };
        for (name, child) in table {
            let at = place.inside(name, child);
            // ids of sources are no part of an address and keep their capitals
            let id = place.address == "source" && is_name(&name.to_lowercase());
            if !is_name(name) && !id {
                let plain = plain_name(name);
                let plain = if plain.is_empty() { "some_name" } else { &plain };
                let start = if name.starts_with('-') { ", with no - at the start" } else { "" };
                let fault = Fault::new("bad-name", "", format!("`{name}` cannot be a name"));
                let help = format!(
                    "names have small letters, digits, _ and - only{start}: `{plain}`; how it is shown to people is its key `name`"
                );
                reader.at_key(&at, fault.help(help));
            }
            if let Some(item) = T::read(child, &at, reader) {
                found.push((name.clone(), at, item));
            }
        }
        Some(Self(found))
    }

    fn merge(old: &mut Node, new: Node, how: How) {
        merge_tables(old, new, &[], &|_, old, new| T::merge(old, new, how));
    }
}

impl<T: JsonSchema> JsonSchema for Named<T> {
    fn schema_name() -> Cow<'static, str> {
        Cow::Owned(format!("Named{}", T::schema_name()))
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let entry = generator.subschema_for::<T>();
        let names = if T::schema_name() == "SourceTable" {
            "^[A-Za-z0-9_][A-Za-z0-9_-]*$"
        } else {
            "^[a-z0-9_][a-z0-9_-]*$"
        };
        json_schema!({ "type": "object", "patternProperties": { names: entry }, "additionalProperties": false })
    }
}

/// A table keyed by something that is no name of its own: weekdays, dates, days, bands, roles.
#[derive(Clone, Debug)]
pub(crate) struct Keyed<T>(pub Vec<(String, Place, T)>);

impl<T: Read> Read for Keyed<T> {
    fn read(node: &Node, place: &Place, reader: &mut Reader) -> Option<Self> {
        let Some(table) = node.table() else {
            let fault = wrong(node, "a table in { }");
            reader.at_value(place, fault);
            return None;
        };
        let mut found = Vec::new();
        let mut place = place.clone();
        if let Some(Value::Text(text)) = table.get("source").map(|node| &node.value) {
            place.source = Some(text.clone());
        }
        place.confidence = reader.confidence(table, &place).or(place.confidence);
        for (key, child) in table {
            if matches!(key.as_str(), "source" | "note" | "confidence") {
                continue;
            }
            let at = place.inside(key, child);
            if let Some(item) = T::read(child, &at, reader) {
                found.push((key.clone(), at, item));
            }
        }
        Some(Self(found))
    }

    fn merge(old: &mut Node, new: Node, how: How) {
        how.shares(old, new, &|_, old, new| T::merge(old, new, how));
    }
}

impl<T: JsonSchema> JsonSchema for Keyed<T> {
    fn schema_name() -> Cow<'static, str> {
        Cow::Owned(format!("Keyed{}", T::schema_name()))
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let entry = generator.subschema_for::<T>();
        json_schema!({ "type": "object", "properties": { "source": { "type": "string" }, "note": { "type": "string" },
            "confidence": { "enum": CONFIDENCE } }, "additionalProperties": entry })
    }
}

/// Either one value or a list or table of them.
#[derive(Clone, Debug)]
pub(crate) enum Either<A, B> {
    /// The plain form.
    One(A),
    /// The longer form.
    Many(B),
}

impl<A: Read, B: Read> Read for Either<A, B> {
    fn read(node: &Node, place: &Place, reader: &mut Reader) -> Option<Self> {
        match &node.value {
            Value::List(_) => B::read(node, place, reader).map(Self::Many),
            Value::Table(table) if !table.contains_key("fixed") => {
                B::read(node, place, reader).map(Self::Many)
            }
            _ => A::read(node, place, reader).map(Self::One),
        }
    }

    fn merge(old: &mut Node, new: Node, how: How) {
        // One value, of either side, is the whole of it.
        match (old.table(), new.table()) {
            (Some(under), Some(over)) if !under.contains_key("fixed") && !over.contains_key("fixed") => {
                B::merge(old, new, how);
            }
            _ => *old = new,
        }
    }
}

impl<A: JsonSchema, B: JsonSchema> JsonSchema for Either<A, B> {
    fn schema_name() -> Cow<'static, str> {
        Cow::Owned(format!("{}Or{}", A::schema_name(), B::schema_name()))
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let (one, many) = (generator.subschema_for::<A>(), generator.subschema_for::<B>());
        json_schema!({ "anyOf": [one, many] })
    }
}
