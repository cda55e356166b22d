//! Names beside the dots that they belong to: no name over a dot, none nearer to another dot than to its own unless a line leads
//! to it.
//!
//! In: names with their dots, in the order of their weight, all dots, the edges of the drawing. Out: where each name stands, and the
//! line to it where it stands apart. A name that need not stand goes without where there is no room.
//!
//! All places are in units of the page, y downwards. A name is placed once and stays: later names give way to
//! earlier ones, so the caller's order is the order of weight. Tries at most six rings of eight places a name.

use super::chart::width;
use super::scene::{Anchor, Colour, GREY, Scene};

/// A name and its dot.
#[derive(Clone, Debug)]
pub struct Name {
    /// The words.
    pub words: String,
    /// The dot, and half its width.
    pub dot: (f64, f64, f64),
    /// Size of the text.
    pub size: f64,
    /// Its ink; bold where stated.
    pub ink: (Colour, bool),
    /// True where it has to stand somewhere.
    pub must: bool,
    /// True where it may stand away from its dot, with a line that leads to it.
    pub far: bool,
}

/// Left, top, right, bottom.
type Edges = [f64; 4];

/// Distances from a dot's edge at which a name is tried; from the second on a line leads to it, and only a name that may stand
/// away from its dot is tried.
const AWAY: [f64; 6] = [7.0, 24.0, 48.0, 80.0, 120.0, 170.0];
/// Sides on which it is tried: left and below first, where by the frontier's nature least lies.
const SIDES: [(f64, f64); 8] =
    [(-1.0, 1.0), (-1.0, 0.0), (1.0, -1.0), (1.0, 0.0), (0.0, 1.0), (0.0, -1.0), (1.0, 1.0), (-1.0, -1.0)];
/// Room between a name and what is beside it.
const ROOM: f64 = 4.0;

/// Puts the names into a picture; what is `taken` no name may touch.
///
/// `dots` are all dots, the names' own among them, `strokes` lines that would strike a name through; `page` is what a name may not leave. Lines are drawn before
/// the words.
pub fn put(
    scene: &mut Scene,
    names: &[Name],
    (dots, strokes): (&[(f64, f64, f64)], &[Edges]),
    (page, mut taken): (Edges, Vec<Edges>),
) {
    for name in names {
        let Some((edges, leads)) = place(name, (dots, strokes), &taken, page) else { continue };
        if leads {
            let ((x, y, half), end) = (name.dot, nearest_of(name.dot, edges));
            let part = half / (end.0 - x).hypot(end.1 - y).max(half);
            scene.line(vec![(x + part * (end.0 - x), y + part * (end.1 - y)), end], GREY, 2);
        }
        let middle = 0.5 * (edges[1] + edges[3]);
        scene.label(name.words.clone(), (edges[0], middle), name.size, Anchor::Left, name.ink);
        taken.push(edges);
    }
}

/// Where a name stands, and whether a line leads to it.
///
/// None where there is no room and it need not stand. A good place touches no name and no dot and cannot be taken
/// for another dot's; a name that must stand takes, failing that, the first free place with a line, over a dot if
/// it has to be.
fn place(
    name: &Name,
    (dots, strokes): (&[(f64, f64, f64)], &[Edges]),
    taken: &[Edges],
    page: Edges,
) -> Option<(Edges, bool)> {
    let free = |edges: &Edges| {
        let inside = edges[0] >= page[0] && edges[1] >= page[1] && edges[2] <= page[2] && edges[3] <= page[3];
        inside && !taken.iter().any(|other| gap(*other, *edges) < ROOM)
    };
    let clear = |edges: &Edges| {
        let unstruck = strokes.iter().all(|stroke| gap(*stroke, *edges) > 0.0);
        unstruck && dots.iter().all(|dot| beside(*dot, *edges) >= ROOM)
    };
    let (x, y, _) = name.dot;
    let others = || dots.iter().filter(|dot| (dot.0, dot.1) != (x, y));
    // More than twice as near to its own dot as to any other: else the eye may pair it with the wrong one.
    let own = |edges: &Edges| {
        let mine = beside(name.dot, *edges);
        others().all(|dot| beside(*dot, *edges) > 2.0 * mine)
    };
    let rings = if name.must || name.far { AWAY.len() } else { 1 };
    let all = || {
        AWAY[..rings]
            .iter()
            .enumerate()
            .flat_map(|(ring, away)| SIDES.map(|side| (ring, at(name, *away, side))))
    };
    let tells = |ring: usize, edges: &Edges| match ring {
        0 => own(edges),
        _ => others().all(|dot| along(name.dot, *edges, *dot) >= ROOM),
    };
    // Away from its dot the line tells whose it is, so the line must pass clear of other dots.
    let good = all().find(|(ring, edges)| free(edges) && clear(edges) && tells(*ring, edges));
    let last = || all().find(|(ring, edges)| *ring > 0 && free(edges)).filter(|_| name.must);
    good.or_else(last).map(|(ring, edges)| (edges, ring > 0))
}

/// The edges of a name on a side of its dot.
///
/// `away` is from the edge of the dot; `across` and `down` are -1, 0 or 1.
fn at(name: &Name, away: f64, (across, down): (f64, f64)) -> Edges {
    let (x, y, half) = name.dot;
    let wide = width(&name.words, name.size, name.ink.1);
    let high = 1.1 * name.size;
    // Aslant both count, so each takes its part.
    let part = if across != 0.0 && down != 0.0 { 0.7 } else { 1.0 };
    let reach = part * (half + away);
    let left = match across {
        _ if across < 0.0 => x - reach - wide,
        _ if across > 0.0 => x + reach,
        _ => x - 0.5 * wide,
    };
    let top = match down {
        _ if down < 0.0 => y - reach - high,
        _ if down > 0.0 => y + reach,
        _ => y - 0.5 * high,
    };
    [left, top, left + wide, top + high]
}

