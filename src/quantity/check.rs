//! What makes a law valid.
//!
//! In: a law as written. Out: nothing, or the first thing wrong, in the planner's words.

use super::law::{Law, LawFault, Range80Scale};
use crate::stats::special::normal_cdf;

/// A truncated normal whose range held less than this of the normal would be all tail.
const LEAST_KEPT: f64 = 1e-9;

impl Law {
    /// Whether the numbers make a law.
    pub fn check(&self) -> Result<(), LawFault> {
        match *self {
            Law::Fixed(value) => finite("the value", value),
            Law::Pert { low, likely, high } | Law::Triangular { low, likely, high } => {
                [("low", low), ("likely", likely), ("high", high)]
                    .iter()
                    .try_for_each(|(n, v)| finite(n, *v))?;
                ordered("low", low, "likely", likely)?;
                ordered("likely", likely, "high", high)?;
                distinct(low, high)
            }
            Law::Range80 { low, high, scale } => check_range80(low, high, scale),
            Law::Uniform { low, high } => check_ends(low, high),
            Law::Normal { mean, sd } => finite("mean", mean).and_then(|()| positive("sd", sd)),
            Law::Lognormal { mean, sd } | Law::Gamma { mean, sd } => {
                positive("mean", mean).and_then(|()| positive("sd", sd))
            }
            Law::Beta { a, b } => {
                positive("the first shape", a).and_then(|()| positive("the second shape", b))
            }
            Law::TruncatedNormal { mean, sd, low, high } => check_truncated(mean, sd, low, high),
            Law::Weibull { shape, scale } => positive("shape", shape).and_then(|()| positive("scale", scale)),
        }
    }
}

fn finite(name: &str, value: f64) -> Result<(), LawFault> {
    if value.is_finite() { Ok(()) } else { Err(LawFault::new(format!("{name} must be a number"))) }
}

pub(super) fn positive(name: &str, value: f64) -> Result<(), LawFault> {
    finite(name, value)?;
    if value > 0.0 { Ok(()) } else { Err(LawFault::new(format!("{name} must be above 0"))) }
}

fn ordered(first: &str, low: f64, second: &str, high: f64) -> Result<(), LawFault> {
    if low <= high { Ok(()) } else { Err(LawFault::new(format!("{first} must not exceed {second}"))) }
}

fn distinct(low: f64, high: f64) -> Result<(), LawFault> {
    if low < high { Ok(()) } else { Err(LawFault::new("low and high are equal: write one number instead")) }
}

fn check_ends(low: f64, high: f64) -> Result<(), LawFault> {
    finite("low", low)?;
    finite("high", high)?;
    ordered("low", low, "high", high)?;
    distinct(low, high)
}

fn check_range80(low: f64, high: f64, scale: Range80Scale) -> Result<(), LawFault> {
    check_ends(low, high)?;
    match scale {
        Range80Scale::Share if low <= 0.0 || high >= 1.0 => Err(LawFault::new(
            "the range of a share must lie between 0 and 1, ends excluded: one case in ten lies outside it on each side",
        )),
        Range80Scale::Positive if low <= 0.0 => {
            Err(LawFault::new("low must be above 0: one case in ten lies below it"))
        }
        _ => Ok(()),
    }
}

fn check_truncated(mean: f64, sd: f64, low: f64, high: f64) -> Result<(), LawFault> {
    finite("mean", mean)?;
    positive("sd", sd)?;
    if low.is_nan() || high.is_nan() {
        return Err(LawFault::new("low and high must be numbers"));
    }
    ordered("low", low, "high", high)?;
    distinct(low, high)?;
    if kept(mean, sd, low, high) < LEAST_KEPT {
        return Err(LawFault::new("low and high leave almost nothing of this normal: check mean and sd"));
    }
    Ok(())
}

/// The part of a normal between two values, from the tail in which digits are not lost.
pub(super) fn kept(mean: f64, sd: f64, low: f64, high: f64) -> f64 {
    let (a, b) = ((low - mean) / sd, (high - mean) / sd);
    if a > 0.0 { normal_cdf(-a) - normal_cdf(-b) } else { normal_cdf(b) - normal_cdf(a) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(law: Result<Law, LawFault>) -> String {
        law.map_or_else(|fault| fault.to_string(), |law| format!("accepted {law:?}"))
    }

    #[test]
    fn faults_speak_the_planners_words() {
        let rows = [
            (Law::new_pert(5.0, 4.0, 9.0), "low must not exceed likely"),
            (Law::new_triangular(1.0, 4.0, 3.0), "likely must not exceed high"),
            (Law::new_uniform(2.0, 2.0), "low and high are equal: write one number instead"),
            (
                Law::new_range80(0.0, 3.0, Range80Scale::Positive),
                "low must be above 0: one case in ten lies below it",
            ),
            (Law::new_normal(0.0, 0.0), "sd must be above 0"),
            (Law::new_fixed(f64::NAN), "the value must be a number"),
            (Law::new_beta_mean(1.0, 10.0), "the mean of a beta must lie between 0 and 1, ends excluded"),
            (Law::new_beta_mean_sd(0.5, 0.5), "sd is too large for a share with this mean"),
            (Law::new_beta_counts(-1.0, 3.0), "successes must be 0 or more"),
            (Law::new_gamma(-1.0, 3.0), "mean must be above 0"),
        ];
        for (law, want) in rows {
            assert_eq!(reason(law), want);
        }
        assert!(reason(Law::new_range80(0.2, 1.0, Range80Scale::Share)).starts_with("the range of a share"));
        assert!(reason(Law::new_truncated_normal(0.0, 1.0, 40.0, 41.0)).starts_with("low and high leave"));
        assert!(Law::new_truncated_normal(5.0, 1.0, 0.0, f64::INFINITY).is_ok());
    }

    #[test]
    fn a_law_at_its_likely_end_is_legal() {
        assert!(Law::new_pert(1.0, 1.0, 2.0).is_ok());
        assert!(Law::new_triangular(1.0, 2.0, 2.0).is_ok());
    }
}
