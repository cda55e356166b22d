//! A compiled option with its buffers, kept from block to block.
//!
//! In: replications. Out: whatever is read of their block. There are never more buffers than threads at work at once; for a
//! borough one takes tens of megabytes.

use super::{Block, Year};
use crate::plan::lanes::Replication;
use std::sync::{Mutex, PoisonError};

/// A compiled option with the buffers not in use.
#[derive(Debug)]
pub struct Pool {
    year: Year,
    spare: Mutex<Vec<Block>>,
}

impl Pool {
    /// An option without buffers yet.
    pub fn new(year: Year) -> Self {
        Self { year, spare: Mutex::new(Vec::new()) }
    }

    /// The option.
    pub fn year(&self) -> &Year {
        &self.year
    }

    /// Simulates up to [`crate::plan::lanes::LANES`] replications side by side and reads their block.
    pub fn play<T>(&self, reps: &[Replication], read: impl FnOnce(&Block) -> T) -> T {
        let spare = || self.spare.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = spare().pop();
        let mut block = kept.unwrap_or_else(|| self.year.block());
        self.year.run(reps, &mut block);
        let value = read(&block);
        spare().push(block);
        value
    }

    /// Gives the buffers back until there is more to simulate: of several options at work in turn only one holds any.
    pub fn rest(&self) {
        self.spare.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}
