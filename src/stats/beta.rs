//! The regularised incomplete beta function, its inverse, and the binomial distribution function.
//!
//! In: shapes a, b > 0 and x in 0..=1, or a probability. Out: I_x(a, b), the beta quantile, P(Bin(n, p) <= k). Method:
//! Lentz's continued fraction on the side where it converges fast (Numerical Recipes, 6.4), with Loader's density in
//! front; the quantile by Newton in logarithms from Abramowitz & Stegun 26.5.22.

use super::normal::normal_quantile;
use super::special::{deviance, solve_tail, stirling_correction};

/// A beta law, with the constant of its density ready.
pub(super) struct Kernel {
    a: f64,
    b: f64,
    scale: f64,
}

impl Kernel {
    pub(super) fn new(a: f64, b: f64) -> Kernel {
        let s = a + b;
        let correction = stirling_correction(s) - stirling_correction(a) - stirling_correction(b);
        Kernel { a, b, scale: libm::sqrt(a / s * b / core::f64::consts::TAU) * libm::exp(correction) }
    }

    /// (I_x(a, b), x^a y^b / B(a, b)) at x, where y = 1 - x is given with its own digits.
    pub(super) fn lower(&self, x: f64, y: f64) -> (f64, f64) {
        let (a, b) = (self.a, self.b);
        let s = a + b;
        let weight = self.scale * libm::exp(-(deviance(a, s * x) + deviance(b, s * y)));
        let p = if x < (a + 1.0) / (s + 2.0) {
            weight * fraction(a, b, x) / a
        } else {
            1.0 - weight * fraction(b, a, y) / b
        };
        (p.clamp(0.0, 1.0), weight)
    }

    /// The x in 0..1 with I_x(a, b) = p, meant for the lower side of the law.
    fn solve(&self, p: f64) -> f64 {
        let (a, b) = (self.a, self.b);
        let start = if a >= 1.0 && b >= 1.0 {
            central_start(a, b, p)
        } else {
            let ln_beta = libm::lgamma(a) + libm::lgamma(b) - libm::lgamma(a + b);
            libm::exp((libm::log(p * a) + ln_beta) / a).min(0.5)
        };
        if start < 1e-290 {
            return start;
        }
        let tail = |x: f64| {
            let y = 1.0 - x;
            let (t, weight) = self.lower(x, y);
            (t, weight / y)
        };
        solve_tail(p, start, 1.0, 1.0, tail)
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

/// Lentz's form of the continued fraction of I_x(a, b), without the density in front.
fn fraction(a: f64, b: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let keep = |v: f64| if v.abs() < TINY { TINY } else { v };
    let s = a + b;
    let mut c = 1.0;
    let mut d = 1.0 / keep(1.0 - s * x / (a + 1.0));
    let mut h = d;
    let mut m = 1.0;
    while m < 1e6 {
        let am = a + 2.0 * m;
        let even = m * (b - m) * x / ((am - 1.0) * am);
        d = 1.0 / keep(1.0 + even * d);
        c = keep(1.0 + even / c);
        h *= d * c;
        let odd = -(a + m) * (s + m) * x / (am * (am + 1.0));
        d = 1.0 / keep(1.0 + odd * d);
        c = keep(1.0 + odd / c);
        let change = d * c;
        h *= change;
        if (change - 1.0).abs() <= 3e-16 {
            break;
        }
        m += 1.0;
    }
    h
}

/// I_x(a, b): the chance that a beta variable is at most x.
pub fn beta_cdf(a: f64, b: f64, x: f64) -> f64 {
    if x <= 0.0 {
        0.0
    } else if x >= 1.0 {
        1.0
    } else {
        Kernel::new(a, b).lower(x, 1.0 - x).0
    }
}

/// The value a beta variable stays below with chance u; 0 at u <= 0 and 1 at u >= 1.
pub fn beta_quantile(a: f64, b: f64, u: f64) -> f64 {
    if u <= 0.0 {
        return 0.0;
    }
    if u >= 1.0 {
        return 1.0;
    }
    let kernel = Kernel::new(a, b);
    // an end where the density is infinite is approached from that end
    let turn = if a >= 1.0 && b >= 1.0 { 0.5 } else { kernel.lower(0.5, 0.5).0 };
    if u <= turn { kernel.solve(u) } else { 1.0 - Kernel { a: b, b: a, ..kernel }.solve(1.0 - u) }
}

/// P(X <= k) for X binomial with n trials of chance p.
pub fn binomial_cdf(n: u64, p: f64, k: u64) -> f64 {
    if k >= n || p <= 0.0 {
        return 1.0;
    }
    if p >= 1.0 {
        return 0.0;
    }
    Kernel::new((n - k) as f64, k as f64 + 1.0).lower(1.0 - p, p).0
}
