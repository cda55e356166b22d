//! One person in one replication: absences first, then minutes day by day.
//!
//! In: the role's laws as drawn, the working week. Out: minutes, sessions lost by cause. Sessions are lost in this
//! order: closed day, vacancy, leave, sickness; then cover brings some back; then sessions without a room are
//! lost; then a new person's ramp-up takes its share. On a day on which the base is open for a share, a session
//! keeps that share of its minutes.
//!
//! Everything is laid out a person at a time, over all days: who comes first in a post takes rooms and leave
//! first. Nothing a person draws depends on another's draws; what they are given (rooms, leave while others
//! are away) does. Costs days x people, each replication.

use super::Cause;
use super::days::Days;
use super::effects::{At, weekday_factor};
use super::leave::LeaveOf;
use super::people::{PeopleDraw, Scratch};
use super::rooms::Ledger;
use super::sickness::{SicknessDraw, SicknessKeys};
use super::sites::{Rule, SitesOfDay};
use super::vacancy::{self, LeavingDraw};
use crate::model::role::Role;
use crate::model::working_week::WorkingWeek;
use crate::plan::axis::Axis;
use crate::plan::lanes::Lanes;
use crate::random::{Key, unit};
use crate::units::TICKS_PER_MINUTE;
use std::ops::Range;

/// Lost and covered sessions are counted in thousandths.
const THOUSANDTHS: f64 = 1000.0;
/// Wte in post are counted in millionths.
const MILLIONTHS: f64 = 1e6;

/// Keys of a person's draws.
#[derive(Clone, Debug, PartialEq)]
pub struct PersonKeys {
    /// Leaving and being replaced.
    pub leaving: Key,
    /// Annual leave.
    pub leave: Key,
    /// Sickness.
    pub sickness: SicknessKeys,
    /// Cover of absent sessions.
    pub cover: Key,
}

/// A person (or position) in one replication.
#[derive(Clone, Copy, Debug)]
pub struct Person<'a> {
    /// Number in the post.
    pub number: usize,
    /// People in the post.
    pub heads: usize,
    /// Contract [wte].
    pub wte: f64,
    /// True where the position is vacant at the start.
    pub vacant: bool,
    /// Working week.
    pub week: WorkingWeek,
    /// Keys.
    pub keys: &'a PersonKeys,
    /// Role.
    pub role: &'a Role,
    /// Replication.
    pub at: &'a At<'a>,
    /// Practice whose numbers apply.
    pub practice: usize,
    /// Share of each day that the base is open.
    pub open: &'a [f64],
    /// Days on which the post exists.
    pub exists: &'a Range<usize>,
    /// How the post's people are sent to sites.
    pub rule: &'a Rule,
    /// Practices that a rota divides its sessions between.
    pub rota: &'a [usize],
    /// True where their sessions need a room.
    pub needs_room: bool,
    /// When each practice is open.
    pub axis: &'a Axis,
}

/// The half-days of a person on one day; morning and afternoon, as in all pairs here.
#[derive(Clone, Copy, Debug)]
struct Day {
    /// Sessions of the working week, morning and afternoon.
    works: [f64; 2],
    /// Where they are held.
    sites: SitesOfDay,
    /// Share of each half-day that the site is open.
    open: [f64; 2],
}

impl Day {
    /// All sessions of the day, open or not.
    fn sessions(&self) -> f64 {
        self.works[0] + self.works[1]
    }

    /// So many sessions of either half, in open sessions.
    fn weigh(&self, halves: [f64; 2]) -> f64 {
        // The common case: one site, or two that are open alike.
        if self.open[0] == self.open[1] {
            (halves[0] + halves[1]) * self.open[0]
        } else {
            halves[0] * self.open[0] + halves[1] * self.open[1]
        }
    }

    /// The same as a part of the sessions held that day.
    ///
    /// 0/0 cannot come up: callers have seen that sessions are held.
    fn part(&self, halves: [f64; 2]) -> f64 {
        if self.open[0] == self.open[1] {
            (halves[0] + halves[1]) / self.sessions()
        } else {
            self.weigh(halves) / self.weigh(self.works)
        }
    }
}

