//! The source map: every file, sheet and `--set` text in one byte space.
//!
//! A [`Span`] is a range of that space; it survives merging, so that any value of the merged scenario
//! still knows the file and line it came from.
//!
//! The map outlives loading: a [`super::Scenario`] keeps it in its warnings, so that any figure can be told with
//! its line.

use std::ops::Range;
use std::path::PathBuf;

/// A range of bytes in the source map.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// One text of the map.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    /// Name shown to people.
    pub name: String,
    /// The text.
    pub text: String,
    /// Folder from which the text's relative paths run; none where it has no place on disk.
    pub folder: Option<PathBuf>,
    /// First byte in the map.
    pub base: usize,
    /// Cells of a sheet: place, row (1 = first line below the header) and heading.
    pub cells: Vec<(Span, usize, String)>,
}

/// All texts of a scenario.
///
/// Texts lie one after another with one byte between them, so that the end of one is not the start of the next.
#[derive(Clone, Debug, Default)]
pub(crate) struct SourceMap {
    sources: Vec<Source>,
}

impl SourceMap {
    /// Adds a text and returns its number.
    ///
    /// Numbers count from 0 and stay; a text is never taken out.
    pub fn add(&mut self, name: impl Into<String>, text: String, folder: Option<PathBuf>) -> usize {
        let base = self.sources.last().map_or(0, |last| last.base + last.text.len() + 1);
        self.sources.push(Source { name: name.into(), text, folder, base, cells: Vec::new() });
        self.sources.len() - 1
    }

    /// True where nothing could be read.
    pub fn is_empty(&self) -> bool {
        self.sources.is_empty()
    }

    /// A text by its number; the scenario itself is the first.
    ///
    /// # Panics
    ///
    /// Where there is no text of that number: numbers come from [`SourceMap::add`].
    pub fn source(&self, id: usize) -> &Source {
        &self.sources[id]
    }

    /// Remembers the cells of a sheet.
    pub fn set_cells(&mut self, id: usize, cells: Vec<(Span, usize, String)>) {
        self.sources[id].cells = cells;
    }

    /// The text a span lies in, with the span's range inside that text.
    ///
    /// None in an empty map. A span past the end of its text is cut to it.
    pub fn locate(&self, span: Span) -> Option<(&Source, Range<usize>)> {
        let after = self.sources.partition_point(|source| source.base <= span.start);
        let source = self.sources.get(after.checked_sub(1)?)?;
        let start = (span.start - source.base).min(source.text.len());
        let end = (span.end.saturating_sub(source.base)).clamp(start, source.text.len());
        Some((source, start..end))
    }

    /// The words at a span, as written.
    ///
    /// Empty where it lies in no text.
    pub fn written(&self, span: Span) -> &str {
        self.locate(span).and_then(|(source, range)| source.text.get(range)).unwrap_or("")
    }

    /// `file:line` of a span.
    ///
    /// Lines count from 1; empty where the span lies in no text.
    pub fn place(&self, span: Span) -> String {
        match self.locate(span) {
            Some((source, range)) => {
                let line =
                    source.text.as_bytes()[..range.start].iter().filter(|byte| **byte == b'\n').count();
                format!("{}:{}", source.name, line + 1)
            }
            None => String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_finds_its_text_and_line() {
        let mut map = SourceMap::default();
        map.add("a.toml", "one\n".into(), None);
        let second = map.add("b.toml", "x = 1\ny = 2\n".into(), None);
        let base = map.source(second).base;
        let span = Span { start: base + 10, end: base + 11 };
        assert_eq!(map.place(span), "b.toml:2");
        assert_eq!(map.written(span), "2");
    }
}
