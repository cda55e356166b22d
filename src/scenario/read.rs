//! From the tree to typed tables: one small trait, and a macro that writes a table's reader.
//!
//! A reader never stops at a fault: it notes the fault with its place and goes on, so that a planner
//! sees everything at once. How two values merge is part of their type: tables merge by key, anything
//! else (quantities, lists, unions) is replaced whole.

use super::number::Figure;
use super::source::Span;
use super::tree::{Node, Table, Value};
use crate::fault::Fault;

/// Where something was stated.
#[derive(Clone, Debug, Default)]
pub(crate) struct Place {
    /// Address.
    pub address: String,
    /// Its key in the file.
    pub key: Span,
    /// Its value in the file.
    pub span: Span,
    /// Source named for the table it stands in.
    pub source: Option<String>,
    /// Confidence named for the table it stands in.
    pub confidence: Option<String>,
}

impl Place {
    /// The place of something inside this one.
    pub fn inside(&self, key: &str, node: &Node) -> Self {
        let address =
            if self.address.is_empty() { key.to_owned() } else { format!("{}.{key}", self.address) };
        Self { address, key: node.key, span: node.span, ..self.clone() }
    }
}

/// Collects faults and figures while a tree is read.
///
/// One for each tree; figures stand here in the order in which their keys stand in the types of the format.
#[derive(Default)]
pub(crate) struct Reader {
    /// Faults with their places.
    pub faults: Vec<(Fault, Span)>,
    /// Every figure read, in reading order.
    pub figures: Vec<Figure>,
}

impl Reader {
    /// Notes a fault under a value.
    pub fn at_value(&mut self, place: &Place, fault: Fault) {
        self.faults.push((Fault { address: place.address.clone(), ..fault }, place.span));
    }

    /// Notes a fault under a key.
    pub fn at_key(&mut self, place: &Place, fault: Fault) {
        self.faults.push((Fault { address: place.address.clone(), ..fault }, place.key));
    }

    /// The table at a node; unknown keys and keys that exclude each other become faults.
    pub fn table<'n>(&mut self, node: &'n Node, place: &Place, shape: &Shape) -> Option<&'n Table> {
        let Some(table) = node.table() else {
            let fault = Fault::new(
                "not-a-table",
                "",
                format!("{} is stated by a table of its keys, but this is {}", shape.what, node.value.kind()),
            );
            self.at_value(place, fault.help(format!("keys it may have: {}", list(shape.keys))));
            return None;
        };
        for (key, child) in table {
            if !shape.keys.contains(&key.as_str()) && !COMMON.contains(&key.as_str()) {
                let fault = Fault::new("unknown-key", "", format!("{} has no key `{key}`", shape.what));
                let known =
                    OTHER_WORDS.iter().find(|(other, ours)| other == key && shape.keys.contains(ours));
                let help = match known {
                    Some((_, ours)) => format!("did you mean `{ours}`?"),
                    None => suggest(key, shape.keys.iter().copied(), "keys it may have"),
                };
                self.at_key(&place.inside(key, child), fault.help(help));
            }
        }
        for group in shape.one_of {
            self.one_of(table, place, shape.what, group);
        }
        Some(table)
    }

    /// Notes where keys of two alternatives stand in one table; the second is the one that is pointed at.
    fn one_of(&mut self, table: &Table, place: &Place, what: &str, group: &[&[&str]]) {
        let stated: Vec<&str> = group
            .iter()
            .filter_map(|keys| keys.iter().copied().find(|key| table.contains_key(*key)))
            .collect();
        let [first, second, ..] = stated[..] else { return };
        if let Some(child) = table.get(second) {
            let fault = Fault::new(
                "two-of-one",
                "",
                format!("{what} states both `{first}` and `{second}`; only one of them can hold"),
            );
            self.at_key(&place.inside(second, child), fault.help(format!("keep `{first}` or `{second}`")));
        }
    }

    /// The place of a table with the source and confidence it names for its figures.
    ///
    /// A table that has a key `source` of its own (as a source has) is left as it is.
    pub fn sourced(&mut self, table: &Table, place: &Place, shape: &Shape) -> Place {
        let mut place = place.clone();
        if shape.keys.contains(&"source") {
            return place;
        }
        place.source = self.field(table, &place, "source").or(place.source);
        place.confidence = self.confidence(table, &place).or(place.confidence);
        let _note: Option<String> = self.field(table, &place, "note");
        place
    }

    /// How far the figures of a table can be trusted; a word that is none of [`CONFIDENCE`] is a fault.
    pub fn confidence(&mut self, table: &Table, place: &Place) -> Option<String> {
        let word: String = self.field(table, place, "confidence")?;
        if CONFIDENCE.contains(&word.as_str()) {
            return Some(word);
        }
        let fault = Fault::new(
            "unknown-word",
            "",
            format!("`{word}` is not a word for how far a figure can be trusted"),
        );
        let help = suggest(&word, CONFIDENCE.into_iter(), "it may be");
        self.at_value(&place.inside("confidence", &table["confidence"]), fault.help(help));
        None
    }

    /// A key of a table.
    ///
    /// None where it is not there, or is there and wrong; only then a fault is noted.
    pub fn field<T: Read>(&mut self, table: &Table, place: &Place, key: &str) -> Option<T> {
        let node = table.get(key)?;
        T::read(node, &place.inside(key, node), self)
    }
}

