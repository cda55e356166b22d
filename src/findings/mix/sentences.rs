//! The sentences of the best mix, each by a rule on the figures. The first is the answer.
//!
//! In: findings, all but their answer. Out: sentences. `none` has those where no mix will do, `searched` those on
//! the search itself. Figures of the tables of `report::mix` are written by the same functions, so that text and
//! table agree.

use super::none::{below_now, cheapest, missed, spent_now, unsure, which};
use super::rows::{Row, Seen, State};
use super::searched::{effort, error, excluded, open};
use super::titles::mixes;
use super::{MixFindings, Varied};
use crate::experiment::mix::{Figure, Objective};
use crate::findings::compared::written::Written;
use crate::findings::receivers::left_out;
use crate::findings::say;
use crate::findings::sized::amount;
use crate::findings::sized::figures::percent;
use crate::findings::sized::rows::Known;
use crate::findings::sized::sentences::pounds;
use crate::outcome::measure::by_name;
use crate::stats::interval::Interval;

/// Most mixes that are named in a sentence.
const NAMED: usize = 3;

/// The answer, sentence by sentence.
///
/// The answer first; then harm, how flat it is, what is borderline, where the grid ends; last what the search
/// took.
pub fn answer(f: &MixFindings) -> Vec<String> {
    let mut said = vec![f.advised.with_harm(&first(f))];
    said.extend(f.settling.as_ref().map(|settling| settling.aside(None)));
    match f.best {
        Some(best) => {
            said.extend(f.advised.said.iter().cloned());
            said.push(flat(f, &f.rows[best]));
            said.extend(
                [borderline(f), edge(f, &f.rows[best]), beside(f), of_those_seen(f)].into_iter().flatten(),
            );
        }
        None => {
            said.extend([below_now(f), missed(f), cheapest(f), which(f), unsure(f)].into_iter().flatten());
            said.extend(f.closest.first().and_then(|at| edge(f, &f.rows[*at])));
        }
    }
    said.extend(f.further.iter().cloned());
    said.extend([idle(f), left_out(&f.left_out)].into_iter().flatten());
    said.extend([error(f), open(f), excluded(f)].into_iter().flatten());
    said.push(effort(f));
    said
}

/// The answer in one sentence.
///
/// Without a best it says whether mixes are left of which it is not told.
fn first(f: &MixFindings) -> String {
    let option = f.option.as_ref().map_or(String::new(), |title| format!(" (with the option \"{title}\")"));
    let Some(best) = f.best.map(|best| &f.rows[best]) else {
        let sure = if f.all(State::Borderline).count() > 0 { "is shown to keep" } else { "keeps" };
        return format!("None of the {}{option} {sure} to what is asked: {}.", mixes(f.rows.len()), asked(f));
    };
    // What was made small.
    let what = match f.objective {
        Objective::Cost => "The cheapest mix",
        Objective::Unmet => "The mix with the fewest unmet requests",
        Objective::Wait => "The mix with the shortest mean wait",
    };
    let shown = if asked(f).is_empty() { String::new() } else { format!(" shown to keep to {}", asked(f)) };
    let held: Vec<String> = (0..f.targets.len()).map(|target| held(f, &best.seen, target)).collect();
    let held = if held.is_empty() { String::new() } else { format!("; {}", say::list(&held)) };
    format!("{what}{shown}{option} is {}: {}{held}.", f.mix(best), figures(f, &best.seen))
}

/// What is asked, in words: `"Seen in 14 days" in 80 % of years and £1,200,000 a year`.
///
/// Empty where neither target nor budget is asked for.
pub(super) fn asked(f: &MixFindings) -> String {
    let place =
        if f.place.is_empty() || f.targets.is_empty() { String::new() } else { format!(" for {}", f.place) };
    let mut parts: Vec<String> = f.targets.iter().map(|target| format!("\"{}\"", target.title)).collect();
    // Place and chance are the same for all targets, so they are said once.
    if let Some(last) = parts.last_mut() {
        *last += &format!("{place} with a chance of {}", percent(f.chance));
    }
    parts.extend(f.budget.map(|budget| format!("a budget of {} a year", pounds(budget))));
    say::list(&parts)
}

/// The figures of a mix: cost where it is known, and what is minimised.
fn figures(f: &MixFindings, seen: &Seen) -> String {
    let mut parts = Vec::new();
    if let Some(cost) = seen.cost {
        parts.push(format!(
            "{} a year to the practices{}",
            pounds(cost.mean),
            between(cost.interval, pounds)
        ));
    }
    match (f.objective, seen.known(f.objective.access())) {
        (Objective::Wait, Some(wait)) => parts.push(format!("a mean wait of {}", value(f, wait))),
        (_, Some(unmet)) => parts.push(format!("{} unmet requests {}", value(f, unmet), f.over())),
        (_, None) => {}
    }
    say::list(&parts)
}

