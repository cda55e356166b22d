//! The bottleneck: the role of which one more whole-time equivalent, on the same draws, improves the headline most.
//!
//! Each role in turn is given one more wte (see `one_more`), and the same replications are run again. The role with the
//! largest paired mean improvement is named, with its 95 % interval; if another cannot be told apart from it, both are;
//! if more than two cannot, or the best improvement cannot be told from nought or is too small to see, there is no single
//! bottleneck. High utilisation alone is not enough. Where sessions ask for more consulting rooms than there are, one more
//! room is tried beside the roles: where no role brings more, rooms are the bottleneck and no role is.
//!
//! In: as-now, the headline, the first replications. Out: every role tried with its gain, and what may be called
//! the bottleneck. Each trial plays the replications once more (`experiment::lean`), so the cost grows with
//! roles, and one more for rooms.

use super::figure::Unit;
use super::headline::Headline;
use super::one_more::{one_more, one_more_room};
use crate::experiment::headline::HeadlineAt;
use crate::experiment::lean;
use crate::experiment::run::Settings;
use crate::model::Model;
use crate::plan::lanes::Replication;
use crate::stats::interval::Interval;
use crate::stats::moments::Moments;
use crate::stats::paired::{Better, Paired, paired};

/// What one more wte of a role brings.
///
/// All roles are tried over the same replications as the base, so their values can be compared pair by pair.
#[derive(Clone, Debug)]
pub struct OneMore {
    /// Role.
    pub role: usize,
    /// Appointment minutes that it adds [min/week].
    pub minutes_a_week: f64,
    /// Mean improvement of the headline, above nought where it helps.
    pub improvement: f64,
    /// Its 95 % interval.
    pub interval: Option<Interval>,
    /// The headline with it, one value a replication.
    values: Vec<f64>,
}

/// What one more consulting room at each practice that is short of them brings.
#[derive(Clone, Debug)]
pub struct OneMoreRoom {
    /// Practices.
    pub practices: Vec<usize>,
    /// Mean improvement of the headline, above nought where it helps.
    pub improvement: f64,
    /// Its 95 % interval.
    pub interval: Option<Interval>,
    /// True where it helps for certain, and one more wte of no role brings more: rooms are the bottleneck.
    pub first: bool,
}

/// Which role holds the others back.
///
/// `roles` is empty in three cases: nothing helps beyond doubt, more than two cannot be told apart, or rooms are
/// first.
#[derive(Clone, Debug)]
pub struct Bottleneck {
    /// One more room; none where no practice is short of them.
    pub room: Option<OneMoreRoom>,
    /// Every role tried, the most helpful first.
    pub tried: Vec<OneMore>,
    /// The bottleneck: one role, two that cannot be told apart, or none. None where rooms are it.
    pub roles: Vec<usize>,
    /// Replications used.
    pub replications: usize,
}

/// Tries one more wte of every role at the headline's place.
///
/// Roles without posts of their own at the place are not tried. `reps` are the replications played for the base
/// and each trial.
pub fn bottleneck(model: &Model, headline: &Headline, seed: u64, reps: &[Replication]) -> Bottleneck {
    let at = HeadlineAt { measure: headline.measure.name, place: headline.place, about: headline.about };
    let values = |model: Model| lean::headline(model, at, reps, Settings::new(seed));
    let base = values(model.clone());
    let better = if headline.higher_is_better() { Better::Higher } else { Better::Lower };
    let sign = if headline.higher_is_better() { 1.0 } else { -1.0 };
    let mut tried: Vec<OneMore> = (0..model.roles.len())
        .filter_map(|role| {
            let (more, minutes_a_week) = one_more(model, headline, role, seed, reps)?;
            let values = values(more);
            let gain = compare(&values, &base, better)?;
            let interval = gain.interval.map(|i| signed(i, sign));
            Some(OneMore { role, minutes_a_week, improvement: sign * gain.mean, interval, values })
        })
        .collect();
    tried.sort_by(|a, b| b.improvement.total_cmp(&a.improvement));
    let least = least(headline, &base);
    let room = one_more_room(model, headline.place).and_then(|(more, practices)| {
        let values = values(more);
        let gain = compare(&values, &base, better)?;
        let interval = gain.interval.map(|i| signed(i, sign));
        // Rooms have to help for certain and by enough to see, and no role may help more beyond doubt.
        let clear = interval.is_some_and(|i| i.low > 0.0) && sign * gain.mean >= least;
        let first = clear && !tried.first().is_some_and(|best| beyond(&best.values, &values, better, sign));
        Some(OneMoreRoom { practices, improvement: sign * gain.mean, interval, first })
    });
    let by_rooms = room.as_ref().is_some_and(|room| room.first);
    let roles = if by_rooms { Vec::new() } else { named(&tried, better, least) };
    Bottleneck { room, tried, roles, replications: reps.len() }
}

