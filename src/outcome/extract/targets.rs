//! Targets in one replication: who was due and seen in time, whether a target held, how unequal practices are.
//!
//! In: the tally, which counts those due and those seen in time by practice, target and week. Out: figures of a target
//! at a place. Whoever gave up, was lost or still waits was due and not seen in time.

use super::super::columns::Group;
use super::super::measure::MEASURES;
use super::super::work::Work;
use super::{Cells, ratio};
use crate::book::tally::Tally;
use crate::model::Model;
use crate::model::target::TargetFor;

/// Measures by place and target.
pub(super) fn targets(work: Work<'_>, target: usize, group: &Group, cells: &Cells, out: &mut [f32]) {
    let Work { model, tally, lane, .. } = work;
    let (due, in_time) = due_and_in_time(tally, lane, target, &cells.practices, None);
    for (value, &m) in out.iter_mut().zip(&group.measures) {
        *value = match MEASURES[m].name {
            "seen_within_target" => ratio(in_time, due),
            "target_met" => met(model, tally, lane, target, &cells.practices),
            _ => f64::NAN,
        } as f32;
    }
}

/// Due and attended in time, over practices, in one week or all.
///
/// Counts of the counted weeks whose target day lies inside the period; the tally has left the others out.
fn due_and_in_time(
    tally: &Tally,
    lane: usize,
    target: usize,
    practices: &[usize],
    week: Option<usize>,
) -> (f64, f64) {
    let weeks = week.map_or(0..tally.sizes.weeks, |w| w..w + 1);
    let (mut due, mut in_time) = (0u64, 0u64);
    for &p in practices {
        for w in weeks.clone() {
            let place = (target * tally.sizes.practices + p) * tally.sizes.weeks + w;
            due += u64::from(tally.due[place][lane]);
            in_time += u64::from(tally.in_time[place][lane]);
        }
    }
    (due as f64, in_time as f64)
}

/// 1 where the target holds for everyone it names among these practices, 0 where not; no value where
/// nobody was due.
///
/// Every practice, network or all of them, over the year or every week, as the target states.
fn met(model: &Model, tally: &Tally, lane: usize, target: usize, practices: &[usize]) -> f64 {
    let stated = &model.targets[target];
    let mut units: Vec<Vec<usize>> = match stated.for_each {
        TargetFor::EachPractice => practices.iter().map(|&p| vec![p]).collect(),
        TargetFor::All => vec![practices.to_vec()],
        TargetFor::EachNetwork => {
            let of = |n| practices.iter().copied().filter(|&p| model.practices[p].network == n).collect();
            (0..model.networks.len()).map(of).collect()
        }
    };
    units.retain(|unit| !unit.is_empty());
    let mut any = false;
    let mut all = true;
    // One unit that misses is enough; a unit of which nobody was due has no say.
    for unit in &units {
        let periods: Vec<Option<usize>> =
            if stated.each_week { (0..tally.sizes.weeks).map(Some).collect() } else { vec![None] };
        for period in periods {
            let (due, in_time) = due_and_in_time(tally, lane, target, unit, period);
            if due > 0.0 {
                any = true;
                all &= held(in_time, stated.share, due);
            }
        }
    }
    if any { f64::from(u8::from(all)) } else { f64::NAN }
}

/// True where at least a share of those due were seen in time. 55 of 100 are 0.55, whatever a product of binary
/// fractions makes of it: counts are whole, so a share of them is missed by at least one in the largest count.
fn held(in_time: f64, share: f64, due: f64) -> bool {
    in_time >= share * due * (1.0 - 1e-12)
}

/// Difference in seen-within-target, of the target by which equity is measured, between the best- and worst-served tenth of
/// patients (practices in order of their share, by registered list).
///
/// NaN with one practice or none, and where no practice had anybody due. Tenths are of patients, so a practice may fall
/// in both.
pub(super) fn equity_gap(work: Work<'_>, practices: &[usize]) -> f64 {
    let Work { model, tally, lane, slots } = work;
    if model.targets.is_empty() || practices.len() < 2 {
        return f64::NAN;
    }
    let mut served: Vec<(f64, f64)> = practices
        .iter()
        .filter_map(|&p| {
            let (due, in_time) = due_and_in_time(tally, lane, model.equity_target, &[p], None);
            (due > 0.0).then(|| (in_time / due, model.practices[p].registered_list.at(slots, p)))
        })
        .collect();
    served.sort_by(|a, b| a.0.total_cmp(&b.0));
    let tenth = served.iter().map(|s| s.1).sum::<f64>() / 10.0;
    let tail = |order: &mut dyn Iterator<Item = &(f64, f64)>| -> f64 {
        let (mut left, mut sum) = (tenth, 0.0);
        for (share, list) in order {
            let take = list.min(left);
            sum += share * take;
            left -= take;
        }
        ratio(sum, tenth - left)
    };
    tail(&mut served.iter().rev()) - tail(&mut served.iter())
}
