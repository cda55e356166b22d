//! Who enters the race, and what of each mix's cost is certain before any year is played.
//!
//! In: the mixes of the grid. Out: those that are not over the budget whatever luck brings, each with what is certain.

use super::{Mix, Objective, Player, cost};
use crate::scenario::Report;
use rayon::prelude::*;

/// Who enters: all but those whose cost alone, certain beforehand, is over the budget.
///
/// # Errors
///
/// Where a mix cannot be read.
pub(super) fn enter(player: &Player<'_>, mixes: &mut [Mix]) -> Result<Vec<usize>, Report> {
    let mut contenders = Vec::new();
    let asked = player.plan.budget.is_some() || player.plan.objective == Objective::Cost;
    // What is not certain of the first mix is so of none: mixes differ in numbers alone.
    let known = asked && cost::certain_staff(&player.model(&mixes[0].at)?).is_some();
    let of = |mix: &Mix| {
        let model = player.model(&mix.at)?;
        let staff = cost::certain_staff(&model);
        Ok((staff.filter(|_| !cost::paid_outside(&model)), staff))
    };
    if known {
        let costs: Vec<Result<_, Report>> = mixes.par_iter().map(of).collect();
        for (mix, costs) in mixes.iter_mut().zip(costs) {
            (mix.certain, mix.certain_staff) = costs?;
        }
    }
    for (at, mix) in mixes.iter_mut().enumerate() {
        let over = |budget: f64| mix.certain.is_some_and(|cost| cost > cost::most(budget));
        if !player.plan.budget.is_some_and(over) {
            mix.contender = Some(contenders.len());
            contenders.push(at);
        }
    }
    Ok(contenders)
}
