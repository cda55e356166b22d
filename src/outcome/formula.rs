//! How each measure is worked out, in words: a sentence a measure, for `explain` and the documentation.
//!
//! In: the name of a measure. Out: a sentence, or an empty one where the name is unknown. Fit: `explain` prints it, and
//! the measures table of docs/model.md holds the same sentences (`tests/promises/documented.rs`). A formula that
//! changes in the code must change here too.

/// Formulas by measure.
///
/// `(measure, formula)`, in no order of importance; counts run over the counted period.
const FORMULAS: &[(&str, &str)] = &[
    ("requests", "requests asked, by the need for which they were asked"),
    ("opening_backlog", "requests in the book at the end of the warm-up"),
    ("attended", "bookings that took place, follow-ups and rebookings included"),
    ("dna", "bookings at which the patient did not appear"),
    ("dna_rate", "dna / (attended + dna)"),
    ("rated_avoidable", "requests that fall in any avoidable category, whether or not a lever reaches them"),
    ("redirected_inside", "requests that a lever sent to another role of the network"),
    ("redirected_outside", "requests that a lever sent to a service outside"),
    ("avoidable_in_book", "rated_avoidable less those of them whom a lever redirects"),
    ("returned", "redirected requests that decide to come back, those falling after the end included"),
    ("rebooked", "patients who did not attend and decide to ask again"),
    ("follow_ups", "follow-up visits decided at attended contacts"),
    ("referred_on", "first contacts that another role has to see after all"),
    ("re_asked", "requests told to ask again tomorrow"),
    ("gave_up", "requests that left the queue by chance after the days stated, or at their hard limit"),
    ("lost", "requests that found a finite book full"),
    ("unmet", "gave_up + lost + dna - rebooked + still waiting at the end past the day of a target"),
    ("backlog_end", "requests in the book at the end of the last day, those for later days with them"),
    (
        "wait_mean",
        "year by year: sum of waits of attended contacts / attended; a wait runs from the last due day to the day seen. The mean counts each year alike, the shares of waits.csv each contact",
    ),
    ("wait_p50", "smallest x such that at least 50 % of attended contacts waited x days or fewer"),
    ("wait_p90", "smallest x such that at least 90 % of attended contacts waited x days or fewer"),
    ("wait_p95", "smallest x such that at least 95 % of attended contacts waited x days or fewer"),
    (
        "left_or_waiting",
        "(gave_up + lost + waiting since a day that has come) / (those and attended, dna and redirected_outside: everyone whose day has come)",
    ),
    ("same_day", "attended on the day booked / attended"),
    ("within_14_days", "attended with 14 days or fewer from booking / attended"),
    ("per_1000_week", "1,000 x attended / (registered list x counted weeks)"),
    ("per_1000_weighted_week", "1,000 x attended / (weighted list x counted weeks)"),
    ("contacts", "attended contacts with the role"),
    (
        "rostered_hours",
        "sum of the minutes of the role's posts on all counted days, after supervision and levers / 60",
    ),
    ("used_hours", "sum of the slots given away, attended or not / 60"),
    ("utilisation", "used_hours / rostered_hours"),
    ("unusable_hours", "minutes left over on days on which somebody waited whose slot was longer / 60"),
    ("held_lost_hours", "held minutes that were neither used nor released / 60"),
    ("unused_hours", "rostered_hours - used_hours - unusable_hours - held_lost_hours"),
    ("overtime_hours", "sum over persons and days of consulting time beyond their appointment time / 60"),
    ("contacts_a_day", "contacts / (sessions present / 2)"),
    (
        "days_over_25",
        "person-days with more than 25 contacts (pro rata to a full day) / person-days, each day weighing its sessions / 2",
    ),
    (
        "seen_within_target",
        "attended by the target day / all due in the counted weeks whose target day lies inside the period; who gave up, was lost or still waits has missed",
    ),
    (
        "target_met",
        "1 where seen_within_target reaches the target's share for every place and period it names, else 0; its mean is the chance that the target holds",
    ),
    ("worst_week_backlog", "largest backlog at the end of any counted week"),
    (
        "equity_gap",
        "seen_within_target of the best-served tenth of patients - that of the worst-served tenth, practices in order, for the first target of the headline's need (for the first by name where it names none)",
    ),
    ("seen_elsewhere", "attended contacts with a post of another practice"),
    (
        "latent_requests",
        "requests added by `latent` in weeks after one with a short mean wait, before levers on demand",
    ),
    ("first_choice", "attended contacts with the first role of the need's list / attended"),
    (
        "lost_closed_sessions",
        "half-days of the working week on closed dates, and the closed share of part days",
    ),
    ("lost_vacancy_sessions", "half-days on open days on which the position was vacant"),
    ("lost_leave_sessions", "half-days on open days on leave, the position filled"),
    ("lost_sickness_sessions", "half-days on open days sick, not vacant and not on leave"),
    (
        "lost_room_sessions",
        "half-days that would take place, cover included, for which no consulting room is free",
    ),
    ("lost_ramp_up_sessions", "half-days present x what a new person does not yet give"),
    ("covered_sessions", "half-days vacant, sick (or on leave, where stated) that a locum covered"),
    (
        "in_post_wte",
        "sum over positions of wte x share of counted days filled; nought before and after a dated post",
    ),
    ("wte_per_10000_weighted", "10,000 x in_post_wte / weighted list"),
    (
        "work_hours",
        "sum over needs whose first role it is of slot x (requests - redirected + returned + rebooked + follow_ups + referred_on), and slot x (redirected to it + their rebookings); decided in the period, those falling after its end included / 60",
    ),
    (
        "taken_hours",
        "minutes taken from the role's posts before appointments are laid out, negative where a lever gives time / 60",
    ),
    (
        "shortfall_sessions_week",
        "(work_hours - rostered_hours) / (session hours x direct share) / counted weeks, never below 0; no value where shared posts see a part of it",
    ),
    (
        "gp_work_hours",
        "work_hours of all GP roles + taken_hours of their posts; between options neither more nor less is better: it falls too with everyone who is sent to somebody who never sees them (see gp_claimed_hours)",
    ),
    (
        "gp_sent_unseen_hours",
        "(redirected to a role that is not a GP's and gave up there, found its book full or in it at the end - of those in it at the start) x slot of the GP who would have seen them / 60",
    ),
    (
        "gp_claimed_hours",
        "gp_work_hours + gp_sent_unseen_hours; where an option redirects and leaves the GPs' posts as they are, net GP time released = that of as_now - that of the option, replication by replication; no cash",
    ),
    (
        "gp_released_gross_hours",
        "(redirected inside and attended with a role that is not a GP's + redirected outside) x slot of the GP who would have seen them / 60; no cash",
    ),
    ("patients_a_gp_wte", "registered list / in_post_wte of all GP roles"),
    (
        "cost_staff",
        "sum over posts of cost of a wte a year x in_post_wte x days / 365.25 + covered_sessions x cost of a session; vacant time is not paid; a place bears shared posts by weighted list",
    ),
    ("cost_outside", "redirected_outside x unit cost of the change"),
    (
        "cost_total",
        "cost_staff + cost_outside + levers (once where they start in the period, by the year as long as in force; a place bears them by weighted list)",
    ),
    (
        "cost_known",
        "cost_total without posts that are slots alone or whose role has no cost; no value where nothing has a price",
    ),
    (
        "cost_reimbursed",
        "sum over posts paid by a fund of share x employer's cost, at most the ceiling x in_post_wte x days / 365.25; all claims together at most the fund x days / 365.25; of shared posts a place has its part by weighted list",
    ),
    ("cost_per_contact", "cost_total / attended"),
    (
        "change_rated",
        "requests of the category or need, less those that changes before it took, on days in force, practices that do not take part included",
    ),
    ("change_redirected", "requests redirected by the change"),
    ("change_returned", "returns of people whom the change redirected, those falling after the end included"),
];

/// The formula of a measure in words. Counts run over the counted period, warm-up left out.
pub fn formula(measure: &str) -> &'static str {
    FORMULAS.iter().find(|(known, _)| *known == measure).map_or("", |(_, formula)| formula)
}

#[cfg(test)]
mod tests {
    use super::super::measure::MEASURES;
    use super::*;

    #[test]
    fn every_measure_has_a_formula() {
        for measure in MEASURES {
            assert!(!formula(measure.name).is_empty(), "{} has no formula", measure.name);
        }
    }
}
