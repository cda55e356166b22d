//! Sweeping: the same question at many points of some addresses.
//!
//! In: points, and a way to load the scenario with values set. Out: for every point, option and figure its mean with an
//! interval, and its percentiles over years. Every point meets the same years (the same seed), and each is a run by
//! itself, so any share of the points can be run anywhere and put together afterwards.
//!
//! Fit: [`points`] says where to look, [`point`] runs one of them. A sweep may be cut into shares and merged later; a
//! share plays the same years as the whole. Cost: a run of every option at every point.

pub mod points;

use super::headline::HeadlineAt;
use super::run::{Settings, first};
use super::runner::Runner;
use super::shown::Shown;
use super::stop::{Watch, until_settled};
use crate::model::Model;
use crate::outcome::Outcome;
use crate::outcome::columns::About;
use crate::outcome::measure::Measure;
use crate::scenario::receivers::{Unreceived, unreceived, without_unreceived};
use crate::scenario::{OptionModel, Scenario};
use crate::stats::interval::Interval;
use crate::stats::moments::Moments;
use crate::stats::quantile::{Definition, quantile_of_sorted, sorted};
use points::Vary;

/// What is asked at every point.
///
/// Each option is run by itself, to a precision of its own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Asked {
    /// How each option is run.
    pub settings: Settings,
    /// Replications; with a precision, the most that are run.
    pub replications: usize,
    /// Half-width of the headline's 95 % interval that is wanted, as a share of its mean.
    pub precision: Option<f64>,
}

/// What a figure is: names, empty where it is about all.
///
/// Names instead of positions: a point may have another model, so a table of several points needs names.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// `all`, `network` or `practice`.
    pub scope: &'static str,
    /// Name of the place.
    pub place: String,
    /// Need.
    pub need: String,
    /// Role.
    pub role: String,
    /// Target.
    pub target: String,
    /// Measure.
    pub measure: &'static Measure,
}

/// One figure of one option at one point.
///
/// `n` may be below the replications: a year without a value counts nowhere.
#[derive(Clone, Debug)]
pub struct Row {
    /// Option.
    pub option: String,
    /// What it is.
    pub figure: Figure,
    /// Replications with a value.
    pub n: u64,
    /// Mean.
    pub mean: Option<f64>,
    /// 95 % interval of the mean.
    pub interval: Option<Interval>,
    /// P5, P50 and P95 over years.
    pub percentiles: [Option<f64>; 3],
}

/// What a point came to.
///
/// Rows are options by figures; a figure that an option does not have is no row.
#[derive(Clone, Debug)]
pub struct At {
    /// Its rows.
    pub rows: Vec<Row>,
    /// The headline of every option that has it, year by year; NaN where a year has no value.
    pub years: Vec<(String, Vec<f64>)>,
    /// Whether the precision asked for was reached; true where none was.
    pub precise: bool,
}

/// The `--set` texts of a point, in the order of the addresses.
pub fn sets(vary: &[Vary], point: &[f64]) -> Vec<String> {
    vary.iter().zip(point).map(|(vary, value)| format!("{}={value}", vary.address)).collect()
}

/// The points at which every address is at its lowest or its highest, the others at the first point's: where a value
/// that the scenario refuses shows before anything is run.
/// Each a point to run before the sweep: a refusal shows before it is paid for.
pub fn corners(points: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let Some(first) = points.first() else { return Vec::new() };
    let mut found = vec![first.clone()];
    for address in 0..first.len() {
        for up in [false, true] {
            let ordered = points.iter().map(|p| p[address]);
            let end = ordered.reduce(|a, b| if up { a.max(b) } else { a.min(b) });
            let mut corner = first.clone();
            corner[address] = end.unwrap_or(corner[address]);
            if !found.contains(&corner) {
                found.push(corner);
            }
        }
    }
    found
}

/// The points at which one address is at its lowest and at its highest, the others at the first point's; none where it
/// never moves.
pub fn ends(points: &[Vec<f64>], address: usize) -> Option<[Vec<f64>; 2]> {
    let end = |pick: fn(f64, f64) -> f64| {
        let mut point = points.first()?.clone();
        point[address] = points.iter().map(|p| p[address]).reduce(pick)?;
        Some(point)
    };
    let both = [end(f64::min)?, end(f64::max)?];
    (both[0] != both[1]).then_some(both)
}

/// Options that a varied address does not reach: between two scenarios that differ in it alone their model is the same,
/// as they state it themselves. Names.
pub fn unmoved(low: &Scenario, high: &Scenario) -> Vec<String> {
    let same = |(a, b): &(&OptionModel, &OptionModel)| format!("{:?}", a.model) == format!("{:?}", b.model);
    let pairs: Vec<(&OptionModel, &OptionModel)> = low.options.iter().zip(&high.options).collect();
    // An address that moves nothing at all is not one that an option states.
    match pairs.first() {
        Some(now) if !same(now) => {
            pairs.iter().filter(|pair| same(pair)).map(|(a, _)| a.name.clone()).collect()
        }
        _ => Vec::new(),
    }
}

