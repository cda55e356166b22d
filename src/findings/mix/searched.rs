//! How the best mix was found: how sure that is, what was left out, and what it took.
//!
//! In: findings. Out: the last sentences of the answer, each none where it does not apply.

use super::MixFindings;
use super::rows::State;
use super::sentences::asked;
use super::titles::mixes;
use crate::findings::say;
use crate::findings::sized::sentences::pounds;

/// How sure the answer is.
///
/// Only where there is a best. The chance is of the whole search: it holds for all mixes and looks together.
pub(super) fn error(f: &MixFindings) -> Option<String> {
    // A chance of 0.05 would be said as 1 in 20.
    let one_in = (1.0 / f.error).round();
    f.best.map(|_| {
        let asked = if asked(f).is_empty() { "" } else { "that it keeps to what is asked, and " };
        let rare = |years: usize| format!(" Luck that comes less than once in {years} years may not have been seen.");
        let unseen = f.unseen.map_or(String::new(), rare);
        format!(
            "The chance is at most 1 in {one_in:.0} that this is wrong: {asked}that no mix of the grid but those named as borderline or as good is better by more than what matters.{unseen}"
        )
    })
}

/// That more years could tell more.
///
/// Only where there is a best and the search ended at its limit.
pub(super) fn open(f: &MixFindings) -> Option<String> {
    (f.best.is_some() && !f.settled).then(|| {
        format!(
            "More years could tell more: {} is the most that a mix was given (--replications).",
            say::whole(f.effort.limit as f64)
        )
    })
}

/// Mixes that were never played.
///
/// Only with a budget; that none was excluded is said too.
pub(super) fn excluded(f: &MixFindings) -> Option<String> {
    let budget = f.budget?;
    Some(match f.effort.excluded {
        0 => format!(
            "No mix was over {} a year for certain before its years were simulated; {} by its years.",
            pounds(budget),
            match f.all(State::OverBudget).count() {
                0 => "none".to_owned(),
                n => say::small(n),
            }
        ),
        n => format!(
            "{} {} over {} a year by what is certain of {} cost, and never simulated.",
            say::capital(&mixes(n)),
            if n == 1 { "is" } else { "are" },
            pounds(budget),
            if n == 1 { "its" } else { "their" }
        ),
    })
}

/// What the search took.
///
/// Against a full grid with as many years at every mix as the hardest took.
pub(super) fn effort(f: &MixFindings) -> String {
    let e = &f.effort;
    // Below 1 where dropping out early has saved years.
    let share = if e.full() > 0 { e.searched as f64 / e.full() as f64 } else { 0.0 };
    let full = if e.full() > 0 {
        format!(
            "; as many at every mix as the hardest took ({}) would have been {}, so it took {} of a full grid",
            say::whole(e.most as f64),
            say::whole(e.full() as f64),
            say::percent(share)
        )
    } else {
        String::new()
    };
    format!(
        "Found with {} over {} in {}{full}. {} more were played for the tables.",
        say::counted(e.searched as f64, "simulated year"),
        mixes(e.mixes - e.excluded),
        say::counted(f.rounds.len() as f64, "round"),
        say::whole(e.shown as f64)
    )
}
