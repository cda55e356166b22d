//! Sobol' indices by Saltelli's design: which input, alone and with the others, makes a result vary.
//!
//! In: results at base points A and B, and at A with one input taken from B, for each input ([`mixed`] lays the points
//! out). Out: first-order and total indices with percentile bootstrap intervals over base points. First order:
//! mean(f_B (f_ABi - f_A)) / V (Saltelli et al. 2010, table 2 b); total: mean((f_A - f_ABi)^2) / 2V (Jansen 1999). V is
//! the variance of all base results, and their mean is taken off first, which changes no expectation and steadies the
//! first-order estimate. Over Sobol' points the interval is too wide rather than too narrow: the bootstrap does not
//! know that the points are balanced. Source: Saltelli, Annoni, Azzini, Campolongo, Ratto & Tarantola, Computer
//! Physics Communications 181 (2010); Jansen, Computer Physics Communications 117 (1999).
//!
//! Cost: k + 2 results a base point with k inputs; the bootstrap plays nothing more. Fit:
//! `experiment/sensitivity/sobol.rs` plays the points and hands the results back.

use super::design::below;
use super::interval::Interval;
use super::moments::Moments;
use super::quantile::percentile;
use crate::random::Key;

/// The results of Saltelli's design; a base point with a NaN anywhere is left out.
///
/// All columns have the length of `a`; points stand in the order of the design.
#[derive(Clone, Debug, PartialEq)]
pub struct Results {
    /// At the points A.
    pub a: Vec<f64>,
    /// At the points B.
    pub b: Vec<f64>,
    /// At A with one input from B: `[input][point]`.
    pub mixed: Vec<Vec<f64>>,
}

/// First-order and total index of each input, `[input]`; not clamped, so a small one may lie below 0.
type Pairs = Vec<(f64, f64)>;

/// The indices of one input.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Index {
    /// Share of the variance that goes if this input alone were known: an estimate, which may lie below 0 where the
    /// truth is near 0. The sum over inputs is at most 1 in truth, and less with interactions.
    pub first: f64,
    /// Its interval.
    pub first_interval: Interval,
    /// Share of the variance that stays if all but this input were known; never below `first` in truth, and what it
    /// exceeds it by is interaction.
    pub total: f64,
    /// Its interval.
    pub total_interval: Interval,
}

/// The points A, B and, for each input, A with this input from B, out of base points of twice the inputs.
///
/// `base[point]` holds 2 x `inputs` coordinates: the first half is A, the second B. Out: `[A, B, A with input 0 from B,
/// ...]`, each `[point][coordinate]`: `inputs` + 2 blocks of as many points as `base`.
///
/// # Panics
///
/// Where a base point has fewer than twice `inputs` coordinates.
pub fn mixed(base: &[Vec<f64>], inputs: usize) -> Vec<Vec<Vec<f64>>> {
    let half = |from: usize| base.iter().map(|point| point[from..from + inputs].to_vec()).collect();
    let (a, b): (Vec<Vec<f64>>, Vec<Vec<f64>>) = (half(0), half(inputs));
    let with = |input: usize| {
        let one = |(a, b): (&Vec<f64>, &Vec<f64>)| {
            let mut point = a.clone();
            point[input] = b[input];
            point
        };
        a.iter().zip(&b).map(one).collect()
    };
    let mixes: Vec<Vec<Vec<f64>>> = (0..inputs).map(with).collect();
    [vec![a, b], mixes].concat()
}

/// The indices of every input, in order; none with fewer than two complete base points or where nothing varies.
///
/// `key` draws the `resamples` of the bootstrap.
/// Whole base points are drawn, so that A, B and their mixes stay together. `confidence` is 0..1; `resamples` of 0
/// leave no interval, and so no answer.
pub fn indices(results: &Results, confidence: f64, resamples: u32, key: Key) -> Option<Vec<Index>> {
    let kept = results.complete();
    let rows: Vec<usize> = (0..kept.a.len()).collect();
    let point = kept.over(&rows)?;
    let mut words = key.stream(0, 0, 0);
    let mut drawn: Vec<Pairs> = Vec::with_capacity(resamples as usize);
    for _ in 0..resamples {
        // A base point is drawn with all its results.
        let again: Vec<usize> = rows.iter().map(|_| below(rows.len(), &mut words)).collect();
        drawn.extend(kept.over(&again));
    }
    let half = 0.5 * (1.0 - confidence);
    let interval = |of: &dyn Fn(&Pairs) -> f64| {
        let values: Vec<f64> = drawn.iter().map(of).collect();
        Some(Interval { low: percentile(&values, half)?, high: percentile(&values, 1.0 - half)? })
    };
    let one = |(input, (first, total)): (usize, &(f64, f64))| {
        Some(Index {
            first: *first,
            first_interval: interval(&|all| all[input].0)?,
            total: *total,
            total_interval: interval(&|all| all[input].1)?,
        })
    };
    point.iter().enumerate().map(one).collect()
}

impl Results {
    /// The base points that have every result, the mean of A and B taken off.
    ///
    /// A NaN anywhere leaves the whole base point out: an index of one input must use the same points as another's.
    fn complete(&self) -> Results {
        let whole = |row: &usize| {
            let mixes = self.mixed.iter().map(|of| of[*row]);
            mixes.chain([self.a[*row], self.b[*row]]).all(|value| !value.is_nan())
        };
        let rows: Vec<usize> = (0..self.a.len()).filter(whole).collect();
        let pick = |of: &[f64], mean: f64| rows.iter().map(|row| of[*row] - mean).collect::<Vec<f64>>();
        let mean = Moments::of(&[pick(&self.a, 0.0), pick(&self.b, 0.0)].concat()).mean().unwrap_or(0.0);
        Results {
            a: pick(&self.a, mean),
            b: pick(&self.b, mean),
            mixed: self.mixed.iter().map(|of| pick(of, mean)).collect(),
        }
    }

