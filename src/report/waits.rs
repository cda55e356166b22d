//! `waits.csv`: how long attended contacts waited, as shares of all attended, over all replications.

use super::cell::number;
use crate::experiment::run::RunResult;
use crate::outcome::sums::LONGEST_WAIT;
use std::io::{self, Write};

/// Writes the table; the last wait stands for this and more, waits longer than any seen are left out.
pub fn write(result: &RunResult, out: &mut dyn Write) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(["option", "scope", "place", "need", "wait_days", "share", "share_se"])?;
    for (outcome, option) in result.options.iter().zip(&result.scenario.options) {
        let sums = &outcome.sums;
        for (p, place) in sums.places.iter().enumerate() {
            for (k, need) in option.model.needs.iter().enumerate() {
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
