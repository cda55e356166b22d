//! What a size shows, as a word: enough, too few, not told; and passed by, where the search had no need to tell.
//!
//! In: how the rule judges a size, and after how many years. Out: words for tables and pictures.

use super::rows::Row;
use crate::experiment::size::Way;
use crate::experiment::size::search::Tried;
use crate::stats::sequential::{Sequential, Stands};

/// What a size shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shows {
    /// At the level or above.
    Enough,
    /// Below the level.
    TooFew,
    /// At the level or above, where more does worse.
    Holds,
    /// Below the level, where more does worse.
    Misses,
    /// So near the level that the difference does not matter.
    Borderline,
    /// Not told with the most years that there may be.
    NotTold,
    /// Not told with the few years it was given, as the answer did not hang on it.
    PassedBy,
}

impl Shows {
    /// What a size of a way of sharing shows after its years.
    ///
    /// A size that stays open counts as not told only where it had all the years there may be, or where nobody fell due in
    /// any, so that no more of them would tell.
    pub fn of(tried: &Tried, way: &Way, rule: &Sequential) -> Self {
        match tried.stands {
            Stands::Above if way.falls => Self::Holds,
            Stands::Above => Self::Enough,
            Stands::Below if way.falls => Self::Misses,
            Stands::Below => Self::TooFew,
            Stands::Near => Self::Borderline,
            Stands::Open if tried.years < rule.most && !tried.mean.is_nan() => Self::PassedBy,
            Stands::Open => Self::NotTold,
        }
    }

    /// As a cell of a table for people.
    pub fn word(self) -> &'static str {
        match self {
            Self::Enough => "enough",
            Self::TooFew => "too few",
            Self::Holds => "holds",
            Self::Misses => "misses",
            Self::Borderline => "borderline",
            Self::NotTold => "not told",
            Self::PassedBy => "passed by",
        }
    }

    /// As a word that a program can read.
    pub fn key(self) -> &'static str {
        match self {
            Self::Enough => "enough",
            Self::TooFew => "too_few",
            Self::Holds => "holds",
            Self::Misses => "misses",
            Self::Borderline => "borderline",
            Self::NotTold => "not_told",
            Self::PassedBy => "passed_by",
        }
    }
}

/// Why some sizes are only passed by; none where none is. `judged` is from how many years on a mean is judged.
pub fn passed_by(rows: &[Row], judged: Option<usize>) -> Option<String> {
    rows.iter().any(|row| row.shows == Shows::PassedBy).then(|| {
        let judged =
            judged.map_or(String::new(), |years| format!(" (a mean is judged from {years} years on)"));
        format!("Passed by: too few years to tell{judged}, as the answer does not hang on that size.")
    })
}
