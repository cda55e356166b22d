//! Minutes of posts that are not for appointments: supervision of others, work that levers bring.
//!
//! In: minutes of every post on a day, who is present, the day's requests. Out: the minutes less what is taken.
//! Supervision is by wte-day present and falls on the practice's own post of the supervising role; that of
//! shared posts is spread over their practices by weighted list; levers on it act as far as they reach each
//! practice. A practice without such a post turns to the shared ones that serve it. Nothing is taken from a post that is not there that day, and no more than it has.

use super::effects::Levers;
use super::people::PeopleDraw;
use crate::lever::Change;
use crate::model::Model;
use crate::model::number::Number;
use crate::model::post::{Base, Capacity};
use crate::plan::lanes::{LANES, Lanes};
use crate::units::{TICKS_PER_MINUTE, Ticks};

/// Scenario time.
#[derive(Clone, Debug)]
pub struct Deduct {
    /// In the order of posts.
    supervised: Vec<Supervised>,
    /// In the order of levers and their changes.
    tasks: Vec<Task>,
    /// Share of each day that each practice is open, over the open days of a week: `[practice][day]`.
    a_day: Vec<Vec<f64>>,
}

/// A post whose people are supervised: its practices, each with the posts that supervise there.
#[derive(Clone, Debug)]
struct Supervised {
    /// Index of the post that is supervised.
    post: usize,
    /// Each practice with the posts that supervise there; none of a practice that has nobody: it goes
    /// without.
    practices: Vec<(usize, Vec<usize>)>,
    /// Levers that change how long its people are supervised: `(lever, factor)`.
    levers: Vec<(usize, Number)>,
    /// Place of the first of their factors as drawn.
    factors: usize,
}

/// Work that a lever brings to a role: the posts that do it, by practice.
#[derive(Clone, Debug)]
struct Task {
    /// Index among the model's levers.
    lever: usize,
    /// Minutes a practice and week; negative where the lever gives time.
    a_week: Number,
    /// Minutes a request of the day.
    a_request: Number,
    /// Posts that do it: `[practice]`.
    posts: Vec<Vec<usize>>,
}

/// Replication time.
#[derive(Clone, Debug)]
pub struct DeductDraw {
    /// Weighted list by practice.
    list: Vec<Lanes<f64>>,
    /// Work a week, and a request: `[task][practice]` [ticks].
    a_week: Vec<Lanes<f64>>,
    /// `[task][practice]`, as the one above.
    a_request: Vec<Lanes<f64>>,
    /// Factors of levers on supervision, of each supervised post in turn.
    factors: Vec<Lanes<f64>>,
}

impl Deduct {
    /// Finds who supervises whom and which levers bring work.
    ///
    /// `open_share` is `[practice][day]`.
    pub fn new(model: &Model, open_share: &[Vec<f64>]) -> Self {
        let mut supervised = Vec::new();
        for (i, post) in model.posts.iter().enumerate() {
            let Some(supervision) = &model.roles[post.role].supervision else { continue };
            if matches!(post.capacity, Capacity::People(_)) {
                let practices = post.practices(model).into_iter();
                let practices = practices.map(|p| (p, posts_of(model, supervision.by, p))).collect();
                let levers = supervision_levers(model, post.role);
                let factors = supervised.iter().map(|known: &Supervised| known.levers.len()).sum();
                supervised.push(Supervised { post: i, practices, levers, factors });
            }
        }
        let mut tasks = Vec::new();
        for (lever, data) in model.levers.iter().enumerate() {
            for (_, change) in &data.changes {
                if let Change::Minutes { role, per_practice_week, per_request } = change {
                    let posts = (0..model.practices.len()).map(|p| posts_of(model, *role, p)).collect();
                    tasks.push(Task { lever, a_week: *per_practice_week, a_request: *per_request, posts });
                }
            }
        }
        // A practice-week's work lies on its open days alike; a week with a closed date has less of it.
        let open_days = model.calendar.open.iter().filter(|open| **open).count().max(1) as f64;
        let a_day = if tasks.is_empty() {
            Vec::new()
        } else {
            open_share.iter().map(|days| days.iter().map(|share| share / open_days).collect()).collect()
        };
        Self { supervised, tasks, a_day }
    }

    /// Buffers for one block.
    pub fn draw_buffers(&self, practices: usize) -> DeductDraw {
        let by_task = || vec![[0.0; LANES]; self.tasks.len() * practices];
        let factors = self.supervised.iter().map(|supervised| supervised.levers.len()).sum();
        DeductDraw {
            list: vec![[0.0; LANES]; practices],
            a_week: by_task(),
            a_request: by_task(),
            factors: vec![[1.0; LANES]; factors],
        }
    }

    /// Draws one lane.
    ///
    /// `slots` are the lane's uncertain quantities.
    pub fn redraw(&self, model: &Model, lane: usize, slots: &[f64], draw: &mut DeductDraw) {
        let practices = model.practices.len();
        let on_supervision = self.supervised.iter().flat_map(|supervised| &supervised.levers);
        for ((_, factor), drawn) in on_supervision.zip(&mut draw.factors) {
            drawn[lane] = factor.at(slots, 0);
        }
        for (p, practice) in model.practices.iter().enumerate() {
            // Without lists each practice counts alike.
            draw.list[p][lane] = practice.weighted_list.at(slots, p).max(f64::MIN_POSITIVE);
            for (i, task) in self.tasks.iter().enumerate() {
                draw.a_week[i * practices + p][lane] = task.a_week.at(slots, p) * TICKS_PER_MINUTE;
                draw.a_request[i * practices + p][lane] = task.a_request.at(slots, p) * TICKS_PER_MINUTE;
            }
        }
    }

