//! The pictures of pilots: predicted against observed, and what each design could show.
//!
//! In: findings of the pilots. Out: one picture of all, and `power-NAME` for each whose design is known.

use super::axis::{Scale, TICK, level, upright};
use super::chart::{above, fit, width};
use super::names::name;
use super::scene::{Anchor, BLUE, Colour, GREY, INK, ORANGE, PURPLE, Scene, VERMILLION};
use super::{Plot, PlotFault, plot};
use crate::findings::piloted::verdict::Verdict;
use crate::findings::piloted::{PilotFinding, PilotedFindings, Power, Sides, titles};
use crate::findings::say;
use crate::stats::interval::Interval;

/// Most pilots on a page.
const ROWS: usize = 9;
// Edges of the drawing [units].
const LEFT: f64 = 470.0;
/// Right end of the scale; words stand beyond it [units].
const RIGHT: f64 = 850.0;
/// Left end of the words, and their room [units].
const WORDS: f64 = RIGHT + 30.0;
/// To the edge of the page, less its margin.
const ROOM: f64 = super::scene::WIDTH - WORDS - 40.0;
/// Letters are never smaller than this; what does not fit is cut [units].
const SMALLEST: f64 = 17.0;
/// Upper edge of the rows [units].
const TOP: f64 = 235.0;
/// Lower edge of the rows [units].
const BOTTOM: f64 = 775.0;
/// From the curve of power to the foot [units].
const AXIS: f64 = 84.0;

/// Every picture for which there is something to draw, with the name of its file.
///
/// # Errors
///
/// Where a picture cannot be drawn.
pub fn all(f: &PilotedFindings) -> Result<Vec<(String, Plot)>, PlotFault> {
    let mut plots = Vec::new();
    if let Some(scene) = sides(f) {
        plots.push(("pilots".to_owned(), plot("pilots", scene)?));
    }
    for pilot in &f.pilots {
        if let Some(Ok(known)) = &pilot.power {
            plots.push((format!("power-{}", pilot.name), plot("power", power(pilot, known))?));
        }
    }
    Ok(plots)
}

/// The ends of a row: everything that is drawn in it.
///
/// Nought is always among them.
fn reach(sides: &Sides) -> (f64, f64) {
    let mut ends = vec![0.0, sides.predicted.0, sides.expected.low, sides.expected.high];
    if let Some((effect, interval)) = sides.observed {
        ends.push(effect);
        ends.extend(interval.iter().flat_map(|i| [i.low, i.high]));
    }
    (ends.iter().copied().fold(0.0, f64::min), ends.iter().copied().fold(0.0, f64::max))
}

/// Predicted against observed, a row a pilot, each on its own scale about a common nought.
///
/// None where no pilot has figures, or all of them are nought. Pilots past the page are left out; the tables hold
/// all.
fn sides(f: &PilotedFindings) -> Option<Scene> {
    let rows: Vec<(&PilotFinding, &Sides)> =
        f.pilots.iter().filter_map(|pilot| Some((pilot, pilot.sides.as_ref()?))).take(ROWS).collect();
    // Each row is divided by its own largest end, so that 1 is as far as any row reaches.
    // Never nought, so that a row of noughts has a scale.
    let largest = |sides: &Sides| {
        let (low, high) = reach(sides);
        high.max(-low).max(f64::MIN_POSITIVE)
    };
    let share = |of: &dyn Fn(&Sides) -> f64| rows.iter().map(|(_, s)| of(s) / largest(s)).fold(0.0, f64::max);
    // The common scale runs as far to either side as the row that reaches furthest there.
    let (below, above) = (share(&|s| -reach(s).0), share(&|s| reach(s).1));
    if rows.is_empty() || below + above <= 0.0 {
        return None;
    }
    let room = 0.04 * (below + above);
    let x = Scale { from: -below - room, to: above + room, at_from: LEFT, at_to: RIGHT };
    let subtitle = "What was done less things as they are, in each pilot's own unit and on its own scale. Upright line: no effect.";
    let (bar, observed) = if f.planned() {
        ("Bar", "None of them has been run.")
    } else {
        (
            "Upper bar",
            "Dot: what was observed, with its 95 % interval where there is one. Agrees: predictive p above 0.1 and an expected range without nought or the claim.",
        )
    };
    let note =
        format!("{bar}: what the model expects, and where 95 % of futures lie. {observed} {}.", f.title);
    let mut scene = Scene::new(titles::all(f), subtitle.into(), note);
    let pitch = ((BOTTOM - TOP) / rows.len() as f64).min(130.0);
    let end = TOP + pitch * rows.len() as f64;
    scene.line(vec![(x.at(0.0), TOP - 10.0), (x.at(0.0), end)], INK, 2);
    let letters = letters(&rows, pitch);
    for (at, (pilot, sides)) in rows.iter().enumerate() {
        let y = TOP + pitch * (at as f64 + 0.5);
        row(&mut scene, (pilot, sides), (&x, largest(sides)), (y, pitch, letters));
    }
    Some(scene)
}

