//! People of one post: which days each of them is there, and with how many minutes.
//!
//! In: the role's laws as drawn. Out: minutes of the post and of each person by day, sessions lost by cause.
//! Sessions are lost in this order: closed day, vacancy, leave, sickness; then cover brings some back; then a
//! new person's ramp-up takes its share. On a day on which the base is open for a share, a session keeps that
//! share of its minutes. Nothing here looks at the book.

use super::days::Days;
use super::effects::{At, Effects, weekday_factor};
use super::leave::{LeaveOf, LeaveScratch};
use super::sickness::{SicknessDraw, SicknessKeys};
use super::staffing::{Positions, WorkingWeek};
use super::vacancy::{self, LeavingDraw};
use super::{CAUSES, Cause};
use crate::model::Model;
use crate::model::post::{Base, Post, Staffing};
use crate::model::role::Role;
use crate::plan::axis::Axis;
use crate::plan::lanes::{LANES, Lanes};
use crate::random::{Key, Purpose, entity_hash, unit};
use std::ops::Range;

/// Thousandths of a session: what lost and covered sessions are counted in.
const THOUSANDTHS: f64 = 1000.0;

/// Scenario time.
#[derive(Clone, Debug)]
pub struct People {
    post: usize,
    practice: Option<usize>,
    exists: Range<usize>,
    people: Vec<PersonKeys>,
    effects: Effects,
}

#[derive(Clone, Debug)]
struct PersonKeys {
    leaving: Key,
    leave: Key,
    sickness: SicknessKeys,
    cover: Key,
}

/// Replication time.
#[derive(Clone, Debug, Default)]
pub struct PeopleDraw {
    /// People there are room for.
    heads: usize,
    /// Minutes by day [ticks].
    pub minutes: Vec<Lanes<u32>>,
    /// Minutes by day before sickness and its cover [ticks].
    pub planned: Vec<Lanes<u32>>,
    /// Minutes of each person (or whoever covers): `[day][person]` [ticks].
    persons: Vec<Lanes<u32>>,
    /// Minutes of a session of each person [ticks].
    session: Vec<Lanes<u32>>,
    /// Supervision that those present need, by day [ticks]; empty where the role needs none.
    pub supervision: Vec<Lanes<u32>>,
    /// Sessions lost by cause in the counted period [thousandths].
    pub lost: [Lanes<i64>; CAUSES],
    /// Sessions covered in the counted period [thousandths].
    pub covered: Lanes<i64>,
}

/// Lists used for one person after another.
#[derive(Clone, Debug)]
pub struct Scratch {
    /// Why the person is away, by day.
    away: Vec<Option<Cause>>,
    /// Share of full time that a new person gives, by day.
    ramp: Vec<f64>,
    leave: LeaveScratch,
    hazard: Vec<f64>,
    weights: Vec<[f64; 7]>,
}

impl Scratch {
    /// Lists for so many days.
    pub fn new(days: usize) -> Self {
        Self {
            away: vec![None; days],
            ramp: vec![1.0; days],
            leave: LeaveScratch::new(days),
            hazard: Vec::with_capacity(days),
            weights: Vec::with_capacity(days),
        }
    }
}

/// One person in one replication.
struct Person<'a> {
    number: usize,
    wte: f64,
    week: WorkingWeek,
    keys: &'a PersonKeys,
}

impl PeopleDraw {
    /// Minutes of each person on a day.
    #[inline]
    pub fn persons(&self, t: usize) -> &[Lanes<u32>] {
        &self.persons[t * self.heads..(t + 1) * self.heads]
    }

    /// Minutes of a session of each person.
    #[inline]
    pub fn sessions(&self) -> &[Lanes<u32>] {
        &self.session
    }

    fn clear_lane(&mut self, lane: usize) {
        for list in [
            &mut self.minutes,
            &mut self.planned,
            &mut self.persons,
            &mut self.session,
            &mut self.supervision,
        ] {
            list.iter_mut().for_each(|lanes| lanes[lane] = 0);
        }
        self.lost.iter_mut().for_each(|lanes| lanes[lane] = 0);
        self.covered[lane] = 0;
    }
}

impl People {
    /// Compiles the people of post number `post`.
    pub fn new(model: &Model, post: usize, staffing: &Staffing, axis: &Axis, seed: u64) -> Self {
        let data = &model.posts[post];
        let index = |day: crate::units::Day| (day.0 - axis.first.0).clamp(0, axis.days as i32) as usize;
        let first = data.from.map_or(0, index);
        let end = data.until.map_or(axis.days, |until| index(until.plus(1)));
        Self {
            post,
            practice: match data.base {
                Base::Practice(p) => Some(p),
                Base::Network(_) | Base::Federation => None,
            },
            exists: first..end.max(first),
            people: (0..most_heads(model, data, staffing)).map(|i| keys(seed, &data.name, i)).collect(),
            effects: Effects::new(model, data),
        }
    }

