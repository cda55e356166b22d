//! The report of the best mix: the answer first, then tables.
//!
//! In: findings of a search. Out: its document, or as much of it as a screen holds, which cuts each table at the same number
//! of rows. Mixes are written as their values in the order of the numbers varied.

use crate::experiment::mix::Objective;
use crate::experiment::size::knob::Unit;
use crate::findings::mix::rows::{Row, Seen, State};
use crate::findings::mix::sentences::{self, access, access_heading, holds, judged_now, shows};
use crate::findings::mix::{MixFindings, Varied};
use crate::findings::say;
use crate::findings::sized::figures::percent;
use crate::findings::sized::number;
use crate::findings::sized::rows::Known;
use crate::report::document::{Document, Piece, answered, head, table};
use crate::stats::sequential::Stands;

/// Rows of a table on the screen; all of them are in the report's file.
const SCREEN: usize = 12;
/// Heading of costs.
const COST: &str = "Cost [£ a year]";

/// The whole report.
pub fn document(f: &MixFindings) -> Document {
    upto(f, usize::MAX)
}

/// The report as far as a screen holds it.
pub fn screen(f: &MixFindings) -> Document {
    upto(f, SCREEN)
}

/// `most` is the number of rows that a table may have.
fn upto(f: &MixFindings, most: usize) -> Document {
    let mut first = answered(&f.answer);
    first.extend(head(&f.title, f.period, &format!("seed {}", f.seed)));
    let parts = [leading(f, most), frontier(f, most), beside_best(f, most), rounds(f, most)];
    Document { title: f.title.clone(), first, rest: parts.concat() }
}

