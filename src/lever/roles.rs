//! Roles that a lever works through, and what it is without them.
//!
//! In: a lever. Out: every role that its changes name, or that it is for, with what the role does in it. The one place
//! where this is read from a change: the parts of an option and the levers that cannot stand both ask here.

use super::{Change, Lever, RedirectTo};

/// What a role does in a lever.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Does {
    /// Requests are sent to it: without anybody of the role they are never seen.
    Receives,
    /// Its minutes, days or sickness change: without anybody of the role nothing changes.
    Changes,
    /// The lever goes with it (`for_role`: settling in, which takes others' time): without anybody of the role there is
    /// no reason for it.
    Reason,
}

impl Change {
    /// Roles that the change works through, in the order in which they are stated.
    pub fn roles(&self) -> impl Iterator<Item = (usize, Does)> {
        let (roles, does) = match self {
            Self::Redirect { to: RedirectTo::Role { role, .. }, .. } => {
                (std::slice::from_ref(role), Does::Receives)
            }
            Self::Minutes { role, .. } | Self::Weekdays { role, .. } => {
                (std::slice::from_ref(role), Does::Changes)
            }
            Self::Sickness { roles, .. } | Self::Supervision { roles, .. } => (&roles[..], Does::Changes),
            Self::Redirect { .. } | Self::Dna { .. } | Self::Demand { .. } => (&[][..], Does::Changes),
        };
        roles.iter().map(move |role| (*role, does))
    }
}

impl Lever {
    /// Roles that the lever works through: those of its changes, then the one that it is for.
    pub fn roles(&self) -> impl Iterator<Item = (usize, Does)> {
        let changed = self.changes.iter().flat_map(|(_, change)| change.roles());
        changed.chain(self.for_role.map(|role| (role, Does::Reason)))
    }

    /// Roles without which the lever cannot stand: those to which it sends requests, and the one that it is for.
    pub fn needs_people_of(&self) -> impl Iterator<Item = (usize, Does)> {
        self.roles().filter(|(_, does)| *does != Does::Changes)
    }
}
