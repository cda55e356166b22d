//! The figures that an experiment shows: measures at a place, found again in every option by name.
//!
//! In: a model and where its headline is. Out: a list of [`Shown`], each of which finds its column in another option.
//!
//! Fit: `compare` and the sweep show what [`Shown::all`] lists, `compare` the headline place by place too; the mix, pilots and the sensitivity list a few of their
//! own.

use super::headline::HeadlineAt;
use crate::model::Model;
use crate::outcome::columns::{About, Columns, Place};
use crate::outcome::measure::{Better, Measure, by_name};
use crate::stats::paired;

/// Measures that are shown besides the headline, its place's targets and the roles.
///
/// Names of the measures table in docs/model.md; one that a model does not have is left out.
const OF_PLACE: [&str; 14] = [
    "wait_mean",
    "attended",
    "left_or_waiting",
    "unmet",
    "backlog_end",
    "redirected_inside",
    "redirected_outside",
    "gp_claimed_hours",
    "gp_work_hours",
    "gp_released_gross_hours",
    "equity_gap",
    "cost_total",
    "cost_reimbursed",
    "cost_per_contact",
];

/// One figure of every simulated year, as `as_now` numbers its places, needs and roles.
///
/// Two options may number their needs otherwise, so a figure is found again by name, not by position.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shown {
    /// Measure.
    pub measure: &'static Measure,
    /// Place.
    pub place: Place,
    /// Subject.
    pub about: About,
}

impl Shown {
    /// What is shown of an experiment: the headline first, then the targets, then the measures of the headline's place,
    /// then how full each role is.
    ///
    /// No figure stands twice: the headline may be one of the measures below it.
    pub fn all(model: &Model, headline: HeadlineAt) -> Vec<Self> {
        let of = |name, about| Some(Self { measure: by_name(name)?, place: headline.place, about });
        let mut all: Vec<Self> = of(headline.measure, headline.about).into_iter().collect();
        let targets = (0..model.targets.len()).map(About::Target);
        all.extend(targets.flat_map(|t| [of("seen_within_target", t), of("target_met", t)]).flatten());
        all.extend(OF_PLACE.iter().filter_map(|name| of(name, About::All)));
        all.extend((0..model.roles.len()).filter_map(|role| of("utilisation", About::Role(role))));
        let mut once: Vec<Self> = Vec::new();
        for shown in all {
            if !once.contains(&shown) {
                once.push(shown);
            }
        }
        once
    }

    /// The headline at each practice of its place, or at each network where it is of several; none where there is one alone.
    pub fn by_place(model: &Model, headline: HeadlineAt) -> Vec<Self> {
        let places: Vec<Place> = match headline.place {
            Place::All if model.networks.len() > 1 => (0..model.networks.len()).map(Place::Network).collect(),
            place => place.practices(model).into_iter().map(Place::Practice).collect(),
        };
        let of = |place| Some(Self { measure: by_name(headline.measure)?, place, about: headline.about });
        if places.len() < 2 { Vec::new() } else { places.into_iter().filter_map(of).collect() }
    }

    /// Its column in another option's model, by name; none where the option does not have it.
    ///
    /// `model` is the one whose numbering this figure has, `columns` are those of `other`.
    pub fn column(&self, model: &Model, other: &Model, columns: &Columns) -> Option<usize> {
        let place = match self.place {
            Place::All => Place::All,
            Place::Network(n) => Place::Network(same(&model.networks[n].name, &other.networks, |x| &x.name)?),
            Place::Practice(p) => {
                Place::Practice(same(&model.practices[p].name, &other.practices, |x| &x.name)?)
            }
        };
        let about = match self.about {
            About::All => About::All,
            About::Need(k) => About::Need(same(&model.needs[k].name, &other.needs, |x| &x.name)?),
            About::Role(r) => About::Role(same(&model.roles[r].name, &other.roles, |x| &x.name)?),
            About::Target(t) => About::Target(same(&model.targets[t].name, &other.targets, |x| &x.name)?),
            // Redirects are numbered within an option: another option's are not the same.
            About::Redirect(_) => return None,
        };
        columns.find(self.measure.name, place, about)
    }

    /// The better direction between options; none where neither is better by itself.
    pub fn better(&self) -> Option<paired::Better> {
        match between_options(self.measure) {
            Better::Higher => Some(paired::Better::Higher),
            Better::Lower => Some(paired::Better::Lower),
            Better::Neither => None,
        }
    }

    /// True for counts, time, money and means, whose parts may be added up; a chance has no parts.
    pub fn has_parts(&self) -> bool {
        self.measure.name != "target_met"
    }
}

/// The better direction of a measure between options.
///
/// Fewer contacts are no loss where fewer were asked for, a larger claim on a fund is no gain, and GP time wanted or claimed
/// falls with everyone who gives up, or is sent to somebody who never sees them; so between options none of these is judged.
pub fn between_options(measure: &Measure) -> Better {
    match measure.name {
        "attended" | "cost_reimbursed" | "gp_work_hours" | "gp_claimed_hours" => Better::Neither,
        _ => measure.better,
    }
}

/// The thing of the same name in another list.
///
/// Linear: lists are of needs, roles and places, not of requests.
fn same<T>(name: &str, others: &[T], name_of: impl Fn(&T) -> &String) -> Option<usize> {
    others.iter().position(|other| name_of(other) == name)
}
