//! `break_even.csv`, `sensitivity.csv`, `split.csv`, `tornado.csv`, `sobol.csv`.

use crate::experiment::sensitivity::sobol::Group;
use crate::findings::sensitivity::SensitivityFindings;
use crate::report::cell::number;
use std::io::{self, Write};

/// What is known of a number: address, evidence, whether it is an assumption.
const OF: [&str; 5] = ["address", "words", "source", "confidence", "assumption"];

/// The cells of [`OF`].
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

fn flag(yes: bool) -> String {
    if yes { "1".into() } else { "0".into() }
}

/// Every value tried of each key number, and where it turns.
pub fn break_even(f: &SensitivityFindings<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
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
                number(tried.mean - tried.half_width),
                number(tried.mean + tried.half_width),
                String::new(),
                String::new(),
            ];
            table.write_record(of(f, turn.input).into_iter().chain(cells))?;
        }
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
pub fn drivers(f: &SensitivityFindings<'_>, base: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
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
pub fn split(f: &SensitivityFindings<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
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
pub fn tornado(f: &SensitivityFindings<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
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
pub fn sobol(f: &SensitivityFindings<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Some(sobol) = &f.found.sobol else { return Ok(()) };
    let mut table = csv::Writer::from_writer(out);
    let head = ["points", "first", "first_low", "first_high", "total", "total_low", "total_high"];
    table.write_record(["of"].iter().chain(&OF).chain(&head))?;
    for (subject, indices) in f.subjects.iter().zip(&sobol.indices) {
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
