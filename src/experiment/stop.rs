//! How many replications a command runs that was asked for a precision: the same for all of them.
//!
//! In: the share asked for, and the headline of every option, replication by replication in the order of their numbers.
//! Out: how many are needed by the rule ([`Rule::stated`], look-ahead in), and how many were run: work is done in
//! blocks, and ends at the first block after which every series has met the rule and is still as precise as asked.
//! Values that are all equal are not precise: they are played on to the most allowed, and of shares so many may then be
//! enough to say so. Which replications make a block depends on how many are done alone, so threads and lanes change
//! nothing.
//!
//! Fit: `run`, `compare` and the sweep play through [`until_settled`], so a precision means the same everywhere. The
//! coverage tests beside hold that the interval that is shown keeps its word although the data decide when to stop.

use crate::plan::lanes::LANES;
use crate::stats::interval::{Interval, SHARE};
use crate::stats::moments::Moments;
use crate::stats::paired::kept_difference;
use crate::stats::stopping::{LOOK_AHEAD, N_MIN, Precision, Progress, Rule, Shown};
use std::ops::Range;

/// Replications between two looks: at least this many, and a quarter of those done.
const BATCH: usize = 64;

/// Replications before the first look: the fewest that can meet the rule.
const FIRST: usize = (N_MIN + LOOK_AHEAD) as usize;

/// The replications after which the precision is looked at again: 80, 144, 208 ... and from 256 on a quarter more.
///
/// [replications] Rounded up to whole blocks of [`LANES`], so the lanes in use are always full.
pub fn next_look(done: usize, most: usize) -> usize {
    let more = if done == 0 { FIRST } else { BATCH.max(done / 4) };
    most.min(done + more.next_multiple_of(LANES))
}

/// Series under the rule, all over the same replications.
///
/// Values are pushed one replication at a time and in the order of their numbers, so it does not matter how they were
/// played. A watch is used for one run only.
#[derive(Clone, Debug)]
pub struct Watch {
    /// Half-width wanted, as a share.
    share: f64,
    /// Where differences from a first series are watched: that series.
    first: Option<Moments>,
    /// One each; of a paired watch one fewer, since the first is what the others are held against.
    series: Vec<Progress>,
    /// The first difference of each, where differences are watched.
    differed: Vec<Option<f64>>,
    /// Where every value lies; none where that is not known.
    range: Option<Interval>,
    /// True where equal values are so by how they are worked out, and not by chance.
    sure: bool,
}

impl Watch {
    /// Each series to within a share of its own mean; the width moves with that mean.
    pub fn own(share: f64, series: usize) -> Self {
        let rule = Rule::stated(Precision::Relative(share));
        let series = vec![Progress::new(rule); series];
        Self { share, first: None, series, differed: Vec::new(), range: None, sure: false }
    }

    /// The difference of every series from the first, to within a share of the first one's mean.
    ///
    /// The width moves with the first one's mean, so a small difference of a large figure is held to the same share.
    pub fn paired(share: f64, series: usize) -> Self {
        let rule = Rule { shown: Shown::Difference, ..Rule::stated(Precision::Absolute(0.0)) };
        let series = vec![Progress::new(rule); series.saturating_sub(1)];
        let differed = vec![None; series.len()];
        Self { share, first: Some(Moments::default()), series, differed, range: None, sure: false }
    }

    /// The same where the values are shares, 0 to 1 each (or are not).
    ///
    /// A paired watch holds differences of shares, which lie in -1 to 1.
    pub fn of_shares(self, shares: bool) -> Self {
        let low = if self.first.is_some() { -1.0 } else { 0.0 };
        Self { range: shares.then_some(Interval { low, ..SHARE }), ..self }
    }

    /// The same where each value is 1 or 0 (or is not): the interval shown of one by itself is then Wilson's.
    ///
    /// Call it before the first value: it makes the series anew.
    pub fn of_chances(self, chances: bool) -> Self {
        let shown = match self.first {
            Some(_) => Shown::Difference,
            None if chances => Shown::Wilson,
            None => Shown::Bent,
        };
        let rule = Rule { shown, ..Rule::stated(Precision::Relative(self.share)) };
        Self { series: vec![Progress::new(rule); self.series.len()], ..self }
    }

    /// The same where equal values are so by how they are worked out (or are not): these are precise.
    ///
    /// Only of a headline that no luck reaches ([`super::sure`]).
    pub fn of_sure(self, sure: bool) -> Self {
        Self { sure, ..self }
    }

    /// Takes in one replication: the value of each series, the first series first; NaN is no value.
    pub fn push(&mut self, values: &[f64]) {
        match &mut self.first {
            None => self.series.iter_mut().zip(values).for_each(|(series, value)| {
                series.push(*value);
            }),
            Some(first) => {
                let Some((now, others)) = values.split_first() else { return };
                first.push(*now);
                let width = first.mean().map_or(f64::NAN, |mean| self.share * mean.abs());
                let known = self.series.iter_mut().zip(&mut self.differed).zip(others);
                known.for_each(|((series, differed), value)| {
                    let difference = kept_difference(*value, *now, *differed);
                    *differed = differed.or(Some(difference).filter(|difference| !difference.is_nan()));
                    series.push_within(difference, Precision::Absolute(width));
                });
            }
        }
    }

    /// Whether every series has met the rule, and is as precise as asked over all that was run.
    ///
    /// What the rule met may be lost again by later values: both are asked.
    pub fn settled(&self) -> bool {
        self.series.iter().all(|series| self.precise(series) || self.without(series))
    }

    /// True of a series that has no value in any year while others have: nothing more is to be learnt of it.
    fn without(&self, series: &Progress) -> bool {
        let any = |series: &Progress| series.moments().n() > 0;
        !any(series) && self.series.iter().any(any)
    }

