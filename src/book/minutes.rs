//! The minutes of a day: what each part of a post has open and held, what is used, left over, carried.
//!
//! In: minutes of every post and site on a day ([`crate::roster`]). Out: open and held minutes of each part,
//! and by post and week what was rostered, used, unusable, held and lost. All in ticks, so that it adds up
//! exactly. Assumption: what dividing cuts off a slot is not lost but comes back the next day (model.md,
//! section 7, fractions of a slot).

use super::line::LineId;
use super::service::{Minutes, Service};
use super::state::State;
use super::tally::Tally;
use super::{Book, Today};
use crate::model::Model;
use crate::model::number::Number;
use crate::model::post::HeldRelease;
use crate::plan::lanes::{LANES, Lanes};
use crate::units::{Ticks, ticks};

/// Scenario time: how each part's minutes are divided.
#[derive(Clone, Debug)]
pub struct Plan {
    /// In the order of [`Service::parts`].
    parts: Vec<PartPlan>,
}

/// Indices of the slot lengths that a part serves.
#[derive(Clone, Debug, Default)]
struct Served {
    /// In [`Service::slots`], each once, rising.
    open: Vec<usize>,
    /// Of held minutes, likewise.
    held: Vec<usize>,
}

/// One part, as its minutes are laid out each day.
#[derive(Clone, Debug)]
struct PartPlan {
    /// Index of the post; several parts may have one.
    post: usize,
    /// Its place in the day's list of minutes.
    minutes: usize,
    /// Share of the post's minutes.
    share: f64,
    /// Held share, and whether unused held minutes are released.
    held: Option<(Number, bool)>,
    /// Slots it serves, open and held: fractions of the longest held one are carried forward.
    slots: Served,
    /// Lines of all parts of a divided post, each with its slot from open minutes; none of a post that is not divided.
    lines: Vec<(LineId, usize)>,
    /// The post's own slot, where it serves nobody.
    own: Ticks,
}

/// Day time: minutes by part.
#[derive(Clone, Debug)]
pub struct Day {
    /// Open minutes left.
    pub open: Vec<Lanes<Ticks>>,
    /// Held minutes left.
    pub held: Vec<Lanes<Ticks>>,
    /// Minutes wasted by DNAs that are to be refilled.
    pub refill: Vec<Lanes<Ticks>>,
    /// Minutes used before the refill pass.
    refilled: Vec<Lanes<Ticks>>,
    /// Given away today, slots of those who did not come included; less what the refill used twice.
    used: Vec<Lanes<Ticks>>,
    /// Held today, used by nobody and not released.
    held_lost: Vec<Lanes<Ticks>>,
    /// True where unused held minutes are released the same day: `[part]`.
    release: Vec<bool>,
    /// Share of a part's minutes that is held, as drawn: `[part]`, lanes side by side.
    held_share: Vec<Lanes<f64>>,
    /// What dividing a post has cut off a slot and is still owed to the part.
    carried_share: Vec<Lanes<Ticks>>,
    /// What the whole post would have left of its slots too, of the part's open minutes today.
    left_anyway: Vec<Lanes<Ticks>>,
    /// As `carried_share`, of held minutes.
    carried_held: Vec<Lanes<Ticks>>,
    /// What was carried when counting began: its difference to the end goes to the tally (`carried`).
    carried_at_start: Vec<Lanes<Ticks>>,
}

impl Plan {
    /// Divisions of every part.
    pub fn new(model: &Model, service: &Service) -> Self {
        let parts = service
            .parts
            .iter()
            .enumerate()
            .map(|(i, part)| {
                let post = &model.posts[part.post];
                let has_step = service.steps.iter().any(|s| s.part == i && s.minutes == Minutes::Held);
                // Minutes held for nobody whom the part could see would only be lost.
                let carve = post.carve_out.as_ref().filter(|_| has_step);
                let held = carve.map(|carve| (carve.share, carve.release == HeldRelease::SameDay));
                let own = ticks(post.slot_minutes).max(1);
                let (post, minutes, share) = (part.post, part.minutes, part.share);
                let lines = if share < 1.0 { lines_of(service, post) } else { Vec::new() };
                PartPlan { post, minutes, share, held, slots: served(service, i), lines, own }
            })
            .collect();
        Self { parts }
    }
}

