//! Requests: how many people ask, at each practice, for each need, on each day.
//!
//! In: the model, its axis, drawn quantities. Out: a count for each practice, need and lane. The demand
//! path looks neither at the book nor at levers: levers only take away from it or add a further stream.
//!
//! `mean = population x rate / open days x shape x growth x level x drift x shock x noise`; the
//! practice-day total is Poisson by inversion and is split over needs by conditional binomials.
//!
//! The same bits in every option that changes nothing of it: nothing here reads an option's levers, and every key is the practice's and
//! the need's name. Only [`crate::book::Book::present_latent`] adds requests that answer to waits,
//! afterwards. A practice-day costs one Poisson quantile, a gamma factor where there is noise, and a binomial
//! for each need but the last. Held by the promises of common numbers under `tests/promises`.

mod factors;
pub mod path;
pub mod shape;

use crate::law::binomial::Binomial;
use crate::law::thinning::Thinning;
use crate::law::{gamma, poisson};
use crate::model::Model;
use crate::model::age::requests_a_year;
use crate::model::calendar::{DayNoise, PopulationBasis};
use crate::model::need::Rate;
use crate::model::number::Number;
use crate::plan::axis::Axis;
use crate::plan::lanes::{LANES, LaneThinning, Lanes, Replication, words};
use crate::random::{Key, Purpose, entity_hash, unit};
pub use factors::busiest_day;
use factors::{Factors, FactorsDraw};

/// Scenario time: laws and keys.
#[derive(Clone, Debug)]
pub struct Demand {
    /// Level, drift, shock and shape: what moves a practice's days.
    factors: Factors,
    /// Needs that share a practice-day's Poisson total, in name order.
    poisson: Vec<usize>,
    /// Needs asked for by a panel: `(need, chance)`.
    panel: Vec<(usize, Number)>,
    /// Needs with a fixed list by day.
    listed: Vec<Listed>,
    /// Gamma factor with mean one on each practice-day; none where counts are plain Poisson.
    noise: Option<DayNoise>,
    /// In practice order.
    keys: Vec<PracticeKeys>,
    /// Request days by which annual rates are divided [days a year].
    open_days: f64,
    /// The rates that the split over needs follows, in the order of `poisson` [requests a patient and year], where it is the
    /// same in every practice and every draw; none where it is drawn.
    fixed_rates: Option<Vec<f64>>,
}

/// A need with a fixed list of requests.
#[derive(Clone, Debug, PartialEq)]
struct Listed {
    need: usize,
    /// Requests at each practice, by day from the start.
    by_day: Vec<u32>,
    /// Their mean [requests a request day].
    mean: f64,
}

/// Keys of one practice.
#[derive(Clone, Debug, PartialEq)]
struct PracticeKeys {
    /// Noise of the day.
    noise: Key,
    /// The day's total.
    total: Key,
    /// The split, in the order of `Demand::poisson`.
    split: Vec<Key>,
    /// Panels, in the order of `Demand::panel`.
    panel: Vec<Key>,
}

/// Replication time.
#[derive(Clone, Debug)]
pub struct DemandDraw {
    /// Level, drift, shock and shape as drawn.
    factors: FactorsDraw,
    /// Requests a request day before the factors of the day: `[practice]`.
    strength: Vec<Lanes<f64>>,
    /// Mean by practice and need of the shared total, for the front door's scaling: `[practice][need]`.
    pub need_mean: Vec<Lanes<f64>>,
    /// Conditional split: `[practice or 0][position]`.
    split: Vec<LaneThinning>,
    /// Shape of the gamma noise, 1 / cv² or the stated dispersion; nought where there is none.
    shape_of_noise: Lanes<f64>,
    /// Chance of a request a person and request day: `[position in panel]`.
    panel: Vec<Lanes<f64>>,
    /// The list that rates are per: `[practice]`.
    panel_size: Vec<Lanes<f64>>,
}

