//! Service: a part's minutes meet the lines of a step, by priority, then due date, oldest first.
//!
//! In: a step of [`super::service`] and the minutes its part has left. Out: those seen, batch by batch in
//! `BookDraw::seen`, whom `after` works through before the next step begins.

use super::seen::Batch;
use super::service::{Group, Minutes, Step};
use super::{Book, BookDraw, Today, any};
use crate::law::hypergeometric::Split;
use crate::plan::lanes::{LANES, Lanes, with_anyone};
use crate::units::Ticks;

/// Days by which the head of a queue may lag behind the day served for the queue to count as short.
const SHORT_QUEUE: usize = 4;

impl Book {
    /// Serves the groups of a step in every lane.
    pub(super) fn serve_step(&self, step: &Step, today: Today<'_>, draw: &mut BookDraw) {
        let mut left = match step.minutes {
            Minutes::Held => draw.minutes.held[step.part],
            Minutes::Open => draw.minutes.open[step.part],
        };
        let before = left;
        // Of a part that is not there today nothing else is looked at.
        if before[..today.reps.len()].iter().all(|minutes| *minutes <= 0) {
            return;
        }
        for group in &step.groups {
            if group.lines.len() == 1 {
                self.serve_line(group.lines.start, today, &mut left, draw);
                continue;
            }
            let done = self.serve_whole_group(group, today, &mut left, draw);
            for lane in (0..today.reps.len()).filter(|lane| !done[*lane]) {
                if left[lane] > 0 {
                    self.serve_group(group, lane, today, &mut left[lane], draw);
                }
            }
        }
        draw.minutes.spend(step.part, step.minutes, &before, &left);
    }

    /// One line alone in its group: as many as fit, oldest first.
    fn serve_line(&self, index: usize, today: Today<'_>, left: &mut Lanes<Ticks>, draw: &mut BookDraw) {
        let served = &self.service.served[index];
        let line = &self.lines.all[served.line as usize];
        let Some(last) = today.t.checked_sub(served.least_wait) else { return };
        let waiting = &draw.state.waiting[served.line as usize];
        let slots = &draw.laws.slots[served.slot];
        let mut can: Lanes<u32> = [0; LANES];
        for lane in 0..today.reps.len() {
            if left[lane] > 0 {
                can[lane] = fits(waiting[lane], slots[lane], left[lane]);
            }
        }
        if !any(&can) {
            return;
        }
        let mut open = can;
        if line.offsets == 1 {
            self.serve_oldest(index, last, &mut open, draw);
        } else {
            self.serve_by_offset(index, last, &mut open, today, draw);
        }
        for lane in 0..LANES {
            left[lane] -= Ticks::from(can[lane] - open[lane]) * draw.laws.slots[served.slot][lane];
        }
    }

    /// A line known by due day alone: takes up to `open` people of each lane, due day by due day.
    ///
    /// What is not taken stands in `open` when it is done. Who waits less long than a step asks for is behind
    /// `last`.
    fn serve_oldest(&self, index: usize, last: usize, open: &mut Lanes<u32>, draw: &mut BookDraw) {
        let id = self.service.served[index].line as usize;
        let line = &self.lines.all[id];
        let heads = &mut draw.state.head[id];
        let waiting = &mut draw.state.waiting[id];
        let days = &mut draw.state.totals[line.totals..][..=last];
        let seen = &mut draw.seen[index];
        // Short queues go side by side; long ones stand far apart from lane to lane, each alone.
        let short = last.saturating_sub(SHORT_QUEUE) as u32;
        let mut room = *open;
        for lane in 0..LANES {
            room[lane] = if heads[lane] >= short { room[lane] } else { 0 };
            open[lane] -= room[lane];
        }
        let first = oldest(heads, &room).min(days.len());
        for (due, people) in (first as u32..).zip(&mut days[first..]) {
            let taken = take(people, &mut room);
            if any(&taken) {
                for lane in 0..LANES {
                    waiting[lane] -= taken[lane];
                }
                pass_by(heads, due, people);
                seen.push(Batch { due, offset: 0 }, taken);
            }
        }
        for lane in 0..LANES {
            let mut due = heads[lane];
            while open[lane] > 0 && due as usize <= last {
                let people = &mut days[due as usize][lane];
                let taken = (*people).min(open[lane]);
                *people -= taken;
                due += u32::from(*people == 0);
                if taken > 0 {
                    open[lane] -= taken;
                    waiting[lane] -= taken;
                    seen.add(Batch { due: due - u32::from(*people == 0), offset: 0 }, lane, taken);
                }
                heads[lane] = due;
            }
            // What short queues did not use goes back, so that the caller counts it as not taken.
            open[lane] += room[lane];
        }
    }