/// An access figure with its interval.
fn value(f: &MixFindings, known: Known) -> String {
    let written = access(f, known.interval);
    format!("{}{}", written.value(known.mean), between(known.interval, |x| written.number(x)))
}

/// How access is written.
///
/// `interval` decides the digits.
pub fn access(f: &MixFindings, interval: Option<Interval>) -> Written {
    Written::new(f.access(), interval.map_or(0.0, |i| i.half_width()))
}

/// The objective more than the best's: `+12,300 (10,000 to 14,600)`.
///
/// The ends are left out where they are written alike. Pounds where costs are made small, else the unit of
/// access.
pub fn behind(f: &MixFindings, known: Known) -> String {
    let written = access(f, known.interval);
    let write = |x: f64| match f.objective {
        Objective::Cost => say::whole(x),
        _ => written.number(x),
    };
    let ends = known.interval.filter(|i| write(i.low) != write(i.high));
    let sign = if known.mean > 0.0 { "+" } else { "" };
    format!("{sign}{}{}", write(known.mean), between(ends, write))
}

/// ` (90 to 120)`; nothing without an interval.
fn between(interval: Option<Interval>, write: impl Fn(f64) -> String) -> String {
    interval.map_or(String::new(), |i| format!(" ({} to {})", write(i.low), write(i.high)))
}

/// `"Seen in time" holds in 93 % of simulated years (85 to 98)`.
fn held(f: &MixFindings, seen: &Seen, target: usize) -> String {
    let of = say::futures(f.fixed);
    match f.targets.len() {
        1 => format!("the target holds in {} of {of}", holds(seen, target)),
        _ => format!("\"{}\" holds in {}", f.targets[target].title, holds(seen, target)),
    }
}

/// `93.1 % (85.0 to 98.2)`.
///
/// A dash where the target has no value in any year. At least half a per cent counts as half an interval, so that
/// certain shares keep few digits.
pub fn holds(seen: &Seen, target: usize) -> String {
    let target = &seen.targets[target];
    let Some(chance) = target.chance else { return "-".into() };
    // The digits follow the interval by which it was judged.
    let half = target.interval.map_or(0.01, |i| i.half_width()).max(0.005);
    let written = Written::new(by_name("target_met").unwrap_or(&crate::outcome::measure::MEASURES[0]), half);
    format!("{}{}", written.value(chance), between(target.interval, |x| written.number(x)))
}

/// How many are as good.
///
/// Those that cannot be told apart, then those worse by less than matters; that it stands alone is said too.
fn flat(f: &MixFindings, best: &Row) -> String {
    let alike: Vec<&Row> = f.all(State::Alike).collect();
    let near: Vec<&Row> = f.all(State::Near).collect();
    let small = match f.objective {
        Objective::Cost => pounds(f.small),
        Objective::Unmet => {
            format!("{} unmet requests", Written::new(f.access(), f.small).number(f.small))
        }
        Objective::Wait => Written::new(f.access(), f.small).size(f.small),
    };
    if alike.is_empty() && near.is_empty() {
        let close = if f.small > 0.0 { format!("comes within {small} of it") } else { "is as good".into() };
        return format!("It stands alone: no other mix that is shown to keep to what is asked {close}.");
    }
    let mut said = Vec::new();
    if !alike.is_empty() {
        let n = say::capital(&say::small(alike.len() + 1));
        let one = if alike.len() == 1 { "the one" } else { "those" };
        said.push(format!("{n} mixes cannot be told apart: it and {one} {}.", named(f, best, &alike)));
    }
    if !near.is_empty() {
        let (n, one) = (say::capital(&say::small(near.len())), near.len() == 1);
        let more = match (f.objective, one) {
            (Objective::Cost, true) => "costs more, but by",
            (Objective::Cost, false) => "cost more, but by",
            (_, true) => "is worse, but by",
            (_, false) => "are worse, but by",
        };
        let verb = if one { "is" } else { "are" };
        said.push(format!(
            "{n} {more} no more than {small}, and {verb} not shown to miss what is asked: {} {}.",
            if one { "the one" } else { "those" },
            named(f, best, &near)
        ));
    }
    format!("It is flat near the best. {}", said.join(" "))
}

