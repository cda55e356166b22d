//! The chance of each target by practice: bars as now; with options beside it, a dot for each.
//!
//! In: targets of the findings, with the chances of each option. Out: a panel a target, a row a practice. Rows
//! are in the order of the first target's chance, so that a practice is in one place in all panels.

use super::axis::TICK;
use super::chart::{lines, width};
use super::names::name;
use super::scene::{Anchor, BLUE, Colour, GREEN, GREY, GRID, INK, ORANGE, PURPLE, Scene, VERMILLION, WHITE};
use crate::findings::access::TargetFinding;
use crate::findings::figure::Chance;
use crate::findings::settling::Settling;
use crate::findings::{Findings, say, titles};
use crate::model::target::TargetFor;

/// Most practices on a page.
const ROWS: usize = 20;
/// Most targets side by side.
const COLUMNS: usize = 3;
/// Rows of as-now and options together from which intervals no longer fit: dots then share a line.
const CLOSE: usize = 60;
/// Colours of options; there are no more than can be told apart.
pub(super) const COLOURS: [Colour; 5] = [BLUE, VERMILLION, GREEN, ORANGE, PURPLE];

/// The picture; none without a target.
///
/// Without options bars; with them dots, as-now as a ring. Practices without a value come last.
pub fn scene(f: &Findings) -> Option<Scene> {
    let first = f.targets.first()?;
    let mut order: Vec<usize> = (0..first.practices.len()).collect();
    order.sort_by(|&a, &b| {
        let share = |i: usize| first.practices[i].1.share().unwrap_or(-1.0);
        let names = || natural(&first.practices[a].0).cmp(&natural(&first.practices[b].0));
        share(b).total_cmp(&share(a)).then_with(names)
    });
    // At most as many as there are colours that can be told apart.
    let options = most_changed(first);
    let shown = order.len().min(ROWS);
    let mut scene = Scene::new(
        titles::targets(first),
        subtitle(f, (order.len(), shown), options.len()),
        super::foot(f, note(options.len(), shown)),
    );
    let (left, right, bottom) = (370.0, 1540.0, 748.0);
    let columns = f.targets.len().min(COLUMNS);
    let wide = (right - left) / columns as f64;
    // The legend takes as many lines as it needs; below it stand the panels' heads, as high as the highest of them.
    let legend = if options.is_empty() { 178.0 } else { legend(&mut scene, f, first, &options) };
    let heads = f.targets.iter().take(columns).map(|target| Head::new(target, wide - 20.0).high());
    let top = legend + 38.0 + heads.fold(0.0, f64::max);
    let pitch = ((bottom - top) / shown as f64).min(96.0);
    let size = TICK.min(pitch * 0.9).max(20.0);
    for (row, &p) in order.iter().take(shown).enumerate() {
        let y = top + pitch * (row as f64 + 0.5);
        name(&mut scene, &first.practices[p].0, (left - 24.0, y), size, (left - 74.0, pitch));
    }
    for (c, target) in f.targets.iter().take(columns).enumerate() {
        let from = left + wide * c as f64;
        let panel =
            Panel { from, to: from + wide - 115.0, top, pitch, size, close: close(options.len(), shown) };
        panel.frame(&mut scene, target, shown, wide - 20.0);
        for (row, &p) in order.iter().take(shown).enumerate() {
            let y = top + pitch * (row as f64 + 0.5);
            if options.is_empty() {
                panel.bar(&mut scene, &target.practices[p].1, y);
            } else {
                panel.dots(&mut scene, target, &options, p, y);
            }
        }
    }
    Some(scene)
}

/// What is drawn, and of how many practices and options only the first are: silence would look like all.
fn subtitle(f: &Findings, (all, shown): (usize, usize), options: usize) -> String {
    let practices =
        if all > shown { format!(" The first {shown} of {all} practices.") } else { String::new() };
    let stated = f.comparisons.len();
    let which = if stated > options && options > 0 {
        format!(" The {options} of {stated} options that change it most.")
    } else {
        String::new()
    };
    let undrawn: Vec<String> = f.targets.iter().skip(COLUMNS).map(|t| t.title.clone()).collect();
    let targets = match undrawn.is_empty() {
        true => String::new(),
        false => {
            format!(" The first {COLUMNS} of {} targets, without {}.", f.targets.len(), say::list(&undrawn))
        }
    };
    let futures = say::futures(f.fixed);
    let together = f.targets.iter().take(COLUMNS).any(|target| target.for_each != TargetFor::EachPractice);
    let together = match together && all > 1 {
        true => {
            " Where a target is asked of networks or of all together: as if it were asked of each practice."
        }
        false => "",
    };
    // A practice is one thing, all of them in one year another: that is what the verdict says.
    let each = f.targets.first().filter(|target| target.for_each == TargetFor::EachPractice && all > 1);
    let once = each.and_then(|target| Some((target, target.chance.share()?)));
    let once = once.map_or(String::new(), |(target, share)| {
        let which = if f.targets.len() > 1 { format!(" ({})", target.title) } else { String::new() };
        format!(" All {} of them in one year as now: {}{which}.", say::small(all), say::percent(share))
    });
    format!(
        "Chance that a practice meets the target: share of {futures} [%].{once}{together}{targets}{practices}{which}"
    )
}

