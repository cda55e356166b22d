//! What moves a practice's demand from day to day: shape, growth, level, drift and network shock.
//!
//! In: the model's demand section and each practice's level, as drawn. Out: factors without a unit on the
//! mean of a day. Shape and growth are the same for every practice; the level is a practice's own for the
//! whole replication (draw index), the drift a practice's by month, the shock a network's by day (chance
//! index). What is drawn of level, drift and shock has mean one.

use super::shape::{Shape, Wave, shape, wave};
use crate::law::normal;
use crate::model::Model;
use crate::model::calendar::{Drift, Season};
use crate::plan::axis::Axis;
use crate::plan::lanes::{LANES, Lanes, Replication, same};
use crate::random::{Key, Purpose, entity_hash, open_unit};

/// Scenario time.
#[derive(Clone, Debug, PartialEq)]
pub struct Factors {
    /// Weekday, fixed season and first days, before wave and growth.
    shape: Shape,
    /// Shape by day with everything that no draw changes, normalised; empty where wave or growth is drawn.
    fixed: Vec<f64>,
    /// None where the season is no wave.
    wave: Option<Wave>,
    /// True where the wave's height or growth is drawn.
    drawn: bool,
    /// Month of each day, counted from the first month of the axis; `months` is how many there are.
    month_of: Vec<usize>,
    /// Calendar months that the axis touches, warm-up included.
    months: usize,
    /// Network of each practice.
    network_of: Vec<usize>,
    /// By practice.
    level_keys: Vec<Key>,
    /// By practice.
    drift_keys: Vec<Key>,
    /// By network.
    shock_keys: Vec<Key>,
    /// Where the scenario has no drift, or no shock, its list is empty and never read.
    has_drift: bool,
    has_shock: bool,
}

/// Replication time.
#[derive(Clone, Debug)]
pub struct FactorsDraw {
    /// `[practice]`: stated or drawn level times what `level_cv` adds.
    level: Vec<Lanes<f64>>,
    /// `[practice][month]`
    drift: Vec<Lanes<f64>>,
    /// `[network][day]`
    shock: Vec<Lanes<f64>>,
    /// Shape by day, where it is drawn.
    shaped: Vec<Lanes<f64>>,
}

impl Factors {
    /// Lays out shapes and keys.
    pub fn new(model: &Model, axis: &Axis, seed: u64) -> Self {
        let shape = shape(model, axis);
        let wave = wave(model, axis);
        let amplitude = match model.demand.season {
            Season::Wave { amplitude, .. } => amplitude.fixed(),
            _ => Some(0.0),
        };
        let growth = model.demand.growth_per_year.fixed();
        let fixed = match (amplitude, growth) {
            (Some(amplitude), Some(growth)) => shaped(model, axis, &shape, wave.as_ref(), amplitude, growth),
            _ => Vec::new(),
        };
        let first_month = month_index(axis, 0);
        let month_of: Vec<usize> = (0..axis.days).map(|t| month_index(axis, t) - first_month).collect();
        let key = |purpose, address: String| Key::new(seed, purpose, entity_hash(&address));
        let of_practice = |purpose| -> Vec<Key> {
            model.practices.iter().map(|p| key(purpose, format!("practice.{}", p.name))).collect()
        };
        Self {
            drawn: fixed.is_empty(),
            months: month_of.last().map_or(0, |m| m + 1),
            month_of,
            network_of: model.practices.iter().map(|p| p.network).collect(),
            level_keys: of_practice(Purpose::Level),
            drift_keys: of_practice(Purpose::Drift),
            shock_keys: model
                .networks
                .iter()
                .map(|n| key(Purpose::NetworkShock, format!("network.{}", n.name)))
                .collect(),
            has_drift: model.demand.drift.is_some(),
            has_shock: model.demand.network_shock.is_some(),
            shape,
            fixed,
            wave,
        }
    }

    /// Request days in the twelve months from the start.
    ///
    /// What annual rates are divided by, where the scenario states no other number.
    pub fn open_days(&self) -> f64 {
        self.shape.open_days
    }

    /// True where requests can be made on a day.
    #[inline]
    pub fn open(&self, t: usize) -> bool {
        self.shape.base[t] > 0.0
    }

