//! Sessions a week that are missing by practice and month, as a heat map with its figures; below it what would be enough.
//!
//! In: what a staff bank would have to cover of the role in focus. Out: a row a practice, a cell a month, the whole period
//! at the end; rows of all practices together below.

use super::names::{self, column};
use super::scene::{Anchor, Colour, GREY, INK, NONE, Scene, WHITE};
use crate::findings::bank::Bank;
use crate::findings::figure::Unit;
use crate::findings::{Findings, say, titles};

/// Most practices on a page: those that miss most.
const ROWS: usize = 16;
/// Left and right end of the cells at the widest; upper edge; lower edge of all rows [units].
const LEFT: f64 = 560.0;
const RIGHT: f64 = 1550.0;
const TOP: f64 = 230.0;
const BOTTOM: f64 = 745.0;

/// The picture; none where no role misses half a session a week.
pub fn scene(f: &Findings) -> Option<Scene> {
    let bank = f.banks.first()?;
    let several = bank.practices.len() > 1;
    let shown = bank.practices.len().min(ROWS);
    let cut = match bank.practices.len() {
        all if all > shown => format!(" The {shown} of {all} practices that miss most."),
        _ => String::new(),
    };
    let apart = match several {
        true => {
            " Each for itself: what the practices hold together where each is to be safe. Time to spare at one practice is not set against another."
        }
        false => "",
    };
    let mut scene = Scene::new(
        titles::shortfall(bank),
        format!(
            "{}, {}: sessions a week asked for, not on the roster and not taken over by others; mean over simulated years.{cut}",
            f.subject.name,
            say::inside(&say::plural(&bank.title))
        ),
        super::foot(
            f,
            &format!(
                "Whole weeks, each in the month of its Thursday. Enough: in nine simulated years of ten; under all: in every month of them.{apart}"
            ),
        ),
    );
    let mut below: Vec<(&str, &[f64])> = Vec::new();
    if several {
        below.push(("All together", &bank.mean));
    }
    below.push((if several { "Enough, lent to whichever is short" } else { "Enough" }, &bank.together));
    if several {
        below.push(("Enough, each for itself", &bank.apart));
    }
    let rows: Vec<(&str, &[f64])> =
        bank.practices.iter().take(shown).map(|(name, of)| (name.as_str(), of.as_slice())).collect();
    let gap = 16.0;
    let pitch = ((BOTTOM - TOP - gap) / (rows.len() + below.len()) as f64).min(58.0);
    let (left, size) = column(rows.iter().chain(&below).map(|(name, _)| *name), pitch, LEFT);
    let most = rows.iter().flat_map(|(_, of)| *of).copied().fold(0.0, f64::max);
    let grid = Grid { left, columns: bank.mean.len(), pitch, size, most };
    grid.heads(&mut scene, bank);
    for (row, (title, missing)) in rows.iter().enumerate() {
        grid.row(&mut scene, title, missing, TOP + pitch * row as f64, true);
    }
    let under = TOP + pitch * rows.len() as f64 + gap;
    scene.line(vec![(50.0, under - gap / 2.0), (RIGHT, under - gap / 2.0)], INK, 2);
    for (row, (title, missing)) in below.iter().enumerate() {
        grid.row(&mut scene, title, missing, under + pitch * row as f64, false);
    }
    Some(scene)
}

/// Where months and rows stand.
struct Grid {
    /// Left edge of the months [units].
    left: f64,
    /// Months, and behind them the whole period.
    columns: usize,
    /// Height of a row, size of its letters [units].
    pitch: f64,
    size: f64,
    /// The darkest cell [sessions a week].
    most: f64,
}

impl Grid {
    /// The left edge of a column: the whole period stands a little apart.
    fn x(&self, column: usize) -> f64 {
        let apart = if column + 1 >= self.columns { 12.0 } else { 0.0 };
        let wide = (RIGHT - 12.0 - self.left) / self.columns as f64;
        self.left + wide * column as f64 + apart
    }

    /// The right edge of a column.
    fn end(&self, column: usize) -> f64 {
        let wide = (RIGHT - 12.0 - self.left) / self.columns as f64;
        self.x(column) + wide - 2.0
    }

    /// Names of the months, with the year above where it changes.
    fn heads(&self, scene: &mut Scene, bank: &Bank) {
        for (column, (name, year)) in bank.months.iter().enumerate() {
            let middle = (self.x(column) + self.end(column)) / 2.0;
            let year = if bank.new_year(column) { year.to_string() } else { String::new() };
            scene.text(&name[..3], (middle, TOP - 20.0), self.head(), Anchor::Middle);
            scene.label(year, (middle, TOP - 46.0), self.head(), Anchor::Middle, (GREY, false));
        }
        let last = self.columns - 1;
        let middle = (self.x(last) + self.end(last)) / 2.0;
        scene.label("all", (middle, TOP - 20.0), self.head(), Anchor::Middle, (INK, true));
    }

    /// Size of letters above and in the cells: many months are narrow.
    fn head(&self) -> f64 {
        (0.38 * (self.end(0) - self.x(0))).min(self.size.max(20.0)).max(14.0)
    }

    /// Name and cells; those of practices are coloured.
    fn row(&self, scene: &mut Scene, title: &str, missing: &[f64], y: f64, coloured: bool) {
        let middle = y + self.pitch / 2.0;
        names::row(scene, title, (self.left, middle), self.size, self.pitch);
        for (column, missing) in missing.iter().enumerate() {
            let (from, to) = (self.x(column), self.end(column));
            // Where nothing is written a cell has no colour either.
            let written = Unit::Count.write(*missing);
            let share = missing / self.most.max(f64::MIN_POSITIVE);
            let mut ink = INK;
            if coloured {
                let colour = if *missing < 0.05 { NONE } else { Colour::scale(share) };
                scene.rect([from, y + 1.0, to, y + self.pitch - 1.0], colour);
                ink = if share > 0.38 { WHITE } else { INK };
            }
            let text = if *missing < 0.05 { "0".to_owned() } else { written };
            let bold = !coloured || column + 1 == self.columns;
            scene.label(text, ((from + to) / 2.0, middle), self.head(), Anchor::Middle, (ink, bold));
        }
    }
}
