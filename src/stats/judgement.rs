//! What a paired difference may be said to show: better, worse, no difference that matters, or not yet.
//!
//! In: the moments of the differences, the better direction, and the width that matters where one is stated. Out: one
//! of four words, and for "cannot tell yet" about how many more replications would settle it at the difference and
//! spread seen so far. Rules, on the 95 % (or other) interval of the mean difference ([`shown`]): wholly inside
//! -matters..matters: no difference that matters; else wholly on one side of nought: better or worse; else not yet.
//! Differences that are all equal, and not nought, show nothing where luck is in play: a sure small gain and a rare
//! large loss look like that until the loss comes. Source: Schuirmann, Journal of Pharmacokinetics and Biopharmaceutics
//! 15 (1987) for equivalence inside a width (here at the more cautious level).
//!
//! Fit: `findings/compared` judges every measure of an option through [`judge`] and makes the sentence; `mix` takes the
//! interval alone. The moments are of the paired differences, so nothing here reads the options themselves.

use super::difference::{difference, difference_at, of_chances, of_chances_at};
use super::interval::{FEWEST, Interval};
use super::moments::Moments;
use super::paired::Better;

/// No answer of more replications than this is given.
///
/// More replications than this no one plays, so a larger number would be a promise nobody can check.
const MOST: u64 = 1_000_000_000;

/// What the differences show.
///
/// "Matters" is the width stated by whoever asks, in the unit of the measure [e.g. days]. A judgement is of the mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// Better.
    Better,
    /// Worse.
    Worse,
    /// Any difference is smaller than what matters.
    NoDifferenceThatMatters,
    /// Not a single replication differs.
    Same,
    /// The interval holds nought, and is not narrow enough to say that nothing matters; or there is none.
    CannotTell {
        /// Replications more that would settle it, about; none where a thousand million would not, with fewer than
        /// two, or where all differences are equal.
        more: Option<u64>,
    },
}

/// The luck that reaches differences, which their values alone do not show.
///
/// The caller knows it: what a measure is, and what an option changes, do not depend on the replications.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Luck {
    /// No luck reaches them: equal ones are exact.
    None,
    /// Each is of a 1 or 0 from a 1 or 0.
    OfChances,
    /// Any.
    Any,
}

impl Luck {
    /// Of a figure that is a chance or not; `sure` where no luck reaches it whatever it is.
    pub fn of(chance: bool, sure: bool) -> Self {
        match chance {
            _ if sure => Self::None,
            true => Self::OfChances,
            false => Self::Any,
        }
    }
}

/// The interval of the mean of differences that is shown and judged; none with fewer than ten, nor where all are equal
/// but for the luck that reaches them.
pub fn shown(differences: &Moments, confidence: f64, luck: Luck) -> Option<Interval> {
    match luck {
        Luck::None if differences.alike() => {
            // Equal differences without luck: the mean is known exactly, so the interval has no width.
            differences.mean().map(|mean| Interval { low: mean, high: mean })
        }
        Luck::OfChances => of_chances(differences.sides(), differences.n(), confidence),
        Luck::None | Luck::Any => difference(differences, confidence),
    }
}

/// Judges the differences (x - y) of a contender x from y.
///
/// `confidence` is 0..1; `matters` is in the unit of the measure, 0 or more, and none where nobody said what matters.
/// Invariant: with `matters` the answer is never [`Judgement::Better`] or [`Judgement::Worse`] inside that width.
pub fn judge(
    differences: &Moments,
    better: Better,
    (confidence, luck): (f64, Luck),
    matters: Option<f64>,
) -> Judgement {
    // Not one replication differs: this is said without an interval.
    if differences.alike() && differences.mean() == Some(0.0) {
        return Judgement::Same;
    }
    let Some(interval) = shown(differences, confidence, luck) else {
        // No interval: fewer than ten differences, or all equal by something, which luck may still undo.
        return Judgement::CannotTell { more: more(differences, (confidence, luck), matters) };
    };
    if matters.is_some_and(|width| -width <= interval.low && interval.high <= width) {
        return Judgement::NoDifferenceThatMatters;
    }
    if interval.holds(0.0) {
        return Judgement::CannotTell { more: more(differences, (confidence, luck), matters) };
    }
    match (interval.low > 0.0, better) {
        (true, Better::Higher) | (false, Better::Lower) => Judgement::Better,
        (false, Better::Higher) | (true, Better::Lower) => Judgement::Worse,
    }
}

