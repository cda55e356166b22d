//! Factorials and their logarithms, and binomial coefficients, for mass functions.
//!
//! Factorials as they are up to 170!, the largest below the end of the numbers, for samplers that cannot wait
//! for an exponential. A table up to 1,023!, built once from `libm::lgamma`; Stirling's series beyond, where
//! its error is below 1e-16.

use std::sync::OnceLock;

/// Entries of the table of logarithms: factorials of 0 to 1,023.
const SIZE: usize = 1024;
/// Factorials up to this one are finite.
pub const LARGEST: u32 = 170;
/// k!, to about k 2^-53 relative.
static FACTORIAL: [f64; LARGEST as usize + 1] = {
    let mut table = [1.0; LARGEST as usize + 1];
    let mut k = 1;
    while k < table.len() {
        table[k] = table[k - 1] * k as f64;
        k += 1;
    }
    table
};
/// 1 / k!
static INVERSE: [f64; LARGEST as usize + 1] = {
    let mut table = FACTORIAL;
    let mut k = 0;
    while k < table.len() {
        table[k] = 1.0 / FACTORIAL[k];
        k += 1;
    }
    table
};
/// Filled at the first use; the same values whoever fills it.
static TABLE: OnceLock<[f64; SIZE]> = OnceLock::new();

/// Logarithms of factorials; hold one to take several without asking for the table again.
///
/// Copies are free: it holds a reference.
#[derive(Copy, Clone)]
pub struct LnFactorial(&'static [f64; SIZE]);

impl LnFactorial {
    /// The table, built at the first call in the process.
    #[inline]
    pub fn get() -> Self {
        Self(TABLE.get_or_init(|| std::array::from_fn(|k| libm::lgamma(k as f64 + 1.0))))
    }

    /// ln k!
    ///
    /// About 1e-15 relative.
    #[inline]
    pub fn of(self, k: u32) -> f64 {
        self.0.get(k as usize).copied().unwrap_or_else(|| stirling(f64::from(k)))
    }

    /// ln of the number of ways to choose `k` of `n`, with k <= n.
    #[inline]
    pub fn choose(self, n: u32, k: u32) -> f64 {
        self.of(n) - self.of(k) - self.of(n - k)
    }
}

/// The number of ways to choose `k` of `n`, with k <= n <= [`LARGEST`].
///
/// # Panics
///
/// Where n is above [`LARGEST`] or k above n.
#[inline]
pub fn choose(n: u32, k: u32) -> f64 {
    FACTORIAL[n as usize] * INVERSE[k as usize] * INVERSE[(n - k) as usize]
}

/// ln k! for k of 1,024 and more.
#[cold]
fn stirling(k: f64) -> f64 {
    /// ln(2 pi) / 2.
    const HALF_LN_TWO_PI: f64 = 0.918_938_533_204_672_8;
    (k + 0.5) * libm::log(k) - k + HALF_LN_TWO_PI + (1.0 / 12.0 - 1.0 / (360.0 * k * k)) / k
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::check::close;

    /// Pascal's triangle is exact up to 56; beyond it the table is held against the logarithms.
    #[test]
    fn choosing_agrees_with_pascals_triangle() {
        let mut row = vec![1.0];
        for n in 1..=56 {
            // exact: the largest, 56 over 28, is below 2^53
            row = (0..=n).map(|k| if k == 0 || k == n { 1.0 } else { row[k - 1] + row[k] }).collect();
            for (k, ways) in row.iter().enumerate() {
                close(choose(n as u32, k as u32), *ways, 2e-14);
            }
        }
        let ln = LnFactorial::get();
        for k in [0, 1, 60, 85, 170] {
            close(libm::log(choose(LARGEST, k)), ln.choose(LARGEST, k), 1e-13);
        }
    }

    /// Both sides of the border at 1,023.
    #[test]
    fn table_and_series_agree_with_exact_values() {
        let ln = LnFactorial::get();
        assert_eq!((ln.of(0), ln.of(1)), (0.0, 0.0));
        close(ln.of(20), libm::log(2_432_902_008_176_640_000.0), 1e-15);
        close(stirling(1023.0), ln.of(1023), 1e-15);
        close(ln.choose(1030, 2), libm::log(1030.0 * 1029.0 / 2.0), 1e-12);
    }
}
