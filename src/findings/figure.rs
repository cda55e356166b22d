//! A figure over simulated years: its mean with Monte Carlo interval, its middle and its range.
//!
//! In: values, one a simulated year, NaN for none. Out: figures as every table and picture of a run writes them.
//! The interval is how sure the run is of the mean; P5 to P95 is how far one year may lie from another.

use crate::stats::interval::{Interval, mean_interval, wilson};
use crate::stats::moments::Moments;
use crate::stats::quantile::percentile;

/// In what a figure is measured, and how it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Whole things: requests, contacts.
    Count,
    /// Calendar days.
    Days,
    /// Hours.
    Hours,
    /// Half-day sessions.
    Sessions,
    /// A share, written as a percentage.
    Share,
    /// A difference of shares, written in percentage points.
    Points,
    /// Pounds.
    Pounds,
}

impl Unit {
    /// Its name under a heading.
    ///
    /// Of counts it is a word for a heading; beside a number they have none.
    pub fn name(self) -> &'static str {
        match self {
            Self::Count => "number",
            Self::Days => "days",
            Self::Hours => "hours",
            Self::Sessions => "sessions",
            Self::Share => "%",
            Self::Points => "points",
            Self::Pounds => "£",
        }
    }

    /// The unit in which a measure of the table of measures is written.
    ///
    /// Whatever is none of the others is a count.
    pub fn of(measure_unit: &str) -> Self {
        match measure_unit {
            "share" => Self::Share,
            "days" => Self::Days,
            "hours" => Self::Hours,
            unit if unit.starts_with('£') => Self::Pounds,
            _ => Self::Count,
        }
    }

    /// A value with its unit: `38 %`, `3.1 days`, `412`.
    ///
    /// # Examples
    ///
    /// ```
    /// use skillmix::findings::figure::Unit;
    ///
    /// assert_eq!((Unit::Share.say(0.38), Unit::Days.say(3.1)), ("38 %".into(), "3.1 days".into()));
    /// ```
    pub fn say(self, value: f64) -> String {
        match self {
            Self::Share => super::say::percent(value),
            Self::Count => self.write(value),
            Self::Pounds if value < 0.0 => format!("-£{}", self.write(-value)),
            Self::Pounds => format!("£{}", self.write(value)),
            other => format!("{} {}", other.write(value), other.name()),
        }
    }

    /// A value without its unit; a dash where there is none.
    pub fn write(self, value: f64) -> String {
        match self {
            _ if value == 0.0 => "0".into(),
            Self::Share | Self::Points => super::say::decimals(value * 100.0, 0),
            Self::Count => super::say::decimals(value, if value.abs() < 9.95 { 1 } else { 0 }),
            Self::Pounds => super::say::decimals(value, if value.abs() < 99.5 { 2 } else { 0 }),
            Self::Hours if value.abs() >= 99.5 => super::say::decimals(value, 0),
            _ => super::say::decimals(value, 1),
        }
    }
}

/// A figure over simulated years.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
    /// Unit.
    pub unit: Unit,
    /// Years with a value.
    pub n: u64,
    /// Mean; NaN where no year has a value.
    pub mean: f64,
    /// Monte Carlo interval of the mean (95 %); none with few years, or where all are equal.
    pub interval: Option<Interval>,
    /// P5 over simulated years.
    pub p5: f64,
    /// Median over simulated years.
    pub p50: f64,
    /// P95 over simulated years.
    pub p95: f64,
}

impl Figure {
    /// Of values, one a simulated year; NaN is no value.
    pub fn of(values: &[f64], unit: Unit) -> Self {
        // Years without a value take no part in any of these.
        let moments = Moments::of(values);
        let at = |p| percentile(values, p).unwrap_or(f64::NAN);
        Self {
            unit,
            n: moments.n(),
            mean: moments.mean().unwrap_or(f64::NAN),
            interval: mean_interval(values, 0.95),
            p5: at(0.05),
            p50: at(0.5),
            p95: at(0.95),
        }
    }

    /// Of a column that may not be kept.
    pub fn of_series(values: Option<Vec<f64>>, unit: Unit) -> Self {
        Self::of(&values.unwrap_or_default(), unit)
    }

