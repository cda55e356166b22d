//! Scenario files: the only place that knows TOML, tables and lines.
//!
//! In: a file (or text) and `--set` texts. Out: a [`Scenario`], in which every option is a whole
//! [`Model`], or a [`Report`] of everything that is wrong. On the way: gather (source map, extends,
//!
//! Faults come all at once, each with file and line; nothing stops at the first. Loading costs no draw.
//! Everything after this folder works on [`Model`] and knows addresses, not lines.
//! sheets), read (types), resolve (meaning).

mod ages;
mod bounds;
mod brings;
mod capacity;
mod cells;
mod check;
mod closed;
mod draws;
mod empty;
mod format;
mod gather;
mod idle;
mod laws;
mod meaning;
mod number;
mod options;
mod overlay;
pub mod pilots;
mod quantity_text;
mod read;
pub mod receivers;
mod report;
mod resolve;
mod schema;
mod sheet;
pub(crate) mod sites;
mod source;
mod spelt;
mod staffing;
mod stated;
pub(crate) mod taken;
pub mod together;
mod totals;
mod tree;
mod which;
mod workbook;
mod write;

pub use brings::{Listed, brings};
pub(crate) use capacity::means;
pub use capacity::{CapacityLine, capacity_line};
pub use meaning::meaning;
pub use report::Report;
pub(crate) use resolve::never_matters;
pub use schema::{pilots_schema_text, schema_text};
pub use stated::{Astray, Stated};
pub use which::file_of;

use crate::fault::{Fault, Severity};
use crate::model::Model;
use crate::model::target::RunSettings;
use format::File;
use gather::Gatherer;
use number::Figure;
use read::{Place, Read, Reader};
use resolve::Resolver;
use source::{SourceMap, Span};
use std::path::Path;
use tree::Node;

/// A scenario that can be run.
///
/// Made by [`load`] or [`load_text`] alone, so that a scenario which exists is sound. `options` is never empty.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// Title.
    pub title: String,
    /// Options, whole; the first is `as_now`.
    pub options: Vec<OptionModel>,
    /// How a run is made unless the command line says otherwise.
    pub run: RunSettings,
    /// Every figure stated, with where it comes from.
    pub assumptions: Vec<Assumption>,
    /// Sources named.
    pub sources: Vec<Source>,
    /// What the planner should know.
    pub warnings: Report,
    /// The merged scenario as one TOML text that loads again to the same thing.
    pub resolved: String,
    /// Fingerprint of `resolved` (BLAKE3, hexadecimal).
    pub hash: String,
    /// Addresses that a library states and nothing reads.
    from_library: Vec<String>,
    /// The merged scenario with its places.
    tree: Node,
}

impl Scenario {
    /// Gives it another title, in the text that loads again too, so that it stands over everything that is written.
    ///
    /// No draw hangs on a title.
    pub fn entitle(&mut self, title: &str) {
        self.title = title.to_owned();
        self.options.iter_mut().for_each(|option| title.clone_into(&mut option.model.title));
        if let tree::Value::Table(table) = &mut self.tree.value {
            let stated = table.get("title").map_or_else(Span::default, |node| node.span);
            let value = tree::Value::Text(title.to_owned());
            table.insert("title".to_owned(), Node { key: stated, span: stated, value });
        }
        self.resolved = write::toml(&self.tree, &self.from_library);
        self.hash = blake3::hash(self.resolved.as_bytes()).to_hex().to_string();
    }

    /// The figure at an address as an option has it: its own, that of its file (`file.option` of several files compared), else that
    /// of all.
    pub fn figure(&self, option: &str, address: &str) -> Option<&Assumption> {
        let at = |of: Option<&str>| {
            self.assumptions.iter().find(|a| a.address == address && a.option.as_deref() == of)
        };
        let of_file = || at(Some(option.split_once('.')?.0));
        at(Some(option)).or_else(of_file).or_else(|| at(None))
    }

    /// Adds what was found once the scenario had been read, at the lines of the things that it is about.
    ///
    /// It comes after what the file itself tells.
    pub fn warn(&mut self, found: Vec<Fault>) {
        let tree = &self.tree;
        let placed = |fault: Fault| {
            let place = overlay::place(tree, &fault.address);
            (fault, place)
        };
        self.warnings.add(found.into_iter().map(placed));
    }
}

/// An option, whole.
///
/// `model` already holds the overlay and the levers; nothing is laid over it later.
#[derive(Clone, Debug)]
pub struct OptionModel {
    /// Name in the file.
    pub name: String,
    /// Title shown to people.
    pub title: String,
    /// Names of its levers, in the order of their effect.
    pub levers: Vec<String>,
    /// What would be simulated.
    pub model: Model,
    /// Posts that its overlay adds to the base, by name.
    pub adds_posts: Vec<String>,
    /// True where its overlay changes anything but the posts that it adds.
    pub overlaid: bool,
    /// Things as they are with the levers of this option added, and none of its other changes; none for `as_now`, and
    /// where these levers cannot stand without the other changes.
    pub over_as_now: Option<Model>,
}

