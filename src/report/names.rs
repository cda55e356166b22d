//! `names.csv`: what the names in the other tables stand for.
//!
//! In: the scenario of a run. Out: a row a name, by kinds: tables, addresses and flags say `e85008`, people say North Fulham
//! Surgery. A name that options call differently stands there once a title.

use super::cell::Table;
use crate::findings::staffing::post_title;
use crate::scenario::{OptionModel, Scenario};
use std::collections::BTreeSet;
use std::io::{self, Write};

/// Columns; kinds are called as the columns of the other tables, a network and a practice as their scopes.
const HEAD: [&str; 3] = ["kind", "name", "title"];

/// Writes the table.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn write(scenario: &Scenario, out: &mut dyn Write) -> io::Result<()> {
    let mut table = Table::to(out);
    table.write_record(HEAD)?;
    let mut written = BTreeSet::new();
    let options = scenario.options.iter().map(|o| ("option", o.name.as_str(), o.title.clone()));
    for row in options.chain(scenario.options.iter().flat_map(named)) {
        if !written.contains(&row) {
            table.write_record([row.0, row.1, &row.2])?;
            written.insert(row);
        }
    }
    table.flush()
}

/// Kind, name and title of all that an option has.
fn named(option: &OptionModel) -> Vec<(&'static str, &str, String)> {
    let model = &option.model;
    let mut out: Vec<(&'static str, &str, String)> = Vec::new();
    out.extend(model.networks.iter().map(|x| ("network", x.name.as_str(), x.title.clone())));
    out.extend(model.practices.iter().map(|x| ("practice", x.name.as_str(), x.title.clone())));
    out.extend(model.needs.iter().map(|x| ("need", x.name.as_str(), x.title.clone())));
    out.extend(model.roles.iter().map(|x| ("role", x.name.as_str(), x.title.clone())));
    let posts = model.posts.iter().enumerate();
    out.extend(posts.map(|(post, x)| ("post", x.name.as_str(), post_title(model, post))));
    out.extend(model.targets.iter().map(|x| ("target", x.name.as_str(), x.title.clone())));
    out
}
