//! The card of break-even values: for each key number the value at which the decision turns.
//!
//! In: a number of the option or of things as they are. Out: what the option's paired difference is with the number at
//! its P1, P50 and P99, and where the difference crosses nought between them, if it does. All values meet the same
//! years, so the mean difference is one function of the number, and its root is found by false position (Illinois:
//! Dowell & Jarratt, BIT 11, 1971). Its interval is where the 95 % interval of the difference covers nought: between
//! the roots of that interval's two ends, found the same way. Where an end of it lies outside P1 to P99 it is open
//! there.
//!
//! Cost: three values a number, then a few more at each crossing; each value is a run of the models that know the
//! number, over the years of [`Asked::each`](super::Asked::each). Numbers that are drawn together cannot be moved
//! alone, so they are not on the card.

use super::Subject;
use super::drive::{self, CONFIDENCE, Drive};
use super::held::Bench;
use super::inputs::Uncertain;
use crate::stats::interval::Interval;
use crate::stats::judgement::{Luck, shown};
use crate::stats::moments::Moments;

/// Chances at which every key number is tried first.
pub const START: [f64; 3] = [0.01, 0.5, 0.99];

/// A bracket this narrow, as a share of P1 to P99, is narrow enough: the line across it is then all but straight.
const NARROW: f64 = 0.005;

/// Most further values for a root, and for an end of its interval.
const STEPS: (usize, usize) = (6, 4);

/// A value tried.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tried {
    /// The number.
    pub value: f64,
    /// Mean of the option's paired difference.
    pub mean: f64,
    /// Its 95 % interval, by the rule of every paired difference; none of fewer than ten years. Where all years are equal it
    /// has no width: the card is of the mean, and says so by equal ends.
    pub interval: Option<Interval>,
}

impl Tried {
    /// True where the interval leaves nought out.
    pub fn clear(&self) -> bool {
        self.interval.is_some_and(|interval| !interval.holds(0.0))
    }
}

/// Where the difference crosses nought.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crossing {
    /// The number, by false position between values that were played.
    pub value: f64,
    /// Ends of its interval; none where an end lies outside P1 to P99.
    pub interval: (Option<f64>, Option<f64>),
    /// True where the difference rises with the number.
    pub rising: bool,
    /// Chance, by what is known of the number, that it is below the crossing.
    pub below: f64,
}

impl Crossing {
    /// True where the difference is clear of nought on at least one side of it within the range.
    pub fn shown(&self) -> bool {
        self.interval != (None, None)
    }
}

/// What moving one number does to the decision.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    /// Position of the number.
    pub input: usize,
    /// Values tried, in their order; the first is P1, the last P99.
    pub tried: Vec<Tried>,
    /// Where it turns; empty where it turns nowhere in its range.
    pub crossings: Vec<Crossing>,
}

/// Positions of the key numbers, the weakest evidence first: those that go with the difference, then those that the
/// option brings, at most so many. Shares that are drawn together cannot be moved alone.
///
/// Ordered by the evidence for each: what is known least is looked at first.
pub fn key_inputs(inputs: &[Uncertain], drives: &[Drive], most: usize) -> Vec<usize> {
    let movable: Vec<usize> =
        drive::order(drives).into_iter().filter(|at| inputs[*at].law.is_some()).collect();
    let strongest = drive::strongest(drives, most);
    let (mut key, others): (Vec<usize>, Vec<usize>) =
        movable.into_iter().partition(|at| strongest.contains(at));
    key.extend(others.into_iter().filter(|at| inputs[*at].of_option));
    key.truncate(most);
    key.sort_by_key(|at| inputs[*at].evidence());
    key
}

/// Tries a number over its range: at P1, P50 and P99, and at values between them where the sign turns.
///
/// None where the difference has no value there, and for one of several shares that are drawn together. `chances`: the measure is
/// 1 or 0 in a year.
pub fn turn(bench: &Bench<'_>, inputs: &[Uncertain], at: usize, chances: bool) -> Option<Turn> {
    let input = &inputs[at];
    let law = input.law?;
    let difference = |value: f64| {
        let moments = Moments::of(&bench.held(&input.address, value).series(Subject::Difference));
        // Without luck equal years are the mean itself, which is what the card is of.
        let luck = if moments.alike() {
            Luck::None
        } else if chances {
            Luck::OfChances
        } else {
            Luck::Any
        };
        Some(Tried { value, mean: moments.mean()?, interval: shown(&moments, CONFIDENCE, luck) })
    };
    let mut search = Search::new(START.map(|u| law.quantile(u)), &difference)?;
    let crossings = search.crossings();
    let below = |value: f64| chance_below(&|u| law.quantile(u), value);
    let crossings = crossings.into_iter().map(|c| Crossing { below: below(c.value), ..c }).collect();
    Some(Turn { input: at, tried: search.tried, crossings })
}

