//! The binomial law from one keyed word, monotone in its probability.
//!
//! In: n, p and a word. Out: a count. **The definition of the draw:** n is cut into its remainder by 512 and full
//! blocks of 512. The remainder draws with the word itself, the blocks with the further pieces of the word's chain,
//! each by inversion from the bottom. p above 1/2 is n less the draw of 1 - p from the complement of the word. So for
//! given n and word the draw never falls when p rises. [`Binomial`] is cheap to build and small; [`Table`] is cheap
//! to draw from; both give the same value for the same bits.

use super::RECIPROCAL;
use super::factorial::LnFactorial;
use crate::random::{chain, unit};

/// Largest block: (1/2)^512 is still far from underflow.
const FULL: u32 = 512;
/// Cells of a table's guide, a power of two.
const CELLS: usize = 64;
/// More than the rounding of (1 - p)^m and of its lower bound near 1.
const ROUNDING: f64 = 1e-14;
/// Pieces below this find (1 - p)^m by products.
const SMALL: u32 = 32;
/// How many words there are.
const WORDS: f64 = 18_446_744_073_709_551_616.0;
/// The largest value of `unit`.
const LARGEST_UNIT: f64 = 1.0 - f64::EPSILON / 2.0;

/// Bin(n, p) for one p and any n, drawn without a table.
#[derive(Clone, Copy, Debug)]
pub struct Binomial {
    /// The smaller side, at most 1/2.
    p: f64,
    /// p / (1 - p) of the smaller side, at most 1.
    odds: f64,
    /// All ones if p > 1/2: turns a word into its complement.
    flip: u64,
    /// 1 - p of the smaller side, at least 1/2.
    q: f64,
    /// Its logarithm.
    log_q: f64,
}

impl Binomial {
    /// The law with chance `p` in [0, 1]; anything below or above is taken as the nearer end.
    ///
    /// Costs one logarithm; meant for chances that are new each replication or day.
    pub fn direct(p: f64) -> Self {
        debug_assert!((0.0..=1.0).contains(&p), "chance {p}");
        let p = p.clamp(0.0, 1.0);
        let (p, flip) = if p > 0.5 { (1.0 - p, u64::MAX) } else { (p, 0) };
        Self { p, odds: p / (1.0 - p), flip, q: 1.0 - p, log_q: libm::log1p(-p) }
    }

    /// The draw of Bin(n, p) from one word.
    ///
    /// Between 0 and n. The words of further blocks come from `word` itself, so a draw needs no stream.
    #[inline]
    pub fn draw(&self, n: u32, word: u64) -> u32 {
        compose_words(n, word, self.flip, |m, word| self.block(m, unit(word)))
    }

    /// P(N <= 0) = (1 - p)^m of a block; the larger p, the smaller or the same.
    #[inline(always)]
    fn bottom(&self, m: u32) -> f64 {
        if m < SMALL {
            // by squares, each taken or not: rounding keeps the order of products
            let (mut power, mut square) = (1.0, self.q);
            for bit in 0..SMALL.trailing_zeros() {
                power *= if m >> bit & 1 == 1 { square } else { 1.0 };
                square *= square;
            }
            return power;
        }
        libm::exp(f64::from(m) * self.log_q)
    }

    /// One block of the smaller side: the smallest k with u < P(N <= k).
    #[inline(always)]
    fn block(&self, m: u32, u: f64) -> u32 {
        // (1 - p)^m >= 1 - m p: most draws of rare things end here, without an exponential.
        if u < 1.0 - f64::from(m) * self.p - ROUNDING {
            return 0;
        }
        // Rounding can leave the last sum below 1: the walk ends at m whatever u is.
        let mut terms = Terms::start(self, m);
        while u >= terms.sum && terms.k < m {
            terms.advance(self.odds);
        }
        terms.k
    }
}

/// The one recurrence of a block, shared by draw and table.
struct Terms {
    /// Trials of the block, at most 512.
    m: u32,
    /// The count that `term` and `sum` are of.
    k: u32,
    /// P(N = k).
    term: f64,
    /// P(N <= k).
    sum: f64,
}

impl Terms {
    /// The walk begins at a count of 0, where all mass is (1 - p)^m.
    #[inline(always)]
    fn start(law: &Binomial, m: u32) -> Self {
        let term = law.bottom(m);
        Self { m, k: 0, term, sum: term }
    }

    /// One count up: P(k + 1) = P(k) x (m - k) / (k + 1) x odds. At k = m the mass is 0 from then on.
    #[inline(always)]
    fn advance(&mut self, odds: f64) {
        let left = f64::from(self.m - self.k);
        self.k += 1;
        self.term *= left * RECIPROCAL[self.k as usize] * odds;
        self.sum += self.term;
    }
}

/// The fixed composition of a draw: `block` draws a piece of at most 512 from a word.
///
/// `block` gets the word already turned, so that both sides of 1/2 walk the same sums.
#[inline(always)]
fn compose_words(n: u32, word: u64, flip: u64, block: impl Fn(u32, u64) -> u32) -> u32 {
    let mut total = block(n % FULL, word ^ flip);
    for full in 1..=n / FULL {
        total += block(FULL, chain(word, full) ^ flip);
    }
    if flip == 0 { total } else { n - total }
}

