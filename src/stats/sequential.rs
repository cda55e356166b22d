//! Is a mean above a level, below it, or too near to tell? Decided while the numbers come in, with a stated error.
//!
//! In: numbers one a replication, a level, an error, the most numbers. Out: where the mean stands, and an interval that
//! holds although the data decide when to stop.
//!
//! The rule is group-sequential: the numbers are looked at after 16, 64, and then half as many again each time, K times
//! at most. At every look each end of the interval has the error `error / 2 / K`. By Bonferroni an end is wrong at some
//! look with a chance of at most K x error / 2 / K = `error / 2`, whenever one stops, so both bounds hold at all looks
//! with 1 - `error` (repeated confidence intervals: Jennison & Turnbull, JRSS B 51 (1989)). The mean is above the level
//! as soon as the lower end is, below it as soon as the upper end is. For chances the ends are those of Clopper and
//! Pearson, so the error is exact for any chance. For means of shares they allow for skewness, or need no variance
//! where all are equal ([`mean_of_shares`]), and nothing is told before [`JUDGED`] numbers: rare and large luck makes
//! fewer look alike that are not.
//!
//! Fit: `size` and `mix` spend years by this rule. Cost: each look is a pass over the numbers so far, and there are few
//! looks.

use super::interval::{Interval, clopper_pearson, mean_of_differences, mean_of_shares};
use super::moments::Moments;

/// What the numbers are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// 1 or 0: their mean is a chance.
    Chance,
    /// Shares, 0 to 1 each.
    Mean,
    /// Differences of two shares, -1 to 1 each.
    Difference,
}

impl Kind {
    /// The two-sided interval of the mean; none without numbers, or with fewer than ten where it is no chance.
    ///
    /// `confidence` is 0..1. NaN is left out of the count.
    pub fn interval(self, values: &[f64], confidence: f64) -> Option<Interval> {
        match self {
            Self::Mean => mean_of_shares(values, confidence),
            Self::Difference => mean_of_differences(values, confidence),
            Self::Chance => {
                let moments = Moments::of(values);
                let n = moments.n() as f64;
                // A mean of ones and noughts times n is a count; rounding takes off what adding them up left.
                moments.mean().map(|mean| clopper_pearson((mean * n).round(), n, confidence))
            }
        }
    }
}

/// Where a mean stands against a level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    /// Shown to be at the level or above.
    Above,
    /// Shown to be below the level.
    Below,
    /// Shown to be so near the level that the difference does not matter.
    Near,
    /// Not told yet.
    Open,
}

/// The rule, as stated before the run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sequential {
    /// What the numbers are.
    pub kind: Kind,
    /// The level, a share or a chance [unit of the numbers].
    pub level: f64,
    /// A mean within this of the level is near it.
    pub near: f64,
    /// Chance, at most, that either end of the interval is ever wrong.
    pub error: f64,
    /// Most numbers [replications].
    pub most: usize,
}

/// Numbers at the first look: a chance is seen to be far away after one block, a spread takes two.
///
/// A look costs a share of the error, so there are few of them early.
const FIRST: [usize; 2] = [16, 32];
/// Numbers at the second look, at least.
const SECOND: usize = 64;
/// Fewest numbers after which it is told where a mean stands, or the most if these are fewer.
pub const JUDGED: usize = 256;
/// Looks are after whole blocks.
const BLOCK: usize = 16;

impl Sequential {
    /// How many numbers there are at each look, in rising order.
    ///
    /// Ends at `most`, so a rule with few numbers has few looks and a larger error at each.
    pub fn looks(&self) -> Vec<usize> {
        let most = self.most.max(1);
        let mut looks = vec![if self.kind == Kind::Chance { FIRST[0] } else { FIRST[1] }.min(most)];
        while let Some(&last) = looks.last().filter(|last| **last < most) {
            let next = (last + last / 2).next_multiple_of(BLOCK).max(SECOND);
            looks.push(next.min(most));
        }
        looks
    }

    /// The interval of the mean; none without numbers, or with fewer than ten where it is no chance.
    ///
    /// Wider than at a single look: all looks together have the error.
    pub fn interval(&self, values: &[f64]) -> Option<Interval> {
        self.kind.interval(values, 1.0 - self.error / self.looks().len() as f64)
    }

    /// True from so many numbers on as the rule judges at: at once for a chance; for a mean from [`JUDGED`] on, or the
    /// most that may come.
    pub fn judges(&self, numbers: usize) -> bool {
        self.kind == Kind::Chance || numbers >= JUDGED.min(self.most)
    }