/// Mixes by what they have other than the best, the first few: `with nurse, Mill Lane 2 WTE; with …`.
fn named(f: &MixFindings, best: &Row, rows: &[&Row]) -> String {
    let with = |row: &&Row| format!("with {}", f.mix_beside(row, best));
    let mut names: Vec<String> = rows.iter().take(NAMED).map(with).collect();
    if rows.len() > NAMED {
        names.push(format!("{} more", say::small(rows.len() - NAMED)));
    }
    names.join("; ")
}

/// Mixes that would be better if they keep to what is asked, which is not told.
///
/// At most three by name, with what is known of each.
fn borderline(f: &MixFindings) -> Option<String> {
    let rows: Vec<&Row> = f.all(State::Borderline).collect();
    let named = |row: &&Row| format!("{} ({})", f.mix(row), doubt(f, row));
    let mut names: Vec<String> = rows.iter().take(NAMED).map(named).collect();
    if rows.len() > NAMED {
        names.push(format!("{} more", say::small(rows.len() - NAMED)));
    }
    let what = if f.objective == Objective::Cost { "cheaper" } else { "as good or better" };
    (!rows.is_empty()).then(|| {
        format!(
            "Borderline, {what} but not told whether they keep to what is asked: {}. Their intervals hold for all mixes and looks together, so they are wide; more years (--replications) narrow them.",
            names.join("; ")
        )
    })
}

/// What is known of a borderline mix: `£560,000; holds in 79 % (76 to 81)`.
pub(super) fn doubt(f: &MixFindings, row: &Row) -> String {
    let mut parts: Vec<String> = row.seen.cost.map(|cost| pounds(cost.mean)).into_iter().collect();
    let several = f.targets.len() > 1;
    parts.extend(f.targets.iter().enumerate().map(|(at, target)| match several {
        true => format!("\"{}\" holds in {}", target.title, holds(&row.seen, at)),
        false => format!("holds in {}", holds(&row.seen, at)),
    }));
    parts.join("; ")
}

/// Numbers at an end of their range.
///
/// Only where a value beyond the edge exists, and the number makes a difference at all.
fn edge(f: &MixFindings, row: &Row) -> Option<String> {
    let at = |(varied, value): (&Varied, &f64)| {
        let name = |what: &str, word: &str| {
            format!(
                "{} is at the {what} that was tried ({}): {word}",
                varied.what,
                amount(&varied.unit, *value)
            )
        };
        let near = |end: f64| (value - end).abs() < 1e-9;
        if varied.idle {
            None
        } else if near(varied.high) && varied.beyond[1] {
            Some(name("most", "widen it upwards"))
        } else if near(varied.low) && varied.beyond[0] {
            // Nobody fewer of one post brings all staff below a budget that is less than what is spent now.
            spent_now(f).is_none().then(|| name("least", "widen it downwards"))
        } else {
            None
        }
    };
    let edges: Vec<String> = f.varied.iter().zip(&row.values).filter_map(at).collect();
    let what = if f.best.is_some() { "best" } else { "closest" };
    (!edges.is_empty()).then(|| {
        format!(
            "The {what} lies at the edge of the grid, so a better one may lie beyond: {}.",
            edges.join("; ")
        )
    })
}

/// Numbers that make no difference.
///
/// In the years simulated: a rarer year may tell otherwise.
fn idle(f: &MixFindings) -> Option<String> {
    let idle = f.varied.iter().filter(|varied| varied.idle);
    let names: Vec<String> = idle.map(|varied| say::inside(&varied.what)).collect();
    let verb = if names.len() == 1 { "makes" } else { "make" };
    let rest = match (f.all_idle(), f.objective) {
        (true, Objective::Cost) => "so the best is only the cheapest of the grid",
        (true, _) => "so all mixes are the same in it, and the best is only the first of them",
        (false, _) => "so look at the other numbers",
    };
    (!names.is_empty()).then(|| {
        let (names, asked) = (say::capital(&say::list(&names)), "in any year simulated");
        format!("{names} {verb} no difference to what is asked {asked}, {rest}.")
    })
}

