//! The report of the best mix for a terminal: the answer first, then tables of 80 columns.

use crate::experiment::mix::Objective;
use crate::experiment::size::knob::Unit;
use crate::findings::mix::rows::{Row, State};
use crate::findings::mix::sentences::{access, access_heading, holds, shows, value};
use crate::findings::mix::{MixFindings, Varied};
use crate::findings::say;
use crate::findings::sized::sentences::{percent, pounds};
use crate::quantity::number_text;
use crate::report::text::WIDTH;
use crate::report::text::columns::{table, wrap};

/// Rows of a table on the screen; all of them are in the report's file.
const SCREEN: usize = 12;

/// The whole report.
pub fn render(f: &MixFindings) -> String {
    report(f, usize::MAX)
}

/// The report as far as a screen holds it.
pub fn screen(f: &MixFindings) -> String {
    report(f, SCREEN)
}

fn report(f: &MixFindings, most: usize) -> String {
    let mut lines = Vec::new();
    for (at, sentence) in f.answer.iter().enumerate() {
        if at > 0 {
            lines.push(String::new());
        }
        lines.extend(wrap(sentence, WIDTH));
    }
    lines.push(String::new());
    lines.extend(head(f));
    lines.extend(leading(f, most));
    lines.extend(frontier(f, most));
    lines.extend(rounds(f, most));
    let mut text = String::new();
    for line in lines {
        text += line.trim_end();
        text.push('\n');
    }
    text
}

fn head(f: &MixFindings) -> Vec<String> {
    let (first, last) = f.period;
    let mut out = wrap(&f.title, WIDTH);
    let run = format!("{} to {}, seed {}", say::short_date(first), say::short_date(last), f.seed);
    out.extend(wrap(&run, WIDTH));
    out
}

/// The rows of a table, and a line for those left out.
fn laid(title: &str, headings: &[String], rows: &[Vec<String>], most: usize) -> Vec<String> {
    let mut out = vec![String::new()];
    out.extend(wrap(title, WIDTH));
    out.extend(table(headings, &rows[..rows.len().min(most)], WIDTH));
    if rows.len() > most {
        out.push(format!("and {} more in report.txt", rows.len() - most));
    }
    out
}

/// Headings of the values: what is varied, in its unit.
fn values(f: &MixFindings) -> Vec<String> {
    let one = |varied: &Varied| match varied.unit {
        Unit::Wte => format!("{} [WTE]", varied.what),
        Unit::Slots => format!("{} [slots a day]", varied.what),
        Unit::Other => varied.what.clone(),
    };
    f.varied.iter().map(one).collect()
}

fn numbers(row: &Row) -> Vec<String> {
    row.values.iter().map(|value| number_text((value * 1e6).round() / 1e6)).collect()
}

/// The best, those as good, those that are borderline; the nearest misses where none will do; then the next best.
fn leading(f: &MixFindings, most: usize) -> Vec<String> {
    let rank = |row: &&Row| match row.state {
        State::Best => 0,
        State::Alike => 1,
        State::Near => 2,
        State::Borderline => 3,
        _ => 4,
    };
    let mut rows: Vec<&Row> = f.rows.iter().filter(|row| rank(row) < 4).collect();
    rows.sort_by_key(rank);
    let title = if f.best.is_some() {
        "The best mix, those as good, and those of which it is not told"
    } else {
        for at in &f.closest {
            if rank(&&f.rows[*at]) == 4 {
                rows.push(&f.rows[*at]);
            }
        }
        "The mixes that come closest"
    };
    let mut headings = values(f);
    let costed = f.costed();
    if costed {
        headings.push("Cost a year".into());
    }
    if f.best.is_some() {
        headings.push("More than best".into());
    }
    headings.push(access_heading(f).into());
    headings.extend(heading_of_targets(f));
    headings.extend(["Shows".to_owned(), "Years".to_owned()]);
    let line = |row: &&Row| {
        let mut cells = numbers(row);
        if costed {
            cells.push(row.seen.cost.map_or("-".into(), |cost| pounds(cost.mean)));
        }
        if f.best.is_some() {
            cells.push(behind(f, row));
        }
        cells.push(
            row.seen
                .known(f.objective.access())
                .map_or("-".into(), |known| access(f, known.interval).value(known.mean)),
        );
        cells.extend((0..f.targets.len()).map(|target| holds(&row.seen, target)));
        cells.extend([shows(f, row), say::whole(row.seen.years as f64)]);
        cells
    };
    let title = format!("{title}.{}", legend(f));
    laid(&title, &headings, &rows.iter().map(line).collect::<Vec<_>>(), most)
}