    /// Buffers for one block.
    ///
    /// Lists of factors that the scenario does not have are empty.
    pub fn draw_buffers(&self, model: &Model) -> FactorsDraw {
        let days = self.month_of.len();
        let when = |on: bool, n: usize| vec![[1.0; LANES]; if on { n } else { 0 }];
        FactorsDraw {
            level: vec![[1.0; LANES]; model.practices.len()],
            drift: when(self.has_drift, model.practices.len() * self.months),
            shock: when(self.has_shock, model.networks.len() * days),
            shaped: when(self.drawn, days),
        }
    }

    /// Draws one lane.
    ///
    /// `slots` are the lane's uncertain quantities.
    pub fn redraw(
        &self,
        model: &Model,
        axis: &Axis,
        lane: usize,
        rep: Replication,
        slots: &[f64],
        out: &mut FactorsDraw,
    ) {
        let spread = model.demand.level_cv.at(slots, 0);
        // A level is drawn even where the practice states its own: it multiplies what is stated (model.md,
        // section 11).
        for (p, practice) in model.practices.iter().enumerate() {
            let z = normal::quantile(open_unit(self.level_keys[p].words(rep.draw, 0, 0)[0]));
            out.level[p][lane] = practice.demand_level.at(slots, p) * lognormal(spread, z);
        }
        if let Some(drift) = model.demand.drift {
            for (p, key) in self.drift_keys.iter().enumerate() {
                let row = &mut out.drift[p * self.months..(p + 1) * self.months];
                let first = axis.day(0).date();
                let months = i32::from(first.year()) * 12 + i32::from(first.month());
                walk(drift, slots, row, lane, |step| {
                    // By the month's number since year 0, so that another length of the warm-up moves no
                    // month's uniform.
                    Some(open_unit(key.words(rep.chance, months + step as i32, 0)[0]))
                });
            }
        }
        if let Some(shock) = model.demand.network_shock {
            let days = self.month_of.len();
            for (n, key) in self.shock_keys.iter().enumerate() {
                let row = &mut out.shock[n * days..(n + 1) * days];
                let uniform = |t: usize| open_unit(key.words(rep.shared, axis.day(t).0, 0)[0]);
                // A day without requests takes no step: the walk goes on at the next request day.
                walk(shock, slots, row, lane, |t| (self.shape.base[t] > 0.0).then(|| uniform(t)));
            }
        }
        if self.drawn {
            self.redraw_shapes(model, axis, lane, slots, out);
        }
    }

    /// Shapes whose wave or growth is drawn.
    fn redraw_shapes(&self, model: &Model, axis: &Axis, lane: usize, slots: &[f64], out: &mut FactorsDraw) {
        let amplitude = match model.demand.season {
            Season::Wave { amplitude, .. } => amplitude.at(slots, 0),
            _ => 0.0,
        };
        let growth = model.demand.growth_per_year.at(slots, 0);
        // A drawn wave changes the mean of the year's pattern, so the divisor is drawn with it.
        let norm = year_mean(model, &self.shape, self.wave.as_ref(), amplitude);
        for (t, place) in out.shaped.iter_mut().enumerate() {
            place[lane] =
                day_factor(model, axis, &self.shape, self.wave.as_ref(), (amplitude, growth), norm, t);
        }
    }

    /// All factors of a practice's day in a lane (its level apart).
    #[inline]
    pub fn at(&self, draw: &FactorsDraw, practice: usize, t: usize, lane: usize) -> f64 {
        let days = self.month_of.len();
        let mut factor = if self.drawn { draw.shaped[t][lane] } else { self.fixed[t] };
        if self.has_drift {
            factor *= draw.drift[practice * self.months + self.month_of[t]][lane];
        }
        if self.has_shock {
            factor *= draw.shock[self.network_of[practice] * days + t][lane];
        }
        factor
    }
}

impl FactorsDraw {
    /// True where every factor of a day ([`Factors::at`]) is the same in the first `lanes`.
    ///
    /// Levels are not compared: they stand in the means of the demand.
    pub fn same_days(&self, other: &Self, lanes: usize) -> bool {
        same(&self.drift, &other.drift, lanes)
            && same(&self.shock, &other.shock, lanes)
            && same(&self.shaped, &other.shaped, lanes)
    }

