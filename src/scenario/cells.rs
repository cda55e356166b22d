//! CSV as spreadsheets save it: commas, semicolons or tabs between cells; UTF-8 or UTF-16; numbers with a comma in them.
//!
//! In: the bytes of a file. Out: cells that know where they stand, and numbers as a scenario writes them. A spreadsheet set to a
//! country whose decimal point is a comma puts semicolons between cells; one set to English writes thousands as 9,200.
//!
//! Sheets of practices and posts (`sheet`) and the months of pilots (`pilots::observed`) are read through here.

use std::io::{Error, ErrorKind, Result};

/// A cell: its text without quotes, and where it stands in the file's text.
///
/// `start` and `end` are bytes of the text, quotes included.
pub(super) struct Cell {
    pub text: String,
    pub start: usize,
    pub end: usize,
}

/// Splits a CSV text into rows of cells that know their place (RFC 4180: quotes, doubled quotes); says what stands between
/// cells.
///
/// Rows may differ in length. An empty last line gives no row. A quote that is never closed takes all that
/// follows into its cell.
pub(super) fn rows(text: &str) -> (Vec<Vec<Cell>>, char) {
    let between = separator(text);
    let mut rows = Vec::new();
    let mut row: Vec<Cell> = Vec::new();
    let mut cell = Cell { text: String::new(), start: 0, end: 0 };
    let mut quoted = false;
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' if quoted && letters.peek().is_some_and(|(_, next)| *next == '"') => {
                cell.text.push('"');
                letters.next();
            }
            '"' => quoted = !quoted,
            letter if !quoted && (letter == between || letter == '\n') => {
                cell.end = at;
                row.push(std::mem::replace(
                    &mut cell,
                    Cell { text: String::new(), start: at + 1, end: at + 1 },
                ));
                if letter == '\n' {
                    rows.push(std::mem::take(&mut row));
                }
            }
            // Line ends of Windows: the line feed after it ends the row.
            '\r' if !quoted => {}
            other => cell.text.push(other),
        }
    }
    cell.end = text.len();
    if !cell.text.is_empty() || !row.is_empty() {
        row.push(cell);
        rows.push(row);
    }
    (rows, between)
}

/// What stands between the cells of a sheet, by its first line: a comma, else a semicolon or a tab where there is one.
///
/// Only outside quotes. A comma wins, so that a text with a semicolon in it does not split a sheet of commas.
fn separator(text: &str) -> char {
    let first = text.lines().next().unwrap_or_default();
    let has = |letter: char| {
        let mut quoted = false;
        first.chars().any(|c| {
            // Within quotes while the number of quotes so far is odd.
            quoted ^= c == '"';
            !quoted && c == letter
        })
    };
    if has(',') { ',' } else { [';', '\t'].into_iter().find(|letter| has(*letter)).unwrap_or(',') }
}

/// A text as a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Number {
    /// A number with a comma, without it.
    Is(String),
    /// No number with a comma.
    No,
    /// One that reads in two ways: the smaller and the larger.
    Unclear([String; 2]),
}

/// Reads a number with a comma: thousands (9,200) where commas stand between cells, else the decimal sign (4,5).
///
/// `between` is what stands between the cells of this sheet. Where that is no comma, three digits after a single
/// comma may be either: such a number is [`Number::Unclear`], never guessed.
pub(super) fn with_comma(text: &str, between: char) -> Number {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    // The sign takes no part in telling.
    let bare = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, point) = bare.split_once('.').unwrap_or((bare, ""));
    let groups: Vec<&str> = whole.split(',').collect();
    if groups.len() < 2 || !groups.iter().all(|group| digits(group)) || !(point.is_empty() || digits(point)) {
        return Number::No;
    }
    // 1,234,567: groups of three after the first.
    let thousands = groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3);
    let decimal = groups.len() == 2 && point.is_empty();
    match (between == ',', thousands, decimal) {
        (true, true, _) | (false, true, false) => Number::Is(text.replace(',', "")),
        (false, true, true) => Number::Unclear([text.replace(',', "."), text.replace(',', "")]),
        (false, false, true) => Number::Is(text.replace(',', ".")),
        _ => Number::No,
    }
}

/// The text of a sheet: UTF-8, or UTF-16 with its mark.
///
/// # Errors
/// Other encodings, with what to do.
pub(super) fn decoded(bytes: Vec<u8>) -> Result<String> {
    // The two bytes of the mark are left out; a byte too many at the end is dropped.
    let units = |of: fn([u8; 2]) -> u16| bytes[2..].chunks_exact(2).map(move |pair| of([pair[0], pair[1]]));
    let text = match bytes.get(..2) {
        Some([0xFF, 0xFE]) => {
            char::decode_utf16(units(u16::from_le_bytes)).collect::<std::result::Result<_, _>>().ok()
        }
        Some([0xFE, 0xFF]) => {
            char::decode_utf16(units(u16::from_be_bytes)).collect::<std::result::Result<_, _>>().ok()
        }
        _ => String::from_utf8(bytes).ok(),
    };
    text.ok_or_else(|| {
        Error::new(
            ErrorKind::InvalidData,
            "its letters are in no encoding that is read here; save it as \"CSV UTF-8\"",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_between_commas_semicolons_and_tabs() {
        for (text, between) in
            [("a,b;c\n1,2\n", ','), ("a;b\n1;2\n", ';'), ("a\tb\n1\t2", '\t'), ("\"a;b\",c\n1,2", ',')]
        {
            let (rows, found) = rows(text);
            assert_eq!((found, rows.len(), rows[1].len()), (between, 2, 2), "{text}");
            assert_eq!((rows[1][0].text.as_str(), rows[1][1].text.as_str()), ("1", "2"), "{text}");
        }
    }

    #[test]
    fn numbers_with_a_comma() {
        let is = |text: &str| Number::Is(text.to_owned());
        assert_eq!(with_comma("9,200", ','), is("9200"));
        assert_eq!(with_comma("1,234,567.5", ','), is("1234567.5"));
        assert_eq!(with_comma("4,5", ';'), is("4.5"));
        assert_eq!(with_comma("-0,25", '\t'), is("-0.25"));
        assert_eq!(with_comma("9,200", ';'), Number::Unclear(["9.200".into(), "9200".into()]));
        assert_eq!(with_comma("1,234,567", ';'), is("1234567"));
        for text in ["4,5", "gp,nurse", "12", "", "1,,2"] {
            assert_eq!(with_comma(text, ','), Number::No, "{text}");
        }
    }

    #[test]
    fn texts_of_two_encodings() {
        let wide = |text: &str| -> Vec<u8> {
            [0xFFFE_u16.swap_bytes()]
                .into_iter()
                .chain(text.encode_utf16())
                .flat_map(u16::to_le_bytes)
                .collect()
        };
        assert_eq!(decoded(wide("name\twte")).ok().as_deref(), Some("name\twte"));
        assert_eq!(decoded(b"name,wte".to_vec()).ok().as_deref(), Some("name,wte"));
        assert!(decoded(vec![b'a', 0xE9, b'b']).is_err());
    }
}
