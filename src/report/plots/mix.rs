//! The picture of mixes: cost against access, with intervals, the frontier, the best and those as good.
//!
//! In: findings of a search. Out: one picture, or none where fewer than two mixes have both a cost and an access.
//! Neither scale starts at nought: mixes of one grid lie close together.

use super::axis::{Scale, TICK, level, upright};
use super::chart::above;
use super::mix_names::{self, Name};
use super::scene::{Anchor, BLUE, Colour, GREEN, GREY, INK, ORANGE, Scene, VERMILLION};
use super::{Plot, PlotFault, plot};
use crate::experiment::mix::Objective;
use crate::findings::compared::written::Written;
use crate::findings::mix::rows::{Row, State};
use crate::findings::mix::{MixFindings, sentences, titles};
use crate::findings::say;
use crate::findings::sized::number;
use crate::findings::sized::rows::Known;
use crate::findings::sized::sentences::pounds;
use crate::outcome::measure::by_name;
use crate::quantity::number_text;

// Edges of the drawing [units].
const LEFT: f64 = 190.0;
/// Right edge [units].
const RIGHT: f64 = 1530.0;
/// Upper edge: title and subtitle stand above [units].
const TOP: f64 = 262.0;
/// Lowest edge: axis and foot stand below, and a foot of many lines raises it [units].
const BOTTOM: f64 = 690.0;
/// From the lower edge to the foot: figures and title of the axis stand between [units].
const AXIS: f64 = 84.0;
/// Room for the names of mixes beside and below their dots, as a share of the figures' range.
const SIDE: f64 = 0.1;
const BELOW: f64 = 0.1;

/// Size of the name of the best, of things as they are, and of other names.
const BIG: f64 = 26.0;
const MIDDLE: f64 = 22.0;
const SMALL: f64 = 19.0;
/// Mixes that the foot sets against the best.
const NEXT: usize = 2;
/// Half an edge of the square of things as they are.
const NOW: f64 = 8.0;

/// A mix as a place on the page.
///
/// Mean cost [£ a year, to the practices] and mean access in the measure of the objective.
struct Spot<'f> {
    /// The mix.
    row: &'f Row,
    /// Mean cost to the practices [£ a year].
    cost: f64,
    /// Mean unmet requests of the period, or mean wait [calendar days].
    access: f64,
}

impl Spot<'_> {
    /// True where its intervals are drawn.
    fn leads(&self) -> bool {
        let near = matches!(self.row.state, State::Best | State::Alike | State::Near | State::Borderline);
        near || self.row.frontier
    }

    /// What a scale has to hold of a figure.
    ///
    /// The ends of the interval where it is drawn, else the mean twice.
    fn ends(&self, mean: f64, known: Option<Known>) -> [f64; 2] {
        let drawn = known.and_then(|known| known.interval).filter(|_| self.leads());
        drawn.map_or([mean; 2], |interval| [interval.low, interval.high])
    }
}

/// Every picture; none where costs are not known.
///
/// # Errors
///
/// Where the picture cannot be drawn.
pub fn all(f: &MixFindings) -> Result<Vec<Plot>, PlotFault> {
    scene(f).into_iter().map(|scene| plot("mix", scene)).collect()
}

