//! The beta-binomial law: a binomial count whose chance has a beta law. For checks of uncertain shares.
//!
//! In: a count of trials and the two shapes. Out: mass and distribution. No draw uses it.

use super::factorial::LnFactorial;

/// P(N = k) of `n` trials with a chance drawn from Beta(alpha, beta), both above 0.
pub fn pmf(k: u32, n: u32, alpha: f64, beta: f64) -> f64 {
    if k > n {
        return 0.0;
    }
    let ln_beta = |a: f64, b: f64| libm::lgamma(a) + libm::lgamma(b) - libm::lgamma(a + b);
    let mixed = ln_beta(f64::from(k) + alpha, f64::from(n - k) + beta) - ln_beta(alpha, beta);
    libm::exp(LnFactorial::get().choose(n, k) + mixed)
}

/// P(N <= k).
pub fn cdf(k: u32, n: u32, alpha: f64, beta: f64) -> f64 {
    (0..=k.min(n)).map(|j| pmf(j, n, alpha, beta)).sum::<f64>().min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::check::close;

    /// Reference case DI-O1.
    #[test]
    fn the_reference_case_holds() {
        let (n, alpha, beta) = (92, 5.13, 13.87);
        let mass: Vec<f64> = (0..=n).map(|k| pmf(k, n, alpha, beta)).collect();
        let mean: f64 = mass.iter().zip(0..).map(|(p, k)| p * f64::from(k)).sum();
        let square: f64 = mass.iter().zip(0..).map(|(p, k)| p * f64::from(k) * f64::from(k)).sum();
        close(mass.iter().sum(), 1.0, 1e-12);
        close(mean, 24.84, 1e-11);
        close(square - mean * mean, 100.63926, 1e-9);
        close(mass[0], 5.355_790_586e-5, 1e-9);
        assert!(cdf(42, n, alpha, beta) < 0.95 && cdf(43, n, alpha, beta) >= 0.95);
    }

    /// Beta(1, 1) is a chance that may be anything: every count is as likely as another.
    #[test]
    fn a_flat_chance_makes_every_count_equal() {
        (0..=9).for_each(|k| close(pmf(k, 9, 1.0, 1.0), 0.1, 1e-12));
        assert_eq!(pmf(10, 9, 1.0, 1.0), 0.0);
        close(cdf(20, 9, 1.0, 1.0), 1.0, 1e-12);
    }
}
