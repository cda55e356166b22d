//! How many replications would be needed, by formula: at a known spread, or after a pilot run.
//!
//! In: mean, standard deviation, the width wanted. Out: a number of replications. The commands do not stop by these but by
//! [`super::stopping`], which looks at the run itself; they serve the analyst who plans one. Source: Law, Simulation Modeling and
//! Analysis, ch. 9.

use super::normal::normal_quantile;
use super::stopping::FEWEST;
use super::student::student_t_quantile;

/// No rule here answers with more replications than this.
const MOST: u64 = 1_000_000_000;

/// Replications needed if mean and sd were known, by the normal rule: ceil((z sd / (relative mean))^2), at least 1.
pub fn needed_normal(mean: f64, sd: f64, relative: f64, confidence: f64) -> u64 {
    let root = normal_quantile(0.5 + 0.5 * confidence) * sd / (relative * mean.abs());
    libm::ceil(root * root).max(1.0) as u64
}

/// The smallest n >= 3 with t(n-1) sd / sqrt(n) <= relative |mean|; none beyond 10^9.
pub fn needed_student(mean: f64, sd: f64, relative: f64, confidence: f64) -> Option<u64> {
    smallest(FEWEST, sd, relative * mean.abs(), confidence)
}

/// Law's absolute rule: the smallest n >= pilot with a half width of at most `width`, at the pilot's variance.
pub fn needed_after_pilot_absolute(pilot: u64, variance: f64, width: f64, confidence: f64) -> Option<u64> {
    smallest(pilot, libm::sqrt(variance), width, confidence)
}

/// Law's relative rule: as the absolute one, at the width gamma / (1 + gamma) of the pilot's mean, so that the error
/// against the true mean, and not the estimate, is at most gamma.
pub fn needed_after_pilot_relative(
    pilot: u64,
    mean: f64,
    variance: f64,
    gamma: f64,
    confidence: f64,
) -> Option<u64> {
    smallest(pilot, libm::sqrt(variance), gamma / (1.0 + gamma) * mean.abs(), confidence)
}

/// The smallest n >= least with t(n-1) sd / sqrt(n) <= width. The half width falls with n, so bisection finds it.
fn smallest(least: u64, sd: f64, width: f64, confidence: f64) -> Option<u64> {
    let u = 0.5 + 0.5 * confidence;
    let narrow = |n: u64| student_t_quantile((n - 1) as f64, u) * sd / libm::sqrt(n as f64) <= width;
    let (mut low, mut high) = (least.max(2), MOST);
    if !narrow(high) {
        return None;
    }
    while low < high {
        let middle = low + (high - low) / 2;
        if narrow(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Some(low)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn re_o1_known_mean_and_sd() {
        let rows = [
            (10.0, 2.0, 0.05, 0.95, 62, 64),
            (50.0, 1.0, 0.05, 0.95, 1, 3),
            (7.0, 0.2, 0.05, 0.95, 2, 4),
            (2.03, 0.5559667, 0.1, 0.9, 21, 23),
            (30.0, 12.0, 0.02, 0.95, 1537, 1540),
        ];
        for (mean, sd, relative, confidence, normal, student) in rows {
            assert_eq!(needed_normal(mean, sd, relative, confidence), normal);
            assert_eq!(needed_student(mean, sd, relative, confidence), Some(student));
        }
    }

    #[test]
    fn re_o4_after_a_pilot() {
        assert_eq!(needed_after_pilot_absolute(10, 0.31, 0.25, 0.9), Some(16));
        assert_eq!(needed_after_pilot_relative(10, 2.03, 0.31, 0.1, 0.9), Some(27));
        assert_eq!(needed_after_pilot_absolute(10, 0.31, 0.0, 0.9), None);
    }
}
