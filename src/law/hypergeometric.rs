//! The hypergeometric law: how many of a sample, taken without return, are of one kind.
//!
//! In: the population, how many of it are of the kind, the sample, and one keyed word. Out: a count. Inversion that
//! starts at the mode and looks outward, one step down and one up in turn; its mass there comes from factorials
//! (from their logarithms in populations above 170; error about 1e-13), the others by their ratios. The draw is
//! not monotone in anything.

use super::factorial::{LARGEST, LnFactorial, choose};
use crate::random::unit;

/// Draws how many of `sample` are among the `successes` of `population`; both are at most `population`.
///
/// Between max(0, sample + successes - population) and min(sample, successes). The word is asked for where more than
/// one count is possible.
#[inline(always)]
pub fn draw(population: u32, successes: u32, sample: u32, word: impl FnOnce() -> u64) -> u32 {
    debug_assert!(successes <= population && sample <= population);
    let lowest = (sample + successes).saturating_sub(population);
    let highest = sample.min(successes);
    if lowest == highest {
        return lowest;
    }
    search(population, successes, sample, lowest, highest, unit(word()))
}

/// The walk outward from the mode, until the masses seen exceed u.
fn search(population: u32, successes: u32, sample: u32, lowest: u32, highest: u32, u: f64) -> u32 {
    // Wide numbers, for a product of two counts of 32 bits.
    let mode = ((u64::from(sample) + 1) * (u64::from(successes) + 1) / (u64::from(population) + 2)) as u32;
    let at_mode = pmf(mode, population, successes, sample);
    let mut left = u - at_mode;
    if left < 0.0 {
        return mode;
    }
    let (kind, taken) = (f64::from(successes), f64::from(sample));
    let spare = f64::from(population) - kind - taken;
    let (mut below, mut above) = (f64::from(mode), f64::from(mode));
    let (mut mass_below, mut mass_above) = (at_mode, at_mode);
    for _ in 0..highest - lowest {
        // beyond an end of the law a mass is 0 and stays so
        mass_above *= (kind - above) * (taken - above) / ((above + 1.0) * (spare + above + 1.0));
        above += 1.0;
        left -= mass_above;
        if left < 0.0 {
            return above as u32;
        }
        mass_below *= below * (spare + below) / ((kind - below + 1.0) * (taken - below + 1.0));
        below -= 1.0;
        left -= mass_below;
        if left < 0.0 {
            return below as u32;
        }
    }
    // the masses sum to 1 but for rounding
    mode
}

/// P(N = k).
///
/// 0 outside the range of the law.
#[inline]
pub fn pmf(k: u32, population: u32, successes: u32, sample: u32) -> f64 {
    if k > successes || k > sample || sample - k > population - successes {
        return 0.0;
    }
    if population <= LARGEST {
        let ways = choose(successes, k) * choose(population - successes, sample - k);
        return ways / choose(population, sample);
    }
    let ln = LnFactorial::get();
    let log = ln.choose(successes, k) + ln.choose(population - successes, sample - k);
    libm::exp(log - ln.choose(population, sample))
}

/// A sample, taken without return, that is split over kinds one after another.
#[derive(Clone, Copy, Debug, Default)]
pub struct Split {
    /// People of the kinds still to come.
    population: u32,
    /// What is left of the sample.
    left: u32,
}

impl Split {
    /// Of a sample from a population: all kinds together.
    #[inline]
    pub fn new(population: u32, sample: u32) -> Self {
        debug_assert!(sample <= population);
        Self { population, left: sample }
    }

    /// How many of the sample are of the next kind; the word is asked for where more than one count is possible.
    #[inline]
    pub fn next(&mut self, count: u32, word: impl FnOnce() -> u64) -> u32 {
        let taken = draw(self.population, count, self.left, word);
        // The population shrinks by the whole kind, taken or not: what is left is drawn from the other kinds.
        self.population -= count;
        self.left -= taken;
        taken
    }
}

