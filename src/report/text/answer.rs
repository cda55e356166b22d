//! What the reports of all questions share: the answer first, sentence by sentence, then what was run.
//!
//! In: sentences and facts of a run. Out: lines of at most [`WIDTH`] columns.

use super::WIDTH;
use super::columns::wrap;
use crate::findings::say;
use crate::units::Day;

/// The sentences of an answer with a line between them and one after them.
pub fn answered(answer: &[String]) -> Vec<String> {
    let mut lines = Vec::new();
    for sentence in answer {
        lines.extend(wrap(sentence, WIDTH));
        lines.push(String::new());
    }
    lines
}

/// Title, period, and how it was run: `1 April 2019 to 29 March 2020, seed 7`.
pub fn head(title: &str, (first, last): (Day, Day), run: &str) -> Vec<String> {
    let mut out = wrap(title, WIDTH);
    let run = format!("{} to {}, {run}", say::short_date(first), say::short_date(last));
    out.extend(wrap(&run, WIDTH));
    out
}

/// Lines as a text.
///
/// Blanks at the ends of lines are taken off; each line ends with a line feed.
pub fn joined(lines: Vec<String>) -> String {
    let mut text = String::new();
    for line in lines {
        text += line.trim_end();
        text.push('\n');
    }
    text
}
