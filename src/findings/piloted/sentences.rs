//! What a report of pilots says in words.
//!
//! In: findings without their sentences, and what was tried. Out: the answer, the sentence of each pilot, its
//! notes, what its design could show. Every verdict has its own words, so that nothing stands when a verdict
//! turns.

use super::analysis::{adjusted, design, noise, trends};
use super::period::settling;
use super::planned;
use super::said::Said;
use super::verdict::{AGREE, Outlook, Verdict, Why, outlook, unsound};
use super::{PilotFinding, Sides, without_error};
use crate::experiment::pilots::layout::Adjusted;
use crate::experiment::pilots::power::Power;
use crate::experiment::pilots::{Modelled, NoPower, Tried};
use crate::findings::say;
use crate::scenario::pilots::{Answer, Per};

/// The answer: how many pilots say what of the model, then the pilots one by one.
///
/// Of several pilots that can be scored it says how many would disagree by luck under a right model.
pub fn answer(pilots: &[PilotFinding]) -> Vec<String> {
    let first = match pilots {
        [one] => one.sentence.clone(),
        _ => counted(pilots),
    };
    let mut out = vec![first];
    // The rule lets one in ten disagree under a right model.
    let scored = pilots.iter().filter(|p| p.verdict.scored()).count();
    if pilots.len() > 1 {
        out.extend(pilots.iter().map(|pilot| format!("{}: {}", pilot.title, pilot.sentence)));
    }
    if scored > 1 {
        out.push(format!(
            "Were the model right in everything, one in ten of the {} pilots that can be scored would disagree by luck.",
            say::small(scored)
        ));
    }
    out
}

/// `Of seven pilots the model agrees with one and disagrees with one; …`
///
/// Planned pilots alone are counted by what they would come to.
fn counted(pilots: &[PilotFinding]) -> String {
    let count = |of: &dyn Fn(Verdict) -> bool| pilots.iter().filter(|p| of(p.verdict)).count();
    let agrees = count(&|v| v == Verdict::Agrees);
    let disagrees = count(&|v| v == Verdict::Disagrees);
    let number = |n: usize| if n == 0 { "none".to_owned() } else { say::small(n) };
    if pilots.iter().all(|pilot| matches!(pilot.verdict, Verdict::Planned(_))) {
        return planned::counted(pilots.len(), &|outlook| count(&|v| v == Verdict::Planned(outlook)));
    }
    // Those that count neither for nor against the model.
    let mut rest = Vec::new();
    for (n, words) in [
        (count(&|v| matches!(v, Verdict::CouldNotTell(_))), "could not tell"),
        (count(&|v| v == Verdict::InSample), "set numbers of the model, so not scored"),
        (count(&|v| matches!(v, Verdict::Planned(_))), "planned"),
        (count(&|v| v == Verdict::SurveyOnly), "by survey only, outside what the model predicts"),
    ] {
        if n > 0 {
            rest.push(format!("{} {words}", say::small(n)));
        }
    }
    let rest = if rest.is_empty() { String::new() } else { format!(" The others: {}.", rest.join("; ")) };
    format!(
        "Of {} pilots the model agrees with {} and disagrees with {}.{rest}",
        say::small(pilots.len()),
        number(agrees),
        number(disagrees)
    )
}

/// The finding of one pilot.
///
/// Begins with the verdict. Where the model disagrees and the file says why, that follows.
pub fn sentence(finding: &PilotFinding, tried: &Tried) -> String {
    let Some(sides) = &finding.sides else { return survey_only(finding, tried) };
    // What was hoped for may be what could have gone against the model.
    let claim = tried.pilot.claim;
    match finding.verdict {
        Verdict::SurveyOnly => survey_only(finding, tried),
        Verdict::Planned(outlook) => planned::sentence(finding, sides, outlook),
        Verdict::Agrees => format!("The model agrees. {}", both(sides)),
        Verdict::Disagrees => {
            // the first sentence of what is said of the model; all of it stands in the full report
            // As the file has it.
            let why = finding.evidence.model.split_inclusive(". ").next().unwrap_or_default().trim_end();
            let why = if why.is_empty() { String::new() } else { format!(" {why}") };
            format!("The model disagrees. {}{why}", both(sides))
        }
        Verdict::InSample => format!("Not scored: it set {} itself. {}", set(finding), both(sides)),
        Verdict::CouldNotTell(Why::NoError(why)) => {
            format!("This pilot could not tell: {}. {}", without_error(why), both(sides))
        }
        Verdict::CouldNotTell(Why::Unsound) => format!(
            "This pilot could not tell: a design like this shows an effect too often where there is none. {}",
            both(sides)
        ),
        Verdict::CouldNotTell(Why::TooWide) => {
            let claimed = claim.map_or(String::new(), |claim| {
                format!(" and the {} that was claimed", sides.said.way(claim))
            });
            format!(
                "This pilot could not tell: {} would have been no surprise, nor would no effect at all{claimed}. {}",
                sides.said.range(sides.check.interval),
                both(sides)
            )
        }
    }
}

