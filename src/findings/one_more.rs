//! What is tried to find the bottleneck: a model with one more whole-time equivalent of a role, or one more room.
//!
//! One more wte of a role is spread over its posts at a place in proportion to what they have; where posts that have nobody are
//! all that some practices have of a role which their needs ask for, it goes to those instead, by weighted list. Where rooms are never short
//! the posts' minutes are scaled; where a practice states its rooms, the people who sit there are real ones: a further
//! person at each post, with whole sessions on half-days of the week that follow those of the last (as a further person of
//! the post would be dealt them), who needs a room like the others.
//!
//! In: as-now. Out: a changed model with what it adds. The model keeps as-now beside it (`changed_from`), so that
//! draws of what is the same stay the same. Nothing is played here.

use super::headline::Headline;
use super::probe::posts_of;
use crate::model::Model;
use crate::model::number::Number;
use crate::model::post::{Capacity, Post, Staffing};
use crate::model::working_week::{dealt, heads};
use crate::outcome::columns::Place;
use crate::plan::draws::DrawPlan;
use crate::plan::lanes::Replication;
use crate::roster::rooms::{Asked, asked};

/// The model with one more wte of a role, and the minutes a week that it adds; none without posts of its own.
///
/// Only posts that see no patients from outside the headline's place count as its own. The minutes are of a
/// full-time person of the role [min/week], before leave and sickness.
pub fn one_more(
    model: &Model,
    headline: &Headline,
    role: usize,
    seed: u64,
    reps: &[Replication],
) -> Option<(Model, f64)> {
    let posts: Vec<usize> =
        posts_of(model, headline.place).into_iter().filter(|&i| model.posts[i].role == role).collect();
    let stated = &model.roles[role];
    let mean = |number| mean_of(model, number, seed, reps);
    let wte_minutes = mean(stated.hours_per_wte_week) * 60.0 * mean(stated.direct_share);
    let empty = empty_posts(model, &posts, role, &mean);
    if wte_minutes > 0.0 && !empty.is_empty() {
        let mut more = model.clone().changed_from(model);
        for (i, part) in empty {
            fill(&mut more, i, part, wte_minutes, &mean);
        }
        return Some((more, wte_minutes));
    }
    let plain: f64 = posts.iter().map(|&i| plain_minutes(model, i, &mean)).sum();
    let wte: f64 = posts.iter().map(|&i| people_wte(model, i, &mean)).sum();
    // Plain capacity is worth as many wte as its minutes pay for.
    let now = wte + if wte_minutes > 0.0 { plain / wte_minutes } else { 0.0 };
    if now <= 0.0 {
        return None;
    }
    let mut more = model.clone().changed_from(model);
    for &i in &posts {
        let share = people_wte(model, i, &mean) / now;
        if share > 0.0 && short_of_rooms(model, &model.posts[i]) {
            more.posts.push(further_person(model, i, share, &mean));
        } else {
            scale(&mut more.posts[i], 1.0 + 1.0 / now);
        }
    }
    Some((more, wte_minutes))
}

/// Posts that bring nothing, each with its part of a whole: those without which some practice has nobody of a role that one
/// of the needs names.
///
/// By weighted list of all that they serve; where the lists are uncertain practices count alike. A post that begins later is
/// not empty, nor is one to which people are being recruited.
fn empty_posts(
    model: &Model,
    posts: &[usize],
    role: usize,
    mean: &dyn Fn(Number) -> f64,
) -> Vec<(usize, f64)> {
    if !model.needs.iter().any(|need| need.seen_by.iter().any(|seen| seen.role == role)) {
        return Vec::new();
    }
    let of_role: Vec<usize> = (0..model.posts.len()).filter(|&i| model.posts[i].role == role).collect();
    let there =
        |&p: &usize| of_role.iter().any(|&i| model.posts[i].serves(model, p) && !is_empty(model, i, mean));
    let list = |&p: &usize| model.practices[p].weighted_list.fixed().unwrap_or(1.0).max(f64::MIN_POSITIVE);
    let alone = |&i: &usize| {
        let served = model.posts[i].practices(model);
        let missed = is_empty(model, i, mean) && !served.iter().all(there);
        missed.then(|| (i, served.iter().map(list).sum::<f64>()))
    };
    let empty: Vec<(usize, f64)> = posts.iter().filter_map(alone).collect();
    let all: f64 = empty.iter().map(|(_, list)| list).sum();
    empty.into_iter().map(|(i, list)| (i, list / all)).collect()
}

/// True of a post that is there all along and has neither people nor slots.
fn is_empty(model: &Model, post: usize, mean: &dyn Fn(Number) -> f64) -> bool {
    let stated = &model.posts[post];
    if stated.until.is_some() || !stated.exists_on(model.horizon.start) {
        return false;
    }
    match &stated.capacity {
        Capacity::People(staffing) => {
            let recruits = model.roles[stated.role].leaving.is_some() && mean(staffing.wte) > 0.0;
            !recruits && people_wte(model, post, mean) <= 0.0
        }
        Capacity::Plain(plain) => {
            let dated = plain.exceptions.iter().any(|(_, _, slots)| *slots > 0.0);
            !dated && plain.slots_a_week(model) <= 0.0
        }
    }
}

