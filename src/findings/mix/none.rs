//! Where no mix will do: what comes closest, which targets are missed at how many, what is not told yet.
//!
//! In: findings without a best. Out: sentences for `sentences::answer`, each none where it has nothing to tell.

use super::MixFindings;
use super::rows::{Row, State};
use super::sentences::{doubt, holds};
use super::titles::mixes;
use crate::experiment::mix::cost::most;
use crate::findings::say;
use crate::findings::sized::figures::percent;
use crate::findings::sized::sentences::pounds;

/// What came closest where none will do.
///
/// The first of the nearest misses: by how much it misses each target, and the budget.
pub(super) fn missed(f: &MixFindings) -> Option<String> {
    // The closest, by the rule of `experiment::mix::closest`.
    let row = &f.rows[*f.closest.first()?];
    let mut short: Vec<String> = Vec::new();
    for (at, (target, wanted)) in row.seen.targets.iter().zip(&f.targets).enumerate() {
        let Some(chance) = target.chance.filter(|chance| *chance < f.chance) else { continue };
        // To a tenth of a per cent, as a share of years is not known better.
        let seen = target.seen.map_or(String::new(), |seen| {
            format!("; {} are seen in time on average", percent((seen * 1000.0).round() / 1000.0))
        });
        short.push(format!(
            "\"{}\" holds in {}, {} points short{seen}",
            wanted.title,
            holds(&row.seen, at),
            say::decimals(100.0 * (f.chance - chance), 1)
        ));
    }
    if let (Some(budget), Some(cost)) = (f.budget, row.seen.cost)
        && cost.mean > most(budget)
    {
        short.push(format!(
            "it costs {} a year, {} over the budget",
            pounds(cost.mean),
            pounds(cost.mean - budget)
        ));
    }
    (!short.is_empty()).then(|| format!("Closest comes {}: {}.", f.mix(row), say::list(&short)))
}

/// Which condition fails at how many mixes.
///
/// None where no mix was played. Budgets also count the mixes that were excluded before any year.
pub(super) fn which(f: &MixFindings) -> Option<String> {
    // Mixes excluded by their cost were never seen to miss a target.
    let played = f.rows.iter().filter(|row| row.seen.years > 0).count();
    if played == 0 {
        return None;
    }
    let mut parts = Vec::new();
    for (at, wanted) in f.targets.iter().enumerate() {
        let fails = f
            .rows
            .iter()
            .filter(|row| row.seen.targets[at].stands == Some(crate::stats::sequential::Stands::Below));
        let holds = f
            .rows
            .iter()
            .filter(|row| row.seen.targets[at].stands == Some(crate::stats::sequential::Stands::Above));
        parts.push(format!(
            "\"{}\" is shown to be missed at {} and to be kept at {}",
            wanted.title,
            fails.count(),
            holds.count()
        ));
    }
    if f.budget.is_some() {
        parts.push(format!(
            "the budget is shown to be exceeded at {}",
            f.all(State::OverBudget).count() + f.effort.excluded
        ));
    }
    (!parts.is_empty()).then(|| format!("Of {} that were played, {}.", mixes(played), say::list(&parts)))
}

/// Mixes that may keep to what is asked, where none is shown to.
///
/// The best of them is the one whose objective is best among those whose targets hold often enough on the years
/// played.
pub(super) fn unsure(f: &MixFindings) -> Option<String> {
    // By the years played alone, which is all that is known of them.
    let holds = |row: &&Row| {
        row.seen.targets.iter().all(|target| target.chance.is_some_and(|chance| chance >= f.chance))
    };
    let objective =
        |row: &Row| row.seen.known(f.objective.figure()).map_or(f64::INFINITY, |known| known.mean);
    let rows: Vec<&Row> = f.all(State::Borderline).collect();
    let first = rows.iter().copied().filter(holds).min_by(|a, b| objective(a).total_cmp(&objective(b)));
    let first = first.map_or(String::new(), |row| {
        format!(" The best of them, as far as is known, is {} ({}).", f.mix(row), doubt(f, row))
    });
    (!rows.is_empty()).then(|| {
        format!(
            "Of {} it is not told after up to {}: allow more with --replications.{first}",
            mixes(rows.len()),
            say::counted(f.effort.most as f64, "year")
        )
    })
}

/// By how much the cheapest is over the budget, where all are for certain.
///
/// None unless every mix was excluded by its cost.
pub(super) fn cheapest(f: &MixFindings) -> Option<String> {
    let budget = f.budget.filter(|_| f.effort.excluded == f.rows.len())?;
    let certain = |row: &&Row| row.certain.unwrap_or(f64::INFINITY);
    let row = f.rows.iter().min_by(|a, b| certain(a).total_cmp(&certain(b)))?;
    let cost = row.certain?;
    Some(format!(
        "The cheapest is {}: about £{} a year, £{} over the budget.",
        f.mix(row),
        say::pounds(cost),
        say::pounds(cost - budget)
    ))
}

/// What things as they are cost the practices a year [£], where the budget is below that.
///
/// None without a budget, or where the budget is not below it.
pub(super) fn spent_now(f: &MixFindings) -> Option<f64> {
    let now = f.as_now.cost?.mean;
    f.budget.filter(|budget| *budget < now).map(|_| now)
}

/// That the budget counts everybody, and is less than what is spent now.
pub(super) fn below_now(f: &MixFindings) -> Option<String> {
    let now = spent_now(f)?;
    Some(format!(
        "The budget is less than what is spent now: things as they are cost the practices £{} a year, as a budget counts all staff and not only what is varied. Ask for one above that: what is spent now and what may be added.",
        say::pounds(now)
    ))
}
