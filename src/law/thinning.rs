//! Thinning: each of n requests is taken with the same chance.
//!
//! In: n and one keyed word. Out: how many are taken; for given n and word it never falls when the chance rises,
//! whichever forms the two chances have.
//!
//! Chances that stay for a replication or longer are held in this type; those that are new each day are drawn
//! from a [`Binomial`] at once. What form one has costs time, never another count.

use super::binomial::{Binomial, Table};
use std::sync::Arc;

/// A thinning with one chance.
#[derive(Clone, Debug)]
pub enum Thinning {
    /// Chance 0.
    None,
    /// Chance 1.
    All,
    /// A chance drawn anew, such as every replication.
    Direct(Binomial),
    /// A chance fixed long enough to pay for a table.
    Table(Arc<Table>),
}

impl Thinning {
    /// A thinning with chance `p` in [0, 1], cheap to build.
    pub fn direct(p: f64) -> Self {
        Self::end(p).unwrap_or_else(|| Self::Direct(Binomial::direct(p)))
    }

    /// The same draws, cheaper up to `n_max` requests, at the cost of a table.
    pub fn table(p: f64, n_max: u32) -> Self {
        Self::end(p).unwrap_or_else(|| Self::Table(Arc::new(Table::new(p, n_max))))
    }

    /// The two chances that need no law at all.
    fn end(p: f64) -> Option<Self> {
        debug_assert!((0.0..=1.0).contains(&p), "chance {p}");
        if p <= 0.0 {
            Some(Self::None)
        } else if p >= 1.0 {
            Some(Self::All)
        } else {
            None
        }
    }

    /// How many of `n` are taken.
    ///
    /// Reads nothing but its word: nobody is taken of n = 0.
    #[inline(always)]
    pub fn draw(&self, n: u32, word: u64) -> u32 {
        match self {
            Self::None => 0,
            Self::All => n,
            Self::Direct(law) => law.draw(n, word),
            Self::Table(law) => law.draw(n, word),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::check::words;

    /// Inside and beyond the table, and at both ends of the chance.
    #[test]
    fn all_forms_agree() {
        for p in [0.0, 0.2, 0.8, 1.0] {
            let (direct, table, law) = (Thinning::direct(p), Thinning::table(p, 100), Binomial::direct(p));
            for word in words(1, 1000) {
                let n = (word % 200) as u32;
                assert_eq!(direct.draw(n, word), law.draw(n, word));
                assert_eq!(table.draw(n, word), law.draw(n, word));
            }
        }
        assert!(matches!(Thinning::table(0.0, 9), Thinning::None));
        assert!(matches!(Thinning::direct(1.0), Thinning::All));
    }
}
