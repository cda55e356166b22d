//! Dealing contacts to people, and their time.

use super::*;

/// By hand: whole parts first, then one each to the largest remainders, to the lower number among equal ones.
#[test]
fn contacts_are_dealt_by_largest_remainder() {
    let deal = |n: u32, weights: &[u32]| {
        let (mut remainder, mut dealt) = (vec![0; weights.len()], vec![0; weights.len()]);
        deal_out(n, weights, &mut remainder, &mut dealt);
        assert_eq!(dealt.iter().sum::<u32>(), n);
        dealt
    };
    assert_eq!(deal(10, &[250, 250, 250]), [4, 3, 3]);
    assert_eq!(deal(7, &[500, 0, 250]), [5, 0, 2]);
    assert_eq!(deal(1, &[100, 300]), [0, 1]);
    assert_eq!(deal(3, &[0, 0]), [3, 0]);
    assert_eq!(deal(0, &[5]), [0]);
}

/// Total minutes of `n` contacts of a mean of one, in so many replications.
fn times(n: f64, cv: f64, count: u64) -> Vec<f64> {
    let key = Key::new(7, Purpose::ConsultationTime, 0);
    (0..count).map(|i| n * factor(key, i, 0, n, cv)).collect()
}

/// Coefficient of a day's total is cv / sqrt(n). Seed 7; five standard errors of a variance
/// (kurtosis of a gamma variable: 3 + 6 / shape), false-alarm rate 6e-7 a case.
#[test]
fn total_time_has_the_stated_coefficient() {
    for (n, cv) in [(1.0, 0.6), (12.0, 0.6), (15.0, 1.2)] {
        let drawn = times(n, cv, 100_000);
        let count = drawn.len() as f64;
        let variance = drawn.iter().map(|x| (x - n) * (x - n)).sum::<f64>() / count;
        let expected = n * cv * cv;
        let shape = n / (cv * cv);
        let error = expected * ((2.0 + 6.0 / shape) / count).sqrt();
        assert!((variance - expected).abs() < 5.0 * error, "{n} {cv}: {variance} {expected}");
    }
    assert_eq!(times(4.0, 0.0, 1), [4.0]);
}

/// Five people with 12 contacts each in time for 13: one Gamma for all hides most of the overrun.
#[test]
fn one_gamma_for_a_team_understates_overtime() {
    let over = |times: Vec<f64>, has: f64| times.iter().map(|x| (x - has).max(0.0)).sum::<f64>();
    let people = over(times(12.0, 0.6, 50_000), 13.0);
    let team = over(times(60.0, 0.6, 10_000), 65.0);
    assert!(people > 2.0 * team, "{people} {team}");
}