/// One point for every set of addresses that are nought together: between them they show every lever that some point
/// has to leave out.
pub fn noughts(points: &[Vec<f64>]) -> Vec<&[f64]> {
    let mut found: Vec<(Vec<bool>, &[f64])> = Vec::new();
    for point in points {
        let nought: Vec<bool> = point.iter().map(|value| *value == 0.0).collect();
        if !found.iter().any(|(known, _)| *known == nought) {
            found.push((nought, point));
        }
    }
    found.into_iter().map(|(_, point)| point).collect()
}

/// Levers that are left out in some option of some of these scenarios, each once.
pub fn left_out(scenarios: &[Scenario]) -> Vec<Unreceived> {
    let mut found: Vec<Unreceived> = Vec::new();
    for option in scenarios.iter().flat_map(|scenario| &scenario.options) {
        for lever in unreceived(&option.model) {
            if !found.contains(&lever) {
                found.push(lever);
            }
        }
    }
    found
}

/// Plays points, each with its number, in their order; `at` reads the scenario of the values of one, and `take` takes in what it
/// came to.
///
/// One after another, options within them, so a share of the points comes in the order of the whole sweep.
///
/// # Errors
///
/// That of the first point whose scenario cannot be read; those before it are taken in.
pub fn play<E>(
    points: &[(usize, &[f64])],
    at: impl Fn(&[f64]) -> Result<Scenario, E>,
    asked: Asked,
    told: &(dyn Fn(&str, &[f32]) + Sync),
    mut take: impl FnMut(usize, &[f64], &At),
) -> Result<(), E> {
    for (number, values) in points {
        take(*number, values, &point(&at(values)?, asked, told));
    }
    Ok(())
}

/// Runs one point: in every option without the levers that need people of a role that nobody has there.
pub fn point(scenario: &Scenario, asked: Asked, told: &(dyn Fn(&str, &[f32]) + Sync)) -> At {
    let model = &scenario.options[0].model;
    let Some(headline) = HeadlineAt::find(&scenario.run, model) else {
        return At { rows: Vec::new(), years: Vec::new(), precise: true };
    };
    let shown = Shown::all(model, headline);
    let (mut rows, mut years, mut precise) = (Vec::new(), Vec::new(), true);
    for option in &scenario.options {
        let (outcome, reached) = run(option, headline, asked, &|values| told(&option.name, values));
        precise &= reached;
        // The headline stands first.
        for (at, one) in shown.iter().enumerate() {
            let Some(column) = one.column(model, &option.model, &outcome.columns) else { continue };
            let values = outcome.column(column);
            rows.push(row(&option.name, figure(one, model), &values));
            if at == 0 {
                years.push((option.name.clone(), values));
            }
        }
    }
    At { rows, years, precise }
}

/// Runs one option; and whether its own headline is as precise as asked.
fn run(
    option: &OptionModel,
    headline: HeadlineAt,
    asked: Asked,
    told: &(dyn Fn(&[f32]) + Sync),
) -> (Outcome, bool) {
    let mut runner =
        Runner::new(&option.name, without_unreceived(option.model.clone()), Some(headline), asked.settings);
    let all = first(asked.replications);
    let Some(share) = asked.precision else {
        runner.more(&all, told);
        return (runner.finish(), true);
    };
    let watch = Watch::own(share, 1).of_shares(headline.is_share()).of_chances(headline.is_chance());
    let watch = watch.of_sure(headline.is_sure(std::slice::from_ref(option)));
    let ended = until_settled(watch, all.len(), |range| {
        runner.more(&all[range.clone()], told);
        vec![runner.headline(range)]
    });
    (runner.finish(), ended.precise())
}

/// A figure by name.
pub fn figure(shown: &Shown, model: &Model) -> Figure {
    let (need, role, target) = match shown.about {
        About::Need(k) => (model.needs[k].name.clone(), String::new(), String::new()),
        About::Role(r) => (String::new(), model.roles[r].name.clone(), String::new()),
        About::Target(t) => {
            let target = &model.targets[t];
            (model.needs[target.need].name.clone(), String::new(), target.name.clone())
        }
        About::All | About::Redirect(_) => (String::new(), String::new(), String::new()),
    };
    let place = shown.place.name(model).to_owned();
    Figure { scope: shown.place.scope(), place, need, role, target, measure: shown.measure }
}

/// Percentiles are over the years, not over points.
fn row(option: &str, figure: Figure, values: &[f64]) -> Row {
    let moments = Moments::of(values);
    let interval = figure.measure.interval(values);
    let values = sorted(values);
    let percentiles = [0.05, 0.5, 0.95].map(|p| quantile_of_sorted(&values, p, Definition::Type7));
    Row { option: option.to_owned(), figure, n: moments.n(), mean: moments.mean(), interval, percentiles }
}
