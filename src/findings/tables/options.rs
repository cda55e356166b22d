//! Tables of one option: against as-now, by need, by role, money, posts.
//!
//! In: the comparison of an option. Out: up to five tables. What cannot be told from nought is marked or left
//! out, and the note says which.

use super::super::beside::Change;
use super::super::changes::Way;
use super::super::compare::{Comparison, Difference};
use super::super::figure::Unit;
use super::super::options::{fine, with_half};
use super::super::staffing::Before;
use super::super::{Findings, say};
use super::Table;

/// What stands behind a change.
const HALF: &str = "Changes on the same draws: mean ± half its 95 % interval.";

/// The tables of an option.
///
/// Those without a row are left out, but for the first. That it is settling in stands in the note of the first.
pub fn tables(c: &Comparison, findings: &Findings) -> Vec<Table> {
    let settling = c.settling.as_ref().map_or(String::new(), |s| format!(" {}", s.sentence()));
    let mut out = vec![options(c, &format!("{}{settling}", findings.counts))];
    out.extend(needs(c, &findings.counts));
    out.extend(roles(c, findings));
    out.extend(money(c, &findings.counts));
    out.extend(posts(c));
    out
}

/// Against as-now.
///
/// A row a measure, the headline first; shares as points of difference.
fn options(c: &Comparison, counts: &str) -> Table {
    let rows = c.differences.iter().map(|d| {
        // No interval from few years, or where all years differ alike.
        let write = |x: f64| written(d, x);
        let interval = d
            .paired
            .interval
            .map_or_else(|| "-".into(), |i| format!("{} to {}", write(i.low), write(i.high)));
        // Levels are shares; only their difference is in points.
        let unit = if d.unit == Unit::Points { "%" } else { d.unit.name() };
        let chance = if d.judged { say::percent(d.paired.chance_better()) } else { "-".into() };
        vec![
            format!("{} [{unit}]", d.words),
            // Levels with one decimal more than elsewhere, as the difference stands beside them.
            fine(d.unit, d.as_now),
            format!("{} ({interval})", write(d.paired.mean)),
            chance,
            shows(d).to_owned(),
        ]
    });
    Table::new(
        &format!("{}: against as now", c.option),
        &format!(
            "{counts} Difference on the same draws: mean (95 % interval of the mean). Better: share of simulated years in which the option is better."
        ),
        &["Measure", "As now", "Difference", "Better", ""],
        rows.collect(),
    )
}

/// What a difference shows in a word: the same only where no year differs.
fn shows(d: &Difference) -> &'static str {
    if d.paired.equal == d.paired.n { "the same" } else { d.verdict().words() }
}

/// The most decimals of a difference.
const MOST_PLACES: usize = 5;

/// A difference or an end of its interval; where what is told from nought would be written as nought, with as many
/// decimals more as it takes not to be.
fn written(d: &Difference, x: f64) -> String {
    let coarse = fine(d.unit, x);
    let Some(i) = d.paired.interval.filter(|i| !i.holds(0.0)) else { return coarse };
    let ends = [i.low, i.high, d.paired.mean];
    if !ends.iter().any(|end| nought(&fine(d.unit, *end))) {
        return coarse;
    }
    let factor = if matches!(d.unit, Unit::Share | Unit::Points) { 100.0 } else { 1.0 };
    let with = |places: usize| ends.map(|end| say::decimals(factor * end, places));
    let places = (2..MOST_PLACES).find(|places| !with(*places).iter().any(|end| nought(end)));
    say::decimals(factor * x, places.unwrap_or(MOST_PLACES))
}

/// True where no digit but nought is written.
fn nought(text: &str) -> bool {
    text.trim_start_matches(['-', '0', '.']).is_empty()
}

/// Needs whose change can be told, harms first; those left out are named.
///
/// None where no need changes beyond doubt.
fn needs(c: &Comparison, counts: &str) -> Option<Table> {
    // What cannot be told is named below, so that nobody takes it for unchanged.
    let (same, told): (Vec<_>, Vec<_>) = c.needs.iter().partition(|n| n.way() == Way::Same);
    let rows: Vec<Vec<String>> = told
        .iter()
        .map(|n| {
            let (unmet_now, unmet) = cells(n.unmet.as_ref(), Unit::Count);
            let (wait_now, wait) = cells(n.wait.as_ref(), Unit::Days);
            let (_, left) = cells(n.left.as_ref(), Unit::Share);
            vec![n.need.clone(), n.way().word().into(), unmet_now, unmet, left, wait_now, wait]
        })
        .collect();
    let left: Vec<String> = same.iter().map(|n| say::inside(&n.need)).collect();
    let left = match left.as_slice() {
        [] => String::new(),
        names => format!(" Nothing can be told yet for {}.", say::list(names)),
    };
    let note = format!(
        "{counts} {HALF} `=`: not told from nought, all needs and the three figures looked at together. Requests answered outside are not unmet.{left}"
    );
    let headings = ["Need", "", "Unmet", "Change", "Left or waits [points]", "Wait [days]", "Change [days]"];
    let title = format!("{}: what changes for each need", c.option);
    (!rows.is_empty()).then(|| Table::new(&title, &note, &headings, rows))
}

