//! Values as an office writes them, which no scenario file can hold: 01/04/2026, 90 %, £90,000, 0,85, 90k.
//!
//! In: a text that cannot be read as TOML, and where the reader stopped. Out: what is wrong with the value of that line, and how
//! it is written here.

use super::source::Span;
use crate::fault::Fault;

/// The code of these faults.
pub(super) const SPELT: &str = "value-spelling";

/// What is wrong with the value of the line in which the reader stopped; its first byte and its length.
pub(super) fn spelt(text: &str, at: usize) -> Option<(usize, usize, Fault)> {
    let from = text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
    let line = text[from..].lines().next()?;
    let (key, rest) = line.split_once('=')?;
    let value = rest.split('#').next()?.trim();
    let start = from + key.len() + 1 + (rest.len() - rest.trim_start().len());
    let (what, help) = said(value)?;
    Some((start, value.len(), Fault::new(SPELT, "", what).help(help)))
}

/// Leaves out what else is said of a value that is spelt wrongly: it was read as text.
pub(super) fn once(faults: &mut Vec<(Fault, Span)>) {
    let spelt = |(fault, _): &&(Fault, Span)| fault.code == SPELT;
    let known: Vec<Span> = faults.iter().filter(spelt).map(|(_, span)| *span).collect();
    faults.retain(|(fault, span)| fault.code == SPELT || known.iter().all(|known| known.start != span.start));
}

/// What is wrong with a value, and how it is written; none of a value that is spelt in no way known.
fn said(value: &str) -> Option<(String, String)> {
    let digits = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    let parts: Vec<&str> = value.split('/').collect();
    if let [day, month, year] = parts[..]
        && [day, month, year].into_iter().all(digits)
    {
        let century = if year.len() == 2 { "20" } else { "" };
        let help = format!("a date is year-month-day: {century}{year}-{month:0>2}-{day:0>2}");
        return Some((format!("{value} is no date as it is written here"), help));
    }
    let plain = value.strip_prefix('£').unwrap_or(value);
    let number = |text: &str| text.trim_end().replace(',', "").parse::<f64>().ok().filter(|n| n.is_finite());
    let begins = plain.starts_with(|c: char| c.is_ascii_digit() || c == '-');
    if let Some(points) = plain.strip_suffix('%').and_then(number).filter(|_| begins) {
        let help = format!("a share is a number from 0 to 1: {}", points / 100.0);
        return Some((format!("{value} is no number as it is written here"), help));
    }
    if let Some(thousands) = plain.strip_suffix(['k', 'K']).and_then(number).filter(|_| begins) {
        let help = format!("write it out: {}", 1000.0 * thousands);
        return Some((format!("{value} is no number as it is written here"), help));
    }
    let whole = number(plain).filter(|_| begins && value.contains(['£', ',']))?;
    let help = match plain.split(',').collect::<Vec<_>>()[..] {
        // Groups of three are thousands; else the comma is the decimal sign.
        [_, ref groups @ ..] if groups.iter().all(|group| group.len() >= 3) => {
            format!("a number has no sign for pounds or thousands: {whole}")
        }
        [before, after] => format!("the decimal sign is a point: {before}.{after}"),
        _ => return None,
    };
    Some((format!("{value} is no number as it is written here"), help))
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
            ("£12", ": 12"),
        ] {
            assert!(help(value).is_some_and(|help| help.ends_with(written)), "{value}: {:?}", help(value));
        }
        for value in ["", "soon", "12", "12 a day", "{ range80 = [1, 2] }", "[1, 2]", "1/2", "1,2,3", "k"] {
            assert_eq!(help(value), None, "{value}");
        }
        let (start, length, _) = spelt("a = 1\nshare = 0,85 # of all\n", 16).expect("a comma");
        assert_eq!((start, length), (14, 4));
    }
}
