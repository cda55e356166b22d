//! Pilots: what the model expects of each, what was observed, and what a pilot of its size could have shown.
//!
//! In: a pilot with its scenario. Out: [`Tried`]: the paired difference of what was done from things as they are, year
//! by year, in the unit in which the effect was observed; the observed effect with its error; and the power of the
//! design, from simulated months put through the same analysis as the observed ones.

mod by_calendar;
pub mod layout;
pub mod months;
pub mod observed;
pub mod open_days;
pub mod power;
pub mod predict;
pub mod unit;

use super::run::{Settings, Told};
use crate::scenario::pilots::{Pilot, Seen};
use layout::Layout;
use observed::Measured;
use power::Power;
use predict::Predicted;
use unit::Units;

/// What is asked of a pilot.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Asked {
    /// How each model is run; the seed is the scenario's own.
    pub lanes: usize,
    /// Half-width of the 95 % interval of the predicted effect that is wanted, as a share of it.
    pub precision: Option<f64>,
    /// Pilots that are simulated for the power.
    pub pilots: usize,
}

/// Why there is no power.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPower {
    /// No design is stated and no months are there.
    NoDesign,
    /// The model does not keep the measure by practice and month.
    NoMonths,
    /// Fewer than two practices did it, or before and after cannot be told apart.
    NoEstimate,
}

/// What one pilot came to.
#[derive(Clone, Debug)]
pub struct Tried {
    /// The pilot.
    pub pilot: Pilot,
    /// What the model says of it; none where a survey is all there is.
    pub model: Option<Modelled>,
}

/// What the model says of a pilot.
#[derive(Clone, Debug)]
pub struct Modelled {
    /// Units.
    pub units: Units,
    /// What was expected.
    pub predicted: Predicted,
    /// What was observed; none where it is only planned.
    pub measured: Option<Measured>,
    /// What it could have shown.
    pub power: Result<Power, NoPower>,
    /// Seed.
    pub seed: u64,
}

/// Replications that a pilot takes at most.
pub fn years(pilot: &Pilot, asked: Asked) -> usize {
    let Some(simulated) = &pilot.simulated else { return 0 };
    let again = if simulated.as_now().model.inputs.is_empty() && simulated.done().model.inputs.is_empty() {
        0
    } else {
        simulated.scenario.run.replications.min(super::run::SECOND_CHANCES)
    };
    let months = power::replications(pilot, asked.pilots);
    2 * (simulated.scenario.run.replications + again) + months
}

/// Predicts a pilot, reads what was observed, and works out its power.
pub fn try_pilot(pilot: Pilot, asked: Asked, told: Told<'_>) -> Tried {
    let model = pilot.simulated.is_some().then(|| modelled(&pilot, asked, told)).flatten();
    Tried { pilot, model }
}

fn modelled(pilot: &Pilot, asked: Asked, told: Told<'_>) -> Option<Modelled> {
    let simulated = pilot.simulated.as_ref()?;
    let seed = simulated.scenario.run.seed;
    let settings = Settings { lanes: asked.lanes, ..Settings::new(seed) };
    let units = Units::of(pilot)?;
    let predicted = predict::predict(simulated, &units, (settings, asked.precision), told)?;
    let measured = pilot.seen.as_ref().map(|seen| observed::measured(seen, pilot.started, &units));
    let layout = match (&pilot.seen, &measured) {
        (Some(Seen::Series(_)), Some(Measured { months: Some(months), .. })) => Some(months.layout.clone()),
        _ => pilot.stated.map(|stated| Layout::stated(stated, units.practices.len())),
    };
    let power = match layout {
        None => Err(NoPower::NoDesign),
        Some(layout) => {
            // a claim is stated as the effect is: it can stand beside months only in their unit
            let claim = pilot.claim.filter(|_| units.per == units.months);
            power::power(simulated, &units, (&layout, &predicted, claim), (asked.pilots, settings), told)
        }
    };
    Some(Modelled { units, predicted, measured, power, seed })
}