/// As-now and the change; an equals sign where it cannot be told from nought.
///
/// Dashes where the figure is not kept.
fn cells(change: Option<&Change>, unit: Unit) -> (String, String) {
    let Some(c) = change else { return ("-".into(), "-".into()) };
    // As fine as the least change that a table can show (`changes`).
    let (factor, places) = match unit {
        Unit::Days => (1.0, 2),
        Unit::Share => (100.0, 1),
        _ => (1.0, 0),
    };
    let now = if unit == Unit::Days { say::decimals(c.as_now, 1) } else { say::whole(c.as_now) };
    (now, if c.told { with_half(factor * c.mean, factor * c.half, places) } else { "=".into() })
}

/// Roles that are new or whose roster or use changes.
///
/// Hours a week [h/week], shares of them used [%].
fn roles(c: &Comparison, findings: &Findings) -> Option<Table> {
    // Both ends are counted.
    let days = f64::from(findings.period.1.0 - findings.period.0.0 + 1);
    let week = |hours: f64| say::decimals(hours * 7.0 / days, 1);
    let percent = |share: f64| say::decimals(100.0 * share, 0);
    let rows: Vec<Vec<String>> = c
        .roles
        .iter()
        .map(|r| {
            let change = r.change.map_or_else(
                || if r.new { "new".into() } else { "-".to_owned() },
                |u| if u.told { with_half(100.0 * u.mean, 100.0 * u.half, 1) } else { "=".into() },
            );
            // Nothing is not nought hours: the role is not there.
            let before = if r.new { "-".into() } else { week(r.rostered.as_now) };
            let (now, then) = (percent(r.used_as_now), percent(r.used));
            vec![r.role.clone(), before, week(r.rostered.option), now, then, change]
        })
        .collect();
    let headings = [
        "Role",
        "Rostered, as now [h/week]",
        "With it [h/week]",
        "Used, as now [%]",
        "With it [%]",
        "Change of used [points]",
    ];
    let title = format!("{}: what changes for each role", c.option);
    let note = format!("{HALF} Roles with no change that can be told are left out.");
    (!rows.is_empty()).then(|| Table::new(&title, &note, &headings, rows))
}

/// Money, and what a net GP hour costs.
///
/// None where no costs are stated. The note says what the hour is divided by, and what has no price.
fn money(c: &Comparison, counts: &str) -> Option<Table> {
    let money = c.money.as_ref()?;
    let pounds = |x: f64| Unit::Pounds.write(x);
    let places = |c: &Change| if c.as_now.abs().max(c.option.abs()) < 99.5 { 2 } else { 0 };
    let change = |c: &Change| {
        if c.mean.abs() < 0.005 { "0".into() } else { with_half(c.mean, c.half, places(c)) }
    };
    let mut rows: Vec<Vec<String>> = money
        .rows
        .iter()
        .map(|(words, c)| vec![(*words).to_owned(), pounds(c.as_now), pounds(c.option), change(c)])
        .collect();
    // A price of the hour, time without one, time lost, time of which none is told, or nobody sent elsewhere.
    let hour = match (&money.gp_hour, &money.released) {
        (Some((hour, i)), Some(hours)) => {
            // As the sentence says it: three figures, the interval rounded outwards.
            let (low, high) = say::pounds_between(i.low, i.high);
            // What costs nothing has no interval.
            let between = if i.low == i.high { "-".into() } else { format!("({low} to {high})") };
            rows.push(vec!["For each net GP hour released".into(), "-".into(), say::pounds(*hour), between]);
            format!(" {NET}: {} h.", with_half(hours.mean, hours.half, 0))
        }
        (None, Some(hours)) => without_a_price(hours),
        _ => String::new(),
    };
    let hour = if money.gp_hour.is_some() {
        format!(
            "{hour} For each hour: change of cost to practices / net hours released; no cash is released."
        )
    } else {
        hour
    };
    // How much of the change the figures hold.
    let gap = match (money.known(), money.gap.whole()) {
        (None, _) => String::new(),
        (Some(_), true) => format!(" No price for: {}, the same in both.", say::list(&money.gap.same)),
        (Some(_), false) if money.gap.least() => {
            format!(" The change is the least: {}.", money.gap.missing())
        }
        (Some(_), false) => format!(" Not the whole change: {}.", money.gap.missing()),
    };
    let note = format!("{counts} Prices of each source's own year. {HALF}{hour}{gap}");
    let title = format!("{}: money [£]", c.option);
    Some(Table::new(&title, &note, &["", "As now", "With it", "Change"], rows))
}

