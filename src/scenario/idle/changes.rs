//! Changes of levers that have nothing to change: a chance of not attending, sickness, supervision, or a weekday that is not there.
//!
//! In: a change with its address. Out: its keys, read or not.

use super::Keys;
use crate::lever::Change;
use crate::model::Model;
use crate::units::WEEKDAYS;

/// Keys of a change.
pub(super) fn change(model: &Model, at: &str, change: &Change, keys: &mut Keys<'_>) {
    match change {
        Change::Dna { needs, .. } => keys.look(
            &format!("{at}.dna"),
            needs.iter().any(|k| model.needs[*k].dna.is_some()),
            "none of its needs states `dna`, so everybody attends already",
            "state dna in the need, or take the change away",
        ),
        Change::Sickness { roles, .. } => keys.look(
            &format!("{at}.sickness"),
            roles.iter().any(|role| model.roles[*role].sickness.is_some()),
            "none of its roles states `sickness`, so nobody is ill already",
            "state sickness in the role, or take the change away",
        ),
        Change::Supervision { roles, .. } => keys.look(
            &format!("{at}.supervision"),
            roles.iter().any(|role| model.roles[*role].supervision.is_some()),
            "none of its roles states `supervision`, so nobody is supervised",
            "state supervision in the role, or take the change away",
        ),
        // A weight of one is what every weekday has.
        Change::Weekdays { weights, .. } => {
            for (day, weight) in weights.iter().enumerate() {
                keys.look(
                    &format!("{at}.weekdays.weights.{}", WEEKDAYS[day]),
                    model.calendar.open[day] || *weight == 1.0,
                    "there are no appointments on that weekday",
                    "open the weekday in [calendar], or leave it out",
                );
            }
        }
        Change::Redirect { .. } | Change::Demand { .. } | Change::Minutes { .. } => {}
    }
}
