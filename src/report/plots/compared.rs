//! The pictures of a comparison: all options against things as they are, and each option part by part.
//!
//! In: findings of a comparison. Out: `options`, and `ledger-NAME` for each option of several parts. Only the
//! headline is drawn: the other figures are in the tables.

use super::axis::{Scale, TICK, level};
use super::chart::{above, below, fit, lines, width};
use super::scene::{Anchor, BLUE, Colour, GREY, INK, ORANGE, Scene, VERMILLION, WHITE};
use super::{Plot, PlotFault, plot};
use crate::findings::compared::ledger::{LedgerLine, Part};
use crate::findings::compared::written::Written;
use crate::findings::compared::{ComparedFindings, FigureShown, OptionFinding, titles};
use crate::findings::say;
use crate::stats::interval::Interval;
use crate::stats::judgement::Judgement;

/// Most rows on a page.
const ROWS: usize = 18;
/// Left and right end of the scale, and where figures stand [units].
const LEFT: f64 = 620.0;
/// Right end of the scale [units].
const RIGHT: f64 = 1270.0;
/// Right end of the written figures [units].
const FIGURES: f64 = 1550.0;
/// Rows begin so far below the subtitle [units].
const GAP: f64 = 34.0;
/// A row is at most so high [units].
const PITCH: f64 = 120.0;
/// Lowest edge that rows may reach [units].
const BOTTOM: f64 = 755.0;
/// From the lowest row to the foot: figures of the axis stand between [units].
const AXIS: f64 = 52.0;

/// Every picture for which there is something to draw, with the name of its file.
///
/// # Errors
///
/// Where a picture cannot be drawn.
pub fn all(f: &ComparedFindings) -> Result<Vec<(String, Plot)>, PlotFault> {
    let mut plots = Vec::new();
    if let Some(scene) = options(f) {
        plots.push(("options".to_owned(), plot("options", scene)?));
    }
    if let Some(backlog) = &f.backlog {
        let scene = super::backlog::scene(backlog, |said| foot(f, said, &settling(f)));
        plots.push(("backlog".to_owned(), plot("backlog", scene)?));
    }
    for option in &f.options {
        if let Some(scene) = ledger(f, option) {
            plots.push((format!("ledger-{}", option.name), plot("ledger", scene)?));
        }
    }
    Ok(plots)
}

/// The foot of a picture: definitions, who is still settling in, scenario, period, run.
fn foot(f: &ComparedFindings, definitions: &str, settling: &str) -> String {
    let (first, last) = f.period;
    format!(
        "{definitions}{settling} {}, {} to {}, {} of each option, seed {}.",
        f.title,
        say::short_date(first),
        say::short_date(last),
        say::counted(f.replications as f64, "simulated year"),
        f.seed
    )
}

/// A row of a picture: its mean, its interval, where its bar begins and its colour.
///
/// All figures in the unit of the measure; `from` is nought but in a waterfall.
struct Row {
    /// Title of the option or of the part.
    name: String,
    /// Where its bar begins: nought, or the end of the part before.
    from: f64,
    /// Where it ends.
    to: f64,
    /// Its interval, moved to where the bar stands; none is not drawn.
    interval: Option<Interval>,
    /// What stands at the right.
    figure: String,
    colour: Colour,
    /// True for the total.
    bold: bool,
}

/// All options against things as they are.
///
/// None where no option has the headline. Options stand in the order of the report's table; those past the page are cut,
/// and the subtitle says so.
fn options(f: &ComparedFindings) -> Option<Scene> {
    let headline = f.headline()?;
    let known = || f.best_first().into_iter().filter_map(|o| Some((o, o.headline()?)));
    let written = headline.column(known().map(|(_, line)| line));
    let row = |(option, line): (&OptionFinding, &crate::findings::compared::line::Line)| Row {
        name: option.title.clone(),
        from: 0.0,
        to: line.paired.mean,
        interval: line.paired.interval,
        figure: figure(&written, line.paired.mean, line.paired.interval),
        colour: match line.judgement {
            Some(Judgement::Better) => BLUE,
            Some(Judgement::Worse) => VERMILLION,
            _ => GREY,
        },
        bold: false,
    };
    let rows: Vec<Row> = known().map(row).take(ROWS).collect();
    if rows.is_empty() {
        return None;
    }
    let cut = if f.options.len() > ROWS {
        format!(" The first {ROWS} of {} options.", f.options.len())
    } else {
        String::new()
    };
    let subtitle = format!(
        "{}: difference of each option from {} [{}], year by year on the same luck.{cut}",
        say::capital(&headline.words),
        say::inside(&f.as_now),
        written.unit(headline.shown.measure)
    );
    let definitions = "Thin line: 95 % interval of the mean difference. Blue: better. Orange-red: worse. Grey: not told apart, or no difference that matters.";
    let mut scene = Scene::new(titles::options(f), subtitle, foot(f, definitions, &settling(f)));
    draw(&mut scene, &rows, &written);
    Some(scene)
}