    /// A practice's own level in a lane.
    #[inline]
    pub fn level(&self, practice: usize, lane: usize) -> f64 {
        self.level[practice][lane]
    }
}

/// Log-normal with mean one and coefficient of variation `cv` at standard normal `z`.
///
/// One where `cv` is nought: `z` is then of no effect.
fn lognormal(cv: f64, z: f64) -> f64 {
    if cv <= 0.0 {
        return 1.0;
    }
    let variance = libm::log(1.0 + cv * cv);
    libm::exp(variance.sqrt() * z - 0.5 * variance)
}

/// The largest factor of any day before what is drawn by practice, month or day, at the means of season and growth.
pub fn busiest_day(model: &Model, axis: &Axis) -> f64 {
    let (shape, wave) = (shape(model, axis), wave(model, axis));
    let amplitude = match model.demand.season {
        Season::Wave { amplitude, .. } => model.inputs.mean(amplitude),
        _ => 0.0,
    };
    let growth = model.inputs.mean(model.demand.growth_per_year);
    let norm = year_mean(model, &shape, wave.as_ref(), amplitude);
    let of = |t: usize| day_factor(model, axis, &shape, wave.as_ref(), (amplitude, growth), norm, t);
    (0..axis.days).map(of).fold(0.0, f64::max)
}

/// One lane of a log AR(1) walk with a stationary start and mean one; places without a uniform are passed over.
///
/// `uniform` says the uniform number of a place; the other places of the row keep what they held.
fn walk(
    law: Drift,
    slots: &[f64],
    row: &mut [Lanes<f64>],
    lane: usize,
    uniform: impl Fn(usize) -> Option<f64>,
) {
    let cv = law.cv.at(slots, 0);
    let carry = law.autocorrelation.at(slots, 0);
    // The part of the variance that is new at each step, so that the spread stays the same all along.
    let fresh = (1.0 - carry * carry).max(0.0).sqrt();
    let mut z = None;
    for (step, place) in row.iter_mut().enumerate() {
        let Some(uniform) = uniform(step) else { continue };
        let innovation = normal::quantile(uniform);
        let now = z.map_or(innovation, |z| carry * z + fresh * innovation);
        place[lane] = lognormal(cv, now);
        z = Some(now);
    }
}

/// Months since year 0.
///
/// Only differences are used.
fn month_index(axis: &Axis, t: usize) -> usize {
    let date = axis.day(t).date();
    usize::from(date.year().unsigned_abs()) * 12 + date.month() as usize
}

/// Mean of the pattern over the request days of the normalising year; 1 where taken as stated.
///
/// At least one request day in the year, or nothing is divided.
fn year_mean(model: &Model, shape: &Shape, wave: Option<&Wave>, amplitude: f64) -> f64 {
    if !model.demand.normalised || shape.open_days <= 0.0 {
        return 1.0;
    }
    let with_wave = |d: usize| 1.0 + wave.map_or(0.0, |w| amplitude * w.year[d]);
    let total: f64 = shape.year_base.iter().enumerate().map(|(d, f)| f * with_wave(d)).sum();
    total / shape.open_days
}

/// Everything of a day that is known once wave and growth are.
///
/// 0 on a day without requests.
fn day_factor(
    model: &Model,
    axis: &Axis,
    shape: &Shape,
    wave: Option<&Wave>,
    (amplitude, growth): (f64, f64),
    norm: f64,
    t: usize,
) -> f64 {
    let season = 1.0 + wave.map_or(0.0, |w| amplitude * w.axis[t]);
    let since = f64::from(axis.day(t).0 - model.horizon.start.0);
    let grown = if growth == 0.0 { 1.0 } else { libm::pow(1.0 + growth, since / 365.25) };
    shape.base[t] * season * grown / norm
}

/// A shape that no draw changes, by day.
fn shaped(
    model: &Model,
    axis: &Axis,
    shape: &Shape,
    wave: Option<&Wave>,
    amplitude: f64,
    growth: f64,
) -> Vec<f64> {
    let norm = year_mean(model, shape, wave, amplitude);
    (0..axis.days).map(|t| day_factor(model, axis, shape, wave, (amplitude, growth), norm, t)).collect()
}
