//! `size.csv`: the curve of chance against size, with what each size costs and brings.
//!
//! In: findings of a sizing. Out: a row for each way of sharing and size tried, in rising order of size.

use crate::experiment::size::knob::Unit;
use crate::findings::sized::rows::{Known, Row};
use crate::findings::sized::{SizedFindings, WaySized, figures};
use crate::report::cell::number;
use std::io::{self, Write};

/// Columns.
///
/// Costs are pounds in the counted period; `step_` is against the size before; `load` is work of appointment time
/// [share]; `unstable` is 1 where it is above 1, `full` where it is about 1, else 0, though those who cannot be seen leave.
const HEAD: [&str; 32] = [
    "sharing",
    "size",
    "unit",
    "years",
    "measure",
    "level",
    "value",
    "low",
    "high",
    "shows",
    "answer",
    "load",
    "unstable",
    "role_contacts_per_unit",
    "attended_all_practices",
    "unmet_at_target",
    "added_per_unit",
    "added_low",
    "added_high",
    "average_added_per_unit",
    "average_low",
    "average_high",
    "cost_total",
    "cost_reimbursed",
    "cost_to_practices",
    "step_cost_total",
    "step_cost_to_practices",
    "fund",
    "fund_left",
    "unmet_share_more_than_now",
    "unmet_share_low",
    "unmet_share_high",
];

/// Every size of every way of sharing, a row a size.
pub fn write(f: &SizedFindings, out: &mut dyn Write) -> io::Result<()> {
    let mut table = crate::report::cell::Table::to(out);
    table.write_record(HEAD)?;
    for way in &f.ways {
        for (at, row) in way.rows.iter().enumerate() {
            table
                .write_record([stands(f, way, (at, row)), output(row), money(f, row), unmet(row)].concat())?;
        }
    }
    table.flush()
}

/// Where a size stands.
///
/// The columns up to `answer`. `low` to `high` is the interval that holds whenever one stops.
fn stands(f: &SizedFindings, way: &WaySized, (at, row): (usize, &Row)) -> Vec<String> {
    // The two rows that prove each other.
    let answer = match Some(at) {
        at if at == way.enough => "smallest_enough",
        at if at == way.too_few => "largest_too_few",
        _ => "",
    };
    let unit = match f.unit {
        Unit::Wte => "wte",
        Unit::Slots => "slots a day",
        Unit::Other => "",
    };
    vec![
        way.sharing.clone().unwrap_or_default(),
        number(row.size),
        unit.to_owned(),
        row.years.to_string(),
        match (f.goal.chance, f.goal.now) {
            (true, _) => "target_met",
            (false, None) => "seen_within_target",
            (false, Some(_)) => "seen_within_target_less_as_now",
        }
        .to_owned(),
        number(f.goal.level),
        number(row.mean),
        number(row.interval.map(|i| i.low)),
        number(row.interval.map(|i| i.high)),
        row.shows.key().to_owned(),
        answer.to_owned(),
    ]
}

/// The columns from `load` to `average_high`; an average or a step has no value at the smallest size.
fn output(row: &Row) -> Vec<String> {
    let unstable = row.load.map_or("", |_| match (row.unstable(), row.full()) {
        (true, _) => "1",
        (_, true) => "full",
        _ => "0",
    });
    let mut cells = vec![
        number(row.load),
        unstable.to_owned(),
        number(row.gross),
        number(row.attended),
        number(row.unmet),
    ];
    cells.extend(known(row.marginal));
    cells.extend(known(row.average));
    cells
}

/// The columns of requests unmet against things as they are; empty where a level is asked for.
fn unmet(row: &Row) -> Vec<String> {
    known(figures::unmet(row)).into()
}

/// A mean and the ends of its interval.
fn known(known: Option<Known>) -> [String; 3] {
    let interval = known.and_then(|known| known.interval);
    [number(known.map(|k| k.mean)), number(interval.map(|i| i.low)), number(interval.map(|i| i.high))]
}

/// The columns of money; empty where costs are not known. What is reimbursed is written only beside a cost.
fn money(f: &SizedFindings, row: &Row) -> Vec<String> {
    vec![
        number(row.cost),
        // Empty where the cost is: what is paid back of an unknown cost tells nothing.
        number(row.cost.and(row.reimbursed)),
        number(row.to_practices()),
        number(row.dearer.map(|(all, _)| all)),
        number(row.dearer.map(|(_, practices)| practices)),
        f.fund.as_ref().map_or(String::new(), |fund| fund.title.clone()),
        number(row.left),
    ]
}