/// How many figures a pilot set.
fn set(finding: &PilotFinding) -> String {
    match finding.in_sample.len() {
        1 => "one of the numbers".into(),
        n => format!("{} of the numbers", say::small(n)),
    }
}

/// What was expected and what was seen.
///
/// In the unit of the pilot, with the simulated period; a p only where the observation has an error.
pub(super) fn both(sides: &Sides) -> String {
    let said = &sides.said;
    let (mean, _) = sides.predicted;
    // Measure, unit and period first: a number without them says nothing.
    let mut text = format!(
        "{} ({}; {}): expected {} ({})",
        say::capital(&sides.measure),
        said.unit,
        sides.period.words(),
        sides.foreseen.signed(mean),
        sides.foreseen.range(sides.expected)
    );
    if let Some((effect, interval)) = sides.observed {
        let range = interval.map_or("no interval".into(), |i| said.range(i));
        text += &format!(", observed {} ({range})", said.signed(effect));
    }
    if let Some(p) = sides.check.p.filter(|_| sides.observed.is_some_and(|(_, i)| i.is_some())) {
        text += &format!("; predictive p {}", p_text(p));
    }
    text + "."
}

/// A p-value: two decimals, never nought.
///
/// Three decimals below 0.095, where they count.
pub fn p_text(p: f64) -> String {
    match p {
        p if p < 0.001 => "below 0.001".into(),
        p if p < 0.095 => format!("{p:.3}"),
        p => format!("{p:.2}"),
    }
}

/// Why a pilot is not scored where the model says nothing of it.
fn survey_only(finding: &PilotFinding, tried: &Tried) -> String {
    if tried.pilot.simulated.is_some() && finding.survey.is_empty() {
        return "Not scored: what was done has no value of the measure in any simulated year.".into();
    }
    let said = finding.survey.join(" ");
    format!("Not scored: a survey of feeling, uncontrolled and outside what the model predicts. {said}")
}

/// An answer to a survey, as reported.
///
/// Reported only: no answer to a survey is compared with the model.
pub fn answered(answer: &Answer) -> String {
    // A share of an unknown number weighs little: that it is unknown is said.
    let asked = match answer.asked {
        Some(n) => format!("{} asked", say::whole(n as f64)),
        None => "those who answered (how many is not reported)".into(),
    };
    let source = answer.source.as_ref().map_or(String::new(), |source| format!(" [{source}]"));
    format!("{} of {asked} {}{source}.", say::percent(answer.share), answer.said)
}

/// What a design can show.
///
/// The smallest effect shown in four of five pilots, the chance at what is expected and at what is hoped for, and
/// false alarms.
pub fn power(power: &Power, said: &Said, modelled: &Modelled) -> Vec<String> {
    let (pilots, controls) = power.practices;
    let beside = if controls > 0 {
        format!(" and {}", say::counted(controls as f64, "control"))
    } else {
        String::new()
    };
    let (before, after) = power.months;
    let mut out = vec![format!(
        "A pilot of {}{beside}, {before} months before and {after} after, shows {} {} or more in four of five pilots; the model expects {}, which it shows in {} ({} to {}).",
        say::counted(pilots as f64, "practice"),
        said.size(power.detectable),
        said.unit,
        said.signed(power.predicted),
        say::percent(power.at_predicted.share),
        say::percent(power.at_predicted.interval.low),
        say::percent(power.at_predicted.interval.high)
    )];
    if outlook(Some(power)) == Outlook::Hopeless {
        out.push(planned::larger(power));
    }
    if let Some(hoped) = power.at_claim {
        let against =
            if hoped.effect * power.predicted < 0.0 { " The model expects the opposite." } else { "" };
        out.push(format!(
            "Were the effect what is hoped for, {}, it would show it in {} ({} to {}).{against}",
            said.signed(hoped.effect),
            say::percent(hoped.share),
            say::percent(hoped.interval.low),
            say::percent(hoped.interval.high)
        ));
    }
    // Power means nothing where effects are shown without any.
    let alarms = power.false_alarms;
    if unsound(power) {
        let way = if power.adjusted == Adjusted::Controls { "" } else { " Controls would take that out." };
        out.push(format!(
            "Beware: {} of simulated pilots in which nothing was done show an effect (5 % is promised), because what happens to all practices at once, or a trend, counts as effect.{way}",
            say::percent(alarms.share)
        ));
    } else {
        out.push(format!(
            "Without any effect {} of {} simulated pilots show one, on either side of nought (5 % is promised).",
            say::percent(alarms.share),
            say::whole(power.pilots as f64)
        ));
    }
    if modelled.units.shown.measure.name == "gp_work_hours" {
        out.push("Months hold GP time that joins queues; supervision is left out.".into());
    }
    out
}

