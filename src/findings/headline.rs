//! The headline: the one figure that verdict, worst year and bottleneck look at.
//!
//! Stated in `[run]`; otherwise seen-within-target of the first target, at all practices; otherwise the mean wait.
//!
//! In: a model and what its scenario states. Out: measure, place and subject as indexes of this model; the column
//! of an outcome; words. An option finds the same figure in its own model by name (`beside::same_in`).

use super::figure::Unit;
use crate::model::Model;
use crate::model::target::Headline as Stated;
use crate::model::target::Target;
use crate::outcome::Outcome;
use crate::outcome::columns::{About, Place};
use crate::outcome::measure::{Better, Grain, Measure, by_name};

/// The headline, resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Headline {
    /// Measure.
    pub measure: &'static Measure,
    /// Place.
    pub place: Place,
    /// Subject.
    pub about: About,
}

impl Headline {
    /// The headline of a model; none only where neither default is kept.
    ///
    /// A stated one that this model does not have gives way to the default.
    pub fn new(model: &Model, stated: Option<&Stated>) -> Option<Self> {
        stated.and_then(|s| Self::stated(model, s)).or_else(|| Self::default_of(model))
    }

    /// As stated; none where a name is not known, which loading has refused already.
    fn stated(model: &Model, stated: &Stated) -> Option<Self> {
        let measure = by_name(&stated.measure)?;
        let need = model.needs.iter().position(|n| n.name == stated.need);
        let about = match measure.grain {
            Grain::Target => {
                // The first target of the need, or the first of all.
                let of_need = |t: &crate::model::target::Target| need.is_none_or(|k| t.need == k);
                About::Target(model.targets.iter().position(of_need)?)
            }
            Grain::Need => need.map_or(About::All, About::Need),
            Grain::Place => About::All,
            Grain::Role | Grain::Redirect => return None,
        };
        Some(Self { measure, place: place(model, &stated.place)?, about })
    }

    /// Where nothing is stated. Targets are in the order of their names.
    fn default_of(model: &Model) -> Option<Self> {
        let (name, about) = match model.targets.first() {
            Some(_) => ("seen_within_target", About::Target(0)),
            None => ("wait_mean", About::All),
        };
        Some(Self { measure: by_name(name)?, place: Place::All, about })
    }

    /// Its column in an outcome; every value NaN where it is not kept.
    pub fn series(&self, outcome: &Outcome) -> Vec<f64> {
        outcome
            .series(self.measure.name, self.place, self.about)
            .unwrap_or_else(|| vec![f64::NAN; outcome.replications()])
    }

    /// True where more is better.
    ///
    /// False also for a measure without a better direction.
    pub fn higher_is_better(&self) -> bool {
        self.measure.better == Better::Higher
    }

    /// Its unit.
    pub fn unit(&self) -> Unit {
        Unit::of(self.measure.unit)
    }

    /// Its target, where it is about one.
    pub fn target(&self) -> Option<usize> {
        match self.about {
            About::Target(t) => Some(t),
            _ => None,
        }
    }

    /// What it is, inside a sentence: `the share seen within 14 days (routine consultation)`.
    pub fn said(&self, model: &Model) -> String {
        let bare = || format!("the {}", super::say::inside(&self.words(model)));
        self.share_said(model).unwrap_or_else(bare)
    }

    /// The same of a share seen in time alone; none of other measures.
    pub fn share_said(&self, model: &Model) -> Option<String> {
        let (share, need) = self.in_time(model)?;
        Some(format!("the {share} ({})", super::say::inside(need)))
    }

    /// What it is, in words: `mean wait, Routine consultation`, `share seen within 14 days, Routine consultation`.
    pub fn words(&self, model: &Model) -> String {
        self.in_time(model).map_or_else(|| self.titled(model), |(share, need)| format!("{share}, {need}"))
    }

    /// True where a target is the same in all of these models, the first of which is this figure's: only then do its days say what it is.
    pub fn alike(&self, models: &[&Model]) -> bool {
        let (Some(at), [own, others @ ..]) = (self.target(), models) else { return true };
        let target = &own.targets[at];
        let need = |model: &Model, need: usize| model.needs[need].name.clone();
        let same = |model: &&Model| {
            let other = model.targets.iter().find(|other| other.name == target.name);
            other.is_none_or(|other| {
                other.within_days == target.within_days && need(model, other.need) == need(own, target.need)
            })
        };
        others.iter().all(same)
    }

