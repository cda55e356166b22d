//! Eigenvalues of small symmetric matrices.
//!
//! In: a symmetric matrix, row by row. Out: its eigenvalues and orthonormal eigenvectors, by Jacobi's cyclic rotations.
//! Assumption: at most some dozens of rows, where the method is as quick as any and loses no digits.
//! Source: Golub & Van Loan, Matrix Computations, section 8.5.
//!
//! Fit: [`super::panel`] takes the square root of a small matrix with it. Nothing else needs eigenvalues.

/// Sweeps at most; ten are enough for a hundred rows.
const SWEEPS: usize = 60;

/// Eigenvalues, and for each its eigenvector.
///
/// `values` and `vectors` have one entry a row of the matrix.
#[derive(Clone, Debug)]
pub struct Eigen {
    /// Eigenvalues, in no order.
    pub values: Vec<f64>,
    /// `vectors[j]` belongs to `values[j]`.
    pub vectors: Vec<Vec<f64>>,
}

/// Takes a symmetric matrix apart.
///
/// The matrix is used up; rows of unequal length are a fault of the caller.
///
/// # Panics
///
/// Where a row is shorter than there are rows.
pub fn eigen(mut a: Vec<Vec<f64>>) -> Eigen {
    let n = a.len();
    let mut vectors: Vec<Vec<f64>> =
        (0..n).map(|i| (0..n).map(|j| if i == j { 1.0 } else { 0.0 }).collect()).collect();
    let size: f64 = a.iter().flatten().map(|x| x * x).sum();
    for _ in 0..SWEEPS {
        // What is left beside the diagonal, against the size of the whole: below this it changes no digit.
        let off: f64 = (0..n).flat_map(|i| (0..i).map(move |j| (i, j))).map(|(i, j)| a[i][j] * a[i][j]).sum();
        if off <= 1e-30 * size {
            break;
        }
        for p in 0..n {
            for q in p + 1..n {
                rotate(&mut a, &mut vectors, p, q);
            }
        }
    }
    Eigen { values: (0..n).map(|i| a[i][i]).collect(), vectors }
}

/// One rotation that makes the element of row p and column q nought.
fn rotate(a: &mut [Vec<f64>], vectors: &mut [Vec<f64>], p: usize, q: usize) {
    if a[p][q] == 0.0 {
        return;
    }
    // The smaller of the two angles, so rows that are nearly done stay so.
    let theta = (a[q][q] - a[p][p]) / (2.0 * a[p][q]);
    let t = theta.signum() / (theta.abs() + libm::sqrt(theta * theta + 1.0));
    let t = if theta == 0.0 { 1.0 } else { t };
    let c = 1.0 / libm::sqrt(t * t + 1.0);
    let s = t * c;
    for row in a.iter_mut() {
        let (x, y) = (row[p], row[q]);
        row[p] = c * x - s * y;
        row[q] = s * x + c * y;
    }
    for k in 0..a.len() {
        let (x, y) = (a[p][k], a[q][k]);
        a[p][k] = c * x - s * y;
        a[q][k] = s * x + c * y;
        let (x, y) = (vectors[p][k], vectors[q][k]);
        vectors[p][k] = c * x - s * y;
        vectors[q][k] = s * x + c * y;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::special::tests::close;

    #[test]
    fn a_known_matrix() {
        // eigenvalues of [[2, 1], [1, 2]] are 1 and 3; a third row by itself keeps its own
        let found = eigen(vec![vec![2.0, 1.0, 0.0], vec![1.0, 2.0, 0.0], vec![0.0, 0.0, 5.0]]);
        let mut values = found.values.clone();
        values.sort_by(f64::total_cmp);
        for (got, want) in values.iter().zip([1.0, 3.0, 5.0]) {
            close(*got, want, 1e-12);
        }
    }

    #[test]
    fn the_parts_give_the_matrix_again() {
        let n = 9;
        let at = |i: usize, j: usize| libm::cos((1 + i * j) as f64) + libm::cos((2 + i + j) as f64);
        let a: Vec<Vec<f64>> = (0..n).map(|i| (0..n).map(|j| at(i, j)).collect()).collect();
        let found = eigen(a.clone());
        for (i, row) in a.iter().enumerate() {
            for (j, want) in row.iter().enumerate() {
                let again: f64 =
                    (0..n).map(|k| found.values[k] * found.vectors[k][i] * found.vectors[k][j]).sum();
                close(again, *want, 1e-10);
            }
        }
    }
}
