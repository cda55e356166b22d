//! Gives a typed pilots file its meaning: scenarios are loaded, months read, names looked up.
//!
//! In: a typed file with its tree and folder. Out: pilots; faults of this file, and the reports of scenarios that
//! are at fault. A pilot with a fault still comes out, without the part that is wrong; the caller drops all where
//! any fault is noted.

use super::format::{ObservedTable, PerWord, PilotTable, PilotsFile, WeightWord};
use super::{
    Answer, Asked, Evidence, Per, Pilot, Published, Seen, Series, Simulated, Stated, Weight, observed,
};
use crate::fault::{Fault, reason};
use crate::model::Model;
use crate::model::target::Headline;
use crate::scenario::format::levers::HeadingWord;
use crate::scenario::number::Num;
use crate::scenario::read::{Place, suggest};
use crate::scenario::report::Report;
use crate::scenario::source::{SourceMap, Span};
use crate::scenario::tree::Node;
use crate::scenario::{AS_NOW, Scenario};
use std::path::{Path, PathBuf};

/// Name of the option that holds levers named in a pilots file.
const PILOT: &str = "pilot";

/// Turns a typed file into pilots.
pub(super) struct Resolver<'a> {
    file: &'a PilotsFile,
    /// The same before it had types, for the places of values.
    tree: &'a Node,
    /// Folder from which paths run, and the file itself.
    folder: PathBuf,
    path: &'a Path,
    asked: Asked<'a>,
    map: SourceMap,
    faults: Vec<(Fault, Span)>,
    /// Reports of scenarios that cannot be read.
    others: Vec<Report>,
}

