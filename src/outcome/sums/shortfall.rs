//! Sessions that are missing, by place, role and month: what locums or a staff bank would have to cover.
//!
//! In: minutes wanted, taken over, rostered and lent by week, and what a session brings as drawn. Out: histograms over
//! replications, in hundredths of a session a week. A unit is a practice with its own posts of a role, or with none, or all
//! practices that posts of the role link: whoever is in a pool is short together. Of a unit: appointment time that fell due
//! for the role in a month, less what other roles and practices took over of it and the time of its posts that they did not
//! give to others, never below nought. Of a place: its units' figures added up, for time to spare at one does not serve
//! another.

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

/// Days from a Monday to the Thursday of its week.
const THURSDAY: usize = 3;

/// Weeks of one calendar month: a week lies in the month of its Thursday, so that each has whole weeks.
#[derive(Clone, Debug, PartialEq)]
pub struct Month {
    /// First day of its first week.
    pub first: Day,
    /// Last day of its last week.
    pub last: Day,
    /// Counted weeks.
    pub weeks: Range<usize>,
    /// How long it is [weeks]: less than one of a period of days.
    pub long: f64,
    /// Year and month of its Thursdays.
    pub of: (i16, i8),
}

/// Practices that posts of a role link, one alone where it has its own or none.
#[derive(Clone, Debug)]
struct Unit {
    practices: Vec<usize>,
    role: usize,
    posts: Vec<usize>,
}

/// Whose sessions are missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum At {
    /// The units within a place.
    Place(Place),
    /// Several practices that share posts of the role.
    Sharing(Vec<usize>),
}

/// Whose sessions of a role are counted together.
#[derive(Clone, Debug)]
pub struct Cell {
    /// Where.
    pub at: At,
    /// Role.
    pub role: usize,
    /// What is added up, as positions of `units`.
    units: Vec<usize>,
}

impl Cell {
    /// Practices of the one unit that it is; none where it adds up several.
    pub fn unit(&self) -> Option<&[usize]> {
        match &self.at {
            At::Sharing(practices) => Some(practices),
            At::Place(Place::Practice(practice)) => Some(std::slice::from_ref(practice)),
            At::Place(_) => None,
        }
    }
}

/// What is missing, over replications.
#[derive(Clone, Debug)]
pub struct Shortfalls {
    /// Months of the counted period, in order; a rest of days behind the last whole week is in none.
    pub months: Vec<Month>,
    /// Places, then practices that share, each by role.
    pub cells: Vec<Cell>,
    units: Vec<Unit>,
    /// `[cell][month]`, behind the last month the whole period and the worst month.
    pub(super) missing: Vec<Histogram>,
}

impl Shortfalls {
    /// Empty sums of an option.
    pub fn new(model: &Model) -> Self {
        let months = months(model);
        let units: Vec<Unit> = (0..model.roles.len()).flat_map(|role| units(model, role)).collect();
        let inside = |place: Place, role: usize| -> Vec<usize> {
            let practices = place.practices(model);
            let here =
                |unit: &Unit| unit.role == role && unit.practices.iter().all(|p| practices.contains(p));
            (0..units.len()).filter(|&unit| here(&units[unit])).collect()
        };
        let by_role = |place: Place| {
            let roles = 0..model.roles.len();
            roles.map(move |role| Cell { at: At::Place(place), role, units: inside(place, role) })
        };
        let mut cells: Vec<Cell> = places(model).into_iter().flat_map(by_role).collect();
        cells.retain(|cell| !cell.units.is_empty());
        let sharing = units.iter().enumerate().filter(|(_, unit)| unit.practices.len() > 1);
        cells.extend(sharing.map(|(i, unit)| Cell {
            at: At::Sharing(unit.practices.clone()),
            role: unit.role,
            units: vec![i],
        }));
        let missing = vec![Histogram::new(); cells.len() * (months.len() + 2)];
        Self { months, cells, units, missing }
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
        let months = self.months.len();
        let by_unit: Vec<Vec<Lanes<f64>>> =
            self.units.iter().map(|unit| self.missing_of(unit, model, tally, &slots[..lanes])).collect();
        for (cell, histograms) in self.cells.iter().zip(self.missing.chunks_mut(months + 2)) {
            let mut worst = [0.0_f64; LANES];
            for (month, histogram) in histograms[..=months].iter_mut().enumerate() {
                let sum: Lanes<f64> = sum_lanes(cell.units.iter().map(|&unit| &by_unit[unit][month]));
                histogram.add_all(&parts(&sum)[..lanes]);
                for lane in 0..LANES {
                    worst[lane] = worst[lane].max(if month < months { sum[lane] } else { 0.0 });
                }
            }
            histograms[months + 1].add_all(&parts(&worst)[..lanes]);
        }
    }