/// What an hour's cost is divided by: that of all that was asked or decided in the period, however late it falls due.
/// The chain counts what falls due within the period.
const NET: &str = "Net GP time released, with what falls due after the period";

/// Net GP time of which no price of an hour can be said, and why.
fn without_a_price(hours: &Change) -> String {
    let said = with_half(hours.mean, hours.half, 0);
    match hours.told {
        true if hours.mean > 0.0 => {
            format!(" {NET}: {said} h; what an hour costs is not known.")
        }
        true => format!(" GPs lose time rather than gain it: {said} h."),
        false => format!(" No net release of GP time can be told ({said} h)."),
    }
}

/// Posts that as-now lacks or has otherwise.
///
/// None where the staffing map is as now.
fn posts(c: &Comparison) -> Option<Table> {
    let rows: Vec<Vec<String>> = c
        .posts
        .iter()
        .map(|s| {
            let wte = |w: Option<f64>| w.map_or_else(|| "-".into(), |w| say::decimals(w, 1));
            let before = match s.before {
                Before::Wte(w) => wte(w),
                Before::None | Before::Same => "none".into(),
            };
            let date = |d: Option<crate::units::Day>| d.map(say::short_date);
            let dates = match (date(s.dates.0), date(s.dates.1)) {
                (None, None) => String::new(),
                (Some(from), None) => format!("from {from}"),
                (None, Some(until)) => format!("until {until}"),
                (Some(from), Some(until)) => format!("{from} to {until}"),
            };
            let heads = s.heads.map_or_else(|| "-".into(), |h| h.to_string());
            vec![format!("{}, {}", s.role, s.base), s.sharing.into(), before, wte(s.wte), heads, dates]
        })
        .collect();
    let headings = ["Role and base", "Shared", "WTE as now", "WTE with it", "Heads", "Dates"];
    let title = format!("{}: staffing map, what is new or other than now", c.option);
    let note = "A dash: not stated (slots without people).";
    (!rows.is_empty()).then(|| Table::new(&title, note, &headings, rows))
}

#[cfg(test)]
mod tests {
    use super::super::super::compare::Shows;
    use super::*;
    use crate::outcome::measure::by_name;
    use crate::stats::paired::{Better, paired};

    /// A difference of waits by these days, pair by pair.
    fn days(differences: &[f64]) -> Difference {
        let pairs: Vec<(f64, f64)> = differences.iter().map(|d| (5.0 + d, 5.0)).collect();
        let (Some(measure), Some(paired)) = (by_name("wait_mean"), paired(&pairs, Better::Lower, 0.95))
        else {
            panic!("the mean wait is a measure")
        };
        let (words, unit, judged) = (String::new(), Unit::Days, true);
        Difference { measure, words, unit, as_now: 5.0, option: 5.0, paired, judged }
    }

    #[test]
    fn what_is_told_from_nought_is_not_written_as_nought() {
        // Mean -0.02, standard deviation 0.0129, over the root of 4, times 3.182: -0.0405 to 0.0005.
        let untold = days(&[-0.005, -0.015, -0.025, -0.035]);
        assert_eq!(untold.verdict(), Shows::NotToldApart);
        assert_eq!(written(&untold, -0.02), "-0.02");
        // Standard deviation 0.0106: -0.0369 to -0.0031.
        let told = days(&[-0.009, -0.013, -0.027, -0.031]);
        assert_eq!(told.verdict(), Shows::Better);
        let Some(i) = told.paired.interval else { panic!("four pairs have an interval") };
        assert_eq!(fine(Unit::Days, i.high), "0.00", "as it was written before");
        assert!(!nought(&written(&told, i.high)), "{}", written(&told, i.high));
        assert_eq!(
            written(&days(&[-0.5, -0.6, -0.5, -0.6]), -0.55),
            "-0.55",
            "no more decimals than it takes"
        );
    }

    #[test]
    fn net_time_without_a_price_is_told_lost_or_untold() {
        let hours = |mean: f64, told| Change { as_now: 0.0, option: mean, mean, half: 3.0, told };
        let released = without_a_price(&hours(1872.0, true));
        assert!(
            released.starts_with(" Net GP time released, with what falls due after the period: +1,872 ± 3 h"),
            "{released}"
        );
        assert!(without_a_price(&hours(-40.0, true)).contains("lose time"));
        assert!(without_a_price(&hours(1.0, false)).contains("No net release of GP time can be told"));
    }
}
