//! The sentences of a sensitivity analysis, each by a rule on the figures. The first is the answer.
//!
//! In: findings, all but their answer. Out: with an option first whether its decision turns, then what drives
//! each figure, then how much of the spread is not knowing.

use super::card::Condition;
use super::{SensitivityFindings, SubjectFinding, inside_one, titles};
use crate::experiment::sensitivity::drive::Drive;
use crate::findings::called::{Called, Kind};
use crate::findings::compared::line::Line;
use crate::findings::compared::written::Written;
use crate::findings::say;
use crate::quantity::number_text;
use crate::stats::interval::Interval;
use crate::stats::judgement::Judgement;

/// Conditions that are named in the first sentence.
const NAMED: usize = 3;

/// The answer, sentence by sentence.
///
/// Without an uncertain number only the decision and that all is chance are said.
pub fn answer(f: &SensitivityFindings<'_>) -> Vec<String> {
    let mut out = Vec::new();
    out.extend(f.line.as_ref().map(|line| decision(f, line)));
    out.extend(f.settling.as_ref().map(|settling| settling.aside(None)));
    if f.fixed() {
        out.push(all_fixed(f));
        return out;
    }
    for at in 0..f.subjects.len() {
        out.push(match f.subjects[at].mean {
            Some(_) => driver(f, at),
            None => format!(
                "{} has no value in this scenario, so nothing can drive it: `skillmix explain SCENARIO {}` says what it needs.",
                say::capital(&f.subjects[at].words),
                f.figure.shown.measure.name
            ),
        });
    }
    out.extend(f.subjects.first().and_then(|subject| split(subject, most_of(f), between_practices(f))));
    out.extend(taken_as_known(f));
    out
}

/// What the option's own levers assume by one figure: no range says how far it may be off, so it is not tried.
fn taken_as_known(f: &SensitivityFindings<'_>) -> Option<String> {
    let scenario = &f.found.run.scenario;
    let option = scenario.options.get(1)?;
    let of_option = |address: &str| {
        let mut levers = option.model.levers.iter();
        levers.any(|lever| address.starts_with(&format!("lever.{}.change.", lever.name)))
    };
    let fixed = scenario.assumptions.iter().filter(|figure| {
        let unsure = figure.source.is_none() || figure.confidence.as_deref() == Some("assumption");
        figure.range.is_none() && unsure && of_option(&figure.address)
    });
    let named: Vec<String> = fixed
        .map(|figure| {
            let called = Called::new(&figure.address, scenario);
            let share = called.kind == Kind::Share;
            let value = if share { say::percent(figure.mean) } else { number_text(figure.mean) };
            format!("{} {value}", called.words())
        })
        .collect();
    let more = named.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(", and {more} more") } else { String::new() };
    (!named.is_empty()).then(|| {
        format!(
            "Assumed by one figure, so taken as known and not tried: {}{more}. State a range (low, likely, high) to see what hangs on them.",
            say::list(&named.iter().take(NAMED).cloned().collect::<Vec<String>>())
        )
    })
}

/// Every number is fixed.
///
/// Two cases: nothing in the scenario is a range, or nothing that the figure depends on is.
fn all_fixed(f: &SensitivityFindings<'_>) -> String {
    // Ranges there are, but none that this figure depends on.
    if f.found.run.scenario.options.iter().any(|option| !option.model.inputs.is_empty()) {
        return format!(
            "No number that {} depends on is a range, so all the spread in it is chance.",
            say::inside(&f.figure.words)
        );
    }
    format!(
        "Every number of this scenario is fixed, so nothing in it is not known: all the spread in {} is chance. To \
         learn what drives the answer, state ranges (low, likely, high) for the numbers you are not sure of.",
        say::inside(&f.figure.words)
    )
}

