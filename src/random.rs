//! Keyed draws: the only maker of randomness in the crate.
//!
//! In: a seed, a purpose, an entity (hash of its full address), a draw index, a calendar date and one further number.
//! Out: words of 64 random bits that depend on that address alone, never on the order in which draws are made.
//! Method: the counter-based generator Philox2x64-7. Assumption: its blocks behave as independent uniform bits.
//! Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011, where six rounds and
//! more pass every test of BigCrush; known answers of seven rounds from the Random123 distribution.
//!
//! The address of a draw is all there is to its luck: what options share they draw alike, a replication alone
//! is the same as among a thousand, and no thread waits for another's generator. The tests at the end hold
//! the published answers and a golden hash; docs/model.md, section 10, says which index each purpose goes by.

use rand::TryRng;
use rand::rand_core::{Infallible, utils::fill_bytes_via_next_word};

/// Philox2x64 multiplier (Salmon et al. 2011, table 2).
const MULTIPLIER: u64 = 0xD2B7_4407_B1CE_6E93;
/// Weyl increment of the Philox key and of splitmix64: 2^64 divided by the golden ratio.
const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;
/// 2^-53, the step of the uniform grid.
const STEP: f64 = 1.0 / 9_007_199_254_740_992.0;

/// What a draw is for.
///
/// Numbers are stated once and never given to another purpose: they are part of every draw. 19, 26 and 29 had purposes
/// that nothing draws for any more.
#[derive(Copy, Clone, Eq, PartialEq, Hash, Ord, PartialOrd, Debug)]
#[repr(u8)]
#[expect(missing_docs, reason = "each name is the planner's word for the thing drawn")]
pub enum Purpose {
    Quantity = 1,
    Level = 2,
    Drift = 3,
    NetworkShock = 4,
    DayNoise = 5,
    Requests = 6,
    NeedSplit = 7,
    Category = 8,
    LeverThin = 9,
    LeverStream = 10,
    ChosenLead = 11,
    Absence = 12,
    SicknessSpell = 13,
    Leave = 14,
    Leaving = 15,
    Cover = 16,
    Tie = 17,
    Dna = 18,
    Return = 20,
    GiveUp = 21,
    Destination = 22,
    FollowUp = 23,
    ReferOn = 24,
    ConsultationTime = 25,
    Admission = 27,
    TakingPart = 28,
    Willing = 30,
    Bootstrap = 31,
    AskAgain = 32,
    Latent = 33,
    Design = 34,
}

/// First 8 bytes, little-endian, of the BLAKE3 hash of an entity's full address.
///
/// The address is the full name, with the names of all above it: a renamed thing has other luck, a moved one
/// the same.
pub fn entity_hash(address: &str) -> u64 {
    first_word(blake3::hash(address.as_bytes()))
}

/// The seed, purpose and entity of a draw, mixed: all of its address that does not change from day to day.
#[derive(Copy, Clone, Eq, PartialEq, Hash, Ord, PartialOrd, Debug)]
pub struct Key(u64);

impl Key {
    /// The key of one purpose of one entity under one seed. Costs a BLAKE3 hash: meant for scenario time.
    pub fn new(seed: u64, purpose: Purpose, entity: u64) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&seed.to_le_bytes());
        hasher.update(&[purpose as u8]);
        hasher.update(&entity.to_le_bytes());
        Self(first_word(hasher.finalize()))
    }

    /// The key of the same purpose and entity with regard to something further, by the hash of its address.
    ///
    /// Its own inverse: about the same thing twice is the key one began with. Free, where a new key costs a
    /// hash.
    #[inline]
    pub fn about(self, entity: u64) -> Self {
        Self(self.0 ^ entity)
    }

    /// One block of two random words.
    ///
    /// `index`: draw or chance index; `date`: days since 1970-01-01; `extra`: due day of a waiting batch, or block
    /// number where one address needs several blocks.
    #[inline(always)]
    pub fn words(self, index: u64, date: i32, extra: u32) -> [u64; 2] {
        philox([index, u64::from(date.cast_unsigned()) | u64::from(extra) << 32], self.0)
    }

    /// The successive words of one address: blocks `extra`, `extra + 1`, ...
    ///
    /// Addresses that use streams keep their other numbers away from one another: a stream that runs long
    /// reaches the next `extra`.
    #[inline]
    pub fn stream(self, index: u64, date: i32, extra: u32) -> Stream {
        Stream { key: self, index, date, extra, spare: None }
    }

    /// The same words as those of [`Key::stream`], each by its place.
    #[inline]
    pub fn places(self, index: u64, date: i32, extra: u32) -> Places {
        Places { key: self, index, date, extra, block: usize::MAX, pair: [0; 2] }
    }
}

