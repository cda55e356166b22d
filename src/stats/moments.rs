//! Mean, variance and skewness of numbers taken one at a time, in a fixed order.
//!
//! In: numbers; NaN means "no value" and is not counted. Out: n, mean, variance with n - 1, standard error, skewness,
//! and whether all are alike. Source: Welford, Technometrics 4 (1962); Pebay, Sandia report SAND2008-6212, for the
//! third moment.
//!
//! Cost: one pass, constant memory, no allocation; means over replications are these. Pushing in another order may
//! change the last digit, so replications are pushed by their number.

/// Count, mean, and sums of squared and of cubed deviations.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Moments {
    /// Numbers taken in.
    n: u64,
    /// The mean of those.
    mean: f64,
    /// Sum of squared deviations from the mean.
    m2: f64,
    /// Sum of cubed deviations from the mean.
    m3: f64,
    /// How many were above nought, for judging chances.
    above: u64,
    /// How many were below nought.
    below: u64,
}

impl Moments {
    /// The moments of a slice, in its order.
    ///
    /// NaN is left out. One pass; nothing is allocated.
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
        self.above += u64::from(value > 0.0);
        self.below += u64::from(value < 0.0);
        let n = self.n as f64;
        let before = value - self.mean;
        let step = before / n;
        // The third moment first: its update reads the mean and the second moment as they were.
        self.m3 += before * step * (n - 1.0) * step * (n - 2.0) - 3.0 * step * self.m2;
        self.mean += step;
        self.m2 += before * (value - self.mean);
    }

    /// How many numbers there were, NaN not counted.
    pub fn n(&self) -> u64 {
        self.n
    }

    /// How many were above and how many below nought.
    ///
    /// Numbers that are nought are in neither.
    pub fn sides(&self) -> (u64, u64) {
        (self.above, self.below)
    }

    /// The mean; none without a number.
    pub fn mean(&self) -> Option<f64> {
        (self.n > 0).then_some(self.mean)
    }

    /// The variance with n - 1; none with fewer than two numbers.
    ///
    /// [squared unit of the numbers]
    pub fn variance(&self) -> Option<f64> {
        (self.n > 1).then(|| self.m2 / (self.n - 1) as f64)
    }

    /// The standard deviation with n - 1; none with fewer than two numbers.
    pub fn sd(&self) -> Option<f64> {
        self.variance().map(libm::sqrt)
    }

    /// True where there are two numbers or more and all are equal. (A sum of equal numbers may be off in its last
    /// digits.)
    ///
    /// The tolerance is a share of the mean, so numbers that are all nought are alike.
    pub fn alike(&self) -> bool {
        self.sd().is_some_and(|sd| sd <= 1e-12 * self.mean.abs())
    }

    /// The skewness: the mean cubed deviation over the cube of the standard deviation; none where all are equal.
    ///
    /// With fewer than three numbers it is nought and says nothing; intervals ask for [`super::interval::FEWEST`].
    pub fn skewness(&self) -> Option<f64> {
        let sd = self.sd().filter(|_| !self.alike())?;
        Some(self.m3 / self.n as f64 / (sd * sd * sd))
    }

    /// The standard error of the mean.
    ///
    /// The standard deviation over sqrt(n), so it falls as the replications grow; none with fewer than two.
    pub fn standard_error(&self) -> Option<f64> {
        self.variance().map(|v| libm::sqrt(v / self.n as f64))
    }
}

/// The covariance with n - 1 of pairs in which both numbers are present; none with fewer than two.
///
/// One pass about both means, in the order of the slice. The covariance of a column with itself is its variance.
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

    /// By hand: deviations -3, -1, 4 of 2, 4, 9: cubes -27 - 1 + 64 = 36, sd^2 13.
    #[test]
    fn skewness_by_hand_and_none_where_all_are_alike() {
        let skewness = Moments::of(&[2.0, 4.0, 9.0]).skewness().unwrap_or(f64::NAN);
        assert!((skewness - 12.0 / libm::pow(13.0, 1.5)).abs() < 1e-12, "{skewness}");
        let alike = Moments::of(&[0.1; 7]);
        assert!(alike.alike() && alike.skewness().is_none());
        assert!(!Moments::of(&[0.1]).alike() && !Moments::of(&[0.0, 1e-9]).alike());
        assert!(Moments::of(&[0.0; 3]).alike());
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
