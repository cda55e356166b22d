//! Gives a typed file its meaning: names become indexes, defaults are filled in, numbers become fixed
//! or drawn. Everything that is wrong is noted; the model is only used where nothing was.
//!
//! In: a [`File`] and the tree it was read from. Out: a [`Model`]. Each file of this folder is a part of the
//! model; they share the resolver, its list of faults and the inputs that are drawn. Lists of the model are in
//! the order of [`Names`].

mod ages;
mod asked;
mod attendance;
mod avoidable;
mod levers;
mod names;
mod needs;
mod places;
mod posts;
mod sites;
mod staff;
mod targets;

pub(crate) use asked::never_matters;
pub(crate) use names::Names;
pub(crate) use staff::round;

pub(super) use posts::number_people;

use super::format::words::plain_name;
use super::format::{File, OverflowOrder};
use super::number::{Figure, Num, Stated};
use super::read::{Place, suggest};
use super::source::Span;
use super::tree::{Node, Value};
use crate::fault::{Fault, Severity};
use crate::model::Model;
use crate::model::number::{Inputs, Number};
use std::collections::BTreeMap;

/// Turns one file into one model.
///
/// One for each option. `inputs` grows as numbers are met; [`Resolver::model`] takes it, so a resolver makes one
/// model.
pub(crate) struct Resolver<'f> {
    /// What was typed.
    pub file: &'f File,
    /// The same before it had types, for the places of what has none.
    pub tree: &'f Node,
    /// What is wrong.
    pub faults: Vec<(Fault, Span)>,
    /// Names of everything.
    pub names: Names,
    inputs: Inputs,
    /// Numbers that have a slot already, by address.
    drawn: BTreeMap<String, Number>,
}

impl<'f> Resolver<'f> {
    /// Ready to resolve a file.
    pub fn new(file: &'f File, tree: &'f Node) -> Self {
        Self {
            file,
            tree,
            faults: Vec::new(),
            names: Names::of(file),
            inputs: Inputs::default(),
            drawn: BTreeMap::new(),
        }
    }

    /// The model of an option with these levers.
    ///
    /// `levers_at` is the address of the list of levers, for faults. The order of the calls decides the order of
    /// the slots that are drawn into; draws are keyed by address, so no figure hangs on it.
    pub fn model(&mut self, levers: &[String], levers_at: &str) -> Model {
        let horizon = self.horizon();
        let networks = self.networks();
        let practices = self.practices();
        if let Some(order) = self.file.rooms.as_ref().and_then(|rooms| rooms.order.as_ref()) {
            self.find_all("role", order, "rooms.order");
        }
        let roles = self.roles();
        let needs = self.needs();
        let (categories, categories_between_practices) = self.categories();
        let posts = self.posts();
        let targets = self.targets();
        let model = Model {
            title: self.file.title.clone().unwrap_or_else(|| "Untitled scenario".to_owned()),
            horizon,
            calendar: self.calendar(),
            demand: self.demand(),
            networks,
            practices,
            equity_target: self.equity_target(&needs, &targets),
            needs,
            categories,
            categories_between_practices,
            roles,
            posts,
            targets,
            funds: self.funds(),
            levers: self.levers(levers, levers_at, horizon),
            overflow_merged: self.file.overflow.as_ref().and_then(|overflow| overflow.order)
                == Some(OverflowOrder::Merged),
            inputs: Inputs::default(),
            as_now: None,
        };
        let mut model = Model { inputs: std::mem::take(&mut self.inputs), ..model };
        ages::mean_rates(&mut model);
        model
    }

