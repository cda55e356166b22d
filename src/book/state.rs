//! The book itself: who waits in each line, by due day and offset, side by side in lanes.

use super::add;
use super::line::{Line, LineId, Lines};
use crate::plan::lanes::{LANES, Lanes};

/// Who waits.
#[derive(Clone, Debug)]
pub struct State {
    /// People by cell.
    pub cells: Vec<Lanes<u32>>,
    /// Oldest due day that may hold anyone: `[line]`.
    pub head: Vec<Lanes<u32>>,
    /// People due by today: `[line]`.
    pub waiting: Vec<Lanes<u32>>,
    /// Last day of the axis, plus one.
    days: usize,
}

impl State {
    /// An empty book.
    pub fn new(lines: &Lines, days: usize) -> Self {
        Self {
            cells: vec![[0; LANES]; lines.cells],
            head: vec![[0; LANES]; lines.all.len()],
            waiting: vec![[0; LANES]; lines.all.len()],
            days,
        }
    }

    /// Empties the book.
    pub fn clear(&mut self) {
        self.cells.fill([0; LANES]);
        self.head.fill([0; LANES]);
        self.waiting.fill([0; LANES]);
    }

    /// Those booked earlier for today fall due.
    #[inline]
    pub fn fall_due(&mut self, lines: &Lines, t: usize) {
        for (line, (waiting, head)) in lines.all.iter().zip(self.waiting.iter_mut().zip(self.head.iter_mut()))
        {
            if line.offsets > 1 && t > line.forget_after {
                let old = line.cell(t - line.forget_after - 1, 0);
                self.cells[old..old + line.offsets].fill([0; LANES]);
            }
            let due = &self.cells[line.totals + t];
            for lane in 0..LANES {
                head[lane] = if waiting[lane] == 0 { t as u32 } else { head[lane] };
                waiting[lane] += due[lane];
            }
        }
    }

    /// Puts `n` people into a line for a due day from tomorrow on.
    #[inline]
    pub fn book_ahead(&mut self, line: &Line, due: usize, offset: usize, lane: usize, n: u32) {
        debug_assert!(due < self.days, "due day beyond the axis");
        self.cells[line.cell(due, offset)][lane] += n;
        if line.offsets > 1 {
            self.cells[line.totals + due][lane] += n;
        }
    }

    /// Puts `n` people into a line, due today.
    #[inline]
    pub fn join_today(&mut self, id: LineId, line: &Line, t: usize, offset: usize, lane: usize, n: u32) {
        self.book_ahead(line, t, offset, lane, n);
        let id = id as usize;
        if self.waiting[id][lane] == 0 {
            self.head[id][lane] = t as u32;
        }
        self.waiting[id][lane] += n;
    }

    /// Puts people of every lane into a line, due today, at offset 0.
    #[inline]
    pub fn all_join_today(&mut self, id: LineId, line: &Line, t: usize, n: &Lanes<u32>) {
        self.all_book_ahead(line, t, n);
        let (waiting, head) = (&mut self.waiting[id as usize], &mut self.head[id as usize]);
        for lane in 0..LANES {
            head[lane] = if waiting[lane] == 0 { t as u32 } else { head[lane] };
            waiting[lane] += n[lane];
        }
    }

    /// Puts people of every lane into a line for a due day, at offset 0.
    #[inline]
    pub fn all_book_ahead(&mut self, line: &Line, due: usize, n: &Lanes<u32>) {
        debug_assert!(due < self.days, "due day beyond the axis");
        add(&mut self.cells[line.cell(due, 0)], n);
        if line.offsets > 1 {
            add(&mut self.cells[line.totals + due], n);
        }
    }

    /// Takes `n` people of one cell out of the book.
    #[inline]
    pub fn take(&mut self, id: LineId, line: &Line, t: usize, cell: (usize, usize), lane: usize, n: u32) {
        let (due, offset) = cell;
        if line.offsets_at(t, due) > 1 {
            self.cells[line.cell(due, offset)][lane] -= n;
        }
        self.cells[line.totals + due][lane] -= n;
        self.waiting[id as usize][lane] -= n;
    }

    /// People of one cell on day `t`; all of the due day where offsets are no longer told apart.
    #[inline]
    pub fn count(&self, line: &Line, t: usize, due: usize, offset: usize, lane: usize) -> u32 {
        if line.offsets_at(t, due) > 1 {
            self.cells[line.cell(due, offset)][lane]
        } else {
            self.cells[line.totals + due][lane]
        }
    }

    /// People of a line due on a day.
    #[inline]
    pub fn total(&self, line: &Line, due: usize, lane: usize) -> u32 {
        self.cells[line.totals + due][lane]
    }
}