    /// What it is, by the titles of what it is about: a target goes by its own.
    pub fn titled(&self, model: &Model) -> String {
        // Names of measures are words with underscores.
        let name = self.measure.name.replace('_', " ");
        let measure = match name.strip_prefix("wait ") {
            Some("mean") => "mean wait".to_owned(),
            Some(percentile) => format!("{} wait", super::say::capital(percentile)),
            None => name,
        };
        match self.about {
            About::Need(k) => format!("{measure}, {}", model.needs[k].title),
            About::Target(t) => format!("{measure}, {}", model.targets[t].title),
            _ => measure,
        }
    }

    /// The share of a target, and the need that it is about; none of other measures, and where another target has the same need
    /// and days: such a target goes by its title.
    fn in_time<'m>(&self, model: &'m Model) -> Option<(String, &'m str)> {
        let About::Target(t) = self.about else { return None };
        let target = &model.targets[t];
        let like = |other: &&Target| (other.need, other.within_days) == (target.need, target.within_days);
        let alone = model.targets.iter().filter(like).count() == 1;
        (self.measure.name == "seen_within_target" && alone).then(|| {
            let days = super::say::counted(f64::from(target.within_days), "day");
            (format!("share seen within {days}"), model.needs[target.need].title.as_str())
        })
    }
}

/// The place of an address: empty for all, `network.x`, `practice.x`.
///
/// None where no place has that name.
fn place(model: &Model, address: &str) -> Option<Place> {
    let Some((kind, name)) = address.split_once('.') else { return Some(Place::All) };
    match kind {
        "network" => model.networks.iter().position(|n| n.name == name).map(Place::Network),
        "practice" => model.practices.iter().position(|p| p.name == name).map(Place::Practice),
        _ => None,
    }
}

/// True where no network is stated: the one of the model stands for all practices.
fn unnamed(model: &Model) -> bool {
    model.networks.iter().all(|network| !network.stated)
}

/// A place as the subject of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Name.
    pub name: String,
    /// True where it takes a plural verb.
    pub many: bool,
}

impl Subject {
    /// The subject for a place: one network speaks for all its practices.
    pub fn new(model: &Model, place: Place) -> Self {
        let named = |name: &str| Self { name: name.into(), many: false };
        match place {
            // A network that nobody named stands for its practices.
            Place::All if model.practices.len() == 1 && unnamed(model) => {
                named(&super::say::capital(&model.practices[0].title))
            }
            Place::All if unnamed(model) => Self { name: "The practices together".into(), many: true },
            Place::All if model.networks.len() == 1 => named(&model.networks[0].title),
            Place::All => {
                let n = super::say::small(model.networks.len().max(1));
                Self { name: format!("The {n} networks together"), many: true }
            }
            place => named(place.title(model)),
        }
    }

    /// `meets its` or `meet their`.
    pub fn verb(&self, one: &str, many: &str) -> String {
        // Both follow the number of the subject.
        let (verb, own) = if self.many { (many, "their") } else { (one, "its") };
        format!("{} {verb} {own}", self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::load_text;

    const TEXT: &str = r#"
[horizon]
start = 2019-04-01
weeks = 4
[practice.north]
registered_list = 9000
[practice.south]
registered_list = 9000
[need.routine]
rate_per_patient_year = 2.1
[post.doctors]
slots_per_day = 80
"#;

    /// A network is known by what is stated, not by what it is called.
    #[test]
    fn a_network_called_all_has_its_name() {
        let of = |text: &str| {
            let scenario = load_text("network", text, &[]);
            let scenario = scenario.unwrap_or_else(|report| panic!("{}", report.render(false)));
            Subject::new(&scenario.options[0].model, Place::All).name
        };
        assert_eq!(of(TEXT), "The practices together");
        assert_eq!(of(&format!("{TEXT}[network.all]\nname = \"All of Ashford\"\n")), "All of Ashford");
    }
}
