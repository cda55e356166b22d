//! Work that joins queues, and GP time released.
//!
//! In: flows of one replication. Out: hours of slots. Everyone who asked in the counted period or was decided in it
//! (returns, rebookings, follow-ups, referrals on, those that fall after its end included) counts once, with the
//! slot of the role whose queue they join. Net GP time released is the difference of [`Work::gp_claimed`] between
//! things as they are and an option.
//!
//! Fit: [`super::team`] reads the hours of a role, [`super::extract`] those of the GPs. In a queue a person counts for
//! the slot of the role they wait for; a contact that never happened counts too, since the time was wanted.

use crate::book::tally::{Flow, Tally};
use crate::model::Model;
use crate::model::need::SeenBy;
use crate::plan::lanes::Lanes;
use crate::units::{TICKS_PER_MINUTE, Ticks};

/// One lane of a tally, read as work.
///
/// Slots are what this replication drew, so an uncertain slot length is the one that was drawn.
#[derive(Clone, Copy, Debug)]
pub struct Work<'a> {
    /// The option's model.
    pub model: &'a Model,
    /// Counts.
    pub tally: &'a Tally,
    /// Lane.
    pub lane: usize,
    /// Its drawn quantities.
    pub slots: &'a [f64],
}

impl Work<'_> {
    fn flow(&self, p: usize, k: usize, flow: Flow) -> f64 {
        f64::from(self.tally.flow[self.tally.at(p, k, flow)][self.lane])
    }

    /// Those who join the queue of a need's usual role.
    fn joined(&self, p: usize, k: usize) -> f64 {
        let of = |flow| self.flow(p, k, flow);
        of(Flow::Requests) - of(Flow::RedirectedInside) - of(Flow::RedirectedOutside)
            + of(Flow::ReturnDecided)
            + of(Flow::RebookDecided)
            - of(Flow::StandInRebooked)
            + of(Flow::FollowUpDecided)
            + of(Flow::ReferOnDecided)
    }

    /// Hours of slots: a count of each practice and need whose usual role is wanted.
    fn hours(
        &self,
        practices: &[usize],
        wanted: impl Fn(&SeenBy) -> bool,
        count: impl Fn(usize, usize) -> f64,
    ) -> f64 {
        let mut minutes = 0.0;
        for (k, need) in self.model.needs.iter().enumerate() {
            let Some(usual) = need.seen_by.first().filter(|usual| wanted(usual)) else { continue };
            for &p in practices {
                minutes += count(p, k) * usual.slot_minutes.at(self.slots, p);
            }
        }
        minutes / 60.0
    }

    /// Hours of slots of a count of each practice and need that a GP sees first.
    fn hours_of_gps(&self, practices: &[usize], count: impl Fn(usize, usize) -> f64) -> f64 {
        self.hours(practices, |usual| self.model.roles[usual.role].is_gp, count)
    }

    /// Hours that join the queues of a role.
    pub fn of_role(&self, practices: &[usize], role: usize) -> f64 {
        let sent = practices.iter().map(|p| {
            let cell = p * self.tally.sizes.roles + role;
            self.tally.stand_in_work[cell][self.lane]
        });
        self.hours(practices, |usual| usual.role == role, |p, k| self.joined(p, k)) + hours(sent.sum())
    }

    /// Hours that posts lose to supervision and to the work of levers.
    ///
    /// [hours] Negative where a lever gives time rather than takes it.
    pub fn taken(&self, posts: impl Iterator<Item = usize>) -> f64 {
        hours(sum(&self.tally.taken, posts, self.lane))
    }

    /// GP hours wanted: what joins the queues of GPs and what is taken from their posts.
    ///
    /// [hours] What is taken from GPs' posts counts as work of theirs: the minutes are not there for appointments.
    pub fn gp(&self, practices: &[usize], posts: &[usize]) -> f64 {
        let roles = self.model.roles.iter().enumerate().filter(|(_, role)| role.is_gp);
        let joined: f64 = roles.map(|(role, _)| self.of_role(practices, role)).sum();
        joined + self.taken(posts.iter().copied().filter(|&post| self.is_gp(post)))
    }

    /// True for a post of GPs, by role, not by name of a staff group.
    pub fn is_gp(&self, post: usize) -> bool {
        self.model.roles[self.model.posts[post].role].is_gp
    }

    /// GP hours of people who were sent to another role and not seen by it, those in the book when counting began apart.
    ///
    /// [hours] Below nought where more of them were in the book then than are unseen at the end.
    pub fn gp_sent_unseen(&self, practices: &[usize]) -> f64 {
        let unseen = |p, k| self.flow(p, k, Flow::StandInUnseen) - self.flow(p, k, Flow::StandInOpening);
        self.hours_of_gps(practices, unseen)
    }

    /// GP hours that patients claim: wanted, and of people sent to another role and not seen by it.
    ///
    /// [hours] What falls here from one option to another is released; whoever is sent to a queue without end still
    /// claims the slot.
    pub fn gp_claimed(&self, practices: &[usize], posts: &[usize]) -> f64 {
        self.gp(practices, posts) + self.gp_sent_unseen(practices)
    }

    /// GP hours of contacts that another answer has served: attended inside, redirected outside.
    ///
    /// [hours] Gross: what comes back, what supervision takes and what levers cost are not off it.
    pub fn gp_released_gross(&self, practices: &[usize]) -> f64 {
        let served = |p, k| self.flow(p, k, Flow::StoodIn) + self.flow(p, k, Flow::RedirectedOutside);
        self.hours_of_gps(practices, served)
    }
}

/// Ticks as hours.
///
/// Whole thousandths of a minute.
pub fn hours(ticks: Ticks) -> f64 {
    ticks as f64 / TICKS_PER_MINUTE / 60.0
}

/// Sum of one lane over posts.
///
/// The width of `of` is that of the tally's posts.
pub fn sum(of: &[Lanes<Ticks>], posts: impl Iterator<Item = usize>, lane: usize) -> Ticks {
    posts.map(|post| of[post][lane]).sum()
}
