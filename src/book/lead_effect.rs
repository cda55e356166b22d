//! What shorter leads do to DNAs: no more than a stated share of what the DNA law says.
//!
//! In: the contacts of each week by time from booking, here and in the same replication of things as they are. Out: the
//! chance of not attending. Patients who book far ahead attend less for more reasons than the days themselves, so a law
//! read off bookings of one year does not say what an option that shortens leads would bring. Each week the
//! mean time from booking of the last week is set against that of the same week as now; a patient booked b days
//! ago has the chance of b + (1 - share) x (mean as now - mean here) days, between whole days by the straight
//! line, never below 0 days. Assumption: the mean of a practice and need stands for all of its patients, and
//! last week's for this one. With no difference, as in things as they are themselves, the law holds as stated,
//! to the bit.

use super::build::forget_lead;
use super::laws::dna_chance;
use super::line::Line;
use crate::law::binomial::Binomial;
use crate::model::Model;
use crate::model::need::{Dna, DnaLaw};
use crate::model::number::Number;
use crate::plan::lanes::{LANES, LaneThinning, Lanes, with_anyone};

/// Scenario time: the needs whose DNAs follow a change of leads in part. Empty where there are none.
#[derive(Clone, Debug, Default)]
pub struct LeadEffects {
    /// `[need]`
    /// None for a need whose DNAs follow leads wholly.
    needs: Vec<Option<Graded>>,
    /// Practices x needs of this model; nought where no need is concerned.
    places: usize,
    /// Weeks of the axis, the last perhaps not whole.
    weeks: usize,
}

/// A DNA law with the share of its rise that is the effect of time.
#[derive(Clone, Debug)]
struct Graded {
    /// As stated; its numbers are read for each replication.
    law: DnaLaw,
    /// Share of the law's rise by time from booking that is the effect of time itself [share].
    effect: Number,
    /// Time from booking from which on the law says the same [days].
    longest: usize,
}

/// Replication and day time.
#[derive(Clone, Debug, Default)]
pub struct LeadEffectDraw {
    /// Chance by time from booking: `[need][day]`.
    chances: Vec<Vec<Lanes<f64>>>,
    /// Share of a change of leads that does not count: `[need]`.
    discounted: Vec<Lanes<f64>>,
    /// Contacts of this week and their days from booking: `[place]`.
    seen: Vec<Lanes<u32>>,
    /// Days from booking of those contacts, summed: `[place]`.
    days: Vec<Lanes<u32>>,
    /// Mean time from booking up to the end of each week, that of the last week with contacts [days], no value before
    /// there were any: `[week][place]`.
    means: Vec<Lanes<f32>>,
    /// The same of things as they are, no value where nothing is measured against them.
    ///
    /// `[week][place]`, in places of this model.
    now: Vec<Lanes<f32>>,
    /// Days by which leads were longer as now, last week: `[place]`.
    longer_now: Vec<Lanes<f64>>,
}

impl LeadEffects {
    /// Finds the needs concerned; `days` is the length of the axis.
    pub fn new(model: &Model, days: usize) -> Self {
        let graded = |(k, dna): (usize, &Dna)| Graded {
            law: dna.law.clone(),
            effect: dna.lead_effect,
            longest: forget_lead(model, k),
        };
        let of = |need: &crate::model::need::Need, k| {
            need.dna.as_ref().filter(|dna| dna.follows_leads_in_part()).map(|dna| graded((k, dna)))
        };
        let needs: Vec<_> = model.needs.iter().enumerate().map(|(k, need)| of(need, k)).collect();
        if needs.iter().all(Option::is_none) {
            return Self::default();
        }
        Self { places: model.practices.len() * needs.len(), needs, weeks: days.div_ceil(7) }
    }

    /// True where any need is concerned.
    pub fn any(&self) -> bool {
        self.places > 0
    }

    /// Buffers of one block.
    pub fn buffers(&self) -> LeadEffectDraw {
        let days = |graded: &Option<Graded>| graded.as_ref().map_or(0, |graded| graded.longest + 1);
        LeadEffectDraw {
            chances: self.needs.iter().map(|graded| vec![[0.0; LANES]; days(graded)]).collect(),
            discounted: vec![[0.0; LANES]; self.needs.len()],
            seen: vec![[0; LANES]; self.places],
            days: vec![[0; LANES]; self.places],
            means: vec![[f32::NAN; LANES]; self.places * self.weeks],
            now: vec![[f32::NAN; LANES]; self.places * self.weeks],
            longer_now: vec![[0.0; LANES]; self.places],
        }
    }

    /// Draws one lane.
    ///
    /// Rebuilds the chance of every day from booking, one evaluation of the law each.
    pub fn redraw(&self, lane: usize, slots: &[f64], draw: &mut LeadEffectDraw) {
        for (k, graded) in self.needs.iter().enumerate() {
            let Some(graded) = graded else { continue };
            draw.discounted[k][lane] = 1.0 - graded.effect.at(slots, 0);
            for (day, chance) in draw.chances[k].iter_mut().enumerate() {
                chance[lane] = dna_chance(&graded.law, day as u32, slots);
            }
        }
    }