/// What else has to be said of a pilot.
///
/// On the analysis of months or of the design, then on sites, wte, warnings and not knowing; each only where it
/// applies.
pub fn notes(finding: &PilotFinding, tried: &Tried) -> Vec<String> {
    let mut out = Vec::new();
    if let Some(modelled) = &tried.model {
        if let Some(months) = modelled.measured.as_ref().and_then(|m| m.months.as_ref()) {
            out.push(adjusted(months.layout.adjusted(), &months.layout, (months.before, finding)));
            let sides = finding.sides.as_ref();
            out.extend(
                months
                    .drift
                    .zip(sides)
                    .map(|(drift, sides)| trends(drift, months.layout.years_apart(), &sides.said)),
            );
            out.extend(months.notes.iter().cloned());
            out.extend(simulated_months(finding, tried, months.layout.months().1));
            out.extend(noise(modelled));
        } else if let Ok(power) = &modelled.power {
            out.push(design(power));
            out.extend(simulated_months(finding, tried, power.months.1));
        }
        if let Err(why) = modelled.power {
            out.push(without_power(why, modelled));
        }
        if let Some((low, high)) = modelled.measured.as_ref().and_then(|m| m.sites)
            && let Some(sides) = &finding.sides
        {
            out.push(format!(
                "Sites, or judgement, ran from {} to {}: a range, no interval of confidence.",
                sides.said.signed(low),
                sides.said.signed(high)
            ));
        }
        if modelled.units.per == Per::WteWeek {
            out.push(format!("The option adds {} WTE.", say::decimals(modelled.units.wte, 1)));
        }
    }
    // They are of the scenario's own file.
    let warnings = tried.pilot.simulated.as_ref().map_or(0, |s| s.scenario.warnings.faults().count());
    if warnings > 0 {
        let warnings = say::counted(warnings as f64, "warning");
        out.push(format!("Its scenario has {warnings}: `skillmix check` shows what."));
    }
    if let Some(share) = finding.sides.as_ref().and_then(|sides| sides.not_knowing) {
        out.push(format!(
            "Of the spread of what is expected {} is not knowing; the rest is chance.",
            say::percent(share)
        ));
    }
    out
}

/// Where the simulated period is not that of the pilot's months after, what that leaves out; and whether settling in is
/// part of it, where that matters.
fn simulated_months(finding: &PilotFinding, tried: &Tried, months_after: usize) -> Vec<String> {
    let (Some(sides), Some(simulated)) = (&finding.sides, &tried.pilot.simulated) else { return Vec::new() };
    let apart = sides.period.beside(months_after);
    // Said where the months differ, or nothing was observed yet.
    let settles = (apart.is_some() || sides.observed.is_none()).then(|| settling(simulated));
    apart.into_iter().chain(settles).collect()
}

/// Why it is not known what a pilot could show.
fn without_power(why: NoPower, modelled: &Modelled) -> String {
    match why {
        NoPower::NoDesign => "What it could have shown is not known: its months before and after, and practices, are not stated (`design`).".into(),
        NoPower::NoMonths => format!(
            "What it could show is not simulated: the model does not keep {} by practice and month.",
            modelled.units.shown.measure.name
        ),
        NoPower::NoEstimate => "It can show nothing by itself: with fewer than two practices, or nothing before or after, luck cannot be told from an effect.".into(),
    }
}

/// What is asked of a predictive p-value; of planned pilots, what is asked of their power.
///
/// Stated above the table, before anything is seen.
pub fn rule(planned: bool) -> String {
    if planned {
        return "Would tell: the effect that the model expects is shown in four of five simulated pilots. Not worth running: shown more rarely than not, or effects are shown where there are none.".into();
    }
    format!(
        "Agrees: predictive p above {AGREE} and an expected range that leaves out nought or the claim. Disagrees: p of {AGREE} or less. Else it could not tell."
    )
}