/// Who is still settling in, for the foot: a sentence for one option, one list for several.
///
/// Bars of a settling-in year are not those of the years after, whatever the report beside the picture says.
fn settling(f: &ComparedFindings) -> String {
    let average = |o: &OptionFinding| Some((o.title.clone(), say::percent(o.settling.as_ref()?.average)));
    let found = say::together(f.options.iter().filter_map(average), PartialEq::eq);
    if found.is_empty() {
        return String::new();
    }
    if let [OptionFinding { settling: Some(settling), .. }] = &f.options[..] {
        return format!(" {}", settling.aside(None));
    }
    let each: Vec<String> =
        found.iter().map(|(titles, average)| format!("{} at {average}", say::list(titles))).collect();
    let ramps = f.options.iter().any(|o| o.settling.as_ref().is_some_and(|s| s.without_ramps().is_some()));
    let shown = if ramps { " (lever.NAME.ramp_weeks = 0: from the first day)" } else { "" };
    format!(
        " Settling in, on average over this period: {} of full strength. A year at full strength would show more help \
         and more load{shown}.",
        each.join("; ")
    )
}

/// One option, part by part, in the headline.
///
/// None for an option of one part, and for one of more parts than a page has rows.
fn ledger(f: &ComparedFindings, option: &OptionFinding) -> Option<Scene> {
    let headline = f.headline()?;
    let line = option.ledger.as_ref()?.lines.iter().find(|line| line.figure == 0)?;
    let half = line.total.interval.map_or(0.0, |interval| interval.half_width());
    let written = headline.written(half);
    let rows = steps(headline, line, &written);
    if rows.len() > ROWS {
        return None;
    }
    let subtitle = format!(
        "{}: from {} to {} [{}]. Each bar begins where the one above ends.",
        say::capital(&headline.words),
        say::inside(&f.as_now),
        say::inside(&option.title),
        written.unit(headline.shown.measure)
    );
    let definitions = "Each part as it does alone; together: what the parts do beyond their sum. Thin line: 95 % interval of the part. Blue: better. Orange-red: worse.";
    let settling = option.settling.as_ref().map_or(String::new(), |s| format!(" {}", s.aside(None)));
    let foot = foot(f, definitions, &settling);
    let mut scene = Scene::new(titles::ledger(option, headline, line), subtitle, foot);
    draw(&mut scene, &rows, &written);
    Some(scene)
}

/// The steps of a waterfall: parts, interaction, total.
///
/// In the order of the option's parts. The total is a bar from nought, so the eye can check where the steps end.
fn steps(headline: &FigureShown, line: &LedgerLine, written: &Written) -> Vec<Row> {
    // A measure without a better direction is coloured as if more were better.
    let up = headline.shown.better() != Some(crate::stats::paired::Better::Lower);
    let colour = |mean: f64| if (mean >= 0.0) == up { BLUE } else { VERMILLION };
    let mut from = 0.0;
    let mut step = |name: &str, part: &Part, colour: Colour| {
        let shift = |i: Interval| Interval { low: from + i.low, high: from + i.high };
        let row = Row {
            // An interval of a part is moved to where the bar stands.
            name: name.to_owned(),
            from,
            to: from + part.mean,
            interval: part.interval.map(shift),
            figure: figure(written, part.mean, part.interval),
            colour,
            bold: false,
        };
        from += part.mean;
        row
    };
    let mut rows: Vec<Row> =
        line.entries.iter().map(|e| step(&e.title, &e.alone, colour(e.alone.mean))).collect();
    rows.push(step("Together, beyond their sum", &line.interaction, ORANGE));
    rows.push(Row {
        name: "Total".into(),
        from: 0.0,
        to: line.total.mean,
        interval: line.total.interval,
        figure: figure(written, line.total.mean, line.total.interval),
        colour: Colour::between(WHITE, INK, 0.5),
        bold: true,
    });
    rows
}

/// `-1.2 (-2.0 to -0.4)`; the mean alone where there is no interval.
fn figure(written: &Written, mean: f64, interval: Option<Interval>) -> String {
    let range =
        interval.map_or(String::new(), |i| format!(" ({} to {})", written.end(i.low), written.end(i.high)));
    format!("{}{range}", written.signed(mean))
}

