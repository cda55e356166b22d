//! A difference broken into parts that add up: each player alone, the interaction, the last one out, Shapley.
//!
//! In: for one replication a value of every set of players that is needed, sets written as bit masks. Out: [`Parts`].
//! Values are first put on a grid of 2^-40 of the largest, on which sums of up to some thousand values are exact in
//! 64-bit floating point; so `alone` and `interaction` add up to `total` to the bit in any order, and so do Shapley's
//! values, which are rounded to the grid with what is left given to the largest. Source: Shapley (1953); Song, Nelson &
//! Staum, SIAM/ASA Journal on Uncertainty Quantification 4 (2016) for "last in" beside it.
//!
//! Fit: `experiment/ledger.rs` breaks an option into its levers by these, replication by replication; the report shows
//! the mean of each part. Cost: a played variant for each set of [`needed`], 2^n up to six players and 2 n + 2 beyond.

use std::collections::BTreeMap;

/// Most players for which Shapley's values are computed: 2^6 = 64 sets.
pub const MOST_FOR_SHAPLEY: usize = 6;

/// Binary digits of the grid below the largest value.
///
/// A double has 53: the other 13 are room for sums of up to some thousand values.
const GRID_DIGITS: i32 = 40;

/// A set of players: player i is bit i.
///
/// Bits above the number of players are nought.
pub type Players = u64;

/// The sets that are needed: all of them for up to [`MOST_FOR_SHAPLEY`] players, else nobody, each alone, all but one,
/// and all. At most 63 players.
/// Ascending, each set once; without players the empty set alone.
pub fn needed(players: usize) -> Vec<Players> {
    let all = everybody(players);
    if players <= MOST_FOR_SHAPLEY {
        return (0..=all).collect();
    }
    let one = |i: usize| 1 << i;
    let mut sets = vec![0, all];
    sets.extend((0..players).flat_map(|i| [one(i), all & !one(i)]));
    sets.sort_unstable();
    sets
}

/// The set of all players: 63 at most, since the shift must fit in 64 bits.
pub fn everybody(players: usize) -> Players {
    (1 << players) - 1
}

/// The parts of one difference, all in the unit of the value; `[player]` in the order of the bits.
#[derive(Clone, Debug, PartialEq)]
pub struct Parts {
    /// Each player alone less nobody.
    pub alone: Vec<f64>,
    /// What the players do together beyond the sum of each alone.
    pub interaction: f64,
    /// All less nobody: the sum of `alone` and `interaction`.
    pub total: f64,
    /// All less all but this one.
    pub last: Vec<f64>,
    /// Shapley's values, which add up to `total`; none with more than [`MOST_FOR_SHAPLEY`] players.
    pub shapley: Option<Vec<f64>>,
}

/// Breaks one replication into parts; none where a needed value is missing, NaN or infinite.
///
/// `value` is asked for every set of [`needed`], more than once: it should be a look-up, not a run. NaN of one set
/// leaves the whole replication out, so that parts always add up.
pub fn parts(players: usize, value: impl Fn(Players) -> f64) -> Option<Parts> {
    let sets = needed(players);
    let largest = sets.iter().map(|set| value(*set).abs()).fold(0.0, f64::max);
    if sets.iter().any(|set| !value(*set).is_finite()) {
        return None;
    }
    let step = grid(largest);
    // Rounded to the grid before any subtraction: differences are then exact whatever their order.
    let on_grid: BTreeMap<Players, f64> =
        sets.iter().map(|set| (*set, libm::round(value(*set) / step) * step)).collect();
    let of = |set: Players| on_grid.get(&set).copied().unwrap_or(f64::NAN);
    let all = everybody(players);
    let alone: Vec<f64> = (0..players).map(|i| of(1 << i) - of(0)).collect();
    let total = of(all) - of(0);
    Some(Parts {
        interaction: total - alone.iter().sum::<f64>(),
        total,
        last: (0..players).map(|i| of(all) - of(all & !(1 << i))).collect(),
        shapley: (players <= MOST_FOR_SHAPLEY).then(|| shapley(players, of, step, total)),
        alone,
    })
}

/// The step of the grid: a power of two.
///
/// A power of two so that multiplying by it loses no digit; the grid of 0 is 2^-40.
fn grid(largest: f64) -> f64 {
    let exponent = if largest > 0.0 { libm::frexp(largest).1 } else { 0 };
    libm::ldexp(1.0, exponent - GRID_DIGITS)
}

/// Shapley's values on the grid: the mean of what a player adds over all orders in which players may come.
fn shapley(players: usize, of: impl Fn(Players) -> f64, step: f64, total: f64) -> Vec<f64> {
    let share = |i: usize| {
        // Sets without the player: what it adds to each, weighted by the orders in which exactly those came before.
        let without = (0..=everybody(players)).filter(|set| set >> i & 1 == 0);
        let adds: f64 = without.map(|set| weight(players, set) * (of(set | 1 << i) - of(set))).sum();
        libm::round(adds / step) * step
    };
    let mut values: Vec<f64> = (0..players).map(share).collect();
    // Each value was rounded to the grid; what is left over goes to the largest, where it matters least.
    let left = total - values.iter().sum::<f64>();
    let largest = values.iter_mut().max_by(|a, b| a.abs().total_cmp(&b.abs()));
    if let Some(largest) = largest {
        *largest += left;
    }
    values
}

