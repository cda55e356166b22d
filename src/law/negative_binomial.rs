//! The negative binomial law (a Poisson count whose mean has gamma noise) and geometric spells.
//!
//! Parametrised by mean [count] and size k: variance = mean + mean^2 / k. For sizing and tests, not for the day loop.

use super::factorial::LnFactorial;

/// P(N = n) with `mean` >= 0 and `size` > 0.
///
/// Through logarithms of gamma functions, so any size will do.
pub fn pmf(n: u32, mean: f64, size: f64) -> f64 {
    if mean == 0.0 {
        return if n == 0 { 1.0 } else { 0.0 };
    }
    let count = f64::from(n);
    let ways = libm::lgamma(count + size) - libm::lgamma(size) - LnFactorial::get().of(n);
    // chance of a failure is mean / (mean + size)
    libm::exp(ways - size * libm::log1p(mean / size) - count * libm::log1p(size / mean))
}

/// P(N <= n).
///
/// Sums from the bottom: n + 1 terms.
pub fn cdf(n: u32, mean: f64, size: f64) -> f64 {
    (0..=n).map(|k| pmf(k, mean, size)).sum::<f64>().min(1.0)
}

/// The smallest n with u < P(N <= n), for `u` in [0, 1).
///
/// Not for the day loop: each term costs two gamma functions. There the mean is drawn first and the count is
/// Poisson.
pub fn quantile(u: f64, mean: f64, size: f64) -> u32 {
    let mut n = 0;
    let mut sum = pmf(0, mean, size);
    loop {
        let term = pmf(n + 1, mean, size);
        // beyond the mean a term that no longer moves the sum ends it
        if u < sum || (f64::from(n) > mean && sum + term == sum) {
            return n;
        }
        n += 1;
        sum += term;
    }
}

/// The length of a spell with constant hazard [whole days, at least 1], for `u` in [0, 1) and a mean of at least 1.
///
/// # Panics
///
/// In debug builds, where the mean is below 1.
pub fn geometric_days(u: f64, mean: f64) -> u32 {
    debug_assert!(mean >= 1.0, "mean spell {mean}");
    if mean <= 1.0 {
        return 1;
    }
    // P(days > d) = (1 - 1/mean)^d; the cast holds at the largest u32
    (libm::log1p(-u) / libm::log1p(-1.0 / mean)) as u32 + 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::check::{close, fits, golden, words};
    use crate::random::unit;

    /// Reference case DI-O1.
    #[test]
    fn the_reference_case_holds() {
        let mass: Vec<f64> = (0..2000).map(|n| pmf(n, 20.0, 6.0)).collect();
        let moment = |power: i32| -> f64 {
            mass.iter()
                .zip(0..)
                .map(|(p, n)| p * (0..power).fold(1.0, |x, _| x * (f64::from(n) - 20.0)))
                .sum()
        };
        close(mass.iter().sum(), 1.0, 1e-12);
        assert!(moment(1).abs() < 1e-10);
        close(moment(2), 86.666_666_67, 1e-9);
        close(moment(3) / (moment(2) * moment(2).sqrt()), 0.823_532_105_1, 1e-9);
        close(pmf(0, 20.0, 6.0), 0.000_151_031_457_8, 1e-9);
        close(1.0 - cdf(40, 20.0, 6.0), 0.029_657_992_88, 1e-9);
        assert_eq!([0.05, 0.5, 0.95].map(|u| quantile(u, 20.0, 6.0)), [7, 19, 37]);
    }

    /// Means of nought and of one day, the largest uniform number.
    #[test]
    fn the_ends_are_safe() {
        assert_eq!((pmf(0, 0.0, 2.0), quantile(0.9, 0.0, 2.0)), (1.0, 0));
        assert!(quantile(unit(u64::MAX), 5.0, 0.5) < 1000);
        assert_eq!((geometric_days(0.99, 1.0), geometric_days(0.0, 9.0)), (1, 1));
    }

    /// False-alarm rate 1e-6 each.
    #[test]
    fn draws_follow_the_law() {
        fits(words(1, 50_000).map(|word| quantile(unit(word), 20.0, 6.0)), |n| pmf(n, 20.0, 6.0), 300);
        let mass = |day: u32| (1..day).fold(if day == 0 { 0.0 } else { 0.25 }, |p, _| p * 0.75);
        fits(words(2, 50_000).map(|word| geometric_days(unit(word), 4.0)), mass, 150);
    }

    /// A changed hash is a changed draw: log it as a value-breaking change.
    #[test]
    fn golden_draws() {
        let drawn = words(3, 10_000).map(|word| {
            let u = unit(word);
            u64::from(quantile(u, 7.5, 3.0)) << 32 | u64::from(geometric_days(u, 6.5))
        });
        assert_eq!(golden(drawn), "b76fe536abd7565f");
    }
}
