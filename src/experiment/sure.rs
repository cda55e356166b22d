//! Figures that no luck reaches: money that is the same in every year by how the model works it out, not by chance.
//!
//! In: a measure, a model. Out: whether every year must have the same value. Years that happened not to differ show
//! nothing of the kind: a sure £1,000 and a rare £20,000 look alike until the rare one comes. Assumption: what
//! [`crate::outcome`] counts as cost; of everything else, requests above all, luck is a part.

use crate::lever::{Change, RedirectTo};
use crate::model::Model;
use crate::model::post::Capacity;

/// True where a measure of a model is the same in every year: staff costs where nobody leaves and nothing is covered,
/// further costs where no answer outside has a price, and no number is a range.
///
/// A measure that is not among these is never sure: requests, waits and every share have luck in them.
pub fn sure(measure: &str, model: &Model) -> bool {
    let of_staff = matches!(measure, "cost_staff" | "cost_reimbursed");
    let of_all = matches!(measure, "cost_outside" | "cost_total");
    let lucky = |post: &crate::model::post::Post| {
        let role = &model.roles[post.role];
        matches!(post.capacity, Capacity::People(_)) && (role.leaving.is_some() || role.cover.is_some())
    };
    let priced = |change: &Change| match change {
        Change::Redirect { to: RedirectTo::Outside { unit_cost, .. }, .. } => {
            model.inputs.mean(*unit_cost) != 0.0
        }
        _ => false,
    };
    let outside = model.levers.iter().flat_map(|lever| &lever.changes).any(|(_, change)| priced(change));
    (of_staff || of_all && !outside) && model.inputs.is_empty() && !model.posts.iter().any(lucky)
}
