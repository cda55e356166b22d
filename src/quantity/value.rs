//! Laws as numbers: quantile, mean, standard deviation, support.
//!
//! In: a valid law and a uniform. Out: the value, in the unit of the address. Each quantile rises with u and lies in
//! the support. Cost on the build machine, by the ignored test `cost_of_a_quantile`: below 0.1 us in closed form, 0.4
//! to 0.8 us for beta, PERT and gamma.
//!
//! All of it is scenario and replication time. Parameters were checked where the scenario was read
//! (`scenario/laws.rs`); they are not looked at again here.

use super::law::{Law, Range80Scale};
use crate::stats::special::{beta_quantile, gamma_quantile, normal_cdf, normal_density, normal_quantile};

/// P90 of the standard normal.
const P90: f64 = 1.281_551_565_544_600_4;

/// Weight of the likely value in PERT.
const PERT_LAMBDA: f64 = 4.0;

/// The shapes of the beta behind a PERT.
///
/// The two shapes sum to 6; the mean of the beta is then (low + 4 likely + high) / 6 on the law's own scale.
fn pert_shapes(low: f64, likely: f64, high: f64) -> (f64, f64) {
    let mode = (likely - low) / (high - low);
    (1.0 + PERT_LAMBDA * mode, 1.0 + PERT_LAMBDA * (1.0 - mode))
}

/// Mean and standard deviation of the logarithm of a lognormal.
///
/// Exact, not an approximation for small coefficients of variation.
fn log_moments(mean: f64, sd: f64) -> (f64, f64) {
    let cv = sd / mean;
    let variance = libm::log1p(cv * cv);
    (libm::log(mean) - 0.5 * variance, libm::sqrt(variance))
}

impl Range80Scale {
    /// From the law's scale to the one on which it is normal.
    fn forward(self, x: f64) -> f64 {
        match self {
            Range80Scale::Share => libm::log(x) - libm::log1p(-x),
            Range80Scale::Positive => libm::log(x),
            Range80Scale::Real => x,
        }
    }

    /// And back.
    fn back(self, y: f64) -> f64 {
        match self {
            Range80Scale::Share => 1.0 / (1.0 + libm::exp(-y)),
            Range80Scale::Positive => libm::exp(y),
            Range80Scale::Real => y,
        }
    }

    /// Mean and standard deviation on the normal scale.
    fn normal(self, low: f64, high: f64) -> (f64, f64) {
        let (low, high) = (self.forward(low), self.forward(high));
        (0.5 * (low + high), 0.5 * (high - low) / P90)
    }
}

/// By the inverse of the distribution function, on the side of the likely value on which u lies.
fn triangular_quantile(low: f64, likely: f64, high: f64, u: f64) -> f64 {
    let width = high - low;
    if u * width <= likely - low {
        low + libm::sqrt(u * width * (likely - low))
    } else {
        high - libm::sqrt((1.0 - u) * width * (high - likely))
    }
}

/// The part of a normal between two values, from the tail in which digits are not lost.
fn kept(mean: f64, sd: f64, low: f64, high: f64) -> f64 {
    let (a, b) = ((low - mean) / sd, (high - mean) / sd);
    if a > 0.0 { normal_cdf(-a) - normal_cdf(-b) } else { normal_cdf(b) - normal_cdf(a) }
}

/// Quantile of the conditional law, worked out in the tail in which digits are not lost.
fn truncated_quantile(mean: f64, sd: f64, low: f64, high: f64, u: f64) -> f64 {
    if u <= 0.0 || u >= 1.0 {
        return if u <= 0.0 { low } else { high };
    }
    let a = (low - mean) / sd;
    let part = u * kept(mean, sd, low, high);
    let z =
        if a > 0.0 { -normal_quantile(normal_cdf(-a) - part) } else { normal_quantile(normal_cdf(a) + part) };
    // rounding at the ends only: the law has nothing outside
    (mean + sd * z).max(low).min(high)
}

/// Mean and variance of f(Z), Z standard normal, for smooth f: the trapezium rule, which converges exponentially.
///
/// Step 1/16 from -12 to 12; the tail left out is below 1e-32.
fn normal_moments(f: impl Fn(f64) -> f64) -> (f64, f64) {
    let nodes = || (-192..=192).map(|i| f64::from(i) / 16.0);
    let mean: f64 = nodes().map(|z| f(z) * normal_density(z) / 16.0).sum();
    let variance: f64 = nodes().map(|z| (f(z) - mean) * (f(z) - mean) * normal_density(z) / 16.0).sum();
    (mean, variance)
}

