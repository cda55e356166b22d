//! Latent demand: requests that present only while waits are short.
//!
//! In: the day's requests of a practice and need, and the mean wait of its contacts in the last week in which it had
//! any. Out: further requests in proportion to the day's own (Poisson), where that mean wait is short enough. The
//! demand path itself looks at no wait; this is the one place where access answers back on how many ask.
//!
//! Assumption: patients know last week's mean wait of their practice, and answer at once. One Poisson draw a
//! day, practice and need while waits are short; none otherwise. Weeks are those of the axis, the warm-up's
//! among them.

use super::tally::Flow;
use super::{Book, BookDraw, Today};
use crate::law::poisson;
use crate::model::Model;
use crate::model::need::Latent;
use crate::plan::lanes::{LANES, Lanes};
use crate::random::{Key, Purpose, entity_hash, unit};

/// Scenario time: the needs with latent demand.
#[derive(Clone, Debug, Default)]
pub struct LatentNeeds {
    /// `(need, its latent demand)`, in the order of needs.
    needs: Vec<(usize, Latent)>,
    /// Position of each need among them.
    position: Vec<Option<usize>>,
    /// `[practice][position]`
    keys: Vec<Key>,
}

/// Replication and day time.
#[derive(Clone, Debug, Default)]
pub struct LatentDraw {
    /// Further requests of the usual ones, and the longest mean wait: `[position]`.
    shares: Vec<Lanes<f64>>,
    /// Longest mean wait that still draws people in [days]: `[position]`.
    within: Vec<Lanes<f64>>,
    /// Contacts of this week and the days they waited: `[practice][position]`.
    seen: Vec<Lanes<u32>>,
    /// Days waited by them, summed: `[practice][position]`.
    days: Vec<Lanes<u32>>,
    /// True where the last week with contacts had short waits: `[practice][position]`.
    short: Vec<Lanes<bool>>,
}

impl LatentNeeds {
    /// Finds the needs with latent demand.
    pub fn new(model: &Model, seed: u64) -> Self {
        let needs: Vec<(usize, Latent)> =
            model.needs.iter().enumerate().filter_map(|(k, need)| need.latent.map(|l| (k, l))).collect();
        let position =
            (0..model.needs.len()).map(|k| needs.iter().position(|(need, _)| *need == k)).collect();
        let key = |practice: &str, k: usize| {
            let address = format!("practice.{practice}/need.{}", model.needs[k].name);
            Key::new(seed, Purpose::Latent, entity_hash(&address))
        };
        let keys = model.practices.iter().flat_map(|p| needs.iter().map(|(k, _)| key(&p.name, *k))).collect();
        Self { needs, position, keys }
    }

    /// Buffers of one block.
    pub fn buffers(&self) -> LatentDraw {
        LatentDraw {
            shares: vec![[0.0; LANES]; self.needs.len()],
            within: vec![[0.0; LANES]; self.needs.len()],
            seen: vec![[0; LANES]; self.keys.len()],
            days: vec![[0; LANES]; self.keys.len()],
            short: vec![[false; LANES]; self.keys.len()],
        }
    }

    /// Draws one lane.
    ///
    /// `slots` are the lane's uncertain quantities.
    pub fn redraw(&self, lane: usize, slots: &[f64], draw: &mut LatentDraw) {
        for (i, (_, latent)) in self.needs.iter().enumerate() {
            draw.shares[i][lane] = latent.share.at(slots, 0);
            draw.within[i][lane] = latent.within_days.at(slots, 0);
        }
    }

    /// Where the contacts of a need at a practice are counted; nowhere without latent demand.
    ///
    /// A place is practice x needs with latent demand + position, as in all lists here.
    #[inline]
    pub fn place(&self, practice: usize, need: usize) -> Option<usize> {
        Some(practice * self.needs.len() + self.position[need]?)
    }

    /// A week ends: from tomorrow its mean wait decides, where anyone was seen.
    pub fn end_week(&self, draw: &mut LatentDraw) {
        for at in 0..self.keys.len() {
            let within = &draw.within[at % self.needs.len()];
            for (lane, within) in within.iter().enumerate() {
                let seen = std::mem::take(&mut draw.seen[at][lane]);
                let days = std::mem::take(&mut draw.days[at][lane]);
                // Without contacts the last week that had any goes on deciding.
                if seen > 0 {
                    draw.short[at][lane] = f64::from(days) <= within * f64::from(seen);
                }
            }
        }
    }
}

impl LatentDraw {
    /// Counts contacts, and the days they waited.
    ///
    /// `wait` is in calendar days from the due day, as in the tally.
    #[inline]
    pub fn count(&mut self, place: usize, wait: usize, n: &Lanes<u32>) {
        super::add(&mut self.seen[place], n);
        super::add(&mut self.days[place], &n.map(|n| wait as u32 * n));
    }

    /// Nothing is known of waits before the first week.
    pub fn clear(&mut self) {
        self.seen.fill([0; LANES]);
        self.days.fill([0; LANES]);
        self.short.fill([false; LANES]);
    }
}

impl Book {
    /// Adds those to a practice's requests of a day who present only because waits are short.
    ///
    /// `requests` are the practice's of the day by need, before levers on demand; who presents is added there
    /// and counted as latent, so that from here on nothing tells them from the others.
    pub fn present_latent(
        &self,
        practice: usize,
        today: Today<'_>,
        requests: &mut [Lanes<u32>],
        draw: &mut BookDraw,
    ) {
        for (i, (need, _)) in self.latent.needs.iter().enumerate() {
            let at = practice * self.latent.needs.len() + i;
            let asked = &mut requests[*need];
            for (lane, rep) in today.reps.iter().enumerate() {
                if draw.latent.short[at][lane] && asked[lane] > 0 {
                    // The day's own requests were drawn before and are the same in every option.
                    let word = self.latent.keys[at].words(rep.chance, today.day, 0)[0];
                    let mean = draw.latent.shares[i][lane] * f64::from(asked[lane]);
                    let more = poisson::quantile(unit(word), mean);
                    draw.tally.draws += 1;
                    asked[lane] += more;
                    draw.tally.add(practice, *need, Flow::Latent, lane, more);
                }
            }
        }
    }
}
