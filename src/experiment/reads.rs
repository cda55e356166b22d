//! Which numbers a model reads for a measure: others cannot move it, and are no candidates.
//!
//! In: a model, a measure, the address of a number in it. Out: false for what only other options bring, for roles that nobody
//! has, for levers and avoidable shares where the model has none that use them, and for costs unless the measure is
//! money. Where it is not clear the answer is true: a number that turns out to move nothing costs years, one that is
//! left out costs an answer.
//!
//! Fit: the assumptions that matter of a run and the numbers that a sensitivity analysis takes up go by this one rule.

use crate::lever::Change;
use crate::model::Model;
use crate::outcome::measure::Measure;

/// True where a model reads a number for a measure.
pub fn reads(model: &Model, measure: &Measure, address: &str) -> bool {
    let parts: Vec<&str> = address.split('.').collect();
    if paid(&parts) && !measure.is_money() {
        return false;
    }
    let mut changes = model.levers.iter().flat_map(|lever| &lever.changes);
    match parts.as_slice() {
        ["lever", name, ..] => model.levers.iter().any(|lever| lever.name == *name),
        ["post", name, ..] => model.posts.iter().any(|post| post.name == *name),
        ["role", name, ..] => model.posts.iter().any(|post| model.roles[post.role].name == *name),
        ["network", _, "maturity"] => !model.levers.is_empty(),
        [first, ..] if first.starts_with("avoidable") => {
            measure.name.contains("avoidable") || changes.any(|(_, c)| matches!(c, Change::Redirect { .. }))
        }
        _ => true,
    }
}

/// True for the address of what is paid.
///
/// Told by the keys of the format alone: a practice may be called Costessey.
fn paid(parts: &[&str]) -> bool {
    matches!(
        parts,
        ["fund", ..]
            | ["role", _, "cost_per_wte_year"]
            | ["role", _, "cover", "cost_per_session"]
            | ["lever", _, "cost", ..]
            | ["lever", _, "change", _, "redirect", "unit_cost"]
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outcome::measure::by_name;

    const TEXT: &str = "
title = \"Two roles, one post\"
[horizon]
start = 2018-01-01
days = 7
[practice.surgery]
registered_list = 1000
[role.gp]
staff_group = \"GP\"
[role.nurse]
staff_group = \"Nurses\"
[need.visit]
requests_per_day = 10
roles = [\"gp\"]
[post.gps]
practice = \"surgery\"
role = \"gp\"
slots_per_day = 12
";

    fn read(model: &Model, measure: &str, address: &str) -> bool {
        by_name(measure).is_some_and(|m| reads(model, m, address))
    }

    /// A name that a planner gave says nothing of what a number is.
    #[test]
    fn what_is_paid_is_told_by_keys_and_not_by_names() {
        let text = TEXT.replace("surgery", "costessey").replace("role.gp", "role.fund_gp");
        let text = text.replace("\"gp\"", "\"fund_gp\"").replace("need.visit", "need.money_advice");
        let scenario =
            crate::scenario::load_text("names", &text, &[]).unwrap_or_else(|r| panic!("{}", r.render(false)));
        let model = &scenario.options[0].model;
        for address in [
            "practice.costessey.registered_list",
            "need.money_advice.requests_per_day",
            "need.money_advice.slot_minutes_by_role.fund_gp",
            "role.fund_gp.slot_minutes",
        ] {
            assert!(read(model, "wait_mean", address), "{address}");
        }
        for address in [
            "role.fund_gp.cost_per_wte_year",
            "role.fund_gp.cover.cost_per_session",
            "lever.desk.cost.one_off",
            "lever.desk.change.one.redirect.unit_cost",
        ] {
            assert!(!read(model, "wait_mean", address), "{address}");
        }
    }

    #[test]
    fn roles_that_nobody_has_are_not_read() {
        let scenario =
            crate::scenario::load_text("two", TEXT, &[]).unwrap_or_else(|r| panic!("{}", r.render(false)));
        let model = &scenario.options[0].model;
        let read = |measure: &str, address: &str| read(model, measure, address);
        assert!(read("wait_mean", "role.gp.slot_minutes") && !read("wait_mean", "role.nurse.slot_minutes"));
        assert!(read("cost_total", "role.gp.cost_per_wte_year"));
        assert!(!read("wait_mean", "role.gp.cost_per_wte_year"));
        assert!(read("wait_mean", "need.visit.requests_per_day") && !read("wait_mean", "post.other.wte"));
        assert!(
            !read("wait_mean", "avoidable.admin.share_of_need")
                && !read("wait_mean", "lever.desk.ramp_weeks")
        );
    }
}
