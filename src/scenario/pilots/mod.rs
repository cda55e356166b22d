//! Pilots files: places in which something was tried, what was done there, and what was observed.
//!
//! In: a TOML file that names scenarios and, where there are any, CSV files of months. Out: a [`PilotFile`] in which every
//! pilot holds its whole scenario, or everything that is wrong, in this file and in those that it names.

pub(super) mod format;
mod observed;
mod resolve;

pub use observed::{Month, Observed, Series, Value};

use super::number::Figure;
use super::read::{Place, Read, Reader, suggest};
use super::report::Report;
use super::source::{SourceMap, Span};
use super::tree::{self, Node, Value as Written};
use super::{Assumption, OptionModel, Scenario, Source, assumed};
use crate::fault::{Fault, Severity, reason};
use crate::lever::Heading;
use crate::model::target::Headline;
use crate::units::Day;
use format::PilotsFile;
use std::path::Path;

/// For what an effect is stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Per {
    /// For the whole place and period; a share or a mean as it is.
    Whole,
    /// For each practice and week.
    PracticeWeek,
    /// For 1,000 weighted patients and week.
    ThousandWeek,
    /// For each whole-time equivalent that the option adds, and week.
    WteWeek,
    /// For each request redirected.
    Redirected,
}

/// A published effect, after less before or pilot less control.
#[derive(Clone, Debug, PartialEq)]
pub struct Published {
    /// The effect.
    pub effect: f64,
    /// Its confidence interval and the level of that; none where none was published.
    pub interval: Option<(f64, f64, f64)>,
    /// Lowest and highest of its sites, or a range by judgement.
    pub sites: Option<(f64, f64)>,
    /// For what it is stated.
    pub per: Per,
}

/// What was observed.
#[derive(Clone, Debug, PartialEq)]
pub enum Seen {
    /// A published effect.
    Published(Published),
    /// Months by practice.
    Series(Series),
}

/// How large and how long a pilot is, as far as it is stated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stated {
    /// Practices that do it.
    pub practices: Option<usize>,
    /// Practices that are measured and do not do it.
    pub controls: usize,
    /// Months measured before.
    pub months_before: usize,
    /// Months measured after.
    pub months_after: usize,
}

/// An answer to a survey.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// What was said.
    pub said: String,
    /// Share that said so.
    pub share: f64,
    /// How many were asked; none where that was not told.
    pub asked: Option<usize>,
    /// Source id.
    pub source: Option<String>,
}

/// How much a pilot weighs as evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// Reported by those who ran it, or by opinion.
    Low,
    /// Measured, without a control.
    Moderate,
    /// Measured by others, with a control or against a stated error.
    Good,
}

/// What stands behind a pilot, in words; empty where nothing is stated.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evidence {
    /// Sample.
    pub sample: String,
    /// Design.
    pub design: String,
    /// Control.
    pub control: String,
    /// Who measured.
    pub measured_by: String,
    /// How much it weighs.
    pub weight: Option<Weight>,
    /// Why.
    pub word: String,
    /// Why the model says otherwise, where it does.
    pub model: String,
}

/// A pilot of which the model says something.
#[derive(Clone, Debug)]
pub struct Simulated {
    /// The scenario of its place: things as they are, and what was done.
    pub scenario: Scenario,
    /// What was measured.
    pub measure: Headline,
    /// Figures of the scenario whose source is this pilot's own outcome: address and id.
    pub in_sample: Vec<(String, String)>,
}

impl Simulated {
    /// Things as they are.
    pub fn as_now(&self) -> &OptionModel {
        &self.scenario.options[0]
    }

    /// What was done.
    pub fn done(&self) -> &OptionModel {
        &self.scenario.options[1]
    }
}

/// A pilot.
#[derive(Clone, Debug)]
pub struct Pilot {
    /// Name in the file.
    pub name: String,
    /// Title shown to people.
    pub title: String,
    /// Heading under which it is counted.
    pub heading: Option<Heading>,
    /// What the model is asked; none where a survey is all there is.
    pub simulated: Option<Simulated>,
    /// Day it began.
    pub started: Option<Day>,
    /// What it cost over its whole time [£]; else what the model says.
    pub cost: Option<f64>,
    /// Effect that was claimed or hoped for, as the observation states effects.
    pub claim: Option<f64>,
    /// How large and how long it is; none where that is not stated.
    pub stated: Option<Stated>,
    /// What was observed; none where it is only planned.
    pub seen: Option<Seen>,
    /// Source id of what was observed.
    pub source: Option<String>,
    /// What staff or patients said.
    pub answers: Vec<Answer>,
    /// What stands behind it.
    pub evidence: Evidence,
}

/// A pilots file.
#[derive(Clone, Debug)]
pub struct PilotFile {
    /// Title.
    pub title: String,
    /// Pilots in the order of the file.
    pub pilots: Vec<Pilot>,
    /// Figures stated in the file itself, with where they come from.
    pub assumptions: Vec<Assumption>,
    /// Sources named in it.
    pub sources: Vec<Source>,
    /// What the planner should know.
    pub warnings: Report,
    /// The file as TOML with the scenarios and months beside it, `NAME.toml` and `NAME.csv`.
    pub resolved: String,
    /// Fingerprint of all of it (BLAKE3, hexadecimal).
    pub hash: String,
}

/// How a pilots file is read.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// Texts `ADDRESS=VALUE` that change every scenario.
    pub sets: &'a [String],
    /// Measures that can be asked about.
    pub measures: &'a [&'a str],
    /// Those of them that are never below nought.
    pub counts: &'a [&'a str],
    /// Years and seed, where the command line states them.
    pub replications: Option<usize>,
    /// Seed.
    pub seed: Option<u64>,
    /// Names of the pilots that are asked for; all where none is named.
    pub only: &'a [String],
}

