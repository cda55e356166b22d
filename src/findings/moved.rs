//! Seen at another practice, and drawn in by short waits: how many, as now and with each option.
//!
//! In: outcomes over the same replications. Out: a sentence for each of the two, only where a need states it (`elsewhere`,
//! `latent`), in as-now or in an option.

use super::beside::{Beside, Change};
use super::figure::{Figure, Unit};
use super::options::with_half;
use super::say;
use crate::model::Model;
use crate::model::need::Need;
use crate::outcome::Outcome;
use crate::outcome::columns::{About, Place};
use crate::scenario::OptionModel;

/// One of the two: measure, what it counts, whether a need states it.
struct Kind {
    /// Name of the measure.
    measure: &'static str,
    /// What it counts, at the head of the sentence.
    what: &'static str,
    /// True for a need that states it.
    states: fn(&Need) -> bool,
}

/// The two.
const KINDS: [Kind; 2] = [
    Kind {
        measure: "seen_elsewhere",
        what: "Contacts at another practice than the patient's own",
        states: |need| need.elsewhere.is_some(),
    },
    Kind {
        measure: "latent_requests",
        what: "Requests that presented only because waits were short",
        states: |need| need.latent.is_some(),
    },
];

/// The sentences; none where no need states either.
///
/// In the order of `KINDS`. With a mean change for each option that keeps the figure.
pub fn moved(as_now: (&Model, &Outcome), beside: &[(&OptionModel, &Outcome)], place: Place) -> Vec<String> {
    KINDS.iter().filter_map(|kind| sentence(kind, as_now, beside, place)).collect()
}

/// The sentence on one of the two; none where nobody states it.
fn sentence(
    kind: &Kind,
    as_now: (&Model, &Outcome),
    beside: &[(&OptionModel, &Outcome)],
    place: Place,
) -> Option<String> {
    // Nought of what nobody states is no news.
    let states = |model: &Model| model.needs.iter().any(kind.states);
    if !states(as_now.0) && !beside.iter().any(|(option, _)| states(&option.model)) {
        return None;
    }
    let now = Figure::of_series(as_now.1.series(kind.measure, place, About::All), Unit::Count);
    let mut parts = vec![format!("{} as now (P5-P95 over simulated years)", now.text())];
    for (option, outcome) in beside {
        let both = Beside { as_now, option: (&option.model, *outcome), place };
        let change = both.pairs(kind.measure, About::All).and_then(|pairs| Change::of(&pairs, 1));
        if let Some(change) = change {
            let places = usize::from(change.mean.abs() < 10.0);
            let by = with_half(change.mean, change.half, places);
            parts.push(format!("{by} with {}", say::inside(&option.title)));
        }
    }
    let how =
        if beside.is_empty() { "" } else { " Changes on the same draws: mean ± half its 95 % interval." };
    Some(format!("{}: {}.{how}", kind.what, parts.join("; ")))
}
