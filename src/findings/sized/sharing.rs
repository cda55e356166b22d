//! The answer of each further way of sharing, and what the first saves against it.

use super::figures::{asked, gives};
use super::rows::Row;
use super::sentences::pounds;
use super::{SizedFindings, WaySized};
use crate::findings::say;

/// The answer of each other way, and what the first saves against it.
///
/// Each other way against the first, where any size is enough in either.
pub(super) fn sharing(f: &SizedFindings) -> Vec<String> {
    let Some((best, others)) = f.ways.split_first() else { return Vec::new() };
    let name = |way: &WaySized| way.sharing.clone().unwrap_or_default();
    let answer = |other: &WaySized, its: &Row| {
        format!(
            "{}: {} is the smallest size shown to be enough, {}{}",
            say::capital(&name(other)),
            f.size(its.size),
            gives(f, its),
            if f.goal.now.is_some() { format!(", where {}", asked(f)) } else { String::new() }
        )
    };
    let each = |other: &WaySized| match (best.enough(), other.enough()) {
        (Some(own), Some(its)) => {
            // Below nought: the first way needs more.
            let less = its.size - own.size;
            let practices = its.to_practices().zip(own.to_practices()).map(|(its, own)| its - own);
            let all = its.cost.zip(own.cost).map(|(its, own)| its - own);
            let money = practices.zip(all).map_or(String::new(), |(practices, all)| {
                format!(" and {} ({} to practices)", pounds(all), pounds(practices))
            });
            let verb = if less >= 0.0 { "saves" } else { "costs" };
            format!(
                "{}; {} {verb} {} against it{}.{}",
                answer(other, its),
                name(best),
                f.size(less.abs()),
                if less == 0.0 { String::new() } else { money },
                open(f, [best, other].map(|way| (name(way), way)))
            )
        }
        (None, Some(its)) => format!("{}; {} no size tried is.", answer(other, its), name(best)),
        (Some(_), None) => format!("{}: no size tried is enough.", say::capital(&name(other))),
        _ => format!(
            "{} and {} cannot be compared: no size is enough.",
            say::capital(&name(best)),
            name(other)
        ),
    };
    // That no size is enough in any way is said first of all.
    let some = f.ways.iter().any(|way| way.enough().is_some());
    others.iter().filter(|_| some).map(each).collect()
}

/// That sizes below an answer are borderline, so that what one way saves against another may be less or more.
fn open(f: &SizedFindings, ways: [(String, &WaySized); 2]) -> String {
    let below = |(name, way): &(String, &WaySized)| {
        let least = way.borderline().first()?;
        Some(format!("{name} at {}", f.size(least.size)))
    };
    let open: Vec<String> = ways.iter().filter_map(below).collect();
    match open.as_slice() {
        [] => String::new(),
        [one] => format!(" That is not sure: {one} is borderline and may be enough."),
        all => format!(" That is not sure: {} are borderline and may be enough.", say::list(all)),
    }
}
