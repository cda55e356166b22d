//! CSV as spreadsheets save it: commas, semicolons or tabs between cells; UTF-8 or UTF-16; numbers with a comma in them.
//!
//! In: the bytes of a file. Out: cells that know where they stand, and numbers as a scenario writes them. A spreadsheet set to a
//! country whose decimal sign is a comma puts semicolons between cells and writes thousands as 9.200; one set to English writes 9,200.
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

/// A CSV text as cells.
pub(super) struct Cells {
    /// Rows, which may differ in length; the first holds the headings.
    pub rows: Vec<Vec<Cell>>,
    /// What stands between cells.
    pub between: char,
    /// Byte of a quote that is never closed: it takes all that follows into its cell.
    pub unclosed: Option<usize>,
}

/// Splits a CSV text into rows of cells that know their place (RFC 4180: quotes, doubled quotes).
///
/// Lines end with a line feed, a carriage return or both. An empty last line gives no row. What spreadsheets and people put
/// above the headings is left out: blank lines, a line `sep=;`, lines that begin with `#` and a word.
pub(super) fn rows(text: &str) -> Cells {
    rows_between(text, separator(text))
}

/// The same where it is known what stands between cells.
pub(super) fn rows_between(text: &str, between: char) -> Cells {
    let mut rows = Vec::new();
    let mut row: Vec<Cell> = Vec::new();
    let mut cell = Cell { text: String::new(), start: 0, end: 0 };
    let mut quoted = false;
    let mut opened = 0;
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' if quoted && letters.peek().is_some_and(|(_, next)| *next == '"') => {
                cell.text.push('"');
                letters.next();
            }
            '"' => {
                quoted = !quoted;
                opened = at;
            }
            // Line ends of Windows: the line feed after it ends the row.
            '\r' if !quoted && letters.peek().is_some_and(|(_, next)| *next == '\n') => {}
            letter if !quoted && (letter == between || matches!(letter, '\n' | '\r')) => {
                cell.end = at;
                row.push(std::mem::replace(
                    &mut cell,
                    Cell { text: String::new(), start: at + 1, end: at + 1 },
                ));
                if letter != between {
                    rows.push(std::mem::take(&mut row));
                }
            }
            other => cell.text.push(other),
        }
    }
    cell.end = text.len();
    if !cell.text.is_empty() || !row.is_empty() {
        row.push(cell);
        rows.push(row);
    }
    let above = rows.iter().take_while(|row| is_above(row)).count();
    rows.drain(..above);
    Cells { rows, between, unclosed: quoted.then_some(opened) }
}

/// True for a row that may stand above the headings and is none of them.
fn is_above(row: &[Cell]) -> bool {
    let first = row.first().map_or("", |cell| cell.text.trim_start_matches('\u{feff}').trim());
    row.iter().all(|cell| cell.text.trim().is_empty()) || is_remark(first) || declared(first).is_some()
}

/// True for a line that begins with `#` and a word: a remark, and no heading (`#`) or failed formula (`#REF!`).
fn is_remark(line: &str) -> bool {
    line.strip_prefix('#').is_some_and(|rest| {
        rest.trim_start().starts_with(char::is_alphabetic)
            && !FAILED.iter().any(|failed| line.starts_with(failed))
    })
}

/// What a line `sep=;` says to stand between cells; a separator that is part of the line may be split off already.
fn declared(line: &str) -> Option<char> {
    let rest = ["sep=", "SEP="].iter().find_map(|word| line.trim_start().strip_prefix(word))?;
    let mut letters = rest.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) if ",;\t".contains(letter) => Some(letter),
        (None, _) => Some(','),
        _ => None,
    }
}

/// What a spreadsheet shows where a formula has failed.
pub(super) const FAILED: [&str; 8] =
    ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA"];

/// What stands between the cells of a sheet, by a line `sep=;`, else by its first line that may hold headings: a comma, else a semicolon or a tab where there is one.
///
/// Only outside quotes. A comma wins, so that a text with a semicolon in it does not split a sheet of commas.
fn separator(text: &str) -> char {
    let blank = |letter: char| letter.is_whitespace() || letter == '\u{feff}';
    let lines = || text.split(['\n', '\r']).map(|line| line.trim_start_matches('\u{feff}'));
    // Only above the headings.
    if let Some(letter) = lines().find(|line| !line.chars().all(blank)).and_then(declared) {
        return letter;
    }
    let first = lines().find(|line| !line.chars().all(blank) && !is_remark(line)).unwrap_or_default();
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
    /// A number with marks of thousands or a comma as its decimal sign, without the one and with a point for the other.
    Is(String),
    /// No such number: what it is, a plain number perhaps, is for the caller.
    No,
    /// One that reads in two ways: the smaller and the larger.
    Unclear([String; 2]),
}

/// The way out of [`Number::Unclear`].
pub(super) fn clear(text: &str, [small, large]: &[String; 2]) -> (String, String) {
    // 5.000 is five.
    let plain = small.trim_end_matches('0').trim_end_matches('.');
    let message = format!("`{text}` may be {plain} or {large}");
    (message, format!("write {large} without a mark for thousands, or {small}0 with one more decimal"))
}

