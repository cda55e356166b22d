//! A picture as data: marks on a page of 1600 x 900 units. Drawn once for PNG, once for SVG.
//!
//! y runs downwards from the upper edge. A scene knows no library and no file: a test may look at its marks.

/// Width of the page.
pub const WIDTH: f64 = 1600.0;
/// Height of the page.
pub const HEIGHT: f64 = 900.0;

/// A colour.
///
/// The hues below are those of Okabe & Ito, Color universal design (2008): told apart by people with any common colour
/// blindness.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

/// Ink of text and axes.
pub const INK: Colour = Colour(34, 34, 34);
/// Quiet text.
pub const GREY: Colour = Colour(95, 95, 95);
/// Grid lines.
pub const GRID: Colour = Colour(221, 221, 221);
/// No value.
pub const NONE: Colour = Colour(238, 238, 238);
/// Okabe-Ito blue.
pub const BLUE: Colour = Colour(0, 114, 178);
/// Okabe-Ito vermillion.
pub const VERMILLION: Colour = Colour(213, 94, 0);
/// Okabe-Ito bluish green.
pub const GREEN: Colour = Colour(0, 158, 115);
/// Okabe-Ito orange.
pub const ORANGE: Colour = Colour(230, 159, 0);
/// Okabe-Ito reddish purple.
pub const PURPLE: Colour = Colour(204, 121, 167);
/// White.
pub const WHITE: Colour = Colour(255, 255, 255);

impl Colour {
    /// A colour between two: 0 is the first, 1 the second.
    pub fn between(a: Self, b: Self, share: f64) -> Self {
        let mix = |x: u8, y: u8| (f64::from(x) + (f64::from(y) - f64::from(x)) * share).round() as u8;
        Self(mix(a.0, b.0), mix(a.1, b.1), mix(a.2, b.2))
    }

    /// On a scale from white through blue to near-black blue; lightness falls evenly, so it survives grey print.
    pub fn scale(share: f64) -> Self {
        let s = share.clamp(0.0, 1.0);
        let (light, dark) = (Self(240, 246, 250), Self(0, 40, 80));
        if s < 0.5 { Self::between(light, BLUE, 2.0 * s) } else { Self::between(BLUE, dark, 2.0 * s - 1.0) }
    }
}

/// Where a text is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// At its left end.
    Left,
    /// In its middle.
    Middle,
    /// At its right end.
    Right,
}

/// One mark. Texts are centred on their y.
///
/// Drawn in the order in which they were put: later marks lie over earlier ones.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    /// A line through points; the number is the width of the stroke [units], and it is dashed where stated.
    Line(Vec<(f64, f64)>, Colour, u32, bool),
    /// A filled area; opacity 0-1.
    Area(Vec<(f64, f64)>, Colour, f64),
    /// A filled rectangle: left, top, right, bottom.
    Box([f64; 4], Colour),
    /// A filled circle: middle, radius [units], colour.
    Dot((f64, f64), f64, Colour),
    /// A text: words, place, size, where it is held, colour, bold.
    Text(String, (f64, f64), f64, Anchor, Colour, bool),
}

/// A picture.
#[derive(Clone, Debug)]
pub struct Scene {
    /// The finding.
    pub title: String,
    /// What is drawn, its unit, over what.
    pub subtitle: String,
    /// Foot of the page: definitions and the run.
    pub note: String,
    /// For readers who do not see it.
    pub description: String,
    /// Marks below title and subtitle.
    pub marks: Vec<Mark>,
}

impl Scene {
    /// An empty picture.
    pub fn new(title: String, subtitle: String, note: String) -> Self {
        let description = format!("{title}. {subtitle} {note}");
        Self { title, subtitle, note, description, marks: Vec::new() }
    }

    /// The same picture, whose subtitle and description begin with the option that it shows.
    pub fn of(mut self, option: &str) -> Self {
        self.subtitle = format!("{option}. {}", self.subtitle);
        self.description = format!("{option}. {}", self.description);
        self
    }

    /// A line.
    pub fn line(&mut self, points: Vec<(f64, f64)>, colour: Colour, width: u32) {
        self.marks.push(Mark::Line(points, colour, width, false));
    }

    /// A dashed line.
    pub fn dashed(&mut self, points: Vec<(f64, f64)>, colour: Colour, width: u32) {
        self.marks.push(Mark::Line(points, colour, width, true));
    }

    /// A band between two rows of points.
    pub fn band(&mut self, low: Vec<(f64, f64)>, high: &[(f64, f64)], colour: Colour, opacity: f64) {
        let mut points = low;
        points.extend(high.iter().rev());
        self.marks.push(Mark::Area(points, colour, opacity));
    }

    /// A rectangle.
    pub fn rect(&mut self, edges: [f64; 4], colour: Colour) {
        self.marks.push(Mark::Box(edges, colour));
    }

    /// A dot.
    pub fn dot(&mut self, at: (f64, f64), radius: f64, colour: Colour) {
        self.marks.push(Mark::Dot(at, radius, colour));
    }

    /// A text in plain ink.
    pub fn text(&mut self, text: impl Into<String>, at: (f64, f64), size: f64, anchor: Anchor) {
        self.marks.push(Mark::Text(text.into(), at, size, anchor, INK, false));
    }

    /// A text in a colour; bold where stated.
    pub fn label(
        &mut self,
        text: impl Into<String>,
        at: (f64, f64),
        size: f64,
        anchor: Anchor,
        (colour, bold): (Colour, bool),
    ) {
        self.marks.push(Mark::Text(text.into(), at, size, anchor, colour, bold));
    }
}
