//! `break_even.csv`, `sensitivity.csv`, `split.csv`, `tornado.csv`, `sobol.csv`.
//!
//! In: findings, whose subjects (figures looked into) and numbers are in one order with what was found. Out: long
//! tables; the column `of` names the subject. Shares run from 0 to 1, values are in the unit of their address.

use crate::experiment::sensitivity::sobol::Group;
use crate::findings::sensitivity::SensitivityFindings;
use crate::report::cell::number;
use std::io::{self, Write};

/// What is known of a number: address, evidence, whether it is an assumption.
const OF: [&str; 5] = ["address", "words", "source", "confidence", "assumption"];

/// The cells of [`OF`].
///
/// `at` is the place among the uncertain numbers of the analysis. A number without a source is written as
/// `assumption`.
fn of(f: &SensitivityFindings<'_>, at: usize) -> Vec<String> {
    let (input, named) = (&f.found.inputs[at], &f.named[at]);
    vec![
        input.address.clone(),
        named.words.clone(),
        input.source.clone().unwrap_or_else(|| "assumption".into()),
        input.confidence.clone().unwrap_or_default(),
        flag(named.assumed),
    ]
}

/// 1 or 0, as all tables write yes and no.
fn flag(yes: bool) -> String {
    if yes { "1".into() } else { "0".into() }
}

/// Every value tried of each key number, and where it turns.
///
/// Two kinds of row: `tried` (a value and the paired difference there, with its 95 % interval) and `turns` (the
/// value at which the difference crosses nought, the side where the option is not better, and the chance that the
/// number lies there).
pub fn break_even(f: &SensitivityFindings<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut table = crate::report::cell::Table::to(out);
    let head =
        ["row", "value", "value_low", "value_high", "difference", "low", "high", "not_better", "chance"];
    table.write_record(OF.iter().chain(&head))?;
    for (turn, line) in f.found.card.iter().zip(&f.card) {
        for tried in &turn.tried {
            let cells = [
                "tried".to_owned(),
                number(tried.value),
                String::new(),
                String::new(),
                number(tried.mean),
                number(tried.interval.map_or(f64::NAN, |interval| interval.low)),
                number(tried.interval.map_or(f64::NAN, |interval| interval.high)),
                String::new(),
                String::new(),
            ];
            table.write_record(of(f, turn.input).into_iter().chain(cells))?;
        }
        // Conditions of the card are made from the crossings that are shown, in their order.
        let shown = turn.crossings.iter().filter(|crossing| crossing.shown());
        for (crossing, condition) in shown.zip(&line.conditions) {
            let cells = [
                "turns".to_owned(),
                number(crossing.value),
                number(crossing.interval.0),
                number(crossing.interval.1),
                "0".to_owned(),
                String::new(),
                String::new(),
                if condition.below { "below".to_owned() } else { "above".to_owned() },
                number(condition.chance),
            ];
            table.write_record(of(f, turn.input).into_iter().chain(cells))?;
        }
    }
    table.flush()
}

/// How every number goes with each figure looked into.
///
/// A row a subject and number, the strongest first. `base` is taken off the head of the place. Cells are empty
/// where a number does not vary enough for a rank or a share.
pub fn drivers(f: &SensitivityFindings<'_>, base: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut table = crate::report::cell::Table::to(out);
    let head = [
        "p10",
        "p90",
        "n",
        "rank",
        "rank_low",
        "rank_high",
        "share",
        "share_low",
        "share_high",
        "p",
        "matters",
    ];
    table.write_record(["of"].iter().chain(&OF).chain(&["place"]).chain(&head))?;
    for (subject, drives) in f.subjects.iter().zip(&f.found.drives) {
        for &at in &subject.order {
            let (input, drive) = (&f.found.inputs[at], &drives[at]);
            let rank = drive.rank.and_then(|rank| rank.interval);
            let share = drive.share.map(|share| share.interval);
            let mut row = vec![subject.subject.name().to_owned()];
            row.extend(of(f, at));
            row.push(input.place.strip_prefix(base).unwrap_or(&input.place).to_owned());
            row.extend([
                number(input.law.map(|law| law.quantile(0.1))),
                number(input.law.map(|law| law.quantile(0.9))),
                drive.rank.map_or(String::new(), |rank| rank.n.to_string()),
                number(drive.rank.map(|rank| rank.r)),
                number(rank.map(|i| i.low)),
                number(rank.map(|i| i.high)),
                number(drive.share.map(|share| share.share)),
                number(share.map(|i| i.low)),
                number(share.map(|i| i.high)),
                number(drive.p),
                flag(drive.matters()),
            ]);
            table.write_record(row)?;
        }
    }
    table.flush()
}