    /// True where the rule is met and the interval of all values so far is still narrow enough.
    fn precise(&self, series: &Progress) -> bool {
        self.exact(series) || series.stable().is_some() && series.met()
    }

    /// True where equal values need no interval.
    fn exact(&self, series: &Progress) -> bool {
        self.sure && series.moments().alike()
    }

    /// Whether every series is as precise as asked if no more can be played: those whose values are all equal by their
    /// number.
    ///
    /// Asked only when nothing more can be played: equal values are then all that can be said.
    pub fn spent(&self) -> bool {
        let alike = |series: &Progress| self.range.is_some_and(|range| series.met_alike(range));
        self.series.iter().all(|series| self.precise(series) || alike(series) || self.without(series))
    }

    /// The replications that the rule asks for; none where some series has not met it.
    ///
    /// The largest of the series; of an exact one the fewest that the rule may stop at.
    pub fn needed(&self) -> Option<usize> {
        let told = |series: &Progress| self.exact(series) || self.without(series);
        let of = |series: &Progress| series.needed().or_else(|| told(series).then_some(N_MIN));
        let needed: Option<Vec<u64>> = self.series.iter().map(of).collect();
        needed.map(|needed| needed.into_iter().max().unwrap_or(0) as usize)
    }
}

/// How a run came to its end.
///
/// Both are of every series: the same replications were played for all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ended {
    /// Replications run.
    pub done: usize,
    /// Replications that the rule asks for; none where the precision was not reached.
    pub needed: Option<usize>,
}

impl Ended {
    /// Whether the precision was reached; false also where none could be told at all.
    pub fn precise(self) -> bool {
        self.needed.is_some()
    }
}

/// Runs block after block until all is precise, or none are left of `most`.
///
/// `more` runs the replications of a range and gives their values: `[series][replication]`.
///
/// A block ends at [`next_look`], so the number that is run depends on how many are done alone, not on how fast they
/// were.
pub fn until_settled(
    mut watch: Watch,
    most: usize,
    mut more: impl FnMut(Range<usize>) -> Vec<Vec<f64>>,
) -> Ended {
    let (mut done, mut settled) = (0, false);
    while done < most && !settled {
        let range = done..next_look(done, most);
        let values = more(range.clone());
        for at in 0..range.len() {
            let one: Vec<f64> = values.iter().map(|series| series[at]).collect();
            watch.push(&one);
        }
        done = range.end;
        settled = watch.settled();
    }
    let spent = (!settled && watch.spent()).then_some(done);
    Ended { done, needed: watch.needed().filter(|_| settled).or(spent) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_lie_at_whole_blocks_and_end_at_the_most() {
        let mut looks = vec![0];
        while looks[looks.len() - 1] < 700 {
            looks.push(next_look(looks[looks.len() - 1], 700));
        }
        assert_eq!(looks, [0, 80, 144, 208, 272, 352, 448, 560, 700]);
    }

    /// Every option has to be precise, not only the first; and a lucky stretch does not end a run.
    #[test]
    fn the_least_known_option_decides() {
        let wild = |at: usize| if at.is_multiple_of(2) { 1.0 } else { 1.4 };
        let of = |at: usize| vec![1.0 + 0.001 * (at % 3) as f64, wild(at)];
        let play = |watch: Watch| {
            until_settled(watch, 5000, |range| {
                let rows: Vec<Vec<f64>> = range.map(of).collect();
                (0..2).map(|series| rows.iter().map(|row| row[series]).collect()).collect()
            })
        };
        // half width 1.96 x 0.2 / sqrt(n) against 0.02 x 1.2: n of 268
        let own = play(Watch::own(0.02, 2));
        assert!(own.needed.is_some_and(|n| (264..=275).contains(&n)), "{own:?}");
        assert_eq!(own.done, 352);
        // against 0.02 x 1.0: n of 386
        let paired = play(Watch::paired(0.02, 2));
        assert!(paired.needed.is_some_and(|n| (380..=395).contains(&n)), "{paired:?}");
        assert_eq!(paired.done, 448);
        assert_eq!(play(Watch::own(0.001, 2)), Ended { done: 5000, needed: None });
    }

    /// Equal years are played on to the most allowed. Of shares so many may then be enough; of anything else they are
    /// not, nor is a difference of nought while nothing was seen of either.
    #[test]
    fn equal_years_are_not_precise() {
        let play = |watch: Watch, series: usize, value: f64| {
            until_settled(watch, 500, |range| vec![vec![value; range.len()]; series])
        };
        assert_eq!(play(Watch::own(0.01, 1), 1, 1.0), Ended { done: 500, needed: None });
        let shares = Watch::own(0.01, 1).of_shares(true);
        assert_eq!(play(shares.clone(), 1, 1.0), Ended { done: 500, needed: Some(500) });
        assert_eq!(play(shares, 1, 0.0), Ended { done: 500, needed: None });
        assert_eq!(play(Watch::paired(0.2, 2), 2, 0.0), Ended { done: 500, needed: None });
        let paid = Watch::own(0.01, 1).of_sure(true);
        assert_eq!(play(paid, 1, 1000.0), Ended { done: 80, needed: Some(64) });
    }

    /// What was precise once and is not at the look goes on.
    #[test]
    fn a_precision_that_is_lost_again_is_none() {
        let of = |at: usize| if at == 75 { 40.0 } else { 1.0 + 0.001 * (at % 3) as f64 };
        let ended = until_settled(Watch::own(0.05, 1), 208, |range| vec![range.map(of).collect()]);
        assert_eq!(ended, Ended { done: 208, needed: None });
    }
}
