//! The search: which size is the smallest that is enough, with years spent where the answer hangs.
//!
//! In: sizes on a grid, a way to play years of a size, the sequential rule. Out: every size tried, with where it
//! stands. All sizes see the same years. The search doubles its stride from where it starts until the answer turns,
//! halves the gap with few years a size, and then plays on at the two sizes of the turn until each is decided.
//!
//! **Error of the answer.** Let n be the true size. Where each year that holds at a size holds at every larger one, a
//! size at or above n is called too few only if n itself would be so called at the same look, since at the same years
//! its count is no larger; and a size below n is called enough only if n - 1 would be. So whichever sizes the search
//! looks at, a wrong answer takes a wrong bound at n or at n - 1: a chance of at most error / 2 each, `error` together,
//! with no price for looking at many sizes. Years that do not keep this order are counted and said.
//!
//! Fit: [`super::years`] plays, this asks which. Cost: the looks of [`sequential`](crate::stats::sequential) at
//! each size it looks at.

use crate::stats::interval::Interval;
use crate::stats::moments::Moments;
use crate::stats::sequential::{JUDGED, Kind, Sequential, Stands};
use std::collections::BTreeMap;

/// Most borderline sizes on each side of the turn that are played to the end.
const BORDERLINE: usize = 3;
/// Where so many sizes have taken more than [`MANY`] looks to be shown too few, the largest is looked at: more may help
/// no more.
const REFUTED: usize = 3;
/// Looks after which a size was hard to tell.
const MANY: usize = 4;
/// So many times what is left open a smaller size has to do better than the largest before the search looks beside it.
const FAR: f64 = 10.0;
/// Sizes shown beyond the turn in the curve of the report.
const BESIDE: usize = 2;

/// The sizes that may be tried, as steps of a grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grid {
    /// The largest step; the smallest is 0.
    pub last: usize,
    /// Where the search begins.
    pub start: usize,
}

/// Plays years: (size, years it shall have) gives what all of its years so far show.
pub type Play<'a, F> = dyn FnMut(usize, usize) -> Result<Tried, F> + 'a;

/// What the years of a size so far show.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tried {
    /// Years played.
    pub years: usize,
    /// Their mean; not a number where no year has a value.
    pub mean: f64,
    /// Where it stands.
    pub stands: Stands,
    /// The interval of the mean; none before the rule judges.
    pub interval: Option<Interval>,
}

impl Tried {
    /// By one figure of every year.
    pub fn of(rule: &Sequential, values: &[f64]) -> Self {
        Self {
            years: values.len(),
            mean: Moments::of(values).mean().unwrap_or(f64::NAN),
            stands: rule.stands(values),
            interval: rule.interval(values).filter(|_| rule.judges(values.len())),
        }
    }

    /// Where two things have to hold: the worse of the two. Each is judged by a rule with half the error.
    pub fn and(self, other: Self) -> Self {
        let worse = |stands| self.stands == stands || other.stands == stands;
        let stands = [Stands::Below, Stands::Open, Stands::Near].into_iter().find(|stands| worse(*stands));
        // A mean that is not known leaves the other to lean by.
        Self { mean: self.mean.min(other.mean), stands: stands.unwrap_or(Stands::Above), ..self }
    }
}

/// What the search came to.
///
/// `enough` is none where no size on the grid is; `too_few` where the smallest already is enough.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Every size tried, by step.
    pub tried: BTreeMap<usize, Tried>,
    /// The smallest size shown to be enough.
    pub enough: Option<usize>,
    /// The largest size below it that is shown to be too few.
    pub too_few: Option<usize>,
    /// Years played to find it, over all sizes.
    pub years: usize,
}

/// Whether more does worse, so that no size is the smallest that is enough: the smallest size on the grid does better
/// than the largest beyond doubt, by the ends of their intervals, which hold at every look. Both are played until that
/// is told either way, or they stand on the same side of the level after [`JUDGED`] years; never for longer than the
/// hardest size so far or that.
///
/// # Errors
/// Whatever playing a size gives.
pub fn falls<F>(
    grid: Grid,
    rule: Sequential,
    tried: &mut BTreeMap<usize, Tried>,
    play: &mut Play<'_, F>,
) -> Result<bool, F> {
    let hardest = tried.values().map(|tried| tried.years).max().unwrap_or(0).max(JUDGED);
    for look in rule.looks().into_iter().filter(|look| *look <= hardest) {
        let mut known = Vec::new();
        for at in [0, grid.last] {
            let shown = play(at, look)?;
            tried.insert(at, shown);
            known.push((shown.stands, shown.interval));
        }
        let [(low, Some(of_low)), (high, Some(of_high))] = known[..] else { continue };
        if of_low.low > of_high.high || of_high.low > of_low.high {
            return Ok(of_low.low > of_high.high);
        }
        if look >= JUDGED && low == high && low != Stands::Open {
            break;
        }
    }
    Ok(false)
}

