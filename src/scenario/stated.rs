//! What a scenario states at an address, in its own words: numbers, texts, dates, lists, and whole tables.
//!
//! In: the merged scenario with its texts, and an address (`post.gps.wte`, `option.more.overlay.post.gps.wte`). Out: what stands
//! there, line by line, each with its place; or how far the address leads and what stands there instead.

use super::Scenario;
use super::tree::{Node, Value};

/// A value with its address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated {
    /// Address.
    pub address: String,
    /// As it is written.
    pub text: String,
    /// `file:line`.
    pub place: String,
}

/// An address that leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Astray {
    /// The part that is there; empty where not even the first word is.
    pub known: String,
    /// The word after it that is not.
    pub unknown: String,
    /// Words that could stand there.
    pub instead: Vec<String>,
}

impl Scenario {
    /// Every value at and below an address; a value itself is the only one.
    ///
    /// # Errors
    /// How far the address leads.
    pub fn stated(&self, address: &str) -> Result<Vec<Stated>, Astray> {
        let mut node = &self.tree;
        let mut known = String::new();
        for word in address.split('.') {
            let (next, there) = node.nearest(word);
            if !there || word.is_empty() {
                let keys = node.table().map(|table| table.keys().cloned().collect()).unwrap_or_default();
                return Err(Astray { known, unknown: word.to_owned(), instead: keys });
            }
            node = next;
            known = inside(&known, word);
        }
        let mut found = Vec::new();
        self.lines(address, node, &mut found);
        Ok(found)
    }

    /// The values at and below a node, depth first in the order of the file; lists are one value.
    fn lines(&self, address: &str, node: &Node, found: &mut Vec<Stated>) {
        if let Value::Table(table) = &node.value {
            return table.iter().for_each(|(key, below)| self.lines(&inside(address, key), below, found));
        }
        let text = self.warnings.map.written(node.span).split_whitespace().collect::<Vec<_>>().join(" ");
        found.push(Stated { address: address.to_owned(), text, place: self.warnings.map.place(node.key) });
    }
}

/// The address of a word inside another.
fn inside(address: &str, word: &str) -> String {
    if address.is_empty() { word.to_owned() } else { format!("{address}.{word}") }
}
