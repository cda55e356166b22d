//! The picture of mixes: cost against access, with intervals, the frontier, the best and those as good.

use super::axis::{Scale, TICK, level, upright};
use super::scene::{Anchor, BLUE, Colour, GREEN, GREY, INK, ORANGE, Scene, VERMILLION};
use super::{Plot, PlotFault, plot};
use crate::experiment::mix::Objective;
use crate::findings::compared::written::Written;
use crate::findings::mix::rows::{Row, State};
use crate::findings::mix::{MixFindings, sentences, titles};
use crate::findings::say;
use crate::findings::sized::rows::Known;
use crate::findings::sized::sentences::pounds;
use crate::outcome::measure::by_name;
use crate::quantity::number_text;

const LEFT: f64 = 190.0;
const RIGHT: f64 = 1530.0;
const TOP: f64 = 262.0;
const BOTTOM: f64 = 690.0;
/// Room for the names of mixes beside and below their dots, as a share of the figures' range.
const SIDE: f64 = 0.1;
const BELOW: f64 = 0.1;

/// Size of the name of the best, and of other names.
const BIG: f64 = 26.0;
const SMALL: f64 = 19.0;
/// Mixes of the frontier that the foot sets against the best.
const NEXT: usize = 2;
/// Half an edge of the square of things as they are.
const NOW: f64 = 8.0;

/// A mix as a place on the page.
struct Spot<'f> {
    row: &'f Row,
    cost: f64,
    access: f64,
}

impl Spot<'_> {
    /// True where its intervals are drawn.
    fn leads(&self) -> bool {
        let near = matches!(self.row.state, State::Best | State::Alike | State::Near | State::Borderline);
        near || self.row.frontier
    }

    /// What a scale has to hold of a figure.
    fn ends(&self, mean: f64, known: Option<Known>) -> [f64; 2] {
        let drawn = known.and_then(|known| known.interval).filter(|_| self.leads());
        drawn.map_or([mean; 2], |interval| [interval.low, interval.high])
    }
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
    let now = as_now(f);
    let costs = spots.iter().flat_map(|spot| spot.ends(spot.cost, spot.row.seen.cost));
    let x = span(costs.chain(now.map(|now| now.0)), LEFT, RIGHT, SIDE);
    let access = |spot: &Spot<'_>| spot.ends(spot.access, spot.row.seen.known(f.objective.access()));
    let y = span(spots.iter().flat_map(access).chain(now.map(|now| now.1)), BOTTOM, TOP, BELOW);
    let place = if f.place.is_empty() { String::new() } else { format!(" for {},", f.place) };
    let (what, unit) = match f.objective {
        Objective::Wait => ("Mean wait".to_owned(), "mean wait [calendar days]".to_owned()),
        _ => (format!("Unmet requests {}", f.over()), format!("unmet requests {}", f.over())),
    };
    let subtitle = format!("{what}{place} against what the mix costs the practices a year, funds taken off.");
    let mut scene = Scene::new(titles::frontier(f), subtitle, foot(f));
    upright(&mut scene, &y, (LEFT, RIGHT), number_text);
    scene.text(unit, (LEFT - 130.0, TOP - 30.0), TICK, Anchor::Left);
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
    if let Some((cost, access)) = now {
        let (across, up) = (x.at(cost), y.at(access));
        scene.rect([across - NOW, up - NOW, across + NOW, up + NOW], INK);
        scene.label("as now", (across + 15.0, up - 16.0), 22.0, Anchor::Left, (INK, true));
    }
    names(&mut scene, f, (&x, &y));
    Some(scene)
}

/// Cost and access of things as they are.
fn as_now(f: &MixFindings) -> Option<(f64, f64)> {
    Some((f.as_now.cost?.mean, f.as_now.known(f.objective.access())?.mean))
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
    if spot.leads() {
        if let Some(i) = spot.row.seen.known(f.objective.access()).and_then(|known| known.interval) {
            scene.line(vec![(at.0, y.at(i.low)), (at.0, y.at(i.high))], colour, 3);
        }
        if let Some(i) = spot.row.seen.cost.and_then(|known| known.interval) {
            scene.line(vec![(x.at(i.low), at.1), (x.at(i.high), at.1)], colour, 3);
        }
    }
    let size = match spot.row.state {
        State::Best => 15.0,
        _ if spot.leads() => 9.0,
        _ => 5.0,
    };
    scene.dot(at, size, colour);
}

