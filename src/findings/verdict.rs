//! The verdict: a few sentences that a planner can read out, each from a rule on the figures.
//!
//! In: facts, all of them found elsewhere. Out: sentences in a fixed order: the target or the headline, where nobody can see
//! the need, a backlog that keeps growing, the other targets, the bottleneck, who gives up, what it rests on, settling in, the next step. Tests turn the facts and look
//! (`verdict_tests`).

use super::access::TargetFinding;
use super::bottleneck::{Bottleneck, OneMoreRoom};
use super::drivers::Drivers;
use super::figure::{Chance, Figure, Standing};
use super::given_up::GivenUp;
use super::headline::Subject;
use super::next::Next;
use super::options::{self, fine};
use super::say;
use super::settling::Settling;
use super::titles::FULL;

/// From so many years on a chance in tenths needs no interval: half of it is at most 7 points.
const MANY: u64 = 200;

/// A need of at least this share of those who give up is named.
const MOST: f64 = 0.5;
/// So many targets besides the one in focus have a line of their own.
const FURTHER: usize = 3;
/// A role that is short by so many times the bottleneck's shortage is named beside it.
const SHORTER: f64 = 1.5;
/// Another role is named from this share of what the bottleneck is short of.
const ALSO: f64 = 0.5;

/// What the verdict looks at.
#[derive(Clone, Debug)]
pub struct Facts<'a> {
    /// Who is spoken of.
    pub subject: &'a Subject,
    /// True where every input is fixed, so that only luck differs between simulated years.
    pub fixed: bool,
    /// Targets; the first is the headline's, or the first of all.
    pub targets: &'a [TargetFinding],
    /// Where nobody can see the need that is spoken of, and why.
    pub nobody: Option<String>,
    /// Waiting and overdue at the beginning and at the end of the median year, where they keep growing.
    pub sinking: Option<(f64, f64)>,
    /// Headline in words, its figure, its worst tenth, and whether more is better.
    pub headline: (&'a str, Figure, f64, bool),
    /// The slowest lever of as-now that is still settling in.
    pub settling: Option<&'a Settling>,
    /// Bottleneck.
    pub bottleneck: &'a Bottleneck,
    /// Sessions of the period that find no room, and the practices short of rooms.
    pub rooms: Option<(f64, String)>,
    /// Titles of roles.
    pub roles: &'a [String],
    /// Roles that are short.
    pub short: &'a [Short],
    /// Given up or turned away.
    pub given_up: GivenUp,
    /// What the headline rests on.
    pub drivers: &'a Drivers,
    /// The step to try next.
    pub next: Option<&'a Next>,
}

/// A role that is short in some months.
#[derive(Clone, Debug)]
pub struct Short {
    /// Role.
    pub role: usize,
    /// Months in words: `from November to February`.
    pub months: String,
    /// Sessions a week short in them.
    pub sessions: Figure,
    /// Share of its appointment time used over the period.
    pub used: f64,
    /// What is missing practice by practice, as a sentence; none where that is little.
    pub missing: Option<String>,
}

/// The sentences, in order.
///
/// The first is the answer; at least two.
pub fn verdict(facts: &Facts<'_>) -> Vec<String> {
    let mut out = Vec::new();
    match facts.targets.first() {
        Some(target) => about_target(facts, target, &mut out),
        None => about_headline(facts, &mut out),
    }
    // Directly behind the answer: no other reason comes near it.
    out.splice(1..1, facts.nobody.clone());
    out.extend(facts.sinking.map(sinks));
    out.extend(further(facts.targets));
    out.push(bottleneck(facts));
    out.extend(given_up(facts));
    out.extend(rests_on(facts));
    out.extend(facts.settling.map(|s| format!("{}: {}", s.lever, say::inside(&s.sentence()))));
    out.extend(facts.next.map(|next| next.why.clone()));
    out
}

/// Whether a target is met.
///
/// Met in at least nine of ten: meets. More often than not, beyond the luck of the run: likely. Less often: does not.
/// Where the interval of the chance holds one half: it cannot be said.
///
/// Where nobody was due nothing is said of being met. With one year there is no middle and no tenth.
fn about_target(facts: &Facts<'_>, target: &TargetFinding, out: &mut Vec<String>) {
    // The sentence is about the need that people have, unless that has several targets.
    let named = match facts.targets.iter().filter(|other| other.need == target.need).count() {
        0 | 1 => format!("{} target", say::inside(&target.need)),
        _ => format!("target {}", target.title),
    };
    let chance = &target.chance;
    let verb = match chance.standing() {
        Some(Standing::Met) => facts.subject.verb("meets", "meet"),
        Some(Standing::Likely) => {
            facts.subject.verb("is more likely than not to meet", "are more likely than not to meet")
        }
        Some(Standing::Unlikely) => facts.subject.verb("does not meet", "do not meet"),
        Some(Standing::Open) => facts.subject.verb("may or may not meet", "may or may not meet"),
        None => {
            out.push(format!("Nobody was due under the {named} in the period."));
            return;
        }
    };
    out.push(format!("{verb} {named}."));
    let said = say::chance(chance.met, chance.of, facts.fixed);
    let sure = give_or_take(chance).map_or(String::new(), |range| format!(" (95 % interval: {range})"));
    let apart = say::nobody_due(chance.without, chance.of + chance.without);
    out.push(format!("The target ({}) was met {said}{sure}{apart}.", target.words));
    if chance.of == 1 {
        let share = say::percent(target.in_time.p50);
        out.push(format!("In the one year simulated {share} are seen in time."));
        return;
    }
    let tenth = if facts.fixed { "worst tenth of years" } else { "worst tenth" };
    // Practices are told by their means: where the two differ, the mean of all stands beside the middle year.
    let apart = (target.in_time.mean - target.in_time.p50).abs() >= 0.015;
    let mean = match apart {
        true => format!(", {} on average", say::percent(target.in_time.mean)),
        false => String::new(),
    };
    out.push(format!(
        "In a middle year {} are seen in time{mean}; in the {tenth} {} or fewer.",
        say::percent(target.in_time.p50),
        say::percent(target.worst_tenth)
    ));
}

