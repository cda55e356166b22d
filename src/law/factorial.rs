//! Logarithms of factorials and binomial coefficients, for mass functions.
//!
//! A table up to 1,023!, built once from `libm::lgamma`; Stirling's series beyond, where its error is below 1e-16.

use std::sync::OnceLock;

const SIZE: usize = 1024;
static TABLE: OnceLock<[f64; SIZE]> = OnceLock::new();

/// Logarithms of factorials; hold one to take several without asking for the table again.
#[derive(Copy, Clone)]
pub struct LnFactorial(&'static [f64; SIZE]);

impl LnFactorial {
    /// The table, built at the first call in the process.
    #[inline]
    pub fn get() -> Self {
        Self(TABLE.get_or_init(|| std::array::from_fn(|k| libm::lgamma(k as f64 + 1.0))))
    }

    /// ln k!
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

#[cold]
fn stirling(k: f64) -> f64 {
    const HALF_LN_TWO_PI: f64 = 0.918_938_533_204_672_8;
    (k + 0.5) * libm::log(k) - k + HALF_LN_TWO_PI + (1.0 / 12.0 - 1.0 / (360.0 * k * k)) / k
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::check::close;

    #[test]
    fn table_and_series_agree_with_exact_values() {
        let ln = LnFactorial::get();
        assert_eq!((ln.of(0), ln.of(1)), (0.0, 0.0));
        close(ln.of(20), libm::log(2_432_902_008_176_640_000.0), 1e-15);
        close(stirling(1023.0), ln.of(1023), 1e-15);
        close(ln.choose(1030, 2), libm::log(1030.0 * 1029.0 / 2.0), 1e-12);
    }
}