    /// True where there is a value.
    ///
    /// The percentiles then have one as well; an interval may still be missing.
    pub fn known(&self) -> bool {
        self.mean.is_finite()
    }

    /// Half the Monte Carlo interval of the mean, as a share of the mean; none where either is missing.
    pub fn relative_error(&self) -> Option<f64> {
        self.interval.map(|i| (i.half_width() / self.mean).abs()).filter(|error| error.is_finite())
    }

    /// `78 (66-89)`: the mean, and P5 to P95 over simulated years; a dash where there is no value.
    pub fn text(&self) -> String {
        if !self.known() {
            return "-".into();
        }
        let write = |x| self.unit.write(x);
        let (low, high) = (write(self.p5), write(self.p95));
        // A range that is written like its mean says nothing more.
        if low == high && low == write(self.mean) {
            return low;
        }
        // A dash beside a minus sign cannot be read.
        let to = if self.p5 < 0.0 { " to " } else { "-" };
        format!("{} ({low}{to}{high})", write(self.mean))
    }
}

/// How often something held over simulated years.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Chance {
    /// Years in which it held.
    pub met: u64,
    /// Years with a value.
    pub of: u64,
    /// Years without one: nobody fell due in them, so they count neither way.
    pub without: u64,
}

/// How a chance stands to being met, as far as the luck of the run lets one say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// At least nine in ten, and shown to be above one half.
    Met,
    /// Shown to be above one half.
    Likely,
    /// Shown to be below one half.
    Unlikely,
    /// Its interval holds one half.
    Open,
}

impl Chance {
    /// How it stands; none where nothing was counted.
    pub fn standing(&self) -> Option<Standing> {
        let share = self.share()?;
        Some(match (self.likely(), self.unlikely()) {
            (true, _) if share >= 0.9 => Standing::Met,
            (true, _) => Standing::Likely,
            (_, true) => Standing::Unlikely,
            _ => Standing::Open,
        })
    }

    /// Of a column of noughts and ones; NaN is no value.
    pub fn of(values: &[f64]) -> Self {
        let known = values.iter().filter(|v| !v.is_nan());
        let met = known.clone().filter(|v| **v > 0.5).count() as u64;
        let of = known.count() as u64;
        Self { met, of, without: values.len() as u64 - of }
    }

    /// The share; none where nothing was counted.
    ///
    /// # Examples
    ///
    /// ```
    /// use skillmix::findings::figure::Chance;
    ///
    /// assert_eq!(Chance { met: 1, of: 4, without: 0 }.share(), Some(0.25));
    /// assert_eq!(Chance { met: 0, of: 0, without: 9 }.share(), None);
    /// ```
    pub fn share(&self) -> Option<f64> {
        (self.of > 0).then(|| self.met as f64 / self.of as f64)
    }

    /// True where the interval lies above one half: it holds more often than not.
    ///
    /// False where nothing was counted, as [`Chance::unlikely`] is: neither can be said then.
    pub fn likely(&self) -> bool {
        self.interval().is_some_and(|i| i.low > 0.5)
    }

    /// True where the interval lies below one half: it fails more often than not.
    pub fn unlikely(&self) -> bool {
        self.interval().is_some_and(|i| i.high < 0.5)
    }

    /// Its Wilson interval (95 %).
    pub fn interval(&self) -> Option<Interval> {
        (self.of > 0).then(|| wilson(self.met as f64, self.of as f64, 0.95))
    }

    /// `20 (18-23)` in per cent, with the Monte Carlo interval.
    pub fn text(&self) -> String {
        let (Some(share), Some(i)) = (self.share(), self.interval()) else { return "-".into() };
        let write = |x: f64| super::say::decimals(100.0 * x, 0);
        format!("{} ({}-{})", write(share), write(i.low), write(i.high))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_value_is_a_dash() {
        assert_eq!(Figure::of(&[f64::NAN], Unit::Days).text(), "-");
        assert_eq!(Figure::of_series(None, Unit::Days).text(), "-");
        assert_eq!(Chance::of(&[f64::NAN]).text(), "-");
        assert_eq!(Figure::of(&[4.0, 4.0], Unit::Share).text(), "400");
        assert_eq!(Figure::of(&[0.5, 0.7, f64::NAN], Unit::Share).text(), "60 (51-69)");
    }
}
