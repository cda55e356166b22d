//! Titles of plots: each states its finding, by a rule that reverses with the figures.
//!
//! In: findings of a run. Out: one line a plot, without a full stop. Every rule has words for each way that the
//! figures may go; tests turn the figures and look (`titles_tests`).

use super::access::{Contacts, NeedWait, OptionChance, SAFE_CONTACTS, TargetFinding};
use super::bank::Bank;
use super::chain::Chain;
use super::figure::{Chance, Unit};
use super::say;
use super::settling::Settling;
use super::weeks::{DemandAndCapacity, Utilisation};
use super::wrong_year::WrongYear;
use crate::model::target::TargetFor;
use crate::outcome::sums::LONGEST_WAIT;

/// Above this share of used minutes a post has no room left for a bad week.
pub const FULL: f64 = 0.95;

/// Demand against capacity: over in how many weeks?
///
/// Weeks of the mean over years: no single year need have them.
pub fn demand(d: &DemandAndCapacity) -> String {
    // None, all, or some.
    let (over, all) = (d.weeks_over(), d.wanted.len());
    let role = match d.together {
        true => format!("Taken together, {}", say::inside(&say::plural(&d.role))),
        false => say::plural(&d.role),
    };
    match over {
        0 => format!("{role} are rostered for more than is asked of them in every week of a mean year"),
        n if n == all => {
            format!("{role} are asked for more than their roster holds in every week of a mean year")
        }
        n => {
            format!("{role} are asked for more than their roster holds in {n} of {all} weeks of a mean year")
        }
    }
}

/// Missing sessions: in which month most, and how many are enough all through the period.
///
/// Of a practice alone and of several together alike.
pub fn shortfall(bank: &Bank) -> String {
    let worst = bank.worst();
    format!(
        "Sessions of {} are missing, most in {}: {} a week on average; {} cover every month of nine years in ten",
        say::inside(&say::plural(&bank.title)),
        bank.month(worst),
        Unit::Count.write(bank.mean[worst]),
        Unit::Count.write(bank.all_through()),
    )
}

/// Utilisation: how many posts are full, and which is fullest.
///
/// Only posts of as-now are counted; those that options add stand below in the picture.
pub fn utilisation(u: &Utilisation) -> String {
    // In whole per cent, as the rows say it.
    let full = u.posts.iter().filter(|p| (100.0 * p.whole).round() >= 100.0 * FULL).count();
    let Some(most) = u.posts.iter().filter(|p| !p.whole.is_nan()).max_by(|a, b| a.whole.total_cmp(&b.whole))
    else {
        return "No post has appointment time".into();
    };
    let fullest = &most.post;
    let all = u.posts.len();
    match full {
        0 => format!(
            "No post uses {} of its time; the fullest is {fullest}, at {}",
            say::percent(FULL),
            say::percent(most.whole)
        ),
        n if n == all => {
            let now = if u.added.is_empty() { "Every post uses" } else { "As now every post uses" };
            format!("{now} {} of its time or more", say::percent(FULL))
        }
        n => format!(
            "{} of {all} posts {} {} of {} time or more; the fullest is {fullest}",
            say::capital(&say::small(n)),
            if n == 1 { "uses" } else { "use" },
            say::percent(FULL),
            if n == 1 { "its" } else { "their" },
        ),
    }
}

/// Waits: which needs miss their target?
///
/// A need misses where fewer are seen in time in a mean year than its target wants.
pub fn waits(needs: &[NeedWait]) -> String {
    // Needs without a target cannot miss one.
    let late: Vec<String> = needs.iter().filter(|w| w.misses()).map(|w| say::inside(&w.need)).collect();
    let with_target = needs.iter().filter(|w| w.target.is_some()).count();
    if !late.is_empty() {
        let target = if late.len() == 1 { "its target" } else { "their targets" };
        return format!("Waits for {} miss {target} in a mean year", say::list(&late));
    }
    let Some(longest) = needs.iter().max_by(|a, b| a.most.total_cmp(&b.most)) else {
        return "Nobody was seen".into();
    };
    // Longer waits are counted as one.
    let days = match longest.most >= LONGEST_WAIT as f64 {
        true => format!("{LONGEST_WAIT} days or more"),
        false => format!("over {} days", say::decimals(longest.most, 0)),
    };
    if with_target > 0 {
        format!(
            "Every target is met in a mean year; the longest waits are for {} (1 in 10 {days})",
            say::inside(&longest.need)
        )
    } else {
        format!("The longest waits are for {}: 1 in 10 wait {days}", say::inside(&longest.need))
    }
}

