//! Those just seen, batch by batch: people of one line, due day and offset, side by side in lanes.
//!
//! In: people taken by `serve`, or drawn by `group`. Out: batches, for `after`. Lists keep their memory from
//! step to step.

use crate::plan::lanes::{LANES, Lanes};

/// What people of one batch have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Batch {
    /// Day they fell due.
    pub due: u32,
    /// Offset in their line.
    pub offset: u16,
}

/// The batches of one line as served by one part, in one step of a day.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    /// Each once, in the order in which they were met.
    batches: Vec<Batch>,
    /// How many of each batch, lane by lane; nought in a lane where none of it was seen.
    people: Vec<Lanes<u32>>,
}

impl Seen {
    /// Adds people of one lane to a batch.
    #[inline]
    pub fn add(&mut self, batch: Batch, lane: usize, n: u32) {
        self.of(batch)[lane] += n;
    }

    /// Adds people of every lane to a batch.
    #[inline]
    pub fn add_all(&mut self, batch: Batch, n: &Lanes<u32>) {
        super::add(self.of(batch), n);
    }

    /// Adds a batch that is not there yet.
    #[inline]
    pub fn push(&mut self, batch: Batch, n: Lanes<u32>) {
        debug_assert!(!self.batches.contains(&batch), "{batch:?} stands twice");
        self.batches.push(batch);
        self.people.push(n);
    }

    /// The people of a batch, nobody where it is new.
    ///
    /// Searched from the first: a step leaves few batches of one line.
    #[inline]
    fn of(&mut self, batch: Batch) -> &mut Lanes<u32> {
        let place = self.batches.iter().position(|known| *known == batch).unwrap_or_else(|| {
            self.push(batch, [0; LANES]);
            self.batches.len() - 1
        });
        &mut self.people[place]
    }

    /// True where nobody was seen.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.batches.is_empty()
    }

    /// Each batch with its people.
    #[inline]
    pub fn iter(&self) -> impl Iterator<Item = (Batch, &Lanes<u32>)> {
        self.batches.iter().copied().zip(&self.people)
    }

    /// Each batch with its people, who may be taken off it.
    #[inline]
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (Batch, &mut Lanes<u32>)> {
        self.batches.iter().copied().zip(&mut self.people)
    }

    /// Batches of single replications.
    ///
    /// What the counted-work gate reads: lanes with nobody are no work.
    pub fn count(&self) -> u64 {
        self.people.iter().map(|n| n.iter().filter(|n| **n > 0).count() as u64).sum()
    }

    /// Forgets the step.
    #[inline]
    pub fn clear(&mut self) {
        self.batches.clear();
        self.people.clear();
    }
}
