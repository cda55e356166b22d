//! What locums or a staff bank would have to bring, month by month.
//!
//! In: findings. Out: a table for each of the roles that miss most.

use super::super::bank::Bank;
use super::super::figure::Unit;
use super::super::{Findings, say};
use super::Table;

/// Most roles shown; all are in `shortfall.csv`.
const ROLES: usize = 3;

/// A table a role.
pub fn banks(findings: &Findings) -> Vec<Table> {
    findings.banks.iter().take(ROLES).map(table).collect()
}

/// A row a month, below them the whole period.
fn table(bank: &Bank) -> Table {
    let several = bank.practices.len() > 1;
    let names = bank.months.iter().enumerate().map(|(at, (name, year))| match bank.new_year(at) {
        true => format!("{name} {year}"),
        false => (*name).to_owned(),
    });
    let months = names.chain(["Whole period".to_owned()]);
    let row = |(at, month): (usize, String)| {
        let write = |of: &[f64]| Unit::Count.write(of[at]);
        let mut row = vec![month, write(&bank.mean), write(&bank.together)];
        row.extend(several.then(|| write(&bank.apart)));
        row
    };
    let (of, each, heading): (_, _, &[&str]) = match several {
        true => (
            ", practice by practice: time to spare at one is not set against another",
            " lent to whichever practice is short; each for itself: what they hold together where each is to be safe in nine years of ten (of a role that is seldom short anywhere this can be the smaller: hardly ever are all of them safe then).",
            &["Month", "Missing", "Enough in 9 of 10", "Each for itself"],
        ),
        false => ("", "", &["Month", "Missing", "Enough in 9 of 10"]),
    };
    let each = if several { format!(";{each}") } else { ".".to_owned() };
    Table::new(
        &format!(
            "What locums or a staff bank would have to cover: {}",
            say::inside(&say::plural(&bank.title))
        ),
        &format!(
            "Sessions a week as now. Missing: appointment time asked for in the month that is not on the roster and that no other role or practice took over{of}; mean over simulated years. Whole weeks, each in the month of its Thursday. Enough in 9 of 10: sessions that are enough in nine simulated years of ten, in the last row in every month of them{each}"
        ),
        heading,
        months.enumerate().map(row).collect(),
    )
}
