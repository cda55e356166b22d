//! Shares that add up to 1 and are not known exactly.
//!
//! In: names and weights (alpha: counts seen, as it were, of each part). Out: shares, each from its own keyed uniform:
//! gamma quantiles of the weights, divided by their sum.
//!
//! Adding a part leaves the uniforms of the others, not their shares: all are divided by one sum.

use super::law::LawFault;
use crate::stats::special::gamma_quantile;

/// The smallest weight: below it a gamma quantile can leave the range of a double, and all shares be 0.
const LEAST_WEIGHT: f64 = 0.1;

/// A Dirichlet law of shares.
#[derive(Clone, Debug, PartialEq)]
pub struct Dirichlet {
    /// Where it stands in the scenario.
    pub address: String,
    /// What the shares are of, in order.
    pub names: Vec<String>,
    /// Weight of each part; each share has the mean alpha over their sum.
    pub alpha: Vec<f64>,
}

impl Dirichlet {
    /// At least two parts, as many weights as names, no name twice, each weight 0.1 or more.
    ///
    /// # Errors
    ///
    /// Says which of these is broken, and for which part.
    pub fn new(
        address: impl Into<String>,
        names: Vec<String>,
        alpha: Vec<f64>,
    ) -> Result<Dirichlet, LawFault> {
        if names.len() < 2 {
            return Err(LawFault::new("shares need at least two parts"));
        }
        if names.len() != alpha.len() {
            return Err(LawFault::new(format!("{} parts but {} weights", names.len(), alpha.len())));
        }
        for (at, (name, weight)) in names.iter().zip(&alpha).enumerate() {
            if names[..at].contains(name) {
                return Err(LawFault::new(format!("the part `{name}` is named twice")));
            }
            if !(*weight >= LEAST_WEIGHT && weight.is_finite()) {
                return Err(LawFault::new(format!("the weight of `{name}` must be {LEAST_WEIGHT} or more")));
            }
        }
        Ok(Dirichlet { address: address.into(), names, alpha })
    }

    /// The address of one part, the key of its uniform, so that adding a part moves no other part's uniform.
    ///
    /// # Panics
    ///
    /// Where there is no such part; so do [`Dirichlet::mean`] and [`Dirichlet::covariance`].
    pub fn part_address(&self, part: usize) -> String {
        format!("{}.{}", self.address, self.names[part])
    }

    /// The mean share of one part.
    ///
    /// [share]
    pub fn mean(&self, part: usize) -> f64 {
        self.alpha[part] / self.alpha.iter().sum::<f64>()
    }

    /// The covariance of the shares of two parts; of a part with itself, its variance.
    ///
    /// Of two parts it is below nought: more of one is less of the other.
    pub fn covariance(&self, one: usize, other: usize) -> f64 {
        let sum: f64 = self.alpha.iter().sum();
        let same = if one == other { self.mean(one) } else { 0.0 };
        (same - self.mean(one) * self.mean(other)) / (sum + 1.0)
    }
}

/// The shares of these weights, one uniform a part, each inside 0..1.
///
/// `out` and `alpha` have one length, and as many uniforms are taken, each in (0, 1). Allocates nothing.
pub fn shares(alpha: &[f64], uniforms: impl Iterator<Item = f64>, out: &mut [f64]) {
    for ((share, weight), uniform) in out.iter_mut().zip(alpha).zip(uniforms) {
        *share = gamma_quantile(*weight, uniform);
    }
    let sum: f64 = out.iter().sum();
    out.iter_mut().for_each(|share| *share /= sum);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::moments::{Moments, covariance};
    use crate::stats::special::tests::close;

    fn three() -> Result<Dirichlet, LawFault> {
        Dirichlet::new("mode", ["phone", "here", "online"].map(String::from).to_vec(), vec![27.0, 60.0, 13.0])
    }

    #[test]
    fn di_o1_dirichlet_moments() -> Result<(), LawFault> {
        let law = three()?;
        let sd = [0.04417561713, 0.04874666782, 0.03346344244];
        for (part, (mean, sd)) in [0.27, 0.6, 0.13].into_iter().zip(sd).enumerate() {
            close(law.mean(part), mean, 1e-12);
            close(libm::sqrt(law.covariance(part, part)), sd, 1e-9);
        }
        close(law.covariance(0, 1), -0.001603960396, 1e-9);
        assert_eq!(law.part_address(1), "mode.here");
        Ok(())
    }

    /// A 30 x 30 x 30 grid of mid-point uniforms; the grid's own error on these is below 5 %: it cuts the tails.
    #[test]
    fn drawn_shares_have_those_moments_and_add_up() -> Result<(), LawFault> {
        let law = three()?;
        let at = |i: usize| (i as f64 + 0.5) / 30.0;
        let mut pairs = Vec::new();
        for i in 0..27_000 {
            let mut drawn = [0.0; 3];
            shares(&law.alpha, [at(i % 30), at(i / 30 % 30), at(i / 900)].into_iter(), &mut drawn);
            assert!((drawn.iter().sum::<f64>() - 1.0).abs() < 1e-15);
            pairs.push((drawn[0], drawn[1]));
        }
        let first = Moments::of(&pairs.iter().map(|p| p.0).collect::<Vec<_>>());
        close(first.mean().unwrap_or(0.0), 0.27, 1e-3);
        close(first.variance().unwrap_or(0.0), law.covariance(0, 0), 0.05);
        close(covariance(&pairs).unwrap_or(0.0), law.covariance(0, 1), 0.05);
        Ok(())
    }

    #[test]
    fn faults_name_the_part() {
        let build = |names: &[&str], alpha: &[f64]| {
            let names = names.iter().map(|n| String::from(*n)).collect();
            Dirichlet::new("x", names, alpha.to_vec()).err().map(|f| f.to_string())
        };
        assert_eq!(build(&["a", "a"], &[1.0, 1.0]).as_deref(), Some("the part `a` is named twice"));
        assert_eq!(build(&["a", "b"], &[1.0, 0.0]).as_deref(), Some("the weight of `b` must be 0.1 or more"));
        assert_eq!(build(&["a", "b"], &[1.0]).as_deref(), Some("2 parts but 1 weights"));
        assert_eq!(build(&["a"], &[1.0]).as_deref(), Some("shares need at least two parts"));
        assert_eq!(build(&["a", "b"], &[0.1, 1e6]), None);
    }
}