/// Targets: how many practices are more likely than not to meet the first one, and which option changes that most.
///
/// By the rule of the colours below it: whose interval holds one half is not shown either way, and is counted apart.
pub fn targets(t: &TargetFinding) -> String {
    let all = t.practices.len();
    if t.for_each != TargetFor::EachPractice && all > 1 {
        return of_all(t);
    }
    let now = Shown::of(t.practices.iter().map(|(_, chance, _)| chance));
    let practices = now.words();
    // The option that changes most practices from one side to the other, up or down.
    let with: Vec<Shown> = t.options.iter().map(|option| Shown::of(&option.practices)).collect();
    let change = |with: &Shown| with.likely.abs_diff(now.likely) + with.unlikely.abs_diff(now.unlikely);
    let most = with.iter().copied().max_by_key(|with| (change(with), with.likely));
    let which: Vec<&OptionChance> =
        t.options.iter().zip(&with).filter(|(_, with)| Some(**with) == most).map(|(o, _)| o).collect();
    let option = each_of(&which);
    let target = &t.title;
    match most {
        None => format!("{target}: {practices}"),
        Some(with) if with == now => format!("{target}: as now {practices}, and no option changes that"),
        Some(with) if with.open() > 0 && all > 1 => {
            format!("{target}: as now {practices}; with {option} {}", with.brief())
        }
        Some(with) => format!("{target}: as now {practices}; {} with {option}", with.brief()),
    }
}

/// How many practices are shown to meet a target more often than not, and to miss it more often than not.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Shown {
    likely: usize,
    unlikely: usize,
    all: usize,
}

impl Shown {
    fn of<'a>(chances: impl IntoIterator<Item = &'a Chance>) -> Self {
        let mut shown = Self { likely: 0, unlikely: 0, all: 0 };
        for chance in chances {
            shown.likely += usize::from(chance.likely());
            shown.unlikely += usize::from(chance.unlikely());
            shown.all += 1;
        }
        shown
    }

    /// How many are not shown either way.
    fn open(&self) -> usize {
        self.all - self.likely - self.unlikely
    }

    /// `1 of 6 practices is more likely than not to meet it, 3 are not shown either way`.
    fn words(&self) -> String {
        let practices = match (self.likely, self.all) {
            (0, 1) if self.open() == 1 => {
                "not shown to be met more often than not, nor to be missed".to_owned()
            }
            (0, 1) => "no more likely than not to be met".to_owned(),
            (_, 1) => "more likely than not to be met".to_owned(),
            (0, _) if self.open() > 0 => {
                "no practice is shown to be more likely than not to meet it".to_owned()
            }
            (0, _) => "no practice is more likely than not to meet it".to_owned(),
            (n, all) if n == all => "every practice is more likely than not to meet it".to_owned(),
            (1, all) => format!("1 of {all} practices is more likely than not to meet it"),
            (n, all) => format!("{n} of {all} practices are more likely than not to meet it"),
        };
        match self.open() {
            0 => practices,
            _ if self.all == 1 => practices,
            1 => format!("{practices}, 1 is not shown either way"),
            open => format!("{practices}, {open} are not shown either way"),
        }
    }

    /// The same of an option, behind the words of as now: `2 of 6, 1 not shown either way`.
    fn brief(&self) -> String {
        match (self.likely, self.open(), self.all) {
            (1, _, 1) => "it is".into(),
            (_, 1, 1) => "not shown either way".into(),
            (_, _, 1) => "it is not".into(),
            (n, 0, all) => format!("{n} of {all}"),
            (n, open, all) => format!("{n} of {all}, {open} not shown either way"),
        }
    }
}

/// Options that do alike: one or two by their titles, more by their number.
fn each_of(alike: &[&OptionChance]) -> String {
    match alike {
        [one] => format!("\"{}\"", one.option),
        [a, b] => format!("\"{}\" and with \"{}\"", a.option, b.option),
        _ => format!("each of {} options", say::small(alike.len())),
    }
}

