//! Titles of the plots of a sensitivity analysis: each states its finding, by a rule that reverses with the figures.

use super::{SensitivityFindings, sentences};
use crate::experiment::sensitivity::Subject;
use crate::experiment::sensitivity::tornado::{Bar, Move};
use crate::findings::say;

/// One number at a time.
pub fn tornado(f: &SensitivityFindings<'_>) -> String {
    let what = short(f);
    let clear = |(_, moved): &(&Bar, &Move)| moved.change.interval.is_some_and(|i| !i.holds(0.0));
    let Some((bar, moved)) = bars(f).into_iter().find(clear) else {
        return format!("No single number is shown to move {what} from its P10 to its P90");
    };
    let written = f.written();
    let unit = written.unit(f.figure.shown.measure);
    format!(
        "{} moves {what} most: {} {unit} from its P10 to its P90",
        say::capital(&f.named[bar.input].words),
        written.signed(moved.change.mean)
    )
}

/// The answer's own figure, in short.
fn short(f: &SensitivityFindings<'_>) -> String {
    match f.found.subjects[0] {
        Subject::Difference => "the difference".into(),
        _ => say::inside(&f.figure.words),
    }
}

/// The bars of the answer's own figure, the longest first.
pub fn bars<'f>(f: &'f SensitivityFindings<'_>) -> Vec<(&'f Bar, &'f Move)> {
    let mut all: Vec<(&Bar, &Move)> =
        f.found.tornado.iter().filter_map(|bar| Some((bar, bar.moves.first()?.as_ref()?))).collect();
    all.sort_by(|a, b| b.1.change.mean.abs().total_cmp(&a.1.change.mean.abs()));
    all
}

/// What the spread comes from.
pub fn drivers(f: &SensitivityFindings<'_>) -> String {
    let (subject, drives) = (&f.subjects[0], &f.found.drives[0]);
    match subject.order.first().filter(|at| drives[**at].matters()) {
        None => format!("No uncertain number is shown to move {}", short(f)),
        Some(&at) => format!(
            "{} of the spread in {} comes from {}",
            sentences::fraction(drives[at].shown_share()),
            short(f),
            f.named[at].words
        ),
    }
}
