//! Requests given up or turned away, and how many of them go to A&E.
//!
//! In: the outcome of as-now. Out: figures for the verdict. A&E is told by the word of the destination (`ae`,
//! `a_and_e`, `a-and-e`).

use super::figure::{Figure, Unit};
use super::say;
use crate::model::Model;
use crate::model::need::Need;
use crate::outcome::Outcome;
use crate::outcome::columns::{About, Place};
use crate::stats::moments::Moments;

/// Requests that left unseen.
#[derive(Clone, Debug)]
pub struct GivenUp {
    /// Given up or turned away.
    pub all: Figure,
    /// Of them to A&E, in the mean.
    pub to_ae: f64,
    /// Over what: `a year`.
    pub per: &'static str,
    /// The need of most of them, where there are several, and how many these are in the mean.
    pub most: Option<(String, f64)>,
}

/// Requests given up or turned away at a place.
///
/// Counts of the whole period, not scaled. A&E is a mean over all replications, from exact sums by practice, need
/// and destination.
///
/// A model without needs has no `most`, and one with a single need has none either: there it goes without saying.
pub fn given_up(model: &Model, outcome: &Outcome, place: Place) -> GivenUp {
    let gone = |about: About| -> Vec<f64> {
        let series = |name: &str| outcome.series(name, place, about).unwrap_or_default();
        series("gave_up").iter().zip(series("lost")).map(|(a, b)| a + b).collect()
    };
    let destinations = destinations(model);
    let mut to_ae = 0;
    if let Some(ae) = destinations.iter().position(|d| matches!(d.as_str(), "ae" | "a_and_e" | "a-and-e")) {
        for p in place.practices(model) {
            for k in 0..model.needs.len() {
                // The place of a cell in `Sums::left_to`.
                let cell = (p * model.needs.len() + k) * destinations.len() + ae;
                to_ae += outcome.sums.left_to.get(cell).copied().unwrap_or(0);
            }
        }
    }
    let ae = to_ae as f64 / (outcome.sums.replications.max(1)) as f64;
    let of_need = |(k, need): (usize, &Need)| {
        let mean = Moments::of(&gone(About::Need(k))).mean()?;
        Some((need.title.clone(), mean))
    };
    let needs = model.needs.iter().enumerate().filter_map(of_need).filter(|(_, mean)| *mean > 0.0);
    let most = needs.max_by(|a, b| a.1.total_cmp(&b.1)).filter(|_| model.needs.len() > 1);
    GivenUp {
        all: Figure::of(&gone(About::All), Unit::Count),
        to_ae: ae,
        per: say::period(model.horizon.days),
        most,
    }
}

/// Every destination named by a need, sorted: the order of the sums.
///
/// The book numbers destinations in the same order, so a change there has to be made here.
fn destinations(model: &Model) -> Vec<String> {
    let gives_up = model.needs.iter().flat_map(|n| n.gives_up.iter().flat_map(|g| &g.to));
    let limits = model.needs.iter().flat_map(|n| n.hard_limit.iter().flat_map(|h| &h.to));
    let mut all: Vec<String> = gives_up.chain(limits).map(|(name, _)| name.clone()).collect();
    all.sort();
    all.dedup();
    all
}