    /// A line whose offsets are told apart: takes up to `open` people of each lane, due day by due day.
    fn serve_by_offset(
        &self,
        index: usize,
        last: usize,
        open: &mut Lanes<u32>,
        today: Today<'_>,
        draw: &mut BookDraw,
    ) {
        let id = self.service.served[index].line as usize;
        let line = &self.lines.all[id];
        for due in oldest(&draw.state.head[id], open)..=last {
            let people = draw.state.totals[line.totals + due];
            let mut taken: Lanes<u32> = [0; LANES];
            for lane in 0..LANES {
                taken[lane] = people[lane].min(open[lane]);
                open[lane] -= taken[lane];
            }
            if any(&taken) {
                self.take_due_day(index, due, (&people, &taken), today, draw);
            }
            pass_by(&mut draw.state.head[id], due as u32, &draw.state.totals[line.totals + due]);
            if !any(open) {
                return;
            }
        }
    }

    /// Takes as many people of a line as `taken` says, out of all who are due on a day: at random over offsets where not all of
    /// a lane can be taken.
    fn take_due_day(
        &self,
        index: usize,
        due: usize,
        (all, taken): (&Lanes<u32>, &Lanes<u32>),
        today: Today<'_>,
        draw: &mut BookDraw,
    ) {
        let served = &self.service.served[index];
        let id = served.line as usize;
        let line = &self.lines.all[id];
        let salt = draw.salt;
        let seen = &mut draw.seen[index];
        let mut batch = Batch { due: due as u32, offset: 0 };
        if line.offsets_at(today.t, due) == 1 {
            seen.add_all(batch, taken);
        } else {
            // Lanes in which everyone is taken go together; of the others each splits what it takes over the offsets.
            let mut whole: Lanes<u32> = [0; LANES];
            let mut some: Lanes<u32> = [0; LANES];
            for lane in 0..LANES {
                let everyone = u32::from(taken[lane] == all[lane]).wrapping_neg();
                whole[lane] = everyone;
                some[lane] = !everyone & u32::from(taken[lane] > 0).wrapping_neg();
            }
            let mut splits = [Split::default(); LANES];
            for lane in with_anyone(&some) {
                splits[lane] = Split::new(all[lane], taken[lane]);
            }
            // People whose time from booking every law and measure treats alike are one batch from here on.
            let wait = today.t - due;
            let mut alike: Lanes<u32> = [0; LANES];
            for (offset, people) in draw.state.offsets(line, due).iter_mut().enumerate() {
                if !any(people) {
                    continue;
                }
                let like = line.alike_offset(wait, offset);
                if batch.offset != like {
                    if any(&alike) {
                        seen.push(batch, std::mem::take(&mut alike));
                    }
                    batch.offset = like;
                }
                let mut now: Lanes<u32> = [0; LANES];
                let mut split: Lanes<u32> = [0; LANES];
                for lane in 0..LANES {
                    now[lane] = people[lane] & whole[lane];
                    split[lane] = people[lane] & some[lane];
                }
                for lane in with_anyone(&split) {
                    now[lane] = splits[lane].next(split[lane], || {
                        let (chance, date, extra) = tie(today, due as u32, lane, salt);
                        served.tie.places(chance, date, extra).word(offset)
                    });
                }
                for lane in 0..LANES {
                    people[lane] -= now[lane];
                    alike[lane] += now[lane];
                }
            }
            if any(&alike) {
                seen.push(batch, alike);
            }
        }
        let (waiting, total) = (&mut draw.state.waiting[id], &mut draw.state.totals[line.totals + due]);
        for lane in 0..LANES {
            waiting[lane] -= taken[lane];
            total[lane] -= taken[lane];
        }
    }

    /// Where everyone of a group fits, everyone is seen; says in which lanes that was so.
    fn serve_whole_group(
        &self,
        group: &Group,
        today: Today<'_>,
        left: &mut Lanes<Ticks>,
        draw: &mut BookDraw,
    ) -> Lanes<bool> {
        let mut wanted: Lanes<Ticks> = [0; LANES];
        // Who may not be served yet would have to be counted apart: such groups go lane by lane.
        for served in &self.service.served[group.lines.clone()] {
            if served.least_wait > 0 {
                return [false; LANES];
            }
            let waiting = &draw.state.waiting[served.line as usize];
            let slots = &draw.laws.slots[served.slot];
            for lane in 0..LANES {
                wanted[lane] += Ticks::from(waiting[lane]) * slots[lane];
            }
        }
        let mut done = [false; LANES];
        let mut room: Lanes<Ticks> = [-1; LANES];
        for lane in 0..today.reps.len() {
            done[lane] = wanted[lane] <= left[lane];
            // Room without end, for all of them fit; -1 where they do not, so that no lane is begun here and
            // left half done.
            if done[lane] {
                room[lane] = Ticks::MAX / 4;
                left[lane] -= wanted[lane];
            }
        }
        if done.contains(&true) {
            for index in group.lines.clone() {
                let mut room = room;
                self.serve_line(index, today, &mut room, draw);
            }
        }
        done
    }

