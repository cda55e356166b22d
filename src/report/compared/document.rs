//! The report of a comparison: the answer first, then tables.
//!
//! In: findings of a comparison. Out: its document. Nothing is worked out here but how many
//! digits a column is written with, from the narrowest interval in it.

use super::places::by_place;
use crate::findings::compared::ledger::{LedgerLine, Part};
use crate::findings::compared::line::{Line, short_word, word};
use crate::findings::compared::sentences::asides;
use crate::findings::compared::written::Written;
use crate::findings::compared::{ComparedFindings, FigureShown, OptionFinding};
use crate::findings::harms;
use crate::findings::options::{self, harmed, starred};
use crate::findings::own_time;
use crate::findings::say;
use crate::lever::Heading;
use crate::report::document::{Document, Piece, answered, head, table};
use crate::report::ran::legend;
use crate::report::text;
use crate::stats::interval::Interval;
use crate::stats::judgement::Judgement;

/// Measures whose ledgers are shown besides the headline's; the others are in `ledger.csv`.
const LEDGERS: [&str; 3] = ["unmet", "gp_claimed_hours", "cost_total"];

/// Most places on the screen.
const PLACES: usize = 10;

/// The report for a terminal: the whole where it is short, else what is of all options, and where the rest is.
pub fn for_screen(f: &ComparedFindings) -> String {
    let whole = document(f);
    if f.options.len() < 2 {
        return text::whole(&whole);
    }
    text::screen(&whole, |lines| {
        let mut out = answered(&f.answer[..f.of_all]);
        out.extend(run(f));
        out.extend(at_a_glance(f));
        out.extend(harmed_by(f));
        out.extend(by_place(f, PLACES));
        out.extend(asides(f).into_iter().flat_map(|aside| [Piece::Gap, Piece::Text(aside)]));
        let rest = format!(
            "report.txt in the results has the rest, {lines} lines: each option in full, part by part, and in every figure."
        );
        out.extend([Piece::Gap, Piece::Text(rest)]);
        out
    })
}

/// The whole report.
pub fn document(f: &ComparedFindings) -> Document {
    let several = f.options.len() > 1 && f.headline().is_some();
    let mut first = Vec::new();
    if several {
        first.extend(answered(&f.answer[..f.of_all]));
        first.extend(at_a_glance(f));
        first.push(Piece::Gap);
        // What is of each option by itself.
        let each = answered(&f.answer[f.of_all..]);
        first.extend(each.into_iter().map(|piece| match piece {
            Piece::Lead(sentence) => Piece::Text(sentence),
            piece => piece,
        }));
    } else {
        first.extend(answered(&f.answer));
    }
    first.extend(run(f));
    let mut rest = by_heading(f);
    rest.extend(by_place(f, usize::MAX));
    let figures = f.figures.iter().enumerate().filter(|(_, figure)| figure.at.is_none());
    let figures: Vec<Piece> = figures.flat_map(|(at, figure)| figure_table(f, at, figure)).collect();
    rest.extend(section("Figure by figure", figures));
    rest.extend(section(
        "Part by part",
        f.options.iter().flat_map(|option| ledger_tables(f, option)).collect(),
    ));
    Document { title: f.title.clone(), first, rest }
}

/// A section below an empty line; nothing where nothing stands in it.
fn section(title: &str, pieces: Vec<Piece>) -> Vec<Piece> {
    if pieces.is_empty() {
        return pieces;
    }
    [Piece::Gap, Piece::Heading(title.to_owned())].into_iter().chain(pieces).collect()
}

/// Whom the options harm, one point for those that harm alike; nothing where no harm can be told.
fn harmed_by(f: &ComparedFindings) -> Vec<Piece> {
    let harm = |option: &OptionFinding| {
        let said = harms::whom(&option.together, &option.needs)?;
        Some((option.title.clone(), said))
    };
    let all = say::together(f.best_first().into_iter().filter_map(harm), PartialEq::eq);
    let points = all.iter().map(|(titles, harms)| Piece::Named(say::list(titles), harms.clone()));
    let parted = (!all.is_empty()).then_some(Piece::Gap);
    parted.into_iter().chain(points).collect()
}

/// What was run.
fn run(f: &ComparedFindings) -> Vec<Piece> {
    let years = say::years_run(f.replications, " of each option", f.needed);
    head(&f.title, f.period, &format!("{years}, seed {}", f.seed))
}

