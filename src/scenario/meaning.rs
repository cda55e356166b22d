//! What an address means: the words of the schema at that place.
//!
//! In: an address such as `need.routine.priority`. Out: the doc comment of its key, as it stands in
//! `scenario/format`. The schema is made anew for each call: this is for one answer to a planner, not for a loop.

use super::schema::schema_text;
use serde_json::Value;

/// The description of the value at an address; none where the schema has no such place or no words for it.
///
/// Line breaks of the comment become blanks.
///
/// # Examples
///
/// ```
/// assert!(skillmix::scenario::meaning("run.seed").is_some());
/// assert!(skillmix::scenario::meaning("run.sead").is_none());
/// ```
pub fn meaning(address: &str) -> Option<String> {
    let schema: Value = serde_json::from_str(&schema_text()).ok()?;
    let mut node = &schema;
    let mut words = None;
    for part in address.split('.') {
        let (below, named) = child(&schema, node, part)?;
        node = below;
        let own = described(&schema, node);
        // of one of many alike (an age band, a weekday) the table says what it is, its own words only what kind of value
        let below = forms(&schema, node);
        let number =
            |form: &&Value| form.get("type").is_some_and(|kind| kind == "number" || kind == "integer");
        let table = below.iter().any(|form| form.get("properties").is_some()) && !below.iter().any(number);
        words = if named || table { own } else { words.or(own) };
    }
    words
}

/// What stands under a key, in any of the forms that a table may take, and whether the schema knows the key by name.
///
/// A key known by name comes before a pattern of names; none where neither fits.
fn child<'a>(root: &'a Value, node: &'a Value, key: &str) -> Option<(&'a Value, bool)> {
    forms(root, node).into_iter().find_map(|form| {
        let named = form.get("properties").and_then(|properties| properties.get(key));
        let by_pattern = || form.get("patternProperties")?.as_object()?.values().next();
        let other = || form.get("additionalProperties").filter(|other| other.is_object());
        named.map(|found| (found, true)).or_else(|| Some((by_pattern().or_else(other)?, false)))
    })
}

/// The words of a place: its own, else those of what it refers to.
fn described(root: &Value, node: &Value) -> Option<String> {
    forms(root, node)
        .into_iter()
        .find_map(|form| form.get("description")?.as_str().map(|words| words.replace('\n', " ")))
}

/// A schema and all that it refers to or chooses from, nearest first.
///
/// Itself first. The cap is against schemas that refer to each other in a circle.
fn forms<'a>(root: &'a Value, node: &'a Value) -> Vec<&'a Value> {
    let mut found = vec![node];
    let mut at = 0;
    while at < found.len() && found.len() < 200 {
        let form = found[at];
        if let Some(name) =
            form.get("$ref").and_then(Value::as_str).and_then(|r| r.strip_prefix("#/definitions/"))
        {
            found.extend(root.get("definitions").and_then(|all| all.get(name)));
        }
        for choice in ["allOf", "anyOf", "oneOf"] {
            found.extend(form.get(choice).and_then(Value::as_array).into_iter().flatten());
        }
        at += 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_words() {
        for address in
            ["need.routine.rate_per_patient_year", "post.gps.wte", "run.seed", "practice.a.registered_list"]
        {
            assert!(
                meaning(address).is_some_and(|words| words.len() > 5),
                "{address}: {:?}",
                meaning(address)
            );
        }
        assert_eq!(meaning("practice.a.age_bands.0-4"), meaning("practice.a.age_bands"));
        assert_eq!(meaning("nothing.here"), None);
    }
}
