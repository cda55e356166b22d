//! A report as one page for a browser: nothing is fetched and nothing runs, so it opens on a locked-down machine, can be sent
//! as it is, and prints.
//!
//! In: a document, its pictures and the assumptions. Out: HTML with all of it inside, the same however the figures came about.
//! Pictures are PNG, since that is what a browser copies into a board paper; `plots/` has them as SVG too.

use super::document::{Document, Piece};
use super::plots::Plot;
use super::text::columns::is_figure;
use crate::findings::say;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// How it looks.
const STYLE: &str = include_str!("page.css");

/// Nothing is loaded, nothing runs.
const POLICY: &str = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

/// Columns of the assumptions that stand on a page, with their headings; where a number stands is in the file.
const ASSUMED: [(&str, &str); 8] = [
    ("pilot", "Pilot"),
    ("address", "Number"),
    ("option", "Option"),
    ("stated", "As stated"),
    ("mean", "Mean"),
    ("drawn_mean", "Mean drawn"),
    ("source", "Source"),
    ("confidence", "Confidence"),
];

/// What stands for a source where there is none.
const WITHOUT: &str = "assumption";

/// A page.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// What it says.
    pub document: &'a Document,
    /// Its pictures, in their order.
    pub plots: &'a [&'a Plot],
    /// `assumptions.csv`.
    pub assumptions: &'a [u8],
}