/// The chance of a value below one that lies between P1 and P99, from the quantiles, by halving.
///
/// Forty halvings leave 1e-12. The law needs no formula for its chances: the quantile is enough.
fn chance_below(quantile: &dyn Fn(f64) -> f64, value: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..40 {
        let middle = 0.5 * (low + high);
        if quantile(middle) < value { low = middle } else { high = middle }
    }
    0.5 * (low + high)
}

/// What is known of the difference, and how to know more.
///
/// Values are tried in any order and kept sorted; a value that was tried is never played again.
struct Search<'a> {
    tried: Vec<Tried>,
    difference: &'a dyn Fn(f64) -> Option<Tried>,
}

/// What of the difference crosses nought: crossings of the ends of its interval bound the crossing of its mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Low,
    Mean,
    High,
}

/// The mean where there is no interval: its ends are then looked for nowhere ([`Search::end`]).
fn side_of(tried: &Tried, side: Side) -> f64 {
    match (side, tried.interval) {
        (Side::Low, Some(interval)) => interval.low,
        (Side::High, Some(interval)) => interval.high,
        _ => tried.mean,
    }
}

impl<'a> Search<'a> {
    fn new(values: [f64; 3], difference: &'a dyn Fn(f64) -> Option<Tried>) -> Option<Self> {
        let tried = values.into_iter().map(difference).collect::<Option<Vec<Tried>>>()?;
        Some(Self { tried, difference })
    }

    /// The difference at a value, kept.
    fn at(&mut self, value: f64) -> Option<Tried> {
        if let Some(known) = self.tried.iter().find(|tried| tried.value == value) {
            return Some(*known);
        }
        let fresh = (self.difference)(value)?;
        let at = self.tried.partition_point(|tried| tried.value < value);
        self.tried.insert(at, fresh);
        Some(fresh)
    }

    /// Every crossing between the values tried first; one that meets nought exactly is no end of a gap.
    fn crossings(&mut self) -> Vec<Crossing> {
        let off: Vec<Tried> = self.tried.iter().filter(|tried| tried.mean != 0.0).copied().collect();
        off.windows(2).filter_map(|gap| self.crossing((gap[0], gap[1]))).collect()
    }

    /// Width of the whole range [unit of the number].
    fn width(&self) -> f64 {
        self.tried[self.tried.len() - 1].value - self.tried[0].value
    }

    /// The crossing of a gap with different signs at its ends.
    fn crossing(&mut self, (low, high): (Tried, Tried)) -> Option<Crossing> {
        let rising = high.mean > 0.0;
        if low.mean * high.mean >= 0.0 {
            return None;
        }
        let value = self.root((low, high), Side::Mean, STEPS.0)?;
        // Of a rising difference the upper end crosses nought first.
        let (first, last) = if rising { (Side::High, Side::Low) } else { (Side::Low, Side::High) };
        let interval = (self.end(value, first, false), self.end(value, last, true));
        Some(Crossing { value, interval, rising, below: 0.0 })
    }

    /// Where a side of the interval crosses nought, going up or down from the crossing; none where it does not.
    fn end(&mut self, from: f64, side: Side, up: bool) -> Option<f64> {
        if self.tried.iter().any(|tried| tried.interval.is_none()) {
            return None;
        }
        if self.tried.iter().all(|tried| tried.interval.is_some_and(|i| i.low == i.high)) {
            return Some(from);
        }
        let beyond = |value: f64| if up { value >= from } else { value <= from };
        let mut gaps: Vec<(Tried, Tried)> = self.tried.windows(2).map(|gap| (gap[0], gap[1])).collect();
        gaps.retain(|(low, high)| beyond(if up { high.value } else { low.value }));
        if !up {
            gaps.reverse();
        }
        let turns = |(low, high): &&(Tried, Tried)| side_of(low, side) * side_of(high, side) <= 0.0;
        let gap = *gaps.iter().find(turns)?;
        let found = self.root(gap, side, STEPS.1)?;
        Some(if up { found.max(from) } else { found.min(from) })
    }