/// A line for each further target, those met least often first; how many more there are where they are many.
fn further(targets: &[TargetFinding]) -> Vec<String> {
    let mut others: Vec<&TargetFinding> = targets.iter().skip(1).collect();
    // Where nobody was due there is nothing to miss.
    let share = |target: &TargetFinding| target.chance.share().unwrap_or(f64::INFINITY);
    others.sort_by(|a, b| share(a).total_cmp(&share(b)));
    let line = |target: &&TargetFinding| {
        let chance = &target.chance;
        let word = match chance.standing() {
            None => return format!("Also: {}: nobody was due.", target.title),
            Some(Standing::Met) => "met",
            Some(Standing::Likely) => "more likely met than not",
            Some(Standing::Unlikely) => "not met",
            Some(Standing::Open) => "may or may not be met",
        };
        let years = say::percent(share(target));
        format!("Also: {}: {word} ({years} of years).", target.title)
    };
    let mut lines: Vec<String> = others.iter().take(FURTHER).map(line).collect();
    if others.len() > FURTHER {
        lines.push(format!(
            "Also: {} in the tables.",
            say::counted((others.len() - FURTHER) as f64, "more target")
        ));
    }
    lines
}

/// A backlog that keeps growing.
fn sinks((from, to): (f64, f64)) -> String {
    format!(
        "The backlog keeps growing: in a middle year from about {} to {} waiting and overdue.",
        say::about(from.round()),
        say::about(to.round())
    )
}

/// The interval of a chance from so few years that it must be said.
///
/// None from [`MANY`] years on, and where nothing was counted.
fn give_or_take(chance: &Chance) -> Option<String> {
    let interval = chance.interval().filter(|_| chance.of < MANY)?;
    Some(format!("{:.0} to {:.0} %", 100.0 * interval.low, 100.0 * interval.high))
}

/// The headline where no target is stated: its middle year and its worst tenth.
fn about_headline(facts: &Facts<'_>, out: &mut Vec<String>) {
    let (words, figure, tenth, higher) = &facts.headline;
    if !figure.known() {
        out.push(format!("{}: the headline ({words}) has no value.", facts.subject.name));
        return;
    }
    if figure.n == 1 {
        let (subject, figure) = (&facts.subject.name, figure.unit.say(figure.p50));
        out.push(format!("{subject}: {words}: {figure} in the one year simulated."));
        return;
    }
    // The worst tenth lies below where more is better.
    let side = if *higher { "or less" } else { "or more" };
    out.push(format!(
        "{}: {words}: {} in a middle year; in the worst tenth {} {side}.",
        facts.subject.name,
        figure.unit.say(figure.p50),
        figure.unit.say(*tenth)
    ));
}

/// What holds back: rooms, one role with its months, two roles, or none.
fn bottleneck(facts: &Facts<'_>) -> String {
    let title = |role: usize| say::inside(&say::plural(&facts.roles[role]));
    let names: Vec<String> = facts.bottleneck.roles.iter().map(|r| title(*r)).collect();
    if let (Some(room), Some(short)) = (facts.bottleneck.rooms(), &facts.rooms) {
        return rooms(facts, room, short);
    }
    match facts.bottleneck.roles.as_slice() {
        [] => nobody_stands_out(facts),
        [role] => match facts.short.iter().find(|s| s.role == *role) {
            Some(short) => {
                say::capital(&how_short(&names[0], short)) + &also_short(facts, *role, short.sessions.mean)
            }
            None => {
                let helps = "are the bottleneck: one more whole-time equivalent helps most there.";
                say::capital(&format!("{} {helps}", names[0])) + &also_short(facts, *role, 0.0)
            }
        },
        _ => say::capital(&format!("{} cannot be told apart as the bottleneck.", say::list(&names))),
    }
}

