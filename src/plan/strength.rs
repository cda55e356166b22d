//! How strongly each lever acts on a day: taking part, ramp, maturity.
//!
//! Ramps are linear, `starts_at` (nought where it is not stated) on the start day and full after `ramp_weeks`; the maturity of the network
//! divides the ramp time and, where the lever says so, multiplies the final uptake. Levers are off in
//! the warm-up.
//!
//! In: levers as stated, their numbers as drawn. Out: the reach of each lever at each practice on each day
//! [share], which the front door, the roster and the book multiply their effects by.

use super::axis::Axis;
use super::lanes::{LANES, Lanes};
use crate::lever::Lever;
use crate::model::Model;
use crate::random::{Key, Purpose, entity_hash, unit};

/// Scenario time: when each lever runs and the keys of who takes part.
#[derive(Clone, Debug)]
pub struct Strength {
    levers: Vec<Window>,
    practices: usize,
    networks: usize,
}

/// First day, day after the last, and a key for each practice.
#[derive(Clone, Debug)]
struct Window {
    /// Index of the first day in force, never before the counted period.
    starts: usize,
    /// Days from its stated start to the axis's first day: its ramp has run so long before it is in force. Below nought where it
    /// starts later.
    before: i32,
    ends: usize,
    /// By practice: who takes part is drawn for each alone.
    keys: Vec<Key>,
}

/// Replication time: who takes part and how fast each lever ramps.
#[derive(Clone, Debug)]
pub struct StrengthDraw {
    /// Final uptake of the lever at a practice, 0 where it takes no part: `[lever][practice]`.
    taking_part: Vec<Lanes<f64>>,
    /// Days from its start to full: `[lever][network]`.
    ramp_days: Vec<Lanes<f64>>,
    /// Share of its final uptake on its first day: `[lever]`.
    starts_at: Vec<Lanes<f64>>,
}

impl Strength {
    /// Lays the levers of a model on its axis.
    pub fn new(model: &Model, axis: &Axis, seed: u64) -> Self {
        let window = |lever: &Lever| Window {
            // Off in the warm-up; one from before the counted period has risen since its stated start.
            before: axis.day(0).0 - lever.starts.0,
            starts: index_of(axis, lever.starts.0).max(axis.warm_up),
            ends: lever.until.map_or(axis.days, |until| index_of(axis, until.0 + 1)),
            keys: model
                .practices
                .iter()
                .map(|p| {
                    Key::new(
                        seed,
                        Purpose::TakingPart,
                        entity_hash(&format!("lever.{}@{}", lever.name, p.name)),
                    )
                })
                .collect(),
        };
        Self {
            levers: model.levers.iter().map(window).collect(),
            practices: model.practices.len(),
            networks: model.networks.len(),
        }
    }

    /// Buffers for one block.
    pub fn draw_buffers(&self) -> StrengthDraw {
        StrengthDraw {
            taking_part: vec![[0.0; LANES]; self.levers.len() * self.practices],
            ramp_days: vec![[0.0; LANES]; self.levers.len() * self.networks],
            starts_at: vec![[0.0; LANES]; self.levers.len()],
        }
    }

    /// Draws one lane: `slots` are its uncertain quantities, `draw` its draw index.
    pub fn redraw(&self, model: &Model, lane: usize, draw: u64, slots: &[f64], out: &mut StrengthDraw) {
        for (l, (lever, window)) in model.levers.iter().zip(&self.levers).enumerate() {
            for (p, practice) in model.practices.iter().enumerate() {
                let share = lever.practices_taking_part.at(slots, p);
                // The same uniform for every share: who takes part at a lower share takes part at any higher
                // one.
                let takes_part = unit(window.keys[p].words(draw, 0, 0)[0]) < share;
                let maturity = model.networks[practice.network].maturity.at(slots, p);
                let reach = if lever.maturity_scales_uptake { maturity } else { 1.0 };
                out.taking_part[l * self.practices + p][lane] = if takes_part { reach } else { 0.0 };
            }
            out.starts_at[l][lane] = lever.starts_at.at(slots, 0);
            for (n, network) in model.networks.iter().enumerate() {
                let weeks = lever.ramp_weeks.at(slots, 0);
                // A ramp of no weeks is no days: full from the first day on.
                out.ramp_days[l * self.networks + n][lane] = 7.0 * weeks / network.maturity.at(slots, 0);
            }
        }
    }

    /// True where the lever is in force on day `t`.
    #[inline]
    pub fn in_force(&self, lever: usize, t: usize) -> bool {
        (self.levers[lever].starts..self.levers[lever].ends).contains(&t)
    }

