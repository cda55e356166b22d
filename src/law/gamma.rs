//! The gamma law with mean 1, for day noise and total times.
//!
//! In: a shape (1 / squared coefficient of variation) and an address. Out: a positive factor. Source: Marsaglia and
//! Tsang, ACM TOMS 26 (2000), with their boost for shapes below 1. An attempt takes one block of two words, and more
//! than 95 in 100 draws of shape 1 or more need one attempt.

use super::normal;
use crate::random::{Key, Stream, open_unit};

/// A gamma variable with mean 1 and this `shape` > 0, from the stream's next words.
///
/// The mean is 1 and the variance 1 / shape. How many words it takes is left to chance: what follows on the
/// stream moves.
pub fn unit_mean(shape: f64, stream: &mut Stream) -> f64 {
    attempt_until_done(shape, || [stream.next_word(), stream.next_word()])
}

/// The same from the blocks of one address, starting at block 0.
///
/// For a draw that is alone at its address.
#[inline]
pub fn unit_mean_from(key: Key, index: u64, date: i32, shape: f64) -> f64 {
    let mut block = 0;
    attempt_until_done(shape, || {
        block += 1;
        key.words(index, date, block - 1)
    })
}

/// The two ways share one body: `next_block` gives two words at a time.
#[inline(always)]
fn attempt_until_done(shape: f64, mut next_block: impl FnMut() -> [u64; 2]) -> f64 {
    debug_assert!(shape > 0.0 && shape.is_finite(), "gamma shape {shape}");
    if shape >= 1.0 {
        return marsaglia_tsang(shape, &mut next_block) / shape;
    }
    let raised = marsaglia_tsang(shape + 1.0, &mut next_block);
    // Boost: a gamma of shape a is one of shape a + 1 times a uniform to the power 1 / a.
    let [word, _] = next_block();
    raised * libm::exp(libm::log(open_unit(word)) / shape) / shape
}

/// A gamma variable with this `shape` >= 1 and scale 1.
#[inline(always)]
fn marsaglia_tsang(shape: f64, next_block: &mut impl FnMut() -> [u64; 2]) -> f64 {
    let d = shape - 1.0 / 3.0;
    let c = 1.0 / (9.0 * d).sqrt();
    loop {
        let [first, second] = next_block();
        let x = normal::quantile(open_unit(first));
        let root = 1.0 + c * x;
        // The cube would be below nought: the method throws such a normal away.
        if root <= 0.0 {
            continue;
        }
        let v = root * root * root;
        let (u, x2) = (open_unit(second), x * x);
        // the cheap bound first; 0.0331 is Marsaglia and Tsang's
        if u < 1.0 - 0.0331 * (x2 * x2) || libm::log(u) < 0.5 * x2 + d * (1.0 - v + libm::log(v)) {
            return d * v;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::check::golden;
    use crate::random::Purpose;

    fn sample(shape: f64, count: u64) -> Vec<f64> {
        let key = Key::new(1, Purpose::DayNoise, 0);
        (0..count).map(|index| unit_mean_from(key, index, 20_000, shape)).collect()
    }

    /// Shares below known quantiles, within 5 standard errors: false-alarm rate 6e-7 each.
    #[test]
    fn draws_follow_the_law() {
        // (shape, value, share below): the reference case DI-O1, chi-square with 1 and 20 degrees, exponential
        let known = [
            (6.25, 0.947_202_175_9, 0.5),
            (6.25, 1.735_664_269, 0.95),
            (0.5, 0.454_936_423_1, 0.5),
            (0.5, 3.841_458_821, 0.95),
            (10.0, 0.966_871_479, 0.5),
            (10.0, 1.570_521_642, 0.95),
            (1.0, std::f64::consts::LN_2, 0.5),
        ];
        let count = 200_000;
        for (shape, value, share) in known {
            let below = sample(shape, count).iter().filter(|x| **x < value).count() as f64 / count as f64;
            assert!(
                (below - share).abs() < 5.0 * (share * (1.0 - share) / count as f64).sqrt(),
                "{shape} {below}"
            );
        }
    }

    /// Five standard errors on mean and variance, shapes below 1 (with the boost) and far above it. Seed as
    /// in `sample`.
    #[test]
    fn moments_are_right() {
        for shape in [0.1, 0.9, 1.0, 3.0, 50.0, 2000.0] {
            let drawn = sample(shape, 200_000);
            let count = drawn.len() as f64;
            let mean = drawn.iter().sum::<f64>() / count;
            let variance = drawn.iter().map(|x| (x - 1.0) * (x - 1.0)).sum::<f64>() / count;
            assert!((mean - 1.0).abs() < 5.0 / (shape * count).sqrt(), "{shape}: mean {mean}");
            // standard error of the variance: variance x sqrt((2 + 6 / shape) / count)
            let error = ((2.0 + 6.0 / shape) / count).sqrt();
            assert!((variance * shape - 1.0).abs() < 5.0 * error, "{shape}: variance {variance}");
        }
    }

    /// Both ways take the same blocks in the same order, the boost's among them.
    #[test]
    fn a_stream_gives_the_same() {
        let key = Key::new(2, Purpose::DayNoise, 0);
        for index in 0..2000 {
            let shape = 0.3 + (index % 7) as f64;
            let streamed = unit_mean(shape, &mut key.stream(index, 5, 0));
            assert_eq!(streamed, unit_mean_from(key, index, 5, shape));
        }
    }

    /// A changed hash is a changed draw: log it as a value-breaking change.
    #[test]
    fn golden_draws() {
        let key = Key::new(3, Purpose::ConsultationTime, 0);
        let drawn = (0..10_000).map(|index| unit_mean_from(key, index, 0, 0.25 + (index % 40) as f64));
        assert_eq!(golden(drawn.map(f64::to_bits)), "f21517f46a6d3efb");
    }
}
