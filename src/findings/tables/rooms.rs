//! Sessions lost, by cause, of every role that loses some for want of a room, as now and with each option.
//!
//! In: outcomes. Out: one table over all practices. Rows of options stand below those of as-now.

use super::super::figure::{Figure, Unit};
use super::{OVER_YEARS, Table};
use crate::model::Model;
use crate::outcome::Outcome;
use crate::outcome::columns::{About, Place};
use crate::scenario::OptionModel;

/// Causes shown, the rooms last.
const CAUSES: [&str; 4] =
    ["lost_leave_sessions", "lost_sickness_sessions", "lost_vacancy_sessions", "lost_room_sessions"];

/// The table; none where every session finds a room.
///
/// Each session counts under the first cause that applies (docs/model.md, section 6).
pub fn rooms((model, outcome): (&Model, &Outcome), beside: &[(&OptionModel, &Outcome)]) -> Option<Table> {
    let mut rows = of_roles(model, outcome, "");
    for (option, outcome) in beside {
        rows.extend(of_roles(&option.model, outcome, &format!(", with: {}", option.title)));
    }
    (!rows.is_empty()).then(|| {
        Table::new(
            "Roles: sessions lost for want of a room, and to what else",
            &format!(
                "Sessions in the whole period, each under the first cause that applies; all practices; roles that lose some for want of a room. {OVER_YEARS}"
            ),
            &["Role", "Leave", "Sickness", "Vacancy", "No room"],
            rows,
        )
    })
}

/// The rows of one option; `with` stands behind the names of its roles.
fn of_roles(model: &Model, outcome: &Outcome, with: &str) -> Vec<Vec<String>> {
    let of_role = |(role, stated): (usize, &crate::model::role::Role)| {
        let lost = CAUSES.map(|cause| {
            Figure::of_series(outcome.series(cause, Place::All, About::Role(role)), Unit::Count)
        });
        let rooms = lost[CAUSES.len() - 1];
        (rooms.known() && rooms.mean > 0.0).then(|| {
            let name = format!("{}{with}", stated.title);
            std::iter::once(name).chain(lost.iter().map(Figure::text)).collect()
        })
    };
    model.roles.iter().enumerate().filter_map(of_role).collect()
}
