//! Title of the picture of a sweep: it states the finding, by the rule that told the points apart.
//!
//! In: findings. Out: one line, without a full stop. What the first sentence of the answer says against the best point
//! stands in it too: a picture is read alone.

use super::{Spot, SweepFindings, sentences};
use crate::experiment::sweep::points::Design;
use crate::findings::say;
use crate::findings::sized::number;
use crate::outcome::measure::Better;

/// All points: where it is best and what cannot be told from that, with the harm that the best point does.
pub fn sweep(f: &SweepFindings) -> String {
    let judged = f.request.better().is_some_and(|better| better != Better::Neither);
    let Some((best, written)) = sentences::best_of_all(f).filter(|_| judged).zip(sentences::written(f))
    else {
        // The first sentence, without its interval.
        let first = f.answer.first().map_or("", |said| said.trim_end_matches('.'));
        return first.split(" (95 %").next().unwrap_or(first).to_owned();
    };
    let (words, value) = (say::capital(&f.request.headline.words), written.value(best.mean));
    let untold = f.alike.as_ref().map_or(0, |alike| alike.untold.len());
    let others = f.alike.as_ref().map_or(0, |alike| alike.others);
    if let Some((low, high)) = flat(f, best) {
        let at = number(best.values[0]);
        let but = f.but.as_ref().map_or(String::new(), |but| format!("; but at {at} {but}"));
        let along = f.request.called[0].words();
        return format!(
            "{words} is flat at {along} {} to {}, as far as can be told ({value} at {at}){but}",
            number(low),
            number(high)
        );
    }
    let alike = match untold {
        0 => String::new(),
        n => format!(", not told from {} of the other {}", say::small(n), say::small(others)),
    };
    let but = f.but.as_ref().map_or(String::new(), |but| format!("; but there {but}"));
    format!("{words} is best at {}: {value}{alike}{but}", sentences::place(best, f))
}

/// The ends of the stretch of one number in which no point is told from the best; none where there is no such stretch.
///
/// All points that are not told from the best must be in it, and none that is told: else a stretch would say too much.
fn flat(f: &SweepFindings, best: &Spot) -> Option<(f64, f64)> {
    let untold = &f.alike.as_ref()?.untold;
    // What the best point's option does not read is flat whatever it is.
    let one =
        f.request.design == Design::Grid && f.request.vary.len() == 1 && sentences::reads(f, &best.option, 0);
    if !one || untold.is_empty() || untold.iter().any(|(_, option)| *option != best.option) {
        return None;
    }
    let in_it =
        |spot: &Spot| spot.point == best.point || untold.iter().any(|(point, _)| *point == spot.point);
    let own: Vec<&Spot> = f.headline().filter(|spot| spot.option == best.option).collect();
    let ends = own.iter().filter(|spot| in_it(spot)).map(|spot| spot.values[0]);
    let (low, high) = ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), x| (a.min(x), b.max(x)));
    let whole = own.iter().all(|spot| in_it(spot) || spot.values[0] < low || spot.values[0] > high);
    whole.then_some((low, high))
}
