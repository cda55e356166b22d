//! A demand path that is kept: what one option's patients asked for, for the options played after it on the same luck.
//!
//! In: the demand as compiled and as drawn. Out: requests by day, practice and need, equal to the bit to what
//! [`Demand::requests`] would draw: a path is taken over only where everything that they are a function of is the
//! same. Nothing is asked of the scenario: an option that changes demand has other means, or other keys.

use super::{Demand, DemandDraw};
use crate::plan::axis::Axis;
use crate::plan::lanes::{LANES, Lanes, same};
use crate::units::Day;

/// A path, and what it is a function of besides the replications.
#[derive(Debug)]
pub struct Path<'a> {
    demand: &'a Demand,
    draw: DemandDraw,
    calendar: Calendar,
    /// `[day][practice][need]`
    requests: Vec<Lanes<u32>>,
    /// Practices, and needs of each.
    shape: (usize, usize),
}

/// The days that a path is of: dates are in every key's words, and lists begin behind the warm-up.
type Calendar = (Day, usize, usize);

fn calendar(axis: &Axis) -> Calendar {
    (axis.first, axis.warm_up, axis.days)
}

impl<'a> Path<'a> {
    /// An empty path for the option that is about to be played.
    pub fn new(demand: &'a Demand, draw: &DemandDraw, axis: &Axis, shape: (usize, usize)) -> Self {
        let requests = vec![[0; LANES]; axis.days * shape.0 * shape.1];
        Self { demand, draw: draw.clone(), calendar: calendar(axis), requests, shape }
    }

    /// True where a demand draws this very path in the first `lanes`.
    pub fn is_of(
        &self,
        demand: &Demand,
        draw: &DemandDraw,
        (axis, shape): (&Axis, (usize, usize)),
        lanes: usize,
    ) -> bool {
        (self.shape, self.calendar) == (shape, calendar(axis))
            && self.demand.same_laws(demand)
            && self.draw.same_numbers(draw, lanes)
    }

    /// Requests of a practice on a day, by need.
    pub fn at(&mut self, t: usize, practice: usize) -> &mut [Lanes<u32>] {
        let (practices, needs) = self.shape;
        &mut self.requests[(t * practices + practice) * needs..][..needs]
    }
}

impl Demand {
    /// True where the same numbers make the same requests.
    ///
    /// Of noise and panels the numbers as drawn are compared ([`DemandDraw::same_numbers`]).
    fn same_laws(&self, other: &Self) -> bool {
        let Self { factors, poisson, panel, listed, noise: _, keys, open_days: _, fixed_rates } = self;
        let panels = |list: &[(usize, _)]| list.iter().map(|(need, _)| *need).collect::<Vec<_>>();
        *poisson == other.poisson
            && panels(panel) == panels(&other.panel)
            && *fixed_rates == other.fixed_rates
            && *listed == other.listed
            && *keys == other.keys
            && *factors == other.factors
    }
}

impl DemandDraw {
    /// True where all that requests are drawn from is the same in the first `lanes`.
    ///
    /// A drawn split is a function of the means; a fixed one of the rates, which are scenario time.
    fn same_numbers(&self, other: &Self, lanes: usize) -> bool {
        let Self { factors, strength, need_mean, split: _, shape_of_noise, panel, panel_size } = self;
        same(strength, &other.strength, lanes)
            && same(need_mean, &other.need_mean, lanes)
            && same(panel, &other.panel, lanes)
            && same(panel_size, &other.panel_size, lanes)
            && shape_of_noise[..lanes] == other.shape_of_noise[..lanes]
            && factors.same_days(&other.factors, lanes)
    }
}
