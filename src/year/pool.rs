//! A compiled option with its buffers, kept from block to block.
//!
//! In: replications. Out: whatever is read of their block. There are never more buffers than threads at work at
//! once; for a borough one takes tens of megabytes.

use super::paths::Paths;
use super::{Block, Year};
use crate::plan::lanes::Replication;
use std::sync::{Mutex, PoisonError};

/// A compiled option with the buffers not in use.
#[derive(Debug)]
pub struct Pool {
    year: Year,
    /// Blocks that no thread holds; a block is made where a thread finds none.
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
    ///
    /// `read` runs before the block may be used by anyone else; what it returns is all that is kept. Waits
    /// for no other thread but while a block is taken or given back.
    pub fn play<T>(&self, reps: &[Replication], read: impl FnOnce(&Block) -> T) -> T {
        self.play_among(reps, &mut Paths::of(1), read)
    }

    /// The same beside other options: see [`Year::run_among`]. Buffers are made for the block and dropped with it.
    pub fn play_among<'a, T>(
        &'a self,
        reps: &[Replication],
        paths: &mut Paths<'a>,
        read: impl FnOnce(&Block) -> T,
    ) -> T {
        // A thread that panicked while it held the lock has left the list whole: taking and giving back are
        // one step each.
        let spare = || self.spare.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = spare().pop();
        let mut block = kept.unwrap_or_else(|| self.year.block());
        self.year.run_among(reps, &mut block, paths);
        let value = read(&block);
        // Of several options at work in turn only one holds buffers.
        if !paths.keeps() {
            spare().push(block);
        }
        value
    }

    /// Gives the buffers back until there is more to simulate.
    pub fn rest(&self) {
        self.spare.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}
