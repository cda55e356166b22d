//! One person in one replication: absences first, then minutes day by day.
//!
//! In: the role's laws as drawn, the working week. Out: minutes, sessions lost by cause. Sessions are lost in this
//! order: closed day, vacancy, leave, sickness; then cover brings some back; then a new person's ramp-up takes
//! its share. On a day on which the base is open for a share, a session keeps that share of its minutes.

use super::Cause;
use super::days::Days;
use super::effects::{At, weekday_factor};
use super::leave::LeaveOf;
use super::people::{PeopleDraw, Scratch};
use super::sickness::{SicknessDraw, SicknessKeys};
use super::staffing::WorkingWeek;
use super::vacancy::{self, LeavingDraw};
use crate::model::role::Role;
use crate::random::{Key, unit};
use crate::units::TICKS_PER_MINUTE;
use std::ops::Range;

/// Lost and covered sessions are counted in thousandths.
const THOUSANDTHS: f64 = 1000.0;

/// Keys of a person's draws.
#[derive(Clone, Debug)]
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
}

impl Person<'_> {
    /// Fills the lists of the person: away and why, ramp-up.
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
            (days.warm_up, days.len()),
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
    pub fn lay(&self, days: &Days, draw: &mut PeopleDraw, scratch: &Scratch) {
        let (slots, lane) = (self.at.slots, self.at.lane);
        let cover = self.role.cover.as_ref().map(|c| (c.chance.at(slots, self.practice), c.for_leave));
        let supervision = self.role.supervision.as_ref().map_or(0.0, |supervision| {
            let a_week = supervision.minutes_per_wte_week.at(slots, self.practice) * self.wte;
            a_week * TICKS_PER_MINUTE / f64::from(self.week.sessions)
        });
        let counted = self.exists.start.max(days.warm_up)..self.exists.end;
        let filled = counted.filter(|t| scratch.away[*t] != Some(Cause::Vacancy)).count();
        let share = filled as f64 / (days.len() - days.warm_up) as f64;
        draw.in_post[lane] += thousandths(self.wte * share);
        for t in self.exists.clone() {
            let sessions = self.sessions(days, t);
            if sessions <= 0.0 {
                continue;
            }
            let held = sessions * self.open[t];
            let (away, ramp) = (scratch.away[t], scratch.ramp[t]);
            let covered = match (away, cover) {
                (Some(cause), Some((chance, for_leave)))
                    if held > 0.0 && (cause != Cause::Leave || for_leave) =>
                {
                    self.covered(days, t, chance) / sessions
                }
                _ => 0.0,
            };
            if t >= days.warm_up {
                let lost = &mut draw.lost;
                lost[Cause::Closed as usize][lane] += thousandths(sessions - held);
                match away {
                    Some(cause) => lost[cause as usize][lane] += thousandths(held),
                    None => lost[Cause::RampUp as usize][lane] += thousandths(held * (1.0 - ramp)),
                }
                draw.covered[lane] += thousandths(held * covered);
            }
            if held <= 0.0 {
                continue;
            }
            let full = self.week.session * held * self.weekday(days, t, scratch);
            let present = if away.is_none() { ramp } else { covered };
            draw.put(t, self.number, lane, (full * present).round() as u32);
            if matches!(away, None | Some(Cause::Sickness)) {
                draw.planned[t][lane] += (full * ramp).round() as u32;
            }
            if supervision > 0.0 {
                let there = if away.is_none() { 1.0 } else { covered };
                draw.supervision[t][lane] += (supervision * held * there).round() as u32;
            }
        }
    }

    /// Factor of levers that move minutes between weekdays.
    #[inline]
    fn weekday(&self, days: &Days, t: usize, scratch: &Scratch) -> f64 {
        scratch.weights.get(t).map_or(1.0, |weights| {
            weekday_factor(&self.week, &days.open_weekday, weights, usize::from(days.weekday[t]))
        })
    }

    /// Sessions of an absent day that are covered, each by its own luck: the first word is the morning's.
    fn covered(&self, days: &Days, t: usize, chance: f64) -> f64 {
        let words = self.keys.cover.words(self.at.rep.chance, days.date(t), 0);
        let halves = self.week.halves[usize::from(days.weekday[t])];
        halves.iter().zip(words).map(|(n, word)| if unit(word) < chance { f64::from(*n) } else { 0.0 }).sum()
    }
}

/// Sessions or wte in thousandths.
#[inline]
fn thousandths(sessions: f64) -> i64 {
    (sessions * THOUSANDTHS).round() as i64
}