/// The search at work.
struct Search<'a, F> {
    grid: Grid,
    rule: Sequential,
    looks: Vec<usize>,
    tried: BTreeMap<usize, Tried>,
    play: &'a mut Play<'a, F>,
}

/// Searches; then sizes beside the answer are played too, for the curve. Where these years change what a size shows the
/// search goes on, so that answer and curve are of the same years. (The ends hold at all looks together, whenever one
/// stops.)
///
/// # Errors
///
/// Those of playing a size.
pub fn search<'a, F>(grid: Grid, rule: Sequential, play: &'a mut Play<'a, F>) -> Result<Found, F> {
    let mut search = Search { grid, rule, looks: rule.looks(), tried: BTreeMap::new(), play };
    search.turn()?;
    loop {
        while let Some(at) = search.next() {
            search.more(at)?;
        }
        let years = search.tried.values().map(|tried| tried.years).sum();
        let (enough, too_few) = (search.enough(), search.too_few());
        search.beside(enough, too_few)?;
        if (search.enough(), search.too_few()) == (enough, too_few) && search.next().is_none() {
            return Ok(Found { tried: search.tried, enough, too_few, years });
        }
    }
}

impl<F> Search<'_, F> {
    /// Plays a size on to its next look; nothing where no look is left.
    fn more(&mut self, at: usize) -> Result<(), F> {
        let done = self.tried.get(&at).map_or(0, |tried| tried.years);
        let Some(&years) = self.looks.iter().find(|look| **look > done) else { return Ok(()) };
        self.tried.insert(at, (self.play)(at, years)?);
        Ok(())
    }

    /// Doubles the stride from the start until the answer turns, or the grid ends.
    ///
    /// So the turn is found in as many looks as there are doublings, not as many as there are sizes.
    fn turn(&mut self) -> Result<(), F> {
        let start = self.grid.start.min(self.grid.last);
        self.more(start)?;
        let up = !self.leans(start);
        let (mut at, mut stride) = (start, 1);
        while at != if up { self.grid.last } else { 0 } {
            at = if up { (at + stride).min(self.grid.last) } else { at.saturating_sub(stride) };
            stride *= 2;
            self.more(at)?;
            if self.leans(at) == up {
                break;
            }
        }
        Ok(())
    }

    /// True where a size is enough as far as its years show, which is not yet what may be said of it.
    fn leans(&self, at: usize) -> bool {
        self.tried.get(&at).is_some_and(|tried| match tried.stands {
            Stands::Above => true,
            Stands::Below => false,
            Stands::Near | Stands::Open => tried.mean >= self.rule.level,
        })
    }

    /// None where it was not tried.
    fn stands(&self, at: usize) -> Option<Stands> {
        self.tried.get(&at).map(|tried| tried.stands)
    }

    /// True where more years may still tell; false where it is decided, where all looks are spent, or where nobody falls due.
    fn open(&self, at: usize) -> bool {
        // Years of which none has a value tell nothing, and no more would.
        let empty = |tried: &Tried| tried.mean.is_nan() && tried.years >= JUDGED;
        let left = |tried: &Tried| self.looks.last().is_some_and(|last| tried.years < *last) && !empty(tried);
        self.tried.get(&at).is_none_or(|tried| tried.stands == Stands::Open && left(tried))
    }

    /// The smallest size shown to be enough: sizes above it are enough too where the order holds.
    fn enough(&self) -> Option<usize> {
        self.tried.iter().find(|(_, tried)| tried.stands == Stands::Above).map(|(at, _)| *at)
    }

    /// The largest size below it shown to be too few.
    fn too_few(&self) -> Option<usize> {
        let below = self.enough().unwrap_or(usize::MAX);
        let few = self.tried.range(..below).rev().find(|(_, tried)| tried.stands == Stands::Below);
        few.map(|(at, _)| *at)
    }

    /// The size to play next; none where the answer stands.
    fn next(&self) -> Option<usize> {
        let last = self.grid.last;
        // On the same years no size holds where the largest does not: once that is played out, no smaller one is shown enough;
        // unless a smaller one does so much better that the order does not hold.
        if self.enough().is_none() && self.tried.contains_key(&last) && !self.open(last) {
            return self.hump();
        }
        if self.climbs() && self.open(last) {
            return Some(last);
        }
        let from = self.too_few().map_or(0, |few| few + 1);
        let high = self.tried.range(from..).map(|(at, _)| *at).find(|at| self.leans(*at));
        let low = self.tried.range(..high.unwrap_or(usize::MAX)).next_back().map(|(at, _)| *at);
        // Luck is common, so like is compared with like: fewer years may only be luckier ones, or unluckier.
        if let (Some(low), Some(high)) = (low, high)
            && high > low + 1
        {
            let enough = self.looks.get(MANY).copied().unwrap_or(0);
            let fewer =
                |at: usize, other: usize| self.open(at) && self.years(at) < self.years(other).min(enough);
            if let Some(at) = [(high, low), (low, high)].into_iter().find(|(at, other)| fewer(*at, *other)) {
                return Some(at.0);
            }
        }
        match (low, high) {
            (Some(low), Some(high)) if high > low + 1 => Some(low + (high - low) / 2),
            // All known look enough: down again in doubling strides.
            (None, Some(high)) if high > 0 => {
                Some(high.saturating_sub(self.grid.start.saturating_sub(high).max(1)))
            }
            // Nothing known looks enough: up again in doubling strides.
            (Some(low), None) if low < last => Some(last.min(low + (low + 1).saturating_sub(from).max(1))),
            (_, None) => self.tried.keys().copied().find(|at| self.open(*at)),
            (low, Some(high)) => self.settle(low, high),
        }
    }

    /// Where a smaller size does far better than the largest, the next size to play of the best one and those beside it; none
    /// once the best is decided and stands between two that were tried.
    ///
    /// Only of differences, from which common luck has fallen out: of other figures few years may look as much better by luck.
    fn hump(&self) -> Option<usize> {
        let mean = |tried: &Tried| if tried.mean.is_nan() { f64::NEG_INFINITY } else { tried.mean };
        let (best, shown) = self.tried.iter().max_by(|a, b| mean(a.1).total_cmp(&mean(b.1)))?;
        let largest = self.tried.get(&self.grid.last).filter(|_| self.rule.kind == Kind::Difference)?;
        if mean(shown) <= mean(largest) + FAR * self.rule.near {
            return None;
        }
        let beside = [best.checked_sub(1), Some(best + 1)].into_iter().flatten();
        let mut new = beside.filter(|at| *at <= self.grid.last && !self.tried.contains_key(at));
        // Decided first: more years may show that it is no better.
        Some(*best).filter(|at| self.open(*at)).or_else(|| new.next())
    }

    /// 0 where it was not tried.
    fn years(&self, at: usize) -> usize {
        self.tried.get(&at).map_or(0, |tried| tried.years)
    }

    /// True where one size after another took many years and still seems too few, as where more staff help no more.
    ///
    /// Then the largest size may be no better than these, so it is looked at before more of them.
    fn climbs(&self) -> bool {
        let many = |tried: &Tried| self.looks.get(MANY).is_some_and(|look| tried.years > *look);
        let hard = |(at, tried): &(&usize, &Tried)| {
            matches!(tried.stands, Stands::Below | Stands::Open) && many(tried) && !self.leans(**at)
        };
        self.tried.iter().filter(hard).count() >= REFUTED
    }

    /// The size nearest the turn that is still open: the one with fewer years first, then outward past borderline ones.
    fn settle(&self, low: Option<usize>, high: usize) -> Option<usize> {
        let upward = (high..=self.grid.last).take(BORDERLINE + 1);
        let up = self.outward(upward, Stands::Above);
        let down = low.and_then(|low| self.outward((0..=low).rev().take(BORDERLINE + 1), Stands::Below));
        match (up, down) {
            (Some(up), Some(down)) => Some(if self.years(up) < self.years(down) { up } else { down }),
            (up, down) => up.or(down),
        }
    }

    /// The first open size on the way to one that stands as wanted.
    fn outward(&self, sizes: impl Iterator<Item = usize>, wanted: Stands) -> Option<usize> {
        let mut sizes = sizes.take_while(|at| self.stands(*at) != Some(wanted));
        sizes.find(|at| self.open(*at))
    }

    /// Plays the sizes beside the answer, and those that were only passed by, until their second look; none where there
    /// is no answer.
    fn beside(&mut self, enough: Option<usize>, too_few: Option<usize>) -> Result<(), F> {
        let Some(last) = enough else { return Ok(()) };
        let passed: Vec<usize> = self.tried.keys().copied().filter(|at| self.open(*at)).collect();
        let window = too_few.unwrap_or(last).saturating_sub(BESIDE)..=(last + BESIDE).min(self.grid.last);
        for at in window.chain(passed) {
            for look in self.looks.clone().into_iter().take(2) {
                if self.tried.get(&at).is_none_or(|tried| tried.years < look) {
                    self.more(at)?;
                }
            }
        }
        Ok(())
    }
}
