//! The only place that knows plotters: draws a [`Scene`] as PNG and SVG with the embedded font.
//!
//! Traps hidden here (plotters 0.3.7): a bold font is built as a triple or keeps regular glyphs; text sizes are cell
//! heights, 1.24 times the em; bitmap letters sit too high; SVG has no title, description or role, so they are put in after drawing.
//!
//! In: a scene in units of the page. Out: bytes; 1 unit is 1 pixel in either form. The font lies in `assets`, so
//! no font of the machine is asked for and the same scene gives the same bytes.

use super::scene::{Anchor, Colour, GREY, HEIGHT, INK, Mark, Scene, WIDTH};
use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{FontStyle, register_font};
use std::sync::OnceLock;

/// The family: browsers and Word take the first that they have, all of the same widths.
const FAMILY: &str = "Arial, 'Liberation Sans', Helvetica, sans-serif";
/// The embedded fonts, unmodified; their licence and checksums lie beside them.
static REGULAR: &[u8] = include_bytes!("../assets/liberation-sans-2.1.5/LiberationSans-Regular.ttf");
/// The bold cut of the same family.
static BOLD: &[u8] = include_bytes!("../assets/liberation-sans-2.1.5/LiberationSans-Bold.ttf");

/// Left edge of title, subtitle and note.
pub const LEFT: f64 = 50.0;
/// Sizes of title, subtitle and note [units].
const TITLE: f64 = 44.0;
/// Size of the subtitle [units].
const SUBTITLE: f64 = 29.0;
/// Size of the note [units].
const NOTE: f64 = 24.0;
/// Title and subtitle are never set smaller than this share of their size.
const SMALLEST: f64 = 0.55;
/// Room of a line of text: a tenth is left free, as a browser without Arial may set the letters wider [units].
const ROOM: f64 = 0.9 * (WIDTH - 2.0 * LEFT);
/// Bitmap letters sit too high by this share of their size (plotters 0.3.7 with ab_glyph); SVG letters do not.
const DROP: f64 = 0.13;

/// Why a plot could not be drawn.
///
/// Nothing that a planner can mend: the library, the font or the packing failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlotFault(pub String);

impl std::fmt::Display for PlotFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "a plot could not be drawn: {}", self.0)
    }
}

impl std::error::Error for PlotFault {}

/// Any fault of the libraries, in its own words.
fn fault(error: impl std::fmt::Display) -> PlotFault {
    PlotFault(error.to_string())
}

/// Registers the embedded font once.
///
/// # Errors
///
/// Where the library cannot read the font; once failed, it fails for the rest of the process.
fn fonts() -> Result<(), PlotFault> {
    static READY: OnceLock<bool> = OnceLock::new();
    let ready = READY.get_or_init(|| {
        register_font(FAMILY, FontStyle::Normal, REGULAR).is_ok()
            && register_font(FAMILY, FontStyle::Bold, BOLD).is_ok()
    });
    if *ready { Ok(()) } else { Err(PlotFault("the embedded font cannot be read".into())) }
}

/// The library's word for bold or not.
fn style(bold: bool) -> FontStyle {
    if bold { FontStyle::Bold } else { FontStyle::Normal }
}

/// Width of a text [units]; an estimate where the font cannot say.
///
/// Without the font the guess is so much a letter: placing goes on, and drawing then says what is wrong.
pub fn width(text: &str, size: f64, bold: bool) -> f64 {
    let guess = 0.46 * size * text.chars().count() as f64;
    if fonts().is_err() {
        return guess;
    }
    let font: FontDesc<'_> = (FAMILY, size, style(bold)).into_font();
    font.box_size(text).map_or(guess, |(w, _)| f64::from(w))
}

/// A text broken between words into lines of at most so many units.
///
/// A single word that is wider has a line of its own and is not broken; an empty text gives no line.
pub fn lines(text: &str, size: f64, bold: bool, room: f64) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let longer = out.last().map(|line| format!("{line} {word}"));
        match (longer, out.last_mut()) {
            (Some(longer), Some(last)) if width(&longer, size, bold) <= room => *last = longer,
            _ => out.push(word.to_owned()),
        }
    }
    out
}

/// A text cut to a width, with an ellipsis.
///
/// Letter by letter from the end; what is left may be the ellipsis alone.
pub fn fit(text: &str, size: f64, room: f64) -> String {
    if width(text, size, false) <= room {
        return text.to_owned();
    }
    let mut kept: String = text.to_owned();
    while !kept.is_empty() && width(&format!("{kept}…"), size, false) > room {
        kept.pop();
    }
    format!("{}…", kept.trim_end())
}

