//! Text in columns: words wrapped to a width, tables aligned.
//!
//! In: texts. Out: lines without a line feed. A column is a character: no wide letters and no colour codes are
//! written.

/// Breaks a text between words into lines of at most `width` columns; a longer word stands alone, cut.
///
/// At least one line, which is empty for an empty text.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in words(text) {
        for piece in pieces(&word, width) {
            let wide = piece.chars().count();
            if used > 0 && used + 1 + wide > width {
                lines.push(String::new());
                used = 0;
            }
            if let Some(line) = lines.last_mut() {
                if used > 0 {
                    line.push(' ');
                    used += 1;
                }
                line.push_str(&piece);
                used += wide;
            }
        }
    }
    lines
}

/// Words; a percentage sign stays with its number, half an interval with its mean, what is the least with its mark, a star with what it
/// marks, a setting with its flag.
///
/// What is kept together counts as one word, so it is broken only where it is longer than a whole line.
fn words(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match out.last_mut() {
            Some(last)
                if word.starts_with(['%', '±'])
                    || word == "*"
                    || last.ends_with(['±', '≥'])
                    || last == "--set"
                    || last == "--stated" =>
            {
                last.push(' ');
                last.push_str(word);
            }
            _ => out.push(word.to_owned()),
        }
    }
    out
}

/// A word in pieces of at most `width` columns, broken after a dot, a stroke or a slash where there is one.
///
/// At least one piece; a word that fits is a piece of its own.
fn pieces(word: &str, width: usize) -> Vec<String> {
    let width = width.max(1);
    let mut left: Vec<char> = word.chars().collect();
    let mut out = Vec::new();
    while left.len() > width {
        let mark = left[..width].iter().rposition(|c| matches!(c, '.' | '_' | '/' | '-'));
        let rest = left.split_off(mark.map_or(width, |i| i + 1));
        out.push(left.into_iter().collect());
        left = rest;
    }
    out.push(left.into_iter().collect());
    out
}

/// A table: the first column to the left, figures to the right, other text to the left; long cells wrapped.
///
/// Every row has as many cells as there are headings. Under the headings stands a line of dashes; two blanks part
/// the columns. A column stands to the right only where all its cells are figures.
///
/// # Panics
///
/// Where a row has fewer cells than there are headings.
pub fn table(headings: &[String], rows: &[Vec<String>], width: usize) -> Vec<String> {
    let widths = widths(headings, rows, width);
    let right: Vec<bool> =
        (0..headings.len()).map(|c| c > 0 && rows.iter().all(|r| is_figure(&r[c]))).collect();
    let mut out = lay(headings, &widths, &right);
    out.push(widths.iter().map(|w| "-".repeat(*w)).collect::<Vec<_>>().join("  "));
    for row in rows {
        out.extend(lay(row, &widths, &right));
    }
    out
}

/// True for a number, a dash, or nothing.
///
/// A range (`1.2 to 3.4`), pounds and hours count by their first letter; so does a cell that merely begins with a
/// digit.
pub fn is_figure(cell: &str) -> bool {
    cell.is_empty()
        || cell.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '≥'))
        || cell.contains('%')
}

/// Widths of the columns: as wide as their widest cell, the widest narrowed until the line fits.
///
/// In the order of the headings; two blanks between columns are left out of the room. A table of too many figures
/// may stay wider than the line: figures are not broken.
fn widths(headings: &[String], rows: &[Vec<String>], width: usize) -> Vec<usize> {
    let cells = |c: usize| std::iter::once(&headings[c]).chain(rows.iter().map(move |r| &r[c]));
    let widest = |c: usize| cells(c).map(|s| s.chars().count()).max().unwrap_or(0);
    let mut widths: Vec<usize> = (0..headings.len()).map(widest).collect();
    let room = width.saturating_sub(2 * headings.len().saturating_sub(1));
    // Figures are never broken: only headings and columns of words may become narrower.
    let least: Vec<usize> = (0..headings.len())
        .map(|c| {
            let kept = rows.iter().filter(|r| c > 0 && is_figure(&r[c])).map(|r| r[c].chars().count());
            // A word of a cell is not broken either; an address is, after its dots.
            let parts = |cell: &str| -> Vec<usize> {
                let wide = |part: &str| part.chars().count();
                words(cell).iter().flat_map(|w| w.split_inclusive(['.', '_', '/', '-']).map(wide)).collect()
            };
            let words = cells(c).flat_map(|cell| parts(cell));
            kept.chain(words).max().unwrap_or(1).max(6)
        })
        .collect();
    // One column at a time from the widest: at the end wide columns are about alike.
    while widths.iter().sum::<usize>() > room {
        let slack = |c: &usize| widths[*c] > least[*c];
        let Some(c) = (0..widths.len()).filter(slack).max_by_key(|c| widths[*c]) else { break };
        widths[c] -= 1;
    }
    widths
}

/// One row over as many lines as its longest cell needs.
///
/// Cells start on the first line; shorter ones leave blanks below.
fn lay(cells: &[String], widths: &[usize], right: &[bool]) -> Vec<String> {
    let wrapped: Vec<Vec<String>> = cells.iter().zip(widths).map(|(c, w)| wrap(c, *w)).collect();
    let lines = wrapped.iter().map(Vec::len).max().unwrap_or(0);
    (0..lines)
        .map(|i| {
            let cell = |c: usize| -> String {
                let text = wrapped[c].get(i).map_or("", String::as_str);
                let pad = " ".repeat(widths[c].saturating_sub(text.chars().count()));
                if right[c] { pad + text } else { text.to_owned() + &pad }
            };
            let line = (0..cells.len()).map(cell).collect::<Vec<_>>().join("  ");
            line.trim_end().to_owned()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_to_their_width() {
        let lines = wrap("a bb ccc dddd eeeee ffffffffffff", 5);
        assert_eq!(lines, ["a bb", "ccc", "dddd", "eeeee", "fffff", "fffff", "ff"]);
        assert_eq!(wrap("need.routine.rate", 14), ["need.routine.", "rate"]);
        assert_eq!(wrap("about +17 ± 4 more", 12), ["about", "+17 ± 4 more"]);
        assert_eq!(wrap("skillmix run --set a=1", 18), ["skillmix run", "--set a=1"]);
    }

    #[test]
    fn figures_stand_to_the_right_and_words_wrap() {
        let headings = ["Place".to_owned(), "Wait [days]".to_owned()];
        let rows = [vec!["A practice with a long name".to_owned(), "3.1 (2.0-4.2)".to_owned()]];
        let lines = table(&headings, &rows, 30);
        assert!(lines.iter().all(|l| l.chars().count() <= 30), "{lines:#?}");
        assert_eq!(lines[0], "Place              Wait [days]");
        assert!(lines[2].ends_with("3.1 (2.0-4.2)"));
    }

    #[test]
    fn no_word_of_a_cell_is_broken_while_another_column_can_give() {
        let headings = ["Need".to_owned(), "".to_owned(), "What changes".to_owned()];
        let note = "helped in most of the years that were played here".to_owned();
        let rows = [vec!["Musculoskeletal problem".to_owned(), "physiotherapist".to_owned(), note]];
        let lines = table(&headings, &rows, 48);
        assert!(lines.iter().all(|l| l.chars().count() <= 48), "{lines:#?}");
        let text = lines.join(" ");
        assert!(text.contains("Musculoskeletal") && text.contains("physiotherapist"), "{lines:#?}");
    }
}
