//! Gathers a scenario: reads a file and what it extends, lays later over earlier, takes away what is
//! removed, and applies `--set`. Out comes one tree in which every value knows its place.

use super::format::File;
use super::read::{How, Read, suggest};
use super::sheet;
use super::source::{SourceMap, Span};
use super::tree::{self, Node, Table, Value};
use crate::fault::Fault;
use std::path::{Path, PathBuf};

/// Texts the program carries, by what follows `library:`.
const LIBRARY: [(&str, &str); 2] = [
    ("england", include_str!("library/england.toml")),
    ("audit-2015", include_str!("library/audit-2015.toml")),
];

/// What has been gathered so far.
#[derive(Default)]
pub(crate) struct Gatherer {
    /// All texts.
    pub map: SourceMap,
    /// What went wrong.
    pub faults: Vec<(Fault, Span)>,
    /// Files being read, outermost first.
    chain: Vec<String>,
    /// Files laid already: each is laid once, where it is first reached.
    done: Vec<String>,
}

impl Gatherer {
    /// Reads a file and everything below it.
    pub fn file(&mut self, path: &Path) -> Node {
        let mut tree = Node::empty();
        let mut removes = Vec::new();
        self.open(path, None, &mut tree, &mut removes);
        self.finish(&mut tree, removes);
        tree
    }

    /// Reads a text as if it were a file.
    pub fn text(&mut self, name: &str, text: &str) -> Node {
        let mut tree = Node::empty();
        let mut removes = Vec::new();
        self.lay(name, text.to_owned(), None, &mut tree, &mut removes);
        self.finish(&mut tree, removes);
        tree
    }

    /// What is left to remove in a whole scenario is not there.
    fn finish(&mut self, tree: &mut Node, removes: Vec<Node>) {
        for remove in removes {
            self.nothing_there(tree, &remove);
        }
        self.overlays(tree);
    }

    fn open(&mut self, path: &Path, asked: Option<Span>, tree: &mut Node, removes: &mut Vec<Node>) {
        let folder = path.parent().map(Path::to_path_buf);
        match std::fs::read_to_string(path) {
            Ok(text) => self.lay(&path.display().to_string(), text, folder, tree, removes),
            Err(error) => {
                let reason = match error.kind() {
                    std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
                    std::io::ErrorKind::InvalidData => "it is not text in UTF-8".to_owned(),
                    _ => error.to_string(),
                };
                let fault = Fault::new("no-file", "", format!("cannot read {}: {reason}", path.display()));
                self.faults.push((
                    fault.help("paths run from the folder of the file that names them"),
                    asked.unwrap_or_default(),
                ));
            }
        }
    }

    /// Lays a text over the tree: first what it extends, then its sheets, then its own tables.
    fn lay(
        &mut self,
        name: &str,
        text: String,
        folder: Option<PathBuf>,
        tree: &mut Node,
        removes: &mut Vec<Node>,
    ) {
        let id = self.map.add(name, text.replace('\u{feff}', " "), folder.clone());
        let own = tree::parse(&self.map, id, &mut self.faults);
        self.chain.push(name.to_owned());
        self.lay_tree(own, folder.as_deref(), tree, removes);
        self.chain.pop();
        self.done.push(name.to_owned());
    }

    fn lay_tree(&mut self, mut own: Node, folder: Option<&Path>, tree: &mut Node, removes: &mut Vec<Node>) {
        for below in self.take_list(&mut own, "extends") {
            self.extend(&below, folder, tree, removes);
        }
        for remove in self.take_list(&mut own, "remove") {
            if let Value::Text(address) = &remove.value
                && !take_away(tree, address)
            {
                removes.push(remove);
            }
        }
        for (key, kind) in [("practices", "practice"), ("posts", "post")] {
            let Some(sheet) = own.table_mut().and_then(|table| table.remove(key)) else { continue };
            let Value::Text(path) = &sheet.value else {
                let message = format!("`{key}` names a sheet: text in quotes, such as \"{key}.csv\"");
                self.faults.push((Fault::new("wrong-kind", key, message), sheet.span));
                continue;
            };
            let path = folder.unwrap_or(Path::new("")).join(path);
            self.sheet(&path, kind, sheet.span, tree);
        }
        File::merge(tree, own, How::Lay);
    }

    fn sheet(&mut self, path: &Path, kind: &str, asked: Span, tree: &mut Node) {
        match std::fs::read_to_string(path) {
            Ok(text) => {
                let id = self.map.add(path.display().to_string(), text, None);
                let rows = sheet::parse(&mut self.map, id, &mut self.faults);
                let mut table = Table::new();
                table.insert(kind.to_owned(), rows);
                File::merge(tree, Node { value: Value::Table(table), ..Node::empty() }, How::Lay);
            }
            Err(error) => {
                let message = format!("cannot read the sheet {}: {error}", path.display());
                self.faults.push((Fault::new("no-file", kind, message), asked));
            }
        }
    }