/// Chance that in a random order exactly this set comes before a player outside it: s! (n - s - 1)! / n!.
fn weight(players: usize, set: Players) -> f64 {
    let n = players as u32;
    let s = set.count_ones();
    let choose = (0..s).fold(1.0, |product, k| product * f64::from(n - 1 - k) / f64::from(k + 1));
    1.0 / (f64::from(n) * choose)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Key, Purpose, open_unit};
    use crate::stats::special::tests::close;

    fn of(players: usize, value: impl Fn(Players) -> f64) -> Parts {
        parts(players, value).unwrap_or_else(|| panic!("every set has a value"))
    }

    /// The glove game: players 1 and 2 have a left glove, player 3 a right one; a pair is worth 1. Shapley (1/6, 1/6,
    /// 4/6), as in every textbook.
    #[test]
    fn the_glove_game() {
        let got = of(3, |set| f64::from(u8::from(set & 0b100 != 0 && set & 0b011 != 0)));
        let shapley = got.shapley.clone().unwrap_or_default();
        [1.0 / 6.0, 1.0 / 6.0, 4.0 / 6.0]
            .iter()
            .zip(&shapley)
            .for_each(|(want, got)| close(*got, *want, 1e-11));
        assert_eq!((got.alone, got.interaction, got.total), (vec![0.0; 3], 1.0, 1.0));
        assert_eq!(got.last, [0.0, 0.0, 1.0]);
    }

    /// Two levers that claim the same patients: 10 alone each, 12 together. Counted once: interaction -8.
    #[test]
    fn an_overlap_is_counted_once() {
        let got = of(2, |set| [100.0, 90.0, 90.0, 88.0][set as usize]);
        assert_eq!(
            (got.alone.as_slice(), got.interaction, got.total),
            ([-10.0, -10.0].as_slice(), 8.0, -12.0)
        );
        assert_eq!((got.last, got.shapley), (vec![-2.0, -2.0], Some(vec![-6.0, -6.0])));
    }

    /// Random values of very different sizes: every sum is exact, whichever way it is taken. Seed 1, 300 replications.
    #[test]
    fn parts_add_up_to_the_bit_in_any_order() {
        let key = Key::new(1, Purpose::Design, 0);
        for rep in 0..300 {
            let size = [1e-6, 1.0, 3e7][rep as usize % 3];
            for players in [2, 3, 6, 9] {
                let value =
                    |set| f64::from((size * (open_unit(key.words(rep, 0, set as u32)[0]) - 0.3)) as f32);
                let got = of(players, value);
                let forward: f64 = got.alone.iter().sum::<f64>() + got.interaction;
                let backward: f64 = got.interaction + got.alone.iter().rev().sum::<f64>();
                assert_eq!((forward, backward), (got.total, got.total));
                close(got.total, value(everybody(players)) - value(0), 1e-6);
                if let Some(shapley) = &got.shapley {
                    assert_eq!(shapley.iter().sum::<f64>(), got.total);
                    assert_eq!(shapley.iter().rev().sum::<f64>(), got.total);
                }
                assert_eq!(got.shapley.is_some(), players <= MOST_FOR_SHAPLEY);
            }
        }
    }

    #[test]
    fn shapley_by_all_orders() {
        let value = |set: Players| f64::from((set * set * 37 % 101) as u32);
        let got = of(4, value).shapley.unwrap_or_default();
        let mut sums = [0.0; 4];
        let mut orders = 0.0;
        for order in permutations(4) {
            let mut set = 0;
            for i in order {
                sums[i] += value(set | 1 << i) - value(set);
                set |= 1 << i;
            }
            orders += 1.0;
        }
        sums.iter().zip(&got).for_each(|(sum, got)| close(*got, sum / orders, 1e-9));
    }

    fn permutations(n: usize) -> Vec<Vec<usize>> {
        let mut all = vec![vec![]];
        for i in 0..n {
            all = all
                .iter()
                .flat_map(|order: &Vec<usize>| {
                    (0..=order.len())
                        .map(|at| {
                            let mut order = order.clone();
                            order.insert(at, i);
                            order
                        })
                        .collect::<Vec<_>>()
                })
                .collect();
        }
        all
    }

    #[test]
    fn the_sets_that_are_needed() {
        assert_eq!(needed(1), [0, 1]);
        assert_eq!(needed(2), [0, 1, 2, 3]);
        assert_eq!((needed(6).len(), needed(7).len()), (64, 16));
        assert_eq!(parts(2, |set| if set == 2 { f64::NAN } else { 1.0 }), None);
    }
}
