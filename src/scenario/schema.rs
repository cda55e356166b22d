//! JSON Schema (draft 7) of the format, from its types: what an editor completes and checks.
//!
//! In: the types of `scenario/format`, whose comments become the words of the keys. Out: text. `schema/` holds it
//! as a file, and a test holds the two together.

use super::format::File;
use super::number::Legal;
use super::pilots::format::PilotsFile;
use super::read::CONFIDENCE;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, json_schema};
use serde_json::Value;

/// The schema of a scenario file as text.
///
/// The same text for the same program: keys are in the order of the types. Ends with a line feed.
///
/// # Examples
///
/// ```
/// assert!(skillmix::scenario::schema_text().contains("A skillmix scenario"));
/// ```
pub fn schema_text() -> String {
    text_of::<File>("A skillmix scenario")
}

/// The schema of a pilots file as text.
pub fn pilots_schema_text() -> String {
    text_of::<PilotsFile>("Pilots for skillmix")
}

/// The schema of a type with its title, cleaned of what TOML does not have.
fn text_of<T: JsonSchema>(title: &str) -> String {
    let mut schema = SchemaSettings::draft07().into_generator().into_root_schema_for::<T>().to_value();
    without_null(&mut schema);
    if let Some(Value::Object(tables)) = schema.get_mut("definitions") {
        tables.iter_mut().for_each(|(_, table)| with_source(table));
    }
    if let Some(root) = schema.as_object_mut() {
        root.insert("title".into(), title.into());
    }
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}

/// Every table below the scenario itself may say where its figures come from.
///
/// Only tables with keys of their own: not tables of names, and not what states a `source` itself.
fn with_source(table: &mut Value) {
    if table.get("additionalProperties") != Some(&Value::Bool(false)) {
        return;
    }
    if let Some(Value::Object(keys)) = table.get_mut("properties") {
        let text = |words: &str| serde_json::json!({ "type": "string", "description": words });
        keys.entry("source").or_insert(text("Source of the figures in this table: an id of [source.ID]."));
        keys.entry("note").or_insert(text("A remark."));
        let mut words = text("How far the figures can be trusted.");
        words["enum"] = CONFIDENCE.to_vec().into();
        keys.entry("confidence").or_insert(words);
    }
}

/// TOML has no null: a key is there or not.
///
/// A choice of one left over by this becomes that one.
fn without_null(value: &mut Value) {
    match value {
        Value::Object(object) => {
            if let Some(Value::Array(kinds)) = object.get_mut("type") {
                kinds.retain(|kind| kind != "null");
                if kinds.len() == 1 {
                    let only = kinds.remove(0);
                    object.insert("type".into(), only);
                }
            }
            let null = serde_json::json!({ "type": "null" });
            if let Some(Value::Array(kinds)) = object.get_mut("anyOf") {
                kinds.retain(|kind| *kind != null);
                if kinds.len() == 1 {
                    let only = kinds.remove(0);
                    object.remove("anyOf");
                    if object.is_empty() {
                        if let Value::Object(only) = only {
                            *object = only;
                        }
                    } else {
                        // draft 7 reads nothing beside a $ref
                        object.insert("allOf".into(), Value::Array(vec![only]));
                    }
                }
            }
            object.iter_mut().for_each(|(_, child)| without_null(child));
        }
        Value::Array(items) => items.iter_mut().for_each(without_null),
        _ => {}
    }
}

/// The schema of a number: plain, or one law.
///
/// Laws only where the number may be uncertain; a table with `fixed` and its source always.
pub(crate) fn number(legal: Legal) -> Schema {
    let kind = if legal.whole { "integer" } else { "number" };
    let mut plain = serde_json::json!({ "type": kind });
    if legal.low.is_finite() {
        plain[if legal.above { "exclusiveMinimum" } else { "minimum" }] = legal.low.into();
    }
    if legal.most.is_finite() {
        plain["maximum"] = if legal.whole { (legal.most as u64).into() } else { legal.most.into() };
    }
    let mut keys = serde_json::json!({
        "fixed": plain,
        "source": { "type": "string", "description": "Id of [source.ID]." },
        "note": { "type": "string" },
        "confidence": { "enum": CONFIDENCE },
    });
    if legal.uncertain {
        let pair = serde_json::json!({ "type": "array", "items": plain, "minItems": 2, "maxItems": 2 });
        let spread = serde_json::json!({ "type": "object", "required": ["mean", "sd"], "additionalProperties": false,
            "properties": { "mean": { "type": "number" }, "sd": { "type": "number", "exclusiveMinimum": 0 } } });
        let laws = serde_json::json!({
            "low": plain, "likely": plain, "high": plain,
            "range80": pair, "uniform": pair,
            "triangular": { "type": "array", "items": plain, "minItems": 3, "maxItems": 3 },
            "normal": spread, "lognormal": spread,
            "beta": { "type": "object", "additionalProperties": false, "properties": {
                "mean": { "type": "number" }, "concentration": { "type": "number" },
                "successes": { "type": "number" }, "failures": { "type": "number" } } },
            "per": { "enum": ["practice"] },
        });
        if let (Some(keys), Value::Object(laws)) = (keys.as_object_mut(), laws) {
            keys.extend(laws);
        }
    }
    json_schema!({
        "description": legal.words,
        "anyOf": [plain, { "type": "object", "properties": keys, "additionalProperties": false }],
    })
}
