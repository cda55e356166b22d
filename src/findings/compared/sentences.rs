//! The sentences of a comparison, each by a rule on the figures. The first is the answer.
//!
//! In: the findings, all but their answer. Out: sentences in the order in which they are read: which is best,
//! each option by itself, then how options of several parts come about. A rule's other side has its own words, so
//! that no sentence stands when the figures turn.

use super::best::Best;
use super::ledger::{LedgerLine, Works};
use super::line::{Line, MOST_YEARS, more_years};
use super::written::Written;
use super::{ComparedFindings, FigureShown, OptionFinding};
use crate::findings::settling::{self, Settling};
use crate::findings::{harms, say};
use crate::stats::judgement::Judgement;

/// The answer, sentence by sentence, and how many sentences at its begin are of all options together.
///
/// A scenario without headline or options has one sentence that says so.
pub fn answer(f: &ComparedFindings) -> (Vec<String>, usize) {
    let Some(headline) = f.headline() else {
        return (vec!["Nothing can be compared: the scenario has no headline.".into()], 1);
    };
    if f.options.is_empty() {
        let none = "There is nothing to compare: the scenario has no option besides things as they are.";
        return (vec![none.into()], 1);
    }
    let mut out = Vec::new();
    if f.options.len() > 1 {
        out.extend(f.best.as_ref().map(|best| best_sentence(best, headline, f)));
        out.extend(
            f.best.as_ref().and_then(|best| without_harm(best, f).or_else(|| harmless_among(best, f))),
        );
    }
    out.extend(unjudged(headline));
    if out.is_empty() && f.options.len() > 1 {
        out.push(none_best(headline, f));
    }
    let of_all = out.len();
    out.extend(f.options.iter().map(|option| whole_sentence(option, headline, f)));
    out.extend(asides(f));
    out.extend(f.options.iter().filter_map(|option| ledger_sentence(option, headline)));
    (out, of_all)
}

/// That the period is one of settling in: a sentence for all options of which the same is to be said, and one for all
/// where that would be more than two.
pub fn asides<'a>(f: &'a ComparedFindings) -> Vec<String> {
    let of = |option: &'a OptionFinding| Some((option.title.clone(), option.settling.as_ref()?));
    let same = |a: &&Settling, b: &&Settling| a.aside(None) == b.aside(None);
    let told = say::together(f.options.iter().filter_map(of), same);
    if told.len() > 2 {
        let each: Vec<String> =
            told.iter().map(|(titles, settling)| settling.brief(&say::list(titles))).collect();
        return vec![format!("{}: {}.", settling::BUILDING_UP, each.join("; "))];
    }
    let several = f.options.len() > 1;
    let whose = |titles: &[String]| several.then(|| say::list(titles));
    told.into_iter().map(|(titles, settling)| settling.aside(whose(&titles).as_deref())).collect()
}

/// Which is best, or who cannot be told apart.
///
/// Three cases: as-now alone, one option alone, several or all. Where one alone is best and harms somebody, that
/// stands in the same sentence.
pub fn best_sentence(best: &Best, headline: &FigureShown, f: &ComparedFindings) -> String {
    let what = &headline.said;
    let all = best.titles.len();
    // Where it cannot be told the reader wants to know after how many.
    let years = say::counted(f.replications as f64, "simulated year");
    let names: Vec<String> = best.may_be.iter().map(|at| best.titles[*at].clone()).collect();
    let said = match names.as_slice() {
        [] => format!("No option can be called best in {what} after {years}."),
        // Things as they are: none of the options is shown to be better.
        [one] if best.may_be == [0] => {
            let none = if all == 2 { "the option is no" } else { "none of the options is" };
            format!("{one} is best in {what}: {none} better{}.", ahead(best, headline))
        }
        [one] => {
            let ahead = ahead(best, headline);
            // Praise without the harm would mislead: who takes from others is called the first, not the best.
            match alone(best, f).and_then(OptionFinding::but) {
                None => format!(
                    "{one} is best in {what}: better than each of the other {}{ahead}.",
                    say::small(all - 1)
                ),
                Some(but) => {
                    format!("{one} does most for {what}{ahead}, but {but}.")
                }
            }
        }
        some if best.alike && some.len() == all => {
            format!("No option changes {what} in any of {years}.")
        }
        // Nothing was told apart at all.
        some if some.len() == all => {
            format!("Which is best in {what} cannot be told after {years}: {} may each be.", say::list(some))
        }
        some => {
            // Things as they are stand first, and are no option.
            let now = !best.may_be.contains(&0);
            let others = match (all - some.len() - usize::from(now), now) {
                (0, _) => format!("{} is no better", say::inside(&best.titles[0])),
                (1, false) => "the other is no better".to_owned(),
                (n, false) => format!("the other {} are no better", say::small(n)),
                (1, true) => format!("the other option and {} are no better", say::inside(&best.titles[0])),
                (n, true) => {
                    let now = say::inside(&best.titles[0]);
                    format!("the other {} options and {now} are no better", say::small(n))
                }
            };
            let some = say::list(some);
            let which = match best.alike {
                true => format!("each of {some}, with the same in every one of {years}"),
                false => format!("one of {some}, which cannot be told apart after {years}"),
            };
            format!("Best in {what} is {which}; {others}.")
        }
    };
    match (best.good_enough, headline.matters) {
        // It cannot be told which is best, but one is near enough whichever it is.
        (Some(at), Some(matters)) if names.len() > 1 && !best.alike => {
            let written = headline.written(matters);
            let least = written.size(-best.stands[at].by.low);
            format!(
                "{said} {} is at most {least} worse than the best, which does not matter.",
                best.titles[at]
            )
        }
        _ => said,
    }
}

