//! An exact count of whole numbers, such as waits in days.
//!
//! In: values and how often each came. Out: totals, percentiles (type 1), mean, variance, all from integer sums, so
//! that merging in any order gives the same histogram. Values near each other, as counts of a week are, lie in a table
//! from the smallest to the largest; what would make it too long, in an ordered map.

use std::collections::BTreeMap;

use super::quantile::rank_type1;

/// The longest table; a value that would make it longer goes to the map.
const LONGEST_TABLE: usize = 4096;

/// Counts of u32 values.
#[derive(Clone, Debug, Default)]
pub struct Histogram {
    /// Value of the first place of the table.
    base: u32,
    table: Vec<u64>,
    /// Values before and after the table. The table only grows, so none of them ever comes to lie in it.
    outside: BTreeMap<u32, u64>,
    total: u64,
}

/// The same counts, wherever they are kept: what lies in the table depends on the order of arrival.
impl PartialEq for Histogram {
    fn eq(&self, other: &Histogram) -> bool {
        self.total == other.total && self.iter().eq(other.iter())
    }
}

impl Eq for Histogram {}

impl Histogram {
    /// No values yet.
    pub fn new() -> Histogram {
        Histogram::default()
    }

    /// Counts one value.
    pub fn add(&mut self, value: u32) {
        self.add_many(value, 1);
    }

    /// Counts a value that came `count` times.
    pub fn add_many(&mut self, value: u32, count: u64) {
        if count == 0 {
            return;
        }
        self.total += count;
        match self.place(value) {
            Some(at) => self.table[at] += count,
            None => *self.outside.entry(value).or_insert(0) += count,
        }
    }

    /// Place of a value in the table, which grows to hold it; none where it would grow too long.
    fn place(&mut self, value: u32) -> Option<usize> {
        if self.table.is_empty() && self.outside.is_empty() {
            self.base = value;
        }
        if value < self.base {
            let more = (self.base - value) as usize;
            if more + self.table.len() > LONGEST_TABLE {
                return None;
            }
            self.table.splice(0..0, std::iter::repeat_n(0, more));
            self.base = value;
        }
        let at = (value - self.base) as usize;
        if at >= LONGEST_TABLE {
            return None;
        }
        if at >= self.table.len() {
            self.table.resize(at + 1, 0);
        }
        Some(at)
    }

    /// Counts all values of another histogram as well.
    pub fn merge(&mut self, other: &Histogram) {
        other.iter().for_each(|(value, count)| self.add_many(value, count));
    }

    /// Forgets all values and keeps the table's memory.
    pub fn clear(&mut self) {
        self.table.clear();
        self.outside.clear();
        self.total = 0;
    }

    /// How many values.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// Each value that came, ascending, and how often.
    pub fn iter(&self) -> impl Iterator<Item = (u32, u64)> + '_ {
        let count = |(value, count): (&u32, &u64)| (*value, *count);
        let table = self.table.iter().enumerate().map(|(at, count)| (self.base + at as u32, *count));
        let before = self.outside.range(..self.base).map(count);
        let after = self.outside.range(self.base..).map(count);
        before.chain(table.filter(|(_, count)| *count > 0)).chain(after)
    }

    /// How many values are at most x.
    pub fn at_most(&self, x: u32) -> u64 {
        self.iter().take_while(|(value, _)| *value <= x).map(|(_, count)| count).sum()
    }

    /// The largest value; none without values.
    pub fn max(&self) -> Option<u32> {
        let after = self.outside.range(self.base..).next_back().map(|(value, _)| *value);
        // the last place of the table was made for a value
        after.or_else(|| self.table.len().checked_sub(1).map(|last| self.base + last as u32))
    }

    /// The smallest x with P(X <= x) >= p; none without values.
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

    /// The exact sums of the values and of their squares.
    fn sums(&self) -> (u128, u128) {
        self.iter().fold((0, 0), |(sum, squares), (value, count)| {
            let (v, c) = (u128::from(value), u128::from(count));
            (sum + v * c, squares + v * v * c)
        })
    }

    /// The mean; none without values.
    pub fn mean(&self) -> Option<f64> {
        (self.total > 0).then(|| self.sums().0 as f64 / self.total as f64)
    }

    /// The variance with n - 1, (n sum x^2 - (sum x)^2) / (n (n - 1)) in integers; none with fewer than two values.
    ///
    /// With more than about 10^9 values near 2^32 the integers could overflow; then the sum of squares is centred in
    /// floating point instead.
    pub fn variance(&self) -> Option<f64> {
        if self.total < 2 {
            return None;
        }
        let (sum, squares) = self.sums();
        let n = u128::from(self.total);
        let exact = n.checked_mul(squares).zip(sum.checked_mul(sum)).map(|(a, b)| a - b);
        let spread = exact.map_or_else(|| self.centred(sum as f64 / n as f64), |e| e as f64 / n as f64);
        Some(spread / (n - 1) as f64)
    }

    /// Sum of squared deviations from the mean.
    fn centred(&self, mean: f64) -> f64 {
        self.iter()
            .map(|(value, count)| (f64::from(value) - mean) * (f64::from(value) - mean) * count as f64)
            .sum()
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
        let h = of(&[3, 0, 0, 7, 5000, 7, 7, 0, 1, 2]);
        assert_eq!((h.total(), h.max(), h.at_most(6), h.at_most(5000)), (10, Some(5000), 6, 10));
        assert_eq!(h.mean(), Some(502.7));
        assert_eq!(
            (h.quantile(0.3), h.quantile(0.31), h.quantile(0.9), h.quantile(0.91)),
            (Some(0), Some(1), Some(7), Some(5000))
        );
        assert_eq!(of(&[1, 2, 4]).variance(), Some(7.0 / 3.0));
        assert_eq!(h.iter().last(), Some((5000, 1)));
    }

    #[test]
    fn merging_is_exact_in_either_order() {
        let (a, b) = (of(&[1, 9, 9, 70_000]), of(&[0, 9, 4095, 4096]));
        let (mut ab, mut ba) = (a.clone(), b.clone());
        ab.merge(&b);
        ba.merge(&a);
        assert_eq!(ab, ba);
        assert_eq!(ab, of(&[1, 9, 9, 70_000, 0, 9, 4095, 4096]));
    }

    #[test]
    fn any_order_of_arrival_gives_the_same_counts() {
        let values = [50_000, 3, 49_000, 60_000, 4, 47_000, 3, 52_000, 51_095];
        let mut turned = values;
        for turn in 0..values.len() {
            turned.rotate_left(1);
            let h = of(&turned);
            assert_eq!(h, of(&values), "turned {turn}");
            assert_eq!((h.max(), h.at_most(4), h.quantile(0.01)), (Some(60_000), 3, Some(3)));
            let seen: Vec<u32> = h.iter().map(|(value, _)| value).collect();
            assert!(seen.is_sorted(), "{seen:?}");
        }
    }

    #[test]
    fn nothing_has_no_value() {
        let mut h = of(&[4]);
        assert_eq!(h.variance(), None);
        h.clear();
        assert_eq!((h.mean(), h.quantile(0.5), h.max(), h.total()), (None, None, None, 0));
        assert_eq!(h, Histogram::new());
    }

    #[test]
    fn huge_counts_do_not_overflow() {
        let mut h = Histogram::new();
        h.add_many(u32::MAX, 1 << 62);
        h.add_many(u32::MAX - 2, 1 << 62);
        assert!(h.variance().is_some_and(|v| (v - 1.0).abs() < 1e-6));
    }
}
