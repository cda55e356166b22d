//! The book itself: who waits in each line, by due day and offset, side by side in lanes.
//!
//! In: joins, takes and due days. Out: the counts that service and the laws read. Every list is made once and
//! kept from block to block. Invariants, lane by lane: `waiting` of a line is the sum of its totals due by
//! today; where anyone waits no total before `head` holds anyone; where offsets are told apart the cells of a
//! due day sum to its total.

use super::add;
use super::line::{Line, LineId, Lines};
use crate::plan::lanes::{LANES, Lanes};

/// Who waits.
#[derive(Clone, Debug)]
pub struct State {
    /// People by due day: `[line][due day]`.
    pub totals: Vec<Lanes<u32>>,
    /// The same by offset, where offsets are told apart: `[line][due day % ring][offset]`.
    by_offset: Vec<Lanes<u32>>,
    /// Oldest due day that may hold anyone: `[line]`.
    pub head: Vec<Lanes<u32>>,
    /// People due by today: `[line]`.
    pub waiting: Vec<Lanes<u32>>,
    /// Last day of the axis, plus one.
    days: usize,
}

impl State {
    /// An empty book.
    ///
    /// `days` is the length of the axis.
    pub fn new(lines: &Lines, days: usize) -> Self {
        Self {
            totals: vec![[0; LANES]; lines.totals],
            by_offset: vec![[0; LANES]; lines.cells],
            head: vec![[0; LANES]; lines.all.len()],
            waiting: vec![[0; LANES]; lines.all.len()],
            days,
        }
    }

    /// Empties the book.
    pub fn clear(&mut self) {
        self.totals.fill([0; LANES]);
        self.by_offset.fill([0; LANES]);
        self.head.fill([0; LANES]);
        self.waiting.fill([0; LANES]);
    }

    /// Those booked earlier for today fall due.
    ///
    /// Once a day, before anyone joins. It also empties the cells of the due day whose offsets no longer
    /// matter from today on, which the ring gives to a later due day next.
    #[inline]
    pub fn fall_due(&mut self, lines: &Lines, t: usize) {
        for (line, (waiting, head)) in lines.all.iter().zip(self.waiting.iter_mut().zip(self.head.iter_mut()))
        {
            if line.offsets > 1 && t > line.forget_after {
                let old = line.cell(t - line.forget_after - 1, 0);
                self.by_offset[old..old + line.offsets].fill([0; LANES]);
            }
            join(waiting, head, t, &self.totals[line.totals + t]);
        }
    }

    /// Puts `n` people into a line for a due day from tomorrow on.
    ///
    /// For one lane. Who falls due today joins by [`State::all_join_today`], which counts them as waiting as
    /// well.
    #[inline]
    pub fn book_ahead(&mut self, line: &Line, due: usize, offset: usize, lane: usize, n: u32) {
        debug_assert!(due < self.days, "due day beyond the axis");
        self.totals[line.totals + due][lane] += n;
        if line.offsets > 1 {
            self.by_offset[line.cell(due, offset)][lane] += n;
        }
    }

    /// Puts people of every lane into a line, due today.
    #[inline]
    pub fn all_join_today(&mut self, id: LineId, line: &Line, t: usize, offset: usize, n: &Lanes<u32>) {
        self.all_book_ahead(line, t, offset, n);
        join(&mut self.waiting[id as usize], &mut self.head[id as usize], t, n);
    }

    /// Puts people of every lane into a line for a due day.
    ///
    /// Not as waiting: for a due day after today, or before the first day begins.
    #[inline]
    pub fn all_book_ahead(&mut self, line: &Line, due: usize, offset: usize, n: &Lanes<u32>) {
        debug_assert!(due < self.days && offset < line.offsets, "due day or offset beyond the book");
        add(&mut self.totals[line.totals + due], n);
        if line.offsets > 1 {
            add(&mut self.by_offset[line.cell(due, offset)], n);
        }
    }

    /// Takes `n` people of one cell out of the book.
    ///
    /// `cell` is due day and offset; the due day is not after `t`.
    #[inline]
    pub fn take(&mut self, id: LineId, line: &Line, t: usize, cell: (usize, usize), lane: usize, n: u32) {
        let (due, offset) = cell;
        if line.offsets_at(t, due) > 1 {
            self.by_offset[line.cell(due, offset)][lane] -= n;
        }
        self.take_total(id, line, due, lane, n);
    }

    /// People of one cell on day `t`; all of the due day where offsets are no longer told apart.
    #[inline]
    pub fn count(&self, line: &Line, t: usize, due: usize, offset: usize, lane: usize) -> u32 {
        if line.offsets_at(t, due) > 1 {
            self.by_offset[line.cell(due, offset)][lane]
        } else {
            self.totals[line.totals + due][lane]
        }
    }

    /// People of a line due on a day.
    #[inline]
    pub fn total(&self, line: &Line, due: usize, lane: usize) -> u32 {
        self.totals[line.totals + due][lane]
    }

    /// People of a line due on a day, by offset (only where offsets are told apart).
    ///
    /// Callers ask [`Line::offsets_at`] first: of an old due day these cells are somebody else's.
    #[inline]
    pub fn offsets(&mut self, line: &Line, due: usize) -> &mut [Lanes<u32>] {
        let first = line.cell(due, 0);
        &mut self.by_offset[first..first + line.offsets]
    }

    /// Takes people of a line and due day off the totals; their offsets have been seen to.
    #[inline]
    pub fn take_total(&mut self, id: LineId, line: &Line, due: usize, lane: usize, n: u32) {
        self.totals[line.totals + due][lane] -= n;
        self.waiting[id as usize][lane] -= n;
    }
}

/// People fall due: where nobody waited the queue begins today. Without a branch, for who waits cannot be guessed.
#[inline(always)]
fn join(waiting: &mut Lanes<u32>, head: &mut Lanes<u32>, t: usize, n: &Lanes<u32>) {
    let (before, mut oldest, n) = (*waiting, *head, *n);
    for lane in 0..LANES {
        // All ones where nobody waited, else nought: a mask that picks one of two values.
        let nobody = u32::from(before[lane] == 0).wrapping_neg();
        oldest[lane] = (t as u32 & nobody) | (oldest[lane] & !nobody);
    }
    *head = oldest;
    add(waiting, &n);
}
