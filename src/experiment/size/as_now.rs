//! Things as they are, which a size has to reach: the same years, played as far as the sizes are.
//!
//! In: a plan that asks for no less than now, and the model as now. Out: where a size stands: its share seen in time less
//! that of the same year as now, and its share of requests that go unmet against that of the same year. Both may be no
//! worse: a post may help those whom the target is of and lose more of the others. Same luck in both years, so differences
//! are known far better than either share.

use super::search::Tried;
use super::years::{Figure, Years};
use super::{Goal, Plan, Unfit};
use crate::experiment::kept_years::KeptYears;
use crate::experiment::named;
use crate::model::Model;
use crate::model::target::Target;
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
        let own = named::target(now, Some(name)).map_err(|_| lacks(format!("target `{name}`")))?;
        let (there, here) = (&now.targets[own], &model.targets[target]);
        let asks = |model: &Model, of: &Target| {
            format!("{} within {} days", model.needs[of.need].name, of.within_days)
        };
        if asks(now, there) != asks(model, here) {
            return Err(Unfit::new(
                format!(
                    "target `{name}` is {} in the option and {} as now: shares of different things cannot be set against each other",
                    asks(model, here),
                    asks(now, there)
                ),
                "give the option's target a name of its own, state it as now too, and name it with --target",
            ));
        }
        Ok(Self { target: own, place: named::place(now, &address).map_err(|_| lacks(address.clone()))? })
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
    pub fn tried(
        &mut self,
        rule: &Sequential,
        size: &Years,
        (kept, told): (&KeptYears, &(dyn Fn(usize) + Sync)),
    ) -> Tried {
        if let Some(now) = &mut self.0 {
            now.upto(size.done(), kept, told);
        }
        let (goal, fewer_unmet) = self.judged(size);
        let tried = Tried::of(rule, &goal);
        fewer_unmet.map_or(tried, |fewer| tried.and(Tried::of(rule, &fewer)))
    }

    /// By what a size is judged, year by year: its goal as it is where a level is asked for; else both of [`Now::against`].
    pub fn judged(&self, size: &Years) -> (Vec<f64>, Option<Vec<f64>>) {
        match self.known() {
            None => (size.series(Figure::Goal), None),
            Some(now) => {
                let (goal, fewer_unmet) = now.against(size);
                (goal, Some(fewer_unmet))
            }
        }
    }

    /// Things as they are in the years played; none where a level is asked for.
    pub fn known(&self) -> Option<Now> {
        self.0.as_ref().map(|now| Now { in_time: now.series(Figure::Goal), unmet: unmet(now) })
    }
}

/// Things as they are, year by year [share].
#[derive(Clone, Debug)]
pub struct Now {
    /// Seen in time, of those due under the target.
    pub in_time: Vec<f64>,
    /// Unmet, of all requests where the target is judged; no value in a year in which nobody asks.
    pub unmet: Vec<f64>,
}

impl Now {
    /// Plays so many years of things as they are, or of what becomes of them (`now`); none where a level is asked for.
    pub fn over(plan: &Plan, now: &Model, years: usize) -> Option<Self> {
        let mut played = AsNow::new(plan, now);
        played.0.as_mut()?.upto(years, &KeptYears::none(), &|_| {});
        played.known()
    }

    /// By how much more is seen in time with other staff, and by how much fewer of the requests go unmet, in each year that
    /// both have. A year in which either has no value has none.
    pub fn against(&self, other: &Years) -> (Vec<f64>, Vec<f64>) {
        let less = |of: &[f64], less: &[f64]| of.iter().zip(less).map(|(of, less)| of - less).collect();
        (less(&other.series(Figure::Goal), &self.in_time), less(&self.unmet, &unmet(other)))
    }
}

/// The share of requests that go unmet, year by year.
fn unmet(of: &Years) -> Vec<f64> {
    let both = of.series(Figure::Unmet).into_iter().zip(of.series(Figure::Requests));
    both.map(|(unmet, requests)| if requests > 0.0 { unmet / requests } else { f64::NAN }).collect()
}
