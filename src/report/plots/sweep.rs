//! The picture of a sweep: small panels side by side.
//!
//! A grid over one address: a panel a figure. A grid over several: a panel for each value of the others, the headline
//! alone. Scattered points: a panel an address, the headline alone.
//!
//! In: findings of a sweep. Out: one picture, or none. At most nine panels: of more values every so many-th is
//! shown, of more figures or addresses the first ones.

use super::axis::Scale;
use super::chart::{above, fit, width};
use super::scene::{Anchor, BLUE, Colour, GREEN, GREY, GRID, INK, ORANGE, PURPLE, Scene, VERMILLION};
use super::{Plot, PlotFault, plot};
use crate::experiment::sweep::points::Design;
use crate::findings::called::Called;
use crate::findings::compared::written::Written;
use crate::findings::say;
use crate::findings::sweep::{Cells, Spot, SweepFindings, titles};
use crate::outcome::measure::by_name;
use crate::quantity::number_text;

/// Most panels, and panels in a row.
const PANELS: usize = 9;
/// Panels beside each other.
const ACROSS: usize = 3;
/// Edges of all panels together.
const LEFT: f64 = 50.0;
/// Right edge [units].
const RIGHT: f64 = 1560.0;
/// Upper edge; the legend stands above [units].
const TOP: f64 = 240.0;
/// Lowest edge; a foot of many lines raises it [units].
const BOTTOM: f64 = 800.0;
/// Size of the letters of an axis, and of a panel's name.
const TICK: f64 = 21.0;
/// Size of a panel's name.
const NAME: f64 = 24.0;
/// Colours of options; further ones are grey.
const COLOURS: [Colour; 5] = [BLUE, VERMILLION, GREEN, ORANGE, PURPLE];

/// A panel: its name, the address along it, and what lies in it.
///
/// `along` is the place of its address among those varied.
struct Panel<'f> {
    /// What is held, or what is drawn.
    name: String,
    /// Place of the address of its level axis.
    along: usize,
    /// Rows of the table that are drawn, of all options.
    spots: Vec<&'f Spot>,
}

/// The picture, where there is something to draw.
///
/// # Errors
///
/// Where the picture cannot be drawn.
pub fn all(f: &SweepFindings) -> Result<Vec<Plot>, PlotFault> {
    scene(f).map(|scene| plot("sweep", scene)).into_iter().collect()
}

/// The one picture.
fn scene(f: &SweepFindings) -> Option<Scene> {
    let lines = f.request.design == Design::Grid;
    let panels = match (lines, f.request.vary.len()) {
        (true, 1) => by_figure(f),
        (true, _) => by_others(f),
        (false, _) => by_address(f),
    };
    if panels.is_empty() {
        return None;
    }
    let request = &f.request;
    let along: Vec<String> = match lines {
        true => vec![request.called[0].words()],
        false => request.called.iter().map(Called::words).collect(),
    };
    let what = if lines && request.vary.len() == 1 {
        "Each figure".to_owned()
    } else {
        let unit = request.measure().map_or("", |m| if m.unit == "share" { "%" } else { m.unit });
        format!("{} [{unit}]", say::capital(&request.headline.words))
    };
    let each: Vec<String> = match lines {
        true => request.called[1..].iter().map(Called::words).collect(),
        false => Vec::new(),
    };
    let each =
        if each.is_empty() { String::new() } else { format!(" A panel for each {}.", say::list(&each)) };
    let subtitle = format!("{what} against {}.{each}", say::list(&along));
    let band = if lines { "Band" } else { "Stroke" };
    let note = format!(
        "{band}: 95 % interval of the mean.{} {}, {} to {}, {}, {} of each option at each, seed {}.",
        f.settling.as_ref().map_or(String::new(), |settling| format!(" {}", settling.aside(None))),
        request.title,
        request.period.0,
        request.period.1,
        say::counted(request.points as f64, "point"),
        say::counted(request.replications as f64, "simulated year"),
        request.seed
    );
    let mut scene = Scene::new(titles::sweep(f), subtitle, note);
    legend(&mut scene, f);
    draw(&mut scene, f, &panels, lines);
    Some(scene)
}