impl<'a> Resolver<'a> {
    /// Ready to resolve.
    pub fn new(
        (file, tree): (&'a PilotsFile, &'a Node),
        (folder, path): (PathBuf, &'a Path),
        asked: Asked<'a>,
        (map, faults): (SourceMap, Vec<(Fault, Span)>),
    ) -> Self {
        Self { file, tree, folder, path, asked, map, faults, others: Vec::new() }
    }

    /// What was noted.
    ///
    /// Texts, faults of this file, reports of the scenarios. To be called after [`Resolver::pilots`].
    pub fn finish(self) -> (SourceMap, Vec<(Fault, Span)>, Vec<Report>) {
        (self.map, self.faults, self.others)
    }

    /// Notes a fault under the key of a place.
    fn at_key(&mut self, place: &Place, fault: Fault) {
        self.faults.push((Fault { address: place.address.clone(), ..fault }, place.key));
    }

    /// All pilots.
    ///
    /// In the order of the file.
    pub fn pilots(&mut self) -> Vec<Pilot> {
        let tables: &[_] = self.file.pilot.as_ref().map_or(&[], |named| &named.0);
        if tables.is_empty() {
            let fault = Fault::new("no-pilot", "", "this file holds no pilot");
            self.faults.push((fault.help("add [pilot.some_name]"), Span::default()));
        }
        tables.iter().map(|(name, place, table)| self.pilot(name, place, table)).collect()
    }

    /// One pilot. A survey alone needs no scenario; whatever was observed or is planned does.
    fn pilot(&mut self, name: &str, place: &Place, table: &PilotTable) -> Pilot {
        let answers = answers(table);
        // An observation, or a plan of one.
        let something = table.observed.is_some() || table.design.is_some();
        if !something && answers.is_empty() {
            let fault =
                Fault::new("nothing-observed", "", format!("`{}` has nothing to compare", place.address));
            let help = format!(
                "add [{}.observed] (what was observed), `design` (how large a planned one is), or [{}.survey.ANSWER]",
                place.address, place.address
            );
            self.at_key(place, fault.help(help));
        }
        // Without anything to compare a scenario is still checked where one is named.
        let simulated =
            if something || table.scenario.is_some() { self.simulated(name, place, table) } else { None };
        if something && table.started.is_none() && table.observed.as_ref().is_some_and(|o| o.csv.is_some()) {
            self.missing(place, "started", "on which day it began: months before and after are told by it");
        }
        let (seen, source) = match &table.observed {
            Some(observed) => self.seen(observed, table.measure.as_deref()),
            None => (None, None),
        };
        let stated = table.design.as_ref().map(|design| {
            // Whole numbers by their types, so the casts cut nothing.
            let count = |n: &Option<Num<_>>| n.as_ref().map(Num::value).map(|n| n as usize);
            for (key, absent) in [
                ("months_before", design.months_before.is_none()),
                ("months_after", design.months_after.is_none()),
            ] {
                if absent {
                    self.missing(&design.place, key, "how many months are measured");
                }
            }
            Stated {
                practices: count(&design.practices),
                controls: design.controls.as_ref().map_or(0.0, Num::value) as usize,
                months_before: count(&design.months_before).unwrap_or(0),
                months_after: count(&design.months_after).unwrap_or(0),
            }
        });
        Pilot {
            name: name.to_owned(),
            title: table.name.clone().unwrap_or_else(|| name.replace('_', " ")),
            heading: table.heading.map(HeadingWord::heading),
            simulated,
            started: table.started.map(|on| on.0),
            cost: table.cost.as_ref().map(Num::value),
            claim: table.claim.as_ref().map(Num::value),
            stated,
            seen,
            source,
            answers,
            evidence: evidence(table),
        }
    }

    /// Notes a key that is needed and not stated.
    fn missing(&mut self, place: &Place, key: &str, what: &str) {
        let message = format!("`{}` does not say {what}", place.address);
        self.at_key(place, Fault::new("missing-key", "", message).help(format!("add `{key} = …`")));
    }

    /// Notes a fault at a key below a place, under its value where it is there.
    fn fault_at(&mut self, place: &Place, key: &str, fault: Fault) {
        let address = format!("{}.{key}", place.address);
        let span = self.tree.nearest(&address).0.span;
        self.faults.push((Fault { address, ..fault }, span));
    }

    /// The scenario of a pilot with what was done, and where its measure stands.
    ///
    /// Of its options only `as_now` and the one that was tried are kept, in this order.
    fn simulated(&mut self, name: &str, place: &Place, table: &PilotTable) -> Option<Simulated> {
        for (absent, key, what) in [
            (table.scenario.is_none(), "scenario", "which scenario its place is"),
            (table.option.is_none() && table.levers.is_none(), "option", "what was done"),
            (table.measure.is_none(), "measure", "what was measured"),
        ] {
            if absent {
                self.missing(place, key, what);
            }
        }
        let file = table.scenario.as_ref()?;
        // Loaded whole: its faults are a report of its own.
        let mut scenario = self.scenario(name, place, (file, table))?;
        // Levers named here are an option of the scenario that is made for them.
        let wanted = match (&table.option, &table.levers) {
            (Some(option), _) => option.clone(),
            (None, Some(_)) => PILOT.to_owned(),
            (None, None) => return None,
        };
        if wanted == AS_NOW || !scenario.options.iter().any(|option| option.name == wanted) {
            let names = scenario.options.iter().map(|o| o.name.as_str()).filter(|name| *name != AS_NOW);
            let message = format!("{file} has no option `{wanted}` that could be tried");
            let help = suggest(&wanted, names, "its options");
            self.fault_at(place, "option", Fault::new("unknown-option", "", message).help(help));
            return None;
        }
        // Nothing else of the scenario is played.
        scenario.options.retain(|option| option.name == AS_NOW || option.name == wanted);
        if table.levers.is_some() {
            let done = &mut scenario.options[1];
            let titles: Vec<&str> = done.model.levers.iter().map(|lever| lever.title.as_str()).collect();
            done.title = titles.join("; ");
        }
        let measure = self.measure(place, table.measure.as_ref()?, &scenario.options[0].model)?;
        // Ids under which the scenario may cite this very pilot.
        let study = table.study.clone().unwrap_or_default();
        let in_sample = in_sample(&scenario, &study);
        Some(Simulated { scenario, measure, in_sample })
    }

    /// Loads a scenario, with the levers of the pilot as an option where it names levers.
    fn scenario(
        // What the command line states goes before what the file states.
        &mut self,
        name: &str,
        place: &Place,
        (file, table): (&str, &PilotTable),
    ) -> Option<Scenario> {
        let path = self.folder.join(file);
        if let Err(fault) = crate::scenario::which::file_of(&path) {
            let fault = fault.help("paths run from the folder of this file");
            self.fault_at(place, "scenario", fault);
            return None;
        }
        let run = self.file.run.as_ref();
        let replications = self.asked.replications.map(|n| n as f64);
        let replications = replications.or(run.and_then(|run| run.replications.as_ref()).map(Num::value));
        let seed = self.asked.seed.map(|seed| seed as f64);
        let seed = seed.or(run.and_then(|run| run.seed.as_ref()).map(Num::value));
        // The planner's own first: later settings win, and years and seed are one for all pilots.
        let mut sets = self.asked.sets.to_vec();
        sets.extend(replications.map(|n| format!("run.replications={n:.0}")));
        sets.extend(seed.map(|seed| format!("run.seed={seed:.0}")));
        let loaded = match &table.levers {
            None => crate::scenario::load(&path, &sets),
            Some(levers) => {
                // A scenario of one option more, that extends the one named.
                let text = format!("extends = [{path:?}]\n[option.{PILOT}]\nlevers = {levers:?}\n");
                let shown = format!("{}, [pilot.{name}]", self.path.display());
                crate::scenario::load_text(&shown, &text, &sets)
            }
        };
        match loaded {
            Ok(scenario) => Some(scenario),
            Err(report) => {
                self.others.push(report);
                None
            }
        }
    }

    /// `MEASURE[@PLACE][/need.NAME]`, each of them there.
    ///
    /// `PLACE` is `network.NAME` or `practice.NAME`; without it all practices are meant, without a need all
    /// needs.
    fn measure(&mut self, place: &Place, text: &str, model: &Model) -> Option<Headline> {
        let (rest, need) = text.split_once('/').unwrap_or((text, ""));
        let (measure, at) = rest.split_once('@').unwrap_or((rest, ""));
        let need = need.strip_prefix("need.").unwrap_or(need);
        let unknown =
            |what: &str, name: &str| Fault::new("unknown-name", "", format!("there is no {what} `{name}`"));
        if !self.asked.measures.contains(&measure) {
            let help = suggest(measure, self.asked.measures.iter().copied(), "measures");
            self.fault_at(place, "measure", unknown("measure", measure).help(help));
            return None;
        }
        let names: Vec<&str> = model.needs.iter().map(|need| need.name.as_str()).collect();
        if !need.is_empty() && !names.contains(&need) {
            let help = suggest(need, names.into_iter(), "needs");
            self.fault_at(place, "measure", unknown("need", need).help(help));
            return None;
        }
        let known: Vec<String> = (model.networks.iter().map(|n| format!("network.{}", n.name)))
            .chain(model.practices.iter().map(|p| format!("practice.{}", p.name)))
            .collect();
        if !at.is_empty() && !known.iter().any(|name| name == at) {
            let help = suggest(at, known.iter().map(String::as_str), "places");
            self.fault_at(place, "measure", unknown("place", at).help(help));
            return None;
        }
        Some(Headline { measure: measure.into(), place: at.into(), need: need.into() })
    }

    /// What was observed, and its source.
    ///
    /// The source of the effect goes before that of its table. A series goes before a published effect.
    fn seen(&mut self, table: &ObservedTable, measure: Option<&str>) -> (Option<Seen>, Option<String>) {
        let effect_source = table.effect.as_ref().and_then(|effect| effect.figure.place.source.clone());
        let source = effect_source.or_else(|| table.place.source.clone());
        if let Some(name) = &table.csv {
            return (self.months(&table.place, name, measure).map(Seen::Series), source);
        }
        let Some(effect) = table.effect.as_ref().map(Num::value) else {
            self.missing(&table.place, "effect", "what was observed (or `csv`, the months by practice)");
            return (None, source);
        };
        let (low, high) = (table.low.as_ref().map(Num::value), table.high.as_ref().map(Num::value));
        // What is published without a level is nearly always 95 %.
        let level = table.level.as_ref().map_or(0.95, Num::value);
        let interval = match (low, high) {
            (None, None) => None,
            (Some(low), Some(high))
                if low < high && (low..=high).contains(&effect) && level > 0.0 && level < 1.0 =>
            {
                Some((low, high, level))
            }
            (Some(_), Some(_)) => {
                let message =
                    "the interval has to run from `low` to `high` around `effect`, with a level below 1";
                let fault = Fault::new("interval-order", "", message);
                self.at_key(&table.place, fault.help("for example effect = -4.9, low = -6.4, high = -3.4"));
                None
            }
            _ => {
                self.missing(&table.place, "low and high", "both ends of the interval");
                None
            }
        };
        let sites: Vec<f64> = table.sites.iter().flatten().map(Num::value).collect();
        let sites = match sites[..] {
            [] => None,
            [low, high] if low <= high => Some((low, high)),
            _ => {
                let fault =
                    Fault::new("sites-order", "", "`sites` is the lowest and the highest of the sites");
                self.at_key(&table.place, fault.help("write sites = [2.27, 2.48]"));
                None
            }
        };
        let per = per(table.per.unwrap_or(PerWord::Whole));
        (Some(Seen::Published(Published { effect, interval, sites, per })), source)
    }

    /// The months of a pilot, read from a CSV file beside this one.
    fn months(&mut self, place: &Place, name: &str, measure: Option<&str>) -> Option<Series> {
        // The name alone, without place and need.
        let measure = measure.and_then(|text| text.split(['@', '/']).next());
        // A count can never be below nought; a share or a difference may be.
        let count = measure.filter(|name| self.asked.counts.contains(name));
        let path = self.folder.join(name);
        match crate::scenario::taken::bytes(&path).and_then(crate::scenario::cells::decoded) {
            Ok(text) => {
                let id = self.map.add(path.display().to_string(), text, None);
                observed::read(&mut self.map, id, (name, count), &mut self.faults)
            }
            Err(error) => {
                let message = format!("cannot read {}: {}", path.display(), reason(&error));
                let fault = Fault::new("no-file", "", message).help("paths run from the folder of this file");
                self.fault_at(place, "csv", fault);
                None
            }
        }
    }
}

/// The word as the model has it.
fn per(word: PerWord) -> Per {
    match word {
        PerWord::Whole => Per::Whole,
        PerWord::PracticeWeek => Per::PracticeWeek,
        PerWord::ThousandWeek => Per::ThousandWeek,
        PerWord::WteWeek => Per::WteWeek,
        PerWord::Redirected => Per::Redirected,
    }
}

/// Figures of a scenario whose source is one of these ids.
///
/// Sorted by address, each once: such a figure cannot be confirmed by this pilot.
fn in_sample(scenario: &Scenario, study: &[String]) -> Vec<(String, String)> {
    let own = scenario.assumptions.iter().filter_map(|figure| {
        let source = figure.source.as_ref().filter(|source| study.contains(source))?;
        Some((figure.address.clone(), source.clone()))
    });
    let mut own: Vec<(String, String)> = own.collect();
    own.sort();
    // Options repeat the figures of the base.
    own.dedup();
    own
}

/// The answers of a survey; one without a share is left out, as the share is what it says.
fn answers(table: &PilotTable) -> Vec<Answer> {
    let stated: &[_] = table.survey.as_ref().map_or(&[], |named| &named.0);
    let of = |(name, _, answer): &(String, Place, super::format::SurveyTable)| {
        let share = answer.share.as_ref()?;
        Some(Answer {
            said: answer.name.clone().unwrap_or_else(|| name.replace('_', " ")),
            share: share.value(),
            asked: answer.asked.as_ref().map(|n| n.value() as usize),
            source: share.figure.place.source.clone(),
        })
    };
    stated.iter().filter_map(of).collect()
}

/// What stands behind a pilot; empty words where nothing is stated.
fn evidence(table: &PilotTable) -> Evidence {
    let Some(stated) = &table.evidence else { return Evidence::default() };
    let words = |text: &Option<String>| text.clone().unwrap_or_default();
    Evidence {
        sample: words(&stated.sample),
        design: words(&stated.design),
        control: words(&stated.control),
        measured_by: words(&stated.measured_by),
        weight: stated.weight.map(|word| match word {
            WeightWord::Low => Weight::Low,
            WeightWord::Moderate => Weight::Moderate,
            WeightWord::Good => Weight::Good,
        }),
        word: words(&stated.word),
        model: words(&stated.model),
    }
}
