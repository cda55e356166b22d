//! The report of a run.
//!
//! In: findings of a run. Out: its document. The first screen answers: the verdict, the next step, a line an option. What
//! follows is for looking up.

use super::document::{Document, Piece, head, points, table};
use super::text;
use crate::findings::Findings;
use crate::findings::figure::{Figure, Unit};
use crate::findings::harms;
use crate::findings::options::{AT_LEAST, TOO_FEW};
use crate::findings::own_time;
use crate::findings::say;
use crate::findings::tables::Table;

/// The report for a terminal: the whole where it is short, else its first screen and where the rest is.
pub fn for_screen(findings: &Findings) -> String {
    let mut whole = document(findings);
    // Of the screen alone: it names the scenario as it was typed.
    let step = findings.next.iter().filter(|step| !step.command.is_empty());
    let step = step.map(|next| Piece::Command(format!("Next: {}", next.command.join(" "))));
    let after_verdict = whole.first.len() - options(findings).len();
    whole.first.splice(after_verdict..after_verdict, step);
    text::screen(&whole, |lines| {
        let rest = format!("report.txt in the results has the rest: {lines} lines by place, need and role.");
        [&whole.first[..], &[Piece::Gap, Piece::Text(rest)]].concat()
    })
}

/// The whole report.
pub fn document(findings: &Findings) -> Document {
    Document { title: findings.title.clone(), first: first(findings), rest: rest(findings) }
}

/// Verdict, and a line for each option.
fn first(f: &Findings) -> Vec<Piece> {
    let years = say::years_run(f.replications, "", f.needed);
    let mut out = head(&f.title, f.period, &format!("{years}, seed {}", f.seed));
    out.push(Piece::Gap);
    // The first is the answer; the others say why.
    out.extend(f.verdict.first().map(|answer| Piece::Lead(answer.clone())));
    out.extend(points(f.verdict.get(1..).unwrap_or_default()));
    out.extend(options(f));
    out
}

/// All that stands below the first screen.
///
/// Sections first, then the tables in the order of the findings, those of an option together.
fn rest(findings: &Findings) -> Vec<Piece> {
    // What counts are of is said once, ahead of all that is counted below the first screen.
    let range = "P5-P95: nine of ten simulated years lie in it.";
    let convention = Piece::Text(format!("{} {range}", findings.convention));
    let mut out = section("How to read the figures", vec![convention]);
    out.extend(sections(findings));
    out.extend(section("As now, by place, need and role", Vec::new()));
    out.extend(findings.tables.iter().flat_map(tabled));
    let folded = |(option, tables): &(String, Vec<Table>)| {
        Piece::Fold(format!("Option: {option}"), tables.iter().flat_map(tabled).collect())
    };
    if !findings.option_tables.is_empty() {
        out.extend(section(
            "Each option with its tables",
            findings.option_tables.iter().map(folded).collect(),
        ));
    }
    out
}

/// A table with its title and how it is to be read.
fn tabled(found: &Table) -> Vec<Piece> {
    vec![
        Piece::Gap,
        Piece::Title(found.title.clone()),
        Piece::Note(found.note.clone()),
        table(&found.headings, &found.rows),
    ]
}

/// A section below an empty line.
fn section(title: &str, pieces: Vec<Piece>) -> Vec<Piece> {
    [Piece::Gap, Piece::Heading(title.to_owned())].into_iter().chain(pieces).collect()
}

/// What each option does, a line each, the best for the headline first; then of what all counts are.
///
/// Nothing without options.
fn options(f: &Findings) -> Vec<Piece> {
    let unit = match f.headline_unit {
        Unit::Share => "points".to_owned(),
        Unit::Count => String::new(),
        unit => unit.name().to_owned(),
    };
    let change = if unit.is_empty() { "Change".to_owned() } else { format!("Change [{unit}]") };
    let headings = ["Option", change.as_str(), "Harms / helps", "Cost, all [£]", "To practices [£]"]
        .map(ToOwned::to_owned);
    let rows: Vec<Vec<String>> = f.best_first().into_iter().map(|c| c.brief.to_vec()).collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let about = format!("Change of {}; {}", f.headline_said, legend(&rows, true));
    let mut out = vec![Piece::Text(about), table(&headings, &rows)];
    let own_time = own_time::line(f.best_first().into_iter().map(|c| (c.option.as_str(), c.own_time)));
    out.extend(own_time.map(Piece::Text));
    for c in f.best_first() {
        let said = harms::whom(&c.together, &c.needs);
        out.extend(said.map(|said| Piece::Named(c.option.clone(), said)));
    }
    section("What each option does", out)
}