impl Bottleneck {
    /// One more room, where rooms are the bottleneck.
    pub fn rooms(&self) -> Option<&OneMoreRoom> {
        self.room.as_ref().filter(|room| room.first)
    }
}

/// True where one column is better than another beyond doubt.
fn beyond(x: &[f64], y: &[f64], better: Better, sign: f64) -> bool {
    compare(x, y, better).and_then(|p| p.interval).is_some_and(|i| signed(i, sign).low > 0.0)
}

/// Paired comparison of two columns; none without a complete pair.
fn compare(x: &[f64], y: &[f64], better: Better) -> Option<Paired> {
    let pairs: Vec<(f64, f64)> = x.iter().copied().zip(y.iter().copied()).collect();
    paired(&pairs, better, 0.95)
}

/// An interval of a difference as one of an improvement: turned round where less is better.
fn signed(i: Interval, sign: f64) -> Interval {
    if sign < 0.0 { Interval { low: -i.high, high: -i.low } } else { i }
}

/// Least improvement worth naming: half a point of a share, a twentieth of a day, a hundredth of anything else.
fn least(headline: &Headline, base: &[f64]) -> f64 {
    match headline.unit() {
        Unit::Share => 0.005,
        Unit::Days => 0.05,
        _ => 0.01 * Moments::of(base).mean().unwrap_or(0.0).abs(),
    }
}

/// One role, two, or none.
///
/// `tried` is sorted, the most helpful first. Two roles are alike where the interval of their difference holds
/// nought.
fn named(tried: &[OneMore], better: Better, least: f64) -> Vec<usize> {
    let clear = |t: &&OneMore| t.interval.is_some_and(|i| i.low > 0.0) && t.improvement >= least;
    let Some(best) = tried.first().filter(clear) else {
        return Vec::new();
    };
    let alike = |other: &&OneMore| {
        let difference = compare(&best.values, &other.values, better).and_then(|p| p.interval);
        other.improvement > 0.0 && difference.is_none_or(|i| i.holds(0.0))
    };
    let mut roles = vec![best.role];
    roles.extend(tried[1..].iter().filter(alike).map(|t| t.role));
    if roles.len() > 2 { Vec::new() } else { roles }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tried(role: usize, values: &[f64], low: f64) -> OneMore {
        let improvement = values.iter().sum::<f64>() / values.len() as f64;
        let interval = Some(Interval { low, high: 2.0 * improvement - low });
        OneMore { role, minutes_a_week: 0.0, improvement, interval, values: values.to_vec() }
    }

    #[test]
    fn one_two_or_none() {
        let best = tried(0, &[5.0, 6.0, 5.5, 6.5], 4.0);
        let close = tried(1, &[6.0, 5.0, 6.4, 5.4], 4.0);
        let far = tried(2, &[1.0, 1.5, 1.2, 1.1], 0.5);
        assert_eq!(named(&[best.clone(), far.clone()], Better::Higher, 0.0), vec![0]);
        assert_eq!(named(&[best.clone(), close.clone(), far], Better::Higher, 0.0), vec![0, 1]);
        let third = tried(3, &[5.6, 5.4, 6.1, 5.8], 4.0);
        assert!(
            named(&[best, close, third], Better::Higher, 0.0).is_empty(),
            "three alike: no single bottleneck"
        );
        assert!(named(&[tried(0, &[0.1, -0.1, 0.2, 0.0], -0.2)], Better::Higher, 0.0).is_empty());
    }
}
