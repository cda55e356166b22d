//! The picture of sizing: chance against size, with intervals, the level asked for, and where the answer lies.
//!
//! In: findings of a sizing. Out: one picture with a curve for each way of sharing, or none where fewer than two
//! sizes lie in view.

use super::axis::{Scale, TICK, level, upright};
use super::chart::above;
use super::scene::{Anchor, BLUE, Colour, GREY, INK, ORANGE, PURPLE, Scene, VERMILLION, WHITE};
use super::{Plot, PlotFault, plot};
use crate::experiment::size::knob::Unit;
use crate::findings::say;
use crate::findings::sized::rows::Row;
use crate::findings::sized::shows::Shows;
use crate::findings::sized::{SizedFindings, WaySized, figures, number, titles};
use crate::stats::sequential::Stands;

// Edges of the drawing [units].
const LEFT: f64 = 170.0;
/// Right edge [units].
const RIGHT: f64 = 1500.0;
/// Upper edge: a chance of 1 [units].
const TOP: f64 = 255.0;
/// Lowest edge, a chance of nought: axis and foot stand below, and a foot of many lines raises it [units].
const BOTTOM: f64 = 735.0;
/// From the lower edge to the foot: figures and title of the axis stand between [units].
const AXIS: f64 = 84.0;
/// Sizes further from the answer than this many steps are left out.
const STEPS: f64 = 10.0;
/// Units between the curves of two ways of sharing.
const SIDE: f64 = 12.0;
/// By how much the dots of requests unmet stand beside those seen in time [units].
const BESIDE: f64 = 13.0;
/// Sizes that were only passed by.
const PALE: Colour = Colour(176, 176, 176);
/// Colours of the ways of sharing.
const WAYS: [Colour; 3] = [BLUE, VERMILLION, PURPLE];

/// Every picture.
///
/// # Errors
///
/// Where the picture cannot be drawn.
pub fn all(f: &SizedFindings) -> Result<Vec<Plot>, PlotFault> {
    scene(f).into_iter().map(|scene| plot("size", scene)).collect()
}

/// Sizes from and to which the picture runs.
///
/// All sizes tried, or no more than [`STEPS`] steps beyond the answers; none where they would be one and the
/// same.
fn ends(f: &SizedFindings) -> Option<(f64, f64)> {
    let rows = || f.ways.iter().flat_map(|way| &way.rows);
    let answers = || f.ways.iter().filter_map(WaySized::enough).map(|row| row.size);
    let lowest = rows().map(|row| row.size).fold(f64::INFINITY, f64::min);
    let highest = rows().map(|row| row.size).fold(0.0, f64::max);
    let (first, last) = (answers().fold(f64::INFINITY, f64::min), answers().fold(0.0, f64::max));
    // Without an answer all sizes tried are shown.
    let (low, high) = match first.is_finite() {
        true => (lowest.max(first - STEPS * f.step), highest.min(last + STEPS * f.step)),
        false => (lowest, highest),
    };
    (low < high).then_some((low, high))
}

/// Lowest and highest figure of the upright axis: none and all; against things as they are what the sizes in view reach,
/// and nought.
fn heights(f: &SizedFindings, (low, high): (f64, f64)) -> (f64, f64) {
    if f.goal.now.is_none() {
        return (0.0, 1.0);
    }
    let rows = f.ways.iter().flat_map(|way| &way.rows).filter(|row| row.size >= low && row.size <= high);
    let known = rows.flat_map(|row| {
        let fewer = row.fewer_unmet.map(|fewer| fewer.mean);
        [row.mean, row.interval.map(|i| i.low), row.interval.map(|i| i.high), fewer].into_iter().flatten()
    });
    let (least, most) = known.fold((0.0_f64, 0.0_f64), |(least, most), x| (least.min(x), most.max(x)));
    // A tenth of a point at least, so that no luck looks like much.
    let room = (0.08 * (most - least)).max(0.001);
    (least - room, most + room)
}

