//! Gathers a scenario: reads a file and what it extends, lays later over earlier, takes away what is
//! removed, and applies `--set`. Out comes one tree in which every value knows its place.
//!
//! Order: what a file extends comes first, then what it removes, then its sheets, then its own tables, so that
//! the nearer word wins. Faults are noted and reading goes on. The texts stay in the source map for as long as
//! the scenario lives.

use super::format::File;
use super::read::{How, Read, suggest};
use super::sheet;
use super::source::{SourceMap, Span};
use super::taken;
use super::tree::{self, Node, Table, Value};
use super::workbook::SheetOf;
use crate::fault::{Fault, reason};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Texts the program carries, by what follows `library:`.
///
/// They lie in `src/scenario/library` and are part of the program: a run needs no file beside it.
pub(super) const LIBRARY: [(&str, &str); 2] = [
    ("england", include_str!("library/england.toml")),
    ("audit-2015", include_str!("library/audit-2015.toml")),
];

/// Most files that extend each other in a chain: a handful does, and every one of them is read within the one before.
const MOST_DEEP: usize = 64;

/// What has been gathered so far.
///
/// One for each scenario that is loaded; used up by `scenario::finish`.
#[derive(Default)]
pub(crate) struct Gatherer {
    /// All texts.
    pub map: SourceMap,
    /// What went wrong.
    pub faults: Vec<(Fault, Span)>,
    /// Files being read, outermost first.
    chain: Vec<String>,
    /// Files laid already: each is laid once, where it is first reached.
    pub(super) done: Vec<String>,
    /// What files say of keys that they took over from a library: the places of the addresses that they list.
    pub from_library: Vec<Node>,
}

impl Gatherer {
    /// Reads the file that a typed path means, and everything below it.
    ///
    /// An empty tree where the file cannot be read; the fault is noted.
    pub fn file(&mut self, path: &Path) -> Node {
        let mut tree = Node::empty();
        let mut removes = Vec::new();
        match super::which::file_of(path) {
            Ok(path) => self.open(&path, None, &mut tree, &mut removes),
            Err(fault) => self.faults.push((fault, Span::default())),
        }
        self.finish(&mut tree, removes);
        tree
    }

    /// True where a file could not be read or is no TOML: half a scenario only raises false alarms.
    ///
    /// Also files that extend each other, a library or sheet that is not there; a date that no calendar has, as the parser drops the
    /// line; a sheet that one cell has swallowed; and a cell whose figure is not known.
    pub fn unread(&self) -> bool {
        const CODES: [&str; 14] = [
            "syntax",
            // `extends` that is no list of files.
            "wrong-kind",
            "no-file",
            "sheet-quote",
            "sheet-unclear",
            "sheet-failed",
            tree::NO_DATE,
            super::spelt::SPELT_WITHIN,
            "extends-cycle",
            "extends-too-deep",
            "unknown-library",
            "no-sheet",
            "sheet-too-large",
            "formula-without-value",
        ];
        self.faults.iter().any(|(fault, _)| CODES.contains(&fault.code))
    }

    /// Reads a text as if it were a file.
    ///
    /// It has no folder: what it extends is sought from where the program runs.
    pub fn text(&mut self, name: &str, text: &str) -> Node {
        let mut tree = Node::empty();
        let mut removes = Vec::new();
        self.lay(name, text.to_owned(), None, &mut tree, &mut removes);
        self.finish(&mut tree, removes);
        tree
    }

    /// What is left to remove in a whole scenario is not there.
    ///
    /// Then the overlays of the options, which may remove what only they can see.
    fn finish(&mut self, tree: &mut Node, removes: Vec<Node>) {
        for remove in removes {
            self.nothing_there(tree, &remove);
        }
        // Last, as an overlay is read against nothing but itself.
        self.overlays(tree);
    }

    /// Reads a file and lays it; `asked` is where it was named, none for the file that was typed. `removes`
    /// collects what was to be removed and was not there yet: a file further out may still state it.
    pub(super) fn open(
        &mut self,
        path: &Path,
        asked: Option<Span>,
        tree: &mut Node,
        removes: &mut Vec<Node>,
    ) {
        let folder = path.parent().map(Path::to_path_buf);
        match taken::text(path) {
            Ok(text) => self.lay(&path.display().to_string(), text, folder, tree, removes),
            Err(error) => {
                let message = format!("cannot read {}: {}", path.display(), reason(&error));
                let mut fault = Fault::new("no-file", "", message);
                if asked.is_some() {
                    fault = way_out(fault, error.kind());
                }
                self.faults.push((fault, asked.unwrap_or_default()));
            }
        }
    }

