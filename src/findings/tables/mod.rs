//! The tables of a report: by place, by need, by role, by option, as data. Renderers only write them.
//!
//! In: findings and outcomes. Out: tables, in the order in which the report shows them. A table that no cell has
//! a value for is left out. Figures are written here once, so that terminal and file cannot differ.

mod bank;
mod derived;
mod options;
mod rooms;

use super::Findings;
use super::figure::{Figure, Unit};
use super::options::fine;
use super::say;
use crate::model::Model;
use crate::outcome::Outcome;
use crate::outcome::columns::{About, Place, places};
use crate::scenario::OptionModel;

/// What a range in brackets is over.
pub const OVER_YEARS: &str = "Mean over simulated years (P5-P95 over simulated years).";

/// A table: every cell is text already written with its unit in the heading.
///
/// Every row has as many cells as there are headings.
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
    /// A table of texts that are written already.
    pub(super) fn new(title: &str, note: &str, headings: &[&str], rows: Vec<Vec<String>>) -> Self {
        let headings = headings.iter().map(|h| (*h).to_owned()).collect();
        Self { title: title.into(), note: note.into(), headings, rows }
    }
}

/// The tables of as-now: by place, need and role, then what comes from findings.
///
/// `place` is the headline's; tables by place show all places.
pub fn all(
    findings: &Findings,
    (model, outcome): (&Model, &Outcome),
    beside: &[(&OptionModel, &Outcome)],
    place: Place,
) -> Vec<Table> {
    let mut all = tables((model, outcome), beside, place, &findings.counts);
    all.extend(rooms::rooms((model, outcome), beside));
    all.extend(derived::derived(findings, model));
    all
}

/// The tables of each option under its title, the best for the headline first.
pub fn of_options(findings: &Findings) -> Vec<(String, Vec<Table>)> {
    findings.best_first().into_iter().map(|c| (c.option.clone(), options::tables(c, findings))).collect()
}

/// A figure of a table: measure, heading, factor to a week.
///
/// `factor` is 1 where a figure is of the whole period.
struct Shown<'a> {
    /// Name of the measure.
    measure: &'static str,
    /// With its unit.
    heading: &'a str,
    /// How it is written.
    unit: Unit,
    factor: f64,
}

/// A figure of a table; `const`, so that tables read like tables.
const fn shown<'a>(measure: &'static str, heading: &'a str, unit: Unit, factor: f64) -> Shown<'a> {
    Shown { measure, heading, unit, factor }
}

/// A row of a table of figures: name, outcome, place and subject.
type Row<'a> = (String, &'a Outcome, Place, About);