/// The words of one address by their place: those that nobody asks for are not made.
#[derive(Clone, Debug)]
pub struct Places {
    key: Key,
    index: u64,
    date: i32,
    /// Number of the first block.
    extra: u32,
    /// The block that stands in `pair`, counted from the first; no block has the number that it begins with.
    block: usize,
    pair: [u64; 2],
}

impl Places {
    /// The word at a place, from 0.
    ///
    /// Two words of one block cost as much as one, where they are asked for one after the other.
    #[inline]
    pub fn word(&mut self, place: usize) -> u64 {
        let block = place / 2;
        if self.block != block {
            self.pair = self.key.words(self.index, self.date, self.extra.wrapping_add(block as u32));
            self.block = block;
        }
        self.pair[place % 2]
    }
}

/// The words of one address in order, usable by any sampler that takes a `rand` generator.
///
/// Words come in pairs; the second waits in `spare`. A clone goes on from where it was taken.
#[derive(Clone, Debug)]
pub struct Stream {
    key: Key,
    index: u64,
    date: i32,
    /// Number of the next block.
    extra: u32,
    /// Second word of the last block, if not yet given out.
    spare: Option<u64>,
}

impl Stream {
    /// The next word.
    #[inline]
    pub fn next_word(&mut self) -> u64 {
        if let Some(word) = self.spare.take() {
            return word;
        }
        let [first, second] = self.key.words(self.index, self.date, self.extra);
        self.extra = self.extra.wrapping_add(1);
        self.spare = Some(second);
        first
    }
}

impl TryRng for Stream {
    type Error = Infallible;

    /// The upper half of the next word.
    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok((self.next_word() >> 32) as u32)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(self.next_word())
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        fill_bytes_via_next_word(bytes, || self.try_next_u64())
    }
}

/// A uniform number in [0, 1) on a grid of 2^-53.
///
/// For a comparison `u < chance`: a chance of 0 never happens, a chance of 1 always.
#[inline(always)]
pub fn unit(word: u64) -> f64 {
    (word >> 11) as f64 * STEP
}

/// A uniform number in (0, 1): the middles of 2^52 equal cells, so that neither end can be drawn.
///
/// For quantile functions that are infinite at their ends.
#[inline(always)]
pub fn open_unit(word: u64) -> f64 {
    ((word >> 12) as f64 + 0.5) * (2.0 * STEP)
}