/// Replications beyond those there are until the interval leaves nought or lies inside what matters, whichever comes
/// first, by the interval by which they are judged, if mean, spread and skewness (of chances: the shares that differ
/// either way) stay as they are. Either end draws nearer with their number, so bisection finds it.
///
/// An estimate of a number of replications, for a sentence and no more: the moments are taken as they are.
fn more(differences: &Moments, (confidence, luck): (f64, Luck), matters: Option<f64>) -> Option<u64> {
    let like = (differences.mean()?, differences.sd()?, differences.skewness()?);
    let (above, below) = differences.sides();
    // Whole years differ.
    let so_many =
        |count: u64, n: u64| (u128::from(count) * u128::from(n) / u128::from(differences.n())) as f64;
    let settled = |n: u64| {
        let interval = match luck {
            Luck::OfChances => of_chances_at((so_many(above, n), so_many(below, n)), n as f64, confidence),
            Luck::None | Luck::Any => difference_at(like, n, confidence),
        };
        !interval.holds(0.0) || matters.is_some_and(|width| -width <= interval.low && interval.high <= width)
    };
    let (mut low, mut high) = (FEWEST.max(differences.n() + 1), MOST);
    // The half width falls with n, but for the steps of whole years, so the first settled n bounds all the later ones.
    if !settled(high) {
        return None;
    }
    while low < high {
        let middle = low + (high - low) / 2;
        if settled(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Some(low - differences.n())
}

/// A count as a person says it, two digits that count, rounded up so that it is enough: 1,340 becomes 1,400, 87 stays
/// 87.
pub fn about(count: u64) -> u64 {
    let step = 10_u64.pow(count.max(1).ilog10().saturating_sub(1));
    count.div_ceil(step) * step
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::interval::student;
    use crate::stats::special::tests::{close, uniforms};
    use crate::stats::student::student_t_quantile;

    fn moments(values: &[f64]) -> Moments {
        Moments::of(values)
    }

    /// With luck in play, at 95 %.
    const LUCK: (f64, Luck) = (0.95, Luck::Any);

    #[test]
    fn the_four_answers() {
        let clear = moments(&[1.0, 1.2, 0.9, 1.1].repeat(3));
        assert_eq!(judge(&clear, Better::Higher, LUCK, None), Judgement::Better);
        assert_eq!(judge(&clear, Better::Lower, LUCK, None), Judgement::Worse);
        assert_eq!(judge(&clear, Better::Lower, LUCK, Some(2.0)), Judgement::NoDifferenceThatMatters);
        assert_eq!(judge(&clear, Better::Lower, LUCK, Some(1.1)), Judgement::Worse);
        assert_eq!(judge(&moments(&[0.0; 5]), Better::Lower, LUCK, None), Judgement::Same);
        assert_eq!(judge(&moments(&[1.0]), Better::Lower, LUCK, None), Judgement::CannotTell { more: None });
    }

    /// Fewer than ten tell nothing, however clear; nor do equal ones, unless no luck reaches them.
    #[test]
    fn few_or_equal_differences_tell_nothing() {
        let few = moments(&[1.0, 1.2, 0.9, 1.1]);
        assert_eq!(judge(&few, Better::Higher, LUCK, None), Judgement::CannotTell { more: Some(6) });
        let equal = moments(&[-1000.0; 200]);
        assert_eq!(judge(&equal, Better::Lower, LUCK, None), Judgement::CannotTell { more: None });
        assert_eq!(
            (shown(&equal, 0.95, Luck::Any), shown(&moments(&[0.0; 200]), 0.95, Luck::Any)),
            (None, None)
        );
        assert_eq!(judge(&equal, Better::Lower, (0.95, Luck::None), None), Judgement::Better);
    }

    /// A sure gain of 1,000 against a loss of 20,000 that comes once in twenty years, so that the true difference is
    /// nought: how often is either called better?
    ///
    /// 1,000 samples each of seeds 1,000 n and up; 0.025 a side is promised. A rule at that bound is seen above 0.045
    /// less often than once in 10,000. By Student's ends, with equal years judged, a false "better" came in 0.22 at 30
    /// and 0.17 at 64.
    #[test]
    fn a_rare_and_large_loss_is_seldom_missed() {
        for n in [30_u64, 64, 200, 1000] {
            let (mut better, mut worse, mut students) = (0, 0, 0);
            for sample in 0..1000 {
                let mut uniform = uniforms(1000 * n + sample);
                let loss = |u: f64| if u < 0.05 { 19_000.0 } else { -1_000.0 };
                let differences = moments(&(0..n).map(|_| loss(uniform())).collect::<Vec<f64>>());
                let judgement = judge(&differences, Better::Lower, LUCK, None);
                better += u32::from(judgement == Judgement::Better);
                worse += u32::from(judgement == Judgement::Worse);
                students += u32::from(student(&differences, 0.95).is_some_and(|i| i.high < 0.0));
            }
            println!("{n}: better {better}, worse {worse}, by Student's ends {students} of 1,000");
            assert!(better <= 45 && worse <= 45, "{n}: {better} and {worse} of 1,000");
            assert!(n > 64 || students > 100, "{n}: {students}");
        }
    }

    /// After that many more the interval would leave nought, and one fewer would not be enough.
    #[test]
    fn so_many_more_would_tell() {
        // Even about 0.2, so not skewed.
        let unclear = moments(&[1.0, -0.6, 0.8, -0.4, 0.3, 0.1]);
        let Judgement::CannotTell { more: Some(more) } = judge(&unclear, Better::Higher, LUCK, None) else {
            panic!("the interval holds nought")
        };
        let (mean, sd) = (unclear.mean().unwrap_or(0.0), unclear.sd().unwrap_or(0.0));
        let half = |n: u64| student_t_quantile((n - 1) as f64, 0.975) * sd / libm::sqrt(n as f64);
        assert!(half(6 + more) <= mean && half(6 + more - 1) > mean, "{more}");
        // CR-O2's differences, evened out, with a mean near nought: t(n - 1) s / sqrt(n) <= 0.05 first at n = 100
        let spread = moments(&[0.05 + 0.25071326821, 0.05 - 0.25071326821, 0.05]);
        close(spread.sd().unwrap_or(0.0), 0.25071326821, 1e-9);
        let got = judge(&spread, Better::Higher, LUCK, None);
        assert_eq!(got, Judgement::CannotTell { more: Some(100 - 3) });
    }

    /// 12 of 100 years differ, 9 one way: told by Student's ends after a few more, by the counts that judge it only
    /// after many. That many more at the same shares, in whole years, tell it, and three quarters of them do not.
    #[test]
    fn chances_are_foreseen_by_the_counts_that_judge_them() {
        let years = |times: usize| {
            moments(&[vec![1.0; 9 * times], vec![-1.0; 3 * times], vec![0.0; 88 * times]].concat())
        };
        let chances = (0.95, Luck::OfChances);
        let Judgement::CannotTell { more: Some(more) } = judge(&years(1), Better::Higher, chances, None)
        else {
            panic!("the interval holds nought")
        };
        let of = |n: u64| {
            let times = n as f64 / 100.0;
            of_chances((libm::ceil(9.0 * times) as u64, libm::floor(3.0 * times) as u64), n, 0.95)
        };
        assert!(of(100 + more).is_some_and(|i| !i.holds(0.0)), "{more} more tell");
        let fewer = 100 + more / 2;
        assert!(of(fewer).is_some_and(|i| i.holds(0.0)), "half of {more} more do not");
        let Judgement::CannotTell { more: Some(others) } = judge(&years(1), Better::Higher, LUCK, None)
        else {
            return;
        };
        assert!(others < more, "{others} by the moments, {more} by the counts");
    }

    #[test]
    fn a_width_that_matters_is_settled_sooner() {
        let unclear = moments(&[0.5, -0.5, 0.8, -0.7]);
        let more = |matters| match judge(&unclear, Better::Higher, LUCK, matters) {
            Judgement::CannotTell { more } => more.unwrap_or(0),
            _ => 0,
        };
        assert!(more(Some(0.6)) > 0 && more(Some(0.6)) < more(None));
        let level = moments(&[1.0, -1.0]);
        assert_eq!(judge(&level, Better::Higher, LUCK, None), Judgement::CannotTell { more: None });
    }

    #[test]
    fn about_rounds_up_to_two_digits() {
        assert_eq!([0, 7, 87, 101, 1301, 123_456].map(about), [0, 7, 87, 110, 1400, 130_000]);
    }
}
