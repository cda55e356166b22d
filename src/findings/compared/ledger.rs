//! The ledger of an option, over replications: means of the parts with their intervals.
//!
//! In: the ledger of every year, worked out in `experiment::ledger`. Out: means with intervals, a line a figure,
//! and how the parts work together. Means of parts and interaction add up to the mean of the total.

use super::{CONFIDENCE, FigureShown};
use crate::experiment::ledger::Ledger;
use crate::experiment::players::Player;
use crate::findings::say;
use crate::lever::{Change, RedirectFrom};
use crate::model::Model;
use crate::stats::interval::Interval;
use crate::stats::judgement::{Luck, shown};
use crate::stats::moments::Moments;
use crate::stats::parts::Parts;

/// A mean over replications, with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// Mean.
    pub mean: f64,
    /// Its 95 % interval; none with fewer than ten years, nor where all are alike by chance.
    pub interval: Option<Interval>,
}

/// One part of an option in one figure.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Name of the lever, or `other_changes`.
    pub name: String,
    /// Title shown to people.
    pub title: String,
    /// What it does alone.
    pub alone: Part,
    /// What is lost if it is taken out last.
    pub last: Part,
    /// Its Shapley value; none with more than six parts.
    pub shapley: Option<Part>,
}

/// How the parts of an option work on a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Works {
    /// Each by itself, in the main.
    Apart,
    /// They do much less together than one by one.
    Less,
    /// They do much more together than one by one.
    More,
    /// What they do together is more than any of them does alone.
    Inseparable,
}

/// One figure of a ledger.
#[derive(Clone, Debug)]
pub struct LedgerLine {
    /// Position among the figures shown.
    pub figure: usize,
    /// Years with every value.
    pub years: usize,
    /// The parts.
    pub entries: Vec<Entry>,
    /// What they do together beyond the sum of each alone.
    pub interaction: Part,
    /// The whole difference from `as_now`.
    pub total: Part,
}

impl LedgerLine {
    /// The part that does most alone, by size.
    pub fn largest(&self) -> Option<&Entry> {
        self.entries.iter().max_by(|a, b| a.alone.mean.abs().total_cmp(&b.alone.mean.abs()))
    }

    /// How the parts work: inseparably where the interaction is more than any of them does alone; else less or more
    /// together where it is beyond doubt and at least half of the whole; else apart.
    pub fn works(&self) -> Works {
        let (together, whole) = (self.interaction.mean, self.total.mean);
        let clear = self.interaction.interval.is_some_and(|interval| !interval.holds(0.0));
        if self.largest().is_some_and(|part| together.abs() > part.alone.mean.abs()) {
            Works::Inseparable
        } else if !clear || together.abs() < 0.5 * whole.abs() {
            Works::Apart
        } else if (together > 0.0) == (whole > 0.0) {
            Works::More
        } else {
            Works::Less
        }
    }
}

/// The ledger of an option.
#[derive(Clone, Debug)]
pub struct LedgerFinding {
    /// What two of the parts both take patients from, in words: the only reason why parts would do less together that is
    /// said; none where no two do.
    pub same: Option<String>,
    /// A line for each figure that can be broken into parts and has a value.
    pub lines: Vec<LedgerLine>,
}

impl LedgerFinding {
    /// Means and intervals of a ledger; figures that never differ are left out.
    pub fn new(ledger: &Ledger, figures: &[FigureShown], model: &Model) -> Self {
        let line = |figure: &crate::experiment::ledger::LedgerFigure| {
            let years: Vec<&Parts> = figure.years.iter().flatten().collect();
            // A figure that no luck reaches needs no allowance for what was not seen.
            let luck = figures
                .get(figure.shown)
                .map_or(Luck::Any, |figure| if figure.sure { Luck::None } else { Luck::Any });
            let of = |pick: &dyn Fn(&Parts) -> f64| {
                part(&years.iter().map(|p| pick(p)).collect::<Vec<f64>>(), luck)
            };
            let entry = |(at, player): (usize, &crate::experiment::players::Player)| {
                let shapley = years.first()?.shapley.as_ref();
                Some(Entry {
                    name: player.name.clone(),
                    title: player.title.clone(),
                    alone: of(&|parts| parts.alone[at])?,
                    last: of(&|parts| parts.last[at])?,
                    shapley: shapley
                        .and_then(|_| of(&|p| p.shapley.as_ref().map_or(f64::NAN, |values| values[at]))),
                })
            };
            // A figure that no part moves in any year has nothing to tell.
            let moved = years.iter().any(|p| p.total != 0.0 || p.alone.iter().any(|x| *x != 0.0));
            let known = figures.get(figure.shown).is_some() && moved;
            known.then(|| {
                Some(LedgerLine {
                    figure: figure.shown,
                    years: years.len(),
                    entries: ledger.players.iter().enumerate().map(entry).collect::<Option<_>>()?,
                    interaction: of(&|parts| parts.interaction)?,
                    total: of(&|parts| parts.total)?,
                })
            })?
        };
        let same = same(&ledger.players, model);
        Self { same, lines: ledger.figures.iter().filter_map(line).collect() }
    }
}

/// A category or need from which the levers of two parts both take patients.
fn same(players: &[Player], model: &Model) -> Option<String> {
    let taken = |player: &Player| -> Vec<Takes> {
        let own = model.levers.iter().filter(|lever| player.levers.contains(&lever.name));
        own.flat_map(|lever| lever.changes.iter().flat_map(|(_, change)| takes(change))).collect()
    };
    let all: Vec<Vec<Takes>> = players.iter().map(taken).collect();
    // Each pair of parts once.
    let others = |at: usize| all[at + 1..].iter().flatten();
    let shared =
        |(at, own): (usize, &Vec<Takes>)| own.iter().find_map(|a| others(at).find_map(|b| a.and(*b, model)));
    all.iter().enumerate().find_map(shared)
}

/// From where a change takes patients.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Takes {
    Category(usize),
    Need(usize),
}

impl Takes {
    /// What both take from, in words. Two categories of one need are different patients.
    fn and(self, other: Self, model: &Model) -> Option<String> {
        let need = |k: usize| say::inside(&model.needs[k].title);
        match (self, other) {
            (Self::Category(a), Self::Category(b)) if a == b => Some(say::inside(&model.categories[a].title)),
            (Self::Need(a), Self::Need(b)) if a == b => Some(need(a)),
            (Self::Category(c), Self::Need(k)) | (Self::Need(k), Self::Category(c))
                if model.categories[c].of.contains(&k) =>
            {
                Some(need(k))
            }
            _ => None,
        }
    }
}

/// Nothing for changes that take no patients away: minutes, weekdays, sickness, supervision.
fn takes(change: &Change) -> Vec<Takes> {
    match change {
        Change::Redirect { from: RedirectFrom::Category(c), .. } => vec![Takes::Category(*c)],
        Change::Redirect { from: RedirectFrom::Need(k), .. } => vec![Takes::Need(*k)],
        Change::Demand { needs, .. } | Change::Dna { needs, .. } => {
            needs.iter().map(|k| Takes::Need(*k)).collect()
        }
        Change::Minutes { .. }
        | Change::Weekdays { .. }
        | Change::Sickness { .. }
        | Change::Supervision { .. } => Vec::new(),
    }
}

/// Mean and interval of a column; none without a value.
fn part(values: &[f64], luck: Luck) -> Option<Part> {
    let moments = Moments::of(values);
    Some(Part { mean: moments.mean()?, interval: shown(&moments, CONFIDENCE, luck) })
}
