//! What drives an answer: which of the uncertain numbers, by how much, and where each would turn the decision.
//!
//! In: a scenario of things as they are and at most one option. Out: a [`Sensitivity`]: the ordinary run, from its
//! draws at no further cost how each uncertain number goes with the measure, then what further runs show: the card of
//! break-even values, the tornado, and where asked for the indices of Sobol'. Every further run meets the luck of the
//! ordinary one.
//!
//! Fit: [`drive`] and [`inputs`] read the ordinary run; [`held`], [`break_even`], [`tornado`] and [`sobol`] play more.
//!
//! Cost: [`further_years`] says how many years, most of them for the card and the tornado: three values a number, two
//! for a bar, and where indices are asked for a design of its own. The scenario has as-now and at most one option.

pub mod break_even;
pub mod drive;
pub mod held;
pub mod inputs;
pub mod sobol;
pub mod tornado;

use super::extend::{Begun, Shorter, extend};
use super::headline::HeadlineAt;
use super::kept_years::KeptYears;
use super::run::{self, RunResult, SECOND_CHANCES, Settings, Told, run_all, second};
use super::shown::Shown;
use crate::outcome::measure::by_name;
use crate::scenario::Scenario;
use break_even::Turn;
use drive::Drive;
use held::{Bench, Pairs};
use inputs::Uncertain;
use sobol::Sobol;
use tornado::Bar;

/// What is asked of a sensitivity analysis.
///
/// Everything beyond the ordinary run is bounded by [`most`](Asked::most) and [`each`](Asked::each).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Asked {
    /// How each model is run.
    pub settings: Settings,
    /// Replications of the ordinary run; with a precision, the most that are run.
    pub replications: usize,
    /// Half-width of the measure's 95 % interval that is wanted, as a share of its mean.
    pub precision: Option<f64>,
    /// Replications for each value that is tried.
    pub each: usize,
    /// Most numbers that are taken up one by one.
    pub most: usize,
    /// Base points of Saltelli's design, where it is asked for.
    pub saltelli: Option<usize>,
}

impl Asked {
    /// The ordinary run.
    fn ordinary(self) -> run::Asked {
        run::Asked { settings: self.settings, replications: self.replications, precision: self.precision }
    }
}

/// Of what figure the spread is looked into.
///
/// Without an option the measure as things are is the only one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The option less things as they are, year by year.
    Difference,
    /// The measure under the option.
    Option,
    /// The measure as things are.
    AsNow,
}

impl Subject {
    /// Those of a scenario, the one that answers first.
    pub fn all(with_option: bool) -> &'static [Self] {
        if with_option { &[Self::Difference, Self::Option, Self::AsNow] } else { &[Self::AsNow] }
    }

    /// Its name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Difference => "difference",
            Self::Option => "option",
            Self::AsNow => "as_now",
        }
    }
}

/// What a sensitivity analysis came to.
#[derive(Clone, Debug)]
pub struct Sensitivity {
    /// The ordinary run.
    pub run: RunResult,
    /// The measure.
    pub shown: Shown,
    /// What is looked into, the answer's own first.
    pub subjects: &'static [Subject],
    /// The measure in the ordinary run.
    pub base: Pairs,
    /// The first draws of it under a second luck.
    pub second: Pairs,
    /// Every uncertain number, things as they are first.
    pub inputs: Vec<Uncertain>,
    /// How each goes with each subject: `[subject][input]`.
    pub drives: Vec<Vec<Drive>>,
    /// Where the decision turns; empty without an option.
    pub card: Vec<Turn>,
    /// One number at a time from P10 to P90.
    pub tornado: Vec<Bar>,
    /// Sobol' indices, where asked for.
    pub sobol: Option<Sobol>,
    /// Replications of each value tried.
    pub each: usize,
}

/// Simulated years that an analysis takes at most, besides the ordinary run's.
///
/// [years] Values that no model knows cost nothing, so a run may take fewer.
pub fn further_years(scenario: &Scenario, asked: Asked) -> usize {
    let inputs = inputs::listed(scenario).len();
    if inputs == 0 {
        return 0;
    }
    let models = scenario.options.len();
    let tried = asked.most.min(inputs);
    let card = if models > 1 { tried * break_even::START.len() } else { 0 };
    let saltelli = asked.saltelli.map_or(0, |points| points * (tried + 4));
    let again = asked.replications.min(SECOND_CHANCES);
    models * (asked.each * (card + 2 * tried) + saltelli + again)
}

