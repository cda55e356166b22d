//! Does the 95 % paired interval keep its word when the data decide when to stop?
//!
//! A known difference, on keyed normal and skewed data, stopped by the rule of the experiments: look after 64
//! replications and then after a quarter more each time (a multiple of 16), stop when the half width is small enough.
//! Data that stop themselves make the interval cover a little less than 95 %: what is lost must stay below one point. Measured:
//! 94.8 % (normal), 94.8 % (lognormal waits), 95.2 % (exponential).

use super::interval::student;
use super::moments::Moments;
use super::normal::normal_quantile;
use super::stopping::{Precision, Rule};
use crate::random::{Key, Purpose, open_unit};

/// Experiments for each law.
const EXPERIMENTS: u64 = 10_000;

/// The difference that is known.
const TRUTH: f64 = 0.3;

/// One experiment: differences in order, stopped by the rule; whether the interval holds the truth, and its size.
fn experiment(number: u64, width: f64, difference: impl Fn(&[f64; 3]) -> f64) -> (bool, u64) {
    let key = Key::new(95, Purpose::Design, number);
    let rule = Rule { confidence: 0.95, precision: Precision::Absolute(width), n_min: 64, look_ahead: 0 };
    let mut moments = Moments::default();
    let mut next = 64;
    while next <= 4096 {
        while moments.n() < next {
            let draw = |extra| open_unit(key.words(moments.n(), 0, extra)[0]);
            moments.push(difference(&[draw(0), draw(1), draw(2)]));
        }
        if rule.met(&moments) {
            break;
        }
        next += 64.max(next / 4).next_multiple_of(16);
    }
    (student(&moments, 0.95).is_some_and(|i| i.holds(TRUTH)), moments.n())
}

fn coverage(width: f64, difference: impl Fn(&[f64; 3]) -> f64) -> (f64, f64) {
    let all = (0..EXPERIMENTS).map(|number| experiment(number, width, &difference));
    let (held, rows) = all.fold((0, 0), |(held, rows), (holds, n)| (held + u64::from(holds), rows + n));
    (held as f64 / EXPERIMENTS as f64, rows as f64 / EXPERIMENTS as f64)
}

/// Asks for 94 % or more; and that the rule did stop early, else there was nothing to test.
///
/// 10,000 experiments, seed 95: a standard error of 0.0022. A rule that covers 94.8 % fails for a fresh seed once in
/// 7,000; one that covers 93 % passes once in 200,000.
fn kept(width: f64, difference: impl Fn(&[f64; 3]) -> f64) {
    let (coverage, rows) = coverage(width, difference);
    assert!((0.94..0.958).contains(&coverage), "{coverage} after {rows} replications on average");
    assert!(rows > 80.0 && rows < 2000.0, "{rows} replications on average");
}

/// x and y normal on common draws: x - y is normal.
#[test]
fn normal_differences_are_covered_with_the_stopping_rule_in() {
    kept(0.1, |u| TRUTH + normal_quantile(u[0]));
}

/// Waits are skewed: x and y lognormal, most of their luck in common.
#[test]
fn skewed_differences_are_covered_with_the_stopping_rule_in() {
    let wait = |common: f64, own: f64| libm::exp(0.6 * normal_quantile(common) + 0.3 * normal_quantile(own));
    kept(0.05, |u| TRUTH + wait(u[0], u[1]) - wait(u[0], u[2]));
}

/// A one-sided skew, which pairing does not take away: an exponential gain in each replication.
#[test]
fn an_exponential_gain_is_covered_with_the_stopping_rule_in() {
    kept(0.02, |u| -TRUTH * libm::log(u[0]));
}
