//! Figures of a role at a place: overtime, contacts a day, sessions lost, shortfall, wte.
//!
//! In: the tally of a replication, the posts and practices of a place. Out: figures of one role there, NaN where there
//! is none to give. Fit: [`super::extract`] asks by name; the sentences are those of [`super::formula`]. Sessions, days
//! and wte come out of the tally in thousandths, so that they were added exactly.

use super::money::MILLION;
use super::work::{Work, hours, sum};
use crate::model::post::Capacity;
use crate::roster::{CAUSES, Cause};

/// Thousandths, in which sessions, days and wte are counted.
const THOUSAND: f64 = 1000.0;

/// A role at a place in one replication.
///
/// One is made for each role and place of a replication and thrown away.
#[derive(Clone, Copy, Debug)]
pub struct Team<'a> {
    /// Counts.
    pub work: Work<'a>,
    /// Role.
    pub role: usize,
    /// Practices of the place.
    pub practices: &'a [usize],
    /// Posts of the role that count at the place.
    pub posts: &'a [usize],
    /// Counted weeks.
    pub weeks: f64,
    /// Appointment time on the roster [hours].
    pub rostered: f64,
}

impl Team<'_> {
    /// A measure by name; NaN where it has no value.
    ///
    /// In the unit that the measures table of docs/model.md gives it.
    pub fn value(&self, measure: &str) -> f64 {
        let tally = self.work.tally;
        match measure {
            "overtime_hours" => {
                let timed = self.work.model.needs.iter().any(|need| need.consultation.is_some());
                self.where_posts(timed, || hours(self.sum(&tally.overtime)))
            }
            "contacts_a_day" => self.contacts() / self.thousandths(&tally.person_days),
            "days_over_25" => {
                self.thousandths(&tally.person_days_over_25) / self.thousandths(&tally.person_days)
            }
            "lost_closed_sessions" => self.lost(Cause::Closed),
            "lost_vacancy_sessions" => self.lost(Cause::Vacancy),
            "lost_leave_sessions" => self.lost(Cause::Leave),
            "lost_sickness_sessions" => self.lost(Cause::Sickness),
            "lost_room_sessions" => self.lost(Cause::Room),
            "lost_ramp_up_sessions" => self.lost(Cause::RampUp),
            "covered_sessions" => {
                self.where_posts(self.people(), || self.thousandths(&tally.covered_sessions))
            }
            "in_post_wte" => self.wte(),
            "wte_per_10000_weighted" => self.wte() * 10_000.0 / self.weighted(),
            "work_hours" => self.work.of_role(self.practices, self.role),
            "taken_hours" => self.where_posts(true, || self.work.taken(self.posts.iter().copied())),
            "shortfall_sessions_week" => self.shortfall(),
            _ => f64::NAN,
        }
    }

    /// Over the posts of the role at the place; thousandths as the tally counts them.
    fn sum(&self, of: &[crate::plan::lanes::Lanes<i64>]) -> i64 {
        sum(of, self.posts.iter().copied(), self.work.lane)
    }

    /// In whole units.
    fn thousandths(&self, of: &[crate::plan::lanes::Lanes<i64>]) -> f64 {
        self.sum(of) as f64 / THOUSAND
    }

    /// The value where it is `known` and the role has posts here; else no value.
    fn where_posts(&self, known: bool, value: impl Fn() -> f64) -> f64 {
        if known && !self.posts.is_empty() { value() } else { f64::NAN }
    }

    /// True where all posts have people.
    fn people(&self) -> bool {
        self.posts.iter().all(|&post| matches!(self.work.model.posts[post].capacity, Capacity::People(_)))
    }

    /// Contacts of the people of these posts.
    fn contacts(&self) -> f64 {
        let of = &self.work.tally.person_contacts;
        self.posts.iter().map(|&post| f64::from(of[post][self.work.lane])).sum()
    }

    /// Sessions lost to a cause.
    ///
    /// [sessions] No value where a post of them has no people.
    fn lost(&self, cause: Cause) -> f64 {
        let cells = self.posts.iter().map(|post| post * CAUSES + cause as usize);
        let lost = sum(&self.work.tally.lost_sessions, cells, self.work.lane) as f64;
        self.where_posts(self.people(), || lost / THOUSAND)
    }

    /// Over the counted period; a dated post counts for the days it stands.
    fn wte(&self) -> f64 {
        self.where_posts(self.people(), || self.sum(&self.work.tally.in_post) as f64 / MILLION)
    }

    /// [patients] Of the place, as this replication drew them.
    fn weighted(&self) -> f64 {
        let Work { model, slots, .. } = self.work;
        self.practices.iter().map(|&p| model.practices[p].weighted_list.at(slots, p)).sum()
    }

    /// Sessions a week that are missing for all that joins the role's queues; nought where time is enough. No value
    /// where the place's patients are seen by posts that count elsewhere.
    fn shortfall(&self) -> f64 {
        // How much of such a post's time is for this place is not known, so nothing can be called short.
        let Work { model, slots, .. } = self.work;
        let elsewhere = model.posts.iter().enumerate().any(|(i, post)| {
            post.role == self.role
                && !self.posts.contains(&i)
                && post.practices(model).iter().any(|p| self.practices.contains(p))
        });
        if elsewhere || self.posts.is_empty() {
            return f64::NAN;
        }
        let role = &model.roles[self.role];
        let session = role.session_minutes(slots, self.practices[0]) / 60.0;
        let missing = self.work.of_role(self.practices, self.role) - self.rostered;
        missing.max(0.0) / session / self.weeks
    }
}
