//! Joining the book, and what is counted of everyone who joins: work wanted by week, and who is due under a target; and of
//! work wanted what others than those who are waited for have done.
//!
//! In: people who join, from the front door or from an earlier contact, and people just seen. Out: the state, and counts
//! that the state alone does not give. Work wanted and people due are counted by the day they are due, so who is due after
//! the last day is in neither; what others have done by the day they did it.

use super::line::{Line, LineId, Lines};
use super::seen::Seen;
use super::service::{Served, Service, index_of};
use super::tally::Tally;
use super::{Book, BookDraw, Today, add};
use crate::model::Model;
use crate::plan::axis::Axis;
use crate::plan::lanes::{LANES, Lanes};
use crate::units::Ticks;

impl Book {
    /// People of every lane join a line: today, or on a later day of the axis. Returns false where the day
    /// lies beyond the axis.
    ///
    /// True where they are in the book. On a closed day too: who is due then waits.
    #[inline]
    pub fn all_join(
        &self,
        today: Today<'_>,
        id: LineId,
        (due, offset): (usize, usize),
        n: &Lanes<u32>,
        draw: &mut BookDraw,
    ) -> bool {
        if due >= self.sizes.days {
            return false;
        }
        let line = &self.lines.all[id as usize];
        if due == today.t {
            draw.state.all_join_today(id, line, due, offset, n);
        } else {
            draw.state.all_book_ahead(line, due, offset, n);
        }
        self.count_wanted(today, id, due, n, draw);
        if !line.key.kind.asked_again() {
            self.count_due(today.axis, id, due, n, &mut draw.tally);
        }
        true
    }

    /// New requests of every lane join a line: at once, or tonight where nobody is seen on the day they ask.
    ///
    /// Redirected people join here as well. Tonight's are counted as wanted and due today already.
    #[inline]
    pub fn ask(&self, today: Today<'_>, id: LineId, n: &Lanes<u32>, draw: &mut BookDraw) {
        if self.next[id as usize].same_day {
            self.all_join(today, id, (today.t, 0), n, draw);
            return;
        }
        add(&mut draw.tonight[id as usize], n);
        self.count_wanted(today, id, today.t, n, draw);
        self.count_due(today.axis, id, today.t, n, &mut draw.tally);
    }

    /// Today's requests for needs that see nobody on the day they ask join the book.
    ///
    /// They are in the book before giving up is drawn, and after everyone of the day has been seen.
    pub(super) fn join_tonight(&self, today: Today<'_>, draw: &mut BookDraw) {
        for id in 0..self.lines.all.len() {
            if !self.next[id].same_day {
                let n = std::mem::replace(&mut draw.tonight[id], [0; LANES]);
                self.join_or_twin(id, n, today, draw);
            }
        }
    }

    /// Counts people due on a day in a line as work wanted in its week.
    ///
    /// Every line counts, those who ask again too: their second slot is work like the first.
    #[inline]
    pub(super) fn count_wanted(
        &self,
        today: Today<'_>,
        id: LineId,
        due: usize,
        n: &Lanes<u32>,
        draw: &mut BookDraw,
    ) {
        if let Some(week) = today.axis.week(due) {
            add(&mut draw.wanted[id as usize * self.sizes.weeks + week], n);
        }
    }

    /// Counts what is done beside a post's own work: people seen by another role than the one they wait for, or at another
    /// practice, as work that theirs need no longer do, and as time that this post lent; and time that is given out a second
    /// time, where somebody did not come, as time that was there twice.
    ///
    /// Whether they come or not, for the slot is used.
    #[inline]
    pub(super) fn count_lent(&self, served: &Served, seen: &Seen, week: Option<usize>, draw: &mut BookDraw) {
        let again = draw.salt != 0;
        let Some(week) = week.filter(|_| served.lends || again) else { return };
        let mut people: Lanes<u32> = [0; LANES];
        for (_, batch) in seen.iter() {
            add(&mut people, batch);
        }
        let minutes = |slot: usize| -> Lanes<Ticks> {
            let slots = &draw.laws.slots[slot];
            std::array::from_fn(|lane| Ticks::from(people[lane]) * slots[lane])
        };
        let sizes = self.sizes;
        if let Some(slot) = self.slot_of[served.line as usize].filter(|_| served.lends) {
            let key = &self.lines.all[served.line as usize].key;
            let taken = minutes(slot);
            let place = (key.practice * sizes.roles + key.role) * sizes.weeks + week;
            draw.tally.relieved[place].iter_mut().zip(taken).for_each(|(sum, taken)| *sum += taken);
        }
        // Time given out a second time and lent is neither: it was not on the roster.
        let sign = Ticks::from(served.lends) - Ticks::from(again);
        let given = minutes(served.slot);
        let place = self.service.parts[served.part as usize].post * sizes.weeks + week;
        draw.tally.lent[place].iter_mut().zip(given).for_each(|(sum, given)| *sum += sign * given);
    }

    /// Slot minutes of everyone who joined, by practice, role and week.
    ///
    /// Called once, at the end. A line that no post serves counts like any other.
    pub(super) fn work_wanted(&self, draw: &mut BookDraw) {
        let weeks = self.sizes.weeks;
        for (id, slot) in self.slot_of.iter().enumerate() {
            let Some(slot) = slot else { continue };
            let key = &self.lines.all[id].key;
            let slots = &draw.laws.slots[*slot];
            let place = (key.practice * self.sizes.roles + key.role) * weeks;
            let people = &draw.wanted[id * weeks..][..weeks];
            for (wanted, n) in draw.tally.wanted[place..][..weeks].iter_mut().zip(people) {
                for lane in 0..LANES {
                    wanted[lane] += Ticks::from(n[lane]) * slots[lane];
                }
            }
        }
    }

    /// Counts people as due under every target of their need whose target day lies inside the horizon.
    ///
    /// Who asks again after a DNA is not counted here again: they are due since their first due day.
    #[inline]
    pub(super) fn count_due(&self, axis: &Axis, id: LineId, due: usize, n: &Lanes<u32>, tally: &mut Tally) {
        for &(target, within) in &self.next[id as usize].targets {
            let Some(week) = axis.week(due) else { return };
            let practice = self.lines.all[id as usize].key.practice;
            if due + within < axis.days {
                let place = (target * self.sizes.practices + practice) * self.sizes.weeks + week;
                add(&mut tally.due[place], n);
            }
        }
    }
}

/// The slot of each line with the role it waits for.
///
/// In the order of lines. Where no post of that role is there the role's slot for the need counts all the same, and is
/// added to the service's lengths: what nobody can do is wanted nonetheless. None for a need that no role may see.
pub(super) fn slot_of(model: &Model, lines: &Lines, service: &mut Service) -> Vec<Option<usize>> {
    let mut of = |(id, line): (usize, &Line)| {
        let key = &line.key;
        let own = |s: &&Served| s.line as usize == id && s.role == key.role;
        if let Some(served) = service.served.iter().find(own) {
            return Some(served.slot);
        }
        // Such a need's line waits for a role that only stands in for none.
        if model.needs[key.as_need].seen_by.is_empty() && key.as_need == key.label {
            return None;
        }
        let slot = model.slot_minutes(key.as_need, key.label, key.role);
        Some(index_of(&mut service.slots, slot))
    };
    lines.all.iter().enumerate().map(&mut of).collect()
}
