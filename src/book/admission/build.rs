//! Finding the finite books of a model: whose minutes count, who waits for them, by which door they come.
//!
//! In: a model, its lines and order of service. Out: the parts of [`super::Admission`]. Scenario time.

use super::{Arrival, Stretch};
use crate::book::line::{Kind, Line, LineId, Lines};
use crate::book::service::{Part, Served, Service};
use crate::model::Model;
use crate::random::{Key, Purpose, entity_hash};

/// What waits for a part: parts of its role that all of its practices can use, each with the share of its minutes that is theirs;
/// and beside it the practices that have minutes of their own.
pub(super) fn stretch(
    model: &Model,
    lines: &Lines,
    service: &Service,
    (part, queue): (usize, Vec<(LineId, usize)>),
) -> Stretch {
    let own = &service.parts[part];
    let role = model.posts[own.post].role;
    // Without lists each practice counts alike.
    let of = |&p: &usize| model.inputs.mean(model.practices[p].weighted_list).max(f64::MIN_POSITIVE);
    let list = |practices: &[usize]| -> f64 { practices.iter().map(of).sum() };
    let share = |other: &Part| -> f64 {
        let common: Vec<usize> =
            other.practices.iter().copied().filter(|p| own.practices.contains(p)).collect();
        if common.len() == other.practices.len() {
            // What only some of them can use stands beside.
            if common.len() == own.practices.len() { other.share } else { 0.0 }
        } else if common.is_empty() {
            0.0
        } else {
            other.share * list(&common) / list(&other.practices)
        }
    };
    let of_role =
        || service.parts.iter().enumerate().filter(|(_, other)| model.posts[other.post].role == role);
    let parts = of_role().map(|(i, other)| (i, share(other))).filter(|(_, share)| *share > 0.0).collect();
    let mut queue = queue;
    let of_role: Vec<(usize, &Part)> = of_role().collect();
    let beside = beside((lines, service), &of_role, (&own.practices, &mut queue), &mut 1);
    Stretch { at: 0, parts, queue, beside }
}

/// Practices among some that have parts of a role of their own besides, each such set with what is beside it in turn; their lines
/// are taken off the queue. A set of practices lies in another or apart from it: a practice, a network, all. `next` is where
/// the minutes of the next stretch stand.
fn beside(
    (lines, service): (&Lines, &Service),
    of_role: &[(usize, &Part)],
    (practices, queue): (&[usize], &mut Vec<(LineId, usize)>),
    next: &mut usize,
) -> Vec<Stretch> {
    let inside = |set: &[usize], of: &[usize]| set.iter().all(|p| of.contains(p));
    let fewer = |part: &Part| part.practices.len() < practices.len() && inside(&part.practices, practices);
    let mut fewer: Vec<(usize, &Part)> = of_role.iter().copied().filter(|(_, part)| fewer(part)).collect();
    // The largest sets first: what lies inside one of them is beside it.
    fewer.sort_by_key(|(_, part)| std::cmp::Reverse(part.practices.len()));
    let mut found: Vec<(&[usize], Stretch)> = Vec::new();
    for &(number, part) in &fewer {
        let set = &part.practices[..];
        if let Some((known, stretch)) = found.iter_mut().find(|(known, _)| inside(set, known)) {
            if known.len() == set.len() {
                stretch.parts.push((number, part.share));
            }
            continue;
        }
        let numbers: Vec<usize> =
            fewer.iter().filter(|(_, other)| inside(&other.practices, set)).map(|(i, _)| *i).collect();
        let waits = |&(id, _): &(LineId, usize)| {
            let served = |s: &Served| s.line == id && !s.elsewhere && numbers.contains(&(s.part as usize));
            set.contains(&lines.all[id as usize].key.practice) && service.served.iter().any(served)
        };
        let (mut own, others): (Vec<_>, Vec<_>) = std::mem::take(queue).into_iter().partition(waits);
        *queue = others;
        let at = *next;
        *next += 1;
        let beside = beside((lines, service), of_role, (set, &mut own), next);
        found.push((set, Stretch { at, parts: vec![(number, part.share)], queue: own, beside }));
    }
    found.into_iter().map(|(_, stretch)| stretch).collect()
}

/// The role in whose book each line stands: that it waits for, or where no post of that role sees it the first in the
/// need's order of preference of which one does.
pub(super) fn booked_with(model: &Model, lines: &Lines, service: &Service) -> Vec<Option<usize>> {
    let mut sees = vec![Vec::new(); lines.all.len()];
    for served in service.served.iter().filter(|served| !served.elsewhere) {
        sees[served.line as usize].push(served.role);
    }
    let of = |(line, sees): (&Line, Vec<usize>)| {
        let preferred = model.needs[line.key.as_need].seen_by.iter().map(|seen| seen.role);
        std::iter::once(line.key.role).chain(preferred).find(|role| sees.contains(role))
    };
    lines.all.iter().zip(sees).map(of).collect()
}

/// Lines whose people are booked with a part, with the index of their slot there.
pub(super) fn queue(
    model: &Model,
    booked_with: &[Option<usize>],
    service: &Service,
    part: usize,
) -> Vec<(LineId, usize)> {
    let role = model.posts[service.parts[part].post].role;
    let mut queue: Vec<(LineId, usize)> = service
        .served
        .iter()
        .filter(|s| s.part as usize == part && !s.elsewhere && booked_with[s.line as usize] == Some(role))
        .map(|s| (s.line, s.slot))
        .collect();
    queue.sort_unstable();
    queue.dedup_by_key(|(id, _)| *id);
    queue
}

/// How people come into lines of a kind.
pub(super) fn arrivals(kind: Kind) -> impl Iterator<Item = Arrival> {
    let all: &[Arrival] = match kind {
        Kind::Main | Kind::Redirected(_) => &[Arrival::Returned, Arrival::New],
        Kind::Again | Kind::BookedAgain | Kind::RedirectedAgain(_) => &[Arrival::Rebooked],
        Kind::Booked(_) => &[Arrival::FollowUp],
    };
    all.iter().copied()
}

/// Key of a door's random subset.
pub(super) fn door_key(
    model: &Model,
    service: &Service,
    part: usize,
    door: (Arrival, usize),
    seed: u64,
) -> Key {
    let part = &service.parts[part];
    let practices: Vec<&str> = part.practices.iter().map(|&p| model.practices[p].name.as_str()).collect();
    let address =
        format!("post.{}@{practices:?}/window.{}/{:?}", model.posts[part.post].name, door.1, door.0);
    Key::new(seed, Purpose::Admission, entity_hash(&address))
}
