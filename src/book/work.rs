//! Work of stand-ins: what redirected people bring to the roles that see them in place of the usual one.
//!
//! In: lines and the order of service. Out: for every line of redirected people where it is counted. What joins
//! a need's usual role needs no count of its own: it follows from the flows ([`crate::outcome`]).

use super::line::{LineId, Lines};
use super::next::Next;
use super::service::Service;
use super::tally::{Flow, Tally};
use super::{Book, BookDraw};
use crate::model::Model;
use crate::plan::lanes::{LANES, Lanes};
use crate::units::Ticks;

/// Where the people of a redirected line count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StandIn {
    /// Cell of the work of stand-ins (practice, role).
    cell: usize,
    /// Index of the slot length.
    slot: usize,
    /// True where the usual role is a GP's and this one is not.
    pub for_gp: bool,
}

/// Marks the lines of redirected people: those who wait for another role than their need's usual one, or as
/// another need.
pub(super) fn find_stand_ins(model: &Model, lines: &Lines, service: &Service, next: &mut [Next]) {
    // Held and open steps may serve a line alike: its slot is the same in each, so the last written stands.
    for served in &service.served {
        let key = lines.all[served.line as usize].key;
        let Some(usual) = model.needs[key.label].seen_by.first() else { continue };
        if served.role == key.role && (key.role != usual.role || key.as_need != key.label) {
            next[served.line as usize].stand_in = Some(StandIn {
                cell: key.practice * model.roles.len() + key.role,
                slot: served.slot,
                for_gp: model.roles[usual.role].is_gp && !model.roles[key.role].is_gp,
            });
        }
    }
}

impl Next {
    /// True for people whom a GP would have seen and who were sent to another role.
    #[inline]
    pub fn for_gp(&self) -> bool {
        self.stand_in.is_some_and(|stand_in| stand_in.for_gp)
    }
}

impl Book {
    /// Counts people of a line who leave unseen, where a GP would have seen them.
    #[inline]
    pub(super) fn count_unseen(&self, id: LineId, lane: usize, n: u32, tally: &mut Tally) {
        if self.next[id as usize].for_gp() {
            let key = &self.lines.all[id as usize].key;
            tally.add(key.practice, key.label, Flow::StandInUnseen, lane, n);
        }
    }

    /// Counts the work that redirected people bring who join a line.
    ///
    /// Called where they are redirected and where they ask again, so work counts when it is decided, not when
    /// it falls due.
    #[inline]
    pub fn count_stand_in(&self, id: LineId, n: &Lanes<u32>, draw: &mut BookDraw) {
        let Some(stand_in) = self.next[id as usize].stand_in else { return };
        let slots = &draw.laws.slots[stand_in.slot];
        let work = &mut draw.tally.stand_in_work[stand_in.cell];
        for lane in 0..LANES {
            work[lane] += Ticks::from(n[lane]) * slots[lane];
        }
    }
}
