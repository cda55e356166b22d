//! What is said of levers that are left out where nobody has the role that they need.
//!
//! In: the levers that `scenario::receivers` leaves out. Out: one sentence, for searches and sweeps whose points
//! may have nobody of a role.

use super::say;
use crate::scenario::receivers::Unreceived;

/// Which levers are left out, and where; none where none is.
pub fn left_out(levers: &[Unreceived]) -> Option<String> {
    let mut roles: Vec<String> = Vec::new();
    for role in levers.iter().map(|lever| say::inside(&lever.role)) {
        if !roles.contains(&role) {
            roles.push(role);
        }
    }
    let names: Vec<String> = levers.iter().map(|lever| format!("`{}`", lever.lever)).collect();
    let (verb, lever) = if levers.len() == 1 { ("is", "lever") } else { ("are", "levers") };
    (!levers.is_empty()).then(|| {
        format!(
            "Where nobody is {} (0 WTE), the {lever} {} {verb} left out: 0 WTE means without that part of the option.",
            say::list(&roles),
            say::list(&names)
        )
    })
}
