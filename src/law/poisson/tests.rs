//! Tests of the Poisson law.

use super::*;
use crate::law::check::{close, fits, golden, words};
use crate::law::normal;
use crate::random::unit;

/// P(N <= k) from mpmath with 40 digits.
const KNOWN: [(u32, f64, f64); 10] = [
    (0, 0.5, 0.6065306597126334),
    (3, 0.5, 0.9982483774437092),
    (2, 9.25, 0.0050969210483808374),
    (14, 9.25, 0.9498643091279144),
    (40, 60.5, 0.0033223815242948177),
    (60, 60.5, 0.5085643730178167),
    (70, 100.0, 0.0009714440282773882),
    (130, 100.0, 0.9982931596294985),
    (1400, 1500.0, 0.004744097616566103),
    (19700, 20000.0, 0.016922134903981145),
];

/// Both sides of the borders at 8 (expansion) and 90.25 (start of the sum), and the largest of the checks.
const MEANS: [f64; 19] = [
    0.0, 0.01, 0.7, 3.2, 5.0, 7.9, 7.999, 8.0, 8.001, 12.0, 15.0, 25.5, 61.7, 90.24, 90.26, 100.0, 333.3,
    1500.0, 2e4,
];

#[test]
fn cdf_agrees_with_known_values() {
    for (k, mean, value) in KNOWN {
        close(cdf(k, mean), value, 2e-14);
    }
}

/// What [`quantile`] relies on: within `doubt` of a whole number it asks the exact sum.
#[test]
fn the_expansion_is_within_half_its_doubt() {
    // at whole x the exact w is the normal quantile of the exact sum; between, x is smooth
    let mut mean = EXPANSION_FROM;
    while mean < 20_000.0 {
        let mut terms = Terms::start(mean);
        while terms.sum < 0.5 + CENTRAL {
            terms.advance();
            if terms.sum > 0.5 - CENTRAL && terms.sum < 0.5 + CENTRAL {
                let x = f64::from(terms.k) + 1.0;
                for w in [normal::quantile(terms.sum), rough_quantile(terms.sum)] {
                    let error = (inverse(w, mean) - x).abs();
                    assert!(error <= 0.5 * doubt(mean), "mean {mean}, x {x}: error {error:e}");
                }
            }
        }
        mean *= 1.0037;
    }
}

/// Three ways, one value: the draw, the table, and for every fourth mean the plain sum.
#[test]
fn fast_draws_are_exact_draws() {
    for (seed, mean) in (1..).zip(MEANS) {
        let table = Table::new(mean);
        let count = if mean > 1000.0 { 20_000 } else { 200_000 };
        for u in words(seed, count).map(unit).chain([0.0, unit(u64::MAX)]) {
            assert_eq!(quantile(u, mean), table.quantile(u), "mean {mean}, u {u}");
            if seed % 4 == 0 {
                assert_eq!(quantile(u, mean), Terms::start(mean).quantile(u), "mean {mean}, u {u}");
            }
        }
    }
}

/// The uniform numbers that a wrong digit would move first: a step of the distribution, and just beside it.
#[test]
fn draws_beside_a_step_are_exact() {
    for mean in MEANS {
        let table = Table::new(mean);
        let mut terms = Terms::start(mean);
        for _ in 0..2000 {
            for u in [terms.sum.next_down(), terms.sum, terms.sum * (1.0 + 1e-9), terms.sum * (1.0 - 1e-6)] {
                if u < 1.0 {
                    assert_eq!(quantile(u, mean), table.quantile(u), "mean {mean}, u {u}");
                }
            }
            if terms.exhausted() {
                break;
            }
            terms.advance();
        }
    }
}

/// Also from one number to the next one, across every border between two ways of drawing.
#[test]
fn draws_never_fall_when_the_mean_rises() {
    for word in words(30, 3000) {
        let u = unit(word);
        let (mut mean, mut before) = (0.0, 0);
        while mean < 700.0 {
            let here = quantile(u, mean);
            assert!(here >= before, "mean {mean}, u {u}");
            assert!(quantile(u, mean.next_up()) >= here, "mean {mean}, u {u}");
            before = here;
            mean = mean * 1.02 + 0.1 * unit(crate::random::chain(word, mean as u32 + 1));
        }
    }
}

#[test]
fn draws_never_fall_when_u_rises() {
    let mut grid: Vec<f64> = words(31, 20_000).map(unit).collect();
    grid.sort_by(f64::total_cmp);
    for mean in MEANS {
        assert!(grid.windows(2).all(|pair| quantile(pair[0], mean) <= quantile(pair[1], mean)));
    }
}

/// False-alarm rate 1e-6 for each of 5 means.
#[test]
fn draws_follow_the_law() {
    for (seed, mean) in [(40, 0.3), (41, 8.0), (42, 13.0), (43, 100.0), (44, 420.0)] {
        fits(words(seed, 300_000).map(|word| quantile(unit(word), mean)), |k| pmf(k, mean), 1000);
    }
}

/// A changed hash is a changed draw: log it as a value-breaking change.
#[test]
fn golden_draws() {
    let drawn = words(50, 10_000).zip(words(51, 10_000)).map(|(word, other)| {
        let mean = libm::exp(8.0 * unit(other) - 1.0);
        u64::from(quantile(unit(word), mean))
    });
    assert_eq!(golden(drawn), "cd8ff5bd64d9003e");
}
