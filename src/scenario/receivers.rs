//! Levers that send requests to people who are not there.
//!
//! In: a model with the levers of its option. Out: the levers that cannot stand because every post of the role they redirect to
//! has 0 wte, or there is no such post; warnings of them; and the model without them. What a redirect to nobody means: its
//! patients leave the line they were in and wait for someone who never comes. A lever that only takes time under the heading
//! `new_roles` (settling in) stands with the redirect of the new role: with the one whose name its own begins with, else
//! with any.

use super::capacity::means;
use crate::fault::Fault;
use crate::lever::{Change, Heading, Lever, RedirectTo};
use crate::model::Model;
use crate::model::post::{Capacity, Post};

/// A lever that cannot stand.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    let means = means(model);
    let nobody = |lever: &Lever| receiver(lever).find(|role| !staffed(model, *role, &means));
    let out: Vec<(&Lever, usize)> =
        model.levers.iter().filter_map(|lever| Some((lever, nobody(lever)?))).collect();
    let stays = |lever: &&Lever| {
        lever.heading == Some(Heading::NewRoles)
            && receiver(lever).next().is_some()
            && nobody(lever).is_none()
    };
    let others = model.levers.iter().filter(stays).count();
    let with = |lever: &Lever| {
        let new = |(redirect, _): &&(&Lever, usize)| redirect.heading == Some(Heading::NewRoles);
        let own = |(redirect, _): &&(&Lever, usize)| lever.name.starts_with(&format!("{}_", redirect.name));
        let found = out.iter().filter(new).find(own).or(out.iter().find(new).filter(|_| others == 0));
        found.filter(|_| settling_in(lever)).map(|(_, role)| *role)
    };
    let one = |lever: &Lever| {
        let role = nobody(lever).or_else(|| with(lever))?;
        let (name, title) = (lever.name.clone(), lever.title.clone());
        Some(Unreceived { lever: name, title, role: model.roles[role].title.clone() })
    };
    model.levers.iter().filter_map(one).collect()
}

/// Leaves those levers out.
pub fn without_unreceived(mut model: Model) -> Model {
    let out = unreceived(&model);
    model.levers.retain(|lever| !out.iter().any(|gone| gone.lever == lever.name));
    model
}

/// A warning for each lever that sends requests to nobody.
pub(super) fn warnings(model: &Model) -> Vec<Fault> {
    let means = means(model);
    let mut warnings = Vec::new();
    for lever in &model.levers {
        let Some(role) = receiver(lever).find(|role| !staffed(model, *role, &means)) else { continue };
        let (name, post) = (&model.roles[role].name, model.posts.iter().find(|post| post.role == role));
        let address = match post {
            Some(post) => format!("post.{}.wte", post.name),
            None => format!("lever.{}", lever.name),
        };
        let what = match post {
            Some(post) => format!("`post.{}` has 0 wte and nobody else has that role", post.name),
            None => "no post has that role".into(),
        };
        let message = format!(
            "`lever.{}` sends requests to role `{name}`, but {what}: those redirected are never seen",
            lever.name
        );
        let help = match post {
            Some(_) => format!("give the post some wte, or take `{}` out of the option's levers", lever.name),
            None => format!(
                "add a post with role = \"{name}\", or take `{}` out of the option's levers",
                lever.name
            ),
        };
        warnings.push(Fault::warning("nobody-receives", address, message).help(help));
    }
    warnings
}

/// Roles to which a lever sends requests.
fn receiver(lever: &Lever) -> impl Iterator<Item = usize> + '_ {
    lever.changes.iter().filter_map(|(_, change)| match change {
        Change::Redirect { to: RedirectTo::Role { role, .. }, .. } => Some(*role),
        _ => None,
    })
}

/// A lever of a new role that only takes or gives time.
fn settling_in(lever: &Lever) -> bool {
    lever.heading == Some(Heading::NewRoles)
        && lever.changes.iter().all(|(_, change)| matches!(change, Change::Minutes { .. }))
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