/// The option that alone may be the best; none where several may, or things as they are.
pub(super) fn alone<'a>(best: &Best, f: &'a ComparedFindings) -> Option<&'a OptionFinding> {
    match best.may_be[..] {
        [at] => f.options.iter().find(|option| option.name == best.names[at]),
        _ => None,
    }
}

/// Where the one that does most harms a need: who does best without.
fn without_harm(best: &Best, f: &ComparedFindings) -> Option<String> {
    alone(best, f).filter(|option| harms::count(&option.needs) > 0)?;
    Some(best_harmless(f))
}

/// Who does best without harm: of the options that are shown to be better than now and of which no harm can be told, the one with
/// the best mean.
fn best_harmless(f: &ComparedFindings) -> String {
    let harmless = |option: &&OptionFinding| {
        let judged = option.headline().and_then(|line| line.judgement);
        judged == Some(Judgement::Better) && harms::count(&option.needs) == 0
    };
    // The best first, as the table below has them.
    let harmless: Vec<&OptionFinding> = f.best_first().into_iter().filter(harmless).collect();
    match harmless.first() {
        None => "No option is better than now without harm to a need.".into(),
        Some(option) if harmless.len() == 1 => {
            format!("{} alone is better than now without harm to a need that can be told.", option.title)
        }
        Some(option) => format!(
            "Of the {} that are better than now without harm to a need that can be told, {} has the best mean.",
            say::small(harmless.len()),
            option.title
        ),
    }
}

/// Where several may each be best: which of them harm no need.
///
/// None where none of them is shown to harm one. Things as they are may be among them, and are no option.
pub(super) fn harmless_among(best: &Best, f: &ComparedFindings) -> Option<String> {
    let of = |at: &usize| f.options.iter().find(|option| option.name == best.names[*at]);
    let (harmless, harmful): (Vec<&OptionFinding>, Vec<&OptionFinding>) =
        best.may_be.iter().filter_map(of).partition(|option| harms::count(&option.needs) == 0);
    if harmful.is_empty() || best.may_be.len() < 2 {
        return None;
    }
    let titles: Vec<String> = harmless.iter().map(|option| option.title.clone()).collect();
    let these = if best.may_be.contains(&0) { "the options among these" } else { "these" };
    Some(match (titles.as_slice(), harmful.as_slice()) {
        ([], [one]) => format!("{} harms a need. {}", one.title, best_harmless(f)),
        ([], _) => format!("Each of these options harms a need. {}", best_harmless(f)),
        ([one], _) => format!("Of {these} {one} alone harms no need that can be told."),
        (some, _) => format!("Of {these} {} harm no need that can be told.", say::list(some)),
    })
}

/// That no option is called best, and why.
fn none_best(headline: &FigureShown, f: &ComparedFindings) -> String {
    let what = &headline.said;
    if f.options.iter().all(|option| option.headline().is_none()) {
        return format!("{} has no value in any option.", say::capital(what));
    }
    match headline.shown.better() {
        None => format!("Neither more nor less is better in {what}, so no option is called best."),
        Some(_) => {
            let years = say::counted(f.replications as f64, "simulated year");
            format!("No option can be called best in {what} after {years}.")
        }
    }
}

/// By how much the best is ahead of the next: `, ahead of More GPs by 0.3 points (0.1 to 0.5)`.
fn ahead(best: &Best, headline: &FigureShown) -> String {
    let Some((next, gap, interval)) = best.behind else { return String::new() };
    let written = headline.written(interval.map_or(0.0, |i| i.half_width()));
    let range = interval.map_or(String::new(), |i| {
        // Ahead is said as a size, so the interval is turned with it.
        let (low, high) = if gap < 0.0 { (-i.high, -i.low) } else { (i.low, i.high) };
        format!(" ({} to {})", written.signed(low), written.signed(high))
    });
    let matters =
        if interval.is_some_and(|i| headline.within(i)) { ", which is less than what matters" } else { "" };
    format!(", ahead of {} by {}{range}{matters}", best.titles[next], written.size(gap.abs()))
}