/// Looks into what drives the headline; none where a model does not have it.
///
/// The ordinary run comes first and costs what a run costs; what follows is bounded by `asked`. None where the headline
/// is no measure of the scenario.
pub fn sensitivity(scenario: Scenario, asked: Asked, told: Told<'_>) -> Option<Sensitivity> {
    // Only what was kept can be longer than what is asked for.
    sensitivity_on(scenario, asked, (None, &KeptYears::none()), told).unwrap_or_default()
}

/// The same, on from what was kept of an earlier analysis of the scenario.
///
/// # Errors
///
/// [`Shorter`] where an ordinary run from the start would end before what was kept.
pub fn sensitivity_on(
    scenario: Scenario,
    asked: Asked,
    (begun, kept): (Option<Begun>, &KeptYears),
    told: Told<'_>,
) -> Result<Option<Sensitivity>, Shorter> {
    let Some(shown) = asked_about(&scenario) else { return Ok(None) };
    let ordinary = match begun {
        None => run_all(scenario, asked.ordinary(), told),
        Some(begun) => extend(scenario, begun, asked.ordinary(), told)?,
    };
    Ok(found(ordinary, (asked, shown), kept, told))
}

/// The headline of things as they are; none where they do not have it.
fn asked_about(scenario: &Scenario) -> Option<Shown> {
    let at = HeadlineAt::find(&scenario.run, &scenario.options.first()?.model)?;
    Some(Shown { measure: by_name(at.measure)?, place: at.place, about: at.about })
}

/// What an ordinary run shows, and what further years do; none where its option does not have the figure.
fn found(
    run: RunResult,
    (asked, shown): (Asked, Shown),
    kept: &KeptYears,
    told: Told<'_>,
) -> Option<Sensitivity> {
    let base = Pairs::of_run(&run, &shown)?;
    let inputs = inputs::uncertain(&run, shown.measure);
    let subjects = Subject::all(run.options.len() > 1);
    let drives: Vec<Vec<Drive>> = subjects
        .iter()
        .map(|subject| {
            let knows = |input: &Uncertain| *subject != Subject::AsNow || !input.of_option;
            drive::drives(&inputs, &knows, &base.series(*subject))
        })
        .collect();
    let mut found = Sensitivity {
        second: Pairs::default(),
        card: Vec::new(),
        tornado: Vec::new(),
        sobol: None,
        each: asked.each.min(run.replications),
        run,
        shown,
        subjects,
        base,
        inputs,
        drives,
    };
    if !found.inputs.is_empty() {
        found.further(asked, kept, told);
    }
    Some(found)
}

impl Sensitivity {
    /// What further runs show.
    fn further(&mut self, asked: Asked, kept: &KeptYears, told: Told<'_>) {
        self.second = self.second_luck(asked.settings, kept, told);
        let tell = |done: usize| told("", &vec![f32::NAN; done]);
        let bench = Bench::new(&self.run, self.shown, &self.base, (self.each, asked.settings), (kept, &tell));
        let mut looked_at = drive::strongest(&self.drives[0], asked.most);
        if self.run.options.len() > 1 {
            let key = break_even::key_inputs(&self.inputs, &self.drives[0], asked.most);
            looked_at.extend(key.iter().copied().filter(|at| !looked_at.contains(at)).collect::<Vec<_>>());
            looked_at.truncate(asked.most);
            let chances = self.shown.measure.is_chance();
            self.card =
                key.iter().filter_map(|at| break_even::turn(&bench, &self.inputs, *at, chances)).collect();
        }
        self.tornado = looked_at
            .iter()
            .filter_map(|at| tornado::bar(&bench, self.subjects, &self.inputs, (*at, looked_at.len())))
            .collect();
        self.sobol = asked.saltelli.map(|points| {
            sobol::sobol(&bench, (&self.inputs, self.subjects), &looked_at, points, asked.settings.seed)
        });
    }

    /// The first draws of every model with another chance index.
    ///
    /// None of the values is told: it is the ordinary run once more.
    fn second_luck(&self, settings: Settings, kept: &KeptYears, told: Told<'_>) -> Pairs {
        let again = second(self.run.replications);
        let now = &self.run.scenario.options[0].model;
        let shown = [self.shown];
        let of = |at: usize| {
            let model = self.run.scenario.options[at].model.clone();
            let tell = |done: usize| told("", &vec![f32::NAN; done]);
            let values = kept.lean(model, (now, &shown), &again, settings, &tell);
            values.into_iter().map(f64::from).collect()
        };
        Pairs { now: of(0), option: (self.run.options.len() > 1).then(|| of(1)) }
    }
}
