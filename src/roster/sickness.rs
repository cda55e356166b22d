//! Sickness of a person: independent days, or spells of whole calendar days from a stationary start.
//!
//! In: the role's law as drawn, and by day the factor that levers put on the hazard. Out: days sick. A spell
//! starts with the same chance on every day without one (times the month's factor); the chance follows from the
//! long-run share and the mean length: odds of being sick = hazard x mean length. Levers never touch these base
//! spells: a factor below 1 thins them by a word each spell has anyhow, a factor above 1 adds spells from a
//! stream of their own, whose days are compared with the same uniforms whatever the factor. So sickness never
//! falls when the factor rises.

use super::days::Days;
use super::spell::Spell;
use crate::law::negative_binomial::geometric_days;
use crate::model::role::Sickness;
use crate::random::{Key, Stream, unit};

/// Keys of a person's sickness.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SicknessKeys {
    /// Independent days.
    pub daily: Key,
    /// Base spells.
    pub spells: Key,
    /// Spells added by levers.
    pub further: Key,
}

/// The law of sickness as drawn in one replication.
#[derive(Clone, Copy, Debug)]
pub enum SicknessDraw {
    /// Chance of each working day.
    Daily(f64),
    /// Spells: long-run share, length, factor by month.
    Spells(f64, Spell, [f64; 12]),
}

impl SicknessDraw {
    /// Reads the drawn numbers.
    pub fn new(sickness: &Sickness, slots: &[f64], practice: usize) -> Self {
        match sickness {
            Sickness::Daily(share) => Self::Daily(share.at(slots, practice)),
            Sickness::Spells { rate, spell_days, spell_cv, months } => {
                let spell = Spell::new(spell_days.at(slots, practice), *spell_cv);
                Self::Spells(rate.at(slots, practice), spell, *months)
            }
        }
    }

    /// Lays sickness: `sick(t)` marks a day. `factor` is empty where no lever acts on sickness.
    ///
    /// `works(t)` says whether the person would be there: daily sickness is drawn on such days alone, spells
    /// run through all. A day may be marked more than once. `chance` is the replication's.
    pub fn lay(
        &self,
        keys: &SicknessKeys,
        chance: u64,
        days: &Days,
        factor: &[f64],
        mut works: impl FnMut(usize) -> bool,
        mut sick: impl FnMut(usize),
    ) {
        match self {
            Self::Daily(share) => {
                if *share <= 0.0 {
                    return;
                }
                for t in (0..days.len()).filter(|t| works(*t)) {
                    let share = share * factor.get(t).copied().unwrap_or(1.0);
                    if unit(keys.daily.words(chance, days.date(t), 0)[0]) < share {
                        sick(t);
                    }
                }
            }
            Self::Spells(share, spell, months) if *share > 0.0 => {
                let base = Base { share: *share, spell, months, chance, days, factor };
                base.spells(keys.spells.stream(chance, days.first, 0), &mut sick);
                if factor.iter().any(|f| *f > 1.0) {
                    base.further(keys.further, &mut sick);
                }
            }
            Self::Spells(..) => {}
        }
    }
}

/// What the spells of one person read.
struct Base<'a> {
    /// Long-run share of days ill [share].
    share: f64,
    /// Length of a spell.
    spell: &'a Spell,
    /// Factor by month, January first, on the hazard.
    months: &'a [f64; 12],
    /// The replication's index of chance.
    chance: u64,
    days: &'a Days,
    /// Of levers on the hazard, by day; empty where none acts.
    factor: &'a [f64],
}

impl Base<'_> {
    /// Rate of starting on a day without a spell, before the month's factor [a day].
    ///
    /// Chance q a day gives gaps of mean (1 - q)/q, so share = m / (m + (1 - q)/q).
    ///
    /// In continuous time, so that factors multiply it: the chance of a day is 1 - exp(-rate x factor).
    fn rate(&self) -> f64 {
        let q = self.share / (self.share + self.spell.mean() * (1.0 - self.share));
        -libm::log1p(-q.min(1.0 - 1e-12))
    }

    /// The month's factor on a day.
    fn month(&self, t: usize) -> f64 {
        self.months[usize::from(self.days.month[t])]
    }

    /// The base spells, each kept with the lever's factor where that is below 1.
    ///
    /// Words are taken in one order whatever levers do: a spell left out has used its words all the same.
    fn spells(&self, mut words: Stream, sick: &mut impl FnMut(usize)) {
        let rate = self.rate();
        // Gaps are drawn at the worst month's rate and thinned: one walk for all months.
        let most = self.months.iter().copied().fold(0.0, f64::max);
        if most <= 0.0 || self.days.len() == 0 {
            return;
        }
        let mean_gap = -1.0 / libm::expm1(-rate * most);
        // The first month's factor bends the odds of being ill at the start as it bends the hazard.
        let odds = self.month(0) * self.share / (1.0 - self.share).max(1e-12);
        let at_start = unit(words.next_word()) < odds / (1.0 + odds);
        // Who is not ill on the first day is well that day: its chance has been drawn.
        let mut t = 1;
        if at_start {
            let rest = self.spell.draw_rest(&mut words);
            self.lay_spell(0, rest, unit(words.next_word()), sick);
            t = rest;
        }
        loop {
            // candidates at the rate of the worst month, each real with the chance of its own month
            t += geometric_days(unit(words.next_word()), mean_gap) as usize - 1;
            if t >= self.days.len() {
                return;
            }
            let real = self.month(t) == most
                || unit(words.next_word()) * libm::expm1(-rate * most) > libm::expm1(-rate * self.month(t));
            if !real {
                t += 1;
                continue;
            }
            let length = self.spell.draw(&mut words);
            self.lay_spell(t, length, unit(words.next_word()), sick);
            t += length;
        }
    }

    /// Marks a spell, cut at the end of the axis, where `keep` (a uniform number) is below the factor on its
    /// first day; without levers always.
    fn lay_spell(&self, first: usize, length: usize, keep: f64, sick: &mut impl FnMut(usize)) {
        if self.factor.get(first).is_none_or(|factor| keep < *factor) {
            (first..(first + length).min(self.days.len())).for_each(sick);
        }
    }

    /// Spells that levers add: on each day with chance 1 - exp(-rate x (factor - 1)).
    ///
    /// May overlap base spells: who is ill is not ill twice.
    fn further(&self, key: Key, sick: &mut impl FnMut(usize)) {
        let rate = self.rate();
        for (t, factor) in self.factor.iter().enumerate().filter(|(_, factor)| **factor > 1.0) {
            let more = rate * self.month(t) * (factor - 1.0);
            let [start, _] = key.words(self.chance, self.days.date(t), 0);
            if unit(start) < -libm::expm1(-more) {
                let length = self.spell.draw(&mut key.stream(self.chance, self.days.date(t), 1));
                (t..(t + length).min(self.days.len())).for_each(&mut *sick);
            }
        }
    }
}
