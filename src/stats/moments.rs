//! Mean and variance of numbers taken one at a time, in a fixed order.
//!
//! In: numbers; NaN means "no value" and is not counted. Out: n, mean, variance with n - 1, standard error. Source:
//! Welford, Technometrics 4 (1962).

/// Count, mean and sum of squared deviations.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Moments {
    n: u64,
    mean: f64,
    m2: f64,
}

impl Moments {
    /// The moments of a slice, in its order.
    pub fn of(values: &[f64]) -> Moments {
        let mut moments = Moments::default();
        values.iter().for_each(|value| moments.push(*value));
        moments
    }

    /// Takes one more number in; NaN is passed over.
    pub fn push(&mut self, value: f64) {
        if value.is_nan() {
            return;
        }
        self.n += 1;
        let before = value - self.mean;
        self.mean += before / self.n as f64;
        self.m2 += before * (value - self.mean);
    }

    /// How many numbers there were.
    pub fn n(&self) -> u64 {
        self.n
    }

    /// The mean; none without a number.
    pub fn mean(&self) -> Option<f64> {
        (self.n > 0).then_some(self.mean)
    }

    /// The variance with n - 1; none with fewer than two numbers.
    pub fn variance(&self) -> Option<f64> {
        (self.n > 1).then(|| self.m2 / (self.n - 1) as f64)
    }

    /// The standard deviation with n - 1.
    pub fn sd(&self) -> Option<f64> {
        self.variance().map(libm::sqrt)
    }

    /// The standard error of the mean.
    pub fn standard_error(&self) -> Option<f64> {
        self.variance().map(|v| libm::sqrt(v / self.n as f64))
    }
}

/// The covariance with n - 1 of pairs in which both numbers are present; none with fewer than two.
pub fn covariance(pairs: &[(f64, f64)]) -> Option<f64> {
    let (mut n, mut x_mean, mut y_mean, mut c) = (0_u64, 0.0, 0.0, 0.0);
    for &(x, y) in pairs.iter().filter(|(x, y)| !x.is_nan() && !y.is_nan()) {
        n += 1;
        let before = x - x_mean;
        x_mean += before / n as f64;
        y_mean += (y - y_mean) / n as f64;
        c += before * (y - y_mean);
    }
    (n > 1).then(|| c / (n - 1) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_of_a_short_list_with_a_gap() {
        let m = Moments::of(&[2.0, f64::NAN, 4.0, 9.0]);
        assert_eq!((m.n(), m.mean(), m.variance()), (3, Some(5.0), Some(13.0)));
        assert_eq!(m.standard_error(), Some(libm::sqrt(13.0 / 3.0)));
    }

    #[test]
    fn too_few_numbers_have_no_value() {
        assert_eq!(Moments::of(&[f64::NAN]).mean(), None);
        assert_eq!(Moments::of(&[1.0]).variance(), None);
        assert_eq!(covariance(&[(1.0, 2.0)]), None);
    }

    #[test]
    fn a_large_offset_loses_nothing() {
        let m = Moments::of(&[1e9 + 4.0, 1e9 + 7.0, 1e9 + 13.0, 1e9 + 16.0]);
        assert_eq!(m.variance(), Some(30.0));
    }

    #[test]
    fn covariance_by_hand() {
        assert_eq!(covariance(&[(1.0, 2.0), (2.0, 4.0), (3.0, 9.0)]), Some(3.5));
    }
}