fn heading_of_targets(f: &MixFindings) -> Vec<String> {
    match f.targets.len() {
        1 => vec!["Target holds in".into()],
        n => (1..=n).map(|at| format!("Target {at} holds in")).collect(),
    }
}

/// What the columns of targets are.
fn legend(f: &MixFindings) -> String {
    let names: Vec<String> = f
        .targets
        .iter()
        .enumerate()
        .map(|(at, target)| match f.targets.len() {
            1 => format!("Target: \"{}\"", target.title),
            _ => format!("target {}: \"{}\"", at + 1, target.title),
        })
        .collect();
    if names.is_empty() {
        String::new()
    } else {
        format!(" {}; {} is asked.", say::capital(&say::list(&names)), percent(f.chance))
    }
}

/// The objective more than the best's.
fn behind(f: &MixFindings, row: &Row) -> String {
    let Some(known) = row.behind else { return String::new() };
    match f.objective {
        Objective::Cost => pounds(known.mean),
        _ => access(f, known.interval).signed(known.mean),
    }
}

/// The frontier of cost against access.
fn frontier(f: &MixFindings, most: usize) -> Vec<String> {
    if f.frontier.is_empty() {
        let why = "Costs are not known for every post, so there is no frontier of cost against access.";
        return [vec![String::new()], wrap(why, WIDTH)].concat();
    }
    let mut headings = values(f);
    headings.extend(["Cost a year".to_owned(), access_heading(f).to_owned(), "Shows".to_owned()]);
    let line = |at: &usize| {
        let row = &f.rows[*at];
        let mut cells = numbers(row);
        let cost = row.seen.cost.map_or("-".into(), |cost| match cost.interval {
            Some(i) => format!("{} ({} to {})", pounds(cost.mean), pounds(i.low), pounds(i.high)),
            None => pounds(cost.mean),
        });
        let seen = row.seen.known(f.objective.access());
        cells.extend([cost, seen.map_or("-".into(), |known| value(f, known)), shows(f, row)]);
        cells
    };
    let title = format!(
        "The frontier: of {} no other has both lower mean cost and {} (95 % intervals). Pounds are a year of 365.25 days, to the practices, funds taken off.",
        crate::findings::mix::titles::mixes(f.rows.len() - f.effort.excluded),
        if f.objective == Objective::Wait { "a shorter mean wait" } else { "fewer unmet requests" }
    );
    laid(&title, &headings, &f.frontier.iter().map(line).collect::<Vec<_>>(), most)
}

/// How the search went.
fn rounds(f: &MixFindings, most: usize) -> Vec<String> {
    let headings =
        ["Round", "Mixes played", "Years, at most", "Missed", "Worse", "Set aside", "Years played"];
    let line = |(at, round): (usize, &crate::experiment::mix::race::Round)| {
        let back = if round.back { " (called back)" } else { "" };
        let counts = [round.upto, round.failed, round.beaten, round.aside, round.years];
        let mut cells = vec![(at + 1).to_string(), format!("{}{back}", round.played)];
        cells.extend(counts.map(|count| say::whole(count as f64)));
        cells
    };
    let title = "The search: mixes that are shown to miss what is asked, or to be worse than one that keeps to it, drop out; after each of the first rounds the less promising half is set aside, and called back if it could still be better than the best.";
    laid(
        title,
        &headings.map(ToOwned::to_owned),
        &f.rounds.iter().enumerate().map(line).collect::<Vec<_>>(),
        most,
    )
}
