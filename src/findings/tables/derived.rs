//! Tables that come from findings rather than from measures: targets, shortfalls, one more, money, assumptions, staffing.
//!
//! In: findings. Out: tables in the order of the report; those without a row are left out, but for shortfalls and
//! the staffing map.

use super::super::bottleneck::Bottleneck;
use super::super::chain::Chain;
use super::super::figure::{Chance, Figure, Unit};
use super::super::options::fine;
use super::super::{Findings, say};
use super::{OVER_YEARS, Table, range};
use crate::model::Model;
use crate::stats::interval::Interval;

/// Tables that come from findings rather than from measures.
///
/// A table a target first, then roles, one more, money, chains, assumptions, staffing.
pub fn derived(findings: &Findings, model: &Model) -> Vec<Table> {
    let mut out = Vec::new();
    out.extend(findings.targets.iter().map(|t| {
        let row = |name: &str, chance: &Chance, in_time: &Figure| {
            vec![name.to_owned(), chance.text(), in_time.text()]
        };
        // The place of the headline comes last, below its practices.
        let mut rows: Vec<_> = t.practices.iter().map(|(name, c, f)| row(name, c, f)).collect();
        // A practice by itself is the place.
        let alone = t.practices.len() == 1 && t.practices[0].0 == findings.subject.name;
        rows.extend((!alone).then(|| row(&findings.subject.name, &t.chance, &t.in_time)));
        Table::new(
            &format!("Target: {} ({})", t.title, t.words),
            "Chance: share of simulated years that meet it (95 % Monte Carlo interval). Seen in time: of patients due, mean over simulated years (P5-P95 over simulated years).",
            &["Place", "Chance [%]", "Seen in time [%]"],
            rows,
        )
    }));
    out.push(shortfall(findings, model));
    out.extend(super::bank::banks(findings));
    // In the order of the report; what has no row gives no table.
    out.extend(one_more(&findings.bottleneck, findings.headline_unit, model));
    out.extend(money(findings));
    out.extend(chains(findings));
    out.extend(drivers(findings));
    out.push(staffing(findings));
    out
}

/// Roles: sessions wanted less rostered [sessions/week].
fn shortfall(findings: &Findings, model: &Model) -> Table {
    let rows = findings.shortfalls.iter().map(|s| {
        // A role that is short in no month has dashes, not noughts.
        let when = s.when_short.map_or_else(|| "-".into(), |f| f.text());
        let months = s.months.clone().unwrap_or_else(|| "-".into());
        vec![model.roles[s.role].title.clone(), s.all_year.text(), when, months]
    });
    Table::new(
        "Roles: shortfall of sessions a week",
        "Sessions wanted, each in the week it was wanted (work that is later given up or done by another role too), less sessions rostered; below nought is slack. A role can be short of what is wanted in time and yet have time to spare: at another practice, in another month, or because people gave up. Mean over simulated years (P5-P95 over simulated years).",
        &["Role", "Whole period", "When short", "Short"],
        rows.collect(),
    )
}

/// What one more of each role, or one more room, brings; none where no role could be tried.
fn one_more(b: &Bottleneck, unit: Unit, model: &Model) -> Option<Table> {
    let interval = |i: Option<Interval>| i.map_or_else(|| "-".into(), |i| range(unit, i.low, i.high));
    let mut rows: Vec<Vec<String>> = b
        .tried
        .iter()
        .map(|t| {
            let role = model.roles[t.role].title.clone();
            let hours = say::decimals(t.minutes_a_week / 60.0, 1);
            vec![role, hours, fine(unit, t.improvement), interval(t.interval)]
        })
        .collect();
    // The room stands below the roles, in brackets, as it is no role.
    rows.extend(b.room.iter().map(|room| {
        let at: Vec<String> = room.practices.iter().map(|p| model.practices[*p].title.clone()).collect();
        let title = format!("(a consulting room at {})", say::list(&at));
        vec![title, "-".into(), fine(unit, room.improvement), interval(room.interval)]
    }));
    // Minutes are not scaled then; a reader has to know.
    let people = match b.room {
        Some(_) => " Where rooms are counted the one more is a real person, who needs a room.",
        None => "",
    };
    (!rows.is_empty()).then(|| {
        Table::new(
            "One more whole-time equivalent of each role, on the same draws",
            &format!("Improvement of the headline [{}], mean over {} simulated years, with the 95 % interval of that mean.{people}", unit_name(unit), b.replications),
            &["Role", "Adds [h/week]", "Improvement", "Interval"],
            rows,
        )
    })
}

