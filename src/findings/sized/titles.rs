//! Title of the plot of sizes: it states the finding, by a rule that turns with the figures.

use super::{SizedFindings, WaySized};
use crate::findings::say;

/// The curve of chance against size.
pub fn curve(f: &SizedFindings) -> String {
    match &f.ways[..] {
        [way] => one(f, way),
        ways => {
            let each = |way: &WaySized| {
                let name = way.sharing.clone().unwrap_or_default();
                match way.enough() {
                    Some(row) => format!("{name} {}", f.size(row.size)),
                    None => format!("{name} no size tried"),
                }
            };
            let all: Vec<String> = ways.iter().map(each).collect();
            format!("{} is enough at: {}", f.what, say::list(&all))
        }
    }
}

fn one(f: &SizedFindings, way: &WaySized) -> String {
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
