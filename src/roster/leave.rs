//! Annual leave: whole working days at random over the leave year, never too many people away at once.
//!
//! In: the entitlement as drawn, a person's working days. Out: days away. A day's luck is keyed by person and
//! date, and a person takes the days with the best luck; a school-holiday day of weight w counts as w days in
//! the draw (sampling without replacement in proportion to weight: Efraimidis and Spirakis 2006). People choose
//! in the order of their numbers while fewer than max(1, floor(share x heads)) are away. Further people may raise
//! this limit; the leave of those whom it never held back stays as it was.

use super::days::{Days, LeaveYear};
use crate::model::role::Leave;
use crate::model::working_week::WorkingWeek;
use crate::random::{Key, open_unit, unit};
use std::ops::Range;

/// Block of a person's leave key that rounds the entitlement; blocks 0 hold the luck of days.
const ROUNDING: u32 = 1;

/// One person's leave.
#[derive(Clone, Copy, Debug)]
pub struct LeaveOf<'a> {
    /// The role's leave.
    pub leave: &'a Leave,
    /// Entitlement [working days a year, of a whole-time equivalent].
    pub days_per_wte_year: f64,
    /// People in the post.
    pub heads: usize,
    /// Contract [wte].
    pub wte: f64,
    /// Working week.
    pub week: &'a WorkingWeek,
    /// Days on which the post exists.
    pub exists: &'a Range<usize>,
    /// Share of each day that the base is open.
    pub open: &'a [f64],
    /// Key of the person's leave.
    pub key: Key,
    /// Index of chance.
    pub chance: u64,
}

/// Reused lists: people away by day, and days to choose from.
#[derive(Clone, Debug)]
pub struct LeaveScratch {
    /// People of the post on leave, by day.
    away: Vec<u16>,
    /// `(luck, day)` of those that one person may choose.
    choice: Vec<(u64, u32)>,
}

impl LeaveScratch {
    /// Lists for so many days.
    pub fn new(days: usize) -> Self {
        Self { away: vec![0; days], choice: Vec::with_capacity(days) }
    }

    /// Nobody is away.
    pub fn clear(&mut self) {
        self.away.fill(0);
    }
}

impl LeaveOf<'_> {
    /// Lays the leave of every leave year; `take(t)` marks a day.
    ///
    /// Called for people in the order of their numbers; `scratch` carries who is away from one to the next.
    pub fn lay(&self, days: &Days, scratch: &mut LeaveScratch, mut take: impl FnMut(usize)) {
        for year in &days.leave_years {
            let wanted = self.entitlement(days, year);
            self.choices(days, year, scratch);
            let LeaveScratch { away, choice } = &mut *scratch;
            // Only which days are the luckiest matters, not their order.
            if wanted < choice.len() && wanted > 0 {
                choice.select_nth_unstable(wanted - 1);
            }
            for (_, t) in choice.iter().take(wanted) {
                away[*t as usize] += 1;
                take(*t as usize);
            }
        }
    }

    /// Whole days of leave in a leave year: a fraction is rounded at random, closed dates on the person's
    /// working weekdays are taken off where the entitlement includes them.
    fn entitlement(&self, days: &Days, year: &LeaveYear) -> usize {
        let stretch = self.exists.start.max(year.first)..self.exists.end.min(year.end);
        if stretch.is_empty() {
            return 0;
        }
        let part = stretch.len() as f64 / (year.end - year.first) as f64;
        let mut earned = self.days_per_wte_year * self.wte * year.years * part;
        if self.leave.includes_bank_holidays {
            let works = |t: &usize| self.week.sessions_on(usize::from(days.weekday[*t])) > 0;
            earned -= stretch.filter(|t| days.closed_date[*t]).filter(works).count() as f64;
        }
        let word = self.key.words(self.chance, days.date(year.first), ROUNDING)[0];
        // a hair above, so that 25 x 0.6 is 15 and not 14.999…
        (earned + 1e-9 + unit(word) * (1.0 - 2e-9)).max(0.0) as usize
    }

    /// Working days that may be taken, each with its luck (the smallest are taken).
    fn choices(&self, days: &Days, year: &LeaveYear, scratch: &mut LeaveScratch) {
        let limit = ((self.leave.max_away_at_once * self.heads as f64 + 1e-9) as u16).max(1);
        let weight = self.leave.school_holiday_weight;
        scratch.choice.clear();
        for t in self.exists.start.max(year.first)..self.exists.end.min(year.end) {
            let works = self.week.sessions_on(usize::from(days.weekday[t])) > 0;
            if !works || self.open[t] <= 0.0 || scratch.away[t] >= limit {
                continue;
            }
            let word = self.key.words(self.chance, days.date(t), 0)[0];
            let luck = if weight == 1.0 {
                word
            } else if days.school_holiday[t] {
                if weight <= 0.0 {
                    continue;
                }
                // exponential waiting times with the weight as rate; positive floats order as their bits
                (-libm::log(open_unit(word)) / weight).to_bits()
            } else {
                (-libm::log(open_unit(word))).to_bits()
            };
            scratch.choice.push((luck, t as u32));
        }
    }
}