/// The same of a target that is asked of practices together: its chance there, and with the option that changes it most.
fn of_all(t: &TargetFinding) -> String {
    let target = &t.title;
    let Some(now) = t.chance.share() else { return format!("{target}: nobody was due") };
    let change = |o: &&OptionChance| o.chance.share().map_or(0.0, |with| (with - now).abs());
    let who = match t.for_each {
        TargetFor::EachNetwork => "every network meets it",
        _ => "all practices together meet it",
    };
    let met = format!("{target}: {who} in {}", say::percent(now));
    let most = t.options.iter().max_by(|a, b| change(a).total_cmp(&change(b)));
    match most.and_then(|option| option.chance.share()) {
        Some(with) if with != now => {
            let alike: Vec<&OptionChance> =
                t.options.iter().filter(|option| option.chance.share() == Some(with)).collect();
            format!("{met} as now, in {} with {}", say::percent(with), each_of(&alike))
        }
        _ => met,
    }
}

/// The chain: of 100 hours asked for, how many does the option release?
///
/// Both as shares of all GP time asked for, so that an option that releases much of little does not look large.
pub fn chain(c: &Chain) -> String {
    let of_100 = |x: f64| say::decimals(100.0 * x / c.asked.mean, 0);
    let fine = |x: f64| say::decimals(100.0 * x / c.asked.mean, 1);
    let settling = if c.settling.as_ref().is_some_and(Settling::beyond) { " while settling in" } else { "" };
    // Small shares of the whole: the net gets a decimal more.
    let (option, rated) = (&c.option, of_100(c.rated.mean));
    if !c.net.known() {
        format!(
            "{option}: of 100 GP hours asked for, {rated} are rated avoidable; what is released cannot be told, as GP posts change too"
        )
    } else if c.net.mean > 0.0 {
        let net = fine(c.net.mean);
        format!("{option}: of 100 GP hours asked for, {rated} are rated avoidable, {net} released{settling}")
    } else {
        let net = fine(-c.net.mean);
        format!(
            "{option}: of 100 GP hours asked for, {rated} are rated avoidable, yet redirecting costs GPs {net} more than it releases{settling}"
        )
    }
}

/// Contacts a GP a day against the safe number.
///
/// By the mean of each role at each practice.
pub fn contacts(all: &[Contacts]) -> String {
    let over = all.iter().filter(|c| c.a_day.mean > SAFE_CONTACTS).count();
    let safe = say::whole(SAFE_CONTACTS);
    match over {
        0 => format!("Nowhere do GPs see more than {safe} patients on a mean day"),
        n if n == all.len() => format!("Everywhere GPs see more than {safe} patients on a mean day"),
        n => format!(
            "{n} of {} GP teams (a role at a practice) see more than {safe} patients a GP on a mean day",
            all.len()
        ),
    }
}

/// The year that went wrong: what set it apart.
///
/// By the peaks of both years; the bad year of another headline may have a low one. Where the backlog keeps growing even
/// in the median year that is the finding, and no peak.
pub fn wrong_year(w: &WrongYear) -> String {
    let peak = |backlog: &[f64]| backlog.iter().copied().fold(0.0, f64::max);
    let (bad, usual) = (peak(&w.worst.backlog), peak(&w.median.backlog));
    // The month of a peak is what a planner remembers a year by.
    let month = |backlog: &[f64], peak: f64| {
        let at = backlog.iter().position(|b| *b == peak).unwrap_or(0);
        say::MONTHS[w.start.plus(at as i32).month()]
    };
    if let Some((_, to)) = w.median.sinks() {
        let last = w.worst.backlog.last().copied().unwrap_or(0.0);
        let (usual, bad) = (say::about(to), say::about(last));
        let of_bad =
            if usual == bad { " as of a bad one".into() } else { format!(", to {bad} by that of a bad one") };
        return format!("The backlog keeps growing: to {usual} by the end of a middle year{of_bad}");
    }
    if bad > usual {
        format!(
            "In a bad year the backlog reaches {} in {}; in a middle year {} in {}",
            say::about(bad),
            month(&w.worst.backlog, bad),
            say::about(usual),
            month(&w.median.backlog, usual)
        )
    } else {
        format!(
            "The bad year is not one of backlog: it peaks at {}, a middle year at {}",
            say::about(bad),
            say::about(usual)
        )
    }
}
