//! Every size tried: where it stands, how full it is, what it brings and what it costs, beside the size before it.

use super::fund::FundSeen;
use super::shows::Shows;
use crate::experiment::size::years::Figure;
use crate::experiment::size::{Sized, Step, Way};
use crate::stats::interval::{Interval, mean_interval, student_half_width};
use crate::stats::moments::Moments;
use crate::stats::sequential::Stands;

/// A mean with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Known {
    /// Mean.
    pub mean: f64,
    /// Its 95 % interval, which allows for skewness; none with fewer than ten years, or where all are alike.
    pub interval: Option<Interval>,
}

/// A load within this of 1, or within its own 95 % interval of it, is about as much as there is time for.
pub const FULL: f64 = 0.01;

/// One size.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Size.
    pub size: f64,
    /// Years played.
    pub years: usize,
    /// Of them, those without a value: nobody fell due under the target, so that the chance is of the others.
    pub without: usize,
    /// Chance that the target holds, or mean share seen in time; none where no year has a value.
    pub mean: Option<f64>,
    /// Its interval, which holds although the data decided when to stop.
    pub interval: Option<Interval>,
    /// By how much the share of requests that go unmet is smaller than as now, where that is asked for [share].
    pub fewer_unmet: Option<Known>,
    /// Where it stands.
    pub stands: Stands,
    /// What it shows.
    pub shows: Shows,
    /// Work that joined the queues of the role of the time on its roster, where the post works.
    pub load: Option<f64>,
    /// Half the 95 % interval of the load.
    pub load_half: f64,
    /// Contacts with the role in the counted period over the years that every size has, as the next two, for each unit of the size; none where other posts of the role see the
    /// same patients.
    pub gross: Option<f64>,
    /// Contacts attended, all roles together.
    pub attended: Option<f64>,
    /// Requests unmet where the target is judged.
    pub unmet: Option<f64>,
    /// Contacts more, all roles together, for each unit added since the size before.
    pub marginal: Option<Known>,
    /// The same since the smallest size tried.
    pub average: Option<Known>,
    /// All costs [£].
    pub cost: Option<f64>,
    /// Of them, what funds pay back [£].
    pub reimbursed: Option<f64>,
    /// What is left of the post's fund; below nought where it is exceeded [£].
    pub left: Option<f64>,
    /// Costs more than the size before: all, and to practices [£].
    pub dearer: Option<(f64, f64)>,
}

impl Row {
    /// True where more work is offered than there is time for, beyond what the years leave open.
    pub fn unstable(&self) -> bool {
        self.load.is_some_and(|load| load >= 1.0) && !self.full()
    }

    /// True where about as much work is offered as there is time for: whether it is more cannot be told, nor does it matter to
    /// a queue, which grows at a load of 1 too.
    pub fn full(&self) -> bool {
        self.load.is_some_and(|load| (load - 1.0).abs() <= self.load_half.max(FULL))
    }

    /// Costs that practices bear [£].
    pub fn to_practices(&self) -> Option<f64> {
        Some(self.cost? - self.reimbursed.unwrap_or(0.0))
    }
}

/// The rows of a way of sharing.
///
/// In rising order of size; the smallest has no step before it, so neither gain nor step of cost.
pub fn rows(sized: &Sized, way: &Way, fund: Option<&FundSeen>) -> Vec<Row> {
    let of = |at: usize| {
        let step = &way.steps[at];
        let before = at.checked_sub(1).map(|before| &way.steps[before]);
        let mut row = alone(sized, way, step, fund);
        row.marginal = before.and_then(|before| gained(before, step));
        row.average = before.and_then(|_| gained(&way.steps[0], step));
        row.dearer = before.and_then(|before| dearer(before, step));
        row
    };
    (0..way.steps.len()).map(of).collect()
}

