//! Scales and axes: from figures to places on the page.
//!
//! In: the ends of the figures and the edges of a drawing [units of the page]. Out: lines and texts put into a
//! scene. An upright scale has its lower figure at the larger place, as the page counts downwards.

use super::scene::{Anchor, GREY, GRID, INK, Scene};
use crate::findings::say;
use crate::units::Day;

/// Size of the text of an axis.
pub const TICK: f64 = 27.0;

/// A linear scale.
///
/// `at_from` may lie above `at_to`: the scale then runs the other way. `from` and `to` must differ, or
/// [`Scale::at`] has no value.
#[derive(Clone, Copy, Debug)]
pub struct Scale {
    /// Figure at the first end.
    pub from: f64,
    /// Figure at the other end.
    pub to: f64,
    /// Place of the first end.
    pub at_from: f64,
    /// Place of the other end.
    pub at_to: f64,
}

impl Scale {
    /// The place of a figure.
    ///
    /// Figures outside the ends are placed outside too; nothing is clamped.
    pub fn at(&self, x: f64) -> f64 {
        self.at_from + (x - self.from) / (self.to - self.from) * (self.at_to - self.at_from)
    }

    /// From nought (or the lowest below it) to a round figure above the highest.
    ///
    /// The upper end is never nought: figures that are all nought get one step.
    pub fn round(low: f64, high: f64, at_from: f64, at_to: f64) -> Self {
        let low = low.min(0.0);
        let step = step(low, high);
        let to = (high / step).ceil() * step;
        // A little below nought does not need a whole step.
        let from = if low > -0.5 * step { low } else { (low / step).floor() * step };
        Self { from, to: if to > 0.0 { to } else { step }, at_from, at_to }
    }

    /// Round figures along the scale, about five.
    ///
    /// In rising order, each a multiple of the step, both ends included where they are such.
    pub fn ticks(&self) -> Vec<f64> {
        let step = step(self.from, self.to);
        // Counts of steps: a handful, as the step is a fifth of the range or more.
        let first = (self.from / step).ceil() as i64;
        // A hair's breadth, so that an end that is a multiple but for rounding keeps its figure.
        let last = ((self.to / step) + 1e-9).floor() as i64;
        (first..=last).map(|i| i as f64 * step).collect()
    }
}

/// 1, 2 or 5 times a power of ten, so that about five steps fill the range.
///
/// Never nought: a range without width has a step of a power of ten below it.
fn step(low: f64, high: f64) -> f64 {
    let rough = ((high - low) / 5.0).max(1e-9);
    let power = libm::exp10(libm::floor(libm::log10(rough)));
    let times = rough / power;
    power
        * if times <= 1.0 {
            1.0
        } else if times <= 2.0 {
            2.0
        } else if times <= 5.0 {
            5.0
        } else {
            10.0
        }
}

/// Figures of an upright axis with light lines across.
///
/// `left` and `right` are the edges of the drawing; the line of nought is drawn dark. `write` turns a figure into
/// its text.
pub fn upright(scene: &mut Scene, scale: &Scale, (left, right): (f64, f64), write: impl Fn(f64) -> String) {
    for tick in scale.ticks() {
        let y = scale.at(tick);
        scene.line(
            vec![(left, y), (right, y)],
            if tick == 0.0 { INK } else { GRID },
            if tick == 0.0 { 2 } else { 1 },
        );
        scene.text(write(tick), (left - 14.0, y), TICK, Anchor::Right);
    }
}

/// Figures of a level axis with light lines up.
///
/// `top` and `bottom` are the edges of the drawing; figures stand below it.
pub fn level(scene: &mut Scene, scale: &Scale, (top, bottom): (f64, f64), write: impl Fn(f64) -> String) {
    for tick in scale.ticks() {
        let x = scale.at(tick);
        scene.line(
            vec![(x, top), (x, bottom)],
            if tick == 0.0 { INK } else { GRID },
            if tick == 0.0 { 2 } else { 1 },
        );
        scene.text(write(tick), (x, bottom + 24.0), TICK, Anchor::Middle);
    }
}

/// Months under an axis of days; `x` places a day counted from the start.
///
/// The year stands under the first month named in it. Of more than thirteen months only some are named, each at
/// its first day; else a name stands in the middle of its month, and a stub of a month at the end goes without.
pub fn months(scene: &mut Scene, start: Day, days: usize, x: &dyn Fn(f64) -> f64, (top, bottom): (f64, f64)) {
    let firsts: Vec<usize> = (0..days).filter(|d| start.plus(*d as i32).date().day() == 1).collect();
    let each = firsts.len().div_ceil(13).max(1);
    let mut year = None;
    for (i, &d) in firsts.iter().enumerate() {
        let day = start.plus(d as i32);
        scene.line(vec![(x(d as f64), top), (x(d as f64), bottom + 8.0)], GRID, 1);
        let next = firsts.get(i + 1).copied().unwrap_or(days);
        if i % each != 0 || x(next as f64) - x(d as f64) < 40.0 && each == 1 {
            continue;
        }
        let name = &say::MONTHS[day.month()][..3];
        let at = if each == 1 { x((d + next) as f64 / 2.0) } else { x(d as f64) };
        scene.text(name, (at, bottom + 24.0), TICK, Anchor::Middle);
        if year != Some(day.date().year()) {
            year = Some(day.date().year());
            let year = day.date().year().to_string();
            scene.label(year, (at, bottom + 54.0), TICK, Anchor::Middle, (GREY, false));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_cover_the_figures() {
        let scale = Scale::round(3.0, 87.0, 0.0, 100.0);
        assert_eq!((scale.from, scale.to), (0.0, 100.0));
        assert_eq!(scale.ticks(), vec![0.0, 20.0, 40.0, 60.0, 80.0, 100.0]);
        assert_eq!(scale.at(50.0), 50.0);
        let empty = Scale::round(0.0, 0.0, 0.0, 1.0);
        assert!(empty.at(0.0).is_finite());
    }
}
