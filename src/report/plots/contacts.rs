//! Contacts a GP a day against the safe number.
//!
//! In: contacts of GPs by place, from the findings. Out: a row a place, most contacts first; a line at the number
//! that the British Medical Association calls safe.

use super::axis::{Scale, TICK, level};
use super::names::name;
use super::scene::{Anchor, BLUE, GREY, INK, Scene, VERMILLION};
use crate::findings::access::SAFE_CONTACTS;
use crate::findings::{Findings, say, titles};

/// Most places on a page.
const ROWS: usize = 20;

/// The picture; none without people on the roster.
///
/// Places past the page, those with fewest contacts, are left out; the line below the title says so.
pub fn scene(f: &Findings) -> Option<Scene> {
    let mut shown: Vec<_> = f.contacts.iter().collect();
    shown.sort_by(|a, b| b.a_day.mean.total_cmp(&a.a_day.mean));
    let all = shown.len();
    shown.truncate(ROWS);
    if shown.is_empty() {
        return None;
    }
    let mut scene = Scene::new(
        titles::contacts(&f.contacts),
        format!(
            "Contacts a GP present for a full working day (two sessions, pro rata). Dot: mean; line: P5 to P95 over simulated years.{}",
            if all > ROWS { format!(" The {ROWS} of {all} with most.") } else { String::new() }
        ),
        super::foot(
            f,
            "Right: share of GP-days above 25. The line at 25 is the British Medical Association's safe number (2016).",
        ),
    );
    let (left, right, top, bottom) = (490.0, 1380.0, 240.0, 735.0);
    let pitch = ((bottom - top) / shown.len() as f64).min(80.0);
    let bottom = top + pitch * shown.len() as f64;
    // Wide enough that the line at 25 never stands at the edge.
    let highest = shown.iter().map(|c| c.a_day.p95).fold(SAFE_CONTACTS + 5.0, f64::max);
    let x = Scale::round(0.0, highest, left, right);
    level(&mut scene, &x, (top, bottom), say::whole);
    let at = x.at(SAFE_CONTACTS);
    scene.line(vec![(at, top - 6.0), (at, bottom)], INK, 4);
    scene.label("25", (at, top - 24.0), TICK, Anchor::Middle, (INK, true));
    scene.label("days above 25", (1550.0, top - 24.0), 24.0, Anchor::Right, (GREY, false));
    let size = TICK.min(pitch * 0.9).max(20.0);
    for (row, c) in shown.iter().enumerate() {
        let y = top + pitch * (row as f64 + 0.5);
        let colour = if c.a_day.mean > SAFE_CONTACTS { VERMILLION } else { BLUE };
        name(&mut scene, &format!("{}, {}", c.role, c.place), (left - 22.0, y), size, (left - 72.0, pitch));
        scene.line(vec![(x.at(c.a_day.p5), y), (x.at(c.a_day.p95), y)], colour, 5);
        scene.dot((x.at(c.a_day.mean), y), 11.0, colour);
        scene.text(say::percent(c.over_25.mean), (1550.0, y), size, Anchor::Right);
    }
    Some(scene)
}