/// Keys every table may have: where its figures come from.
// Every table reads them, so no type states them.
pub(crate) const COMMON: [&str; 3] = ["source", "note", "confidence"];

/// How far a figure can be trusted: three grades of evidence, what nobody has checked, and what is assumed.
pub(crate) const CONFIDENCE: [&str; 5] = ["high", "medium", "low", "unverified", "assumption"];

/// Words that others use for a key, and the key: too unlike to be found as the nearest.
const OTHER_WORDS: [(&str, &str); 3] =
    [("seen_by", "roles"), ("fte", "wte"), ("list_size", "registered_list")];

/// What a table looks like.
pub(crate) struct Shape {
    /// What it is, for sentences: `a need`.
    pub what: &'static str,
    /// Its keys.
    pub keys: &'static [&'static str],
    /// Groups of alternatives, each a list of keys that go together.
    pub one_of: &'static [&'static [&'static [&'static str]]],
}

/// A type that a value of a scenario is read as.
pub(crate) trait Read: Sized {
    /// Reads a value; what is wrong is noted, and nothing comes back.
    fn read(node: &Node, place: &Place, reader: &mut Reader) -> Option<Self>;

    /// Lays a later value over an earlier one: replaced whole unless the type merges.
    fn merge(old: &mut Node, new: Node, _how: How) {
        *old = new;
    }
}

/// How values are laid over each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum How {
    /// A later file over an earlier one: tables of shares are replaced whole.
    Lay,
    /// One value at its address (`--set`): its neighbours stay.
    Set,
}

impl How {
    /// Lays a table of shares or of days over another: key by key where an address leads through it, else whole.
    pub fn shares(self, old: &mut Node, new: Node, merge: &dyn Fn(&str, &mut Node, Node)) {
        match self {
            Self::Set if new.is_led_through() => merge_tables(old, new, &[], merge),
            Self::Set | Self::Lay => *old = new,
        }
    }
}

/// Lays one table over another key by key.
///
/// Where the new table states one of several alternatives, the others go from the old one: a post that gets `wte`
/// loses its slots. A value that is no table is replaced whole.
pub(crate) fn merge_tables(
    old: &mut Node,
    new: Node,
    one_of: &[&[&[&str]]],
    merge: &dyn Fn(&str, &mut Node, Node),
) {
    let Value::Table(over) = new.value else {
        *old = new;
        return;
    };
    let Some(under) = old.table_mut() else {
        *old = Node { value: Value::Table(over), ..new };
        return;
    };
    for group in one_of {
        let stated = |keys: &[&str]| keys.iter().any(|key| over.contains_key(*key));
        if group.iter().any(|keys| stated(keys)) {
            for keys in group.iter().filter(|keys| !stated(keys)) {
                under.retain(|key, _| !keys.contains(&key));
            }
        }
    }
    for (key, value) in over {
        match under.get_mut(&key) {
            Some(existing) => merge(&key, existing, value),
            None => {
                under.insert(key, value);
            }
        }
    }
}

/// `a`, `b`, `c`: commas alone, as lists stand in help, where the last is no different.
pub(crate) fn list(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// "did you mean", with the nearest of the names; otherwise what there is.
///
/// Near is at most one letter more than a third of the longer name. At most 24 names are listed.
pub(crate) fn suggest<'a>(name: &str, names: impl Iterator<Item = &'a str>, among: &str) -> String {
    let names: Vec<&str> = names.collect();
    let near = names
        .iter()
        .map(|candidate| (strsim::damerau_levenshtein(name, candidate), *candidate))
        .min_by_key(|(distance, _)| *distance);
    match near {
        Some((distance, candidate)) if distance <= 1 + candidate.len().max(name.len()) / 3 => {
            format!("did you mean `{candidate}`?")
        }
        Some(_) => {
            let mut all = names;
            let more = all.len().saturating_sub(24);
            all.truncate(24);
            let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
            format!("{among}: {}{rest}", list(&all))
        }
        None => format!("{among}: none is stated"),
    }
}

