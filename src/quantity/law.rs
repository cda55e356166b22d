//! The laws an uncertain number may follow.
//!
//! In: the numbers a planner states, whose order and range the reader of scenarios has checked
//! (`scenario/laws.rs`: a law that could leave the legal range of its address is refused there, nothing is
//! clipped). Out: a [`Law`].

use core::fmt;

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

/// Why shares were refused, in the planner's words.
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
