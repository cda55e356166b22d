//! Leaving unseen: hard limits of patience, giving up at the day's end, being told to ask again.
//!
//! In: the book at the time of day that each has in the order of the day. Out: people taken off, by
//! destination, or moved to tomorrow. Nothing here looks at minutes: who leaves depends on waits and luck
//! alone.

use super::line::LineId;
use super::tally::Flow;
use super::{Book, BookDraw, Today, add};
use crate::model::Model;
use crate::plan::lanes::{LANES, Lanes};
use crate::random::unit;

impl Book {
    /// On an open day, before anyone joins, those who have waited longer than their hard limit leave.
    ///
    /// Patience counts from the due day. On a day without appointments nobody leaves here, however long they
    /// have waited.
    pub fn hard_limits(&self, today: Today<'_>, draw: &mut BookDraw) {
        for (id, line) in self.lines.all.iter().enumerate() {
            let Some(limit) = self.next[id].hard_limit else { continue };
            if today.axis.open_share[line.key.practice][today.t] <= 0.0 || today.t <= limit {
                continue;
            }
            for lane in 0..today.reps.len() {
                // Due before this day is a wait above the limit; one of exactly the limit stays.
                let oldest = (today.t - limit) as u32;
                while draw.state.waiting[id][lane] > 0 && draw.state.head[id][lane] < oldest {
                    let due = draw.state.head[id][lane];
                    let n = self.take_due(id as LineId, due, lane, today, draw);
                    self.leave(id as LineId, due, n, lane, true, today, draw);
                    draw.state.head[id][lane] = due + 1;
                }
            }
        }
    }

    /// Takes everyone of a line due on a day out of the book.
    ///
    /// Returns how many. The head is the caller's to move.
    fn take_due(&self, id: LineId, due: u32, lane: usize, today: Today<'_>, draw: &mut BookDraw) -> u32 {
        let line = &self.lines.all[id as usize];
        let mut all = 0;
        for offset in 0..line.offsets_at(today.t, due as usize) {
            let n = draw.state.count(line, today.t, due as usize, offset, lane);
            if n > 0 {
                draw.state.take(id, line, today.t, (due as usize, offset), lane, n);
                all += n;
            }
        }
        all
    }

    /// At the end of each calendar day a share of those past their patience gives up: one draw for all of
    /// a line, then who they are, uniformly.
    pub(super) fn give_up(&self, today: Today<'_>, draw: &mut BookDraw) {
        for id in 0..self.lines.all.len() {
            let Some(after) = self.next[id].gives_up_after else { continue };
            // The last due day whose wait has reached the patience.
            let Some(last) = today.t.checked_sub(after) else { continue };
            let line = &self.lines.all[id];
            let heads = draw.state.head[id];
            let waiting = draw.state.waiting[id];
            let oldest =
                (0..today.reps.len()).filter(|lane| waiting[*lane] > 0).map(|lane| heads[lane]).min();
            let Some(oldest) = oldest.map(|day| day as usize).filter(|day| *day <= last) else { continue };
            // Added up from the oldest of all lanes on, or as what remains of all who wait, whichever is fewer days.
            let days = &draw.state.totals[line.totals..][..=today.t];
            let tired = if last - oldest < after {
                sum(&days[oldest..=last])
            } else {
                let patient = sum(&days[last + 1..]);
                std::array::from_fn(|lane| waiting[lane] - patient[lane])
            };
            for lane in 0..today.reps.len() {
                if waiting[lane] > 0 && tired[lane] > 0 {
                    let days = (heads[lane] as usize, last);
                    self.some_give_up(id as LineId, days, tired[lane], lane, today, draw);
                }
            }
        }
    }

    /// Of `tired` people due on `days` some give up.
    ///
    /// `days` are the first and the last due day of those who may.
    fn some_give_up(
        &self,
        id: LineId,
        days: (usize, usize),
        tired: u32,
        lane: usize,
        today: Today<'_>,
        draw: &mut BookDraw,
    ) {
        let line = &self.lines.all[id as usize];
        let Some(chance) = &draw.laws.needs[line.key.as_need].gives_up else { return };
        // The first word says how many, the words behind it who they are.
        let mut words = self.next[id as usize].give_up.stream(today.reps[lane].chance, today.day, 0);
        let gone = chance.draw(lane, tired, words.next_word());
        draw.tally.draws += 1 + u64::from(gone);
        if gone == 0 {
            return;
        }
        // One after another without return, so each is uniform among those who are left.
        for left in (tired - gone + 1..=tired).rev() {
            let place = ((unit(words.next_word()) * f64::from(left)) as u32).min(left - 1);
            self.take_nth(id, days.0, place, lane, today, draw);
        }
        self.leave(id, days.1 as u32, gone, lane, false, today, draw);
    }

