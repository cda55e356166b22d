//! Posts that cannot be as stated: half-days too few for their hours, a fund that pays nothing for their role.
//!
//! In: a model. Out: faults and warnings.

use super::capacity::means;
use crate::fault::Fault;
use crate::model::Model;
use crate::model::post::{Capacity, Post};
use crate::quantity::number_text;

/// Hours of a half-day against the role's session above which nobody works it.
const LONGEST: f64 = 1.5;

/// What is wrong with posts.
pub(super) fn staffing(model: &Model, faults: &mut Vec<Fault>) {
    let means = means(model);
    for post in &model.posts {
        faults.extend(too_few_half_days(model, post, &means));
        faults.extend(unpaid(model, post));
    }
}

/// Contract hours that do not go into the half-days stated.
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
        number_text(round(hours)),
        number_text(round(each)),
        works.len()
    );
    let sessions = (hours / role.session_hours).round().max(1.0);
    let help = format!("state about {} half-days, or fewer wte", number_text(sessions));
    Some(Fault::warning("half-days-too-few", format!("post.{}.works", post.name), message).help(help))
}

/// A fund that does not know the role of a post that it is to pay.
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

fn round(hours: f64) -> f64 {
    (hours * 10.0).round() / 10.0
}
