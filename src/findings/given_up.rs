//! Requests given up or turned away, and how many of them go to A&E.

use super::figure::{Figure, Unit};
use super::say;
use crate::model::Model;
use crate::outcome::Outcome;
use crate::outcome::columns::{About, Place};

/// Requests given up or turned away, the mean number that goes to A&E, and over what.
pub fn given_up(model: &Model, outcome: &Outcome, place: Place) -> (Figure, f64, &'static str) {
    let series = |name: &str| outcome.series(name, place, About::All).unwrap_or_default();
    let gone: Vec<f64> = series("gave_up").iter().zip(series("lost")).map(|(a, b)| a + b).collect();
    let destinations = destinations(model);
    let mut to_ae = 0;
    if let Some(ae) = destinations.iter().position(|d| matches!(d.as_str(), "ae" | "a_and_e" | "a-and-e")) {
        for p in place.practices(model) {
            for k in 0..model.needs.len() {
                let cell = (p * model.needs.len() + k) * destinations.len() + ae;
                to_ae += outcome.sums.left_to.get(cell).copied().unwrap_or(0);
            }
        }
    }
    let ae = to_ae as f64 / (outcome.sums.replications.max(1)) as f64;
    (Figure::of(&gone, Unit::Count), ae, say::period(model.horizon.days))
}

/// Every destination named by a need, sorted: the order of the sums.
fn destinations(model: &Model) -> Vec<String> {
    let gives_up = model.needs.iter().flat_map(|n| n.gives_up.iter().flat_map(|g| &g.to));
    let limits = model.needs.iter().flat_map(|n| n.hard_limit.iter().flat_map(|h| &h.to));
    let mut all: Vec<String> = gives_up.chain(limits).map(|(name, _)| name.clone()).collect();
    all.sort();
    all.dedup();
    all
}