    /// Takes the person who stands at a place among those due from day `first` on out of the book.
    ///
    /// Places count by due day, then by offset. Costs a walk from `first` to the person, as few leave in a
    /// day.
    fn take_nth(
        &self,
        id: LineId,
        first: usize,
        mut place: u32,
        lane: usize,
        today: Today<'_>,
        draw: &mut BookDraw,
    ) {
        let line = &self.lines.all[id as usize];
        let mut due = first;
        for people in &draw.state.totals[line.totals + first..] {
            if place < people[lane] {
                break;
            }
            place -= people[lane];
            due += 1;
        }
        // The place is now one within the due day: among offsets it is one within an offset.
        if line.offsets_at(today.t, due) > 1 {
            for people in draw.state.offsets(line, due) {
                if place < people[lane] {
                    people[lane] -= 1;
                    break;
                }
                place -= people[lane];
            }
        }
        draw.state.take_total(id, line, due, lane, 1);
    }

    /// Counts people as gone, by destination.
    ///
    /// `due` is part of the address; `hard` says which of the two lists of destinations holds.
    #[expect(clippy::too_many_arguments, reason = "one batch of people, named part by part")]
    fn leave(
        &self,
        id: LineId,
        due: u32,
        n: u32,
        lane: usize,
        hard: bool,
        today: Today<'_>,
        draw: &mut BookDraw,
    ) {
        if n == 0 {
            return;
        }
        let key = self.lines.all[id as usize].key;
        draw.tally.add(key.practice, key.label, Flow::GaveUp, lane, n);
        self.count_unseen(id, lane, n, &mut draw.tally);
        let laws = &draw.laws.needs[key.as_need];
        let to = if hard { &laws.hard_limit_to } else { &laws.gives_up_to };
        let mut words = self.next[id as usize].destination.stream(
            today.reps[lane].chance,
            today.day,
            // 255 keeps the hard limit's luck apart from that of giving up, which has 0 there.
            batch(due as usize, if hard { 255 } else { 0 }, today),
        );
        // Conditional chances in turn are one multinomial.
        let mut left = n;
        for (destination, chance) in to {
            let went = chance.draw(lane, left, words.next_word());
            left -= went;
            let place = (key.practice * self.sizes.needs + key.label) * self.sizes.destinations + destination;
            draw.tally.left_to[place][lane] += went;
        }
    }

    /// Those told to ask again tomorrow, among those who asked today and were not seen. They keep the day they
    /// first fell due, where a target asks for it.
    pub(super) fn ask_again(&self, model: &Model, today: Today<'_>, draw: &mut BookDraw) {
        // On a closed day nobody was refused anything, and where no open day is left nobody is told.
        for id in 0..self.lines.all.len() {
            let line = &self.lines.all[id];
            let practice = line.key.practice;
            if model.needs[line.key.as_need].asks_again.is_none()
                || line.key.kind.booked()
                || today.axis.open_share[practice][today.t] <= 0.0
            {
                continue;
            }
            let tomorrow = today.axis.next_open(practice, today.t + 1);
            if tomorrow >= today.axis.days {
                continue;
            }
            // Whoever chose a later day did not ask today.
            let offsets = if line.key.kind.asked_again() { line.offsets } else { 1 };
            for offset in 0..offsets {
                self.asks_again(id as LineId, offset, tomorrow, today, draw);
            }
        }
    }

    /// People of one offset who asked today and were not seen: some ask again tomorrow.
    ///
    /// `tomorrow` is the practice's next open day. They stay requests already counted: only `ReAsked` grows.
    fn asks_again(&self, id: LineId, offset: usize, tomorrow: usize, today: Today<'_>, draw: &mut BookDraw) {
        let (line, next) = (&self.lines.all[id as usize], &self.next[id as usize]);
        let to = next.again.unwrap_or(id);
        let first_due = today.t.saturating_sub(line.since_first_due(offset));
        let later = (tomorrow - first_due).min(next.again_cap);
        for (lane, rep) in today.reps.iter().enumerate() {
            let n = draw.state.count(line, today.t, today.t, offset, lane);
            let Some(chance) = &draw.laws.needs[line.key.as_need].asks_again else { return };
            if n == 0 {
                continue;
            }
            let word = next.ask_again.words(rep.chance, today.day, offset as u32)[0];
            let again = chance.draw(lane, n, word);
            draw.state.take(id, line, today.t, (today.t, offset), lane, again);
            draw.state.book_ahead(&self.lines.all[to as usize], tomorrow, later, lane, again);
            draw.tally.add(line.key.practice, line.key.label, Flow::ReAsked, lane, again);
        }
    }
}

/// People of several due days together.
#[inline]
fn sum(days: &[Lanes<u32>]) -> Lanes<u32> {
    let mut all = [0; LANES];
    for day in days {
        add(&mut all, day);
    }
    all
}

/// The part of a draw's address that tells a waiting batch from others of its line.
///
/// Due day in 23 bits and offset in 8; the highest bit is the refill pass's and stays free.
fn batch(due: usize, offset: usize, today: Today<'_>) -> u32 {
    (today.axis.day(due).0.cast_unsigned() & 0x007F_FFFF) << 8 | offset as u32 & 0xFF
}