/// A name as people sort it: `Practice 2` before `Practice 10`.
///
/// Its words and its numbers in turn; a number counts by its size.
fn natural(name: &str) -> Vec<(String, u64)> {
    let mut parts: Vec<(String, u64)> = vec![(String::new(), 0)];
    let mut before = ' ';
    for c in name.chars() {
        // A word after a number begins a new part.
        if !c.is_ascii_digit() && before.is_ascii_digit() {
            parts.push((String::new(), 0));
        }
        if let Some((word, number)) = parts.last_mut() {
            match c.to_digit(10) {
                Some(digit) => *number = number.saturating_mul(10).saturating_add(u64::from(digit)),
                None => word.push(c),
            }
        }
        before = c;
    }
    parts
}

/// How the marks are read, by what is drawn.
fn note(options: usize, rows: usize) -> &'static str {
    if options == 0 {
        "Thin line: 95 % Monte Carlo interval of the chance. Blue: shown to be more likely than not; orange-red: less; grey: not shown either way."
    } else if close(options, rows) {
        "Right: as now. Options run on the same draws. Where dots cover each other the chances are alike."
    } else {
        "Right: as now. Thin line: 95 % Monte Carlo interval of each chance; options run on the same draws, so they differ by less than the lines suggest."
    }
}

/// True where there is no room for a line of its own for each option.
///
/// `rows` are practices; each would need a line for every option and one for as-now.
fn close(options: usize, rows: usize) -> bool {
    (options + 1) * rows > CLOSE
}

/// The options that change the chances most, in the order of the file.
///
/// Change is added up over practices, up or down alike; a chance that is not known counts as nought.
fn most_changed(t: &TargetFinding) -> Vec<usize> {
    let size = |o: usize| -> f64 {
        let with = t.options[o].practices.iter().map(|c| c.share().unwrap_or(0.0));
        let now = t.practices.iter().map(|(_, c, _)| c.share().unwrap_or(0.0));
        with.zip(now).map(|(a, b)| (a - b).abs()).sum()
    };
    let mut all: Vec<usize> = (0..t.options.len()).collect();
    all.sort_by(|&a, &b| size(b).total_cmp(&size(a)));
    all.truncate(COLOURS.len());
    all.sort_unstable();
    all
}

/// Names of as-now and the options with their dots; the lowest line that it takes.
///
/// An option that is still settling in when the period ends says so, by the rule of the star in the tables: its chances are of a period in
/// which it is never whole.
// Titles are the only thing that findings of targets and of comparisons share.
fn legend(scene: &mut Scene, f: &Findings, t: &TargetFinding, options: &[usize]) -> f64 {
    let (mut x, mut y) = (50.0, 206.0);
    let settling = |title: &str| {
        let found = f.comparisons.iter().find(|c| c.option == title);
        found.and_then(|c| c.settling.as_ref()).is_some_and(Settling::beyond)
    };
    let mut entries = vec![("As now".to_owned(), None)];
    entries.extend(options.iter().zip(COLOURS).map(|(&o, colour)| {
        let title = &t.options[o].option;
        let mark = if settling(title) { " (settling in)" } else { "" };
        (format!("{title}{mark}"), Some(colour))
    }));
    for (text, colour) in entries {
        let wide = 30.0 + width(&text, 25.0, false) + 40.0;
        if x > 50.0 && x + wide > 1550.0 {
            (x, y) = (50.0, y + 34.0);
        }
        dot(scene, (x + 10.0, y), 9.0, colour);
        scene.text(text, (x + 30.0, y), 25.0, Anchor::Left);
        x += wide;
    }
    y
}

/// A dot in the colour of an option; a ring for as-now.
fn dot(scene: &mut Scene, at: (f64, f64), radius: f64, colour: Option<Colour>) {
    scene.dot(at, radius, colour.unwrap_or(INK));
    if colour.is_none() {
        scene.dot(at, radius - 3.0, WHITE);
    }
}

/// What stands above a panel: the title of the target and what it asks, as many lines as they need.
struct Head {
    titles: Vec<String>,
    words: Vec<String>,
}

impl Head {
    /// `room` is the width for words [units].
    fn new(target: &TargetFinding, room: f64) -> Self {
        Self {
            titles: lines(&target.title, TICK, true, room),
            words: lines(&target.words, 23.0, false, room),
        }
    }

