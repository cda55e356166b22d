//! Two columns of replications compared: paired, and (to show what pairing gains) as if they were independent.
//!
//! In: pairs (x, y) run on the same draws; a pair with NaN is left out. Out: the mean of x - y with an interval that
//! allows for skewness, the chance that x is better, Welch's interval, the gain of common random numbers. Source: Law,
//! Simulation Modeling and Analysis, ch. 10; Hall, J. R. Stat. Soc. B 54 (1992); Welch, Biometrika 34 (1947).
//!
//! Fit: [`super::judgement`] says what the differences show; this carries the numbers a table of a comparison needs,
//! `n` pairs, chance and interval. The two disagree on one thing: a comparison of fewer than ten shows an interval
//! here.

use super::difference::difference;
use super::interval::{Interval, student, wilson};
use super::moments::{Moments, covariance};
use super::student::student_t_quantile;

/// Which way a measure improves.
///
/// Each measure of the table in docs/model.md states its own; one without a better direction is not judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
}

/// The paired comparison of x against y.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paired {
    /// Pairs compared.
    pub n: u64,
    /// Mean of x - y [unit of the measure]; differences are taken pair by pair, so what both columns share drops out.
    pub mean: f64,
    /// Standard deviation of x - y; none with one pair.
    pub sd: Option<f64>,
    /// Interval of the mean of x - y, the wider of Student's and that bent for skewness; with fewer than ten pairs, or
    /// where all differ alike, Student's (of no width then), which shows nothing where luck is in play: see
    /// [`super::judgement::shown`]. None with one pair.
    pub interval: Option<Interval>,
    /// Pairs in which x is strictly better.
    pub better: u64,
    /// Pairs in which x equals y.
    pub equal: u64,
    /// Wilson interval of the chance that x is strictly better.
    pub chance_interval: Interval,
}

impl Paired {
    /// Share of pairs in which x is strictly better; a tie is not better.
    pub fn chance_better(&self) -> f64 {
        self.better as f64 / self.n as f64
    }
}

/// x - y of figures that are kept to seven digits. What their rounding may leave between it and the `first` difference of
/// a column is taken off: else differences that are all equal would look as if luck had moved them, and tell more than
/// equal ones may.
#[inline]
pub fn kept_difference(x: f64, y: f64, first: Option<f64>) -> f64 {
    let difference = x - y;
    // Each of the four figures is off by half a step at most.
    let rounding = 2.0 * f64::from(f32::EPSILON) * x.abs().max(y.abs());
    first.filter(|first| (difference - first).abs() <= rounding).unwrap_or(difference)
}

/// The differences of pairs, in their order, as [`kept_difference`] has them; NaN where one of a pair has no value.
pub fn kept_differences(pairs: &[(f64, f64)]) -> Vec<f64> {
    let first = pairs.iter().map(|(x, y)| x - y).find(|difference| !difference.is_nan());
    pairs.iter().map(|(x, y)| kept_difference(*x, *y, first)).collect()
}

/// Compares x with y, pair by pair; none without a complete pair.
///
/// `confidence` is 0..1. A pair with NaN is out of every count, `better` and `equal` included.
pub fn paired(pairs: &[(f64, f64)], better: Better, confidence: f64) -> Option<Paired> {
    let differences = kept_differences(pairs);
    let moments = Moments::of(&differences);
    let mean = moments.mean()?;
    // Counted on the differences, so a pair that is NaN is in neither.
    let count = |test: &dyn Fn(f64) -> bool| differences.iter().filter(|d| test(**d)).count() as u64;
    let improved = match better {
        Better::Higher => count(&|d| d > 0.0),
        Better::Lower => count(&|d| d < 0.0),
    };
    Some(Paired {
        n: moments.n(),
        mean,
        sd: moments.sd(),
        interval: difference(&moments, confidence).or_else(|| student(&moments, confidence)),
        better: improved,
        equal: count(&|d| d == 0.0),
        chance_interval: wilson(improved as f64, moments.n() as f64, confidence),
    })
}

/// Welch's interval of mean(x) - mean(y) for independent columns, with its degrees of freedom.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Welch {
    /// Welch-Satterthwaite degrees of freedom.
    pub df: f64,
    /// The interval.
    pub interval: Interval,
}

/// Compares two independent columns; none with fewer than two numbers in one, or no spread in both.
pub fn welch(x: &Moments, y: &Moments, confidence: f64) -> Option<Welch> {
    let (nx, ny) = (x.n() as f64, y.n() as f64);
    let (vx, vy) = (x.variance()? / nx, y.variance()? / ny);
    let v = vx + vy;
    if v <= 0.0 {
        return None;
    }
    let df = v * v / (vx * vx / (nx - 1.0) + vy * vy / (ny - 1.0));
    let half = student_t_quantile(df, 0.5 + 0.5 * confidence) * libm::sqrt(v);
    let mean = x.mean()? - y.mean()?;
    Some(Welch { df, interval: Interval { low: mean - half, high: mean + half } })
}

/// What common random numbers gain in a comparison.
///
/// A ratio well above 1 says that common draws pay; below 1 the draws of both options should be apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PairingGain {
    /// Variance of x - y with common draws.
    pub paired_variance: f64,
    /// Variance of x - y had the draws been independent.
    pub independent_variance: f64,
    /// Correlation of x and y.
    pub correlation: f64,
}