/// Further words from one keyed word: piece 0 is the word itself, piece j is the splitmix64 output of
/// word + j x golden (Steele, Lea, Flood 2014). For draws composed of several blocks, such as binomials.
///
/// Not a further address: two draws that chain one word share all of its pieces.
#[inline(always)]
pub fn chain(word: u64, piece: u32) -> u64 {
    if piece == 0 {
        return word;
    }
    let z = word.wrapping_add(u64::from(piece).wrapping_mul(GOLDEN));
    let z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// Philox2x64 with seven rounds.
///
/// `left` and `right` are the counter, of which every address has its own; the key is mixed into each round.
#[inline(always)]
fn philox([mut left, mut right]: [u64; 2], mut key: u64) -> [u64; 2] {
    for _ in 0..7 {
        let product = u128::from(left) * u128::from(MULTIPLIER);
        left = (product >> 64) as u64 ^ key ^ right;
        right = product as u64;
        key = key.wrapping_add(GOLDEN);
    }
    [left, right]
}

fn first_word(hash: blake3::Hash) -> u64 {
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&hash.as_bytes()[..8]);
    u64::from_le_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::Rng;

    /// Random123 known answers.
    #[test]
    fn philox_gives_the_published_answers() {
        assert_eq!(philox([0, 0], 0), [0xb41d_a69f_bfef_c666, 0x511e_9ce1_a553_4056]);
        assert_eq!(philox([u64::MAX; 2], u64::MAX), [0xa469_6cc0_4462_015d, 0x7247_82da_e171_69e9]);
        assert_eq!(
            philox([0x243f_6a88_85a3_08d3, 0x1319_8a2e_0370_7344], 0xa409_3822_299f_31d0),
            [0x98ed_1534_392b_f372, 0x6752_8b15_6888_2fd5]
        );
    }

    /// The first output of splitmix64 with state 0 is published as e220a8397b1dcdaf.
    #[test]
    fn chain_is_splitmix() {
        assert_eq!(chain(0, 0), 0);
        assert_eq!(chain(0, 1), 0xe220_a839_7b1d_cdaf);
        assert_eq!(chain(0, 2), 0x6e78_9e6a_a1b9_65f4);
    }

    /// Blocks one after another, halves in order; bytes are the words, lowest first.
    #[test]
    fn a_stream_gives_the_blocks_in_order() {
        let key = Key::new(1, Purpose::Requests, entity_hash("practice/a"));
        let mut stream = key.stream(7, -3, 5);
        let drawn: Vec<u64> = (0..4).map(|_| stream.next_u64()).collect();
        assert_eq!(drawn, [key.words(7, -3, 5), key.words(7, -3, 6)].concat());
        let mut places = key.places(7, -3, 5);
        let by_place = [3, 0, 1, 2, 2].map(|place| places.word(place));
        assert_eq!(
            by_place,
            [3, 0, 1, 2, 2].map(|place| drawn[place]),
            "each word at its place, in any order"
        );
        let mut bytes = [0; 12];
        key.stream(7, -3, 5).fill_bytes(&mut bytes);
        assert_eq!(bytes[..8], drawn[0].to_le_bytes());
        assert_eq!(bytes[8..], drawn[1].to_le_bytes()[..4]);
    }

    /// Seed, purpose, name, index, date and block number: changing any one changes the words.
    #[test]
    fn every_part_of_the_address_counts() {
        let key = |seed, purpose, name| Key::new(seed, purpose, entity_hash(name));
        let base = key(1, Purpose::Dna, "a");
        let others = [key(2, Purpose::Dna, "a"), key(1, Purpose::Tie, "a"), key(1, Purpose::Dna, "b")];
        assert!(others.iter().all(|other| *other != base));
        let words = base.words(1, 2, 3);
        for (index, date, extra) in [(2, 2, 3), (1, 3, 3), (1, 2, 4), (1, -2, 3), (1, 3, 2)] {
            assert_ne!(base.words(index, date, extra), words);
        }
    }

    /// `unit` has 0 and not 1; `open_unit` neither, and is even about 1/2.
    #[test]
    fn units_stay_inside_their_ends() {
        assert_eq!(unit(0), 0.0);
        assert_eq!(unit(u64::MAX), 1.0 - STEP);
        assert!(open_unit(0) > 0.0 && open_unit(u64::MAX) < 1.0);
        assert_eq!(open_unit(0), 1.0 - open_unit(u64::MAX));
    }

    /// A changed value here is a changed draw: log it as a value-breaking change.
    #[test]
    fn golden_words() {
        let key = Key::new(20_260_401, Purpose::Requests, entity_hash("network/practice a"));
        let words = (0..10_000).flat_map(|index| key.words(index, 20_544, 0));
        assert_eq!(crate::law::check::golden(words), "6fff198c2cc530e8");
    }
}
