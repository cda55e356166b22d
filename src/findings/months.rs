//! The course of the year by calendar month.
//!
//! In: the weekly sums over replications, and appointments by month. Out: of each month the means of requests,
//! appointments and minutes, and the last week that ends in it. Requests and minutes are kept by week: a week that lies
//! across two months is parted by its open days.

use crate::book::tally::BANDS;
use crate::model::Model;
use crate::outcome::Outcome;
use crate::outcome::columns::Place;
use crate::outcome::sums::{MINUTES_WEEKLY, OFFERED, REQUESTS, USED, WEEKLY};
use crate::units::Day;

/// The counted days of a calendar month.
#[derive(Clone, Debug)]
pub struct Month {
    /// Counted from the month of the start.
    pub number: usize,
    /// First counted day.
    pub first: Day,
    /// Last counted day.
    pub last: Day,
    /// The last week that ends in it, and the day on which it ends; none of a month at the end that holds no week's end.
    pub last_week: Option<(usize, Day)>,
    /// Weeks that lie in it, each with the share of its open days that does.
    weeks: Vec<(usize, f64)>,
}

/// The months of the period, in order; `weeks` are counted.
pub fn months(model: &Model, weeks: usize) -> Vec<Month> {
    let mut all: Vec<Month> = Vec::new();
    for at in 0..model.horizon.days {
        let day = model.horizon.start.plus(at as i32);
        match all.last_mut().filter(|month| month.first.month() == day.month()) {
            Some(month) => month.last = day,
            None => all.push(Month {
                number: all.len(),
                first: day,
                last: day,
                last_week: None,
                weeks: Vec::new(),
            }),
        }
    }
    for month in &mut all {
        let shares = (0..weeks).map(|week| (week, month.share(model, week)));
        month.weeks = shares.filter(|(_, share)| *share > 0.0).collect();
        let mut ends = (0..weeks).map(|week| (week, days_of(model, week).1));
        month.last_week = ends.rfind(|(_, day)| month.holds(*day));
    }
    all
}

impl Month {
    /// Means of its counts and minutes at a place, the `at`-th of the sums, by name.
    pub fn means(
        &self,
        model: &Model,
        outcome: &Outcome,
        (at, place): (usize, Place),
    ) -> [(&'static str, f64); 5] {
        let sums = &outcome.sums;
        let parted = |mean: &dyn Fn(usize) -> Option<f64>| -> f64 {
            self.weeks.iter().map(|(week, share)| share * mean(*week).unwrap_or(0.0)).sum()
        };
        let minutes = |figure| parted(&|week| sums.minutes_week(at, week, figure).mean());
        let [attended, dna] = appointments(model, outcome, place, self.number);
        [
            (WEEKLY[REQUESTS], parted(&|week| sums.week(at, week, REQUESTS).mean())),
            ("attended", attended),
            ("dna", dna),
            (MINUTES_WEEKLY[OFFERED], minutes(OFFERED)),
            (MINUTES_WEEKLY[USED], minutes(USED)),
        ]
    }

    /// The share of a week that lies in it, by open days; by all days of a week that has none.
    fn share(&self, model: &Model, week: usize) -> f64 {
        let (first, last) = days_of(model, week);
        let days = || (first.0..=last.0).map(Day);
        if !days().any(|day| self.holds(day)) {
            return 0.0;
        }
        let open = |day: Day| model.calendar.open_share(None, day) > 0.0;
        let any = days().any(open);
        let counted: Vec<Day> = days().filter(|day| !any || open(*day)).collect();
        counted.iter().filter(|day| self.holds(**day)).count() as f64 / counted.len().max(1) as f64
    }

    /// True for a day of it.
    fn holds(&self, day: Day) -> bool {
        (self.first.0..=self.last.0).contains(&day.0)
    }
}

/// First and last counted day of a week.
fn days_of(model: &Model, week: usize) -> (Day, Day) {
    let first = model.horizon.start.plus(7 * week as i32);
    (first, Day((first.0 + 6).min(model.horizon.last().0)))
}

/// Appointments of a month, attended and not attended.
fn appointments(model: &Model, outcome: &Outcome, place: Place, month: usize) -> [f64; 2] {
    let sums = &outcome.sums;
    let months = sums.bands.len() / (sums.seen_cells.len() * BANDS).max(1);
    let practices = place.practices(model);
    let mut counted = [0_u64; 2];
    for (cell, _) in sums.seen_cells.iter().enumerate().filter(|(_, (p, ..))| practices.contains(p)) {
        for band in 0..BANDS {
            let by_status = sums.bands[(cell * months + month) * BANDS + band];
            counted.iter_mut().zip(by_status).for_each(|(sum, n)| *sum += n);
        }
    }
    counted.map(|n| n as f64 / sums.replications.max(1) as f64)
}
