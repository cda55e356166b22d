//! Faults with their lines: what a planner reads when something is wrong.
//!
//! In: faults with spans and the texts they lie in. Out: text for a terminal, or the faults one by one for the
//! manifest.

use super::format::words::is_hidden;
use super::source::{SourceMap, Span, cell_name};
use crate::fault::{Fault, Severity};
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

/// Everything that is wrong with a scenario, with the texts it was read from.
///
/// Faults come before warnings, each in the order of the texts. An empty report is what a sound scenario has.
#[derive(Clone, Debug)]
pub struct Report {
    pub(crate) map: SourceMap,
    pub(crate) faults: Vec<(Fault, Span)>,
}

impl Report {
    /// Faults, then warnings, in the order of the texts, each once.
    ///
    /// The same message at the same place counts once: options share the base, and each of them finds its faults.
    pub(crate) fn new(map: SourceMap, mut faults: Vec<(Fault, Span)>) -> Self {
        for (fault, span) in &mut faults {
            // A key that no row can have is wrong once, at its heading.
            if fault.code == "unknown-key" {
                let of =
                    |title: &str| title.split('.').any(|key| fault.address.ends_with(&format!(".{key}")));
                *span =
                    map.heading(*span).filter(|(_, title)| of(title)).map_or(*span, |(heading, _)| heading);
            }
            for text in
                [Some(&mut fault.message), fault.help.as_mut(), fault.label.as_mut()].into_iter().flatten()
            {
                *text = shown(text);
            }
            // In a sheet nobody writes quotes around a text.
            if map.locate(*span).is_some_and(|(source, _)| source.cell(*span).is_some()) {
                fault.message = fault.message.replace("text in quotes", "text");
                fault.help = fault.help.take().map(|help| help.replace(" without quotes", ""));
            }
        }
        // By severity first; the order of texts is that of the source map.
        faults.sort_by_key(|(fault, span)| (fault.severity, *span));
        let mut seen: Vec<(Fault, Span)> = Vec::with_capacity(faults.len());
        for (fault, span) in faults {
            let twice = seen
                .iter()
                .rev()
                .take_while(|(_, other)| *other == span)
                .any(|(other, _)| other.message == fault.message);
            if !twice {
                seen.push((fault, span));
            }
        }
        Self { map, faults: seen }
    }

    /// The faults and warnings, with their addresses.
    pub fn faults(&self) -> impl Iterator<Item = &Fault> {
        self.faults.iter().map(|(fault, _)| fault)
    }

    /// Adds what was found after the file was read, each at its place; it comes after what the file itself tells.
    pub(super) fn add(&mut self, found: impl Iterator<Item = (Fault, Span)>) {
        self.faults.extend(found);
    }

    /// Drops faults that something sharper says.
    pub(crate) fn drop_where(&mut self, said: impl Fn(&Fault) -> bool) {
        self.faults.retain(|(fault, _)| !said(fault));
    }

    /// True where something is wrong, and all of it stands in what the command line states (`--set`, `--only`).
    pub fn is_typed(&self) -> bool {
        let mut wrong = self.faults.iter().filter(|(fault, _)| fault.severity == Severity::Fault).peekable();
        let typed = |span: Span| {
            self.map
                .locate(span)
                .is_some_and(|(source, _)| ["--set", "--only"].contains(&source.name.as_str()))
        };
        wrong.peek().is_some() && wrong.all(|(_, span)| typed(*span))
    }

    /// True where nothing is noted.
    pub fn is_empty(&self) -> bool {
        self.faults.is_empty()
    }

    /// The faults as text: each with file, line, a caret under the value, and the way out.
    ///
    /// Empty where there is none; colour codes only where `color` says so. Warnings are shown in the same way.
    pub fn render(&self, color: bool) -> String {
        if self.is_empty() {
            return String::new();
        }
        let renderer = if color { Renderer::styled() } else { Renderer::plain() };
        let groups: Vec<String> =
            self.faults.iter().map(|(fault, span)| renderer.render(&[self.group(fault, *span)])).collect();
        let mut text = groups.join("\n\n");
        text.push('\n');
        text
    }

    /// One fault as the library shows it.
    fn group<'a>(&'a self, fault: &'a Fault, span: Span) -> Group<'a> {
        let level = match fault.severity {
            Severity::Fault => Level::ERROR.with_name("fault"),
            Severity::Warning => Level::WARNING,
        };
        let mut group = Group::with_title(level.primary_title(fault.message.as_str()));
        // Without a place only the file is named; a syntax fault may lie at the very first byte.
        let stated = span != Span::default() || fault.code == "syntax";
        if let Some((source, range)) = self.map.locate(span).filter(|_| stated) {
            let range = visible(&source.text, range);
            // Of a workbook only the row of the cell: the rows have other numbers than the lines of its text.
            let (lines, cell) = match source.cell_at(range.start) {
                Some(cell) => (line_of(&source.text, range.start), Some(cell)),
                None => (0..source.text.len(), None),
            };
            let caret = AnnotationKind::Primary
                .span(range.start - lines.start..range.end - lines.start)
                .label(fault.label.as_deref());
            let snippet = Snippet::source(&source.text[lines]).annotation(caret);
            group = match cell {
                Some(cell) => group
                    .element(Origin::path(format!("{}!{}", source.name, cell_name(cell))))
                    .element(snippet.line_start(cell.0 as usize + 1)),
                None => group.element(snippet.path(source.name.as_str())),
            };
            let of_row = source.cell(span).filter(|(_, row, _)| *row > 0);
            if let Some((_, row, heading)) = of_row {
                let column = match heading.is_empty() {
                    true => "in a column without a heading".to_owned(),
                    false => format!("column `{heading}`"),
                };
                let cell = match source.corner {
                    // The cell has been named.
                    Some(_) => column,
                    None => format!("row {row} below the headings, {column}"),
                };
                group = group.element(Level::NOTE.message(cell));
            }
        }
        if !stated && !self.map.is_empty() {
            group = group.element(Origin::path(self.map.source(0).name.as_str()));
        }
        if let Some(help) = &fault.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        group
    }
}

/// A text without letters that would steer the screen.
fn shown(text: &str) -> String {
    text.chars().map(|letter| if is_hidden(letter) { '\u{fffd}' } else { letter }).collect()
}

/// The line in which a byte of a text stands.
fn line_of(text: &str, at: usize) -> std::ops::Range<usize> {
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    start..text[at..].find('\n').map_or(text.len(), |end| at + end)
}

/// A range that a caret can stand under: inside one line, on letter boundaries, not empty where it can be helped.
///
/// A caret over several lines would show them all, so it ends with the first.
fn visible(text: &str, range: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let mut start = range.start.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    // Never past the end of the text.
    let mut end = range.end.clamp(start, text.len());
    if let Some(line) = text[start..].find('\n') {
        end = end.min(start + line.max(1)).max(start);
    }
    while !text.is_char_boundary(end) {
        end += 1;
    }
    start..end
}
