//! Whether queues keep within bounds at a size: more work than there is time for, or about as much.
//!
//! In: rows with their loads. Out: sentences. A target may hold over the period while the queue grows: that is
//! said where it is so.

use super::rows::{FULL, Row};
use super::{SizedFindings, WaySized};
use crate::findings::say;
use crate::quantity::number_text;

/// Most unstable sizes that are named.
const NAMED: usize = 4;

/// That the size that is enough holds over the period alone, as queues grow there all the same.
///
/// None where no size is enough, its load is not known, or there is time to spare.
pub fn for_the_period(f: &SizedFindings, way: &WaySized) -> Option<String> {
    let row = way.enough()?;
    let days = say::counted(f64::from(f.period.1.0 - f.period.0.0 + 1), "day");
    // Work of the role against its roster, over all years.
    let load = say::percent(row.load?);
    match (row.unstable(), row.full()) {
        (true, _) => Some(format!(
            "It holds over the {days} simulated and no longer: more work is offered there than there is time for ({load}), so queues keep growing."
        )),
        (_, true) => Some(format!(
            "It holds over the {days} simulated, which is not to say for good: about as much work is offered there as there is time for ({load}), so queues grow slowly."
        )),
        _ => None,
    }
}

/// Other sizes at which more work is offered than there is time for, or about as much.
///
/// The largest of the unstable ones are named, as they lie nearest to the answer.
pub fn unstable(f: &SizedFindings, way: &WaySized) -> Option<String> {
    let others = || way.rows.iter().enumerate().filter(|(at, _)| Some(*at) != way.enough).map(|(_, row)| row);
    let mut rows: Vec<&Row> = others().filter(|row| row.unstable()).collect();
    let all = rows.len();
    rows = rows.split_off(all.saturating_sub(NAMED));
    let each = |row: &&Row| format!("{} ({})", f.size(row.size), say::percent(row.load.unwrap_or(f64::NAN)));
    let sizes: Vec<String> = rows.iter().map(each).collect();
    let more = if all > NAMED { " and smaller sizes" } else { "" };
    let unstable = (!sizes.is_empty()).then(|| {
        format!(
            "Unstable: more work is offered than there is time for at {}{more}; queues grow until people give up.",
            say::list(&sizes)
        )
    });
    let full = full(f, &others().filter(|row| row.full()).collect::<Vec<_>>());
    let said: Vec<String> = [unstable, full].into_iter().flatten().collect();
    (!said.is_empty()).then(|| said.join(" "))
}

/// Sizes at which about as much work is offered as there is time for.
fn full(f: &SizedFindings, rows: &[&Row]) -> Option<String> {
    let sizes: Vec<String> = rows.iter().map(|row| f.size(row.size)).collect();
    (!sizes.is_empty()).then(|| {
        format!(
            "About as much work is offered as there is time for at {} (within {} %, or what the years tell): queues there \
             grow too, slowly, where people keep waiting.",
            say::list(&sizes),
            number_text(100.0 * FULL)
        )
    })
}
