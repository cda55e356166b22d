//! The race: which of many contenders is the best of those that keep to the conditions, with a stated chance of being
//! wrong.
//!
//! In: contenders, a way to play years of them on common luck, conditions that a mean has to keep, an error. Out: every
//! contender with its years and why it dropped out, and the winner. Nothing here knows what a contender is.
//!
//! **Order of play.** Successive halving: all are played to the first look, then the better half to the next, and so on
//! until few are left (Karnin, Koren & Somekh, ICML 2013; Jamieson & Talwalkar, AISTATS 2016). Those finalists are
//! played until the answer stands among them. Halving only sets aside: whoever was set aside without having been shown
//! to fail a condition, or to be worse, is then called back against the winner. So halving saves years and adds no
//! error.
//!
//! The error of the answer: [`super::rules`].

use super::rules::{Condition, Rules, Sure, looks};
use crate::stats::interval::Interval;
use crate::stats::moments::Moments;
use crate::stats::sequential::Stands;
use std::collections::BTreeMap;

/// Halving ends with so many.
const FINALISTS: usize = 4;
/// Fewest years of those called as good.
const ALIKE: usize = 256;
/// The best of those that keep to every condition, against whom everybody is measured.
const RIVALS: usize = 8;

/// Years of a contender, one after another.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Years {
    /// The objective of each year.
    pub objective: Vec<f64>,
    /// By condition, its figure of each year.
    pub conditions: Vec<Vec<f64>>,
}

/// A turn to play: contender, years it has, years it shall have.
pub type Turn = (usize, usize, usize);

/// Plays turns: for each the further years, in the order of the turns.
pub type Play<'a, F> = dyn FnMut(&[Turn]) -> Result<Vec<Years>, F> + 'a;

/// Why a contender dropped out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Out {
    /// It is shown to fail a condition.
    Fails(usize),
    /// It is shown to be worse than another that keeps to every condition.
    Beaten(usize),
}

/// A contender.
#[derive(Clone, Debug, Default)]
pub struct Contender {
    /// What of it no luck reaches.
    pub sure: Sure,
    /// Its years so far.
    pub years: Years,
    /// Where each condition stands.
    pub stands: Vec<Option<Stands>>,
    /// Round after which it was set aside, counted from 1.
    pub aside: Option<usize>,
    /// Why it dropped out, and after which round.
    pub out: Option<(Out, usize)>,
}

impl Contender {
    /// Years played.
    pub fn done(&self) -> usize {
        self.years.objective.len()
    }

    /// True where it is shown to keep to every condition.
    pub fn keeps(&self) -> bool {
        self.stands.iter().all(|stands| *stands == Some(Stands::Above))
    }

    /// Mean of the objective; not a number without years.
    pub fn objective(&self) -> f64 {
        Moments::of(&self.years.objective).mean().unwrap_or(f64::NAN)
    }

    /// By how much the mean of a condition lies above its level; below nought where it fails.
    fn margin(&self, rules: &Rules, condition: usize) -> f64 {
        let mean = Moments::of(&self.years.conditions[condition]).mean();
        mean.map_or(f64::NEG_INFINITY, |mean| mean - rules.conditions[condition].level)
    }

    /// The smallest margin of all conditions, each as a share of its level; nought where it keeps to all as far as is
    /// known.
    fn shortfall(&self, rules: &Rules) -> f64 {
        let of = |at: usize| {
            let scale = rules.conditions[at].level.abs().max(f64::MIN_POSITIVE);
            self.margin(rules, at) / scale
        };
        (0..rules.conditions.len()).map(of).fold(0.0, f64::min)
    }
}

/// What was done in one round.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Round {
    /// Contenders played.
    pub played: usize,
    /// Most years that one of them then had.
    pub upto: usize,
    /// Years played.
    pub years: usize,
    /// Shown to fail a condition after it.
    pub failed: usize,
    /// Shown to be worse after it.
    pub beaten: usize,
    /// Set aside after it.
    pub aside: usize,
    /// True where those who had been set aside were called back.
    pub back: bool,
}

/// What the race came to.
#[derive(Clone, Debug)]
pub struct Raced {
    /// Every contender.
    pub contenders: Vec<Contender>,
    /// The best of those shown to keep to every condition.
    pub winner: Option<usize>,
    /// Every round.
    pub rounds: Vec<Round>,
    /// True where nobody is left of whom more years could tell more, within the most years.
    pub settled: bool,
}

impl Raced {
    /// Years in which luck may come once without having been seen in those that decided: of the winner, and of whoever
    /// was dropped as worse after fewer. With a chance of a year above 3 in n it is missed in n years less often than 1
    /// time in 20 (the rule of three). None without a winner, and where no luck reaches what was decided by.
    pub fn unseen(&self) -> Option<usize> {
        let winner = &self.contenders[self.winner?];
        let beaten = |one: &&Contender| matches!(one.out, Some((Out::Beaten(_), _)));
        let lucky = |one: &&Contender| !one.sure.objective;
        let decided = self.contenders.iter().filter(beaten).chain([winner]);
        decided.filter(lucky).map(|one| one.done() / 3).min()
    }

