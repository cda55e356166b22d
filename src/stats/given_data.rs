//! First-order indices from an ordinary sample: what share of a result's variance goes with one input.
//!
//! In: pairs (input, result) of independent replications; a pair with NaN is left out. Out: the share, its interval and
//! the p-value of "no relation". Method: replications in order of the input are cut into m classes of equal size, a
//! straight line is fitted in each, and what the lines explain of the variance is the share (Plischke, Borgonovo &
//! Smith, European Journal of Operational Research 226, 2013, take class means; lines lose less inside a class). A
//! result that hangs on nothing still has (k - 1)/(n - 1) explained on average, with k fitted numbers, so Kelley's
//! correction is taken, 1 - (1 - share)(n - 1)/(n - k) (PNAS 21, 1935), which is unbiased there. m = floor(sqrt(n)/2):
//! what lines lose inside a class falls as 1/m^4, and the standard error by chance is about sqrt(2 k)/n, so both vanish
//! as n grows. Interval: bootstrap of pairs, percentiles set about the corrected share. p: F test of "all lines alike
//! and flat".
//!
//! Cost: a sort, and a pass over the pairs for each resample. Fit: it needs no design, so `experiment/sensitivity`
//! takes the replications of an ordinary run; [`super::indices`] plays a design of its own and gives totals too.

use super::beta::beta_cdf;
use super::design::below;
use super::interval::Interval;
use super::moments::Moments;
use super::quantile::percentile;
use crate::random::Key;

/// Fewer pairs than this are not cut into classes: two classes of eight.
///
/// (With 16 pairs floor(sqrt(16) / 2) = 2.) Fewer say nothing that a bootstrap would hold.
pub const FEWEST: usize = 16;

/// The share of a variance that goes with one input.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// Pairs used; those with a NaN are not among them.
    pub n: usize,
    /// Corrected share; an estimate, which may be a little below 0 where the truth is near 0.
    pub share: f64,
    /// Its interval: percentiles of the bootstrap, moved so that their mean is the corrected share; an end may lie
    /// below 0 or above 1.
    pub interval: Interval,
    /// Chance of a share this large or larger from an input without influence, by the F law; the caller corrects for
    /// many inputs tried at once.
    pub p: f64,
}

/// The first-order index of x on y; none with fewer than [`FEWEST`] complete pairs or where either does not vary.
///
/// `key` draws the `resamples` of the bootstrap.
/// `confidence` is 0..1; the same key gives the same ends. `resamples` of 0 leave no interval, and so no answer.
pub fn first_order(pairs: &[(f64, f64)], confidence: f64, resamples: u32, key: Key) -> Option<Share> {
    let mut kept: Vec<(f64, f64)> =
        pairs.iter().copied().filter(|(x, y)| !x.is_nan() && !y.is_nan()).collect();
    if kept.len() < FEWEST || kept.iter().all(|pair| pair.0 == kept[0].0) {
        return None;
    }
    // A stable sort: equal inputs stay in the order of the sample.
    kept.sort_by(|a, b| a.0.total_cmp(&b.0));
    let n = kept.len();
    // Classes are cut once: the bootstrap draws pairs with the class they have, so ties cannot move between classes.
    let classes = libm::floor(0.5 * libm::sqrt(n as f64)) as usize;
    let labelled: Vec<Labelled> = kept
        .iter()
        .enumerate()
        // i x classes / n spreads what does not divide over all classes; no class is empty.
        .map(|(i, pair)| Labelled { class: i * classes / n, x: pair.0, y: pair.1 })
        .collect();
    let (explained, fitted) = lines(&labelled, classes)?;
    let mut words = key.stream(0, 0, 0);
    let mut again = labelled.clone();
    let mut drawn = Vec::with_capacity(resamples as usize);
    for _ in 0..resamples {
        // A resample in which nothing varies has no share and is left out of the percentiles.
        again.iter_mut().for_each(|slot| *slot = labelled[below(n, &mut words)]);
        drawn.extend(lines(&again, classes).map(|(share, _)| share));
    }
    let (n_real, k) = (n as f64, fitted as f64);
    let share = 1.0 - (1.0 - explained) * (n_real - 1.0) / (n_real - k);
    // The bootstrap's own bias is about that of the uncorrected share: its percentiles are moved to the corrected one.
    let middle = Moments::of(&drawn).mean().unwrap_or(explained);
    let half = 0.5 * (1.0 - confidence);
    let end = |at: f64| Some(share + percentile(&drawn, at)? - middle);
    let interval = Interval { low: end(half)?, high: end(1.0 - half)? };
    // What is explained follows Beta((k - 1)/2, (n - k)/2) under "no relation".
    let p = 1.0 - beta_cdf(0.5 * (k - 1.0), 0.5 * (n_real - k), explained);
    Some(Share { n, share, interval, p })
}

/// A pair with the class of its input.
#[derive(Clone, Copy, Debug)]
struct Labelled {
    /// From 0, in order of the input.
    class: usize,
    /// The input.
    x: f64,
    /// The result.
    y: f64,
}

/// Sums of one class, about its means.
#[derive(Clone, Copy, Debug, Default)]
struct Line {
    /// Pairs so far.
    n: f64,
    /// Mean of the input.
    x: f64,
    /// Mean of the result.
    y: f64,
    /// Sum of squared deviations of the input.
    xx: f64,
    /// Sum of products of deviations of input and result.
    xy: f64,
}

impl Line {
    /// Takes one pair in (Welford): sums stay about the means, so large inputs lose no digits.
    fn push(&mut self, x: f64, y: f64) {
        self.n += 1.0;
        let before = x - self.x;
        self.x += before / self.n;
        self.y += (y - self.y) / self.n;
        self.xx += before * (x - self.x);
        self.xy += before * (y - self.y);
    }
}

