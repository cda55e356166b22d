//! Which mixes are worth a look: the frontier of cost and access, and those that miss least what is asked.
//!
//! In: mixes that were played. Out: positions of the ones to show. A mix without years stands nowhere.

use super::{Figure, Mix, Plan};
use crate::model::Model;

/// Costs that lie no further apart than this are the same [£ a year].
const ALIKE: f64 = 1.0;
/// Nor those that lie no further apart than this share of them: figures of a year are kept to seven digits.
const DIGITS: f64 = 2e-7;

/// Mixes that no other beats in both mean cost and mean access, the cheapest first; none where costs are not known.
///
/// Sorted by cost, so the next one is dearer and better. `access` is the figure that stands against cost.
pub fn frontier(mixes: &[Mix], access: Figure) -> Vec<usize> {
    let point = |at: usize| {
        let of = |figure| mixes[at].rows.mean(figure);
        Some((at, of(Figure::Cost)?, of(access)?))
    };
    let mut points: Vec<(usize, f64, f64)> = (0..mixes.len()).filter_map(point).collect();
    // By cost, then access, then position: ties in the same order on every machine.
    points.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.2.total_cmp(&b.2)).then(a.0.cmp(&b.0)));
    // Costs that follow each other closely are one cost: of these the best access comes first.
    let mut class = 0;
    let mut before = f64::NEG_INFINITY;
    let mut classed: Vec<(usize, usize, f64)> = Vec::new();
    for (at, cost, access) in points {
        class += usize::from(cost - before > ALIKE.max(cost.abs() * DIGITS));
        before = cost;
        classed.push((class, at, access));
    }
    classed.sort_by(|a, b| a.0.cmp(&b.0).then(a.2.total_cmp(&b.2)).then(a.1.cmp(&b.1)));
    let mut best = f64::INFINITY;
    let mut frontier = Vec::new();
    for (_, at, access) in classed {
        if access < best {
            best = access;
            frontier.push(at);
        }
    }
    frontier
}

/// Mixes by how little they miss what is asked, as far as their years show, the closest first: the chance of the target
/// that holds least often, then the share seen in time that lies furthest below its target's, then cost above the
/// budget; of those alike in all the one that does best in what is minimised.
///
/// Where no mix keeps to what is asked, these are the ones that miss it least; none of them is an answer.
pub fn closest(plan: &Plan, model: &Model, mixes: &[Mix]) -> Vec<usize> {
    let miss = |mix: &Mix| {
        let mean = |figure| mix.rows.mean(figure);
        let each = |of: &dyn Fn(usize) -> Option<f64>| {
            (0..plan.targets.len()).filter_map(of).fold(0.0_f64, f64::max)
            // The worst target speaks for the mix: all of them have to hold.
        };
        let chance = each(&|t| Some(plan.chance - mean(Figure::Met(t))?));
        let seen = each(&|t| Some(model.targets[plan.targets[t]].share - mean(Figure::Seen(t))?));
        let over = plan.budget.and_then(|budget| Some(mean(Figure::Cost)? - budget)).unwrap_or(0.0);
        let aim = mean(plan.objective.figure()).unwrap_or(f64::INFINITY);
        [chance, seen, (over.max(0.0) / ALIKE).round(), aim]
    };
    let mut all: Vec<(usize, [f64; 4])> = (0..).zip(mixes).map(|(at, mix)| (at, miss(mix))).collect();
    all.retain(|(at, _)| mixes[*at].rows.done() > 0);
    let by = |a: &[f64; 4], b: &[f64; 4]| (0..4).map(|i| a[i].total_cmp(&b[i])).find(|o| o.is_ne());
    all.sort_by(|a, b| by(&a.1, &b.1).unwrap_or_else(|| a.0.cmp(&b.0)));
    all.into_iter().map(|(at, _)| at).collect()
}
