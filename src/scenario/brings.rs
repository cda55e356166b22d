//! What a library that the program carries brings: the name of each of its tables.
//!
//! In: the name of a library. Out: headings with their tables, each its address and its name, in the order of the file. What a
//! library changes of another has no name of its own.

use super::gather::LIBRARY;
use toml::{Table, Value};

/// What is listed: heading and first word of the address.
const LISTED: [(&str, &str); 5] = [
    ("Needs", "need"),
    ("Categories of avoidable work", "avoidable"),
    ("Roles", "role"),
    ("Funds", "fund"),
    ("Levers, for the `levers` of an option", "lever"),
];

/// A heading and what stands under it: address and name.
pub type Listed = (&'static str, Vec<(String, String)>);

/// What a library brings; else the names of those that there are.
///
/// # Errors
///
/// Where no library has the name.
pub fn brings(library: &str) -> Result<Vec<Listed>, Vec<&'static str>> {
    let known = || LIBRARY.iter().map(|(name, _)| *name).collect::<Vec<_>>();
    let (_, text) = LIBRARY.iter().find(|(name, _)| *name == library).ok_or_else(known)?;
    let file: Table = toml::from_str(text).expect("a library of the program is TOML");
    let tables = |first: &str| -> Vec<(String, String)> {
        let of = file.get(first).and_then(Value::as_table);
        let name = |table: &Value| table.get("name").and_then(Value::as_str).unwrap_or_default().to_owned();
        of.into_iter().flatten().map(|(key, table)| (format!("{first}.{key}"), name(table))).collect()
    };
    let listed = LISTED.map(|(heading, first)| (heading, tables(first)));
    Ok(listed.into_iter().filter(|(_, tables)| !tables.is_empty()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_that_is_listed_has_a_name() {
        let listed = brings("england").unwrap_or_default();
        assert!(!listed.is_empty());
        for (address, name) in listed.iter().flat_map(|(_, tables)| tables) {
            assert!(!name.is_empty(), "{address} has no name");
        }
        assert_eq!(brings("wales"), Err(vec!["england", "audit-2015"]));
    }
}
