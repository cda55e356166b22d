//! Titles of the plots of a sensitivity analysis: each states its finding, by a rule that reverses with the figures.

use super::{SensitivityFindings, sentences};
use crate::experiment::sensitivity::tornado::{Bar, Move};
use crate::findings::say;

/// One number at a time.
pub fn tornado(f: &SensitivityFindings<'_>) -> String {
    let what = &f.subjects[0].words;
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

/// The bars of the answer's own figure, the longest first.
pub fn bars<'f>(f: &'f SensitivityFindings<'_>) -> Vec<(&'f Bar, &'f Move)> {
    let mut all: Vec<(&Bar, &Move)> =
        f.found.tornado.iter().filter_map(|bar| Some((bar, bar.moves.first()?.as_ref()?))).collect();
    all.sort_by(|a, b| b.1.change.mean.abs().total_cmp(&a.1.change.mean.abs()));
    all
}

/// What the spread comes from.
pub fn drivers(f: &SensitivityFindings<'_>) -> String {
    let said = sentences::driver(f, 0);
    let said = said.split(": that is the number").next().unwrap_or(&said);
    let said = said.split("; after it").next().unwrap_or(said);
    said.trim_end_matches('.').to_owned()
}
