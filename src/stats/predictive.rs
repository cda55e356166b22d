//! What a model expects an observation to be: the spread of its draws and the error of the observation together.
//!
//! In: draws of the true value, one a replication, and the standard error of the observation with its degrees of
//! freedom. Out: distribution function, interval, and the predictive p-value of what was observed: twice the smaller
//! tail. The law is the mixture of Student's t about each draw, worked out exactly, so no further random number is
//! needed. Assumption: the error is independent of the draw. Where the standard error is itself estimated, mixing t
//! laws is Behrens and Fisher's solution; it is uniform under the model but for a little caution with few degrees of
//! freedom. A lopsided error has a half law of its own width on either side (Barlow, Asymmetric statistical errors,
//! PHYSTAT 2003 and arXiv physics/0406120), which leaves both published ends where they are. Source: Box, J. R. Stat.
//! Soc. A 143 (1980), for the predictive check; Gelman, Meng & Stern, Stat. Sinica 6 (1996).
//!
//! Fit: the verdict of a pilot (`findings/piloted/verdict.rs`) holds the effect that was observed against the effects
//! that the model plays. Draws are of the truth: the error of the observation is the only other part of the spread.

use super::interval::Interval;
use super::student::student_t_cdf;

/// The law of an observation under a model.
///
/// Never empty, and free of NaN.
#[derive(Clone, Debug)]
pub struct Predictive {
    /// Draws, ascending.
    draws: Vec<f64>,
    /// Standard error of the observation where it lies below the truth, and above it; nought where none is known.
    errors: [f64; 2],
    /// Its degrees of freedom; infinite for a normal error.
    df: f64,
}

impl Predictive {
    /// From draws (no value is left out); none without any.
    ///
    /// `error` is 0 or more [unit of the value]; 0 gives the draws themselves. `df` is infinite for a normal error.
    pub fn new(draws: &[f64], error: f64, df: f64) -> Option<Self> {
        Self::lopsided(draws, [error; 2], df)
    }

    /// The same for an observation whose interval is longer on one side: its errors as its interval states them, below
    /// and above the effect. Where the truth may lie further above what was observed, what is observed may lie further
    /// below the truth.
    pub fn lopsided(draws: &[f64], [below, above]: [f64; 2], df: f64) -> Option<Self> {
        let draws = super::quantile::sorted(draws);
        (!draws.is_empty()).then_some(Self { draws, errors: [above, below], df })
    }

    /// Chance that the observation lies below a value; of draws that equal it, half.
    ///
    /// Costs one distribution function of t for each draw.
    pub fn cdf(&self, x: f64) -> f64 {
        // The side of the law on which x lies has its own error, so both published ends are met.
        let error = |draw: &f64| self.errors[usize::from(x > *draw)];
        let below = |draw: &f64| match error(draw) > 0.0 {
            true => student_t_cdf(self.df, (x - draw) / error(draw)),
            false if *draw < x => 1.0,
            false if *draw == x => 0.5,
            false => 0.0,
        };
        self.draws.iter().map(below).sum::<f64>() / self.draws.len() as f64
    }

    /// Twice the smaller tail beyond what was observed.
    ///
    /// 1 where the observed value is the median of the mixture; small where the model did not expect it.
    pub fn p_value(&self, observed: f64) -> f64 {
        let below = self.cdf(observed);
        (2.0 * below.min(1.0 - below)).min(1.0)
    }

    /// The value the observation stays below with chance u.
    pub fn quantile(&self, u: f64) -> f64 {
        let (first, last) = (self.draws[0], self.draws[self.draws.len() - 1]);
        // A reach that is never nought, so that widening the bracket ends.
        let reach = self.errors[0]
            .max(self.errors[1])
            .max(1e-9 * (last - first))
            .max(1e-12 * last.abs())
            .max(f64::MIN_POSITIVE);
        let (mut low, mut high) = (first - reach, last + reach);
        let mut step = reach;
        while self.cdf(low) > u {
            step *= 2.0;
            low -= step;
        }
        step = reach;
        while self.cdf(high) < u {
            step *= 2.0;
            high += step;
        }
        // 60 halvings leave less than any digit that is shown
        for _ in 0..60 {
            let middle = 0.5 * (low + high);
            if self.cdf(middle) < u { low = middle } else { high = middle }
        }
        0.5 * (low + high)
    }