/// Whether the option is worth it, and unless what.
///
/// The likeliest conditions of the card are named. It is "unless" where the option is better, "not better where"
/// otherwise.
fn decision(f: &SensitivityFindings<'_>, line: &Line) -> String {
    let written = Written::new(f.figure.shown.measure, line.half_width());
    let option = f.titles.get(1).cloned().unwrap_or_default();
    let what = say::inside(&f.figure.words);
    let size = line.paired.interval.map_or(String::new(), |i| {
        format!(
            " ({}, 95 % interval {} to {})",
            change(line, &written),
            written.end(i.low),
            written.end(i.high)
        )
    });
    // Of all numbers together, the likeliest first.
    let mut conditions: Vec<&Condition> = f.card.iter().flat_map(|line| &line.conditions).collect();
    conditions.sort_by(|a, b| b.chance.total_cmp(&a.chance));
    let named =
        say::list_or(&conditions.iter().take(NAMED).map(|c| c.words.clone()).collect::<Vec<String>>());
    // All of them stand on the card.
    let more = if conditions.len() > NAMED { ", or others of the card" } else { "" };
    let tried = f.card.len();
    let nowhere = match tried {
        1 => "the one number tried is not shown to turn that by itself".to_owned(),
        tried => format!("none of the {} numbers tried is shown to turn that by itself", say::small(tried)),
    };
    let whether = match line.judgement {
        Some(Judgement::Better) => format!("{option} is better than things as they are in {what}{size}"),
        Some(Judgement::Worse) => format!("{option} is worse than things as they are in {what}{size}"),
        Some(Judgement::Same) => {
            return format!("{option} changes nothing in {what}, so there is nothing to turn.");
        }
        Some(Judgement::NoDifferenceThatMatters) => {
            format!("{option} makes no difference that matters to {what}{size}")
        }
        Some(Judgement::CannotTell { .. }) => {
            format!("{option} cannot be told from things as they are in {what} yet{size}")
        }
        None => format!("{option} changes {what}{size}"),
    };
    match (line.judgement, conditions.is_empty()) {
        _ if tried == 0 => format!("{whether}."),
        (_, true) => format!("{whether}, and {nowhere}, from its P1 to its P99."),
        (Some(Judgement::Better), _) => format!("{whether}, unless {named}{more}."),
        (None, _) => format!("{whether}; the sign of that turns where {named}{more}."),
        _ => format!("{whether}; it is not better where {named}{more}, one number at a time."),
    }
}

/// Which way and by how much, in the unit of differences.
fn change(line: &Line, written: &Written) -> String {
    match line.paired.mean {
        x if x > 0.0 => format!("up {}", written.size(x)),
        x if x < 0.0 => format!("down {}", written.size(x)),
        _ => "no change".into(),
    }
}

/// Which number drives a figure, and which to go and measure.
///
/// To measure is advised only of the answer's own figure, and where the share is above nought beyond doubt.
pub fn driver(f: &SensitivityFindings<'_>, at: usize) -> String {
    let subject = &f.subjects[at];
    let drives = &f.found.drives[at];
    let matter: Vec<usize> = subject.order.iter().copied().filter(|i| f.drives(at, *i)).collect();
    let Some((&first, rest)) = matter.split_first() else {
        return unseen(f, at);
    };
    let named = &f.named[first];
    // Only where the share is above nought beyond doubt, and for the figure of the answer.
    let go = match drives[first].share.is_some_and(|share| share.interval.low > 0.0) {
        true if at == 0 && named.index => {
            ": an index of this model that nobody can measure, so try what follows at its lowest and at its highest"
        }
        true if at == 0 => ": that is the number to go and measure",
        _ => "",
    };
    let evidence = &named.evidence;
    let said = format!(
        "{} comes from {} (`{}`, {evidence}){go}",
        share_of(&drives[first], &subject.words),
        named.words,
        f.found.inputs[first].address
    );
    let next: Vec<String> = rest
        .iter()
        .take(NAMED)
        .map(|i| {
            let evidence = if f.named[*i].assumed { ", an assumption" } else { "" };
            format!("{} ({}{evidence})", f.named[*i].words, say::percent(drives[*i].shown_share()))
        })
        .collect();
    let after = if next.is_empty() { String::new() } else { format!("; after it {}", say::list(&next)) };
    // In the order of their shares, so these give less.
    let more = rest.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(", and {more} more that each give less") } else { String::new() };
    format!("{said}{after}{more}.")
}

/// No number is seen to drive a figure by the years' own draws; one that is moved by itself may still move it.
///
/// Luck of the years, and of how practices differ, hides what a paired move shows.
fn unseen(f: &SensitivityFindings<'_>, at: usize) -> String {
    let words = &f.subjects[at].words;
    let all = say::counted(f.named.len() as f64, "uncertain number");
    let Some((bar, moved)) = titles::mover(f, at) else {
        return format!("None of the {all} is shown to move {words}.");
    };
    let half = moved.change.interval.map_or(0.0, |i| i.half_width());
    let measure = f.figure.shown.measure;
    let written = Written::new(measure, half);
    let unit = written.unit(measure);
    let range = moved.change.interval.map_or(String::new(), |i| {
        format!(" (95 % interval {} to {})", written.end(i.low), written.end(i.high))
    });
    let named = &f.named[bar.input];
    format!(
        "By their own draws none of the {all} is shown to drive the spread in {words}; but moved by itself from its P10 to its \
         P90, {} ({}) moves it most: {} {unit}{range}.",
        named.words,
        named.evidence,
        written.signed(moved.change.mean)
    )
}

