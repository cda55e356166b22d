//! The tables of a report: by place, by need, by role, by option, as data. Renderers only write them.

use super::figure::{Chance, Figure, Unit};
use super::say;
use super::{Findings, bottleneck::Bottleneck};
use crate::model::Model;
use crate::outcome::Outcome;
use crate::outcome::columns::{About, Place, places};

/// What a range in brackets is over.
pub const OVER_YEARS: &str = "Mean over simulated years (P5-P95 over simulated years).";

/// A table: every cell is text already written with its unit in the heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Title.
    pub title: String,
    /// What the brackets are, over what a percentile is taken.
    pub note: String,
    /// Headings with units; the first column is text, the others stand to the right.
    pub headings: Vec<String>,
    /// Rows.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    fn new(title: &str, note: &str, headings: &[&str], rows: Vec<Vec<String>>) -> Self {
        let headings = headings.iter().map(|h| (*h).to_owned()).collect();
        Self { title: title.into(), note: note.into(), headings, rows }
    }
}

/// A figure of a table: measure, heading, factor to a year or a week.
struct Shown<'a> {
    measure: &'static str,
    heading: &'a str,
    unit: Unit,
    factor: f64,
}

const fn shown<'a>(measure: &'static str, heading: &'a str, unit: Unit, factor: f64) -> Shown<'a> {
    Shown { measure, heading, unit, factor }
}