    /// Where the mean stands after one of the looks.
    ///
    /// `values` are all numbers so far, of one of the looks; between looks nothing may be read from it.
    pub fn stands(&self, values: &[f64]) -> Stands {
        if !self.judges(values.len()) {
            return Stands::Open;
        }
        match self.interval(values) {
            Some(i) if i.low >= self.level => Stands::Above,
            Some(i) if i.high < self.level => Stands::Below,
            Some(i) if i.low >= self.level - self.near && i.high <= self.level + self.near => Stands::Near,
            _ => Stands::Open,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::special::tests::close;

    const RULE: Sequential =
        Sequential { kind: Kind::Chance, level: 0.9, near: 0.01, error: 0.05, most: 10_000 };

    #[test]
    fn looks_grow_by_a_half_and_end_at_the_most() {
        let looks = RULE.looks();
        assert_eq!(&looks[..6], &[16, 64, 96, 144, 224, 336]);
        assert_eq!((looks.len(), looks.last()), (15, Some(&10_000)));
        assert_eq!(Sequential { most: 5, ..RULE }.looks(), vec![5]);
        assert_eq!(Sequential { kind: Kind::Mean, most: 64, ..RULE }.looks(), vec![32, 64]);
    }

    #[test]
    fn a_chance_is_told_by_its_repeated_interval() {
        let of = |met: usize, n: usize| (0..n).map(|i| f64::from(u8::from(i < met))).collect::<Vec<f64>>();
        // None of 16: the upper end is 1 - (0.05 / 15 / 2)^(1/16).
        let interval = RULE.interval(&of(0, 16)).unwrap_or_else(|| panic!("sixteen numbers"));
        close(interval.high, 1.0 - libm::pow(0.05 / 30.0, 1.0 / 16.0), 1e-9);
        assert_eq!(RULE.stands(&of(0, 16)), Stands::Below);
        assert_eq!(RULE.stands(&of(16, 16)), Stands::Open);
        assert_eq!(RULE.stands(&of(64, 64)), Stands::Above);
        assert_eq!(RULE.stands(&of(9000, 10_000)), Stands::Near);
        assert_eq!(RULE.stands(&[]), Stands::Open);
    }

    /// By hand: equal shares of 1 show 0.99 from ln(0.05 / 2 / 15) / ln(0.99) = 636.4 on, so at the look after 768.
    #[test]
    fn equal_shares_show_a_level_when_their_number_does() {
        let rule = Sequential { kind: Kind::Mean, level: 0.99, near: 0.001, ..RULE };
        let stands = |n: usize| rule.stands(&vec![1.0; n]);
        assert_eq!((rule.looks().len(), libm::ceil(libm::log(0.05 / 30.0) / libm::log(0.99))), (15, 637.0));
        assert_eq!(
            [32, 224, 512, 768].map(stands),
            [Stands::Open, Stands::Open, Stands::Open, Stands::Above]
        );
    }

    /// By hand: a thousandth more in every year is told from nought once 1 - a^(1/n) is below a thousandth of what might
    /// be, which is never by then; no difference in any year is none.
    #[test]
    fn no_difference_in_any_year_is_no_less() {
        let rule = Sequential { kind: Kind::Difference, level: 0.0, near: 0.001, ..RULE };
        assert_eq!([128, 256].map(|n| rule.stands(&vec![0.0; n])), [Stands::Open, Stands::Above]);
        assert_eq!(rule.stands(&vec![0.001; 256]), Stands::Open);
        assert_eq!(rule.stands(&vec![-0.5; 256]), Stands::Below);
        let luck: Vec<f64> = (0..256).map(|at| uniform(7, at) - 0.4).collect();
        assert_eq!(rule.stands(&luck), Stands::Above);
    }

    /// Word by word from [0, 1): splitmix64.
    fn uniform(seed: u64, at: u64) -> f64 {
        let mut z = (seed << 24 | at).wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        for multiplier in [0xBF58_476D_1CE4_E5B9_u64, 0x94D0_49BB_1331_11EB] {
            z = (z ^ (z >> 29)).wrapping_mul(multiplier);
        }
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A mean just below its level, by luck that is rare and large: how often is it ever called enough, at any look?
    ///
    /// 1,000 samples each, seeds 0 to 999. Promised is at most 0.025; a rule at that bound is seen above 0.045 less
    /// often than once in 10,000 (4 standard errors). Judged from 32 on by Student's ends it was one in two in the
    /// first case.
    #[test]
    fn rare_and_large_luck_is_seldom_called_enough() {
        for (chance, loss, level) in
            [(0.02, 1.0, 0.99), (0.03, 0.5, 0.99), (0.01, 1.0, 0.995), (0.1, 0.2, 0.985)]
        {
            let rule = Sequential { kind: Kind::Mean, level, near: 0.001, error: 0.05, most: 1_000 };
            let wrong = (0..1_000_u64).filter(|seed| {
                let share = |at: u64| if uniform(*seed, at) < chance { 1.0 - loss } else { 1.0 };
                let values: Vec<f64> = (0..1_000).map(share).collect();
                rule.looks().into_iter().any(|look| rule.stands(&values[..look]) == Stands::Above)
            });
            let wrong = wrong.count();
            println!("{chance} x {loss} against {level}: {wrong} of 1,000 called enough");
            assert!(wrong <= 45, "{chance} x {loss} against {level}: {wrong} of 1,000");
        }
    }
}
