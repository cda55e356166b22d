//! Replications side by side: every changing number stands in [`LANES`] neighbouring places, one a
//! replication, so that the work of finding out *what* to do is shared and the draws of neighbours
//! overlap in the processor. How many lanes are in use never changes a result: each address holds the
//! replication's own index, never its lane.

use crate::law::thinning::Thinning;
use crate::random::Key;

/// Places side by side.
pub const LANES: usize = 16;

/// One number of each lane.
pub type Lanes<T> = [T; LANES];

/// A replication: which uncertain quantities it draws, and which luck.
///
/// In a run both are the number of the replication; a sensitivity design or a second luck sets them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Replication {
    /// Index of the draw of uncertain quantities.
    pub draw: u64,
    /// Index of chance: all else.
    pub chance: u64,
    /// Index of the chance that all practices of a network share: that of chance, but where a year stands for further
    /// practices of the place in another.
    pub shared: u64,
}

impl Replication {
    /// A replication of a draw and of a luck.
    pub fn new(draw: u64, chance: u64) -> Self {
        Self { draw, chance, shared: chance }
    }
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
    /// A thinning whose probability is set lane by lane; nobody is taken before that.
    pub fn each() -> Self {
        Self::Each(vec![Thinning::None; LANES])
    }

    /// Sets a lane's probability.
    ///
    /// Does nothing where the probability is the same in all lanes.
    pub fn set(&mut self, lane: usize, probability: f64) {
        if let Self::Each(lanes) = self {
            lanes[lane] = Thinning::direct(probability);
        }
    }

    /// The number taken of `n` in each lane that has anyone, from a word of its own.
    ///
    /// Words of lanes without anyone are not asked for.
    #[inline]
    pub fn draw_all(&self, n: &Lanes<u32>, mut word: impl FnMut(usize) -> u64) -> Lanes<u32> {
        match self {
            // One table for all lanes is found once.
            Self::Same(Thinning::Table(table)) => each(n, |lane, n| table.draw(n, word(lane))),
            Self::Same(thinning) => each(n, |lane, n| thinning.draw(n, word(lane))),
            Self::Each(lanes) => each(n, |lane, n| lanes[lane].draw(n, word(lane))),
        }
    }

    /// The number taken of `n` in a lane.
    #[inline(always)]
    pub fn draw(&self, lane: usize, n: u32, word: u64) -> u32 {
        match self {
            Self::Same(thinning) => thinning.draw(n, word),
            Self::Each(lanes) => lanes[lane].draw(n, word),
        }
    }
}

/// A figure of each lane that has anyone, nought in the others.
#[inline(always)]
fn each(n: &Lanes<u32>, mut draw: impl FnMut(usize, u32) -> u32) -> Lanes<u32> {
    let mut drawn = [0; LANES];
    for lane in with_anyone(n) {
        drawn[lane] = draw(lane, n[lane]);
    }
    drawn
}

/// The lanes that have anyone, first to last: found all at once, for which they are cannot be guessed.
#[inline(always)]
pub fn with_anyone(n: &Lanes<u32>) -> impl Iterator<Item = usize> + use<> {
    let mut anyone = 0u16;
    for (lane, n) in n.iter().enumerate() {
        anyone |= u16::from(*n > 0) << lane;
    }
    std::iter::from_fn(move || {
        let lane = anyone.trailing_zeros() as usize;
        anyone &= anyone.wrapping_sub(1);
        (lane < LANES).then_some(lane)
    })
}

const _: () = assert!(LANES == u16::BITS as usize, "which lanes have anyone must fill a word");

/// True where two lists hold the same numbers in the first `lanes`.
pub fn same(a: &[Lanes<f64>], b: &[Lanes<f64>], lanes: usize) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a[..lanes] == b[..lanes])
}

/// The first word of an address in a lane, made when it is asked for.
///
/// # Panics
///
/// What comes back does in lanes that are not in use: nobody stands in them, so nothing is drawn for them.
#[inline(always)]
pub fn words(key: Key, reps: &[Replication], date: i32, extra: u32) -> impl Fn(usize) -> u64 {
    move |lane| key.words(reps[lane].chance, date, extra)[0]
}