    /// Most people in any draw.
    pub fn heads(&self) -> usize {
        self.people.len()
    }

    /// Buffers for one block.
    pub fn draw_buffers(&self, model: &Model, days: &Days) -> PeopleDraw {
        let by_day = || vec![[0; LANES]; days.len()];
        let heads = self.people.len();
        let supervised = model.roles[model.posts[self.post].role].supervision.is_some();
        PeopleDraw {
            heads,
            minutes: by_day(),
            planned: by_day(),
            persons: vec![[0; LANES]; days.len() * heads],
            session: vec![[0; LANES]; heads],
            supervision: if supervised { by_day() } else { Vec::new() },
            ..PeopleDraw::default()
        }
    }

    /// Draws one lane.
    pub fn redraw(
        &self,
        at: &At<'_>,
        axis: &Axis,
        days: &Days,
        draw: &mut PeopleDraw,
        scratch: &mut Scratch,
    ) {
        let post = &at.levers.model.posts[self.post];
        let crate::model::post::Capacity::People(staffing) = &post.capacity else { return };
        let role = &at.levers.model.roles[post.role];
        let practice = self.practice.unwrap_or(0);
        draw.clear_lane(at.lane);
        scratch.leave.clear();
        self.effects.hazard(at, days, &mut scratch.hazard);
        self.effects.weights(at, days, &mut scratch.weights);
        let positions = positions(staffing, role, at.slots, practice);
        let open = self.practice.map_or(&axis.common_share, |p| &axis.open_share[p]);
        for (number, keys) in self.people.iter().enumerate().take(positions.heads()) {
            let week = WorkingWeek::new(post, staffing, role, &positions, number, at.slots, practice);
            let person = Person { number, wte: positions.wte(number), week, keys };
            draw.session[number][at.lane] = week.session.round() as u32;
            self.absences(&person, &positions, role, at, open, days, scratch);
            self.lay(&person, role, at, open, days, draw, scratch);
        }
    }

    /// Fills the lists of a person: away and why, ramp.
    fn absences(
        &self,
        person: &Person<'_>,
        positions: &Positions,
        role: &Role,
        at: &At<'_>,
        open: &[f64],
        days: &Days,
        scratch: &mut Scratch,
    ) {
        let practice = self.practice.unwrap_or(0);
        let chance = at.rep.chance;
        let Scratch { away, ramp, leave: leave_scratch, hazard, .. } = scratch;
        away.fill(None);
        ramp.fill(1.0);
        let leaving = role.leaving.as_ref().map(|leaving| LeavingDraw::new(leaving, at.slots, practice));
        let words = vacancy::words(person.keys.leaving, chance, days.date(days.warm_up));
        vacancy::lay(
            leaving.as_ref(),
            positions,
            person.number,
            (days.warm_up, days.len()),
            words,
            |first, end| away[first..end].fill(Some(Cause::Vacancy)),
            |t, share| ramp[t] = share,
        );
        if let Some(leave) = &role.leave {
            let of = LeaveOf {
                leave,
                days_per_wte_year: leave.days_per_wte_year.at(at.slots, practice),
                person: person.number,
                wte: person.wte,
                week: &person.week,
                exists: &self.exists,
                open,
                key: person.keys.leave,
                chance,
            };
            of.lay(days, leave_scratch, |t| {
                away[t].get_or_insert(Cause::Leave);
            });
        }
        if let Some(sickness) = &role.sickness {
            let week = &person.week;
            let works =
                |t: usize| self.exists.contains(&t) && week.sessions_on(usize::from(days.weekday[t])) > 0;
            SicknessDraw::new(sickness, at.slots, practice).lay(
                &person.keys.sickness,
                chance,
                days,
                hazard,
                works,
                |t| {
                    away[t].get_or_insert(Cause::Sickness);
                },
            );
        }
    }

