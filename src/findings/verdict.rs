//! The verdict: a few sentences that a planner can read out, each from a rule on the figures.

use super::access::TargetFinding;
use super::bottleneck::Bottleneck;
use super::drivers::Drivers;
use super::figure::Figure;
use super::headline::Subject;
use super::next::Next;
use super::say;
use super::settling::Settling;
use super::titles::FULL;

/// What the verdict looks at.
#[derive(Clone, Debug)]
pub struct Facts<'a> {
    /// Who is spoken of.
    pub subject: &'a Subject,
    /// True where every input is fixed, so that only luck differs between simulated years.
    pub fixed: bool,
    /// The headline's target, or the first.
    pub target: Option<&'a TargetFinding>,
    /// Headline in words, its figure, its worst tenth, and whether more is better.
    pub headline: (&'a str, Figure, f64, bool),
    /// The slowest lever of as-now that is still settling in.
    pub settling: Option<&'a Settling>,
    /// Bottleneck.
    pub bottleneck: &'a Bottleneck,
    /// Titles of roles.
    pub roles: &'a [String],
    /// Roles that are short.
    pub short: &'a [Short],
    /// Given up or turned away, to A&E, and over what: `a year`.
    pub given_up: (Figure, f64, &'static str),
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
}

/// The sentences, in order.
pub fn verdict(facts: &Facts<'_>) -> Vec<String> {
    let mut out = Vec::new();
    match facts.target {
        Some(target) => about_target(facts, target, &mut out),
        None => about_headline(facts, &mut out),
    }
    out.push(bottleneck(facts));
    out.extend(given_up(facts));
    out.extend(rests_on(facts));
    out.extend(facts.settling.map(|s| format!("{}: {}", s.lever, say::inside(&s.sentence()))));
    out.extend(facts.next.map(|next| next.why.clone()));
    out
}

/// Met in at least nine of ten: meets. More often than not: likely. Otherwise: does not.
fn about_target(facts: &Facts<'_>, target: &TargetFinding, out: &mut Vec<String>) {
    let need = say::inside(&target.need);
    let verb = match target.chance.share() {
        Some(s) if s >= 0.9 => facts.subject.verb("meets", "meet"),
        Some(s) if s > 0.5 => {
            facts.subject.verb("is more likely than not to meet", "are more likely than not to meet")
        }
        Some(_) => facts.subject.verb("does not meet", "do not meet"),
        None => {
            out.push(format!("Nobody was due under the {need} target in the period."));
            return;
        }
    };
    out.push(format!("{verb} {need} target."));
    let chance = say::chance(target.chance.met, target.chance.of, facts.fixed);
    out.push(format!("The target ({}) was met {chance}.", target.words));
    let tenth = if facts.fixed { "worst tenth of years" } else { "worst tenth" };
    out.push(format!(
        "In a middle year {} are seen in time; in the {tenth} {} or fewer.",
        say::percent(target.in_time.p50),
        say::percent(target.worst_tenth)
    ));
}

fn about_headline(facts: &Facts<'_>, out: &mut Vec<String>) {
    let (words, figure, tenth, higher) = &facts.headline;
    if !figure.known() {
        out.push(format!("{}: the headline ({words}) has no value.", facts.subject.name));
        return;
    }
    let side = if *higher { "or less" } else { "or more" };
    out.push(format!(
        "{}: {words}: {} in a middle year; in the worst tenth {} {side}.",
        facts.subject.name,
        figure.unit.say(figure.p50),
        figure.unit.say(*tenth)
    ));
}

fn bottleneck(facts: &Facts<'_>) -> String {
    let title = |role: usize| say::inside(&say::plural(&facts.roles[role]));
    let names: Vec<String> = facts.bottleneck.roles.iter().map(|r| title(*r)).collect();
    match facts.bottleneck.roles.as_slice() {
        [] => "There is no single bottleneck: no role stands out when each in turn is given one more whole-time equivalent.".into(),
        [role] => match facts.short.iter().find(|s| s.role == *role) {
            Some(short) => say::capital(&how_short(&names[0], short)),
            None => say::capital(&format!(
                "{} are the bottleneck: one more whole-time equivalent helps most there, though the roster exceeds what is asked of them in a mean week.",
                names[0]
            )),
        },
        _ => say::capital(&format!("{} cannot be told apart as the bottleneck.", say::list(&names))),
    }
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
            " Still, {} of their time is used: time to spare at one practice or in one month does not serve another, and who gives up uses none.",
            say::percent(short.used)
        );
    }
    text
}

fn given_up(facts: &Facts<'_>) -> Option<String> {
    let (figure, ae, per) = &facts.given_up;
    if !figure.known() || figure.mean < 9.5 {
        return None;
    }
    let to_ae = if *ae >= 0.5 { format!(", about {} to A&E", say::about(ae.round())) } else { String::new() };
    Some(format!("About {} requests {per} are given up{to_ae}.", say::about(figure.mean.round())))
}

/// The strongest inputs; those without evidence first, because they are what a planner can do something about.
fn rests_on(facts: &Facts<'_>) -> Option<String> {
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
