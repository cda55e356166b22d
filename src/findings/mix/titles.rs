//! Title of the picture of mixes: it states the finding, by the rule that judged the mixes.

use super::MixFindings;
use super::rows::State;
use crate::experiment::mix::Objective;
use crate::findings::say;

/// Cost against access.
pub fn frontier(f: &MixFindings) -> String {
    let Some(best) = f.best.map(|best| &f.rows[best]) else {
        return match f.all(State::Borderline).count() {
            0 => format!("None of {} keeps to what is asked", mixes(f.rows.len())),
            n => format!("None of {} is shown to keep to what is asked; {n} borderline", mixes(f.rows.len())),
        };
    };
    let alike = f.all(State::Alike).count() + f.all(State::Near).count();
    let what = match f.objective {
        Objective::Cost => "cheapest",
        Objective::Unmet => "fewest unmet",
        Objective::Wait => "shortest wait",
    };
    match (alike, f.all(State::Borderline).count()) {
        (0, 0) => format!("{}: {what}, with a chance of error of 1 in 20", f.mix(best)),
        (0, n) => format!("{}: {what} of those that are sure; {n} borderline", f.mix(best)),
        (n, _) => format!("{} are as good: {} and {} more", mixes(n + 1), f.mix(best), say::small(n)),
    }
}

/// `24 mixes`.
pub fn mixes(n: usize) -> String {
    match n {
        1 => "1 mix".into(),
        n => format!("{} mixes", say::whole(n as f64)),
    }
}