/// A panel for each figure that moves, the headline first.
///
/// Figures in the order of the table; one that is the same at all points says nothing, unless it is the headline.
fn by_figure(f: &SweepFindings) -> Vec<Panel<'_>> {
    let mut panels: Vec<Panel<'_>> = Vec::new();
    let mut seen: Vec<&Cells> = Vec::new();
    for spot in &f.spots {
        if seen.contains(&&spot.figure) {
            continue;
        }
        seen.push(&spot.figure);
        let spots: Vec<&Spot> = f.spots.iter().filter(|other| other.figure == spot.figure).collect();
        let moves = spots.iter().any(|other| other.mean != spots[0].mean);
        if panels.len() < PANELS && (moves || spot.figure == f.request.headline.cells) {
            panels.push(Panel { name: words(&spot.figure), along: 0, spots });
        }
    }
    panels
}

/// A figure in words, with its unit.
///
/// Of target, role and need the first that is stated is named.
fn words(figure: &Cells) -> String {
    let Cells { need, role, target, measure, .. } = figure;
    let unit =
        by_name(measure).map_or("", |measure| if measure.unit == "share" { "%" } else { measure.unit });
    let of = [target, role, need].into_iter().find(|name| !name.is_empty());
    let of = of.map_or(String::new(), |name| format!(", {}", name.replace('_', " ")));
    let name = measure.replace('_', " ");
    let name = name.strip_prefix("gp ").map_or(name.clone(), |rest| format!("GP {rest}"));
    say::capital(&format!("{name}{of} [{unit}]"))
}

/// A panel for each value of the addresses after the first.
///
/// In the order of the points, so the last address changes fastest.
fn by_others(f: &SweepFindings) -> Vec<Panel<'_>> {
    let mut values: Vec<&[f64]> = Vec::new();
    for spot in f.headline() {
        if !values.contains(&&spot.values[1..]) {
            values.push(&spot.values[1..]);
        }
    }
    let each = values.len().div_ceil(PANELS).max(1);
    let name = |values: &[f64]| {
        let each = f.request.called[1..].iter().zip(values);
        each.map(|(called, x)| called.at(*x)).collect::<Vec<String>>().join(", ")
    };
    let panel = |values: &&[f64]| Panel {
        name: name(values),
        along: 0,
        spots: f.headline().filter(|spot| spot.values[1..] == **values).collect(),
    };
    values.iter().step_by(each).map(panel).collect()
}

/// A panel for each address.
///
/// All spots are in each of them: only what lies along changes.
fn by_address(f: &SweepFindings) -> Vec<Panel<'_>> {
    let panel =
        |along: usize| Panel { name: f.request.called[along].words(), along, spots: f.headline().collect() };
    let panels = (0..f.request.vary.len().min(PANELS)).map(panel);
    panels.filter(|panel| !panel.spots.is_empty()).collect()
}

/// The colour of an option by its place among those asked for; grey from the sixth on.
fn colour(f: &SweepFindings, option: &str) -> Colour {
    let at = f.request.options.iter().position(|known| known.name == option);
    at.and_then(|at| COLOURS.get(at)).copied().unwrap_or(GREY)
}

/// The options and their colours, on one line.
///
/// Nothing for one option; titles that do not fit on the line are left out.
fn legend(scene: &mut Scene, f: &SweepFindings) {
    if f.request.options.len() < 2 {
        return;
    }
    let mut x = LEFT + 10.0;
    for option in &f.request.options {
        let wide = width(&option.title, TICK, false);
        if x + wide > RIGHT {
            break;
        }
        scene.dot((x, TOP - 22.0), 9.0, colour(f, &option.name));
        scene.text(option.title.clone(), (x + 18.0, TOP - 22.0), TICK, Anchor::Left);
        x += wide + 60.0;
    }
}