    /// Sessions a week that one unit misses, by month and over the whole period.
    fn missing_of(&self, unit: &Unit, model: &Model, tally: &Tally, slots: &[Vec<f64>]) -> Vec<Lanes<f64>> {
        let sizes = tally.sizes;
        let mut whole = [0.0; LANES];
        let mut weeks = 0.0;
        let mut by_month = Vec::with_capacity(self.months.len() + 1);
        for month in &self.months {
            let of = |all: &[Lanes<Ticks>], cells: &[usize]| -> Lanes<Ticks> {
                let weeks = cells.iter().flat_map(|cell| &all[cell * sizes.weeks..][month.weeks.clone()]);
                sum_lanes(weeks)
            };
            let asked: Vec<usize> = unit.practices.iter().map(|p| p * sizes.roles + unit.role).collect();
            let (wanted, relieved) = (of(&tally.wanted, &asked), of(&tally.relieved, &asked));
            let (there, lent) = (of(&tally.rostered, &unit.posts), of(&tally.lent, &unit.posts));
            let mut missing = [0.0; LANES];
            for (lane, slots) in slots.iter().enumerate() {
                let session =
                    model.roles[unit.role].session_minutes(slots, unit.practices[0]) * TICKS_PER_MINUTE;
                let left = wanted[lane] - relieved[lane] - (there[lane] - lent[lane]);
                missing[lane] = left.max(0) as f64 / session / month.long;
                whole[lane] += missing[lane] * month.long;
            }
            weeks += month.long;
            by_month.push(missing);
        }
        by_month.push(whole.map(|sessions| sessions / weeks));
        by_month
    }

    /// What is missing in a month [hundredths of a session a week].
    ///
    /// Behind the last month over the whole period, and behind that in the worst month of each year played.
    pub fn of(&self, cell: usize, month: usize) -> &Histogram {
        &self.missing[cell * (self.months.len() + 2) + month]
    }
}

/// Hundredths, to the nearest.
fn parts(missing: &Lanes<f64>) -> Lanes<u32> {
    missing.map(|missing| (missing * PARTS).round() as u32)
}

/// The units of a role: practices that its posts link. One without any post counts where a need asks for the role first.
fn units(model: &Model, role: usize) -> Vec<Unit> {
    let of_role = (0..model.posts.len()).filter(|&i| model.posts[i].role == role);
    let served: Vec<(usize, Vec<usize>)> =
        of_role.map(|i| (i, model.posts[i].practices(model))).filter(|(_, all)| !all.is_empty()).collect();
    let asked = model.needs.iter().any(|need| need.seen_by.first().is_some_and(|first| first.role == role));
    // The first practice of the unit of each practice.
    let mut first: Vec<usize> = (0..model.practices.len()).collect();
    for (_, practices) in &served {
        let joined: Vec<usize> = practices.iter().map(|&p| first[p]).collect();
        let least = joined.iter().copied().min().unwrap_or(0);
        first.iter_mut().filter(|own| joined.contains(own)).for_each(|own| *own = least);
    }
    let unit = |head: usize| {
        let practices: Vec<usize> = (0..first.len()).filter(|&p| first[p] == head).collect();
        let own = served.iter().filter(|(_, all)| practices.contains(&all[0]));
        let posts: Vec<usize> = own.map(|(post, _)| *post).collect();
        (!practices.is_empty() && (asked || !posts.is_empty())).then_some(Unit { practices, role, posts })
    };
    (0..first.len()).filter_map(unit).collect()
}

/// The months of the whole counted weeks; of a period of days its one week.
fn months(model: &Model) -> Vec<Month> {
    let mut months: Vec<Month> = Vec::new();
    for week in 0..(model.horizon.days / 7).max(1) {
        let first = model.horizon.start.plus(7 * week as i32);
        let last = first.plus(6).min(model.horizon.last());
        let days = (last.0 - first.0 + 1) as usize;
        let thursday = (0..days).map(|day| first.plus(day as i32)).find(|day| day.weekday() == THURSDAY);
        let date = thursday.unwrap_or(first).date();
        let (of, long) = ((date.year(), date.month()), days as f64 / 7.0);
        match months.last_mut().filter(|month| month.of == of) {
            Some(month) => {
                (month.weeks.end, month.last) = (week + 1, last);
                month.long += long;
            }
            None => months.push(Month { first, last, weeks: week..week + 1, long, of }),
        }
    }
    months
}
