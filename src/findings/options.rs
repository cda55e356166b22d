//! What each option does, in a few sentences, each from a rule on the figures.
//!
//! Headline first: how it changes, with the interval, and in how many futures it is better; "no difference that can be
//! told yet" where the interval holds nought. Then settling in, harm before help, and money.

use super::changes::NeedChange;
use super::compare::{Comparison, Difference};
use super::figure::Unit;
use super::money::Money;
use super::say;

/// Needs named for harm, at most.
const NAMED: usize = 2;

/// The sentences of an option; `headline` is the headline inside a sentence.
pub fn sentences(c: &Comparison, headline: &str, fixed: bool) -> String {
    let mut out = vec![about_headline(c.headline.as_ref(), headline, fixed)];
    out.extend(c.settling.as_ref().map(super::settling::Settling::sentence));
    out.push(harm(&c.needs));
    out.extend(help(&c.needs));
    out.extend(c.money.as_ref().and_then(cost));
    format!("{}: {}", c.option, out.join(" "))
}

/// What an option does, as cells of one line: its title (a star where it is still settling in when the period ends),
/// the change of the headline, the needs harmed, and the pounds it costs (below nought: saves). A dash: no change that
/// can be told.
pub fn brief(c: &Comparison) -> [String; 4] {
    let star = if c.settling.as_ref().is_some_and(super::settling::Settling::beyond) { " *" } else { "" };
    let harmed = c.needs.iter().filter(|n| n.named(true).is_some()).count();
    let cost = c.money.as_ref().and_then(Money::to_practices).map(|(_, all)| all);
    let told = cost.filter(|all| all.told && all.mean.abs() >= 1.0).map(|all| say::about(all.mean));
    [
        format!("{}{star}", c.option),
        c.headline.as_ref().map_or_else(|| "-".into(), change),
        if harmed > 0 { harmed.to_string() } else { "-".into() },
        told.or_else(|| c.money.as_ref().and_then(known)).unwrap_or_else(|| "-".into()),
    ]
}

/// What is known of the cost where some has no price, as a cell: the whole where that is the same in both, else the least.
fn known(money: &Money) -> Option<String> {
    let known = money.known().filter(|known| money.gap.whole() && known.told && known.mean.abs() >= 1.0);
    let least = money.known().filter(|_| money.gap.least());
    let least = least.map(|known| if known.mean.abs() >= 1.0 { say::about(known.mean) } else { "0".into() });
    known.map(|known| say::about(known.mean)).or_else(|| least.map(|pounds| format!("{AT_LEAST}{pounds}")))
}

/// What stands before a cost that is the least.
pub const AT_LEAST: &str = "\u{2265} ";

/// The change of the headline, with its sign; a dash where it cannot be told or is shown as nought.
fn change(d: &Difference) -> String {
    match d.paired.interval {
        Some(i) if !i.holds(0.0) && !rounds_to_nought(d) => {
            let sign = if d.paired.mean > 0.0 { "+" } else { "" };
            format!("{sign}{}", fine(d.unit, d.paired.mean))
        }
        _ => "-".into(),
    }
}

/// True where a difference is shown as nought.
fn rounds_to_nought(d: &Difference) -> bool {
    !fine(d.unit, d.paired.mean).contains(|c: char| ('1'..='9').contains(&c))
}

fn about_headline(d: Option<&Difference>, headline: &str, fixed: bool) -> String {
    let Some(d) = d else { return format!("no difference in {headline}.") };
    let futures = if fixed { "simulated years" } else { "futures" };
    let better = say::percent(d.paired.chance_better());
    let worse = d.paired.n - d.paired.better - d.paired.equal;
    let worse = say::percent(worse as f64 / d.paired.n as f64);
    let against = d.paired.better.cmp(&(d.paired.n - d.paired.better - d.paired.equal));
    let mut chances = format!("better in {better} and worse in {worse} of {futures}");
    let write = |x: f64| fine(d.unit, x);
    let unit = unit(d.unit);
    match d.paired.interval {
        Some(i) if i.holds(0.0) => format!(
            "no difference in {headline} that can be told yet ({} to {}{unit}; {chances}).",
            write(i.low),
            write(i.high)
        ),
        Some(_) if rounds_to_nought(d) => {
            format!("no difference in {headline} to speak of (under {}{unit}; {chances}).", least(d.unit))
        }
        Some(i) => {
            let up = d.paired.mean > 0.0;
            // More futures go one way, the mean the other: a few large differences make it.
            if (d.verdict() == "better") == against.is_lt() && against.is_ne() {
                chances += ", so a few of them make the difference";
            }
            let ends = if up { (i.low, i.high) } else { (-i.high, -i.low) };
            let word = if up { "rises" } else { "falls" };
            let (mean, low, high) = (write(d.paired.mean.abs()), write(ends.0), write(ends.1));
            format!("{headline} {word} by {mean}{unit} ({low} to {high}); {chances}.")
        }
        None => format!("too few simulated years to tell a difference in {headline}."),
    }
}

