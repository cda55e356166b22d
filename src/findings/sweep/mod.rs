//! Everything a report of a sweep may say: which points are best, and how plainly.
//!
//! In: what was asked, and the rows of `sweep.csv` as they are written, so that shards put together say the same as one
//! run. Out: the points with their values, and the answer.

pub mod advice;
pub mod alike;
pub mod sentences;
pub mod titles;

use crate::experiment::shown::between_options;
use crate::experiment::sweep::Figure;
use crate::experiment::sweep::points::{Design, Vary};
use crate::findings::called::Called;
use crate::findings::settling::Settling;
use crate::outcome::measure::{Better, Measure, by_name};
use crate::scenario::receivers::Unreceived;
use alike::{Alike, Years};
use serde::{Deserialize, Serialize};

/// Headings of `sweep.csv` after the point and its values.
pub const HEAD: [&str; 15] = [
    "option",
    "scope",
    "place",
    "need",
    "role",
    "target",
    "measure",
    "unit",
    "n",
    "mean",
    "mean_low",
    "mean_high",
    "p5",
    "p50",
    "p95",
];

/// An option of a sweep.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Named {
    /// Name.
    pub name: String,
    /// Title shown to people.
    pub title: String,
    /// Its levers.
    pub levers: Vec<String>,
    /// Addresses that are varied and that it states itself, so that varying them does nothing in it; each with its value,
    /// where it is a number.
    #[serde(default)]
    pub own: Vec<(String, Option<f64>)>,
}

/// The cells of the table that tell a figure, each empty where it is about all.
///
/// In a file they are a list, in the order of the columns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "[String; 6]", into = "[String; 6]")]
pub struct Cells {
    /// Scope: `all`, `network` or `practice`.
    pub scope: String,
    /// Place.
    pub place: String,
    /// Need.
    pub need: String,
    /// Role.
    pub role: String,
    /// Target.
    pub target: String,
    /// Measure.
    pub measure: String,
}

impl From<[String; 6]> for Cells {
    fn from([scope, place, need, role, target, measure]: [String; 6]) -> Self {
        Self { scope, place, need, role, target, measure }
    }
}

impl From<Figure> for Cells {
    fn from(Figure { scope, place, need, role, target, measure }: Figure) -> Self {
        Self { scope: scope.into(), place, need, role, target, measure: measure.name.into() }
    }
}

impl From<Cells> for [String; 6] {
    fn from(cells: Cells) -> Self {
        let Cells { scope, place, need, role, target, measure } = cells;
        [scope, place, need, role, target, measure]
    }
}

/// The figure that a sweep looks at first: its words, and the cells that tell it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Headline {
    /// In words.
    pub words: String,
    /// As in the table.
    pub cells: Cells,
}

/// All that was asked: the same in every shard of a sweep.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// Version of the program.
    pub version: String,
    /// Version of the model's meaning.
    pub model_version: u32,
    /// Title of the scenario.
    pub title: String,
    /// Fingerprint of the scenario.
    pub scenario: String,
    /// First and last counted day, in words.
    pub period: (String, String),
    /// Seed.
    pub seed: u64,
    /// Years of each option at each point, at most.
    pub replications: usize,
    /// Precision asked for.
    pub precision: Option<f64>,
    /// How the points lie.
    pub design: Design,
    /// Points in all.
    pub points: usize,
    /// What is varied.
    pub vary: Vec<Vary>,
    /// What each of them is called, in the same order.
    pub called: Vec<Called>,
    /// Options.
    pub options: Vec<Named>,
    /// The headline.
    pub headline: Headline,
    /// Warnings of the scenario.
    pub warnings: Vec<serde_json::Value>,
    /// Levers that are left out at points where nobody has the role that they need.
    pub left_out: Vec<Unreceived>,
    /// The command that gives the same figures, in the folder.
    pub run_again: String,
}

