//! `waits.csv`: how long attended contacts waited, as shares of all attended, over all replications.
//!
//! In: exact counts over replications, by place and need. Out: shares with standard errors, a row a day of wait.
//! Waits run from the due day [calendar days]; those who were never seen are not in them.

use super::cell::number;
use crate::experiment::run::RunResult;
use crate::outcome::sums::LONGEST_WAIT;
use std::io::{self, Write};

/// Writes the table; the last wait stands for this and more, waits longer than any seen are left out.
///
/// A need of which nobody was seen at a place has no row there. Waits of nobody, shorter than the longest seen,
/// have a share of 0.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn write(result: &RunResult, out: &mut dyn Write) -> io::Result<()> {
    let mut table = crate::report::cell::Table::to(out);
    table.write_record(["option", "scope", "place", "need", "wait_days", "share", "share_se"])?;
    for (outcome, option) in result.options.iter().zip(&result.scenario.options) {
        let sums = &outcome.sums;
        for (p, place) in sums.places.iter().enumerate() {
            for (k, need) in option.model.needs.iter().enumerate() {
                // None where nobody was seen: there is then nothing to divide by.
                let shares: Vec<_> = (0..=LONGEST_WAIT).map(|wait| sums.wait_share(p, k, wait)).collect();
                let seen = |share: &Option<(f64, f64)>| share.is_some_and(|(share, _)| share > 0.0);
                let longest = shares.iter().rposition(seen);
                let shown = shares.iter().take(longest.map_or(0, |wait| wait + 1)).flatten();
                for (wait, (share, se)) in shown.enumerate() {
                    table.write_record([
                        outcome.option.as_str(),
                        place.scope(),
                        place.name(&option.model),
                        &need.name,
                        &wait.to_string(),
                        &number(*share),
                        &number(*se),
                    ])?;
                }
            }
        }
    }
    table.flush()
}