impl PairingGain {
    /// From the variances of x and y and their covariance.
    ///
    /// The correlation has no value where either does not vary.
    pub fn new(variance_x: f64, variance_y: f64, covariance: f64) -> PairingGain {
        let independent = variance_x + variance_y;
        PairingGain {
            paired_variance: independent - 2.0 * covariance,
            independent_variance: independent,
            correlation: covariance / libm::sqrt(variance_x * variance_y),
        }
    }

    /// From pairs; none with fewer than two complete ones.
    pub fn of(pairs: &[(f64, f64)]) -> Option<PairingGain> {
        let kept: Vec<(f64, f64)> =
            pairs.iter().copied().filter(|(x, y)| !x.is_nan() && !y.is_nan()).collect();
        let column = |pick: fn(&(f64, f64)) -> f64| Moments::of(&kept.iter().map(pick).collect::<Vec<_>>());
        Some(PairingGain::new(column(|p| p.0).variance()?, column(|p| p.1).variance()?, covariance(&kept)?))
    }

    /// How many times more replications an unpaired comparison would need; infinite where the differences do not vary
    /// at all.
    pub fn ratio(&self) -> f64 {
        self.independent_variance / self.paired_variance
    }

    /// Standard errors over n replications [unit of the measure]: with common draws, and without.
    ///
    /// Both fall with the square root of n.
    pub fn standard_errors(&self, n: u64) -> (f64, f64) {
        let error = |variance: f64| libm::sqrt(variance / n as f64);
        (error(self.paired_variance), error(self.independent_variance))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::special::tests::close;

    const X: [f64; 8] = [4.1, 6.3, 5.2, 8.8, 3.9, 7.1, 6.6, 5.0];
    const Y: [f64; 8] = [3.6, 5.9, 4.3, 8.0, 3.7, 6.2, 6.0, 4.5];

    fn pairs() -> Vec<(f64, f64)> {
        X.into_iter().zip(Y).collect()
    }

    #[test]
    fn cr_o2_paired_and_welch() {
        let Some(got) = paired(&pairs(), Better::Lower, 0.95) else {
            panic!("eight pairs have a difference")
        };
        close(got.mean, 0.6, 1e-12);
        let Some(interval) = got.interval else { panic!("eight pairs have an interval") };
        close(interval.low, 0.3903984624, 1e-9);
        close(interval.high, 0.8096015376, 1e-9);
        assert_eq!((got.n, got.better, got.equal, got.chance_better()), (8, 0, 0, 0.0));
        let Some(got) = welch(&Moments::of(&X), &Moments::of(&Y), 0.95) else { panic!("both have spread") };
        close(got.df, 13.89829728, 1e-9);
        close(got.interval.low, -1.098463472, 1e-9);
        close(got.interval.high, 2.298463472, 1e-9);
    }

    #[test]
    fn cr_o1_gain_of_common_random_numbers() {
        // x = z + e, y = 0.9 z + e', Var z = 25, Var e = 1
        let (b1, b2, z, e) = (1.0, 0.9, 25.0, 1.0);
        let gain = PairingGain::new(b1 * b1 * z + e, b2 * b2 * z + e, b1 * b2 * z);
        close(gain.paired_variance, 2.25, 1e-12);
        close(gain.independent_variance, 47.25, 1e-12);
        close(gain.ratio(), 21.0, 1e-12);
        close(gain.correlation, 0.9572301671, 1e-9);
        let (common, independent) = gain.standard_errors(50);
        close(common, 0.2121320344, 1e-9);
        close(independent, 0.9721111048, 1e-9);
    }

    /// A sure gain of 997 beside totals of 2.7 million, kept to seven digits: steps of a quarter, and no luck.
    #[test]
    fn rounding_of_kept_figures_is_no_luck() {
        let kept = |x: f64| f64::from(x as f32);
        let pairs: Vec<(f64, f64)> = (0..64)
            .map(|year| 2.7e6 + 1234.56 * f64::from(year))
            .map(|x| (kept(x - 996.6), kept(x)))
            .collect();
        assert!(!Moments::of(&pairs.iter().map(|(x, y)| x - y).collect::<Vec<f64>>()).alike());
        assert!(Moments::of(&kept_differences(&pairs)).alike());
        // What differs by more is left as it is.
        let differ = [(5.0, 4.0), (7.5, 4.0), (f64::NAN, 1.0), (2.0, 1.0)];
        let differences = kept_differences(&differ);
        assert_eq!((differences[0], differences[1], differences[3]), (1.0, 3.5, 1.0));
        assert!(differences[2].is_nan());
    }

    #[test]
    fn a_gap_is_left_out_and_a_tie_is_not_better() {
        let got = paired(&[(1.0, 0.0), (2.0, 2.0), (f64::NAN, 1.0), (0.0, 3.0)], Better::Higher, 0.9);
        assert_eq!(got.map(|p| (p.n, p.better, p.equal)), Some((3, 1, 1)));
        assert!(paired(&[(f64::NAN, 1.0)], Better::Higher, 0.9).is_none());
        let from_data = PairingGain::of(&pairs());
        close(from_data.map_or(0.0, |g| libm::sqrt(g.paired_variance)), 0.25071326821, 1e-9);
    }
}
