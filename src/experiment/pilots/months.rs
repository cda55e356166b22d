//! A measure by practice and month, in every simulated year, as things are: what a pilot would see if nothing was done.
//!
//! In: a model, how many months before its start and after it. Out: one figure a replication, practice and month, in
//! the unit of months. The model is run once over all these months, so that months hang together as they do in a year:
//! a busy practice stays busy, a shock meets all. A month is the weeks that begin in it; its figure is that of a week.
//! Contacts of a single need, those missed, and shares seen on the day or within 14 days are counted by calendar month
//! instead.
//!
//! Fit: [`super::power`] takes many such years as the luck of a pilot. What a month may be read from depends on what
//! the tally keeps ([`keeps`]); a measure that is not kept by practice and month has no power. Cost: the months of the
//! pilot instead of the counted period, once for each replication.

use super::unit::Units;
use crate::book::tally::{BANDS, Tally};
use crate::experiment::run::Settings;
use crate::experiment::shown::Shown;
use crate::model::Model;
use crate::model::calendar::{Horizon, Season};
use crate::model::need::Rate;
use crate::outcome::columns::About;
use crate::plan::lanes::{Lanes, Replication};
use crate::scenario::pilots::{Month, Per};
use crate::units::{Day, TICKS_PER_MINUTE};
use crate::year::{Block, Year};
use rayon::prelude::*;

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

/// Measures that are kept by calendar month, into which weeks do not fit: contacts attended and missed, by time from
/// booking.
const BY_MONTH: [&str; 4] = ["same_day", "within_14_days", "dna", "dna_rate"];
/// Bands of time from booking that are the same day, and up to 14 days: (measure, bands from the first that count).
const BANDS_UPTO: [(&str, usize); 2] = [("same_day", 1), ("within_14_days", 4)];

/// True where a measure is read from calendar months: of a single need, only where its effect in each practice is kept
/// too.
fn by_month(shown: &Shown) -> bool {
    let name = shown.measure.name;
    match shown.about {
        About::All => BY_MONTH.contains(&name),
        About::Need(_) => shown.measure.fine && (name == "attended" || BY_MONTH.contains(&name)),
        _ => false,
    }
}

/// True where the model keeps a measure by practice and week or month, and its demand is not stated day by day from its
/// start.
///
/// Where demand is stated day by day it cannot be run over other months than it was stated for.
pub fn keeps(model: &Model, shown: &Shown) -> bool {
    let by_day = matches!(model.demand.season, Season::Days(_))
        || model.needs.iter().any(|need| matches!(need.rate, Some(Rate::ByDay(_))));
    let measure = match shown.about {
        About::All => matches!(
            shown.measure.name,
            "requests"
                | "attended"
                | "backlog_end"
                | "gp_work_hours"
                | "per_1000_week"
                | "per_1000_weighted_week"
        ),
        About::Target(_) => shown.measure.name == "seen_within_target",
        _ => false,
    };
    (measure || by_month(shown)) && !by_day
}

/// The model over the months before its start and after it; levers of things as they are keep their dates.
///
/// Also the months themselves, in order: as many before the start as are wanted, then those after it. Where the start
/// is not the first of a month, the month after it is the first of those after.
fn longer(model: &Model, before: usize, after: usize) -> (Model, Vec<Month>) {
    let date = model.horizon.start.date();
    let start = 12 * i32::from(date.year()) + i32::from(date.month()) - 1 + i32::from(date.day() > 1);
    let months: Vec<Month> = (start - before as i32..start + after as i32).map(Month).collect();
    let first = first_day(months[0]);
    let days = first_day(Month(start + after as i32)).0 - first.0;
    let horizon = Horizon { start: first, days: days as usize, ..model.horizon };
    let as_now = model.as_now.as_deref().map(|now| Model { horizon, ..now.clone() }.into());
    (Model { horizon, as_now, ..model.clone() }, months)
}

/// The first day of a month; the epoch outside the range of dates, which no scenario reaches.
fn first_day(month: Month) -> Day {
    let date = jiff::civil::Date::new(month.year() as i16, month.of_year() as i8 + 1, 1);
    Day::from_date(date.unwrap_or(jiff::civil::date(1970, 1, 1)))
}