/// The values of the best and of the mixes of the frontier, below and to the left of their dots, where by the frontier's nature
/// nothing else lies; where two would stand on one another the dearer one goes without.
fn names(scene: &mut Scene, f: &MixFindings, (x, y): (&Scale, &Scale)) {
    let best = f.best.and_then(|best| spot(f, &f.rows[best]));
    let place = |spot: &Spot<'_>| (x.at(spot.cost), y.at(spot.access));
    let mut taken: Vec<(f64, f64)> = Vec::new();
    if let Some(spot) = &best {
        let (across, up) = place(spot);
        let words = format!("best: {}", values(spot.row));
        let (aside, anchor) = side(&words, across, BIG);
        // Not on the line of nought, which would strike it through.
        let struck = (up + 28.0 - y.at(0.0)).abs() < BIG;
        let below = if struck { y.at(0.0) + BIG } else { up + 28.0 };
        scene.label(words, (across + 1.5 * aside, below), BIG, anchor, (INK, true));
        taken.extend([(across, up), (across + 5.5 * aside, up)]);
    }
    let open = f.all(State::Borderline).filter_map(|row| spot(f, row));
    for spot in open.chain(f.frontier.iter().filter_map(|at| spot(f, &f.rows[*at]))) {
        let (across, up) = place(&spot);
        if taken.iter().any(|(a, b)| (across - a).abs() < 100.0 && (up - b).abs() < 26.0) {
            continue;
        }
        let borderline = spot.row.state == State::Borderline;
        let words = if borderline { format!("borderline: {}", values(spot.row)) } else { values(spot.row) };
        let (aside, anchor) = side(&words, across, SMALL);
        let ink = if borderline { INK } else { GREY };
        scene.label(words, (across + aside, up + 17.0), SMALL, anchor, (ink, false));
        taken.push((across, up));
    }
}

/// The side of a dot on which a name does not run over the axis: to the left where there is room.
fn side(words: &str, across: f64, size: f64) -> (f64, Anchor) {
    let wide = 0.6 * size * words.chars().count() as f64 + 30.0;
    if across - wide > LEFT { (-13.0, Anchor::Right) } else { (13.0, Anchor::Left) }
}

/// `1.5 / 5.9`.
fn values(row: &Row) -> String {
    let all: Vec<String> = row.values.iter().map(|value| number_text((value * 1e6).round() / 1e6)).collect();
    all.join(" / ")
}

/// A scale that holds figures with a little room at either end, not from nought.
fn span(of: impl Iterator<Item = f64>, at_from: f64, at_to: f64, before: f64) -> Scale {
    let (low, high) = of.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)));
    let range = if high > low { high - low } else { (2.0 * low.abs()).max(1e-5) };
    Scale { from: low - before * range, to: high + 0.04 * range, at_from, at_to }
}

/// How far the next mixes of the frontier lie from the best on the same years: strokes that overlap do not tell.
fn beside(f: &MixFindings) -> String {
    let Some(cost) = f.best.and_then(|best| f.rows[best].seen.cost) else { return String::new() };
    let away = |row: &&Row| row.seen.cost.map_or(f64::INFINITY, |own| (own.mean - cost.mean).abs());
    let mut rows: Vec<&Row> =
        f.frontier.iter().map(|at| &f.rows[*at]).filter(|row| row.behind.is_some()).collect();
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
fn foot(f: &MixFindings) -> String {
    let (first, last) = f.period;
    format!(
        "Beside the dots: {}. Blue: the best and those as good. Green: shown to be {}. Orange: borderline. Orange-red: shown to miss what is asked. Black square: things as they are. Grey line: frontier. Strokes: 95 % intervals of each by itself.{} {}, {} to {}, {}, seed {}.",
        f.varied.iter().map(|varied| say::inside(&varied.what)).collect::<Vec<String>>().join(" / "),
        if f.objective == Objective::Cost { "dearer than the best" } else { "worse" },
        beside(f),
        f.title,
        say::short_date(first),
        say::short_date(last),
        say::counted((f.effort.searched + f.effort.shown) as f64, "simulated year"),
        f.seed
    )
}
