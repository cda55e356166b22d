//! What a point that a search recommends does beside things as they are: whom it harms, and what is sent to whom there.
//!
//! In: the scenario as stated, the scenario at the point, the option in question. Out: sentences, none where there is nothing to
//! tell. A search looks at one figure alone, and a need that nobody gives up has none of it: what is taken from such a need shows
//! only beside things as they are, need by need, by the rule of `run` and `compare` (see `harms`), on the same years.

use super::beside::Beside;
use super::changes::needs;
use super::harms::{Together, but, harms};
use super::money::released;
use super::options::with_half;
use super::places;
use super::say;
use crate::experiment::foreseen::foreseen;
use crate::experiment::receiving;
use crate::experiment::run::{Settings, first};
use crate::experiment::runner::Runner;
use crate::fault::Fault;
use crate::model::Model;
use crate::outcome::Outcome;
use crate::outcome::columns::Place;
use crate::scenario::receivers::without_unreceived;
use crate::scenario::{OptionModel, Scenario};

/// What is said of a point.
#[derive(Clone, Debug, Default)]
pub struct Advised {
    /// The worst harm as the end of the sentence that praises the point; none where no harm can be told.
    pub but: Option<String>,
    /// Sentences: whom it harms, what GP time it releases, and what is foretold there.
    pub said: Vec<String>,
}

impl Advised {
    /// A sentence that praises the point, with the harm in it: praise that is read alone would mislead.
    pub fn with_harm(&self, praise: &str) -> String {
        match &self.but {
            Some(but) => format!("{}; but beside things as they are {but}.", praise.trim_end_matches('.')),
            None => praise.to_owned(),
        }
    }
}

/// Fewest years of things as they are and of the point.
const LEAST: usize = 64;
/// Most years of them.
const MOST: usize = 512;

/// What is said of a point: `option` is its position in both scenarios, `years` are how many the search gave it.
///
/// Plays both models anew: 64 to 512 years each, so this is the dear part of a search's findings. Harm is looked
/// for over all places together, whatever the search was about.
pub fn advised(stated: &Scenario, point: &Scenario, option: usize, (seed, years): (u64, usize)) -> Advised {
    let (Some(now), Some(as_stated), Some(there)) =
        (stated.options.first(), stated.options.get(option), point.options.get(option))
    else {
        return Advised::default();
    };
    let (but, said) = on_the_same_years(&now.model, there, seed, years.clamp(LEAST, MOST));
    Advised { but, said: said.into_iter().chain(warned(as_stated, there)).collect() }
}

/// Whom it harms, at which practices fewer are seen in time, and what GP time it releases: the worst harm as a half sentence, and `Beside
/// things as they are, on the same 64 years, it harms …`.
fn on_the_same_years(
    now: &Model,
    there: &OptionModel,
    seed: u64,
    years: usize,
) -> (Option<String>, Option<String>) {
    let model = without_unreceived(there.model.clone().changed_from(now));
    let now = without_unreceived(now.clone());
    let play = |model: &Model| -> Outcome {
        let runner = Runner::new(&there.name, model.clone(), None, Settings::new(seed));
        let mut runner = runner.without_weeks();
        runner.more(&first(years), &|_| {});
        runner.finish()
    };
    let (as_now, outcome) = (play(&now), play(&model));
    let beside = Beside { as_now: (&now, &as_now), option: (&model, &outcome), place: Place::All };
    let needs = needs(&beside);
    let together = Together::of(&beside);
    let told: Vec<String> =
        [harms(&needs), places::said(&together.places), freed(&beside)].into_iter().flatten().collect();
    let years = say::whole(years as f64);
    let said = (!told.is_empty()).then(|| {
        format!("Beside things as they are, on the same {years} years, {}", say::inside(&told.join(" ")))
    });
    (but(&together, &needs), said)
}

/// Net GP time released, in the unit of the counted period; none where nothing more is sent elsewhere.
fn freed(beside: &Beside<'_>) -> Option<String> {
    let (_, net) = released(beside)?;
    let per = say::period(beside.as_now.0.horizon.days);
    let hours = say::decimals(net.mean.abs(), 0);
    let half =
        if net.half.is_finite() { format!(" ± {}", say::decimals(net.half, 0)) } else { String::new() };
    Some(match (net.told, net.mean > 0.0) {
        (false, _) => {
            format!("No net release of GP time can be told ({} h).", with_half(net.mean, net.half, 0))
        }
        (true, true) => format!("It releases {hours}{half} net GP hours {per}."),
        (true, false) => format!("It costs GPs {hours}{half} hours {per} more than it releases."),
    })
}

/// What its roster and its levers foretell that those of the option as stated do not.
///
/// Warnings are told apart by their text; those that the option as stated has as well are no news.
fn warned(as_stated: &OptionModel, there: &OptionModel) -> Vec<String> {
    let told = |option: &OptionModel| -> Vec<Fault> {
        let option = std::slice::from_ref(option);
        [foreseen(option), receiving::warnings(option)].concat()
    };
    let known = told(as_stated);
    let new = told(there).into_iter().filter(|warning| !known.iter().any(|k| k.message == warning.message));
    new.map(|warning| format!("There, {}.", warning.message)).collect()
}
