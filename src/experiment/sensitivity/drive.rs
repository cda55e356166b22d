//! How every uncertain number goes with a figure, from the draws of an ordinary run: nothing is run again.
//!
//! Out, for each number: Spearman's rank correlation, the first-order index from given data (the share of the figure's
//! variance that would go if the number were known), and one p-value for "no relation": twice the smaller of the two
//! tests' (Bonferroni over the two), then Holm's step-down over all numbers, so that the list of those that matter
//! holds a false name at most once in twenty.
//!
//! In: the uncertain numbers with the draws of an ordinary run, and a figure of it. Out: a [`Drive`] a number, in their
//! order. Cost: two sorts a number, no year at all: the draws are those that the run had anyway.

use super::inputs::Uncertain;
use crate::stats::given_data::{Share, first_order};
use crate::stats::rank::{Spearman, spearman};
use rayon::prelude::*;

/// Confidence of every interval, 0 to 1.
pub const CONFIDENCE: f64 = 0.95;

/// Fewest numbers that are taken up one by one, whether or not they are shown to matter.
const FEWEST: usize = 5;

/// How one number goes with a figure.
///
/// A number that the model does not have, or that never varies, has none of these.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Drive {
    /// Rank correlation; none where either does not vary.
    pub rank: Option<Spearman>,
    /// First-order index.
    pub share: Option<Share>,
    /// Chance of so strong a relation by luck for this number by itself; none without either.
    pub alone: Option<f64>,
    /// The same for all numbers together, by Holm over every number of this figure; the one to read.
    pub p: Option<f64>,
}

impl Drive {
    /// True where it is shown to matter.
    pub fn matters(&self) -> bool {
        self.p.is_some_and(|p| p < 1.0 - CONFIDENCE)
    }

    /// The share of the variance, within 0 and 1; nought where there is none.
    pub fn shown_share(&self) -> f64 {
        self.share.map_or(0.0, |share| share.share.clamp(0.0, 1.0))
    }
}

/// How every number goes with a figure of the same replications; nothing for those that its model does not know.
///
/// `figure` has one value a replication, NaN where it has none; `inputs` carry the draws of the same replications.
pub fn drives(
    inputs: &[Uncertain],
    knows: &(dyn Fn(&Uncertain) -> bool + Sync),
    figure: &[f64],
) -> Vec<Drive> {
    let one = |input: &Uncertain| {
        if !knows(input) {
            return Drive { rank: None, share: None, alone: None, p: None };
        }
        let pairs: Vec<(f64, f64)> = input.values.iter().copied().zip(figure.iter().copied()).collect();
        let (rank, share) = (spearman(&pairs, CONFIDENCE), first_order(&pairs, CONFIDENCE));
        let tests = [rank.and_then(|rank| rank.p), share.map(|share| share.p)];
        let least = tests.into_iter().flatten().reduce(f64::min).map(|p| (2.0 * p).min(1.0));
        Drive { rank, share, alone: least, p: least }
    };
    let mut all: Vec<Drive> = inputs.par_iter().map(one).collect();
    holm(&mut all);
    all
}

/// Holm's step-down: the k-th smallest of m times m - k + 1, never falling.
fn holm(all: &mut [Drive]) {
    let mut order: Vec<usize> = (0..all.len()).filter(|at| all[*at].p.is_some()).collect();
    order.sort_by(|a, b| p(&all[*a]).total_cmp(&p(&all[*b])));
    let mut highest: f64 = 0.0;
    for (rank, at) in order.iter().enumerate() {
        highest = highest.max(p(&all[*at]) * (order.len() - rank) as f64).min(1.0);
        all[*at].p = Some(highest);
    }
}

fn p(drive: &Drive) -> f64 {
    drive.p.unwrap_or(1.0)
}

/// Positions of the numbers in their order: those that matter first, the largest share first; then the others, the
/// least likely to be luck first.
pub fn order(drives: &[Drive]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..drives.len()).collect();
    let luck = |at: &usize| drives[*at].alone.unwrap_or(1.0);
    order.sort_by(|a, b| {
        let (first, second) = (&drives[*a], &drives[*b]);
        let shares = || second.shown_share().total_cmp(&first.shown_share());
        let by = if first.matters() { shares() } else { luck(a).total_cmp(&luck(b)) };
        second.matters().cmp(&first.matters()).then(by)
    });
    order
}

/// Those that are taken up one by one: all that matter, at least five of them, at most so many.
pub fn strongest(drives: &[Drive], most: usize) -> Vec<usize> {
    let matter = drives.iter().filter(|drive| drive.matters()).count();
    let mut order = order(drives);
    order.truncate(matter.max(FEWEST).min(most));
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drive(p: f64) -> Drive {
        Drive { rank: None, share: None, alone: Some(p), p: Some(p) }
    }

    /// By hand: 0.01 x 4, 0.02 x 3, then 0.03 x 2 = 0.06, and 0.04 x 1, which may not fall below 0.06.
    #[test]
    fn holm_by_hand() {
        let mut all = [drive(0.04), drive(0.01), drive(0.03), drive(0.02)];
        holm(&mut all);
        let got: Vec<f64> = all.iter().filter_map(|d| d.p).collect();
        let want = [0.06, 0.04, 0.06, 0.06];
        assert!(got.iter().zip(want).all(|(got, want)| (got - want).abs() < 1e-12), "{got:?}");
        assert_eq!(all.iter().filter(|d| d.matters()).count(), 1);
    }
}