/// The one picture.
fn scene(f: &SizedFindings) -> Option<Scene> {
    let (low, high) = ends(f)?;
    let room = 0.04 * (high - low);
    let x = Scale { from: low - room, to: high + room, at_from: LEFT, at_to: RIGHT };
    let what = match (f.goal.chance, f.goal.now) {
        (true, _) => "Chance that the target holds".to_owned(),
        (false, None) => "Mean share seen in time".to_owned(),
        (false, Some(now)) => format!(
            "Points better (up) or worse than now, seen in time (now {}; line and dots) and unmet (now {}; purple)",
            say::percent(now.in_time),
            say::percent(now.unmet)
        ),
    };
    let place = if f.goal.place.is_empty() { String::new() } else { format!(", {}", f.goal.place) };
    let line = if f.goal.now.is_some() { "Heavy line: as now;" } else { "Dashed:" };
    let subtitle =
        format!("{what} (\"{}\"{place}) against size. {line} {}.", f.goal.target, figures::asked(f));
    let mut scene = Scene::new(titles::curve(f), subtitle, foot(f));
    let bottom = BOTTOM.min(above(&scene) - AXIS);
    let (from, to) = heights(f, (low, high));
    let y = Scale { from, to, at_from: bottom, at_to: TOP };
    upright(&mut scene, &y, (LEFT, RIGHT), |tick| match f.goal.now {
        Some(_) => format!("{}{}", if tick > 0.0 { "+" } else { "" }, number(100.0 * tick)),
        None => format!("{} %", say::whole(100.0 * tick)),
    });
    level(&mut scene, &x, (TOP, bottom), number);
    scene.text(unit(f), ((LEFT + RIGHT) / 2.0, bottom + 58.0), TICK, Anchor::Middle);
    // Against things as they are it would lie under the line of nought.
    if f.goal.now.is_none() {
        let asked = y.at(f.goal.level);
        scene.dashed(vec![(LEFT, asked), (RIGHT, asked)], INK, 3);
    }
    for (at, way) in f.ways.iter().enumerate() {
        let rows: Vec<&Row> = way.rows.iter().filter(|row| row.size >= low && row.size <= high).collect();
        let own = (f.ways.len() > 1).then(|| WAYS[at % WAYS.len()]);
        // Ways that come to the same lie side by side.
        let aside = SIDE * (at as f64 - 0.5 * (f.ways.len() - 1) as f64);
        let x = Scale { at_from: x.at_from + aside, at_to: x.at_to + aside, ..x };
        fewer_unmet(&mut scene, &rows, (&x, &y));
        curve(&mut scene, &rows, (&x, &y), own);
        if let (Some(colour), Some(sharing)) = (own, &way.sharing) {
            let left = LEFT + 30.0 + 220.0 * at as f64;
            scene.dot((left, TOP - 28.0), 9.0, colour);
            scene.label(say::capital(sharing), (left + 20.0, TOP - 28.0), TICK, Anchor::Left, (colour, true));
        }
        name(&mut scene, f, (at, way), (&x, &y));
    }
    Some(scene)
}

/// How many fewer requests go unmet than now, where that is asked for, with their intervals; sizes that were only passed by are
/// pale and off the curve.
fn fewer_unmet(scene: &mut Scene, rows: &[&Row], (x, y): (&Scale, &Scale)) {
    let mut points = Vec::new();
    for row in rows {
        let Some(fewer) = row.fewer_unmet else { continue };
        let passed_by = row.shows == Shows::PassedBy;
        let colour = if passed_by { Colour::between(WHITE, PURPLE, 0.4) } else { PURPLE };
        // A little to the right of the share seen in time, whose stroke would hide its own.
        let at = x.at(row.size) + BESIDE;
        if let Some(i) = fewer.interval {
            scene.line(vec![(at, y.at(i.low.max(y.from))), (at, y.at(i.high.min(y.to)))], colour, 3);
        }
        scene.dot((at, y.at(fewer.mean)), 7.0, colour);
        if !passed_by {
            points.push((at, y.at(fewer.mean)));
        }
    }
    scene.line(points, PURPLE, 2);
}

