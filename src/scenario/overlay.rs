//! What lies over a whole scenario: the overlays of options, and `--set`.
//!
//! In: the merged tree. Out: the same with overlays read whole (files and what they extend), and with single
//! values changed. It is the second half of [`Gatherer`].

use super::format::File;
use super::gather::{Gatherer, take_away, tidy};
use super::read::{How, Read, list, suggest};
use super::source::Span;
use super::spelt::{SPELT, SPELT_WITHIN};
use super::tree::{self, Node, Table, Value};
use crate::fault::Fault;

/// Kinds of things with names.
///
/// Of these `--set` may change one that is there, but not make one.
const NAMED: [&str; 9] =
    ["network", "practice", "need", "avoidable", "role", "post", "target", "lever", "option"];

impl Gatherer {
    /// Reads the overlays of options that are files, so that the tree holds everything.
    ///
    /// Each overlay starts with an empty list of files laid: what the base has laid already counts for the base
    /// alone. What an overlay removes of the base is kept in it, under `remove`, until it is laid.
    pub(super) fn overlays(&mut self, tree: &mut Node) {
        let Some(options) = tree.table_mut().and_then(|table| table.get_mut("option")) else { return };
        let Some(options) = options.table_mut() else { return };
        for (_, option) in options.iter_mut() {
            let Some(overlay) = option.table_mut().and_then(|table| table.get_mut("overlay")) else {
                continue;
            };
            // Paths in it run from the file in which it stands.
            let folder = self.map.locate(overlay.span).and_then(|(source, _)| source.folder.clone());
            let mut whole = Node { key: overlay.key, span: overlay.span, value: Value::Table(Table::new()) };
            let mut removes = Vec::new();
            let done = std::mem::take(&mut self.done);
            match &overlay.value {
                Value::Text(name) => {
                    let path = tidy(&folder.unwrap_or_default().join(name));
                    self.open(&path, Some(overlay.span), &mut whole, &mut removes);
                }
                Value::Table(_) => {
                    let own = overlay.clone();
                    self.lay_tree(own, folder.as_deref(), &mut whole, &mut removes);
                }
                other => {
                    let message = format!(
                        "an overlay is a file name in quotes or a table, but this is {}",
                        other.kind()
                    );
                    self.faults.push((Fault::new("wrong-kind", "overlay", message), overlay.span));
                }
            }
            self.done = done;
            whole.key = overlay.key;
            if !removes.is_empty()
                && let Some(table) = whole.table_mut()
            {
                let span = removes[0].span;
                table.insert("remove".into(), Node { key: span, span, value: Value::List(removes) });
            }
            *overlay = whole;
        }
    }

    /// The base with an option's overlay over it.
    ///
    /// Horizon, run and options are shared by all options: stating one in an overlay is a fault.
    pub fn with_overlay(&mut self, base: &Node, overlay: &Node) -> Node {
        let mut tree = base.clone();
        let mut over = overlay.clone();
        // Else options would count other days or other luck and could not be compared.
        let shared = |address: &str| {
            let first = address.split('.').next();
            ["horizon", "run", "option"].into_iter().find(|key| first == Some(*key))
        };
        let fault = |key: &str| {
            let message = format!("an option cannot have its own `{key}`: all options share it");
            Fault::new("overlay-shared", key, message).help(format!("state `{key}` in the scenario itself"))
        };
        for remove in self.take_list(&mut over, "remove") {
            let Value::Text(address) = &remove.value else { continue };
            match shared(address) {
                Some(key) => self.faults.push((fault(key), remove.span)),
                None if !take_away(&mut tree, address) => self.nothing_there(base, &remove),
                None => {}
            }
        }
        for (key, node) in over.table().into_iter().flatten() {
            if let Some(key) = shared(key) {
                self.faults.push((fault(key), node.key));
            }
        }
        File::merge(&mut tree, over, How::Lay);
        tree
    }

    /// A `remove` that found nothing, with the nearest names.
    pub(super) fn nothing_there(&mut self, tree: &Node, remove: &Node) {
        let Value::Text(address) = &remove.value else { return };
        let fault =
            Fault::new("nothing-to-remove", "remove", format!("there is nothing at `{address}` to remove"));
        let (near, _) = tree.nearest(address);
        let help = near.table().map(|table| {
            let last = address.rsplit('.').next().unwrap_or(address);
            suggest(last, table.keys().map(String::as_str), "there is")
        });
        let fault = match help {
            Some(help) => fault.help(help),
            None => fault,
        };
        self.faults.push((fault, remove.span));
    }

