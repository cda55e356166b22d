//! A fixed discrete law, such as days of lead, drawn by inversion through a guide table.
//!
//! In: weights of the values 0, 1, 2, ..., which need not sum to 1. Out: a value; it never falls as u rises.
//!
//! A value of weight 0 is never drawn, the last ones included.

use super::guide::Guide;
use std::fmt;

/// A law on 0, 1, 2, ... with stated weights, ready to be drawn from.
#[derive(Clone, Debug)]
pub struct Discrete {
    /// Over cumulative probabilities, of the values up to the last with a weight.
    guide: Guide,
}

/// Why weights are not a law.
#[derive(Copy, Clone, Eq, PartialEq, Debug)]
pub enum Invalid {
    /// A weight is negative, infinite or not a number.
    Weight {
        /// Its position.
        position: usize,
    },
    /// No weight is above 0, or their sum is not finite.
    Sum,
}

impl fmt::Display for Invalid {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Weight { position } => write!(out, "weight {position} is not a number of at least 0"),
            Self::Sum => write!(out, "the weights do not have a positive, finite sum"),
        }
    }
}

impl std::error::Error for Invalid {}

impl Discrete {
    /// The law with these weights, scaled to sum to 1.
    ///
    /// # Errors
    ///
    /// Names the first weight that is no number of at least 0; or says that their sum is no positive, finite
    /// number.
    pub fn new(weights: &[f64]) -> Result<Self, Invalid> {
        if let Some(position) = weights.iter().position(|weight| !weight.is_finite() || *weight < 0.0) {
            return Err(Invalid::Weight { position });
        }
        let total: f64 = weights.iter().sum();
        // Values behind the last with a weight are left out: the guide takes the last threshold as 1.
        let last = weights.iter().rposition(|weight| *weight > 0.0);
        let Some(last) = last.filter(|_| total.is_finite()) else { return Err(Invalid::Sum) };
        let mut sum = 0.0;
        let cumulative = weights[..=last].iter().map(|weight| {
            sum += weight;
            sum / total
        });
        Ok(Self { guide: Guide::new(cumulative.collect()) })
    }

    /// The smallest value whose cumulative probability exceeds `u`, with `u` in [0, 1).
    ///
    /// One step through the guide; allocates nothing.
    #[inline]
    pub fn quantile(&self, u: f64) -> u32 {
        self.guide.find(u)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::check;
    use crate::random::unit;

    /// Noughts at both ends and inside; the weights sum to 8.
    const LEAD: [f64; 8] = [0.0, 3.0, 1.0, 0.0, 0.5, 2.5, 1.0, 0.0];

    /// The ends of u give the first and the last value with a weight; false-alarm rate 1e-6 between them.
    #[test]
    fn only_positive_weights_are_drawn() {
        let law = Discrete::new(&LEAD).expect("valid weights");
        assert_eq!(law.quantile(0.0), 1);
        assert_eq!(law.quantile(unit(u64::MAX)), 6);
        check::fits(
            check::words(1, 100_000).map(|word| law.quantile(unit(word))),
            |k| LEAD[k as usize] / 8.0,
            8,
        );
    }

    /// The first weight that is wrong is named; no weights are no law.
    #[test]
    fn weights_that_are_no_law_are_refused() {
        assert_eq!(Discrete::new(&[1.0, -1.0]).err(), Some(Invalid::Weight { position: 1 }));
        assert_eq!(Discrete::new(&[f64::NAN]).err(), Some(Invalid::Weight { position: 0 }));
        assert_eq!(Discrete::new(&[0.0]).err(), Some(Invalid::Sum));
        assert_eq!(Discrete::new(&[]).err(), Some(Invalid::Sum));
    }

    /// A changed hash is a changed draw: log it as a value-breaking change.
    #[test]
    fn golden_draws() {
        let law = Discrete::new(&LEAD).expect("valid weights");
        let drawn = check::words(2, 10_000).map(|word| u64::from(law.quantile(unit(word))));
        assert_eq!(check::golden(drawn), "6b94737f0a89e3d9");
    }
}
