//! Levers that cannot stand: nobody is there to whom they send requests, or for whom they are.
//!
//! In: a model with the levers of its option. Out: the levers that cannot stand because every post of a role that they need
//! brings no appointment in the whole period, or there is no such post; warnings of them; and the model without them. What a redirect to nobody means: where a
//! post without people or slots is there, its patients leave the line they were in and wait for someone who never comes;
//! where no post is there, or not yet, nobody is sent. What a lever for nobody (`for_role`, such as
//! settling in) means: time is taken for someone who never comes.

use super::capacity::means;
use super::empty::{NO_WTE, nothing};
use super::sites::sees;
use crate::fault::Fault;
use crate::lever::Lever;
use crate::lever::roles::Does;
use crate::model::Model;
use crate::model::post::Post;
use crate::units::Day;
use serde::{Deserialize, Serialize};

/// A lever that cannot stand.
///
/// Kept in the request of a sweep, so that shards agree on it.
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
///
/// At the means of what is drawn; each lever once, with the first role that nobody has. `check` warns of them;
/// questions that search leave them out.
pub fn unreceived(model: &Model) -> Vec<Unreceived> {
    let of = |(lever, role, _): (&Lever, usize, Does)| Unreceived {
        lever: lever.name.clone(),
        title: lever.title.clone(),
        role: model.roles[role].title.clone(),
    };
    without_people(model).map(of).collect()
}

/// Leaves those levers out.
///
/// The order of the others stays, so their effects do.
pub fn without_unreceived(mut model: Model) -> Model {
    let out = unreceived(&model);
    model.levers.retain(|lever| !out.iter().any(|gone| gone.lever == lever.name));
    model
}

/// A warning for each of those levers.
///
/// Also for levers that send patients of some practices to a role which has people elsewhere.
pub(super) fn warnings(model: &Model) -> Vec<Fault> {
    let means = means(model);
    let nobody = without_people(model).map(|(lever, role, does)| warning(model, (lever, role, does), &means));
    let mut warnings: Vec<Fault> = nobody.collect();
    for lever in &model.levers {
        // Roles with people somewhere, but not for every practice.
        let sent = lever.changes.iter().flat_map(|(_, change)| change.roles());
        let sent = sent.filter(|(role, does)| *does == Does::Receives && staffed(model, *role, &means));
        for (role, _) in sent {
            warnings.extend(unserved(model, lever, role, &means));
            warnings.extend(not_yet(model, lever, role, &means));
        }
    }
    warnings
}

/// Levers that need people of a role that nobody has, with the first such role.
fn without_people(model: &Model) -> impl Iterator<Item = (&Lever, usize, Does)> {
    let means = means(model);
    model.levers.iter().filter_map(move |lever| {
        let (role, does) = lever.needs_people_of().find(|(role, _)| !staffed(model, *role, &means))?;
        Some((lever, role, does))
    })
}

/// The warning: why nobody is there, what follows, what to do.
fn warning(model: &Model, (lever, role, does): (&Lever, usize, Does), means: &[f64]) -> Fault {
    let (name, post) = (&model.roles[role].name, model.posts.iter().find(|post| post.role == role));
    let why = post.and_then(|post| Some((post, nothing(model, post, means)?)));
    let (address, nobody) = match why {
        Some((post, why)) => {
            let key = if why == NO_WTE { ".wte" } else { "" };
            (
                format!("post.{}{key}", post.name),
                format!("`post.{}` {why} and nobody else has that role", post.name),
            )
        }
        None => (format!("lever.{}", lever.name), "no post has that role".into()),
    };
    let (verb, follows) = match does {
        Does::Reason => ("is for", "it takes its time and money for nobody"),
        _ if post.is_some() => ("sends requests to", "those redirected are never seen"),
        _ => ("sends requests to", "nobody is sent"),
    };
    let message = format!("`lever.{}` {verb} role `{name}`, but {nobody}: {follows}", lever.name);
    let first = match post {
        Some(_) if why.is_some_and(|(_, why)| why == NO_WTE) => "give the post some wte".to_owned(),
        Some(_) => "give the post people or slots in the period".to_owned(),
        None => format!("add a post with role = \"{name}\""),
    };
    let help = format!("{first}, or take `{}` out of the option's levers", lever.name);
    Fault::warning("nobody-receives", address, message).help(help)
}

/// A lever that sends patients of some practices to a role that nobody has who sees them.
///
/// None where every practice has somebody of the role.
fn unserved(model: &Model, lever: &Lever, role: usize, means: &[f64]) -> Option<Fault> {
    let there = |p: usize| {
        let mut posts = model.posts.iter().filter(|post| post.role == role && sees(model, post, p));
        posts.any(|post| nothing(model, post, means).is_none())
    };
    let without: Vec<&str> =
        (0..model.practices.len()).filter(|p| !there(*p)).map(|p| model.practices[p].name.as_str()).collect();
    let (first, others) = without.split_first()?;
    let more = if others.is_empty() { String::new() } else { format!(" and {} more", others.len()) };
    let name = &model.roles[role].name;
    // Where no post is there at all, not even one without people or days, nobody is sent.
    let unheld = |p: &usize| !model.posts.iter().any(|post| post.role == role && post.serves(model, *p));
    let follows = match (0..model.practices.len()).filter(|p| !there(*p)).all(|p| unheld(&p)) {
        true => "nobody is sent from there",
        false => "whoever is sent from there is never seen",
    };
    let message = format!(
        "`lever.{}` sends requests to role `{name}`, but nobody of that role sees patients of practice {first}{more}: {follows}",
        lever.name
    );
    let help = format!("add a post with role = \"{name}\" there, or let a shared post see them");
    Some(Fault::warning("nobody-receives", format!("lever.{}", lever.name), message).help(help))
}

/// A lever that sends requests to a role on days on which nobody of that role is there: posts begin later, or end sooner.
fn not_yet(model: &Model, lever: &Lever, role: usize, means: &[f64]) -> Option<Fault> {
    let (first, last) = (model.horizon.start.max(lever.starts), model.horizon.last());
    let last = lever.until.map_or(last, |until| last.min(until));
    let posts: Vec<&Post> = model
        .posts
        .iter()
        .filter(|post| post.role == role && nothing(model, post, means).is_none())
        .collect();
    let there = |day: Day| posts.iter().any(|post| post.exists_on(day));
    let days = (0..model.horizon.days).map(|day| model.horizon.start.plus(day as i32));
    let alone: Vec<Day> = days.filter(|day| *day >= first && *day <= last && !there(*day)).collect();
    let (from, to) = (alone.first()?, alone.last()?);
    let name = &model.roles[role].name;
    let message = format!(
        "`lever.{}` sends requests to role `{name}` on {} days, between {from} and {to}, on which nobody of that role is there: \
         nobody is sent on these days",
        lever.name,
        alone.len()
    );
    let help = format!("let `lever.{}` start and end with the post (`starts`, `until`)", lever.name);
    Some(Fault::warning("nobody-receives", format!("lever.{}", lever.name), message).help(help))
}

/// True where a post of the role brings anything.
fn staffed(model: &Model, role: usize, means: &[f64]) -> bool {
    let brings = |post: &Post| nothing(model, post, means).is_none();
    model.posts.iter().any(|post| post.role == role && brings(post))
}