    /// Its height above the drawing [units].
    fn high(&self) -> f64 {
        30.0 * self.titles.len() as f64 + 24.0 * self.words.len() as f64
    }
}

/// One target.
///
/// Left and right end of its scale from 0 to 1 [units].
struct Panel {
    from: f64,
    to: f64,
    /// Upper edge of the first row, height of a row, size of its letters [units].
    top: f64,
    pitch: f64,
    size: f64,
    /// True where the dots of a practice share one line.
    close: bool,
}

impl Panel {
    /// The place of a chance.
    fn x(&self, share: f64) -> f64 {
        self.from + share * (self.to - self.from)
    }

    /// Its title, what the target asks, the scale and its figures; `room` is the width for words.
    ///
    /// Words stand above the drawing, upwards from it, as many lines as they need.
    fn frame(&self, scene: &mut Scene, target: &TargetFinding, rows: usize, room: f64) {
        let bottom = self.top + self.pitch * rows as f64;
        let head = Head::new(target, room);
        let mut y = self.top - head.high();
        for line in head.titles {
            scene.label(line, (self.from, y), TICK, Anchor::Left, (INK, true));
            y += 30.0;
        }
        for line in head.words {
            scene.label(line, (self.from, y), 23.0, Anchor::Left, (GREY, false));
            y += 24.0;
        }
        for share in [0.0, 0.5, 1.0] {
            let colour = if share == 0.0 { INK } else { GRID };
            scene.line(vec![(self.x(share), self.top), (self.x(share), bottom)], colour, 2);
            scene.text(say::percent(share), (self.x(share), bottom + 24.0), TICK, Anchor::Middle);
        }
    }

    /// One practice as now: a bar with its interval, coloured by whether it is likely beyond the luck of the run.
    fn bar(&self, scene: &mut Scene, chance: &Chance, y: f64) {
        let (Some(share), Some(interval)) = (chance.share(), chance.interval()) else {
            scene.text("-", (self.x(0.0) + 10.0, y), self.size, Anchor::Left);
            return;
        };
        let colour = match (chance.likely(), chance.unlikely()) {
            (true, _) => BLUE,
            (_, true) => VERMILLION,
            _ => GREY,
        };
        let half = self.pitch * 0.3;
        let edges = [self.x(0.0), y - half, self.x(share), y + half];
        scene.rect(edges, Colour::between(WHITE, colour, 0.75));
        scene.line(vec![(self.x(interval.low), y), (self.x(interval.high), y)], INK, 2);
        let at = self.x(share.max(interval.high)) + 10.0;
        scene.text(say::percent(share), (at, y), self.size, Anchor::Left);
    }

    /// As-now above, then the options, each on a line of its own so that equal chances do not hide each other; on one
    /// line where there are too many.
    fn dots(&self, scene: &mut Scene, target: &TargetFinding, options: &[usize], practice: usize, y: f64) {
        let mut all: Vec<(&Chance, Option<Colour>)> = vec![(&target.practices[practice].1, None)];
        let with = options.iter().zip(COLOURS);
        // An option that lacks the practice has no dot.
        all.extend(
            with.filter_map(|(&o, c)| Some((target.options.get(o)?.practices.get(practice)?, Some(c)))),
        );
        let close = self.close;
        let apart = if close { 0.0 } else { (0.86 * self.pitch / all.len() as f64).min(19.0) };
        let first = y - 0.5 * apart * (all.len() as f64 - 1.0);
        let radius = if close { (0.3 * self.pitch).min(8.0) } else { (0.55 * apart).clamp(4.0, 9.0) };
        let edge = if close { y } else { y + self.pitch / 2.0 };
        scene.line(vec![(self.from, edge), (self.to, edge)], GRID, 1);
        // As-now last, so that its ring stays on top of equal chances.
        for (i, (chance, colour)) in all.into_iter().enumerate().rev() {
            let (Some(share), Some(interval)) = (chance.share(), chance.interval()) else { continue };
            let y = first + apart * i as f64;
            if !close {
                let line = vec![(self.x(interval.low), y), (self.x(interval.high), y)];
                scene.line(line, colour.unwrap_or(INK), 2);
            }
            dot(scene, (self.x(share), y), radius, colour);
        }
        let now = target.practices[practice].1.share().map_or_else(|| "-".into(), say::percent);
        scene.text(now, (self.to + 22.0, y), self.size, Anchor::Left);
    }
}

#[cfg(test)]
mod tests {
    use super::natural;

    #[test]
    fn numbers_in_names_count_by_their_size() {
        let mut names = ["Practice 10", "Practice 2 East", "Annex", "Practice 2", "Practice 1"];
        names.sort_by_key(|name| natural(name));
        assert_eq!(names, ["Annex", "Practice 1", "Practice 2", "Practice 2 East", "Practice 10"]);
    }
}