impl Law {
    /// The value not exceeded with chance u; the ends of the support at u = 0 and 1.
    ///
    /// `u` in 0..1. Never falls as it rises.
    pub fn quantile(&self, u: f64) -> f64 {
        match *self {
            Law::Fixed(value) => value,
            Law::Pert { low, likely, high } => {
                let (a, b) = pert_shapes(low, likely, high);
                low + (high - low) * beta_quantile(a, b, u)
            }
            Law::Range80 { low, high, scale } => {
                let (mean, sd) = scale.normal(low, high);
                scale.back(mean + sd * normal_quantile(u))
            }
            Law::Triangular { low, likely, high } => triangular_quantile(low, likely, high, u),
            Law::Uniform { low, high } => low + (high - low) * u,
            Law::Normal { mean, sd } => mean + sd * normal_quantile(u),
            Law::Lognormal { mean, sd } => {
                let (mu, sigma) = log_moments(mean, sd);
                libm::exp(mu + sigma * normal_quantile(u))
            }
            Law::Beta { a, b } => beta_quantile(a, b, u),
            Law::TruncatedNormal { mean, sd, low, high } => truncated_quantile(mean, sd, low, high, u),
            Law::Gamma { mean, sd } => {
                let shape = (mean / sd) * (mean / sd);
                mean / shape * gamma_quantile(shape, u)
            }
            Law::Weibull { shape, scale } => scale * libm::pow(-libm::log1p(-u), 1.0 / shape),
        }
    }

    /// The mean.
    ///
    /// Without truncation or rounding: what arithmetic before a run counts with. A share's `range80` has no
    /// closed form and is summed (385 nodes).
    pub fn mean(&self) -> f64 {
        self.moments().0
    }

    /// The standard deviation; 0 for a fixed number.
    pub fn sd(&self) -> f64 {
        libm::sqrt(self.moments().1)
    }

    /// Mean and variance.
    fn moments(&self) -> (f64, f64) {
        match *self {
            Law::Fixed(value) => (value, 0.0),
            Law::Pert { low, likely, high } => {
                let mean = (low + PERT_LAMBDA * likely + high) / (PERT_LAMBDA + 2.0);
                (mean, (mean - low) * (high - mean) / (PERT_LAMBDA + 3.0))
            }
            Law::Range80 { low, high, scale } => range80_moments(low, high, scale),
            Law::Triangular { low, likely, high } => {
                let (l, r) = (likely - low, high - likely);
                ((low + likely + high) / 3.0, (l * l + l * r + r * r) / 18.0)
            }
            Law::Uniform { low, high } => (0.5 * (low + high), (high - low) * (high - low) / 12.0),
            Law::Normal { mean, sd } | Law::Lognormal { mean, sd } | Law::Gamma { mean, sd } => {
                (mean, sd * sd)
            }
            Law::Beta { a, b } => {
                let s = a + b;
                (a / s, a / s * (b / s) / (s + 1.0))
            }
            Law::TruncatedNormal { mean, sd, low, high } => truncated_moments(mean, sd, low, high),
            Law::Weibull { shape, scale } => {
                let first = libm::tgamma(1.0 + 1.0 / shape);
                let second = libm::tgamma(1.0 + 2.0 / shape);
                (scale * first, scale * scale * (second - first * first))
            }
        }
    }

    /// The lowest and the highest value the law can take.
    ///
    /// Infinite where there is no end. The reader of scenarios holds it against the legal range of the
    /// address.
    pub fn support(&self) -> (f64, f64) {
        match *self {
            Law::Fixed(value) => (value, value),
            Law::Pert { low, high, .. } | Law::Triangular { low, high, .. } | Law::Uniform { low, high } => {
                (low, high)
            }
            Law::Range80 { scale: Range80Scale::Share, .. } | Law::Beta { .. } => (0.0, 1.0),
            Law::Range80 { scale: Range80Scale::Real, .. } | Law::Normal { .. } => {
                (f64::NEG_INFINITY, f64::INFINITY)
            }
            Law::TruncatedNormal { low, high, .. } => (low, high),
            Law::Range80 { scale: Range80Scale::Positive, .. }
            | Law::Lognormal { .. }
            | Law::Gamma { .. }
            | Law::Weibull { .. } => (0.0, f64::INFINITY),
        }
    }
}

/// Mean and variance on the law's own scale.
fn range80_moments(low: f64, high: f64, scale: Range80Scale) -> (f64, f64) {
    let (mean, sd) = scale.normal(low, high);
    match scale {
        Range80Scale::Share => normal_moments(|z| scale.back(mean + sd * z)),
        Range80Scale::Positive => {
            let lognormal_mean = libm::exp(mean + 0.5 * sd * sd);
            (lognormal_mean, lognormal_mean * lognormal_mean * libm::expm1(sd * sd))
        }
        Range80Scale::Real => (mean, sd * sd),
    }
}

/// Mean and variance of what the two ends leave.
fn truncated_moments(mean: f64, sd: f64, low: f64, high: f64) -> (f64, f64) {
    let (a, b) = ((low - mean) / sd, (high - mean) / sd);
    let all = kept(mean, sd, low, high);
    let (fa, fb) = (normal_density(a), normal_density(b));
    let shift = (fa - fb) / all;
    // an infinite end has density 0, and end times density is 0 as well
    let product = |end: f64, density: f64| if density == 0.0 { 0.0 } else { end * density };
    let variance = 1.0 + (product(a, fa) - product(b, fb)) / all - shift * shift;
    (mean + sd * shift, sd * sd * variance)
}

#[cfg(test)]
#[path = "value_tests.rs"]
mod tests;
