//! Title of the picture of mixes: it states the finding, by the rule that judged the mixes.
//!
//! In: findings. Out: one line, without a full stop.

use super::MixFindings;
use super::rows::State;
use crate::experiment::mix::Objective;
use crate::findings::say;

/// Cost against access.
///
/// The best by name, or how many cannot be told apart from it; then how many are nearly as good and how many are
/// not told.
pub fn frontier(f: &MixFindings) -> String {
    let Some(best) = f.best.map(|best| &f.rows[best]) else {
        return match f.all(State::Borderline).count() {
            0 => format!("None of {} keeps to what is asked", mixes(f.rows.len())),
            n => format!("None of {} is shown to keep to what is asked; {n} borderline", mixes(f.rows.len())),
        };
    };
    // Without the best itself.
    let alike = f.all(State::Alike).count();
    let what = match f.objective {
        Objective::Cost => "the cheapest mix",
        Objective::Unmet => "the fewest unmet requests",
        Objective::Wait => "the shortest mean wait",
    };
    let asked = !f.targets.is_empty() || f.budget.is_some();
    // Only where something is asked can it be shown to keep to it.
    let kept = if asked { " shown to keep to what is asked" } else { "" };
    let of = |state: State, word: &str| match f.all(state).count() {
        0 => String::new(),
        n => format!("; {} {word}", say::small(n)),
    };
    let open = of(State::Near, "nearly as good") + &of(State::Borderline, "borderline");
    match alike {
        0 if asked && f.objective != Objective::Cost => {
            format!("{}: {what} of the mixes shown to keep to what is asked{open}", f.mix(best))
        }
        0 => format!("{}: {what}{kept}{open}", f.mix(best)),
        n => format!(
            "{} mixes cannot be told apart: {} and {} more{open}",
            say::capital(&say::small(n + 1)),
            f.mix(best),
            say::small(n)
        ),
    }
}

/// `24 mixes`.
pub fn mixes(n: usize) -> String {
    match n {
        1 => "1 mix".into(),
        n => format!("{} mixes", say::whole(n as f64)),
    }
}