impl Request {
    /// What another request differs in, in words; none where both ask the same.
    pub fn differs(&self, other: &Self) -> Option<String> {
        let said = |what: &str, own: &dyn std::fmt::Display, others: &dyn std::fmt::Display| {
            Some(format!("{what}: {others} and not {own}"))
        };
        // Seed and years are in the fingerprint of the scenario too, so they are looked at first.
        match other {
            o if o.version != self.version => {
                said("another version of the program", &self.version, &o.version)
            }
            o if o.model_version != self.model_version => {
                said("another version of the model", &self.model_version, &o.model_version)
            }
            o if o.seed != self.seed => said("another seed", &self.seed, &o.seed),
            o if o.replications != self.replications => {
                said("another number of simulated years", &self.replications, &o.replications)
            }
            o if o.scenario != self.scenario => {
                said("another scenario (fingerprint)", &short(&self.scenario), &short(&o.scenario))
            }
            o if o.precision != self.precision => Some("another precision".into()),
            o if o.design != self.design || o.points != self.points || o.vary != self.vary => {
                Some("another design: other points, or other addresses".into())
            }
            o if o.options != self.options => Some("other options".into()),
            o if o != self => Some("another question".into()),
            _ => None,
        }
    }

    /// The better direction of the headline between points; none where the measure is not known.
    pub fn better(&self) -> Option<Better> {
        self.measure().map(between_options)
    }

    /// The measure of the headline.
    pub fn measure(&self) -> Option<&'static Measure> {
        by_name(&self.headline.cells.measure)
    }
}

/// The beginning of a fingerprint.
fn short(hash: &str) -> &str {
    hash.get(..8).unwrap_or(hash)
}

/// A row of the table, as numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot {
    /// Number of the point, from 1.
    pub point: usize,
    /// Values of the addresses.
    pub values: Vec<f64>,
    /// Option.
    pub option: String,
    /// What it is.
    pub figure: Cells,
    /// Mean and the ends of its interval.
    pub mean: f64,
    /// Lower end; the mean where there is no interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Spot {
    /// True where the mean has an interval: of a few years, or of years that are all equal, it has none.
    pub fn known(&self) -> bool {
        self.low < self.high
    }
}

/// Everything a report of a sweep may say.
#[derive(Clone, Debug)]
pub struct SweepFindings {
    /// What was asked.
    pub request: Request,
    /// Rows with a mean, in the order of the table.
    pub spots: Vec<Spot>,
    /// How the other points stand to the best; none where no point is best.
    pub alike: Option<Alike>,
    /// The worst harm of the best point beside things as they are, as the end of a sentence; none where none can be told.
    pub but: Option<String>,
    /// The slowest lever of the best point's option that is still settling in.
    pub settling: Option<Settling>,
    /// The answer, sentence by sentence.
    pub answer: Vec<String>,
}

impl SweepFindings {
    /// Reads the rows of the table; `years` holds the headline year by year, by which points are told apart.
    pub fn new(request: Request, rows: &[Vec<String>], years: &[Years]) -> Self {
        let spots = rows.iter().filter_map(|row| spot(row, request.vary.len())).collect();
        let mut findings =
            Self { request, spots, alike: None, but: None, settling: None, answer: Vec::new() };
        findings.alike = alike::alike(&findings, years);
        findings.answer = sentences::answer(&findings);
        findings
    }

    /// Unmet requests where a row of the headline was played.
    pub fn unmet(&self, spot: &Spot) -> Option<&Spot> {
        self.beside(spot, "unmet")
    }

    /// A measure of everybody at the headline's place, where a row of the headline was played.
    pub fn beside(&self, spot: &Spot, name: &str) -> Option<&Spot> {
        let Cells { scope, place, .. } = &self.request.headline.cells;
        let of = |other: &&Spot| {
            let figure = &other.figure;
            (other.point, &other.option) == (spot.point, &spot.option)
                && (&figure.scope, &figure.place) == (scope, place)
                && figure.measure == name
                && [&figure.need, &figure.role, &figure.target].iter().all(|name| name.is_empty())
        };
        self.spots.iter().find(of)
    }

    /// The headline's rows.
    pub fn headline(&self) -> impl Iterator<Item = &Spot> {
        self.spots.iter().filter(|spot| spot.figure == self.request.headline.cells)
    }
}

/// A row as numbers; none without a mean.
fn spot(row: &[String], varied: usize) -> Option<Spot> {
    let at = 1 + varied;
    let number = |cell: &String| cell.parse::<f64>().ok();
    let mean = number(row.get(at + 9)?)?;
    Some(Spot {
        point: row.first()?.parse().ok()?,
        values: row.get(1..at)?.iter().map(|cell| number(cell).unwrap_or(f64::NAN)).collect(),
        option: row.get(at)?.clone(),
        figure: <[String; 6]>::try_from(row.get(at + 1..at + 7)?.to_vec()).ok()?.into(),
        mean,
        low: number(row.get(at + 10)?).unwrap_or(mean),
        high: number(row.get(at + 11)?).unwrap_or(mean),
    })
}
