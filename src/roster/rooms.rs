//! Consulting rooms: who sits where there are fewer rooms than sessions.
//!
//! In: rooms of each site by weekday; sessions one after another in the order of priority (roles, then posts by name, then
//! people by number). Out: how many of a half-day's sessions find a room. Two ledgers are kept: of the day as it comes
//! true, and of the day as planned (leave and vacancies known, sickness and its cover not).

use super::days::Days;
use super::people::positions;
use super::sites::{Round, Rule};
use super::staffing::WorkingWeek;
use crate::model::Model;
use crate::model::post::{Base, Capacity};
use crate::plan::axis::Axis;

/// A site that has no index of rooms: they are never short there.
const NEVER_SHORT: usize = usize::MAX;

/// Which of the two ledgers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ledger {
    /// As it comes true.
    True,
    /// As planned.
    Planned,
}

/// Rooms of every site, and those still free in one replication.
#[derive(Clone, Debug)]
pub struct Rooms {
    /// Index of each practice among the sites whose rooms are stated.
    index: Vec<usize>,
    /// Rooms of those sites by weekday.
    by_weekday: Vec<[u16; 7]>,
    /// Free rooms in the morning and the afternoon: `[ledger][site x days + day]`.
    free: [Vec<[u16; 2]>; 2],
}

impl Rooms {
    /// Rooms of a model over so many days.
    pub fn new(model: &Model, days: usize) -> Self {
        let mut by_weekday = Vec::new();
        let mut index = Vec::with_capacity(model.practices.len());
        for practice in &model.practices {
            index.push(practice.rooms.map_or(NEVER_SHORT, |rooms| {
                by_weekday.push(rooms);
                by_weekday.len() - 1
            }));
        }
        let none = || vec![[0; 2]; by_weekday.len() * days];
        Self { index, free: [none(), none()], by_weekday }
    }

    /// All rooms are free again.
    pub fn clear(&mut self, days: &Days) {
        for free in &mut self.free {
            for (rooms, of_site) in self.by_weekday.iter().zip(free.chunks_mut(days.len())) {
                for (free, weekday) in of_site.iter_mut().zip(&days.weekday) {
                    *free = [rooms[usize::from(*weekday)]; 2];
                }
            }
        }
    }

    /// Takes rooms at a site for the sessions of a half-day, as many as are free; all where rooms are never short.
    #[inline]
    pub fn take(
        &mut self,
        ledger: Ledger,
        site: Option<usize>,
        (t, half): (usize, usize),
        wanted: f64,
        days: &Days,
    ) -> f64 {
        let index = site.map_or(NEVER_SHORT, |site| self.index[site]);
        if index == NEVER_SHORT {
            return wanted;
        }
        let free = &mut self.free[ledger as usize][index * days.len() + t][half];
        let given = (wanted as u16).min(*free);
        *free -= given;
        f64::from(given)
    }
}

/// Rooms and what is asked of them at a site, in a mean week before leave and sickness.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// Practice.
    pub practice: usize,
    /// Rooms in each half-day, Monday first.
    pub rooms: [u16; 7],
    /// Sessions of those in post that need a room, morning and afternoon, Monday first.
    pub sessions: [[f64; 2]; 7],
}

/// What is asked of the rooms of every site that states them, over the counted period; numbers at their means.
pub fn asked(model: &Model) -> Vec<Asked> {
    let axis = Axis::new(model);
    let days = Days::new(model, &axis);
    let means = crate::scenario::means(model);
    let stated = model.practices.iter().enumerate();
    let mut sites: Vec<Asked> = stated
        .filter_map(|(practice, p)| Some(Asked { practice, rooms: p.rooms?, sessions: [[0.0; 2]; 7] }))
        .collect();
    if sites.is_empty() {
        return sites;
    }
    let mut round = Round::default();
    let mut held = vec![[None; 2]; days.len()];
    for post in model.posts.iter().filter(|post| post.needs_room) {
        let Capacity::People(staffing) = &post.capacity else { continue };
        let role = &model.roles[post.role];
        let practice = if let Base::Practice(p) = post.base { p } else { 0 };
        let positions = positions(staffing, role, &means, practice);
        let rule = Rule::new(model, post);
        let exists = days.stretch(post.from, post.until);
        for number in (0..positions.heads()).filter(|number| !positions.starts_vacant(*number)) {
            let week = WorkingWeek::new(post, staffing, role, &positions, number, &means, practice);
            match &rule {
                Rule::Always(site) => held.fill([*site; 2]),
                _ => rule.lay((number, &week), &exists, (&axis, &days), &mut round, &mut held),
            }
            for t in exists.clone().filter(|t| *t >= days.warm_up) {
                let weekday = usize::from(days.weekday[t]);
                for (half, at) in held[t].iter().enumerate() {
                    let asked = sites.iter_mut().find(|site| *at == Some(site.practice));
                    if let Some(site) = asked.filter(|site| axis.open_share[site.practice][t] > 0.0) {
                        site.sessions[weekday][half] += f64::from(week.halves[weekday][half]);
                    }
                }
            }
        }
    }
    a_day(&mut sites, &axis, &days);
    sites
}

/// Sessions of the whole period as sessions a day, on the days on which a site is open.
fn a_day(sites: &mut [Asked], axis: &Axis, days: &Days) {
    for site in sites {
        for (weekday, sessions) in site.sessions.iter_mut().enumerate() {
            let open = |t: &usize| {
                usize::from(days.weekday[*t]) == weekday && axis.open_share[site.practice][*t] > 0.0
            };
            let n = (days.warm_up..days.len()).filter(open).count().max(1) as f64;
            *sessions = sessions.map(|sessions| sessions / n);
        }
    }
}