/// One more of no role stands out: because nothing is short, or because it is too little where a role is short by far.
fn nobody_stands_out(facts: &Facts<'_>) -> String {
    let none = "There is no single bottleneck: one more whole-time equivalent of no role stands out";
    let most = facts.short.iter().max_by(|a, b| a.sessions.mean.total_cmp(&b.sessions.mean));
    match most.filter(|short| short.sessions.mean >= 1.0) {
        None => format!("{none}."),
        Some(short) => format!(
            "{none}. {} are short by most: of what is wanted in time about {} a week, {}.",
            say::capital(&say::inside(&say::plural(&facts.roles[short.role]))),
            say::counted(short.sessions.mean.round(), "session"),
            short.months,
        ),
    }
}

/// Rooms hold back: more people would have nowhere to sit.
///
/// The best role stands beside it, so that the room can be weighed against a person.
fn rooms(facts: &Facts<'_>, room: &OneMoreRoom, (sessions, practices): &(f64, String)) -> String {
    let unit = facts.headline.1.unit;
    let gain = |x: f64| format!("{}{}", fine(unit, x), options::unit(unit));
    // Nought at least: a role that does harm is no alternative.
    let people = facts.bottleneck.tried.first().map_or(String::new(), |best| {
        let role = say::inside(&facts.roles[best.role]);
        format!("; one more whole-time {role} helps by {}", gain(best.improvement.max(0.0)))
    });
    let each = if room.practices.len() > 1 { " at each" } else { "" };
    format!(
        "Rooms are the bottleneck: about {} find none at {practices}. One more room{each} helps by {}{people}.",
        say::counted(*sessions, "session"),
        gain(room.improvement),
    )
}

/// Another role that is short, the one short by most; where it is clearly shorter than the bottleneck, that one more of it helps the
/// headline less.
///
/// `own` is what the bottleneck is short of [sessions a week]. At least a session, and half of the bottleneck's own: less is not
/// worth a word beside it.
fn also_short(facts: &Facts<'_>, role: usize, own: f64) -> String {
    let worth = |short: &&Short| short.role != role && short.sessions.mean >= (own * ALSO).max(1.0);
    let most = facts.short.iter().filter(worth).max_by(|a, b| a.sessions.mean.total_cmp(&b.sessions.mean));
    most.map_or(String::new(), |other| {
        let who = say::capital(&say::inside(&say::plural(&facts.roles[other.role])));
        let (sessions, months) = (say::about(other.sessions.mean), &other.months);
        match other.sessions.mean >= SHORTER * own.max(0.5) {
            true => format!(
                " {who} are short by more, about {sessions} sessions a week {months}, but one more of them helps the {} less.",
                if !facts.targets.is_empty() { "target" } else { "headline" },
            ),
            false => format!(" {who} are short too, by about {sessions} sessions a week {months}."),
        }
    })
}

/// Short of what is wanted in time: a role can be short and yet have time to spare, and then the reason is said.
fn how_short(name: &str, short: &Short) -> String {
    let figure = &short.sessions;
    let mut text = format!(
        "{name} are the bottleneck {}: short by about {} sessions a week ({}{}{}) of what is wanted in time.",
        short.months,
        say::about(figure.mean),
        say::about(figure.p5),
        // A minus sign and a dash side by side cannot be read.
        if figure.p5 < 0.0 { " to " } else { "-" },
        say::about(figure.p95)
    );
    if short.used < FULL {
        text += &format!(
            " Still, only {} of their time is used: time to spare at one practice or in one month does not serve another.",
            say::percent(short.used)
        );
    }
    if let Some(missing) = &short.missing {
        text += &format!(" {missing}");
    }
    text
}

/// How many give up, where they go and for what; none below ten requests.
fn given_up(facts: &Facts<'_>) -> Option<String> {
    let GivenUp { all: figure, to_ae: ae, per, most } = &facts.given_up;
    if !figure.known() || figure.mean < 9.5 {
        return None;
    }
    // Fewer than one every other period is not worth a word.
    let to_ae = if *ae >= 0.5 { format!(", about {} to A&E", say::about(ae.round())) } else { String::new() };
    let most = most.as_ref().filter(|(_, mean)| *mean >= MOST * figure.mean).map_or(
        String::new(),
        |(need, mean)| match say::about(mean.round()) {
            all if all == say::about(figure.mean.round()) => {
                format!(", all of them for {}", say::inside(need))
            }
            most => format!("; most of them, about {most}, for {}", say::inside(need)),
        },
    );
    Some(format!("About {} requests {per} are given up{to_ae}{most}.", say::about(figure.mean.round())))
}

/// The strongest inputs; those without evidence first, because they are what a planner can do something about.
fn rests_on(facts: &Facts<'_>) -> Option<String> {
    // Two of either kind at most are named.
    let (bare, sourced): (Vec<_>, Vec<_>) = facts.drivers.strongest.iter().partition(|d| d.source.is_none());
    let names = |of: &[&super::drivers::Driver]| {
        say::list(&of.iter().take(2).map(|d| d.words.clone()).collect::<Vec<_>>())
    };
    match (bare.len().min(2), sourced.len().min(2)) {
        (0, 0) => None,
        (0, _) => Some(format!("This rests most on {}.", names(&sourced))),
        (1, _) => Some(format!("This rests most on one assumption without evidence: {}.", names(&bare))),
        (_, _) => Some(format!("This rests most on two assumptions without evidence: {}.", names(&bare))),
    }
}