/// Tables by place, need and role.
pub fn tables(model: &Model, outcome: &Outcome, headline: Place) -> Vec<Table> {
    let (year, per) = say::per_period(model.horizon.days);
    let (requests, unmet) = (format!("Requests {per}"), format!("Unmet {per}"));
    let week = 7.0 / model.horizon.days as f64;
    let by_place: Vec<(String, Place, About)> = places(model)
        .into_iter()
        .filter(|p| !(*p == Place::All && model.networks.len() == 1))
        .map(|p| (if p == Place::All { "All practices" } else { p.title(model) }.to_owned(), p, About::All))
        .collect();
    let by_need: Vec<_> = model
        .needs
        .iter()
        .enumerate()
        .map(|(k, need)| (need.title.clone(), headline, About::Need(k)))
        .collect();
    let by_role: Vec<_> = model
        .roles
        .iter()
        .enumerate()
        .map(|(r, role)| (role.title.clone(), headline, About::Role(r)))
        .collect();
    let access = [
        shown("requests", &requests, Unit::Count, year),
        shown("wait_mean", "Mean wait [days]", Unit::Days, 1.0),
        shown("left_or_waiting", "Left or waiting [%]", Unit::Share, 1.0),
    ];
    let lost = [
        shown("unmet", &unmet, Unit::Count, year),
        shown("backlog_end", "Waiting at the end", Unit::Count, 1.0),
        shown("wait_p90", "P90 wait [days]", Unit::Days, 1.0),
    ];
    let minutes = [
        shown("rostered_hours", "Rostered [h/week]", Unit::Hours, week),
        shown("used_hours", "Used [h/week]", Unit::Hours, week),
        shown("utilisation", "Utilisation [%]", Unit::Share, 1.0),
    ];
    let people = [
        shown("overtime_hours", "Overtime [h/week]", Unit::Hours, week),
        shown("contacts_a_day", "Contacts a day", Unit::Count, 1.0),
        shown("days_over_25", "Days over 25 [%]", Unit::Share, 1.0),
    ];
    let patients = format!("{OVER_YEARS} P90 wait: 90 % of patients seen waited no longer.");
    [
        figures("Places: demand and access", OVER_YEARS, "Place", outcome, &by_place, &access),
        figures("Places: what is not met", &patients, "Place", outcome, &by_place, &lost),
        figures("Needs: demand and access", OVER_YEARS, "Need", outcome, &by_need, &access),
        figures("Needs: what is not met", &patients, "Need", outcome, &by_need, &lost),
        figures("Roles: appointment time", OVER_YEARS, "Role", outcome, &by_role, &minutes),
        figures("Roles: people's days", OVER_YEARS, "Role", outcome, &by_role, &people),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A table of figures; none where no cell has a value.
fn figures(
    title: &str,
    note: &str,
    first: &str,
    outcome: &Outcome,
    rows: &[(String, Place, About)],
    shown: &[Shown<'_>],
) -> Option<Table> {
    let figure = |place: Place, about: About, s: &Shown<'_>| -> Figure {
        let series = outcome.series(s.measure, place, about).unwrap_or_default();
        Figure::of(&series.iter().map(|v| v * s.factor).collect::<Vec<_>>(), s.unit)
    };
    let mut error = 0.0_f64;
    let mut written = Vec::new();
    for (name, place, about) in rows {
        let figures: Vec<Figure> = shown.iter().map(|s| figure(*place, *about, s)).collect();
        if figures.iter().any(Figure::known) {
            error = figures.iter().map(Figure::relative_error).fold(error, f64::max);
            written.push(std::iter::once(name.clone()).chain(figures.iter().map(Figure::text)).collect());
        }
    }
    let rows: Vec<Vec<String>> = written;
    let note = format!("{note} Monte Carlo error of a mean (95 %): at most {}.", say::percent(error));
    let headings: Vec<&str> = std::iter::once(first).chain(shown.iter().map(|s| s.heading)).collect();
    (!rows.is_empty()).then(|| Table::new(title, &note, &headings, rows))
}

/// Tables that come from findings rather than from measures.
pub fn derived(findings: &Findings, model: &Model) -> Vec<Table> {
    let mut out = Vec::new();
    out.extend(findings.targets.iter().map(|t| {
        let row = |name: &str, chance: &Chance, in_time: &Figure| {
            vec![name.to_owned(), chance.text(), in_time.text()]
        };
        let mut rows: Vec<_> = t.practices.iter().map(|(name, c, f)| row(name, c, f)).collect();
        rows.push(row(&findings.subject.name, &t.chance, &t.in_time));
        Table::new(
            &format!("Target: {} ({})", t.title, t.words),
            "Chance: share of simulated years that meet it (95 % Monte Carlo interval). Seen in time: of patients due, mean over simulated years (P5-P95 over simulated years).",
            &["Place", "Chance [%]", "Seen in time [%]"],
            rows,
        )
    }));
    out.push(shortfall(findings, model));
    out.extend(one_more(&findings.bottleneck, findings.headline_unit, model));
    out.extend(findings.comparisons.iter().map(options));
    out.extend(drivers(findings));
    out.push(staffing(findings));
    out
}

fn shortfall(findings: &Findings, model: &Model) -> Table {
    let rows = findings.shortfalls.iter().map(|s| {
        let when = s.when_short.map_or_else(|| "-".into(), |f| f.text());
        let months = s.months.clone().unwrap_or_else(|| "-".into());
        vec![model.roles[s.role].title.clone(), s.all_year.text(), when, months]
    });
    Table::new(
        "Roles: shortfall of sessions a week",
        "Sessions asked for less sessions rostered; below nought is slack. Mean over simulated years (P5-P95 over simulated years).",
        &["Role", "Whole period", "When short", "Short"],
        rows.collect(),
    )
}

fn one_more(b: &Bottleneck, unit: Unit, model: &Model) -> Option<Table> {
    let rows: Vec<Vec<String>> = b
        .tried
        .iter()
        .map(|t| {
            let interval = t.interval.map_or_else(|| "-".into(), |i| range(unit, i.low, i.high));
            let role = model.roles[t.role].title.clone();
            vec![role, say::decimals(t.minutes_a_week / 60.0, 1), fine(unit, t.improvement), interval]
        })
        .collect();
    (!rows.is_empty()).then(|| {
        Table::new(
            "One more whole-time equivalent of each role, on the same draws",
            &format!("Improvement of the headline [{}], mean over {} simulated years, with the 95 % interval of that mean.", unit_name(unit), b.replications),
            &["Role", "Adds [h/week]", "Improvement", "Interval"],
            rows,
        )
    })
}

fn unit_name(unit: Unit) -> &'static str {
    if unit == Unit::Share { "percentage points" } else { unit.name() }
}

/// A small difference: one decimal more than a level.
fn fine(unit: Unit, x: f64) -> String {
    match unit {
        Unit::Share | Unit::Points => say::decimals(100.0 * x, 1),
        Unit::Count if x.abs() >= 99.5 => say::decimals(x, 0),
        Unit::Count => say::decimals(x, 1),
        _ => say::decimals(x, 2),
    }
}

fn range(unit: Unit, low: f64, high: f64) -> String {
    format!("{} to {}", fine(unit, low), fine(unit, high))
}

fn options(c: &super::compare::Comparison) -> Table {
    let rows = c.differences.iter().map(|d| {
        let interval = d.paired.interval.map_or_else(|| "-".into(), |i| range(d.unit, i.low, i.high));
        let unit = if d.unit == Unit::Points { "%" } else { d.unit.name() };
        let chance = if d.judged { say::percent(d.paired.chance_better()) } else { "-".into() };
        vec![
            format!("{} [{unit}]", d.words),
            fine(d.unit, d.as_now),
            format!("{} ({interval})", fine(d.unit, d.paired.mean)),
            chance,
            if said_as_nought(d) { "the same".to_owned() } else { d.verdict().to_owned() },
        ]
    });
    Table::new(
        &format!("Option: {}, against as now", c.option),
        "Difference on the same draws: mean (95 % interval of the mean). Better: share of simulated years in which the option is better.",
        &["Measure", "As now", "Difference", "Better", ""],
        rows.collect(),
    )
}

/// True where the difference and its interval all round to nought.
fn said_as_nought(d: &super::compare::Difference) -> bool {
    let nought = |x: f64| fine(d.unit, x).trim_start_matches(['-', '0', '.']).is_empty();
    d.paired.interval.is_none_or(|i| nought(i.low) && nought(i.high)) && nought(d.paired.mean)
}

fn drivers(findings: &Findings) -> Option<Table> {
    let rows: Vec<Vec<String>> = findings
        .drivers
        .strongest
        .iter()
        .take(8)
        .map(|d| {
            let interval = d
                .correlation
                .interval
                .map_or_else(|| "-".into(), |i| format!("{:.2} to {:.2}", i.low, i.high));
            let source = d.source.clone().unwrap_or_else(|| "assumption without evidence".into());
            vec![d.address.clone(), format!("{:.2} ({interval})", d.correlation.r), source]
        })
        .collect();
    (!rows.is_empty()).then(|| {
        Table::new(
            "Assumptions that matter",
            "Rank correlation with the headline over simulated years (95 % interval).",
            &["Assumption", "Correlation", "Source"],
            rows,
        )
    })
}

fn staffing(findings: &Findings) -> Table {
    let rows = findings.staffing.iter().map(|s| {
        let wte = s.wte.map_or_else(|| "-".into(), |w| say::decimals(w, 1));
        let heads = s.heads.map_or_else(|| "-".into(), |h| h.to_string());
        let single = match s.single_point_for.as_slice() {
            [] => String::new(),
            [one] => one.clone(),
            many => format!("{} practices", many.len()),
        };
        vec![format!("{}, {}", s.role, s.base), s.sharing.to_owned(), wte, heads, single]
    });
    Table::new(
        "Staffing map",
        "Single point of failure: practices that lose the role when one person is away. A dash: not stated (slots without people).",
        &["Role and base", "Shared", "WTE", "Heads", "Single point for"],
        rows.collect(),
    )
}
