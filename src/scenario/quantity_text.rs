//! The one reader of quantities: a plain number, or a table with exactly one law of uncertainty.
//!
//! In: a node and the rule of its key. Out: a [`Figure`] with the law as it was stated, or nothing and a fault.
//! Whether the law can hold is for `laws` to say; what it means for the model, too.

use super::number::{Figure, Legal, Stated};
use super::read::{Place, Reader, list, suggest};
use super::tree::{Node, Table, Value};
use crate::fault::Fault;

/// The keys that state a law, `likely` for the three of it together (low, likely, high).
const LAWS: [&str; 8] =
    ["likely", "range80", "triangular", "uniform", "normal", "lognormal", "beta", "fixed"];
/// All keys that the table of a number may have: laws, then where the figure comes from.
// `source`, `note`, `confidence` and `per` say where a figure comes from and for whom it is drawn.
const KEYS: [&str; 14] = [
    "low",
    "likely",
    "high",
    "range80",
    "triangular",
    "uniform",
    "normal",
    "lognormal",
    "beta",
    "fixed",
    "source",
    "note",
    "confidence",
    "per",
];
/// The way out where something is no number.
const HOW: &str = "write a number, `{ low = 1, likely = 2, high = 4 }` or `{ range80 = [1, 4] }`";

/// Reads a figure: plain, or one law.
///
/// None where there is a fault, which is then noted. Numbers in quotes and percentages are not read, but the help
/// says how to write them.
pub(super) fn figure(node: &Node, place: &Place, reader: &mut Reader, legal: Legal) -> Option<Figure> {
    match &node.value {
        Value::Int(_) | Value::Float(_) => {
            // A plain number is a law of one value.
            let law = Stated::Fixed(plain(node, place, reader)?);
            super::laws::check(law, legal, place, reader).then(|| Figure {
                place: place.clone(),
                law,
                legal,
                per_practice: false,
                option: None,
            })
        }
        Value::Table(table) => quantity(table, place, reader, legal),
        other => {
            let mut fault = Fault::new(
                "not-a-number",
                "",
                format!("this has to be {}, but it is {}", legal.words, other.kind()),
            );
            fault = match other {
                // Words such as `nan` read as numbers too.
                Value::Text(text) if text.trim().parse::<f64>().is_ok_and(|x| !x.is_finite()) => {
                    fault.help(format!("`{}` is no figure: write {}", text.trim(), legal.words))
                }
                Value::Text(text) if text.trim().parse::<f64>().is_ok() => {
                    fault.help(format!("take away the quotes: {}", text.trim()))
                }
                Value::Text(text) if percent(text).is_some() => {
                    fault.help(format!("write shares from 0 to 1: {}", percent(text).unwrap_or_default()))
                }
                // Two numbers in brackets: most likely a range without its law.
                Value::List(items) if items.len() == 2 && legal.uncertain => {
                    fault.help("for a range that holds in 8 of 10 cases write `{ range80 = [low, high] }`")
                }
                _ if legal.uncertain => fault.help(HOW),
                _ => fault,
            };
            reader.at_value(place, fault);
            None
        }
    }
}

/// `27 %` as a share of one, with at most eight decimals.
fn percent(text: &str) -> Option<f64> {
    let number: f64 = text.trim().strip_suffix('%')?.trim().parse().ok()?;
    Some((number * 1e6).round() / 1e8)
}

/// A plain number; none, with a fault, where it is of another kind, infinite or nan.
fn plain(node: &Node, place: &Place, reader: &mut Reader) -> Option<f64> {
    let value = match node.value {
        Value::Int(value) => value as f64,
        Value::Float(value) => value,
        _ => {
            let message = format!("a number is needed here, but this is {}", node.value.kind());
            reader.at_value(place, Fault::new("not-a-number", "", message));
            return None;
        }
    };
    if value.is_finite() {
        return Some(value);
    }
    reader.at_value(
        place,
        Fault::new("not-finite", "", "a figure has to be an ordinary number, not infinite or nan"),
    );
    None
}

/// Reads a table with exactly one law.
///
/// Its own `source` and `confidence` go before those of the table it stands in.
fn quantity(table: &Table, place: &Place, reader: &mut Reader, legal: Legal) -> Option<Figure> {
    // To know later whether this table has been found fault with.
    let before = reader.faults.len();
    for (key, child) in table {
        if !KEYS.contains(&key.as_str()) {
            let fault = Fault::new("unknown-key", "", format!("an uncertain number has no key `{key}`"));
            reader.at_key(
                &place.inside(key, child),
                fault.help(suggest(key, KEYS.iter().copied(), "laws it may have")),
            );
        }
    }
    // What the table says of its source holds for this figure alone.
    let mut place = place.clone();
    place.source = text(table, &place, reader, "source").or(place.source);
    place.confidence = reader.confidence(table, &place).or(place.confidence);
    // Read for its kind alone: nothing uses a remark.
    text(table, &place, reader, "note");
    let per_practice = per_practice(table, &place, reader);
    let has = |key: &str| table.contains_key(key);
    // Three keys state one law; any of them is enough to mean it.
    let pert = has("low") || has("likely") || has("high");
    let mut stated: Vec<&str> = LAWS[1..].iter().copied().filter(|law| has(law)).collect();
    if pert {
        stated.insert(0, "likely");
    }
    match stated[..] {
        [] => {
            // An unknown key has been said: it is most likely the law, misspelt.
            if reader.faults.len() == before {
                let fault = Fault::new("no-law", "", "this table states no number").help(HOW);
                reader.at_value(&place, fault);
            }
            return None;
        }
        [_] => {}
        [first, second, ..] => {
            let first = if first == "likely" { "low/likely/high" } else { first };
            let child = place.inside(second, &table[second]);
            let fault =
                Fault::new("two-laws", "", format!("this number states two laws, {first} and {second}"));
            reader.at_key(&child, fault.help("keep the one you trust"));
            return None;
        }
    }
    // Exactly one law is left.
    let law = law(stated[0], table, &place, reader)?;
    if !legal.uncertain && !matches!(law, Stated::Fixed(_)) {
        let fault =
            Fault::new("must-be-fixed", "", "this figure has to be one number; it cannot be uncertain");
        reader
            .at_value(&place, fault.help("to carry a source with it write `{ fixed = 12, source = \"…\" }`"));
        return None;
    }
    super::laws::check(law, legal, &place, reader).then_some(Figure {
        place,
        law,
        legal,
        per_practice,
        option: None,
    })
}

