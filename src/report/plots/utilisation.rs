//! Utilisation by post and week, as a heat map.

use super::axis::{TICK, months};
use super::chart::{fit, width};
use super::scene::{Anchor, Colour, GREY, INK, NONE, Scene, WHITE};
use crate::findings::{Findings, say, titles};

/// Most rows that can be read on a page.
const ROWS: usize = 24;
/// Share at which the scale begins: emptier posts are all pale.
const LOWEST: f64 = 0.5;

/// The picture; none where no post has appointment time.
pub fn scene(f: &Findings) -> Option<Scene> {
    let u = &f.utilisation;
    // The fullest first, so that what matters is there when there are more posts than rows.
    let mut order: Vec<usize> = (0..u.posts.len()).filter(|&i| !u.whole[i].is_nan()).collect();
    order.sort_by(|&a, &b| u.whole[b].total_cmp(&u.whole[a]));
    let weeks = u.share.first()?.len();
    let shown = order.len().min(ROWS);
    let more = order.len() - shown;
    let cut =
        if more > 0 { format!(" The {shown} fullest of {} posts.", order.len()) } else { String::new() };
    let mut scene = Scene::new(
        titles::utilisation(u),
        format!(
            "Used of rostered appointment time by post and week [%], mean over simulated years; fullest first.{cut}"
        ),
        super::foot(f, "DNA slots count as used."),
    );
    let (top, bottom) = (215.0, 700.0);
    let pitch = ((bottom - top) / shown as f64).min(58.0);
    let bottom = top + pitch * shown as f64;
    let size = TICK.min(pitch * 0.92).max(20.0);
    let names = order.iter().map(|&i| width(&u.posts[i], size, false)).fold(0.0, f64::max);
    let left = (70.0 + names).min(560.0);
    let right = 1425.0;
    let x = |week: f64| left + week / weeks as f64 * (right - left);
    for (row, &post) in order.iter().take(shown).enumerate() {
        let y = top + pitch * row as f64;
        let name = fit(&u.posts[post], size, left - 66.0);
        scene.text(name, (left - 14.0, y + pitch / 2.0), size, Anchor::Right);
        for (week, share) in u.share[post].iter().enumerate() {
            let edges = [x(week as f64), y + 1.0, x(week as f64 + 1.0) - 1.0, y + pitch - 1.0];
            scene.rect(edges, colour(*share));
        }
        let whole = say::percent(u.whole[post]);
        scene.label(whole, (right + 14.0, y + pitch / 2.0), size, Anchor::Left, (INK, true));
    }
    months(&mut scene, u.start, weeks * 7, &|day| x(day / 7.0), (bottom, bottom));
    scene.label("all year", (right + 14.0, top - 22.0), 24.0, Anchor::Left, (GREY, false));
    key(&mut scene, left, (bottom + 96.0).min(802.0));
    Some(scene)
}

fn colour(share: f64) -> Colour {
    if share.is_nan() { NONE } else { Colour::scale((share - LOWEST) / (1.0 - LOWEST)) }
}

/// The key of colours.
fn key(scene: &mut Scene, left: f64, y: f64) {
    let steps = 50;
    let (from, to) = (left + 90.0, left + 590.0);
    for i in 0..steps {
        let share = LOWEST + (1.0 - LOWEST) * (i as f64 + 0.5) / steps as f64;
        let at = |i: usize| from + (to - from) * i as f64 / steps as f64;
        scene.rect([at(i), y - 13.0, at(i + 1), y + 13.0], colour(share));
    }
    scene.text("50 % or less", (from - 12.0, y), 24.0, Anchor::Right);
    scene.text("100 %", (to + 12.0, y), 24.0, Anchor::Left);
    scene.rect([to + 150.0, y - 13.0, to + 180.0, y + 13.0], NONE);
    scene.rect([to + 152.0, y - 11.0, to + 178.0, y + 11.0], WHITE);
    scene.rect([to + 154.0, y - 9.0, to + 176.0, y + 9.0], NONE);
    scene.text("nobody rostered", (to + 194.0, y), 24.0, Anchor::Left);
}