impl Page<'_> {
    /// The page.
    pub fn html(&self) -> String {
        let Document { title, first, rest } = self.document;
        let mut sections = Sections::default();
        let first = html! { (pieces(first, &mut sections)) };
        let pictures = self.pictures(&mut sections);
        let rest = html! { (pieces(rest, &mut sections)) };
        let assumptions = self.assumptions(&mut sections);
        let page = html! {
            (DOCTYPE)
            html lang="en-GB" {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content=(POLICY);
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="generator" content={ "skillmix " (env!("CARGO_PKG_VERSION")) };
                    title { (title) }
                    style { (PreEscaped(STYLE)) }
                }
                body {
                    header { h1 { (title) } }
                    @if sections.0.len() > 1 { (sections.contents()) }
                    main {
                        section.answer { (first) }
                        (pictures)
                        (rest)
                        (assumptions)
                    }
                    footer {
                        p {
                            "Simulated with skillmix " (env!("CARGO_PKG_VERSION")) ". What stands here is in the folder of this page as "
                            "tables too; its README.txt says what each file is, and which command gives the same figures again."
                        }
                    }
                }
            }
        };
        page.into_string()
    }

    /// The pictures; nothing where none were drawn.
    fn pictures(&self, sections: &mut Sections) -> Markup {
        html! {
            @if !self.plots.is_empty() {
                (sections.heading("Pictures"))
                @for plot in self.plots {
                    figure {
                        img src={ "data:image/png;base64," (STANDARD.encode(&plot.png)) } alt={ (plot.title) ". " (plot.description) };
                    }
                }
            }
        }
    }

    /// Every number that went in, with its source; those without one are marked.
    fn assumptions(&self, sections: &mut Sections) -> Markup {
        let mut table = csv::Reader::from_reader(self.assumptions);
        let headings = table.headers().cloned().unwrap_or_default();
        let rows: Vec<csv::StringRecord> = table.records().filter_map(Result::ok).collect();
        let at = |name: &str| headings.iter().position(|heading| heading == name);
        let cell = |row: &csv::StringRecord, name: &str| {
            at(name).and_then(|at| row.get(at)).unwrap_or_default().to_owned()
        };
        let filled = |name: &str| rows.iter().any(|row| !cell(row, name).is_empty());
        let shown: Vec<(&str, &str)> = ASSUMED.into_iter().filter(|(name, _)| filled(name)).collect();
        let without = rows.iter().filter(|row| cell(row, "source") == WITHOUT).count();
        html! {
            @if !rows.is_empty() {
                (sections.heading("What went in"))
                p {
                    (say::capital(&say::counted(rows.len() as f64, "number"))) " went in. Of " (say::whole(without as f64))
                    " no source is published: they are assumptions, marked below. "
                    "assumptions.csv in the folder also has their ranges and the line where each stands."
                }
                details {
                    summary { "Every number, as stated, with its source" }
                    div.wide {
                        table {
                            thead { tr { @for (_, heading) in &shown { th scope="col" { (heading) } } } }
                            tbody {
                                @for row in &rows {
                                    tr class=[(cell(row, "source") == WITHOUT).then_some("assumed")] {
                                        @for (name, _) in &shown { td class=[matches!(*name, "address" | "stated").then_some("code")] { (cell(row, name)) } }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The sections of a page so far, for its contents; the place of each is its name.
#[derive(Default)]
struct Sections(Vec<String>);

impl Sections {
    /// The head of a section.
    fn heading(&mut self, title: &str) -> Markup {
        self.0.push(title.to_owned());
        html! { h2 id=(place(self.0.len())) { (title) } }
    }

    /// What stands on the page.
    fn contents(&self) -> Markup {
        html! {
            nav aria-label="Contents" {
                ul { @for (at, title) in self.0.iter().enumerate() { li { a href={ "#" (place(at + 1)) } { (title) } } } }
            }
        }
    }
}

/// Name of the place of a section, counted from 1.
fn place(number: usize) -> String {
    format!("section-{number}")
}

/// Pieces in their order; points that follow one another are one list.
fn pieces(all: &[Piece], sections: &mut Sections) -> Markup {
    let point = |piece: &Piece| matches!(piece, Piece::Point(_) | Piece::Named(..));
    html! {
        @for run in all.chunk_by(|a, b| point(a) && point(b)) {
            @if point(&run[0]) {
                ul { @for piece in run { (single(piece, sections)) } }
            } @else {
                (single(&run[0], sections))
            }
        }
    }
}

/// A piece by itself; a point has its list around it.
fn single(piece: &Piece, sections: &mut Sections) -> Markup {
    html! {
        @match piece {
            // The title is at the head of the page, and room is the style's own.
            Piece::Gap | Piece::Name(_) => {},
            Piece::Run(text) => { p.run { (words(text)) } },
            Piece::Lead(text) => { p.lead { (words(text)) } },
            Piece::Heading(text) => { (sections.heading(text)) },
            Piece::Title(text) => { h3 { (words(text)) } },
            Piece::Note(text) => { p.note { (words(text)) } },
            Piece::Text(text) => { p { (words(text)) } },
            Piece::Point(text) => { li { (words(text)) } },
            Piece::Named(name, text) => { li { b { (name) ": " } (words(text)) } },
            Piece::Command(text) => { pre { (text) } },
            Piece::Table { headings, rows } => { (table(headings, rows)) },
            Piece::Fold(title, inside) => {
                details { summary { (title) } (pieces(inside, &mut Sections::default())) }
            },
        }
    }
}

/// A text whose commands and keys (`` `skillmix size` ``) look like such; a number keeps its sign beside it.
fn words(text: &str) -> Markup {
    let kept = text.replace(" %", "\u{a0}%").replace("± ", "±\u{a0}").replace("≥ ", "≥\u{a0}");
    let parts: Vec<&str> = kept.split('`').collect();
    // A stroke without its other is no mark.
    let marked = parts.len() % 2 == 1;
    html! {
        @for (at, part) in parts.iter().enumerate() {
            @if marked && at % 2 == 1 { code { (part) } } @else { @if !marked && at > 0 { "`" } (part) }
        }
    }
}

/// A table; a column stands to the right where all its cells are figures, as in the text.
fn table(headings: &[String], rows: &[Vec<String>]) -> Markup {
    let right: Vec<bool> =
        (0..headings.len()).map(|c| c > 0 && rows.iter().all(|row| is_figure(&row[c]))).collect();
    html! {
        div.wide {
            table {
                thead { tr { @for (heading, right) in headings.iter().zip(&right) { th class=[right.then_some("figure")] scope="col" { (heading) } } } }
                tbody {
                    @for row in rows {
                        tr {
                            @for (at, (cell, right)) in row.iter().zip(&right).enumerate() {
                                @if at == 0 { th scope="row" { (cell) } } @else { td class=[right.then_some("figure")] { (cell) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::document;
    use super::*;

    fn picture() -> Plot {
        let png = b"\x89PNG".to_vec();
        Plot {
            name: "waits",
            title: "Waits \"grow\"".into(),
            description: "By need.".into(),
            png,
            svg: String::new(),
        }
    }

    fn page(document: &Document, plots: &[&Plot], assumptions: &str) -> String {
        Page { document, plots, assumptions: assumptions.as_bytes() }.html()
    }

    fn report(first: Vec<Piece>, rest: Vec<Piece>) -> Document {
        Document { title: "Hill & <b>Dale</b>".into(), first, rest }
    }

    #[test]
    fn what_a_scenario_says_is_text_and_never_a_mark_of_the_page() {
        let hostile = "<script>alert(1)</script> & \"more\"";
        let cells = [hostile.to_owned(), hostile.to_owned()];
        let first = vec![Piece::Lead(hostile.into()), Piece::Named(hostile.into(), hostile.into())];
        let rest = vec![
            Piece::Heading(hostile.into()),
            document::table(&cells, &[cells.to_vec()]),
            Piece::Fold(hostile.into(), vec![Piece::Title(hostile.into()), Piece::Note(hostile.into())]),
        ];
        let assumed = "address,stated,source\na,\"<script>x</script>\",<i>\n";
        let html = page(&report(first, rest), &[&picture()], assumed);
        assert!(!html.contains("<script") && !html.contains("<b>Dale") && !html.contains("<i>"), "{html}");
        assert!(html.contains("<h1>Hill &amp; &lt;b&gt;Dale&lt;/b&gt;</h1>"), "{html}");
        assert!(html.contains("alt=\"Waits &quot;grow&quot;. By need.\""), "{html}");
    }

    #[test]
    fn a_page_holds_all_of_itself_and_runs_nothing() {
        let html = page(&report(vec![Piece::Text("Words.".into())], vec![]), &[&picture()], "address\n");
        assert!(html.contains("src=\"data:image/png;base64,iVBORw==\""), "{html}");
        assert!(!html.contains("http:") && !html.contains("https:") && !html.contains("url("), "{html}");
        assert!(html.contains("default-src 'none'"), "{html}");
        assert!(!html.contains("What went in"), "nothing was stated");
    }

    #[test]
    fn points_that_follow_one_another_are_one_list_and_figures_stand_to_the_right() {
        let point = |text: &str| Piece::Point(text.into());
        let text = |text: &str| text.to_owned();
        let first = vec![point("a"), Piece::Named("North".into(), "b".into()), Piece::Gap, point("c")];
        let headings = [text("Place"), text("Wait [days]"), text("Shows")];
        let rest =
            vec![document::table(&headings, &[vec![text("Hill"), text("3.1 (2.0-4.2)"), text("worse")]])];
        let html = page(&report(first, rest), &[], "address\n");
        assert!(html.contains("<ul><li>a</li><li><b>North: </b>b</li></ul><ul><li>c</li></ul>"), "{html}");
        assert!(html.contains("<td class=\"figure\">3.1 (2.0-4.2)</td><td>worse</td>"), "{html}");
    }

    #[test]
    fn commands_look_like_such_and_a_number_keeps_its_sign() {
        let said = |text: &str| words(text).into_string();
        assert_eq!(said("ask `skillmix size` of 60 %"), "ask <code>skillmix size</code> of 60\u{a0}%");
        assert_eq!(said("a ` alone"), "a ` alone");
    }

    #[test]
    fn numbers_without_a_source_are_counted_and_marked() {
        let assumed = "address,option,stated,source\nneed.a.rate,,2,NS02\nneed.b.rate,,3,assumption\n";
        let html = page(&report(vec![], vec![]), &[], assumed);
        assert!(html.contains("2 numbers went in. Of 1 no source"), "{html}");
        assert_eq!(html.matches("<tr class=\"assumed\">").count(), 1, "{html}");
        assert!(!html.contains(">Option<"), "a column in which nothing stands is left out: {html}");
    }
}
