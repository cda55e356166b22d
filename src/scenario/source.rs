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
    /// Cells of a sheet: place, row (1 = first line below the header, 0 = the header) and heading.
    pub cells: Vec<(Span, usize, String)>,
    /// Row and column, from 0, of the cell in which the text of a workbook's sheet begins; none of any other text.
    pub corner: Option<(u32, u32)>,
}

impl Source {
    /// The cell of a sheet at a place: place, row and heading.
    ///
    /// Cells stand in the order of the text.
    pub fn cell(&self, at: Span) -> Option<&(Span, usize, String)> {
        let after = self.cells.partition_point(|(span, ..)| span.start < at.start);
        self.cells.get(after).filter(|(span, ..)| *span == at)
    }

    /// The cell of a workbook that holds a byte of the text, by row and column from 0.
    ///
    /// None where the text is of no workbook. Each row is a line of the text, with commas between its cells.
    pub fn cell_at(&self, byte: usize) -> Option<(u32, u32)> {
        let (top, left) = self.corner?;
        let before = self.text.get(..byte)?;
        let start = before.rfind('\n').map_or(0, |end| end + 1);
        let mut quoted = false;
        let between = |letter: &char| {
            quoted ^= *letter == '"';
            *letter == ',' && !quoted
        };
        let column = before[start..].chars().filter(between).count();
        let row = before[..start].matches('\n').count();
        Some((top + row as u32, left + column as u32))
    }
}

/// A cell as a workbook names it, by row and column from 0: C4.
pub(crate) fn cell_name((row, column): (u32, u32)) -> String {
    format!("{}{}", column_name(column), row + 1)
}

/// A column as a workbook names it: A, B, ... Z, AA.
fn column_name(column: u32) -> String {
    // There is no nought in such names, so each step to the left takes one off.
    let letter = char::from(b'A' + (column % 26) as u8);
    let before = if column < 26 { String::new() } else { column_name(column / 26 - 1) };
    before + &letter.to_string()
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
        self.sources.push(Source { name: name.into(), text, folder, base, cells: Vec::new(), corner: None });
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

    /// The heading of the column in which a cell of a sheet stands, with its place.
    pub fn heading(&self, cell: Span) -> Option<(Span, &str)> {
        let (source, _) = self.locate(cell)?;
        let (.., own) = source.cell(cell).filter(|(_, row, _)| *row > 0)?;
        let mut headings = source.cells.iter().take_while(|(_, row, _)| *row == 0);
        headings.find(|(.., title)| title == own).map(|(span, _, title)| (*span, title.as_str()))
    }

    /// Says in which cell of a workbook the text of its sheet begins.
    pub fn set_corner(&mut self, id: usize, corner: (u32, u32)) {
        self.sources[id].corner = Some(corner);
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

    /// `file:line` of a span, `workbook#sheet!C4` in a workbook.
    ///
    /// Lines count from 1; empty where the span lies in no text.
    pub fn place(&self, span: Span) -> String {
        match self.locate(span) {
            Some((source, range)) => {
                if let Some(cell) = source.cell_at(range.start) {
                    return format!("{}!{}", source.name, cell_name(cell));
                }
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
    fn columns_have_the_names_of_a_workbook() {
        assert_eq!([0, 25, 26, 701, 702].map(column_name), ["A", "Z", "AA", "ZZ", "AAA"]);
    }

    #[test]
    fn a_place_in_a_workbook_is_a_cell() {
        let mut map = SourceMap::default();
        map.add("a.toml", "one\n".into(), None);
        let sheet = map.add("d.xlsx#posts", "post,wte\n\"a, b\",many\n".into(), None);
        map.set_corner(sheet, (2, 1));
        let base = map.source(sheet).base;
        let at = |byte: usize| map.place(Span { start: base + byte, end: base + byte + 1 });
        assert_eq!(
            [0, 5, 9, 16].map(at),
            ["!B3", "!C3", "!B4", "!C4"].map(|cell| format!("d.xlsx#posts{cell}"))
        );
    }

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
