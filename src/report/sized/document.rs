//! The report of sizing: the answer first, then tables.
//!
//! In: findings. Out: its document; for each way of sharing a curve, and where a post is sized its output and its money.

use crate::experiment::size::knob::Unit;
use crate::findings::say;
use crate::findings::sized::figures::{asked, cells, range};
use crate::findings::sized::rows::Row;
use crate::findings::sized::sentences::pounds;
use crate::findings::sized::shows::passed_by;
use crate::findings::sized::steady::Queues;
use crate::findings::sized::{SizedFindings, WaySized, number};
use crate::report::document::{Document, Piece, answered, head, table};

/// The whole report.
pub fn document(f: &SizedFindings) -> Document {
    let mut first = answered(&f.answer);
    first.extend(head(&f.title, f.period, &format!("seed {}", f.seed)));
    let mut rest = Vec::new();
    for way in &f.ways {
        let title =
            way.sharing.as_ref().map_or(String::new(), |sharing| format!("{}: ", say::capital(sharing)));
        rest.extend([Piece::Gap, Piece::Title(say::capital(&curve_note(f, &title)))]);
        rest.extend(curve(f, way));
        rest.extend(output(f, way));
        rest.extend(money(f, way));
    }
    Document { title: f.title.clone(), first, rest }
}

/// What the curve shows, and how its interval is to be read.
fn curve_note(f: &SizedFindings, title: &str) -> String {
    let what = match (f.goal.chance, f.goal.now) {
        (true, _) => "chance that the target holds".to_owned(),
        (false, None) => "mean share seen in time".to_owned(),
        (false, Some(now)) => {
            format!(
                "mean share seen in time, and of requests unmet, less that as now ({} and {}),",
                say::percent(now.in_time),
                say::percent(now.unmet)
            )
        }
    };
    format!("{title}{what} against size. The interval holds with 95 % whenever one stops; {}.", asked(f))
}

/// Heading of the sizes: in what they are counted.
fn heading(f: &SizedFindings) -> &'static str {
    match f.unit {
        Unit::Wte => "WTE",
        Unit::Slots => "Slots a day",
        Unit::Other => "Size",
    }
}

/// The curve: a row a size.
///
/// Under it a line about sizes that were only passed by.
fn curve(f: &SizedFindings, way: &WaySized) -> Vec<Piece> {
    let against_now = f.goal.now.is_some();
    let load = |row: &Row| {
        let unstable = match (row.unstable(), row.full()) {
            (true, _) if f.queues == Queues::Held => " over",
            (true, _) => " unstable",
            (_, true) => " full",
            _ => "",
        };
        row.load.map_or(String::new(), |load| format!("{}{unstable}", say::percent(load)))
    };
    let line = |row: &Row| {
        // Against things as they are both have to hold, and the width of a page is what it is.
        let [goal, goes_unmet] = match against_now {
            true => cells(row),
            false => [range(f, row), row.unmet.map_or("-".to_owned(), say::whole)],
        };
        let years = say::whole(row.years as f64);
        vec![number(row.size), goal, row.shows.word().to_owned(), years, goes_unmet, load(row)]
    };
    let goal = match (f.goal.chance, against_now) {
        (true, _) => "Holds in",
        (false, false) => "In time",
        (false, true) => "In time, points",
    };
    let goes_unmet = if against_now { "Unmet, points" } else { "Unmet" };
    let headings = [heading(f), goal, "Shows", "Years", goes_unmet, "Work of time"].map(ToOwned::to_owned);
    let mut out = vec![table(&headings, &way.rows.iter().map(line).collect::<Vec<_>>())];
    out.extend(of_same_years(&way.rows, against_now).map(Piece::Text));
    out.extend(passed_by(&way.rows, f.judged()).map(Piece::Text));
    out
}

/// Which years the rows are compared over, where some have more; none where all have as many.
///
/// Differences from now are of all years of a size.
fn of_same_years(rows: &[Row], against_now: bool) -> Option<String> {
    let (least, most) = (rows.iter().map(|row| row.years).min()?, rows.iter().map(|row| row.years).max()?);
    (least < most).then(|| {
        format!(
            "{} over the first {}, which every size has. A size close to what is asked is played longer.",
            if against_now { "Contacts below:" } else { "Unmet, and contacts below:" },
            say::counted(least as f64, "year")
        )
    })
}

/// Gross and marginal output; nothing where no post is sized.
///
/// Gross are the role's own contacts for each unit; gained is what all roles together attend more, which is less
/// where the role takes over from others.
fn output(f: &SizedFindings, way: &WaySized) -> Vec<Piece> {
    let Some(role) = &f.role else { return Vec::new() };
    let count = |x: Option<f64>| x.map_or("-".into(), say::each);
    let line = |row: &Row| {
        vec![
            number(row.size),
            count(row.gross),
            count(row.average.map(|known| known.mean)),
            count(row.marginal.map(|known| known.mean)),
            row.marginal
                .and_then(|known| known.interval)
                .map_or("-".into(), |i| format!("{} to {}", say::each(i.low), say::each(i.high))),
        ]
    };
    let each = f.each();
    let title = format!(
        "Contacts a {each}: with the {} (gross), and what all roles together gain for each {each} added (since the smallest size; by the last step).",
        say::inside(role)
    );
    let headings = [heading(f), "Gross", "Gained on average", "By last step", "95 % interval"];
    let rows: Vec<Vec<String>> = way.rows.iter().map(line).collect();
    vec![Piece::Gap, Piece::Title(title), table(&headings.map(ToOwned::to_owned), &rows)]
}

/// Money of each size; nothing where costs are not known.
///
/// The column of the fund stands only where a fund pays for the role.
fn money(f: &SizedFindings, way: &WaySized) -> Vec<Piece> {
    // Another number than a post has no money of its own.
    if f.role.is_none() || way.rows.iter().all(|row| row.cost.is_none()) {
        return Vec::new();
    }
    let said = |x: Option<f64>| x.map_or("-".into(), pounds);
    let line = |row: &Row| {
        let mut cells = vec![
            number(row.size),
            said(row.cost),
            said(row.reimbursed),
            said(row.to_practices()),
            said(row.dearer.map(|(all, _)| all)),
        ];
        cells.extend(f.fund.as_ref().map(|_| said(row.left)));
        cells
    };
    let mut headings = vec![heading(f), "All costs", "Reimbursed", "To practices", "More than size before"];
    if f.fund.is_some() {
        headings.push("Left of fund");
    }
    // Only a fund can be exceeded.
    let headings: Vec<String> = headings.into_iter().map(ToOwned::to_owned).collect();
    let title = match f.fund {
        Some(_) => "Costs in the period; below nought the fund is exceeded.",
        None => "Costs in the period.",
    };
    let rows: Vec<Vec<String>> = way.rows.iter().map(line).collect();
    vec![Piece::Gap, Piece::Title(title.to_owned()), table(&headings, &rows)]
}
