//! A measure by practice and month, in every simulated year, as things are: what a pilot would see if nothing was done.
//!
//! In: a model, how many months before its start and after it. Out: one figure a replication, practice and month, in
//! the unit of months. The model is run once over all these months, so that months hang together as they do in a year:
//! a busy practice stays busy, a shock meets all. Requests, contacts and who waits are read from calendar months. GP time
//! and the share seen in time, which the tally keeps by week, are those of the weeks that begin in a month. Either way a
//! count is divided by the open days on which it came about ([`super::open_days`]), as observed months are.
//!
//! Fit: [`super::power`] takes many such years as the luck of a pilot. What a month may be read from depends on what
//! the tally keeps ([`keeps`]); a measure that is not kept by practice and month has no power. Cost: the months of the
//! pilot instead of the counted period, once for each replication.

use super::open_days::RATES;
use super::unit::Units;
use crate::book::tally::{BANDS, Tally};
use crate::experiment::run::Settings;
use crate::experiment::shown::Shown;
use crate::model::Model;
use crate::model::calendar::{Calendar, Horizon, Season};
use crate::model::need::Rate;
use crate::outcome::columns::About;
use crate::plan::lanes::{Lanes, Replication};
use crate::scenario::pilots::Month;
use crate::units::TICKS_PER_MINUTE;
use crate::year::{Block, Year};
use rayon::prelude::*;
use std::ops::Range;

/// Months of every replication.
///
/// A replication is a year of luck of its own: the same inputs may be drawn otherwise in the next.
#[derive(Clone, Debug)]
pub struct Simulated {
    /// `[replication][practice][month]`, practices as the units list them.
    values: Vec<f64>,
    /// Practices in a row.
    practices: usize,
    /// Months in a row, those before the start first.
    months: usize,
}

impl Simulated {
    /// One figure.
    ///
    /// `practice` counts those of the units, `month` counts from the first month before the start. NaN where it has no
    /// value.
    pub fn at(&self, replication: usize, practice: usize, month: usize) -> f64 {
        self.values[(replication * self.practices + practice) * self.months + month]
    }
}

/// Measures that are kept by calendar month: contacts attended and missed, by time from booking. Of a single need too,
/// where its effect in each practice is kept.
const BY_MONTH: [&str; 5] = ["attended", "same_day", "within_14_days", "dna", "dna_rate"];
/// Measures that are summed from days, or stand at the end of one.
const BY_DAY: [&str; 2] = ["requests", "backlog_end"];
/// Bands of time from booking that are the same day, and up to 14 days: (measure, bands from the first that count).
const BANDS_UPTO: [(&str, usize); 2] = [("same_day", 1), ("within_14_days", 4)];

/// True where a measure is read from counts by calendar month: of a single need, only where its effect in each practice is
/// kept too.
fn by_month(shown: &Shown) -> bool {
    let name = shown.measure.name;
    match shown.about {
        About::All => BY_MONTH.contains(&name) || RATES.contains(&name),
        About::Need(_) => shown.measure.fine && BY_MONTH.contains(&name),
        _ => false,
    }
}

/// True where the model keeps a measure by practice and day, week or month, and its demand is not stated day by day from
/// its start.
///
/// Where demand is stated day by day it cannot be run over other months than it was stated for.
pub fn keeps(model: &Model, shown: &Shown) -> bool {
    let by_day = matches!(model.demand.season, Season::Days(_))
        || model.needs.iter().any(|need| matches!(need.rate, Some(Rate::ByDay(_))));
    let name = shown.measure.name;
    let measure = match shown.about {
        About::All => BY_DAY.contains(&name) || name == "gp_work_hours",
        About::Target(_) => name == "seen_within_target",
        _ => false,
    };
    (measure || by_month(shown)) && !by_day
}

/// The months before the start of a model and after it, in order.
///
/// Where the start is not the first of a month, the month after it is the first of those after.
pub fn around(model: &Model, (before, after): (usize, usize)) -> Vec<Month> {
    let start = Month::from(model.horizon.start).0;
    (start - before as i32..start + after as i32).map(Month).collect()
}