/// What one option does: to the headline, whom it harms, what it costs.
fn whole_sentence(option: &OptionFinding, headline: &FigureShown, f: &ComparedFindings) -> String {
    let whom = harms::whom(&option.together, &option.needs);
    let whom = whom.unwrap_or_else(|| harms::harm(&option.needs));
    let mut said = vec![option_sentence(option, headline, f), whom];
    said.extend(option.cost.clone());
    said.join(" ")
}

/// Why no option is called better in GP time wanted, and what is to be asked instead.
fn unjudged(headline: &FigureShown) -> Option<String> {
    (headline.shown.measure.name == "gp_work_hours").then(|| {
        "GP time wanted falls too with everyone who is sent to another role and never seen there, so no option is called \
         better in it: `gp_claimed_hours` counts them as well, and what falls there by redirecting is net GP time released."
            .into()
    })
}

/// What the headline of one option shows.
///
/// Two titles that are alike are not told apart here.
pub fn option_sentence(option: &OptionFinding, headline: &FigureShown, f: &ComparedFindings) -> String {
    // Each judgement has words of its own.
    let title = &option.title;
    let what = &headline.said;
    let Some(line) = option.headline() else {
        return format!("{title}: {what} has no value.");
    };
    let written = headline.written(line.half_width());
    let change = change(line, &written);
    match line.judgement {
        None => format!("{title}: {what} goes {change}."),
        Some(Judgement::Same) => format!("{title} changes nothing: {what} is the same in every year."),
        Some(Judgement::Better) => {
            let chance = say::chance(line.paired.better, line.paired.n, f.fixed);
            format!(
                "{title} is better than things as they are: {what} goes {change}, and is better {chance}."
            )
        }
        Some(Judgement::Worse) => {
            let paired = &line.paired;
            let chance = say::chance(paired.n - paired.better - paired.equal, paired.n, f.fixed);
            format!("{title} is worse than things as they are: {what} goes {change}, and is worse {chance}.")
        }
        Some(Judgement::NoDifferenceThatMatters) => {
            let matters = headline.matters.map_or(String::new(), |width| written.size(width));
            format!("{title} makes no difference that matters (less than {matters}): {what} goes {change}.")
        }
        Some(Judgement::CannotTell { more }) => {
            let more = match more {
                Some(more) if more > MOST_YEARS => {
                    "the difference is too small for simulation to tell".into()
                }
                Some(more) => format!(
                    "{} would tell, if the difference stays as it is",
                    more_years(more, "more simulated year")
                ),
                None if line.paired.n < 2 => "one simulated year does not tell".into(),
                // All alike: luck that comes rarely may not have been met.
                None if line.paired.interval.is_none() => {
                    "the same in every year played, which does not say what a rarer year would do".into()
                }
                None => "no number of simulated years that can be run would tell".into(),
            };
            format!("{title} cannot be told from things as they are yet: {what} goes {change}; {more}.")
        }
    }
}

/// `from 63.1 % to 66.0 %, up 2.9 points (95 % interval 2.3 to 3.5)`.
fn change(line: &Line, written: &Written) -> String {
    let mean = line.paired.mean;
    let by = match mean {
        x if x > 0.0 => format!("up {}", written.size(x)),
        x if x < 0.0 => format!("down {}", written.size(x)),
        _ => "no change".into(),
    };
    let range = line.paired.interval.map_or(String::new(), |i| {
        format!(" (95 % interval {} to {})", written.end(i.low), written.end(i.high))
    });
    format!("from {} to {}, {by}{range}", written.value(line.as_now), written.value(line.option))
}

/// How an option's change comes about, where it is of several parts.
fn ledger_sentence(option: &OptionFinding, headline: &FigureShown) -> Option<String> {
    let line = option.ledger.as_ref()?.lines.iter().find(|line| line.figure == 0)?;
    // All parts are written as finely as the whole is known.
    let half = line.total.interval.map_or(0.0, |interval| interval.half_width());
    let written = headline.written(half);
    let alone: Vec<String> =
        line.entries.iter().map(|e| format!("{} {}", e.title, written.signed(e.alone.mean))).collect();
    let unit = written.unit(headline.shown.measure);
    let together = together(line, option.ledger.as_ref()?.same.as_deref(), &written);
    Some(format!("{} by its parts, each alone [{unit}]: {}; {together}.", option.title, alone.join(", ")))
}

/// What the parts do together.
///
/// The reason is given only where it is known: two parts that take from the same patients and do less together.
fn together(line: &LedgerLine, same: Option<&str>, written: &Written) -> String {
    let interaction = written.signed(line.interaction.mean);
    let whole = written.signed(line.total.mean);
    let why = match (line.works(), same) {
        (Works::Less, Some(same)) => format!(" because they take from the same patients ({same})"),
        (Works::Apart | Works::More | Works::Less, _) => String::new(),
        (Works::Inseparable, _) => {
            ", more than any part does alone, so the parts cannot be judged one by one".to_owned()
        }
    };
    format!("together {interaction} beyond their sum{why}, {whole} in all")
}
