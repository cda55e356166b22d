//! Utilisation by post and week, as a heat map; posts that options add stand below.
//!
//! In: used of rostered minutes by post and week. Out: a row a post, a cell a week, and the mean of the year at
//! its end.

use super::axis::months;
use super::names::{self, column};
use super::scene::{Anchor, Colour, GREY, INK, NONE, Scene, WHITE};
use crate::findings::weeks::Busy;
use crate::findings::{Findings, say, titles};

/// Most rows that can be read on a page.
///
/// Posts that options add take their rows from these.
const ROWS: usize = 25;
/// Most rows of posts that options add.
const ADDED: usize = 8;
/// Share at which the scale begins: emptier posts are all pale.
const LOWEST: f64 = 0.5;
/// Right end of the weeks.
const RIGHT: f64 = 1425.0;

/// The picture; none where no post has appointment time.
///
/// Only as many posts as can be read: the fullest, and the subtitle says of how many.
pub fn scene(f: &Findings) -> Option<Scene> {
    let u = &f.utilisation;
    let weeks = u.posts.first()?.share.len();
    let added = u.added.len().min(ADDED);
    let rows = fullest(&u.posts, ROWS - added);
    let new = fullest(&u.added, added);
    let cut = if rows.len() < u.posts.len() {
        format!(" The {} fullest of {} posts.", rows.len(), u.posts.len())
    } else {
        String::new()
    };
    let below = match (new.len(), u.added.len()) {
        (0, _) => String::new(),
        (shown, all) if shown < all => {
            format!(" Below: the {shown} fullest of {all} posts that options add.")
        }
        _ => " Below: posts that an option adds.".to_owned(),
    };
    let mut scene = Scene::new(
        titles::utilisation(u),
        format!(
            "Used of rostered appointment time by post and week [%], mean over simulated years; fullest first.{cut}{below}"
        ),
        super::foot(f, "DNA slots count as used."),
    );
    let gap = if new.is_empty() { 0.0 } else { 14.0 };
    let (top, bottom) = (215.0, 700.0);
    let all = (rows.len() + new.len()) as f64;
    let pitch = ((bottom - top - gap) / all).min(58.0);
    // The names decide where the weeks begin, within limits.
    let all_rows = rows.iter().chain(&new).map(|busy| busy.post.as_str());
    let (left, size) = column(all_rows, pitch, 620.0);
    let grid = Grid { left, weeks, pitch, size };
    let middle = top + pitch * rows.len() as f64;
    grid.draw(&mut scene, &rows, top);
    grid.draw(&mut scene, &new, middle + gap);
    let bottom = middle + gap + pitch * new.len() as f64;
    months(&mut scene, u.start, weeks * 7, &|day| grid.x(day / 7.0), (bottom, bottom));
    scene.label("all year", (RIGHT + 14.0, top - 22.0), 24.0, Anchor::Left, (GREY, false));
    key(&mut scene, left.min(470.0), (bottom + 96.0).min(802.0));
    Some(scene)
}

/// The fullest posts, so that what matters is there when there are more posts than rows.
///
/// Posts never rostered are left out.
fn fullest(posts: &[Busy], most: usize) -> Vec<&Busy> {
    let mut order: Vec<&Busy> = posts.iter().filter(|b| !b.whole.is_nan()).collect();
    order.sort_by(|a, b| b.whole.total_cmp(&a.whole));
    order.truncate(most);
    order
}

/// Where weeks and rows stand.
///
/// Left edge of the weeks [units].
struct Grid {
    left: f64,
    /// Weeks shown, all of seven days.
    weeks: usize,
    /// Height of a row, size of its letters [units].
    pitch: f64,
    size: f64,
}

impl Grid {
    /// The place of a week, counted from 0.
    fn x(&self, week: f64) -> f64 {
        self.left + week / self.weeks as f64 * (RIGHT - self.left)
    }

    /// Rows from `top` downwards: name, cells, mean.
    fn draw(&self, scene: &mut Scene, rows: &[&Busy], top: f64) {
        for (row, busy) in rows.iter().enumerate() {
            let y = top + self.pitch * row as f64;
            let middle = y + self.pitch / 2.0;
            names::row(scene, &busy.post, (self.left, middle), self.size, self.pitch);
            for (week, share) in busy.share.iter().enumerate() {
                let edges =
                    [self.x(week as f64), y + 1.0, self.x(week as f64 + 1.0) - 1.0, y + self.pitch - 1.0];
                scene.rect(edges, colour(*share));
            }
            let whole = say::percent(busy.whole);
            scene.label(whole, (RIGHT + 14.0, middle), self.size, Anchor::Left, (INK, true));
        }
    }
}

/// A week without a roster is pale grey, not pale blue: it is not empty, there is nothing to fill.
fn colour(share: f64) -> Colour {
    if share.is_nan() { NONE } else { Colour::scale((share - LOWEST) / (1.0 - LOWEST)) }
}

/// The key of colours.
///
/// Fifty steps stand for the scale from [`LOWEST`] to all; the square beside them is a week without a roster.
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
