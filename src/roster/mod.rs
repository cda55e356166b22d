//! The roster path: minutes for appointments by post and day, drawn without looking at the book.

mod plain;

use crate::model::Model;
use crate::model::post::{Base, Capacity};
use crate::plan::axis::Axis;
use crate::plan::lanes::{LANES, Lanes, Replication};
use crate::units::Ticks;
use plain::{Plain, PlainDraw};

/// Scenario time.
#[derive(Clone, Debug)]
pub struct Roster {
    posts: Vec<PostRoster>,
}

/// One post.
#[derive(Clone, Debug)]
enum PostRoster {
    Plain(Plain),
    None,
}

/// Replication time.
#[derive(Clone, Debug)]
pub struct RosterDraw {
    plain: Vec<PlainDraw>,
}

impl Roster {
    /// Compiles the roster of a model.
    pub fn new(model: &Model, axis: &Axis, seed: u64) -> Self {
        let posts = model
            .posts
            .iter()
            .map(|post| {
                let open = match post.base {
                    Base::Practice(p) => &axis.open_share[p],
                    Base::Network(_) | Base::Federation => &axis.common_share,
                };
                match &post.capacity {
                    Capacity::Plain(plain) => PostRoster::Plain(Plain::new(post, plain, axis, open, seed)),
                    Capacity::People(_) => PostRoster::None,
                }
            })
            .collect();
        Self { posts }
    }

    /// Minutes planned for a post on a day, before unplanned absence: what a finite book counts on.
    pub fn planned(&self, post: usize, t: usize) -> Ticks {
        match &self.posts[post] {
            PostRoster::Plain(plain) => plain.planned(t),
            PostRoster::None => 0,
        }
    }

    /// Buffers for one block.
    pub fn draw_buffers(&self) -> RosterDraw {
        RosterDraw {
            plain: self
                .posts
                .iter()
                .map(|post| match post {
                    PostRoster::Plain(plain) => plain.draw_buffers(),
                    PostRoster::None => PlainDraw::default(),
                })
                .collect(),
        }
    }

    /// Draws one lane.
    pub fn redraw(&self, axis: &Axis, lane: usize, rep: Replication, slots: &[f64], draw: &mut RosterDraw) {
        for (post, out) in self.posts.iter().zip(&mut draw.plain) {
            if let PostRoster::Plain(plain) = post {
                plain.redraw(axis, lane, rep, slots, out);
            }
        }
    }

    /// Minutes of every post on a day.
    #[inline]
    pub fn minutes(
        &self,
        draw: &RosterDraw,
        t: usize,
        day: i32,
        reps: &[Replication],
        out: &mut [Lanes<Ticks>],
    ) {
        for ((post, drawn), minutes) in self.posts.iter().zip(&draw.plain).zip(out) {
            match post {
                PostRoster::Plain(plain) => plain.minutes(drawn, t, day, reps, minutes),
                PostRoster::None => *minutes = [0; LANES],
            }
        }
    }
}
