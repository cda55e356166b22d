//! Consulting rooms: who sits where there are fewer rooms than sessions.
//!
//! In: rooms of each site by weekday; sessions one after another in the order of priority (roles, then posts by
//! name, then people by number). Out: how many of a half-day's sessions find a room. Two ledgers are kept: of
//! the day as it comes true, and of the day as planned (leave and vacancies known, sickness and its cover not).

use super::days::Days;
use super::sites::{Round, Rule};
use crate::model::Model;
use crate::model::post::Post;
use crate::model::working_week::working_weeks;
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
    /// Index of each practice among the sites whose rooms are stated; `NEVER_SHORT` where a practice states none.
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
    ///
    /// Before each replication; rooms are the same on every day of a weekday.
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
    ///
    /// `wanted` is whole: sessions of the working week, or those of them that are covered.
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

/// Rooms and what is asked of them at a site, before leave and sickness.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// Practice.
    pub practice: usize,
    /// Rooms in each half-day, Monday first.
    pub rooms: [u16; 7],
    /// What is asked of each half-day, morning and afternoon, Monday first.
    pub halves: [[HalfDayAsked; 2]; 7],
}

/// What is asked of the rooms of a site in one half-day of the week, by those in post who need one.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct HalfDayAsked {
    /// Sessions in the mean week.
    pub sessions: f64,
    /// Sessions in the week with the most.
    pub most: u32,
    /// Weeks with more sessions than rooms, of those in which the site is open.
    pub short: u32,
    /// Weeks in which the site is open then.
    pub weeks: u32,
}

impl Asked {
    /// True where no session of any half-day needs a room.
    pub fn idle(&self) -> bool {
        self.halves.iter().flatten().all(|half| half.most == 0)
    }
}

/// What is asked of the rooms of every site that states them, over the counted period; numbers at their means.
///
/// In practice order; empty where no practice states rooms. Before a run: it draws nothing.
pub fn asked(model: &Model) -> Vec<Asked> {
    let stated = model.practices.iter().enumerate();
    let rooms: Vec<(usize, [u16; 7])> =
        stated.filter_map(|(p, practice)| Some((p, practice.rooms?))).collect();
    if rooms.is_empty() {
        return Vec::new();
    }
    let axis = Axis::new(model);
    let days = Days::new(model, &axis);
    let mut counts = vec![vec![[0_u32; 2]; days.len()]; rooms.len()];
    for post in model.posts.iter().filter(|post| post.needs_room) {
        sessions(model, post, (&axis, &days), |(t, half), site, sessions, _| {
            if let Some(i) = rooms.iter().position(|(p, _)| *p == site) {
                counts[i][t][half] += u32::from(sessions);
            }
        });
    }
    let of_site = |((practice, rooms), counts): ((usize, [u16; 7]), Vec<[u32; 2]>)| {
        let open = |t: usize| axis.open_share[practice][t] > 0.0;
        Asked { practice, rooms, halves: by_half_day(&counts, rooms, open, &days) }
    };
    rooms.into_iter().zip(counts).map(of_site).collect()
}

/// Sessions day by day as those of the week.
///
/// Only counted days on which the site is open are looked at, so each half-day has its own number of weeks.
fn by_half_day(
    counts: &[[u32; 2]],
    rooms: [u16; 7],
    open: impl Fn(usize) -> bool,
    days: &Days,
) -> [[HalfDayAsked; 2]; 7] {
    let mut halves = [[HalfDayAsked::default(); 2]; 7];
    for t in (days.warm_up..days.len()).filter(|t| open(*t)) {
        let weekday = usize::from(days.weekday[t]);
        for (asked, sessions) in halves[weekday].iter_mut().zip(counts[t]) {
            asked.sessions += f64::from(sessions);
            asked.most = asked.most.max(sessions);
            asked.short += u32::from(sessions > u32::from(rooms[weekday]));
            asked.weeks += 1;
        }
    }
    for asked in halves.iter_mut().flatten() {
        asked.sessions /= f64::from(asked.weeks.max(1));
    }
    halves
}

/// Calls `held` with day and half-day, site, number of sessions, and the appointment minutes of one [ticks],
/// for those in post whose site is known, on the counted days on which the site is open; leave and sickness
/// left out, numbers at their means.
///
/// `scenario::means` stands for the draw. The days that the rule lays are read from the warm-up on, so that
/// turns are as in a year that is played.
pub(super) fn sessions(
    model: &Model,
    post: &Post,
    (axis, days): (&Axis, &Days),
    mut held: impl FnMut((usize, usize), usize, u8, f64),
) {
    let rule = Rule::new(model, post);
    let mut round = Round::default();
    let mut sites = vec![[None; 2]; days.len()];
    let exists = days.stretch(post.from, post.until);
    for (number, week) in working_weeks(model, post, &crate::scenario::means(model)) {
        match &rule {
            Rule::Always(site) => sites.fill([*site; 2]),
            _ => rule.lay((number, &week), &exists, (axis, days), &mut round, &mut sites),
        }
        for t in exists.clone().filter(|t| *t >= days.warm_up) {
            let of_day = week.halves[usize::from(days.weekday[t])];
            for (half, (site, sessions)) in sites[t].iter().zip(of_day).enumerate() {
                if let Some(site) = site.filter(|site| sessions > 0 && axis.open_share[*site][t] > 0.0) {
                    held((t, half), site, sessions, week.session);
                }
            }
        }
    }
}
