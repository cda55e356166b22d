//! A second look at some replications: weekly minutes by role, and where redirected time went.
//!
//! In: a model, a seed, replications. Out: for each replication, in their order, minutes wanted, rostered and used
//! by role and week over the practices of one place, and the links of the chain from rated avoidable to released.
//! The draws are those of the run, so what is seen here is the same simulated year.
//!
//! Costs a whole year for each replication, in blocks side by side. It is used for a few replications of what an
//! outcome does not keep.

use crate::book::tally::{Flow, Tally};
use crate::lever::Change;
use crate::model::Model;
use crate::model::need::Need;
use crate::outcome::columns::Place;
use crate::plan::lanes::{LANES, Lanes, Replication};
use crate::plan::strength::{Strength, StrengthDraw};
use crate::units::{Ticks, minutes};
use crate::year::pool::Pool;
use crate::year::{Block, Year};
use rayon::prelude::*;

/// One replication.
///
/// Weeks are those of the counted period, a shorter last one included; minutes by role are of the posts of the
/// place alone, wanted minutes of its practices. Roles are in the order of the model.
#[derive(Clone, Debug)]
pub struct Probed {
    /// Slot minutes of everyone due, by role and week.
    pub wanted: Vec<Vec<f64>>,
    /// Minutes on the roster, by role and week.
    pub rostered: Vec<Vec<f64>>,
    /// Minutes used, by role and week.
    pub used: Vec<Vec<f64>>,
    /// GP minutes of requests rated avoidable.
    pub rated: f64,
    /// Of those, at practices that take part in a redirecting lever.
    pub taking_part: f64,
    /// Of those, redirected.
    pub redirected: f64,
    /// GP minutes of those sent to another role who were not seen by it.
    pub unseen: f64,
    /// GP minutes of those who came back.
    pub returned: f64,
    /// GP minutes of requests that presented only because waits were short.
    pub latent: f64,
}

impl Probed {
    /// Minutes of several roles over all weeks.
    pub fn total(weeks: &[Vec<f64>], roles: &[usize]) -> f64 {
        roles.iter().map(|&r| weeks[r].iter().sum::<f64>()).sum()
    }
}

/// Posts that see only patients of a place.
///
/// Shared posts that also see others' patients are not among them.
pub fn posts_of(model: &Model, place: Place) -> Vec<usize> {
    let practices = place.practices(model);
    let inside = |i: &usize| {
        let seen = model.posts[*i].practices(model);
        seen.iter().all(|p| practices.contains(p))
    };
    (0..model.posts.len()).filter(inside).collect()
}

/// Probes replications of a model.
///
/// In the order of the replications, however many cores play them.
pub fn probe(model: &Model, seed: u64, place: Place, replications: &[Replication]) -> Vec<Probed> {
    let pool = Pool::new(Year::new(model.clone(), seed, false));
    let year = pool.year();
    let strength = Strength::new(model, &year.axis, seed);
    let look = Look { year, practices: place.practices(model), posts: posts_of(model, place) };
    let blocks: Vec<Vec<Probed>> = replications
        .par_chunks(LANES)
        .map_init(
            || strength.draw_buffers(),
            |drawn, reps| {
                pool.play(reps, |block| {
                    // Who takes part hangs on the draw alone, so it is drawn here once more.
                    for (lane, rep) in reps.iter().enumerate() {
                        strength.redraw(model, lane, rep.draw, &block.slots[lane], drawn);
                    }
                    (0..reps.len()).map(|lane| look.lane(block, (&strength, drawn), lane)).collect()
                })
            },
        )
        .collect();
    blocks.into_iter().flatten().collect()
}

/// What is looked at.
struct Look<'a> {
    /// The model laid out for its years.
    year: &'a Year,
    /// Practices of the place.
    practices: Vec<usize>,
    /// Posts that see their patients alone.
    posts: Vec<usize>,
}

