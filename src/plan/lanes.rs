//! Replications side by side: every changing number stands in [`LANES`] neighbouring places, one a
//! replication, so that the work of finding out *what* to do is shared and the draws of neighbours
//! overlap in the processor. How many lanes are in use never changes a result: each address holds the
//! replication's own index, never its lane.

use crate::law::thinning::Thinning;

/// Places side by side.
pub const LANES: usize = 16;

/// One number of each lane.
pub type Lanes<T> = [T; LANES];

/// A replication: which uncertain quantities it draws, and which luck.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Replication {
    /// Index of the draw of uncertain quantities.
    pub draw: u64,
    /// Index of chance: all else.
    pub chance: u64,
}

/// A thinning that may differ from lane to lane.
#[derive(Clone, Debug)]
pub enum LaneThinning {
    /// The same in all lanes.
    Same(Thinning),
    /// One a lane.
    Each(Vec<Thinning>),
}

impl LaneThinning {
    /// Thinning with the probability of each lane; `fixed` where it cannot change between replications.
    pub fn each() -> Self {
        Self::Each(vec![Thinning::None; LANES])
    }

    /// Sets a lane's probability.
    pub fn set(&mut self, lane: usize, probability: f64) {
        if let Self::Each(lanes) = self {
            lanes[lane] = Thinning::direct(probability);
        }
    }

    /// The number that remains of `n` in a lane.
    #[inline(always)]
    pub fn draw(&self, lane: usize, n: u32, word: u64) -> u32 {
        match self {
            Self::Same(thinning) => thinning.draw(n, word),
            Self::Each(lanes) => lanes[lane].draw(n, word),
        }
    }
}
