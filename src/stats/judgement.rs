//! What a paired difference may be said to show: better, worse, no difference that matters, or not yet.
//!
//! In: the moments of the differences, the better direction, and the width that matters where one is stated. Out: one of
//! four words, and for "cannot tell yet" about how many more replications would settle it at the difference and spread
//! seen so far. Rules, on the 95 % (or other) Student interval: wholly inside -matters..matters: no difference that
//! matters; else wholly on one side of nought: better or worse; else not yet. Source: Schuirmann, Journal of
//! Pharmacokinetics and Biopharmaceutics 15 (1987) for equivalence inside a width (here at the more cautious level).

use super::interval::student;
use super::moments::Moments;
use super::paired::Better;
use super::stopping::needed_after_pilot_absolute;

/// What the differences show.
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
    /// The interval holds nought, and is not narrow enough to say that nothing matters.
    CannotTell {
        /// Replications more that would settle it, about; none where a thousand million would not, or with fewer than
        /// two.
        more: Option<u64>,
    },
}

/// Judges the differences (x - y) of a contender x from y.
pub fn judge(differences: &Moments, better: Better, confidence: f64, matters: Option<f64>) -> Judgement {
    let Some(interval) = student(differences, confidence) else {
        return Judgement::CannotTell { more: None };
    };
    if interval.low == 0.0 && interval.high == 0.0 {
        return Judgement::Same;
    }
    if matters.is_some_and(|width| -width <= interval.low && interval.high <= width) {
        return Judgement::NoDifferenceThatMatters;
    }
    if interval.holds(0.0) {
        return Judgement::CannotTell { more: more(differences, confidence, matters) };
    }
    match (interval.low > 0.0, better) {
        (true, Better::Higher) | (false, Better::Lower) => Judgement::Better,
        (false, Better::Higher) | (true, Better::Lower) => Judgement::Worse,
    }
}

/// Replications beyond those there are until the interval leaves nought or lies inside what matters, whichever comes
/// first, if mean and spread stay as they are.
fn more(differences: &Moments, confidence: f64, matters: Option<f64>) -> Option<u64> {
    let mean = differences.mean()?.abs();
    let width = matters.map_or(mean, |matters| mean.max(matters - mean));
    let needed = needed_after_pilot_absolute(differences.n(), differences.variance()?, width, confidence)?;
    // At least one: the interval that holds nought by its very end is not narrow enough.
    Some((needed - differences.n()).max(1))
}

/// A count as a person says it, two digits that count: 1,340 becomes 1,300 and 87 becomes 87.
pub fn about(count: u64) -> u64 {
    let step = 10_u64.pow(count.max(1).ilog10().saturating_sub(1));
    count.div_ceil(step) * step
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::special::tests::close;
    use crate::stats::student::student_t_quantile;

    fn moments(values: &[f64]) -> Moments {
        Moments::of(values)
    }

    #[test]
    fn the_four_answers() {
        let clear = moments(&[1.0, 1.2, 0.9, 1.1]);
        assert_eq!(judge(&clear, Better::Higher, 0.95, None), Judgement::Better);
        assert_eq!(judge(&clear, Better::Lower, 0.95, None), Judgement::Worse);
        assert_eq!(judge(&clear, Better::Lower, 0.95, Some(2.0)), Judgement::NoDifferenceThatMatters);
        assert_eq!(judge(&clear, Better::Lower, 0.95, Some(1.1)), Judgement::Worse);
        assert_eq!(judge(&moments(&[0.0; 5]), Better::Lower, 0.95, None), Judgement::Same);
        assert_eq!(judge(&moments(&[1.0]), Better::Lower, 0.95, None), Judgement::CannotTell { more: None });
    }

    /// After that many more the interval would leave nought, and one fewer would not be enough.
    #[test]
    fn so_many_more_would_tell() {
        let unclear = moments(&[1.0, -0.5, 0.8, -0.9, 1.1, 0.2]);
        let Judgement::CannotTell { more: Some(more) } = judge(&unclear, Better::Higher, 0.95, None) else {
            panic!("the interval holds nought")
        };
        let (mean, sd) = (unclear.mean().unwrap_or(0.0), unclear.sd().unwrap_or(0.0));
        let half = |n: u64| student_t_quantile((n - 1) as f64, 0.975) * sd / libm::sqrt(n as f64);
        assert!(half(6 + more) <= mean && half(6 + more - 1) > mean, "{more}");
        // CR-O2's differences with a mean near nought: t(n - 1) s / sqrt(n) <= 0.05 first at n = 100
        let spread = moments(&[0.05 + 0.25071326821, 0.05 - 0.25071326821, 0.05]);
        close(spread.sd().unwrap_or(0.0), 0.25071326821, 1e-9);
        let got = judge(&spread, Better::Higher, 0.95, None);
        assert_eq!(got, Judgement::CannotTell { more: Some(100 - 3) });
    }

    #[test]
    fn a_width_that_matters_is_settled_sooner() {
        let unclear = moments(&[0.5, -0.5, 0.8, -0.7]);
        let more = |matters| match judge(&unclear, Better::Higher, 0.95, matters) {
            Judgement::CannotTell { more } => more.unwrap_or(0),
            _ => 0,
        };
        assert!(more(Some(0.6)) > 0 && more(Some(0.6)) < more(None));
        let level = moments(&[1.0, -1.0]);
        assert_eq!(judge(&level, Better::Higher, 0.95, None), Judgement::CannotTell { more: None });
    }

    #[test]
    fn about_rounds_up_to_two_digits() {
        assert_eq!([0, 7, 87, 101, 1301, 123_456].map(about), [0, 7, 87, 110, 1400, 130_000]);
    }
}