    /// Takes what is not for appointments off the day's minutes and adds it to `taken`; `today` is the day and the
    /// lanes in use.
    ///
    /// `people` gives those of a post, `requests` the day's by practice before levers on demand. Supervision
    /// goes first, then levers in their order: what one leaves is all that the next can take.
    #[inline]
    #[expect(clippy::too_many_arguments, reason = "one day's deductions, named part by part")]
    pub fn take<'a>(
        &self,
        draw: &DeductDraw,
        levers: Levers<'_>,
        today: (usize, usize),
        people: impl Fn(usize) -> Option<&'a PeopleDraw>,
        requests: &[Lanes<u32>],
        out: &mut [Lanes<Ticks>],
        taken: &mut [Lanes<Ticks>],
    ) {
        let (t, lanes) = today;
        for supervised in &self.supervised {
            let Some(people) = people(supervised.post) else { continue };
            let needed = &people.supervision[t];
            for (lane, needed) in needed.iter().enumerate().take(lanes).filter(|(_, needed)| **needed > 0) {
                let all: f64 = supervised.practices.iter().map(|(p, _)| draw.list[*p][lane]).sum();
                for (p, posts) in &supervised.practices {
                    let share = draw.list[*p][lane] / all;
                    let factors = &draw.factors[supervised.factors..];
                    let by = supervised.levers.iter().zip(factors).fold(1.0, |by, ((lever, _), factor)| {
                        by * (1.0 + levers.reach(*lever, *p, lane, t) * (factor[lane] - 1.0))
                    });
                    let claim = (f64::from(*needed) * share * by).round() as Ticks;
                    take_from(posts, claim, lane, out, taken);
                }
            }
        }
        let practices = draw.list.len();
        for (i, task) in self.tasks.iter().enumerate() {
            if !levers.strength.in_force(task.lever, t) {
                continue;
            }
            for (p, posts) in task.posts.iter().enumerate() {
                let a_day = self.a_day[p][t];
                for (lane, requests) in requests[p].iter().enumerate().take(lanes) {
                    let place = i * practices + p;
                    let planned = draw.a_week[place][lane] * a_day;
                    let asked = draw.a_request[place][lane] * f64::from(*requests);
                    let reach = levers.reach(task.lever, p, lane, t);
                    let claim = ((planned + asked) * reach).round() as Ticks;
                    take_from(posts, claim, lane, out, taken);
                }
            }
        }
    }
}

/// Levers that change how long people of a role are supervised, in their order, each with its factor.
fn supervision_levers(model: &Model, role: usize) -> Vec<(usize, Number)> {
    let of = |lever: usize, change: &Change| match change {
        Change::Supervision { roles, factor } if roles.contains(&role) => Some((lever, *factor)),
        _ => None,
    };
    let levers = model.levers.iter().enumerate();
    levers.flat_map(|(l, lever)| lever.changes.iter().filter_map(move |(_, change)| of(l, change))).collect()
}

/// Posts of a role that work for a practice: its own, or else the shared ones that serve it.
///
/// In the order of posts. A shared post may do the work of several practices that have none of their own.
fn posts_of(model: &Model, role: usize, practice: usize) -> Vec<usize> {
    let of_role = || model.posts.iter().enumerate().filter(move |(_, post)| post.role == role);
    let own: Vec<_> =
        of_role().filter(|(_, post)| post.base == Base::Practice(practice)).map(|(i, _)| i).collect();
    if !own.is_empty() {
        return own;
    }
    of_role().filter(|(_, post)| post.practices(model).contains(&practice)).map(|(i, _)| i).collect()
}

/// Takes minutes from posts in proportion to what they have (gives, where negative); the last that has any
/// settles the rounding.
///
/// What a role has not got that day is not owed later.
#[inline]
fn take_from(
    posts: &[usize],
    claim: Ticks,
    lane: usize,
    out: &mut [Lanes<Ticks>],
    taken: &mut [Lanes<Ticks>],
) {
    let mut there: Ticks = posts.iter().map(|post| out[*post][lane]).sum();
    // Where nobody is there, time cannot be given either.
    if there <= 0 || claim == 0 {
        return;
    }
    let mut left = claim.min(there);
    for post in posts {
        let minutes = &mut out[*post][lane];
        if *minutes > 0 {
            // what is left of the claim, in proportion to what is left of the posts
            let part = (i128::from(left) * i128::from(*minutes) / i128::from(there)) as Ticks;
            there -= *minutes;
            left -= part;
            *minutes -= part;
            taken[*post][lane] += part;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Posts of 100, 0 and 301 ticks: claims that fit, that do not, and one that gives time.
    #[test]
    fn what_is_taken_is_what_was_claimed_up_to_what_is_there() {
        let start: Vec<Lanes<Ticks>> = vec![[100; LANES], [0; LANES], [301; LANES]];
        for (claim, left) in [(7, 394), (400, 1), (401, 0), (9000, 0), (-33, 434)] {
            let mut out = start.clone();
            let mut taken = vec![[0; LANES]; 3];
            take_from(&[0, 1, 2], claim, 3, &mut out, &mut taken);
            assert_eq!(out.iter().map(|post| post[3]).sum::<Ticks>(), left);
            assert_eq!(taken.iter().map(|post| post[3]).sum::<Ticks>(), 401 - left);
            assert!(out.iter().all(|post| post[3] >= 0));
            assert_eq!(out[1][3], 0, "who is not there gives nothing");
            assert_eq!(out[0][2], 100, "other lanes are not touched");
        }
    }
}
