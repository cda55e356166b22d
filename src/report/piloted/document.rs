//! The report of pilots: the answer first, then every pilot; and the `README.txt`.
//!
//! In: findings. Out: the document, what stands on the screen, and `README.txt`. Sections of a pilot stand only
//! where there is something to say: a survey has neither effects nor money.

use super::{Record, again};
use crate::findings::piloted::said::Said;
use crate::findings::piloted::sentences::{p_text, rule};
use crate::findings::piloted::{Also, Cost, PilotFinding, PilotedFindings, Sides};
use crate::findings::say;
use crate::report::document::{Document, Piece, answered, points, table};
use crate::report::folder::{MANIFEST, Written};
use crate::report::readme::{PAGE, WORKBOOK};
use crate::report::text::columns::wrap;
use crate::report::text::{self, WIDTH};
use crate::report::workbook::NAME;
use crate::scenario::pilots::Weight;
use crate::stats::interval::Interval;

/// What is shown on the screen: all of it for one pilot, else the answer and the table.
pub fn for_screen(f: &PilotedFindings) -> String {
    let mut shown = document(f);
    if f.pilots.len() != 1 {
        shown.rest.clear();
    }
    text::whole(&shown)
}

/// The whole report.
pub fn document(f: &PilotedFindings) -> Document {
    let each = f.pilots.iter().map(|pilot| Piece::Fold(pilot.title.clone(), section(pilot)));
    let head = [Piece::Gap, Piece::Heading("Each pilot".into())];
    Document { title: f.title.clone(), first: summary(f), rest: head.into_iter().chain(each).collect() }
}

/// The answer and the table of all pilots.
///
/// A dash stands where a pilot has no such side; a p only where what was observed has an interval.
fn summary(f: &PilotedFindings) -> Vec<Piece> {
    let mut out = answered(&f.answer);
    out.extend([Piece::Name(f.title.clone()), Piece::Text(rule(f.planned())), Piece::Gap]);
    let headings = ["Pilot", "Unit of its effect", "Expected", "Observed", "p", "Model and pilot"]
        .map(ToOwned::to_owned);
    let row = |pilot: &PilotFinding| {
        let side = |of: &dyn Fn(&Sides) -> Option<String>| {
            pilot.sides.as_ref().and_then(of).unwrap_or_else(|| "-".into())
        };
        vec![
            pilot.title.clone(),
            side(&|s| Some(s.said.unit.clone())),
            side(&|s| Some(s.foreseen.signed(s.predicted.0))),
            side(&|s| s.observed.map(|(effect, _)| s.said.signed(effect))),
            side(&|s| s.check.p.filter(|_| s.observed.is_some_and(|(_, i)| i.is_some())).map(p_text)),
            pilot.verdict.words().to_owned(),
        ]
    };
    out.push(table(&headings, &f.pilots.iter().map(row).collect::<Vec<_>>()));
    out
}

/// One pilot in full.
fn section(pilot: &PilotFinding) -> Vec<Piece> {
    let heading = pilot.heading.map_or(String::new(), |h| format!("Heading: {}. ", h.title()));
    // Without a simulation there is neither a year nor a seed.
    let years = pilot.seed.map_or(String::new(), |seed| {
        format!(" {}, seed {seed}.", say::counted(pilot.years as f64, "simulated year"))
    });
    let done = if pilot.done.is_empty() { String::new() } else { format!("{}.", pilot.done) };
    let mut out =
        vec![Piece::Run(format!("{heading}{done}{years}")), Piece::Gap, Piece::Lead(pilot.sentence.clone())];
    if let Some(sides) = &pilot.sides {
        out.extend(effects(sides, pilot.source.as_deref()));
        out.push(Piece::Text(money(sides)));
    }
    if let Some(Ok(power)) = &pilot.power {
        out.extend(listed("What it could show", points(&power.sentences)));
    }
    out.extend(listed("To be known with it", points(&pilot.notes)));
    let set: Vec<String> = pilot.in_sample.iter().map(|(address, id)| format!("{address} [{id}]")).collect();
    out.extend(listed("Numbers of the model that it set", points(&set)));
    if pilot.sides.is_some() {
        let survey = "As reported by survey, uncontrolled, outside what the model predicts";
        out.extend(listed(survey, points(&pilot.survey)));
    }
    out.extend(listed("What stands behind it", evidence(pilot)));
    out
}