impl Look<'_> {
    /// One replication of a block.
    fn lane(&self, block: &Block, levers: (&Strength, &StrengthDraw), lane: usize) -> Probed {
        let tally = &block.book.tally;
        let slots = &block.slots[lane];
        let rated = self.gp_minutes(tally, lane, slots, Flow::RatedAvoidable, &|_| true);
        let taking_part =
            self.gp_minutes(tally, lane, slots, Flow::RatedAvoidable, &|p| self.takes_part(levers, p, lane));
        let redirected = self.gp_minutes(tally, lane, slots, Flow::RedirectedInside, &|_| true)
            + self.gp_minutes(tally, lane, slots, Flow::RedirectedOutside, &|_| true);
        // What a lever takes off a need as a whole was rated nothing: it comes on top of what was rated.
        let unrated = redirected - self.gp_minutes(tally, lane, slots, Flow::RatedRedirected, &|_| true);
        let returned = self.gp_minutes(tally, lane, slots, Flow::ReturnDecided, &|_| true);
        let unseen = self.gp_minutes(tally, lane, slots, Flow::StandInUnseen, &|_| true)
            - self.gp_minutes(tally, lane, slots, Flow::StandInOpening, &|_| true);
        Probed {
            wanted: self.wanted(tally, lane),
            rostered: self.of_posts(tally, &tally.rostered, lane),
            used: self.of_posts(tally, &tally.used, lane),
            rated: rated + unrated,
            taking_part: taking_part + unrated,
            redirected,
            unseen,
            returned,
            latent: self.gp_minutes(tally, lane, slots, Flow::Latent, &|_| true),
        }
    }

    /// Slot minutes by role and week of those due.
    ///
    /// Those due in the week, whether seen or not.
    fn wanted(&self, tally: &Tally, lane: usize) -> Vec<Vec<f64>> {
        let sizes = tally.sizes;
        let sum = |role: usize, week: usize| -> Ticks {
            let at = |p: &usize| tally.wanted[(p * sizes.roles + role) * sizes.weeks + week][lane];
            self.practices.iter().map(at).sum()
        };
        (0..sizes.roles).map(|r| (0..sizes.weeks).map(|w| minutes(sum(r, w))).collect()).collect()
    }

    /// Minutes of the place's posts by role and week.
    fn of_posts(&self, tally: &Tally, of: &[Lanes<Ticks>], lane: usize) -> Vec<Vec<f64>> {
        let sizes = tally.sizes;
        let mut by_role = vec![vec![0.0; sizes.weeks]; sizes.roles];
        for &post in &self.posts {
            let weeks = &mut by_role[self.year.model.posts[post].role];
            for (week, sum) in weeks.iter_mut().enumerate() {
                *sum += minutes(of[post * sizes.weeks + week][lane]);
            }
        }
        by_role
    }

    /// People counted in a flow, in minutes of the GP slot that each would have had.
    ///
    /// Needs that no GP sees first count nothing.
    fn gp_minutes(
        &self,
        tally: &Tally,
        lane: usize,
        slots: &[f64],
        flow: Flow,
        at: &dyn Fn(usize) -> bool,
    ) -> f64 {
        let mut sum = 0.0;
        for (k, need) in self.year.model.needs.iter().enumerate() {
            let Some(slot) = gp_slot(&self.year.model, need, slots) else { continue };
            let counted = self.practices.iter().filter(|p| at(**p));
            let n: u64 = counted.map(|&p| u64::from(tally.flow[tally.at(p, k, flow)][lane])).sum();
            sum += n as f64 * slot;
        }
        sum
    }

    /// True where the practice takes part in a lever that redirects.
    ///
    /// By what was drawn for this replication.
    fn takes_part(
        &self,
        (strength, drawn): (&Strength, &StrengthDraw),
        practice: usize,
        lane: usize,
    ) -> bool {
        let levers = self.year.model.levers.iter().enumerate();
        let mut redirecting =
            levers.filter(|(_, l)| l.changes.iter().any(|(_, c)| matches!(c, Change::Redirect { .. })));
        redirecting.any(|(l, _)| strength.taking_part(drawn, l, practice, lane) > 0.0)
    }
}

/// The slot of a need whose first choice is a GP [min].
fn gp_slot(model: &Model, need: &Need, slots: &[f64]) -> Option<f64> {
    let first = need.seen_by.first().filter(|s| model.roles[s.role].is_gp)?;
    Some(first.slot_minutes.at(slots, 0))
}
