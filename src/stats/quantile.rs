//! Sample quantiles, one definition each for two uses, and distribution-free intervals for them.
//!
//! In: numbers, NaN being "no value". Out: quantiles. **The definition used everywhere:** percentiles of replications
//! are Hyndman-Fan type 7 ([`percentile`]); percentiles of integer waits are type 1, the smallest x with P(X <= x) >=
//! q ([`rank_type1`]). Types 6 and 8 serve comparison with other programs. Source: Hyndman & Fan, The American
//! Statistician 50 (1996); David & Nagaraja, Order Statistics (2003).
//!
//! Fit: P5 to P95 of simulated years are [`percentile`]; of waits and of weekly counts, which are whole numbers, a
//! percentile is a number that came ([`super::histogram`]).

use super::special::binomial_cdf;

/// A definition of the sample quantile, by its Hyndman-Fan number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Definition {
    /// Inverse of the empirical distribution: always one of the numbers.
    Type1,
    /// Position (n + 1) p.
    Type6,
    /// Position (n - 1) p + 1.
    Type7,
    /// Position (n + 1/3) p + 1/3.
    Type8,
}

/// The numbers that have a value, in ascending order.
///
/// Allocates one Vec of at most the length of `values`.
pub fn sorted(values: &[f64]) -> Vec<f64> {
    let mut kept: Vec<f64> = values.iter().copied().filter(|v| !v.is_nan()).collect();
    kept.sort_by(f64::total_cmp);
    kept
}

/// The rank, 1 to n, of the type 1 quantile of n numbers: the smallest k with k/n >= p.
///
/// A product n p within rounding of a whole number counts as that number, so that 7 % of 100 is rank 7. n >= 1.
pub fn rank_type1(n: u64, p: f64) -> u64 {
    let position = n as f64 * p;
    let whole = libm::round(position);
    let up =
        if (position - whole).abs() <= 4.0 * f64::EPSILON * whole { whole } else { libm::ceil(position) };
    (up.max(1.0) as u64).min(n)
}

/// The p-quantile of numbers already ascending and free of NaN; none if there is no number.
///
/// p in 0..=1. Types 6 and 8 may ask beyond the ends; the end itself is then the answer.
pub fn quantile_of_sorted(ascending: &[f64], p: f64, definition: Definition) -> Option<f64> {
    let last = ascending.len().checked_sub(1)?;
    let n = ascending.len() as f64;
    let position = match definition {
        Definition::Type1 => return Some(ascending[rank_type1(last as u64 + 1, p) as usize - 1]),
        Definition::Type6 => (n + 1.0) * p,
        Definition::Type7 => (n - 1.0) * p + 1.0,
        Definition::Type8 => (n + 1.0 / 3.0) * p + 1.0 / 3.0,
    };
    let position = position.clamp(1.0, n);
    let whole = libm::floor(position);
    let low = ascending[whole as usize - 1];
    let high = ascending[(whole as usize).min(last)];
    Some(if low == high { low } else { low + (position - whole) * (high - low) })
}

/// The percentile of replications: type 7; none if there is no number.
///
/// `values` may be in any order and hold NaN; `p` is 0..1, so the median is 0.5.
///
/// # Examples
///
/// ```
/// use skillmix::stats::quantile::percentile;
///
/// assert_eq!(percentile(&[4.0, 1.0, 3.0, 2.0], 0.5), Some(2.5));
/// assert_eq!(percentile(&[f64::NAN], 0.5), None);
/// ```
pub fn percentile(values: &[f64], p: f64) -> Option<f64> {
    quantile_of_sorted(&sorted(values), p, Definition::Type7)
}

/// Ranks of the two order statistics that enclose a quantile, and the chance that they do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RankInterval {
    /// Rank from 1 of the lower end; none if no number is low enough.
    pub lower: Option<u64>,
    /// Rank from 1 of the upper end; none if no number is high enough.
    pub upper: Option<u64>,
    /// Chance that the interval holds the quantile of a continuous law; none if an end is missing.
    pub coverage: Option<f64>,
}

/// The distribution-free interval for the p-quantile of n independent numbers.
///
/// Lower: the largest rank l with P(Bin(n, p) <= l - 1) <= alpha/2. Upper: the smallest u with P(Bin <= u - 1) >= 1 -
/// alpha/2.
pub fn rank_interval(n: u64, p: f64, confidence: f64) -> RankInterval {
    let half = 0.5 * (1.0 - confidence);
    // first rank r in 1..=n+1 whose P(Bin <= r - 1) fulfils `reached`; that chance rises with r
    let first = |reached: &dyn Fn(f64) -> bool| {
        let (mut low, mut high) = (1, n + 1);
        while low < high {
            let middle = low + (high - low) / 2;
            if reached(binomial_cdf(n, p, middle - 1)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        low
    };
    let lower = Some(first(&|c| c > half) - 1).filter(|r| *r >= 1);
    let upper = Some(first(&|c| c >= 1.0 - half)).filter(|r| *r <= n);
    let coverage = lower.zip(upper).map(|(l, u)| binomial_cdf(n, p, u - 1) - binomial_cdf(n, p, l - 1));
    RankInterval { lower, upper, coverage }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::special::tests::close;

    #[test]
    fn qc_o2_quantile_definitions() {
        let data = sorted(&[3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0, 6.0, 5.0, 3.0, 5.0]);
        let rows = [
            (0.05, [1.0, 1.0, 1.0, 1.0]),
            (0.5, [4.0, 4.0, 4.0, 4.0]),
            (0.9, [6.0, 8.4, 6.0, 7.6]),
            (0.95, [9.0, 9.0, 7.5, 9.0]),
        ];
        let kinds = [Definition::Type1, Definition::Type6, Definition::Type7, Definition::Type8];
        for (p, want) in rows {
            for (kind, want) in kinds.into_iter().zip(want) {
                let got = quantile_of_sorted(&data, p, kind);
                close(got.unwrap_or(f64::NAN), want, 1e-12);
            }
        }
    }

    #[test]
    fn qc_o1_order_statistic_ranks() {
        let rows = [
            (100, 0.5, 0.95, Some(40), Some(61), Some(0.9647997998)),
            (100, 0.9, 0.95, Some(84), Some(96), Some(0.9556901072)),
            (1000, 0.95, 0.95, Some(936), Some(964), Some(0.9580952682)),
            (200, 0.99, 0.95, Some(195), None, None),
            (30, 0.5, 0.9, Some(11), Some(20), Some(0.9012628533)),
        ];
        for (n, p, confidence, lower, upper, coverage) in rows {
            let got = rank_interval(n, p, confidence);
            assert_eq!((got.lower, got.upper), (lower, upper));
            assert_eq!(got.coverage.is_some(), coverage.is_some());
            close(got.coverage.unwrap_or(0.0), coverage.unwrap_or(0.0), 1e-9);
        }
    }

    #[test]
    fn type_1_ranks_are_free_of_rounding() {
        for n in [10_u64, 50, 100, 200, 1000] {
            for k in 1..=n {
                assert_eq!(rank_type1(n, k as f64 / n as f64), k);
            }
        }
        assert_eq!(rank_type1(100, 0.07), 7);
        assert_eq!((rank_type1(3, 0.0), rank_type1(3, 1.0)), (1, 3));
    }

    #[test]
    fn nothing_has_no_percentile() {
        assert_eq!(percentile(&[f64::NAN], 0.5), None);
        assert_eq!(percentile(&[f64::NAN, 2.0], 0.5), Some(2.0));
    }
}
