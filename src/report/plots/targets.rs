//! The chance of each target by practice.

use super::axis::TICK;
use super::chart::fit;
use super::scene::{Anchor, BLUE, Colour, GREY, GRID, INK, Scene, VERMILLION, WHITE};
use crate::findings::access::TargetFinding;
use crate::findings::{Findings, say, titles};

/// Most practices on a page.
const ROWS: usize = 20;
/// Most targets side by side.
const COLUMNS: usize = 3;

/// The picture; none without a target.
pub fn scene(f: &Findings) -> Option<Scene> {
    let first = f.targets.first()?;
    let futures = say::futures(f.fixed);
    let mut order: Vec<usize> = (0..first.practices.len()).collect();
    order.sort_by(|&a, &b| {
        let share = |i: usize| first.practices[i].1.share().unwrap_or(-1.0);
        share(b).total_cmp(&share(a))
    });
    let shown = order.len().min(ROWS);
    let cut = if order.len() > shown {
        format!(" The first {shown} of {} practices.", order.len())
    } else {
        String::new()
    };
    let mut scene = Scene::new(
        titles::targets(first),
        format!("Chance that a practice meets the target: share of {futures} [%].{cut}"),
        super::foot(
            f,
            "Thin line: 95 % Monte Carlo interval of the chance. Blue: more likely than not; orange-red: not.",
        ),
    );
    let columns = f.targets.len().min(COLUMNS);
    let (left, right) = (370.0, 1540.0);
    let (top, bottom) = (270.0, 745.0);
    let pitch = ((bottom - top) / shown as f64).min(96.0);
    let size = TICK.min(pitch * 0.9).max(20.0);
    for (row, &p) in order.iter().take(shown).enumerate() {
        let y = top + pitch * (row as f64 + 0.5);
        scene.text(fit(&first.practices[p].0, size, left - 80.0), (left - 24.0, y), size, Anchor::Right);
    }
    let wide = (right - left) / columns as f64;
    for (c, target) in f.targets.iter().take(columns).enumerate() {
        let from = left + wide * c as f64;
        let panel = Panel { from, to: from + wide - 115.0, top, pitch, size };
        panel.draw(&mut scene, target, &order[..shown], wide - 20.0);
    }
    Some(scene)
}

/// One target.
struct Panel {
    from: f64,
    to: f64,
    top: f64,
    pitch: f64,
    size: f64,
}

impl Panel {
    fn draw(&self, scene: &mut Scene, target: &TargetFinding, order: &[usize], room: f64) {
        let bottom = self.top + self.pitch * order.len() as f64;
        let x = |share: f64| self.from + share * (self.to - self.from);
        scene.label(
            fit(&target.title, TICK, room),
            (self.from, self.top - 54.0),
            TICK,
            Anchor::Left,
            (INK, true),
        );
        scene.label(
            fit(&target.words, 23.0, room),
            (self.from, self.top - 24.0),
            23.0,
            Anchor::Left,
            (GREY, false),
        );
        for share in [0.0, 0.5, 1.0] {
            scene.line(
                vec![(x(share), self.top), (x(share), bottom)],
                if share == 0.0 { INK } else { GRID },
                2,
            );
            scene.text(say::percent(share), (x(share), bottom + 24.0), TICK, Anchor::Middle);
        }
        for (row, &p) in order.iter().enumerate() {
            let y = self.top + self.pitch * (row as f64 + 0.5);
            let (_, chance, _) = &target.practices[p];
            let (Some(share), Some(interval)) = (chance.share(), chance.interval()) else {
                scene.text("-", (x(0.0) + 10.0, y), self.size, Anchor::Left);
                continue;
            };
            let colour = if share > 0.5 { BLUE } else { VERMILLION };
            let half = self.pitch * 0.3;
            scene.rect([x(0.0), y - half, x(share), y + half], Colour::between(WHITE, colour, 0.75));
            scene.line(vec![(x(interval.low), y), (x(interval.high), y)], INK, 2);
            let at = x(share.max(interval.high)) + 10.0;
            scene.text(say::percent(share), (at, y), self.size, Anchor::Left);
        }
    }
}