    /// Lays a person's days out in minutes.
    fn lay(
        &self,
        person: &Person<'_>,
        role: &Role,
        at: &At<'_>,
        open: &[f64],
        days: &Days,
        draw: &mut PeopleDraw,
        scratch: &Scratch,
    ) {
        let (lane, week) = (at.lane, &person.week);
        let practice = self.practice.unwrap_or(0);
        let cover = role.cover.as_ref().map(|cover| (cover.chance.at(at.slots, practice), cover.for_leave));
        let supervision = role.supervision.as_ref().map_or(0.0, |supervision| {
            let a_week = supervision.minutes_per_wte_week.at(at.slots, practice) * person.wte;
            a_week * crate::units::TICKS_PER_MINUTE / f64::from(week.sessions)
        });
        for t in self.exists.clone() {
            let weekday = usize::from(days.weekday[t]);
            let sessions = f64::from(week.sessions_on(weekday));
            if sessions <= 0.0 {
                continue;
            }
            let held = sessions * open[t];
            let counted = t >= days.warm_up;
            let lose = |cause: Cause, sessions: f64, draw: &mut PeopleDraw| {
                if counted {
                    draw.lost[cause as usize][lane] += (sessions * THOUSANDTHS).round() as i64;
                }
            };
            lose(Cause::Closed, sessions - held, draw);
            if held <= 0.0 {
                continue;
            }
            let mut full = week.session * held;
            if self.effects.moves_weekdays() {
                full *= weekday_factor(week, &days.open_weekday, &scratch.weights[t], weekday);
            }
            let away = scratch.away[t];
            let ramp = scratch.ramp[t];
            let present = match (away, cover) {
                (None, _) => {
                    lose(Cause::RampUp, held * (1.0 - ramp), draw);
                    ramp
                }
                (Some(cause), Some((chance, for_leave))) if cause != Cause::Leave || for_leave => {
                    lose(cause, held, draw);
                    let covered = covered(person, weekday, chance, at.rep.chance, days.date(t)) / sessions;
                    if counted {
                        draw.covered[lane] += (covered * held * THOUSANDTHS).round() as i64;
                    }
                    covered
                }
                (Some(cause), _) => {
                    lose(cause, held, draw);
                    0.0
                }
            };
            let minutes = (full * present).round() as u32;
            draw.persons[t * draw.heads + person.number][lane] = minutes;
            draw.minutes[t][lane] += minutes;
            if matches!(away, None | Some(Cause::Sickness)) {
                draw.planned[t][lane] += (full * ramp).round() as u32;
            }
            if supervision > 0.0 {
                let there = if away.is_none() { 1.0 } else { present };
                draw.supervision[t][lane] += (supervision * held * there).round() as u32;
            }
        }
    }
}

/// Sessions of an absent person's day that are covered: each by its own luck, the morning with the first word.
fn covered(person: &Person<'_>, weekday: usize, chance: f64, index: u64, date: i32) -> f64 {
    let words = person.keys.cover.words(index, date, 0);
    let halves = person.week.halves[weekday];
    halves.iter().zip(words).map(|(n, word)| if unit(word) < chance { f64::from(*n) } else { 0.0 }).sum()
}

/// The positions of a post as drawn.
fn positions(staffing: &Staffing, role: &Role, slots: &[f64], practice: usize) -> Positions {
    let in_post = staffing.in_post_wte.map(|wte| wte.at(slots, practice));
    Positions::new(staffing.wte.at(slots, practice), in_post, staffing.headcount, role.wte_per_head)
}

/// Most positions that any draw can have.
fn most_heads(model: &Model, post: &Post, staffing: &Staffing) -> usize {
    let role = &model.roles[post.role];
    let numbers = [Some(staffing.wte), staffing.in_post_wte];
    if numbers.iter().flatten().all(|number| number.fixed().is_some()) {
        return positions(staffing, role, &[], 0).heads();
    }
    let largest = |number| model.inputs.largest(number);
    let wte = largest(staffing.wte).max(staffing.in_post_wte.map_or(0.0, largest));
    // two groups, each rounded up
    let by_wte = (wte / role.wte_per_head).ceil() as usize + 2;
    staffing.headcount.map_or(by_wte, |heads| heads as usize + 1)
}

fn keys(seed: u64, post: &str, person: usize) -> PersonKeys {
    let address = format!("post.{post}/person.{person}");
    let key = |purpose, suffix: &str| Key::new(seed, purpose, entity_hash(&format!("{address}{suffix}")));
    PersonKeys {
        leaving: key(Purpose::Leaving, ""),
        leave: key(Purpose::Leave, ""),
        sickness: SicknessKeys {
            daily: key(Purpose::Absence, ""),
            spells: key(Purpose::SicknessSpell, ""),
            further: key(Purpose::SicknessSpell, "/further"),
        },
        cover: key(Purpose::Cover, ""),
    }
}
