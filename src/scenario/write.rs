//! Writes a merged tree as one TOML text that loads again to the same thing.
//!
//! In: the merged tree. Out: `scenario.toml` of a folder of results. Its fingerprint stands for the scenario, so
//! the text must hang on nothing but the tree: comments, extends and sheets of the files are not in it. What came from a library
//! and is read by nothing is listed, so that the text gives the same warnings as the files.

use super::tree::{Node, Table, Value};
use std::fmt::Write;

/// The tree as TOML; `from_library` are addresses in it that a library states and nothing reads.
pub(crate) fn toml(tree: &Node, from_library: &[String]) -> String {
    let mut out = String::new();
    if !from_library.is_empty() {
        let addresses: Vec<String> = from_library.iter().map(|address| text_literal(address)).collect();
        let _ = writeln!(out, "from_library = [{}]", addresses.join(", "));
    }
    if let Some(table) = tree.table() {
        section(&mut out, "", table, Level::Scenario);
    }
    out
}

/// Where a table stands, by which it is told whether the tables in it have headings of their own.
#[derive(Clone, Copy)]
enum Level {
    /// The scenario, or an overlay: a scenario of its own.
    Scenario,
    /// All things of a kind: `[post]`.
    Kind,
    /// A thing with a name: what is in it stands on one line.
    Thing,
    /// All options of a scenario.
    Options,
    /// An option: its overlay has headings.
    Option,
}

impl Level {
    /// The level of what stands under a key of this one; none where it is written on one line.
    fn below(self, key: &str, node: &Node) -> Option<Self> {
        node.table()?;
        match self {
            Self::Scenario if key == "option" => Some(Self::Options),
            Self::Scenario => Some(Self::Kind),
            Self::Kind => Some(Self::Thing),
            Self::Options => Some(Self::Option),
            Self::Option if key == "overlay" => Some(Self::Scenario),
            Self::Option | Self::Thing => None,
        }
    }
}

/// A table: first what stands on one line, then its tables under headings.
///
/// Plain keys have to come first: in TOML a key after a heading belongs to that heading.
fn section(out: &mut String, path: &str, table: &Table, level: Level) {
    for (key, node) in table.iter().filter(|(key, node)| level.below(key, node).is_none()) {
        let _ = writeln!(out, "{} = {}", quoted(key), inline(&node.value));
    }
    for (key, node) in table {
        let (Some(inner), Some(level)) = (node.table(), level.below(key, node)) else { continue };
        let path = if path.is_empty() { quoted(key) } else { format!("{path}.{}", quoted(key)) };
        // A heading for nothing but further headings says nothing.
        let only_headings =
            !inner.is_empty() && inner.iter().all(|(key, node)| level.below(key, node).is_some());
        if !only_headings {
            let _ = writeln!(out, "\n[{path}]");
        }
        section(out, &path, inner, level);
    }
}

/// A value on one line.
fn inline(value: &Value) -> String {
    match value {
        Value::Text(text) => text_literal(text),
        Value::Int(number) => number.to_string(),
        Value::Float(number) if number.is_nan() => "nan".to_owned(),
        // Debug writes a decimal point in any case, so that a decimal number stays one.
        Value::Float(number) => format!("{number:?}"),
        Value::Bool(yes) => yes.to_string(),
        Value::Date(date) => date.to_string(),
        Value::List(items) => {
            format!("[{}]", items.iter().map(|item| inline(&item.value)).collect::<Vec<_>>().join(", "))
        }
        Value::Table(table) if table.is_empty() => "{}".to_owned(),
        Value::Table(table) => {
            let keys: Vec<String> = table
                .iter()
                .map(|(key, node)| format!("{} = {}", quoted(key), inline(&node.value)))
                .collect();
            format!("{{ {} }}", keys.join(", "))
        }
        // Only in a scenario that is refused.
        Value::Unusable(_) => "0".to_owned(),
    }
}

/// A key: bare where TOML allows it.
fn quoted(key: &str) -> String {
    let bare = !key.is_empty()
        && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-');
    if bare { key.to_owned() } else { text_literal(key) }
}

/// A text in quotes, with the escapes of TOML.
fn text_literal(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            other if other.is_control() => {
                let _ = write!(out, "\\u{:04X}", other as u32);
            }
            other => out.push(other),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use crate::scenario::load_text;

    const TEXT: &str = r#"
title = "Levels"
[horizon]
start = 2019-04-01
weeks = 4
[practice.north]
registered_list = 9000
[need.routine]
rate_per_patient_year = 2.1
roles = ["gp"]
dna = { share = 0.05 }
[role.gp]
[post.overlay]
role = "gp"
slots_per_day = 80
[option.NAME.overlay.post.overlay]
absence = { daily = 0.1 }
"#;

    /// What an option or a post is called moves no heading.
    #[test]
    fn headings_go_by_level_and_not_by_names() {
        let written = |name: &str| {
            let scenario = load_text("levels", &TEXT.replace("NAME", name), &[]);
            scenario.unwrap_or_else(|report| panic!("{}", report.render(false))).resolved
        };
        let text = written("overlay_one");
        assert_eq!(text, written("plain").replace("option.plain.", "option.overlay_one."));
        for line in
            ["[option.overlay_one.overlay.post.overlay]", "absence = { daily = 0.1 }", "[post.overlay]"]
        {
            assert!(text.lines().any(|written| written == line), "{line}:\n{text}");
        }
        let again =
            load_text("again", &text, &[]).unwrap_or_else(|report| panic!("{}", report.render(false)));
        assert_eq!(again.resolved, text);
    }
}