impl Person<'_> {
    /// Fills the lists of the person: away and why, ramp-up.
    ///
    /// In the order of the causes, so `get_or_insert` leaves each day with the first that applies. Leave is
    /// chosen before sickness or a vacancy is known of, and is not given back.
    pub fn absences(&self, days: &Days, scratch: &mut Scratch) {
        let (slots, chance) = (self.at.slots, self.at.rep.chance);
        let Scratch { away, ramp, leave: leave_scratch, hazard, .. } = scratch;
        away.fill(None);
        ramp.fill(1.0);
        let leaving =
            self.role.leaving.as_ref().map(|leaving| LeavingDraw::new(leaving, slots, self.practice));
        vacancy::lay(
            leaving.as_ref(),
            self.vacant,
            // Nobody leaves a post that does not exist yet.
            (days.warm_up.max(self.exists.start), days.len()),
            vacancy::words(self.keys.leaving, chance, days.date(days.warm_up)),
            |first, end| away[first..end].fill(Some(Cause::Vacancy)),
            |t, share| ramp[t] = share,
        );
        if let Some(leave) = &self.role.leave {
            let of = LeaveOf {
                leave,
                days_per_wte_year: leave.days_per_wte_year.at(slots, self.practice),
                heads: self.heads,
                wte: self.wte,
                week: &self.week,
                exists: self.exists,
                open: self.open,
                key: self.keys.leave,
                chance,
            };
            of.lay(days, leave_scratch, |t| {
                away[t].get_or_insert(Cause::Leave);
            });
        }
        if let Some(sickness) = &self.role.sickness {
            // Sickness is counted on days on which the person would be at work, those vacant or on leave too.
            let works =
                |t: usize| self.exists.contains(&t) && self.sessions(days, t) > 0.0 && self.open[t] > 0.0;
            let law = SicknessDraw::new(sickness, slots, self.practice);
            law.lay(&self.keys.sickness, chance, days, hazard, works, |t| {
                away[t].get_or_insert(Cause::Sickness);
            });
        }
    }

    /// Sessions of the working week on a day, open or not.
    #[inline]
    fn sessions(&self, days: &Days, t: usize) -> f64 {
        f64::from(self.week.sessions_on(usize::from(days.weekday[t])))
    }

    /// Lays the person's days out in minutes.
    ///
    /// Comes after [`Person::absences`] of the same person; adds to the post's minutes, and to what is lost.
    pub fn lay(&self, days: &Days, draw: &mut PeopleDraw, scratch: &mut Scratch) {
        let (slots, lane) = (self.at.slots, self.at.lane);
        let cover = self.role.cover.as_ref().map(|c| (c.chance.at(slots, self.practice), c.for_leave));
        let supervision = self.role.supervision.as_ref().map_or(0.0, |supervision| {
            let a_week = supervision.minutes_per_wte_week.at(slots, self.practice) * self.wte;
            a_week * TICKS_PER_MINUTE / f64::from(self.week.sessions)
        });
        let counted = self.exists.start.max(days.warm_up)..self.exists.end;
        // Before and after a dated post nobody is in post, so the share is of the whole counted period.
        let filled = counted.filter(|t| scratch.away[*t] != Some(Cause::Vacancy)).count();
        let share = filled as f64 / (days.len() - days.warm_up) as f64;
        draw.in_post[lane] += nearest(self.wte * share * MILLIONTHS);
        if !matches!(self.rule, Rule::Always(_)) {
            let Scratch { sites, round, .. } = scratch;
            self.rule.lay((self.number, &self.week), self.exists, (self.axis, days), round, sites);
        }
        for t in self.exists.clone() {
            let day = self.day(days, t, scratch);
            let sessions = day.sessions();
            if sessions <= 0.0 {
                continue;
            }
            let held = day.weigh(day.works);
            let (away, ramp) = (scratch.away[t], scratch.ramp[t]);
            // A day is lost for one cause, but each of its half-days is covered or not by itself.
            let covered = match (away, cover) {
                (Some(cause), Some((chance, for_leave)))
                    if held > 0.0 && (cause != Cause::Leave || for_leave) =>
                {
                    self.covered(days, t, chance)
                }
                _ => [0.0; 2],
            };
            // Who covers works the session in full and takes a room like anyone.
            let there = if away.is_none() { day.works } else { covered };
            let seated = self.seated(Ledger::True, t, &day, there, days, scratch);
            if t >= days.warm_up {
                draw.covered[lane] += thousandths(day.weigh(covered));
                self.count_lost(&day, (there, seated), (away, ramp), draw);
            }
            // A closed day has lost its sessions above and has no minutes.
            if held <= 0.0 {
                continue;
            }
            let full = self.week.session * held * self.weekday(days, t, scratch);
            let part = day.part(seated);
            // Cover has no ramp-up.
            let present = if away.is_none() { ramp * part } else { part };
            let minutes = nearest(full * present) as u32;
            draw.put(t, self.number, lane, minutes);
            self.at_sites(t, &day, seated, minutes, &mut draw.by_site);
            // Planned as if nobody were ill; leave and vacancies are known when a book is planned with.
            if matches!(away, None | Some(Cause::Sickness)) {
                let planned = self.seated(Ledger::Planned, t, &day, day.works, days, scratch);
                let minutes = nearest(full * ramp * day.part(planned)) as u32;
                draw.planned[t][lane] += minutes;
                self.at_sites(t, &day, planned, minutes, &mut draw.planned_by_site);
            }
            // Owed for sessions that take place, cover included, those without a room not.
            if supervision > 0.0 {
                draw.supervision[t][lane] += nearest(supervision * held * part) as u32;
            }
        }
    }

    /// Counts a day's sessions that are lost, by cause: of those `there` the ones that are not `seated` have no room.
    #[inline]
    fn count_lost(
        &self,
        day: &Day,
        (there, seated): ([f64; 2], [f64; 2]),
        (away, ramp): (Option<Cause>, f64),
        draw: &mut PeopleDraw,
    ) {
        let held = day.weigh(day.works);
        let mut add = |cause: Cause, lost: f64| draw.lost[cause as usize][self.at.lane] += thousandths(lost);
        add(Cause::Closed, day.sessions() - held);
        add(Cause::Room, day.weigh([there[0] - seated[0], there[1] - seated[1]]));
        match away {
            Some(cause) => add(cause, held),
            None => add(Cause::RampUp, day.weigh(seated) * (1.0 - ramp)),
        }
    }

    /// Adds a day's minutes to the sites of a rota: each half-day's to its own.
    ///
    /// The afternoon takes the rest, so that the two add up to the day's minutes.
    #[inline]
    fn at_sites(&self, t: usize, day: &Day, seated: [f64; 2], minutes: u32, by_site: &mut [Lanes<u32>]) {
        let all = day.weigh(seated);
        if self.rota.is_empty() || all <= 0.0 {
            return;
        }
        let morning = nearest(f64::from(minutes) * seated[0] * day.open[0] / all) as u32;
        let morning = morning.min(minutes);
        for (site, minutes) in day.sites.iter().zip([morning, minutes - morning]) {
            let place = self.rota.iter().position(|p| Some(*p) == *site);
            if let Some(place) = place {
                by_site[t * self.rota.len() + place][self.at.lane] += minutes;
            }
        }
    }

    /// The person's half-days on a day.
    #[inline]
    fn day(&self, days: &Days, t: usize, scratch: &Scratch) -> Day {
        let works = self.week.halves[usize::from(days.weekday[t])].map(f64::from);
        match self.rule {
            Rule::Always(site) => Day { works, sites: [*site; 2], open: [self.open[t]; 2] },
            _ => {
                let sites = scratch.sites[t];
                let open = sites.map(|site| site.map_or(0.0, |site| self.axis.open_share[site][t]));
                Day { works, sites, open }
            }
        }
    }

    /// Of the sessions of each half-day those that find a room; where the site is closed none is asked for.
    ///
    /// Rooms once taken are gone for whoever comes later in the order. A site without stated rooms, and
    /// nowhere in particular, seats everyone.
    #[inline]
    fn seated(
        &self,
        ledger: Ledger,
        t: usize,
        day: &Day,
        there: [f64; 2],
        days: &Days,
        scratch: &mut Scratch,
    ) -> [f64; 2] {
        if !self.needs_room {
            return there;
        }
        [0, 1].map(|half| {
            if there[half] <= 0.0 || day.open[half] <= 0.0 {
                return there[half];
            }
            scratch.rooms.take(ledger, day.sites[half], (t, half), there[half], days)
        })
    }

    /// Factor of levers that move minutes between weekdays.
    ///
    /// One where no lever moves minutes. Of the person's own working week, so that everyone keeps their
    /// week's total.
    #[inline]
    fn weekday(&self, days: &Days, t: usize, scratch: &Scratch) -> f64 {
        scratch.weights.get(t).map_or(1.0, |weights| {
            weekday_factor(&self.week, &days.open_weekday, weights, usize::from(days.weekday[t]))
        })
    }

    /// Sessions of an absent day that are covered, each half-day by its own luck: the first word is the morning's.
    fn covered(&self, days: &Days, t: usize, chance: f64) -> [f64; 2] {
        let words = self.keys.cover.words(self.at.rep.chance, days.date(t), 0);
        let halves = self.week.halves[usize::from(days.weekday[t])];
        [0, 1].map(|half| if unit(words[half]) < chance { f64::from(halves[half]) } else { 0.0 })
    }
}

/// Sessions in thousandths.
#[inline]
fn thousandths(sessions: f64) -> i64 {
    nearest(sessions * THOUSANDTHS)
}

/// The nearest whole number, halves upwards, of one that is below nought by rounding at most.
#[inline(always)]
fn nearest(number: f64) -> i64 {
    debug_assert!(number > -0.5, "{number} is below nought");
    (number + 0.5) as i64
}
