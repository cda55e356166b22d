//! The chances the book applies: fixed ones as tables at scenario time, drawn ones rebuilt for each
//! replication.
//!
//! In: the numbers of needs and levers, and each replication's slots. Out: a thinning for every chance, and
//! slot lengths in ticks. A fixed chance is a table that all lanes share; a drawn one is built anew a lane,
//! which costs a few logarithms.

use crate::law::thinning::Thinning;
use crate::lever::Change;
use crate::model::Model;
use crate::model::need::{DNA_DAYS, DnaLaw};
use crate::model::number::Number;
use crate::plan::lanes::{LANES, LaneThinning, Lanes};
use crate::units::{Ticks, ticks};
use std::collections::BTreeMap;

/// Largest count for which tables of fixed chances are built; larger ones are drawn directly, with the same result.
const TABLE_MAX: u32 = 127;
/// A chance of the model as a thinning.
#[derive(Clone, Debug)]
pub struct Chance {
    /// What it is in the model; read again for each replication where it is drawn.
    number: Number,
    /// Thinning by lane.
    pub thinning: LaneThinning,
}

/// Tables of fixed chances, each found by the bits of its chance, so that equal ones stand in memory once.
#[derive(Debug, Default)]
struct Tables(BTreeMap<u64, Thinning>);

impl Tables {
    /// The table of a chance, made where there is none yet.
    fn get(&mut self, p: f64) -> LaneThinning {
        let table = self.0.entry(p.to_bits()).or_insert_with(|| Thinning::table(p, TABLE_MAX));
        LaneThinning::Same(table.clone())
    }

    /// A number of the model: a shared table where it is fixed, else one thinning a lane, empty until it is
    /// drawn.
    fn chance(&mut self, number: Number) -> Chance {
        let thinning = number.fixed().map_or_else(LaneThinning::each, |p| self.get(p));
        Chance { number, thinning }
    }
}

impl Chance {
    /// Draws one lane; a fixed chance stays as it is.
    fn redraw(&mut self, lane: usize, slots: &[f64]) {
        if self.number.fixed().is_none() {
            self.thinning.set(lane, self.number.at(slots, 0));
        }
    }

    /// The number of each lane's `n` to whom it happens.
    ///
    /// Lanes in which nobody is come back as nought; their words are not asked for.
    #[inline(always)]
    pub fn draw_all(&self, n: &Lanes<u32>, word: impl FnMut(usize) -> u64) -> Lanes<u32> {
        self.thinning.draw_all(n, word)
    }

    /// The number of `n` to whom it happens.
    #[inline(always)]
    pub fn draw(&self, lane: usize, n: u32, word: u64) -> u32 {
        self.thinning.draw(lane, n, word)
    }
}

/// Chance of not attending by time from booking; the last value holds.
#[derive(Clone, Debug)]
pub struct DnaTable {
    /// As stated; read again for each replication where any of its numbers is drawn.
    law: DnaLaw,
    /// One thinning a day from booking, from day 0 up to the law's last step, at most [`DNA_DAYS`]; never empty.
    by_day: Vec<LaneThinning>,
    /// Share that asks again.
    pub rebook: Chance,
    /// Days until they do.
    pub rebook_after: usize,
    /// Share of wasted minutes that is refilled.
    refill: Number,
    /// As drawn, by lane.
    refill_share: Lanes<f64>,
}

impl DnaTable {
    /// The thinning at a time from booking.
    #[inline(always)]
    pub fn at(&self, days: usize) -> &LaneThinning {
        &self.by_day[days.min(self.by_day.len() - 1)]
    }

    /// Share of wasted minutes that goes to the next in line.
    ///
    /// By lane. Read once for everyone of a line whom a part sees in a step.
    #[inline]
    pub fn refill_shares(&self) -> &Lanes<f64> {
        &self.refill_share
    }

    /// Draws one lane. Fixed days keep their tables.
    fn redraw(&mut self, lane: usize, slots: &[f64]) {
        self.refill_share[lane] = self.refill.at(slots, 0);
        for (day, thinning) in self.by_day.iter_mut().enumerate() {
            if matches!(thinning, LaneThinning::Each(_)) {
                thinning.set(lane, dna_chance(&self.law, day as u32, slots));
            }
        }
        self.rebook.redraw(lane, slots);
    }
}

