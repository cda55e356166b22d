//! The arithmetic before a run: work a week against appointment time a week, role by role, by means alone.
//!
//! In: a model. Out: what a planner works out on paper: hours wanted, hours offered, for all and by practice. Levers,
//! leave, sickness and absence are left out, minutes that a rota loses to travel are not; follow-ups, rebookings and
//! referrals on are in. It says what cannot work, never what will: queues need the run.
//!
//! Fit: `check` shows these lines; [`super::receiving`] sets what levers send beside them. No draw is
//! made and nothing is simulated, so it costs milliseconds. A share above 1 says that waits must grow; one below 1 says
//! nothing of how long they are.

use crate::book::laws::dna_chance;
use crate::model::Model;
use crate::model::post::{Base, Capacity, Post};
use crate::model::requests::first_requests;
use crate::model::working_week::working_weeks;
use crate::plan::axis::Axis;
use crate::roster::plain::slots_on;
use crate::roster::rota::{parts_of_people, parts_of_slots, rota_sites};
use std::collections::BTreeMap;

/// Bookings still to come [requests a week] below which nobody counts them.
///
/// Far below a single one a year, so a stream that is still fed ends here.
const LEAST: f64 = 1e-9;

/// Rounds of rebookings and follow-ups that are followed: chances that leave more after them never come to an end.
///
/// A bound for the loop only: a chain of chances below 1 falls under [`LEAST`] long before.
const ROUNDS: usize = 10_000;

/// Work and time of a role in a place, a week.
///
/// All hours are of an ordinary week, by the means of every number.
#[derive(Clone, Debug, PartialEq)]
pub struct Load {
    /// Practice, as the model numbers it; none for all together.
    pub practice: Option<usize>,
    /// Appointment hours wanted [hours a week], rebookings, follow-ups and referrals in.
    pub wanted: f64,
    /// Appointment hours offered [hours a week]: those of a rota where its sessions are held, of other shared posts by
    /// list.
    pub offered: f64,
}

impl Load {
    /// Wanted of offered, which may be above 1; none where nothing is offered.
    pub fn share(&self) -> Option<f64> {
        (self.offered > 0.0).then(|| self.wanted / self.offered)
    }
}

/// One role.
#[derive(Clone, Debug, PartialEq)]
pub struct RoleLine {
    /// Role, as the model numbers it.
    pub role: usize,
    /// All practices together: the sum of `practices`.
    pub all: Load,
    /// By practice, in the order of the model; every one of them.
    pub practices: Vec<Load>,
}

/// The lines of all roles that are wanted or offered.
///
/// In the order of the model's roles; a role that nobody wants and nobody has is left out.
pub fn lines(model: &Model) -> Vec<RoleLine> {
    let axis = Axis::new(model);
    let offered = offered(model, &axis);
    let wanted = wanted(model);
    let line = |role: usize| {
        let practices: Vec<Load> = (0..model.practices.len())
            .map(|p| Load { practice: Some(p), wanted: wanted[p][role], offered: offered[p][role] })
            .collect();
        let all = Load {
            practice: None,
            wanted: practices.iter().map(|l| l.wanted).sum(),
            offered: practices.iter().map(|l| l.offered).sum(),
        };
        RoleLine { role, all, practices }
    };
    (0..model.roles.len()).map(line).filter(|l| l.all.wanted > 0.0 || l.all.offered > 0.0).collect()
}

/// Bookings for each first request, by need: rebookings and follow-ups included.
///
/// `[need]`, 1 where nothing follows a visit. A booking that leads to other needs counts those too.
pub fn bookings_a_request(model: &Model) -> Vec<f64> {
    let mut first = vec![0.0; model.needs.len()];
    (0..model.needs.len())
        .map(|k| {
            // One request of this need and none of the others: what it leads to is its own.
            first.fill(0.0);
            first[k] = 1.0;
            bookings(model, &first).iter().sum()
        })
        .collect()
}

/// Hours wanted a week: `[practice][role]`, each need with its first choice.
///
/// Overflow to a second choice is left out: that is for queues to tell.
fn wanted(model: &Model) -> Vec<Vec<f64>> {
    let of_practice = |p: usize| {
        let first: Vec<f64> = (0..model.needs.len()).map(|k| first_requests(model, p, k)).collect();
        let mut hours = vec![0.0; model.roles.len()];
        for (need, n) in model.needs.iter().zip(bookings(model, &first)) {
            if let Some(seen) = need.seen_by.first() {
                hours[seen.role] += n * model.inputs.mean(seen.slot_minutes) / 60.0;
            }
        }
        hours
    };
    (0..model.practices.len()).map(of_practice).collect()
}

/// Bookings that first requests lead to, by need, where everyone is seen by the first choice as soon as they may be:
/// rebookings after a DNA, referrals on by that role, and follow-ups. A queue makes times from booking longer, and so
/// DNAs and rebookings more.
///
/// `first` are requests a week by need; so is what comes back.
fn bookings(model: &Model, first: &[f64]) -> Vec<f64> {
    let means = crate::scenario::means(model);
    let mut all = vec![0.0; first.len()];
    let asked = |(k, n): (usize, &f64)| (Stream::asked(model, k), *n);
    let mut streams: BTreeMap<Stream, f64> = first.iter().enumerate().map(asked).collect();
    // Round by round, so that bookings that lead to others of the same need are followed too.
    for _ in 0..ROUNDS {
        let mut next = BTreeMap::new();
        for (stream, n) in streams {
            all[stream.need] += n;
            stream.follow(model, &means, n, &mut next);
        }
        streams = next;
        if streams.values().sum::<f64>() < LEAST {
            break;
        }
    }
    all
}