/// Tables by place, need and role.
///
/// `counts` says of how many days counts are. With one network "all practices" would stand twice, with one practice that one.
fn tables<'a>(
    (model, outcome): (&Model, &'a Outcome),
    beside: &[(&OptionModel, &'a Outcome)],
    headline: Place,
    counts: &str,
) -> Vec<Table> {
    // Hours of the period as hours a week.
    let week = 7.0 / model.horizon.days as f64;
    // A practice by itself is the place; percentiles are kept of the network alone.
    let alone = model.practices.first().filter(|_| model.practices.len() == 1).map(|p| p.title.as_str());
    let by_place: Vec<Row<'_>> = places(model)
        .into_iter()
        .filter(|p| !(*p == Place::All && model.networks.len() == 1))
        .filter(|p| !(alone.is_some() && matches!(p, Place::Practice(_))))
        .map(|p| {
            let all = if p == Place::All { "All practices" } else { p.title(model) };
            (alone.unwrap_or(all).to_owned(), p)
        })
        .map(|(name, p)| (name, outcome, p, About::All))
        .collect();
    let needs = model.needs.iter().enumerate();
    let by_need: Vec<Row<'_>> =
        needs.map(|(k, need)| (need.title.clone(), outcome, headline, About::Need(k))).collect();
    let by_role = by_role((model, outcome), beside, headline);
    let access = [
        shown("requests", "Requests", Unit::Count, 1.0),
        shown("wait_mean", "Mean wait [days]", Unit::Days, 1.0),
        shown("left_or_waiting", "Left or waiting [%]", Unit::Share, 1.0),
    ];
    let lost = [
        shown("unmet", "Unmet", Unit::Count, 1.0),
        shown("backlog_end", "In the book at the end", Unit::Count, 1.0),
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
    // Counts first: of how many days.
    let years = format!("{counts} {OVER_YEARS}");
    let book = format!(
        "{years} In the book: waiting and overdue, and booked ahead. P90 wait: 90 % of patients seen waited no longer, worked out year by year (the picture of waits takes all years together). Unmet: requests that gave up, were lost or not attended and not asked again, or still wait past the target; left or waiting is a share of all whose day has come, follow-ups among them."
    );
    // Needs and roles are those of the headline's place.
    let at = match headline {
        Place::All => String::new(),
        Place::Network(_) if model.networks.len() == 1 => String::new(),
        Place::Practice(_) if alone.is_some() => String::new(),
        place => format!(", {}", place.title(model)),
    };
    let titled = |what: &str, of: &str| format!("{what}{at}: {of}");
    [
        figures("Places as now: demand and access", &years, "Place", &by_place, &access),
        figures("Places as now: what is not met", &book, "Place", &by_place, &lost),
        figures(&titled("Needs as now", "demand and access"), &years, "Need", &by_need, &access),
        figures(&titled("Needs as now", "what is not met"), &book, "Need", &by_need, &lost),
        figures(&titled("Roles", "appointment time"), OVER_YEARS, "Role", &by_role, &minutes),
        figures(&titled("Roles", "people's days"), OVER_YEARS, "Role", &by_role, &people),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Roles of as-now, then those that options add.
///
/// Also roles that as-now has, but not at the place.
fn by_role<'a>(
    (model, outcome): (&Model, &'a Outcome),
    beside: &[(&OptionModel, &'a Outcome)],
    place: Place,
) -> Vec<Row<'a>> {
    let roles = model.roles.iter().enumerate();
    let mut rows: Vec<Row<'a>> =
        roles.map(|(r, role)| (role.title.clone(), outcome, place, About::Role(r))).collect();
    let at_place = |r: usize| outcome.columns.find("rostered_hours", place, About::Role(r)).is_some();
    for (option, outcome) in beside {
        let Some((there, _)) = super::beside::same_in((model, &option.model), place, About::All) else {
            continue;
        };
        for (r, role) in option.model.roles.iter().enumerate() {
            let old = model.roles.iter().position(|x| x.name == role.name);
            if !old.is_some_and(at_place) {
                let name = format!("{} (only with: {})", role.title, option.title);
                rows.push((name, outcome, there, About::Role(r)));
            }
        }
    }
    rows
}

/// A larger relative error of a mean than this is no error bound of use: some mean lies near nought.
const MUCH: f64 = 0.5;

/// A table of figures; none where no cell has a value.
///
/// The note ends with the largest relative error among the means shown, so that a reader knows how sure the least
/// sure of them is.
///
/// A row whose cells all lack a value is left out.
fn figures(title: &str, note: &str, first: &str, rows: &[Row<'_>], shown: &[Shown<'_>]) -> Option<Table> {
    let figure = |outcome: &Outcome, place: Place, about: About, s: &Shown<'_>| -> Figure {
        let series = outcome.series(s.measure, place, about).unwrap_or_default();
        Figure::of(&series.iter().map(|v| v * s.factor).collect::<Vec<_>>(), s.unit)
    };
    // The largest of the table, for its note.
    let mut error: Option<f64> = None;
    let mut written = Vec::new();
    for (name, outcome, place, about) in rows {
        let figures: Vec<Figure> = shown.iter().map(|s| figure(outcome, *place, *about, s)).collect();
        if figures.iter().any(Figure::known) {
            error = figures.iter().filter_map(Figure::relative_error).chain(error).reduce(f64::max);
            written.push(std::iter::once(name.clone()).chain(figures.iter().map(Figure::text)).collect());
        }
    }
    let rows: Vec<Vec<String>> = written;
    let note = match error {
        Some(error) if error > MUCH => format!(
            "{note} Some means lie near nought, and their Monte Carlo error is more than half of them."
        ),
        Some(error) => format!("{note} Monte Carlo error of a mean (95 %): at most {}.", say::percent(error)),
        None => format!("{note} Too few or equal years: the Monte Carlo error of a mean is not known."),
    };
    let headings: Vec<&str> = std::iter::once(first).chain(shown.iter().map(|s| s.heading)).collect();
    (!rows.is_empty()).then(|| Table::new(title, &note, &headings, rows))
}

/// Two ends of an interval.
///
/// In the unit of differences, one decimal more than a level.
fn range(unit: Unit, low: f64, high: f64) -> String {
    format!("{} to {}", fine(unit, low), fine(unit, high))
}