/// Share of the variance that a line in each class explains, with the numbers fitted; none where nothing varies.
///
/// Fitted numbers are one a class, and one more where the input varies in it (a slope).
fn lines(labelled: &[Labelled], classes: usize) -> Option<(f64, usize)> {
    let mut by_class = vec![Line::default(); classes];
    let mut all = Moments::default();
    for pair in labelled {
        by_class[pair.class].push(pair.x, pair.y);
        all.push(pair.y);
    }
    let mean = all.mean()?;
    // The sum of squares about the mean; the variance has n - 1.
    let whole = all.variance()? * (all.n() - 1) as f64;
    let (mut between, mut fitted) = (0.0, 0);
    for class in by_class.iter().filter(|class| class.n > 0.0) {
        between += class.n * (class.y - mean) * (class.y - mean);
        fitted += 1;
        if class.xx > 0.0 {
            between += class.xy * class.xy / class.xx;
            fitted += 1;
        }
    }
    (whole > 0.0).then(|| (between / whole, fitted))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Purpose, open_unit};
    use crate::stats::normal::normal_quantile;
    use std::f64::consts::PI;

    fn key(entity: u64) -> Key {
        Key::new(7, Purpose::Design, entity)
    }

    /// A plain sample: `[replication][input]`.
    fn sample(n: u64, inputs: u32, entity: u64) -> Vec<Vec<f64>> {
        let of = |i: u64| (0..inputs).map(|j| open_unit(key(entity).words(i, 0, j)[0])).collect();
        (0..n).map(of).collect()
    }

    fn share(sample: &[Vec<f64>], input: usize, model: impl Fn(&[f64]) -> f64) -> Share {
        let pairs: Vec<(f64, f64)> = sample.iter().map(|x| (x[input], model(x))).collect();
        first_order(&pairs, 0.95, 200, key(99)).unwrap_or_else(|| panic!("the sample varies"))
    }

    /// SO-O1 and SO-O3 from 8,192 plain replications, seed 7. The standard error of a share is below 0.011 here; held
    /// to 4 of them, a fresh seed fails less than once in 2,000.
    #[test]
    fn so_o1_and_so_o3_without_a_design() {
        let sample = sample(8192, 3, 1);
        let ishigami = |x: &[f64]| {
            let x: Vec<f64> = x.iter().map(|x| PI * (2.0 * x - 1.0)).collect();
            let s = libm::sin(x[1]);
            libm::sin(x[0]) + 7.0 * s * s + 0.1 * x[2] * x[2] * x[2] * x[2] * libm::sin(x[0])
        };
        let linear =
            |x: &[f64]| normal_quantile(x[0]) + 2.0 * normal_quantile(x[1]) + 1.5 * normal_quantile(x[2]);
        let (one, two) = ([0.3139051911, 0.4424111448, 0.0], [0.1379310345, 0.5517241379, 0.3103448276]);
        for input in 0..3 {
            for (got, want) in
                [(share(&sample, input, ishigami), one[input]), (share(&sample, input, linear), two[input])]
            {
                assert!((got.share - want).abs() < 0.045, "{got:?} {want}");
                assert!(got.interval.half_width() < 0.03, "{got:?}");
                assert!(want == 0.0 || got.p < 1e-6, "{got:?}");
            }
        }
    }

    /// An input without influence: over 400 samples of 500 (seed 7) the mean share is 0 and p is below 0.05 once in 20.
    ///
    /// Standard errors: sqrt(2 x 21)/478/20 = 0.00068 (22 numbers fitted) and sqrt(0.05 x 0.95/400) = 0.011; 4 of each,
    /// so a fresh seed fails once in 8,000.
    #[test]
    fn an_input_without_influence_has_a_share_of_nought_on_average() {
        let got: Vec<Share> =
            (0..400).map(|i| share(&sample(500, 2, 1000 + i), 0, |x| libm::exp(x[1]))).collect();
        let mean = got.iter().map(|s| s.share).sum::<f64>() / 400.0;
        assert!(mean.abs() < 4.0 * 0.00068, "{mean}");
        let alarms = got.iter().filter(|s| s.p < 0.05).count() as f64 / 400.0;
        assert!((alarms - 0.05).abs() < 4.0 * 0.011, "{alarms}");
    }

    /// The 95 % interval covers a share of 0.8 about nine times in ten: percentiles of a bootstrap are a little narrow
    /// at this size. 300 samples of 1,000 (seed 7): a true 91 % falls below 85 % once in 5,000.
    #[test]
    fn the_interval_covers() {
        let model = |x: &[f64]| 2.0 * normal_quantile(x[0]) + normal_quantile(x[1]);
        let covers = |i: u64| share(&sample(1000, 2, 5000 + i), 0, model).interval.holds(0.8);
        let covered = (0..300).filter(|i| covers(*i)).count() as f64 / 300.0;
        assert!(covered > 0.85, "{covered}");
    }

    #[test]
    fn too_few_or_a_constant_has_no_share() {
        let few: Vec<(f64, f64)> = (0..15).map(|i| (f64::from(i), f64::from(i))).collect();
        assert_eq!(first_order(&few, 0.95, 10, key(1)), None);
        let flat: Vec<(f64, f64)> = (0..50).map(|i| (f64::from(i), 1.0)).collect();
        assert_eq!(first_order(&flat, 0.95, 10, key(1)), None);
        let same: Vec<(f64, f64)> = (0..50).map(|i| (1.0, f64::from(i))).collect();
        assert_eq!(first_order(&same, 0.95, 10, key(1)), None);
    }
}