/// What the columns of a table of options mean: marks are explained only where they stand, a star behind a title and the
/// least before a cost. `costs` says whether there are columns of costs.
pub(super) fn legend(rows: &[Vec<String>], costs: bool) -> String {
    let star = if rows.iter().any(|r| r[0].ends_with('*')) {
        " A star: settling in, at full strength only after the period; what reaches it before has none."
    } else {
        ""
    };
    let least = if rows.iter().flatten().any(|cell| cell.starts_with(AT_LEAST)) {
        " \u{2265}: the least, as something in it has no price."
    } else {
        ""
    };
    let few =
        if rows.iter().flatten().any(|cell| cell == TOO_FEW) { " ?: too few years to tell." } else { "" };
    let costs = match costs {
        true => " Cost in the period: all together, and what practices bear after funds pay back.",
        false => "",
    };
    format!(
        "harms: needs with more unmet, more left or waiting, or a longer wait; helps: with less.{costs} A dash: none that can be told.{few}{star}{least}"
    )
}

/// What stands between the first screen and the tables; a section without anything to say is left out.
fn sections(f: &Findings) -> Vec<Piece> {
    let mut out = Vec::new();
    if let Some(year) = &f.wrong_year {
        let name = |y: &crate::findings::wrong_year::OneYear| {
            format!("{} (replication {})", year.headline.1.say(y.headline), y.replication)
        };
        let intro = format!(
            "The simulated year nearest the worst tenth: {} {}; the median year: {}. Waiting and overdue: due, and seen by nobody yet; those booked ahead for a later day are not in it.",
            year.headline.0,
            name(&year.worst),
            name(&year.median)
        );
        let said = [vec![Piece::Text(intro)], points(&year.sentences)].concat();
        out.extend(section("The year that went wrong", said));
    }
    if let Some(chain) = f.chains.first() {
        let said = chain_pieces(chain, f.chains.len(), &f.years_again());
        out.extend(section("From all GP appointments to net GP time released", said));
    }
    // With fixed inputs all that varies is chance: there is nothing to split.
    if let Some((share, interval)) = f.drivers.not_knowing.as_ref().filter(|_| !f.fixed) {
        let range = interval.map_or(String::new(), |i| format!(" ({}-{})", percent(i.low), percent(i.high)));
        let text = format!(
            "{}{range} of the variance of the headline is not knowing the inputs; the rest is chance.",
            say::percent(*share)
        );
        out.extend(section("Not knowing, and chance", vec![Piece::Text(text)]));
    }
    if !f.moved.is_empty() {
        out.extend(section("Seen elsewhere, drawn in", points(&f.moved)));
    }
    if !f.warnings.is_empty() {
        out.extend(section("Warnings", points(&f.warnings)));
    }
    if !f.comparisons.is_empty() {
        let said = f.best_first().into_iter().map(|c| Piece::Named(c.option.clone(), c.said.clone()));
        out.extend(section("Each option in full", said.collect()));
    }
    out
}

/// A share in whole per cent, without the sign.
fn percent(share: f64) -> String {
    say::decimals(100.0 * share, 0)
}

/// The chain of one option, link by link, with each link's share of all that was asked of GPs.
///
/// `all` is the number of options that redirect, `years` what the means are over.
fn chain_pieces(c: &crate::findings::chain::Chain, all: usize, years: &str) -> Vec<Piece> {
    let settling = c.settling.as_ref().map_or(String::new(), |s| format!(" {}", s.sentence()));
    let which = match all {
        1 if c.net.known() => "",
        _ if !c.net.known() => ", of which no net can be told, as GP posts change too",
        _ => ", which releases most of the options that redirect",
    };
    let about = format!(
        "{}{which}; against {}. GP hours {}, mean over {years} (P5-P95 over {years}). None of it is cash. Of what falls due within the period; a price of an hour also counts what follows after it.{settling}",
        c.option,
        say::inside(&c.against),
        c.per
    );
    let share = |f: &Figure| {
        if f.known() { say::decimals(100.0 * f.mean / c.asked.mean, 1) } else { "-".into() }
    };
    let row = |name: &str, f: &Figure| vec![name.to_owned(), f.text(), share(f)];
    let mut rows = vec![
        row("Asked for", &c.asked),
        row("Rated avoidable", &c.rated),
        row("less: practices not taking part", &c.no_part),
        row("less: not redirected", &c.not_redirected),
        row("Redirected", &c.redirected),
        row("less: not seen where they were sent", &c.unseen),
        row("less: back with a GP", &c.returned),
        row(c.knock_on_words(), &c.knock_on),
    ];
    rows.extend(c.latent.as_ref().map(|(more, _)| row("less: drawn in by shorter waits", more)));
    rows.push(row("less: GPs supervise and signpost", &c.supervision));
    rows.push(row("Net GP time released", &c.net));
    rows.extend(c.latent.as_ref().map(|(_, net)| row("Net, were nobody drawn in", net)));
    rows.push(row("Receiving roles' extra time", &c.receivers));
    let headings = ["Link".to_owned(), format!("Hours {}", c.per), "Of asked for [%]".to_owned()];
    vec![Piece::Text(about), table(&headings, &rows)]
}
