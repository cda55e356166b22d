//! Special functions, in one place: the names the rest of the crate uses, and the two building blocks behind them.
//!
//! In: shapes and probabilities. Out: distribution functions and their inverses, the same bits on every machine,
//! because only the pinned `libm` and exact arithmetic are used. Source of the building blocks: Loader, "Fast and
//! Accurate Computation of Binomial Probabilities" (2000): densities through deviances, so that a beta law with a
//! thousand successes keeps all its digits.
//!
//! Fit: everything that needs a distribution function or a quantile imports it from here, so a law has one home. The
//! `libm` crate is pinned: results must be the same bits everywhere, and the platform's own functions are not.

pub use super::beta::{beta_cdf, beta_quantile, binomial_cdf};
pub use super::gamma::{gamma_p, gamma_q, gamma_quantile};
pub use super::normal::{normal_cdf, normal_density, normal_quantile};
pub use super::student::{student_t_cdf, student_t_quantile};

/// Half the logarithm of 2 pi.
const HALF_LN_2PI: f64 = 0.918_938_533_204_672_7;

/// ln Gamma(z) minus Stirling's (z - 1/2) ln z - z + ln(2 pi)/2, for z > 0.
///
/// From 10 on the asymptotic series to z^-13, whose first term left out is below 3e-17.
///
/// [for z > 0] Below 10 the logarithm of Gamma is taken and Stirling's formula subtracted, which cancels little there.
pub(super) fn stirling_correction(z: f64) -> f64 {
    if z < 10.0 {
        return libm::lgamma(z) - ((z - 0.5) * libm::log(z) - z + HALF_LN_2PI);
    }
    // B(2k) / (2k (2k-1)), k = 7 down to 1
    const TERMS: [f64; 7] = [
        1.0 / 156.0,
        -691.0 / 360_360.0,
        1.0 / 1188.0,
        -1.0 / 1680.0,
        1.0 / 1260.0,
        -1.0 / 360.0,
        1.0 / 12.0,
    ];
    let w = 1.0 / (z * z);
    TERMS.iter().fold(0.0, |sum, term| sum * w + term) / z
}

/// Loader's deviance x ln(x/m) + m - x, for x, m > 0, without cancellation where x is near m.
///
/// Loader's form: the density of a law is its weight times exp of minus this.
pub(super) fn deviance(x: f64, m: f64) -> f64 {
    let d = x - m;
    if d.abs() >= 0.1 * (x + m) {
        return x * libm::log(x / m) - d;
    }
    // v is the relative distance; the series in v has no difference of near numbers.
    let v = d / (x + m);
    let mut sum = d * v;
    let mut term = 2.0 * x * v;
    let mut odd = 1.0;
    loop {
        term *= v * v;
        odd += 2.0;
        let next = sum + term / odd;
        if next == sum {
            return sum;
        }
        sum = next;
    }
}

