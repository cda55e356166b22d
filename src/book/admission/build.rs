//! Finding the finite books of a model: whose minutes count, who waits for them, by which door they come.
//!
//! In: a model, its lines and order of service. Out: the parts of [`super::Admission`]. Scenario time.

use super::{Arrival, Stretch};
use crate::book::line::{Kind, Line, LineId, Lines};
use crate::book::service::{Part, Service};
use crate::model::Model;
use crate::random::{Key, Purpose, entity_hash};

/// What waits for a part: parts of its role that all of its practices can use, each with the share of its minutes that is theirs,
/// and the queue without practices that have minutes besides; then each of these with those minutes.
pub(super) fn stretches(
    model: &Model,
    lines: &Lines,
    service: &Service,
    (part, queue): (usize, Vec<(LineId, usize)>),
) -> (Stretch, Vec<Stretch>) {
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
    let fewer = |other: &Part| {
        other.practices.len() < own.practices.len()
            && other.practices.iter().all(|p| own.practices.contains(p))
    };
    let waits_for = |id: LineId, part: usize| {
        service.served.iter().any(|s| s.line == id && s.part as usize == part && !s.elsewhere)
    };
    let mut rest = queue;
    let mut beside = Vec::new();
    for &p in &own.practices {
        let fewer = || of_role().filter(|(_, other)| fewer(other) && other.practices.contains(&p));
        let apart = |(id, _): &(LineId, usize)| {
            lines.all[*id as usize].key.practice == p && fewer().any(|(i, _)| waits_for(*id, i))
        };
        let (queue, others): (Vec<_>, Vec<_>) = rest.into_iter().partition(apart);
        rest = others;
        if !queue.is_empty() {
            // Of a part that some of them share each has its share by list.
            let share = |(i, other): (usize, &Part)| (i, other.share * of(&p) / list(&other.practices));
            beside.push(Stretch { parts: fewer().map(share).collect(), queue });
        }
    }
    (Stretch { parts, queue: rest }, beside)
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