    /// The interval that holds the observation with chance `confidence`, 0 to 1, with equal tails.
    pub fn interval(&self, confidence: f64) -> Interval {
        Interval { low: self.quantile(0.5 - 0.5 * confidence), high: self.quantile(0.5 + 0.5 * confidence) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::special::tests::close;

    #[test]
    fn one_draw_is_students_law() {
        let law = Predictive::new(&[2.0], 0.5, f64::INFINITY).expect("a draw");
        close(law.cdf(2.0), 0.5, 1e-12);
        close(law.interval(0.95).high, 2.0 + 0.5 * 1.959963984540054, 1e-9);
        close(law.p_value(2.0 - 0.5 * 1.959963984540054), 0.05, 1e-9);
    }

    /// Observations whose published 95 % interval runs from 1 below to 3 above: under a right model the p-value is
    /// uniform, and the interval holds the truth in 95 %, 2.5 % on either side. Evened out it would not: exact, over
    /// quantiles of the law.
    #[test]
    fn a_lopsided_error_is_taken_as_it_stands() {
        use crate::stats::normal::{normal_cdf, normal_quantile};
        let (truth, z, n) = (5.0, normal_quantile(0.975), 10_000);
        let [below, above] = [1.0 / z, 3.0 / z];
        // the truth lies above what was observed by as much as the interval reaches up
        let observed: Vec<f64> = (0..n)
            .map(|i| normal_quantile((f64::from(i) + 0.5) / f64::from(n)))
            .map(|u| truth - u * if u < 0.0 { below } else { above })
            .collect();
        let law = Predictive::lopsided(&[truth], [below, above], f64::INFINITY).expect("a draw");
        let share =
            |of: &dyn Fn(f64) -> bool| observed.iter().filter(|x| of(**x)).count() as f64 / f64::from(n);
        for level in [0.01, 0.1, 0.5, 0.9] {
            close(share(&|x| law.p_value(x) <= level), level, 2e-4);
        }
        close(share(&|x| x + 3.0 < truth), 0.025, 2e-4);
        close(share(&|x| x - 1.0 > truth), 0.025, 2e-4);
        let interval = law.interval(0.95);
        close(interval.low, truth - 3.0, 1e-6);
        close(interval.high, truth + 1.0, 1e-6);
        let evened = Predictive::new(&[truth], 2.0 / z, f64::INFINITY).expect("a draw");
        assert!(share(&|x| evened.p_value(x) <= 0.1) > 0.12, "evened out it would call too many wrong");
        let beyond = normal_cdf(-z * 2.0 / 3.0);
        // counted over n quantiles, a share is known to one in n
        assert!((share(&|x| x < truth - 2.0) - beyond).abs() < 1.0 / f64::from(n), "{beyond}");
    }

    #[test]
    fn without_error_it_is_the_draws() {
        let law = Predictive::new(&[1.0, 2.0, 3.0, 4.0, f64::NAN], 0.0, 1.0).expect("four draws");
        assert_eq!((law.cdf(2.5), law.cdf(2.0), law.p_value(2.5), law.p_value(9.0)), (0.5, 0.375, 1.0, 0.0));
        close(law.quantile(0.5), 2.5, 0.51);
        assert!(Predictive::new(&[f64::NAN], 1.0, 3.0).is_none());
        let still = Predictive::new(&[0.0, 0.0], 0.0, 1.0).expect("two draws").interval(0.95);
        assert!(still.half_width() < 1e-300, "an effect of nought in every year");
    }
}
