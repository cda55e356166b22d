//! `compare.csv` and `best.csv`.
//!
//! In: findings of a comparison, whose figures and lines are in one order. Out: a row for each option and figure
//! that has a value in both; a row an option for the question of which is best in the headline.

use crate::findings::compared::line::Line;
use crate::findings::compared::{ComparedFindings, FigureShown};
use crate::report::cell::{number, unit};
use crate::report::summary::about;
use crate::scenario::Scenario;
use crate::stats::judgement::Judgement;
use std::io::{self, Write};

/// What a figure is: scope, place, need, role, target, measure, unit.
pub const FIGURE: [&str; 7] = ["scope", "place", "need", "role", "target", "measure", "unit"];

/// The cells of [`FIGURE`].
///
/// Names are read off `as_now`, by whose places, needs, roles and targets the figures count.
pub fn figure(figure: &FigureShown, scenario: &Scenario) -> Vec<String> {
    let model = &scenario.options[0].model;
    let shown = &figure.shown;
    let [need, role, target, _] = about(model, shown.about);
    let place = shown.place;
    let of = [shown.measure.name.to_owned(), unit(shown.measure.unit)];
    [vec![place.scope().into(), place.name(model).into(), need, role, target], of.into()].concat()
}

/// Every option against `as_now`, a row a figure.
///
/// A figure that the option does not have gives no row. `more_years` is filled only where the judgement is that
/// it cannot be told and about so many more years would tell.
pub fn options(f: &ComparedFindings, scenario: &Scenario, out: &mut dyn Write) -> io::Result<()> {
    let mut table = crate::report::cell::Table::to(out);
    let head = [
        "n",
        "as_now",
        "value",
        "difference",
        "low",
        "high",
        "sd",
        "chance_better",
        "chance_low",
        "chance_high",
        "chance_equal",
        "shows",
        "more_years",
        "matters",
    ];
    table.write_record(["option"].iter().chain(&FIGURE).chain(&head))?;
    for option in &f.options {
        for (shown, line) in f.figures.iter().zip(&option.lines) {
            let Some(line) = line else { continue };
            let mut row = vec![option.name.clone()];
            row.extend(figure(shown, scenario));
            row.extend(cells(line));
            row.push(number(shown.matters));
            table.write_record(row)?;
        }
    }
    table.flush()
}

/// The figures of one row.
///
/// Chances of being better are empty where the figure has no better direction, and so no judgement.
fn cells(line: &Line) -> Vec<String> {
    let paired = &line.paired;
    // A chance of being better needs a better direction.
    let judged = |x: f64| if line.judgement.is_some() { number(x) } else { String::new() };
    vec![
        paired.n.to_string(),
        number(line.as_now),
        number(line.option),
        number(paired.mean),
        number(paired.interval.map(|i| i.low)),
        number(paired.interval.map(|i| i.high)),
        number(paired.sd),
        judged(paired.chance_better()),
        judged(paired.chance_interval.low),
        judged(paired.chance_interval.high),
        number(paired.equal as f64 / paired.n as f64),
        line.judgement.map_or("", name).to_owned(),
        match line.judgement {
            Some(Judgement::CannotTell { more: Some(more) }) => more.to_string(),
            _ => String::new(),
        },
    ]
}

/// A judgement as a word that a program can read.
///
/// The words are part of the file's format: programs read them, so they do not follow the sentences.
fn name(judgement: Judgement) -> &'static str {
    match judgement {
        Judgement::Better => "better",
        Judgement::Worse => "worse",
        Judgement::NoDifferenceThatMatters => "no_difference_that_matters",
        Judgement::Same => "same",
        Judgement::CannotTell { .. } => "cannot_tell",
    }
}

/// How each option stands against the best of the others.
///
/// Nothing but the headings where the findings hold no best; the caller then writes no file.
pub fn best(f: &ComparedFindings, out: &mut dyn Write) -> io::Result<()> {
    let mut table = crate::report::cell::Table::to(out);
    table.write_record(["option", "mean", "better_by_low", "better_by_high", "may_be_best"])?;
    for (name, stands) in f.best.iter().flat_map(|best| best.names.iter().zip(&best.stands)) {
        table.write_record([
            name.as_str(),
            &number(stands.mean),
            &number(stands.by.low),
            &number(stands.by.high),
            if stands.may_be_best { "1" } else { "0" },
        ])?;
    }
    table.flush()
}
