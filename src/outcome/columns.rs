//! Which figures a run keeps for every replication: measures by place, need, role and target.
//!
//! In: a model. Out: [`Columns`], the width and order of a row. Fit: [`super::extract`] fills a row, [`super::rows`]
//! keeps it, and every report finds its figures through [`Columns::find`]. A position belongs to one option: another
//! may have more needs, roles or redirects, so options are compared by what a column is and never by its position.

use super::measure::{Grain, MEASURES, Measure};
use crate::model::Model;

/// A place for which figures are kept.
///
/// Positions are those of the option's model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// All practices together.
    All,
    /// A network.
    Network(usize),
    /// A practice.
    Practice(usize),
}

impl Place {
    /// `all`, `network` or `practice`.
    pub fn scope(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Network(_) => "network",
            Self::Practice(_) => "practice",
        }
    }

    /// Name in the file; empty for all.
    ///
    /// As the address of a headline writes it, after the scope.
    pub fn name(self, model: &Model) -> &str {
        match self {
            Self::All => "",
            Self::Network(n) => &model.networks[n].name,
            Self::Practice(p) => &model.practices[p].name,
        }
    }

    /// Title shown to people.
    pub fn title(self, model: &Model) -> &str {
        match self {
            Self::All => &model.title,
            Self::Network(n) => &model.networks[n].title,
            Self::Practice(p) => &model.practices[p].title,
        }
    }

    /// Practices that belong to it.
    ///
    /// In the order of the model; never empty but for a network without practices.
    pub fn practices(self, model: &Model) -> Vec<usize> {
        let all = 0..model.practices.len();
        match self {
            Self::All => all.collect(),
            Self::Network(n) => all.filter(|&p| model.practices[p].network == n).collect(),
            Self::Practice(p) => vec![p],
        }
    }
}

/// Every place of a model: all, networks, practices.
///
/// In this order in every table.
pub fn places(model: &Model) -> Vec<Place> {
    let mut places = vec![Place::All];
    places.extend((0..model.networks.len()).map(Place::Network));
    places.extend((0..model.practices.len()).map(Place::Practice));
    places
}

/// What a figure is about, besides its place.
///
/// Positions are those of the option's model; a redirect is counted over all levers of the option.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// Everything.
    All,
    /// A need.
    Need(usize),
    /// A role.
    Role(usize),
    /// A target.
    Target(usize),
    /// A redirect of the option.
    Redirect(usize),
}

/// Figures of one place and subject, standing side by side.
///
/// Invariant: the measure at position i of `measures` stands in column `first + i`.
#[derive(Clone, Debug)]
pub struct Group {
    /// Place.
    pub place: Place,
    /// Subject.
    pub about: About,
    /// Column of the first of its measures.
    pub first: usize,
    /// Its measures (positions in [`MEASURES`]).
    pub measures: Vec<usize>,
}

/// One column of the table of replications.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Measure.
    pub measure: &'static Measure,
    /// Place.
    pub place: Place,
    /// Subject.
    pub about: About,
}

/// All columns of an option.
///
/// `all` and `groups` hold the same columns in the same order; the layout is fixed when an option is compiled.
#[derive(Clone, Debug)]
pub struct Columns {
    /// In order.
    pub all: Vec<Column>,
    /// The same, by place and subject.
    pub groups: Vec<Group>,
}

impl Columns {
    /// The columns of a model; `full` keeps every measure for every practice too.
    ///
    /// Without `full` those kept for a practice are the `fine` ones of the table in docs/model.md, and `also`: the
    /// headline, whatever it is.
    pub fn new(model: &Model, full: bool, also: Option<Column>) -> Self {
        let mut columns = Self { all: Vec::new(), groups: Vec::new() };
        for place in places(model) {
            let every = full || !matches!(place, Place::Practice(_));
            let kept = |about: About, m: &Measure| {
                every
                    || m.fine
                    || also.is_some_and(|c| (c.measure.name, c.place, c.about) == (m.name, place, about))
            };
            columns.group(place, About::All, |m| matches!(m.grain, Grain::Need | Grain::Place));
            for about in (0..model.needs.len()).map(About::Need) {
                columns.group(place, about, |m| m.grain == Grain::Need && kept(about, m));
            }
            for about in roles_at(model, place).into_iter().map(About::Role) {
                columns.group(place, about, |m| m.grain == Grain::Role && kept(about, m));
            }
            for target in 0..model.targets.len() {
                columns.group(place, About::Target(target), |m| m.grain == Grain::Target);
            }
            // Redirects are columns of all practices together alone.
            if place == Place::All {
                for redirect in 0..crate::book::build::redirects(model).count() {
                    columns.group(place, About::Redirect(redirect), |m| m.grain == Grain::Redirect);
                }
            }
        }
        columns
    }

    /// Adds a group of the measures wanted, in the order of the table; it may be empty.
    fn group(&mut self, place: Place, about: About, wanted: impl Fn(&Measure) -> bool) {
        let measures: Vec<usize> = (0..MEASURES.len()).filter(|&m| wanted(&MEASURES[m])).collect();
        let first = self.all.len();
        for &m in &measures {
            self.all.push(Column { measure: &MEASURES[m], place, about });
        }
        self.groups.push(Group { place, about, first, measures });
    }

    /// The column of a measure, place and subject.
    ///
    /// None where the option does not keep it: a need, role or target it does not have, or a measure kept for larger
    /// places alone. A linear search: reports look a column up once, not once a replication.
    pub fn find(&self, measure: &str, place: Place, about: About) -> Option<usize> {
        self.all.iter().position(|c| c.measure.name == measure && c.place == place && c.about == about)
    }
}

/// Roles that have a post able to see a place's patients.
///
/// A role without a post at a place would have a column that is never filled.
fn roles_at(model: &Model, place: Place) -> Vec<usize> {
    let practices = place.practices(model);
    let serves = |role: usize| {
        model
            .posts
            .iter()
            .any(|post| post.role == role && post.practices(model).iter().any(|p| practices.contains(p)))
    };
    (0..model.roles.len()).filter(|&role| serves(role)).collect()
}
