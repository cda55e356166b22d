//! From all GP appointments to net GP time released: the chain as falling steps.
//!
//! Above: rated avoidable, less what is never redirected. Below, drawn larger: redirected, less what comes back and what
//! it costs, to the net. What is taken away hangs from the level before it.
//!
//! In: the first chain of the findings, which releases most. Out: a scene, or none. Costs nothing of note: a
//! dozen rows.

use super::axis::{Scale, TICK, level};
use super::scene::{Anchor, BLUE, Colour, GREEN, GREY, INK, ORANGE, Scene, VERMILLION};
use crate::findings::chain::Chain;
use crate::findings::figure::Figure;
use crate::findings::{Findings, say, titles};

/// Left and right end of the scale [units].
const LEFT: f64 = 500.0;
/// Right end of the scale.
const RIGHT: f64 = 1170.0;
/// Right end of the figures.
const EDGE: f64 = 1550.0;
/// From row to row.
const PITCH: f64 = 40.0;
/// Half the height of a bar.
const HALF: f64 = 15.0;

/// A row of a panel.
///
/// A figure that is not known has a name and no bar, and moves no level.
struct Row<'a> {
    /// Words at the left.
    name: &'static str,
    /// Its mean is drawn; of a level its P5 to P95, too [GP hours].
    figure: &'a Figure,
    /// A level from nought; else a step from the level before.
    level: Option<Colour>,
    /// True for the one row that a planner looks for.
    net: bool,
}

/// A row that stands on nought.
const fn total<'a>(name: &'static str, figure: &'a Figure, colour: Colour) -> Row<'a> {
    Row { name, figure, level: Some(colour), net: false }
}

/// A row that hangs from the one before; its figure is negative where something is taken away.
const fn step<'a>(name: &'static str, figure: &'a Figure) -> Row<'a> {
    Row { name, figure, level: None, net: false }
}

/// The picture; none where nothing is redirected.
///
/// Upper panel: down to what is redirected. Lower panel: the same again on a scale of its own, down to the net.
pub fn scene(f: &Findings) -> Option<Scene> {
    let c = f.chains.first()?;
    let settling = c.settling.as_ref().map_or(String::new(), |s| format!(" {}", s.sentence()));
    let which = match f.chains.len() {
        1 => String::new(),
        // Those of which no net can be told come last.
        n if !c.net.known() => {
            format!("The first of {n} options that redirect: of none can the net be told. ")
        }
        n => format!("Of {n} options that redirect, the one that releases most. "),
    };
    let mut scene = Scene::new(
        titles::chain(c),
        format!(
            "{which}GP hours {}, against {}: mean (P5-P95 over {}).{settling}",
            c.per,
            say::inside(&c.against),
            f.years_again()
        ),
        super::foot(
            f,
            "Orange-red: taken away. Net: work no longer joining the GPs' queue, less whom nobody saw where they were sent, less supervising; of what falls due within the period. No cash.",
        ),
    );
    let asked = format!("Asked of GPs in all: {} hours {} = 100 %", c.asked.text(), c.per);
    scene.label(asked, (LEFT, 236.0), TICK, Anchor::Left, (INK, true));
    // What never reaches anybody: small beside all that is asked, so it has a panel of its own.
    let never = [
        total("Rated avoidable", &c.rated, BLUE),
        step("less: practices not taking part", &c.no_part),
        step("less: not redirected", &c.not_redirected),
        total("Redirected", &c.redirected, BLUE),
    ];
    panel(&mut scene, c, &never, 260.0);
    // A net below nought costs GPs more than it releases: it is drawn as what is taken away.
    let net = if c.net.mean >= 0.0 { GREEN } else { VERMILLION };
    let mut rest = vec![
        total("Redirected, drawn larger", &c.redirected, BLUE),
        step("less: not seen where sent", &c.unseen),
        step("less: back with a GP", &c.returned),
        step(c.knock_on_words(), &c.knock_on),
    ];
    // Only where a need states people who come because waits are short.
    rest.extend(c.latent.as_ref().map(|(more, _)| step("less: drawn in by shorter waits", more)));
    rest.push(step("less: GPs supervise, signpost", &c.supervision));
    rest.push(Row { net: true, ..total("Net GP time released", &c.net, net) });
    rest.push(total("Receiving roles' extra time", &c.receivers, ORANGE));
    panel(&mut scene, c, &rest, 260.0 + PITCH * never.len() as f64 + 58.0);
    Some(scene)
}

