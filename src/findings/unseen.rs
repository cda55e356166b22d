//! Practices at which nobody can see a need: no post there has a role that the need names.
//!
//! In: a model, a place, a need. Out: the practices, and a sentence that names them with the roles that are missing. A post
//! counts where it exists on a counted day, be it shared or not. Patients who would go to a neighbour are not looked at: they too find nobody
//! at their own practice.

use super::say;
use crate::model::Model;
use crate::model::requests::first_requests;
use crate::outcome::columns::Place;
use crate::scenario::sites::sees;

/// So many practices are named; of the others it is said how many they are.
const NAMED: usize = 3;
/// So many roles are named; where a need has more the sentence only says that none of them is there.
const ROLES: usize = 2;

/// Practices of a place whose patients ask for a need and that no post which could see it serves.
pub fn unseen(model: &Model, place: Place, need: usize) -> Vec<usize> {
    let (start, last) = (model.horizon.start, model.horizon.last());
    let could = |p: usize| {
        model.posts.iter().any(|post| {
            model.needs[need].seen_by.iter().any(|seen| seen.role == post.role)
                && post.from.is_none_or(|from| from <= last)
                && post.until.is_none_or(|until| until >= start)
                && sees(model, post, p)
        })
    };
    let practices = place.practices(model).into_iter();
    practices.filter(|p| first_requests(model, *p, need) > 0.0 && !could(*p)).collect()
}

/// `Nobody at Mill Lane can see routine consultation: there is no GP.` None where every practice has somebody.
pub fn sentence(model: &Model, practices: &[usize], need: usize) -> Option<String> {
    let mut names: Vec<String> =
        practices.iter().take(NAMED).map(|p| model.practices[*p].title.clone()).collect();
    if practices.len() > NAMED {
        names.push(format!("{} more", practices.len() - NAMED));
    }
    let need = &model.needs[need];
    let roles: Vec<String> = need
        .seen_by
        .iter()
        .map(|seen| format!("no {}", say::inside(&model.roles[seen.role].title)))
        .collect();
    let why = match roles.len() {
        0..=ROLES => format!("there is {}", say::list(&roles)),
        _ => "none of the roles that could is there".to_owned(),
    };
    (!practices.is_empty())
        .then(|| format!("Nobody at {} can see {}: {why}.", say::list(&names), say::inside(&need.title)))
}
