//! Sessions that are missing, by place, role and month: what locums or a staff bank would have to cover.
//!
//! In: minutes wanted and rostered by week, and what a session brings as drawn. Out: histograms over replications, in
//! hundredths of a session a week. Of a practice: appointment time that fell due for a role in a month, less what other
//! roles and practices took over of it and what the practice's own posts of the role have, never below nought. Of a network and of all: the practices' figures added up, for
//! time to spare at one does not serve another. A practice whose patients a shared post of the role sees as well has
//! none: how much of that post is for it is not known.

use super::sum_lanes;
use crate::book::tally::Tally;
use crate::model::Model;
use crate::outcome::columns::{Place, places};
use crate::plan::lanes::{LANES, Lanes};
use crate::stats::histogram::Histogram;
use crate::units::{Day, TICKS_PER_MINUTE, Ticks};
use std::ops::Range;

/// Parts of a session a week that are told apart.
pub const PARTS: f64 = 100.0;

/// Weeks of one calendar month: a week lies in the month of its Thursday, so that each has whole weeks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Month {
    /// First day of its first week.
    pub first: Day,
    /// Last day of its last week.
    pub last: Day,
    /// Counted weeks.
    pub weeks: Range<usize>,
    /// Year and month of its Thursdays.
    pub of: (i16, i8),
}

/// A practice and a role that only posts of its own serve there.
#[derive(Clone, Debug)]
struct Own {
    practice: usize,
    role: usize,
    posts: Vec<usize>,
}

/// A place and a role.
#[derive(Clone, Debug)]
pub struct Cell {
    /// Place.
    pub place: Place,
    /// Role.
    pub role: usize,
    /// Practices that are added up, as positions of `own`.
    own: Vec<usize>,
}

/// What is missing, over replications.
#[derive(Clone, Debug)]
pub struct Shortfalls {
    /// Months of the counted period, in order; a rest of days behind the last whole week is in none.
    pub months: Vec<Month>,
    /// Places and roles, in the order of [`places`].
    pub cells: Vec<Cell>,
    own: Vec<Own>,
    /// `[cell][month]`, behind the last month the whole period.
    pub(super) missing: Vec<Histogram>,
}

impl Shortfalls {
    /// Empty sums of an option.
    pub fn new(model: &Model) -> Self {
        let months = months(model);
        let pairs = (0..model.practices.len()).flat_map(|p| (0..model.roles.len()).map(move |r| (p, r)));
        let own: Vec<Own> = pairs.filter_map(|(practice, role)| own(model, practice, role)).collect();
        let at = |place: Place| {
            let practices = place.practices(model);
            let of_role = |role: usize| -> Vec<usize> {
                let mine = |own: &Own| own.role == role && practices.contains(&own.practice);
                (0..own.len()).filter(|&i| mine(&own[i])).collect()
            };
            let cells = (0..model.roles.len()).map(|role| Cell { place, role, own: of_role(role) });
            cells.filter(|cell| !cell.own.is_empty()).collect::<Vec<_>>()
        };
        let cells: Vec<Cell> = places(model).into_iter().flat_map(at).collect();
        let missing = vec![Histogram::new(); cells.len() * (months.len() + 1)];
        Self { months, cells, own, missing }
    }

    /// Keeps nothing: of runs that serve another purpose nobody asks for it.
    pub fn without(&mut self) {
        (self.cells, self.missing) = (Vec::new(), Vec::new());
    }

    /// Adds the first `lanes` of a block; `slots` are their drawn quantities.
    pub fn add(&mut self, model: &Model, tally: &Tally, slots: &[Vec<f64>], lanes: usize) {
        if self.cells.is_empty() {
            return;
        }
        let width = self.months.len() + 1;
        let by_own: Vec<Vec<Lanes<f64>>> =
            self.own.iter().map(|own| self.missing_of(own, model, tally, &slots[..lanes])).collect();
        for (cell, histograms) in self.cells.iter().zip(self.missing.chunks_mut(width)) {
            for (month, histogram) in histograms.iter_mut().enumerate() {
                let sum: Lanes<f64> = sum_lanes(cell.own.iter().map(|&own| &by_own[own][month]));
                histogram.add_all(&sum.map(|missing| (missing * PARTS).round() as u32)[..lanes]);
            }
        }
    }

    /// Sessions a week that one practice misses of a role, by month and over the whole period.
    fn missing_of(&self, own: &Own, model: &Model, tally: &Tally, slots: &[Vec<f64>]) -> Vec<Lanes<f64>> {
        let sizes = tally.sizes;
        let first = (own.practice * sizes.roles + own.role) * sizes.weeks;
        let of_role = |of: &'_ [Lanes<Ticks>], month: &Month| -> Lanes<Ticks> {
            sum_lanes(of[first..][month.weeks.clone()].iter())
        };
        let mut whole = [0.0; LANES];
        let mut weeks = 0.0;
        let mut by_month = Vec::with_capacity(self.months.len() + 1);
        for month in &self.months {
            let (asked, relieved) = (of_role(&tally.wanted, month), of_role(&tally.relieved, month));
            let of_post = |post: &usize| tally.rostered[post * sizes.weeks..][month.weeks.clone()].iter();
            let there: Lanes<Ticks> = sum_lanes(own.posts.iter().flat_map(of_post));
            let long = month.weeks.len() as f64;
            let mut missing = [0.0; LANES];
            for (lane, slots) in slots.iter().enumerate() {
                let session = model.roles[own.role].session_minutes(slots, own.practice) * TICKS_PER_MINUTE;
                let left = asked[lane] - relieved[lane] - there[lane];
                missing[lane] = left.max(0) as f64 / session / long;
                whole[lane] += missing[lane] * long;
            }
            weeks += long;
            by_month.push(missing);
        }
        by_month.push(whole.map(|sessions| sessions / weeks));
        by_month
    }

    /// What is missing in a month [hundredths of a session a week]; behind the last month over the whole period.
    pub fn of(&self, cell: usize, month: usize) -> &Histogram {
        &self.missing[cell * (self.months.len() + 1) + month]
    }
}

/// The posts of a role at a practice, where no shared post of the role sees its patients.
fn own(model: &Model, practice: usize, role: usize) -> Option<Own> {
    let of_role = (0..model.posts.len()).filter(|&i| model.posts[i].role == role);
    let posts: Vec<usize> = of_role.filter(|&i| model.posts[i].serves(model, practice)).collect();
    let alone = posts.iter().all(|&i| model.posts[i].practices(model) == [practice]);
    (alone && !posts.is_empty()).then_some(Own { practice, role, posts })
}

/// The months of the whole counted weeks; of a period of days its one week.
fn months(model: &Model) -> Vec<Month> {
    let mut months: Vec<Month> = Vec::new();
    for week in 0..(model.horizon.days / 7).max(1) {
        let first = model.horizon.start.plus(7 * week as i32);
        let thursday = first.plus(3).date();
        let (of, last) = ((thursday.year(), thursday.month()), first.plus(6).min(model.horizon.last()));
        match months.last_mut().filter(|month| month.of == of) {
            Some(month) => (month.weeks.end, month.last) = (week + 1, last),
            None => months.push(Month { first, last, weeks: week..week + 1, of }),
        }
    }
    months
}
