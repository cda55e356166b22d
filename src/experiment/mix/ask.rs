//! The question as a planner puts it, found in the scenario: what is varied, what is minimised, what has to hold.
//!
//! In: the texts of the command line, and the scenario. Out: a [`Plan`], with positions for every name. Everything that
//! cannot be asked is refused here, before any year is played.

use super::cost;
use super::{MOST_MIXES, Objective, Plan};
use crate::experiment::named;
use crate::experiment::run::Settings;
use crate::experiment::size::knob::{Knob, Range};
use crate::experiment::sweep::points::Vary;
use crate::experiment::unfit::Unfit;
use crate::model::Model;
use crate::outcome::columns::Place;
use crate::scenario::{OptionModel, Scenario};
use crate::stats::stopping::Precision;

/// Mixes whose objective is within this share of the best's are as good, where nothing else is said.
pub const MATTERS: f64 = 0.01;
/// Most values of one number.
const MOST_VALUES: f64 = 1_000.0;
/// Most numbers that are varied together; each more multiplies the mixes.
const MOST_VARIED: usize = 6;

/// The question.
///
/// Addresses and names are as typed; [`Ask::plan`] turns them into positions, or refuses.
#[derive(Clone, Debug, PartialEq)]
pub struct Ask {
    /// What is varied, each as `ADDRESS=LOW:HIGH:STEP`.
    pub vary: Vec<String>,
    /// What is minimised.
    pub objective: Objective,
    /// Targets that have to hold.
    pub targets: Vec<String>,
    /// Chance that each of them holds in a year.
    pub chance: f64,
    /// For whom targets and access are judged: `all`, `network.NAME`, `practice.NAME`; all where none is named.
    pub place: Option<String>,
    /// Most that a mix may cost the practices [£ a year]; none: no condition of cost.
    pub budget: Option<f64>,
    /// Option in which the mix is sought; none: the option whose posts are varied, else `as_now`.
    pub option: Option<String>,
    /// A share of the best objective that does not matter; none: what the scenario states for the measure, else
    /// [`MATTERS`].
    pub matters: Option<f64>,
    /// Most years of a mix; it is played as far as its answer needs, never further than this.
    pub most: usize,
}

impl Ask {
    /// Finds what is asked in the scenario.
    ///
    /// # Errors
    ///
    /// Where an address, an option, a target or a place is not known, a grid is too large, or the question has no
    /// answer.
    pub fn plan(&self, scenario: &Scenario) -> Result<Plan, Unfit> {
        let vary: Vec<Vary> = self.vary.iter().map(|text| Vary::read(text)).collect::<Result<_, _>>()?;
        // The option follows from the posts that are varied, unless it is named.
        sound(&vary)?;
        let posts: Vec<&str> = vary.iter().filter_map(|vary| named::post_within(&vary.address)).collect();
        let within = vary.iter().find_map(|vary| named::option_within(&vary.address));
        let option = named::option(scenario, self.option.as_deref().or(within), &posts)?;
        let chosen = &scenario.options[option];
        let knobs: Vec<Knob> =
            vary.iter().map(|vary| knob(scenario, chosen, vary)).collect::<Result<_, Unfit>>()?;
        // Counted without overflow: a grid of six numbers can be beyond any machine word.
        let mixes = knobs.iter().map(|knob| knob.grid.last + 1).try_fold(1_usize, usize::checked_mul);
        if mixes.is_none_or(|mixes| mixes > MOST_MIXES) {
            return Err(too_many(&knobs, mixes));
        }
        let model = &chosen.model;
        let target = |name: &String| named::target(model, Some(name));
        let mut targets: Vec<usize> = self.targets.iter().map(target).collect::<Result<_, _>>()?;
        // In the order of the model, each once: conditions are read by position later.
        targets.sort_unstable();
        targets.dedup();
        let place = self.place.as_deref().map(|place| named::place(model, place)).transpose()?;
        self.possible(model)?;
        Ok(Plan {
            knobs,
            option,
            objective: self.objective,
            targets,
            chance: self.chance,
            place: place.unwrap_or(Place::All),
            budget: self.budget,
            matters: self.matters(scenario),
            most: self.most,
            settings: Settings::new(scenario.run.seed),
        })
    }