    /// Lays a text over the tree: first what it extends, then its sheets, then its own tables.
    ///
    /// A byte order mark becomes a blank, so that places in the text stay as they are.
    fn lay(
        &mut self,
        name: &str,
        text: String,
        folder: Option<PathBuf>,
        tree: &mut Node,
        removes: &mut Vec<Node>,
    ) {
        let id = self.map.add(name, text.replace('\u{feff}', " "), folder.clone());
        // What could be read of it is laid even so.
        let own = tree::parse(&self.map, id, &mut self.faults);
        self.chain.push(name.to_owned());
        self.lay_tree(own, folder.as_deref(), tree, removes);
        self.chain.pop();
        self.done.push(name.to_owned());
    }

    /// Lays a tree that is parsed already: that of a file, or a table that is an option's overlay.
    ///
    /// `from_library`, `extends`, `remove`, `practices` and `posts` are taken out of it here; they have no type of their own
    /// later.
    pub(super) fn lay_tree(
        &mut self,
        mut own: Node,
        folder: Option<&Path>,
        tree: &mut Node,
        removes: &mut Vec<Node>,
    ) {
        let from_library = self.take_list(&mut own, "from_library");
        self.from_library.extend(from_library);
        for below in self.take_list(&mut own, "extends") {
            self.extend(&below, folder, tree, removes);
        }
        for remove in self.take_list(&mut own, "remove") {
            if let Value::Text(address) = &remove.value
                // What is not there yet may come from a file further out.
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

    /// Reads a sheet of practices or posts, `kind` being the name of one, and lays it as if it stood in the file.
    fn sheet(&mut self, path: &Path, kind: &str, asked: Span, tree: &mut Node) {
        let read = match SheetOf::of(path) {
            Some(workbook) => {
                let sheet = workbook.csv(&format!("{kind}s"));
                sheet.map(|sheet| (sheet.name, sheet.text, Some(sheet.corner)))
            }
            None => {
                let text = taken::bytes(path).and_then(super::cells::decoded);
                text.map(|text| (path.display().to_string(), text, None)).map_err(|error| {
                    let message = format!("cannot read the sheet {}: {}", path.display(), reason(&error));
                    way_out(Fault::new("no-file", kind, message), error.kind())
                })
            }
        };
        match read {
            Ok((name, text, corner)) => {
                let id = self.map.add(name, text, None);
                corner.into_iter().for_each(|corner| self.map.set_corner(id, corner));
                let rows = sheet::parse(&mut self.map, id, &mut self.faults);
                self.faults
                    .extend(rows.table().into_iter().flat_map(|rows| super::totals::totals(rows, kind)));
                let mut table = Table::new();
                table.insert(kind.to_owned(), rows);
                File::merge(tree, Node { value: Value::Table(table), ..Node::empty() }, How::Lay);
            }
            Err(fault) => self.faults.push((fault, asked)),
        }
    }

    /// Takes a list of texts out of a tree.
    ///
    /// Empty where the key is not there; a fault where it is no list of texts.
    pub(super) fn take_list(&mut self, own: &mut Node, key: &str) -> Vec<Node> {
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

    /// Lays what an entry of `extends` names: a library or a file.
    ///
    /// A file reached twice is laid once, where it is first reached; a circle is a fault. Relative paths run from
    /// `folder`.
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
        if name.trim().is_empty() {
            let fault = Fault::new("no-file", "extends", "this names no file");
            self.faults.push((fault.help("write the name of a file, or take the entry away"), below.span));
            return;
        }
        let path = folder.unwrap_or(Path::new("")).join(name);
        // So that one file has one name, however it was reached.
        let path = tidy(&path);
        let shown = path.display().to_string();
        if self.chain.len() >= MOST_DEEP {
            let message =
                format!("{MOST_DEEP} files extend each other in a chain that ends here: no more are read");
            let help = "let one file extend several: extends = [\"a.toml\", \"b.toml\"]";
            self.faults.push((Fault::new("extends-too-deep", "extends", message).help(help), below.span));
            return;
        }
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
}

/// The way out where a file that is named in another cannot be read; where the message does not say it already.
fn way_out(fault: Fault, kind: ErrorKind) -> Fault {
    match kind {
        ErrorKind::IsADirectory => fault.help("name a file in that folder"),
        ErrorKind::InvalidInput | ErrorKind::InvalidData => fault,
        _ => fault.help("paths run from the folder of the file that names them"),
    }
}

/// Takes the value at an address away; false where there is none.
///
/// An empty table may stay where its last entry was taken.
pub(super) fn take_away(tree: &mut Node, address: &str) -> bool {
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
///
/// By name only: no file is looked at, so a path through a symbolic link may mean another folder than on disk.
pub(super) fn tidy(path: &Path) -> PathBuf {
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
    // The folder itself still has a name.
    if out.as_os_str().is_empty() { PathBuf::from(".") } else { out }
}
