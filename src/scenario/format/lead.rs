//! The chosen lead, as typed: shares of bands of days, or a Dirichlet law about them.

use super::needs::{BANDS, ChosenLeadTable};
use super::words::Keyed;
use crate::fault::Fault;
use crate::scenario::number::{Num, Share};
use crate::scenario::read::{How, Place, Read, Reader, suggest};
use crate::scenario::tree::Node;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

/// Faults a name that is no band; false then.
fn known(band: &str, at: &Place, reader: &mut Reader) -> bool {
    let known = BANDS.contains(&band);
    if !known {
        let fault = Fault::new("unknown-band", "", format!("`{band}` is not a band of days ahead"));
        reader.at_key(at, fault.help(suggest(band, BANDS.iter().copied(), "the national bands are")));
    }
    known
}

/// Faults tables under names that are no bands, and leaves them out: what stands in them is no share.
fn without_tables(mut node: Node, place: &Place, reader: &mut Reader) -> Node {
    if let Some(keys) = node.table_mut() {
        let no_law = |child: &Node| {
            child.table().is_some_and(|table| table.keys().any(|key| BANDS.contains(&key.as_str())))
        };
        keys.retain(|key, child| !no_law(child) || known(key, &place.inside(key, child), reader));
    }
    node
}

impl Read for ChosenLeadTable {
    fn read(node: &Node, place: &Place, reader: &mut Reader) -> Option<Self> {
        let Some(table) = node.table() else {
            let fault = Fault::new("not-a-table", "", "`chosen_lead` is a table of shares by days ahead")
                .help("for example chosen_lead = { 0 = 0.5, 1 = 0.2, 2-7 = 0.3 }");
            reader.at_value(place, fault);
            return None;
        };
        let law = table.get("dirichlet");
        let mut place = place.clone();
        if table.get("source").is_some() {
            place.source = reader.field(table, &place, "source");
        }
        let bands = match law {
            Some(inner) => {
                for (key, child) in table {
                    if !matches!(
                        key.as_str(),
                        "dirichlet" | "concentration" | "source" | "note" | "confidence"
                    ) {
                        let fault = Fault::new(
                            "unknown-key",
                            "",
                            format!("`chosen_lead` with a Dirichlet law has no key `{key}`"),
                        );
                        reader.at_key(
                            &place.inside(key, child),
                            fault.help("put the shares inside `dirichlet`"),
                        );
                    }
                }
                Keyed::read(inner, &place.inside("dirichlet", inner), reader)?
            }
            None => {
                let mut plain = node.clone();
                if let Some(keys) = plain.table_mut() {
                    keys.retain(|key, _| key != "concentration");
                }
                Keyed::<Num<Share>>::read(&without_tables(plain, &place, reader), &place, reader)?
            }
        };
        for (band, at, _) in &bands.0 {
            known(band, at, reader);
        }
        let concentration = reader.field(table, &place, "concentration");
        if law.is_some() && !table.contains_key("concentration") {
            let fault = Fault::new(
                "missing-key",
                "",
                "a Dirichlet law needs a `concentration`: how sure the shares are",
            )
            .help("a concentration of 50 is as sure as 50 patients asked");
            reader.at_value(&place, fault);
        }
        if law.is_none() && table.contains_key("concentration") {
            let child = place.inside("concentration", &table["concentration"]);
            let fault = Fault::new("unknown-key", "", "`concentration` belongs to a Dirichlet law")
                .help("write chosen_lead = { dirichlet = { 0 = 0.5, … }, concentration = 50 }");
            reader.at_key(&child, fault);
        }
        Some(Self { bands, concentration, dirichlet: law.is_some(), place })
    }

    fn merge(old: &mut Node, new: Node, how: How) {
        how.shares(old, new, &|_, old, new| Keyed::<Num<Share>>::merge(old, new, how));
    }
}

impl JsonSchema for ChosenLeadTable {
    fn schema_name() -> Cow<'static, str> {
        "ChosenLeadTable".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let share = generator.subschema_for::<Num<Share>>();
        let bands: serde_json::Map<String, serde_json::Value> =
            BANDS.iter().map(|band| ((*band).to_owned(), share.clone().to_value())).collect();
        let mut all = bands.clone();
        all.insert(
            "dirichlet".into(),
            serde_json::json!({ "type": "object", "properties": bands, "additionalProperties": false }),
        );
        for (key, kind) in
            [("concentration", "number"), ("source", "string"), ("note", "string"), ("confidence", "string")]
        {
            all.insert(key.into(), serde_json::json!({ "type": kind }));
        }
        json_schema!({ "type": "object", "properties": all, "additionalProperties": false })
    }
}
