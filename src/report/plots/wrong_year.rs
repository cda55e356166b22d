//! The year that went wrong: backlog of both years, and the rota strip of each.
//!
//! In: the two years of the findings, day by day. Out: one scale with both backlogs, and under it for each year
//! who was on the rota by role and week, on the same axis of days, so that cause and effect stand one above the
//! other.

use super::axis::{Scale, TICK, months, upright};
use super::names::name;
use super::scene::{Anchor, BLUE, Colour, GREY, INK, NONE, Scene, VERMILLION};
use crate::findings::wrong_year::OneYear;
use crate::findings::{Findings, say, titles};

/// Most roles in a strip.
const ROLES: usize = 6;

/// The picture; none where the headline has no value.
///
/// Strips are laid from below upwards, so that the backlog has what is left.
pub fn scene(f: &Findings) -> Option<Scene> {
    let w = f.wrong_year.as_ref()?;
    let days = w.worst.backlog.len();
    let mut scene = Scene::new(
        titles::wrong_year(w),
        format!(
            "{}: requests overdue at each day's end in the year nearest the worst tenth ({} {}) and in the median year ({}).",
            f.subject.name,
            w.headline.0,
            w.headline.1.say(w.worst.headline),
            w.headline.1.say(w.median.headline)
        ),
        super::foot(
            f,
            "Overdue: waiting since the due day or longer; those booked ahead are not in it. Strips: share of the full roster that was there, by role and week.",
        ),
    );
    // Six roles at most, each as high as there is room for.
    let rows = w.rows.len().min(ROLES);
    let pitch = f64::min(95.0 / rows.max(1) as f64, 34.0);
    let strip = pitch * rows as f64;
    let (left, right, top) = (270.0, 1330.0, 244.0);
    let strips_bottom = 792.0;
    let second = strips_bottom - strip;
    let first = second - 44.0 - strip;
    let bottom = first - 104.0;
    let highest = w.worst.backlog.iter().chain(&w.median.backlog).copied().fold(1.0, f64::max);
    let y = Scale::round(0.0, highest, bottom, top);
    let x = |day: f64| left + day / days.max(1) as f64 * (right - left);
    months(&mut scene, w.start, days, &x, (top, bottom));
    upright(&mut scene, &y, (left, right), say::whole);
    scene.text("waiting and overdue", (left - 110.0, top - 36.0), TICK, Anchor::Left);
    let points = |year: &OneYear| -> Vec<(f64, f64)> {
        year.backlog.iter().enumerate().map(|(d, b)| (x(d as f64 + 0.5), y.at(*b))).collect()
    };
    scene.dashed(points(&w.median), BLUE, 3);
    scene.line(points(&w.worst), VERMILLION, 4);
    names(&mut scene, right, (y.at(last(&w.worst)), y.at(last(&w.median))));
    let strips =
        [(&w.worst, first, "The year that went wrong", VERMILLION), (&w.median, second, "Median year", BLUE)];
    for (year, at, which, colour) in strips {
        scene.label(which, (left, at - 20.0), 26.0, Anchor::Left, (colour, true));
        for (row, present) in year.present.iter().take(rows).enumerate() {
            let y = at + pitch * row as f64;
            let size = 25.0_f64.min(pitch * 0.95).max(18.0);
            name(&mut scene, &w.rows[row], (left - 14.0, y + pitch / 2.0), size, (left - 64.0, pitch));
            for (week, share) in present.iter().enumerate() {
                let day = 7.0 * week as f64;
                scene.rect([x(day), y + 1.0, x(day + 7.0) - 1.0, y + pitch - 1.0], absent(*share));
            }
        }
    }
    key(&mut scene, right + 30.0, first);
    Some(scene)
}

/// The backlog at the end of the period; nought where it has no day.
fn last(year: &OneYear) -> f64 {
    year.backlog.last().copied().unwrap_or(0.0)
}

/// Names at the ends of the lines, pushed apart where the lines meet.
///
/// `worst` and `median` are places on the page, y downwards; each name has two lines.
fn names(scene: &mut Scene, right: f64, (mut worst, mut median): (f64, f64)) {
    if (worst - median).abs() < 68.0 {
        let middle = (worst + median) / 2.0;
        let side = if worst <= median { -1.0 } else { 1.0 };
        (worst, median) = (middle + side * 34.0, middle - side * 34.0);
    }
    for (text, at, colour) in
        [(["The year that", "went wrong"], worst, VERMILLION), (["Median", "year"], median, BLUE)]
    {
        for (i, line) in text.iter().enumerate() {
            scene.label(
                *line,
                (right + 16.0, at - 15.0 + 30.0 * i as f64),
                28.0,
                Anchor::Left,
                (colour, true),
            );
        }
    }
}

/// Nobody absent is pale; half or more absent is dark.
///
/// Stretched to twice: what is missing is what is looked for.
fn absent(present: f64) -> Colour {
    if present.is_nan() { NONE } else { Colour::scale(2.0 * (1.0 - present)) }
}

/// The key of the strips: four kinds of cell with their words.
fn key(scene: &mut Scene, left: f64, top: f64) {
    scene.label("On the rota", (left, top + 2.0), 24.0, Anchor::Left, (GREY, false));
    for (i, (share, words)) in
        [(1.0, "all"), (0.75, "three quarters"), (0.5, "half or less"), (f64::NAN, "nobody due")]
            .into_iter()
            .enumerate()
    {
        let y = top + 36.0 + 34.0 * i as f64;
        scene.rect([left, y - 13.0, left + 34.0, y + 13.0], INK);
        scene.rect([left + 1.0, y - 12.0, left + 33.0, y + 12.0], absent(share));
        scene.text(words, (left + 46.0, y), 24.0, Anchor::Left);
    }
}
