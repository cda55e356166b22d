//! Where one more person comes as the wte of a post grows, among the sizes that a search has looked at.
//!
//! In: a model, a post, sizes in ascending order. Out: a sentence, or none. Half-days are dealt person by person
//! (docs/model.md, section 6), so where a further person comes other days of the week gain and lose sessions: a wait
//! may rise just there although there is more wte, and a planner who sees only the figures looks for a reason.

use super::sized::number;
use super::staffing::post_label;
use crate::experiment::named::post_within;
use crate::model::Model;
use crate::model::post::{Capacity, Staffing};
use crate::model::working_week::heads;

/// Most changes that are named; of more only that it changes is known well enough.
const NAMED: usize = 4;

/// The sentence for a number at an address; none unless it is the wte of a post of the model.
pub fn at(model: &Model, address: &str, sizes: &[f64]) -> Option<String> {
    let name = post_within(address).filter(|name| address.ends_with(&format!("post.{name}.wte")))?;
    let post = model.posts.iter().position(|post| post.name == name)?;
    further(model, post, sizes)
}

/// The sentence for the wte of a post.
///
/// None where its people or half-days are stated, where their number stays, or changes from every size to the next.
pub fn further(model: &Model, post: usize, sizes: &[f64]) -> Option<String> {
    let Capacity::People(Staffing { in_post_wte: None, headcount: None, works: None, .. }) =
        model.posts[post].capacity
    else {
        return None;
    };
    let a_head = model.roles[model.posts[post].role].wte_per_head;
    let heads = |wte: f64| heads(wte, None, a_head);
    let staffed: Vec<f64> = sizes.iter().copied().filter(|wte| *wte > 0.0).collect();
    let changes: Vec<f64> =
        staffed.windows(2).filter(|pair| heads(pair[0]) != heads(pair[1])).map(|pair| pair[1]).collect();
    if changes.is_empty() || changes.len() + 1 >= staffed.len() {
        return None;
    }
    let each = |wte: &f64| format!("{} from {} WTE", heads(*wte), number(*wte));
    let named: Vec<String> = changes.iter().take(NAMED).map(each).collect();
    let more = if changes.len() > NAMED { " and so on" } else { "" };
    let first = heads(*staffed.first()?);
    let people = if first == 1 { "1 person".to_owned() } else { format!("{first} people") };
    Some(format!(
        "{} is {people} at {} WTE, {}{more}: with each further person the half-days of the week are dealt anew, so a wait may be longer there although there is more WTE.",
        post_label(model, post),
        number(*staffed.first()?),
        named.join(", ")
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_further_person_is_said_where_one_comes_and_only_where_days_are_dealt() {
        let text = |more: &str| {
            format!(
                "horizon = {{ start = 2024-04-01, weeks = 2 }}\n[practice.mill]\n[need.ask]\nrequests_per_day = 5\nroles = [\"gp\"]\n[role.gp]\n[post.gps]\nwte = 1.0\n{more}\n"
            )
        };
        let said = |more: &str, sizes: &[f64]| {
            let scenario = crate::scenario::load_text("a.toml", &text(more), &[])
                .unwrap_or_else(|report| panic!("{}", report.render(false)));
            at(&scenario.options[0].model, "post.gps.wte", sizes)
        };
        let sizes = [1.2, 1.4, 1.6, 1.8];
        let sentence = said("", &sizes).unwrap_or_default();
        assert!(sentence.starts_with("GP, mill is 1 person at 1.2 WTE, 2 from 1.6 WTE: "), "{sentence}");
        // Nothing is dealt anew where days are stated, nobody comes below 1.5, and every step brings somebody.
        assert_eq!(
            said("works = \"mon am, tue am, wed am, thu am, fri am, mon pm, tue pm, wed pm\"", &sizes),
            None
        );
        assert_eq!(said("", &[1.0, 1.2, 1.4]), None);
        assert_eq!(said("", &[1.0, 2.0, 3.0]), None);
    }
}