    /// Takes from each line of a group the share that stands in `draw.taken`.
    pub(super) fn take_shares(
        &self,
        group: &Group,
        due: u32,
        lane: usize,
        today: Today<'_>,
        draw: &mut BookDraw,
    ) {
        for (i, index) in group.lines.clone().enumerate() {
            let n = draw.taken[i];
            if n > 0 {
                self.take_from_line(index, due, n, lane, today, draw);
            }
        }
    }

    /// Takes people of one line, due day and lane, at random over offsets where not all can be taken.
    #[inline]
    fn take_from_line(
        &self,
        index: usize,
        due: u32,
        take: u32,
        lane: usize,
        today: Today<'_>,
        draw: &mut BookDraw,
    ) {
        let served = &self.service.served[index];
        let line = &self.lines.all[served.line as usize];
        let seen = &mut draw.seen[index];
        let mut batch = Batch { due, offset: 0 };
        if line.offsets_at(today.t, due as usize) == 1 {
            seen.add(batch, lane, take);
        } else {
            let (chance, date, extra) = tie(today, due, lane, draw.salt);
            let mut words = served.tie.places(chance, date, extra);
            let mut split = Split::new(draw.state.total(line, due as usize, lane), take);
            let wait = today.t - due as usize;
            let mut alike = 0;
            for (offset, people) in draw.state.offsets(line, due as usize).iter_mut().enumerate() {
                let n = split.next(people[lane], || words.word(offset));
                if n == 0 {
                    continue;
                }
                people[lane] -= n;
                let like = line.alike_offset(wait, offset);
                if batch.offset != like {
                    if alike > 0 {
                        seen.add(batch, lane, std::mem::take(&mut alike));
                    }
                    batch.offset = like;
                }
                alike += n;
            }
            if alike > 0 {
                seen.add(batch, lane, alike);
            }
        }
        draw.state.take_total(served.line, line, due as usize, lane, take);
    }

    /// Moves the heads of a group's lines past due days that are empty.
    pub(super) fn raise_heads(&self, group: &Group, lane: usize, today: Today<'_>, draw: &mut BookDraw) {
        for index in group.lines.clone() {
            let id = self.service.served[index].line as usize;
            if draw.state.waiting[id][lane] == 0 {
                continue;
            }
            let line = &self.lines.all[id];
            let mut head = draw.state.head[id][lane];
            while (head as usize) < today.t && draw.state.total(line, head as usize, lane) == 0 {
                head += 1;
            }
            draw.state.head[id][lane] = head;
        }
    }
}

/// The oldest due day that may hold anyone in the lanes with room.
#[inline]
fn oldest(heads: &Lanes<u32>, open: &Lanes<u32>) -> usize {
    let mut first = u32::MAX;
    for lane in 0..LANES {
        first = first.min(if open[lane] > 0 { heads[lane] } else { u32::MAX });
    }
    first as usize
}

/// Moves heads past a due day on which nobody is left.
#[inline]
fn pass_by(heads: &mut Lanes<u32>, due: u32, people: &Lanes<u32>) {
    let (before, left) = (*heads, *people);
    for lane in 0..LANES {
        heads[lane] = if (before[lane] ^ due) | left[lane] == 0 { due + 1 } else { before[lane] };
    }
}

/// Takes as many people as there is room for, lane by lane; returns how many.
#[inline]
fn take(people: &mut Lanes<u32>, open: &mut Lanes<u32>) -> Lanes<u32> {
    let mut taken: Lanes<u32> = [0; LANES];
    for lane in 0..LANES {
        taken[lane] = people[lane].min(open[lane]);
        people[lane] -= taken[lane];
        open[lane] -= taken[lane];
    }
    taken
}

/// How many of those waiting fit.
#[inline]
fn fits(waiting: u32, slot: Ticks, left: Ticks) -> u32 {
    if Ticks::from(waiting) * slot <= left { waiting } else { (left / slot) as u32 }
}

/// Where the words stand that break ties among people due on the same day: chance, date and due day.
///
/// The due day stands in the address, so that each due day's tie is broken anew every day on which it does
/// not fit.
#[inline]
pub(super) fn tie(today: Today<'_>, due: u32, lane: usize, salt: u32) -> (u64, i32, u32) {
    debug_assert!(lane < LANES);
    let due_day = today.axis.day(due as usize).0.cast_unsigned() & 0x007F_FFFF;
    (today.reps[lane].chance, today.day, due_day << 8 | salt)
}