/// The colour of a verdict.
fn colour(verdict: Verdict) -> Colour {
    match verdict {
        Verdict::Agrees => BLUE,
        Verdict::Disagrees => VERMILLION,
        Verdict::CouldNotTell(_) => ORANGE,
        Verdict::Planned(_) => PURPLE,
        Verdict::InSample | Verdict::SurveyOnly => GREY,
    }
}

/// The two lines of words of a pilot: verdict, unit, then both effects.
///
/// Digits of the expected effect are its own: it may be known better than the observation.
fn words(pilot: &PilotFinding, sides: &Sides) -> [String; 3] {
    let said = &sides.said;
    let expected =
        format!("{} ({})", sides.foreseen.signed(sides.predicted.0), sides.foreseen.range(sides.expected));
    let seen = match sides.observed {
        Some((effect, Some(i))) => format!("observed {} ({})", said.signed(effect), said.range(i)),
        Some((effect, None)) => format!("observed {} (no interval)", said.signed(effect)),
        None => "not run yet".to_owned(),
    };
    [pilot.verdict.words().to_owned(), format!(" ({})", said.unit), format!("expected {expected}, {seen}")]
}

/// The largest letters in which the words of every row fit beside the scale [units].
fn letters(rows: &[(&PilotFinding, &Sides)], pitch: f64) -> f64 {
    let broadest = |size: f64| {
        let of = |(pilot, sides): &(&PilotFinding, &Sides)| {
            let [verdict, unit, effects] = words(pilot, sides);
            (width(&verdict, size, true) + width(&unit, size, false)).max(width(&effects, size, false))
        };
        rows.iter().map(of).fold(0.0, f64::max)
    };
    let most = TICK.min(0.42 * pitch);
    // Half a size less than what would just fit: widths are not quite in proportion to sizes.
    (most.min(most * ROOM / broadest(most) - 0.5)).max(SMALLEST)
}

/// One pilot: the bar expected above, what was observed below, and two lines of words at the right.
///
/// `largest` is what the row is divided by; `pitch` is the height of the row, `letters` of its words [units].
fn row(
    scene: &mut Scene,
    (pilot, sides): (&PilotFinding, &Sides),
    (x, largest): (&Scale, f64),
    (y, pitch, letters): (f64, f64, f64),
) {
    let size = TICK.min(0.3 * pitch);
    name(scene, &pilot.title, (LEFT - 22.0, y), size, (LEFT - 70.0, pitch));
    // Effects are in the pilot's own unit until here.
    let at = |effect: f64| x.at(effect / largest);
    // What was not observed takes no room.
    let gap = if sides.observed.is_some() { 0.17 * pitch } else { 0.0 };
    let bar = |scene: &mut Scene, i: Interval, y: f64, colour: Colour| {
        scene.line(vec![(at(i.low), y), (at(i.high), y)], colour, 4);
        for end in [i.low, i.high] {
            scene.line(vec![(at(end), y - 8.0), (at(end), y + 8.0)], colour, 3);
        }
    };
    let own = colour(pilot.verdict);
    let half = 0.09 * pitch;
    // The bar of the mean runs from nought, whichever side it is on.
    let (from, to) = (at(0.0).min(at(sides.predicted.0)), at(0.0).max(at(sides.predicted.0)));
    scene.band(
        vec![(from, y - gap - half), (to, y - gap - half)],
        &[(from, y - gap + half), (to, y - gap + half)],
        own,
        0.45,
    );
    bar(scene, sides.expected, y - gap, own);
    if let Some((effect, interval)) = sides.observed {
        if let Some(interval) = interval {
            bar(scene, interval, y + gap, INK);
        }
        scene.dot((at(effect), y + gap), 9.0, INK);
    }
    // Two lines that never touch those of the next row.
    let line = 0.6 * letters;
    let [verdict, unit, effects] = words(pilot, sides);
    let after = WORDS + width(&verdict, letters, true);
    scene.label(verdict, (WORDS, y - line), letters, Anchor::Left, (own, true));
    scene.text(fit(&unit, letters, WORDS + ROOM - after), (after, y - line), letters, Anchor::Left);
    scene.text(fit(&effects, letters, ROOM), (WORDS, y + line), letters, Anchor::Left);
}