/// A key as it is written: a Rust keyword loses its prefix.
///
/// `r#for` of a type is `for` in the file.
pub(crate) const fn key(name: &'static str) -> &'static str {
    match name.as_bytes() {
        [b'r', b'#', ..] => name.split_at(2).1,
        _ => name,
    }
}

/// Writes a table of the format: its struct, its reader and how it merges.
///
/// In: the comment, the name, what it is in a sentence, groups of keys that exclude each other, the keys with
/// their types. Every key is optional here: what is needed is asked for when the table is given its meaning.
/// Comments become the words of the schema.
macro_rules! table {
    ($(#[$meta:meta])* $name:ident, $what:literal, [$($group:expr),* $(,)?],
        { $( $(#[$field_meta:meta])* $field:ident : $type:ty ),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, schemars::JsonSchema)]
        #[schemars(deny_unknown_fields)]
        pub(crate) struct $name {
            $( $(#[$field_meta])* pub $field: Option<$type>, )*
            /// Where the table stands, and the source of its figures.
            #[schemars(skip)]
            pub place: $crate::scenario::read::Place,
        }

        // some keys are stated for the schema or taken out of the tree before: reading them here keeps them honest
        const _: fn(&$name) = |table| {
            let _ = &table.place;
            $( let _ = &table.$field; )*
        };

        impl $name {
            const SHAPE: $crate::scenario::read::Shape = $crate::scenario::read::Shape {
                what: $what,
                keys: &[$($crate::scenario::read::key(stringify!($field))),*],
                one_of: &[$($group),*],
            };
        }

        impl $crate::scenario::read::Read for $name {
            fn read(
                node: &$crate::scenario::tree::Node,
                place: &$crate::scenario::read::Place,
                reader: &mut $crate::scenario::read::Reader,
            ) -> Option<Self> {
                let table = reader.table(node, place, &Self::SHAPE)?;
                let place = reader.sourced(table, place, &Self::SHAPE);
                Some(Self {
                    $( $field: reader.field(table, &place, $crate::scenario::read::key(stringify!($field))), )*
                    place,
                })
            }

            fn merge(
                old: &mut $crate::scenario::tree::Node,
                new: $crate::scenario::tree::Node,
                how: $crate::scenario::read::How,
            ) {
                $crate::scenario::read::merge_tables(old, new, Self::SHAPE.one_of, &|key, old, new| {
                    $( if key == $crate::scenario::read::key(stringify!($field)) {
                        return <$type as $crate::scenario::read::Read>::merge(old, new, how);
                    } )*
                    *old = new;
                });
            }
        }
    };
}

/// A word of a closed list, as the scenario writes it.
pub(crate) trait Word {
    /// The word.
    fn word(self) -> &'static str;
}

/// Writes a choice between words: its enum and its reader.
///
/// The words are those of the file, the variants those of the code; a word that is none of them is a fault with
/// the nearest.
macro_rules! choice {
    ($(#[$meta:meta])* $name:ident, $what:literal, { $( $(#[$word_meta:meta])* $variant:ident = $word:literal ),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, schemars::JsonSchema)]
        pub(crate) enum $name {
            $( $(#[$word_meta])* #[schemars(rename = $word)] $variant, )*
        }

        impl $crate::scenario::read::Word for $name {
            fn word(self) -> &'static str {
                match self {
                    $( Self::$variant => $word, )*
                }
            }
        }

        impl $crate::scenario::read::Read for $name {
            fn read(
                node: &$crate::scenario::tree::Node,
                place: &$crate::scenario::read::Place,
                reader: &mut $crate::scenario::read::Reader,
            ) -> Option<Self> {
                const WORDS: &[&str] = &[$($word),*];
                let word = match &node.value {
                    $crate::scenario::tree::Value::Text(word) => word.as_str(),
                    other => {
                        let message = format!("{} is one of the words {}, but this is {}", $what,
                            $crate::scenario::read::list(WORDS), other.kind());
                        reader.at_value(place, $crate::fault::Fault::new("not-a-word", "", message));
                        return None;
                    }
                };
                match word {
                    $( $word => Some(Self::$variant), )*
                    other => {
                        let message = format!("`{other}` is not a word for {}", $what);
                        let help = $crate::scenario::read::suggest(other, WORDS.iter().copied(), "it may be");
                        reader.at_value(place, $crate::fault::Fault::new("unknown-word", "", message).help(help));
                        None
                    }
                }
            }
        }
    };
}

pub(crate) use {choice, table};
