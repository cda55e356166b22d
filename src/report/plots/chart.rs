//! The only place that knows plotters: draws a [`Scene`] as PNG and SVG with the embedded font.
//!
//! Traps hidden here (plotters 0.3.7): a bold font is built as a triple or keeps regular glyphs; text sizes are cell
//! heights, 1.24 times the em; bitmap letters sit too high; SVG has no title, description or role, so they are put in after drawing.

use super::scene::{Anchor, Colour, GREY, HEIGHT, INK, Mark, Scene, WIDTH};
use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{FontStyle, register_font};
use std::sync::OnceLock;

/// The family: browsers and Word take the first that they have, all of the same widths.
const FAMILY: &str = "Arial, 'Liberation Sans', Helvetica, sans-serif";
static REGULAR: &[u8] = include_bytes!("../assets/liberation-sans-2.1.5/LiberationSans-Regular.ttf");
static BOLD: &[u8] = include_bytes!("../assets/liberation-sans-2.1.5/LiberationSans-Bold.ttf");

/// Left edge of title, subtitle and note.
pub const LEFT: f64 = 50.0;
const TITLE: f64 = 44.0;
const SUBTITLE: f64 = 29.0;
const NOTE: f64 = 24.0;
/// Bitmap letters sit too high by this share of their size (plotters 0.3.7 with ab_glyph); SVG letters do not.
const DROP: f64 = 0.13;

/// Why a plot could not be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlotFault(pub String);

impl std::fmt::Display for PlotFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "a plot could not be drawn: {}", self.0)
    }
}

impl std::error::Error for PlotFault {}

fn fault(error: impl std::fmt::Display) -> PlotFault {
    PlotFault(error.to_string())
}

/// Registers the embedded font once.
fn fonts() -> Result<(), PlotFault> {
    static READY: OnceLock<bool> = OnceLock::new();
    let ready = READY.get_or_init(|| {
        register_font(FAMILY, FontStyle::Normal, REGULAR).is_ok()
            && register_font(FAMILY, FontStyle::Bold, BOLD).is_ok()
    });
    if *ready { Ok(()) } else { Err(PlotFault("the embedded font cannot be read".into())) }
}

fn style(bold: bool) -> FontStyle {
    if bold { FontStyle::Bold } else { FontStyle::Normal }
}

/// Width of a text [units]; an estimate where the font cannot say.
pub fn width(text: &str, size: f64, bold: bool) -> f64 {
    let guess = 0.46 * size * text.chars().count() as f64;
    if fonts().is_err() {
        return guess;
    }
    let font: FontDesc<'_> = (FAMILY, size, style(bold)).into_font();
    font.box_size(text).map_or(guess, |(w, _)| f64::from(w))
}

/// A text broken between words into lines of at most so many units.
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
pub fn png(scene: &Scene) -> Result<Vec<u8>, PlotFault> {
    fonts()?;
    let (w, h) = (WIDTH as u32, HEIGHT as u32);
    let mut pixels = vec![255; 3 * w as usize * h as usize];
    {
        let area = BitMapBackend::with_buffer(&mut pixels, (w, h)).into_drawing_area();
        draw(&area, scene, DROP)?;
        area.present().map_err(fault)?;
    }
    super::encode::png(&pixels, w, h)
}

/// A scene as SVG, with a title and description for screen readers.
pub fn svg(scene: &Scene) -> Result<String, PlotFault> {
    fonts()?;
    let mut text = String::new();
    {
        let area = SVGBackend::with_string(&mut text, (WIDTH as u32, HEIGHT as u32)).into_drawing_area();
        draw(&area, scene, 0.0)?;
        area.present().map_err(fault)?;
    }
    let (open, rest) = text.split_once('>').ok_or_else(|| PlotFault("no SVG was written".into()))?;
    let (title, description) = (escape(&scene.title), escape(&scene.description));
    Ok(format!(
        "{open} role=\"img\" aria-labelledby=\"title desc\"><title id=\"title\">{title}</title>\
         <desc id=\"desc\">{description}</desc>{rest}"
    ))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn draw<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    scene: &Scene,
    drop: f64,
) -> Result<(), PlotFault> {
    area.fill(&plotters::style::WHITE).map_err(fault)?;
    // A tenth is left free: a browser without Arial may set the letters wider.
    let room = 0.9 * (WIDTH - 2.0 * LEFT);
    let mut y = 44.0;
    for line in lines(&scene.title, TITLE, true, room) {
        text(area, &line, (LEFT, y + drop * TITLE), TITLE, Anchor::Left, INK, true)?;
        y += 46.0;
    }
    for line in lines(&scene.subtitle, SUBTITLE, false, room) {
        text(area, &line, (LEFT, y + drop * SUBTITLE), SUBTITLE, Anchor::Left, GREY, false)?;
        y += 32.0;
    }
    let note = lines(&scene.note, NOTE, false, room);
    let mut y = HEIGHT - 24.0 - 27.0 * (note.len().saturating_sub(1)) as f64;
    for line in note {
        text(area, &line, (LEFT, y + drop * NOTE), NOTE, Anchor::Left, GREY, false)?;
        y += 27.0;
    }
    scene.marks.iter().try_for_each(|mark| one(area, mark, drop))
}

fn pixel((x, y): (f64, f64)) -> (i32, i32) {
    (x.round() as i32, y.round() as i32)
}

fn rgb(c: Colour) -> RGBColor {
    RGBColor(c.0, c.1, c.2)
}

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