/// Rows under one scale.
///
/// `c` gives the whole (`asked`) of which each row is a share [%].
fn panel(scene: &mut Scene, c: &Chain, rows: &[Row<'_>], top: f64) {
    let bottom = top + PITCH * rows.len() as f64;
    let levels = levels(rows);
    let ends = levels.iter().flat_map(|(from, to)| [*from, *to]);
    let ranges = rows.iter().filter(|r| r.level.is_some()).flat_map(|r| [r.figure.p5, r.figure.p95]);
    let all: Vec<f64> = ends.chain(ranges).filter(|v| v.is_finite()).collect();
    let low = all.iter().copied().fold(0.0, f64::min);
    let x = Scale::round(low, all.iter().copied().fold(1.0, f64::max), LEFT, RIGHT);
    // From nought, and at least to one hour, so that a chain of noughts has a scale.
    level(scene, &x, (top - 4.0, bottom), say::whole);
    for (i, (row, ends)) in rows.iter().zip(&levels).enumerate() {
        let y = top + PITCH * (i as f64 + 0.5);
        scene.label(row.name, (LEFT - 28.0, y), TICK, Anchor::Right, (INK, row.net));
        if row.figure.known() {
            bar(scene, row, *ends, &x, y);
            let share = say::decimals(100.0 * row.figure.mean / c.asked.mean, 1);
            scene.label(row.figure.text(), (EDGE - 95.0, y), 25.0, Anchor::Right, (INK, row.net));
            scene.label(format!("{share} %"), (EDGE, y), 25.0, Anchor::Right, (INK, row.net));
        } else {
            scene.label("not known", (EDGE, y), TICK, Anchor::Right, (GREY, false));
        }
        // From the end of a bar to the step that hangs from it.
        if rows.get(i + 1).is_some_and(|next| next.level.is_none() && next.figure.known()) {
            scene.line(vec![(x.at(ends.1), y + HALF), (x.at(ends.1), y + PITCH - HALF)], GREY, 2);
        }
    }
}

/// From and to of each row: a level stands on nought, a step on the end of the row before.
///
/// In the order of the rows, in the unit of their figures (hours); a figure that is not known counts as nought.
fn levels(rows: &[Row<'_>]) -> Vec<(f64, f64)> {
    let mut at = 0.0;
    rows.iter()
        .map(|row| {
            let mean = if row.figure.known() { row.figure.mean } else { 0.0 };
            let from = if row.level.is_some() { 0.0 } else { at };
            at = from + mean;
            (from, at)
        })
        .collect()
}

/// A bar at least two units wide, so that it is seen; a level has its P5 to P95 as a line, a step has none.
fn bar(scene: &mut Scene, row: &Row<'_>, (from, to): (f64, f64), x: &Scale, y: f64) {
    if row.figure.mean == 0.0 {
        return;
    }
    let colour = row.level.unwrap_or(if row.figure.mean < 0.0 { VERMILLION } else { BLUE });
    let (low, high) = (x.at(from.min(to)), x.at(from.max(to)));
    scene.rect([low, y - HALF, high.max(low + 2.0), y + HALF], colour);
    if row.level.is_none() {
        return;
    }
    scene.line(vec![(x.at(row.figure.p5), y), (x.at(row.figure.p95), y)], INK, 3);
    for end in [row.figure.p5, row.figure.p95] {
        scene.line(vec![(x.at(end), y - 7.0), (x.at(end), y + 7.0)], INK, 3);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::figure::Unit;

    #[test]
    fn deductions_hang_from_the_level_before() {
        let hours = |mean: f64| Figure::of(&[mean, mean], Unit::Hours);
        let (all, lost, back, net) = (hours(385.0), hours(-34.0), hours(-90.0), hours(261.0));
        let rows = [total("a", &all, BLUE), step("b", &lost), step("c", &back), total("Net", &net, GREEN)];
        assert_eq!(levels(&rows), [(0.0, 385.0), (385.0, 351.0), (351.0, 261.0), (0.0, 261.0)]);
        let unknown = Figure::of(&[], Unit::Hours);
        assert_eq!(levels(&[total("a", &all, BLUE), step("b", &unknown)]), [(0.0, 385.0), (385.0, 385.0)]);
    }
}
