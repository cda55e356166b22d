//! The report for a terminal: 80 columns of plain text, no colour codes.
//!
//! In: findings of a run. Out: the report on the screen and in `report.txt`. The first screen answers: the
//! verdict, the next step, a line an option. What follows is for looking up. `answer` and `columns` serve the
//! reports of all questions.

pub(super) mod answer;
pub(super) mod columns;

use crate::findings::Findings;
use crate::findings::figure::{Figure, Unit};
use crate::findings::harms;
use crate::findings::options::{AT_LEAST, TOO_FEW};
use crate::findings::own_time;
use crate::findings::say;
use columns::{table, wrap};

/// Columns of a line.
pub const WIDTH: usize = 80;

/// The most lines that a terminal is given; of a longer report it gets the first screen.
const MOST_LINES: usize = 200;

/// The report for a terminal: the whole where it is short, else its first screen and where the rest is.
///
/// The cut is by lines of the whole report, not by the size of a window.
pub fn for_screen(findings: &Findings) -> String {
    screen(render(findings), |lines| {
        let first = first_screen(findings, true);
        format!("{first}\nreport.txt in the results has the rest: {lines} lines by place, need and role.\n")
    })
}

/// A report that is short, else what is shown in its place, which gets to know how many lines it has.
pub(super) fn screen(whole: String, first: impl FnOnce(usize) -> String) -> String {
    match whole.lines().count() {
        short if short <= MOST_LINES => whole,
        lines => first(lines),
    }
}

/// The whole report.
///
/// With the next step; see [`for_file`].
pub fn render(findings: &Findings) -> String {
    first_screen(findings, true) + &rest(findings)
}

/// The whole report as a file. What to try next names the scenario as it was typed, and is for the screen alone.
pub fn for_file(findings: &Findings) -> String {
    first_screen(findings, false) + &rest(findings)
}

/// Verdict, what to try next, and a line for each option.
///
/// `next` says whether the next step is written.
fn first_screen(findings: &Findings, next: bool) -> String {
    let mut lines = head(findings);
    lines.push(String::new());
    for (i, sentence) in findings.verdict.iter().enumerate() {
        // The first is the answer; the others say why.
        lines.extend(if i == 0 { wrap(sentence, WIDTH) } else { bullet(sentence) });
    }
    // Of the screen alone: it names the scenario as it was typed.
    let step = findings.next.iter().filter(|step| next && !step.command.is_empty());
    // In one line, however long: shells do not agree on how a line goes on.
    lines.extend(step.map(|next| format!("Next: {}", next.command.join(" "))));
    lines.extend(options(findings).into_iter().flat_map(titled));
    written(&lines)
}

/// All that stands below the first screen.
///
/// Sections first, then the tables in the order of the findings.
fn rest(findings: &Findings) -> String {
    // What counts are of is said once, ahead of all that is counted below the first screen.
    let range = "P5-P95: nine of ten simulated years lie in it.";
    let convention = ("How to read the figures", wrap(&format!("{} {range}", findings.convention), WIDTH));
    let mut lines: Vec<String> =
        std::iter::once(convention).chain(sections(findings)).flat_map(titled).collect();
    for found in &findings.tables {
        lines.push(String::new());
        lines.extend(wrap(&found.title, WIDTH));
        lines.extend(wrap(&found.note, WIDTH - 2).iter().map(|l| format!("  {l}")));
        lines.extend(table(&found.headings, &found.rows, WIDTH));
    }
    written(&lines)
}

/// A section as lines, below an empty one.
fn titled((title, lines): Section) -> Vec<String> {
    let mut out = vec![String::new(), title.to_uppercase()];
    out.extend(lines);
    out
}

/// Lines as text, without blanks at their ends.
fn written(lines: &[String]) -> String {
    lines.iter().map(|line| format!("{}\n", line.trim_end())).collect()
}

