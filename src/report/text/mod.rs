//! A report as text for a terminal: 80 columns, no colour codes.
//!
//! In: a document. Out: lines, each ending with a line feed, without blanks at their ends.

pub(super) mod columns;

use super::document::{Document, Piece};
use columns::{table, wrap};

/// Columns of a line.
pub const WIDTH: usize = 80;

/// The most lines that a terminal is given; of a longer report it gets the first screen.
const MOST_LINES: usize = 200;

/// The whole of a document.
pub fn whole(document: &Document) -> String {
    text(&document.first) + &text(&document.rest)
}

/// A document for a terminal: the whole where it is short, else what is shown in its place, which gets to know how many lines
/// the whole has.
///
/// The cut is by lines of the whole report, not by the size of a window.
pub fn screen(document: &Document, first: impl FnOnce(usize) -> Vec<Piece>) -> String {
    let whole = whole(document);
    match whole.lines().count() {
        short if short <= MOST_LINES => whole,
        lines => text(&first(lines)),
    }
}

/// Pieces as text.
pub fn text(pieces: &[Piece]) -> String {
    pieces.iter().flat_map(lines).map(|line| format!("{}\n", line.trim_end())).collect()
}

/// The lines of a piece.
fn lines(piece: &Piece) -> Vec<String> {
    match piece {
        Piece::Gap => vec![String::new()],
        Piece::Name(text) | Piece::Run(text) | Piece::Lead(text) | Piece::Title(text) | Piece::Text(text) => {
            wrap(text, WIDTH)
        }
        Piece::Heading(text) => wrap(&text.to_uppercase(), WIDTH),
        Piece::Note(text) => hanging(text, "  "),
        Piece::Point(text) => hanging(text, "- "),
        Piece::Named(name, text) => hanging(&format!("{name}: {text}"), "- "),
        Piece::Command(text) => vec![text.clone()],
        Piece::Table { headings, rows } => table(headings, rows, WIDTH),
        Piece::Fold(title, pieces) => {
            let mut out = vec![String::new(), String::new()];
            out.extend(wrap(title, WIDTH));
            out.push("-".repeat(title.chars().count().min(WIDTH)));
            out.extend(pieces.iter().flat_map(lines));
            out
        }
    }
}

/// A paragraph whose first line begins with a mark of two letters, the others with as many blanks.
fn hanging(text: &str, mark: &str) -> Vec<String> {
    let lines = wrap(text, WIDTH - 2).into_iter().enumerate();
    lines.map(|(i, line)| format!("{}{line}", if i == 0 { mark } else { "  " })).collect()
}