/// The best beside things as they are.
///
/// On the same years, so luck that both meet falls out.
fn beside(f: &MixFindings) -> Option<String> {
    let [cost, access] = f.beside?;
    let mut parts = Vec::new();
    let written = |known: Known| self::access(f, known.interval);
    parts.extend(
        cost.map(|cost| change(cost, ["costs", "more a year", "less a year", "costs as much"], &pounds)),
    );
    parts.extend(access.map(|known| match f.objective {
        Objective::Wait => {
            let words = ["has a mean wait", "longer", "shorter", "has the same mean wait"];
            change(known, words, &|x| written(known).size(x))
        }
        _ => {
            let words = ["leaves", "more unmet", "fewer unmet", "leaves as many unmet"];
            format!("{} {}", change(known, words, &|x| written(known).number(x)), f.over())
        }
    }));
    let now: Vec<String> = (0..f.targets.len()).map(|target| held(f, &f.as_now, target)).collect();
    let now = if now.is_empty() { String::new() } else { format!(" There, {}.", say::list(&now)) };
    let judged: Vec<&str> = (0..f.targets.len()).map(|target| judged_now(f, target)).collect();
    let judged = match &judged[..] {
        [] => String::new(),
        judged if judged.windows(2).all(|pair| pair[0] == pair[1]) => {
            format!(" By the rule that judges the mixes that is {}.", judged[0])
        }
        judged => format!(" By the rule that judges the mixes that is, in turn, {}.", judged.join(", ")),
    };
    let told = format!("Beside things as they are it {}.{now}{judged}", say::list(&parts));
    // The grid may hold things as they are, and then the search has judged them among all its mixes.
    Some(match f.now_at().map(|at| f.rows[at].state) {
        Some(State::Best) => {
            "That is the staffing as it is now: nothing of the grid is shown to be better.".into()
        }
        Some(State::Alike | State::Near) => format!(
            "The staffing as it is now is one of those as good or nearly so, so nothing here shows that a change helps by what matters. {told} Those intervals are of that one pair of mixes; the search allows for having looked at all."
        ),
        _ => told,
    })
}

/// Whether things as they are keep to a target, by the interval that judges the mixes.
pub fn judged_now(f: &MixFindings, target: usize) -> &'static str {
    match f.as_now.targets[target].interval {
        Some(ends) if ends.low >= f.chance => "kept",
        Some(ends) if ends.high < f.chance => "missed",
        _ => "not told",
    }
}

/// A change in words: `costs £5,000 more a year (£4,000 to £6,000)`; whether it is told from none.
fn change(known: Known, [verb, up, down, same]: [&str; 4], write: &dyn Fn(f64) -> String) -> String {
    let Interval { low, high } = known.interval.unwrap_or(Interval { low: known.mean, high: known.mean });
    let (size, way) = (write(known.mean.abs()), if known.mean < 0.0 { down } else { up });
    match known.mean < 0.0 {
        _ if known.mean == 0.0 => same.to_owned(),
        _ if low <= 0.0 && high >= 0.0 => format!("{verb} {size} {way} (not told from none)"),
        _ if low >= high => format!("{verb} {size} {way}"),
        true => format!("{verb} {size} {way} ({} to {})", write(-high), write(-low)),
        false => format!("{verb} {size} {way} ({} to {})", write(low), write(high)),
    }
}

/// What a wait is of.
///
/// Only where the wait is made small: who gives up has none.
fn of_those_seen(f: &MixFindings) -> Option<String> {
    let unmet = f.rows[f.best?].seen.unmet.filter(|_| f.objective == Objective::Wait)?;
    let written = Written::new(by_name("unmet")?, unmet.interval.map_or(0.0, |i| i.half_width()));
    // Where fewer give up than now the wait is not short for want of them.
    let more = f.as_now.unmet.is_none_or(|now| unmet.mean > now.mean);
    Some(format!(
        "A wait is of those who were seen{}: at the best {} requests are unmet {} ({} as things are).",
        if more { ", so who gives up shortens it" } else { ", and no more give up than now" },
        written.number(unmet.mean),
        f.over(),
        f.as_now.unmet.map_or("-".into(), |known| written.number(known.mean))
    ))
}

/// A row's state in a planner's words.
///
/// The words of the tables; `State::word` has those for programs.
pub fn shows(f: &MixFindings, row: &Row) -> String {
    let now = f.now_at().is_some_and(|at| f.rows[at].values == row.values);
    let state: String = match row.state {
        State::Best => "best".into(),
        State::Alike => "as good".into(),
        State::Near => "nearly as good".into(),
        State::Borderline => "borderline".into(),
        State::Worse => if f.objective == Objective::Cost { "dearer" } else { "worse" }.into(),
        State::Fails(_) => "misses".into(),
        State::OverBudget | State::Excluded => "over budget".into(),
    };
    if now { format!("{state}, as now") } else { state }
}

/// How access is named in a heading.
pub fn access_heading(f: &MixFindings) -> String {
    if f.objective.access() == Figure::Wait { "Mean wait".into() } else { format!("Unmet {}", f.over()) }
}
