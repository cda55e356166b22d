//! A spell of whole days with a stated mean and coefficient of variation.
//!
//! In: mean [days], coefficient of variation, keyed words. Out: a length of at least one day. A coefficient
//! of 1 is the geometric law (constant hazard; its own coefficient is sqrt(1 - 1/mean)). Otherwise the length
//! is 1 + G rounded at random to a neighbouring whole number, with G a gamma variable of mean `mean - 1`: the
//! mean is exact; the rounding adds a variance between 0 and 1/4, of which its typical 1/6 is taken out of
//! G's, so that the coefficient holds to about 1 % for spells of three days and more.

use crate::law::gamma;
use crate::law::negative_binomial::geometric_days;
use crate::random::{Stream, unit};

/// Mean of f(1 - f) for an evenly spread fraction f: what rounding at random adds to a variance.
const ROUNDING: f64 = 1.0 / 6.0;

/// Law of a length.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Spell {
    /// Constant hazard with this mean [days].
    Geometric(f64),
    /// One day and a rounded gamma variable: its mean [days] and shape (none where it does not vary).
    Gamma(f64, Option<f64>),
}

impl Spell {
    /// The law with a mean of at least one day (shorter means are taken as one day).
    pub fn new(mean: f64, cv: f64) -> Self {
        let mean = mean.max(1.0);
        if cv == 1.0 {
            return Self::Geometric(mean);
        }
        let beyond = mean - 1.0;
        let variance = cv * cv * mean * mean - ROUNDING;
        Self::Gamma(beyond, (variance > 0.0 && beyond > 0.0).then(|| beyond * beyond / variance))
    }

    /// Mean length [days].
    pub fn mean(&self) -> f64 {
        match self {
            Self::Geometric(mean) => *mean,
            Self::Gamma(beyond, _) => 1.0 + beyond,
        }
    }

    /// A whole spell [days].
    pub fn draw(&self, words: &mut Stream) -> usize {
        match *self {
            Self::Geometric(mean) => geometric_days(unit(words.next_word()), mean) as usize,
            Self::Gamma(beyond, shape) => {
                let g = beyond * shape.map_or(1.0, |shape| gamma::unit_mean(shape, words));
                1 + (g + unit(words.next_word())) as usize
            }
        }
    }

    /// What is left of the spell that is on at a moment of the steady state, today included [days].
    ///
    /// Spells are met in proportion to their length. With L = 1 + F that is L itself with chance 1/mean, else
    /// F in proportion to its own size, which a gamma variable of one more shape gives, rounded up with
    /// chance (its fraction) x (upper value) / (value). Every day of the spell met is as likely as another.
    pub fn draw_rest(&self, words: &mut Stream) -> usize {
        let Self::Gamma(beyond, shape) = *self else { return self.draw(words) };
        let whole = if unit(words.next_word()) * self.mean() < 1.0 {
            self.draw(words)
        } else {
            let g = beyond * shape.map_or(1.0, |k| gamma::unit_mean(k + 1.0, words) * (k + 1.0) / k);
            let below = g.floor();
            let up = unit(words.next_word()) * g < (g - below) * (below + 1.0);
            1 + below as usize + usize::from(up)
        };
        1 + (unit(words.next_word()) * whole as f64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Key, Purpose};

    fn words(index: u64) -> Stream {
        Key::new(1, Purpose::SicknessSpell, 0).stream(index, 0, 0)
    }

    /// Seed 1; mean within 5 standard errors (false-alarm rate 6e-7 a law); coefficient within 3 %: 1 % by how
    /// whole days are made, and 3.5 standard errors where its own is widest (Gamma with a coefficient of 2 has
    /// a kurtosis of 27: 0.57 %).
    #[test]
    fn lengths_have_the_stated_mean_and_coefficient() {
        for (mean, cv) in [(1.0, 0.5), (3.0, 0.0), (4.4, 0.6), (8.0, 2.0), (12.0, 1.0)] {
            let law = Spell::new(mean, cv);
            let n = 200_000;
            let drawn: Vec<f64> = (0..n).map(|i| law.draw(&mut words(i)) as f64).collect();
            let m = drawn.iter().sum::<f64>() / n as f64;
            let sd = (drawn.iter().map(|x| (x - m) * (x - m)).sum::<f64>() / n as f64).sqrt();
            assert!((m - mean).abs() <= 5.0 * sd / (n as f64).sqrt() + 1e-12, "{mean} {cv}: {m}");
            if mean >= 3.0 && cv > 0.0 && cv != 1.0 {
                assert!((sd / m / cv - 1.0).abs() < 0.03, "{mean} {cv}: {}", sd / m);
            }
        }
    }

    /// In the steady state the rest, today included, has mean (E L² / E L + 1) / 2. Seed 1, five standard errors.
    #[test]
    fn the_rest_of_a_spell_is_that_of_the_steady_state() {
        for (mean, cv) in [(3.3, 0.7), (8.0, 2.0), (6.0, 0.0)] {
            let law = Spell::new(mean, cv);
            let n = 400_000;
            let square: f64 =
                (0..n).map(|i| (law.draw(&mut words(i)) as f64).powi(2)).sum::<f64>() / n as f64;
            let rest: Vec<f64> = (0..n).map(|i| law.draw_rest(&mut words(n + i)) as f64).collect();
            let m = rest.iter().sum::<f64>() / n as f64;
            let sd = (rest.iter().map(|x| (x - m) * (x - m)).sum::<f64>() / n as f64).sqrt();
            let expected = (square / mean + 1.0) / 2.0;
            // the estimate of E L² is itself uncertain: 2 % covers its five standard errors at cv 2
            assert!((m - expected).abs() < 5.0 * sd / (n as f64).sqrt() + 0.02 * expected, "{m} {expected}");
        }
    }
}