    /// Takes a list of texts out of a tree.
    fn take_list(&mut self, own: &mut Node, key: &str) -> Vec<Node> {
        let Some(node) = own.table_mut().and_then(|table| table.remove(key)) else { return Vec::new() };
        match node.value {
            Value::List(items) if items.iter().all(|item| matches!(item.value, Value::Text(_))) => items,
            Value::Text(_) | Value::List(_) => {
                let fault = Fault::new("wrong-kind", key, format!("`{key}` is a list of texts"));
                self.faults.push((fault.help(format!("write {key} = [\"…\"]")), node.span));
                Vec::new()
            }
            other => {
                let message = format!("`{key}` is a list of texts, but this is {}", other.kind());
                self.faults.push((Fault::new("wrong-kind", key, message), node.span));
                Vec::new()
            }
        }
    }

    fn extend(&mut self, below: &Node, folder: Option<&Path>, tree: &mut Node, removes: &mut Vec<Node>) {
        let Value::Text(name) = &below.value else { return };
        if let Some(wanted) = name.strip_prefix("library:") {
            if self.done.contains(name) {
                return;
            }
            match LIBRARY.iter().find(|(known, _)| *known == wanted) {
                Some((_, text)) => self.lay(name, (*text).to_owned(), None, tree, removes),
                None => {
                    let known = LIBRARY.iter().map(|(known, _)| *known);
                    let fault = Fault::new(
                        "unknown-library",
                        "extends",
                        format!("the program carries no library `{wanted}`"),
                    )
                    .help(suggest(wanted, known, "it carries"));
                    self.faults.push((fault, below.span));
                }
            }
            return;
        }
        let path = folder.unwrap_or(Path::new("")).join(name);
        let path = tidy(&path);
        let shown = path.display().to_string();
        if let Some(from) = self.chain.iter().position(|open| *open == shown) {
            let mut chain: Vec<&str> = self.chain[from..].iter().map(String::as_str).collect();
            chain.push(&shown);
            let message = format!("these files extend each other in a circle: {}", chain.join(" -> "));
            let fault = Fault::new("extends-cycle", "extends", message);
            self.faults.push((fault.help("one of them has to stop extending the other"), below.span));
            return;
        }
        if !self.done.contains(&shown) {
            self.open(&path, Some(below.span), tree, removes);
        }
    }

    /// Reads the overlays of options that are files, so that the tree holds everything.
    fn overlays(&mut self, tree: &mut Node) {
        let Some(options) = tree.table_mut().and_then(|table| table.get_mut("option")) else { return };
        let Some(options) = options.table_mut() else { return };
        for (_, option) in options.iter_mut() {
            let Some(overlay) = option.table_mut().and_then(|table| table.get_mut("overlay")) else {
                continue;
            };
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
    pub fn with_overlay(&mut self, base: &Node, overlay: &Node) -> Node {
        let mut tree = base.clone();
        let mut over = overlay.clone();
        for remove in self.take_list(&mut over, "remove") {
            if let Value::Text(address) = &remove.value
                && !take_away(&mut tree, address)
            {
                self.nothing_there(base, &remove);
            }
        }
        for key in ["horizon", "run", "option"] {
            if let Some(node) = over.get(key) {
                let fault = Fault::new(
                    "overlay-shared",
                    key,
                    format!("an option cannot have its own `{key}`: all options share it"),
                )
                .help(format!("state `{key}` in the scenario itself"));
                self.faults.push((fault, node.key));
            }
        }
        File::merge(&mut tree, over, How::Lay);
        tree
    }

    fn nothing_there(&mut self, tree: &Node, remove: &Node) {
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
    pub fn set(&mut self, tree: &mut Node, text: &str) {
        let id = self.map.add("--set", text.to_owned(), std::env::current_dir().ok());
        let base = self.map.source(id).base;
        let mut faults = Vec::new();
        let own = tree::parse(&self.map, id, &mut faults);
        if !faults.is_empty() {
            let span = faults[0].1;
            let fault = Fault::new("set-syntax", "", "this is not ADDRESS=VALUE")
                .help("for example --set post.gps.wte=3.5 or --set 'post.gps.wte={ range80 = [3, 4] }'; text stands in quotes");
            self.faults.push((
                fault,
                if span.start == span.end { Span { start: base, end: base + text.len() } } else { span },
            ));
            return;
        }
        if self.names_exist(tree, &own) {
            File::merge(tree, own, How::Set);
            self.overlays(tree);
        }
    }

    /// `--set` changes what is there: the thing an address names has to exist.
    fn names_exist(&mut self, tree: &Node, own: &Node) -> bool {
        const NAMED: [&str; 9] =
            ["network", "practice", "need", "avoidable", "role", "post", "target", "lever", "option"];
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

/// Takes the value at an address away; false where there is none.
fn take_away(tree: &mut Node, address: &str) -> bool {
    let mut node = tree;
    let mut parts = address.split('.').peekable();
    while let Some(part) = parts.next() {
        let Some(table) = node.table_mut() else { return false };
        if parts.peek().is_none() {
            return table.remove(part).is_some();
        }
        match table.get_mut(part) {
            Some(next) => node = next,
            None => return false,
        }
    }
    false
}

/// A path without `.` and `..` where they can be resolved by name.
fn tidy(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            std::path::Component::CurDir => {}
            std::path::Component::ParentDir if out.file_name().is_some() => {
                out.pop();
            }
            other => out.push(other),
        }
    }
    out
}