/// Which way an effect goes.
fn towards(effect: f64) -> &'static str {
    if effect < 0.0 { "less" } else { "more" }
}

/// Share of simulated pilots that show an effect, by its size.
///
/// Along the sizes that the curve holds, from nought; the chance runs from 0 to 1.
fn power(pilot: &PilotFinding, power: &Power) -> Scene {
    const LEFT: f64 = 170.0;
    const RIGHT: f64 = 1500.0;
    let figures = &power.figures;
    let (practices, controls) = figures.practices;
    let beside = if controls > 0 { format!(" and {controls} controls") } else { String::new() };
    let subtitle = format!(
        "Share of simulated pilots that show the effect, by its size [{}]. {practices} practices{beside}, {} months before, {} after.",
        power.said.unit, figures.months.0, figures.months.1
    );
    let note = format!(
        "Dashed: four of five pilots. Band: 95 % interval over {} simulated pilots, put through the same analysis as the observed months; shown means that the 95 % interval lies on the effect's side of nought, so at nought the curve counts one side alone. Both sides together, {} show an effect where there is none (5 % is promised). {}.",
        figures.pilots,
        say::percent(figures.false_alarms.share),
        pilot.done
    );
    let mut scene = Scene::new(titles::power(pilot, power), subtitle, note);
    let shown = |effect: f64| power.said.shown(effect);
    let reach = figures.curve.iter().map(|point| shown(point.effect)).fold(0.0, f64::max);
    let x = Scale { from: 0.0, to: reach, at_from: LEFT, at_to: RIGHT };
    // Figures and words of the axis stand between the drawing and the foot, however many lines that has.
    let bottom = (BOTTOM - 50.0).min(above(&scene) - AXIS);
    let y = Scale { from: 0.0, to: 1.0, at_from: bottom, at_to: TOP + 20.0 };
    upright(&mut scene, &y, (LEFT, RIGHT), |tick| format!("{} %", say::whole(100.0 * tick)));
    level(&mut scene, &x, (TOP + 20.0, bottom), |tick| {
        crate::quantity::number_text((tick * 1e6).round() / 1e6)
    });
    // Sizes stand without a sign along the axis, so its words say which way they go.
    let along = format!("so much {} [{}]", towards(figures.predicted), power.said.unit);
    scene.text(along, (0.5 * (LEFT + RIGHT), bottom + 58.0), TICK, Anchor::Middle);
    let line = |of: &dyn Fn(&crate::experiment::pilots::power::Point) -> f64| -> Vec<(f64, f64)> {
        figures.curve.iter().map(|point| (x.at(shown(point.effect)), y.at(of(point)))).collect()
    };
    scene.band(line(&|p| p.interval.low), &line(&|p| p.interval.high), BLUE, 0.2);
    scene.line(line(&|p| p.share), BLUE, 4);
    let asked = y.at(crate::experiment::pilots::power::ENOUGH);
    scene.dashed(vec![(LEFT, asked), (RIGHT, asked)], INK, 3);
    let at = x.at(shown(figures.predicted));
    scene.line(vec![(at, y.at(0.0)), (at, y.at(figures.at_predicted.share))], VERMILLION, 3);
    scene.dot((at, y.at(figures.at_predicted.share)), 10.0, VERMILLION);
    // Words that would leave the page stand to the left of the stroke.
    let (side, shift) = if at > 0.6 * RIGHT { (Anchor::Right, 12.0) } else { (Anchor::Left, -12.0) };
    // above the field, where neither curve nor band runs
    let words = format!("what the model expects: {}", power.said.way(figures.predicted));
    let top = TOP + 20.0;
    scene.dashed(vec![(at, y.at(figures.at_predicted.share)), (at, top)], VERMILLION, 1);
    scene.label(words, (at + shift, top - 16.0), TICK, side, (VERMILLION, true));
    scene
}
