//! The report for a terminal: 80 columns of plain text, no colour codes.

mod columns;

use crate::findings::Findings;
use crate::findings::figure::Figure;
use crate::findings::say;
use columns::{table, wrap};

/// Columns of a line.
pub const WIDTH: usize = 80;

/// Renders findings.
pub fn render(findings: &Findings) -> String {
    let mut out = String::new();
    let mut line = |text: &str| {
        out.push_str(text.trim_end());
        out.push('\n');
    };
    for text in head(findings) {
        line(&text);
    }
    line("");
    wrap(&findings.verdict.join(" "), WIDTH).iter().for_each(|l| line(l));
    for text in findings.next.iter().flat_map(|next| continued(&format!("Next: {}", next.command))) {
        line(&text);
    }
    for (title, lines) in sections(findings) {
        line("");
        line(&title.to_uppercase());
        lines.iter().for_each(|l| line(l));
    }
    for found in &findings.tables {
        line("");
        wrap(&found.title, WIDTH).iter().for_each(|l| line(l));
        wrap(&found.note, WIDTH - 2).iter().for_each(|l| line(&format!("  {l}")));
        table(&found.headings, &found.rows, WIDTH).iter().for_each(|l| line(l));
    }
    out
}

fn head(f: &Findings) -> Vec<String> {
    let (first, last) = f.period;
    let years = say::counted(f.replications as f64, "simulated year");
    let mut out = wrap(&f.title, WIDTH);
    out.push(format!("{} to {}, {years}, seed {}", say::short_date(first), say::short_date(last), f.seed));
    out.extend(wrap(&f.convention, WIDTH));
    out
}

/// A command over several lines, as a shell takes it.
fn continued(command: &str) -> Vec<String> {
    let lines = wrap(command, WIDTH - 4);
    let last = lines.len().saturating_sub(1);
    let line = |(i, l): (usize, String)| {
        format!("{}{l}{}", if i > 0 { "  " } else { "" }, if i < last { " \\" } else { "" })
    };
    lines.into_iter().enumerate().map(line).collect()
}

fn sections(f: &Findings) -> Vec<(&'static str, Vec<String>)> {
    let mut out = Vec::new();
    if !f.comparisons.is_empty() {
        out.push(("What each option does", f.comparisons.iter().flat_map(|c| bullet(&c.said)).collect()));
    }
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
        out.push(("From all GP appointments to net GP time released", chain_lines(chain)));
    }
    if let Some((share, interval)) = f.drivers.not_knowing.as_ref().filter(|_| !f.fixed) {
        let range = interval.map_or(String::new(), |i| format!(" ({}-{})", percent(i.low), percent(i.high)));
        let text = format!(
            "{}{range} of the variance of the headline is not knowing the inputs; the rest is chance.",
            say::percent(*share)
        );
        out.push(("Not knowing, and chance", wrap(&text, WIDTH)));
    }
    if !f.warnings.is_empty() {
        out.push(("Warnings", f.warnings.iter().flat_map(|w| bullet(w)).collect()));
    }
    out
}

fn percent(share: f64) -> String {
    say::decimals(100.0 * share, 0)
}

fn bullet(text: &str) -> Vec<String> {
    let lines = wrap(text, WIDTH - 2).into_iter().enumerate();
    lines.map(|(i, l)| format!("{} {l}", if i == 0 { "-" } else { " " })).collect()
}

fn chain_lines(c: &crate::findings::chain::Chain) -> Vec<String> {
    let settling = c.settling.as_ref().map_or(String::new(), |s| format!(" {}", s.sentence()));
    let about = format!(
        "{}, against {}. GP hours {}, mean over simulated years (P5-P95 over simulated years). None of it is cash.{settling}",
        c.option, c.against, c.per
    );
    let share = |f: &Figure| {
        if f.known() { say::decimals(100.0 * f.mean / c.asked.mean, 1) } else { "-".into() }
    };
    let row = |name: &str, f: &Figure| vec![name.to_owned(), f.text(), share(f)];
    let rows = [
        row("Asked for", &c.asked),
        row("Rated avoidable", &c.rated),
        row("less: practices not taking part", &c.no_part),
        row("less: not redirected", &c.not_redirected),
        row("Redirected", &c.redirected),
        row("less: back with a GP", &c.returned),
        row("fewer (below nought: more) rebookings", &c.knock_on),
        row("less: GPs supervise and signpost", &c.supervision),
        row("Net GP time released", &c.net),
        row("Receiving roles' extra time", &c.receivers),
    ];
    let headings = ["Link".to_owned(), format!("Hours {}", c.per), "Of asked for [%]".to_owned()];
    let mut out = wrap(&about, WIDTH);
    out.extend(table(&headings, &rows, WIDTH));
    out
}
