//! First requests of a mean week, by the means of all numbers: what arithmetic before a run begins with.
//!
//! In: a model. Out: requests a week by practice and need, and the factor that turns a share of all GP
//! appointments into a share of the needs that an avoidable category falls on.

use super::Model;
use super::age::requests_a_year;
use super::avoidable::ShareOf;
use super::calendar::PopulationBasis;
use super::need::Rate;

/// Weeks in a year.
const WEEKS_A_YEAR: f64 = 365.25 / 7.0;

/// First requests of a need at a practice in a mean week.
pub fn first_requests(model: &Model, p: usize, need: usize) -> f64 {
    let mean = |number| model.inputs.mean(number);
    let practice = &model.practices[p];
    let list = match model.demand.per {
        PopulationBasis::Registered => mean(practice.registered_list),
        PopulationBasis::Weighted => mean(practice.weighted_list),
    };
    let weights = &model.demand.weekday;
    let days_a_week = weights.iter().filter(|w| **w > 0.0).count() as f64;
    // A pattern that is not divided by its mean counts as it stands.
    let week = if model.demand.normalised { days_a_week } else { weights.iter().sum() };
    let days_a_year = model.demand.open_days_a_year.unwrap_or(days_a_week * WEEKS_A_YEAR);
    let level = mean(practice.demand_level);
    match &model.needs[need].rate {
        Some(Rate::PerPatientYear(_)) if !model.needs[need].rate_by_age.is_empty() => {
            let rates = &model.needs[need].rate_by_age;
            requests_a_year(&practice.age_bands, rates, mean) * level * week / days_a_year
        }
        Some(Rate::PerPatientYear(rate)) => list * mean(*rate) * level * week / days_a_year,
        Some(Rate::PerDay(rate)) => mean(*rate) * level * week,
        Some(Rate::PanelChance(chance)) => list * mean(*chance) * week,
        Some(Rate::ByDay(days)) => {
            days.iter().map(|n| f64::from(*n)).sum::<f64>() * 7.0 / model.horizon.days as f64
        }
        None => 0.0,
    }
}

/// First requests of a need in a mean week, all practices together.
pub fn all_first_requests(model: &Model, need: usize) -> f64 {
    (0..model.practices.len()).map(|p| first_requests(model, p, need)).sum()
}

/// Factor from a share of all GP appointments to a share of each need of a category; `requests` of a need, all
/// practices together.
pub fn gp_scale<'a>(model: &'a Model, requests: impl Fn(usize) -> f64 + 'a) -> impl Fn(usize) -> f64 + 'a {
    let by_gp = |k: usize| model.needs[k].seen_by.first().is_some_and(|s| model.roles[s.role].is_gp);
    let gp: f64 = (0..model.needs.len()).filter(|&k| by_gp(k)).map(&requests).sum();
    move |c: usize| {
        let of: f64 = model.categories[c].of.iter().map(|&k| requests(k)).sum();
        if of > 0.0 { gp / of } else { 0.0 }
    }
}

/// Factor from the stated share of each category to a share of each of its needs.
pub fn category_scales(model: &Model) -> Vec<f64> {
    let scale = gp_scale(model, |k| all_first_requests(model, k));
    let of = |(c, category): (usize, &super::avoidable::Category)| match category.share_of {
        ShareOf::Need => 1.0,
        ShareOf::GpAppointments => scale(c),
    };
    model.categories.iter().enumerate().map(of).collect()
}
