//! The interval of a mean paired difference: what two options on the same draws show.
//!
//! In: the moments of the differences. Out: an interval that holds the mean at least as often as it says, whichever way
//! the differences lean. Where luck strikes in few years the sample is skew although the law need not be: Hall's ends,
//! bent towards where the rare years lie, then leave nought far too often; where the law itself is skew Student's do.
//! So each end is the farther of the two. A difference of chances is of ones: there the years that differ are counted.
//! Sources: Hall, J. R. Stat. Soc. B 54 (1992); McNemar, Psychometrika 12 (1947); Clopper and Pearson, Biometrika 26
//! (1934).
//!
//! Fit: [`super::judgement::shown`] picks between the two forms by the luck in play; [`super::stopping`] stops by the
//! same interval as is shown. The coverage tests of the experiments hold how often each holds the mean.

use super::interval::{FEWEST, Interval, bent_at, clopper_pearson};
use super::moments::Moments;
use super::student::student_t_quantile;

/// The interval of a mean difference; none with fewer than ten, nor where all are equal.
///
/// In the unit of the measure. Ten is [`FEWEST`]: see [`super::interval`] for why fewer tell nothing of skewness.
pub fn difference(moments: &Moments, confidence: f64) -> Option<Interval> {
    if moments.n() < FEWEST {
        return None;
    }
    let like = (moments.mean()?, moments.sd()?, moments.skewness()?);
    Some(difference_at(like, moments.n(), confidence))
}

/// The interval that n differences with this mean, standard deviation and skewness have; n > 1.
///
/// `like` is (mean, standard deviation with n - 1, skewness). Callers that ask "and with more replications?" put
/// another n beside the moments seen; none of them is recomputed.
pub fn difference_at(like: (f64, f64, f64), n: u64, confidence: f64) -> Interval {
    // The skewness acts through Hall's ends alone.
    let (mean, sd, _) = like;
    let half = student_t_quantile((n - 1) as f64, 0.5 + 0.5 * confidence) * sd / libm::sqrt(n as f64);
    let bent = bent_at(like, n, confidence);
    Interval { low: bent.low.min(mean - half), high: bent.high.max(mean + half) }
}

/// The interval of a mean difference of ones and noughts, from the years in which the one was 1 and the other 0 and
/// those the other way round. How often they differ and which way hold together, each by Clopper and Pearson, so it is
/// never less sure than stated. None with fewer than ten.
///
/// `above` counts 1 against 0, `below` 0 against 1; n counts every pair, equal ones too.
pub fn of_chances((above, below): (u64, u64), n: u64, confidence: f64) -> Option<Interval> {
    (n >= FEWEST).then(|| of_chances_at((above as f64, below as f64), n as f64, confidence))
}

/// The interval that n pairs have of which so many differ up and down; n > 0.
///
/// Counts need not be whole: callers that ask "and with more replications?" put another n beside the shares seen.
pub fn of_chances_at((above, below): (f64, f64), n: f64, confidence: f64) -> Interval {
    // Two statements that must hold together get half the error each (Bonferroni).
    let each = 1.0 - 0.5 * (1.0 - confidence);
    let differ = above + below;
    let often = clopper_pearson(differ, n, each);
    // Where no pair differs, which way they would is unknown, and only how often bounds the mean.
    let unknown = Interval { low: 0.0, high: 1.0 };
    let up = if differ == 0.0 { unknown } else { clopper_pearson(above, differ, each) };
    // The mean is `often x (2 up - 1)`: farthest from nought with the most, nearest with the fewest that differ.
    let end = |lean: f64, far: f64, near: f64| lean * if lean < 0.0 { far } else { near };
    Interval {
        low: end(2.0 * up.low - 1.0, often.high, often.low),
        high: -end(1.0 - 2.0 * up.high, often.high, often.low),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::special::tests::{close, uniforms};

    /// How often of 2,000 samples the interval misses a mean of nought.
    fn missed(n: u64, seed: u64, value: impl Fn(&mut dyn FnMut() -> f64) -> f64) -> u32 {
        let one = |sample: u64| {
            let mut uniform = uniforms(seed + sample);
            let values: Vec<f64> = (0..n).map(|_| value(&mut uniform)).collect();
            let interval = difference(&Moments::of(&values), 0.95);
            u32::from(interval.is_some_and(|i| !i.holds(0.0)))
        };
        (0..2000).map(one).sum()
    }

    /// Differences in a few years only, up and down alike, of one size or of very different ones: nought is missed at
    /// most one time in twenty. By Hall's ends alone it was up to one in five.
    ///
    /// Seeds 10,000 and up. A rule that misses 0.05 passes 124 of 2,000 less than once in 100.
    #[test]
    fn luck_in_few_years_shows_nothing() {
        for n in [64, 200] {
            for differ in [2.0, 3.0, 6.0, 10.0, 20.0, 40.0] {
                let even = |uniform: &mut dyn FnMut() -> f64| {
                    let (strikes, side) = (uniform() < differ / n as f64, uniform());
                    if !strikes {
                        0.0
                    } else if side < 0.5 {
                        -1.0
                    } else {
                        1.0
                    }
                };
                let of_many_sizes = |uniform: &mut dyn FnMut() -> f64| {
                    let size = libm::exp(1.2 * crate::stats::normal::normal_quantile(uniform()));
                    size * even(uniform)
                };
                let counts = (missed(n, 10_000, even), missed(n, 20_000, of_many_sizes));
                println!("{differ} of {n}: {counts:?} of 2,000");
                assert!(counts.0 <= 124 && counts.1 <= 124, "{differ} of {n}: {counts:?} of 2,000");
            }
        }
    }

    /// Differences of a skew law: exponential less its mean.
    #[test]
    fn a_skew_law_is_held_too() {
        for n in [30, 64, 200] {
            let count = missed(n, 30_000, |uniform| -libm::log(1.0 - uniform()) - 1.0);
            assert!(count <= 124, "{n}: {count} of 2,000");
        }
    }

    /// By hand, 95 %: 2 of 48 years differ, both one way. 0.9875 each end: the share that differs is at most 0.1554 or
    /// so, and of two years nothing is known of the way but that at least 0.1118 of them go it (0.0125 = u^2).
    #[test]
    fn ones_and_noughts_are_counted() {
        let interval = of_chances((0, 2), 48, 0.95).unwrap_or(Interval { low: 1.0, high: -1.0 });
        let often = clopper_pearson(2.0, 48.0, 0.975);
        close(interval.low, -often.high, 1e-12);
        close(interval.high, often.high * (1.0 - 2.0 * libm::sqrt(0.0125)), 1e-9);
        assert!(interval.holds(0.0));
        // Seven all one way show it (2 x 0.5^7 < 0.025), six do not.
        let shown = |n: u64| !of_chances((n, 0), 64, 0.95).is_some_and(|i| i.holds(0.0));
        assert_eq!((shown(6), shown(7)), (false, true));
        // Both ways alike, and never: even about nought.
        for sides in [(0, 0), (5, 5)] {
            let even = of_chances(sides, 64, 0.95).unwrap_or(Interval { low: 0.0, high: 1.0 });
            close(even.low, -even.high, 1e-12);
            assert!(even.high > 0.0);
        }
        assert_eq!(of_chances((3, 0), 9, 0.95), None);
    }
}