/// The one picture; none where there is nothing to compare.
fn scene(f: &MixFindings) -> Option<Scene> {
    // Things as they are stand there once: as the square, or as the best.
    let now_at = f.now_at();
    let apart = |at: &usize| Some(*at) != now_at || Some(*at) == f.best;
    let spots: Vec<Spot<'_>> =
        (0..f.rows.len()).filter(apart).filter_map(|at| spot(f, &f.rows[at])).collect();
    if spots.len() < 2 {
        return None;
    }
    let place = if f.place.is_empty() { String::new() } else { format!(" for {},", f.place) };
    let (what, unit) = match f.objective {
        Objective::Wait => ("Mean wait".to_owned(), "mean wait [calendar days]".to_owned()),
        _ => (format!("Unmet requests {}", f.over()), format!("unmet requests {}", f.over())),
    };
    let subtitle = format!("{what}{place} against what the mix costs the practices a year, funds taken off.");
    let mut scene = Scene::new(titles::frontier(f), subtitle, foot(f));
    let bottom = BOTTOM.min(above(&scene) - AXIS);
    // The scale of things as they are, too: the square has to lie inside.
    let now = as_now(f);
    let costs = spots.iter().flat_map(|spot| spot.ends(spot.cost, spot.row.seen.cost));
    let x = span(costs.chain(now.map(|now| now.0)), LEFT, RIGHT, SIDE);
    let access = |spot: &Spot<'_>| spot.ends(spot.access, spot.row.seen.known(f.objective.access()));
    let y = span(spots.iter().flat_map(access).chain(now.map(|now| now.1)), bottom, TOP, BELOW);
    upright(&mut scene, &y, (LEFT, RIGHT), number_text);
    scene.text(unit, (LEFT - 130.0, TOP - 30.0), TICK, Anchor::Left);
    // Money is written as `cost_total` is; the measure has no other part in it.
    let money = Written::new(by_name("cost_total").unwrap_or(&crate::outcome::measure::MEASURES[0]), 0.0);
    level(&mut scene, &x, (TOP, bottom), |tick| money.number(tick));
    scene.text("£ a year to the practices", ((LEFT + RIGHT) / 2.0, bottom + 58.0), TICK, Anchor::Middle);
    // A budget outside the drawing would draw a line over names and figures.
    if let Some(budget) = f.budget.filter(|budget| *budget > x.from && *budget < x.to) {
        scene.dashed(vec![(x.at(budget), TOP), (x.at(budget), bottom)], INK, 3);
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
    if let Some((cost, access)) = now {
        let (across, up) = (x.at(cost), y.at(access));
        scene.rect([across - NOW, up - NOW, across + NOW, up + NOW], INK);
    }
    names(&mut scene, f, &spots, (&x, &y));
    Some(scene)
}

/// Cost and access of things as they are.
///
/// None where they are the best.
fn as_now(f: &MixFindings) -> Option<(f64, f64)> {
    if f.best.is_some() && f.now_at() == f.best {
        return None;
    }
    Some((f.as_now.cost?.mean, f.as_now.known(f.objective.access())?.mean))
}

/// A mix as a place; none where cost or access is not known, as of mixes that were never played.
fn spot<'f>(f: &MixFindings, row: &'f Row) -> Option<Spot<'f>> {
    Some(Spot { row, cost: row.seen.cost?.mean, access: row.seen.known(f.objective.access())?.mean })
}

/// The colours that the foot explains.
fn colour(state: State) -> Colour {
    match state {
        State::Best | State::Alike | State::Near => BLUE,
        State::Borderline => ORANGE,
        State::Worse => GREEN,
        State::Fails(_) | State::OverBudget | State::Excluded => VERMILLION,
    }
}

/// The intervals of a mix as they are drawn: of access and of cost.
fn strokes(f: &MixFindings, spot: &Spot<'_>, (x, y): (&Scale, &Scale)) -> Vec<[f64; 4]> {
    if !spot.leads() {
        return Vec::new();
    }
    let at = (x.at(spot.cost), y.at(spot.access));
    let access = spot.row.seen.known(f.objective.access()).and_then(|known| known.interval);
    let cost = spot.row.seen.cost.and_then(|known| known.interval);
    let up = access.map(|i| [at.0 - 2.0, y.at(i.high), at.0 + 2.0, y.at(i.low)]);
    let along = cost.map(|i| [x.at(i.low), at.1 - 2.0, x.at(i.high), at.1 + 2.0]);
    [up, along].into_iter().flatten().collect()
}

/// One mix: its intervals where it is on the frontier or near the best, and its dot.
fn draw(scene: &mut Scene, f: &MixFindings, spot: &Spot<'_>, (x, y): (&Scale, &Scale)) {
    let colour = colour(spot.row.state);
    let at = (x.at(spot.cost), y.at(spot.access));
    for [left, top, right, bottom] in strokes(f, spot, (x, y)) {
        let (across, down) = (0.5 * (left + right), 0.5 * (top + bottom));
        let ends = match bottom - top > right - left {
            true => [(across, top), (across, bottom)],
            false => [(left, down), (right, down)],
        };
        scene.line(ends.to_vec(), colour, 3);
    }
    scene.dot(at, radius(spot), colour);
}

/// Half the width of a mix's dot.
fn radius(spot: &Spot<'_>) -> f64 {
    match spot.row.state {
        State::Best => 15.0,
        _ if spot.leads() => 9.0,
        _ => 5.0,
    }
}