    /// Applies `--set ADDRESS=VALUE`.
    ///
    /// Text that is one line of TOML; a word may stand without its quotes. It changes the base; a thing that only options
    /// have is changed in the overlay of each that has it. A thing that is nowhere is a fault.
    pub fn set(&mut self, tree: &mut Node, text: &str) {
        let text = &quoted_word(text);
        if text.contains(['\n', '\r']) {
            let id = self.map.add("--set", text.clone(), None);
            let base = self.map.source(id).base;
            let fault =
                Fault::new("set-syntax", "", "a --set is one value on one line, and this has line breaks")
                    .help("state every value with a --set of its own, and lists and tables on one line");
            self.faults.push((fault, Span { start: base, end: base + text.len() }));
            return;
        }
        // A text of its own, so that a fault in it has a caret.
        let id = self.map.add("--set", text.clone(), std::env::current_dir().ok());
        let base = self.map.source(id).base;
        let mut faults = Vec::new();
        let own = tree::parse(&self.map, id, &mut faults);
        // The planner typed one line, so the first fault is enough.
        if !faults.is_empty() {
            let (first, span) = faults.swap_remove(0);
            let plain = Fault::new("set-syntax", "", "this is not ADDRESS=VALUE")
                .help("for example --set post.gps.wte=3.5 or --set \"post.gps.wte={ range80 = [3, 4] }\"; text of more than one word stands in quotes of its own");
            let fault =
                if [tree::NO_DATE, SPELT, SPELT_WITHIN].contains(&first.code) { first } else { plain };
            self.faults.push((
                fault,
                if span.start == span.end { Span { start: base, end: base + text.len() } } else { span },
            ));
            return;
        }
        let (before, mut own) = (tree.clone(), own);
        own.mark_address(text, base);
        if !self.settable(tree, &own) {
            return;
        }
        // Before parts of it move into overlays.
        let stated = own.clone();
        into_overlays(tree, &mut own);
        if self.names_exist(tree, &own) {
            File::merge(tree, own, How::Set);
            self.replaced((&before, tree), &stated);
            let overlays = |tree: &Node| -> Vec<Node> { overlays(tree).cloned().collect() };
            for (before, after) in overlays(&before).iter().zip(&overlays(tree)) {
                self.replaced((before, after), &stated);
            }
            // An overlay that is set to a file has still to be read.
            self.overlays(tree);
        }
    }

    /// Faults an address that nothing would come of: below a single value, of a whole practice or post, or of a word that files
    /// are put together by.
    ///
    /// True where there is none of them.
    fn settable(&mut self, tree: &Node, own: &Node) -> bool {
        for key in ["extends", "remove", "from_library", "practices", "posts"] {
            if let Some(node) = own.get(key) {
                let message =
                    format!("`{key}` cannot be set: the files are put together before anything is set");
                let help = match key {
                    "remove" => {
                        "write it in a file that extends this one, or in the overlay of an option".to_owned()
                    }
                    "practices" | "posts" => format!(
                        "state it in the file; one value of a sheet is set as {}.NAME.KEY",
                        &key[..key.len() - 1]
                    ),
                    _ => "write it in a file of its own".to_owned(),
                };
                self.faults.push((Fault::new("set-too-late", key, message).help(help), node.key));
                return false;
            }
        }
        if let Some((address, span, key)) = over_thing(tree, own) {
            let message = format!("`{address}` has keys of its own, so it cannot be set to one value");
            let help = format!("set one of its keys: --set {address}.{key}=...");
            self.faults.push((Fault::new("set-over-thing", address, message).help(help), span));
            return false;
        }
        let overlays: Vec<Node> = overlays(tree).cloned().collect();
        let found = std::iter::once(tree).chain(&overlays).find_map(|tree| below_value(tree, own, ""));
        let Some((address, span, was)) = found else { return true };
        let was = self.map.written(was).lines().next().unwrap_or_default().to_owned();
        let message = format!("`{address}` is one value, {was}: nothing stands below it to change");
        let help = format!("state the whole of it: --set '{address}={{ ... }}'");
        self.faults.push((Fault::new("set-below-value", address, message).help(help), span));
        false
    }

