//! The measures: one table of name, unit, better direction, grain and meaning. A new measure is a row here
//! and a formula in [`super::extract`].

use crate::stats::interval::{Interval, mean_interval, wilson};
use crate::stats::moments::Moments;

/// Which direction is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
    /// Neither by itself.
    Neither,
}

/// At which grain a measure is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grain {
    /// By place, and by need.
    Need,
    /// By place and role.
    Role,
    /// By place alone.
    Place,
    /// By target and place.
    Target,
    /// By redirect of an option, all places together.
    Redirect,
}

/// A measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measure {
    /// Name in tables.
    pub name: &'static str,
    /// Unit.
    pub unit: &'static str,
    /// Better direction.
    pub better: Better,
    /// Grain.
    pub grain: Grain,
    /// Meaning, in one sentence.
    pub meaning: &'static str,
    /// True where it is also kept by practice and need (others only for networks and all).
    pub fine: bool,
}

impl Measure {
    /// True where it can never be below nought: everything but money, of which more may be paid back than spent.
    pub fn never_negative(&self) -> bool {
        !self.unit.starts_with('£')
    }
}

use Better::{Higher, Lower, Neither};
use Grain::{Need, Place, Redirect, Role, Target};

const fn measure(
    name: &'static str,
    unit: &'static str,
    better: Better,
    grain: Grain,
    fine: bool,
    meaning: &'static str,
) -> Measure {
    Measure { name, unit, better, grain, meaning, fine }
}