/// Gives an empty post a part of a wte: a person, or the slots that its minutes hold.
fn fill(more: &mut Model, post: usize, part: f64, wte_minutes: f64, mean: &dyn Fn(Number) -> f64) {
    if let Capacity::People(_) = more.posts[post].capacity {
        let person = further_person(more, post, part, mean);
        more.posts.push(person);
        return;
    }
    // In minutes a week as they are stated: the factor stays the post's own.
    let slot = slot_a_day(more, &more.posts[post]);
    if let Capacity::Plain(plain) = &mut more.posts[post].capacity {
        plain.slots = [part * wte_minutes / slot; 7];
        plain.slots_by_day = None;
    }
}

/// A post with more of what it has.
///
/// People are not scaled in number: their minutes are, so that leave and sickness stay as drawn.
fn scale(post: &mut Post, factor: f64) {
    match &mut post.capacity {
        Capacity::Plain(plain) => {
            plain.slots.iter_mut().for_each(|s| *s *= factor);
            plain.slots_by_day.iter_mut().flatten().for_each(|s| *s *= factor);
            plain.exceptions.iter_mut().for_each(|(_, _, s)| *s *= factor);
        }
        Capacity::People(_) => post.minutes_factor = post.minutes_factor.times(factor),
    }
}

/// True where the people of a post need rooms of which a practice states how many it has.
fn short_of_rooms(model: &Model, post: &Post) -> bool {
    post.needs_room && post.practices(model).iter().any(|p| model.practices[*p].rooms.is_some())
}

/// A further person of a post, as a post of its own.
///
/// Half-days go round the week from where the post's last person ended, as the roster deals them (docs/model.md,
/// section 6). The name is the post's with `~one_more`, so that it is no post of the file.
fn further_person(model: &Model, post: usize, wte: f64, mean: &dyn Fn(Number) -> f64) -> Post {
    let mut person = model.posts[post].clone();
    let role = &model.roles[person.role];
    let hours = mean(role.hours_per_wte_week) * wte;
    let stated = match &person.capacity {
        Capacity::People(staffing) => staffing.headcount,
        Capacity::Plain(_) => None,
    };
    let last = heads(people_wte(model, post, mean), stated, role.wte_per_head);
    let works = dealt(hours, role, person.people_before + last).collect();
    let staffing =
        Staffing { wte: Number::Fixed(wte), in_post_wte: None, headcount: Some(1), works: Some(works) };
    person.name = format!("{}~one_more", person.name);
    person.capacity = Capacity::People(staffing);
    person
}

/// Rooms of every practice of a place at which, with everybody in, some half-day asks for more than there are.
///
/// By what the roster asks for with nobody on leave or ill.
pub fn short_rooms(model: &Model, place: Place) -> Vec<Asked> {
    let practices = place.practices(model);
    let short = |asked: &Asked| {
        practices.contains(&asked.practice) && asked.halves.iter().flatten().any(|half| half.short > 0)
    };
    asked(model).into_iter().filter(short).collect()
}

/// The model with one more room on every day that has some, at each practice of a place that is short of them, and those
/// practices; none where none is short.
pub fn one_more_room(model: &Model, place: Place) -> Option<(Model, Vec<usize>)> {
    let practices: Vec<usize> = short_rooms(model, place).iter().map(|asked| asked.practice).collect();
    let mut more = model.clone().changed_from(model);
    for &p in &practices {
        for rooms in more.practices[p].rooms.iter_mut().flatten().filter(|rooms| **rooms > 0) {
            *rooms += 1;
        }
    }
    (!practices.is_empty()).then_some((more, practices))
}

/// Minutes a week of plain capacity before absence.
fn plain_minutes(model: &Model, post: usize, mean: &dyn Fn(Number) -> f64) -> f64 {
    let post = &model.posts[post];
    match &post.capacity {
        Capacity::Plain(plain) => plain.slots_a_week(model) * post.slot_minutes * mean(post.minutes_factor),
        Capacity::People(_) => 0.0,
    }
}

/// Appointment minutes a week that the role says one wte of a post would bring, before leave and sickness.
pub fn full_time(model: &Model, post: &Post, seed: u64, reps: &[Replication]) -> f64 {
    let role = &model.roles[post.role];
    let mean = |number| mean_of(model, number, seed, reps);
    mean(role.hours_per_wte_week) * 60.0 * mean(role.direct_share) * mean(post.minutes_factor)
}

/// Minutes a week that one plain slot on every open day would bring.
pub fn one_slot_a_day(model: &Model, post: &Post, seed: u64, reps: &[Replication]) -> f64 {
    slot_a_day(model, post) * mean_of(model, post.minutes_factor, seed, reps)
}

/// Minutes a week of one slot on every open weekday, before the post's factor.
fn slot_a_day(model: &Model, post: &Post) -> f64 {
    let open = model.calendar.open.iter().filter(|open| **open).count();
    open as f64 * post.slot_minutes
}

/// People in post [wte] at the mean of the draws; nought for plain slots.
fn people_wte(model: &Model, post: usize, mean: &dyn Fn(Number) -> f64) -> f64 {
    match &model.posts[post].capacity {
        Capacity::People(staffing) => mean(staffing.in_post_wte.unwrap_or(staffing.wte)),
        Capacity::Plain(_) => 0.0,
    }
}

/// The mean of a number over the draws of some replications.
///
/// As the first practice draws it.
pub fn mean_of(model: &Model, number: Number, seed: u64, reps: &[Replication]) -> f64 {
    if let Some(value) = number.fixed() {
        return value;
    }
    let draws = DrawPlan::new(&model.inputs, &model.practices, seed);
    let mut slots = vec![0.0; draws.slots()];
    let mut sum = 0.0;
    for rep in reps {
        draws.draw(rep.draw, &mut slots);
        sum += number.at(&slots, 0);
    }
    sum / reps.len().max(1) as f64
}
