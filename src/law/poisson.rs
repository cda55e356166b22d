//! The Poisson law by exact inversion, for a mean that may be new at every draw.
//!
//! In: a uniform number u and a mean [count]. Out: the smallest k with u < P(N <= k), so the draw never falls when
//! the mean or u rises. A small mean is summed from the bottom. For a larger one N is the whole part of x, where
//! Q(x, mean) = Phi(w) = u defines a continuous x (Q the regularised upper incomplete gamma function). x is expanded
//! about large means; wherever the expansion's error could matter, the exact sum decides. Source of the
//! expansion: Temme 1979; Giles, "Algorithm 955", ACM TOMS 42 (2016). Assumption: mean at most 1e6.

use super::factorial::LnFactorial;
use super::guide::Guide;
use super::normal::rough_quantile;

/// Below this mean the draw sums from the bottom: the expansion's error grows quickly under it.
const EXPANSION_FROM: f64 = 8.0;
/// |u - 1/2| up to which the expansion was checked: |w| < 3.49.
const CENTRAL: f64 = 0.49976;
/// Below this mean the exact sum starts at 0, beyond it 9.5 standard deviations under the mean (P < 2^-60).
const FROM_ZERO_BELOW: f64 = 90.25;
/// 2^-60: beyond the mode, a term this small can no longer decide a draw on a grid of 2^-53.
const NEGLIGIBLE: f64 = 1.0 / 1_152_921_504_606_846_976.0;

/// The smallest k with u < P(N <= k), for `u` in [0, 1) and `mean` >= 0.
#[inline]
pub fn quantile(u: f64, mean: f64) -> u32 {
    debug_assert!((0.0..=1e9).contains(&mean), "Poisson mean {mean}");
    // Only where the expansion leaves no doubt which whole number x lies in: else the exact sum below
    // decides.
    if mean >= EXPANSION_FROM && (u - 0.5).abs() < CENTRAL {
        let x = inverse(rough_quantile(u), mean);
        let whole = x as u32;
        let part = x - f64::from(whole);
        let doubt = doubt(mean);
        if part > doubt && part < 1.0 - doubt {
            return whole;
        }
    }
    // Small means mostly end within 16 terms.
    if mean < EXPANSION_FROM
        && let Some(k) = Terms::start(mean).early_quantile(u)
    {
        return k;
    }
    Terms::start(mean).quantile(u)
}

/// P(N <= k), to about 1e-14 relative (absolute 2^-60 in the far lower tail of means above 90).
///
/// No draw uses it: those go by [`quantile`].
pub fn cdf(k: u32, mean: f64) -> f64 {
    let mut terms = Terms::start(mean);
    if k < terms.k {
        return 0.0;
    }
    while terms.k < k && !terms.exhausted() {
        terms.advance();
    }
    terms.sum.min(1.0)
}

/// P(N = k).
pub fn pmf(k: u32, mean: f64) -> f64 {
    if mean == 0.0 {
        return if k == 0 { 1.0 } else { 0.0 };
    }
    libm::exp(f64::from(k) * libm::log(mean) - mean - LnFactorial::get().of(k))
}

/// Twice or more the largest error of x found for |w| < 3.5, by a scan of means from 8 to 20,000 against exact sums
/// (test `the_expansion_is_within_half_its_doubt`): that of the expansion, and 1e-7 relative in w of the rough
/// normal quantile.
#[inline(always)]
fn doubt(mean: f64) -> f64 {
    let per_mean = 1.0 / mean;
    (0.012 + 0.9 * (per_mean * per_mean)) * per_mean + 1e-6 * mean.sqrt()
}

/// x with Q(x, mean) = Phi(w), as mean f(r) + g(r) + h(r) / mean with r = w / sqrt(mean).
///
/// f solves r^2 / 2 = 1 - f + f ln f; g = ln(sqrt(f) r / (f - 1)) / ln f; both as Taylor series, with exact
/// rational beginnings 1, 1, 1/6, -1/72, 1/270 and 1/3, -1/36, 7/810; h(0) = -8/405, the rest of h fitted to
/// solutions with 40 digits for |r| <= 0.8.
#[inline(always)]
fn inverse(w: f64, mean: f64) -> f64 {
    // one quotient serves all three
    let per_mean = 1.0 / mean;
    let r = w * (mean.sqrt() * per_mean);
    let (r2, r4) = (r * r, (r * r) * (r * r));
    let f = (1.0 + r)
        + (1.0 / 6.0 - r * (1.0 / 72.0)) * r2
        + ((1.0 / 270.0 - r * 0.001_331_018_518_518_518_5)
            + (0.000_558_495_002_939_447_4 - r * 0.000_258_051_330_099_941_2) * r2)
            * r4
        + (0.000_127_376_053_301_979_23 - r * 0.000_065_980_509_618_184_84) * (r4 * r4);
    let g = (1.0 / 3.0 - r * (1.0 / 36.0))
        + (7.0 / 810.0 - r * 0.003_523_662_551_440_329) * r2
        + 0.001_653_439_153_439_153_4 * r4;
    let h = -8.0 / 405.0 + r * (0.017_34 - r * 0.012_82);
    mean * f + g + h * per_mean
}

