//! The pictures of a sensitivity analysis: one number at a time, and what the spread comes from.
//!
//! In: findings of the analysis, with names and evidence of each number. Out: `tornado` and `drivers`, each only
//! where there is something to draw.

use super::axis::{Scale, TICK, level};
use super::names::name;
use super::scene::{Anchor, BLUE, Colour, GREY, INK, ORANGE, Scene, VERMILLION, WHITE};
use super::{Plot, PlotFault, plot};
use crate::experiment::sensitivity::Subject;
use crate::experiment::sensitivity::tornado::{Bar, Move};
use crate::findings::compared::written::Written;
use crate::findings::say;
use crate::findings::sensitivity::{SensitivityFindings, inside_one, titles};

/// Most rows on a page.
const ROWS: usize = 14;
/// Left and right end of the scale, and where figures stand.
const LEFT: f64 = 640.0;
/// Right end of the scale [units].
const RIGHT: f64 = 1280.0;
/// Right end of the written figures [units].
const FIGURES: f64 = 1550.0;
/// Upper edge of the first row [units].
const TOP: f64 = 280.0;
/// Lowest edge that rows may reach [units].
const BOTTOM: f64 = 760.0;

/// Every picture for which there is something to draw.
///
/// # Errors
///
/// Where a picture cannot be drawn.
pub fn all(f: &SensitivityFindings<'_>) -> Result<Vec<Plot>, PlotFault> {
    let scenes = [("tornado", tornado(f)), ("drivers", drivers(f))];
    let drawn = scenes.into_iter().filter_map(|(name, scene)| Some((name, scene?)));
    drawn.map(|(name, scene)| plot(name, scene)).collect()
}

/// The foot of a picture: definitions, scenario, period, run.
///
/// `years` are those behind this picture: a tornado has its own.
fn foot(f: &SensitivityFindings<'_>, definitions: &str, years: usize) -> String {
    let (first, last) = f.period;
    format!(
        "{definitions} {}, {} to {}, {}, seed {}.",
        f.title,
        say::short_date(first),
        say::short_date(last),
        say::counted(years as f64, "simulated year"),
        f.found.run.seed
    )
}

/// The height of a row and the lowest row's lower edge.
///
/// At most 80 units a row, so that few rows do not fill the page; `rows` is above nought.
fn pitch(rows: usize) -> (f64, f64) {
    let pitch = ((BOTTOM - TOP) / rows as f64).min(80.0);
    (pitch, TOP + pitch * rows as f64)
}

/// One number at a time from P10 to P90.
///
/// Of the first subject (the answer's own figure). None without a bar, or where its mean is not known.
fn tornado(f: &SensitivityFindings<'_>) -> Option<Scene> {
    let mut bars = titles::bars(f);
    bars.truncate(ROWS);
    if bars.is_empty() {
        return None;
    }
    let written = f.written();
    let middle = f.middle()?;
    let difference = f.subjects[0].subject == Subject::Difference;
    // A difference is written in the unit of differences (points of a share), a level in the measure's own.
    let unit = if difference { written.unit(f.figure.shown.measure) } else { f.figure.shown.measure.unit };
    let subtitle = format!(
        "{} [{unit}] with one number at a time at its P10 (orange) and its P90 (blue), all others as drawn, on the same luck. Upright line: the mean with all as drawn{}.",
        say::capital(&f.subjects[0].words),
        of_years(f)
    );
    let definitions =
        "At the right: change from P10 to P90 with its 95 % interval. Bold: an assumption without evidence.";
    let mut scene = Scene::new(titles::tornado(f), subtitle, foot(f, definitions, f.found.each));
    let (x, tick) = scale(&bars, middle, &written, difference);
    let (pitch, bottom) = pitch(bars.len());
    level(&mut scene, &x, (TOP - 8.0, bottom), tick);
    scene.line(vec![(x.at(middle), TOP - 8.0), (x.at(middle), bottom)], INK, 3);
    for (row, (bar, moved)) in bars.iter().enumerate() {
        let y = TOP + pitch * (row as f64 + 0.5);
        label(&mut scene, f, bar.input, (y, pitch));
        span(&mut scene, (x.at(moved.at_low), x.at(moved.at_high)), (y, pitch));
        let range = moved
            .change
            .interval
            .map_or(String::new(), |i| format!(" ({} to {})", written.end(i.low), written.end(i.high)));
        let figure = format!("{}{range}", written.signed(moved.change.mean));
        scene.label(figure, (FIGURES, y), 23.0_f64.min(pitch * 0.8), Anchor::Right, (INK, false));
    }
    Some(scene)
}

/// One number: a bar from its P10 to its P90 with a dot at either end, whichever side of the mean these are.
///
/// The dot of P10 is the larger, so that it is seen where both ends fall together.
fn span(scene: &mut Scene, (low, high): (f64, f64), (y, pitch): (f64, f64)) {
    let large = (pitch * 0.24).min(15.0);
    scene.rect(
        [low.min(high), y - 0.4 * large, low.max(high), y + 0.4 * large],
        Colour::between(WHITE, GREY, 0.5),
    );
    scene.dot((low, y), large, ORANGE);
    scene.dot((high, y), 0.66 * large, BLUE);
}

/// Of which years the line is, where the answer is of more years.
fn of_years(f: &SensitivityFindings<'_>) -> String {
    let (each, all) = (f.found.each, f.found.run.replications);
    match each < all {
        true => format!(
            " in these {}; the first sentence of the report is of {}, which may differ",
            say::counted(each as f64, "year"),
            say::whole(all as f64)
        ),
        false => String::new(),
    }
}