/// A stated figure.
///
/// One for each statement: an address that an overlay states anew stands twice, once with its option.
#[derive(Clone, Debug)]
pub struct Assumption {
    /// Address.
    pub address: String,
    /// The option whose overlay states it; none where the scenario itself does, for every option that does not state it anew.
    pub option: Option<String>,
    /// Value or law as written.
    pub text: String,
    /// Mean.
    pub mean: f64,
    /// P10 and P90 where it is uncertain.
    pub range: Option<(f64, f64)>,
    /// Source id; none where it is an assumption of the planner.
    pub source: Option<String>,
    /// Confidence: the figure's own, else its source's.
    pub confidence: Option<String>,
    /// `file:line`.
    pub place: String,
}

/// A source of figures.
///
/// An empty text where the file does not state it.
#[derive(Clone, Debug)]
pub struct Source {
    /// Id.
    pub id: String,
    /// Title of the publication.
    pub title: String,
    /// Year.
    pub year: String,
    /// Link.
    pub link: String,
    /// Confidence.
    pub confidence: String,
}

/// Name of the option that changes nothing.
pub const AS_NOW: &str = "as_now";

/// Loads a scenario file and what it extends; `sets` are texts `ADDRESS=VALUE`.
///
/// The path may leave out `.toml`, or name a folder that holds `network.toml` (see [`file_of`]). Later `sets` win
/// over earlier ones.
///
/// # Errors
///
/// Everything that is wrong, as one report; warnings alone are no error and stand in [`Scenario::warnings`].
///
/// # Examples
///
/// ```no_run
/// use skillmix::scenario::load;
/// use std::path::Path;
///
/// match load(Path::new("scenarios/network.toml"), &["run.seed=7".to_owned()]) {
///     Ok(scenario) => println!("{} options", scenario.options.len()),
///     Err(report) => eprint!("{}", report.render(false)),
/// }
/// ```
pub fn load(path: &Path, sets: &[String]) -> Result<Scenario, Report> {
    let mut gatherer = Gatherer::default();
    let tree = gatherer.file(path);
    finish(gatherer, tree, sets)
}

/// Loads a scenario from a text, shown to people under a name.
///
/// The text has no folder: relative paths in it run from where the program runs.
///
/// # Errors
///
/// As [`load`].
///
/// # Examples
///
/// ```
/// use skillmix::scenario::{AS_NOW, load_text};
///
/// let text = r#"
/// [horizon]
/// start = 2019-04-01
/// weeks = 52
/// [practice.mill_lane]
/// registered_list = 8000
/// [need.routine]
/// rate_per_patient_year = 2.1
/// [post.gps]
/// slots_per_day = 90
/// "#;
/// let scenario = load_text("mill-lane.toml", text, &[]).expect("a sound scenario");
/// assert_eq!(scenario.options[0].name, AS_NOW);
/// assert!(load_text("mill-lane.toml", "weeks = 52", &[]).is_err());
/// ```
pub fn load_text(name: &str, text: &str, sets: &[String]) -> Result<Scenario, Report> {
    let mut gatherer = Gatherer::default();
    let tree = gatherer.text(name, text);
    finish(gatherer, tree, sets)
}