    /// What does not matter: as asked, else as the scenario states it for the measure, else a share of the best.
    ///
    /// The last statement of a measure stands, as everywhere in a scenario.
    fn matters(&self, scenario: &Scenario) -> Precision {
        let measure = self.objective.measure();
        let stated = scenario.run.matters.iter().rev().find(|(name, _)| name == measure);
        match (self.matters, stated) {
            (Some(share), _) => Precision::Relative(share),
            (None, Some((_, width))) => Precision::Absolute(*width),
            (None, None) => Precision::Relative(MATTERS),
        }
    }

    /// Whether the question has an answer that is worth a search.
    ///
    /// # Errors
    ///
    /// Where nothing has to hold although only cost is minimised, or where a cost is asked for that no price is stated
    /// for.
    fn possible(&self, model: &Model) -> Result<(), Unfit> {
        if self.objective == Objective::Cost && self.targets.is_empty() {
            return Err(Unfit::new(
                "with nothing that has to hold the cheapest mix is the smallest",
                match &model.targets[..] {
                    [] => "state a target ([target.routine] with need, within_days and share), and name it with --subject-to".into(),
                    targets => format!("name a target: --subject-to {}", targets[0].name),
                },
            ));
        }
        let unknown = cost::unknown(model);
        let Some((why, out)) = unknown.first() else { return Ok(()) };
        let more = match unknown.len() {
            1 => String::new(),
            n => format!(" (and {} more like it)", n - 1),
        };
        if self.objective == Objective::Cost {
            let help = format!("{out}; or ask for --minimise unmet or --minimise wait");
            return Err(Unfit::new(format!("what a mix costs is not known: {why}{more}"), help));
        }
        if self.budget.is_some() {
            let help = format!("{out}; or leave --budget away");
            return Err(Unfit::new(
                format!("whether a mix keeps to the budget is not known: {why}{more}"),
                help,
            ));
        }
        Ok(())
    }
}

/// A number that is varied; a refusal names what was written.
///
/// # Errors
///
/// Where the range is below nought, has too many values, or the address is not one that can be varied.
fn knob(scenario: &Scenario, option: &OptionModel, vary: &Vary) -> Result<Knob, Unfit> {
    let range = Range { step: vary.step, from: Some(vary.low), to: Some(vary.high) };
    if vary.low < 0.0 {
        return Err(Unfit::new(
            format!("`{}` cannot be below nought, but runs from {}", vary.address, vary.low),
            "begin at 0 or above",
        ));
    }
    let values = vary.step.map_or(0.0, |step| (vary.high - vary.low) / step);
    if values >= MOST_VALUES {
        return Err(Unfit::new(
            format!("`{}` runs over {:.0} values", vary.address, values.floor() + 1.0),
            "take a longer step or a narrower range: a coarse grid first, then a fine one about its best",
        ));
    }
    Knob::address(scenario, option, &vary.address, range).map_err(|unfit| match vary.step {
        Some(_) => unfit,
        None => Unfit::new(
            unfit.message,
            format!("write a step: --vary {}=LOW:HIGH:STEP ({})", vary.address, unfit.help),
        ),
    })
}

/// What is varied is varied once, and few enough.
///
/// # Errors
///
/// Where an address is varied twice, or more than [`MOST_VARIED`] are varied at once.
fn sound(vary: &[Vary]) -> Result<(), Unfit> {
    let again = |(at, one): &(usize, &Vary)| vary[..*at].iter().any(|before| before.address == one.address);
    if let Some((_, one)) = vary.iter().enumerate().find(again) {
        return Err(Unfit::new(format!("`{}` is varied twice", one.address), "name each address once"));
    }
    if vary.len() > MOST_VARIED {
        return Err(Unfit::new(
            format!("{} numbers are varied", vary.len()),
            format!("vary at most {MOST_VARIED} together, such as the posts that are in question"),
        ));
    }
    Ok(())
}

/// `mixes` is none where they are more than a machine word holds; the grid is then written out all the same.
fn too_many(knobs: &[Knob], mixes: Option<usize>) -> Unfit {
    let each: Vec<String> = knobs.iter().map(|knob| (knob.grid.last + 1).to_string()).collect();
    let all = mixes.map_or("more than can be counted".to_owned(), |mixes| mixes.to_string());
    Unfit::new(
        format!("the grid has {all} mixes ({}), more than {MOST_MIXES}", each.join(" x ")),
        "take longer steps or narrower ranges: a coarse grid first, then a fine one about its best",
    )
}
