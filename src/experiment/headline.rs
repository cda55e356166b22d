//! The headline: the one figure that the verdict, stopping and ranking look at, found in a model.
//!
//! In: what the scenario states. Out: [`HeadlineAt`], which is found again in every option by name. Fit: stopping looks
//! at it through [`super::stop`], the report leads with it, and [`super::sensitivity`] asks what drives it.

use super::sure::sure;
use crate::model::Model;
use crate::model::target::RunSettings;
use crate::outcome::columns::{About, Column, Place};
use crate::outcome::measure::{Grain, by_name};
use crate::scenario::OptionModel;

/// Where the headline stands in the table of replications.
///
/// Positions are those of the model it was found in; another option may number its needs otherwise.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HeadlineAt {
    /// Name of the measure, one of the table in docs/model.md.
    pub measure: &'static str,
    /// Place it is read at.
    pub place: Place,
    /// What within the place: all, a need, a target.
    pub about: About,
}

impl HeadlineAt {
    /// The headline of a scenario in a model; where none is stated, the first target's share seen in time,
    /// or the mean wait. None where the model does not have what is named.
    ///
    /// Grain decides what a stated need means: for a target the first target of that need, for others the need itself.
    /// A measure by role or by redirect is no headline.
    pub fn find(run: &RunSettings, model: &Model) -> Option<Self> {
        let Some(stated) = &run.headline else {
            return Some(match model.targets.first() {
                Some(_) => Self { measure: "seen_within_target", place: Place::All, about: About::Target(0) },
                None => Self { measure: "wait_mean", place: Place::All, about: About::All },
            });
        };
        // A place that is not found gives no headline.
        let place = match stated.place.split_once('.') {
            Some(("network", name)) => Place::Network(model.networks.iter().position(|n| n.name == name)?),
            Some(("practice", name)) => Place::Practice(model.practices.iter().position(|p| p.name == name)?),
            _ => Place::All,
        };
        let need = model.needs.iter().position(|n| n.name == stated.need);
        if need.is_none() && !stated.need.is_empty() {
            return None;
        }
        let measure = by_name(&stated.measure)?;
        let about = match measure.grain {
            Grain::Target => {
                About::Target(model.targets.iter().position(|t| need.is_none_or(|need| t.need == need))?)
            }
            Grain::Need => need.map_or(About::All, About::Need),
            Grain::Place => About::All,
            Grain::Role | Grain::Redirect => return None,
        };
        Some(Self { measure: measure.name, place, about })
    }

    /// The column in which it is kept; none of a measure that there is not.
    pub fn column(&self) -> Option<Column> {
        Some(Column { measure: by_name(self.measure)?, place: self.place, about: self.about })
    }

    /// True where it is a share, 0 to 1.
    ///
    /// Its interval is then kept inside 0 to 1, and equal years may be told apart from the range alone.
    pub fn is_share(&self) -> bool {
        by_name(self.measure).is_some_and(|measure| measure.unit == "share")
    }

    /// True where it is 1 or 0 in a year: a target that holds or does not.
    ///
    /// Its interval is then Wilson's.
    pub fn is_chance(&self) -> bool {
        self.measure == "target_met"
    }

    /// True where it is the same in every year of every option, whatever luck they have.
    ///
    /// See [`super::sure`]: of such a headline equal years are no luck, and a run may stop.
    pub fn is_sure(&self, options: &[OptionModel]) -> bool {
        options.iter().all(|option| sure(self.measure, &option.model))
    }

    /// The headline in words: measure, need and place.
    ///
    /// For a sentence; the name of the option is not in it.
    pub fn title(&self, model: &Model) -> String {
        let subject = match self.about {
            About::Need(k) => format!(", {}", model.needs[k].title),
            About::Target(t) => format!(", {}", model.targets[t].title),
            About::Role(r) => format!(", {}", model.roles[r].title),
            About::All | About::Redirect(_) => String::new(),
        };
        format!("{}{subject}, {}", self.measure.replace('_', " "), self.place.title(model))
    }
}