/// The model over some months, by the calendar that is compared by; levers of things as they are keep their dates.
fn over(model: &Model, months: &[Month], calendar: &Calendar) -> Model {
    let (Some(first), Some(last)) = (months.first(), months.last()) else { return model.clone() };
    let start = first.first();
    let horizon = Horizon { start, days: (last.next().first().0 - start.0) as usize, ..model.horizon };
    let of = |model: &Model| Model { horizon, calendar: calendar.clone(), ..model.clone() };
    let as_now = model.as_now.as_deref().map(|now| of(now).into());
    Model { as_now, ..of(model) }
}

/// Simulates the months.
///
/// `replications` years of these months, each with luck of its own; the tally of a year gives every figure at once.
/// `units` say which practices and which measure. The result is filled in the order of replications.
pub fn simulate(
    model: &Model,
    units: &Units,
    span: (usize, usize),
    replications: &[Replication],
    settings: Settings,
    told: &(dyn Fn(usize) + Sync),
) -> Simulated {
    let months = around(model, span);
    let by_day = BY_DAY.contains(&units.shown.measure.name);
    let year = Year::new(over(model, &months, &units.open.calendar), settings.seed, by_day);
    let (practices, count) = (units.practices.len(), months.len());
    let width = practices * count;
    let mut values = vec![f64::NAN; replications.len() * width];
    let cells = if by_month(&units.shown) { cells(&year, units) } else { Vec::new() };
    let stretches = stretches(&year, units, &months, cells.is_empty() && !by_day);
    let reader = Reader { year: &year, units, stretches: &stretches, cells: &cells };
    let chunks = values.par_chunks_mut((width * settings.lanes).max(1));
    replications.par_chunks(settings.lanes).zip(chunks).for_each_init(
        || year.block(),
        |block, (reps, values)| {
            year.run(reps, block);
            for (lane, values) in values.chunks_mut(width).enumerate() {
                for (at, value) in values.iter_mut().enumerate() {
                    *value = reader.value(block, lane, at / count, at % count);
                }
            }
            told(reps.len());
        },
    );
    Simulated { values, practices, months: count }
}

/// What stands for a month: its days, or the weeks that begin in it and lie wholly inside the period.
#[derive(Clone, Debug)]
struct Stretch {
    /// Its days, counted from the first counted one.
    days: Range<usize>,
    /// Open weeks in them, by practice of the units.
    open: Vec<f64>,
}

/// The stretch of each month, in whole weeks or as the calendar has it.
///
/// A week that begins in a month belongs to it, even where its days run into the next.
fn stretches(year: &Year, units: &Units, months: &[Month], weeks: bool) -> Vec<Stretch> {
    let start = year.model.horizon.start;
    let of = |month: &Month| {
        let at = |day: crate::units::Day| (day.0 - start.0).max(0) as usize;
        let (from, to) = (at(month.first()), at(month.next().first()));
        let days = match weeks {
            true => 7 * from.div_ceil(7)..7 * to.div_ceil(7).min(year.model.horizon.days / 7),
            false => from..to,
        };
        let (first, end) = (start.plus(days.start as i32), start.plus(days.end as i32));
        let open = (0..units.practices.len()).map(|p| units.open.weeks(p, first, end)).collect();
        Stretch { days, open }
    };
    months.iter().map(of).collect()
}

/// By practice of the units, the cells of contacts that the measure counts, as positions in the tally, so that a
/// month's count is a sum over them.
fn cells(year: &Year, units: &Units) -> Vec<Vec<usize>> {
    let all = &year.book.service.seen_cells;
    let need = |k: usize| !matches!(units.shown.about, About::Need(own) if own != k);
    let of = |p: &usize| (0..all.len()).filter(|at| all[*at].0 == *p && need(all[*at].1)).collect();
    units.practices.iter().map(of).collect()
}

