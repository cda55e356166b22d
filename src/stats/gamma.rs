//! The regularised incomplete gamma functions and the gamma quantile.
//!
//! In: shape a > 0 and x >= 0, or a probability. Out: P(a, x), Q(a, x), the quantile at scale 1. Method: power series
//! below a + 1, Lentz's continued fraction above (Numerical Recipes, 6.2), with Loader's density in front; the
//! quantile by Newton in logarithms from the Wilson-Hilferty value.
//!
//! Fit: `quantity/` takes the quantile for uncertain numbers and for the Gamma variables behind shares that sum to one.
//! Nothing here checks the shape: callers refuse one that is not above 0.

use super::normal::normal_quantile;
use super::special::{deviance, solve_tail, stirling_correction};

/// A gamma law of scale 1, with the constant of its density ready.
struct Kernel {
    /// The shape, above 0.
    shape: f64,
    /// sqrt(shape / 2 pi) with Stirling's correction: what x times the density has before the deviance.
    scale: f64,
}

impl Kernel {
    /// The law of a shape > 0.
    fn new(shape: f64) -> Kernel {
        let scale = libm::sqrt(shape / core::f64::consts::TAU) * libm::exp(-stirling_correction(shape));
        Kernel { shape, scale }
    }

    /// x times the density at x: x^a e^-x / Gamma(a).
    fn weight(&self, x: f64) -> f64 {
        self.scale * libm::exp(-deviance(self.shape, x))
    }

    /// (P, Q, x times the density).
    fn tails(&self, x: f64) -> (f64, f64, f64) {
        let weight = self.weight(x);
        // Each form converges on its own side of the mean; the other tail is one less it.
        if x < self.shape + 1.0 {
            let p = (weight * self.series(x)).min(1.0);
            (p, 1.0 - p, weight)
        } else {
            let q = (weight * self.fraction(x)).min(1.0);
            (1.0 - q, q, weight)
        }
    }

    /// Sum of x^n / (a (a+1) ... (a+n)).
    fn series(&self, x: f64) -> f64 {
        let mut a = self.shape;
        let mut term = 1.0 / a;
        let mut sum = term;
        // x is below shape + 1 here, so every term is smaller than the one before.
        while term > sum * 1e-17 {
            a += 1.0;
            term *= x / a;
            sum += term;
        }
        sum
    }

    /// Lentz's form of the continued fraction of Q.
    fn fraction(&self, x: f64) -> f64 {
        const TINY: f64 = 1e-300;
        let mut b = x + 1.0 - self.shape;
        let mut c = 1.0 / TINY;
        let mut d = 1.0 / b;
        let mut h = d;
        let mut i = 1.0;
        // The cap bounds the loop where NaN comes in.
        while i < 1e6 {
            let an = -i * (i - self.shape);
            b += 2.0;
            d = an * d + b;
            d = 1.0 / if d.abs() < TINY { TINY } else { d };
            c = b + an / c;
            c = if c.abs() < TINY { TINY } else { c };
            let change = d * c;
            h *= change;
            if (change - 1.0).abs() <= 3e-16 || change.is_nan() {
                break;
            }
            i += 1.0;
        }
        h
    }
}

/// P(a, x): the chance that a gamma variable of this shape and scale 1 is at most x.
///
/// For a shape > 0; 0 at x <= 0 and 1 at infinity. Near 1 the digits of the other tail are lost: take [`gamma_q`].
pub fn gamma_p(shape: f64, x: f64) -> f64 {
    if x <= 0.0 {
        0.0
    } else if x == f64::INFINITY {
        1.0
    } else {
        Kernel::new(shape).tails(x).0
    }
}

/// Q(a, x) = 1 - P(a, x), with its own digits in the tail.
///
/// For a shape > 0; 1 at x <= 0 and 0 at infinity.
pub fn gamma_q(shape: f64, x: f64) -> f64 {
    if x <= 0.0 {
        1.0
    } else if x == f64::INFINITY {
        0.0
    } else {
        Kernel::new(shape).tails(x).1
    }
}

/// The value a gamma variable of this shape and scale 1 stays below with chance u.
///
/// 0 at u <= 0, infinity at u >= 1. A value too small for a double is 0.
///
/// For a shape > 0; multiply by the scale for another. The relative error is about 5e-14 (the tests of
/// [`super::special`]).
pub fn gamma_quantile(shape: f64, u: f64) -> f64 {
    if u <= 0.0 {
        return 0.0;
    }
    if u >= 1.0 {
        return f64::INFINITY;
    }
    // P(a, x) <= x^a / Gamma(a+1): never above the answer
    let below = libm::exp((libm::log(u) + libm::lgamma(shape + 1.0)) / shape);
    if below < 1e-290 {
        return below;
    }
    // Wilson & Hilferty: the cube root of a gamma variable is nearly normal; below its range the bound is the better
    // start.
    let z = normal_quantile(u);
    let root = 1.0 - 1.0 / (9.0 * shape) + z / (3.0 * libm::sqrt(shape));
    let start = below.max(shape * root * root * root);
    let kernel = Kernel::new(shape);
    // The smaller tail is solved, which keeps its own digits.
    if u <= 0.5 {
        let tail = |x: f64| {
            let (p, _, weight) = kernel.tails(x);
            (p, weight)
        };
        solve_tail(u, start, f64::INFINITY, 1.0, tail)
    } else {
        let tail = |x: f64| {
            let (_, q, weight) = kernel.tails(x);
            (q, weight)
        };
        solve_tail(1.0 - u, start, f64::INFINITY, -1.0, tail)
    }
}