/// Simulates the months.
///
/// `replications` years of these months, each with luck of its own; the tally of a year gives every figure at once.
/// `units` say which practices and which measure. The result is filled in the order of replications.
pub fn simulate(
    model: &Model,
    units: &Units,
    (before, after): (usize, usize),
    replications: &[Replication],
    settings: Settings,
    told: &(dyn Fn(usize) + Sync),
) -> Simulated {
    let (model, months) = longer(model, before, after);
    let year = Year::new(model, settings.seed, false);
    let weeks = weeks(&year, &months);
    let weeks_of_months: Vec<f64> = months.iter().map(|month| month.weeks()).collect();
    let (practices, count) = (units.practices.len(), months.len());
    let width = practices * count;
    let mut values = vec![f64::NAN; replications.len() * width];
    let cells = if by_month(&units.shown) { cells(&year, units) } else { Vec::new() };
    let reader =
        Reader { year: &year, units, weeks: &weeks, weeks_of_months: &weeks_of_months, cells: &cells };
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

/// The weeks that begin in each month and lie wholly inside the period.
///
/// A week that begins in a month belongs to it, even where its days run into the next.
fn weeks(year: &Year, months: &[Month]) -> Vec<Vec<usize>> {
    let of = |month: &Month| {
        let (from, to) = (first_day(*month), first_day(Month(month.0 + 1)));
        let start = year.model.horizon.start;
        let begins = |week: &usize| (from..to).contains(&start.plus(7 * *week as i32));
        let whole = |week: &usize| 7 * (week + 1) <= year.model.horizon.days;
        (0..year.axis.weeks()).filter(|week| begins(week) && whole(week)).collect()
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
    /// Weeks of each month.
    weeks: &'a [Vec<usize>],
    /// Length of each month [weeks], so that months of unequal length stand beside each other.
    weeks_of_months: &'a [f64],
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
        let a_week = match name {
            "dna_rate" => return dna / (attended + dna),
            "dna" => dna,
            _ => attended,
        } / self.weeks_of_months[month];
        self.for_list(a_week, at)
    }

    /// A figure of a practice and week, for 1,000 weighted patients where months are told so.
    ///
    /// Of 1,000 weighted patients the list of the practice itself counts, not the place's.
    fn for_list(&self, a_week: f64, at: usize) -> f64 {
        if self.units.months == Per::ThousandWeek { 1000.0 * a_week / self.units.lists[at] } else { a_week }
    }

    /// `at` counts the practices of the units, `month` the months. A share of a month is a share of its sums, not a
    /// mean of weeks: weeks differ in how much was asked.
    fn value(&self, block: &Block, lane: usize, at: usize, month: usize) -> f64 {
        let (tally, model) = (&block.book.tally, &self.year.model);
        if by_month(&self.units.shown) {
            return self.of_month(tally, lane, at, month);
        }
        let (p, weeks) = (self.units.practices[at], &self.weeks[month]);
        let sizes = &tally.sizes;
        let list = self.units.lists[at];
        let mean = |of: &dyn Fn(usize) -> f64| weeks.iter().map(|w| of(*w)).sum::<f64>() / weeks.len() as f64;
        let seen = |w: usize| f64::from(tally.week_seen[p * sizes.weeks + w][lane]);
        let a_week = match (self.units.shown.measure.name, self.units.shown.about) {
            ("seen_within_target", About::Target(target)) => {
                let sum = |of: &[crate::plan::lanes::Lanes<u32>]| -> f64 {
                    let place = (target * sizes.practices + p) * sizes.weeks;
                    weeks.iter().map(|w| f64::from(of[place + w][lane])).sum()
                };
                return sum(&tally.in_time) / sum(&tally.due);
            }
            ("backlog_end", _) => {
                let last = weeks.last().map(|w| tally.week_backlog[p * sizes.weeks + w][lane]);
                return last.map_or(f64::NAN, f64::from);
            }
            ("per_1000_weighted_week", _) => return 1000.0 * mean(&seen) / list,
            ("per_1000_week", _) => {
                return 1000.0 * mean(&seen) / model.inputs.mean(model.practices[p].registered_list);
            }
            ("requests", _) => mean(&|w| f64::from(tally.week_requests[p * sizes.weeks + w][lane])),
            ("gp_work_hours", _) => mean(&|w| {
                let gps = (0..sizes.roles).filter(|role| model.roles[*role].is_gp);
                let ticks: i64 =
                    gps.map(|r| tally.wanted[(p * sizes.roles + r) * sizes.weeks + w][lane]).sum();
                ticks as f64 / TICKS_PER_MINUTE / 60.0
            }),
            _ => mean(&seen),
        };
        self.for_list(a_week, at)
    }
}