    /// Share of its final uptake that a lever in force has reached in a network on day `t`.
    ///
    /// Called only for a lever in force: before its start there is no ramp to read.
    pub fn ramp(&self, draw: &StrengthDraw, lever: usize, network: usize, lane: usize, t: usize) -> f64 {
        let since = t as f64 + f64::from(self.levers[lever].before);
        let days = draw.ramp_days[lever * self.networks + network][lane];
        let from = draw.starts_at[lever][lane];
        if since >= days { 1.0 } else { from + (1.0 - from) * (since / days) }
    }

    /// Final uptake of a lever at a practice: 0 where it takes no part.
    pub fn taking_part(&self, draw: &StrengthDraw, lever: usize, practice: usize, lane: usize) -> f64 {
        draw.taking_part[lever * self.practices + practice][lane]
    }

    /// How far each lever reaches at each practice on day `t`: taking part x ramp, 0 where not in force.
    ///
    /// `out` is `[lever][practice]`, from [`Strength::reach_buffers`]; every place is written.
    pub fn reach(&self, model: &Model, draw: &StrengthDraw, t: usize, out: &mut [Lanes<f64>]) {
        for l in 0..self.levers.len() {
            let row = &mut out[l * self.practices..(l + 1) * self.practices];
            if !self.in_force(l, t) {
                row.fill([0.0; LANES]);
                continue;
            }
            for (p, reach) in row.iter_mut().enumerate() {
                let network = model.practices[p].network;
                for (lane, reach) in reach.iter_mut().enumerate() {
                    *reach = self.taking_part(draw, l, p, lane) * self.ramp(draw, l, network, lane, t);
                }
            }
        }
    }

    /// Buffers for [`Strength::reach`].
    pub fn reach_buffers(&self) -> Vec<Lanes<f64>> {
        vec![[0.0; LANES]; self.levers.len() * self.practices]
    }
}

/// Index of a calendar day on the axis, held to its ends.
fn index_of(axis: &Axis, day: i32) -> usize {
    (day - axis.first.0).clamp(0, axis.days as i32) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::axis::Axis;

    /// Off in the warm-up; from the first counted day on as far as its stated start says: half of eight weeks after four, all of
    /// them after more, nothing before a start that is still to come.
    #[test]
    fn a_lever_from_before_the_period_has_risen_since_its_start() {
        let reach = |starts: &str, day: usize| from_share(0.0, starts, day);
        assert_eq!([0, 28, 40].map(|day| reach("2019-03-04", day)), [0.5, 1.0, 1.0]);
        assert_eq!([0, 14].map(|day| reach("2018-04-01", day)), [1.0, 1.0]);
        assert_eq!([0, 14, 42].map(|day| reach("2019-04-15", day)), [0.0, 0.0, 0.5]);
    }

    /// From 0.4 the half of eight weeks is 0.7; before its start there is nothing all the same.
    #[test]
    fn a_lever_may_start_above_nought() {
        let at = [0, 28, 55].map(|day| from_share(0.4, "2019-04-01", day));
        assert_eq!(at, [0.4, 0.4 + 0.6 * 0.5, 0.4 + 0.6 * (55.0 / 56.0)]);
        assert_eq!(from_share(0.4, "2019-04-15", 13), 0.0);
    }

    /// Reach on a day of the period of a lever with a ramp of eight weeks.
    fn from_share(starts_at: f64, starts: &str, day: usize) -> f64 {
        let text = format!(
            "[horizon]\nstart = 2019-04-01\nweeks = 8\nwarm_up_weeks = 2\n[practice.a]\nregistered_list = 5000\n[need.ask]\nrate_per_patient_year = 3\n\
                 roles = [\"gp\"]\n[role.gp]\n[post.gps]\nrole = \"gp\"\nslots_per_day = 60\n[lever.less]\nramp_weeks = 8\nstarts_at = {starts_at}\nstarts = {starts}\n\
                 change.less.demand = {{ needs = [\"ask\"], factor = 0.9 }}\n[option.less]\nlevers = [\"less\"]\n"
        );
        let scenario = crate::scenario::load_text("a.toml", &text, &[])
            .unwrap_or_else(|report| panic!("{}", report.render(false)));
        let model = &scenario.options[1].model;
        let strength = Strength::new(model, &Axis::new(model), 1);
        let mut draw = strength.draw_buffers();
        strength.redraw(model, 0, 0, &[], &mut draw);
        let mut out = vec![[0.0; LANES]; 1];
        strength.reach(model, &draw, 14 + day, &mut out);
        out[0][0]
    }
}
