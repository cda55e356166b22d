//! `pilots.csv`, `power.csv` and `assumptions.csv` of pilots.
//!
//! In: findings of the pilots. Out: long tables, a row a figure, in which `side`, `unit` and `interval` say what
//! the figure is. Plain figures are in hours and shares, whatever the sentences write.

use crate::experiment::pilots::Tried;
use crate::experiment::run::RunResult;
use crate::findings::piloted::{Also, PilotFinding, PilotedFindings, Sides};
use crate::lever::Heading;
use crate::report::assumptions as of_scenario;
use crate::report::cell::number;
use crate::scenario::pilots::PilotFile;
use crate::stats::interval::Interval;
use std::io::{self, Write};

/// Columns of `pilots.csv`.
const HEAD: [&str; 14] = [
    "pilot",
    "heading",
    "verdict",
    "measure",
    "side",
    "unit",
    "value",
    "low",
    "high",
    "interval",
    "predictive_p",
    "not_knowing",
    "years",
    "source",
];

/// Side of the trend before the start: no effect, so nothing is held against it.
const TREND: &str = "trend_before";
/// Places of two of them.
const MEASURE: usize = 3;
/// Place of `not_knowing` in [`HEAD`].
const NOT_KNOWING: usize = 11;

/// Every pilot: a row for each side and unit.
///
/// A pilot without figures (a survey) has one row without a value. `predictive_p` stands beside the observed
/// effect alone, `not_knowing` beside the predicted ones.
pub fn pilots(f: &PilotedFindings, out: &mut dyn Write) -> io::Result<()> {
    let mut table = crate::report::cell::Table::to(out);
    table.write_record(HEAD)?;
    for pilot in &f.pilots {
        match &pilot.sides {
            None => table.write_record(row(pilot, None, ("survey", ""), (None, None, "")))?,
            Some(sides) => {
                for (side, unit, value, interval, what) in rows(sides) {
                    table.write_record(row(
                        pilot,
                        Some(sides),
                        (side, &unit),
                        (Some(value), interval, what),
                    ))?;
                }
                // Money is of the simulated years: it has neither the measure of the pilot nor a share of not
                // knowing.
                for (unit, pounds) in costs(sides) {
                    let mut row = row(pilot, Some(sides), ("predicted", &unit), (Some(pounds), None, ""));
                    row[MEASURE] = "cost".into();
                    row[NOT_KNOWING].clear();
                    table.write_record(row)?;
                }
            }
        }
    }
    table.flush()
}

/// One row: side, unit, value, interval, and what the interval is.
///
/// As the columns have it; the interval's word is `expected_effect_95`, `mean_95`, `expected_observation_95` or
/// `confidence_95`.
type Row = (&'static str, String, f64, Option<Interval>, &'static str);

/// What it costs: of the simulated period, and scaled to a year.
///
/// Two rows, or none where no cost is known. Where the cost is known in part, the unit says of what.
fn costs(sides: &Sides) -> Vec<(String, f64)> {
    let Some(cost) = &sides.cost else { return Vec::new() };
    let how = match cost.gap.whole() {
        true => String::new(),
        false => format!(", {}", cost.gap.known("this")),
    };
    vec![
        (format!("£ in {}{how}", sides.period.length()), cost.pounds),
        (format!("£ a year (scaled to 365.25 days){how}"), sides.period.a_year(cost.pounds)),
    ]
}

/// The rows of a pilot with figures: predicted with its three intervals, observed, trend before the start, then
/// the same effect for 1,000 weighted patients and for each pound, where they are known.
fn rows(sides: &Sides) -> Vec<Row> {
    let unit = &sides.said.unit;
    // In the unit of the measure, whatever the sentences write.
    let plain = unplain(unit);
    let mut rows: Vec<Row> = vec![
        ("predicted", plain.clone(), sides.predicted.0, Some(sides.expected), "expected_effect_95"),
        ("predicted", plain.clone(), sides.predicted.0, sides.predicted.1, "mean_95"),
    ];
    // Without an error of the observation nobody knows where one is to be expected.
    if sides.observed.is_some_and(|(_, interval)| interval.is_some()) {
        let expected = Some(sides.check.interval);
        rows.push(("predicted", plain.clone(), sides.predicted.0, expected, "expected_observation_95"));
    }
    if let Some((effect, interval)) = sides.observed {
        rows.push(("observed", plain.clone(), effect, interval, "confidence_95"));
    }
    if let Some((drift, interval)) = sides.drift {
        let unit = format!("{plain} a year, pilots' trend less controls'");
        rows.push((TREND, unit, drift, Some(interval), "confidence_95"));
    }
    let mut also = |name: &str, other: &Option<Also>| {
        let Some(other) = other else { return };
        rows.push(("predicted", name.into(), other.predicted, Some(other.expected), "expected_effect_95"));
        if let Some(effect) = other.observed {
            rows.push(("observed", name.into(), effect, other.interval, "confidence_95"));
        }
    };
    // A measure that is a flow (so much a week) has a size per thousand; a share or a wait has none.
    let flow = sides.thousand.is_some();
    let word = unplain(&sides.said.of_size(1.0).unit);
    if !sides.stated_for_thousand {
        also(&format!("{word} a week for 1,000 weighted patients"), &sides.thousand);
    }
    // A flow is bought in pounds of its period, a share in pounds a patient and year.
    let for_money = if flow { "for £1,000" } else { "for £1 a weighted patient and year" };
    also(&format!("{word} {for_money}"), &sides.pounds);
    rows
}