impl Day {
    /// Empty buffers.
    pub fn new(service: &Service) -> Self {
        let none = || vec![[0; LANES]; service.parts.len()];
        Self {
            open: none(),
            held: none(),
            refill: none(),
            refilled: none(),
            used: none(),
            held_lost: none(),
            release: vec![false; service.parts.len()],
            held_share: vec![[0.0; LANES]; service.parts.len()],
            carried_share: none(),
            left_anyway: none(),
            carried_held: none(),
            carried_at_start: none(),
        }
    }

    /// Nothing is carried.
    ///
    /// Called when a replication begins; what was drawn stays.
    pub fn clear(&mut self) {
        let Self { refill, carried_share, carried_held, carried_at_start, .. } = self;
        for minutes in [refill, carried_share, carried_held, carried_at_start] {
            minutes.fill([0; LANES]);
        }
    }

    /// Draws one lane.
    ///
    /// Only the held share is drawn here; slot lengths are the laws'.
    pub fn redraw(&mut self, plan: &Plan, lane: usize, slots: &[f64]) {
        for (share, part) in self.held_share.iter_mut().zip(&plan.parts) {
            share[lane] = part.held.map_or(0.0, |(held, _)| held.at(slots, 0));
        }
    }

    /// Remembers what is carried into the counted period.
    pub fn begin_counting(&mut self) {
        self.carried_at_start.clone_from(&self.carried_share);
    }

    /// Counts fractions carried in less those carried out, by post.
    pub fn end_counting(&self, plan: &Plan, tally: &mut Tally) {
        for (i, part) in plan.parts.iter().enumerate() {
            for lane in 0..LANES {
                tally.carried[part.post][lane] +=
                    self.carried_at_start[i][lane] - self.carried_share[i][lane];
            }
        }
    }

    /// Lays out the minutes of a day.
    ///
    /// Rostered minutes are counted before anything is carried; `post_minutes` are of posts and, behind them,
    /// of sites of rotas. `waiting` is by line, before anybody is served.
    pub fn lay_out(
        &mut self,
        plan: &Plan,
        today: Today<'_>,
        post_minutes: &[Lanes<Ticks>],
        (waiting, slots): (&[Lanes<u32>], &[Lanes<Ticks>]),
        tally: &mut Tally,
    ) {
        let week = today.axis.week(today.t);
        for (i, part) in plan.parts.iter().enumerate() {
            self.used[i] = [0; LANES];
            self.held_lost[i] = [0; LANES];
            self.release[i] = part.held.is_none_or(|(_, release)| release);
            if part.share >= 1.0 && part.held.is_none() {
                // The common case: all minutes of the post, all open.
                self.open[i] = post_minutes[part.minutes];
                self.held[i] = [0; LANES];
                if let Some(week) = week {
                    let rostered = &mut tally.rostered[part.post * tally.sizes.weeks + week];
                    for (rostered, open) in rostered.iter_mut().zip(self.open[i]) {
                        *rostered += open;
                    }
                }
                continue;
            }
            for (lane, &whole) in post_minutes[part.minutes].iter().enumerate().take(today.reps.len()) {
                let mut minutes = whole;
                if part.share < 1.0 {
                    let of = |minutes: Ticks| (part.share * minutes as f64).round() as Ticks;
                    add_week(&mut tally.rostered, part.post, week, tally.sizes.weeks, lane, of(whole));
                    let own = of(whole);
                    minutes = own;
                    self.left_anyway[i][lane] = own;
                    // Where nobody waits nothing is given out, and what is carried stays.
                    if let Some(slot) = part.divided_by(waiting, slots, lane) {
                        // What would be left of the whole post's day is left of its parts' too; only what dividing cuts
                        // off a slot is carried forward.
                        let in_slots = of(whole / slot * slot);
                        let with_carried = in_slots + self.carried_share[i][lane];
                        // Nobody works a day for what was carried alone.
                        let carried = if whole > 0 { with_carried % slot } else { with_carried };
                        minutes = with_carried - carried + (own - in_slots);
                        self.carried_share[i][lane] = carried;
                        self.left_anyway[i][lane] = own - in_slots;
                    }
                } else {
                    add_week(&mut tally.rostered, part.post, week, tally.sizes.weeks, lane, whole);
                }
                let mut held = 0;
                if part.held.is_some() {
                    let share = self.held_share[i][lane];
                    let with_carried = (share * minutes as f64).round() as Ticks + self.carried_held[i][lane];
                    let slot = part.longest(&part.slots.held, slots, lane);
                    // Held minutes are whole slots of the longest that is served from them, and never more
                    // than the day has.
                    held = (with_carried / slot * slot).min(minutes);
                    self.carried_held[i][lane] = if minutes > 0 { with_carried - held } else { with_carried };
                }
                self.held[i][lane] = held;
                self.open[i][lane] = minutes - held;
            }
        }
    }