/// What can be said of a size by itself.
fn alone(sized: &Sized, way: &Way, step: &Step, fund: Option<&FundSeen>) -> Row {
    let tried = &way.found.tried[&step.at];
    // What is laid beside the row above is of the same years.
    let alike = |figure| step.mean_of_first(way.shared(), figure);
    let each = |mean: f64| (step.size > 0.0 && sole(sized)).then(|| mean / step.size);
    let load = match (step.mean(Figure::Work), step.mean(Figure::Rostered)) {
        (Some(work), Some(time)) if time > 0.0 => Some(work / time),
        _ => None,
    };
    let claim = step.mean(Figure::Claim);
    Row {
        size: step.size,
        years: tried.years,
        without: step.series(Figure::Goal).iter().filter(|value| value.is_nan()).count(),
        mean: step.mean(Figure::Goal),
        interval: sized.rule.interval(step.series(Figure::Goal)),
        fewer_unmet: step.fewer_unmet.as_ref().and_then(|fewer| {
            Some(Known { mean: Moments::of(fewer).mean()?, interval: sized.rule.interval(fewer) })
        }),
        stands: tried.stands,
        shows: Shows::of(tried, way, &sized.rule),
        load,
        load_half: load_half(step, load),
        gross: alike(Figure::OfRole).and_then(each),
        attended: alike(Figure::Attended),
        unmet: alike(Figure::Unmet),
        marginal: None,
        average: None,
        cost: step.mean(Figure::Cost),
        reimbursed: step.mean(Figure::Reimbursed),
        left: fund.and_then(|fund| fund.left(claim?)),
        dearer: None,
    }
}

/// Half the interval of a ratio of means, by linearisation (Cochran, Sampling techniques, ch. 6); nought with one year.
fn load_half(step: &Step, load: Option<f64>) -> f64 {
    let (Some(load), Some(time)) = (load, step.mean(Figure::Rostered)) else { return 0.0 };
    let both = step.series(Figure::Work).iter().zip(step.series(Figure::Rostered));
    let residual: Vec<f64> = both.map(|(work, time)| work - load * time).collect();
    student_half_width(&Moments::of(&residual), 0.95).map_or(0.0, |half| half / time)
}

/// True where no other post of the role sees the same patients, so that its contacts are those of the sized post.
fn sole(sized: &Sized) -> bool {
    let model = &sized.scenario.options[sized.plan.option].model;
    let Some(post) = sized.plan.knob.post.map(|post| &model.posts[post]) else { return false };
    let seen = sized.plan.goal.works_at.practices(model);
    let shares = |other: &&crate::model::post::Post| {
        other.role == post.role && other.practices(model).iter().any(|p| seen.contains(p))
    };
    model.posts.iter().filter(shares).count() == 1
}

/// Differences of a figure, year by year.
pub(super) fn differences(before: &Step, step: &Step, figure: Figure) -> Vec<f64> {
    let pairs = before.series(figure).iter().zip(step.series(figure));
    pairs.map(|(before, now)| now - before).collect()
}

/// Contacts more for each unit added.
///
/// Sizes rise, so nothing is divided by nought. None where no year has both.
fn gained(before: &Step, step: &Step) -> Option<Known> {
    let added = step.size - before.size;
    let gained = difference(before, step, Figure::Attended)?;
    let interval = gained.interval.map(|i| Interval { low: i.low / added, high: i.high / added });
    Some(Known { mean: gained.mean / added, interval })
}

/// The first larger size at which less holds than at the one before, beyond doubt, and fewer go unmet all the same: the
/// position of the larger.
pub fn falls_with_unmet(way: &Way) -> Option<usize> {
    (1..way.steps.len()).find(|at| {
        let falls = |figure| {
            let difference = differences(&way.steps[at - 1], &way.steps[*at], figure);
            mean_interval(&difference, 0.95).is_some_and(|i| i.high < 0.0)
        };
        falls(Figure::Goal) && falls(Figure::Unmet)
    })
}

/// A figure of one size less that of another, on the years that both have.
pub fn difference(before: &Step, step: &Step, figure: Figure) -> Option<Known> {
    let difference = differences(before, step, figure);
    Some(Known { mean: Moments::of(&difference).mean()?, interval: mean_interval(&difference, 0.95) })
}

/// Costs more: all, and to practices.
fn dearer(before: &Step, step: &Step) -> Option<(f64, f64)> {
    let mean = |figure| Moments::of(&differences(before, step, figure)).mean();
    let (all, back) = (mean(Figure::Cost)?, mean(Figure::Reimbursed).unwrap_or(0.0));
    Some((all, all - back))
}
