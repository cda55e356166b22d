//! What an option is made of: its levers, and its other changes; and the model of any set of them.
//!
//! In: `as_now` and an option. Out: its parts ("players" of the ledger), and for each set of them a model that differs
//! from `as_now` in just these. A lever that works through a role which only the option's other changes bring (a
//! redirect to a pharmacist, with the pharmacist's post) cannot stand without them and is one part with them. Taking a
//! lever out of a model leaves every draw as it was: draws hang on addresses.

use crate::lever::{Change, Lever, RedirectTo};
use crate::model::Model;
use crate::scenario::OptionModel;
use crate::stats::parts::Players as Set;

/// One part of an option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Player {
    /// Name of the lever; `other_changes` for all else.
    pub name: String,
    /// Title shown to people.
    pub title: String,
}

/// The parts of an option.
#[derive(Clone, Debug)]
pub struct Players<'a> {
    now: &'a OptionModel,
    option: &'a OptionModel,
    /// In the order of the ledger: levers in the order of their effect, then other changes.
    pub players: Vec<Player>,
    /// Levers that are parts of their own, in the order of `players`.
    apart: Vec<String>,
    /// True where the last player is the other changes.
    others: bool,
}

/// Name of the part that holds all that is no lever of its own.
pub const OTHER_CHANGES: &str = "other_changes";

impl<'a> Players<'a> {
    /// Takes an option apart.
    pub fn new(now: &'a OptionModel, option: &'a OptionModel) -> Self {
        let added: Vec<&Lever> =
            option.model.levers.iter().filter(|l| !now.levers.contains(&l.name)).collect();
        let dropped = now.levers.iter().any(|lever| !option.levers.contains(lever));
        let others = option.overlaid || dropped || option.over_as_now.is_none();
        let stands = |lever: &&&Lever| {
            option.over_as_now.as_ref().is_some_and(|plain| !others || stands_in(lever, &option.model, plain))
        };
        let apart: Vec<&Lever> = added.iter().filter(stands).copied().collect();
        let bound: Vec<&str> = added
            .iter()
            .filter(|l| !apart.iter().any(|a| a.name == l.name))
            .map(|l| l.title.as_str())
            .collect();
        let mut players: Vec<Player> =
            apart.iter().map(|l| Player { name: l.name.clone(), title: l.title.clone() }).collect();
        if others {
            players.push(Player { name: OTHER_CHANGES.into(), title: title(option, &bound) });
        }
        Self { now, option, players, apart: apart.iter().map(|l| l.name.clone()).collect(), others }
    }

    /// The model of a set of parts: bit i is player i.
    pub fn model(&self, set: Set) -> Model {
        let mut model = self.base(set).clone();
        model.levers.retain(|lever| self.in_force(lever, set));
        model
    }

    /// What tells this set's model from those of other options: the same key, the same model.
    pub fn key(&self, set: Set) -> Key {
        let levers = self.base(set).levers.iter().filter(|lever| self.in_force(lever, set));
        Key {
            overlay: self.others_on(set).then(|| self.option.name.clone()),
            levers: levers.map(|lever| lever.name.clone()).collect(),
        }
    }

    /// True where the other changes are in the set.
    fn others_on(&self, set: Set) -> bool {
        self.others && set >> self.apart.len() & 1 == 1
    }

    /// The model that holds every lever of a set, and its other changes where they are in it.
    fn base(&self, set: Set) -> &Model {
        match &self.option.over_as_now {
            Some(plain) if !self.others_on(set) => plain,
            None if !self.others_on(set) => &self.now.model,
            _ => &self.option.model,
        }
    }

    /// Without the other changes only levers of their own and those of `as_now` are in force.
    fn in_force(&self, lever: &Lever, set: Set) -> bool {
        match self.apart.iter().position(|name| *name == lever.name) {
            Some(player) => set >> player & 1 == 1,
            None => self.others_on(set) || self.now.levers.contains(&lever.name),
        }
    }
}

/// A model, told by what is in force in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    overlay: Option<String>,
    levers: Vec<String>,
}

/// The title of the other changes, with the levers that are bound to them.
fn title(option: &OptionModel, bound: &[&str]) -> String {
    match bound {
        [] if option.levers.is_empty() => option.title.clone(),
        [] => "Other changes".into(),
        bound => format!("{}, with its post or other changes", bound.join(", ")),
    }
}

/// True where a lever finds in things as they are every role that it finds in the option.
fn stands_in(lever: &Lever, option: &Model, plain: &Model) -> bool {
    let there = |model: &Model, role: usize, names: &Model| {
        model.posts.iter().any(|post| model.roles[post.role].name == names.roles[role].name)
    };
    let mut roles = lever.changes.iter().flat_map(|(_, change)| roles_of(change));
    roles.all(|role| there(plain, role, option) || !there(option, role, option))
}

/// Roles that a change works through.
fn roles_of(change: &Change) -> Vec<usize> {
    match change {
        Change::Redirect { to: RedirectTo::Role { role, .. }, .. }
        | Change::Minutes { role, .. }
        | Change::Weekdays { role, .. } => vec![*role],
        Change::Sickness { roles, .. } => roles.clone(),
        Change::Redirect { .. } | Change::Dna { .. } | Change::Demand { .. } => Vec::new(),
    }
}
