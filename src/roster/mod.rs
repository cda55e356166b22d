//! The roster path: minutes for appointments by post and day, drawn without looking at the book.
//!
//! In: posts, roles, calendars and levers of a model; its numbers as drawn. Out: ticks by day of each post
//! and of each site of a rota, who of a post is present, sessions lost by cause. All of a year is laid out
//! before its first day ([`Roster::redraw`]); by day only plain slots' absence is drawn and supervision and
//! work of levers are taken off ([`Roster::minutes`]). The same person has the same luck in every option, for
//! keys hold names and numbers of people, never options. The steps of a session stand in section 6 of
//! `docs/model.md`.

mod days;
mod deduct;
pub mod effects;
mod leave;
pub mod path;
pub mod people;
mod person;
pub mod plain;
pub mod rooms;
pub mod rota;
mod sickness;
mod sites;
mod spell;
mod vacancy;

#[cfg(test)]
mod tests;

use crate::model::Model;
use crate::model::post::{Base, Capacity};
use crate::plan::axis::Axis;
use crate::plan::lanes::{Lanes, Replication};
use crate::units::Ticks;
use days::Days;
use deduct::{Deduct, DeductDraw};
use effects::{At, Levers};
use people::{People, PeopleDraw, Scratch};
use plain::{Plain, PlainDraw};
use rota::Rota;

/// Why a session of a person is lost; each is counted under the first that applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub enum Cause {
    /// The base is closed, or closed for a part of the day.
    Closed,
    /// Nobody fills the position.
    Vacancy,
    /// Annual leave.
    Leave,
    /// Sickness.
    Sickness,
    /// No consulting room is free.
    Room,
    /// A new person gives less than full time.
    RampUp,
}

/// Number of [`Cause`]s.
pub const CAUSES: usize = Cause::RampUp as usize + 1;

/// Scenario time.
#[derive(Clone, Debug)]
pub struct Roster {
    /// In the model's order.
    posts: Vec<PostRoster>,
    /// The calendar of the axis.
    days: Days,
    /// Supervision and work of levers.
    deduct: Deduct,
    /// Posts in the order in which their people are given rooms.
    order: Vec<usize>,
    /// Posts whose sessions go round sites, each with its place behind the posts' own minutes.
    rotas: Vec<Rota>,
    /// Posts, and behind them the sites of rotas.
    entries: usize,
}

/// One post.
#[derive(Clone, Debug)]
enum PostRoster {
    Plain(Plain),
    People(People),
}

/// Replication time.
#[derive(Clone, Debug)]
pub struct RosterDraw {
    /// In the model's order.
    posts: Vec<PostDraw>,
    deduct: DeductDraw,
    /// Posts that hold what another option drew; they are not drawn again. In the model's order.
    known: Vec<bool>,
    /// Lists for one person after another: what they hold means nothing between two of them.
    scratch: Scratch,
}

/// One post.
#[derive(Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "one a post, read in place: a box would only add a step")]
enum PostDraw {
    Plain(PlainDraw),
    People(PeopleDraw),
}

impl Roster {
    /// Compiles the roster of a model.
    pub fn new(model: &Model, axis: &Axis, seed: u64) -> Self {
        let days = Days::new(model, axis);
        let posts = model
            .posts
            .iter()
            .enumerate()
            .map(|(i, post)| {
                // The days of a shared post are those of all; where it sits at sites, their days are read
                // session by session.
                let open = match post.base {
                    Base::Practice(p) => &axis.open_share[p],
                    Base::Network(_) | Base::Federation => &axis.common_share,
                };
                match &post.capacity {
                    Capacity::Plain(plain) => PostRoster::Plain(Plain::new(post, plain, axis, open, seed)),
                    Capacity::People(staffing) => {
                        PostRoster::People(People::new(model, i, staffing, &days, seed))
                    }
                }
            })
            .collect();
        // Rooms are given out post by post: the order is part of who finds one.
        let mut order: Vec<usize> = (0..model.posts.len()).collect();
        // posts are in the order of their names
        order.sort_by_key(|&i| (model.roles[model.posts[i].role].room_order, model.posts[i].role, i));
        Self {
            posts,
            rotas: Rota::all(model, axis, &days),
            entries: model.posts.len() + rota::sites_of_rotas(model).len(),
            days,
            deduct: Deduct::new(model, &axis.open_share),
            order,
        }
    }

    /// Most people a post can have in any draw; a plain post counts as one.
    pub fn heads(&self, post: usize) -> usize {
        match &self.posts[post] {
            PostRoster::Plain(_) => 1,
            PostRoster::People(people) => people.heads(),
        }
    }

    /// Length of a day's list of minutes: a place for each post, and behind them one for each site of a rota.
    pub fn entries(&self) -> usize {
        self.entries
    }

    /// Buffers for one block.
    ///
    /// Their size grows as days x people: nothing is allocated from then on.
    pub fn draw_buffers(&self, model: &Model) -> RosterDraw {
        let posts = self
            .posts
            .iter()
            .map(|post| match post {
                PostRoster::Plain(plain) => PostDraw::Plain(plain.draw_buffers()),
                PostRoster::People(people) => PostDraw::People(people.draw_buffers(model, &self.days)),
            })
            .collect();
        RosterDraw {
            posts,
            deduct: self.deduct.draw_buffers(model.practices.len()),
            known: vec![false; self.posts.len()],
            scratch: Scratch::new(model, self.days.len()),
        }
    }

