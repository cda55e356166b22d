//! What the tests of the laws share: keyed words, a chi-square check, a hash of drawn values.
//!
//! Every law's tests state their seed through [`words`] and their false-alarm rate through [`fits`]. A
//! changed [`golden`] hash is a changed draw, and is logged as one.

use crate::random::{Key, Purpose};

/// `count` words of a fixed key: the tests' stated seed.
pub fn words(seed: u64, count: u64) -> impl Iterator<Item = u64> {
    let key = Key::new(seed, Purpose::Bootstrap, 0);
    (0..count).map(move |index| key.words(index, 0, 0)[0])
}

/// First 16 hexadecimal digits of the BLAKE3 hash of the values, little-endian.
pub fn golden(values: impl Iterator<Item = u64>) -> String {
    let mut hasher = blake3::Hasher::new();
    values.for_each(|value| {
        hasher.update(&value.to_le_bytes());
    });
    hasher.finalize().to_hex()[..16].to_string()
}

/// Chi-square test of counts against a law; neighbouring cells are pooled until 20 are expected in each.
///
/// Panics if the statistic is above its quantile 1 - 1e-6 (Wilson-Hilferty): the false-alarm rate for a fresh seed.
///
/// `cells` bounds the values that may be drawn: one at or above it panics as well.
pub fn fits(drawn: impl Iterator<Item = u32>, pmf: impl Fn(u32) -> f64, cells: u32) {
    let mut counts = vec![0_u64; cells as usize];
    let mut total = 0;
    for value in drawn {
        counts[value as usize] += 1;
        total += 1;
    }
    let (mut statistic, mut pooled, mut seen, mut expected) = (0.0, 0_u32, 0_u64, 0.0);
    let mut left = total as f64;
    for (cell, count) in (0..cells).zip(&counts) {
        seen += count;
        let here = pmf(cell) * total as f64;
        expected += here;
        left -= here;
        if expected >= 20.0 && left >= 20.0 || cell + 1 == cells {
            let missed = seen as f64 - expected;
            statistic += missed * missed / expected.max(1.0);
            (pooled, seen, expected) = (pooled + 1, 0, 0.0);
        }
    }
    let degrees = f64::from(pooled.saturating_sub(1).max(1));
    let spread = 2.0 / (9.0 * degrees);
    let limit = degrees * libm::pow(1.0 - spread + 4.7534 * libm::sqrt(spread), 3.0);
    assert!(
        statistic < limit,
        "chi-square {statistic:.1} with {degrees} degrees of freedom, limit {limit:.1}"
    );
}

/// Panics unless `value` is within a relative `tolerance` of `truth`.
pub fn close(value: f64, truth: f64, tolerance: f64) {
    assert!((value - truth).abs() <= tolerance * truth.abs(), "{value:e} is not {truth:e}");
}
