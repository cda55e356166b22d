//! Several lines of equal priority in one lane: due day by due day; where one does not wholly fit, who is seen
//! is drawn.
//!
//! In: a group of [`super::service`], the minutes left of a part, one lane. Out: people taken off the book
//! into `BookDraw::seen`. Where everyone may be served and fits, `serve` has settled it for all lanes at once
//! before.

use super::serve::tie;
use super::service::Group;
use super::{Book, BookDraw, Today};
use crate::law::hypergeometric;
use crate::random::{Stream, unit};
use crate::units::Ticks;

/// A line of a group in which somebody waits, in one lane.
#[derive(Clone, Copy, Debug)]
pub(super) struct Queue {
    /// Place in the group.
    place: usize,
    /// First total by due day.
    totals: usize,
    /// Oldest due day.
    head: u32,
    /// Latest due day that may be served today.
    last: u32,
    /// People not yet looked at.
    still: u32,
    /// Slot of everyone in it, as drawn [ticks].
    slot: Ticks,
}

impl Book {
    /// Serves a group whose lines do not all fit. Where a due day does not wholly fit, equal slots are shared over the
    /// lines at random; slots of several lengths are drawn one by one: one that does not fit is passed over and a
    /// shorter one may use the minutes.
    pub(super) fn serve_group(
        &self,
        group: &Group,
        lane: usize,
        today: Today<'_>,
        left: &mut Ticks,
        draw: &mut BookDraw,
    ) {
        let width = group.lines.len();
        let mut queues = std::mem::take(&mut draw.queues);
        let mut due = self.find_queues(group, lane, today, draw, &mut queues);
        // The shortest slot that anyone still waits for decides: while it fits, a later due day may use what
        // an earlier left.
        while let Some(shortest) = queues.iter().map(|queue| queue.slot).min()
            && shortest <= *left
            && due as usize <= today.t
        {
            let mut minutes: Ticks = 0;
            draw.counts[..width].fill(0);
            for queue in &mut queues {
                if due >= queue.head && due <= queue.last {
                    let n = draw.state.totals[queue.totals + due as usize][lane];
                    draw.counts[queue.place] = n;
                    queue.still -= n.min(queue.still);
                    minutes += Ticks::from(n) * queue.slot;
                }
            }
            if minutes > 0 {
                self.serve_due_day(group, (due, minutes), lane, today, left, draw);
                queues.retain(|queue| queue.still > 0);
            }
            due += 1;
        }
        draw.queues = queues;
        self.raise_heads(group, lane, today, draw);
    }

    /// Finds the lines of a group in which anyone waits, in a lane; returns the oldest due day.
    ///
    /// `queues` is filled in the group's order; `u32::MAX` comes back where nobody may be served.
    fn find_queues(
        &self,
        group: &Group,
        lane: usize,
        today: Today<'_>,
        draw: &BookDraw,
        queues: &mut Vec<Queue>,
    ) -> u32 {
        queues.clear();
        let mut oldest = u32::MAX;
        for (place, served) in self.service.served[group.lines.clone()].iter().enumerate() {
            let id = served.line as usize;
            let (still, head) = (draw.state.waiting[id][lane], draw.state.head[id][lane]);
            // Who has to wait longer than the run is old may not be served yet.
            let Some(last) = today.t.checked_sub(served.least_wait) else { continue };
            if still > 0 && head as usize <= last {
                let (totals, slot) = (self.lines.all[id].totals, draw.laws.slots[served.slot][lane]);
                queues.push(Queue { place, totals, head, last: last as u32, still, slot });
                oldest = oldest.min(head);
            }
        }
        oldest
    }

    /// Serves those of one due day, who stand in `draw.counts` and together want `minutes`.
    ///
    /// All of them where `minutes` fit; else a random subset, by the hypergeometric law where slots are
    /// equal.
    fn serve_due_day(
        &self,
        group: &Group,
        (due, minutes): (u32, Ticks),
        lane: usize,
        today: Today<'_>,
        left: &mut Ticks,
        draw: &mut BookDraw,
    ) {
        let width = group.lines.len();
        if minutes <= *left {
            draw.taken[..width].copy_from_slice(&draw.counts[..width]);
            *left -= minutes;
        } else {
            let (chance, date, extra) = tie(today, due, lane, draw.salt);
            // A line whose slot differs but in which nobody is due that day must not change how the others
            // are drawn.
            match self.only_slot(group, lane, draw) {
                // As if the empty lines with other slots were not there.
                Some(slot) => {
                    let take = (*left / slot) as u32;
                    let counts = &draw.counts[..width];
                    let mut words = group.tie.places(chance, date, extra);
                    hypergeometric::multivariate(counts, take, &mut draw.taken[..width], |kind| {
                        words.word(kind)
                    });
                    *left -= Ticks::from(take) * slot;
                }
                None => {
                    let words = group.tie.stream(chance, date, extra);
                    self.draw_one_by_one(group, lane, words, left, draw);
                }
            }
        }
        self.take_shares(group, due, lane, today, draw);
    }

    /// The slot of everyone in `draw.counts`, where it is the same for all.
    ///
    /// None where slots differ, and where nobody is there.
    fn only_slot(&self, group: &Group, lane: usize, draw: &BookDraw) -> Option<Ticks> {
        let slot = |i: usize| draw.laws.slots[self.service.served[group.lines.start + i].slot][lane];
        let mut slots = (0..group.lines.len()).filter(|&i| draw.counts[i] > 0).map(slot);
        let first = slots.next()?;
        slots.all(|slot| slot == first).then_some(first)
    }

    /// Draws requests one by one from `draw.counts` into `draw.taken` until no slot fits.
    ///
    /// Each draw is uniform over the people left whose slot fits. A word a person, in the order of the due
    /// day's stream.
    fn draw_one_by_one(
        &self,
        group: &Group,
        lane: usize,
        mut words: Stream,
        left: &mut Ticks,
        draw: &mut BookDraw,
    ) {
        let width = group.lines.len();
        let BookDraw { counts, taken, laws, .. } = draw;
        taken[..width].fill(0);
        let slots = self.service.served[group.lines.clone()].iter().map(|s| laws.slots[s.slot][lane]);
        // Those whose slot does not fit are passed over; once that is so it stays so.
        let mut people: u32 = 0;
        let mut longest: Ticks = 0;
        for (count, slot) in counts.iter_mut().zip(slots.clone()) {
            if slot > *left {
                *count = 0;
            } else if *count > 0 {
                longest = longest.max(slot);
            }
            people += *count;
        }
        while people > 0 {
            // The product can round up to `people` itself: the cap keeps the place inside.
            let mut pick = ((unit(words.next_word()) * f64::from(people)) as u32).min(people - 1);
            for ((count, taken), slot) in counts.iter_mut().zip(taken.iter_mut()).zip(slots.clone()) {
                if pick < *count {
                    *count -= 1;
                    *taken += 1;
                    *left -= slot;
                    break;
                }
                pick -= *count;
            }
            people -= 1;
            // Looked at again only once the longest that did fit no longer does.
            if longest > *left {
                (people, longest) = (0, 0);
                for (count, slot) in counts.iter_mut().zip(slots.clone()) {
                    if slot > *left {
                        *count = 0;
                    } else if *count > 0 {
                        longest = longest.max(slot);
                    }
                    people += *count;
                }
            }
        }
    }
}
