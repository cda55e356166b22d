//! Open days: what a month's count is divided by, so that a month with fewer working days is no effect.
//!
//! In: the model as things are and the dates that are compared. Out: for each practice the open weeks of any stretch of
//! days, from the weekday weights of demand, bank holidays, closures of its own and part days. One open week is a mean
//! week of the scenario's own period, so what is expected needs no change of scale. Assumption: counts follow open days in
//! proportion (log open days as an offset). Shares, means, numbers of a day and pounds are not divided by them.
//!
//! Fit: the observed months, the simulated ones and the prediction all go through this one rule.

use crate::demand::shape::shape;
use crate::model::Model;
use crate::model::calendar::{Calendar, DemandPattern, Horizon, Season};
use crate::outcome::measure::Measure;
use crate::plan::axis::Axis;
use crate::scenario::pilots::Month;
use crate::units::Day;
use std::collections::BTreeSet;
use std::ops::Range;

/// Days before the first, so that a closure that runs into it is seen.
const BEFORE: i32 = 31;
/// Contacts told as a rate a week: counts all the same.
pub(super) const RATES: [&str; 2] = ["per_1000_week", "per_1000_weighted_week"];

/// With what a measure grows from month to month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grows {
    /// Days on which people can ask.
    Asked,
    /// Appointments held: open days, part days in part.
    Held,
    /// Work that falls due: open days, part days as whole ones.
    Due,
    /// Days of the calendar: pay does not stop on a bank holiday.
    Time,
    /// Nothing: a share, a mean or a number of a day.
    Nothing,
}

impl Grows {
    /// Of a measure; `flow` is true where it is counted over time.
    pub fn of(measure: &Measure, flow: bool) -> Self {
        match (measure.unit, flow) {
            _ if RATES.contains(&measure.name) => Self::Held,
            ("requests", true) => Self::Asked,
            ("contacts" | "sessions", true) => Self::Held,
            ("hours", true) => Self::Due,
            (_, true) => Self::Time,
            (_, false) => Self::Nothing,
        }
    }

    /// True where open days decide.
    pub fn with_open_days(self) -> bool {
        matches!(self, Self::Asked | Self::Held | Self::Due)
    }
}

/// Open days of some practices.
#[derive(Clone, Debug)]
pub struct OpenDays {
    /// With what the measure grows.
    pub grows: Grows,
    /// The calendar that is compared by: the scenario's, without dates that only some of the years state.
    pub calendar: Calendar,
    /// Years whose dates are not stated while others are, for closed dates and for part days.
    pub unstated: [Vec<i32>; 2],
    first: Day,
    /// Weight of all days before a day: `[practice][day]`.
    before: Vec<Vec<f64>>,
    /// Weeks for a weight of 1, by practice.
    scale: Vec<f64>,
}

impl OpenDays {
    /// Of the practices, over dates that hold the months and the counted period of the model.
    pub fn new(model: &Model, grows: Grows, practices: &[usize], months: Range<Month>) -> Self {
        let start = model.horizon.start;
        let end = start.plus(model.horizon.days as i32);
        let first = start.min(months.start.first()).plus(-BEFORE);
        let until = end.max(months.end.first());
        let (calendar, unstated) = comparable(model, first.plus(BEFORE), until);
        let plain = Model {
            horizon: Horizon { start: first, days: (until.0 - first.0) as usize, warm_up_days: 0 },
            calendar,
            // The season is taken out by the month of the year, not here.
            demand: DemandPattern { season: Season::None, ..model.demand.clone() },
            ..model.clone()
        };
        let period = (start.0 - first.0) as usize..(end.0 - first.0) as usize;
        let weeks = period.len() as f64 / 7.0;
        let weights = weights(&plain, grows, practices).into_iter();
        // Days of the calendar count alike where a practice is never open in the period.
        let open = |days: &Vec<f64>| days[period.clone()].iter().sum::<f64>() > 0.0;
        let before: Vec<Vec<f64>> = weights
            .map(|days| if open(&days) { running(&days) } else { running(&vec![1.0; days.len()]) })
            .collect();
        let scale = before.iter().map(|sums| weeks / (sums[period.end] - sums[period.start])).collect();
        Self { grows, calendar: plain.calendar, unstated, first, before, scale }
    }

    /// Open weeks of a practice from a day to the day before another; 0 where it is closed throughout.
    ///
    /// `at` counts the practices that it was made for.
    pub fn weeks(&self, at: usize, from: Day, until: Day) -> f64 {
        let sum = |day: Day| {
            let sums = &self.before[at];
            sums[((day.0 - self.first.0).max(0) as usize).min(sums.len() - 1)]
        };
        (sum(until) - sum(from)) * self.scale[at]
    }

    /// Open weeks of a month; of no practice in particular the mean of all.
    pub fn month(&self, at: Option<usize>, month: Month) -> f64 {
        self.mean(at, |at| self.weeks(at, month.first(), month.next().first()))
    }

    /// Days of a month on which a practice is open; of no practice in particular the mean of all [days].
    pub fn days(&self, at: Option<usize>, month: Month) -> f64 {
        let open = |at: usize, day: i32| self.weeks(at, Day(day), Day(day + 1)) > 0.0;
        let days = || month.first().0..month.next().first().0;
        self.mean(at, |at| days().filter(|day| open(at, *day)).count() as f64)
    }

    fn mean(&self, at: Option<usize>, of: impl Fn(usize) -> f64) -> f64 {
        match at {
            Some(at) => of(at),
            None => (0..self.scale.len()).map(of).sum::<f64>() / self.scale.len() as f64,
        }
    }

    /// True where all practices have the same days.
    pub fn alike(&self) -> bool {
        self.before.windows(2).all(|pair| pair[0] == pair[1])
    }
}

