//! How each measure is worked out, in words: a sentence a measure, for `explain` and the documentation.

/// The formula of a measure in words. Counts run over the counted period, warm-up left out.
pub fn formula(measure: &str) -> &'static str {
    match measure {
        "requests" => "requests asked, by the need for which they were asked",
        "opening_backlog" => "requests waiting at the end of the warm-up",
        "attended" => "bookings that took place, follow-ups and rebookings included",
        "dna" => "bookings at which the patient did not appear",
        "dna_rate" => "dna / (attended + dna)",
        "rated_avoidable" => {
            "requests that fall in any avoidable category, whether or not a lever reaches them"
        }
        "redirected_inside" => "requests that a lever sent to another role of the network",
        "redirected_outside" => "requests that a lever sent to a service outside",
        "avoidable_in_book" => "rated_avoidable - redirected_inside - redirected_outside, never below 0",
        "returned" => "redirected requests that decide to come back, those falling after the end included",
        "rebooked" => "patients who did not attend and decide to ask again",
        "follow_ups" => "follow-up visits decided at attended contacts",
        "referred_on" => "first contacts that another role has to see after all",
        "re_asked" => "requests told to ask again tomorrow",
        "gave_up" => "requests that left the queue by chance after the days stated, or at their hard limit",
        "lost" => "requests that found a finite book full",
        "unmet" => "gave_up + lost + dna - rebooked",
        "backlog_end" => "requests waiting at the end of the last day",
        "wait_mean" => {
            "sum of waits of attended contacts / attended; a wait runs from the last due day to the day seen"
        }
        "wait_p50" => "smallest x such that at least 50 % of attended contacts waited x days or fewer",
        "wait_p90" => "smallest x such that at least 90 % of attended contacts waited x days or fewer",
        "wait_p95" => "smallest x such that at least 95 % of attended contacts waited x days or fewer",
        "left_or_waiting" => "(gave_up + lost + backlog_end) / (requests + opening_backlog)",
        "same_day" => "attended on the day booked / attended",
        "within_14_days" => "attended with 14 days or fewer from booking / attended",
        "per_1000_week" => "1,000 x attended / (registered list x counted weeks)",
        "per_1000_weighted_week" => "1,000 x attended / (weighted list x counted weeks)",
        "contacts" => "attended contacts with the role",
        "rostered_hours" => "sum of the minutes of the role's posts on all counted days / 60",
        "used_hours" => "sum of the slots given away, attended or not / 60",
        "utilisation" => "used_hours / rostered_hours",
        "unusable_hours" => "minutes left over on days on which somebody waited whose slot was longer / 60",
        "held_lost_hours" => "held minutes that were neither used nor released / 60",
        "unused_hours" => "rostered_hours - used_hours - unusable_hours - held_lost_hours",
        "overtime_hours" => "sum over persons and days of consulting time beyond their appointment time / 60",
        "contacts_a_day" => "contacts / (sessions present / 2)",
        "days_over_25" => "person-days with more than 25 contacts (pro rata to a full day) / person-days",
        "seen_within_target" => {
            "attended by the target day / all due in the counted weeks whose target day lies inside the period; who gave up, was lost or still waits has missed"
        }
        "target_met" => {
            "1 where seen_within_target reaches the target's share for every place and period it names, else 0; its mean is the chance that the target holds"
        }
        "worst_week_backlog" => "largest backlog at the end of any counted week",
        "equity_gap" => {
            "seen_within_target of the best-served tenth of patients - that of the worst-served tenth, practices in order, for the first target"
        }
        _ => "",
    }
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
