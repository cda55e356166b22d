//! `days.csv`: requests, contacts and backlog by practice and counted day: means and their standard errors.
//!
//! In: the sums of n and n² that a run keeps by day where `--days` was given; the file is not written otherwise.
//! Out: a row for each option, practice and counted day. Sums are integers, so the figures do not hang on the
//! order in which blocks end.

use super::cell::number;
use crate::experiment::run::RunResult;
use std::io::{self, Write};

/// Figures by day, in the order of the sums.
///
/// Requests, contacts, backlog: the last place of `Sums::daily`, `[practice][day][figure]`.
const FIGURES: usize = 3;

/// Writes the table; days of the warm-up are not counted and not shown.
pub fn write(result: &RunResult, out: &mut dyn Write) -> io::Result<()> {
    let mut table = crate::report::cell::Table::to(out);
    table.write_record([
        "option",
        "practice",
        "date",
        "requests",
        "requests_se",
        "seen",
        "seen_se",
        "backlog",
        "backlog_se",
    ])?;
    for (outcome, option) in result.options.iter().zip(&result.scenario.options) {
        let model = &option.model;
        let sums = &outcome.sums;
        // From the length, as the sums hold the warm-up too; `max(1)` only guards a model without practices.
        let days = sums.daily.len() / (model.practices.len() * FIGURES).max(1);
        let warm_up = model.horizon.warm_up_days;
        for (p, practice) in model.practices.iter().enumerate() {
            // The sums hold the warm-up; dates count from the first counted day.
            for t in warm_up.min(days)..days {
                let date = model.horizon.start.plus((t - warm_up) as i32);
                let mut row = vec![outcome.option.clone(), practice.name.clone(), date.to_string()];
                for figure in 0..FIGURES {
                    let (mean, se) =
                        mean_and_error(sums.daily[(p * days + t) * FIGURES + figure], sums.replications);
                    row.extend([number(mean), number(se)]);
                }
                table.write_record(row)?;
            }
        }
    }
    table.flush()
}

/// Mean and its standard error from sums of n and n².
///
/// No value without replications; no error from one alone.
fn mean_and_error([sum, squares]: [u64; 2], replications: u64) -> (Option<f64>, Option<f64>) {
    if replications == 0 {
        return (None, None);
    }
    let reps = u128::from(replications);
    let n = replications as f64;
    // In integers, so that nothing cancels: R sum(x²) - (sum x)² is never negative.
    let spread = reps * u128::from(squares) - u128::from(sum) * u128::from(sum);
    let error = (replications > 1).then(|| libm::sqrt(spread as f64 / (n * n * (n - 1.0))));
    (Some(sum as f64 / n), error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mean_and_error_by_hand() {
        // 1, 2, 3, 6: mean 3, variance 14/3, standard error sqrt(14/12)
        let (mean, error) = mean_and_error([12, 50], 4);
        assert_eq!(mean, Some(3.0));
        assert!(error.is_some_and(|e| (e - libm::sqrt(14.0 / 12.0)).abs() < 1e-12));
        assert_eq!(mean_and_error([3, 9], 1), (Some(3.0), None));
    }
}
