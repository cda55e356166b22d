//! Title of the plot of sizes: it states the finding, by a rule that turns with the figures.
//!
//! In: findings. Out: one line, without a full stop.

use super::{SizedFindings, WaySized, falls};
use crate::findings::say;

/// The curve of chance against size.
///
/// Of several ways of sharing the sizes that are enough, and the ways in which none is.
pub fn curve(f: &SizedFindings) -> String {
    match &f.ways[..] {
        [way] => {
            let fails = f.at_full.is_some_and(|full| full.fails(f.goal.level, f.queues));
            format!("{}{}", one(f, way), if fails { ", but only while levers settle in" } else { "" })
        }
        ways => {
            let name = |way: &WaySized| way.sharing.clone().unwrap_or_default();
            let enough = |way: &WaySized| Some(format!("{} {}", f.size(way.enough()?.size), name(way)));
            let sizes: Vec<String> = ways.iter().filter_map(enough).collect();
            let none: Vec<String> = ways.iter().filter(|way| way.enough().is_none()).map(name).collect();
            match (&sizes[..], &none[..]) {
                ([], none) => format!("{}: no size tried is enough, {}", f.what, say::list_or(none)),
                (sizes, []) => format!("{}: enough are {}", f.what, say::list(sizes)),
                (sizes, none) => {
                    format!(
                        "{}: enough are {}; no size tried {}",
                        f.what,
                        say::list(sizes),
                        say::list_or(none)
                    )
                }
            }
        }
    }
}

/// One way: what is enough and what is not, or what is borderline between them.
fn one(f: &SizedFindings, way: &WaySized) -> String {
    if let Some(title) = falls::title(f, way) {
        return title;
    }
    // Between too few and enough: named where there are any.
    let borderline = way.borderline();
    match (way.enough(), way.too_few.map(|few| &way.rows[few])) {
        (Some(enough), Some(few)) if borderline.is_empty() => {
            format!("{}: {} is enough, {} is not", f.what, f.size(enough.size), f.size(few.size))
        }
        (Some(enough), _) if !borderline.is_empty() => {
            let sizes: Vec<String> = borderline.iter().map(|row| f.size(row.size)).collect();
            format!("{}: {} is enough, {} borderline", f.what, f.size(enough.size), say::list(&sizes))
        }
        (Some(enough), _) => {
            format!("{}: {}, the smallest size tried, is enough", f.what, f.size(enough.size))
        }
        (None, _) if borderline.is_empty() => format!("{}: no size tried is enough", f.what),
        (None, _) => format!("{}: no size tried is shown to be enough", f.what),
    }
}
