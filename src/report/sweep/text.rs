//! The report of a sweep for a terminal, and its `README.txt`.
//!
//! In: findings, or the record and the files written. Out: text of 80 columns.

use super::Record;
use super::shard::Shard;
use crate::findings::compared::written::Written;
use crate::findings::receivers::left_out;
use crate::findings::say;
use crate::findings::sized::number;
use crate::findings::sweep::{Spot, SweepFindings, sentences};
use crate::report::folder::{MANIFEST, Written as File};
use crate::report::text::WIDTH;
use crate::report::text::columns::{table, wrap};

/// Most rows on the terminal; all are in the table.
const ROWS: usize = 40;

/// What each file is.
///
/// Names as they are in the folder; a shard lists the fewer files that it has.
const MEANING: [(&str, &str); 8] = [
    ("report.txt", "What stood on the screen: the answer first."),
    (
        "sweep.csv",
        "A row for each point, option and figure: the values set at the point, the years with a value (n), the mean with its 95 % interval, and P5, P50 and P95 over years. All points meet the same years.",
    ),
    (
        "headline_years.csv",
        "The headline of each option at each point, year by year (the same years at all points): differences of two rows tell points apart better than their intervals.",
    ),
    ("plots/sweep.svg", "How figures go with what is varied."),
    ("plots/sweep.png", "The same as a picture of points."),
    (
        "assumptions.csv",
        "Every number that was stated, what was drawn for it, its source and where it stands.",
    ),
    ("scenario.toml", "The whole scenario as one file, before anything is varied."),
    (
        MANIFEST,
        "What was asked: version, scenario, seed, design, options; and the fingerprint of every file.",
    ),
];

/// Renders the findings.
///
/// The answer first, then what was asked, then the headline at every point.
pub fn render(f: &SweepFindings) -> String {
    let mut lines = Vec::new();
    for sentence in &f.answer {
        lines.extend(wrap(sentence, WIDTH));
        lines.push(String::new());
    }
    let request = &f.request;
    lines.extend(wrap(&request.title, WIDTH));
    let (first, last) = &request.period;
    let points = say::counted(request.points as f64, "point");
    let years = say::counted(request.replications as f64, "simulated year");
    let most = if request.precision.is_some() { "at most " } else { "" };
    let run =
        format!("{first} to {last}, {points}, {most}{years} of each option at each, seed {}", request.seed);
    lines.extend(wrap(&run, WIDTH));
    if let Some(written) = sentences::written(f) {
        lines.extend(rows(f, &written));
    }
    lines.iter().map(|line| format!("{}\n", line.trim_end())).collect()
}

/// The headline at every point.
///
/// At most [`ROWS`] rows, in the order of the points; the unmet requests stand beside, as a short wait of few
/// people seen is no success.
fn rows(f: &SweepFindings, written: &Written) -> Vec<String> {
    let mut headings: Vec<String> = f.request.vary.iter().map(|vary| vary.address.clone()).collect();
    headings.extend(["Option", "Mean", "95 % interval", "Unmet"].map(ToOwned::to_owned));
    // Varying the address did nothing in such an option.
    // A star: the option states the value itself.
    let own = |spot: &Spot, address: &str| {
        let option = f.request.options.iter().find(|option| option.name == spot.option);
        let own = option.and_then(|option| option.own.iter().find(|(own, _)| own == address));
        own.map(|(_, value)| value.map_or("*".to_owned(), |value| format!("{} *", number(value))))
    };
    let row = |spot: &Spot| {
        let each = f.request.vary.iter().zip(&spot.values);
        let mut row: Vec<String> =
            each.map(|(vary, x)| own(spot, &vary.address).unwrap_or_else(|| number(*x))).collect();
        let range = format!("{} to {}", written.number(spot.low), written.number(spot.high));
        let unmet = f.unmet(spot).map_or("-".to_owned(), |unmet| say::whole(unmet.mean));
        row.extend([spot.option.clone(), written.value(spot.mean), range, unmet]);
        row
    };
    // An option that states all of it itself is the same at every point: one row says so.
    let mut still: Vec<String> = Vec::new();
    let mut once = |spot: &&Spot| {
        let all_own = f.request.vary.iter().all(|vary| own(spot, &vary.address).is_some());
        let first = !all_own || !still.contains(&spot.option);
        still.extend(all_own.then(|| spot.option.clone()));
        first
    };
    let spots: Vec<&Spot> = f.headline().filter(|spot| once(spot)).collect();
    let all: Vec<Vec<String>> = spots.into_iter().map(row).collect();
    let mut out = vec![String::new(), say::capital(&f.request.headline.words)];
    out.extend(table(&headings, &all[..all.len().min(ROWS)], WIDTH));
    if all.len() > ROWS {
        out.push(format!("… and {} rows more in sweep.csv", say::whole((all.len() - ROWS) as f64)));
    }
    out
}

/// `README.txt`.
///
/// With `shard` it says how all are put together; else what the whole is.
pub fn readme(record: &Record, written: &[File], shard: Option<Shard>) -> String {
    let request = &record.request;
    let mut text = format!("{}\n{}\n\n", request.title, "=".repeat(request.title.chars().count()));
    let points = say::counted(request.points as f64, "point");
    match shard {
        Some(Shard { number, of }) => {
            let line = format!(
                "Shard {number} of {of} of a sweep over {points}. When all are there put them together: skillmix merge FOLDER…"
            );
            text += &paragraph(&line, "");
        }
        None => text += &paragraph(&format!("A sweep over {points}."), ""),
    }
    if let Some(said) = left_out(&request.left_out) {
        text += &paragraph(&said, "");
    }
    text.push('\n');
    for (name, meaning) in MEANING {
        if written.iter().any(|file| file.name == name) || name == MANIFEST {
            text += &format!("{name}\n{}", paragraph(meaning, "    "));
        }
    }
    text += "\nAn empty cell means that there is no value, never nought.\n\n";
    text += &format!("To get the same figures again:  {}\n", request.run_again);
    text
}

/// A paragraph in which every line begins with `indent`.
fn paragraph(text: &str, indent: &str) -> String {
    wrap(text, WIDTH - indent.len()).iter().map(|line| format!("{indent}{line}\n")).collect()
}