/// Places the panels in rows of three.
fn draw(scene: &mut Scene, f: &SweepFindings, panels: &[Panel<'_>], lines: bool) {
    // Four stand better two by two.
    let across = if panels.len() == 4 { 2 } else { panels.len().min(ACROSS) };
    let down = panels.len().div_ceil(across);
    let bottom = BOTTOM.min(above(scene));
    let (wide, high) = ((RIGHT - LEFT) / across as f64, (bottom - TOP) / down as f64);
    for (at, panel) in panels.iter().enumerate() {
        let (left, top) = (LEFT + wide * (at % across) as f64, TOP + high * (at / across) as f64);
        let edges = [left + 100.0, top + 42.0, left + wide - 30.0, top + high - 64.0];
        // Panels of one figure share their upright scale, so that they can be compared; figures of their own do
        // not.
        let together = panels.len() > 1 && !(lines && f.request.vary.len() == 1);
        let of: Vec<&Spot> = match together {
            true => panels.iter().flat_map(|panel| panel.spots.iter().copied()).collect(),
            false => panel.spots.clone(),
        };
        one(scene, f, panel, edges, &of, lines);
    }
}

/// One panel; `scaled` is what its upright scale has to hold.
fn one(
    scene: &mut Scene,
    f: &SweepFindings,
    panel: &Panel<'_>,
    [left, top, right, bottom]: [f64; 4],
    scaled: &[&Spot],
    lines: bool,
) {
    let ends = |of: &dyn Fn(&Spot) -> [f64; 2]| {
        let all = scaled.iter().flat_map(|spot| of(spot));
        all.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)))
    };
    let y = span(ends(&|spot| [spot.low.min(spot.mean), spot.high.max(spot.mean)]), bottom, top);
    let x = span(ends(&|spot| [spot.values[panel.along]; 2]), left, right);
    scene.label(
        fit(&panel.name, NAME, right - left + 60.0),
        (left - 60.0, top - 22.0),
        NAME,
        Anchor::Left,
        (INK, true),
    );
    let called = &f.request.called[panel.along];
    let measure = panel.spots.first().and_then(|spot| by_name(&spot.figure.measure));
    let written = measure.map(|measure| Written::new(measure, 0.1 * (y.to - y.from)));
    for tick in y.ticks() {
        scene.line(vec![(left, y.at(tick)), (right, y.at(tick))], GRID, 1);
        let said = written.map_or(number_text(tick), |written| written.number(tick));
        let said = if said.contains('.') { said.trim_end_matches('0').trim_end_matches('.') } else { &said };
        scene.text(said.to_owned(), (left - 10.0, y.at(tick)), TICK, Anchor::Right);
    }
    for tick in x.ticks() {
        scene.text(called.value(tick), (x.at(tick), bottom + 20.0), TICK, Anchor::Middle);
    }
    let wide = right - left + 60.0;
    let mut along = called.words();
    // Whose number it is stands in the subtitle where only one is varied.
    if f.request.called.len() == 1 && super::chart::width(&along, TICK, false) > wide {
        along = along.split(" (").next().unwrap_or_default().to_owned();
    }
    scene.text(fit(&along, TICK, wide), (0.5 * (left + right), bottom + 44.0), TICK, Anchor::Middle);
    for option in &f.request.options {
        let mut spots: Vec<&&Spot> = panel.spots.iter().filter(|spot| spot.option == option.name).collect();
        // Points come in the order of the design, which scatters them along an address.
        spots.sort_by(|a, b| a.values[panel.along].total_cmp(&b.values[panel.along]));
        let place = |of: fn(&Spot) -> f64| {
            spots.iter().map(|s| (x.at(s.values[panel.along]), y.at(of(s)))).collect::<Vec<(f64, f64)>>()
        };
        // A band and a line only where points lie on a grid; scattered points have strokes.
        let colour = colour(f, &option.name);
        if lines {
            scene.band(place(|spot| spot.low), &place(|spot| spot.high), colour, 0.25);
            scene.line(place(|spot| spot.mean), colour, 3);
        }
        for ((at, low), high) in place(|s| s.mean).into_iter().zip(place(|s| s.low)).zip(place(|s| s.high)) {
            if !lines {
                scene.line(vec![low, high], colour, 1);
            }
            scene.dot(at, if lines { 4.0 } else { 5.0 }, colour);
        }
    }
}

/// A scale that holds a range with a little room, not from nought.
///
/// A range without width is given one from its size.
fn span((low, high): (f64, f64), at_from: f64, at_to: f64) -> Scale {
    let room = if high > low { 0.04 * (high - low) } else { (0.1 * low.abs()).max(1e-6) };
    Scale { from: low - room, to: high + room, at_from, at_to }
}