impl Demand {
    /// Compiles the demand of a model.
    ///
    /// Needs are kept in the model's order, which is that of their names: the split goes through them in it.
    pub fn new(model: &Model, axis: &Axis, seed: u64) -> Self {
        let mut poisson = Vec::new();
        let mut panel = Vec::new();
        let mut listed = Vec::new();
        for (k, need) in model.needs.iter().enumerate() {
            match &need.rate {
                Some(Rate::PerPatientYear(_) | Rate::PerDay(_)) => poisson.push(k),
                Some(Rate::PanelChance(chance)) => panel.push((k, *chance)),
                Some(Rate::ByDay(list)) => listed.push((k, list)),
                None => {}
            }
        }
        // The share of each need is then its rate among the rates: lists, levels and days cancel.
        let fixed_rate = |k: &usize| match model.needs[*k].rate {
            Some(Rate::PerPatientYear(rate)) if model.needs[*k].rate_by_age.is_empty() => rate.fixed(),
            _ => None,
        };
        let fixed_rates = poisson.iter().map(fixed_rate).collect();
        let key = |purpose, address: &str| Key::new(seed, purpose, entity_hash(address));
        let keys = model
            .practices
            .iter()
            .map(|p| {
                let address = format!("practice.{}", p.name);
                let of_need = |k: usize| format!("{address}/need.{}", model.needs[k].name);
                PracticeKeys {
                    noise: key(Purpose::DayNoise, &address),
                    total: key(Purpose::Requests, &address),
                    split: poisson.iter().map(|&k| key(Purpose::NeedSplit, &of_need(k))).collect(),
                    panel: panel.iter().map(|&(k, _)| key(Purpose::Requests, &of_need(k))).collect(),
                }
            })
            .collect();
        let factors = Factors::new(model, axis, seed);
        let open_days = model.demand.open_days_a_year.unwrap_or_else(|| factors.open_days());
        let years = model.horizon.days as f64 / 365.0;
        let listed = listed
            .into_iter()
            .map(|(need, by_day): (usize, &Vec<u32>)| {
                let all: f64 = by_day.iter().map(|n| f64::from(*n)).sum();
                Listed { need, by_day: by_day.clone(), mean: all / years / open_days.max(1.0) }
            })
            .collect();
        let noise = model.demand.day_noise;
        Self { factors, poisson, panel, listed, noise, keys, open_days, fixed_rates }
    }

    /// Buffers for one block.
    ///
    /// The split is a table where no draw changes it.
    pub fn draw_buffers(&self, model: &Model) -> DemandDraw {
        let practices = model.practices.len();
        let mut draw = DemandDraw {
            factors: self.factors.draw_buffers(model),
            strength: vec![[0.0; LANES]; practices],
            need_mean: vec![[0.0; LANES]; practices * model.needs.len()],
            split: vec![LaneThinning::each(); practices * self.poisson.len()],
            shape_of_noise: [0.0; LANES],
            panel: vec![[0.0; LANES]; self.panel.len()],
            panel_size: vec![[0.0; LANES]; practices],
        };
        if let Some(rates) = &self.fixed_rates {
            draw.split = self.fixed_split(model, rates);
        }
        draw
    }

    /// The split where no draw changes it: tables, shared by all practices.
    fn fixed_split(&self, model: &Model, rates: &[f64]) -> Vec<LaneThinning> {
        let mut left: f64 = rates.iter().sum();
        // Twice the largest mean and 64: what lies beyond is drawn directly, with the same result.
        let n_max = 2.0 * self.largest_mean(model, left) + 64.0;
        rates
            .iter()
            .map(|rate| {
                let share = if left > 0.0 { (rate / left).min(1.0) } else { 0.0 };
                left -= rate;
                LaneThinning::Same(Thinning::table(share, n_max as u32))
            })
            .collect()
    }

    /// Largest mean of a practice-day at the lists' stated or likely size.
    ///
    /// Lists that are drawn count as 10,000: it sizes tables, and what lies beyond them is drawn directly.
    fn largest_mean(&self, model: &Model, rate: f64) -> f64 {
        let size = |p: usize| population(model, p).fixed().unwrap_or(10_000.0) / self.open_days.max(1.0);
        (0..model.practices.len()).map(|p| size(p) * rate).fold(0.0, f64::max)
    }

    /// Draws one lane of a block.
    ///
    /// Fills `need_mean`, which the front door reads, so it comes before the front door's own redraw.
    /// Allocates nothing.
    pub fn redraw(
        &self,
        model: &Model,
        axis: &Axis,
        lane: usize,
        rep: Replication,
        slots: &[f64],
        out: &mut DemandDraw,
    ) {
        self.factors.redraw(model, axis, lane, rep, slots, &mut out.factors);
        out.shape_of_noise[lane] = match self.noise {
            None => 0.0,
            Some(DayNoise::Dispersion(k)) => k.at(slots, 0),
            Some(DayNoise::Cv(cv)) => {
                let cv = cv.at(slots, 0);
                if cv > 0.0 { 1.0 / (cv * cv) } else { 0.0 }
            }
        };
        for (chance, (_, number)) in out.panel.iter_mut().zip(&self.panel) {
            chance[lane] = number.at(slots, 0);
        }
        for p in 0..model.practices.len() {
            let size = population(model, p).at(slots, p);
            out.panel_size[p][lane] = size;
            let level = out.factors.level(p, lane);
            let mut total = 0.0;
            for &k in &self.poisson {
                let by_age = &model.needs[k].rate_by_age;
                let mean = match model.needs[k].rate {
                    Some(Rate::PerPatientYear(_)) if !by_age.is_empty() => {
                        requests_a_year(&model.practices[p].age_bands, by_age, |r| r.at(slots, p))
                            / self.open_days
                    }
                    Some(Rate::PerPatientYear(rate)) => size * rate.at(slots, p) / self.open_days,
                    Some(Rate::PerDay(mean)) => mean.at(slots, p),
                    _ => 0.0,
                } * level;
                out.need_mean[p * model.needs.len() + k][lane] = mean;
                total += mean;
            }
            // Panels and lists are drawn apart, but count among the appointments that an audit's shares are of.
            for (chance, (k, _)) in out.panel.iter().zip(&self.panel) {
                out.need_mean[p * model.needs.len() + k][lane] = size * chance[lane];
            }
            for listed in &self.listed {
                out.need_mean[p * model.needs.len() + listed.need][lane] = listed.mean;
            }
            out.strength[p][lane] = total;
            if self.fixed_rates.is_none() {
                self.redraw_split(model.needs.len(), p, lane, total, out);
            }
        }
    }