/// The one exact sum: terms of the law upward from a start that depends on the mean alone.
struct Terms {
    /// Of the law [count].
    mean: f64,
    /// The count that `term` and `sum` are of.
    k: u32,
    /// P(N = k).
    term: f64,
    /// P(N <= k).
    sum: f64,
}

impl Terms {
    /// Begins at 0, or so far below the mode that what is left out cannot be drawn.
    #[inline]
    fn start(mean: f64) -> Self {
        if mean < FROM_ZERO_BELOW {
            let term = libm::exp(-mean);
            return Self { mean, k: 0, term, sum: term };
        }
        Self::start_below_the_mode(mean)
    }

    /// The term at the mode from Stirling's series, then down by the recurrence.
    #[cold]
    fn start_below_the_mode(mean: f64) -> Self {
        let mode = mean.floor();
        // ln of mode! against Stirling's leading terms; mode >= 90, so the next term is below 1e-16
        let excess = (1.0 / 12.0 - (1.0 / 360.0 - 1.0 / (1260.0 * mode * mode)) / (mode * mode)) / mode;
        let off = (mean - mode) / mode;
        let log = mode * (libm::log1p(off) - off) - excess;
        let mut term = libm::exp(log) / (2.0 * std::f64::consts::PI * mode).sqrt();
        // Not below 0: this start is for means of 90.25 and more.
        let lowest = (mean - 9.5 * mean.sqrt()) as u32;
        let mut k = mode as u32;
        while k > lowest {
            term *= f64::from(k) / mean;
            k -= 1;
        }
        Self { mean, k, term, sum: term }
    }

    /// One term on. Reciprocals up to 512 are at hand; beyond, a quotient a term.
    #[inline(always)]
    fn advance(&mut self) {
        self.k += 1;
        let step = match super::RECIPROCAL.get(self.k as usize) {
            Some(reciprocal) => self.mean * reciprocal,
            None => self.mean / f64::from(self.k),
        };
        self.term *= step;
        self.sum += self.term;
    }

    /// Whether no later term can decide a draw. (Written so that a mean that is not a number ends the sum.)
    #[inline(always)]
    fn exhausted(&self) -> bool {
        !(self.term > NEGLIGIBLE || f64::from(self.k) < self.mean)
    }

    /// [`Terms::quantile`] if it is among the first 16 terms. Counts in eights, because a branch at every term
    /// would be guessed wrong at most draws. Sums no longer change once exhausted, so the count is the same.
    #[inline(always)]
    fn early_quantile(mut self, u: f64) -> Option<u32> {
        for _ in 0..2 {
            let mut k = self.k;
            for _ in 0..8 {
                k += u32::from(u >= self.sum);
                self.advance();
            }
            if k < self.k {
                return Some(k);
            }
        }
        None
    }

    /// The smallest k with u < P(N <= k), term by term: what every faster way has to give.
    #[inline]
    fn quantile(mut self, u: f64) -> u32 {
        while u >= self.sum && !self.exhausted() {
            self.advance();
        }
        self.k
    }
}

/// The law at a fixed mean, giving for every u the value of [`quantile`].
#[derive(Clone, Debug)]
pub struct Table {
    /// Where the exact sum starts: nothing below it is ever drawn.
    lowest: u32,
    /// Over the sums from there on.
    guide: Guide,
}

impl Table {
    /// The table for `mean` >= 0 [count]; its size grows as the root of the mean. Pays where a mean stays the same
    /// over many draws.
    pub fn new(mean: f64) -> Self {
        let mut terms = Terms::start(mean);
        let lowest = terms.k;
        let mut sums = vec![terms.sum];
        while !terms.exhausted() {
            terms.advance();
            sums.push(terms.sum);
        }
        Self { lowest, guide: Guide::new(sums) }
    }

    /// The smallest k with u < P(N <= k), for `u` in [0, 1).
    #[inline]
    pub fn quantile(&self, u: f64) -> u32 {
        self.lowest + self.guide.find(u)
    }
}

#[cfg(test)]
mod tests;