/// Solves `tail(x) = p` for x > 0 by Newton's method on ln tail against ln x.
///
/// `tail` returns the tail probability T and |dT / d ln x|; `sign` is 1 for a lower tail and -1 for an upper one.
/// For gamma, beta and Student tails ln T is concave in ln x (where the density of ln X is log-concave), so the
/// iterates approach from one side after the first step. Once ln(T/p) is below 1e-8 and the step below 1e-7 what is
/// left is of the order of their squares.
///
/// `start` is above nought and need not be near; `upper` is a bound that a step may not cross. The step in ln x is
/// capped, so a poor start cannot throw the iteration out of range. 200 rounds bound the loop.
pub(super) fn solve_tail(p: f64, start: f64, upper: f64, sign: f64, tail: impl Fn(f64) -> (f64, f64)) -> f64 {
    let mut x = start;
    for _ in 0..200 {
        // A tail that has underflowed says only on which side the answer lies.
        let (t, slope) = tail(x);
        let miss = if t > 0.0 { libm::log(t / p) } else { -1.0 };
        let step = if slope > 0.0 { -sign * miss * t / slope } else { -sign * miss.signum() * 0.5 };
        let next = x * libm::exp(step.clamp(-4.0, 4.0));
        // A step over the bound goes half the way to it instead.
        x = if next < upper { next } else { 0.5 * (x + upper) };
        if miss.abs() < 1e-8 && step.abs() < 1e-7 {
            break;
        }
    }
    x
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// SplitMix64 (Steele, Lea & Flood 2014): a generator for this test alone.
    pub fn uniforms(mut state: u64) -> impl FnMut() -> f64 {
        move || {
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = state;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            ((z ^ (z >> 31)) >> 11) as f64 * (1.0 / 9_007_199_254_740_992.0) + 5.6e-17
        }
    }

    /// Asserts a relative difference of at most `tolerance`.
    pub fn close(got: f64, want: f64, tolerance: f64) {
        let error = if want == 0.0 { got.abs() } else { ((got - want) / want).abs() };
        assert!(error <= tolerance, "got {got:e}, want {want:e}, relative error {error:e}");
    }

    #[test]
    fn stirling_correction_joins_at_ten() {
        // recurrence: lnG(z+1) = lnG(z) + ln z
        for z in [9.2_f64, 9.6, 9.99] {
            let a = stirling_correction(z) + (z - 0.5) * libm::log(z) - z;
            let b = stirling_correction(z + 1.0) + (z + 0.5) * libm::log(z + 1.0) - z - 1.0;
            assert!((b - a - libm::log(z)).abs() < 1e-14);
        }
    }

    #[test]
    fn deviance_series_agrees_with_the_closed_form() {
        for m in [0.83, 0.9, 1.1, 1.2] {
            let closed = libm::log(1.0 / m) + m - 1.0;
            assert!((deviance(1.0, m) - closed).abs() < 2e-16 * 4.0, "{m}");
        }
        assert_eq!(deviance(3.0, 3.0), 0.0);
    }

    /// Reference values: mpmath 1.3 at 40 digits, by bisection on the distribution function.
    #[test]
    fn beta_quantile_against_forty_digits() {
        let rows = [
            (2.0, 4.0, 0.05, 0.07644039141232889),
            (2.0, 4.0, 0.999, 0.8779861703885216),
            (1386.0, 3744.0, 0.025, 0.25811094116815264),
            (21.0168, 56.8232, 0.95, 0.35555923597115635),
            (0.5, 0.5, 0.3, 0.20610737385376343),
            (0.5, 0.5, 0.97, 0.99778098230154),
            (0.1, 3.0, 0.2, 2.4237070911980575e-08),
            (5.0, 0.1, 0.4, 0.9991921610740018),
            (40000.0, 60000.0, 0.01, 0.39639901863425847),
            (0.05, 0.05, 0.45, 0.10216710985756042),
            (1.5, 900.0, 1e-09, 1.3429543205367437e-09),
        ];
        for (a, b, u, want) in rows {
            close(beta_quantile(a, b, u), want, 5e-14);
        }
    }

    #[test]
    fn gamma_quantile_against_forty_digits() {
        let rows = [
            (6.25, 0.5, 5.920013599619646),
            (6.25, 0.95, 10.847901681945045),
            (0.1, 0.3, 3.586086018410947e-06),
            (0.1, 0.99, 1.5884778179295047),
            (0.5, 0.001, 7.85398574631245e-07),
            (100.0, 0.0001, 67.00773823554391),
            (100.0, 0.9999, 141.53012691212112),
            (5000.0, 0.25, 4952.126421757366),
            (2.5, 1e-12, 2.5623217484152678e-05),
        ];
        for (shape, u, want) in rows {
            close(gamma_quantile(shape, u), want, 5e-14);
        }
    }

    #[test]
    fn student_quantile_against_forty_digits() {
        let rows = [
            (1.0, 0.975, 12.706204736174692),
            (1.0, 0.5001, 0.0003141592756943707),
            (2.0, 0.975, 4.302652729749462),
            (2.3, 0.999, 16.279415982702883),
            (7.0, 0.975, 2.364624251592785),
            (13.89829728, 0.975, 2.1462600497116555),
            (9.0, 0.95, 1.8331129326562365),
            (99.0, 0.975, 1.9842169515864172),
        ];
        for (df, u, want) in rows {
            close(student_t_quantile(df, u), want, 1e-12);
            close(student_t_quantile(df, 1.0 - u), -want, 1e-10);
        }
    }

    #[test]
    fn distribution_functions_against_forty_digits() {
        let beta = [
            (1386.0, 3744.0, 0.25, 0.00047744195395833924),
            (1386.0, 3744.0, 0.31, 0.9999999997960607),
            (0.5, 0.5, 0.01, 0.06376856085851985),
            (3.0, 0.2, 0.999, 0.6685414839010846),
        ];
        for (a, b, x, want) in beta {
            close(beta_cdf(a, b, x), want, 2e-13);
        }
        let gamma = [
            (0.01, 1e-05, 0.8963367982671973, 0.1036632017328028),
            (5.0, 20.0, 0.9999830552560699, 1.6944743930067385e-05),
            (5.0, 0.1, 7.66780168618931e-08, 0.9999999233219832),
            (1000.0, 900.0, 0.0005499022657117829, 0.9994500977342882),
            (1000.0, 1100.0, 0.99894067674607, 0.0010593232539299773),
        ];
        for (shape, x, p, q) in gamma {
            close(gamma_p(shape, x), p, 2e-13);
            close(gamma_q(shape, x), q, 2e-13);
        }
    }

    #[test]
    fn normal_against_forty_digits() {
        let cdf = [
            (-8.0, 6.220960574271784e-16),
            (-3.0, 0.0013498980316300946),
            (-1.5, 0.06680720126885807),
            (0.2, 0.579259709439103),
            (2.5, 0.9937903346742238),
        ];
        for (x, want) in cdf {
            close(normal_cdf(x), want, 2e-14);
        }
        let quantile = [
            (1e-15, -7.941345326170997),
            (1e-05, -4.264890793922825),
            (0.025, -1.9599639845400543),
            (0.3, -0.5244005127080408),
            (0.9, 1.2815515655446006),
            (0.999999, 4.753424308817088),
        ];
        for (u, want) in quantile {
            close(normal_quantile(u), want, 1e-15);
        }
    }

    #[test]
    fn quantiles_turn_back_into_their_probability() {
        for a in [0.05, 0.3, 0.9, 1.0, 1.7, 8.0, 60.0, 900.0, 20_000.0] {
            for u in [1e-9, 1e-4, 0.03, 0.2, 0.5, 0.500_001, 0.8, 0.97, 0.9999] {
                close(gamma_p(a, gamma_quantile(a, u)), u, 2e-12);
                for b in [0.3, 1.0, 5.0, 700.0] {
                    let x = beta_quantile(a, b, u);
                    // near 1 the spacing of doubles bounds what a probability can be
                    if x < 0.999_999 {
                        let error = (beta_cdf(a, b, x) - u).abs();
                        assert!(error < 2e-11 * u || error < 4e-16, "beta({a}, {b}) at {u}: {error:e}");
                    }
                }
                // at fewer degrees of freedom 1e-9 lies beyond the range of a double
                if a > 0.2 {
                    close(student_t_cdf(a, student_t_quantile(a, u)), u, 1e-12);
                }
            }
        }
    }

    #[test]
    fn ends_and_the_binomial() {
        assert_eq!((gamma_quantile(2.0, 0.0), gamma_quantile(2.0, 1.0)), (0.0, f64::INFINITY));
        assert_eq!((beta_quantile(2.0, 2.0, 0.0), beta_quantile(2.0, 2.0, 1.0)), (0.0, 1.0));
        assert_eq!((student_t_quantile(5.0, 0.5), student_t_quantile(5.0, 1.0)), (0.0, f64::INFINITY));
        // 1 + 10 + 45 of 1024
        close(binomial_cdf(10, 0.5, 2), 56.0 / 1024.0, 1e-14);
        assert_eq!(
            (binomial_cdf(3, 0.2, 3), binomial_cdf(3, 0.0, 0), binomial_cdf(3, 1.0, 2)),
            (1.0, 1.0, 0.0)
        );
    }
}