/// All measures, in the order of the tables.
pub const MEASURES: &[Measure] = &[
    measure("requests", "requests", Neither, Need, true, "People asking in the counted period."),
    measure(
        "opening_backlog",
        "requests",
        Neither,
        Need,
        false,
        "In the book when counting began: waiting and overdue, and booked ahead.",
    ),
    measure("attended", "contacts", Higher, Need, true, "Contacts that took place."),
    measure("dna", "contacts", Lower, Need, false, "Booked contacts that the patient did not attend."),
    measure("dna_rate", "share", Lower, Need, false, "DNA of attended and DNA together."),
    measure("rated_avoidable", "requests", Neither, Need, false, "Requests of an avoidable category."),
    measure(
        "redirected_inside",
        "requests",
        Neither,
        Need,
        false,
        "Navigated to another role of the network.",
    ),
    measure("redirected_outside", "requests", Neither, Need, false, "Answered by a service outside."),
    measure(
        "avoidable_in_book",
        "requests",
        Lower,
        Need,
        false,
        "Rated avoidable, not redirected: the prize still to be won.",
    ),
    measure("returned", "requests", Lower, Need, false, "Came back after a redirect."),
    measure("rebooked", "requests", Neither, Need, false, "Asked again after a DNA."),
    measure("follow_ups", "contacts", Neither, Need, false, "Follow-up visits arranged."),
    measure("referred_on", "contacts", Neither, Need, false, "Referred on by a stand-in."),
    measure("re_asked", "requests", Lower, Need, false, "Told to ask again another day."),
    measure("gave_up", "requests", Lower, Need, true, "Left the queue by themselves."),
    measure("lost", "requests", Lower, Need, false, "Turned away because the book was full."),
    measure(
        "unmet",
        "requests",
        Lower,
        Need,
        true,
        "Gave up, lost, did not attend and did not ask again, or still waiting past the target at the end.",
    ),
    measure(
        "backlog_end",
        "requests",
        Lower,
        Need,
        true,
        "Still in the book at the end: waiting and overdue, and booked ahead.",
    ),
    measure(
        "wait_mean",
        "days",
        Lower,
        Need,
        true,
        "Mean wait of attended contacts, from the due day [calendar days].",
    ),
    measure("wait_p50", "days", Lower, Need, false, "Wait that half of attended contacts did not exceed."),
    measure("wait_p90", "days", Lower, Need, false, "Wait that 90 % of attended contacts did not exceed."),
    measure("wait_p95", "days", Lower, Need, false, "Wait that 95 % of attended contacts did not exceed."),
    measure(
        "left_or_waiting",
        "share",
        Lower,
        Need,
        false,
        "Share of requests that gave up, were lost or still wait: read beside every wait.",
    ),
    measure(
        "same_day",
        "share",
        Higher,
        Need,
        false,
        "Attended on the day booked (time from booking 0), of attended.",
    ),
    measure(
        "within_14_days",
        "share",
        Higher,
        Need,
        false,
        "Attended within 14 days of booking, of attended.",
    ),
    measure(
        "per_1000_week",
        "contacts per 1,000 patients a week",
        Neither,
        Need,
        false,
        "Attended contacts per 1,000 registered patients a week.",
    ),
    measure(
        "per_1000_weighted_week",
        "contacts per 1,000 weighted patients a week",
        Neither,
        Need,
        false,
        "Attended contacts per 1,000 weighted patients a week.",
    ),
    measure(
        "first_choice",
        "share",
        Higher,
        Need,
        false,
        "Attended contacts with the role asked for first, of attended.",
    ),
    measure(
        "seen_elsewhere",
        "contacts",
        Neither,
        Need,
        false,
        "Attended contacts at another practice of the network.",
    ),
    measure(
        "latent_requests",
        "requests",
        Neither,
        Need,
        false,
        "Of the requests, those that presented only because waits were short.",
    ),
    measure("contacts", "contacts", Neither, Role, true, "Attended contacts with the role."),
    measure("rostered_hours", "hours", Neither, Role, false, "Appointment time on the roster."),
    measure("used_hours", "hours", Neither, Role, false, "Slot time used, DNA included."),
    measure("utilisation", "share", Neither, Role, true, "Used of rostered appointment time."),
    measure(
        "unusable_hours",
        "hours",
        Lower,
        Role,
        false,
        "Left over while somebody waited whose slot was longer.",
    ),
    measure(
        "held_lost_hours",
        "hours",
        Lower,
        Role,
        false,
        "Held for some needs, not used and not released.",
    ),
    measure("unused_hours", "hours", Neither, Role, false, "Rostered, not used, nobody waiting."),
    measure(
        "overtime_hours",
        "hours",
        Lower,
        Role,
        false,
        "Consulting time beyond the day's appointment time.",
    ),
    measure(
        "contacts_a_day",
        "contacts a full day",
        Lower,
        Role,
        true,
        "Contacts a person present for a full working day (two sessions, pro rata).",
    ),
    measure("days_over_25", "share", Lower, Role, true, "Share of person-days above 25 contacts, pro rata."),
    measure(
        "lost_closed_sessions",
        "sessions",
        Neither,
        Role,
        false,
        "Sessions lost because the base was closed.",
    ),
    measure(
        "lost_vacancy_sessions",
        "sessions",
        Lower,
        Role,
        false,
        "Sessions lost because nobody filled the position, before cover.",
    ),
    measure(
        "lost_leave_sessions",
        "sessions",
        Neither,
        Role,
        false,
        "Sessions lost to annual leave, before cover.",
    ),
    measure(
        "lost_sickness_sessions",
        "sessions",
        Lower,
        Role,
        false,
        "Sessions lost to sickness, before cover.",
    ),
    measure(
        "lost_room_sessions",
        "sessions",
        Lower,
        Role,
        false,
        "Sessions lost because no consulting room was free.",
    ),
    measure(
        "lost_ramp_up_sessions",
        "sessions",
        Lower,
        Role,
        false,
        "Sessions lost because a new person gives less than full time.",
    ),
    measure(
        "covered_sessions",
        "sessions",
        Neither,
        Role,
        false,
        "Of the sessions lost, those that cover brought back.",
    ),
    measure(
        "in_post_wte",
        "wte",
        Neither,
        Role,
        false,
        "Whole-time equivalents in post, mean of the period.",
    ),
    measure(
        "wte_per_10000_weighted",
        "wte per 10,000 weighted patients",
        Higher,
        Role,
        false,
        "In post for 10,000 weighted patients.",
    ),
    measure(
        "work_hours",
        "hours",
        Neither,
        Role,
        false,
        "Slot time of everyone who joined the queues of the role.",
    ),
    measure(
        "taken_hours",
        "hours",
        Lower,
        Role,
        false,
        "Appointment time taken for supervision and for the work of levers.",
    ),
    measure(
        "shortfall_sessions_week",
        "sessions a week",
        Lower,
        Role,
        false,
        "Sessions a week that are missing for all that joined the role's queues; 0 where time is enough.",
    ),
    measure(
        "seen_within_target",
        "share",
        Higher,
        Target,
        true,
        "Of all due with a target day inside the period, attended in time.",
    ),
    measure(
        "target_met",
        "share",
        Higher,
        Target,
        true,
        "1 where the target holds, for every place and period that it names.",
    ),
    measure(
        "worst_week_backlog",
        "requests",
        Lower,
        Place,
        true,
        "Largest backlog (waiting and overdue) at the end of a week.",
    ),
    measure(
        "equity_gap",
        "share",
        Lower,
        Place,
        false,
        "Difference in seen-within-target between the best- and worst-served tenth of patients.",
    ),
    measure(
        "gp_work_hours",
        "hours",
        Lower,
        Place,
        true,
        "GP time wanted: slots of everyone who joined a GP's queue, supervision and work of levers.",
    ),
    measure(
        "gp_released_gross_hours",
        "hours",
        Higher,
        Place,
        true,
        "GP slots of contacts that another answer served: before returns, supervision and the work of levers.",
    ),
    measure(
        "patients_a_gp_wte",
        "patients a wte",
        Lower,
        Place,
        false,
        "Registered patients for each GP in post, all GP roles together.",
    ),
    measure(
        "cost_staff",
        "£",
        Lower,
        Place,
        false,
        "Employer's cost of those in post, and cover, in the counted period; prices of each source's own year.",
    ),
    measure(
        "cost_outside",
        "£",
        Lower,
        Place,
        false,
        "Cost of answers outside, as far as a redirect states one.",
    ),
    measure(
        "cost_total",
        "£",
        Lower,
        Place,
        false,
        "Staff, cover, levers and answers outside in the counted period.",
    ),
    measure(
        "cost_known",
        "£",
        Lower,
        Place,
        false,
        "Of all costs, what has a price; the same as `cost_total` where every post has one.",
    ),
    measure("cost_reimbursed", "£", Higher, Place, false, "Of the cost, what funds pay back."),
    measure("cost_per_contact", "£ a contact", Lower, Place, false, "Cost of a contact that took place."),
    measure(
        "change_rated",
        "requests",
        Neither,
        Redirect,
        false,
        "Requests of its category or need that stood before the change while it was in force.",
    ),
    measure(
        "change_redirected",
        "requests",
        Neither,
        Redirect,
        false,
        "Requests that the change sent elsewhere.",
    ),
    measure(
        "change_returned",
        "requests",
        Lower,
        Redirect,
        false,
        "Of those, the ones who decide to come back.",
    ),
];

/// The measure of a name.
pub fn by_name(name: &str) -> Option<&'static Measure> {
    MEASURES.iter().find(|m| m.name == name)
}

impl Measure {
    /// The 95 % interval of the mean: Wilson's for the chance that a target holds, else the one that allows for
    /// skewness. A share keeps inside 0 to 1, and what is never below nought keeps at or above it.
    pub fn interval(&self, values: &[f64]) -> Option<Interval> {
        if self.name == "target_met" {
            let moments = Moments::of(values);
            let n = moments.n() as f64;
            return Some(wilson(moments.mean()? * n, n, 0.95));
        }
        let highest = if self.unit == "share" { 1.0 } else { f64::INFINITY };
        let lowest = if values.iter().any(|v| *v < 0.0) { f64::NEG_INFINITY } else { 0.0 };
        let free = mean_interval(values, 0.95)?;
        Some(Interval { low: free.low.max(lowest), high: free.high.min(highest) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_apart() {
        for (i, a) in MEASURES.iter().enumerate() {
            assert!(MEASURES[i + 1..].iter().all(|b| b.name != a.name), "{} twice", a.name);
            assert!(a.meaning.ends_with('.') || a.meaning.ends_with(']'), "{}: a sentence", a.name);
        }
    }
}