    /// The root of a side between two values at which its signs differ.
    ///
    /// By false position: the line across the gap, and the end that did not move halved in weight (Illinois).
    fn root(&mut self, (mut low, mut high): (Tried, Tried), side: Side, steps: usize) -> Option<f64> {
        let enough = NARROW * self.width();
        let (mut at_low, mut at_high) = (side_of(&low, side), side_of(&high, side));
        let mut last_moved = 0;
        for _ in 0..steps {
            if high.value - low.value <= enough || at_low == 0.0 || at_high == 0.0 {
                break;
            }
            let middle = self.at(line(&low, &high, at_low, at_high))?;
            let at_middle = side_of(&middle, side);
            if at_middle * at_high > 0.0 {
                (high, at_high) = (middle, at_middle);
                at_low *= if last_moved == 1 { 0.5 } else { 1.0 };
                last_moved = 1;
            } else {
                (low, at_low) = (middle, at_middle);
                at_high *= if last_moved == -1 { 0.5 } else { 1.0 };
                last_moved = -1;
            }
            if at_middle == 0.0 {
                return Some(middle.value);
            }
        }
        let ends = (side_of(&low, side), side_of(&high, side));
        // Of the last bracket the line still says more than its middle.
        Some(line(&low, &high, ends.0, ends.1))
    }
}

/// Where the straight line between two points meets nought.
///
/// A flat line has its root anywhere; the middle is then as good as any.
fn line(low: &Tried, high: &Tried, at_low: f64, at_high: f64) -> f64 {
    if at_low == at_high {
        return 0.5 * (low.value + high.value);
    }
    low.value + (high.value - low.value) * at_low / (at_low - at_high)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn crossings(of: &dyn Fn(f64) -> f64, half_width: f64) -> Vec<Crossing> {
        let ends = |mean: f64| Some(Interval { low: mean - half_width, high: mean + half_width });
        let difference = |value: f64| Some(Tried { value, mean: of(value), interval: ends(of(value)) });
        let mut search = Search::new([0.0, 0.5, 1.0], &difference).unwrap_or_else(|| panic!("values"));
        let found = search.crossings();
        assert!(search.tried.len() <= 3 + 2 * (STEPS.0 + 2 * STEPS.1));
        found
    }

    #[test]
    fn a_root_and_its_interval() {
        // x^2 = 0.3, and x^2 = 0.3 -+ 0.1.
        let found = crossings(&|x| x * x - 0.3, 0.1);
        let [one] = found.as_slice() else { panic!("one crossing: {found:?}") };
        assert!((one.value - libm::sqrt(0.3)).abs() < 0.003 && one.rising, "{one:?}");
        let (low, high) = (one.interval.0.unwrap_or(0.0), one.interval.1.unwrap_or(0.0));
        assert!((low - libm::sqrt(0.2)).abs() < 0.004 && (high - libm::sqrt(0.4)).abs() < 0.004, "{one:?}");
        let falling = crossings(&|x| 0.3 - x * x, 0.1);
        assert!(falling.iter().all(|c| !c.rising && (c.value - one.value).abs() < 1e-6), "{falling:?}");
        let flat = crossings(&|x| x - 0.3, 0.0);
        assert!(flat.iter().all(|c| c.interval == (Some(c.value), Some(c.value))), "{flat:?}");
    }

    #[test]
    fn it_turns_nowhere_twice_or_at_an_open_end() {
        assert_eq!(crossings(&|x| 1.0 + x, 0.1), vec![]);
        let exact = crossings(&|x| x - 0.5, 0.0);
        assert_eq!(exact.iter().map(|c| c.value).collect::<Vec<_>>(), [0.5]);
        let twice = crossings(&|x| 0.2 - (x - 0.5) * (x - 0.5), 0.0);
        assert_eq!(twice.iter().map(|c| c.rising).collect::<Vec<_>>(), [true, false]);
        let open = crossings(&|x| x - 0.1, 0.2);
        assert!(open.iter().all(|c| c.interval.0.is_none() && c.interval.1.is_some()), "{open:?}");
    }

    #[test]
    fn the_chance_below() {
        assert!((chance_below(&|u| 2.0 * u, 0.5) - 0.25).abs() < 1e-9);
    }
}
