//! The ledger of an option: what each of its parts does alone, together, and taken out last.
//!
//! In: the figures of `as_now` and of the option, and a way to run the sets of parts in between. Out: for every figure
//! that may be added up and every replication, [`Parts`] that sum to the total to the bit. Levers that claim the same
//! patients are counted once: what they share stands in the interaction, below nought.
//!
//! Fit: `experiment::compare` fills [`Known`] with what it ran already and lets [`lean`](super::lean) run the rest; the
//! report shows the mean of each part over the years. [`stats::parts`](crate::stats::parts) does the arithmetic.

use super::players::{Key, Player, Players};
use super::shown::Shown;
use crate::scenario::OptionModel;
use crate::stats::parts::{Parts, Players as Set, everybody, needed, parts};
use std::collections::BTreeMap;

/// The ledger of one option.
///
/// `figures` hold one entry for each figure shown that has parts; a chance has none.
#[derive(Clone, Debug)]
pub struct Ledger {
    /// Position of the option, from 1: `as_now` is the option without parts.
    pub option: usize,
    /// Its parts, in the order in which the ledger lists them.
    pub players: Vec<Player>,
    /// The figures that are broken into parts.
    pub figures: Vec<LedgerFigure>,
}

/// One figure of a ledger.
#[derive(Clone, Debug)]
pub struct LedgerFigure {
    /// Position among the figures shown.
    pub shown: usize,
    /// The parts of every replication, in their order; none where one of the values is missing.
    pub years: Vec<Option<Parts>>,
}

/// Figures of a model, `[replication][figure]`, in the order of those shown; missing values are NaN.
pub type Rows = Vec<f32>;

/// Figures of the models that have been run, by what is in force, so that two options with the same part share them.
pub type Known = BTreeMap<Key, Rows>;

/// The options that are more than one change, taken apart.
///
/// (position of the option, its parts); an option of a single part is not in it: its ledger would say nothing.
pub fn players(options: &[OptionModel]) -> Vec<(usize, Players<'_>)> {
    let Some((now, others)) = options.split_first() else { return Vec::new() };
    let each = others.iter().enumerate().map(|(i, option)| (i + 1, Players::new(now, option)));
    each.filter(|(_, players)| players.players.len() > 1).collect()
}

/// The sets that have to be run besides the options themselves, each model once.
///
/// (key, position in `all`, set). Both the empty and the whole set are run as options, so they are not in it; a key
/// that two options share is wanted once.
pub fn wanted(all: &[(usize, Players<'_>)]) -> Vec<(Key, usize, Set)> {
    let whole: Vec<Key> =
        all.iter().flat_map(|(_, p)| [p.key(0), p.key(everybody(p.players.len()))]).collect();
    let mut wanted: Vec<(Key, usize, Set)> = Vec::new();
    for (at, (_, players)) in all.iter().enumerate() {
        for set in needed(players.players.len()) {
            let key = players.key(set);
            if !whole.contains(&key) && !wanted.iter().any(|(known, ..)| *known == key) {
                wanted.push((key, at, set));
            }
        }
    }
    wanted
}

/// The ledger of an option from what is known of every set.
///
/// A set that is not in `known` leaves the figures of that year without parts.
pub fn ledger((option, players): &(usize, Players<'_>), shown: &[Shown], known: &Known) -> Ledger {
    let n = players.players.len();
    let rows: BTreeMap<Set, &Rows> =
        needed(n).into_iter().filter_map(|set| Some((set, known.get(&players.key(set))?))).collect();
    let width = shown.len();
    let replications = rows.values().map(|rows| rows.len() / width.max(1)).min().unwrap_or(0);
    let value = |set: Set, year: usize, figure: usize| {
        rows.get(&set).map_or(f64::NAN, |rows| f64::from(rows[year * width + figure]))
    };
    let figure = |figure: usize| LedgerFigure {
        shown: figure,
        years: (0..replications).map(|year| parts(n, |set| value(set, year, figure))).collect(),
    };
    let figures = (0..width).filter(|at| shown[*at].has_parts()).map(figure).collect();
    Ledger { option: *option, players: players.players.clone(), figures }
}
