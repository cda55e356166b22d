//! The staffing map: who is where, how many, and what one absence takes away.
//!
//! In: a model and some draws. Out: a row a post, in the model's order; of an option those that are new or other
//! than now. Numbers that are drawn count as their means over the draws.

use super::one_more::mean_of;
use crate::model::Model;
use crate::model::post::{Base, Capacity, Sharing};
use crate::model::working_week;
use crate::plan::lanes::Replication;
use crate::units::Day;

/// A post of the staffing map.
///
/// `single_point_for` is empty where nobody's absence takes the role away, or heads are not known.
#[derive(Clone, Debug, PartialEq)]
pub struct Staffed {
    /// Title of the role.
    pub role: String,
    /// Title of the base.
    pub base: String,
    /// Practices it serves.
    pub practices: usize,
    /// How it is shared; empty for a practice's own.
    pub sharing: &'static str,
    /// Establishment [wte]; no value for plain capacity.
    pub wte: Option<f64>,
    /// In post at the start [wte]; no value where it is the establishment.
    pub in_post: Option<f64>,
    /// Heads; no value where it cannot be known.
    pub heads: Option<u32>,
    /// Practices that lose the role altogether when one person is away.
    pub single_point_for: Vec<String>,
    /// First and last day, where they are stated.
    pub dates: (Option<Day>, Option<Day>),
    /// In an option: how as-now has the post.
    pub before: Before,
}

/// How as-now has a post of an option.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Before {
    /// The same, or the post is as-now's own.
    Same,
    /// Not at all.
    None,
    /// With this establishment [wte]; no value for plain capacity.
    Wte(Option<f64>),
}

/// Title of a post for a reader: role and base.
///
/// With the post's own title behind it where several posts have the role at the base.
pub fn post_label(model: &Model, post: usize) -> String {
    let stated = &model.posts[post];
    let label = format!("{}, {}", model.roles[stated.role].title, base(model, post));
    let twice = (0..model.posts.len())
        .filter(|&i| model.posts[i].role == stated.role && model.posts[i].base == stated.base)
        .count();
    if twice > 1 { format!("{label} ({})", stated.title) } else { label }
}

/// The post's own title, or its role and base where the title is only its name.
pub fn post_title(model: &Model, post: usize) -> String {
    let stated = &model.posts[post];
    match stated.title.replace(' ', "_").to_lowercase() == stated.name {
        true => post_label(model, post),
        false => stated.title.clone(),
    }
}

/// Title of the base of a post.
fn base(model: &Model, post: usize) -> String {
    match model.posts[post].base {
        Base::Practice(p) => model.practices[p].title.clone(),
        Base::Network(n) => model.networks[n].title.clone(),
        Base::Federation => "all practices".to_owned(),
    }
}

/// Every post, in the model's order.
///
/// A practice has a single point where one person is all who see its patients in the role, shared posts counted.
pub fn staffing(model: &Model, seed: u64, reps: &[Replication]) -> Vec<Staffed> {
    let mean = |n| mean_of(model, n, seed, reps);
    let heads: Vec<Option<u32>> = (0..model.posts.len()).map(|i| heads(model, i, &mean)).collect();
    (0..model.posts.len())
        .map(|i| {
            let post = &model.posts[i];
            let practices = post.practices(model);
            let (wte, in_post) = match &post.capacity {
                Capacity::People(s) => (Some(mean(s.wte)), s.in_post_wte.map(mean)),
                Capacity::Plain(_) => (None, None),
            };
            let alone = practices.iter().filter(|&&p| reach(model, &heads, post.role, p) == Some(1));
            Staffed {
                role: model.roles[post.role].title.clone(),
                base: base(model, i),
                practices: practices.len(),
                sharing: match (post.base, post.sharing) {
                    (Base::Practice(_), _) => "",
                    (_, Sharing::Pooled) => "pooled",
                    (_, Sharing::Split) => "split",
                    (_, Sharing::Rota { .. }) => "rota",
                },
                wte,
                in_post,
                heads: heads[i],
                single_point_for: alone.map(|&p| model.practices[p].title.clone()).collect(),
                dates: (post.from, post.until),
                before: Before::Same,
            }
        })
        .collect()
}

/// Posts of an option that as-now lacks, or has with other people or dates.
///
/// Posts are found by name; sharing and practices served are not compared. What an option lacks is not listed.
pub fn changed(model: &Model, other: &Model, seed: u64, reps: &[Replication]) -> Vec<Staffed> {
    let (then, now) = (staffing(other, seed, reps), staffing(model, seed, reps));
    let before = |(i, staffed): (usize, &Staffed)| {
        let before = model.posts.iter().position(|p| p.name == other.posts[i].name);
        match before.map(|b| &now[b]) {
            None => Before::None,
            Some(old)
                if (old.wte, old.in_post, old.heads, old.dates, &old.base)
                    == (staffed.wte, staffed.in_post, staffed.heads, staffed.dates, &staffed.base) =>
            {
                Before::Same
            }
            Some(old) => Before::Wte(old.wte),
        }
    };
    let before: Vec<Before> = then.iter().enumerate().map(before).collect();
    let all = then.into_iter().zip(before).map(|(staffed, before)| Staffed { before, ..staffed });
    all.filter(|s| s.before != Before::Same).collect()
}

/// People of a post.
///
/// None for plain slots without absence, as they say nothing of people. Without a headcount as the roster rounds
/// them (docs/model.md, section 6).
fn heads(model: &Model, post: usize, mean: &dyn Fn(crate::model::number::Number) -> f64) -> Option<u32> {
    let stated = &model.posts[post];
    match &stated.capacity {
        Capacity::Plain(plain) => plain.absence.map(|_| plain.members),
        Capacity::People(staffing) => {
            let a_head = model.roles[stated.role].wte_per_head;
            Some(working_week::heads(mean(staffing.wte), staffing.headcount, a_head) as u32)
        }
    }
}

/// People of a role who see a practice's patients; none where a post's heads are not known.
fn reach(model: &Model, heads: &[Option<u32>], role: usize, practice: usize) -> Option<u32> {
    let mut sum = 0;
    for (post, heads) in model.posts.iter().zip(heads) {
        if post.role == role && post.practices(model).contains(&practice) {
            sum += (*heads)?;
        }
    }
    Some(sum)
}