/// Splits a sample, taken without return, over kinds with these counts; `out` has a place for each kind.
///
/// Kind j uses the word of place j, so that an empty kind moves no other's draw. Words of kinds for which only one count is
/// possible are not asked for.
///
/// # Panics
///
/// In debug builds, where the sample is larger than all kinds together or `out` has another length.
pub fn multivariate(counts: &[u32], sample: u32, out: &mut [u32], mut word: impl FnMut(usize) -> u64) {
    debug_assert!(counts.len() == out.len());
    let mut split = Split::new(counts.iter().sum(), sample);
    for (kind, (count, taken)) in counts.iter().zip(out).enumerate() {
        *taken = split.next(*count, || word(kind));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::check::{close, fits, golden, words};

    /// Every law with a population up to 12: mass by counting, and draws on a fine grid of u.
    #[test]
    fn small_cases_are_exact() {
        let choose = |n: u32, k: u32| (0..k).fold(1.0, |c, i| c * f64::from(n - i) / f64::from(i + 1));
        let grid = 2000_u64;
        for population in 0..=12 {
            for (kind, sample) in (0..=population).flat_map(|a| (0..=population).map(move |b| (a, b))) {
                let mut shares = [0.0; 13];
                for cell in 0..grid {
                    let word = (cell * 2 + 1) << 52;
                    let word = (word as u128 * 4096 / (2 * grid as u128)) as u64;
                    shares[draw(population, kind, sample, || word) as usize] += 1.0 / grid as f64;
                }
                let lowest = (sample + kind).saturating_sub(population);
                for k in lowest..=kind.min(sample) {
                    let exact =
                        choose(kind, k) * choose(population - kind, sample - k) / choose(population, sample);
                    close(pmf(k, population, kind, sample), exact, 1e-12);
                    let share: f64 = shares[k as usize];
                    assert!((share - exact).abs() < 1.5 / grid as f64, "{population} {kind} {sample} {k}");
                }
            }
        }
    }

    /// False-alarm rate 1e-6 for each of 6 laws.
    #[test]
    fn draws_follow_the_law() {
        let laws =
            [(300, 100, 50), (300, 260, 250), (2000, 700, 900), (90, 3, 40), (50, 25, 1), (5000, 40, 4000)];
        for (seed, (population, kind, sample)) in (1..).zip(laws) {
            let drawn = words(seed, 200_000).map(|word| draw(population, kind, sample, || word));
            fits(drawn, |k| pmf(k, population, kind, sample), kind.min(sample) + 1);
        }
    }

    /// Against the means, within five standard errors; and with a sample of everybody, and no kinds at all.
    #[test]
    fn a_split_takes_the_whole_sample_and_no_more_than_there_is() {
        let counts = [5, 0, 12, 3, 40];
        let mut means = [0.0; 5];
        let mut stream = words(20, 1_000_000);
        for _ in 0..50_000 {
            let mut out = [0; 5];
            multivariate(&counts, 20, &mut out, |_| stream.next().expect("enough words"));
            assert_eq!(out.iter().sum::<u32>(), 20);
            for ((taken, count), mean) in out.iter().zip(counts).zip(&mut means) {
                assert!(*taken <= count);
                *mean += f64::from(*taken) / 50_000.0;
            }
        }
        for (mean, count) in means.iter().zip(counts) {
            // the widest standard error is 0.009
            assert!((mean - f64::from(count) / 3.0).abs() < 0.045, "{means:?}");
        }
        multivariate(&counts, 60, &mut [0; 5], |_| 0);
        multivariate(&[], 0, &mut [], |_| 0);
    }

    /// The second of three kinds is drawn by the second word, although the first is empty.
    #[test]
    fn an_empty_kind_moves_no_other_draw() {
        let by_place: Vec<u64> = words(21, 3).collect();
        let split = |counts: [u32; 3]| {
            let mut out = [0; 3];
            multivariate(&counts, 9, &mut out, |kind| by_place[kind]);
            out
        };
        assert_eq!(split([0, 20, 30])[1], draw(50, 20, 9, || by_place[1]));
    }

    /// A changed hash is a changed draw: log it as a value-breaking change.
    #[test]
    fn golden_draws() {
        let drawn = words(22, 10_000).zip(words(23, 10_000)).map(|(word, other)| {
            let population = (other % 1500) as u32;
            let part = |bits: u64| (bits % (u64::from(population) + 1)) as u32;
            u64::from(draw(population, part(other >> 16), part(other >> 32), || word))
        });
        assert_eq!(golden(drawn), "5e1a2bc3209e0a5c");
    }
}
