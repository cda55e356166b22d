//! The brief: what a run came to, on one screen. The headline first, then the access measures by place.

use crate::experiment::run::RunResult;
use crate::outcome::Outcome;
use crate::outcome::columns::{About, Place};
use crate::outcome::measure::by_name;
use crate::quantity::number_text;
use crate::stats::interval::student_half_width;
use crate::stats::moments::Moments;
use crate::stats::quantile::percentile;
use comfy_table::{CellAlignment, ContentArrangement, Table, presets};

/// Columns of the table of places, beside the targets: measure and heading.
const SHOWN: [(&str, &str); 4] = [
    ("requests", "requests"),
    ("wait_mean", "mean wait, days"),
    ("left_or_waiting", "left or waiting, %"),
    ("backlog_end", "backlog at the end"),
];

/// Practices beyond this many are left to the files.
const MOST_PLACES: usize = 12;

/// The brief of a run.
pub fn text(result: &RunResult, fits: bool) -> String {
    let mut text = headline(result);
    let mut table = Table::new();
    table.load_style(if fits { presets::UTF8_HORIZONTAL_ONLY } else { presets::NOTHING });
    table.set_content_arrangement(if fits {
        ContentArrangement::Dynamic
    } else {
        ContentArrangement::Disabled
    });
    let targets = &result.scenario.options[0].model.targets;
    let mut head = vec!["option".to_owned(), "place".to_owned()];
    head.extend(targets.iter().map(|t| format!("{}, % in time", t.title)));
    head.extend(SHOWN.map(|(_, heading)| heading.to_owned()));
    table.set_header(head);
    for (outcome, option) in result.options.iter().zip(&result.scenario.options) {
        let model = &option.model;
        // Networks and all say the same where there is only one; many practices are left to the files.
        let shown = |place: &&Place| match place {
            Place::All => true,
            Place::Network(_) => model.networks.len() > 1,
            Place::Practice(_) => model.practices.len() > 1 && model.practices.len() <= MOST_PLACES,
        };
        for &place in outcome.sums.places.iter().filter(shown) {
            let name = if place == Place::All { "all" } else { place.title(model) };
            let mut row = vec![option.title.clone(), name.to_owned()];
            for stated in targets {
                let target = model.targets.iter().position(|t| t.name == stated.name);
                row.push(
                    target.map_or(String::new(), |t| {
                        cell(outcome, "seen_within_target", place, About::Target(t))
                    }),
                );
            }
            row.extend(SHOWN.map(|(measure, _)| cell(outcome, measure, place, About::All)));
            table.add_row(row);
        }
    }
    for column in table.column_iter_mut().skip(2) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    text += &table.to_string();
    text += "\nMean (P5 to P95 of simulated years).\n";
    text
}

/// The headline of every option with its interval.
fn headline(result: &RunResult) -> String {
    let mut text = String::new();
    for ((outcome, option), at) in result.options.iter().zip(&result.scenario.options).zip(&result.headline) {
        let Some(at) = at else { continue };
        let Some(column) = outcome.columns.find(at.measure, at.place, at.about) else { continue };
        let moments = Moments::of(&outcome.column(column));
        let Some(mean) = moments.mean() else { continue };
        let (scale, unit) = shown_as(at.measure);
        let give = student_half_width(&moments, 0.95)
            .map_or(String::new(), |h| format!(" ± {}", number_text(h * scale)));
        text += &format!(
            "{}: {} = {}{give} {unit}\n",
            option.title,
            at.title(&option.model),
            number_text(mean * scale)
        );
    }
    let split = result.headline.first().and_then(|at| {
        let at = at.as_ref()?;
        result.split(result.options[0].columns.find(at.measure, at.place, at.about)?)?.share_shown()
    });
    if let Some(share) = split {
        let percent = number_text((share * 100.0).round());
        text += &format!(
            "Of the spread between simulated years, about {percent} % is not knowing the inputs, the rest chance.\n"
        );
    }
    text
}

/// Mean and P5 to P95 of a figure; empty where it has no value.
fn cell(outcome: &Outcome, measure: &str, place: Place, about: About) -> String {
    let Some(values) = outcome.series(measure, place, about) else { return String::new() };
    let Some(mean) = Moments::of(&values).mean() else { return String::new() };
    let (scale, _) = shown_as(measure);
    let at = |p: f64| percentile(&values, p).map_or(String::new(), |x| number_text(x * scale));
    format!("{} ({}–{})", number_text(mean * scale), at(0.05), at(0.95))
}

/// Factor and unit in which a measure is shown: shares as per cent.
fn shown_as(measure: &str) -> (f64, &'static str) {
    match by_name(measure).map(|m| m.unit) {
        Some("share") => (100.0, "%"),
        Some(unit) => (1.0, unit),
        None => (1.0, ""),
    }
}
