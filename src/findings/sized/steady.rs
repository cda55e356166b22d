//! Whether queues keep within bounds at a size: more work than there is time for, or about as much.
//!
//! In: rows with their loads. Out: sentences. A target may hold over the period while the queue grows: that is
//! said where it is so.

use super::rows::{FULL, Row};
use super::{SizedFindings, WaySized};
use crate::findings::say;
use crate::model::Model;
use crate::model::need::{Leaves, Need};
use crate::quantity::number_text;

/// Queues out of which everyone leaves within this share of the period are in balance for most of it.
const SETTLED: f64 = 0.25;

/// What becomes of a queue for which there is not enough time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Queues {
    /// Those who cannot be seen leave soon: it does not grow.
    Held,
    /// It grows until as many leave as there is no time for.
    Leave,
    /// It grows for as long as that is so.
    Grow,
}

impl Queues {
    /// Of the needs that a role sees, or of all where no post is sized.
    pub fn of(model: &Model, role: Option<usize>) -> Self {
        let sees = |need: &&Need| role.is_none_or(|role| need.seen_by.iter().any(|seen| seen.role == role));
        match model.needs.iter().filter(sees).map(Need::leaves).max() {
            Some(Leaves::Within(days)) if f64::from(days) <= SETTLED * model.horizon.days as f64 => {
                Self::Held
            }
            Some(Leaves::Within(_) | Leaves::InTheEnd) => Self::Leave,
            _ => Self::Grow,
        }
    }
}

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
    let more = "more work is offered there than there is time for";
    match (row.unstable(), row.full(), f.queues) {
        (true, _, Queues::Held) => Some(format!(
            "{} ({load}): those who cannot be seen leave, so queues do not grow.",
            say::capital(more)
        )),
        (true, _, Queues::Leave) => Some(format!(
            "It holds over the {days} simulated, which is not to say for good: {more} ({load}), so queues grow until people leave unseen."
        )),
        (true, _, Queues::Grow) => Some(format!(
            "It holds over the {days} simulated and no longer: {more} ({load}), so queues keep growing."
        )),
        (_, true, Queues::Leave | Queues::Grow) => Some(format!(
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
        let at = format!("more work is offered than there is time for at {}{more}", say::list(&sizes));
        match f.queues {
            Queues::Held => format!("{}: those who cannot be seen leave.", say::capital(&at)),
            Queues::Leave => format!("Unstable: {at}; queues grow until people leave unseen."),
            Queues::Grow => format!("Unstable: {at}; queues keep growing."),
        }
    });
    let slowly = others().filter(|row| row.full() && f.queues != Queues::Held);
    let full = full(f, &slowly.collect::<Vec<_>>());
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
