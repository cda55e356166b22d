//! `headline_years.csv`: the headline of every option at every point, year by year.
//!
//! In: what a point came to. Out: a row a point and option, a column a year. Shards hold it too: points are told apart
//! by their differences year by year, so what is put together needs the years and not only their means.

use super::Record;
use crate::experiment::sweep::At;
use crate::findings::sweep::alike::Years;
use crate::report::cell::number;
use std::io::{self, Write};

/// Name of the table.
pub(super) const TABLE: &str = "headline_years.csv";

/// The years of one point, counted from 0: as the table has them, so that what is read back is what was known.
pub(super) fn years(point: usize, at: &At) -> Vec<Years> {
    let kept = |x: &f64| number(*x).parse().unwrap_or(f32::NAN);
    let of = |(option, values): &(String, Vec<f64>)| Years {
        point: point + 1,
        option: option.clone(),
        values: values.iter().map(kept).collect(),
    };
    at.years.iter().map(of).collect()
}

/// Writes the table. With a precision some options have fewer years than others: their last cells are empty.
pub(super) fn write(record: &Record, out: &mut dyn Write) -> io::Result<()> {
    let mut table = crate::report::cell::Table::to(out);
    let most = record.request.replications;
    let head = ["point", "option"].map(str::to_owned).into_iter();
    table.write_record(head.chain((1..=most).map(|year| format!("year_{year}"))))?;
    for row in &record.years {
        let cells = (0..most).map(|at| number(row.values.get(at).map(|x| f64::from(*x))));
        table.write_record([row.point.to_string(), row.option.clone()].into_iter().chain(cells))?;
    }
    table.flush()
}

/// Reads it back; none where it is not such a table.
pub(super) fn read(rows: &[Vec<String>]) -> Option<Vec<Years>> {
    let one = |row: &Vec<String>| {
        let [point, option, cells @ ..] = &row[..] else { return None };
        let values = cells.iter().map(|cell| cell.parse().unwrap_or(f32::NAN)).collect();
        Some(Years { point: point.parse().ok()?, option: option.clone(), values })
    };
    rows.iter().map(one).collect()
}
