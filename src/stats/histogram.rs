//! A count of whole numbers, such as the requests of a week over many simulated years.
//!
//! In: values. Out: total, mean and variance, exact; percentiles (type 1), exact while the values span no more than
//! [`MOST_CELLS`], else to half a cell: cells then stand for 2, 4, 8 ... neighbouring numbers, so that memory stays
//! bounded and a percentile is off by at most 1 / 4,096 of the span. Cells begin at multiples of their width, and the
//! width follows from the smallest and largest value alone: merging in any order gives the same histogram.
//!
//! Cost: a run keeps tens of thousands of these (`outcome/sums.rs`), so values stand as they came while cells would take
//! more memory; cells are two bytes and reach only as far as the values do. Adding allocates only when a value lies beyond
//! what there is. `bytes.rs` writes and reads them
//! for parts of a run that are put together later.

mod bytes;

use super::quantile::rank_type1;
use std::collections::BTreeMap;
use std::fmt;

/// The most cells.
///
/// At two bytes a cell 8 KB at most; 4,096 cells bound the error of a percentile as said above.
const MOST_CELLS: u32 = 4096;

/// So many values are kept as they came in any case: their span says little of that of all.
const FEW: usize = 64;

/// Counts of u32 values.
///
/// Two are equal where their counts are: how they are kept, and empty cells at the ends, do not matter.
///
/// Invariant: all values are in `few` while there are no cells; then the value v is counted in cell (v >> shift) - base,
/// and the counts of all cells add up to `total`. Sums are of the values themselves, not of their cells, so mean and
/// variance stay exact when cells widen.
#[derive(Clone, Default)]
pub struct Histogram {
    /// Values as they came; empty once there are cells.
    few: Vec<u32>,
    /// The smallest and the largest of the few.
    ends: Option<(u32, u32)>,
    /// Binary logarithm of the width of a cell; 0 while cells are single numbers.
    shift: u32,
    /// Number of the first cell, in units of the width.
    base: u32,
    /// Counts modulo 2^16: half the memory of whole ones.
    cells: Vec<u16>,
    /// Times that a cell has gone over 2^16, by its number.
    over: BTreeMap<u32, u64>,
    /// Values counted.
    total: u64,
    /// Sum of the values.
    sum: u128,
    /// Sum of their squares.
    squares: u128,
}

impl PartialEq for Histogram {
    fn eq(&self, other: &Histogram) -> bool {
        // Cells are compared as (value, count) pairs, which is the same for any stored first and last cell.
        let exact = |h: &Histogram| (h.total, h.sum, h.squares, h.width());
        exact(self) == exact(other) && self.iter().eq(other.iter())
    }
}

impl Eq for Histogram {}

/// What was counted, however it is kept: equal histograms are written alike.
impl fmt::Debug for Histogram {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let exact = (self.total, self.sum, self.squares, self.width());
        write!(out, "Histogram {exact:?} ")?;
        out.debug_map().entries(self.iter()).finish()
    }
}

impl Histogram {
    /// No values yet.
    pub fn new() -> Histogram {
        Histogram::default()
    }

    /// Counts one value.
    #[inline]
    pub fn add(&mut self, value: u32) {
        self.add_all(&[value]);
    }

    /// Counts several values.
    ///
    /// The same as [`Histogram::add`] for each, with the sums taken up once; the order does not matter.
    #[inline]
    pub fn add_all(&mut self, values: &[u32]) {
        // The small sum is of one slice: 2^32 values of 2^32 fit in 64 bits.
        let (mut sum, mut squares) = (0, 0_u128);
        for &value in values {
            sum += u64::from(value);
            squares += u128::from(u64::from(value) * u64::from(value));
            self.count(value);
        }
        self.total += values.len() as u64;
        self.sum += u128::from(sum);
        self.squares += squares;
    }

    /// Counts a value in its cell, or puts it to the few.
    #[inline]
    fn count(&mut self, value: u32) {
        if self.cells.is_empty() {
            self.keep(value);
            return;
        }
        // Below the first cell the difference wraps to a large number, which no cell has either.
        let at = (value >> self.shift).wrapping_sub(self.base);
        match self.cells.get_mut(at as usize) {
            Some(cell) => {
                *cell = cell.wrapping_add(1);
                if *cell == 0 {
                    *self.over.entry(self.base + at).or_default() += 1;
                }
            }
            None => {
                self.widen(value);
                self.count(value);
            }
        }
    }