    /// Conditional split of one practice in one lane.
    ///
    /// Each need takes its share of what the needs before it have left; the last takes the rest.
    fn redraw_split(&self, needs: usize, p: usize, lane: usize, total: f64, out: &mut DemandDraw) {
        let mut left = total;
        for (i, &k) in self.poisson.iter().enumerate() {
            let mean = out.need_mean[p * needs + k][lane];
            let last = i + 1 == self.poisson.len();
            let share = if last || left <= 0.0 { 1.0 } else { (mean / left).min(1.0) };
            left -= mean;
            out.split[p * self.poisson.len() + i].set(lane, share);
        }
    }

    /// Requests of one practice on one day: adds to `out[need]`.
    ///
    /// `day` is the calendar date, `t` its index on the axis, `p` the practice. `out` is added to, so that a
    /// caller empties it. Panels and lists have no part in the total and its split.
    #[inline]
    #[expect(clippy::too_many_arguments, reason = "one practice-day, named part by part, in the hot loop")]
    pub fn requests(
        &self,
        draw: &DemandDraw,
        p: usize,
        t: usize,
        day: i32,
        reps: &[Replication],
        warm_up: usize,
        out: &mut [Lanes<u32>],
    ) {
        let keys = &self.keys[p];
        if !self.poisson.is_empty() && self.factors.open(t) {
            let mut left: Lanes<u32> = [0; LANES];
            for (lane, rep) in reps.iter().enumerate() {
                let mut mean = draw.strength[p][lane] * self.factors.at(&draw.factors, p, t, lane);
                let shape = draw.shape_of_noise[lane];
                // On the mean, before the total is drawn: all needs of a practice-day share it.
                if shape > 0.0 {
                    mean *= gamma::unit_mean_from(keys.noise, rep.chance, day, shape);
                }
                left[lane] = poisson::quantile(unit(keys.total.words(rep.chance, day, 0)[0]), mean);
            }
            self.split(draw, p, day, reps, left, out);
        }
        for (i, (k, _)) in self.panel.iter().enumerate() {
            if !self.factors.open(t) {
                continue;
            }
            for (lane, rep) in reps.iter().enumerate() {
                let chance = draw.panel[i][lane] * self.factors.at(&draw.factors, p, t, lane);
                let size = draw.panel_size[p][lane] as u32;
                // A chance of more than one is one: a factor may lift it there on a strong day.
                let word = keys.panel[i].words(rep.chance, day, 0)[0];
                out[*k][lane] += Binomial::direct(chance.min(1.0)).draw(size, word);
            }
        }
        // A list begins on the first counted day: in the warm-up, and beyond its end, nobody asks.
        for listed in &self.listed {
            if let Some(count) = t.checked_sub(warm_up).and_then(|d| listed.by_day.get(d)) {
                out[listed.need].iter_mut().take(reps.len()).for_each(|n| *n += count);
            }
        }
    }

    /// Splits a practice-day's total over needs.
    #[inline]
    fn split(
        &self,
        draw: &DemandDraw,
        p: usize,
        day: i32,
        reps: &[Replication],
        mut left: Lanes<u32>,
        out: &mut [Lanes<u32>],
    ) {
        let row = if self.fixed_rates.is_some() { 0 } else { p * self.poisson.len() };
        // Reached only where there is a need to split over.
        let last = self.poisson.len() - 1;
        for (i, &k) in self.poisson.iter().enumerate() {
            if i == last {
                for lane in 0..reps.len() {
                    out[k][lane] += left[lane];
                }
                break;
            }
            let n = draw.split[row + i].draw_all(&left, words(self.keys[p].split[i], reps, day, 0));
            for lane in 0..LANES {
                out[k][lane] += n[lane];
                left[lane] -= n[lane];
            }
        }
    }
}

/// The list that rates are per.
///
/// By the scenario's `demand.per`; never a mixture of both.
fn population(model: &Model, practice: usize) -> Number {
    let practice = &model.practices[practice];
    match model.demand.per {
        PopulationBasis::Registered => practice.registered_list,
        PopulationBasis::Weighted => practice.weighted_list,
    }
}
