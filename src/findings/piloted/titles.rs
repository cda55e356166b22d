//! Titles of the pictures: each states the finding, by the rule of [`super::verdict`].
//!
//! In: findings. Out: one line a picture, without a full stop.

use super::verdict::{Outlook, Verdict, outlook};
use super::{PilotFinding, PilotedFindings, Power};
use crate::findings::say;

/// Predicted against observed.
///
/// Only pilots that can be scored are counted; where none can be, that is the finding.
pub fn all(f: &PilotedFindings) -> String {
    let scored: Vec<&PilotFinding> = f.pilots.iter().filter(|p| p.verdict.scored()).collect();
    let agrees = scored.iter().filter(|p| p.verdict == Verdict::Agrees).count();
    match (scored.len(), agrees) {
        (0, _) if f.planned() => planned(f),
        (0, _) => "No pilot here can be scored for or against the model".into(),
        (1, 1) => format!(
            "The model agrees with the one pilot that can be scored: {}",
            say::inside(&scored[0].title)
        ),
        (1, _) => format!(
            "The model disagrees with the one pilot that can be scored: {}",
            say::inside(&scored[0].title)
        ),
        (n, 0) => format!("The model disagrees with {} pilots that can be scored", every(n)),
        (n, agrees) if n == agrees => format!("The model agrees with {} pilots that can be scored", every(n)),
        (n, agrees) => format!(
            "The model agrees with {} of {} pilots that can be scored",
            say::small(agrees),
            say::small(n)
        ),
    }
}

/// `both`, or `all three`.
fn every(n: usize) -> String {
    if n == 2 { "both".into() } else { format!("all {}", say::small(n)) }
}

/// How many planned pilots would tell.
///
/// To tell is to show what is expected in four of five simulated pilots.
fn planned(f: &PilotedFindings) -> String {
    let tells = f.pilots.iter().filter(|p| p.verdict == Verdict::Planned(Outlook::Tells)).count();
    match (f.pilots.len(), tells) {
        (1, 0) => format!("{}: it cannot be relied on to show what the model expects", f.pilots[0].title),
        (1, _) => format!("{}: large enough to show what the model expects", f.pilots[0].title),
        (n, 0) => format!(
            "None of {} planned pilots can be relied on to show what the model expects",
            say::small(n)
        ),
        (n, tells) => {
            format!(
                "Of {} planned pilots {} would show what the model expects",
                say::small(n),
                say::small(tells)
            )
        }
    }
}

/// The power of one pilot.
///
/// By the same outlook as the verdict on a planned pilot.
pub fn power(pilot: &PilotFinding, power: &Power) -> String {
    let figures = &power.figures;
    let share = say::percent(figures.at_predicted.share);
    match outlook(Some(figures)) {
        Outlook::Tells => {
            format!("{}: large enough, it shows what the model expects in {share}", pilot.title)
        }
        Outlook::MayTell => format!("{}: it may miss what the model expects, shown in {share}", pilot.title),
        Outlook::Unsound => {
            let share = say::percent(figures.false_alarms.share);
            format!("{}: it misleads, {share} show an effect where there is none", pilot.title)
        }
        Outlook::Hopeless | Outlook::Unknown => {
            format!("{}: too small, it shows what the model expects in only {share}", pilot.title)
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn two_are_both() {
        assert_eq!([2, 3].map(super::every), ["both", "all three"]);
    }
}