/// A list under a title; nothing where nothing is to be said.
fn listed(title: &str, all: Vec<Piece>) -> Vec<Piece> {
    if all.is_empty() {
        return all;
    }
    [Piece::Gap, Piece::Title(title.to_owned())].into_iter().chain(all).collect()
}

/// The effects in every unit.
///
/// Rows for 1,000 weighted patients and for each pound are written in the unit that fits their own size, with as
/// many digits as their intervals need.
fn effects(sides: &Sides, source: Option<&str>) -> Vec<Piece> {
    let headings = ["", "Expected", "95 % of futures", "Observed", "95 % interval"].map(ToOwned::to_owned);
    let range = |said: &Said, i: Option<Interval>| i.map_or("-".into(), |i| said.range(i));
    let observed = sides.observed;
    let said = &sides.said;
    let mut rows = vec![vec![
        say::capital(&said.unit),
        sides.foreseen.signed(sides.predicted.0),
        sides.foreseen.range(sides.expected),
        observed.map_or("-".into(), |(effect, _)| said.signed(effect)),
        range(said, observed.and_then(|(_, i)| i)),
    ]];
    let mut also = |name: &str, other: &Option<Also>| {
        let Some(other) = other else { return };
        let ends: Vec<Interval> = std::iter::once(other.expected).chain(other.interval).collect();
        let said = said.of_size(other.expected.half_width().max(other.predicted.abs())).telling(&ends);
        rows.push(vec![
            format!("{}{name}", say::capital(&said.unit)),
            said.signed(other.predicted),
            said.range(other.expected),
            other.observed.map_or("-".into(), |effect| said.signed(effect)),
            range(&said, other.interval),
        ]);
    };
    let flow = sides.thousand.is_some();
    if !sides.stated_for_thousand {
        also(" a week for 1,000 weighted patients", &sides.thousand);
    }
    also(if flow { " for £1,000" } else { " for £1 a weighted patient and year" }, &sides.pounds);
    let source = source.map_or(String::new(), |id| format!(" Observed: {id}."));
    let title = format!(
        "{}: what was done less things as they are, over {} ({}).{source}",
        say::capital(&sides.measure),
        sides.period.length(),
        sides.period.dates()
    );
    vec![Piece::Gap, Piece::Title(title), table(&headings, &rows)]
}

/// What it cost, where from, and the same for a year; the reason where nothing can be said for each pound.
fn money(sides: &Sides) -> String {
    let Some(cost) = &sides.cost else {
        return "Nothing is said for each pound: no cost is known, or none arises.".into();
    };
    let from = match cost.stated {
        None => "by the model's own costs".into(),
        Some((pounds, Some(months))) => format!(
            "from the £{} that is stated for its {} after",
            say::pounds(pounds),
            say::counted(months as f64, "month")
        ),
        Some(_) => "as stated".to_owned(),
    };
    let once = if cost.once { ", what is spent only once with it" } else { "" };
    // A cost that is known in part is told as such and divides nothing.
    if !cost.gap.whole() {
        return part(sides, cost);
    }
    format!(
        "Cost over the {} simulated ({}): £{}, {from}. A year at that rate: £{} (scaled to 365.25 days{}).",
        sides.period.length(),
        sides.period.dates(),
        say::pounds(cost.pounds),
        say::pounds(sides.period.a_year(cost.pounds)),
        once
    )
}

/// What is known of a cost that has no price in part.
///
/// Below a pound nothing is known of any part, so no figure is written.
fn part(sides: &Sides, cost: &Cost) -> String {
    let place = format!("Cost over the {} simulated ({})", sides.period.length(), sides.period.dates());
    let why = "An effect for each pound needs the whole cost: state cost_per_wte_year of the role, or the pilot's `cost`.";
    if cost.pounds.abs() < 1.0 {
        return format!("{place}: not known; {}. {why}", cost.gap.missing());
    }
    let sign = if cost.pounds < 0.0 { "-" } else { "" };
    let pounds = format!("{sign}£{}", say::about(cost.pounds.abs()));
    format!("{place}: {}. {why}", cost.gap.known(&pounds))
}