/// A scene as PNG.
///
/// # Errors
///
/// As [`PlotFault`] says.
pub fn png(scene: &Scene) -> Result<Vec<u8>, PlotFault> {
    fonts()?;
    let (w, h) = (WIDTH as u32, HEIGHT as u32);
    // White, three bytes a pixel; the backend draws into the buffer and gives it back at the end of the block.
    let mut pixels = vec![255; 3 * w as usize * h as usize];
    {
        let area = BitMapBackend::with_buffer(&mut pixels, (w, h)).into_drawing_area();
        draw(&area, scene, DROP)?;
        area.present().map_err(fault)?;
    }
    super::encode::png(&pixels, w, h)
}

/// A scene as SVG, with a title and description for screen readers.
///
/// # Errors
///
/// As [`PlotFault`] says.
pub fn svg(scene: &Scene) -> Result<String, PlotFault> {
    fonts()?;
    let mut text = String::new();
    {
        let area = SVGBackend::with_string(&mut text, (WIDTH as u32, HEIGHT as u32)).into_drawing_area();
        draw(&area, scene, 0.0)?;
        area.present().map_err(fault)?;
    }
    // The first `>` ends the opening tag of the file; what is put in has to be its first children.
    let (open, rest) = text.split_once('>').ok_or_else(|| PlotFault("no SVG was written".into()))?;
    let (title, description) = (escape(&scene.title), escape(&scene.description));
    Ok(format!(
        "{open} role=\"img\" aria-labelledby=\"title desc\"><title id=\"title\">{title}</title>\
         <desc id=\"desc\">{description}</desc>{rest}"
    ))
}

/// Text as it may stand between tags.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Title and subtitle as set.
#[derive(Clone, Debug, PartialEq)]
struct Head {
    /// Each line: its words, the middle of its height, its size, bold or not.
    lines: Vec<(String, f64, f64, bool)>,
    /// Lower edge [units].
    bottom: f64,
}

/// The lower edge of title and subtitle in full size: a drawing that begins below it lies under no text.
pub fn below(scene: &Scene) -> f64 {
    set(scene, 1.0).bottom
}

/// The upper edge of the foot: a drawing that ends above it lies under no text.
pub fn above(scene: &Scene) -> f64 {
    let lines = lines(&scene.note, NOTE, false, ROOM).len();
    HEIGHT - 24.0 - 27.0 * lines.saturating_sub(1) as f64 - 0.5 * NOTE
}

/// Title and subtitle as large as leaves the drawing free.
///
/// `limit` is the upper edge of the marks. A head that would reach it is made smaller, down to [`SMALLEST`].
fn head(scene: &Scene, limit: f64) -> Head {
    let tried = (0..).map(|step| 1.0 - 0.04 * f64::from(step)).take_while(|share| *share > SMALLEST);
    let mut heads = tried.map(|share| set(scene, share));
    heads.find(|head| head.bottom <= limit).unwrap_or_else(|| set(scene, SMALLEST))
}

/// Title and subtitle at a share of their full size, from the upper edge of the page.
fn set(scene: &Scene, share: f64) -> Head {
    let (mut lines_set, mut y) = (Vec::new(), 21.0);
    for (words, size, step, bold) in
        [(&scene.title, TITLE, 46.0, true), (&scene.subtitle, SUBTITLE, 32.0, false)]
    {
        let (size, step) = (size * share, step * share);
        for line in lines(words, size, bold, ROOM) {
            lines_set.push((line, y + 0.5 * step, size, bold));
            y += step;
        }
    }
    Head { lines: lines_set, bottom: y }
}

/// The upper edge of the marks [units]; without marks that of the foot.
fn highest(scene: &Scene) -> f64 {
    let top = |mark: &Mark| match mark {
        Mark::Line(points, ..) | Mark::Area(points, ..) => {
            points.iter().map(|point| point.1).fold(f64::INFINITY, f64::min)
        }
        Mark::Box([_, top, _, bottom], _) => top.min(*bottom),
        Mark::Dot(at, radius, _) => at.1 - radius,
        Mark::Text(_, at, size, ..) => at.1 - 0.5 * size,
    };
    scene.marks.iter().map(top).fold(HEIGHT - 150.0, f64::min)
}