    /// Warns of what a `--set` pushes out: a thing that was stated in another way (slots) is now stated in this one (people).
    ///
    /// One warning a thing, at its first key stated.
    fn replaced(&mut self, (before, after): (&Node, &Node), own: &Node) {
        for kind in NAMED {
            for (name, stated) in own.get(kind).and_then(Node::table).into_iter().flatten() {
                let of = |tree: &'_ Node| {
                    tree.get(kind).and_then(|all| all.get(name)).and_then(Node::table).cloned()
                };
                let (Some(before), Some(after), Some(stated)) = (of(before), of(after), stated.table())
                else {
                    continue;
                };
                let gone: Vec<_> = before.iter().filter(|(key, _)| !after.contains_key(*key)).collect();
                let ([(first, was), others @ ..], Some((key, node))) = (&gone[..], stated.iter().next())
                else {
                    continue;
                };
                let also: Vec<&str> = others.iter().map(|(key, _)| key.as_str()).collect();
                let also = if also.is_empty() { String::new() } else { format!(", with {}", list(&also)) };
                let message = format!(
                    "`{kind}.{name}.{key}` takes the place of `{first} = {}`{also}: only one of the two can hold",
                    self.map.written(was.span).lines().next().unwrap_or_default()
                );
                let help = format!("to change what the file states, set {kind}.{name}.{first}");
                let address = format!("{kind}.{name}.{key}");
                self.faults.push((Fault::warning("set-replaces", address, message).help(help), node.key));
            }
        }
    }

    /// `--set` changes what is there: the thing an address names has to exist.
    ///
    /// Only kinds of [`NAMED`]; a wrong key within a thing is found when the tree is read.
    fn names_exist(&mut self, tree: &Node, own: &Node) -> bool {
        let mut fine = true;
        for kind in NAMED {
            let Some(stated) = own.get(kind).and_then(Node::table) else { continue };
            let known = tree.get(kind).and_then(Node::table);
            for (name, node) in stated {
                if known.is_none_or(|known| !known.contains_key(name)) {
                    let names: Vec<&str> =
                        known.map(|known| known.keys().map(String::as_str).collect()).unwrap_or_default();
                    let fault = Fault::new(
                        "set-unknown",
                        format!("{kind}.{name}"),
                        format!("the scenario has no {kind} `{name}` to change"),
                    )
                    .help(suggest(name, names.into_iter(), "there is"));
                    self.faults.push((fault, node.key));
                    fine = false;
                }
            }
        }
        fine
    }
}

/// What is set, with quotes about a value that is one word: `run.headline=unmet` as `run.headline="unmet"`.
///
/// Shells take the quotes of a text away, each in its own way, so a word need not have any. Numbers, dates, tables and
/// lists stay as they are; spreadsheets write TRUE for true, and others True.
fn quoted_word(text: &str) -> String {
    let Some((address, value)) = text.split_once('=') else { return text.to_owned() };
    let value = value.trim();
    let word = value.starts_with(|c: char| c.is_ascii_alphabetic())
        && value.chars().all(|c| c.is_ascii_alphanumeric() || "_-./@".contains(c));
    if ["true", "false"].iter().any(|known| value.eq_ignore_ascii_case(known)) {
        return format!("{address}={}", value.to_ascii_lowercase());
    }
    if !word || ["inf", "nan"].contains(&value) {
        return text.to_owned();
    }
    format!("{address}=\"{value}\"")
}