/// Reads one figure from the tally of a block; nothing is stored in it.
struct Reader<'a> {
    year: &'a Year,
    units: &'a Units,
    /// What stands for each month.
    stretches: &'a [Stretch],
    /// Cells of each practice, empty where the measure is not kept by month.
    cells: &'a [Vec<usize>],
}

impl Reader<'_> {
    /// A figure of a calendar month: contacts attended and missed, by time from booking.
    ///
    /// A share of nobody is NaN; a count of nobody is 0.
    fn of_month(&self, tally: &Tally, lane: usize, at: usize, month: usize) -> f64 {
        let sum = |of: &[Lanes<u32>], upto: usize| -> f64 {
            let cells = self.cells[at].iter();
            cells
                .flat_map(|cell| (0..upto).map(move |band| (cell, band)))
                .map(|(cell, band)| f64::from(of[tally.band_at(*cell, month, band)][lane]))
                .sum()
        };
        let (attended, dna) = (sum(&tally.attended_band, BANDS), sum(&tally.dna_band, BANDS));
        let name = self.units.shown.measure.name;
        if let Some((_, upto)) = BANDS_UPTO.iter().find(|(known, _)| *known == name) {
            return sum(&tally.attended_band, *upto) / attended;
        }
        let model = &self.year.model;
        let practice = self.units.practices[at];
        match name {
            "dna_rate" => dna / (attended + dna),
            "dna" => self.a_week(dna, at, month),
            "per_1000_weighted_week" => 1000.0 * self.a_week(attended, at, month) / self.units.lists[at],
            "per_1000_week" => {
                let list = model.inputs.mean(model.practices[practice].registered_list);
                1000.0 * self.a_week(attended, at, month) / list
            }
            _ => self.a_week(attended, at, month),
        }
    }

    /// A count of a month as that of an open week, for 1,000 weighted patients where months are told so.
    ///
    /// Of 1,000 weighted patients the list of the practice itself counts, not the place's.
    fn a_week(&self, count: f64, at: usize, month: usize) -> f64 {
        self.units.a_week(count, self.stretches[month].open[at], self.units.lists[at])
    }

    /// `at` counts the practices of the units, `month` the months. A share of a month is a share of its sums, not a
    /// mean of weeks: weeks differ in how much was asked.
    fn value(&self, block: &Block, lane: usize, at: usize, month: usize) -> f64 {
        let tally = &block.book.tally;
        if by_month(&self.units.shown) {
            return self.of_month(tally, lane, at, month);
        }
        let (p, sizes) = (self.units.practices[at], &tally.sizes);
        let days = &self.stretches[month].days;
        // Days are recorded from the first of the warm-up.
        let recorded = |day: usize| p * sizes.days + self.year.axis.warm_up + day;
        match (self.units.shown.measure.name, self.units.shown.about) {
            ("seen_within_target", About::Target(target)) => {
                let place = (target * sizes.practices + p) * sizes.weeks;
                let sum =
                    |of: &[Lanes<u32>]| -> f64 { weeks(days).map(|w| f64::from(of[place + w][lane])).sum() };
                sum(&tally.in_time) / sum(&tally.due)
            }
            ("gp_work_hours", _) => {
                let gps = (0..sizes.roles).filter(|role| self.year.model.roles[*role].is_gp);
                let of = |role: usize| (p * sizes.roles + role) * sizes.weeks;
                let ticks: i64 =
                    gps.flat_map(|r| weeks(days).map(move |w| tally.wanted[of(r) + w][lane])).sum();
                self.a_week(ticks as f64 / TICKS_PER_MINUTE / 60.0, at, month)
            }
            ("backlog_end", _) => match days.clone().last() {
                Some(last) => f64::from(tally.day_backlog[recorded(last)][lane]),
                None => f64::NAN,
            },
            _ => {
                let asked = days.clone().map(|day| f64::from(tally.day_requests[recorded(day)][lane]));
                self.a_week(asked.sum(), at, month)
            }
        }
    }
}

/// The weeks of whole weeks of days.
fn weeks(days: &Range<usize>) -> Range<usize> {
    days.start / 7..days.end / 7
}