/// Draws title and subtitle from above, the note from below, then the marks in their order: later ones lie on
/// top.
///
/// `drop` is the share of its size by which a text is moved down: [`DROP`] for bitmaps, 0 for SVG.
fn draw<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    scene: &Scene,
    drop: f64,
) -> Result<(), PlotFault> {
    area.fill(&plotters::style::WHITE).map_err(fault)?;
    let head = head(scene, highest(scene));
    for (line, y, size, bold) in &head.lines {
        let colour = if *bold { INK } else { GREY };
        text(area, line, (LEFT, y + drop * size), *size, Anchor::Left, colour, *bold)?;
    }
    let note = lines(&scene.note, NOTE, false, ROOM);
    let mut y = HEIGHT - 24.0 - 27.0 * (note.len().saturating_sub(1)) as f64;
    for line in note {
        text(area, &line, (LEFT, y + drop * NOTE), NOTE, Anchor::Left, GREY, false)?;
        y += 27.0;
    }
    scene.marks.iter().try_for_each(|mark| one(area, mark, drop))
}

/// The nearest pixel; the page is 1600 by 900, so the cast cannot truncate.
fn pixel((x, y): (f64, f64)) -> (i32, i32) {
    (x.round() as i32, y.round() as i32)
}

/// The library's form of a colour.
fn rgb(c: Colour) -> RGBColor {
    RGBColor(c.0, c.1, c.2)
}

/// Draws one mark.
fn one<DB: DrawingBackend>(area: &DrawingArea<DB, Shift>, mark: &Mark, drop: f64) -> Result<(), PlotFault> {
    match mark {
        Mark::Line(points, colour, width, dashed) => {
            let stroke = rgb(*colour).stroke_width(*width);
            let points: Vec<(i32, i32)> = points.iter().copied().map(pixel).collect();
            if *dashed {
                let line = plotters::element::DashedPathElement::new(points, 12, 8, stroke);
                area.draw(&line).map_err(fault)
            } else {
                area.draw(&PathElement::new(points, stroke)).map_err(fault)
            }
        }
        Mark::Area(points, colour, opacity) => {
            let points: Vec<(i32, i32)> = points.iter().copied().map(pixel).collect();
            area.draw(&Polygon::new(points, rgb(*colour).mix(*opacity))).map_err(fault)
        }
        Mark::Box([left, top, right, bottom], colour) => {
            let corners = [pixel((*left, *top)), pixel((*right, *bottom))];
            area.draw(&Rectangle::new(corners, rgb(*colour).filled())).map_err(fault)
        }
        Mark::Dot(at, radius, colour) => {
            area.draw(&Circle::new(pixel(*at), radius.round() as i32, rgb(*colour).filled())).map_err(fault)
        }
        Mark::Text(said, (x, y), size, anchor, colour, bold) => {
            text(area, said, (*x, y + drop * size), *size, *anchor, *colour, *bold)
        }
    }
}

/// Draws a text, held at `at` by its left end, middle or right end, and centred on its height.
fn text<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    said: &str,
    at: (f64, f64),
    size: f64,
    anchor: Anchor,
    colour: Colour,
    bold: bool,
) -> Result<(), PlotFault> {
    let side = match anchor {
        Anchor::Left => HPos::Left,
        Anchor::Middle => HPos::Center,
        Anchor::Right => HPos::Right,
    };
    let ink = rgb(colour);
    let font = (FAMILY, size, style(bold)).into_font().color(&ink).pos(Pos::new(side, VPos::Center));
    area.draw(&Text::new(said.to_owned(), pixel(at), font)).map_err(fault)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A scene with a title of so many words and a line across at a height.
    fn scene(words: usize, at: f64) -> Scene {
        let title = vec!["seventeen"; words].join(" ");
        let mut scene = Scene::new(title, "What is drawn, and of which years.".into(), String::new());
        scene.line(vec![(100.0, at), (900.0, at)], INK, 1);
        scene
    }

    #[test]
    fn a_long_title_gets_smaller_until_the_drawing_is_free() {
        let short = scene(5, 250.0);
        assert_eq!(head(&short, highest(&short)), set(&short, 1.0), "a short title keeps its size");
        for words in [25, 30, 36] {
            let long = scene(words, 250.0);
            assert!(below(&long) > 250.0, "{words} words are too many in full size");
            let head = head(&long, highest(&long));
            assert!(head.bottom <= 250.0, "{words} words end at {}", head.bottom);
            let titled: Vec<&str> = head.lines.iter().filter(|l| l.3).map(|l| l.0.as_str()).collect();
            assert_eq!(titled.join(" "), long.title, "in full");
        }
    }
}