/// The place of a name nearest to a dot.
fn nearest_of((x, y, _): (f64, f64, f64), edges: Edges) -> (f64, f64) {
    (x.clamp(edges[0], edges[2]), y.clamp(edges[1], edges[3]))
}

/// Distance of a dot's edge from a name.
///
/// Below nought where they overlap.
fn beside(dot: (f64, f64, f64), edges: Edges) -> f64 {
    let near = nearest_of(dot, edges);
    (dot.0 - near.0).hypot(dot.1 - near.1) - dot.2
}

/// Distance of another dot's edge from the line that leads from a dot to its name.
///
/// Below nought where the line passes over it.
fn along(own: (f64, f64, f64), edges: Edges, other: (f64, f64, f64)) -> f64 {
    let end = nearest_of(own, edges);
    let (across, down) = (end.0 - own.0, end.1 - own.1);
    // A name at its dot's own middle has no line: any small number keeps the share finite.
    let long = (across * across + down * down).max(1e-9);
    let part = (((other.0 - own.0) * across + (other.1 - own.1) * down) / long).clamp(0.0, 1.0);
    (own.0 + part * across - other.0).hypot(own.1 + part * down - other.1) - other.2
}

/// Distance of two names; nought where they touch.
fn gap(a: Edges, b: Edges) -> f64 {
    let across = (a[0] - b[2]).max(b[0] - a[2]).max(0.0);
    across.hypot((a[1] - b[3]).max(b[1] - a[3]).max(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::plots::scene::{INK, Mark};

    fn named(words: &str, dot: (f64, f64, f64), must: bool) -> Name {
        Name { words: words.into(), dot, size: 26.0, ink: (INK, true), must, far: false }
    }

    /// The names as they stand, with the nearest dot of each and whether a line leads from it.
    fn nearest(names: &[Name], dots: &[(f64, f64, f64)]) -> Vec<(String, (f64, f64), bool)> {
        let mut scene = Scene::new(String::new(), String::new(), String::new());
        put(&mut scene, names, (dots, &[]), ([0.0, 0.0, 1600.0, 900.0], Vec::new()));
        let line_from = |dot: (f64, f64, f64)| {
            let near = |at: (f64, f64)| (at.0 - dot.0).hypot(at.1 - dot.1) <= dot.2 + 1e-9;
            scene.marks.iter().any(|mark| matches!(mark, Mark::Line(points, ..) if near(points[0])))
        };
        let texts = scene.marks.iter().filter_map(|mark| match mark {
            Mark::Text(words, at, size, ..) => Some((words.clone(), *at, *size)),
            _ => None,
        });
        let each = |(words, (left, middle), size): (String, (f64, f64), f64)| {
            let wide = width(&words, size, true);
            let edges = [left, middle - 0.55 * size, left + wide, middle + 0.55 * size];
            let by = |a: &&(f64, f64, f64), b: &&(f64, f64, f64)| {
                beside(**a, edges).total_cmp(&beside(**b, edges))
            };
            let dot = dots.iter().min_by(by).map_or((0.0, 0.0), |dot| (dot.0, dot.1));
            let own = names.iter().find(|name| name.words == words).map_or((0.0, 0.0, 0.0), |n| n.dot);
            assert!(dots.iter().all(|dot| beside(*dot, edges) > 0.0), "{words} stands on a dot");
            (words, dot, line_from(own))
        };
        texts.map(each).collect()
    }

    /// Crowded on purpose: the best has another mix just below, things as they are stand close by.
    #[test]
    fn a_name_stands_nearest_to_its_own_dot_or_a_line_leads_to_it() {
        let dots = [(600.0, 500.0, 15.0), (585.0, 540.0, 9.0), (640.0, 470.0, 8.0), (560.0, 505.0, 5.0)];
        let names = [
            named("best: 1 / 4.5", dots[0], true),
            named("as now", dots[2], true),
            named("0.5 / 4.5", dots[1], false),
        ];
        let stand = nearest(&names, &dots);
        assert!(stand.len() >= 2, "the best and things as they are have to stand: {stand:?}");
        for (name, (_, dot, led)) in names.iter().zip(&stand) {
            assert!(*led || *dot == (name.dot.0, name.dot.1), "{}: nearest is {dot:?}", name.words);
        }
        // Alone a name needs no line.
        assert_eq!(nearest(&names[..1], &dots[..1]), [("best: 1 / 4.5".into(), (600.0, 500.0), false)]);
    }

    /// A name that may stand away does so where its own place is struck through, and ends where its words end.
    #[test]
    fn a_name_gives_way_to_a_stroke_and_stands_close() {
        let dots = [(600.0, 500.0, 9.0)];
        let mut name = named("0 / 5", dots[0], false);
        let left_of = |name: &Name, strokes: &[Edges]| {
            let mut scene = Scene::new(String::new(), String::new(), String::new());
            put(
                &mut scene,
                std::slice::from_ref(name),
                (&dots, strokes),
                ([0.0, 0.0, 1600.0, 900.0], Vec::new()),
            );
            scene.marks.iter().find_map(|mark| match mark {
                Mark::Text(words, at, size, ..) => Some(at.0 + width(words, *size, true)),
                _ => None,
            })
        };
        let close = left_of(&name, &[]).unwrap_or(0.0);
        assert!((575.0..600.0).contains(&close), "its words end at {close}");
        // A stroke all around the dot leaves no place beside it.
        let around = [[520.0, 440.0, 680.0, 560.0]];
        assert_eq!(left_of(&name, &around), None);
        name.far = true;
        assert!(left_of(&name, &around).is_some());
    }
}
