//! The backlog through the year, as now and under the options.
//!
//! In: weekly means of the findings. Out: a line each, as now with the band of its years.

use super::axis::{Scale, TICK, months, upright};
use super::chart::{above, below, width};
use super::scene::{Anchor, Colour, INK, Scene};
use super::targets::COLOURS;
use crate::findings::backlog::Backlog;
use crate::findings::{say, weeks::Week};

/// The picture; `foot` takes the definitions and adds the run.
pub fn scene(backlog: &Backlog, foot: impl FnOnce(&str) -> String) -> Scene {
    let options = backlog.lines.len() - 1;
    let left_out = match backlog.left_out {
        0 => String::new(),
        n => format!(" The {options} of {} options that change its end most.", options + n),
    };
    let subtitle = format!(
        "{}: requests waiting and overdue at each week's end, mean over simulated years. Band: P5 to P95 as now.{left_out}",
        backlog.place
    );
    let definitions = "Overdue: waiting since the due day or longer; those booked ahead are not in it. Months by place are in months.csv.";
    let mut scene = Scene::new(backlog.title(), subtitle, foot(definitions));
    let names = if options == 0 { below(&scene) } else { legend(&mut scene, backlog) };
    let (left, right, top, bottom) = (150.0, 1540.0, names + 70.0, (above(&scene) - 80.0).min(745.0));
    let ends = backlog.lines.iter().flat_map(|(_, weeks)| weeks.iter().map(|week| week.mean));
    let band = backlog.lines[0].1.iter().map(|week| week.p95);
    let y = Scale::round(0.0, ends.chain(band).fold(1.0, f64::max), bottom, top);
    let x = |day: f64| left + day / backlog.days.max(1) as f64 * (right - left);
    months(&mut scene, backlog.start, backlog.days, &x, (top, bottom));
    upright(&mut scene, &y, (left, right), say::whole);
    scene.text("waiting and overdue", (left - 100.0, top - 32.0), TICK, Anchor::Left);
    // A week's end stands where its last day does.
    let points = |weeks: &[Week], of: fn(&Week) -> f64| -> Vec<(f64, f64)> {
        let end = |at: usize| (7.0 * (at + 1) as f64).min(backlog.days as f64);
        weeks.iter().enumerate().map(|(at, week)| (x(end(at)), y.at(of(week)))).collect()
    };
    let now = &backlog.lines[0].1;
    scene.band(points(now, |week| week.p5), &points(now, |week| week.p95), INK, 0.1);
    // As now last, so that it lies on top of options that change nothing yet.
    for (at, (_, weeks)) in backlog.lines.iter().enumerate().rev() {
        let line = points(weeks, |week| week.mean);
        if at == 0 { scene.dashed(line, INK, 4) } else { scene.line(line, colour(at), 4) }
    }
    scene.line(vec![(left, top), (left, bottom)], INK, 2);
    scene
}

/// The colour of a line; as now is black.
fn colour(at: usize) -> Colour {
    at.checked_sub(1).map_or(INK, |option| COLOURS[option % COLOURS.len()])
}

/// Names of the lines below title and subtitle; the lowest line that they take.
fn legend(scene: &mut Scene, backlog: &Backlog) -> f64 {
    let (mut x, mut y) = (50.0, below(scene) + 24.0);
    for (at, (name, _)) in backlog.lines.iter().enumerate() {
        let wide = 60.0 + width(name, 25.0, false) + 40.0;
        if x > 50.0 && x + wide > 1550.0 {
            (x, y) = (50.0, y + 34.0);
        }
        let stroke = vec![(x, y), (x + 46.0, y)];
        if at == 0 {
            scene.dashed(stroke, INK, 4)
        } else {
            scene.line(stroke, colour(at), 4)
        }
        scene.text(name.clone(), (x + 60.0, y), 25.0, Anchor::Left);
        x += wide;
    }
    y
}
