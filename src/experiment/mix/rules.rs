//! The rules of the race, stated before it: what a mix has to keep to, and how the error is shared out.
//!
//! In: what one contender's years are, or two contenders'. Out: the ends by which they are judged.
//!
//! **Error of the answer.** There are K contenders, L looks, and B is the truly best that keeps to every condition. The
//! answer can be wrong in three ways: B is called failing (a wrong upper end at B: `error` / 4, shared over conditions
//! and looks); one that fails is called keeping (a wrong lower end at one of K: `error` / 4, shared over K and L); B is
//! called worse, or not better by what matters, than another (`error` / 2, shared over K - 1 and L). By Bonferroni all
//! together have at most `error`, whenever the race stops and whichever are played. Without conditions the whole error
//! is for the third. Source of the split: Andradottir & Kim, Naval Research Logistics 57 (2010); of ends that hold at
//! all looks: Jennison & Turnbull, JRSS B 51 (1989). Ends of means allow for skewness ([`shown`]) and are not judged
//! before [`JUDGED`] years: rare and large luck makes fewer years look alike that are not. Equal years are no proof, but
//! of money that no luck reaches ([`Sure`]). What comes in fewer than 3
//! of so many years may still be unseen ([`unseen`](super::race::Raced::unseen)): of that the error says nothing.

use super::race::Contender;
use crate::stats::interval::Interval;
use crate::stats::judgement::{Luck, shown};
use crate::stats::moments::Moments;
use crate::stats::sequential::{JUDGED, Kind, Sequential};
use crate::stats::stopping::Precision;

/// A condition: the mean of a figure is at a level or above.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Condition {
    /// What the figure is.
    pub kind: Kind,
    /// The level.
    pub level: f64,
    /// A mean within this of the level is borderline where no more can be told.
    pub near: f64,
}

/// The rules, as stated before the race. Of the objective less is better.
#[derive(Clone, Debug, PartialEq)]
pub struct Rules {
    /// Conditions, all to be kept.
    pub conditions: Vec<Condition>,
    /// Chance, at most, that the answer is wrong.
    pub error: f64,
    /// Most years of a contender.
    pub most: usize,
    /// A lead of no more than this does not matter.
    pub matters: Precision,
}

/// What of a contender no luck reaches: equal years of it are then exact, else they are only what came so far.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sure {
    /// Its objective.
    pub objective: bool,
    /// Its cost, which conditions of a mean are of.
    pub cost: bool,
    /// So much of its objective, where the rest has luck in it.
    pub part: Option<f64>,
}

/// Pounds within which two sums of the same money are the same: people are counted in millionths.
const POUND: f64 = 1.0;

/// Shares of the error, for one end at one look.
#[derive(Clone, Copy, Debug)]
struct Shares {
    fails: f64,
    keeps: f64,
    lead: f64,
}

/// The looks: how many years a contender has at each.
pub fn looks(most: usize) -> Vec<usize> {
    Sequential { kind: Kind::Mean, level: 0.0, near: 0.0, error: 0.05, most }.looks()
}

impl Rules {
    fn shares(&self, contenders: usize) -> Shares {
        let looks = looks(self.most).len() as f64;
        let (k, conditions) = (contenders.max(1) as f64, self.conditions.len().max(1) as f64);
        let lead = if self.conditions.is_empty() { self.error } else { 0.5 * self.error };
        Shares {
            fails: 0.25 * self.error / (conditions * looks),
            keeps: 0.25 * self.error / (k * looks),
            lead: lead / ((k - 1.0).max(1.0) * looks),
        }
    }

    /// By how much x is better than y, of so many contenders: each end holds at all looks and for all pairs together
    /// with the share of the error that is for leads.
    pub fn lead(&self, contenders: usize, x: &Contender, y: &Contender) -> Option<Interval> {
        let values = gap(x, y);
        // Luck has the same say in every year of both: it adds nothing to what is certain.
        let luckless = |parts: (f64, f64)| values.iter().all(|gap| (gap - (parts.1 - parts.0)).abs() < POUND);
        let same_luck = x.sure.part.zip(y.sure.part).is_some_and(luckless);
        if same_luck && self.judged(values.len()) {
            let mean = Moments::of(&values).mean()?;
            return Some(Interval { low: mean, high: mean });
        }
        self.of_mean(&values, self.shares(contenders).lead, x.sure.objective && y.sure.objective)
    }

    /// The interval of a mean, each end with its error; none before the years after which means are judged.
    ///
    /// What is the same in every year is taken as it is only where it is `sure`, that is where no luck reaches it: a
    /// rare loss that has not come yet leaves equal years too. Nothing but noughts is nought: it beats nobody.
    fn of_mean(&self, values: &[f64], error: f64, sure: bool) -> Option<Interval> {
        let moments = Moments::of(values);
        let exact = sure || moments.alike() && moments.mean() == Some(0.0);
        let luck = if exact { Luck::None } else { Luck::Any };
        self.judged(values.len()).then(|| shown(&moments, confidence(error), luck))?
    }

    /// True from the years on after which means are judged.
    pub(super) fn judged(&self, years: usize) -> bool {
        years >= JUDGED.min(self.most)
    }

    /// The interval by which a condition is judged: both ends hold at all looks, the lower for all contenders together,
    /// the upper for the best, with their shares of the error.
    ///
    /// `sure`: no luck reaches the cost, which is what a mean is of.
    pub fn ends(
        &self,
        contenders: usize,
        condition: &Condition,
        values: &[f64],
        sure: bool,
    ) -> Option<Interval> {
        let shares = self.shares(contenders);
        let end = |share: f64| match condition.kind {
            Kind::Chance | Kind::Difference => condition.kind.interval(values, confidence(share)),
            // The budget, in pounds: no share, so that nothing is known of where it may lie.
            Kind::Mean => self.of_mean(values, share, sure),
        };
        Some(Interval { low: end(shares.keeps)?.low, high: end(shares.fails)?.high })
    }

    /// A lead that does not matter, beside an objective.
    pub fn small(&self, objective: f64) -> f64 {
        match self.matters {
            Precision::Relative(share) => share * objective.abs(),
            Precision::Absolute(width) => width,
        }
    }
}

/// By how much x is better than y in each year that both have: less is better.
pub fn gap(x: &Contender, y: &Contender) -> Vec<f64> {
    y.years.objective.iter().zip(&x.years.objective).map(|(y, x)| y - x).collect()
}

/// The confidence of an interval each of whose ends may err so often.
fn confidence(error: f64) -> f64 {
    1.0 - 2.0 * error
}
