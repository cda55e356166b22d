//! Names of rows, in full: on one line where there is room, else on two, else smaller; cut only where nothing helps.
//!
//! In: a text, its place, the room to its left and the height of its row [units]. Out: texts in a scene. All heat
//! maps and rows of bars use it, so that a long name looks alike everywhere.

use super::axis::TICK;
use super::chart::{fit, lines, width};
use super::scene::{Anchor, Scene};

/// Of the way to the cells of a heat map what is no room for names: the page's edge and a gap [units].
const ROOM: f64 = 62.0;

/// The smallest letters that are still read on paper.
const SMALLEST: f64 = 17.0;

/// A name as set: its lines and their size.
#[derive(Clone, Debug, PartialEq)]
struct Set {
    /// One, or two from above.
    lines: Vec<String>,
    /// Size of the letters [units].
    size: f64,
}

/// Writes the name of a row, held at its right end and centred on the row.
///
/// `size` is the largest that is tried; `room` and `pitch` are width and height of what it may fill.
pub fn name(scene: &mut Scene, text: &str, (right, y): (f64, f64), size: f64, (room, pitch): (f64, f64)) {
    let set = set(text, size, room, pitch);
    let step = 1.05 * set.size;
    let first = y - 0.5 * step * (set.lines.len() as f64 - 1.0);
    for (i, line) in set.lines.into_iter().enumerate() {
        scene.text(line, (right, first + step * i as f64), set.size, Anchor::Right);
    }
}

/// Where the cells of a heat map begin, and one size for the names of all its rows: that of the name which needs the smallest.
///
/// Rows are `pitch` high; however long the names, cells begin at `most` at the latest.
pub fn column<'a>(names: impl Iterator<Item = &'a str> + Clone, pitch: f64, most: f64) -> (f64, f64) {
    let size = TICK.min(pitch * 0.92).max(19.0);
    let widest = names.clone().map(|name| width(name, size, false)).fold(0.0, f64::max);
    let left = (70.0 + widest).min(most);
    let fits = names.map(|name| set(name, size, left - ROOM, pitch).size);
    (left, fits.fold(size, f64::min))
}

/// Writes the name of a row of a heat map whose cells begin at `left`, as [`column`] found it.
pub fn row(scene: &mut Scene, text: &str, (left, y): (f64, f64), size: f64, pitch: f64) {
    name(scene, text, (left - 14.0, y), size, (left - ROOM, pitch));
}

/// The largest setting, from a size downwards, in which a name fits its room.
///
/// Two lines need a row that is high enough. Below [`SMALLEST`] the name is cut on one line.
fn set(text: &str, size: f64, room: f64, pitch: f64) -> Set {
    let mut at = size;
    while at >= SMALLEST {
        let broken = lines(text, at, false, room);
        let high = broken.len() == 1 || (broken.len() == 2 && 2.0 * 1.05 * at <= pitch);
        if high && broken.iter().all(|line| width(line, at, false) <= room) {
            return Set { lines: broken, size: at };
        }
        // Whole units: a finer step would not be seen.
        at -= 1.0;
    }
    Set { lines: vec![fit(text, SMALLEST, room)], size: SMALLEST }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_then_two_then_smaller_then_cut() {
        let long = "Hammersmith & Fulham Centres for Health";
        assert_eq!(set("Mill Lane", 27.0, 290.0, 60.0).lines, ["Mill Lane"]);
        let two = set(long, 27.0, 290.0, 60.0);
        assert_eq!((two.lines.len(), two.size), (2, 27.0));
        assert_eq!(two.lines.join(" "), long, "in full");
        let low = set(long, 27.0, 420.0, 25.0);
        assert!(low.lines.len() == 1 && low.size < 27.0 && low.lines[0] == long, "{low:?}");
        assert!(set(long, 27.0, 100.0, 20.0).lines[0].ends_with('…'));
    }
}
