//! The bottleneck: the role of which one more whole-time equivalent, on the same draws, improves the headline most.
//!
//! Each role in turn is given one more wte, spread over its posts at the headline's place in proportion to what they
//! have, and the same replications are run again. The role with the largest paired mean improvement is named, with
//! its 95 % interval; if another cannot be told apart from it, both are; if more than two cannot, or the best
//! improvement cannot be told from nought or is too small to see, there is no single bottleneck. High utilisation alone is not enough.

use super::figure::Unit;
use super::headline::Headline;
use super::probe::posts_of;
use crate::experiment::headline::HeadlineAt;
use crate::experiment::lean;
use crate::experiment::run::Settings;
use crate::model::Model;
use crate::model::number::Number;
use crate::model::post::Capacity;
use crate::plan::draws::DrawPlan;
use crate::plan::lanes::Replication;
use crate::stats::interval::Interval;
use crate::stats::moments::Moments;
use crate::stats::paired::{Better, Paired, paired};

/// What one more wte of a role brings.
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

/// Which role holds the others back.
#[derive(Clone, Debug)]
pub struct Bottleneck {
    /// Every role tried, the most helpful first.
    pub tried: Vec<OneMore>,
    /// The bottleneck: one role, two that cannot be told apart, or none.
    pub roles: Vec<usize>,
    /// Replications used.
    pub replications: usize,
}

/// Tries one more wte of every role at the headline's place.
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
    let roles = named(&tried, better, least(headline, &base));
    Bottleneck { tried, roles, replications: reps.len() }
}

fn compare(x: &[f64], y: &[f64], better: Better) -> Option<Paired> {
    let pairs: Vec<(f64, f64)> = x.iter().copied().zip(y.iter().copied()).collect();
    paired(&pairs, better, 0.95)
}

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

/// The model with one more wte of a role, and the minutes a week that it adds; none without posts of its own.
fn one_more(
    model: &Model,
    headline: &Headline,
    role: usize,
    seed: u64,
    reps: &[Replication],
) -> Option<(Model, f64)> {
    let posts: Vec<usize> =
        posts_of(model, headline.place).into_iter().filter(|&i| model.posts[i].role == role).collect();
    let stated = &model.roles[role];
    let mean = |number| mean_of(model, number, seed, reps);
    let wte_minutes = mean(stated.hours_per_wte_week) * 60.0 * mean(stated.direct_share);
    let plain: f64 = posts.iter().map(|&i| plain_minutes(model, i)).sum();
    let wte: f64 = posts.iter().map(|&i| people_wte(model, i, &mean)).sum();
    // Plain capacity is worth as many wte as its minutes pay for.
    let now = wte + if wte_minutes > 0.0 { plain / wte_minutes } else { 0.0 };
    if now <= 0.0 {
        return None;
    }
    let factor = 1.0 + 1.0 / now;
    let mut more = model.clone();
    for &i in &posts {
        let post = &mut more.posts[i];
        match &mut post.capacity {
            Capacity::Plain(plain) => {
                plain.slots.iter_mut().for_each(|s| *s *= factor);
                plain.slots_by_day.iter_mut().flatten().for_each(|s| *s *= factor);
                plain.exceptions.iter_mut().for_each(|(_, _, s)| *s *= factor);
            }
            Capacity::People(_) => {
                post.minutes_factor = post.minutes_factor.times(factor);
            }
        }
    }
    Some((more, wte_minutes))
}

/// Minutes a week of plain capacity before absence.
fn plain_minutes(model: &Model, post: usize) -> f64 {
    let post = &model.posts[post];
    match &post.capacity {
        Capacity::Plain(plain) => {
            let week: f64 = match &plain.slots_by_day {
                Some(days) => 7.0 * days.iter().sum::<f64>() / days.len().max(1) as f64,
                None => (0..7).filter(|&d| model.calendar.open[d]).map(|d| plain.slots[d]).sum(),
            };
            week * post.slot_minutes
        }
        Capacity::People(_) => 0.0,
    }
}

fn people_wte(model: &Model, post: usize, mean: &dyn Fn(Number) -> f64) -> f64 {
    match &model.posts[post].capacity {
        Capacity::People(staffing) => mean(staffing.in_post_wte.unwrap_or(staffing.wte)),
        Capacity::Plain(_) => 0.0,
    }
}

/// The mean of a number over the draws of some replications.
pub fn mean_of(model: &Model, number: Number, seed: u64, reps: &[Replication]) -> f64 {
    if let Some(value) = number.fixed() {
        return value;
    }
    let draws = DrawPlan::new(&model.inputs, &model.practices, seed);
    let mut slots = vec![0.0; draws.slots()];
    let mut sum = 0.0;
    for rep in reps {
        draws.draw(rep.draw, &mut slots);
        sum += number.at(&slots, 0);
    }
    sum / reps.len().max(1) as f64
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