/// A line an option, the best for the headline first; columns in which nothing would stand are left out.
fn at_a_glance(f: &ComparedFindings) -> Vec<Piece> {
    let Some(headline) = f.headline() else { return Vec::new() };
    let measure = headline.shown.measure;
    let known: Vec<&Line> = f.options.iter().filter_map(OptionFinding::headline).collect();
    let written = headline.column(known.iter().copied());
    let judged = known.iter().any(|line| line.judgement.is_some());
    // The headline may be the whole cost already, and is judged as one.
    let costs = if measure.name == "cost_total" { 1..2 } else { 0..2 };
    let some = f.options.iter().any(|option| option.costs[costs.clone()].iter().any(Option::is_some));
    let unpriced = !some && f.options.iter().any(|option| option.unpriced);
    let costs = if some { costs } else { 0..0 };
    let row = |option: &OptionFinding| {
        let line = option.headline();
        let mut row = vec![
            starred(&option.title, option.settling.as_ref()),
            line.map_or("no value".into(), |line| written.signed(line.paired.mean)),
            line.map_or("-".into(), |line| range(line, &written)),
        ];
        if judged {
            row.push(line.and_then(|line| line.judgement).map_or("", short_word).to_owned());
        }
        row.push(harmed(&option.needs));
        row.extend(options::cells(&option.costs[costs.clone()], option.unpriced));
        row
    };
    let rows: Vec<Vec<String>> = f.best_first().into_iter().map(row).collect();
    let mut headings =
        vec!["Option".to_owned(), format!("Change [{}]", written.unit(measure)), "95 % interval".to_owned()];
    headings.extend(judged.then(|| "Shows".to_owned()));
    headings.push("Harms / helps".into());
    headings.extend(["Cost, all [£]", "To practices [£]"][costs.clone()].iter().map(|&of| of.to_owned()));
    let unpriced = if unpriced { " What the staff cost is not stated, so no costs are shown." } else { "" };
    let legend = legend(&rows, !costs.is_empty());
    let about = format!("{}{unpriced}", about(headline, (&known, &written), &legend));
    let own_time = own_time::line(f.best_first().into_iter().map(|o| (o.title.as_str(), o.own_time)));
    let title = Piece::Heading("Each option against things as they are".into());
    [title, Piece::Text(about), table(&headings, &rows)]
        .into_iter()
        .chain(own_time.map(Piece::Text))
        .collect()
}

/// The interval of a difference: `+0.3 to +1.2`; a dash where there is none.
fn range(line: &Line, written: &Written) -> String {
    let said = |i: Interval| format!("{} to {}", written.end(i.low), written.end(i.high));
    line.paired.interval.map_or("-".into(), said)
}

/// What the table is of: the level as now, what its intervals hold of, the width that matters, and what its marks mean.
fn about(headline: &FigureShown, (lines, written): (&[&Line], &Written), legend: &str) -> String {
    let level = lines.first().map_or(String::new(), |line| format!(" ({})", written.value(line.as_now)));
    // Only where something is judged by an interval.
    let judged = lines.iter().any(|line| line.judgement.is_some() && line.paired.interval.is_some());
    let alone = match judged && lines.len() > 1 {
        true => {
            "; each interval is of its option by itself, so of options without a true difference one in twenty shows better or worse"
        }
        false => "",
    };
    let small = lines.iter().any(|line| line.judgement == Some(Judgement::NoDifferenceThatMatters));
    let small = headline.matters.filter(|_| small);
    let small = small.map_or(String::new(), |w| {
        format!(" Immaterial: by less than {}, which does not matter.", headline.written(w).size(w))
    });
    format!(
        "Change of {} against as now{level}, year by year on the same luck{alone}.{small} {}",
        headline.said,
        say::capital(legend)
    )
}

/// Which options come under which heading.
///
/// An option whose levers stand under several headings is named under each; nothing where no lever states one.
fn by_heading(f: &ComparedFindings) -> Vec<Piece> {
    let under = |heading: &Heading| {
        let of: Vec<String> = f
            .options
            .iter()
            .filter(|option| option.headings.contains(heading))
            .map(|option| option.title.clone())
            .collect();
        (!of.is_empty()).then(|| format!("{}: {}.", say::capital(heading.title()), of.join("; ")))
    };
    let headings: Vec<String> = Heading::ALL.iter().filter_map(under).collect();
    if headings.is_empty() {
        return Vec::new();
    }
    vec![Piece::Text(format!("By heading. {}", headings.join(" ")))]
}