/// The unit of the plain figures: they are never in minutes or points.
///
/// Sentences write small times in minutes and shares in points; the table does not.
fn unplain(unit: &str) -> String {
    unit.replace("minutes", "hours").replace("points", "share")
}

/// One row, as wide as [`HEAD`]. The source is of what was observed; the years are of what was predicted.
fn row(
    pilot: &PilotFinding,
    sides: Option<&Sides>,
    (side, unit): (&str, &str),
    (value, interval, what): (Option<f64>, Option<Interval>, &str),
) -> Vec<String> {
    // What was measured, effect or not; only the effect is held against the model.
    let observed = side == "observed" || side == TREND;
    let scored = side == "observed" && interval.is_some();
    vec![
        pilot.name.clone(),
        pilot.heading.map_or("", Heading::name).to_owned(),
        pilot.verdict.name().to_owned(),
        sides.map_or(String::new(), |sides| sides.measure.clone()),
        side.to_owned(),
        crate::report::cell::unit(unit),
        number(value),
        number(interval.map(|i| i.low)),
        number(interval.map(|i| i.high)),
        if interval.is_some() { what.to_owned() } else { String::new() },
        number(sides.and_then(|sides| sides.check.p).filter(|_| scored)),
        number(sides.and_then(|sides| sides.not_knowing).filter(|_| !observed)),
        if observed || side == "survey" { String::new() } else { pilot.years.to_string() },
        if observed || side == "survey" { pilot.source.clone().unwrap_or_default() } else { String::new() },
    ]
}

/// The curve of every pilot whose power is known.
///
/// Four named kinds of point: `no_effect`, `predicted`, `claim` where one is stated, and `curve`. A pilot whose
/// design is not known, or of which no power was worked out, has no row.
pub fn power(f: &PilotedFindings, out: &mut dyn Write) -> io::Result<()> {
    let mut table = crate::report::cell::Table::to(out);
    table.write_record([
        "pilot",
        "point",
        "effect",
        "unit",
        "power",
        "low",
        "high",
        "practices",
        "controls",
        "months_before",
        "months_after",
        "simulated_pilots",
    ])?;
    for pilot in &f.pilots {
        let Some(Ok(power)) = &pilot.power else { continue };
        let figures = &power.figures;
        let named = [("no_effect", &figures.false_alarms), ("predicted", &figures.at_predicted)];
        let claimed = figures.at_claim.iter().map(|point| ("claim", point));
        let curve = figures.curve.iter().map(|point| ("curve", point));
        for (name, point) in named.into_iter().chain(claimed).chain(curve) {
            table.write_record([
                pilot.name.clone(),
                name.to_owned(),
                number(point.effect),
                crate::report::cell::unit(&unplain(&power.said.unit)),
                number(point.share),
                number(point.interval.low),
                number(point.interval.high),
                figures.practices.0.to_string(),
                figures.practices.1.to_string(),
                figures.months.0.to_string(),
                figures.months.1.to_string(),
                figures.pilots.to_string(),
            ])?;
        }
    }
    table.flush()
}

/// Every figure stated in the file itself, then those of each scenario, with the pilot they belong to.
///
/// Figures of the file have the second part of their address as pilot (`pilot.NAME.…`); no draw was made for
/// them.
pub fn assumptions(file: &PilotFile, tried: &[Tried], base: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut table = crate::report::cell::Table::to(out);
    table.write_record(of_scenario::HEAD.iter().chain(&["pilot"]))?;
    for figure in file.assumptions.iter().filter(|a| !a.address.starts_with("run.")) {
        let mut row = of_scenario::row(figure, None, base);
        row.push(figure.address.split('.').nth(1).unwrap_or_default().to_owned());
        table.write_record(row)?;
    }
    for tried in tried {
        let (Some(simulated), Some(model)) = (&tried.pilot.simulated, &tried.model) else { continue };
        // Only the draws are asked of it, so it holds no outcome.
        let run = RunResult {
            scenario: simulated.scenario.clone(),
            options: Vec::new(),
            second_chance: None,
            seed: model.seed,
            replications: model.predicted.effects.len(),
            precise: None,
            needed: None,
            headline: Vec::new(),
        };
        for mut row in of_scenario::rows(&run, base) {
            row.push(tried.pilot.name.clone());
            table.write_record(row)?;
        }
    }
    table.flush()
}