/// Bin(n, p) for one p, with a table of every piece up to a cap.
#[derive(Clone, Debug)]
pub struct Table {
    /// The law itself, for what the table leaves open.
    direct: Binomial,
    /// p of the smaller side with its rounding, in words: of n people surely nobody is taken by a word below the end of the
    /// words less n times this.
    each: u64,
    /// Pieces below this are tabulated.
    rows: u32,
    /// Place of each row's first threshold.
    starts: Vec<u32>,
    /// For each row and cell, the k of the first threshold above the cell's lower end, or 255 where it is larger.
    guide: Vec<u8>,
    /// Upper 32 bits of the least word for which P(N <= k) is reached or passed: small, so that many laws stay near
    /// the processor. The last of a row is out of reach. A word whose upper bits are equal is drawn directly.
    high: Vec<u32>,
}

/// Bits of a uniform number below its upper 32.
const HIGH_SHIFT: u32 = 53 - 32;
/// Bits of a word below those that name a cell of the guide.
const CELL_SHIFT: u32 = 64 - CELLS.trailing_zeros();

/// The least 53-bit word w with w 2^-53 >= threshold: the comparison `u >= threshold` in whole numbers.
fn least_word(threshold: f64) -> u64 {
    libm::ceil(threshold * (1u64 << 53) as f64) as u64
}

impl Table {
    /// The law with chance `p` in [0, 1]. Pieces up to `n_max` are tabulated, larger ones drawn directly: the
    /// values are the same, so the cap only trades memory for time.
    pub fn new(p: f64, n_max: u32) -> Self {
        let direct = Binomial::direct(p);
        let rows = n_max.min(FULL) + 1;
        let each = ((direct.p + ROUNDING) * WORDS) as u64;
        let mut table = Self { direct, each, rows, starts: Vec::new(), guide: Vec::new(), high: Vec::new() };
        for m in 0..rows {
            table.add_row(m);
        }
        table
    }

    /// Adds the row for pieces of size `m`.
    ///
    /// `high` ends where the sums reach the largest uniform number there is: what lies beyond cannot be
    /// drawn.
    fn add_row(&mut self, m: u32) {
        let start = self.high.len();
        self.starts.push(start as u32);
        let mut terms = Terms::start(&self.direct, m);
        while terms.k < m && terms.sum <= LARGEST_UNIT {
            self.high.push((least_word(terms.sum) >> HIGH_SHIFT) as u32);
            terms.advance(self.direct.odds);
        }
        self.high.push(u32::MAX);
        let mut place = start;
        for cell in 0..CELLS as u64 {
            while (cell << (CELL_SHIFT - 32)) as u32 > self.high[place] {
                place += 1;
            }
            self.guide.push((place - start).min(255) as u8);
        }
    }

    /// The draw of Bin(n, p) from one word: the value of [`Binomial::draw`].
    #[inline(always)]
    pub fn draw(&self, n: u32, word: u64) -> u32 {
        if n < self.rows.min(FULL) {
            // The common case: one piece, which is the word itself.
            let k = self.piece(n, word ^ self.direct.flip);
            return if self.direct.flip == 0 { k } else { n - k };
        }
        self.composed(n, word)
    }

    /// A tabulated piece. Most draws of few people need no look into the table, which may be far from the processor.
    #[inline(always)]
    fn piece(&self, m: u32, word: u64) -> u32 {
        // (1 - p)^m >= 1 - m p, as in `Binomial::block`.
        if word < u64::MAX - u64::from(m).saturating_mul(self.each) {
            0
        } else if m == 1 {
            u32::from(unit(word) >= self.direct.q)
        } else {
            self.row(m, word)
        }
    }

    /// A draw of several pieces, or of one beyond the table.
    #[inline(never)]
    fn composed(&self, n: u32, word: u64) -> u32 {
        compose_words(n, word, self.direct.flip, |m, word| {
            if m < self.rows { self.row(m, word) } else { self.direct.block(m, unit(word)) }
        })
    }

    /// A tabulated piece: the guide says where to begin, a word between two thresholds how far to go.
    #[inline(always)]
    fn row(&self, m: u32, word: u64) -> u32 {
        let high = (word >> 32) as u32;
        let start = self.starts[m as usize] as usize;
        let thresholds = &self.high[start..];
        let mut k = usize::from(self.guide[m as usize * CELLS + (word >> CELL_SHIFT) as usize]);
        // the first step without a branch: it is the one that cannot be guessed
        k += usize::from(high > thresholds[k]);
        while high > thresholds[k] {
            k += 1;
        }
        if high == thresholds[k] { self.tie(m, word) } else { k as u32 }
    }

    /// A word that the upper bits alone do not place.
    #[cold]
    #[inline(never)]
    fn tie(&self, m: u32, word: u64) -> u32 {
        self.direct.block(m, unit(word))
    }
}

/// P(N = k) of Bin(n, p).
///
/// By logarithms of factorials. No draw uses it.
pub fn pmf(k: u32, n: u32, p: f64) -> f64 {
    if k > n {
        return 0.0;
    }
    // 0 ln 0 is 0 here
    let power = |count: u32, log: f64| if count == 0 { 0.0 } else { f64::from(count) * log };
    let log = power(k, libm::log(p)) + power(n - k, libm::log1p(-p));
    libm::exp(LnFactorial::get().choose(n, k) + log)
}

const _: () = assert!(RECIPROCAL.len() > FULL as usize);

#[cfg(test)]
mod tests;
