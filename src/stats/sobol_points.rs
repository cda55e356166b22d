//! Points of low discrepancy: the Sobol' sequence, plain or shifted by a key.
//!
//! In: the dimension, up to [`MOST_DIMENSIONS`]. Out: points of the unit cube in Gray-code order, any one of them
//! without the ones before it. The plain sequence begins at the corner 0 and is for checking; a keyed digital shift
//! (every coordinate XOR one random word of its own) keeps the balance of every block of 2^k points, moves them off
//! the corner and makes a mean over them unbiased. Source: Sobol' (1967); Antonov & Saleev (1979); Joe & Kuo (2008);
//! Lemieux, Monte Carlo and Quasi-Monte Carlo Sampling (2009) on digital shifts.
//!
//! Fit: a sweep asks for shifted points. Cost: one XOR a digit a coordinate, so a point far
//! out costs no more than the first.

use super::sobol_directions::DIRECTIONS;
use crate::random::{Key, open_unit, unit};

/// Dimensions for which direction numbers are kept.
pub const MOST_DIMENSIONS: usize = DIRECTIONS.len() + 1;

/// Binary digits of a coordinate, those of a `u32`, and so 2^32 different points.
const BITS: usize = 32;

/// The sequence in some dimensions.
#[derive(Clone, Debug)]
pub struct SobolPoints {
    /// Direction numbers, the first digit in the highest bit: `[dimension][digit]`.
    directions: Vec<[u32; BITS]>,
    /// A shift for each dimension; none for the plain sequence.
    shifts: Option<Vec<u64>>,
}

impl SobolPoints {
    /// The plain sequence; none for more dimensions than are kept.
    pub fn plain(dimensions: usize) -> Option<Self> {
        let directions = (0..dimensions).map(directions).collect::<Option<_>>()?;
        Some(Self { directions, shifts: None })
    }

    /// The sequence shifted by a key; none for more dimensions than are kept.
    ///
    /// The key alone decides the shift, so the same key gives the same design in any order.
    pub fn shifted(dimensions: usize, key: Key) -> Option<Self> {
        let shifts = (0..dimensions as u64).map(|dimension| key.words(dimension, 0, 0)[0]).collect();
        Some(Self { shifts: Some(shifts), ..Self::plain(dimensions)? })
    }

    /// The point of a number from 0: one coordinate a dimension; inside (0, 1) where shifted, else in [0, 1).
    ///
    /// A block of 2^k that starts at a multiple of 2^k is balanced in every dimension.
    pub fn point(&self, number: u32) -> Vec<f64> {
        let gray = number ^ (number >> 1);
        let digits = |directions: &[u32; BITS]| {
            let set = directions.iter().enumerate().filter(|(digit, _)| gray >> digit & 1 == 1);
            u64::from(set.fold(0, |x, (_, direction)| x ^ direction)) << BITS
        };
        let all = self.directions.iter().map(digits);
        match &self.shifts {
            None => all.map(unit).collect(),
            Some(shifts) => all.zip(shifts).map(|(x, shift)| open_unit(x ^ shift)).collect(),
        }
    }
}

/// Direction numbers of a dimension, counted from 0: v_k = m_k / 2^k, with
/// m_k = 2 a_1 m_(k-1) ^ 4 a_2 m_(k-2) ^ … ^ 2^s m_(k-s) ^ m_(k-s).
fn directions(dimension: usize) -> Option<[u32; BITS]> {
    let mut v = [0; BITS];
    let Some(row) = dimension.checked_sub(1) else {
        // m_k = 1 throughout
        v.iter_mut().enumerate().for_each(|(k, v)| *v = 1 << (BITS - 1 - k));
        return Some(v);
    };
    let (a, m) = DIRECTIONS.get(row)?;
    let s = m.len();
    for k in 0..BITS {
        v[k] = if k < s {
            m[k] << (BITS - 1 - k)
        } else {
            // coefficient j of the polynomial is bit s - 1 - j of a
            let inner = (1..s).filter(|j| a >> (s - 1 - j) & 1 == 1);
            inner.fold(v[k - s] ^ (v[k - s] >> s), |x, j| x ^ v[k - j])
        };
    }
    Some(v)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Purpose;
    use crate::stats::special::tests::close;

    fn plain(dimensions: usize) -> SobolPoints {
        SobolPoints::plain(dimensions).unwrap_or_else(|| panic!("{dimensions} dimensions are kept"))
    }

    /// LH-O2: the first ten points and two means, exact.
    #[test]
    fn lh_o2_first_points() {
        let want = [
            [0.0, 0.0, 0.0],
            [0.5, 0.5, 0.5],
            [0.75, 0.25, 0.25],
            [0.25, 0.75, 0.75],
            [0.375, 0.375, 0.625],
            [0.875, 0.875, 0.125],
            [0.625, 0.125, 0.875],
            [0.125, 0.625, 0.375],
            [0.1875, 0.3125, 0.9375],
            [0.6875, 0.8125, 0.4375],
        ];
        let points = plain(3);
        want.iter().zip(0..).for_each(|(want, number)| assert_eq!(points.point(number), want));
        for dimension in 0..3 {
            let sum: f64 = (0..1024).map(|number| points.point(number)[dimension]).sum();
            assert_eq!(sum / 1024.0, 0.49951171875);
        }
        let product: f64 = (0..4096).map(|number| points.point(number).iter().product::<f64>()).sum();
        close(product / 4096.0, 0.124908519617748, 1e-13);
    }

    #[test]
    fn a_block_of_1024_fills_every_cell_of_every_dimension_shifted_or_not() {
        let key = Key::new(3, Purpose::Design, 0);
        let shifted = SobolPoints::shifted(MOST_DIMENSIONS, key);
        for points in [Some(plain(MOST_DIMENSIONS)), shifted].into_iter().flatten() {
            let block: Vec<Vec<f64>> = (1024..2048).map(|number| points.point(number)).collect();
            for dimension in 0..MOST_DIMENSIONS {
                let mut seen = [false; 1024];
                block.iter().for_each(|point| seen[(point[dimension] * 1024.0) as usize] = true);
                assert!(seen.iter().all(|seen| *seen), "dimension {dimension}");
            }
        }
    }

    #[test]
    fn a_shift_leaves_no_coordinate_at_an_end_and_hangs_on_its_key() {
        let shifted = |seed| SobolPoints::shifted(5, Key::new(seed, Purpose::Design, 0)).map(|s| s.point(0));
        assert!(shifted(1).is_some_and(|point| point.iter().all(|x| *x > 0.0 && *x < 1.0)));
        assert_ne!(shifted(1), shifted(2));
        assert!(SobolPoints::plain(MOST_DIMENSIONS + 1).is_none());
    }
}