    /// Books the minutes that a step has used; unused held minutes are released or lost.
    ///
    /// `before` and `left` are the step's minutes at its beginning and end.
    #[inline]
    pub fn spend(&mut self, part: usize, minutes: Minutes, before: &Lanes<Ticks>, left: &Lanes<Ticks>) {
        for lane in 0..LANES {
            self.used[part][lane] += before[lane] - left[lane];
            match minutes {
                Minutes::Open => self.open[part][lane] = left[lane],
                Minutes::Held => {
                    self.held[part][lane] = 0;
                    if self.release[part] {
                        self.open[part][lane] += left[lane];
                    } else {
                        self.held_lost[part][lane] += left[lane];
                    }
                }
            }
        }
    }

    /// Turns the minutes to be refilled into open minutes; false where there are none.
    ///
    /// The minutes are those of today's DNAs and what earlier days have kept.
    pub fn take_refill(&mut self, lanes: usize) -> bool {
        let mut any = false;
        for (i, refill) in self.refill.iter().enumerate() {
            for (lane, refill) in refill.iter().enumerate().take(lanes).filter(|(_, n)| **n > 0) {
                any = true;
                self.refilled[i][lane] = self.used[i][lane];
                self.open[i][lane] += *refill;
            }
        }
        any
    }

    /// After the refill pass: what it used serves twice and is not minutes of the roster; what it did not use is kept
    /// for the next day while somebody waits for a slot that it does not fill yet.
    pub fn settle_refill(&mut self, book: &Book, today: Today<'_>, state: &State) {
        for (i, refill) in self.refill.iter_mut().enumerate() {
            for (lane, refill) in
                refill.iter_mut().enumerate().take(today.reps.len()).filter(|(_, n)| **n > 0)
            {
                let twice = (*refill).min(self.used[i][lane] - self.refilled[i][lane]);
                self.used[i][lane] -= twice;
                self.open[i][lane] -= *refill - twice;
                let waits = somebody_waits(book, i, lane, today.t, state);
                *refill = if waits { *refill - twice } else { 0 };
            }
        }
    }

    /// What a part of a divided post has left beyond what the whole post would have, below the longest of slots that differ,
    /// while somebody waits is carried to the next day.
    fn carry(
        &mut self,
        plan: &Plan,
        book: &Book,
        today: Today<'_>,
        (state, slots): (&State, &[Lanes<Ticks>]),
    ) {
        // Where slots are all alike the morning has seen to what is carried: see `lay_out`.
        for (i, part) in plan.parts.iter().enumerate().filter(|(_, part)| !part.lines.is_empty()) {
            for lane in 0..today.reps.len() {
                let (left, anyway) = (self.open[i][lane], self.left_anyway[i][lane]);
                if left > anyway
                    && left < part.longest(&part.slots.open, slots, lane)
                    && somebody_waits(book, i, lane, today.t, state)
                {
                    self.carried_share[i][lane] += left - anyway;
                    self.open[i][lane] = anyway;
                }
            }
        }
    }