/// Reads a pilots file and all that it names; the reports of everything that is wrong, this file's first.
///
/// Scenarios are loaded whole, one for each pilot that names one; nothing is simulated. Where some pilots are asked for, the
/// others are taken out before anything else: what is written of the file is then of those alone, and reads again as it stands.
///
/// # Errors
///
/// This file's report first, where it is at fault, then one for each scenario that cannot be read.
pub fn load(path: &Path, asked: Asked<'_>) -> Result<PilotFile, Vec<Report>> {
    let mut map = SourceMap::default();
    let mut faults = Vec::new();
    let text = match super::taken::text(path) {
        Ok(text) => text,
        Err(error) => {
            let message = format!("cannot read {}: {}", path.display(), reason(&error));
            return Err(vec![Report::new(map, vec![(Fault::new("no-file", "", message), Span::default())])]);
        }
    };
    let id = map.add(path.display().to_string(), text.replace('\u{feff}', " "), None);
    let mut tree = tree::parse(&map, id, &mut faults);
    if !faults.is_empty() {
        // half a file only raises false alarms
        return Err(vec![Report::new(map, faults)]);
    }
    if tree.get("pilot").is_none()
        && ["horizon", "practice", "need"].iter().any(|key| tree.get(key).is_some())
    {
        let fault = Fault::new("scenario-file", "", "this is a scenario, not a pilots file");
        let help = format!(
            "to simulate it: skillmix run {}; a pilots file names scenarios, each in a [pilot.some_name]",
            path.display()
        );
        return Err(vec![Report::new(map, vec![(fault.help(help), Span::default())])]);
    }
    if let Some(unknown) = keep_only(&mut tree, asked.only, &mut map) {
        return Err(vec![Report::new(map, vec![unknown])]);
    }
    let mut reader = Reader::default();
    let file = PilotsFile::read(&tree, &Place::default(), &mut reader).unwrap_or_default();
    faults.append(&mut reader.faults);
    let folder = path.parent().unwrap_or(Path::new("")).to_path_buf();
    let mut resolver = resolve::Resolver::new((&file, &tree), (folder, path), asked, (map, faults));
    let pilots = resolver.pilots();
    let (map, faults, mut others) = resolver.finish();
    let report = Report::new(map, faults);
    let wrong = report.faults().any(|fault| fault.severity == Severity::Fault);
    if wrong || !others.is_empty() {
        if wrong {
            others.insert(0, report);
        }
        return Err(others);
    }
    Ok(whole(&file, (tree, pilots), (report, reader.figures)))
}

/// Takes the pilots that are not named out of a file; a fault for the first name that it does not have.
fn keep_only(tree: &mut Node, only: &[String], map: &mut SourceMap) -> Option<(Fault, Span)> {
    let pilots = tree.table_mut().and_then(|table| table.get_mut("pilot")).and_then(Node::table_mut)?;
    if let Some(unknown) = only.iter().find(|name| !pilots.contains_key(*name)) {
        let fault = Fault::new("unknown-pilot", "", format!("the file has no pilot `{unknown}`"))
            .help(suggest(unknown, pilots.keys().map(String::as_str), "its pilots are"));
        let id = map.add("--only", unknown.clone(), None);
        let start = map.source(id).base;
        return Some((fault, Span { start, end: start + unknown.len() }));
    }
    if !only.is_empty() {
        pilots.retain(|name, _| only.iter().any(|kept| kept == name));
    }
    None
}

/// Puts the file together.
///
/// The fingerprint holds the file as it is written beside its results, every scenario and every series.
fn whole(
    file: &PilotsFile,
    (mut tree, pilots): (Node, Vec<Pilot>),
    (warnings, figures): (Report, Vec<Figure>),
) -> PilotFile {
    let sources = super::sources_of(file.source.as_ref());
    let assumptions = assumed(&warnings.map, figures, &sources);
    beside(&mut tree, &pilots);
    let resolved = super::write::toml(&tree, &[]);
    let mut hasher = blake3::Hasher::new();
    hasher.update(resolved.as_bytes());
    for pilot in &pilots {
        if let Some(simulated) = &pilot.simulated {
            hasher.update(simulated.scenario.hash.as_bytes());
        }
        if let Some(Seen::Series(series)) = &pilot.seen {
            hasher.update(series.text.as_bytes());
        }
    }
    PilotFile {
        title: file.title.clone().unwrap_or_else(|| "Pilots".into()),
        pilots,
        assumptions,
        sources,
        hash: hasher.finalize().to_hex().to_string(),
        resolved,
        warnings,
    }
}

/// Names scenarios and months as they stand beside the file in a folder of results.
fn beside(tree: &mut Node, pilots: &[Pilot]) {
    let Some(table) = tree.table_mut().and_then(|table| table.get_mut("pilot")) else { return };
    for pilot in pilots {
        let Some(own) = table.table_mut().and_then(|table| table.get_mut(&pilot.name)) else { continue };
        let Some(own) = own.table_mut() else { continue };
        if let (Some(node), Some(_)) = (own.get_mut("scenario"), &pilot.simulated) {
            node.value = Written::Text(format!("{}.toml", pilot.name));
        }
        let csv = own.get_mut("observed").and_then(Node::table_mut).and_then(|table| table.get_mut("csv"));
        if let Some(node) = csv {
            node.value = Written::Text(format!("{}.csv", pilot.name));
        }
    }
}
