//! Rows of a sheet that hold the totals of the others: read as they stand they are one more practice or post, and everything
//! counts twice.
//!
//! In: a sheet as it was read. Out: a warning at each row that is called a total, and at a last row whose numbers are the sums
//! of the others'.

use super::source::Span;
use super::tree::{Node, Table, Value};
use crate::fault::Fault;

/// First words of the names of such rows.
const CALLED: [&str; 6] = ["total", "totals", "subtotal", "sum", "all", "overall"];

/// How far a total may be from the sum, as a share of it: totals are rounded.
const NEAR: f64 = 0.005;

/// Rows above a last row that add up to it by chance hardly ever.
const ROWS: usize = 3;

/// A sum above this is of lists: a few posts of 1 WTE each may add up to that of another.
const LARGE: f64 = 100.0;

/// Warnings of rows that are totals; `kind` is what each row should be (`post`).
pub(super) fn totals(rows: &Table, kind: &str) -> Vec<(Fault, Span)> {
    if rows.len() < 2 {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (at, (name, row)) in rows.iter().enumerate() {
        let called = is_called_total(name);
        let sum = adds_up(rows, at).map(|key| format!(": its `{key}` is the sum of those of the other rows"));
        if !called && sum.is_none() {
            continue;
        }
        let message = format!(
            "row `{name}` looks like a total and is read as one more {kind}{}",
            sum.unwrap_or_default()
        );
        let help = match called {
            true => format!(
                "take the row out of the sheet; where it is a {kind} of its own, give it another name"
            ),
            false => format!("take the row out of the sheet, unless it is a {kind} of its own"),
        };
        found.push((Fault::warning("total-row", format!("{kind}.{name}"), message).help(help), row.key));
    }
    found
}

/// True for `total`, `Grand total`, `sum:`.
fn is_called_total(name: &str) -> bool {
    let mut words = name.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let first = words
        .next()
        .map(|word| if word == "grand" || word == "sub" { words.next().unwrap_or(word) } else { word });
    // More words name a thing: all_day, sum_street.
    first.is_some_and(|word| CALLED.contains(&word)) && (words.next().is_none() || name.starts_with("total"))
}

/// The number of a row under a key.
fn number(row: &Node, key: &str) -> Option<f64> {
    match row.get(key)?.value {
        Value::Int(number) => Some(number as f64),
        Value::Float(number) => Some(number),
        _ => None,
    }
}

/// The key by which the last row is the sum of the others: every one of its numbers is.
fn adds_up(rows: &Table, at: usize) -> Option<String> {
    if at + 1 < rows.len() || rows.len() <= ROWS {
        return None;
    }
    let row = rows.iter().nth(at)?.1;
    let keys: Vec<&String> = row.table()?.keys().filter(|key| number(row, key).is_some()).collect();
    let sum = |key: &str| rows.iter().take(at).filter_map(|(_, other)| number(other, key)).sum::<f64>();
    let near = |key: &str| {
        let (own, sum) = (number(row, key).unwrap_or_default(), sum(key));
        sum > 0.0 && (own - sum).abs() <= NEAR * sum
    };
    let sure = keys.len() > 1 || keys.iter().any(|key| sum(key) >= LARGE) || at >= 2 * ROWS;
    (sure && keys.iter().all(|key| near(key))).then(|| keys.first().map(|key| (*key).clone()))?
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::sheet;
    use crate::scenario::source::SourceMap;

    /// Names of the rows that are warned of.
    fn warned(text: &str) -> Vec<String> {
        let mut map = SourceMap::default();
        let id = map.add("posts.csv", text.to_owned(), None);
        let mut faults = Vec::new();
        let read = sheet::parse(&mut map, id, &mut faults);
        assert!(faults.is_empty(), "{faults:?}");
        let found = totals(read.table().expect("rows"), "post");
        found.into_iter().map(|(fault, _)| fault.address).collect()
    }

    #[test]
    fn totals_are_told_by_their_name_or_their_numbers() {
        for name in ["Total", "TOTALS", "sum", "all", "Grand total", "total wte"] {
            assert_eq!(warned(&format!("post,wte\na,1\n{name},3\n")).len(), 1, "{name}");
        }
        for name in ["all_day", "summer", "totteridge", "sum street"] {
            assert!(warned(&format!("post,wte\na,1\n{name},3\n")).is_empty(), "{name}");
        }
        assert_eq!(warned("practice,list\na,4000\nb,5010\nc,6000\nnetwork,15000\n"), ["post.network"]);
        assert!(warned("practice,list\na,4000\nb,5010\nc,6000\nd,9000\n").is_empty());
        // One post as large as the three before it.
        assert!(warned("post,wte\na,1\nb,1\nc,1\nd,3\n").is_empty());
        assert!(warned("post,wte\ntotal,3\n").is_empty(), "one row alone");
    }
}
