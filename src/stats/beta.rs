//! The regularised incomplete beta function, its inverse, and the binomial distribution function.
//!
//! In: shapes a, b > 0 and x in 0..=1, or a probability. Out: I_x(a, b), the beta quantile, P(Bin(n, p) <= k). Method:
//! the continued fraction of Algorithm 708 on the side where it converges fast, with Loader's density in front; the
//! quantile by Newton in logarithms from Abramowitz & Stegun 26.5.22.
//!
//! Fit: `quantity/` calls the quantile for uncertain shares, [`super::interval`] for the ends of Jeffreys and of
//! Clopper & Pearson, [`super::student`] for t, and [`super::given_data`] for the F test. Nothing here checks the
//! shapes: callers refuse those that are not above 0. The tests of [`super::special`] hold values that were computed
//! with forty digits.

use super::normal::normal_quantile;
use super::special::{deviance, solve_tail, stirling_correction};

/// A beta law, with the constant of its density ready.
pub(super) struct Kernel {
    /// First shape.
    a: f64,
    /// Second shape.
    b: f64,
    /// sqrt(ab / (2 pi (a + b))) with Stirling's corrections: what the density has before the deviances.
    scale: f64,
}

impl Kernel {
    /// The law of shapes a, b > 0; the logarithms of Gamma are taken once here, not at each x.
    pub(super) fn new(a: f64, b: f64) -> Kernel {
        let s = a + b;
        let correction = stirling_correction(s) - stirling_correction(a) - stirling_correction(b);
        Kernel { a, b, scale: libm::sqrt(a / s * b / core::f64::consts::TAU) * libm::exp(correction) }
    }

    /// (I, 1 - I, x^a y^b / B(a, b)) for I = I_x(a, b), where y = 1 - x is given with its own digits.
    pub(super) fn tails(&self, x: f64, y: f64) -> (f64, f64, f64) {
        let (a, b) = (self.a, self.b);
        // Loader: the density through two deviances has no difference of large logarithms.
        let s = a + b;
        let weight = self.scale * libm::exp(-(deviance(a, s * x) + deviance(b, s * y)));
        // The fraction converges fast only on the side of the mean where x lies; the other tail is one less it.
        let lambda = if a > b { s * y - b } else { a - s * x };
        if lambda >= 0.0 {
            let p = (weight * fraction(a, b, x, y, lambda)).min(1.0);
            (p, 1.0 - p, weight)
        } else {
            let q = (weight * fraction(b, a, y, x, -lambda)).min(1.0);
            (1.0 - q, q, weight)
        }
    }

    /// The x in 0..1 with I_x(a, b) = p = 1 - q, meant for the lower side of the law.
    fn solve(&self, p: f64, q: f64) -> f64 {
        let (a, b) = (self.a, self.b);
        let start = if a >= 1.0 && b >= 1.0 {
            central_start(a, b, p)
        // A shape below 1 puts an infinite density at an end: there I is x^a / (a B(a, b)) to first order.
        } else {
            let ln_beta = libm::lgamma(a) + libm::lgamma(b) - libm::lgamma(a + b);
            libm::exp((libm::log(p * a) + ln_beta) / a).min(0.5)
        };
        // So near nought the first order is exact in every digit, and Newton would lose them.
        if start < 1e-290 {
            return start;
        }
        // The slope is |dT / d ln x|: the weight is x y times the density, so it is divided by y.
        let tail = |x: f64| {
            let y = 1.0 - x;
            let (lower, upper, weight) = self.tails(x, y);
            (if p <= q { lower } else { upper }, weight / y)
        };
        solve_tail(p.min(q), start, 1.0, if p <= q { 1.0 } else { -1.0 }, tail)
    }
}