    /// Years played in all.
    pub fn years(&self) -> usize {
        self.rounds.iter().map(|round| round.years).sum()
    }
}

struct Race<'a, F> {
    rules: &'a Rules,
    looks: Vec<usize>,
    all: Vec<Contender>,
    rounds: Vec<Round>,
    play: &'a mut Play<'a, F>,
}

/// Runs the race of so many contenders as `sure` has.
pub fn race<'a, F>(sure: &[Sure], rules: &'a Rules, play: &'a mut Play<'a, F>) -> Result<Raced, F> {
    let new = Contender {
        stands: vec![None; rules.conditions.len()],
        years: Years { objective: Vec::new(), conditions: vec![Vec::new(); rules.conditions.len()] },
        ..Contender::default()
    };
    let all = sure.iter().map(|sure| Contender { sure: *sure, ..new.clone() }).collect();
    let mut race = Race { rules, looks: looks(rules.most), all, rounds: Vec::new(), play };
    race.halve()?;
    race.finish()?;
    let settled = (0..sure.len()).all(|at| !race.asks(at, race.winner(), true));
    Ok(Raced { winner: race.winner(), settled, contenders: race.all, rounds: race.rounds })
}

impl<F> Race<'_, F> {
    /// The look after the years that a contender has.
    fn next(&self, at: usize) -> Option<usize> {
        self.looks.iter().copied().find(|look| *look > self.all[at].done())
    }

    /// Contenders in play.
    fn active(&self) -> Vec<usize> {
        let active = |at: &usize| self.all[*at].out.is_none() && self.all[*at].aside.is_none();
        (0..self.all.len()).filter(active).collect()
    }

    /// Rounds in which the better half goes on.
    fn halve(&mut self) -> Result<(), F> {
        loop {
            let active = self.active();
            let turns: Vec<Turn> =
                active.iter().filter_map(|at| Some((*at, self.all[*at].done(), self.next(*at)?))).collect();
            if turns.is_empty() {
                return Ok(());
            }
            self.round(&turns, false)?;
            let mut left = self.active();
            if left.len() <= FINALISTS {
                return Ok(());
            }
            self.rank(&mut left);
            let half = left.len().div_ceil(2).max(FINALISTS);
            let number = self.rounds.len();
            for at in left.split_off(half) {
                self.all[at].aside = Some(number);
                self.rounds[number - 1].aside += 1;
            }
        }
    }

    /// Rounds until the answer stands, or all years are spent.
    fn finish(&mut self) -> Result<(), F> {
        loop {
            let winner = self.winner();
            let wanting = |race: &Self, aside: bool| {
                let of =
                    |at: &usize| (aside || race.all[*at].aside.is_none()) && race.asks(*at, winner, false);
                (0..race.all.len()).filter(of).collect::<Vec<usize>>()
            };
            let mut asking = wanting(self, false);
            let back = asking.is_empty();
            if back {
                asking = wanting(self, true);
                // With nobody to be measured against, only the most promising are called back.
                if winner.is_none() {
                    self.rank(&mut asking);
                    asking.truncate(FINALISTS);
                }
                for at in &asking {
                    self.all[*at].aside = None;
                }
            }
            let Some(upto) = asking.iter().filter_map(|at| self.next(*at)).max() else {
                let Some(turns) = self.alike(winner) else { return Ok(()) };
                self.round(&turns, false)?;
                continue;
            };
            let mut turns: BTreeMap<usize, Turn> = asking
                .iter()
                .filter_map(|at| Some((*at, (*at, self.all[*at].done(), self.next(*at)?))))
                .collect();
            // The winner is measured on the same years.
            if let Some(winner) = winner.filter(|winner| self.all[*winner].done() < upto) {
                turns.insert(winner, (winner, self.all[winner].done(), upto));
            }
            self.round(&turns.into_values().collect::<Vec<Turn>>(), back)?;
        }
    }

    /// Turns by which those that cannot be better by what matters, and are not shown to be worse or to fail, get as
    /// many years as the winner, and no fewer than some hundreds: so that whoever is called as good is not merely
    /// little known.
    fn alike(&self, winner: Option<usize>) -> Option<Vec<Turn>> {
        let winner = winner?;
        let alike = |at: &usize| {
            let own = &self.all[*at];
            *at != winner && own.out.is_none() && !own.stands.contains(&Some(Stands::Near))
        };
        let mut group: Vec<usize> = (0..self.all.len()).filter(alike).collect();
        if group.is_empty() {
            return None;
        }
        group.push(winner);
        group.sort_unstable();
        let wanted = self.all[winner].done().max(ALIKE);
        let upto = self.looks.iter().copied().find(|look| *look >= wanted).or(self.looks.last().copied())?;
        // Look by look: most are soon shown to be worse, or to fail.
        let turns: Vec<Turn> = group
            .into_iter()
            .filter_map(|at| Some((at, self.all[at].done(), self.next(at)?)))
            .filter(|(_, done, _)| *done < upto)
            .collect();
        (!turns.is_empty()).then_some(turns)
    }

    /// True where more years of a contender could change the answer; `ever`: whether or not there are any left.
    fn asks(&self, at: usize, winner: Option<usize>, ever: bool) -> bool {
        let own = &self.all[at];
        let undecided = own.stands.iter().any(|stands| *stands != Some(Stands::Above));
        let told = own.stands.contains(&Some(Stands::Near));
        if own.out.is_some() || (!ever && self.next(at).is_none()) {
            return false;
        }
        match winner {
            None => undecided && !told,
            Some(winner) if winner == at => false,
            Some(winner) => {
                let small = self.rules.small(self.all[winner].objective());
                let lead = self.lead(at, winner);
                lead.is_none_or(|lead| lead.high > small) && !told
            }
        }
    }

    /// The best few of those in the race that are shown to keep to every condition, the best first.
    fn keeping(&self) -> Vec<usize> {
        let keeps =
            |at: &usize| self.all[*at].done() > 0 && self.all[*at].out.is_none() && self.all[*at].keeps();
        let mut keeping: Vec<usize> = (0..self.all.len()).filter(keeps).collect();
        keeping.sort_by(|a, b| self.all[*a].objective().total_cmp(&self.all[*b].objective()));
        keeping.truncate(RIVALS);
        keeping
    }

    /// The best of those shown to keep to every condition.
    fn winner(&self) -> Option<usize> {
        self.keeping().first().copied()
    }

    /// The most promising first: those that keep to every condition as far as is known, by the objective; then by how
    /// little they fail.
    fn rank(&self, of: &mut [usize]) {
        let merit: BTreeMap<usize, (f64, f64)> = of
            .iter()
            .map(|at| (*at, (-self.all[*at].shortfall(self.rules), self.all[*at].objective())))
            .collect();
        of.sort_by(|a, b| {
            let (x, y) = (merit[a], merit[b]);
            x.0.total_cmp(&y.0).then(x.1.total_cmp(&y.1)).then(a.cmp(b))
        });
    }

    /// Plays turns and judges everybody.
    fn round(&mut self, turns: &[Turn], back: bool) -> Result<(), F> {
        let more = (self.play)(turns)?;
        let mut round = Round { played: turns.len(), back, ..Round::default() };
        for ((at, from, upto), more) in turns.iter().zip(more) {
            let years = &mut self.all[*at].years;
            years.objective.extend(more.objective);
            years.conditions.iter_mut().zip(more.conditions).for_each(|(all, more)| all.extend(more));
            round.years += upto - from;
            round.upto = round.upto.max(*upto);
        }
        self.rounds.push(round);
        for (at, ..) in turns {
            self.judge(*at);
        }
        self.beaten();
        Ok(())
    }

    /// Where the conditions of a contender stand; what was shown once stays shown.
    fn judge(&mut self, at: usize) {
        let number = self.rounds.len();
        for (condition, stated) in self.rules.conditions.iter().enumerate() {
            if matches!(self.all[at].stands[condition], Some(Stands::Above | Stands::Below)) {
                continue;
            }
            let own = &self.all[at];
            let stands = self.stands(stated, &own.years.conditions[condition], own.sure.cost);
            let own = &mut self.all[at];
            own.stands[condition] = Some(stands);
            if stands == Stands::Below && own.out.is_none() {
                own.out = Some((Out::Fails(condition), number));
                self.rounds[number - 1].failed += 1;
            }
        }
    }

    fn stands(&self, condition: &Condition, values: &[f64], sure: bool) -> Stands {
        let Condition { level, near, .. } = *condition;
        let Some(ends) = self.rules.ends(self.all.len(), condition, values, sure) else {
            return Stands::Open;
        };
        match (ends.low, ends.high) {
            (low, _) if low >= level => Stands::Above,
            (_, high) if high < level => Stands::Below,
            (low, high) if low >= level - near && high <= level + near => Stands::Near,
            _ => Stands::Open,
        }
    }

    /// By how much one is better than another.
    fn lead(&self, at: usize, rival: usize) -> Option<Interval> {
        self.rules.lead(self.all.len(), &self.all[at], &self.all[rival])
    }

    /// Drops those who are shown to be worse than one that keeps to every condition.
    fn beaten(&mut self) {
        let number = self.rounds.len();
        let keeping = self.keeping();
        for at in 0..self.all.len() {
            if self.all[at].out.is_some() || self.all[at].done() == 0 {
                continue;
            }
            // An objective without a value: nobody was seen, so there is no wait to be the best.
            let nothing = self.rules.judged(self.all[at].done()) && self.all[at].objective().is_nan();
            let worse = |rival: &usize| {
                nothing && !self.all[*rival].objective().is_nan()
                    || self.lead(at, *rival).is_some_and(|lead| lead.high < 0.0)
            };
            if let Some(rival) = keeping.iter().copied().filter(|rival| *rival != at).find(worse) {
                self.all[at].out = Some((Out::Beaten(rival), number));
                self.rounds[number - 1].beaten += 1;
            }
        }
    }
}
