//! What each option does place by place: the change of the headline at each practice, or network.
//!
//! In: findings of a comparison. Out: pieces of its report; nothing where there is one place alone. Each practice asks what
//! becomes of its own patients, which the figure of all together does not say.

use crate::findings::compared::line::Line;
use crate::findings::compared::{ComparedFindings, OptionFinding};
use crate::report::document::{Piece, table};

/// Places beside each other in one table.
const ACROSS: usize = 5;

/// The change of the headline at each place, an option a row; the level as now stands in the first row. Of more places than `most`
/// those that options change most.
pub fn by_place(f: &ComparedFindings, most: usize) -> Vec<Piece> {
    let Some(headline) = f.headline() else { return Vec::new() };
    let known = |at: &usize| f.options.iter().any(|option| option.lines[*at].is_some());
    let mut places: Vec<usize> =
        (0..f.figures.len()).filter(|at| f.figures[*at].at.is_some()).filter(known).collect();
    if places.len() < 2 || f.options.is_empty() {
        return Vec::new();
    }
    let left_out = places.len().saturating_sub(most);
    if left_out > 0 {
        let change = |at: &usize| {
            let lines = f.options.iter().filter_map(|option| option.lines[*at].as_ref());
            lines.map(|line| line.paired.mean.abs()).fold(0.0, f64::max)
        };
        places.sort_by(|a, b| change(b).total_cmp(&change(a)));
        places.truncate(most);
        places.sort_unstable();
    }
    let measure = headline.shown.measure;
    let lines = places.iter().flat_map(|at| f.options.iter().filter_map(|option| option.lines[*at].as_ref()));
    let written = headline.column(lines);
    let level = |at: &usize| {
        let line = f.options.iter().find_map(|option| option.lines[*at].as_ref());
        line.map_or("-".to_owned(), |line| written.number(line.as_now))
    };
    let told = |line: &Line| line.paired.interval.is_some_and(|interval| !interval.holds(0.0));
    let cell = |option: &OptionFinding, at: usize| match &option.lines[at] {
        Some(line) if told(line) => written.signed(line.paired.mean),
        _ => "-".to_owned(),
    };
    let note = format!(
        "Change of {} at each place [{}], year by year on the same luck; in the first row, as now{}. A dash: none that can be told, each by itself.",
        headline.said,
        written.unit(measure),
        if measure.unit == "share" { " [%]" } else { "" },
    );
    let mut out = vec![Piece::Gap, Piece::Heading("Place by place".into()), Piece::Text(note)];
    let title = |at: &usize| f.figures[*at].at.clone().unwrap_or_default();
    for some in places.chunks(ACROSS) {
        let headings: Vec<String> = [String::new()].into_iter().chain(some.iter().map(title)).collect();
        let now = [f.as_now.clone()].into_iter().chain(some.iter().map(level)).collect::<Vec<String>>();
        let row = |option: &OptionFinding| {
            let cells = some.iter().map(|at| cell(option, *at));
            [option.title.clone()].into_iter().chain(cells).collect::<Vec<String>>()
        };
        let rows: Vec<Vec<String>> = [now].into_iter().chain(f.best_first().into_iter().map(row)).collect();
        out.push(table(&headings, &rows));
    }
    if left_out > 0 {
        let more = format!("… and {left_out} places more, which options change less, in report.txt");
        out.push(Piece::Text(more));
    }
    out
}