/// True where each practice draws the number for itself.
fn per_practice(table: &Table, place: &Place, reader: &mut Reader) -> bool {
    match text(table, place, reader, "per").as_deref() {
        None => false,
        Some("practice") => true,
        Some(other) => {
            let child = place.inside("per", &table["per"]);
            let fault = Fault::new(
                "unknown-word",
                "",
                format!("a number can be drawn per practice, not per `{other}`"),
            );
            reader.at_value(
                &child,
                fault.help("write per = \"practice\", or leave it out to draw once for all"),
            );
            false
        }
    }
}

/// The text under a key; none where it is not there or no text.
fn text(table: &Table, place: &Place, reader: &mut Reader, key: &str) -> Option<String> {
    reader.field(table, place, key)
}

/// Reads the law of a name that is there.
fn law(name: &str, table: &Table, place: &Place, reader: &mut Reader) -> Option<Stated> {
    if name == "likely" {
        let [low, likely, high] =
            keys(table, place, reader, ["low", "likely", "high"], "low, likely and high")?;
        return Some(Stated::Pert(low, likely, high));
    }
    // The key is there: it was found above.
    let node = &table[name];
    let place = place.inside(name, node);
    Some(match name {
        "fixed" => Stated::Fixed(plain(node, &place, reader)?),
        "range80" => {
            let [low, high] = items(node, &place, reader, "[low, high]: eight in ten lie between them")?;
            Stated::Range80(low, high)
        }
        "uniform" => {
            let [low, high] = items(node, &place, reader, "[low, high]")?;
            Stated::Uniform(low, high)
        }
        "triangular" => {
            let [low, likely, high] = items(node, &place, reader, "[low, likely, high]")?;
            Stated::Triangular(low, likely, high)
        }
        "normal" | "lognormal" => {
            let [mean, sd] = only(node, &place, reader, ["mean", "sd"])?;
            if name == "normal" { Stated::Normal(mean, sd) } else { Stated::Lognormal(mean, sd) }
        }
        _ => {
            // Either form of a beta law; its keys tell which is meant.
            let counts = node.get("successes").is_some() || node.get("failures").is_some();
            if counts {
                // counts on a uniform prior
                let [successes, failures] = only(node, &place, reader, ["successes", "failures"])?;
                Stated::Beta(successes + 1.0, failures + 1.0)
            } else {
                let [mean, concentration] = only(node, &place, reader, ["mean", "concentration"])?;
                // Mean and concentration as the two shapes of a beta law: their sum is the concentration.
                Stated::Beta(mean * concentration, (1.0 - mean) * concentration)
            }
        }
    })
}

/// A list of exactly so many numbers.
///
/// None, with a fault, where there are more or fewer, or one of them is no number. `shape` is how it is written.
fn items<const N: usize>(node: &Node, place: &Place, reader: &mut Reader, shape: &str) -> Option<[f64; N]> {
    let found: Option<Vec<f64>> = match &node.value {
        Value::List(items) if items.len() == N => {
            items.iter().map(|item| plain(item, &place.inside("", item), reader)).collect()
        }
        _ => {
            let fault = Fault::new("wrong-law", "", format!("this law is written as {shape}"));
            reader.at_value(place, fault);
            None
        }
    };
    found?.try_into().ok()
}

/// Numbers under exactly these keys.
///
/// In the order of `names`; a further key is a fault, and so is a missing one.
fn only<const N: usize>(
    node: &Node,
    place: &Place,
    reader: &mut Reader,
    names: [&str; N],
) -> Option<[f64; N]> {
    let shape = format!("a table with {}", list(&names));
    let Some(table) = node.table() else {
        reader.at_value(place, Fault::new("wrong-law", "", format!("this law is written as {shape}")));
        return None;
    };
    for (key, child) in table {
        if !names.contains(&key.as_str()) {
            let fault = Fault::new("unknown-key", "", format!("this law has no key `{key}`"));
            reader.at_key(&place.inside(key, child), fault.help(format!("it is {shape}")));
        }
    }
    keys(table, place, reader, names, &shape)
}

/// The numbers under these keys in their order; none, with a fault for each, where any is missing or no number.
fn keys<const N: usize>(
    table: &Table,
    place: &Place,
    reader: &mut Reader,
    names: [&str; N],
    shape: &str,
) -> Option<[f64; N]> {
    let mut found = Vec::with_capacity(N);
    for name in names {
        match table.get(name) {
            Some(node) => found.extend(plain(node, &place.inside(name, node), reader)),
            None => {
                let fault = Fault::new("wrong-law", "", format!("this law lacks `{name}`"));
                reader.at_value(place, fault.help(format!("it needs {shape}")));
            }
        }
    }
    found.try_into().ok()
}
