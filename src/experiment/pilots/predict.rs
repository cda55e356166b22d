//! What the model expects of a pilot: what was done less things as they are, year by year, on the same luck.
//!
//! In: the simulated pilot and its units. Out: [`Predicted`]. Both models meet the same years, so the difference is of
//! what was done and of nothing else. Fit: [`super::power`] shifts simulated months by these effects; the report sets
//! them beside what was observed.

use super::unit::{Units, of_practice};
use crate::experiment::lean::lean;
use crate::experiment::run::{Settings, Told, first, second};
use crate::experiment::shown::Shown;
use crate::experiment::stop::{Watch, until_settled};
use crate::outcome::columns::About;
use crate::outcome::measure::by_name;
use crate::plan::lanes::Replication;
use crate::scenario::pilots::{Per, Simulated};
use crate::stats::moments::Moments;
use crate::stats::variance::Split;

/// What is expected of a pilot.
///
/// Years stand in the order of their replications; `effects`, `practices` and the costs have one entry each.
#[derive(Clone, Debug)]
pub struct Predicted {
    /// The effect of every year in the unit in which it is observed; NaN where it has no value.
    pub effects: Vec<f64>,
    /// The effect of every year in each practice, in the unit of months: `[year][practice]`.
    pub practices: Vec<Vec<f64>>,
    /// Cost of every year, what was done less things as they are [£, whole period]; NaN where it is not known.
    pub costs: Vec<f64>,
    /// The same of what has a price.
    pub known_costs: Vec<f64>,
    /// How much of the spread is not knowing and how much is chance; none where no input is uncertain.
    pub split: Option<Split>,
    /// Whether the precision asked for was reached; none where none was asked.
    pub precise: Option<bool>,
    /// True where every input is fixed.
    pub fixed: bool,
}

/// The figures of each year, as things are and as they were done: both models of a pilot over the same replications.
struct Pair<'a> {
    simulated: &'a Simulated,
    shown: &'a [Shown],
    settings: Settings,
    told: Told<'a>,
}

impl Pair<'_> {
    /// Runs further replications in both models: rows of each, in their order.
    fn run(&self, replications: &[Replication]) -> [Vec<f32>; 2] {
        let now = &self.simulated.as_now().model;
        let tell = |done: usize| (self.told)("", &vec![f32::NAN; done]);
        let of = |model: &crate::model::Model| {
            lean(model.clone(), (now, self.shown), replications, self.settings, &tell)
        };
        [of(now), of(&self.simulated.done().model)]
    }
}

/// Predicts the effect of a pilot; none where what was done does not have the measure.
///
/// With a precision, replications are added until the effect is known to within that share of it; without, all of the
/// scenario's are run. The second luck runs only where something is uncertain.
pub fn predict(
    simulated: &Simulated,
    units: &Units,
    (settings, precision): (Settings, Option<f64>),
    told: Told<'_>,
) -> Option<Predicted> {
    let shown = figures(units)?;
    let pair = Pair { simulated, shown: &shown, settings, told };
    let all = first(simulated.scenario.run.replications);
    let fixed = simulated.as_now().model.inputs.is_empty() && simulated.done().model.inputs.is_empty();
    let mut predicted = Predicted::empty(fixed);
    match precision {
        None => predicted.take(&pair.run(&all), shown.len(), units),
        Some(share) => {
            let ended = until_settled(Watch::own(share, 1), all.len(), |range| {
                predicted.take(&pair.run(&all[range.clone()]), shown.len(), units);
                vec![predicted.effects[range].to_vec()]
            });
            predicted.precise = Some(ended.precise());
        }
    }
    // Not one year has a value: the measure is not of what was done.
    if predicted.effects.iter().all(|x| x.is_nan()) {
        return None;
    }
    // The same draws with other luck: what differs then is luck.
    if !fixed {
        let mut again = Predicted::empty(fixed);
        again.take(&pair.run(&second(predicted.effects.len())), shown.len(), units);
        let pairs: Vec<(f64, f64)> =
            predicted.effects.iter().copied().zip(again.effects.iter().copied()).collect();
        predicted.split = Split::of(&pairs);
    }
    Some(predicted)
}

/// The figures kept: the measure, cost, those redirected, what has a price of the cost, then the measure of each
/// practice. The five figures of the place, then one a practice; the practices are in the order of the units.
fn figures(units: &Units) -> Option<Vec<Shown>> {
    let of =
        |name: &str| Some(Shown { measure: by_name(name)?, place: units.shown.place, about: About::All });
    let mut shown = vec![
        units.shown,
        of("cost_total")?,
        of("redirected_inside")?,
        of("redirected_outside")?,
        of("cost_known")?,
    ];
    shown.extend(units.practices.iter().map(|p| of_practice(&units.shown, *p)));
    Some(shown)
}

/// Figures before those of the practices.
const HEAD: usize = 5;

impl Predicted {
    fn empty(fixed: bool) -> Self {
        Self {
            effects: Vec::new(),
            practices: Vec::new(),
            costs: Vec::new(),
            known_costs: Vec::new(),
            split: None,
            precise: None,
            fixed,
        }
    }

    /// Takes in rows of both models, row by row: years meet because they have the same replications.
    fn take(&mut self, [now, done]: &[Vec<f32>; 2], width: usize, units: &Units) {
        for (now, done) in now.chunks(width).zip(done.chunks(width)) {
            let change = |at: usize| f64::from(done[at]) - f64::from(now[at]);
            let practices: Vec<f64> =
                (HEAD..width).map(|at| change(at) * units.practice_factor(at - HEAD)).collect();
            let effect = match (units.by_practice, units.factor()) {
                (true, _) => Moments::of(&practices).mean().unwrap_or(f64::NAN),
                (false, Some(factor)) => change(0) * factor,
                // What is for each request redirected needs to know how many were: the measure divided by them.
                (false, None) if units.per == Per::Redirected => {
                    let sent =
                        f64::from(done[2]) + f64::from(done[3]) - f64::from(now[2]) - f64::from(now[3]);
                    if sent > 0.0 { change(0) / sent } else { f64::NAN }
                }
                (false, None) => f64::NAN,
            };
            self.effects.push(effect);
            self.practices.push(practices);
            self.costs.push(change(1));
            self.known_costs.push(change(4));
        }
    }
}