/// Moves what is set of things that only options have into the overlays of those options.
///
/// Things known to the base stay in `own`; those known nowhere stay too, for `names_exist` to say so.
fn into_overlays(tree: &mut Node, own: &mut Node) {
    for kind in NAMED {
        let known: Vec<String> = names(tree.get(kind));
        let Some(stated) = own.table_mut().and_then(|own| own.get_mut(kind)).and_then(Node::table_mut) else {
            continue;
        };
        // Known to no base: only options may have them.
        let absent: Vec<String> = stated.keys().filter(|name| !known.contains(name)).cloned().collect();
        let options = tree.table_mut().and_then(|tree| tree.get_mut("option")).and_then(Node::table_mut);
        let overlays = options.into_iter().flat_map(|options| options.iter_mut());
        let mut overlays: Vec<&mut Node> = overlays
            .filter_map(|(_, option)| option.table_mut().and_then(|option| option.get_mut("overlay")))
            .collect();
        for name in absent {
            let there = overlays.iter_mut().filter(|overlay| names(overlay.get(kind)).contains(&name));
            let there: Vec<&mut &mut Node> = there.collect();
            if there.is_empty() {
                continue;
            }
            let Some(node) = stated.remove(&name) else { continue };
            for overlay in there {
                let mut part = Node::empty();
                let mut inner = Node::empty();
                inner.table_mut().map(|table| table.insert(name.clone(), node.clone()));
                part.table_mut().map(|table| table.insert(kind.to_owned(), inner));
                File::merge(overlay, part, How::Set);
            }
        }
    }
}

/// The first address of `own` that leads through a single value of the tree, with its place and that of the value.
fn below_value(tree: &Node, own: &Node, address: &str) -> Option<(String, Span, Span)> {
    let (under, over) = (tree.table()?, own.table()?);
    over.iter().find_map(|(key, node)| {
        let (old, address) =
            (under.get(key)?, if address.is_empty() { key.clone() } else { format!("{address}.{key}") });
        // A figure with its source is one value too; a thing may be named `fixed`.
        let figure = |table: &Table| table.get("fixed").is_some_and(|node| node.table().is_none());
        let single = old.table().is_none_or(figure);
        match node.is_led_through() {
            true if single => Some((address, node.key, old.span)),
            true => below_value(old, node, &address),
            false => None,
        }
    })
}

/// The address and place of a single value that is to stand where a thing with keys of its own does, and the first of its keys.
fn over_thing(tree: &Node, own: &Node) -> Option<(String, Span, String)> {
    NAMED.into_iter().find_map(|kind| {
        let (things, stated) = (tree.get(kind)?.table()?, own.get(kind)?.table()?);
        stated.iter().find_map(|(name, node)| {
            let key = things.get(name)?.table()?.keys().next()?;
            node.table().is_none().then(|| (format!("{kind}.{name}"), node.key, key.clone()))
        })
    })
}

/// Where an address stands, or the nearest above it that is a thing of its own: in the scenario, else in the overlay of an
/// option that has it. No line where nothing of that name is stated.
pub(super) fn place(tree: &Node, address: &str) -> Span {
    let mut words = address.splitn(3, '.');
    let (kind, name, rest) = (words.next(), words.next(), words.next());
    let thing = |root: &Node| -> Option<Span> {
        let thing = root.get(kind?)?.get(name?)?;
        Some(thing.nearest(rest.unwrap_or_default()).0.key)
    };
    std::iter::once(tree).chain(overlays(tree)).find_map(thing).unwrap_or_default()
}

/// The overlays of the options, in their order.
fn overlays(tree: &Node) -> impl Iterator<Item = &Node> {
    let options = tree.get("option").and_then(Node::table).into_iter().flatten();
    options.filter_map(|(_, option)| option.get("overlay"))
}

/// Names of the things of a kind.
fn names(kind: Option<&Node>) -> Vec<String> {
    kind.and_then(Node::table).into_iter().flat_map(|table| table.keys().cloned()).collect()
}

#[cfg(test)]
mod tests {
    use super::quoted_word;

    /// A word needs no quotes; whatever else can be a value stays what it is.
    #[test]
    fn a_word_is_text() {
        assert_eq!(
            quoted_word("run.headline=wait_mean@practice.a/need.routine"),
            "run.headline=\"wait_mean@practice.a/need.routine\""
        );
        for written in ["TRUE", "True", " true"] {
            assert_eq!(quoted_word(&format!("role.gp.is_gp={written}")), "role.gp.is_gp=true");
        }
        for same in
            ["a.b=3.5", "a.b=true", "a.b=\"x\"", "a.b={ low = 1 }", "a.b=[1]", "a.b=2026-01-01", "a.b=", "a"]
        {
            assert_eq!(quoted_word(same), same);
        }
    }
}