/// One figure of every option; nothing where no option changes it.
///
/// `at` is the place of the figure among the findings' figures. The headline (0) is shown even where nothing
/// changes, as the question is about it.
fn figure_table(f: &ComparedFindings, at: usize, figure: &FigureShown) -> Vec<Piece> {
    let lines: Vec<&Line> = f.options.iter().filter_map(|option| option.lines[at].as_ref()).collect();
    if at > 0 && lines.iter().all(|line| line.paired.equal == line.paired.n) {
        return Vec::new();
    }
    let written = figure.column(lines.iter().copied());
    let Some(now) = lines.first().map(|line| written.value(line.as_now)) else { return Vec::new() };
    // A dash where the option lacks the figure: its place, need or role is not in the option.
    let row = |option: &OptionFinding| match &option.lines[at] {
        None => vec![option.title.clone(), "-".into(), "-".into(), "-".into(), "-".into(), String::new()],
        Some(line) => {
            let chance = line.judgement.map_or(String::new(), |_| say::percent(line.paired.chance_better()));
            let shows = line.judgement.map_or(String::new(), word);
            vec![
                option.title.clone(),
                written.value(line.option),
                written.signed(line.paired.mean),
                range(line, &written),
                chance,
                shows,
            ]
        }
    };
    let rows: Vec<Vec<String>> = f.best_first().into_iter().map(row).collect();
    let headings =
        ["Option", "Value", "Difference", "95 % interval", "Better in", "Shows"].map(ToOwned::to_owned);
    let title = format!("{}: {now} as now", say::capital(&figure.words));
    let note = format!(
        "Difference from as now [{}], year by year on the same luck.{}",
        written.unit(figure.shown.measure),
        reading(figure.shown.measure.name)
    );
    vec![Piece::Gap, Piece::Title(title), Piece::Note(note), table(&headings, &rows)]
}

/// How a figure is to be read whose name does not say it.
fn reading(measure: &str) -> &'static str {
    match measure {
        "gp_claimed_hours" => {
            " What falls by redirecting is net GP time released: whoever is sent to another role and never seen there still claims it."
        }
        "gp_work_hours" => {
            " Not judged: it falls too with those who are sent to another role and never seen there."
        }
        "equity_gap" => {
            " Between the tenth of patients whose practices see most in time and the tenth whose see fewest."
        }
        _ => "",
    }
}

/// The ledger of an option: the headline, then what it changes besides.
///
/// Nothing for an option of one part, which has no ledger.
fn ledger_tables(f: &ComparedFindings, option: &OptionFinding) -> Vec<Piece> {
    let Some(ledger) = &option.ledger else { return Vec::new() };
    let mut out = Vec::new();
    // The headline, and a few that planners weigh against it.
    let shown = |line: &&LedgerLine| {
        line.figure == 0
            || f.figures[line.figure].at.is_none()
                && LEDGERS.contains(&f.figures[line.figure].shown.measure.name)
    };
    for line in ledger.lines.iter().filter(shown) {
        let figure = &f.figures[line.figure];
        let half = line.total.interval.map_or(0.0, |interval| interval.half_width());
        let written = figure.written(half);
        let title = format!(
            "{}, part by part: {} [{}]",
            option.title,
            figure.words,
            written.unit(figure.shown.measure)
        );
        out.extend([Piece::Gap, Piece::Title(title), table(&headings(line), &rows(line, &written))]);
        if line.entries.iter().any(|entry| entry.shapley.is_some()) {
            let shapley =
                "Shapley: a part's fair share, the mean of what it adds over all orders of adding the parts.";
            out.push(Piece::Text(shapley.into()));
        }
    }
    out
}

/// The column of Shapley values stands only where some part has one: they are worked out up to six parts.
fn headings(line: &LedgerLine) -> Vec<String> {
    let mut all =
        vec!["Part".to_owned(), "Alone".to_owned(), "95 % interval".to_owned(), "Taken out last".to_owned()];
    if line.entries.iter().any(|entry| entry.shapley.is_some()) {
        all.push("Shapley".into());
    }
    all
}

/// A row a part, then the interaction, then the total; the total stands under "Taken out last" too, as what is
/// lost if the whole option is taken out.
fn rows(line: &LedgerLine, written: &Written) -> Vec<Vec<String>> {
    let range = |part: &Part| {
        part.interval.map_or("-".into(), |i| format!("{} to {}", written.end(i.low), written.end(i.high)))
    };
    let shapley = line.entries.iter().any(|entry| entry.shapley.is_some());
    let row = |title: &str, alone: &Part, last: Option<&Part>, value: Option<&Part>| {
        let said = |part: Option<&Part>| part.map_or(String::new(), |part| written.signed(part.mean));
        let mut row = vec![title.to_owned(), written.signed(alone.mean), range(alone), said(last)];
        row.extend(shapley.then(|| said(value)));
        row
    };
    let mut rows: Vec<Vec<String>> =
        line.entries.iter().map(|e| row(&e.title, &e.alone, Some(&e.last), e.shapley.as_ref())).collect();
    rows.push(row("Together, beyond their sum", &line.interaction, None, None));
    rows.push(row("Total", &line.total, None, Some(&line.total)));
    rows
}
