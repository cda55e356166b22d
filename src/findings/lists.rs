//! Whether an option has other patients than things as they are: lists that grow, shrink, open or close.
//!
//! A share or a mean of other patients changes by who they are, not only by what they meet: a good practice that grows
//! lifts a network's share although nobody meets anything better. In: two models and a place. Out: what is to be said.

use super::say;
use crate::model::Model;
use crate::model::number::Number;
use crate::outcome::columns::Place;

/// A change of all lists together below this is not spoken of [share]: rounding, not patients.
const LEAST: f64 = 0.001;

/// `its lists are 6 % larger than now, so that shares and means are of other patients`; none where every practice has
/// the patients that it has now.
///
/// Lists count at their mean. `place` is of the model as now.
pub fn differ(now: &Model, option: &Model, place: Place) -> Option<String> {
    let list = |model: &Model, practice: usize| -> f64 {
        let mean = |list: Number| model.inputs.mean(list);
        mean(model.practices[practice].registered_list)
    };
    let practices = place.practices(now);
    let there = |name: &str| option.practices.iter().position(|practice| practice.name == name);
    let pairs: Vec<(f64, f64)> = practices
        .iter()
        .map(|&p| (list(now, p), there(&now.practices[p].name).map_or(0.0, |p| list(option, p))))
        .collect();
    let whole: f64 = pairs.iter().map(|pair| pair.0).sum();
    let moved: f64 = pairs.iter().map(|(now, then)| (then - now).abs()).sum();
    if whole <= 0.0 || moved < LEAST * whole {
        return None;
    }
    let change = pairs.iter().map(|(now, then)| then - now).sum::<f64>() / whole;
    let by = if change.abs() < LEAST {
        "patients are on other lists than now".to_owned()
    } else {
        let word = if change > 0.0 { "larger" } else { "smaller" };
        format!("its lists are {} {word} than now", say::percent(change.abs()))
    };
    Some(format!("{by}, so that shares and means are of other patients"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Scenario, load_text};

    const TWO: &str = r#"
[horizon]
start = 2019-04-01
weeks = 4
[practice.hill]
registered_list = 6000
[practice.dale]
registered_list = 4000
[need.ill]
requests_per_day = 20
roles = ["gp"]
[role.gp]
[post.hill]
practice = "hill"
role = "gp"
slots_per_day = 30
[post.dale]
practice = "dale"
role = "gp"
slots_per_day = 30
[option.grown]
overlay = { practice.hill.registered_list = 6600 }
[option.moved]
overlay = { practice.hill.registered_list = 5000, practice.dale.registered_list = 5000 }
[option.more_slots]
overlay = { post.dale.slots_per_day = 31 }
"#;

    #[test]
    fn other_patients_are_said_and_more_staff_is_none() {
        let scenario: Scenario = load_text("two", TWO, &[]).unwrap_or_else(|r| panic!("{}", r.render(false)));
        let of = |name: &str, place: Place| {
            let option = scenario.options.iter().find(|option| option.name == name).expect("an option");
            differ(&scenario.options[0].model, &option.model, place)
        };
        let said = |by: &str| Some(format!("{by}, so that shares and means are of other patients"));
        assert_eq!(of("grown", Place::All), said("its lists are 6 % larger than now"));
        assert_eq!(of("grown", Place::Practice(0)), None, "dale comes first by its name");
        assert_eq!(of("moved", Place::All), said("patients are on other lists than now"));
        assert_eq!(of("more_slots", Place::All), None);
    }
}
