//! `ledger.csv` and `ledger_years.parquet`: options of several parts, taken apart.
//!
//! In: the ledgers of the options that have more than one part. Out: means with their intervals as CSV, and every
//! year's own ledger as Parquet, in which `alone` of the parts and of the interaction adds up to the total to the
//! last bit.

use super::tables::{FIGURE, figure};
use crate::experiment::compare::Compared;
use crate::experiment::ledger::{Ledger, LedgerFigure};
use crate::experiment::shown::Shown;
use crate::findings::compared::ComparedFindings;
use crate::findings::compared::ledger::{LedgerLine, Part};
use crate::report::cell::number;
use crate::report::parquet::{Columns, Kind, Values};

use crate::scenario::Scenario;
use crate::stats::parts::Parts;
use std::io::{self, Write};

/// Name of the row of what the parts do together.
const INTERACTION: &str = "interaction";
/// Name of the row of the whole difference.
const TOTAL: &str = "total";

/// Means of the parts with their intervals, a row a part.
///
/// A row a part, option and figure, then `interaction` and `total`; three triples of mean, low and high for
/// `alone`, `last` and `shapley`. A cell is empty where the value has no meaning (the interaction taken out last)
/// or is not worked out.
pub fn table(f: &ComparedFindings, scenario: &Scenario, out: &mut dyn Write) -> io::Result<()> {
    let mut table = crate::report::cell::Table::to(out);
    let parts = ["alone", "last", "shapley"];
    let ends =
        parts.iter().flat_map(|part| [part.to_string(), format!("{part}_low"), format!("{part}_high")]);
    let head = ["part".to_owned(), "n".to_owned()].into_iter().chain(ends);
    let figures = FIGURE.iter().map(ToString::to_string);
    table.write_record(["option".to_owned()].into_iter().chain(figures).chain(head))?;
    for option in &f.options {
        for line in option.ledger.iter().flat_map(|ledger| &ledger.lines) {
            for (part, values) in rows(line) {
                let mut row = vec![option.name.clone()];
                row.extend(figure(&f.figures[line.figure], scenario));
                row.extend([part, line.years.to_string()]);
                row.extend(values.iter().flat_map(|value| cells(*value)));
                table.write_record(row)?;
            }
        }
    }
    table.flush()
}

/// Every part with what it does alone, taken out last, and by Shapley.
///
/// In the order [alone, last, shapley]; `None` where a row has no such value.
fn rows(line: &LedgerLine) -> Vec<(String, [Option<Part>; 3])> {
    let of = |e: &crate::findings::compared::ledger::Entry| {
        (e.name.clone(), [Some(e.alone), Some(e.last), e.shapley])
    };
    let mut rows: Vec<_> = line.entries.iter().map(of).collect();
    rows.push((INTERACTION.into(), [Some(line.interaction), None, None]));
    rows.push((TOTAL.into(), [Some(line.total), None, None]));
    rows
}

/// Mean, low, high; all empty for `None`, the ends alone where there is no interval.
fn cells(part: Option<Part>) -> [String; 3] {
    let interval = part.and_then(|part| part.interval);
    [number(part.map(|p| p.mean)), number(interval.map(|i| i.low)), number(interval.map(|i| i.high))]
}

/// The parts of every replication, to the last bit.
///
/// A row group for each option and figure, so that only one figure is held at a time. Years in which the figure
/// has no value in some of the runs that the ledger needs are left out; numbers of replications are those of
/// `replications.parquet`.
pub fn years(compared: &Compared, out: &mut (dyn Write + Send)) -> io::Result<()> {
    let texts = ["option", "scope", "place", "need", "role", "target", "measure", "part"];
    let mut columns = vec![("replication".to_owned(), Kind::Whole)];
    columns.extend(texts.map(|name| (name.to_owned(), Kind::Text)));
    columns.extend(["alone", "last", "shapley"].map(|name| (name.to_owned(), Kind::Exact)));
    let mut table = Columns::new(out, &columns)?;
    for ledger in &compared.ledgers {
        for figure in &ledger.figures {
            let known: Vec<(usize, &Parts)> = figure
                .years
                .iter()
                .enumerate()
                .filter_map(|(year, parts)| Some((year, parts.as_ref()?)))
                .collect();
            if !known.is_empty() {
                table.rows(&chunk(compared, ledger, figure, &known))?;
            }
        }
    }
    table.finish()
}

/// One figure of one option: all its parts, year by year.
///
/// Rows run year by year, within a year part by part in the order of the option, then interaction, then total.
/// The columns are in the order that [`years`] states; NaN becomes null.
fn chunk<'a>(
    compared: &'a Compared,
    ledger: &'a Ledger,
    figure: &LedgerFigure,
    known: &[(usize, &Parts)],
) -> Vec<Values<'a>> {
    let names: Vec<&str> =
        ledger.players.iter().map(|p| p.name.as_str()).chain([INTERACTION, TOTAL]).collect();
    let rows = known.len() * names.len();
    let each = |value: &dyn Fn(&Parts, usize) -> f64| {
        known.iter().flat_map(|(_, parts)| (0..names.len()).map(|at| value(parts, at))).collect::<Vec<f64>>()
    };
    let n = ledger.players.len();
    // Past the parts stand the two rows that belong to none.
    let alone = each(&|parts, at| match at {
        at if at < n => parts.alone[at],
        at if at == n => parts.interaction,
        _ => parts.total,
    });
    let last = each(&|parts, at| parts.last.get(at).copied().unwrap_or(f64::NAN));
    let shapley = each(&|p, at| p.shapley.as_ref().and_then(|s| s.get(at).copied()).unwrap_or(f64::NAN));
    let mut values =
        // Replications are far fewer than an i32 holds.
        vec![Values::Whole(known.iter().flat_map(|(year, _)| vec![*year as i32; names.len()]).collect())];
    let option = &compared.run.scenario.options[ledger.option].name;
    let texts = subject(compared, &compared.shown[figure.shown]);
    values.push(Values::Text(vec![option.as_str(); rows]));
    values.extend(texts.map(|text| Values::Text(vec![text; rows])));
    values.push(Values::Text(known.iter().flat_map(|_| names.iter().copied()).collect()));
    values.extend([Values::Exact(alone), Values::Exact(last), Values::Exact(shapley)]);
    values
}

/// Scope, place, need, role, target and measure of a figure.
///
/// Empty where the figure is not about one.
fn subject<'a>(compared: &'a Compared, shown: &Shown) -> [&'a str; 6] {
    use crate::outcome::columns::About;
    let model = &compared.run.scenario.options[0].model;
    let (mut need, mut role, mut target) = ("", "", "");
    match shown.about {
        About::Need(k) => need = model.needs[k].name.as_str(),
        About::Role(r) => role = model.roles[r].name.as_str(),
        About::Target(t) => {
            target = model.targets[t].name.as_str();
            need = model.needs[model.targets[t].need].name.as_str();
        }
        About::All | About::Redirect(_) => {}
    }
    [shown.place.scope(), shown.place.name(model), need, role, target, shown.measure.name]
}
