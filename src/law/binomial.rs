//! The binomial law from one keyed word, monotone in its probability.
//!
//! In: n, p and a word. Out: a count. **The definition of the draw:** n is cut into its remainder by 64, blocks of
//! 64, 128 and 256 as the bits of n say, and full blocks of 512. Each piece has a fixed number, and draws with that
//! piece of the word's chain, by inversion from the bottom. p above 1/2 is n less the draw of 1 - p from the
//! complement of the word. So for given n and word the draw never falls when p rises. [`Binomial`] is cheap to
//! build and small; [`Table`] is cheap to draw from; both give the same value for the same bits.

use super::RECIPROCAL;
use super::factorial::LnFactorial;
use crate::random::{chain, unit};

/// Largest block: (1/2)^512 is still far from underflow.
const FULL: u32 = 512;
/// Blocks above the remainder and their piece numbers; piece 0 is the remainder, pieces 4, 5, ... the full blocks.
const BLOCKS: [(u32, u32); 3] = [(64, 1), (128, 2), (256, 3)];
/// Number of the first full block.
const FIRST_FULL: u32 = 4;
/// Cells of a table's guide, a power of two.
const CELLS: usize = 32;
/// Rows of a full table: 0..=63, then 64, 128, 256, 512.
const ROWS: usize = 68;
/// The largest value of `unit`.
const LARGEST_UNIT: f64 = 1.0 - f64::EPSILON / 2.0;

/// Bin(n, p) for one p and any n, drawn without a table.
#[derive(Clone, Copy, Debug)]
pub struct Binomial {
    /// p / (1 - p) of the smaller side, at most 1.
    odds: f64,
    /// All ones if p > 1/2: turns a word into its complement.
    flip: u64,
    /// ln(1 - p) of the smaller side.
    log_q: f64,
}

impl Binomial {
    /// The law with chance `p` in [0, 1]; anything below or above is taken as the nearer end.
    pub fn direct(p: f64) -> Self {
        debug_assert!((0.0..=1.0).contains(&p), "chance {p}");
        let p = p.clamp(0.0, 1.0);
        let (p, flip) = if p > 0.5 { (1.0 - p, u64::MAX) } else { (p, 0) };
        Self { odds: p / (1.0 - p), flip, log_q: libm::log1p(-p) }
    }

    /// The draw of Bin(n, p) from one word.
    #[inline]
    pub fn draw(&self, n: u32, word: u64) -> u32 {
        compose_words(n, word, self.flip, |m, word| self.block(m, unit(word)))
    }

    /// P(N <= 0) = (1 - p)^m of a block.
    #[inline(always)]
    fn bottom(&self, m: u32) -> f64 {
        libm::exp(f64::from(m) * self.log_q)
    }

    /// One block of the smaller side: the smallest k with u < P(N <= k).
    #[inline(always)]
    fn block(&self, m: u32, u: f64) -> u32 {
        let mut terms = Terms::start(self, m);
        while u >= terms.sum && terms.k < m {
            terms.advance(self.odds);
        }
        terms.k
    }
}

/// The one recurrence of a block, shared by draw and table.
struct Terms {
    m: u32,
    k: u32,
    /// P(N = k).
    term: f64,
    /// P(N <= k).
    sum: f64,
}

impl Terms {
    #[inline(always)]
    fn start(law: &Binomial, m: u32) -> Self {
        let term = law.bottom(m);
        Self { m, k: 0, term, sum: term }
    }

    #[inline(always)]
    fn advance(&mut self, odds: f64) {
        let left = f64::from(self.m - self.k);
        self.k += 1;
        self.term *= left * RECIPROCAL[self.k as usize] * odds;
        self.sum += self.term;
    }
}

/// The fixed composition of a draw: `block` draws a piece of at most 512 from a word.
#[inline(always)]
fn compose_words(n: u32, word: u64, flip: u64, block: impl Fn(u32, u64) -> u32) -> u32 {
    let piece = |m, number| block(m, chain(word, number) ^ flip);
    let mut total = piece(n % 64, 0);
    if n >= 64 {
        for (size, number) in BLOCKS {
            if n & size != 0 {
                total += piece(size, number);
            }
        }
        for full in 0..n / FULL {
            total += piece(FULL, FIRST_FULL + full);
        }
    }
    if flip == 0 { total } else { n - total }
}

