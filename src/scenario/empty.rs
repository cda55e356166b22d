//! Posts that bring no appointment in the whole counted period, and the patients whom for that reason nobody ever sees.
//!
//! In: a model, and the means of its numbers. Out: why a post brings nothing, in words; warnings of needs whose posts all bring
//! nothing. A need that nobody sees keeps its patients waiting, and where they never give up no figure of those lost shows it.
//!
//! `check` warns of needs; `receivers` asks the same of levers that send requests to a role.

use super::sites::sees;
use crate::fault::Fault;
use crate::lever::Lever;
use crate::lever::roles::Does;
use crate::model::Model;
use crate::model::need::Need;
use crate::model::post::{Capacity, PlainAbsence, PlainCapacity, Post, Sharing, Staffing};

/// What is said of people of whom there are none.
pub(super) const NO_WTE: &str = "has 0 wte";

/// Why a post brings no appointment in the whole counted period; none where it brings some.
///
/// `means` is one value a slot (see `capacity::means`). The words continue a sentence that begins with the post.
/// Leave, sickness and rooms are not looked at: they take time away, but hardly all of it.
pub(super) fn nothing(model: &Model, post: &Post, means: &[f64]) -> Option<&'static str> {
    let (first, last) = (model.horizon.start, model.horizon.last());
    if post.from.is_some_and(|from| from > last) {
        return Some("begins after the period");
    }
    if post.until.is_some_and(|until| until < first) {
        return Some("ends before the period");
    }
    if post.minutes_factor.at(means, 0) <= 0.0 {
        return Some("has a minutes_factor of 0");
    }
    match &post.capacity {
        Capacity::People(staffing) => nobody(model, post, staffing, means),
        Capacity::Plain(plain) => {
            no_slots(model, plain, means).or_else(|| too_short(model, post, plain, means))
        }
    }
}

/// The same of people.
fn nobody(model: &Model, post: &Post, staffing: &Staffing, means: &[f64]) -> Option<&'static str> {
    let role = &model.roles[post.role];
    if staffing.wte.at(means, 0) <= 0.0 {
        return Some(NO_WTE);
    }
    if role.direct_share.at(means, 0) <= 0.0 {
        return Some("has no appointment time (direct_share is 0)");
    }
    let vacant = staffing.in_post_wte.is_some_and(|in_post| in_post.at(means, 0) <= 0.0);
    if vacant && role.leaving.is_none() {
        return Some("has nobody in post, and its role states no `leaving`, so that nobody comes");
    }
    // Half-days count from 0, Monday morning first.
    let open = |half: &u8| model.calendar.open[usize::from(*half) / 2];
    let closed = staffing.works.as_ref().is_some_and(|works| !works.is_empty() && !works.iter().any(open));
    closed.then_some("works on closed weekdays only")
}

/// The same of plain slots, in the counted period: the days of the warm-up do not help.
fn no_slots(model: &Model, plain: &PlainCapacity, means: &[f64]) -> Option<&'static str> {
    if matches!(plain.absence, Some(PlainAbsence::Daily(daily)) if daily.at(means, 0) >= 1.0) {
        return Some("has members who are never there");
    }
    let (first, last) = (model.horizon.start, model.horizon.last());
    let some = match &plain.slots_by_day {
        Some(days) => days.iter().take(model.horizon.days).any(|slots| *slots > 0.0),
        None => {
            let open = |weekday: usize| model.calendar.open[weekday];
            let dated = |(from, to, slots): &(_, _, f64)| *slots > 0.0 && *from <= last && *to >= first;
            (0..7).any(|weekday| open(weekday) && plain.slots[weekday] > 0.0)
                || plain.exceptions.iter().any(dated)
        }
    };
    (!some).then_some("has 0 slots")
}

