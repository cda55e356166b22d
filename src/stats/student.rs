//! Student's t law.
//!
//! In: degrees of freedom df >= 0.5 (any real number; Welch needs it). Out: distribution function and quantile, through
//! the incomplete beta function at df / (df + t^2), whose weight is exactly t times the density of t.
//!
//! Fit: intervals take the quantile at n - 1 or at Satterthwaite's degrees of freedom, p-values the distribution
//! function.

use super::beta::Kernel;
use super::normal::{normal_cdf, normal_quantile};
use super::special::solve_tail;

/// Above this many degrees of freedom the law differs from the normal one by less than the digits of a double.
const NORMAL_FROM: f64 = 1e12;

/// (P(T > t), t times the density), t > 0.
///
/// Through the beta law of t², whose weight is t times the density of t: both ends keep their digits.
fn upper_tail(kernel: &Kernel, df: f64, t: f64) -> (f64, f64) {
    let s = df + t * t;
    let (p, _, weight) = kernel.tails(df / s, t * t / s);
    (0.5 * p, weight)
}

/// P(T <= t).
///
/// `df` at least 0.5; infinite is the normal law. The small tail keeps its digits, so a p-value far out is one.
pub fn student_t_cdf(df: f64, t: f64) -> f64 {
    if t == 0.0 {
        return 0.5;
    }
    if t.is_infinite() || df > NORMAL_FROM {
        return normal_cdf(t);
    }
    let tail = upper_tail(&Kernel::new(0.5 * df, 0.5), df, t.abs()).0;
    if t > 0.0 { 1.0 - tail } else { tail }
}

/// The value t stays below with chance u; minus and plus infinity at 0 and 1.
///
/// `df` at least 0.5. Exactly 0 at u = 0.5, and the sign of the normal quantile elsewhere.
pub fn student_t_quantile(df: f64, u: f64) -> f64 {
    let z = normal_quantile(u);
    if z == 0.0 || z.is_infinite() || df > NORMAL_FROM {
        return z;
    }
    let p = u.min(1.0 - u);
    let kernel = Kernel::new(0.5 * df, 0.5);
    let t = solve_tail(p, z.abs(), f64::INFINITY, -1.0, |t| upper_tail(&kernel, df, t));
    t.copysign(z)
}
