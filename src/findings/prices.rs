//! What of a cost is known, and what is missing: posts that have no price.
//!
//! In: the models of things as they are and of an option. Out: the posts whose role states no cost for a wte, or that are
//! slots without people, and how an option changes them. Where it changes none of them, what is known of the change of
//! cost is all of it: what the others cost is the same in both. Where it only adds to them, it is the least.
//!
//! Compared by the names of posts; dates and slots have to be the same, or what a post costs may differ otherwise
//! than by wte.

use super::say;
use crate::model::Model;
use crate::model::post::{Capacity, Post};
use crate::scenario::means;

/// How much of the change of a cost is known.
///
/// Lists of titles without repeats; a role may stand in several.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gap {
    /// Without a price, and more of it in the option than as now: titles of roles.
    pub more: Vec<String>,
    /// Without a price, and less of it in the option, or otherwise than now.
    pub less: Vec<String>,
    /// Without a price, and the same in both.
    pub same: Vec<String>,
}

impl Gap {
    /// Between things as they are and an option, at the places of all practices and at the means of what is drawn.
    pub fn between(now: &Model, option: &Model) -> Self {
        let (before, after) = (wte(now), wte(option));
        let mut gap = Self::default();
        for post in option.posts.iter().filter(|post| unpriced(option, post)) {
            let known = now.posts.iter().find(|other| other.name == post.name);
            let title = title(option, post);
            let list = match known.map(|known| (before(known), after(post))) {
                None => &mut gap.more,
                Some((a, b)) if a.0 == b.0 && a.1 == b.1 => &mut gap.same,
                Some((a, b)) if a.0 == b.0 && a.1 < b.1 => &mut gap.more,
                Some(_) => &mut gap.less,
            };
            add(list, title);
        }
        let gone = |post: &&Post| !option.posts.iter().any(|other| other.name == post.name);
        for post in now.posts.iter().filter(gone).filter(|post| unpriced(now, post)) {
            add(&mut gap.less, title(now, post));
        }
        gap
    }

    /// True where what is known of the change is all of it.
    pub fn whole(&self) -> bool {
        self.more.is_empty() && self.less.is_empty()
    }

    /// True where what is known of the change is the least of it.
    pub fn least(&self) -> bool {
        !self.more.is_empty() && self.less.is_empty()
    }

    /// Roles whose price is missing for the change: `no price for: pharmacist and paramedic`.
    pub fn missing(&self) -> String {
        let mut titles = self.more.clone();
        self.less.iter().for_each(|title| add(&mut titles, title.clone()));
        format!("no price for: {}", say::list(&titles))
    }

    /// What is known of a change of cost and what is missing, where it is not the whole: `at least £300; no price for: …`.
    pub fn known(&self, pounds: &str) -> String {
        let how = if self.least() { "at least" } else { "as far as prices are stated" };
        format!("{how} {pounds}; {}", self.missing())
    }
}

/// Titles of roles without a price in a model.
pub fn missing(model: &Model) -> Vec<String> {
    let mut titles = Vec::new();
    for post in model.posts.iter().filter(|post| unpriced(model, post)) {
        add(&mut titles, title(model, post));
    }
    titles
}

/// A warning where some posts of a model have a price and others have none.
///
/// None where all have one, or none has: then money is not asked about.
pub fn warning(model: &Model) -> Option<String> {
    let missing = missing(model);
    (!missing.is_empty() && missing.len() < model.posts.len() && model.posts.iter().any(|post| !unpriced(model, post)))
        .then(|| {
            format!(
                "No price for: {}. All costs together are not known; `cost_known` is what the others cost (state cost_per_wte_year of the role, and people with `wte`).",
                say::list(&missing)
            )
        })
}

/// True where the cost of a post is not known.
///
/// Plain slots have no people to be paid.
fn unpriced(model: &Model, post: &Post) -> bool {
    !matches!(post.capacity, Capacity::People(_)) || model.roles[post.role].cost_per_wte_year.is_none()
}

/// The role, inside a sentence; slots are told apart from people.
fn title(model: &Model, post: &Post) -> String {
    let role = say::inside(&model.roles[post.role].title);
    match post.capacity {
        Capacity::People(_) => role,
        Capacity::Plain(_) => format!("{role} (slots without people)"),
    }
}

/// Adds a title that is not there yet.
fn add(list: &mut Vec<String>, title: String) {
    if !list.contains(&title) {
        list.push(title);
    }
}

/// What of a post has to be the same (dates, slots), and how many there are of it [wte].
fn wte(model: &Model) -> impl Fn(&Post) -> (String, f64) + '_ {
    let means = means(model);
    move |post| {
        let dates = (post.from, post.until);
        match &post.capacity {
            Capacity::Plain(plain) => (format!("{dates:?} {plain:?}"), 0.0),
            Capacity::People(staffing) => {
                let of = staffing.in_post_wte.unwrap_or(staffing.wte);
                (format!("{dates:?}"), of.at(&means, 0))
            }
        }
    }
}