/// Chance of not attending at a time from booking.
///
/// `slots` may be empty where the law is fixed. A table without a step at day 0 gives no chance until its
/// first step.
pub fn dna_chance(law: &DnaLaw, day: u32, slots: &[f64]) -> f64 {
    match law {
        DnaLaw::Constant(p) => p.at(slots, 0),
        DnaLaw::ByDay(steps) => {
            steps.iter().take_while(|(from, _)| *from <= day).last().map_or(0.0, |(_, p)| p.at(slots, 0))
        }
        DnaLaw::Saturating { least, most, scale_days } => {
            let (least, most) = (least.at(slots, 0), most.at(slots, 0));
            most - (most - least) * libm::exp(-f64::from(day) / scale_days.at(slots, 0))
        }
    }
}

/// True where no draw changes the law.
fn dna_is_fixed(law: &DnaLaw) -> bool {
    match law {
        DnaLaw::Constant(p) => p.fixed().is_some(),
        DnaLaw::ByDay(steps) => steps.iter().all(|(_, p)| p.fixed().is_some()),
        DnaLaw::Saturating { least, most, scale_days } => {
            [least, most, scale_days].iter().all(|p| p.fixed().is_some())
        }
    }
}

/// Chances of one need.
#[derive(Clone, Debug)]
pub struct NeedLaws {
    /// Not attending.
    pub dna: Option<DnaTable>,
    /// Giving up at a day's end, and its destinations as conditional chances.
    pub gives_up: Option<Chance>,
    /// Conditional chances of destinations of those who give up, with the destination's index.
    pub gives_up_to: Vec<(usize, Chance)>,
    /// The same for the hard limit.
    pub hard_limit_to: Vec<(usize, Chance)>,
    /// Follow-up.
    pub follow_up: Option<Chance>,
    /// Referral on: `(from role, chance)` in the need's order.
    pub refers_on: Vec<(usize, Chance)>,
    /// Told to ask again tomorrow.
    pub asks_again: Option<Chance>,
    /// Would be seen at another practice.
    pub willing: Option<Chance>,
}

/// All chances of the book, and the slot lengths.
#[derive(Clone, Debug)]
pub struct Laws {
    /// By need.
    pub needs: Vec<NeedLaws>,
    /// Return share of each redirect with returns, in the order of `changes`.
    pub returns: Vec<Chance>,
    /// Slot lengths [ticks] by index of the service's list; at least one where it is drawn, so that nobody takes no
    /// time at all.
    pub slots: Vec<Lanes<Ticks>>,
    /// The numbers behind `slots`, in the same order.
    slot_numbers: Vec<Number>,
    /// Factors of levers on the chance of not attending: `(lever, change)`, number, value by lane.
    dna_factors: Vec<((usize, usize), Number, Lanes<f64>)>,
}

impl Laws {
    /// Builds what no draw changes.
    ///
    /// `slot_numbers` and `destinations` are the lists of [`super::service::Service::slots`] and of the book,
    /// in their order.
    pub fn new(model: &Model, slot_numbers: &[Number], destinations: &[String]) -> Self {
        let mut tables = Tables::default();
        let needs = model
            .needs
            .iter()
            .map(|need| NeedLaws {
                dna: need.dna.as_ref().map(|dna| DnaTable {
                    by_day: dna_days(&dna.law, &mut tables),
                    law: dna.law.clone(),
                    rebook: tables.chance(dna.rebook),
                    rebook_after: dna.rebook_after_days as usize,
                    refill: dna.refill,
                    refill_share: [0.0; LANES],
                }),
                gives_up: need.gives_up.as_ref().map(|g| tables.chance(g.chance_each_day)),
                gives_up_to: need
                    .gives_up
                    .as_ref()
                    .map_or(vec![], |g| conditional(&g.to, destinations, &mut tables)),
                hard_limit_to: need
                    .hard_limit
                    .as_ref()
                    .map_or(vec![], |h| conditional(&h.to, destinations, &mut tables)),
                follow_up: need.follow_up.as_ref().map(|f| tables.chance(f.share)),
                refers_on: need.refers_on.iter().map(|r| (r.from_role, tables.chance(r.share))).collect(),
                asks_again: need.asks_again.map(|share| tables.chance(share)),
                willing: need.elsewhere.map(|elsewhere| tables.chance(elsewhere.willing)),
            })
            .collect();
        let returns = redirects_with_returns(model).map(|(_, _, share)| tables.chance(share)).collect();
        let slots = slot_numbers.iter().map(|n| [n.fixed().map_or(0, ticks); LANES]).collect();
        let dna_factors = dna_factors(model);
        Self { needs, returns, slots, slot_numbers: slot_numbers.to_vec(), dna_factors }
    }

