//! When appointments are held and how requests are spread over the days of a year.

use super::number::Number;
use super::place::Practice;
use crate::units::Day;

/// The counted period and the warm-up before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Horizon {
    /// First counted day.
    pub start: Day,
    /// Counted days.
    pub days: usize,
    /// Days simulated before the start, levers off, not counted.
    pub warm_up_days: usize,
}

impl Horizon {
    /// Last counted day.
    pub fn last(&self) -> Day {
        self.start.plus(self.days as i32 - 1)
    }
}

/// When practices hold appointments.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// Weekdays with appointments, Monday first.
    pub open: [bool; 7],
    /// Days closed to all (bank holidays): no appointments.
    pub closed: Vec<Day>,
    /// Days on which all practices are open only for a share of the day [share open].
    pub part_days: Vec<(Day, f64)>,
    /// School holidays `(first, last)`: leave is weighted by the role's `school_holiday_weight` there.
    pub school_holidays: Vec<(Day, Day)>,
    /// True where requests can be made on closed dates too (weekdays are governed by the demand pattern).
    pub requests_on_closed_dates: bool,
}

impl Calendar {
    /// Share of a day on which appointments are held, at a practice or at all of them [share open].
    ///
    /// Closed weekdays and dates of all come first; part-open days multiply, and the practice's own closed dates
    /// close it whole.
    pub fn open_share(&self, practice: Option<&Practice>, day: Day) -> f64 {
        if !self.open[day.weekday()] || self.closed.contains(&day) {
            return 0.0;
        }
        let mut share = 1.0;
        let own = practice.map_or(&[][..], |p| &p.part_days[..]);
        for (part_day, part) in self.part_days.iter().chain(own) {
            if *part_day == day {
                share *= part;
            }
        }
        if practice.is_some_and(|p| p.closed.contains(&day)) { 0.0 } else { share }
    }
}

/// The season of demand.
#[derive(Clone, Debug, PartialEq)]
pub enum Season {
    /// The same all year.
    None,
    /// A factor for each calendar month, January first.
    Months([f64; 12]),
    /// A factor for each day from the start; the last value holds, warm-up days take the first.
    Days(Vec<f64>),
    /// `1 + amplitude x cos(2 pi (day - peak_day) / period_days)`, day 0 the start of the horizon.
    Wave {
        /// Height of the wave [share of the mean].
        amplitude: Number,
        /// Length of the wave [days].
        period_days: f64,
        /// Day of the peak, counted from the start [days].
        peak_day: f64,
    },
}

/// A slowly moving log-normal factor with mean one: log AR(1) with a stationary start.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Drift {
    /// Coefficient of variation of the factor [share].
    pub cv: Number,
    /// Correlation of the logarithm from one step to the next [-1 to 1].
    pub autocorrelation: Number,
}

/// Noise of a practice's day, shared by its needs: Gamma with mean one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum DayNoise {
    /// Coefficient of variation [share].
    Cv(Number),
    /// Dispersion k: the shape of the Gamma law, so that a day's count has variance m + m²/k.
    Dispersion(Number),
}

/// How requests are spread over days, and what moves them together.
#[derive(Clone, Debug)]
pub struct DemandPattern {
    /// Weight of each weekday, Monday first; 0 where no request can be made.
    pub weekday: [f64; 7],
    /// The season.
    pub season: Season,
    /// Factor on the first request day after a closed date or a run of days without requests longer
    /// than a weekend [1 = none].
    pub first_day_after_closure: f64,
    /// True: the pattern is divided by its mean over the practice's request days of the twelve months
    /// from the start, so that rates keep their annual meaning. False: weights are taken as stated.
    pub normalised: bool,
    /// Request days a year by which annual rates are divided; counted from the calendar where absent.
    pub open_days_a_year: Option<f64>,
    /// Growth of demand [share a year].
    pub growth_per_year: Number,
    /// Spread of practices' own levels, drawn once a draw [cv, lognormal, mean 1].
    pub level_cv: Number,
    /// A practice's drift from month to month.
    pub drift: Option<Drift>,
    /// A network's shock from day to day.
    pub network_shock: Option<Drift>,
    /// Day noise.
    pub day_noise: Option<DayNoise>,
    /// What the lists are measured by.
    pub per: PopulationBasis,
}

/// Which list rates are per.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PopulationBasis {
    /// Registered patients.
    Registered,
    /// Carr-Hill weighted patients.
    Weighted,
}

impl Default for DemandPattern {
    fn default() -> Self {
        Self {
            weekday: [1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0],
            season: Season::None,
            first_day_after_closure: 1.0,
            normalised: true,
            open_days_a_year: None,
            growth_per_year: Number::ZERO,
            level_cv: Number::ZERO,
            drift: None,
            network_shock: None,
            day_noise: None,
            per: PopulationBasis::Registered,
        }
    }
}
