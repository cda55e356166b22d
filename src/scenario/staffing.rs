//! Posts that cannot be as stated: more wte than their people can work, half-days too few for their hours, a fund that pays
//! nothing for their role.
//!
//! In: a model. Out: faults and warnings.
//!
//! All are warnings: the model can be simulated, but hardly means what was written. Numbers that are drawn count
//! as their means.

use super::capacity::means;
use crate::fault::Fault;
use crate::model::Model;
use crate::model::post::{Capacity, Post};
use crate::quantity::{number_text, tenths_text};

/// Hours of a half-day against the role's session above which nobody works it.
const LONGEST: f64 = 1.5;

/// WTE of one person above which nobody works: 56 hours a week where a WTE is 37.5.
const MOST_WTE: f64 = 1.5;

/// What is wrong with posts.
pub(super) fn staffing(model: &Model, faults: &mut Vec<Fault>) {
    let means = means(model);
    for post in &model.posts {
        faults.extend(too_few_people(model, post, &means));
        faults.extend(too_few_half_days(model, post, &means));
        faults.extend(unpaid(model, post));
    }
}

/// WTE that so many people cannot work.
///
/// With a headcount the wte is shared alike; without, each has the role's `wte_per_head`, at most all of it.
fn too_few_people(model: &Model, post: &Post, means: &[f64]) -> Option<Fault> {
    let Capacity::People(staffing) = &post.capacity else { return None };
    let role = &model.roles[post.role];
    // A headcount counts those in post, where anybody is.
    let in_post = staffing.in_post_wte.map(|wte| wte.at(means, 0)).filter(|wte| *wte > 0.0);
    let wte = in_post.filter(|_| staffing.headcount.is_some()).unwrap_or(staffing.wte.at(means, 0));
    // What one person works, and the key that is most likely wrong.
    let (each, key, of) = match staffing.headcount {
        Some(heads) => (wte / f64::from(heads.max(1)), "headcount", people(heads)),
        None => {
            (role.wte_per_head.min(wte), "wte", format!("people of {} wte", number_text(role.wte_per_head)))
        }
    };
    if each <= MOST_WTE {
        return None;
    }
    let message = format!(
        "`post.{}` has {} wte for {of}: each would work {} wte, {} hours a week, more than anyone works",
        post.name,
        number_text(wte),
        number_text(each),
        tenths_text(each * role.hours_per_wte_week.at(means, 0)),
    );
    let help = match staffing.headcount {
        Some(_) => "`wte` counts whole-time equivalents, `headcount` people: correct the one that is wrong"
            .to_owned(),
        None => format!("`wte_per_head` of role.{} is the wte of one person: 1 or less for most", role.name),
    };
    Some(Fault::warning("wte-above-people", format!("post.{}.{key}", post.name), message).help(help))
}

/// Contract hours that do not go into the half-days stated.
///
/// Only where half-days are stated; dealt half-days always suffice.
fn too_few_half_days(model: &Model, post: &Post, means: &[f64]) -> Option<Fault> {
    let Capacity::People(staffing) = &post.capacity else { return None };
    let works = staffing.works.as_ref().filter(|works| !works.is_empty())?;
    let role = &model.roles[post.role];
    let wte = staffing.wte.at(means, 0);
    let hours = wte * role.hours_per_wte_week.at(means, 0);
    let each = hours / works.len() as f64;
    if each <= LONGEST * role.session_hours {
        return None;
    }
    let message = format!(
        "{} wte work {} hours a week, {} in each of the {} half-days stated: more than anyone works in half a day",
        number_text(wte),
        tenths_text(hours),
        tenths_text(each),
        works.len()
    );
    let sessions = (hours / role.session_hours).round().max(1.0);
    let help = format!("state about {} half-days, or fewer wte", number_text(sessions));
    Some(Fault::warning("half-days-too-few", format!("post.{}.works", post.name), message).help(help))
}

/// A fund that does not know the role of a post that it is to pay.
///
/// None where no fund pays for the post.
fn unpaid(model: &Model, post: &Post) -> Option<Fault> {
    let fund = &model.funds[post.paid_by?];
    if fund.reimburses.iter().any(|(role, ..)| *role == post.role) {
        return None;
    }
    let known: Vec<&str> =
        fund.reimburses.iter().map(|(role, ..)| model.roles[*role].name.as_str()).collect();
    let role = &model.roles[post.role].name;
    let message = format!(
        "`fund.{}` says nothing of role `{role}`: it pays nothing back and the practices bear all of this post",
        fund.name
    );
    let help = match known.is_empty() {
        true => format!("add fund.{}.reimburses.{role}", fund.name),
        false => format!(
            "it pays for {}; where it pays for {role} too, add fund.{}.reimburses.{role}",
            known.join(", "),
            fund.name
        ),
    };
    Some(Fault::warning("fund-without-role", format!("post.{}.paid_by", post.name), message).help(help))
}

/// A number of people in words.
fn people(heads: u32) -> String {
    if heads == 1 { "1 person".to_owned() } else { format!("{heads} people") }
}