    /// Draws one lane.
    ///
    /// `slots` are the lane's uncertain quantities. Allocates nothing.
    pub fn redraw(&mut self, lane: usize, slots: &[f64]) {
        for need in &mut self.needs {
            if let Some(dna) = &mut need.dna {
                dna.redraw(lane, slots);
            }
            need.gives_up.iter_mut().for_each(|c| c.redraw(lane, slots));
            need.follow_up.iter_mut().for_each(|c| c.redraw(lane, slots));
            need.asks_again.iter_mut().for_each(|c| c.redraw(lane, slots));
            need.willing.iter_mut().for_each(|c| c.redraw(lane, slots));
            need.refers_on.iter_mut().for_each(|(_, c)| c.redraw(lane, slots));
        }
        self.returns.iter_mut().for_each(|c| c.redraw(lane, slots));
        for (slot, number) in self.slots.iter_mut().zip(&self.slot_numbers) {
            if number.fixed().is_none() {
                slot[lane] = ticks(number.at(slots, 0)).max(1);
            }
        }
        for (_, number, factor) in &mut self.dna_factors {
            factor[lane] = number.at(slots, 0);
        }
    }

    /// Factor of a lever's change on the chance of not attending.
    ///
    /// 1 where the change is none of a DNA lever's. A short list, searched in place.
    pub fn dna_factor(&self, lever: usize, change: usize, lane: usize) -> f64 {
        self.dna_factors.iter().find(|(at, _, _)| *at == (lever, change)).map_or(1.0, |(_, _, f)| f[lane])
    }
}

/// Every change that multiplies the chance of not attending.
fn dna_factors(model: &Model) -> Vec<((usize, usize), Number, Lanes<f64>)> {
    let mut found = Vec::new();
    for (l, lever) in model.levers.iter().enumerate() {
        for (c, (_, change)) in lever.changes.iter().enumerate() {
            if let Change::Dna { factor, .. } = change {
                found.push(((l, c), *factor, [1.0; LANES]));
            }
        }
    }
    found
}

/// Redirects that have returns: `(lever, change, share)`, in a fixed order.
///
/// The order gives each its position in [`Laws::returns`].
pub fn redirects_with_returns(model: &Model) -> impl Iterator<Item = (usize, usize, Number)> {
    model.levers.iter().enumerate().flat_map(|(l, lever)| {
        lever.changes.iter().enumerate().filter_map(move |(c, (_, change))| match change {
            Change::Redirect { returns: Some(returns), .. } => Some((l, c, returns.share)),
            _ => None,
        })
    })
}

/// The DNA law as thinnings by day.
///
/// All days are drawn or all are fixed: the law's numbers are read together.
fn dna_days(law: &DnaLaw, tables: &mut Tables) -> Vec<LaneThinning> {
    let days = match law {
        DnaLaw::Constant(_) => 1,
        DnaLaw::ByDay(steps) => steps.last().map_or(1, |(day, _)| day + 1),
        DnaLaw::Saturating { .. } => DNA_DAYS,
    };
    (0..days.min(DNA_DAYS))
        .map(
            |day| {
                if dna_is_fixed(law) { tables.get(dna_chance(law, day, &[])) } else { LaneThinning::each() }
            },
        )
        .collect()
}

/// Shares of destinations as conditional chances, one after the other.
///
/// The last takes whoever is left, so that rounding sends nobody nowhere. Shares are plain numbers:
/// `scenario::draws` refuses drawn ones.
fn conditional(
    to: &[(String, Number)],
    destinations: &[String],
    tables: &mut Tables,
) -> Vec<(usize, Chance)> {
    let mut left = 1.0;
    to.iter()
        .enumerate()
        .filter_map(|(i, (name, share))| {
            let share = share.fixed().unwrap_or(0.0);
            let chance = if i + 1 == to.len() || left <= 0.0 { 1.0 } else { (share / left).clamp(0.0, 1.0) };
            left -= share;
            let index = destinations.iter().position(|d| d == name)?;
            Some((index, tables.chance(Number::Fixed(chance))))
        })
        .collect()
}