/// The names: of the best and of things as they are, then of borderline mixes and those of the frontier where there is room.
fn names(scene: &mut Scene, f: &MixFindings, spots: &[Spot<'_>], (x, y): (&Scale, &Scale)) {
    let place = |spot: &Spot<'_>| (x.at(spot.cost), y.at(spot.access), radius(spot));
    let now = as_now(f).map(|(cost, access)| (x.at(cost), y.at(access), NOW));
    let name = |words: String, dot, size: f64, ink: (Colour, bool)| Name {
        words,
        dot,
        size,
        ink,
        must: ink.1,
        far: ink.0 == INK,
    };
    let best = f.best.and_then(|best| spot(f, &f.rows[best]));
    let same = if f.now_at() == f.best { ", as now" } else { "" };
    let best =
        best.map(|spot| name(format!("best: {}{same}", values(spot.row)), place(&spot), BIG, (INK, true)));
    let mut names: Vec<Name> = best.into_iter().collect();
    names.extend(now.map(|now| name("as now".into(), now, MIDDLE, (INK, true))));
    let open = f.all(State::Borderline).filter_map(|row| spot(f, row));
    // Its colour says that it is borderline.
    names.extend(open.map(|spot| name(values(spot.row), place(&spot), SMALL, (INK, false))));
    let front = f.frontier.iter().filter_map(|at| spot(f, &f.rows[*at]));
    let front = front.filter(|spot| !matches!(spot.row.state, State::Best | State::Borderline));
    names.extend(front.map(|spot| name(values(spot.row), place(&spot), SMALL, (GREY, false))));
    let dots: Vec<(f64, f64, f64)> = spots.iter().map(place).chain(now).collect();
    // The line of nought would strike a name through.
    let nought = [LEFT, y.at(0.0) - 2.0, RIGHT, y.at(0.0) + 2.0];
    let strokes: Vec<[f64; 4]> = spots.iter().flat_map(|spot| strokes(f, spot, (x, y))).collect();
    mix_names::put(scene, &names, (&dots, &strokes), ([LEFT, TOP - 20.0, RIGHT, y.at_from], vec![nought]));
}

/// `1.5 / 5.9`.
fn values(row: &Row) -> String {
    let all: Vec<String> = row.values.iter().map(|value| number(*value)).collect();
    all.join(" / ")
}

/// A scale that holds figures with a little room at either end, not from nought.
///
/// `before` is the room below the lowest figure as a share of the range, for the names that stand there.
// One figure alone, or none, has no range: one is made from its size.
fn span(of: impl Iterator<Item = f64>, at_from: f64, at_to: f64, before: f64) -> Scale {
    let (low, high) = of.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)));
    let range = if high > low { high - low } else { (2.0 * low.abs()).max(1e-5) };
    Scale { from: low - before * range, to: high + 0.04 * range, at_from, at_to }
}

/// How far the next mixes that are not shown to miss what is asked lie from the best on the same years, the nearest in
/// cost first: strokes that overlap do not tell. A mix that misses it is nobody's choice, whatever it costs.
fn beside(f: &MixFindings) -> String {
    let Some(cost) = f.best.and_then(|best| f.rows[best].seen.cost) else { return String::new() };
    let away = |row: &&Row| row.seen.cost.map_or(f64::INFINITY, |own| (own.mean - cost.mean).abs());
    let open =
        |row: &&Row| row.frontier || matches!(row.state, State::Alike | State::Near | State::Borderline);
    let misses = |row: &Row| matches!(row.state, State::Fails(_) | State::OverBudget | State::Excluded);
    let mut rows: Vec<&Row> =
        f.rows.iter().filter(|row| open(row) && !misses(row) && row.behind.is_some()).collect();
    rows.sort_by(|a, b| away(a).total_cmp(&away(b)));
    let pounds = if f.objective == Objective::Cost { " [£]" } else { "" };
    let each =
        |row: &&Row| row.behind.map(|known| format!("{}: {}", values(row), sentences::behind(f, known)));
    let said: Vec<String> = rows.iter().take(NEXT).filter_map(each).collect();
    match said.is_empty() {
        true => String::new(),
        false => format!(" Against the best on the same years{pounds}: {}.", said.join("; ")),
    }
}

/// The foot: how to read it, scenario, period, run.
///
/// Its text follows the objective: "dearer" only where cost is what is made small.
fn foot(f: &MixFindings) -> String {
    let (first, last) = f.period;
    format!(
        "Beside the dots: {}. Blue: the best and those as good. Green: shown to be {}. Orange: borderline. Orange-red: shown to miss what is asked. Black square: things as they are. Grey line: frontier. Strokes: 95 % intervals of each by itself.{}{} {}, {} to {}, {}, seed {}.",
        f.varied.iter().map(|varied| say::inside(&varied.what)).collect::<Vec<String>>().join(" / "),
        if f.objective == Objective::Cost { "dearer than the best" } else { "worse" },
        beside(f),
        f.settling.as_ref().map_or(String::new(), |settling| format!(" {}", settling.aside(None))),
        f.title,
        say::short_date(first),
        say::short_date(last),
        say::counted((f.effort.searched + f.effort.shown) as f64, "simulated year"),
        f.seed
    )
}