    /// Checks the whole model, unless names are missing that everything else hangs on.
    ///
    /// `whole` is false where values could not be read. Capacity and receivers are looked at only where nothing
    /// else is wrong.
    pub fn check(&mut self, model: &Model, whole: bool) {
        let unknown = |(fault, _): &(Fault, Span)| matches!(fault.code, "unknown-name" | "missing-key");
        if self.faults.iter().any(unknown) {
            return;
        }
        for fault in super::check::check(model, whole) {
            // A list that is stated and could not be read has been said.
            let stated = |key: &str| self.tree.nearest(&fault.address).0.get(key).is_some();
            let misread = fault.code == "no-list" && ["registered_list", "list_size"].into_iter().any(stated);
            if !misread {
                self.fault(&fault.address.clone(), fault);
            }
        }
        if whole && !self.faults.iter().any(|(fault, _)| fault.severity == Severity::Fault) {
            for warning in super::capacity::capacity_line(model).warnings {
                self.faults.push((warning, Span::default()));
            }
            for warning in super::receivers::warnings(model) {
                self.fault(&warning.address.clone(), warning);
            }
        }
    }

    /// Warns of sources that are named but not stated.
    ///
    /// Once for each source, at the first figure that names it.
    pub fn sources(&mut self, figures: &[Figure]) {
        let known: Vec<&str> =
            self.file.source.iter().flat_map(|named| &named.0).map(|(id, _, _)| id.as_str()).collect();
        let mut told: Vec<String> = Vec::new();
        for figure in figures {
            let Some(source) = &figure.place.source else { continue };
            if known.contains(&source.as_str()) || told.contains(source) {
                continue;
            }
            told.push(source.clone());
            let warning = Fault::warning(
                "unknown-source",
                "",
                format!("the source `{source}` is named here, but there is no [source.{source}]"),
            )
            .help(suggest(source, known.iter().copied(), "sources are"));
            self.faults.push((Fault { address: figure.place.address.clone(), ..warning }, figure.place.span));
        }
    }

    /// A number, or its default.
    ///
    /// A default is certain and has no place: it is no assumption of the planner's.
    fn number<R>(&mut self, number: &Option<Num<R>>, default: f64) -> Number {
        number.as_ref().map_or(Number::Fixed(default), |number| self.drawn(number))
    }

    /// A number that may be absent.
    fn maybe<R>(&mut self, number: &Option<Num<R>>) -> Option<Number> {
        number.as_ref().map(|number| self.drawn(number))
    }

    /// A number the entity cannot do without.
    ///
    /// Noted where it is missing; nought then stands in its place, and the model is not used.
    fn needed<R>(&mut self, number: &Option<Num<R>>, place: &Place, key: &str, what: &str) -> Number {
        if number.is_none() {
            self.missing(place, key, what);
        }
        self.number(number, 0.0)
    }

    /// A stated number: fixed, or the slot it is drawn into (one for each address).
    ///
    /// A slot for each practice where it is drawn practice by practice.
    fn drawn<R>(&mut self, number: &Num<R>) -> Number {
        let figure = &number.figure;
        if let Stated::Fixed(value) = figure.law {
            return Number::Fixed(value);
        }
        if let Some(known) = self.drawn.get(&figure.place.address) {
            return *known;
        }
        let practices = self.names.practice.len();
        let slot = self.inputs.add(super::laws::quantity(figure), practices);
        self.drawn.insert(figure.place.address.clone(), slot);
        slot
    }

    /// Notes a fault at an address: under its value, or under the key of what is nearest above it.
    ///
    /// The fault takes this address, whatever it had.
    fn fault(&mut self, address: &str, fault: Fault) {
        let (node, exact) = self.tree.nearest(address);
        let span = if exact && node.table().is_none() { node.span } else { node.key };
        self.faults.push((Fault { address: address.to_owned(), ..fault }, span));
    }

    /// Notes a fault under a key.
    fn fault_at_key(&mut self, place: &Place, fault: Fault) {
        self.faults.push((Fault { address: place.address.clone(), ..fault }, place.key));
    }