/// Slots of which no day ever has enough for the shortest appointment that its role gives: what is left over of a day is not
/// carried to the next, but where the post is split.
fn too_short(model: &Model, post: &Post, plain: &PlainCapacity, means: &[f64]) -> Option<&'static str> {
    // What levers send may have other slots.
    let receives = |lever: &Lever| lever.roles().any(|role| role == (post.role, Does::Receives));
    if post.sharing == Sharing::Split || model.levers.iter().any(receives) {
        return None;
    }
    let most = match &plain.slots_by_day {
        Some(days) => days.iter().copied().fold(0.0, f64::max),
        None => {
            let dated = plain.exceptions.iter().map(|(.., slots)| *slots);
            plain.slots.iter().copied().chain(dated).fold(0.0, f64::max)
        }
    };
    let minutes = most * post.slot_minutes * post.minutes_factor.at(means, 0).max(1.0);
    let of_role = model.needs.iter().flat_map(|need| &need.seen_by).filter(|seen| seen.role == post.role);
    let shortest = of_role.map(|seen| seen.slot_minutes.at(means, 0)).fold(f64::INFINITY, f64::min);
    (shortest.is_finite() && minutes < shortest).then_some(
        "has on no day the minutes of one appointment, and what is left of a day is not carried to the next",
    )
}

/// Needs whose patients, at some practices, only posts that bring nothing could see.
///
/// A practice where no post of the role serves at all is not among them: `check` says that.
pub(super) fn never_seen(model: &Model, means: &[f64], faults: &mut Vec<Fault>) {
    // A need that nobody comes to misses nobody.
    let reached = reached(model);
    for (need, _) in model.needs.iter().zip(reached).filter(|(_, reached)| *reached) {
        let could = |post: &&Post| need.seen_by.iter().any(|seen| seen.role == post.role);
        let mut at: Vec<&str> = Vec::new();
        let mut because: Vec<(&str, &'static str)> = Vec::new();
        for (p, practice) in model.practices.iter().enumerate() {
            let posts = model.posts.iter().filter(could).filter(|post| sees(model, post, p));
            // None as soon as one post brings something; else every post with its reason.
            let empty: Option<Vec<_>> =
                posts.map(|post| Some((post.name.as_str(), nothing(model, post, means)?))).collect();
            let Some(empty) = empty.filter(|empty| !empty.is_empty()) else { continue };
            at.push(&practice.name);
            for post in empty {
                if !because.contains(&post) {
                    because.push(post);
                }
            }
        }
        if !at.is_empty() {
            faults.push(warning(model, need, &at, &because));
        }
    }
}

/// Needs that anyone asks for, or that contacts with such a need lead to.
///
/// By need, in the order of the model.
fn reached(model: &Model) -> Vec<bool> {
    let mut reached: Vec<bool> = model.needs.iter().map(super::check::asked).collect();
    // as often as there are needs: a chain of needs is no longer than that
    for _ in 0..model.needs.len() {
        for (k, need) in model.needs.iter().enumerate() {
            let follow_up = need.follow_up.iter().map(|follow| follow.as_need);
            for to in follow_up.chain(need.refers_on.iter().map(|refer| refer.as_need)) {
                reached[to] |= reached[k];
            }
        }
    }
    reached
}

/// The warning; `at` is at least one practice, `because` at least one post with its reason. It stands at the
/// post where there is one, as that is what has to change.
fn warning(model: &Model, need: &Need, at: &[&str], because: &[(&str, &str)]) -> Fault {
    let place = match at {
        _ if at.len() == model.practices.len() => String::new(),
        [only] => format!(" of practice {only}"),
        [first, others @ ..] => format!(" of practice {first} and {} more", others.len()),
        [] => String::new(),
    };
    let said: Vec<String> = because.iter().map(|(post, why)| format!("`post.{post}` {why}")).collect();
    let message = format!(
        "nobody ever sees `need.{}`: its patients{place} wait for posts that bring no appointment in the whole period: {}",
        need.name,
        said.join("; ")
    );
    let help =
        "give one of them slots or people in the period, add a post of such a role, or take the need away";
    // One post alone is where it can be put right.
    let address = match because {
        [(post, _)] => format!("post.{post}"),
        _ => format!("need.{}", need.name),
    };
    Fault::warning("empty-posts", address, message).help(help)
}
