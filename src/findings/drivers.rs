//! The assumptions that matter: which uncertain inputs move the headline, and how much is chance.
//!
//! Each input's draw is ranked against the headline over the run's replications (Spearman). An input is named where
//! the 95 % interval of its correlation leaves out nought and the correlation is at least a tenth: with hundreds of
//! inputs some pass the first rule by luck.

use super::headline::Headline;
use super::say;
use crate::model::Model;
use crate::model::number::Input;
use crate::outcome::Outcome;
use crate::plan::draws::DrawPlan;
use crate::random::{Key, Purpose, entity_hash, unit};
use crate::scenario::Scenario;
use crate::stats::interval::Interval;
use crate::stats::rank::{Spearman, spearman};
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
    /// Uncertain inputs in all.
    pub inputs: usize,
    /// Those that move the headline, the strongest first.
    pub strongest: Vec<Driver>,
    /// Share of the headline's variance that is not knowing, with its interval, where a second run was given.
    pub not_knowing: Option<(f64, Option<Interval>)>,
}

/// Ranks every uncertain input against the headline.
pub fn drivers(scenario: &Scenario, model: &Model, headline: &[f64], seed: u64) -> Drivers {
    let plan = DrawPlan::new(&model.inputs, &model.practices, seed);
    let mut slots = vec![0.0; plan.slots()];
    let draws: Vec<Vec<f64>> = (0..headline.len() as u64)
        .map(|draw| {
            plan.draw(draw, &mut slots);
            slots.clone()
        })
        .collect();
    let named = named(model);
    let mut strongest: Vec<Driver> = named
        .iter()
        .filter_map(|(address, source, range)| {
            let mean = |slots: &Vec<f64>| slots[range.clone()].iter().sum::<f64>() / range.len() as f64;
            let pairs: Vec<(f64, f64)> = draws.iter().map(mean).zip(headline.iter().copied()).collect();
            let correlation = spearman(&pairs, 0.95)?;
            let clear = correlation.interval.is_some_and(|i| !i.holds(0.0)) && correlation.r.abs() >= LEAST;
            let stated = scenario.assumptions.iter().find(|a| a.address == *address);
            clear.then(|| Driver {
                address: address.clone(),
                words: say::address(address),
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
pub fn not_knowing(headline: &Headline, first: &[f64], second: &Outcome) -> Option<(f64, Option<Interval>)> {
    let pairs: Vec<(f64, f64)> = first.iter().copied().zip(headline.series(second)).collect();
    let share = Split::of(&pairs)?.share_shown()?;
    let key = Key::new(0, Purpose::Bootstrap, entity_hash("findings/bootstrap"));
    let mut words = key.stream(0, 0, 0);
    let interval = share_interval(&pairs, 0.95, 500, || unit(words.next_word()));
    let held = interval.map(|i| Interval { low: i.low.clamp(0.0, 1.0), high: i.high.clamp(0.0, 1.0) });
    Some((share, held))
}