    /// Notes that a key is missing, unless it is there and only wrong.
    fn missing(&mut self, place: &Place, key: &str, what: &str) {
        let (node, exact) = self.tree.nearest(&place.address);
        // Nothing in [ ] or { } says as little as no key.
        let said = |node: &Node| match &node.value {
            Value::List(items) => !items.is_empty(),
            Value::Table(table) => !table.is_empty(),
            _ => true,
        };
        if exact && node.get(key).is_some_and(said) {
            return;
        }
        let fault = Fault::new("missing-key", "", format!("`{}` does not say {what}", place.address));
        let help = match exact && node.get(key).is_some() {
            true => format!("`{key}` is there and empty: name at least one in it"),
            false => format!("add the key `{key}`"),
        };
        self.fault_at_key(place, fault.help(help));
    }

    /// The index of a name in a list; an unknown name is a fault with the nearest one.
    ///
    /// `kind` is the word of the table: `need`, `role`, `practice`.
    fn find(&mut self, kind: &'static str, name: &str, address: &str) -> Option<usize> {
        let names = self.names.list(kind);
        if let Some(at) = names.iter().position(|known| known == name) {
            return Some(at);
        }
        // A title whose letters are the name's: `Abbey Road` of a sheet is `abbey_road`.
        let plain = plain_name(name);
        if let Some(at) = names.iter().position(|known| *known == plain) {
            return Some(at);
        }
        let plain = name.strip_prefix(kind).and_then(|rest| rest.strip_prefix('.'));
        let help = match plain {
            Some(plain) if names.iter().any(|known| known == plain) => {
                format!("write the name alone: `{plain}`")
            }
            _ => match self.titled(kind, name) {
                Some(known) => format!("that is `{known}`"),
                None => suggest(name, names.iter().map(String::as_str), &format!("there is [{kind}.…]")),
            },
        };
        self.fault(
            address,
            Fault::new("unknown-name", "", format!("there is no {} `{name}`", words(kind))).help(help),
        );
        None
    }

    /// The name of what is shown to people under a title, whatever its capitals.
    fn titled(&self, kind: &str, title: &str) -> Option<String> {
        let things = self.tree.get(kind)?.table()?;
        let plain = plain_name(title);
        let is = |text: &str| !plain.is_empty() && plain_name(text) == plain;
        let stated = |thing: &Node, key: &str| {
            matches!(&thing.get(key)?.value, Value::Text(text) if is(text)).then_some(())
        };
        let known = |(name, thing): &(&String, &Node)| {
            is(name) || ["name", "staff_group"].into_iter().any(|key| stated(thing, key).is_some())
        };
        let mut found = things.iter().filter(known).map(|(name, _)| name.clone());
        // Of several alike none is the one that is meant.
        found.next().filter(|_| found.next().is_none())
    }

    /// The indexes of a list of names.
    ///
    /// In the order of the list. A name that stands twice is a fault and counts once.
    fn find_all(&mut self, kind: &'static str, names: &[String], address: &str) -> Vec<usize> {
        let mut found = Vec::with_capacity(names.len());
        for (at, name) in names.iter().enumerate() {
            let address = format!("{address}.{at}");
            let Some(index) = self.find(kind, name, &address) else { continue };
            if found.contains(&index) {
                self.fault(
                    &address,
                    Fault::new("named-twice", "", format!("`{name}` stands twice in this list")),
                );
            } else {
                found.push(index);
            }
        }
        found
    }
}

/// A kind in words.
fn words(kind: &str) -> &str {
    match kind {
        "avoidable" => "avoidable category",
        other => other,
    }
}

/// The title of a role: its `name`, or its key with spaces, its short words as abbreviations (`gp` is a GP).
///
/// Short means at most three letters, but for the small words of the language.
fn role_title(name: &Option<String>, key: &str) -> String {
    const WORDS: [&str; 7] = ["and", "of", "in", "for", "the", "to", "day"];
    let word = |word: &str| match word.len() <= 3 && !WORDS.contains(&word) {
        true => word.to_uppercase(),
        false => word.to_owned(),
    };
    name.clone().unwrap_or_else(|| key.split('_').map(word).collect::<Vec<_>>().join(" "))
}

/// The title of a named thing: its `name`, or its key with spaces.
fn title(name: &Option<String>, key: &str) -> String {
    name.clone().unwrap_or_else(|| key.replace('_', " "))
}