    /// End of the working day: what is left is unusable where somebody waits for a longer slot.
    pub fn close(
        &mut self,
        plan: &Plan,
        book: &Book,
        today: Today<'_>,
        (state, slots): (&State, &[Lanes<Ticks>]),
        tally: &mut Tally,
    ) {
        self.carry(plan, book, today, (state, slots));
        // In the warm-up the day is laid out like any other, and nothing of it is counted.
        let Some(week) = today.axis.week(today.t) else { return };
        let longest = slots.iter().flatten().copied().max().unwrap_or(0);
        for (i, part) in plan.parts.iter().enumerate() {
            let place = part.post * tally.sizes.weeks + week;
            let (used, lost) = (&mut tally.used[place], &mut tally.held_lost[place]);
            for lane in 0..LANES {
                used[lane] += self.used[i][lane];
                lost[lane] += self.held_lost[i][lane];
            }
            for lane in 0..today.reps.len() {
                let left = self.open[i][lane];
                // Whoever waits for a slot that fits has been seen: only less than the longest slot can be
                // unusable.
                if left > 0 && left < longest && somebody_waits(book, i, lane, today.t, state) {
                    tally.unusable[place][lane] += left;
                }
            }
        }
    }
}

impl PartPlan {
    /// The slot in which the whole post's day is counted before it is divided: the shortest that somebody waits for, be it
    /// at one of its practices; none where nobody waits. A slot that nobody asks for changes nothing.
    fn divided_by(&self, waiting: &[Lanes<u32>], slots: &[Lanes<Ticks>], lane: usize) -> Option<Ticks> {
        let wanted = self.lines.iter().filter(|(line, _)| waiting[*line as usize][lane] > 0);
        wanted.map(|(_, slot)| slots[*slot][lane].max(1)).min()
    }

    /// The longest of some slots in a lane [ticks].
    fn longest(&self, of: &[usize], slots: &[Lanes<Ticks>], lane: usize) -> Ticks {
        of.iter().map(|slot| slots[*slot][lane]).max().unwrap_or(self.own).max(1)
    }
}

/// Slots that a part serves.
fn served(service: &Service, part: usize) -> Served {
    let of = |minutes: Minutes| {
        let steps = service.steps.iter().filter(|step| step.part == part && step.minutes == minutes);
        let groups = steps.flat_map(|step| &step.groups);
        let mut slots: Vec<usize> =
            groups.flat_map(|group| &service.served[group.lines.clone()]).map(|s| s.slot).collect();
        slots.sort_unstable();
        slots.dedup();
        slots
    };
    Served { open: of(Minutes::Open), held: of(Minutes::Held) }
}

/// Lines of the parts of a post with the slots in which it serves them from open minutes.
fn lines_of(service: &Service, post: usize) -> Vec<(LineId, usize)> {
    let steps = service.steps.iter().filter(|step| step.minutes == Minutes::Open);
    let of_post = steps.filter(|step| service.parts[step.part].post == post);
    let served = of_post.flat_map(|step| &step.groups).flat_map(|group| &service.served[group.lines.clone()]);
    served.map(|served| (served.line, served.slot)).collect()
}

/// Adds minutes of a counted week.
#[inline]
fn add_week(to: &mut [Lanes<Ticks>], post: usize, week: Option<usize>, weeks: usize, lane: usize, n: Ticks) {
    if let Some(week) = week {
        to[post * weeks + week][lane] += n;
    }
}

/// True where somebody whom the part may see today waits.
///
/// A day's due days are looked through one by one, which is why the caller asks only where minutes are left
/// over.
fn somebody_waits(book: &Book, part: usize, lane: usize, t: usize, state: &State) -> bool {
    book.service.steps.iter().filter(|s| s.part == part && s.minutes == Minutes::Open).any(|step| {
        step.groups.iter().any(|group| {
            book.service.served[group.lines.clone()].iter().any(|served| {
                let id = served.line as usize;
                let head = state.head[id][lane] as usize;
                // The head is a lower bound: what stands behind it decides.
                let mut due = head..(t + 1).saturating_sub(served.least_wait);
                state.waiting[id][lane] > 0 && due.any(|due| state.total(&book.lines.all[id], due, lane) > 0)
            })
        })
    })
}