/// Bin(n, p) for one p, with tables of every block up to a cap.
#[derive(Clone, Debug)]
pub struct Table {
    direct: Binomial,
    /// Blocks with fewer than this many rows below them are tabulated.
    rows: usize,
    /// Place of each row's first threshold.
    starts: Vec<u16>,
    /// For each row and cell, the k of the first threshold above the cell's lower end.
    guide: Vec<u16>,
    /// Upper 32 bits of the least word for which P(N <= k) is reached or passed. Small, so that many laws
    /// stay near the processor; the last of a row is out of reach.
    high: Vec<u32>,
    /// The same words in all their 53 bits, for the rare case that the upper ones are equal.
    exact: Vec<u64>,
}

/// Bits of a word below the 53 that make a uniform number.
const LOW_BITS: u32 = 11;
/// Bits of a 53-bit word below its upper 32.
const HIGH_SHIFT: u32 = 53 - 32;
/// Bits of a word below those that name a cell of the guide.
const CELL_SHIFT: u32 = 64 - CELLS.trailing_zeros();

/// The least 53-bit word w with w 2^-53 >= threshold: the comparison `u >= threshold` in whole numbers.
fn least_word(threshold: f64) -> u64 {
    libm::ceil(threshold * (1u64 << 53) as f64) as u64
}

impl Table {
    /// The law with chance `p` in [0, 1]. Blocks up to `n_max` are tabulated, larger ones drawn directly: the
    /// values are the same, so the cap only trades memory (at most 50 kB) for time.
    pub fn new(p: f64, n_max: u32) -> Self {
        let direct = Binomial::direct(p);
        let sizes = (0..64).chain(BLOCKS.map(|(size, _)| size)).chain([FULL]);
        let mut table = Self {
            direct,
            rows: 0,
            starts: Vec::new(),
            guide: Vec::new(),
            high: Vec::new(),
            exact: Vec::new(),
        };
        for m in sizes.take_while(|m| *m <= n_max) {
            table.add_row(m);
        }
        table
    }

    fn add_row(&mut self, m: u32) {
        self.rows += 1;
        let start = self.exact.len();
        // 68 rows hold at most 3,044 thresholds
        self.starts.push(start as u16);
        let mut terms = Terms::start(&self.direct, m);
        while terms.k < m && terms.sum <= LARGEST_UNIT {
            self.exact.push(least_word(terms.sum));
            terms.advance(self.direct.odds);
        }
        self.exact.push(u64::MAX);
        for &word in &self.exact[start..] {
            self.high.push(u32::try_from(word >> HIGH_SHIFT).unwrap_or(u32::MAX));
        }
        let mut place = start;
        for cell in 0..CELLS as u64 {
            while cell << (CELL_SHIFT - LOW_BITS) >= self.exact[place] {
                place += 1;
            }
            self.guide.push((place - start) as u16);
        }
    }

    /// The draw of Bin(n, p) from one word: the value of [`Binomial::draw`].
    #[inline(always)]
    pub fn draw(&self, n: u32, word: u64) -> u32 {
        if n < 64 && (n as usize) < self.rows {
            // The common case: one piece, which is the word itself.
            let k = self.row(n as usize, word ^ self.direct.flip);
            return if self.direct.flip == 0 { k } else { n - k };
        }
        self.composed(n, word)
    }

    /// A draw of several pieces.
    #[inline(never)]
    fn composed(&self, n: u32, word: u64) -> u32 {
        compose_words(n, word, self.direct.flip, |m, word| {
            // 64, 128, 256, 512 follow 63
            let row = if m < 64 { m as usize } else { 58 + m.trailing_zeros() as usize };
            if row < self.rows { self.row(row, word) } else { self.direct.block(m, unit(word)) }
        })
    }

    #[inline(always)]
    fn row(&self, row: usize, word: u64) -> u32 {
        let high = (word >> 32) as u32;
        let first = usize::from(self.guide[row * CELLS + (word >> CELL_SHIFT) as usize]);
        let start = usize::from(self.starts[row]);
        let mut place = start + first;
        // the first step without a branch: it is the one that cannot be guessed
        place += usize::from(high > self.high[place]);
        while high >= self.high[place] {
            if high == self.high[place] && word >> LOW_BITS < self.exact[place] {
                break;
            }
            place += 1;
        }
        (place - start) as u32
    }
}

/// P(N = k) of Bin(n, p).
pub fn pmf(k: u32, n: u32, p: f64) -> f64 {
    if k > n {
        return 0.0;
    }
    // 0 ln 0 is 0 here
    let power = |count: u32, log: f64| if count == 0 { 0.0 } else { f64::from(count) * log };
    let log = power(k, libm::log(p)) + power(n - k, libm::log1p(-p));
    libm::exp(LnFactorial::get().choose(n, k) + log)
}

const _: () = assert!(ROWS == 64 + BLOCKS.len() + 1 && RECIPROCAL.len() > FULL as usize);

#[cfg(test)]
mod tests;
