//! An option beside as-now: the same figure of both, pair by pair, on the same draws.
//!
//! In: two outcomes over the same replications. Out: pairs, and what is made of them: the mean change with half its
//! 95 % interval, and whether it can be told from nought where many changes are looked at together (Bonferroni).
//!
//! All that is said of an option against as-now in the report of a run goes through here; `compared` has the same
//! for comparisons, with judgements.

use crate::model::Model;
use crate::outcome::Outcome;
use crate::outcome::columns::{About, Place};
use crate::stats::moments::Moments;
use crate::stats::paired::{Better, paired};

/// Two options over the same replications, at one place of as-now.
///
/// Both outcomes hold the same replications in the same order: that is what makes pairs of them.
#[derive(Clone, Copy, Debug)]
pub struct Beside<'a> {
    /// As-now.
    pub as_now: (&'a Model, &'a Outcome),
    /// The option.
    pub option: (&'a Model, &'a Outcome),
    /// Place, in as-now's model.
    pub place: Place,
}

impl Beside<'_> {
    /// `(option, as-now)` of every replication; none where one of them does not keep the figure.
    pub fn pairs(&self, measure: &str, about: About) -> Option<Vec<(f64, f64)>> {
        let models = (self.as_now.0, self.option.0);
        let (there, what) = same_in(models, self.place, about)?;
        let x = self.option.1.series(measure, there, what)?;
        let y = self.as_now.1.series(measure, self.place, about)?;
        Some(x.into_iter().zip(y).collect())
    }

    /// The option's figure of its own subject; the place is as-now's.
    ///
    /// For subjects that as-now does not have, such as a role that the option adds.
    pub fn of_option(&self, measure: &str, about: About) -> Option<Vec<f64>> {
        let (there, _) = same_in((self.as_now.0, self.option.0), self.place, About::All)?;
        self.option.1.series(measure, there, about)
    }
}

/// A change from as-now to an option.
///
/// `as_now + mean = option` over the same pairs: those in which both have a value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// Mean under as-now.
    pub as_now: f64,
    /// Mean under the option.
    pub option: f64,
    /// Mean of option less as-now.
    pub mean: f64,
    /// Half the 95 % interval of that mean; nought where all pairs differ alike.
    pub half: f64,
    /// True where it can be told from nought among all changes looked at together.
    pub told: bool,
}

impl Change {
    /// Of pairs, one of `together` changes looked at at once; none without a complete pair.
    pub fn of(pairs: &[(f64, f64)], together: usize) -> Option<Self> {
        // The direction is read from the mean, so either will do.
        let shown = paired(pairs, Better::Lower, 0.95)?;
        let strict = paired(pairs, Better::Lower, 1.0 - 0.05 / together.max(1) as f64)?.interval;
        let known: Vec<&(f64, f64)> = pairs.iter().filter(|(x, y)| !(x - y).is_nan()).collect();
        let mean =
            |of: fn(&(f64, f64)) -> f64| Moments::of(&known.iter().map(|p| of(p)).collect::<Vec<_>>()).mean();
        let half = shown.interval.map_or(f64::NAN, |i| i.half_width());
        // A lopsided interval may leave nought out where the mean and its half width, which are shown, do not.
        let told = strict.is_some_and(|i| !i.holds(0.0)) && (half.is_nan() || shown.mean.abs() >= half);
        Some(Self { as_now: mean(|p| p.1)?, option: mean(|p| p.0)?, mean: shown.mean, half, told })
    }

    /// True where it is told and at least so large a share of as-now.
    pub fn matters(&self, share: f64) -> bool {
        self.told && self.mean.abs() >= share * self.as_now.abs()
    }
}

/// The same place and subject in the option's model, by name.
///
/// None where the option lacks one of them.
pub fn same_in((a, b): (&Model, &Model), place: Place, about: About) -> Option<(Place, About)> {
    let place = match place {
        Place::All => Place::All,
        Place::Network(n) => Place::Network(b.networks.iter().position(|x| x.name == a.networks[n].name)?),
        Place::Practice(p) => {
            Place::Practice(b.practices.iter().position(|x| x.name == a.practices[p].name)?)
        }
    };
    let about = match about {
        About::All => About::All,
        About::Need(k) => About::Need(b.needs.iter().position(|x| x.name == a.needs[k].name)?),
        About::Role(r) => About::Role(b.roles.iter().position(|x| x.name == a.roles[r].name)?),
        About::Target(t) => About::Target(b.targets.iter().position(|x| x.name == a.targets[t].name)?),
        // Redirects are numbered within an option: another option's are not the same.
        About::Redirect(_) => return None,
    };
    Some((place, about))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_changes_together_are_told_less_easily() {
        let pairs: Vec<(f64, f64)> =
            [1.4, -0.2, 0.9, 0.8, 0.1, 1.2].iter().map(|d| (10.0 + d, 10.0)).collect();
        let (alone, among) = (Change::of(&pairs, 1), Change::of(&pairs, 40));
        assert!(alone.is_some_and(|c| c.told), "0.7 with half-width 0.6");
        assert!(among.is_some_and(|c| !c.told));
        assert_eq!(alone.map(|c| (c.as_now, (c.mean * 10.0).round())), Some((10.0, 7.0)));
    }

    #[test]
    fn no_difference_is_not_told() {
        let same = Change::of(&[(3.0, 3.0), (5.0, 5.0), (f64::NAN, 1.0)], 1);
        assert_eq!(same.map(|c| (c.mean, c.half, c.told)), Some((0.0, 0.0, false)));
        assert!(Change::of(&[(f64::NAN, 1.0)], 1).is_none());
    }
}
