//! Waits by need, with the target.
//!
//! In: waits by need at the headline's place [calendar days]. Out: a row a need, the longest waits first: median,
//! P90 with its range, target. At the right the share that was never seen, without which a wait cannot be read.

use super::axis::{Scale, TICK, level};
use super::names::name;
use super::scene::{Anchor, BLUE, GREY, INK, Scene, VERMILLION};
use crate::findings::access::NeedWait;
use crate::findings::{Findings, say, titles};

/// Most needs on a page.
///
/// Further needs are those with the shortest waits.
const ROWS: usize = 13;
/// Right end of the column of targets.
const TARGET: f64 = 1322.0;
/// Right end of the page.
const EDGE: f64 = 1550.0;

/// The picture; none where nobody was seen.
///
/// Where the place keeps no such figures the network's are shown; the subtitle names it.
pub fn scene(f: &Findings) -> Option<Scene> {
    let (place, needs) = &f.waits;
    let mut shown: Vec<&NeedWait> = needs.iter().collect();
    shown.sort_by(|a, b| b.most.total_cmp(&a.most));
    shown.truncate(ROWS);
    if shown.is_empty() {
        return None;
    }
    let mut scene = Scene::new(
        titles::waits(needs),
        format!(
            "{place}: days from the due day to the day seen. Small dot: half of all patients seen in the simulated years waited no longer; large dot: 90 %. Bar: P5 to P95 of that 90 % from year to year. Upright stroke: target."
        ),
        super::foot(
            f,
            "Orange-red: misses its target. Dots are of those seen. Seen in time is of all who were due: who gave up, was turned away or still waits was not.",
        ),
    );
    let (left, right, top, bottom) = (490.0, 1030.0, 265.0, 730.0);
    // Targets are in view even where everybody is seen long before.
    let highest = shown
        .iter()
        .map(|w| w.p90.p95.max(w.most).max(w.target.map_or(0.0, |t| f64::from(t.0))))
        .fold(1.0, f64::max);
    let x = Scale::round(0.0, highest, left, right);
    let pitch = ((bottom - top) / shown.len() as f64).min(90.0);
    let bottom = top + pitch * shown.len() as f64;
    level(&mut scene, &x, (top - 10.0, bottom), |t| say::decimals(t, usize::from(t.fract() != 0.0)));
    scene.text("days", ((left + right) / 2.0, bottom + 58.0), TICK, Anchor::Middle);
    scene.label("left or waiting", (EDGE, top - 30.0), 24.0, Anchor::Right, (GREY, false));
    if shown.iter().any(|w| w.target.is_some()) {
        scene.label("target: seen in time", (TARGET, top - 30.0), 24.0, Anchor::Right, (GREY, false));
    }
    for (row, wait) in shown.iter().enumerate() {
        need(&mut scene, wait, &x, top + pitch * (row as f64 + 0.5), pitch);
    }
    Some(scene)
}

/// One row: `pitch` is its height [units]. The share seen in time stands under the target where the row is high
/// enough.
fn need(scene: &mut Scene, wait: &NeedWait, x: &Scale, y: f64, pitch: f64) {
    let colour = if wait.misses() { VERMILLION } else { BLUE };
    name(scene, &wait.need, (x.at_from - 26.0, y), TICK, (x.at_from - 76.0, pitch));
    scene.rect(
        [x.at(wait.p90.p5), y - 7.0, x.at(wait.p90.p95).max(x.at(wait.p90.p5) + 2.0), y + 7.0],
        super::scene::Colour::between(super::scene::WHITE, colour, 0.4),
    );
    scene.line(vec![(x.at(wait.half), y), (x.at(wait.most), y)], colour, 2);
    scene.dot((x.at(wait.half), y), 7.0, colour);
    scene.dot((x.at(wait.most), y), 13.0, colour);
    if let Some((days, share)) = wait.target {
        let at = x.at(f64::from(days));
        // The stroke does not reach into the next row.
        let half = (pitch / 2.0 - 4.0).min(34.0);
        scene.line(vec![(at, y - half), (at, y + half)], INK, 5);
        let within = say::counted(f64::from(days), "day");
        let seen = if wait.in_time.known() { say::percent(wait.in_time.mean) } else { "-".into() };
        let words = format!("{} in {within}: {seen}", say::percent(share));
        scene.label(words, (TARGET, y), 24.0, Anchor::Right, (INK, true));
    }
    scene.text(say::percent(wait.left.mean), (EDGE, y), TICK, Anchor::Right);
}
