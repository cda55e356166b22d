//! Slots of several lengths in one group: who is seen is drawn request by request.

use super::serve::tie;
use super::service::Group;
use super::{Book, BookDraw, Today};
use crate::law::hypergeometric;
use crate::random::{Stream, unit};
use crate::units::Ticks;

impl Book {
    /// Several lines with slots of several lengths: where a due day does not wholly fit, requests are
    /// drawn one by one; a slot that does not fit is passed over and a shorter one may use the minutes.
    pub(super) fn serve_mixed(
        &self,
        group: &Group,
        lane: usize,
        today: Today<'_>,
        left: &mut Ticks,
        draw: &mut BookDraw,
    ) {
        let (waiting, mut due) = self.group_head(group, lane, draw);
        let width = group.lines.len();
        let mut still = waiting;
        while still > 0 && due as usize <= today.t && *left > 0 {
            let mut minutes: Ticks = 0;
            for (i, index) in group.lines.clone().enumerate() {
                let n = self.eligible(index, due, lane, today, draw);
                draw.counts[i] = n;
                still -= n.min(still);
                minutes += Ticks::from(n) * draw.laws.slots[self.service.served[index].slot][lane];
            }
            if minutes > 0 {
                if minutes <= *left {
                    draw.taken[..width].copy_from_slice(&draw.counts[..width]);
                    *left -= minutes;
                } else {
                    let mut words = tie(group.tie, today, due, lane, draw.salt);
                    match self.only_slot(group, lane, draw) {
                        // As if the empty lines with other slots were not there.
                        Some(slot) => {
                            let take = (*left / slot) as u32;
                            let counts = &draw.counts[..width];
                            hypergeometric::multivariate(counts, take, &mut draw.taken[..width], || {
                                words.next_word()
                            });
                            *left -= Ticks::from(take) * slot;
                        }
                        None => self.draw_one_by_one(group, lane, words, left, draw),
                    }
                }
                self.take_shares(group, due, lane, today, draw);
            }
            due += 1;
        }
        self.raise_heads(group, lane, today, draw);
    }

    /// The slot of everyone in `draw.counts`, where it is the same for all.
    fn only_slot(&self, group: &Group, lane: usize, draw: &BookDraw) -> Option<Ticks> {
        let slot = |i: usize| draw.laws.slots[self.service.served[group.lines.start + i].slot][lane];
        let mut slots = (0..group.lines.len()).filter(|&i| draw.counts[i] > 0).map(slot);
        let first = slots.next()?;
        slots.all(|slot| slot == first).then_some(first)
    }

    /// Draws requests one by one from `draw.counts` into `draw.taken` until no slot fits.
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