/// Reads a number with marks: thousands (9,200) and points as the decimal sign where commas stand between cells; else a comma as
/// the decimal sign (4,5), and either mark for thousands (9.200,5).
///
/// `between` is what stands between the cells of this sheet. Where that is no comma, three digits after a single
/// comma or point may be either: such a number is [`Number::Unclear`], never guessed. A nought alone before it leads no thousands.
pub(super) fn marked(text: &str, between: char) -> Number {
    let bare = text.strip_prefix(['-', '+']).unwrap_or(text);
    // Thousands of one mark, and the decimals behind the other.
    let apart = |thousands: char, decimal: char| {
        let (whole, part) = bare.split_once(decimal).unwrap_or((bare, ""));
        let groups: Vec<&str> = whole.split(thousands).collect();
        let sound = in_thousands(&groups) && (part.is_empty() && !bare.ends_with(decimal) || digits(part));
        (sound && groups.len() > 1).then(|| text.replace(thousands, "").replace(decimal, "."))
    };
    if between == ',' {
        return apart(',', '.').map_or(Number::No, Number::Is);
    }
    for (mark, other) in [(',', '.'), ('.', ',')] {
        let Some(large) = apart(mark, other) else { continue };
        // One group of three alone: it may be decimals.
        let alone = bare.matches(mark).count() == 1 && !bare.contains(other);
        return if alone { Number::Unclear([text.replace(mark, "."), large]) } else { Number::Is(large) };
    }
    match bare.split_once(',') {
        Some((whole, part)) if digits(whole) && digits(part) => Number::Is(text.replace(',', ".")),
        _ => Number::No,
    }
}

/// True for digits and nothing else.
fn digits(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit())
}

/// True for 1 234 567: groups of three after the first, which is no nought.
fn in_thousands(groups: &[&str]) -> bool {
    groups.iter().all(|group| digits(group))
        && (1..=3).contains(&groups[0].len())
        && !(groups[0].starts_with('0') && groups.len() > 1)
        && groups[1..].iter().all(|group| group.len() == 3)
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
            let Cells { rows, between: found, .. } = rows(text);
            assert_eq!((found, rows.len(), rows[1].len()), (between, 2, 2), "{text}");
            assert_eq!((rows[1][0].text.as_str(), rows[1][1].text.as_str()), ("1", "2"), "{text}");
        }
    }

    #[test]
    fn headings_stand_below_what_is_put_above_them() {
        for above in ["sep=,\n", "\n\n", ",,\r\n", "# lists, of 2024\n", "\u{feff}sep=,\r\n\r\n", ""] {
            for end in ["\n", "\r\n", "\r"] {
                let Cells { rows, between, unclosed } = rows(&format!("{above}a,b{end}1,2{end}"));
                assert_eq!((between, rows.len(), unclosed), (',', 2, None), "{above:?} {end:?}");
                assert_eq!(
                    (rows[0][0].text.as_str(), rows[1][1].text.as_str()),
                    ("a", "2"),
                    "{above:?} {end:?}"
                );
            }
        }
        assert_eq!(rows("sep=;\na;b,c\n1;2").rows[0][1].text, "b,c");
        assert_eq!((rows("#,list\n1,2").rows.len(), rows("#REF!,list\n1,2").rows.len()), (2, 2));
    }

    #[test]
    fn a_quote_that_is_never_closed_is_known() {
        assert_eq!(rows("a,b\n1,\"Alpha\n2,Beta\n").unclosed, Some(6));
        assert_eq!(rows("a,b\n1,\"Al \"\"p\"\" ha\"\n").unclosed, None);
    }

    #[test]
    fn numbers_with_marks() {
        let is = |text: &str| Number::Is(text.to_owned());
        let unclear = |small: &str, large: &str| Number::Unclear([small.to_owned(), large.to_owned()]);
        assert_eq!(marked("9,200", ','), is("9200"));
        assert_eq!(marked("1,234,567.5", ','), is("1234567.5"));
        assert_eq!(marked("4,5", ';'), is("4.5"));
        assert_eq!(marked("-0,25", '\t'), is("-0.25"));
        assert_eq!(marked("9,200", ';'), unclear("9.200", "9200"));
        assert_eq!(marked("5.000", ';'), unclear("5.000", "5000"));
        assert_eq!(marked("-5.000", '\t'), unclear("-5.000", "-5000"));
        assert_eq!(marked("0,125", ';'), is("0.125"));
        assert_eq!(marked("1,234,567", ';'), is("1234567"));
        assert_eq!(marked("1.234.567", ';'), is("1234567"));
        assert_eq!(marked("1.234,5", ';'), is("1234.5"));
        assert_eq!(marked("1,234.5", ';'), is("1234.5"));
        // Plain numbers, as they stand.
        for text in ["0.125", "5.00", "5.0000", "1234.567", "12", "2019-04-01"] {
            assert_eq!(marked(text, ';'), Number::No, "{text}");
        }
        for text in ["4,5", "gp,nurse", "12", "", "1,,2", "5.000", "0,125"] {
            assert_eq!(marked(text, ','), Number::No, "{text}");
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