    /// Puts a value to the few; all of them into cells where these take less memory.
    fn keep(&mut self, value: u32) {
        self.few.push(value);
        let (least, most) =
            self.ends.map_or((value, value), |(least, most)| (least.min(value), most.max(value)));
        self.ends = Some((least, most));
        // At the most cells the span is between half of them and all.
        let cells = (most - least).min(MOST_CELLS / 2) as usize + 1;
        if self.few.len() > FEW && size_of_val(&self.few[..]) > cells * size_of::<u16>() {
            self.shift = self.width();
            self.base = least >> self.shift;
            self.cells = vec![0; ((most >> self.shift) - self.base) as usize + 1];
            self.ends = None;
            std::mem::take(&mut self.few).into_iter().for_each(|value| self.count(value));
        }
    }

    /// Binary logarithm of the width of a cell: the least at which [`MOST_CELLS`] hold all values.
    fn width(&self) -> u32 {
        let Some((least, most)) = self.ends else { return self.shift };
        let wide = |shift: &u32| (most >> shift) - (least >> shift) < MOST_CELLS;
        (0..u32::BITS).find(wide).unwrap_or(0)
    }

    /// The number of each cell that holds a value, ascending, and how many it holds.
    fn counts(&self) -> impl Iterator<Item = (u32, u64)> + '_ {
        let mut few = BTreeMap::new();
        let width = self.width();
        for value in &self.few {
            *few.entry(value >> width).or_default() += 1;
        }
        let over = |cell: &u32| self.over.get(cell).map_or(0, |times| times << 16);
        let cells = (self.base..).zip(&self.cells);
        let counts = cells.map(move |(cell, count)| (cell, u64::from(*count) + over(&cell)));
        few.into_iter().chain(counts.filter(|(_, count)| *count > 0))
    }

    /// Makes the cell of a value for which there is none yet.
    ///
    /// Keeps the rule of the module: cells widen only when the span asks for it, so any order ends in the same width.
    #[cold]
    fn widen(&mut self, value: u32) {
        loop {
            let cell = value >> self.shift;
            let first = self.base.min(cell);
            let last = cell.max(self.base + (self.cells.len() as u32 - 1));
            if last - first < MOST_CELLS {
                // Just as many as are needed: a run keeps tens of thousands of histograms.
                let mut cells = vec![0; (last - first) as usize + 1];
                cells[(self.base - first) as usize..][..self.cells.len()].copy_from_slice(&self.cells);
                (self.cells, self.base) = (cells, first);
                return;
            }
            self.coarsen();
        }
    }

    /// Makes cells twice as wide.
    ///
    /// Two neighbours become one; a wrap of the 16-bit count is carried into `over`.
    fn coarsen(&mut self) {
        let first = self.base >> 1;
        let end = self.base + (self.cells.len() as u32 - 1);
        let last = end >> 1;
        let mut wide = vec![0_u16; (last - first) as usize + 1];
        let mut over = BTreeMap::new();
        for (cell, times) in std::mem::take(&mut self.over) {
            *over.entry(cell >> 1).or_default() += times;
        }
        for (cell, count) in (self.base..=end).zip(&self.cells) {
            let (sum, wrapped) = wide[((cell >> 1) - first) as usize].overflowing_add(*count);
            wide[((cell >> 1) - first) as usize] = sum;
            if wrapped {
                *over.entry(cell >> 1).or_default() += 1;
            }
        }
        (self.cells, self.over, self.base, self.shift) = (wide, over, first, self.shift + 1);
    }

    /// How many values.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// Each value that came, ascending, and how often; the middle of its cell where cells are wider than one.
    ///
    /// The value is the middle of the cell rounded up, never more than half a cell from what was counted.
    pub fn iter(&self) -> impl Iterator<Item = (u32, u64)> + '_ {
        let width = self.width();
        let middle = (1_u32 << width) >> 1;
        self.counts().map(move |(cell, count)| ((cell << width) + middle, count))
    }

    /// The smallest x with P(X <= x) >= p; none without values.
    ///
    /// p in 0..=1; type 1, so it is always a value that came (or the middle of its cell). Costs one walk over the
    /// cells.
    pub fn quantile(&self, p: f64) -> Option<u32> {
        if self.total == 0 {
            return None;
        }
        let rank = rank_type1(self.total, p);
        let mut seen = 0;
        self.iter()
            .find(|(_, count)| {
                seen += count;
                seen >= rank
            })
            .map(|(value, _)| value)
    }

    /// The mean; none without values.
    ///
    /// Exact up to the last division: the sum is of whole numbers.
    pub fn mean(&self) -> Option<f64> {
        (self.total > 0).then(|| self.sum as f64 / self.total as f64)
    }

    /// The variance with n - 1, (n sum x^2 - (sum x)^2) / (n (n - 1)) in integers; none with fewer than two values.
    pub fn variance(&self) -> Option<f64> {
        if self.total < 2 {
            return None;
        }
        let n = u128::from(self.total);
        // n sum x^2 - (sum x)^2 is never negative and, in 128 bits, exact: no cancellation.
        let spread = (n * self.squares - self.sum * self.sum) as f64 / n as f64;
        Some(spread / (n - 1) as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[u32]) -> Histogram {
        let mut histogram = Histogram::new();
        values.iter().for_each(|v| histogram.add(*v));
        histogram
    }

    #[test]
    fn counts_moments_and_percentiles() {
        let h = of(&[3, 0, 0, 7, 4000, 7, 7, 0, 1, 2]);
        assert_eq!((h.total(), h.mean()), (10, Some(402.7)));
        assert_eq!(
            (h.quantile(0.3), h.quantile(0.31), h.quantile(0.9), h.quantile(0.91)),
            (Some(0), Some(1), Some(7), Some(4000))
        );
        assert_eq!(of(&[1, 2, 4]).variance(), Some(7.0 / 3.0));
        assert_eq!(h.iter().last(), Some((4000, 1)));
    }

    /// Kept as they came or in cells, before and after: counts, percentiles and bytes are those of any other order.
    #[test]
    fn few_values_are_the_same_as_cells() {
        for (span, count) in
            [(1, 40), (1, 70), (30, 70), (3_000, 70), (3_000, 1_600), (90_000, 70), (90_000, 1_100)]
        {
            let values: Vec<u32> =
                (0..count).map(|i: u32| 500 + i.wrapping_mul(2_654_435_761) % span).collect();
            let mut ascending = values.clone();
            ascending.sort_unstable();
            let (a, b) = (of(&values), of(&ascending));
            assert_eq!((&a, format!("{a:?}")), (&b, format!("{b:?}")));
            // Cells from the first value on: what is kept once there are cells.
            let mut cells = Histogram { cells: vec![0], base: values[0], ..Histogram::new() };
            cells.add_all(&values);
            assert_eq!((cells.few.len(), &cells), (0, &a), "{span} {count}");
            let bytes = |h: &Histogram| {
                let mut out = Vec::new();
                h.write(&mut out).expect("memory");
                out
            };
            assert_eq!(bytes(&a), bytes(&cells));
            let in_cells = count > FEW as u32 && 2 * count > span.min(MOST_CELLS / 2) + 1;
            assert_eq!(a.few.is_empty(), in_cells, "{span} {count}");
        }
    }

    #[test]
    fn any_order_of_arrival_gives_the_same_counts() {
        let values = [50_000, 3, 49_000, 60_000, 4, 47_000, 3, 52_000, 51_095];
        let mut turned = values;
        for turn in 0..values.len() {
            turned.rotate_left(1);
            let h = of(&turned);
            assert_eq!(h, of(&values), "turned {turn}");
            let seen: Vec<u32> = h.iter().map(|(value, _)| value).collect();
            assert!(seen.is_sorted(), "{seen:?}");
        }
    }

    /// A span of 60,000 takes cells of 16: percentiles to 8, moments exact.
    #[test]
    fn wide_values_keep_their_moments_and_nearly_their_percentiles() {
        let values: Vec<u32> = (0..10_000).map(|i| i * 6 + 1).collect();
        let h = of(&values);
        assert_eq!(h.mean(), Some(values.iter().map(|v| f64::from(*v)).sum::<f64>() / 1e4));
        for p in [0.05, 0.5, 0.95] {
            let exact = values[(p * 1e4) as usize - 1];
            assert!(h.quantile(p).is_some_and(|q| q.abs_diff(exact) <= 8), "{p}");
        }
        assert!(h.iter().count() <= MOST_CELLS as usize);
    }

    /// More of one number than a cell can count, before and after cells become wider.
    #[test]
    fn large_counts_are_exact() {
        let mut h = Histogram::new();
        for _ in 0..70_000 {
            h.add_all(&[7, 8]);
        }
        assert_eq!(h.iter().collect::<Vec<_>>(), [(7, 70_000), (8, 70_000)]);
        h.add(9_000);
        let counts: Vec<u64> = h.iter().map(|(_, count)| count).collect();
        assert_eq!((h.total(), counts.iter().sum::<u64>()), (140_001, 140_001));
        assert_eq!(counts[counts.len() - 1], 1);
    }

    #[test]
    fn nothing_has_no_value() {
        let h = Histogram::new();
        assert_eq!((h.mean(), h.quantile(0.5), h.total(), h.variance()), (None, None, 0, None));
        assert_eq!(of(&[4]).variance(), None);
        assert_eq!(of(&[u32::MAX, u32::MAX - 2]).variance(), Some(2.0));
    }
}
