//! Being seen at another practice of the network: who would go is drawn on the day they fall due, and stands apart from
//! then on, in a twin of their line.
//!
//! In: those of a line who fall due today. Out: some of them in its twin, at the same due day and offset. Nothing reads
//! who would go before that day, so drawing it then or on joining is one law. The other practice sees them in time
//! that every pass over its own queue has left ([`super::service`]).

use super::line::{LineId, LineKey};
use super::{Book, BookDraw, Today, any};
use crate::model::Model;
use crate::plan::lanes::{LANES, Lanes, with_anyone, words};
use crate::random::{Key, chain};

/// Where those of a line go who would be seen elsewhere, and the key of that draw.
#[derive(Clone, Copy, Debug)]
pub struct Twin {
    /// The line of those who would go.
    pub line: LineId,
    /// Key of who would go.
    pub key: Key,
}

/// True for a line whose people have not yet been asked whether they would go.
///
/// Who asks again is not asked anew: they stay in the twin, or out of it.
pub(super) fn has_twin(model: &Model, key: LineKey) -> bool {
    !key.willing && !key.kind.asked_again() && model.needs[key.as_need].elsewhere.is_some()
}

impl Book {
    /// Of everyone who falls due today some would be seen at another practice.
    pub(super) fn ask_elsewhere(&self, today: Today<'_>, draw: &mut BookDraw) {
        for (id, twin) in &self.with_twin {
            let line = &self.lines.all[*id as usize];
            let due = draw.state.totals[line.totals + today.t];
            if !any(&due) {
                continue;
            }
            // Once for all offsets, in lanes in which somebody is due.
            let word = words(twin.key, today.reps, today.day, 0);
            let mut words: Lanes<u64> = [0; LANES];
            with_anyone(&due).for_each(|lane| words[lane] = word(lane));
            let Some(law) = &draw.laws.needs[line.key.as_need].willing else { continue };
            for offset in 0..line.offsets {
                let mut people: Lanes<u32> = [0; LANES];
                for (lane, n) in people.iter_mut().enumerate().take(today.reps.len()) {
                    *n = draw.state.count(line, today.t, today.t, offset, lane);
                }
                if !any(&people) {
                    continue;
                }
                let go = law.draw_all(&people, |lane| chain(words[lane], offset as u32));
                for (lane, n) in go.iter().enumerate().filter(|(_, n)| **n > 0) {
                    draw.state.take(*id, line, today.t, (today.t, offset), lane, *n);
                }
                let to = &self.lines.all[twin.line as usize];
                draw.state.all_join_today(twin.line, to, today.t, offset, &go);
            }
        }
    }

    /// People who join a line at the end of the day; some of them would be seen at another practice.
    pub(super) fn join_or_twin(&self, id: usize, mut n: Lanes<u32>, today: Today<'_>, draw: &mut BookDraw) {
        let line = &self.lines.all[id];
        let law = draw.laws.needs[line.key.as_need].willing.as_ref();
        if let Some((twin, law)) = self.next[id].twin.zip(law).filter(|_| any(&n)) {
            let go = law.draw_all(&n, words(twin.key, today.reps, today.day, 1));
            for lane in 0..LANES {
                n[lane] -= go[lane];
            }
            let to = &self.lines.all[twin.line as usize];
            draw.state.all_join_today(twin.line, to, today.t, 0, &go);
        }
        draw.state.all_join_today(id as LineId, line, today.t, 0, &n);
    }
}
