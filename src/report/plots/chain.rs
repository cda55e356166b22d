//! From all GP appointments to net GP time released: the chain.

use super::axis::{Scale, TICK, level};
use super::scene::{Anchor, BLUE, Colour, GREEN, GREY, INK, ORANGE, Scene, VERMILLION};
use crate::findings::figure::Figure;
use crate::findings::{Findings, say, titles};

/// The picture; none where nothing is redirected.
pub fn scene(f: &Findings) -> Option<Scene> {
    let c = f.chain.as_ref()?;
    let mut scene = Scene::new(
        titles::chain(c),
        format!(
            "From all GP appointments to net GP time released. {}, against {}: GP hours {}, mean (P5-P95 over simulated years).",
            c.option, c.against, c.per
        ),
        super::foot(
            f,
            "Net: work no longer joining the GPs' queue, follow-ups and rebookings included, less their time for supervising. None of it is cash.",
        ),
    );
    let net = if c.net.mean >= 0.0 { GREEN } else { VERMILLION };
    let rows = [
        ("Rated avoidable", &c.rated, BLUE),
        ("… at practices taking part", &c.taking_part, BLUE),
        ("… redirected", &c.redirected, BLUE),
        ("… not returning to a GP", &c.not_returning, BLUE),
        ("Fewer rebookings, follow-ups", &c.knock_on, BLUE),
        ("Less GP time to supervise, signpost", &c.supervision, VERMILLION),
        ("Net GP time released", &c.net, net),
        ("Receiving roles' extra time", &c.receivers, ORANGE),
    ];
    let (left, right, top) = (480.0, 1190.0, 290.0);
    let asked = format!("Asked of GPs in all: {} hours {} = 100 %", c.asked.text(), c.per);
    scene.label(asked, (left, top - 42.0), TICK, Anchor::Left, (INK, true));
    let low = rows.iter().map(|r| r.1.p5).filter(|v| v.is_finite()).fold(0.0, f64::min);
    let high = rows.iter().map(|r| r.1.p95).filter(|v| v.is_finite()).fold(1.0, f64::max);
    let x = Scale::round(low, high, left, right);
    let pitch = 58.0;
    let bottom = top + pitch * rows.len() as f64;
    level(&mut scene, &x, (top - 8.0, bottom), say::whole);
    for (row, (name, figure, colour)) in rows.into_iter().enumerate() {
        let y = top + pitch * (row as f64 + 0.5);
        let bold = name.starts_with("Net");
        scene.label(name, (450.0, y), TICK, Anchor::Right, (INK, bold));
        bar(&mut scene, figure, c.asked.mean, &x, y, (colour, bold));
    }
    Some(scene)
}

fn bar(scene: &mut Scene, figure: &Figure, asked: f64, x: &Scale, y: f64, (colour, bold): (Colour, bool)) {
    let right = 1550.0;
    if !figure.known() {
        scene.label("not known", (right, y), TICK, Anchor::Right, (GREY, false));
        return;
    }
    let (from, to) = (x.at(0.0).min(x.at(figure.mean)), x.at(0.0).max(x.at(figure.mean)));
    scene.rect([from, y - 19.0, to, y + 19.0], colour);
    scene.line(vec![(x.at(figure.p5), y), (x.at(figure.p95), y)], INK, 3);
    for end in [figure.p5, figure.p95] {
        scene.line(vec![(x.at(end), y - 8.0), (x.at(end), y + 8.0)], INK, 3);
    }
    let share = say::decimals(100.0 * figure.mean / asked, 1);
    scene.label(figure.text(), (right - 90.0, y), 25.0, Anchor::Right, (INK, bold));
    scene.label(format!("{share} %"), (right, y), 25.0, Anchor::Right, (INK, bold));
}