    /// Where the contacts of a line's people are counted; nowhere where no need is concerned, nor for those who were sent on to be
    /// seen as another need: their leads are of its law, and say nothing of those who stayed.
    #[inline]
    pub fn place(&self, line: &Line) -> Option<usize> {
        let key = &line.key;
        (self.any() && key.as_need == key.label).then(|| key.practice * self.needs.len() + key.label)
    }

    /// Counts contacts, attended or not, of a need as which they were booked so long ago.
    ///
    /// Times beyond the longest count as the longest: the law says the same there.
    #[inline]
    pub fn count(&self, place: usize, k: usize, booked: usize, n: &Lanes<u32>, draw: &mut LeadEffectDraw) {
        let booked = self.needs[k].as_ref().map_or(booked, |graded| booked.min(graded.longest));
        super::add(&mut draw.seen[place], n);
        super::add(&mut draw.days[place], &n.map(|n| booked as u32 * n));
    }

    /// A week ends: from tomorrow its mean is set against that as now.
    ///
    /// `week` counts from the first day of the axis.
    pub fn end_week(&self, week: usize, draw: &mut LeadEffectDraw) {
        for place in 0..self.places {
            let at = week * self.places + place;
            let before = at.checked_sub(self.places).map(|before| draw.means[before]);
            let (seen, days) = (&mut draw.seen[place], &mut draw.days[place]);
            for lane in 0..LANES {
                let (seen, days) = (std::mem::take(&mut seen[lane]), std::mem::take(&mut days[lane]));
                draw.means[at][lane] = match seen {
                    0 => before.map_or(f32::NAN, |means| means[lane]),
                    _ => (f64::from(days) / f64::from(seen)) as f32,
                };
                let longer = f64::from(draw.now[at][lane]) - f64::from(draw.means[at][lane]);
                draw.longer_now[place][lane] = if longer.is_nan() { 0.0 } else { longer };
            }
        }
    }
}

impl LeadEffectDraw {
    /// Nothing is known before the first week, and nothing is measured against.
    pub fn clear(&mut self) {
        self.seen.fill([0; LANES]);
        self.days.fill([0; LANES]);
        self.means.fill([f32::NAN; LANES]);
        self.now.fill([f32::NAN; LANES]);
        self.longer_now.fill([0.0; LANES]);
    }

    /// What is to come is measured against the same replications of things as they are; `places` says where each place
    /// of this model stands there.
    ///
    /// Called after [`LeadEffectDraw::clear`] and once the years as now are played; without it nothing is
    /// measured against.
    pub fn measure_against(&mut self, now: &Self, places: &[Option<usize>]) {
        let theirs = now.seen.len().max(1);
        for (own, week) in self.now.chunks_mut(places.len().max(1)).zip(now.means.chunks(theirs)) {
            for (own, place) in own.iter_mut().zip(places) {
                *own = place.map_or([f32::NAN; LANES], |place| week[place]);
            }
        }
    }

    /// How many of a batch do not attend: people of a need `k`, counted at `place` (none where
    /// DNAs do not follow leads), booked so many days ago.
    ///
    /// `law` is what holds where leads are as they are now.
    ///
    /// The word is the one that the plain law would use, so where leads do not differ nobody's luck does.
    #[inline]
    pub fn absent(
        &self,
        (k, place, booked): (usize, Option<usize>, usize),
        law: &LaneThinning,
        people: &Lanes<u32>,
        mut word: impl FnMut(usize) -> u64,
    ) -> Lanes<u32> {
        let longer = place.map(|place| &self.longer_now[place]);
        let differs =
            |longer: &&Lanes<f64>| longer.iter().any(|days| *days != 0.0) && !self.chances[k].is_empty();
        let Some(longer) = longer.filter(differs) else { return law.draw_all(people, word) };
        let mut absent = [0; LANES];
        for lane in with_anyone(people) {
            absent[lane] = if longer[lane] == 0.0 {
                law.draw(lane, people[lane], word(lane))
            } else {
                let chance = self.chance(k, lane, booked, longer[lane]);
                Binomial::direct(chance).draw(people[lane], word(lane))
            };
        }
        absent
    }

    /// The chance of a patient booked so many days ago where leads were so much longer as now.
    ///
    /// `longer_now` may be below nought, where the option lengthens leads [days].
    fn chance(&self, k: usize, lane: usize, booked: usize, longer_now: f64) -> f64 {
        let by_day = &self.chances[k];
        let last = by_day.len() - 1;
        let days = booked.min(last) as f64 + self.discounted[k][lane] * longer_now;
        let days = days.clamp(0.0, last as f64);
        let whole = days as usize;
        let (low, high) = (by_day[whole][lane], by_day[(whole + 1).min(last)][lane]);
        low + (days - whole as f64) * (high - low)
    }
}
