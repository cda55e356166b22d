//! An exact count of whole numbers, such as waits in days.
//!
//! In: values and how often each came. Out: totals, percentiles (type 1), mean, variance, all from integer sums, so
//! that merging in any order gives the same histogram. Values below 4,096 lie in a table as long as the largest seen;
//! larger ones, rare, in an ordered map.

use std::collections::BTreeMap;

use super::quantile::rank_type1;

/// Values from here on are kept in the map.
const TABLE_END: u32 = 4096;

/// Counts of u32 values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Histogram {
    table: Vec<u64>,
    beyond: BTreeMap<u32, u64>,
    total: u64,
}

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
        if value >= TABLE_END {
            *self.beyond.entry(value).or_insert(0) += count;
            return;
        }
        let at = value as usize;
        if at >= self.table.len() {
            self.table.resize(at + 1, 0);
        }
        self.table[at] += count;
    }

    /// Counts all values of another histogram as well.
    pub fn merge(&mut self, other: &Histogram) {
        other.iter().for_each(|(value, count)| self.add_many(value, count));
    }

    /// Forgets all values and keeps the table's memory.
    pub fn clear(&mut self) {
        self.table.clear();
        self.beyond.clear();
        self.total = 0;
    }

    /// How many values.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// Each value that came, ascending, and how often.
    pub fn iter(&self) -> impl Iterator<Item = (u32, u64)> + '_ {
        let table = self.table.iter().enumerate().map(|(at, count)| (at as u32, *count));
        table.filter(|(_, count)| *count > 0).chain(self.beyond.iter().map(|(value, count)| (*value, *count)))
    }

    /// How many values are at most x.
    pub fn at_most(&self, x: u32) -> u64 {
        self.iter().take_while(|(value, _)| *value <= x).map(|(_, count)| count).sum()
    }

    /// The largest value; none without values.
    pub fn max(&self) -> Option<u32> {
        let beyond = self.beyond.last_key_value().map(|(value, _)| *value);
        beyond.or_else(|| (self.table.len() as u32).checked_sub(1))
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
