//! What levers do to the people of a post, by day: minutes moved between weekdays, the hazard of sickness.
//!
//! In: the option's levers as drawn. Out: for one post and lane the factor on the hazard of each day, and the
//! weights of each weekday. Shared posts feel a lever as far as it reaches their practices, by weighted list.
//!
//! Several levers on one post multiply.

use super::days::Days;
use crate::lever::Change;
use crate::model::Model;
use crate::model::number::Number;
use crate::model::post::Post;
use crate::model::working_week::WorkingWeek;
use crate::plan::lanes::Replication;
use crate::plan::strength::{Strength, StrengthDraw};

/// The levers of one option, as drawn.
#[derive(Clone, Copy, Debug)]
pub struct Levers<'a> {
    /// The option's model.
    pub model: &'a Model,
    /// Levers by day.
    pub strength: &'a Strength,
    /// Levers as drawn.
    pub strength_draw: &'a StrengthDraw,
}

impl Levers<'_> {
    /// How far a lever reaches at a practice on a day, 0 where it is not in force [share].
    #[inline]
    pub fn reach(&self, lever: usize, practice: usize, lane: usize, t: usize) -> f64 {
        if !self.strength.in_force(lever, t) {
            return 0.0;
        }
        let network = self.model.practices[practice].network;
        self.strength.taking_part(self.strength_draw, lever, practice, lane)
            * self.strength.ramp(self.strength_draw, lever, network, lane, t)
    }
}

/// A replication of one option as the roster sees it.
#[derive(Clone, Copy, Debug)]
pub struct At<'a> {
    /// The option's levers.
    pub levers: Levers<'a>,
    /// Place among the replications side by side.
    pub lane: usize,
    /// The replication.
    pub rep: Replication,
    /// Its uncertain quantities.
    pub slots: &'a [f64],
}

impl At<'_> {
    /// How far a lever reaches over practices, by weighted list [share]; without lists each counts alike.
    fn reach_over(&self, lever: usize, practices: &[usize], t: usize) -> f64 {
        if !self.levers.strength.in_force(lever, t) {
            return 0.0;
        }
        let (mut reach, mut all) = (0.0, 0.0);
        for &p in practices {
            let list = self.levers.model.practices[p].weighted_list.at(self.slots, p).max(f64::MIN_POSITIVE);
            reach += list * self.levers.reach(lever, p, self.lane, t);
            all += list;
        }
        reach / all
    }
}

/// Levers that act on the people of one post.
#[derive(Clone, Debug)]
pub struct Effects {
    /// Practices over which reach is averaged.
    practices: Vec<usize>,
    /// `(lever, weight of each weekday)`.
    weekdays: Vec<(usize, [f64; 7])>,
    /// `(lever, factor)`.
    sickness: Vec<(usize, Number)>,
}

impl Effects {
    /// Finds the levers that act on a post.
    pub fn new(model: &Model, post: &Post) -> Self {
        let mut effects =
            Self { practices: post.practices(model), weekdays: Vec::new(), sickness: Vec::new() };
        for (l, lever) in model.levers.iter().enumerate() {
            for (_, change) in &lever.changes {
                match change {
                    Change::Weekdays { role, weights } if *role == post.role => {
                        effects.weekdays.push((l, *weights));
                    }
                    Change::Sickness { roles, factor } if roles.contains(&post.role) => {
                        effects.sickness.push((l, *factor));
                    }
                    _ => {}
                }
            }
        }
        effects
    }

    /// True where no lever acts on the post's people.
    pub fn none(&self) -> bool {
        self.weekdays.is_empty() && self.sickness.is_empty()
    }

    /// Factor on the hazard of sickness by day; empty where no lever acts on it.
    ///
    /// By index of day; a factor of one where nothing reaches. `out` keeps its memory from one post to the
    /// next.
    pub fn hazard(&self, at: &At<'_>, days: &Days, out: &mut Vec<f64>) {
        out.clear();
        if self.sickness.is_empty() {
            return;
        }
        out.extend((0..days.len()).map(|t| {
            self.sickness.iter().fold(1.0, |all, (lever, factor)| {
                // The factor's own number is read at the post's first practice; reach is averaged over all.
                let by = factor.at(at.slots, self.practices.first().copied().unwrap_or(0));
                all * (1.0 + at.reach_over(*lever, &self.practices, t) * (by - 1.0))
            })
        }));
    }

    /// Weights of the weekdays by day, as far as the levers reach; empty where none acts.
    ///
    /// Not normalised: [`weekday_factor`] does that, person by person.
    pub fn weights(&self, at: &At<'_>, days: &Days, out: &mut Vec<[f64; 7]>) {
        out.clear();
        if self.weekdays.is_empty() {
            return;
        }
        out.extend((0..days.len()).map(|t| {
            let mut all = [1.0; 7];
            for (lever, weights) in &self.weekdays {
                let reach = at.reach_over(*lever, &self.practices, t);
                for (all, weight) in all.iter_mut().zip(weights) {
                    *all *= 1.0 + reach * (weight - 1.0);
                }
            }
            all
        }));
    }
}

/// Factor on a person's minutes of a weekday, such that a full open week keeps its total. One where the
/// weights leave the person no minutes at all.
///
/// `open` says on which weekdays appointments are held; sessions on others count on neither side.
pub fn weekday_factor(week: &WorkingWeek, open: &[bool; 7], weights: &[f64; 7], weekday: usize) -> f64 {
    let (mut before, mut after) = (0.0, 0.0);
    for d in (0..7).filter(|d| open[*d]) {
        let sessions = f64::from(week.sessions_on(d));
        before += sessions;
        after += sessions * weights[d];
    }
    if after > 0.0 { weights[weekday] * before / after } else { 1.0 }
}
