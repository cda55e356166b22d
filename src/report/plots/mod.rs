//! The pictures of a report: one file a picture, each from findings alone, as PNG and SVG.
//!
//! The same findings give the same bytes: there are no clocks and no fonts of the machine.
//!
//! Findings become a [`scene::Scene`] (marks on a page), and `chart` draws it twice. A picture that has nothing
//! to show is `None`, never an empty page. Files of this folder are a question or a picture each; `axis`, `names`
//! and `mix_names` place what they share, `encode` packs.

mod axis;
mod backlog;
mod chain;
pub mod chart;
pub mod compared;
mod contacts;
mod demand;
mod encode;
pub mod mix;
mod mix_names;
mod names;
pub mod piloted;
pub mod scene;
pub mod sensitivity;
mod shortfall;
pub mod sized;
pub mod sweep;
mod targets;
mod utilisation;
mod waits;
mod wrong_year;

use crate::findings::Findings;
use crate::findings::say;
pub use chart::PlotFault;
use scene::Scene;

/// A picture in both forms.
///
/// Both forms are of one scene. `title` and `description` stand in the SVG for screen readers.
#[derive(Clone, Debug)]
pub struct Plot {
    /// Name of the file without its ending.
    pub name: &'static str,
    /// The finding that it states.
    pub title: String,
    /// What it shows, in words.
    pub description: String,
    /// PNG file.
    pub png: Vec<u8>,
    /// SVG file.
    pub svg: String,
}

/// Every picture for which there is something to draw.
///
/// In the order in which a report shows them. Names are names of files, and `README.txt` knows them.
///
/// # Errors
///
/// Where a picture cannot be drawn; none is then returned.
pub fn all(findings: &Findings) -> Result<Vec<Plot>, PlotFault> {
    let now = |scene: Option<Scene>| scene.map(|scene| as_now(findings, scene));
    let scenes = [
        ("demand-and-capacity", now(demand::scene(findings))),
        ("shortfall", now(shortfall::scene(findings))),
        ("utilisation", now(utilisation::scene(findings))),
        ("waits", now(waits::scene(findings))),
        ("targets", targets::scene(findings)),
        ("gp-time-released", chain::scene(findings)),
        ("backlog", findings.backlog.as_ref().map(|b| backlog::scene(b, |said| foot(findings, said)))),
        ("contacts-a-day", now(contacts::scene(findings))),
        ("year-that-went-wrong", now(wrong_year::scene(findings))),
    ];
    let drawn = scenes.into_iter().filter_map(|(name, scene)| Some((name, scene?)));
    drawn.map(|(name, scene)| plot(name, scene)).collect()
}

/// A picture of things as now says so before anything else where the scenario has options besides: its foot carries the
/// scenario's title, which may be of an option.
fn as_now(findings: &Findings, scene: Scene) -> Scene {
    match findings.comparisons.is_empty() {
        true => scene,
        false => scene.of(&findings.as_now),
    }
}

/// A scene drawn in both forms.
fn plot(name: &'static str, scene: Scene) -> Result<Plot, PlotFault> {
    let (png, svg) = (chart::png(&scene)?, chart::svg(&scene)?);
    Ok(Plot { name, title: scene.title, description: scene.description, png, svg })
}

/// The foot of every picture: the scenario, the period, the run.
///
/// `definitions` come first: how to read the marks.
fn foot(findings: &Findings, definitions: &str) -> String {
    let (first, last) = findings.period;
    format!(
        "{definitions} {}, {} to {}, {}, seed {}.",
        findings.title,
        say::short_date(first),
        say::short_date(last),
        say::counted(findings.replications as f64, "simulated year"),
        findings.seed
    )
}
