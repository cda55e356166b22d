//! Levers that cannot stand: nobody is there to whom they send requests, or for whom they are.
//!
//! In: a model with the levers of its option. Out: the levers that cannot stand because every post of a role that they need
//! has 0 wte, or there is no such post; warnings of them; and the model without them. What a redirect to nobody means: its
//! patients leave the line they were in and wait for someone who never comes. What a lever for nobody (`for_role`, such as
//! settling in) means: time is taken for someone who never comes.

use super::capacity::means;
use crate::fault::Fault;
use crate::lever::Lever;
use crate::lever::roles::Does;
use crate::model::Model;
use crate::model::post::{Capacity, Post};
use serde::{Deserialize, Serialize};

/// A lever that cannot stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unreceived {
    /// Name of the lever.
    pub lever: String,
    /// Title of the lever.
    pub title: String,
    /// Title of the role that nobody has.
    pub role: String,
}

/// The levers of a model that cannot stand, in their order.
pub fn unreceived(model: &Model) -> Vec<Unreceived> {
    let of = |(lever, role, _): (&Lever, usize, Does)| Unreceived {
        lever: lever.name.clone(),
        title: lever.title.clone(),
        role: model.roles[role].title.clone(),
    };
    without_people(model).map(of).collect()
}

/// Leaves those levers out.
pub fn without_unreceived(mut model: Model) -> Model {
    let out = unreceived(&model);
    model.levers.retain(|lever| !out.iter().any(|gone| gone.lever == lever.name));
    model
}

/// A warning for each of those levers.
pub(super) fn warnings(model: &Model) -> Vec<Fault> {
    without_people(model).map(|(lever, role, does)| warning(model, lever, role, does)).collect()
}

/// Levers that need people of a role that nobody has, with the first such role.
fn without_people(model: &Model) -> impl Iterator<Item = (&Lever, usize, Does)> {
    let means = means(model);
    model.levers.iter().filter_map(move |lever| {
        let (role, does) = lever.needs_people_of().find(|(role, _)| !staffed(model, *role, &means))?;
        Some((lever, role, does))
    })
}

fn warning(model: &Model, lever: &Lever, role: usize, does: Does) -> Fault {
    let (name, post) = (&model.roles[role].name, model.posts.iter().find(|post| post.role == role));
    let address = match post {
        Some(post) => format!("post.{}.wte", post.name),
        None => format!("lever.{}", lever.name),
    };
    let nobody = match post {
        Some(post) => format!("`post.{}` has 0 wte and nobody else has that role", post.name),
        None => "no post has that role".into(),
    };
    let (verb, follows) = match does {
        Does::Reason => ("is for", "it takes its time and money for nobody"),
        _ => ("sends requests to", "those redirected are never seen"),
    };
    let message = format!("`lever.{}` {verb} role `{name}`, but {nobody}: {follows}", lever.name);
    let first = match post {
        Some(_) => "give the post some wte".to_owned(),
        None => format!("add a post with role = \"{name}\""),
    };
    let help = format!("{first}, or take `{}` out of the option's levers", lever.name);
    Fault::warning("nobody-receives", address, message).help(help)
}

/// True where a post of the role brings anything.
fn staffed(model: &Model, role: usize, means: &[f64]) -> bool {
    let brings = |post: &Post| match &post.capacity {
        Capacity::People(staffing) => staffing.wte.at(means, 0) > 0.0,
        Capacity::Plain(plain) => {
            let by_day = plain.slots_by_day.iter().flatten().any(|slots| *slots > 0.0);
            by_day
                || plain.slots.iter().any(|slots| *slots > 0.0)
                || plain.exceptions.iter().any(|(.., slots)| *slots > 0.0)
        }
    };
    model.posts.iter().any(|post| post.role == role && brings(post))
}
