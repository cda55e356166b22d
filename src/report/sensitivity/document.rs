//! The report of a sensitivity analysis: the answer first, then the card and tables.
//!
//! In: findings. Out: its document. All figures are also in the tables, in full.

use crate::experiment::sensitivity::sobol::Group;
use crate::findings::compared::written::Written;
use crate::findings::say;
use crate::findings::sensitivity::{SensitivityFindings, inside_one, titles};
use crate::report::document::{Document, Piece, answered, head, table};
use crate::stats::interval::Interval;

/// Most numbers of a table that are not shown to matter.
const ROWS: usize = 12;

/// The whole report.
///
/// Where all numbers are certain there is nothing that drives: only the answer and the card are left.
pub fn document(f: &SensitivityFindings<'_>) -> Document {
    let mut first = answered(&f.answer);
    let years = say::years_run(f.found.run.replications, "", f.found.run.needed);
    first.extend(head(&f.title, f.period, &format!("{years}, seed {}", f.found.run.seed)));
    first.extend(card(f));
    let mut rest = Vec::new();
    if !f.fixed() {
        for at in 0..f.subjects.len() {
            rest.extend(drivers(f, at));
        }
        rest.extend(tornado(f));
        rest.extend(sobol(f));
    }
    Document { title: f.title.clone(), first, rest }
}

/// The card of break-even values.
///
/// Nothing where there is no decision to turn.
fn card(f: &SensitivityFindings<'_>) -> Vec<Piece> {
    if f.card.is_empty() {
        return Vec::new();
    }
    let note = format!(
        "One number at a time from its P1 to its P99, the others as drawn, {} on the same luck.",
        say::counted(f.found.each as f64, "year")
    );
    let title = Piece::Title("Where the decision turns, weakest evidence first".into());
    let points = f.card.iter().map(|line| Piece::Point(line.said.clone()));
    [Piece::Gap, title, Piece::Note(note)].into_iter().chain(points).collect()
}

/// How the numbers go with one figure.
///
/// `at` is the place of the figure among the subjects. The answer's own figure shows at least five numbers, even
/// where none is shown to matter; the others only those that matter, five at most.
fn drivers(f: &SensitivityFindings<'_>, at: usize) -> Vec<Piece> {
    let (subject, drives) = (&f.subjects[at], &f.found.drives[at]);
    let matter = drives.iter().filter(|drive| drive.matters()).count();
    // The answer's own figure always shows some, as the picture does; the others only what matters.
    let shown = match at {
        0 => titles::shown(f, ROWS),
        _ => subject.order.iter().copied().take(matter.min(5)).collect(),
    };
    if shown.is_empty() {
        return Vec::new();
    }
    let row = |i: &usize| {
        let drive = &drives[*i];
        let rank = drive.rank.map_or("-".into(), |rank| say::signed(rank.r, 2));
        let share = drive.share.map_or("-".into(), |_| say::percent(drive.shown_share()));
        let range = drive.share.map_or("-".into(), |share| percents(share.interval));
        let matters = if drive.matters() { "yes" } else { "not shown" };
        let named = &f.named[*i];
        vec![named.words.clone(), share, range, rank, matters.into(), named.evidence.clone()]
    };
    let rows: Vec<Vec<String>> = shown.iter().map(row).collect();
    let headings = ["Number", "Share", "95 %", "Rank", "Matters", "Evidence"].map(ToOwned::to_owned);
    let split = subject.not_knowing.map_or(String::new(), |(share, interval)| {
        let range = interval.map_or(String::new(), |i| format!(" ({})", percents(i)));
        format!(" Not knowing in all: {}{range}.", say::percent(share))
    });
    let note = format!("Share of the spread that comes from each number.{split}");
    let title = format!("What drives {}", subject.words);
    vec![Piece::Gap, Piece::Title(title), Piece::Note(note), table(&headings, &rows)]
}

/// `12 to 30`, in per cent, cut at 0 and 100: an estimated share may reach past either.
fn percents(interval: Interval) -> String {
    let Interval { low, high } = inside_one(interval);
    format!("{} to {}", say::whole(100.0 * low), say::whole(100.0 * high))
}

/// One number at a time.
///
/// Of the first subject alone. Digits follow the narrowest interval above nought.
fn tornado(f: &SensitivityFindings<'_>) -> Vec<Piece> {
    let bars = titles::bars(f);
    if bars.is_empty() {
        return Vec::new();
    }
    let half = |i: Option<Interval>| i.map_or(0.0, |i| i.half_width());
    // Digits follow the surest bar.
    let least =
        bars.iter().map(|(_, m)| half(m.change.interval)).filter(|h| *h > 0.0).fold(f64::INFINITY, f64::min);
    let measure = f.figure.shown.measure;
    let written = Written::new(measure, if least.is_finite() { least } else { 0.0 });
    let rows: Vec<Vec<String>> = bars
        .iter()
        .map(|(bar, moved)| {
            let named = &f.named[bar.input];
            let range = moved
                .change
                .interval
                .map_or("-".into(), |i| format!("{} to {}", written.end(i.low), written.end(i.high)));
            let from = format!("{} to {}", named.value(bar.values.0), named.value(bar.values.1));
            vec![named.words.clone(), from, written.signed(moved.change.mean), range]
        })
        .collect();
    let headings = ["Number", "P10 to P90", "Change", "95 % interval"].map(ToOwned::to_owned);
    let title = format!("One number at a time: {} [{}]", f.subjects[0].words, written.unit(measure));
    vec![Piece::Gap, Piece::Title(title), table(&headings, &rows)]
}

/// Sobol' indices of the answer's own figure.
///
/// Of the first subject. Nothing where no design was played; a sentence where the figure does not vary.
fn sobol(f: &SensitivityFindings<'_>) -> Vec<Piece> {
    let Some(sobol) = &f.found.sobol else { return Vec::new() };
    let Some(Some(indices)) = sobol.indices.first() else {
        let still = format!("Sobol' indices: {} does not vary.", f.subjects[0].words);
        return vec![Piece::Gap, Piece::Text(still)];
    };
    // Estimates of a share may reach past either end; what is shown does not, and a note says where that is much.
    let said = |x: f64| say::decimals(x.clamp(0.0, 1.0), 2);
    let range = |i: Interval| format!("{} to {}", said(i.low), said(i.high));
    let row = |(group, index): (&Group, &crate::stats::indices::Index)| {
        let name = match group {
            Group::Input(at) => f.named[*at].words.clone(),
            Group::Others => "All else that is not known".into(),
            Group::Chance => "Chance".into(),
        };
        vec![
            name,
            said(index.first),
            range(index.first_interval),
            said(index.total),
            range(index.total_interval),
        ]
    };
    let rows: Vec<Vec<String>> = sobol.groups.iter().zip(indices).map(row).collect();
    let outside = |i: Interval| i.low > 1.0 || i.high < 0.0;
    let few = indices.iter().any(|index| outside(index.first_interval) || outside(index.total_interval));
    let headings = ["Number", "First", "95 %", "Total", "95 %"].map(ToOwned::to_owned);
    let title = format!("Sobol' indices of {}, {} base points", f.subjects[0].words, sobol.points);
    let mut out = vec![Piece::Gap, Piece::Title(title)];
    if few {
        let note = "An index lies between 0 and 1. The points are too few for one of these: its whole interval came out beyond, and is shown at the end. Ask for more base points.";
        out.push(Piece::Note(note.to_owned()));
    }
    out.push(table(&headings, &rows));
    out
}
