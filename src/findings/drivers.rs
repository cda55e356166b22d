//! The assumptions that matter: which uncertain inputs move the headline, and how much is chance.
//!
//! Each input that as-now reads for the headline is ranked against it over the run's replications (Spearman). An input
//! is named where its correlation can be told from nought among all inputs looked at together (Holm: the chance that
//! any irrelevant one is named is at most 5 %) and is at least a tenth. What as-now does not read for the headline
//! ([`reads`]) is not looked at: as-now cannot move with it.
//!
//! In: the scenario, as-now, its headline over the replications. Out: the inputs that move it, the strongest
//! first. Draws are made again from the seed; no year is played. `skillmix sensitivity` looks into more, with
//! indices and single moves.

use super::called::Called;
use super::headline::Headline;
use crate::experiment::reads::reads;
use crate::model::Model;
use crate::model::number::Input;
use crate::outcome::Outcome;
use crate::plan::draws::DrawPlan;
use crate::scenario::Scenario;
use crate::stats::interval::Interval;
use crate::stats::rank::{Spearman, holm, spearman};
use crate::stats::variance::{Split, share_interval};

/// Least correlation worth naming.
const LEAST: f64 = 0.1;

/// An uncertain input that moves the headline.
#[derive(Clone, Debug)]
pub struct Driver {
    /// Address.
    pub address: String,
    /// The same in words.
    pub words: String,
    /// Rank correlation with the headline.
    pub correlation: Spearman,
    /// Source id; none is an assumption without evidence.
    pub source: Option<String>,
    /// `file:line`, where known.
    pub place: Option<String>,
}

/// What the headline rests on.
#[derive(Clone, Debug)]
pub struct Drivers {
    /// Uncertain inputs that as-now reads for the headline.
    pub inputs: usize,
    /// Those that move the headline, the strongest first.
    pub strongest: Vec<Driver>,
    /// Share of the headline's variance that is not knowing, with its interval, where a second run was given.
    pub not_knowing: Option<(f64, Option<Interval>)>,
}

/// Ranks every uncertain input that as-now reads against the headline.
///
/// `headline` is the headline and its values, one a replication from the first on: draw and replication have one
/// number.
pub fn drivers(scenario: &Scenario, model: &Model, headline: (&Headline, &[f64]), seed: u64) -> Drivers {
    let (about, headline) = headline;
    let plan = DrawPlan::new(&model.inputs, &model.practices, seed);
    let mut slots = vec![0.0; plan.slots()];
    let draws: Vec<Vec<f64>> = (0..headline.len() as u64)
        .map(|draw| {
            plan.draw(draw, &mut slots);
            slots.clone()
        })
        .collect();
    let mut named = named(model);
    named.retain(|(address, ..)| reads(model, about.measure, address));
    let correlations: Vec<Option<Spearman>> = named
        .iter()
        .map(|(_, _, range)| {
            // A number drawn practice by practice counts as the mean of its practices.
            let mean = |slots: &Vec<f64>| slots[range.clone()].iter().sum::<f64>() / range.len() as f64;
            let pairs: Vec<(f64, f64)> = draws.iter().map(mean).zip(headline.iter().copied()).collect();
            spearman(&pairs, 0.95)
        })
        .collect();
    // An input that does not vary has no p: it cannot be told from nought.
    let chances: Vec<f64> =
        correlations.iter().map(|c| c.as_ref().and_then(|c| c.p).unwrap_or(1.0)).collect();
    let told = holm(&chances, 0.05);
    let all = named.iter().zip(correlations).zip(told);
    let mut strongest: Vec<Driver> = all
        .filter_map(|(((address, source, _), correlation), told)| {
            let correlation = correlation.filter(|c| told && c.r.abs() >= LEAST)?;
            let stated = scenario.figure(&scenario.options[0].name, address);
            Some(Driver {
                address: address.clone(),
                words: Called::new(address, scenario).words(),
                correlation,
                source: source.clone().or_else(|| stated.and_then(|a| a.source.clone())),
                place: stated.map(|a| a.place.clone()),
            })
        })
        .collect();
    strongest.sort_by(|a, b| b.correlation.r.abs().total_cmp(&a.correlation.r.abs()));
    Drivers { inputs: named.len(), strongest, not_knowing: None }
}

/// Every uncertain input: address, source, slots.
///
/// A part of shares drawn together stands as a number of its own, without the source of the whole.
fn named(model: &Model) -> Vec<(String, Option<String>, std::ops::Range<usize>)> {
    let mut all = Vec::new();
    for (input, range) in model.inputs.iter() {
        match input {
            Input::One(quantity) => all.push((quantity.address.clone(), quantity.source.clone(), range)),
            Input::Shares(shares) => {
                for (i, name) in shares.names.iter().enumerate() {
                    let slot = range.start + i;
                    all.push((format!("{}.{name}", shares.address), None, slot..slot + 1));
                }
            }
        }
    }
    all
}

/// The share of the variance that is not knowing, from a second run with other luck and the same draws.
///
/// Cut at 0 and 1: an estimate may reach past either. None where the headline does not vary.
pub fn not_knowing(headline: &Headline, first: &[f64], second: &Outcome) -> Option<(f64, Option<Interval>)> {
    let pairs: Vec<(f64, f64)> = first.iter().copied().zip(headline.series(second)).collect();
    let share = Split::of(&pairs)?.share_shown()?;
    let interval = share_interval(&pairs, 0.95);
    let held = interval.map(|i| Interval { low: i.low.clamp(0.0, 1.0), high: i.high.clamp(0.0, 1.0) });
    Some((share, held))
}
