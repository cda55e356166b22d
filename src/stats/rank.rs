//! Ranks, and the rank correlation that says which uncertain input drives a result.
//!
//! In: pairs of numbers; a pair with NaN is left out. Out: average ranks (ties share theirs), Spearman's correlation
//! with a two-sided p-value by Student's t with n - 2, and an interval by Fisher's transformation with the standard
//! error of Bonett & Wright (Psychometrika 65, 2000), sqrt((1 + r^2/2) / (n - 3)).
//!
//! Fit: `findings/drivers.rs` and `experiment/sensitivity` name the inputs that drive the headline by it; those told
//! from nought among all inputs are found by [`holm`]. Ranks read no unit, so a lognormal input counts like a normal
//! one.

use super::interval::Interval;
use super::moments::{Moments, covariance};
use super::normal::normal_quantile;
use super::student::student_t_cdf;

/// Ranks from 1, in the order of `values`; equal numbers share the mean of their ranks, and NaN sorts last.
///
/// The sum is always n (n + 1) / 2.
pub fn average_ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut ranks = vec![0.0; values.len()];
    let mut done = 0;
    for run in order.chunk_by(|a, b| values[*a] == values[*b]) {
        // ranks done+1 to done+len have this mean
        let mean = done as f64 + 0.5 * (run.len() as f64 + 1.0);
        run.iter().for_each(|at| ranks[*at] = mean);
        done += run.len();
    }
    ranks
}

/// Spearman's rank correlation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spearman {
    /// Pairs used.
    pub n: u64,
    /// The correlation of the ranks, -1..=1.
    pub r: f64,
    /// Two-sided p-value of "no monotone relation"; none with two pairs.
    pub p: Option<f64>,
    /// Interval at the confidence asked for; none with three pairs or fewer.
    pub interval: Option<Interval>,
}

/// The rank correlation; none with fewer than two pairs or where one column does not vary.
///
/// `confidence` is 0..1. Cost: two sorts.
pub fn spearman(pairs: &[(f64, f64)], confidence: f64) -> Option<Spearman> {
    let kept: Vec<&(f64, f64)> = pairs.iter().filter(|(x, y)| !x.is_nan() && !y.is_nan()).collect();
    let x = average_ranks(&kept.iter().map(|p| p.0).collect::<Vec<_>>());
    let y = average_ranks(&kept.iter().map(|p| p.1).collect::<Vec<_>>());
    // Both columns must vary: a constant has no ranks to compare.
    let spread = libm::sqrt(Moments::of(&x).variance()? * Moments::of(&y).variance()?);
    if spread <= 0.0 {
        return None;
    }
    let ranks: Vec<(f64, f64)> = x.into_iter().zip(y).collect();
    let r = (covariance(&ranks)? / spread).clamp(-1.0, 1.0);
    let n = ranks.len() as f64;
    let p = (n > 2.0).then(|| {
        // at r = 1 or -1 t is infinite and p is 0
        let t = r.abs() * libm::sqrt((n - 2.0) / ((1.0 - r) * (1.0 + r)));
        2.0 * student_t_cdf(n - 2.0, -t)
    });
    let interval = (n > 3.0).then(|| {
        let z = libm::atanh(r);
        let half = normal_quantile(0.5 + 0.5 * confidence) * libm::sqrt((1.0 + 0.5 * r * r) / (n - 3.0));
        Interval { low: libm::tanh(z - half), high: libm::tanh(z + half) }
    });
    Some(Spearman { n: ranks.len() as u64, r, p, interval })
}

/// Which of several tests are passed together: the chance that any of them passes by luck alone is at most `level`.
///
/// Source: Holm, Scand. J. Stat. 6 (1979). In: a p-value a test, in any order; NaN passes nothing.
/// The result stands in the order of the p-values, which need not be sorted.
///
/// # Examples
///
/// ```
/// assert_eq!(skillmix::stats::rank::holm(&[0.01, 0.04, 0.03], 0.05), [true, false, false]);
/// ```
pub fn holm(p_values: &[f64], level: f64) -> Vec<bool> {
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|a, b| p_values[*a].total_cmp(&p_values[*b]));
    // The first that fails ends it: a larger p cannot pass after that, however few are left.
    let mut passed = vec![false; p_values.len()];
    for (rank, at) in order.into_iter().enumerate() {
        let left = (p_values.len() - rank) as f64;
        if !p_values[at].le(&(level / left)) {
            break;
        }
        passed[at] = true;
    }
    passed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holm_stops_at_the_first_that_fails() {
        // 0.05 / 4 = 0.0125, / 3 = 0.0167, / 2 = 0.025
        assert_eq!(holm(&[0.03, 0.01, 0.016, 0.02], 0.05), [true; 4]);
        assert_eq!(holm(&[0.03, 0.013], 0.05), [true, true]);
        assert_eq!(holm(&[0.03, 0.026, 0.9], 0.05), [false, false, false]);
        assert_eq!(holm(&[f64::NAN, 0.001], 0.05), [false, true]);
        assert!(holm(&[], 0.05).is_empty());
    }
    use crate::stats::special::tests::close;

    #[test]
    fn ties_share_their_mean_rank() {
        assert_eq!(average_ranks(&[10.0, 20.0, 10.0, 5.0, 20.0, 20.0]), vec![2.5, 5.0, 2.5, 1.0, 5.0, 5.0]);
        assert_eq!(average_ranks(&[]), Vec::<f64>::new());
    }

    #[test]
    fn spearman_by_hand() {
        // iq and hours of television: sum d^2 = 194, r = 1 - 6*194/990, p 0.62718834
        let iq = [106.0, 100.0, 86.0, 101.0, 99.0, 103.0, 97.0, 113.0, 112.0, 110.0];
        let hours = [7.0, 27.0, 2.0, 50.0, 28.0, 29.0, 20.0, 12.0, 6.0, 17.0];
        let pairs: Vec<(f64, f64)> = iq.into_iter().zip(hours).collect();
        let Some(got) = spearman(&pairs, 0.95) else { panic!("ten pairs correlate") };
        close(got.r, 1.0 - 6.0 * 194.0 / 990.0, 1e-12);
        close(got.p.unwrap_or(0.0), 0.62718834477648, 1e-9);
        assert!(got.interval.is_some_and(|i| i.holds(0.0) && i.holds(got.r)));
    }

    #[test]
    fn a_monotone_relation_is_1_and_a_constant_has_none() {
        let rising = [(1.0, 1.0), (2.0, 8.0), (3.0, 9.0), (4.0, 90.0)];
        let got = spearman(&rising, 0.95);
        assert_eq!(got.map(|s| (s.r, s.p)), Some((1.0, Some(0.0))));
        assert_eq!(got.and_then(|s| s.interval), Some(Interval { low: 1.0, high: 1.0 }));
        assert_eq!(spearman(&[(1.0, 2.0), (2.0, 2.0)], 0.95), None);
    }
}
