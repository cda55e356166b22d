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
        section(&mut out, "", table, 2);
    }
    out
}

/// A table: first its plain keys, then its tables under headings, `depth` levels deep; below that inline.
///
/// Plain keys have to come first: in TOML a key after a heading belongs to that heading.
fn section(out: &mut String, path: &str, table: &Table, depth: usize) {
    // Below the depth tables are written on one line.
    let headed = |node: &Node| depth > 0 && matches!(node.value, Value::Table(_));
    for (key, node) in table.iter().filter(|(_, node)| !headed(node)) {
        let _ = writeln!(out, "{} = {}", quoted(key), inline(&node.value));
    }
    for (key, node) in table.iter().filter(|(_, node)| headed(node)) {
        let Value::Table(inner) = &node.value else { continue };
        let path = if path.is_empty() { quoted(key) } else { format!("{path}.{}", quoted(key)) };
        // the overlay of an option is a scenario of its own
        let depth = if path.starts_with("option.") && key == "overlay" { 2 } else { depth - 1 };
        let depth = if path.starts_with("option.") && !path.contains(".overlay") { 1 } else { depth };
        // A heading for nothing but further headings says nothing.
        let only_tables = !inner.is_empty()
            && depth > 0
            && inner.values().all(|node| matches!(node.value, Value::Table(_)));
        if !only_tables {
            let _ = writeln!(out, "\n[{path}]");
        }
        section(out, &path, inner, depth);
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
