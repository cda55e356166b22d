//! Tests of the binomial law.

use super::*;
use crate::law::check::{close, fits, golden, words};

/// Sizes around the borders of tables (64, 128) and of blocks (512), and several blocks.
const SIZES: [u32; 17] = [0, 1, 2, 5, 17, 63, 64, 65, 127, 128, 150, 200, 511, 512, 700, 1023, 5000];
/// Both sides of 1/2, next to it, and next to either end.
const CHANCES: [f64; 13] =
    [0.0, 1e-12, 1e-3, 0.05, 0.27, 0.4999, 0.5, 0.5001, 0.73, 0.95, 0.999, 1.0 - 1e-12, 1.0];

/// The value does not depend on how much of the law is tabulated, words at both ends included.
#[test]
fn table_and_direct_agree() {
    for p in CHANCES {
        let direct = Binomial::direct(p);
        let tables = [0, 7, 63, 64, 300, 5000].map(|n_max| Table::new(p, n_max));
        for n in SIZES {
            for word in words(u64::from(n), 300).chain([0, u64::MAX]) {
                let value = direct.draw(n, word);
                assert!(value <= n);
                assert!(tables.iter().all(|table| table.draw(n, word) == value), "n {n}, p {p}, word {word}");
            }
        }
    }
}

/// Words about the one from which a look into the table is needed at all.
#[test]
fn table_and_direct_agree_where_nobody_is_sure() {
    for p in CHANCES {
        let (direct, table) = (Binomial::direct(p), Table::new(p, 63));
        for n in 0..64_u32 {
            let border = u64::MAX - u64::from(n).saturating_mul(table.each);
            for word in [border.saturating_sub(1), border, border.saturating_add(1)] {
                // Above one half those who are not taken are drawn.
                let word = word ^ direct.flip;
                assert_eq!(direct.draw(n, word), table.draw(n, word), "n {n}, p {p}, word {word}");
            }
        }
    }
}

/// Small counts, with many words each.
#[test]
fn table_and_direct_agree_at_small_n() {
    for (seed, p) in (1..).zip(CHANCES) {
        let (direct, table) = (Binomial::direct(p), Table::new(p, 63));
        for word in words(seed, 50_000) {
            let n = (word % 64) as u32;
            assert_eq!(direct.draw(n, word), table.draw(n, word), "n {n}, p {p}, word {word}");
        }
    }
}

/// Neighbouring numbers around each chance too: rounding must not turn the order round.
#[test]
fn draws_never_fall_when_the_chance_rises() {
    let grid: Vec<f64> = (0..=2000).map(|step| f64::from(step) / 2000.0).collect();
    let around: Vec<f64> = grid.iter().flat_map(|p| [p.next_down(), *p, p.next_up()]).collect();
    let laws: Vec<Binomial> =
        around.iter().filter(|p| (0.0..=1.0).contains(*p)).map(|p| Binomial::direct(*p)).collect();
    for n in [1, 7, 40, 63, 150, 700] {
        // not the two end words: there the rounding of a sum, 1e-16, is the whole tail
        for word in words(u64::from(n) + 100, 200) {
            let drawn: Vec<u32> = laws.iter().map(|law| law.draw(n, word)).collect();
            assert!(drawn.is_sorted(), "n {n}, word {word}");
            assert_eq!((drawn[0], drawn[drawn.len() - 1]), (0, n));
        }
    }
}

/// False-alarm rate 1e-6 for each of 20 laws.
#[test]
fn draws_follow_the_law() {
    for n in [3, 30, 64, 150, 700] {
        for (seed, p) in (200..).zip([0.02, 0.3, 0.5, 0.85]) {
            let law = Binomial::direct(p);
            let drawn = words(seed + u64::from(n), 100_000).map(|word| law.draw(n, word));
            fits(drawn, |k| pmf(k, n, p), n + 1);
        }
    }
}

/// A draw of 552 less the draw of 40 from the same word is the full block's own: were the two alike, sums of
/// pieces would have too much variance.
#[test]
fn pieces_of_one_word_are_independent() {
    // the remainder and a full block from the same words: correlation within 5 standard errors of 0
    let law = Binomial::direct(0.3);
    let count = 200_000;
    let (mut product, spread) = (0.0, |n: f64| (n * 0.3 * 0.7).sqrt());
    for word in words(300, count) {
        let low = f64::from(law.draw(40, word));
        let both = f64::from(law.draw(40 + FULL, word));
        let block = f64::from(FULL);
        product += (low - 12.0) / spread(40.0) * (both - low - 0.3 * block) / spread(block);
    }
    assert!((product / (count as f64).sqrt()).abs() < 5.0);
}

#[test]
fn mass_sums_to_one() {
    for (n, p) in [(1, 0.2), (92, 0.27), (700, 0.5), (10, 0.0), (10, 1.0)] {
        close((0..=n).map(|k| pmf(k, n, p)).sum(), 1.0, 1e-12);
    }
    close(pmf(2, 4, 0.5), 0.375, 1e-14);
}

/// A changed hash is a changed draw: log it as a value-breaking change.
#[test]
fn golden_draws() {
    let laws = CHANCES.map(Binomial::direct);
    let drawn = words(400, 10_000).zip(words(401, 10_000)).map(|(word, other)| {
        let law = &laws[(other % 13) as usize];
        u64::from(law.draw(SIZES[(other >> 32) as usize % 17], word))
    });
    assert_eq!(golden(drawn), "02f3d5392acb1346");
}
