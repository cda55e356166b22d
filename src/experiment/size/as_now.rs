//! Things as they are, which a size has to reach: the same years, played as far as the sizes are.
//!
//! In: a plan that asks for no less than now, and the model as now. Out: where a size stands: its share seen in time less
//! that of the same year as now, and its share of requests that go unmet against that of the same year. Both may be no
//! worse: a post may help those whom the target is of and lose more of the others. Same luck in both years, so differences
//! are known far better than either share.

use super::search::Look;
use super::years::{Figure, Years};
use super::{Goal, Now, Plan, Unfit};
use crate::experiment::kept_years::KeptYears;
use crate::experiment::named;
use crate::model::Model;
use crate::outcome::columns::Place;
use crate::scenario::receivers::without_unreceived;
use crate::stats::sequential::Sequential;

/// Where things as they are have the target and the place of a goal: an option may have others beside them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct There {
    /// The target, in the model as now.
    pub target: usize,
    /// For whom it is judged.
    pub place: Place,
}

impl There {
    /// Finds target and place of an option's model by their names.
    ///
    /// # Errors
    ///
    /// Where things as they are have no such target or place: nothing could be held against them.
    pub fn find(model: &Model, (target, place): (usize, Place), now: &Model) -> Result<Self, Unfit> {
        let lacks = |what: String| {
            Unfit::new(
                format!("things as they are have no {what}, so no size can be set against them"),
                "ask for a chance (--chance) or the target's own share (--mean)",
            )
        };
        let name = &model.targets[target].name;
        let address = match place {
            Place::All => "all".to_owned(),
            place => format!("{}.{}", place.scope(), place.name(model)),
        };
        Ok(Self {
            target: named::target(now, Some(name)).map_err(|_| lacks(format!("target `{name}`")))?,
            place: named::place(now, &address).map_err(|_| lacks(address.clone()))?,
        })
    }
}

/// The years as now; none where a level is asked for.
pub(super) struct AsNow(Option<Years>);

impl AsNow {
    /// Compiles them.
    pub fn new(plan: &Plan, now: &Model) -> Self {
        let years = |there: There| {
            let goal = Goal { target: there.target, place: there.place, works_at: there.place, ..plan.goal };
            Years::new(without_unreceived(now.clone()), &goal, None, plan.settings)
        };
        Self(plan.goal.as_now.map(years))
    }

    /// What the years of a size show; as many are played as now where these have to be reached.
    pub fn look(
        &mut self,
        rule: &Sequential,
        size: &Years,
        (kept, told): (&KeptYears, &(dyn Fn(usize) + Sync)),
    ) -> Look {
        if let Some(now) = &mut self.0 {
            now.upto(size.done(), kept, told);
        }
        let look = Look::of(rule, &self.goal(size));
        self.fewer_unmet(size).map_or(look, |fewer| look.and(Look::of(rule, &fewer)))
    }

    /// A size's goal, year by year: as it is where a level is asked for, else less that of the same year as now. A year
    /// in which either has no value has none.
    pub fn goal(&self, size: &Years) -> Vec<f64> {
        let of_size = size.series(Figure::Goal);
        match &self.0 {
            Some(now) => differences(&now.series(Figure::Goal), &of_size),
            None => of_size,
        }
    }

    /// By how much the share of requests that go unmet is smaller at a size than as now, year by year.
    pub fn fewer_unmet(&self, size: &Years) -> Option<Vec<f64>> {
        self.0.as_ref().map(|now| differences(&unmet(size), &unmet(now)))
    }

    /// Things as they are in the years played; none where a level is asked for.
    pub fn known(&self) -> Option<Now> {
        self.0.as_ref().map(|now| Now { in_time: now.series(Figure::Goal), unmet: unmet(now) })
    }
}

/// The share of requests that go unmet, year by year; no value in a year in which nobody asks.
pub fn unmet(of: &Years) -> Vec<f64> {
    let both = of.series(Figure::Unmet).into_iter().zip(of.series(Figure::Requests));
    both.map(|(unmet, requests)| if requests > 0.0 { unmet / requests } else { f64::NAN }).collect()
}

/// Year by year, over the years that both have.
fn differences(less: &[f64], of: &[f64]) -> Vec<f64> {
    of.iter().zip(less).map(|(of, less)| of - less).collect()
}