    /// First-order and total index of each input over some base points; none where nothing varies.
    ///
    /// Rows may come more than once (the bootstrap). The results are centred already, which steadies the first order.
    fn over(&self, rows: &[usize]) -> Option<Pairs> {
        let base: Vec<f64> = rows.iter().flat_map(|row| [self.a[*row], self.b[*row]]).collect();
        let variance = Moments::of(&base).variance().filter(|v| *v > 0.0)?;
        let n = rows.len() as f64;
        let one = |mixed: &Vec<f64>| {
            let (mut first, mut total) = (0.0, 0.0);
            for &row in rows {
                let step = mixed[row] - self.a[row];
                // f_ABi - f_A: what the input from B changes.
                first += self.b[row] * step;
                total += step * step;
            }
            (first / n / variance, 0.5 * total / n / variance)
        };
        Some(self.mixed.iter().map(one).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Purpose;
    use crate::stats::normal::normal_quantile;
    use crate::stats::sobol_points::SobolPoints;
    use std::f64::consts::PI;

    fn key(entity: u64) -> Key {
        Key::new(20_10, Purpose::Design, entity)
    }

    /// 8,192 base points of the shifted sequence, as the cases ask.
    fn indices_of(inputs: usize, model: impl Fn(&[f64]) -> f64) -> Vec<Index> {
        let Some(points) = SobolPoints::shifted(2 * inputs, key(1)) else { panic!("dimensions are kept") };
        let base: Vec<Vec<f64>> = (0..8192).map(|number| points.point(number)).collect();
        let all = mixed(&base, inputs);
        let mut results = all.iter().map(|points| points.iter().map(|p| model(p)).collect::<Vec<f64>>());
        let (a, b) = (results.next().unwrap_or_default(), results.next().unwrap_or_default());
        let results = Results { a, b, mixed: results.collect() };
        indices(&results, 0.95, 200, key(2)).unwrap_or_else(|| panic!("the model varies"))
    }

    /// Holds to 0.02, the tolerance of the cases; one key, so no false alarm is possible. Intervals hold the truth up
    /// to one in 20; all but `misses` are asked to.
    fn held(got: &[Index], first: &[f64], total: &[f64], misses: usize) {
        let mut missed = 0;
        for ((got, first), total) in got.iter().zip(first).zip(total) {
            assert!(
                (got.first - first).abs() < 0.02 && (got.total - total).abs() < 0.02,
                "{got:?} {first} {total}"
            );
            missed += usize::from(!got.first_interval.holds(*first))
                + usize::from(!got.total_interval.holds(*total));
        }
        assert!(missed <= misses, "{missed} intervals do not hold the truth");
    }

    #[test]
    fn so_o1_ishigami() {
        let model = |x: &[f64]| {
            let x: Vec<f64> = x.iter().map(|x| PI * (2.0 * x - 1.0)).collect();
            let s = libm::sin(x[1]);
            libm::sin(x[0]) + 7.0 * s * s + 0.1 * x[2] * x[2] * x[2] * x[2] * libm::sin(x[0])
        };
        let first = [0.3139051911, 0.4424111448, 0.0];
        held(&indices_of(3, model), &first, &[0.5575888552, 0.4424111448, 0.2436836641], 0);
    }

    #[test]
    fn so_o2_g_function() {
        let a = [0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0];
        let model =
            |x: &[f64]| x.iter().zip(a).map(|(x, a)| ((4.0 * x - 2.0).abs() + a) / (1.0 + a)).product();
        let small = 7.161921689e-5;
        let first = [0.7161921689, 0.1790480422, 0.02367577418, 0.007161921689, small, small, small, small];
        let small = 0.0001049490519;
        let total = [0.7871441267, 0.2421981928, 0.03431691015, 0.01046038707, small, small, small, small];
        held(&indices_of(8, model), &first, &total, 1);
    }

    #[test]
    fn so_o3_linear() {
        let weights = [1.0, 2.0, 1.5];
        let model = |x: &[f64]| x.iter().zip(weights).map(|(x, w)| w * normal_quantile(*x)).sum();
        let share = [0.1379310345, 0.5517241379, 0.3103448276];
        held(&indices_of(3, model), &share, &share, 0);
    }

    #[test]
    fn so_o4_product() {
        let laws = [(10_000.0, 0.05), (0.45, 0.1), (0.27, 0.2)];
        let model = |x: &[f64]| {
            x.iter().zip(laws).map(|(x, (mean, cv))| mean * (1.0 + cv * normal_quantile(*x))).product()
        };
        let first = [0.04714668276, 0.188586731, 0.7543469242];
        held(&indices_of(3, model), &first, &[0.04952287557, 0.1966205258, 0.7637951194], 0);
    }

    #[test]
    fn what_does_not_vary_has_no_index_and_a_gap_is_left_out() {
        let flat = Results { a: vec![1.0; 4], b: vec![1.0; 4], mixed: vec![vec![1.0; 4]] };
        assert_eq!(indices(&flat, 0.95, 10, key(3)), None);
        let full =
            Results { a: vec![1.0, 2.0, 4.0], b: vec![3.0, 1.0, 0.0], mixed: vec![vec![3.0, 1.0, 0.0]] };
        let mut gap = full.clone();
        gap.a.push(f64::NAN);
        gap.b.push(7.0);
        gap.mixed[0].push(7.0);
        assert_eq!(gap.complete(), full.complete());
    }
}