/// `Half of the spread (95 % interval 41 to 58 %) in …`.
fn share_of(drive: &Drive, what: &str) -> String {
    let Some(share) = drive.share else { return format!("Some of the spread in {what}") };
    let Interval { low, high } = inside_one(share.interval);
    let whole = |share: f64| say::whole(100.0 * share);
    format!(
        "{} of the spread in {what} (95 % interval {} to {} %)",
        fraction(drive.shown_share()),
        whole(low),
        whole(high)
    )
}

/// A share of the whole as people say it.
///
/// Near a quarter, a third and the like their word, else per cent.
pub fn fraction(share: f64) -> String {
    // Bands about each fraction: outside them per cent are said.
    let words = [
        (0.22..0.28, "A quarter"),
        (0.30..0.36, "A third"),
        (0.46..0.54, "Half"),
        (0.64..0.69, "Two thirds"),
        (0.72..0.78, "Three quarters"),
        (0.95..1.01, "Nearly all"),
    ];
    let found = words.iter().find(|(range, _)| range.contains(&share)).map(|(_, word)| (*word).to_owned());
    found.unwrap_or_else(|| say::capital(&say::percent(share)))
}

/// How much of the answer's spread is not knowing.
///
/// None where nothing varies or no second luck was played. `most` is the largest share of one number: where it came out
/// above the share of all together it is said that both are estimates, of which the second bounds the first. `numbers` is what
/// all numbers give one by one, where practices differ in what they are asked for besides: much less than the whole is said.
fn split(subject: &SubjectFinding, most: f64, numbers: Option<f64>) -> Option<String> {
    let (share, interval) = subject.not_knowing?;
    let range = interval.map_or(String::new(), |i| {
        format!(" (95 % interval {} to {} %)", say::whole(100.0 * i.low), say::whole(100.0 * i.high))
    });
    let above = match most > share {
        true => {
            " One number cannot give more than all together: where its share above is larger, both are estimates within their intervals."
        }
        false => "",
    };
    let rest = numbers.filter(|numbers| *numbers < 0.5 * share).map_or(String::new(), |numbers| {
        format!(
            " One by one the numbers give {} of it: what is left lies in numbers together and in how practices differ, \
             such as how much each is asked for (`demand.level_cv`), which each practice can count.",
            say::percent(numbers)
        )
    });
    Some(format!(
        "Of the spread in {} from year to year {}{range} is not knowing: the numbers, and how practices differ and \
         take part; the rest is chance, which no measuring takes away.{above}{rest}",
        subject.words,
        say::percent(share)
    ))
}

/// What all numbers give of the answer's own spread, one by one; none where practices are asked for alike, but for chance.
fn between_practices(f: &SensitivityFindings<'_>) -> Option<f64> {
    let drives = f.found.drives.first()?;
    let model = &f.found.run.scenario.options.first()?.model;
    (model.demand.level_cv.fixed() != Some(0.0)).then(|| drives.iter().map(Drive::shown_share).sum())
}

/// The largest share that one number shown to matter has of the answer's own spread; nought where there is none.
fn most_of(f: &SensitivityFindings<'_>) -> f64 {
    let drives = f.found.drives.first().into_iter().flatten();
    drives.filter(|drive| drive.matters()).map(Drive::shown_share).fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_as_people_say_them() {
        assert_eq!(
            (fraction(0.5), fraction(0.26), fraction(0.4)),
            ("Half".into(), "A quarter".into(), "40 %".into())
        );
        assert_eq!((fraction(1.0), fraction(0.001)), ("Nearly all".into(), "Under 1 %".into()));
    }

    #[test]
    fn one_number_above_all_together_is_explained() {
        let subject = SubjectFinding {
            subject: crate::experiment::sensitivity::Subject::AsNow,
            words: "mean wait as now".into(),
            mean: Some(4.0),
            sd: Some(1.0),
            not_knowing: Some((0.82, Some(Interval { low: 0.78, high: 0.86 }))),
            order: vec![0],
        };
        let said = |most| split(&subject, most, Some(0.7)).unwrap_or_default();
        assert!(said(0.84).contains("both are estimates within their intervals"), "{}", said(0.84));
        assert!(said(0.80).ends_with("which no measuring takes away."), "{}", said(0.80));
        let few = split(&subject, 0.05, Some(0.11)).unwrap_or_default();
        assert!(few.contains("One by one the numbers give 11 % of it"), "{few}");
    }
}