/// The least change that [`fine`] shows.
fn least(unit: Unit) -> &'static str {
    if matches!(unit, Unit::Share | Unit::Points | Unit::Count) { "0.1" } else { "0.01" }
}

/// The unit of a difference behind its number: ` points`, ` days`.
pub fn unit(unit: Unit) -> String {
    match unit {
        Unit::Count | Unit::Pounds => String::new(),
        Unit::Points | Unit::Share => " points".into(),
        other => format!(" {}", other.name()),
    }
}

/// A small difference: one decimal more than a level.
pub fn fine(unit: Unit, x: f64) -> String {
    match unit {
        Unit::Share | Unit::Points => say::decimals(100.0 * x, 1),
        Unit::Count | Unit::Pounds if x.abs() >= 99.5 => say::decimals(x, 0),
        Unit::Count => say::decimals(x, 1),
        _ => say::decimals(x, 2),
    }
}

fn harm(needs: &[NeedChange]) -> String {
    let mut harmed: Vec<(&NeedChange, f64)> =
        needs.iter().filter_map(|n| Some((n, n.named(true)?.mean))).collect();
    harmed.sort_by(|a, b| b.1.total_cmp(&a.1));
    let said: Vec<String> = harmed.iter().take(NAMED).map(|(n, _)| unmet(n)).collect();
    match harmed.len() {
        0 => "No harm to a need can be told.".into(),
        n if n > NAMED => {
            let more = say::counted((n - NAMED) as f64, "more need");
            format!("It harms {} and {more}.", said.join(", "))
        }
        _ => format!("It harms {}.", say::list(&said)),
    }
}

fn help(needs: &[NeedChange]) -> Option<String> {
    let helped = needs.iter().filter_map(|n| Some((n, n.named(false)?.mean)));
    let (most, _) = helped.min_by(|a, b| a.1.total_cmp(&b.1))?;
    Some(format!("It helps {} most.", unmet(most)))
}

/// `medication review (unmet from 290 to 429, +139 ± 19)`.
fn unmet(n: &NeedChange) -> String {
    let name = say::inside(&n.need);
    n.unmet.map_or(name.clone(), |c| {
        let write = |x: f64| say::whole(x);
        format!(
            "{name} (unmet from {} to {}, {})",
            write(c.as_now),
            write(c.option),
            with_half(c.mean, c.half, 0)
        )
    })
}

/// `+139 ± 19`: a change and half its 95 % interval.
pub fn with_half(mean: f64, half: f64, places: usize) -> String {
    if half.is_finite() {
        format!("{} ± {}", say::signed(mean, places), say::decimals(half, places))
    } else {
        say::signed(mean, places)
    }
}

fn cost(money: &Money) -> Option<String> {
    if money.to_practices().is_none() && !money.gap.whole() {
        return part_of_cost(money);
    }
    if let Some(all) = money.known().filter(|all| all.told && all.mean.abs() >= 1.0) {
        let (verb, how) = if all.mean > 0.0 { ("costs", " more") } else { ("saves", "") };
        return Some(format!("It {verb} £{}{how}.", say::about(all.mean.abs())));
    }
    let (own, all) = money.to_practices().filter(|(_, all)| all.told && all.mean.abs() >= 1.0)?;
    let pounds = |x: f64| format!("£{}", say::about(x.abs()));
    let verb = if all.mean > 0.0 { "costs" } else { "saves" };
    let how = if all.mean > 0.0 { "more" } else { "" };
    let mut text = format!("It {verb} {} {how}", pounds(all.mean)).trim_end().to_owned();
    if own.told && (own.mean - all.mean).abs() >= 1.0 {
        let who =
            if own.mean > 0.0 { "of it to practices" } else { "less to practices after what funds pay back" };
        text += &format!(", {} {who}", pounds(own.mean));
    }
    if let Some((hour, interval)) = money.gp_hour.filter(|(hour, _)| *hour > 0.0) {
        text += &format!(
            "; a net GP hour released costs practices {} ({} to {})",
            pounds(hour),
            say::about(interval.low),
            say::about(interval.high)
        );
    }
    Some(text + ".")
}

/// What it costs as far as there are prices, and which are missing.
fn part_of_cost(money: &Money) -> Option<String> {
    let change = money.known().map_or(0.0, |known| known.mean);
    let (pounds, missing) = (say::about(change.abs()), money.gap.missing());
    Some(match change {
        x if x.abs() < 1.0 => format!("What it costs is not known: {missing}."),
        x if x > 0.0 && money.gap.least() => format!("It costs at least £{pounds} more; {missing}."),
        x if x > 0.0 => format!("As far as prices are stated it costs £{pounds} more; {missing}."),
        _ => format!("As far as prices are stated it saves £{pounds}; {missing}."),
    })
}

#[cfg(test)]
#[path = "options_tests.rs"]
mod tests;