/// How much of each spread is not knowing.
///
/// A row a subject; the share and its interval are empty where no second luck was played or nothing varies.
pub fn split(f: &SensitivityFindings<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut table = crate::report::cell::Table::to(out);
    table.write_record(["of", "mean", "sd", "not_knowing", "not_knowing_low", "not_knowing_high"])?;
    for subject in &f.subjects {
        let interval = subject.not_knowing.and_then(|(_, interval)| interval);
        table.write_record([
            subject.subject.name(),
            &number(subject.mean),
            &number(subject.sd),
            &number(subject.not_knowing.map(|(share, _)| share)),
            &number(interval.map(|i| i.low)),
            &number(interval.map(|i| i.high)),
        ])?;
    }
    table.flush()
}

/// One number at a time.
///
/// A row a subject and number, in the order of the bars; a number whose move has no value for a subject has no
/// row there.
pub fn tornado(f: &SensitivityFindings<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut table = crate::report::cell::Table::to(out);
    let head = ["p10", "p90", "n", "at_p10", "at_p90", "change", "low", "high"];
    table.write_record(["of"].iter().chain(&OF).chain(&head))?;
    for (which, subject) in f.subjects.iter().enumerate() {
        for bar in &f.found.tornado {
            let Some(moved) = &bar.moves[which] else { continue };
            let mut row = vec![subject.subject.name().to_owned()];
            row.extend(of(f, bar.input));
            row.extend([
                number(bar.values.0),
                number(bar.values.1),
                moved.change.n.to_string(),
                number(moved.at_low),
                number(moved.at_high),
                number(moved.change.mean),
                number(moved.change.interval.map(|i| i.low)),
                number(moved.change.interval.map(|i| i.high)),
            ]);
            table.write_record(row)?;
        }
    }
    table.flush()
}

/// Sobol' indices.
///
/// A row a subject and group: numbers looked into one by one, then `others` and `chance`, which have no source of
/// their own. Nothing is written where no design was played.
pub fn sobol(f: &SensitivityFindings<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Some(sobol) = &f.found.sobol else { return Ok(()) };
    let mut table = crate::report::cell::Table::to(out);
    let head = ["points", "first", "first_low", "first_high", "total", "total_low", "total_high"];
    table.write_record(["of"].iter().chain(&OF).chain(&head))?;
    for (subject, indices) in f.subjects.iter().zip(&sobol.indices) {
        // A subject that does not vary has no indices, and no row.
        for (group, index) in sobol.groups.iter().zip(indices.iter().flatten()) {
            let mut row = vec![subject.subject.name().to_owned()];
            let group_of = |name: &str| [vec![name.to_owned()], vec![String::new(); OF.len() - 1]].concat();
            row.extend(match group {
                Group::Input(at) => of(f, *at),
                Group::Others => group_of("others"),
                Group::Chance => group_of("chance"),
            });
            row.extend([
                sobol.points.to_string(),
                number(index.first),
                number(index.first_interval.low),
                number(index.first_interval.high),
                number(index.total),
                number(index.total_interval.low),
                number(index.total_interval.high),
            ]);
            table.write_record(row)?;
        }
    }
    table.flush()
}