/// Abramowitz & Stegun 26.5.22: a value near the quantile where both shapes are at least 1.
fn central_start(a: f64, b: f64, p: f64) -> f64 {
    let z = -normal_quantile(p);
    let l = (z * z - 3.0) / 6.0;
    let (ra, rb) = (1.0 / (2.0 * a - 1.0), 1.0 / (2.0 * b - 1.0));
    let h = 2.0 / (ra + rb);
    let w = z * libm::sqrt(l + h) / h - (rb - ra) * (l + 5.0 / 6.0 - 2.0 / (3.0 * h));
    (a / (a + b * libm::exp(2.0 * w))).clamp(1e-280, 1.0 - 1e-15)
}

/// The even part of the continued fraction of I_x(a, b), without the weight in front; `lambda` is a - (a + b) x.
///
/// DiDonato & Morris, Algorithm 708, ACM TOMS 18 (1992), function BFRAC: it has no difference of near numbers.
fn fraction(a: f64, b: f64, x: f64, y: f64, lambda: f64) -> f64 {
    let c = 1.0 + lambda;
    let (c0, c1) = (b / a, 1.0 + 1.0 / a);
    let (mut p, mut s) = (1.0, a + 1.0);
    // numerators and denominators of the last two convergents, scaled each round so that they cannot overflow
    let (mut an, mut bn, mut an1, mut bn1) = (0.0, 1.0, 1.0, c / c1);
    let mut r = c1 / c;
    let mut n = 0.0;
    // The cap is never met for finite shapes; it bounds the loop where NaN comes in.
    while n < 1e6 {
        n += 1.0;
        let t = n / a;
        let w = n * (b - n) * x;
        let e = a / s;
        let alpha = p * (p + c0) * e * e * (w * x);
        let beta = n + w / s + (t + 1.0) / (c1 + t + t) * (c + n * (y + 1.0));
        p = t + 1.0;
        s += 2.0;
        (an, an1) = (an1, alpha * an + beta * an1);
        (bn, bn1) = (bn1, alpha * bn + beta * bn1);
        let before = r;
        r = an1 / bn1;
        if (r - before).abs() <= 2e-16 * r || r.is_nan() {
            break;
        }
        (an, bn, an1, bn1) = (an / bn1, bn / bn1, r, 1.0);
    }
    r
}

/// I_x(a, b): the chance that a beta variable is at most x.
///
/// For a, b > 0; 0 at x <= 0 and 1 at x >= 1, so the caller need not clamp.
pub fn beta_cdf(a: f64, b: f64, x: f64) -> f64 {
    if x <= 0.0 {
        0.0
    } else if x >= 1.0 {
        1.0
    } else {
        Kernel::new(a, b).tails(x, 1.0 - x).0
    }
}

/// The value a beta variable stays below with chance u; 0 at u <= 0 and 1 at u >= 1.
///
/// For a, b > 0 and any u; the relative error is about 5e-14 (the tests of [`super::special`]). A quantile so small
/// that Newton would lose its digits (below 1e-290) is the first order of the series.
pub fn beta_quantile(a: f64, b: f64, u: f64) -> f64 {
    if u <= 0.0 {
        return 0.0;
    }
    if u >= 1.0 {
        return 1.0;
    }
    let kernel = Kernel::new(a, b);
    // an end where the density is infinite is approached from that end
    // Above the turn the mirrored law is solved, so that the value keeps its distance from 1.
    let turn = if a >= 1.0 && b >= 1.0 { 0.5 } else { kernel.tails(0.5, 0.5).0 };
    if u <= turn { kernel.solve(u, 1.0 - u) } else { 1.0 - Kernel { a: b, b: a, ..kernel }.solve(1.0 - u, u) }
}

/// P(X <= k) for X binomial with n trials of chance p.
///
/// 1 where k >= n. Exact in law: through I_(1-p)(n - k, k + 1), not by a normal approximation.
pub fn binomial_cdf(n: u64, p: f64, k: u64) -> f64 {
    if k >= n || p <= 0.0 {
        return 1.0;
    }
    if p >= 1.0 {
        return 0.0;
    }
    Kernel::new((n - k) as f64, k as f64 + 1.0).tails(1.0 - p, p).0
}
