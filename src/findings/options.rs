//! What each option does, in a few sentences, each from a rule on the figures.
//!
//! Headline first: how it changes, with the interval, and in how many futures it is better; "no difference that can be
//! told yet" where the interval holds nought. Then settling in, harm before help, and money.
//!
//! In: the comparison of an option. Out: its sentences and its line in the table of options. Rounding is here:
//! what would be written as nought is said to be nothing to speak of.

use super::beside::Change;
use super::changes::{NeedChange, RoleChange};
use super::compare::{Comparison, Difference, Shows};
use super::figure::Unit;
use super::harms::{self, harm, help};
use super::money::Money;
use super::say;
use super::settling::Settling;
use crate::stats::interval::FEWEST;

/// The sentences of an option; `headline` is the headline inside a sentence.
pub fn sentences(c: &Comparison, headline: &str, fixed: bool) -> String {
    let mut out = vec![about_headline(c.headline.as_ref(), headline, fixed)];
    out.extend(c.settling.as_ref().map(Settling::sentence));
    out.push(harms::whom(&c.together, &c.needs).unwrap_or_else(|| harm(&c.needs)));
    out.extend(help(&c.needs));
    out.extend(idle(&c.roles));
    out.extend(c.money.as_ref().and_then(cost));
    out.join(" ")
}

/// A new role of which less than this share is used is said to stand idle.
const IDLE: f64 = 0.5;

/// New roles most of whose time nobody uses.
fn idle(roles: &[RoleChange]) -> Option<String> {
    let idle = roles.iter().filter(|role| role.new && role.used < IDLE);
    let each: Vec<String> =
        idle.map(|role| format!("{} of {}", say::percent(role.used), say::inside(&role.role))).collect();
    (!each.is_empty())
        .then(|| format!("Used is only {} of the appointment time that it adds.", say::list(&each)))
}

/// What an option does, as cells of one line: its title (a star where it is still settling in when the period ends),
/// the change of the headline, the needs harmed, and the pounds that it costs, all together and of it the practices (below
/// nought: saves). A dash: no change that can be told.
pub fn brief(c: &Comparison) -> [String; 5] {
    let costs = costs(c.money.as_ref());
    let [all, own] = std::array::from_fn(|of| cell_of(costs[of].as_ref(), c.unpriced));
    [
        starred(&c.option, c.settling.as_ref()),
        c.headline.as_ref().map_or_else(|| "-".into(), change),
        harmed(&c.needs),
        all,
        own,
    ]
}

/// A title, with a star where the option is still settling in when the period ends: what it would bring at full strength is not in
/// the figures.
pub fn starred(title: &str, settling: Option<&Settling>) -> String {
    if settling.is_some_and(Settling::beyond) { format!("{title} *") } else { title.to_owned() }
}

/// What stands where the years are too few to tell anything.
pub const TOO_FEW: &str = "?";

/// How many needs are harmed and how many helped, as a cell: `12 / 3`; a dash where none can be told, and [`TOO_FEW`] where
/// no years could tell any.
pub fn harmed(needs: &[NeedChange]) -> String {
    if !harms::could_be_told(needs) {
        return TOO_FEW.into();
    }
    let cell = |n: usize| if n == 0 { "-".to_owned() } else { n.to_string() };
    match (harms::count(needs), harms::helped(needs)) {
        (0, 0) => "-".into(),
        (harmed, helped) => format!("{} / {}", cell(harmed), cell(helped)),
    }
}

/// Pounds as cells; a dash where no change can be told. `unpriced`: staff that the option changes have no price, which is not to be
/// free.
pub fn cells(pounds: &[Option<String>], unpriced: bool) -> impl Iterator<Item = String> {
    pounds.iter().map(move |pounds| cell_of(pounds.as_ref(), unpriced))
}

fn cell_of(pounds: Option<&String>, unpriced: bool) -> String {
    let none = if unpriced { "no price" } else { "-" };
    pounds.map_or_else(|| none.into(), String::clone)
}

/// The pounds that an option costs, all together and of it the practices; none where no change can be told.
pub fn costs(money: Option<&Money>) -> [Option<String>; 2] {
    let borne = money.and_then(Money::to_practices);
    let [own, all] = [borne.map(|(own, _)| own), borne.map(|(_, all)| all)].map(|c| c.and_then(cell));
    [all.or_else(|| money.and_then(known)), own]
}

/// A change of cost as a cell; none where it cannot be told. What is nought for certain is nought.
fn cell(c: Change) -> Option<String> {
    certain(&c).then(|| if c.mean.abs() < 1.0 { "0".into() } else { say::pounds(c.mean) })
}