/// Title, period, years and seed.
fn head(f: &Findings) -> Vec<String> {
    let (first, last) = f.period;
    let years = say::years_run(f.replications, "", f.needed);
    let run = format!("{} to {}, {years}, seed {}", say::short_date(first), say::short_date(last), f.seed);
    let mut out = wrap(&f.title, WIDTH);
    out.extend(wrap(&run, WIDTH));
    out
}

/// A heading and its lines.
type Section = (&'static str, Vec<String>);

/// What each option does, a line each, the best for the headline first; then of what all counts are.
///
/// None without options.
fn options(f: &Findings) -> Option<Section> {
    let unit = match f.headline_unit {
        Unit::Share => "points".to_owned(),
        Unit::Count => String::new(),
        unit => unit.name().to_owned(),
    };
    let change = if unit.is_empty() { "Change".to_owned() } else { format!("Change [{unit}]") };
    let headings = ["Option", change.as_str(), "Harms / helps", "Cost, all [£]", "To practices [£]"]
        .map(ToOwned::to_owned);
    let rows: Vec<Vec<String>> = f.best_first().into_iter().map(|c| c.brief.to_vec()).collect();
    let about = format!("Change of {}; {}", f.headline_said, legend(&rows, true));
    let mut lines = wrap(&about, WIDTH);
    lines.extend(table(&headings, &rows, WIDTH));
    let own_time = own_time::line(f.best_first().into_iter().map(|c| (c.option.as_str(), c.own_time)));
    lines.extend(own_time.into_iter().flat_map(|line| wrap(&line, WIDTH)));
    for c in f.best_first() {
        let said = harms::whom(&c.together, &c.needs);
        lines.extend(said.into_iter().flat_map(|said| bullet(&format!("{}: {said}", c.option))));
    }
    (!rows.is_empty()).then_some(("What each option does", lines))
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
fn sections(f: &Findings) -> Vec<Section> {
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
        let mut lines = wrap(&intro, WIDTH);
        lines.extend(year.sentences.iter().flat_map(|s| bullet(s)));
        out.push(("The year that went wrong", lines));
    }
    if let Some(chain) = f.chains.first() {
        out.push((
            "From all GP appointments to net GP time released",
            chain_lines(chain, f.chains.len(), &f.years_again()),
        ));
    }
    // With fixed inputs all that varies is chance: there is nothing to split.
    if let Some((share, interval)) = f.drivers.not_knowing.as_ref().filter(|_| !f.fixed) {
        let range = interval.map_or(String::new(), |i| format!(" ({}-{})", percent(i.low), percent(i.high)));
        let text = format!(
            "{}{range} of the variance of the headline is not knowing the inputs; the rest is chance.",
            say::percent(*share)
        );
        out.push(("Not knowing, and chance", wrap(&text, WIDTH)));
    }
    if !f.moved.is_empty() {
        out.push(("Seen elsewhere, drawn in", f.moved.iter().flat_map(|m| bullet(m)).collect()));
    }
    if !f.warnings.is_empty() {
        out.push(("Warnings", f.warnings.iter().flat_map(|w| bullet(w)).collect()));
    }
    if !f.comparisons.is_empty() {
        let said = f.best_first().into_iter().flat_map(|c| bullet(&c.said)).collect();
        out.push(("Each option in full", said));
    }
    out
}

/// A share in whole per cent, without the sign.
fn percent(share: f64) -> String {
    say::decimals(100.0 * share, 0)
}

/// A paragraph with a stroke before its first line.
pub(super) fn bullet(text: &str) -> Vec<String> {
    let lines = wrap(text, WIDTH - 2).into_iter().enumerate();
    lines.map(|(i, l)| format!("{} {l}", if i == 0 { "-" } else { " " })).collect()
}

/// The chain of one option, link by link, with each link's share of all that was asked of GPs.
///
/// `all` is the number of options that redirect, `years` what the means are over.
fn chain_lines(c: &crate::findings::chain::Chain, all: usize, years: &str) -> Vec<String> {
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
    let mut out = wrap(&about, WIDTH);
    out.extend(table(&headings, &rows, WIDTH));
    out
}
