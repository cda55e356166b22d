//! What a mix costs as far as it is certain before any year is simulated; and why it cannot be known at all.
//!
//! In: a model. Out: pounds a year to the practices, funds taken off, where chance has no say: everybody is in post all
//! the time, no locum is paid for, every price is one number, nothing outside is paid by the case. Else none: then the
//! years tell.
//!
//! Fit: the search drops a mix whose certain cost is above the budget without playing a year of it. Whatever has
//! luck in it is not certain, and gives none.

use crate::lever::{Change, RedirectTo};
use crate::model::Model;
use crate::model::post::{Capacity, Post, Staffing};

/// Days of a year, as money counts them.
pub const YEAR: f64 = 365.25;
/// People are counted in millionths of a wte, so each may count for so much less than stated [wte].
const ROUNDED: f64 = 0.000_000_5;

/// The most that still keeps to a budget [£ a year]. Money of simulated years is kept to about seven digits, so a cost
/// of just the budget may come out a few pence above it: a millionth, and never less than half a pound, is no excess.
pub fn most(budget: f64) -> f64 {
    budget + (1e-6 * budget).max(0.5)
}

/// Why the cost of the posts is not known, in words with the way out; empty where it is.
///
/// (what is missing, what would be right), each once. Only posts of people have a price.
pub fn unknown(model: &Model) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for post in &model.posts {
        let role = &model.roles[post.role];
        let said = if matches!(post.capacity, Capacity::Plain(_)) {
            (
                format!("post `{}` has appointments and no people", post.name),
                format!("give it `wte` instead: post.{}.wte", post.name),
            )
        } else if role.cost_per_wte_year.is_none() {
            (
                format!("role `{}` states no cost", role.name),
                format!(
                    "state role.{}.cost_per_wte_year (library:england has figures with sources)",
                    role.name
                ),
            )
        } else {
            continue;
        };
        if !found.contains(&said) {
            found.push(said);
        }
    }
    found
}

/// True where an answer outside has a price, so that luck has a say in what is spent.
pub fn paid_outside(model: &Model) -> bool {
    let priced = |change: &Change| matches!(change, Change::Redirect { to: RedirectTo::Outside { unit_cost, .. }, .. } if unit_cost.fixed() != Some(0.0));
    model.levers.iter().flat_map(|lever| &lever.changes).any(|(_, change)| priced(change))
}

/// The least that the staff and levers of a mix cost its practices [£ a year], answers outside left aside, where that is certain.
///
/// None where leaving, cover or a price that is a range leaves it open. Funds are taken off.
pub fn certain_staff(model: &Model) -> Option<f64> {
    let mut claims = vec![0.0; model.funds.len()];
    let mut spent = 0.0;
    for post in &model.posts {
        let Capacity::People(staffing) = &post.capacity else { return None };
        let role = &model.roles[post.role];
        let price = role.cost_per_wte_year?.fixed()?;
        if role.leaving.is_some() || role.cover.is_some() {
            return None;
        }
        let wte = in_post(model, post, staffing)?;
        spent += wte * price;
        if let Some(fund) = post.paid_by {
            let terms = model.funds[fund].reimburses.iter().find(|(role, ..)| *role == post.role);
            claims[fund] += terms.map_or(0.0, |(_, ceiling, share)| {
                (wte * price * share).min(ceiling.map_or(f64::INFINITY, |most| most * wte))
            });
        }
    }
    let back = |(claim, fund): (&f64, &crate::model::target::Fund)| claim.min(fund.pounds);
    let back: f64 = claims.iter().zip(&model.funds).map(back).sum();
    levers(model).map(|levers| spent - back + levers)
}

/// Wte of a post over the counted period, at least.
///
/// [wte] Over the counted period, so a post that begins within it counts for its part.
fn in_post(model: &Model, post: &Post, staffing: &Staffing) -> Option<f64> {
    let wte = staffing.wte.fixed()?;
    let filled = match staffing.in_post_wte {
        Some(number) => number.fixed()?,
        None => wte,
    };
    let heads = staffing.headcount.map_or((filled / model.roles[post.role].wte_per_head).ceil(), f64::from);
    let days = model.horizon.days as f64;
    let (first, end) = (model.horizon.start.0, model.horizon.start.0 + model.horizon.days as i32);
    let from = post.from.map_or(first, |day| day.0.max(first));
    let until = post.until.map_or(end, |day| (day.0 + 1).min(end));
    let there = f64::from((until - from).max(0)) / days;
    // Less half a millionth a head: people are counted in millionths, so this is the least that they can cost.
    Some((filled * there - ROUNDED * heads).max(0.0))
}

/// Cost of the levers a year; none where it is not certain.
///
/// [£ a year] A one-off counts where the lever starts within the period, spread over its years.
fn levers(model: &Model) -> Option<f64> {
    let years = model.horizon.days as f64 / YEAR;
    let (first, end) = (model.horizon.start.0, model.horizon.start.0 + model.horizon.days as i32);
    let mut sum = 0.0;
    for lever in &model.levers {
        let Some(cost) = lever.cost else { continue };
        let until = lever.until.map_or(end, |day| (day.0 + 1).min(end));
        let days = (until - lever.starts.0.max(first)).max(0);
        let once = if (first..end).contains(&lever.starts.0) { cost.one_off.fixed()? } else { 0.0 };
        sum += once / years + cost.per_year.fixed()? * f64::from(days) / YEAR / years;
    }
    Some(sum)
}

#[cfg(test)]
mod tests {
    use super::most;

    #[test]
    fn pence_of_rounding_are_no_excess_and_pounds_are() {
        for budget in [100.0, 700_000.0, 2_600_000.0] {
            let kept = f64::from((budget / super::YEAR) as f32) * super::YEAR;
            assert!(kept <= most(budget) && budget + 5.0 > most(budget), "{budget}");
        }
    }
}
