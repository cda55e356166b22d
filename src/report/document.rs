//! What a report is made of, whichever way it is written: as text for a terminal (`text`) or as a page (`page`).
//!
//! In: findings, by the document of each question (`ran`, `compared::document` …). Out: a [`Document`]: pieces in their
//! order, without widths or marks. What stands in it is in both forms; pictures and assumptions are the page's own.

use crate::findings::say;
use crate::units::Day;

/// A piece of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// A line left free in the text; nothing on a page, which has its own room.
    Gap,
    /// Title of what was asked of, which a page has at its head.
    Name(String),
    /// Period, years and seed.
    Run(String),
    /// The answer in a sentence.
    Lead(String),
    /// The head of a section.
    Heading(String),
    /// What stands above a table.
    Title(String),
    /// How that table is to be read.
    Note(String),
    /// A paragraph.
    Text(String),
    /// A point of a list.
    Point(String),
    /// A point that is of something by name: an option, a practice.
    Named(String, String),
    /// A command to try next, in one line however long: shells do not agree on how a line goes on.
    Command(String),
    /// A table: every cell is written already, every row has as many as there are headings; the first column is text.
    Table {
        /// Headings, with units.
        headings: Vec<String>,
        /// Rows.
        rows: Vec<Vec<String>>,
    },
    /// What belongs together and is for looking up, under a title of its own: a page folds it away.
    Fold(String, Vec<Piece>),
}

/// A report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Title of what was asked of.
    pub title: String,
    /// The answer, with the table that says most: the first screen.
    pub first: Vec<Piece>,
    /// What is for looking up; on a page it follows the pictures.
    pub rest: Vec<Piece>,
}

/// A table.
pub fn table(headings: &[String], rows: &[Vec<String>]) -> Piece {
    Piece::Table { headings: headings.to_vec(), rows: rows.to_vec() }
}

/// The sentences of an answer, each a paragraph; the first of them answers.
pub fn answered(answer: &[String]) -> Vec<Piece> {
    let piece = |(at, sentence): (usize, &String)| match at {
        0 => Piece::Lead(sentence.clone()),
        _ => Piece::Text(sentence.clone()),
    };
    answer.iter().enumerate().map(piece).flat_map(|piece| [piece, Piece::Gap]).collect()
}

/// Title, period, and how it was run: `1 April 2019 to 29 March 2020, seed 7`.
pub fn head(title: &str, (first, last): (Day, Day), run: &str) -> Vec<Piece> {
    let run = format!("{} to {}, {run}", say::short_date(first), say::short_date(last));
    vec![Piece::Name(title.to_owned()), Piece::Run(run)]
}

/// A list.
pub fn points<T: AsRef<str>>(sentences: &[T]) -> Vec<Piece> {
    sentences.iter().map(|sentence| Piece::Point(sentence.as_ref().to_owned())).collect()
}
