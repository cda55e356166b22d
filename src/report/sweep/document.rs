//! The report of a sweep, and its `README.txt`.
//!
//! In: findings, or the record and the files written. Out: the document, or text of 80 columns.

use super::Record;
use super::shard::Shard;
use crate::findings::compared::written::Written;
use crate::findings::receivers::left_out;
use crate::findings::say;
use crate::findings::sweep::{Named, Spot, SweepFindings, sentences};
use crate::report::document::{Document, Piece, answered, table};
use crate::report::folder::{MANIFEST, Written as File};
use crate::report::readme::{PAGE, WORKBOOK};
use crate::report::text::WIDTH;
use crate::report::text::columns::wrap;
use crate::report::workbook::NAME;

/// Most points on the terminal; all are in the table.
const ROWS: usize = 40;

/// What each file is.
///
/// Names as they are in the folder; a shard lists the fewer files that it has.
pub(super) const MEANING: [(&str, &str); 10] = [
    ("report.html", PAGE),
    (NAME, WORKBOOK),
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

/// The whole report.
///
/// The answer first, then what was asked, then the headline at every point.
pub fn document(f: &SweepFindings) -> Document {
    let mut first_screen = answered(&f.answer);
    let request = &f.request;
    let (first, last) = &request.period;
    let points = say::counted(request.points as f64, "point");
    let years = say::counted(request.replications as f64, "simulated year");
    let most = if request.precision.is_some() { "at most " } else { "" };
    let run =
        format!("{first} to {last}, {points}, {most}{years} of each option at each, seed {}", request.seed);
    first_screen.extend([Piece::Name(request.title.clone()), Piece::Run(run)]);
    let rest = sentences::written(f).map_or_else(Vec::new, |written| tables(f, &written));
    Document { title: request.title.clone(), first: first_screen, rest }
}

/// The headline at every point, a column an option; then the unmet requests, as a short wait of few people seen is no success.
///
/// At most [`ROWS`] rows, in the order of the points.
fn tables(f: &SweepFindings, written: &Written) -> Vec<Piece> {
    let mean = |spot: &Spot| {
        let value = written.value(spot.mean);
        match spot.known() {
            true => format!("{value} ({} to {})", written.number(spot.low), written.number(spot.high)),
            false => value,
        }
    };
    let words = say::capital(&f.request.headline.words);
    let mut out = by_point(f, &format!("{words}, with the 95 % interval of the mean"), &mean);
    let unmet = |spot: &Spot| f.unmet(spot).map_or("-".to_owned(), |unmet| say::whole(unmet.mean));
    if f.request.headline.cells.measure != "unmet" && f.headline().any(|spot| f.unmet(spot).is_some()) {
        out.extend(by_point(f, "Unmet requests", &unmet));
    }
    out
}

/// A table with a row a point and a column an option; options in which nothing that is varied counts stand below it.
fn by_point(f: &SweepFindings, title: &str, cell: &dyn Fn(&Spot) -> String) -> Vec<Piece> {
    let request = &f.request;
    // An option states itself none, some or all of what is varied.
    let (still, moving): (Vec<&Named>, Vec<&Named>) =
        request.options.iter().partition(|option| option.own.len() == request.vary.len());
    let mut headings: Vec<String> =
        request.called.iter().map(|called| say::capital(&called.words())).collect();
    // A star: varying some of the numbers does nothing in that option, which states them itself.
    headings
        .extend(moving.iter().map(|o| format!("{}{}", o.title, if o.own.is_empty() { "" } else { " *" })));
    let mut points: Vec<(usize, &[f64])> = Vec::new();
    for spot in f.headline() {
        if points.last().is_none_or(|(last, _)| *last != spot.point) {
            points.push((spot.point, &spot.values));
        }
    }
    let at = |point: usize, option: &Named| {
        f.headline()
            .find(|spot| spot.point == point && spot.option == option.name)
            .map_or("-".to_owned(), cell)
    };
    let row = |(point, values): &(usize, &[f64])| {
        let set = request.called.iter().zip(*values).map(|(called, x)| called.value(*x));
        set.chain(moving.iter().map(|option| at(*point, option))).collect::<Vec<String>>()
    };
    let shown: Vec<Vec<String>> = points.iter().take(ROWS).map(row).collect();
    let mut out = vec![Piece::Gap, Piece::Title(title.to_owned()), table(&headings, &shown)];
    if points.len() > ROWS {
        let more = say::whole((points.len() - ROWS) as f64);
        out.push(Piece::Text(format!("… and {more} points more in sweep.csv")));
    }
    if let Some((first, _)) = points.first() {
        let everywhere = |o: &&Named| Piece::Text(format!("{}, everywhere: {}", o.title, at(*first, o)));
        out.extend(still.iter().map(everywhere));
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