/// The unit of differences under a heading.
fn unit_name(unit: Unit) -> &'static str {
    if unit == Unit::Share { "percentage points" } else { unit.name() }
}

/// GP time that each redirecting option releases; one alone is shown in full elsewhere.
fn chains(findings: &Findings) -> Option<Table> {
    let row = |c: &Chain| {
        // Ranges only of the net: they are what is decided on.
        let mean = |f: &Figure| if f.known() { say::whole(f.mean) } else { "-".into() };
        let [redirected, unseen, returned, supervision] =
            [&c.redirected, &c.unseen, &c.returned, &c.supervision].map(mean);
        vec![c.option.clone(), redirected, unseen, returned, supervision, c.net.text()]
    };
    let rows: Vec<Vec<String>> = findings.chains.iter().map(row).collect();
    (rows.len() > 1).then(|| {
        Table::new(
            "GP time released, by option",
            &format!(
                "GP hours {}: means, of the net with P5-P95 over simulated years. Net: also after fewer or more rebookings and follow-ups. Of what falls due within the period.",
                findings.chains[0].per
            ),
            &["Option", "Redirected", "Not seen there", "Back with a GP", "GPs supervise", "Net released"],
            rows,
        )
    })
}

/// At most eight assumptions that move the headline; none where none is told.
fn drivers(findings: &Findings) -> Option<Table> {
    let rows: Vec<Vec<String>> = findings
        .drivers
        .strongest
        .iter()
        .take(8)
        .map(|d| {
            let interval = d
                .correlation
                .interval
                .map_or_else(|| "-".into(), |i| format!("{:.2} to {:.2}", i.low, i.high));
            // A number without a source is a planner's assumption.
            let source = d.source.clone().unwrap_or_else(|| "assumption without evidence".into());
            vec![d.address.clone(), format!("{:.2} ({interval})", d.correlation.r), source]
        })
        .collect();
    (!rows.is_empty()).then(|| {
        Table::new(
            "Assumptions that matter",
            "Rank correlation with the headline over simulated years (95 % interval of each); only what can be told from nought among all inputs that as-now reads.",
            &["Assumption", "Correlation", "Source"],
            rows,
        )
    })
}

/// Money of as-now.
///
/// None where no costs are stated.
fn money(findings: &Findings) -> Option<Table> {
    let rows: Vec<Vec<String>> =
        findings.money.iter().map(|(words, figure)| vec![(*words).to_owned(), figure.text()]).collect();
    (!rows.is_empty())
        .then(|| Table::new("Money as now", &format!("{} {OVER_YEARS}", findings.counts), &["", "£"], rows))
}

/// The staffing map; a practice is named where it is the only one.
fn staffing(findings: &Findings) -> Table {
    let rows = findings.staffing.iter().map(|s| {
        let wte = s.wte.map_or_else(|| "-".into(), |w| say::decimals(w, 1));
        let heads = s.heads.map_or_else(|| "-".into(), |h| h.to_string());
        // Named where it is one; a list of many would fill the row.
        let single = match s.single_point_for.as_slice() {
            [] => String::new(),
            [one] => one.clone(),
            many => format!("{} practices", many.len()),
        };
        vec![format!("{}, {}", s.role, s.base), s.sharing.to_owned(), wte, heads, single]
    });
    Table::new(
        "Staffing map as now",
        "Single point of failure: practices that lose the role when one person is away. A dash: not stated (slots without people).",
        &["Role and base", "Shared", "WTE", "Heads", "Single point for"],
        rows.collect(),
    )
}
