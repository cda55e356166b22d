//! The uncertain numbers of a run: what is known of each, and what each simulated year drew for it.
//!
//! Fit: a number that no model of the run reads for the measure is left out, since moving it would move nothing. Where
//! a number is stated per practice, each practice drew its own and what stands here is their mean: then a rank
//! correlation is of that mean, and one practice's own draw may still matter more than it shows.

use crate::experiment::reads::reads;
use crate::experiment::run::RunResult;
use crate::model::Model;
use crate::model::number::Input;
use crate::outcome::measure::Measure;
use crate::plan::draws::DrawPlan;
use crate::quantity::Law;
use crate::scenario::{Assumption, Scenario};
use std::ops::Range;

/// An uncertain number, as one address states it.
#[derive(Clone, Debug)]
pub struct Uncertain {
    /// Address.
    pub address: String,
    /// Address of the input it is drawn with: its own, or that of all shares together.
    pub drawn_with: String,
    /// Its law; none for one of several shares, which cannot be moved alone.
    pub law: Option<Law>,
    /// Source id; none is an assumption.
    pub source: Option<String>,
    /// Confidence in the planner's words.
    pub confidence: Option<String>,
    /// `file:line`; empty where no assumption is listed at the address.
    pub place: String,
    /// True where things as they are know nothing of it.
    pub of_option: bool,
    /// What each replication drew, in their order (the mean over practices, where each has its own).
    pub values: Vec<f64>,
}

/// A number in a model: address, address of its input, law, source, slots.
type Listed = (String, String, Option<Law>, Option<String>, Range<usize>);

/// Every uncertain number of a model.
///
/// Shares that sum to one are one entry each, without a law: none of them can be moved alone.
fn of_model(model: &Model) -> Vec<Listed> {
    let mut all = Vec::new();
    for (input, range) in model.inputs.iter() {
        match input {
            Input::One(quantity) => {
                let address = quantity.address.clone();
                all.push((address.clone(), address, Some(quantity.law), quantity.source.clone(), range));
            }
            Input::Shares(shares) => {
                for part in 0..shares.names.len() {
                    let slot = range.start + part;
                    all.push((shares.part_address(part), shares.address.clone(), None, None, slot..slot + 1));
                }
            }
        }
    }
    all
}

/// Every uncertain number of a scenario, those of things as they are first, with the option that states it first.
///
/// A number that several options state stands once. No draw is made.
pub fn listed(scenario: &Scenario) -> Vec<(usize, String)> {
    let mut all: Vec<(usize, String)> = Vec::new();
    for (option, stated) in scenario.options.iter().enumerate() {
        for (address, ..) in of_model(&stated.model) {
            if !all.iter().any(|(_, known)| *known == address) {
                all.push((option, address));
            }
        }
    }
    all
}

/// Every uncertain number of a run that one of its models reads for a measure, with its draws.
///
/// Draws are of the same seed and replications as the run, so they are those it had.
pub fn uncertain(run: &RunResult, measure: &Measure) -> Vec<Uncertain> {
    let models: Vec<&Model> = run.scenario.options.iter().map(|option| &option.model).collect();
    let mut all: Vec<Uncertain> = Vec::new();
    for (at, option) in run.scenario.options.iter().enumerate() {
        let fresh: Vec<Listed> = of_model(&option.model)
            .into_iter()
            .filter(|(address, ..)| !all.iter().any(|known| known.address == *address))
            .filter(|(address, ..)| models.iter().any(|model| reads(model, measure, address)))
            .collect();
        let values = drawn(&option.model, run.seed, run.replications, &fresh);
        for ((address, drawn_with, law, source, _), values) in fresh.into_iter().zip(values) {
            let stated = stated(&run.scenario, &option.name, (&address, &drawn_with));
            all.push(Uncertain {
                source: source.or_else(|| stated.and_then(|a| a.source.clone())),
                confidence: stated.and_then(|a| a.confidence.clone()),
                place: stated.map_or(String::new(), |a| a.place.clone()),
                of_option: at > 0,
                address,
                drawn_with,
                law,
                values,
            });
        }
    }
    all
}

/// What the replications of a run drew for some numbers of a model.
///
/// Slots of a number per practice are averaged; a number of one has one slot.
fn drawn(model: &Model, seed: u64, replications: usize, of: &[Listed]) -> Vec<Vec<f64>> {
    let plan = DrawPlan::new(&model.inputs, &model.practices, seed);
    let mut slots = vec![0.0; plan.slots()];
    let mut values = vec![Vec::with_capacity(replications); of.len()];
    for draw in 0..replications as u64 {
        plan.draw(draw, &mut slots);
        for (values, (.., range)) in values.iter_mut().zip(of) {
            values.push(slots[range.clone()].iter().sum::<f64>() / range.len() as f64);
        }
    }
    values
}

/// Where a number is stated. Of shares that are drawn together: how surely they are known, or the share itself,
/// whichever has the weaker evidence. As the option has it: what an overlay states anew has its own source or none.
fn stated<'a>(
    scenario: &'a Scenario,
    option: &str,
    (address, drawn_with): (&str, &str),
) -> Option<&'a Assumption> {
    let at = |wanted: &dyn Fn(&str) -> bool| scenario.assumptions.iter().find(|a| wanted(&a.address));
    if address == drawn_with {
        return scenario.figure(option, address);
    }
    let table = drawn_with.trim_end_matches(".dirichlet");
    let name = address.rsplit('.').next().unwrap_or_default();
    let own = format!("avoidable.{name}.share_of_");
    let all = [at(&|known| known == format!("{table}.concentration")), at(&|known| known.starts_with(&own))];
    all.into_iter().flatten().min_by_key(|a| evidence(a.source.is_some(), a.confidence.as_deref()))
}

/// How weak evidence is: 0 an assumption, then expert opinion or unverified, low, medium, high.
fn evidence(sourced: bool, confidence: Option<&str>) -> u8 {
    match confidence {
        Some("assumption") => 0,
        None if !sourced => 0,
        Some("low") => 2,
        Some("medium") => 3,
        Some("high") => 4,
        Some(_) | None => 1,
    }
}

impl Uncertain {
    /// How weak the evidence is: 0 an assumption, then expert opinion or unverified, low, medium, high.
    pub fn evidence(&self) -> u8 {
        evidence(self.source.is_some(), self.confidence.as_deref())
    }

    /// True where there is no evidence: the number is an assumption.
    pub fn assumed(&self) -> bool {
        self.evidence() == 0
    }
}