/// The sizes of one way of sharing. A size that the search only passed by, with so few years that nothing is told of it, is
/// pale and off the curve.
///
/// `own` is the colour of a way of sharing; `None` where there is one way: then colours tell how a size stands.
fn curve(scene: &mut Scene, rows: &[&Row], (x, y): (&Scale, &Scale), own: Option<Colour>) {
    let passed_by = |row: &Row| row.shows == Shows::PassedBy;
    let known = rows.iter().filter(|row| !passed_by(row));
    let points = known.filter_map(|row| Some((x.at(row.size), y.at(row.mean?)))).collect();
    scene.line(points, own.unwrap_or(GREY), 2);
    for row in rows {
        let Some(mean) = row.mean else { continue };
        let colour = match (own, row.stands) {
            (Some(own), _) if passed_by(row) => Colour::between(WHITE, own, 0.4),
            (None, _) if passed_by(row) => PALE,
            (Some(own), _) => own,
            (None, Stands::Above) => BLUE,
            (None, Stands::Below) => VERMILLION,
            (None, Stands::Near | Stands::Open) => ORANGE,
        };
        let at = x.at(row.size);
        // An interval that holds whenever one stops may reach past 0 and 1.
        if let Some(i) = row.interval {
            let (low, high) = (y.at(i.low.max(y.from)), y.at(i.high.min(y.to)));
            scene.line(vec![(at, low), (at, high)], colour, 4);
            for end in [low, high] {
                scene.line(vec![(at - 9.0, end), (at + 9.0, end)], colour, 3);
            }
        }
        scene.dot((at, y.at(mean)), 10.0, colour);
    }
}

/// The size that is enough, named at its place on the curve.
///
/// Nothing where no size is enough. Names of several ways stand one above the other, by `number`.
fn name(scene: &mut Scene, f: &SizedFindings, (number, way): (usize, &WaySized), (x, y): (&Scale, &Scale)) {
    let Some(row) = way.enough() else { return };
    let at = x.at(row.size);
    scene.line(vec![(at, y.at(y.from)), (at, y.at(row.mean.unwrap_or(y.from)))], INK, 2);
    let sharing = way.sharing.as_ref().map_or(String::new(), |sharing| format!("{sharing}: "));
    let words = format!("{sharing}{}", f.size(row.size));
    let (side, shift) = if at > 0.5 * (LEFT + RIGHT) { (Anchor::Right, -14.0) } else { (Anchor::Left, 14.0) };
    let height = y.at(y.from) - 40.0 - 40.0 * number as f64;
    scene.label(words, (at + shift, height), TICK, side, (INK, true));
}

/// Words under the level axis.
fn unit(f: &SizedFindings) -> String {
    match f.unit {
        Unit::Wte => format!("whole-time equivalents of: {}", say::inside(&f.what)),
        Unit::Slots => format!("slots a day of: {}", say::inside(&f.what)),
        Unit::Other => f.what.clone(),
    }
}

/// The foot: how to read it, scenario, period, run.
fn foot(f: &SizedFindings) -> String {
    let (first, last) = f.period;
    let colours = match f.ways.len() {
        1 if f.ways[0].falls => {
            "Blue: holds. Orange-red: misses. Orange: borderline or not told. Pale: passed by, too few years to tell."
        }
        1 if f.goal.now.is_some() => {
            "Blue: enough in both. Orange-red: too few, as one of the two is worse. Orange: borderline or not told. Pale: passed by, too few years to tell."
        }
        1 => {
            "Blue: enough. Orange-red: too few. Orange: borderline or not told. Pale: passed by, too few years to tell."
        }
        _ => "A colour a way of sharing; pale: passed by, too few years to tell.",
    };
    let years: usize = f.ways.iter().map(|way| way.years).sum();
    format!(
        "{colours} Upright strokes: intervals that hold with 95 % although the data decided when to stop.{} {}, {} to {}, {} over all sizes, seed {}.",
        f.settling.as_ref().map_or(String::new(), |settling| format!(" {}", settling.aside(None))),
        f.title,
        say::short_date(first),
        say::short_date(last),
        say::counted(years as f64, "simulated year"),
        f.seed
    )
}