/// The rows of a table, and a line for those left out.
fn laid(title: &str, headings: &[String], rows: &[Vec<String>], most: usize) -> Vec<Piece> {
    let shown = &rows[..rows.len().min(most)];
    let mut out = vec![Piece::Gap, Piece::Title(title.to_owned()), table(headings, shown)];
    if rows.len() > most {
        out.push(Piece::Text(format!("and {} more in report.txt", rows.len() - most)));
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

/// The values of a mix, in the order of what is varied.
fn numbers(row: &Row) -> Vec<String> {
    row.values.iter().copied().map(number).collect()
}

/// The best, those as good, those that are borderline; the nearest misses where none will do; then the next best.
///
/// Nearest misses are those of the findings' `closest`; they stand only where no mix is best.
fn leading(f: &MixFindings, most: usize) -> Vec<Piece> {
    let rank = |row: &&Row| match row.state {
        State::Best => 0,
        State::Alike => 1,
        State::Near => 2,
        State::Borderline => 3,
        // Worse mixes and those that miss are in `mix.csv` alone.
        _ => 4,
    };
    let mut rows: Vec<&Row> = f.rows.iter().filter(|row| rank(row) < 4).collect();
    rows.sort_by_key(rank);
    let title = if f.best.is_some() {
        "The best mix, those as good, and those of which it is not told"
    } else {
        // The nearest misses come after those of which it is not told.
        for at in &f.closest {
            if rank(&&f.rows[*at]) == 4 {
                rows.push(&f.rows[*at]);
            }
        }
        "The mixes that come closest"
    };
    if rows.is_empty() {
        return Vec::new();
    }
    let costed = f.costed();
    let mut headings = values(f);
    headings.extend(costed.then(|| COST.to_owned()));
    if f.best.is_some() {
        headings.push(more_than_best(f));
    }
    headings.extend([access_heading(f), "Shows".to_owned(), "Years".to_owned()]);
    let line = |row: &&Row| {
        let mut cells = numbers(row);
        if costed {
            cells.push(row.seen.cost.map_or("-".into(), |cost| say::whole(cost.mean)));
        }
        if f.best.is_some() {
            cells.push(behind(f, row));
        }
        let seen = row.seen.known(f.objective.access());
        cells.push(seen.map_or("-".into(), |known| access(f, known.interval).value(known.mean)));
        cells.extend([shows(f, row), say::whole(row.seen.years as f64)]);
        cells
    };
    let paired = match f.best {
        Some(_) => {
            " \"More than best\" is taken on the same simulated years, so that luck common to both falls out: its interval decides, whether or not the intervals of two mixes overlap."
        }
        None => "",
    };
    let mut out =
        laid(&format!("{title}.{paired}"), &headings, &rows.iter().map(line).collect::<Vec<_>>(), most);
    for target in 0..f.targets.len() {
        out.extend(of_target(f, &rows, target, most));
    }
    out
}

/// How often a target holds at the leading mixes.
///
/// `target` is the place among the findings' targets. Things as they are stand last: they were not judged with
/// the mixes.
fn of_target(f: &MixFindings, rows: &[&Row], target: usize, most: usize) -> Vec<Piece> {
    let share = |seen: &Seen| {
        let share = seen.targets[target].seen;
        // To a tenth of a per cent: more digits than the years can mean would look sure.
        share.map_or("-".into(), |share| percent((share * 1000.0).round() / 1000.0))
    };
    let line = |row: &&Row| {
        let seen = &row.seen.targets[target];
        let judged = match seen.stands {
            Some(Stands::Above) => "kept",
            Some(Stands::Below) => "missed",
            Some(Stands::Near) => "borderline",
            Some(Stands::Open) | None => "not told",
        };
        [numbers(row), vec![holds(&row.seen, target), judged.to_owned(), share(&row.seen)]].concat()
    };
    let mut lines: Vec<Vec<String>> = rows.iter().map(line).collect();
    let judged = judged_now(f, target).to_owned();
    lines.push([as_now(f), vec![holds(&f.as_now, target), judged, share(&f.as_now)]].concat());
    let mut headings = values(f);
    headings.extend(["Holds in", "Shows", "Seen in time on average"].map(ToOwned::to_owned));
    let title = format!(
        "\"{}\": how often it holds, where {} is asked. The interval is the one by which it was judged: it holds for all mixes at every look together. Last, things as they are.",
        f.targets[target].title,
        percent(f.chance)
    );
    laid(&title, &headings, &lines, most)
}

/// The numbers varied as things are.
fn as_now(f: &MixFindings) -> Vec<String> {
    f.varied.iter().map(|varied| varied.as_now.map_or("-".into(), number)).collect()
}

/// The objective more than the best's; nothing of the best itself.
fn behind(f: &MixFindings, row: &Row) -> String {
    row.behind.map_or(String::new(), |known| sentences::behind(f, known))
}

/// The mixes of the frontier, and things as they are, against the best: what two intervals side by side do not tell.
///
/// Needs a best, and a mix of the frontier that was played on the same years; else nothing.
fn beside_best(f: &MixFindings, most: usize) -> Vec<Piece> {
    let others: Vec<&Row> =
        f.frontier.iter().map(|at| &f.rows[*at]).filter(|row| row.behind.is_some()).collect();
    if f.best.is_none() || others.is_empty() {
        return Vec::new();
    }
    let mut headings = values(f);
    headings.extend([more_than_best(f), "Shows".to_owned()]);
    let now = f.as_now_behind().map(|known| sentences::behind(f, known));
    let now = now.map(|cell| [as_now(f), vec![cell, "as now".into()]].concat());
    let line = |row: &&Row| [numbers(row), vec![behind(f, row), shows(f, row)]].concat();
    let rows: Vec<Vec<String>> = now.into_iter().chain(others.iter().map(line)).collect();
    let title = "The frontier against the best mix on the same simulated years, with the interval by which each was judged (of things as they are: 95 %).";
    laid(title, &headings, &rows, most)
}

/// The heading of differences of the objective; pounds are named, other units stand in the heading of access.
fn more_than_best(f: &MixFindings) -> String {
    format!("More than best{}", if f.objective == Objective::Cost { " [£]" } else { "" })
}

/// The frontier of cost against access.
///
/// Empty where nothing was searched; a sentence where costs are not known.
fn frontier(f: &MixFindings, most: usize) -> Vec<Piece> {
    // All excluded by their cost: nothing was played that could lie on a frontier.
    if f.effort.searched == 0 {
        return Vec::new();
    }
    if f.frontier.is_empty() {
        let why = "Costs are not known for every post, so there is no frontier of cost against access.";
        return vec![Piece::Gap, Piece::Text(why.to_owned())];
    }
    let mut headings = values(f);
    headings.extend([COST.to_owned(), access_heading(f), "Shows".to_owned()]);
    let line = |mut cells: Vec<String>, seen: &Seen, shows: String| {
        let cost = seen
            .cost
            .map_or("-".into(), |cost| format!("{}{}", say::whole(cost.mean), half(cost, say::whole)));
        let access = seen.known(f.objective.access()).map_or("-".into(), |known| {
            let written = access(f, known.interval);
            format!("{}{}", written.value(known.mean), half(known, |x| written.number(x)))
        });
        cells.extend([cost, access, shows]);
        cells
    };
    let shown_now = f.now_at().map_or("as now".to_owned(), |at| shows(f, &f.rows[at]));
    let mut rows = vec![line(as_now(f), &f.as_now, shown_now)];
    // Things as they are stand there once, with the years that were played for them apart from the search.
    let others = f.frontier.iter().filter(|at| f.now_at() != Some(**at)).map(|at| &f.rows[*at]);
    rows.extend(others.map(|row| line(numbers(row), &row.seen, shows(f, row))));
    let title = format!(
        "The frontier: of {} no other has both lower mean cost and {}; first, for comparison, things as they are (± half of the 95 % interval; its ends are in mix.csv). Pounds are a year of 365.25 days, to the practices, funds taken off.",
        crate::findings::mix::titles::mixes(f.rows.len() - f.effort.excluded),
        if f.objective == Objective::Wait { "a shorter mean wait" } else { "fewer unmet requests" }
    );
    laid(&title, &headings, &rows, most)
}

/// ` ± 3,400`; nothing without an interval.
fn half(known: Known, write: impl Fn(f64) -> String) -> String {
    known.interval.map_or(String::new(), |i| format!(" ± {}", write(i.half_width())))
}

/// How the search went.
///
/// Empty where the grid was so small that no round was needed.
fn rounds(f: &MixFindings, most: usize) -> Vec<Piece> {
    if f.rounds.is_empty() {
        return Vec::new();
    }
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