/// What stands behind it.
///
/// Only the lines that the file states; nothing where it states none.
fn evidence(pilot: &PilotFinding) -> Vec<Piece> {
    let e = &pilot.evidence;
    let mut out = Vec::new();
    let mut add = |name: &str, words: &str| {
        if !words.is_empty() {
            out.push(Piece::Named(name.to_owned(), words.to_owned()));
        }
    };
    add("Sample", &e.sample);
    add("Design", &e.design);
    add("Control", &e.control);
    add("Measured by", &e.measured_by);
    let weight = e.weight.map_or("", |weight| match weight {
        Weight::Low => "low",
        Weight::Moderate => "moderate",
        Weight::Good => "good",
    });
    let why = if e.word.is_empty() { String::new() } else { format!(". {}", e.word) };
    add("Weight", format!("{weight}{why}").trim_start_matches(". "));
    add("Where the model says otherwise", &e.model);
    out
}

/// What each file is.
///
/// Names as written in the folder; only those there are listed, and the manifest and this file, which are written
/// after it.
pub(super) const MEANING: [(&str, &str); 10] = [
    ("report.html", PAGE),
    (NAME, WORKBOOK),
    (
        "report.txt",
        "The whole report in plain text: the answer, the table, then every pilot with what it could show, what has to be known with it, and what stands behind it.",
    ),
    (
        "pilots.csv",
        "Every pilot: a row for each side (predicted, observed), unit and kind of interval. expected_effect_95 is where the true effect is expected (not knowing, and chance); expected_observation_95 also holds the error of the observation, and is there where that is known; mean_95 is how well the run knows its mean; confidence_95 is the interval of what was observed. trend_before is no effect: by how much more a year the pilots rose than their controls before the start. Counts of months stand for a week of equal open days. Shares run from 0 to 1 and time is in hours.",
    ),
    (
        "power.csv",
        "For each pilot whose design is known the share of simulated pilots that show an effect: without any (no_effect: false alarms), at what the model expects (predicted), at what is hoped for (claim), and along a curve, which counts one side of nought alone; low to high is Wilson's 95 % interval.",
    ),
    ("plots/pilots.png", "Predicted against observed, a row a pilot, each on its own scale."),
    (
        "assumptions.csv",
        "Every number that was stated, in the file of the pilots and in each scenario, with its source. A number without a source is an assumption.",
    ),
    (
        "pilots.toml",
        "The file of the pilots; NAME.toml and NAME.csv beside it are the scenario and the months of the pilot of that name.",
    ),
    ("README.txt", "This file."),
    (MANIFEST, "What was run: version, seeds, verdicts, and the size and fingerprint of every file."),
];

/// The text of `README.txt`.
pub fn readme(record: &Record<'_>, written: &[Written]) -> String {
    let title = &record.findings.title;
    let mut lines = vec![title.clone(), "=".repeat(title.chars().count()), String::new()];
    lines.extend(wrap(record.findings.answer.first().map_or("", String::as_str), WIDTH));
    lines.push(String::new());
    lines.extend(wrap(&rule(record.findings.planned()), WIDTH));
    lines.push(String::new());
    for (name, meaning) in MEANING {
        let there = written.iter().any(|file| file.name == name) || [MANIFEST, "README.txt"].contains(&name);
        if there {
            lines.push(name.to_owned());
            lines.extend(wrap(meaning, WIDTH - 4).into_iter().map(|line| format!("    {line}")));
        }
    }
    if written.iter().any(|file| file.name.starts_with("plots/power-")) {
        lines.push("plots/power-NAME.png".into());
        lines.push("    What the pilot NAME could show: share of simulated pilots by size of effect.".into());
    }
    lines.push(String::new());
    lines.push("An empty cell means that there is no value, never nought.".into());
    lines.push(String::new());
    lines.push(format!("To get the same figures again:  {}", again(record)));
    lines.iter().map(|line| format!("{}\n", line.trim_end())).collect()
}