/// A scale from the lowest end to the highest, not from nought, and how its figures are written.
///
/// Differences carry a sign, levels do not.
fn scale(
    bars: &[(&Bar, &Move)],
    middle: f64,
    written: &Written,
    difference: bool,
) -> (Scale, impl Fn(f64) -> String) {
    let ends = || bars.iter().flat_map(|(_, m)| [m.at_low, m.at_high]).chain([middle]);
    let (low, high) = (ends().fold(f64::INFINITY, f64::min), ends().fold(f64::NEG_INFINITY, f64::max));
    let room = if high > low { 0.05 * (high - low) } else { (0.1 * high.abs()).max(1e-6) };
    let x = Scale { from: low - room, to: high + room, at_from: LEFT, at_to: RIGHT };
    let written = *written;
    let tick = move |x: f64| if difference { written.tick(x) } else { written.number(x) };
    (x, tick)
}

/// The name of a number, bold where it is an assumption.
///
/// The name may have been broken over lines: every text that it put is made bold.
fn label(scene: &mut Scene, f: &SensitivityFindings<'_>, input: usize, (y, pitch): (f64, f64)) {
    let named = &f.named[input];
    let before = scene.marks.len();
    name(scene, &named.words, (LEFT - 26.0, y), TICK.min(25.0), (LEFT - 86.0, pitch));
    for mark in scene.marks[before..].iter_mut().filter(|_| named.assumed) {
        if let super::scene::Mark::Text(.., bold) = mark {
            *bold = true;
        }
    }
}

/// What the spread comes from, with intervals; total indices beside where there are any.
///
/// The same numbers in the same order as in the report, up to a page. Intervals are cut at 0 and 1, as a share cannot
/// lie outside.
fn drivers(f: &SensitivityFindings<'_>) -> Option<Scene> {
    let (subject, drives) = (f.subjects.first()?, f.found.drives.first()?);
    let mut rows = titles::shown(f, ROWS);
    rows.retain(|at| drives[*at].share.is_some());
    if rows.is_empty() {
        return None;
    }
    let subtitle = format!(
        "Share of the spread in {} that would go if this number were known [%]. Bar: 95 % interval. Coloured: shown to matter (orange-red: an assumption). Grey: not shown.",
        subject.words
    );
    let definitions = "First-order index from the draws of the run. Bold names: assumptions. What the shares leave is chance, numbers working together, and how practices differ and take part.";
    let mut scene = Scene::new(titles::drivers(f), subtitle, foot(f, definitions, f.found.run.replications));
    // At least to 5 %, so that small shares look small.
    let highest =
        rows.iter().filter_map(|at| Some(inside_one(drives[*at].share?.interval).high)).fold(0.05, f64::max);
    let x = Scale::round(0.0, highest, LEFT, RIGHT);
    let (pitch, bottom) = pitch(rows.len());
    level(&mut scene, &x, (TOP - 8.0, bottom), say::percent);
    for (row, at) in rows.iter().enumerate() {
        let y = TOP + pitch * (row as f64 + 0.5);
        let drive = &drives[*at];
        let Some(share) = drive.share else { continue };
        let colour = match (drive.matters(), f.named[*at].assumed) {
            (true, true) => VERMILLION,
            (true, false) => BLUE,
            (false, _) => GREY,
        };
        label(&mut scene, f, *at, (y, pitch));
        let i = inside_one(share.interval);
        scene.rect([x.at(i.low), y - 6.0, x.at(i.high), y + 6.0], Colour::between(WHITE, colour, 0.4));
        scene.dot((x.at(drive.shown_share()), y), 11.0, colour);
        let figure = format!(
            "{} ({} to {})",
            say::percent(drive.shown_share()),
            say::whole(100.0 * i.low),
            say::whole(100.0 * i.high)
        );
        scene.label(figure, (FIGURES, y), 23.0_f64.min(pitch * 0.8), Anchor::Right, (INK, false));
    }
    Some(scene)
}

#[cfg(test)]
mod tests {
    use super::super::scene::Mark;
    use super::*;

    /// P10 and P90 on one side of the mean: both ends are seen, however near they lie to each other.
    #[test]
    fn neither_end_of_a_bar_hides_the_other() {
        for ends in [(700.0, 720.0), (720.0, 700.0), (700.0, 700.0)] {
            let mut scene = Scene::new(String::new(), String::new(), String::new());
            span(&mut scene, ends, (400.0, 80.0));
            let dots: Vec<(f64, f64, Colour)> = scene
                .marks
                .iter()
                .filter_map(|mark| match mark {
                    Mark::Dot(at, radius, colour) => Some((at.0, *radius, *colour)),
                    _ => None,
                })
                .collect();
            let [low, high] = dots[..] else { panic!("two ends: {dots:?}") };
            assert_eq!((low.0, low.2, high.0, high.2), (ends.0, ORANGE, ends.1, BLUE));
            assert!(low.1 > high.1 + 2.0, "the one that is drawn first is the larger: {dots:?}");
            let spans = |mark: &Mark| matches!(mark, Mark::Box([left, _, right, _], _) if *left == ends.0.min(ends.1) && *right == ends.0.max(ends.1));
            assert!(scene.marks.iter().any(spans), "one bar from end to end");
        }
    }
}