/// Bookings of a need that are alike in what follows from them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Stream {
    /// Need under which they are counted.
    need: usize,
    /// Days from booking to being seen.
    days: u32,
    /// True where they were booked at a visit: nobody is referred on from these.
    at_visit: bool,
}

impl Stream {
    /// Those who ask, seen today or tomorrow.
    fn asked(model: &Model, need: usize) -> Self {
        Self { need, days: u32::from(!model.needs[need].same_day), at_visit: false }
    }

    /// What `n` bookings lead to next.
    fn follow(self, model: &Model, means: &[f64], n: f64, next: &mut BTreeMap<Self, f64>) {
        let need = &model.needs[self.need];
        let mean = |number| model.inputs.mean(number);
        let mut add = |stream, n| *next.entry(stream).or_insert(0.0) += n;
        let mut attended = n;
        // In the order of a visit: who does not come cannot be referred, who is referred needs no follow-up of this
        // visit.
        if let Some(dna) = &need.dna {
            let missed = n * dna_chance(&dna.law, self.days, means);
            attended -= missed;
            // Whoever asks again is seen the same day: waits are nought by assumption.
            add(Self { days: 0, ..self }, missed * mean(dna.rebook));
        }
        let role = need.seen_by.first().map(|seen| seen.role);
        let refers = need.refers_on.iter().filter(|refer| !self.at_visit && Some(refer.from_role) == role);
        for refer in refers {
            let referred = attended * mean(refer.share);
            attended -= referred;
            add(Self { days: 0, ..Self::asked(model, refer.as_need) }, referred);
        }
        if let Some(follow) = &need.follow_up {
            // Booked at the visit: that many days ahead, which the chance of a DNA reads. Else booked on the day it is
            // due.
            let days = if follow.booked_when_due { 0 } else { follow.after_days.max(1) };
            let stream = Self { need: follow.as_need, days, at_visit: !follow.booked_when_due };
            add(stream, attended * mean(follow.share));
        }
    }
}

/// Hours offered a week, rotas by site, other shared posts by weighted list: `[practice][role]`.
///
/// [hours a week], over the counted days.
fn offered(model: &Model, axis: &Axis) -> Vec<Vec<f64>> {
    // Days on which a shared post works are those on which any of its practices is open: the common ones.
    let mut hours = vec![vec![0.0; model.roles.len()]; model.practices.len()];
    for post in &model.posts {
        let serves = post.practices(model);
        let open = match post.base {
            Base::Practice(p) => &axis.open_share[p],
            Base::Network(_) | Base::Federation => &axis.common_share,
        };
        if let Some(at_sites) = of_rota(model, post, (axis, open)) {
            at_sites.into_iter().for_each(|(p, week)| hours[p][post.role] += week);
            continue;
        }
        let week = match &post.capacity {
            Capacity::Plain(_) => plain(model, post, (axis, open), |_| 1.0),
            Capacity::People(_) => people(model, post),
        };
        // Without lists each practice counts alike.
        let list = |p: &usize| model.inputs.mean(model.practices[*p].weighted_list).max(f64::MIN_POSITIVE);
        let lists: f64 = serves.iter().map(list).sum();
        for p in &serves {
            hours[*p][post.role] += week * list(p) / lists;
        }
    }
    hours
}

/// Hours a week of a rota by practice, as the roster lays its sessions out; none for a post that is no rota of several
/// sites.
///
/// (practice, hours a week); practices at which it never sits are left out.
fn of_rota(model: &Model, post: &Post, (axis, open): (&Axis, &[f64])) -> Option<Vec<(usize, f64)>> {
    if rota_sites(model, post).is_empty() {
        return None;
    }
    Some(match &post.capacity {
        Capacity::People(_) => {
            let week = people(model, post);
            parts_of_people(model, post, axis).into_iter().map(|(p, part)| (p, week * part)).collect()
        }
        Capacity::Plain(_) => {
            let (sites, parts) = parts_of_slots(model, post, axis);
            let n = sites.len();
            // `parts` has one entry a day and site, sites together.
            let at = |(i, p)| (p, plain(model, post, (axis, open), |t| parts[t * n + i]));
            sites.into_iter().enumerate().map(at).collect()
        }
    })
}

/// Hours a week of plain slots, over the counted days, before absence; `part` is the share of a day's slots that
/// counts. The post's factor counts at its mean.
fn plain(model: &Model, post: &Post, (axis, open): (&Axis, &[f64]), part: impl Fn(usize) -> f64) -> f64 {
    let Capacity::Plain(plain) = &post.capacity else { return 0.0 };
    let all: f64 = (axis.warm_up..axis.days)
        .map(|t| (t, slots_on(post, plain, axis, open, t)))
        .filter(|(_, n)| *n > 0.0)
        .map(|(t, n)| n * part(t))
        .sum();
    // Slots over the period to hours a week.
    all * model.inputs.mean(post.minutes_factor) * post.slot_minutes / 60.0 * 7.0
        / (axis.days - axis.warm_up) as f64
}

/// Appointment hours a week of people in post, less what a rota loses to travel, before leave and sickness.
///
/// [hours a week]
fn people(model: &Model, post: &Post) -> f64 {
    let weeks = working_weeks(model, post, &crate::scenario::means(model));
    weeks.iter().map(|(_, week)| week.hours()).sum()
}
