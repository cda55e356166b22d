//! Does the 95 % interval keep its word when the data decide when to stop?
//!
//! Known means and differences, on keyed normal and skewed data, stopped by what the commands themselves stop by
//! ([`until_settled`] with [`Watch`]): the rule replication by replication, look-ahead in, and looks at the end of
//! blocks. Data that stop themselves make the interval cover a little less than 95 %: what is lost must stay below one
//! point. Measured, in the order of the tests: 95.0, 95.0, 94.9 and 94.9 %; from 3 replications on instead of 64 it
//! would be 87.4 %.

use super::stop::{Watch, until_settled};
use crate::random::{Key, Purpose, open_unit};
use crate::stats::difference::difference;
use crate::stats::interval::{Interval, bent, student};
use crate::stats::moments::Moments;
use crate::stats::normal::normal_quantile;
use crate::stats::stopping::{Precision, Progress, Rule, Shown};

/// Experiments for each law.
const EXPERIMENTS: u64 = 10_000;

/// The difference that is known; of a single series, its mean.
const TRUTH: f64 = 0.3;

/// Mean of the series as things are.
const NOW: f64 = 2.0;

/// Most replications of an experiment.
const MOST: usize = 4096;

/// The replications of one experiment: four numbers between 0 and 1 each.
fn draws(experiment: u64, replication: usize) -> [f64; 4] {
    let key = Key::new(95, Purpose::Design, experiment);
    let word = |extra| key.words(replication as u64, 0, extra);
    let ([a, b], [c, d]) = (word(0), word(1));
    [a, b, c, d].map(open_unit)
}

/// The interval of a mean that a command shows.
type IntervalOf = fn(&Moments, f64) -> Option<Interval>;

/// How often the interval held the truth, and how many replications were run on average.
///
/// `shown` is the interval that is shown, `values` are the values of each series in a replication, `kept` is what the
/// interval is of.
fn coverage<const N: usize>(
    (watch, shown): (&Watch, IntervalOf),
    values: impl Fn(&[f64; 4]) -> [f64; N],
    kept: impl Fn(&[f64; N]) -> f64,
) -> (f64, f64) {
    let one = |experiment: u64| {
        let mut moments = Moments::default();
        let ended = until_settled(watch.clone(), MOST, |range| {
            let rows: Vec<[f64; N]> = range.map(|r| values(&draws(experiment, r))).collect();
            rows.iter().for_each(|row| moments.push(kept(row)));
            (0..N).map(|series| rows.iter().map(|row| row[series]).collect()).collect()
        });
        (shown(&moments, 0.95).is_some_and(|i| i.holds(TRUTH)), ended.done)
    };
    let count =
        |(held, rows): (u64, u64), (holds, n): (bool, usize)| (held + u64::from(holds), rows + n as u64);
    let (held, rows) = (0..EXPERIMENTS).map(one).fold((0, 0), count);
    (held as f64 / EXPERIMENTS as f64, rows as f64 / EXPERIMENTS as f64)
}

/// Asks for 94 % or more; and that the rule did stop early, else there was nothing to test.
///
/// 10,000 experiments, seed 95: a standard error of 0.0022. A rule that covers 94.8 % fails for a fresh seed once in
/// 7,000, one that covers 94.5 % once in 70; one that covers 93 % passes once in 200,000.
fn held((coverage, rows): (f64, f64)) {
    println!("{coverage} after {rows}");
    assert!((0.94..0.958).contains(&coverage), "{coverage} after {rows} replications on average");
    assert!(rows > 90.0 && rows < 2000.0, "{rows} replications on average");
}

/// A paired difference to within a width, as `compare` stops: things as they are wander too.
fn paired(width: f64, now_and_option: impl Fn(&[f64; 4]) -> [f64; 2]) {
    held(coverage((&Watch::paired(width / NOW, 2), difference), now_and_option, |[now, option]| {
        option - now
    }));
}

/// Normal differences, on luck in common.
#[test]
fn normal_differences_are_covered_with_the_stopping_rule_in() {
    paired(0.1, |u| {
        let now = NOW + normal_quantile(u[1]);
        [now, now + TRUTH + normal_quantile(u[0])]
    });
}

/// Waits are skewed: both lognormal, most of their luck in common.
#[test]
fn skewed_differences_are_covered_with_the_stopping_rule_in() {
    // mean of exp(0.6 z + 0.3 y): exp(0.225)
    let wait = |common: f64, own: f64| libm::exp(0.6 * normal_quantile(common) + 0.3 * normal_quantile(own));
    let level = NOW - libm::exp(0.225);
    paired(0.05, |u| [level + wait(u[0], u[2]), level + TRUTH + wait(u[0], u[1])]);
}

/// A one-sided skew, which pairing does not take away: an exponential gain in each replication.
#[test]
fn an_exponential_gain_is_covered_with_the_stopping_rule_in() {
    paired(0.02, |u| {
        let now = NOW + 0.5 * normal_quantile(u[1]);
        [now, now - TRUTH * libm::log(u[0])]
    });
}

/// A mean to within a share of itself, as `run` stops: a lognormal wait.
#[test]
fn a_skewed_mean_is_covered_with_the_stopping_rule_in() {
    // mean of exp(0.5 z): exp(0.125)
    let wait = |u: &[f64; 4]| TRUTH * libm::exp(0.5 * normal_quantile(u[0]) - 0.125);
    held(coverage((&Watch::own(0.05, 1), bent), |u| [wait(u)], |[wait]| *wait));
}

/// Why 64 years at least: from 3 on, as the rule was published, a skewed gain that looks precise by luck ends the run,
/// and the interval then holds the truth clearly less often than it says.
#[test]
fn from_three_replications_on_a_skewed_gain_is_covered_too_seldom() {
    let rule = Rule { n_min: 3, shown: Shown::Student, ..Rule::stated(Precision::Absolute(0.1)) };
    let held = (0..EXPERIMENTS).filter(|experiment| {
        let mut progress = Progress::new(rule);
        let gains = (0..MOST).map(|r| -TRUTH * libm::log(draws(*experiment, r)[0]));
        let _ = gains.map(|gain| progress.push(gain)).find(|stable| *stable);
        student(progress.moments(), 0.95).is_some_and(|i| i.holds(TRUTH))
    });
    let coverage = held.count() as f64 / EXPERIMENTS as f64;
    println!("{coverage} from 3 on");
    // 19 standard errors above what was measured: no fresh seed fails it
    assert!(coverage < 0.93, "{coverage}");
}
