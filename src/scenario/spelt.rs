//! Values as an office writes them, which no scenario file can hold: 01/04/2026, 90 %, £90,000, 0,85, 90k.
//!
//! In: a text that cannot be read as TOML, and where the reader stopped. Out: what is wrong with the value of that line, and how
//! it is written here.

use super::source::Span;
use crate::fault::Fault;

/// The code of these faults.
pub(super) const SPELT: &str = "value-spelling";

/// The code where such a value stands in a list or a table, the rest of which is then not read.
pub(super) const SPELT_WITHIN: &str = "value-spelling-within";

/// What is wrong with the value of the line in which the reader stopped; its first byte and its length.
pub(super) fn spelt(text: &str, at: usize) -> Option<(usize, usize, Fault)> {
    let from = text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
    let line = text[from..].lines().next()?;
    // A line of a list has no key.
    let Some((key, rest)) = line.split_once('=') else { return within(text, at) };
    let value = rest.split('#').next()?.trim();
    let start = from + key.len() + 1 + (rest.len() - rest.trim_start().len());
    if let Some((what, help)) = said(value) {
        return Some((start, value.len(), Fault::new(SPELT, "", what).help(help)));
    }
    within(text, at)
}

/// The same of a value within a list or a table: the word in which the reader stopped.
fn within(text: &str, at: usize) -> Option<(usize, usize, Fault)> {
    let inside = |letter: char| letter.is_ascii_digit() || "./%£kK-".contains(letter);
    let start = text.get(..at)?.trim_end_matches(inside).len();
    let end = at + text.get(at..)?.find(|letter| !inside(letter)).unwrap_or(text.len() - at);
    let word = &text[start..end];
    let (what, help) = said(word)?;
    Some((start, word.len(), Fault::new(SPELT_WITHIN, "", what).help(help)))
}

/// Leaves out what else is said of a value that is spelt wrongly: it was read as text.
pub(super) fn once(faults: &mut Vec<(Fault, Span)>) {
    let spelt = |(fault, _): &&(Fault, Span)| fault.code == SPELT;
    let known: Vec<Span> = faults.iter().filter(spelt).map(|(_, span)| *span).collect();
    faults.retain(|(fault, span)| fault.code == SPELT || known.iter().all(|known| known.start != span.start));
}

/// What is wrong with a value, and how it is written; none of a value that is spelt in no way known.
fn said(value: &str) -> Option<(String, String)> {
    if value.contains('/') {
        return Some((format!("{value} is no date as it is written here"), date(value)?));
    }
    let plain = value.strip_prefix('£').unwrap_or(value);
    let help = if let Some(points) = plain.strip_suffix('%') {
        format!("a share is a number from 0 to 1: {}", times(&number(points.trim_end())?, 0.01)?)
    } else if let Some(thousands) = plain.strip_suffix(['k', 'K']) {
        format!("write it out: {}", times(&number(thousands.trim_end())?, 1000.0)?)
    } else if value.contains(['£', ',']) {
        let help = match thousands(plain) || !plain.contains(',') {
            true => "a number has no sign for pounds or thousands",
            false => "the decimal sign is a point",
        };
        format!("{help}: {}", number(plain)?)
    } else {
        return None;
    };
    Some((format!("{value} is no number as it is written here"), help))
}

/// A date as it is written here, from day/month/year or year/month/day; month/day/year where only that is a date.
pub(super) fn date(value: &str) -> Option<String> {
    let parts: Vec<i16> = value.split('/').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let &[a, b, c] = &parts[..] else { return None };
    let of = |year: i16, month: i16, day: i16| {
        let year = if year < 100 { 2000 + year } else { year };
        jiff::civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    };
    let date = if a > 31 { of(a, b, c) } else { of(c, b, a).or_else(|| of(c, a, b)) }?;
    Some(format!("a date is year-month-day: {date}"))
}

/// True for a number with commas between thousands alone: 90,000 and 1,250,000.50, but not 0,850.
fn thousands(text: &str) -> bool {
    let mut groups = text.split('.').next().unwrap_or(text).split(',');
    let first = groups.next().unwrap_or("");
    let rest: Vec<&str> = groups.collect();
    !rest.is_empty()
        && rest.iter().all(|group| group.len() == 3)
        && (1..=3).contains(&first.trim_start_matches('-').len())
        && !first.trim_start_matches('-').starts_with('0')
}

/// A number as it is written here; none where it cannot be told what is meant.
fn number(text: &str) -> Option<String> {
    let plain = match text.matches(',').count() {
        0 => text.to_owned(),
        _ if thousands(text) => text.replace(',', ""),
        1 if !text.contains('.') => text.replace(',', "."),
        _ => return None,
    };
    let signs = |c: char| c.is_ascii_digit() || c == '.' || c == '-';
    (plain.chars().all(signs) && plain.parse::<f64>().is_ok()).then_some(plain)
}

/// So many times a number, without what doubles add at its end.
fn times(number: &str, by: f64) -> Option<f64> {
    format!("{:.9}", number.parse::<f64>().ok()? * by).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn office_values_are_told_how_they_are_written() {
        let help = |value: &str| said(value).map(|(_, help)| help);
        for (value, written) in [
            ("01/04/2026", "2026-04-01"),
            ("1/4/26", "2026-04-01"),
            ("90%", ": 0.9"),
            ("12.5 %", ": 0.125"),
            ("£90,000", ": 90000"),
            ("1,250,000", ": 1250000"),
            ("90k", ": 90000"),
            ("0,85", ": 0.85"),
            ("0,125", ": 0.125"),
            ("2,125", ": 2125"),
            ("12,5%", ": 0.125"),
            ("0.7%", ": 0.007"),
            ("1,5k", ": 1500"),
            ("£1,250.50", ": 1250.50"),
            ("£12", ": 12"),
            ("2026/04/01", "2026-04-01"),
            ("12/31/2026", "2026-12-31"),
        ] {
            assert!(help(value).is_some_and(|help| help.ends_with(written)), "{value}: {:?}", help(value));
        }
        for value in [
            "",
            "soon",
            "12",
            "12 a day",
            "{ range80 = [1, 2] }",
            "[1, 2]",
            "1/2",
            "1,2,3",
            "k",
            "1.250,00",
            "31/13/2026",
        ] {
            assert_eq!(help(value), None, "{value}");
        }
        for (text, word) in [
            ("closed = [2019-04-19, 01/04/2019]\n", "01/04/2019"),
            ("closed = [\n  01/04/2019,\n]\n", "01/04/2019"),
            ("redirect = { to = \"gp\", accepted = 10% }\n", "10%"),
        ] {
            for at in text.find(word).into_iter().flat_map(|at| at..=at + word.len()) {
                let found = spelt(text, at).map(|(start, length, _)| &text[start..start + length]);
                assert_eq!(found, Some(word), "{text} at {at}");
            }
        }
        let (start, length, _) = spelt("a = 1\nshare = 0,85 # of all\n", 16).expect("a comma");
        assert_eq!((start, length), (14, 4));
    }
}
