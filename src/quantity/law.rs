//! The laws an uncertain number may follow, and what makes one valid.
//!
//! In: the numbers a planner states. Out: a [`Law`], or the [`LawFault`] that says in words what is wrong. Build a law
//! through its constructor; a variant written by hand can be tested with [`Law::check`].

use core::fmt;

use super::check::positive;

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
}
