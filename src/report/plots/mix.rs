//! The picture of mixes: cost against access, with intervals, the frontier, the best and those as good.

use super::axis::{Scale, TICK, level, upright};
use super::scene::{Anchor, BLUE, Colour, GREEN, GREY, INK, ORANGE, Scene, VERMILLION};
use super::{Plot, PlotFault, plot};
use crate::findings::compared::written::Written;
use crate::findings::mix::rows::{Row, State};
use crate::findings::mix::sentences::access_heading;
use crate::findings::mix::{MixFindings, titles};
use crate::findings::say;
use crate::findings::sized::sentences::pounds;
use crate::outcome::measure::by_name;

const LEFT: f64 = 190.0;
const RIGHT: f64 = 1530.0;
const TOP: f64 = 250.0;
const BOTTOM: f64 = 730.0;

/// A mix as a place on the page.
struct Spot<'f> {
    row: &'f Row,
    cost: f64,
    access: f64,
}

/// Every picture; none where costs are not known.
pub fn all(f: &MixFindings) -> Result<Vec<Plot>, PlotFault> {
    scene(f).into_iter().map(|scene| plot("mix", scene)).collect()
}

fn scene(f: &MixFindings) -> Option<Scene> {
    let spots: Vec<Spot<'_>> = f.rows.iter().filter_map(|row| spot(f, row)).collect();
    if spots.len() < 2 {
        return None;
    }
    let x = span(spots.iter().map(|spot| spot.cost), LEFT, RIGHT);
    let y = span(spots.iter().map(|spot| spot.access), BOTTOM, TOP);
    let place = if f.place.is_empty() { String::new() } else { format!(", {}", f.place) };
    let what = match access_heading(f) {
        "Unmet" => "Unmet requests",
        other => other,
    };
    let subtitle = format!("{what}{place} against what the mix costs the practices a year, funds taken off.");
    let mut scene = Scene::new(titles::frontier(f), subtitle, foot(f));
    let written = Written::new(f.access(), 0.02 * (y.to - y.from));
    upright(&mut scene, &y, (LEFT, RIGHT), |tick| written.number(tick));
    let money = Written::new(by_name("cost_total").unwrap_or(&crate::outcome::measure::MEASURES[0]), 0.0);
    level(&mut scene, &x, (TOP, BOTTOM), |tick| money.number(tick));
    scene.text("£ a year to the practices", ((LEFT + RIGHT) / 2.0, BOTTOM + 58.0), TICK, Anchor::Middle);
    if let Some(budget) = f.budget.filter(|budget| *budget > x.from && *budget < x.to) {
        scene.dashed(vec![(x.at(budget), TOP), (x.at(budget), BOTTOM)], INK, 3);
        scene.label(
            format!("budget {}", pounds(budget)),
            (x.at(budget) - 12.0, TOP + 16.0),
            24.0,
            Anchor::Right,
            (INK, false),
        );
    }
    let line = f.frontier.iter().filter_map(|at| spot(f, &f.rows[*at]));
    scene.line(line.map(|spot| (x.at(spot.cost), y.at(spot.access))).collect(), GREY, 2);
    // Those that matter most are drawn last, on top.
    let rank = |state: State| match state {
        State::Best => 4,
        State::Alike | State::Near => 3,
        State::Borderline => 2,
        State::Worse => 1,
        State::Fails(_) | State::OverBudget | State::Excluded => 0,
    };
    let mut order: Vec<&Spot<'_>> = spots.iter().collect();
    order.sort_by_key(|spot| (rank(spot.row.state), spot.row.frontier));
    for spot in order {
        draw(&mut scene, f, spot, (&x, &y));
    }
    name(&mut scene, f, (&x, &y));
    Some(scene)
}

fn spot<'f>(f: &MixFindings, row: &'f Row) -> Option<Spot<'f>> {
    Some(Spot { row, cost: row.seen.cost?.mean, access: row.seen.known(f.objective.access())?.mean })
}

fn colour(state: State) -> Colour {
    match state {
        State::Best | State::Alike | State::Near => BLUE,
        State::Borderline => ORANGE,
        State::Worse => GREEN,
        State::Fails(_) | State::OverBudget | State::Excluded => VERMILLION,
    }
}

/// One mix: its intervals where it is on the frontier or near the best, and its dot.
fn draw(scene: &mut Scene, f: &MixFindings, spot: &Spot<'_>, (x, y): (&Scale, &Scale)) {
    let colour = colour(spot.row.state);
    let at = (x.at(spot.cost), y.at(spot.access));
    let leads = matches!(spot.row.state, State::Best | State::Alike | State::Near | State::Borderline);
    if leads || spot.row.frontier {
        if let Some(i) = spot.row.seen.known(f.objective.access()).and_then(|known| known.interval) {
            scene.line(vec![(at.0, y.at(i.low).min(BOTTOM)), (at.0, y.at(i.high).max(TOP))], colour, 3);
        }
        if let Some(i) = spot.row.seen.cost.and_then(|known| known.interval) {
            scene.line(vec![(x.at(i.low).max(LEFT), at.1), (x.at(i.high).min(RIGHT), at.1)], colour, 3);
        }
    }
    let size = match spot.row.state {
        State::Best => 15.0,
        _ if leads || spot.row.frontier => 9.0,
        _ => 5.0,
    };
    scene.dot(at, size, colour);
}

/// The best, named beside its dot.
fn name(scene: &mut Scene, f: &MixFindings, (x, y): (&Scale, &Scale)) {
    let Some(spot) = f.best.and_then(|best| spot(f, &f.rows[best])) else { return };
    let at = (x.at(spot.cost), y.at(spot.access));
    let left = at.0 < 0.5 * (LEFT + RIGHT);
    let (side, shift) = if left { (Anchor::Left, 24.0) } else { (Anchor::Right, -24.0) };
    let up = if at.1 > 0.5 * (TOP + BOTTOM) { -30.0 } else { 30.0 };
    let values: Vec<String> = f
        .varied
        .iter()
        .zip(&spot.row.values)
        .map(|(varied, value)| crate::findings::sized::amount(&varied.unit, *value))
        .collect();
    scene.label(format!("best: {}", say::list(&values)), (at.0 + shift, at.1 + up), 26.0, side, (INK, true));
}

/// A scale that holds figures with a little room, not from nought.
fn span(of: impl Iterator<Item = f64>, at_from: f64, at_to: f64) -> Scale {
    let (low, high) = of.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)));
    let room = if high > low { 0.06 * (high - low) } else { (0.1 * low.abs()).max(1e-6) };
    Scale { from: low - room, to: high + room, at_from, at_to }
}

/// The foot: how to read it, scenario, period, run.
fn foot(f: &MixFindings) -> String {
    let (first, last) = f.period;
    format!(
        "Blue: the best and those as good. Green: keeps to it or not, but shown worse. Orange: borderline. Orange-red: shown to miss what is asked. Grey line: frontier. Strokes: 95 % intervals. {}, {} to {}, {}, seed {}.",
        f.title,
        say::short_date(first),
        say::short_date(last),
        say::counted((f.effort.searched + f.effort.shown) as f64, "simulated year"),
        f.seed
    )
}
