//! Demand against capacity by week, as fans.
//!
//! In: hours asked for and hours on the roster of the role that the findings chose, by week. Out: two lines with
//! bands.

use super::axis::{Scale, TICK, months, upright};
use super::scene::{Anchor, BLUE, Colour, INK, Scene, VERMILLION};
use crate::findings::weeks::Week;
use crate::findings::{Findings, say, titles};

/// The picture; none where no role has both work and a roster.
///
/// Weeks run from the first counted day; a point stands in the middle of its week.
pub fn scene(f: &Findings) -> Option<Scene> {
    let d = f.demand.as_ref()?;
    let role = say::plural(&d.role);
    let apart = if d.together { " Time to spare at one practice does not serve another." } else { "" };
    let mut scene = Scene::new(
        titles::demand(d),
        format!(
            "{}, {}: appointment hours a week. Line: mean; band: P5 to P95 over {}.",
            f.subject.name,
            role,
            f.years_again()
        ),
        super::foot(
            f,
            &format!("Asked for: slot time of everyone due that week, whether seen or not.{apart}"),
        ),
    );
    let (left, right, top, bottom) = (150.0, 1390.0, 210.0, 745.0);
    let highest = d.wanted.iter().chain(&d.rostered).map(|w| w.p95).fold(0.0, f64::max);
    let y = Scale::round(0.0, highest, bottom, top);
    let weeks = d.wanted.len().max(1);
    let x = |week: f64| left + week / weeks as f64 * (right - left);
    months(&mut scene, d.start, weeks * 7, &|day| x(day / 7.0), (top, bottom));
    upright(&mut scene, &y, (left, right), say::whole);
    scene.text("hours a week", (left - 90.0, top - 34.0), TICK, Anchor::Left);
    fan(&mut scene, &d.rostered, &x, &y, BLUE, true);
    fan(&mut scene, &d.wanted, &x, &y, VERMILLION, false);
    // The names stand where the lines end.
    let end = |w: &[Week]| w.last().map_or(0.0, |w| y.at(w.mean));
    let (mut asked, mut roster) = (end(&d.wanted), end(&d.rostered));
    // Names at the ends of the lines, pushed apart where the lines meet.
    if (asked - roster).abs() < 64.0 {
        let middle = (asked + roster) / 2.0;
        let side = if asked <= roster { -1.0 } else { 1.0 };
        (asked, roster) = (middle + side * 32.0, middle - side * 32.0);
    }
    for (text, at, colour) in [(["Asked", "for"], asked, VERMILLION), (["On the", "roster"], roster, BLUE)] {
        for (i, line) in text.iter().enumerate() {
            let at = (right + 16.0, at - 15.0 + 30.0 * i as f64);
            scene.label(*line, at, 30.0, Anchor::Left, (colour, true));
        }
    }
    scene.line(vec![(left, top), (left, bottom)], INK, 2);
    Some(scene)
}

/// A line of means in a band from P5 to P95.
fn fan(scene: &mut Scene, weeks: &[Week], x: &dyn Fn(f64) -> f64, y: &Scale, colour: Colour, dashed: bool) {
    let points = |of: &dyn Fn(&Week) -> f64| -> Vec<(f64, f64)> {
        weeks.iter().enumerate().map(|(i, w)| (x(i as f64 + 0.5), y.at(of(w)))).collect()
    };
    scene.band(points(&|w| w.p5), &points(&|w| w.p95), colour, 0.22);
    let mean = points(&|w| w.mean);
    if dashed { scene.dashed(mean, colour, 4) } else { scene.line(mean, colour, 4) }
}