/// From a gathered tree to a scenario: `--set`, types, options, checks, the text that loads again.
fn finish(mut gatherer: Gatherer, mut tree: Node, sets: &[String]) -> Result<Scenario, Report> {
    if is_pilots_file(&tree) {
        let fault = Fault::new("pilots-file", "pilot", "this is a pilots file, not a scenario");
        let place = tree.get("pilot").map_or(Span::default(), |pilot| pilot.key);
        let help = "ask `skillmix pilots` of it; the scenarios that it names can be checked and run";
        return Err(Report::new(gatherer.map, vec![(fault.help(help), place)]));
    }
    if !gatherer.unread() {
        sets.iter().for_each(|set| gatherer.set(&mut tree, set));
    }
    let mut noted = Noted::default();
    let (file, figures) = read(&tree, &mut noted);
    let mut assumptions = figures;
    let options = options::options(&mut gatherer, (&file, &tree), &mut noted, &mut assumptions);
    let mut resolver = Resolver::new(&file, &tree);
    let run = resolver.run();
    let whole = noted.readable && noted.faults.iter().all(|(fault, _)| fault.severity != Severity::Fault);
    resolver.asked(&run, &options, whole);
    resolver.sources(&assumptions);
    noted.faults.append(&mut resolver.faults);
    let mut idle = idle::idle(std::mem::take(&mut noted.keys), &gatherer.map, &gatherer.from_library);
    noted.faults.append(&mut idle.warnings);
    // A row without its name has been said: the thing is there.
    if gatherer.faults.iter().any(|(fault, _)| fault.code == "sheet-no-name") {
        noted.faults.retain(|(fault, _)| !["no-practice", "no-post"].contains(&fault.code));
    }
    if gatherer.unread() {
        // half a scenario only raises false alarms: first what cannot be read
        noted.faults.clear();
    }
    noted.faults.append(&mut gatherer.faults);
    spelt::once(&mut noted.faults);
    let report = Report::new(gatherer.map, noted.faults);
    if report.faults().any(|fault| fault.severity == Severity::Fault) {
        return Err(report);
    }
    let sources = sources_of(file.source.as_ref());
    let resolved = write::toml(&tree, &idle.from_library);
    Ok(Scenario {
        title: options[0].model.title.clone(),
        options,
        run,
        assumptions: assumed(&report.map, assumptions, &sources),
        sources,
        hash: blake3::hash(resolved.as_bytes()).to_hex().to_string(),
        resolved,
        warnings: report,
        from_library: idle.from_library,
        tree,
    })
}

/// True for a file of pilots: it has some, and nothing that a scenario cannot be without.
fn is_pilots_file(tree: &Node) -> bool {
    tree.get("pilot").is_some() && ["horizon", "practice", "need"].iter().all(|key| tree.get(key).is_none())
}

/// What has been noted so far.
///
/// Faults of the file and of every option, each with its place; those of gathering are in the gatherer.
#[derive(Default)]
struct Noted {
    faults: Vec<(Fault, Span)>,
    /// Keys that may be idle, of every option; none of an option in which something is wrong.
    keys: Vec<idle::Key>,
    /// False where the last tree read held values that could not be read.
    readable: bool,
}

impl Noted {
    /// The model of a file with these levers, checked; `levers_at` is the address of the list that names them.
    fn resolve(&mut self, file: &File, tree: &Node, levers: &[String], levers_at: &str) -> Model {
        let mut resolver = Resolver::new(file, tree);
        let model = resolver.model(levers, levers_at);
        resolver.check(&model, self.readable);
        if self.readable && resolver.faults.iter().all(|(fault, _)| fault.severity != Severity::Fault) {
            self.keys.extend(idle::keys(&model, tree));
        }
        self.faults.append(&mut resolver.faults);
        model
    }
}

/// Gives a tree its types and keeps the figures read on the way.
fn read(tree: &Node, noted: &mut Noted) -> (File, Vec<Figure>) {
    let mut reader = Reader::default();
    let file = File::read(tree, &Place::default(), &mut reader).unwrap_or_default();
    noted.readable = reader.faults.is_empty();
    noted.faults.append(&mut reader.faults);
    (file, reader.figures)
}

/// The figures as assumptions, each statement once.
///
/// An option's overlay is read with the whole scenario under it: figures of the base come again and are dropped
/// here. The figure's own confidence goes before its source's.
fn assumed(map: &SourceMap, figures: Vec<Figure>, sources: &[Source]) -> Vec<Assumption> {
    let mut seen = std::collections::BTreeSet::new();
    let fresh =
        figures.into_iter().filter(|figure| seen.insert((figure.place.address.clone(), figure.place.span)));
    fresh
        .map(|figure| {
            let (mean, range) = laws::summary(&figure);
            let source = figure.place.source.clone();
            let known = sources.iter().find(|known| Some(&known.id) == source.as_ref());
            let confidence =
                figure.place.confidence.clone().or_else(|| known.map(|known| known.confidence.clone()));
            Assumption {
                text: map.written(figure.place.span).to_owned(),
                place: map.place(figure.place.key),
                address: figure.place.address,
                option: figure.option,
                mean,
                range,
                source,
                confidence: confidence.filter(|confidence| !confidence.is_empty()),
            }
        })
        .collect()
}

/// The sources that a file names.
///
/// In the order of the file.
fn sources_of(named: Option<&format::words::Named<format::SourceTable>>) -> Vec<Source> {
    let stated: &[_] = named.map_or(&[], |named| &named.0);
    stated
        .iter()
        .map(|(id, _, table)| Source {
            id: id.clone(),
            title: table.title.clone().unwrap_or_default(),
            year: table.year.as_ref().map_or(String::new(), |year| year.0.clone()),
            link: table.link.clone().unwrap_or_default(),
            confidence: table.place.confidence.clone().unwrap_or_default(),
        })
        .collect()
}