    /// Draws one lane: `place` is the lane and its replication.
    ///
    /// `slots` are its uncertain quantities. Fills every day of the year; to be called before
    /// [`Roster::minutes`] and [`Roster::planned`]. What the lane held before is forgotten, but of posts that
    /// [`Roster::take_over`] has filled.
    pub fn redraw(
        &self,
        axis: &Axis,
        levers: Levers<'_>,
        place: (usize, Replication),
        slots: &[f64],
        draw: &mut RosterDraw,
    ) {
        let (lane, rep) = place;
        let at = At { levers, lane, rep, slots };
        let RosterDraw { posts, deduct, known, scratch } = draw;
        scratch.rooms.clear(&self.days);
        // Post by post in the order of rooms, so that a room goes to whom it is due first.
        for &post in &self.order {
            match (&self.posts[post], &mut posts[post]) {
                (PostRoster::Plain(plain), PostDraw::Plain(out)) => plain.redraw(axis, lane, rep, slots, out),
                // Posts whose people ask for rooms are never known, so nobody's room is left out.
                (PostRoster::People(_), PostDraw::People(_)) if known[post] => {}
                (PostRoster::People(people), PostDraw::People(out)) => {
                    people.redraw(&at, axis, &self.days, out, scratch);
                }
                _ => unreachable!("buffers are made from the same posts"),
            }
        }
        self.deduct.redraw(levers.model, lane, slots, deduct);
    }

    /// Minutes of every post, and of every site of a rota, on a day (`today`: index, calendar day,
    /// replications), less supervision and work that levers bring, which is added to `taken`; `requests` are
    /// the day's by practice.
    ///
    /// `out` has [`Roster::entries`] places, `requests` one a practice, `taken` one a post. Minutes are never
    /// below nought. Sites of rotas are divided last, so that what was taken off the post is taken off its
    /// sites.
    #[inline]
    pub fn minutes(
        &self,
        draw: &RosterDraw,
        levers: Levers<'_>,
        today: (usize, i32, &[Replication]),
        requests: &[Lanes<u32>],
        out: &mut [Lanes<Ticks>],
        taken: &mut [Lanes<Ticks>],
    ) {
        let (t, day, reps) = today;
        for ((post, drawn), minutes) in self.posts.iter().zip(&draw.posts).zip(&mut *out) {
            match (post, drawn) {
                (PostRoster::Plain(plain), PostDraw::Plain(drawn)) => {
                    plain.minutes(drawn, t, day, reps, minutes);
                }
                (_, PostDraw::People(drawn)) => *minutes = drawn.minutes[t].map(Ticks::from),
                _ => unreachable!("buffers are made from the same posts"),
            }
        }
        let people = |post| draw.people(post);
        self.deduct.take(&draw.deduct, levers, (t, reps.len()), people, requests, out, taken);
        for rota in &self.rotas {
            rota.divide(t, draw.people(rota.post()), |people| (&people.minutes, &people.by_site), out);
        }
    }

    /// Minutes that every post, and every site of a rota, expects to have on a day: leave and vacancies known,
    /// sickness and its cover not; supervision and other work not taken off. For finite books.
    ///
    /// `out` has [`Roster::entries`] places. Reads what was drawn for the whole year, so `t` may be a day yet
    /// to come.
    pub fn planned(&self, draw: &RosterDraw, t: usize, out: &mut [Lanes<Ticks>]) {
        for ((post, drawn), minutes) in self.posts.iter().zip(&draw.posts).zip(&mut *out) {
            *minutes = match (post, drawn) {
                (PostRoster::Plain(plain), PostDraw::Plain(drawn)) => plain.planned(drawn, t),
                (_, PostDraw::People(people)) => people.planned[t].map(Ticks::from),
                _ => unreachable!("buffers are made from the same posts"),
            };
        }
        for rota in &self.rotas {
            rota.divide(
                t,
                draw.people(rota.post()),
                |people| (&people.planned, &people.planned_by_site),
                out,
            );
        }
    }
}

impl RosterDraw {
    /// The people of a post; none for plain capacity.
    #[inline]
    pub fn people(&self, post: usize) -> Option<&PeopleDraw> {
        match &self.posts[post] {
            PostDraw::People(people) => Some(people),
            PostDraw::Plain(_) => None,
        }
    }

    /// Writes the sessions lost (`[post][cause]`) and covered (`[post]`) in the counted period [thousandths].
    ///
    /// In the order of [`Cause`]; plain capacity leaves its places as they are. Written once, after the last
    /// day.
    pub fn sessions(&self, lanes: usize, lost: &mut [Lanes<i64>], covered: &mut [Lanes<i64>]) {
        for post in 0..self.posts.len() {
            let Some(people) = self.people(post) else { continue };
            for lane in 0..lanes {
                for (cause, of_cause) in people.lost.iter().enumerate() {
                    lost[post * CAUSES + cause][lane] = of_cause[lane];
                }
                covered[post][lane] = people.covered[lane];
            }
        }
    }

    /// Writes the wte in post, mean of the counted period, by post [thousandths]; nought for plain capacity.
    pub fn in_post(&self, lanes: usize, out: &mut [Lanes<i64>]) {
        for (post, out) in out.iter_mut().enumerate() {
            let Some(people) = self.people(post) else { continue };
            out[..lanes].copy_from_slice(&people.in_post[..lanes]);
        }
    }
}