/// Rows of bars with intervals on one scale.
///
/// Below title and subtitle, however many lines these have. The scale holds nought, every bar's end and every
/// interval's; without any difference it runs to one.
fn draw(scene: &mut Scene, rows: &[Row], written: &Written) {
    let ends = || {
        rows.iter().flat_map(|row| {
            [
                row.from,
                row.to,
                row.interval.map_or(row.to, |i| i.low),
                row.interval.map_or(row.to, |i| i.high),
            ]
        })
    };
    let (low, high) = (ends().fold(0.0, f64::min), ends().fold(0.0, f64::max));
    let flat = low == 0.0 && high == 0.0;
    let x = Scale::round(low, if flat { 1.0 } else { high }, LEFT, RIGHT);
    let top = below(scene) + GAP;
    // Few rows stay slim; many share the height that there is.
    // A foot of many lines raises the lowest row; figures of the axis stand between.
    let lowest = BOTTOM.min(above(scene) - AXIS);
    let pitch = ((lowest - top) / rows.len() as f64).min(PITCH);
    let size = TICK.min(pitch * 0.9).max(20.0);
    let bottom = top + pitch * rows.len() as f64;
    level(scene, &x, (top - 8.0, bottom), |tick| written.tick(tick));
    for (at, row) in rows.iter().enumerate() {
        let y = top + pitch * (at as f64 + 0.5);
        let half = (pitch * 0.28).min(30.0);
        name(scene, row, (y, pitch, size));
        let (a, b) = (x.at(row.from), x.at(row.to));
        scene.rect([a.min(b), y - half, a.max(b), y + half], row.colour);
        if let Some(i) = row.interval {
            scene.line(vec![(x.at(i.low), y), (x.at(i.high), y)], INK, 3);
            for end in [i.low, i.high] {
                scene.line(vec![(x.at(end), y - half * 0.6), (x.at(end), y + half * 0.6)], INK, 3);
            }
        }
        scene.label(row.figure.clone(), (FIGURES, y), size.min(25.0), Anchor::Right, (INK, row.bold));
    }
}

/// The name of a row: on two smaller lines where it is long and there is room, else cut.
fn name(scene: &mut Scene, row: &Row, (y, pitch, size): (f64, f64, f64)) {
    // Left of the scale, less the margins.
    let room = LEFT - 90.0;
    let small = 23.0;
    let two = lines(&row.name, small, row.bold, room);
    if width(&row.name, size, row.bold) <= room || pitch < 2.4 * small || two.len() > 2 && pitch < 3.6 * small
    {
        let name = fit(&row.name, size, room);
        scene.label(name, (LEFT - 30.0, y), size, Anchor::Right, (INK, row.bold));
        return;
    }
    let kept = two.len().min(3);
    for (at, line) in two.iter().take(kept).enumerate() {
        let below = (at as f64 - 0.5 * (kept as f64 - 1.0)) * 1.15 * small;
        scene.label(line.as_str(), (LEFT - 30.0, y + below), small, Anchor::Right, (INK, row.bold));
    }
}

#[cfg(test)]
mod tests {
    use super::super::scene::Mark;
    use super::*;
    use crate::outcome::measure::by_name;

    #[test]
    fn rows_begin_below_a_title_of_any_length_and_end_above_the_foot() {
        let written = Written::new(by_name("wait_mean").unwrap_or_else(|| panic!("a measure")), 0.1);
        let row = || Row {
            name: "Both".into(),
            from: 0.0,
            to: -2.0,
            interval: Some(Interval { low: -2.5, high: -1.5 }),
            figure: String::new(),
            colour: BLUE,
            bold: false,
        };
        for words in [3, 12, 40] {
            for rows in [1, 2, ROWS] {
                let mut scene =
                    Scene::new(vec!["signposting"; words].join(" "), "Mean wait.".into(), String::new());
                let head = below(&scene);
                draw(&mut scene, &(0..rows).map(|_| row()).collect::<Vec<Row>>(), &written);
                for mark in &scene.marks {
                    let ends = match mark {
                        Mark::Line(points, ..) | Mark::Area(points, ..) => {
                            points.iter().map(|p| p.1).collect()
                        }
                        Mark::Box([_, top, _, bottom], _) => vec![*top, *bottom],
                        Mark::Dot(at, ..) => vec![at.1],
                        Mark::Text(_, at, size, ..) => vec![at.1 - 0.5 * size, at.1 + 0.5 * size],
                    };
                    let inside = ends.iter().all(|y| (head..=BOTTOM + 40.0).contains(y));
                    assert!(inside, "{words} words, {rows} rows, head to {head}: {mark:?}");
                }
            }
        }
    }
}