/// What is known of the cost where some has no price, as a cell: the whole where that is the same in both, else the least.
fn known(money: &Money) -> Option<String> {
    let known = money.known().filter(|known| money.gap.whole() && known.told && known.mean.abs() >= 1.0);
    // Only where what has no price can but add to it.
    let least = money.known().filter(|_| money.gap.least());
    let least = least.map(|known| if known.mean.abs() >= 1.0 { say::pounds(known.mean) } else { "0".into() });
    known.map(|known| say::pounds(known.mean)).or_else(|| least.map(|pounds| format!("{AT_LEAST}{pounds}")))
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
///
/// As [`fine`] writes it: no digit but nought is left.
fn rounds_to_nought(d: &Difference) -> bool {
    !fine(d.unit, d.paired.mean).contains(|c: char| ('1'..='9').contains(&c))
}

/// The headline in one sentence, by its interval: none told, too small to speak of, rises or falls, or too few
/// years.
fn about_headline(d: Option<&Difference>, headline: &str, fixed: bool) -> String {
    let Some(d) = d else { return format!("no difference in {headline}.") };
    let futures = if fixed { "simulated years" } else { "futures" };
    let better = d.paired.chance_better();
    let worse = (d.paired.n - d.paired.better - d.paired.equal) as f64 / d.paired.n as f64;
    // Two halves are not both rounded up: together they are no more than all.
    let over = (100.0 * better).round() + (100.0 * worse).round() > 100.0;
    let worse = say::percent(if over { ((100.0 * worse).floor() / 100.0).max(0.001) } else { worse });
    let better = say::percent(better);
    // More futures better than worse, or the other way round.
    // Futures better against futures worse.
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
            if (d.verdict() == Shows::Better) == against.is_lt() && against.is_ne() {
                chances += ", so a few of them make the difference";
            }
            // The word says which way, so the interval is turned with it.
            let ends = if up { (i.low, i.high) } else { (-i.high, -i.low) };
            let word = if up { "rises" } else { "falls" };
            let (mean, low, high) = (write(d.paired.mean.abs()), write(ends.0), write(ends.1));
            format!("{headline} {word} by {mean}{unit} ({low} to {high}); {chances}.")
        }
        None if d.paired.equal == d.paired.n => format!("the same {headline} in every year played."),
        None if d.paired.n >= FEWEST => format!(
            "{headline} differs by {}{unit} in every year played, which does not say what a rarer year would do.",
            if d.paired.mean > 0.0 { format!("+{}", write(d.paired.mean)) } else { write(d.paired.mean) }
        ),
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
///
/// Shares in points, without the unit.
pub fn fine(unit: Unit, x: f64) -> String {
    match unit {
        Unit::Share | Unit::Points => say::decimals(100.0 * x, 1),
        Unit::Count | Unit::Pounds if x.abs() >= 99.5 => say::decimals(x, 0),
        Unit::Count => say::decimals(x, 1),
        _ => say::decimals(x, 2),
    }
}

/// `+139 ± 19`: a change and half its 95 % interval.
///
/// The change alone where it has no interval. Both in the unit that is shown.
pub fn with_half(mean: f64, half: f64, places: usize) -> String {
    if half.is_finite() {
        format!("{} ± {}", say::signed(mean, places), say::decimals(half, places))
    } else {
        say::signed(mean, places)
    }
}

/// What it costs: all together, and of it what practices bear where funds pay back.
///
/// None where no cost changes beyond doubt and none is missing. The price of an hour is of the practices' own
/// cost.
pub fn cost(money: &Money) -> Option<String> {
    if money.to_practices().is_none() && !money.gap.whole() {
        return part_of_cost(money);
    }
    let matters = |c: &Change| c.told && c.mean.abs() >= 1.0;
    let (own, all) = money.to_practices().filter(|(own, all)| matters(own) || matters(all))?;
    // Does the whole change, and do funds bear some of it?
    let mut text = match (matters(&all), (own.mean - all.mean).abs() >= 1.0) {
        (true, false) => format!("It {}", dearer(&all)),
        (true, true) => format!("It {}, {}", dearer(&all), borne(&own)),
        (false, _) => format!("It costs no more or less that can be told, {}", borne(&own)),
    };
    if let Some((hour, interval)) = money.gp_hour.filter(|(hour, _)| *hour > 0.0) {
        let (low, high) = say::pounds_between(interval.low, interval.high);
        let hour = say::pounds(hour);
        text += &format!("; a net GP hour released costs practices £{hour} ({low} to {high})");
    }
    Some(text + ".")
}

/// `costs £51,100 more`, `saves £9,000`.
fn dearer(all: &Change) -> String {
    let pounds = say::pounds(all.mean.abs());
    if all.mean > 0.0 { format!("costs £{pounds} more") } else { format!("saves £{pounds}") }
}

/// What practices bear of it: a change that is nought in every year is told as nought.
fn borne(own: &Change) -> String {
    let pounds = say::pounds(own.mean.abs());
    match own {
        own if own.told && own.mean >= 1.0 => format!("£{pounds} of it to practices"),
        own if own.told && own.mean <= -1.0 => {
            format!("£{pounds} less to practices after what funds pay back")
        }
        own if certain(own) => "nothing of it to practices: funds pay it back".into(),
        _ => "of which no cost to practices can be told".into(),
    }
}

/// True where a change is known although it is nought: it is the same in all years, to the pound.
///
/// Half a pound either way is what rounding of sums may leave.
fn certain(c: &Change) -> bool {
    c.told || c.half.abs() < 0.5 && c.mean.abs() < 1.0
}

/// What it costs as far as there are prices, and which are missing.
///
/// A change of what has a price is given its sign; the roles without one are named.
fn part_of_cost(money: &Money) -> Option<String> {
    let change = money.known().map_or(0.0, |known| known.mean);
    let (pounds, missing) = (say::pounds(change.abs()), money.gap.missing());
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
