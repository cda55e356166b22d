//! The sentences on the analysis of months: what it takes into account, whether both groups went the same way before, and
//! whether months vary as the model's do.
//!
//! In: a layout, its figures, how effects are written. Out: sentences, each by a rule on the figures.

use super::PilotFinding;
use super::said::Said;
use crate::experiment::pilots::Modelled;
use crate::experiment::pilots::layout::{Adjusted, FOR_A_TREND};
use crate::experiment::pilots::power::Power;
use crate::findings::say;
use crate::stats::panel::Estimate;

/// Observed and simulated errors further apart than this are said.
const NOISE: f64 = 1.5;

/// What the analysis of observed months takes into account.
///
/// `before` is the mean before the start, of which a trend of 1 % a year is told. Four ways, from the surest to
/// none (`Adjusted`).
pub(super) fn adjusted(
    adjusted: Adjusted,
    layout: &crate::experiment::pilots::layout::Layout,
    (before, finding): (f64, &PilotFinding),
) -> String {
    let (pilots, controls) = layout.practices();
    let (months_before, months_after) = layout.months();
    let what = format!(
        "{}, {months_before} months before and {months_after} after",
        say::counted(pilots as f64, "practice")
    );
    // What a trend of 1 % a year comes to between the middles of both spans.
    let shift = 0.01 * before.abs() * layout.years_apart();
    let known = finding.sides.as_ref().filter(|_| shift.is_finite());
    let trend = known.map_or(String::new(), |sides| {
        format!(
            " A trend of 1 % a year would look like an effect of {}.",
            sides.said.of_size(shift).size(shift)
        )
    });
    // One control alone has luck that nothing can be held against.
    let all = match controls {
        0 => "What happened to all of them at once counts as effect: there is no control.",
        _ => "The one control is left out: its own luck cannot be told from what happened to all.",
    };
    match adjusted {
        Adjusted::Controls => format!(
            "{what}, against {} in the same months (difference in differences): season, trend and what met all are taken out, if both would have gone the same way.",
            say::counted(controls as f64, "control")
        ),
        Adjusted::SeasonAndTrend => {
            format!("{what}; month of the year and a straight trend are taken out. {all}")
        }
        Adjusted::Season => format!(
            "{what}; the month of the year is taken out. With fewer than {FOR_A_TREND} months before, trend and season cannot both be known, so a trend is not.{trend} {all}"
        ),
        Adjusted::Nothing => format!(
            "{what}: plain after less before. The months after have no like before, so neither season nor trend can be known.{trend} {all}"
        ),
    }
}

/// Whether pilots and controls went the same way before the start, and what that can and cannot show.
///
/// `years` is how far the middle of the months after lies from that of the months before; a drift that goes on
/// that long looks like an effect.
pub(super) fn trends(drift: Estimate, years: f64, said: &Said) -> String {
    let interval = drift.interval(0.95);
    let write = |x: f64| said.of_size(drift.error.max(x.abs())).signed(x);
    let found = format!(
        "Before the start the pilots' trend less that of the controls was {} {} a year (95 % interval {} to {})",
        write(drift.effect),
        said.unit,
        write(interval.low),
        write(interval.high)
    );
    // The end further from nought: the worst that still fits.
    let most = if interval.low.abs() > interval.high.abs() { interval.low } else { interval.high };
    match interval.holds(0.0) {
        true => format!(
            "{found}, so no other trend is shown. That does not show that there is none: {} a year would fit, and had that gone on it would look like an effect of {}.",
            write(most),
            write(most * years)
        ),
        false => format!(
            "Beware: {}. They did not go the same way, so the effect may be that going on: it would look like an effect of {}.",
            found.replacen("Before", "before", 1),
            write(drift.effect * years)
        ),
    }
}

/// A word where observed months vary more or less than the model's, on which the power rests.
///
/// None where they are alike, or either has no error.
pub(super) fn noise(modelled: &Modelled) -> Option<String> {
    let observed = modelled.measured.as_ref()?.estimate.ok()?.error;
    // Above 1: real months are noisier than simulated ones.
    let times = observed / modelled.power.as_ref().ok()?.error;
    let (word, said) = match times {
        x if x > NOISE => ("more", "overstated"),
        x if x < 1.0 / NOISE => ("less", "understated"),
        _ => return None,
    };
    Some(format!(
        "Observed months vary {word} than the model's (its error is {} times theirs), so what it could show is {said}.",
        say::decimals(times, 1)
    ))
}

/// What the analysis of a planned pilot can take into account.
///
/// The same four ways, of a design instead of months.
pub(super) fn design(power: &Power) -> String {
    match power.adjusted {
        Adjusted::Controls => "Analysed against its controls in the same months (difference in differences).".into(),
        Adjusted::SeasonAndTrend => "Analysed with the month of the year and a straight trend taken out; without controls what happens to all at once counts as effect.".into(),
        Adjusted::Season => format!("Analysed with the month of the year taken out. With fewer than {FOR_A_TREND} months before, trend and season cannot both be known."),
        Adjusted::Nothing => "Analysed as plain after less before: neither season nor trend can be known.".into(),
    }
}