/// The calendar without dates that are not stated for every year compared, and the years without them: known for some of
/// the months alone they would make an effect of themselves.
fn comparable(model: &Model, first: Day, until: Day) -> (Calendar, [Vec<i32>; 2]) {
    let year = |day: Day| i32::from(day.date().year());
    let lacking = |stated: BTreeSet<i32>| -> Vec<i32> {
        let all = year(first)..=year(until.plus(-1));
        if stated.is_empty() { Vec::new() } else { all.filter(|year| !stated.contains(year)).collect() }
    };
    let mut calendar = model.calendar.clone();
    let closed = lacking(calendar.closed.iter().map(|day| year(*day)).collect());
    let part = lacking(calendar.part_days.iter().map(|(day, _)| year(*day)).collect());
    if !closed.is_empty() {
        calendar.closed.clear();
    }
    if !part.is_empty() {
        calendar.part_days.clear();
    }
    (calendar, [closed, part])
}

/// The weight of every day of a model in each practice.
///
/// What is asked for while all are closed is held on the next day on which they are open.
fn weights(model: &Model, grows: Grows, practices: &[usize]) -> Vec<Vec<f64>> {
    let axis = Axis::new(model);
    let asked = shape(model, &axis).base;
    let mut held = vec![0.0; axis.days];
    let mut kept = 0.0;
    for (t, asked) in asked.iter().enumerate() {
        kept += asked;
        if axis.common_share[t] > 0.0 {
            held[t] = std::mem::take(&mut kept);
        }
    }
    let of = |practice: &usize| -> Vec<f64> {
        let open = &axis.open_share[*practice];
        let weight = |t: usize| match grows {
            Grows::Asked => asked[t],
            Grows::Held => held[t] * open[t],
            Grows::Due => held[t] * open[t].ceil(),
            Grows::Time | Grows::Nothing => 1.0,
        };
        (0..axis.days).map(weight).collect()
    };
    practices.iter().map(of).collect()
}

/// Sums of all before each place, and of all.
fn running(weights: &[f64]) -> Vec<f64> {
    let mut sums = vec![0.0];
    let mut sum = 0.0;
    sums.extend(weights.iter().map(|weight| {
        sum += weight;
        sum
    }));
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(text: &str, grows: Grows) -> OpenDays {
        let text =
            format!("[practice.a]\nregistered_list = 8000\n[practice.b]\nregistered_list = 8000\n{text}");
        let all = format!(
            "{text}\n[horizon]\nstart = 2019-04-01\nweeks = 52\n[need.n]\nrequests_per_day = 10\n[post.p]\npractice = \"a\"\nslots_per_day = 9\n[post.q]\npractice = \"b\"\nslots_per_day = 9\n"
        );
        let scenario = crate::scenario::load_text("open.toml", &all, &[]);
        let scenario = scenario.unwrap_or_else(|report| panic!("{}", report.render(false)));
        let (first, last) = (Month(12 * 2018 + 3), Month(12 * 2020 + 3));
        OpenDays::new(&scenario.options[0].model, grows, &[0, 1], first..last)
    }

    /// April 2019 has 22 weekdays and two bank holidays, March 2020 has 22; 52 weeks from April hold 260 weekdays and 8.
    #[test]
    fn months_go_by_working_days() {
        let days = open("[calendar]\nbank_holidays = \"england\"", Grows::Held);
        let (april, march) = (Month(12 * 2019 + 3), Month(12 * 2020 + 2));
        assert_eq!((days.days(None, april), days.days(Some(0), march)), (20.0, 22.0));
        assert!((days.month(None, april) - 20.0 * 52.0 / 252.0).abs() < 1e-9);
        let period = days.weeks(
            1,
            Day::from_date(jiff::civil::date(2019, 4, 1)),
            Day::from_date(jiff::civil::date(2020, 3, 30)),
        );
        assert!((period - 52.0).abs() < 1e-9, "a week is one of the scenario's own period: {period}");
        assert!(days.alike());
        let pay = open("[calendar]\nbank_holidays = \"england\"", Grows::Time);
        assert!((pay.month(None, april) - 30.0 / 7.0).abs() < 1e-9, "pay goes on");
    }

    /// Half a day counts half for what is held and whole for what falls due; requests do not stop where one practice shuts.
    #[test]
    fn closures_of_one_practice_are_its_own() {
        let own = "closed = [2019-05-01, 2019-05-02]\npart_days = { \"2019-05-03\" = 0.5 }";
        let ratio = |grows: Grows| {
            let days = open(own, grows);
            let (may, june) = (Month(12 * 2019 + 4), Month(12 * 2019 + 5));
            let held = |at: usize| days.month(Some(at), may) / days.month(Some(at), june);
            (held(0) / held(1), days.alike())
        };
        // `own` is written below the practice that comes last: it is b's.
        for (grows, lost) in [(Grows::Held, 2.5), (Grows::Due, 2.0), (Grows::Asked, 0.0)] {
            let (a, alike) = ratio(grows);
            assert!((1.0 / a - (23.0 - lost) / 23.0).abs() < 1e-9, "{grows:?}: {a}");
            assert_eq!(alike, lost == 0.0, "{grows:?}");
        }
    }

    /// Dates known for one of the years alone are left out, and the other years named.
    #[test]
    fn dates_of_some_years_alone_are_left_out() {
        let days = open("[calendar]\nclosed = [2019-12-25]", Grows::Held);
        assert!(days.calendar.closed.is_empty());
        assert_eq!(days.unstated, [vec![2018, 2020], vec![]]);
        assert_eq!(days.days(None, Month(12 * 2019 + 11)), 22.0);
    }
}
