//! The laws an uncertain number may follow, and what makes one valid.
//!
//! In: the numbers a planner states. Out: a [`Law`], or the [`LawFault`] that says in words what is wrong. Build a law
//! through its constructor; a variant written by hand can be tested with [`Law::check`].

use core::fmt;

use crate::stats::special::normal_cdf;

/// What is known of an uncertain number, in the unit of its address.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Law {
    /// Known.
    Fixed(f64),
    /// Beta on low..high with the weight 4 on the likely value (PERT; Malcolm et al. 1959).
    Pert {
        /// Lowest possible.
        low: f64,
        /// Most likely.
        likely: f64,
        /// Highest possible.
        high: f64,
    },
    /// The range that holds 8 in 10: low is P10 and high is P90, on a stated scale.
    Range80 {
        /// P10.
        low: f64,
        /// P90.
        high: f64,
        /// On which scale the law is normal.
        scale: Range80Scale,
    },
    /// Density rising from low to likely and falling to high in straight lines.
    Triangular {
        /// Lowest possible.
        low: f64,
        /// Most likely.
        likely: f64,
        /// Highest possible.
        high: f64,
    },
    /// Everything between low and high alike.
    Uniform {
        /// Lowest possible.
        low: f64,
        /// Highest possible.
        high: f64,
    },
    /// Normal.
    Normal {
        /// Mean.
        mean: f64,
        /// Standard deviation.
        sd: f64,
    },
    /// Lognormal, by its own mean and standard deviation and not those of its logarithm.
    Lognormal {
        /// Mean.
        mean: f64,
        /// Standard deviation.
        sd: f64,
    },
    /// Beta on 0..1.
    Beta {
        /// First shape (successes).
        a: f64,
        /// Second shape (failures).
        b: f64,
    },
    /// Normal on condition of lying between low and high, either of which may be infinite.
    TruncatedNormal {
        /// Mean before truncation.
        mean: f64,
        /// Standard deviation before truncation.
        sd: f64,
        /// Lowest possible.
        low: f64,
        /// Highest possible.
        high: f64,
    },
    /// Gamma.
    Gamma {
        /// Mean.
        mean: f64,
        /// Standard deviation.
        sd: f64,
    },
    /// Weibull.
    Weibull {
        /// Shape: below 1 long-tailed, 1 exponential.
        shape: f64,
        /// Scale: the value not reached in 63 of 100 cases.
        scale: f64,
    },
}

/// The scale on which a `range80` is normal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Range80Scale {
    /// For shares: normal on the logit.
    Share,
    /// For rates, times and costs: normal on the logarithm.
    Positive,
    /// Where negative is legal: normal.
    Real,
}

/// Why a law was refused, in the planner's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LawFault(String);

impl LawFault {
    pub(super) fn new(reason: impl Into<String>) -> LawFault {
        LawFault(reason.into())
    }
}

impl fmt::Display for LawFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl core::error::Error for LawFault {}

/// A truncated normal whose range held less than this of the normal would be all tail.
const LEAST_KEPT: f64 = 1e-9;

impl Law {
    /// A known number.
    pub fn new_fixed(value: f64) -> Result<Law, LawFault> {
        Law::Fixed(value).checked()
    }

    /// Lowest, most likely and highest.
    pub fn new_pert(low: f64, likely: f64, high: f64) -> Result<Law, LawFault> {
        Law::Pert { low, likely, high }.checked()
    }

    /// P10 and P90.
    pub fn new_range80(low: f64, high: f64, scale: Range80Scale) -> Result<Law, LawFault> {
        Law::Range80 { low, high, scale }.checked()
    }

    /// Lowest, most likely and highest, with straight lines between.
    pub fn new_triangular(low: f64, likely: f64, high: f64) -> Result<Law, LawFault> {
        Law::Triangular { low, likely, high }.checked()
    }

    /// Anything between two numbers alike.
    pub fn new_uniform(low: f64, high: f64) -> Result<Law, LawFault> {
        Law::Uniform { low, high }.checked()
    }

    /// Mean and standard deviation of a normal.
    pub fn new_normal(mean: f64, sd: f64) -> Result<Law, LawFault> {
        Law::Normal { mean, sd }.checked()
    }

    /// Mean and standard deviation of a lognormal.
    pub fn new_lognormal(mean: f64, sd: f64) -> Result<Law, LawFault> {
        Law::Lognormal { mean, sd }.checked()
    }

    /// The two shapes of a beta.
    pub fn new_beta(a: f64, b: f64) -> Result<Law, LawFault> {
        Law::Beta { a, b }.checked()
    }

    /// A beta by its mean and its concentration a + b: as sure as after that many observations.
    pub fn new_beta_mean(mean: f64, concentration: f64) -> Result<Law, LawFault> {
        if !(mean > 0.0 && mean < 1.0) {
            return Err(LawFault::new("the mean of a beta must lie between 0 and 1, ends excluded"));
        }
        positive("concentration", concentration)?;
        Law::new_beta(mean * concentration, (1.0 - mean) * concentration)
    }

    /// A beta by its mean and standard deviation.
    pub fn new_beta_mean_sd(mean: f64, sd: f64) -> Result<Law, LawFault> {
        positive("sd", sd)?;
        let concentration = mean * (1.0 - mean) / (sd * sd) - 1.0;
        if mean > 0.0 && mean < 1.0 && concentration <= 0.0 {
            return Err(LawFault::new("sd is too large for a share with this mean"));
        }
        Law::new_beta_mean(mean, concentration)
    }

    /// A beta by what was counted, from a uniform prior: 1 + successes, 1 + failures.
    pub fn new_beta_counts(successes: f64, failures: f64) -> Result<Law, LawFault> {
        for (name, count) in [("successes", successes), ("failures", failures)] {
            if !(count >= 0.0 && count.is_finite()) {
                return Err(LawFault::new(format!("{name} must be 0 or more")));
            }
        }
        Law::new_beta(successes + 1.0, failures + 1.0)
    }

    /// A normal on condition of lying between low and high; either may be infinite.
    pub fn new_truncated_normal(mean: f64, sd: f64, low: f64, high: f64) -> Result<Law, LawFault> {
        Law::TruncatedNormal { mean, sd, low, high }.checked()
    }

    /// Mean and standard deviation of a gamma.
    pub fn new_gamma(mean: f64, sd: f64) -> Result<Law, LawFault> {
        Law::Gamma { mean, sd }.checked()
    }

    /// Shape and scale of a Weibull.
    pub fn new_weibull(shape: f64, scale: f64) -> Result<Law, LawFault> {
        Law::Weibull { shape, scale }.checked()
    }

    fn checked(self) -> Result<Law, LawFault> {
        self.check().map(|()| self)
    }

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

fn positive(name: &str, value: f64) -> Result<(), LawFault> {
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
