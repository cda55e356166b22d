//! A size while levers settle in: what it holds and how full it is once they are at full strength.
//!
//! In: what sizing came to. Out: the slowest lever, and at the size that is enough the goal and the load over years in
//! which every lever is at full strength from its first day. Those years are played: an answer is judged by years, and
//! hours on paper leave out leave, sickness and vacancy, so that a size may look wide enough on paper and be too small.
//!
//! The years are those that the search gave the answer, on the same luck, so both figures can be set beside those of the
//! curve. What a longer period would show besides (queues carried into the year) is not in them.

use super::figures::{against, asked};
use super::rows::Row;
use super::sentences::shared;
use super::steady::Queues;
use super::{SizedFindings, WaySized};
use crate::experiment::kept_years::KeptYears;
use crate::experiment::run::first;
use crate::experiment::size::Sized;
use crate::experiment::size::as_now::Now;
use crate::experiment::size::years::{Figure, Years};
use crate::findings::say;
use crate::findings::settling::{Settling, settling};
use crate::model::Model;
use crate::model::number::Number;
use crate::scenario::receivers::without_unreceived;
use crate::stats::moments::Moments;

/// Fewest and most years that are played at full strength.
const YEARS: (usize, usize) = (64, 512);

/// What holds at the size that is enough, all levers at full strength from their first day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AtFull {
    /// Chance that the target holds, or mean share seen in time, less that as now where that is asked for.
    pub goal: f64,
    /// By how much the share of requests unmet is smaller than as now, where that is asked for.
    pub fewer_unmet: Option<f64>,
    /// Work that joins the queues of the role of the time on its roster; none where no post is sized.
    pub load: Option<f64>,
    /// Years played.
    pub years: usize,
}

impl AtFull {
    /// True where more work is offered than there is time for, and queues grow of it.
    fn overloads(&self, queues: Queues) -> bool {
        queues != Queues::Held && self.load.is_some_and(|load| load > 1.0)
    }

    /// True where the size is the answer for this period only: at full strength it holds less than is asked, or its queues grow.
    pub fn fails(&self, level: f64, queues: Queues) -> bool {
        self.overloads(queues) || self.misses(level)
    }

    /// True where it holds less than is asked.
    fn misses(&self, level: f64) -> bool {
        self.goal < level || self.fewer_unmet.is_some_and(|fewer| fewer < level)
    }
}

/// The slowest lever that settles in, and what holds at full strength at the size that is enough in the first way.
///
/// As-now's levers count too: the answer is of the period, whoever pulled them. The second is none where nothing
/// settles in or no size is enough.
pub fn at_full(sized: &Sized) -> (Option<Settling>, Option<AtFull>) {
    let (plan, way) = (&sized.plan, &sized.ways[0]);
    let model = &sized.scenario.options[plan.option].model;
    let now = &sized.stated.options[0].model;
    let of = |model: &Model| settling(model, None, plan.settings.seed, &first(way.found.years.max(1)));
    // A lever of things as they are that the option drops would go on growing there.
    let found = of(model).or_else(|| sized.now.as_ref().and_then(|_| of(now)));
    let enough = way.found.enough.filter(|_| found.is_some());
    let at_full = enough.and_then(|at| {
        let years = way.found.tried[&at].years.clamp(YEARS.0, YEARS.1);
        play(sized, [model, now].map(|model| at_full_strength(model.clone())), years)
    });
    (found, at_full)
}

/// The model with every lever at full strength from its first day.
fn at_full_strength(mut model: Model) -> Model {
    model.levers.iter_mut().for_each(|lever| lever.ramp_weeks = Number::ZERO);
    model
}

/// Plays a model, and things as they are where the goal is set against them: both at full strength, else what still grows as
/// now would count for the size. None where no year has a value of the goal.
fn play(sized: &Sized, [model, now]: [Model; 2], years: usize) -> Option<AtFull> {
    let plan = &sized.plan;
    let model = model.changed_from(&now);
    let mut played = Years::new(without_unreceived(model), &plan.goal, plan.knob.post, plan.settings);
    played.upto(years, &KeptYears::none(), &|_| {});
    let mean = |figure| Moments::of(&played.series(figure)).mean();
    let against = Now::over(plan, &now, years).map(|now| now.against(&played));
    let (goal, fewer_unmet) = match against {
        None => (mean(Figure::Goal)?, None),
        Some((goal, fewer)) => (Moments::of(&goal).mean()?, Moments::of(&fewer).mean()),
    };
    let load = match (mean(Figure::Work), mean(Figure::Rostered)) {
        (Some(work), Some(time)) if time > 0.0 => Some(work / time),
        _ => None,
    };
    Some(AtFull { goal, fewer_unmet, load, years })
}

/// That the period is one of settling in, and what holds at the answer afterwards: straight after the answer.
pub fn said(f: &SizedFindings) -> Option<String> {
    let settling = f.settling.as_ref()?.aside(None);
    let after = f.ways.first().and_then(|way| after(f, way, way.enough()?));
    Some([Some(settling), after].into_iter().flatten().collect::<Vec<String>>().join(" "))
}

/// What holds at full strength at the size that is enough.
fn after(f: &SizedFindings, way: &WaySized, row: &Row) -> Option<String> {
    let full = f.at_full?;
    let goal = say::percent(full.goal);
    let holds = match (f.goal.chance, f.goal.now) {
        (true, _) => format!("the target holds in {goal} of {}", say::futures(f.fixed)),
        (false, None) => format!("the mean share seen in time is {goal}"),
        (false, Some(_)) => format!(
            "the mean share seen in time is {} now, at full strength too, and that of requests unmet {} now",
            against(full.goal),
            against(-full.fewer_unmet.unwrap_or(0.0))
        ),
    };
    let load = full.load.map_or(String::new(), |load| {
        let load_said = say::percent(load);
        match load > 1.0 {
            true => format!("more work is offered than there is time for ({load_said}), and "),
            false => format!("the work offered is {load_said} of the time there is, and "),
        }
    });
    let size = format!("{}{}", f.size(row.size), shared(way));
    let verdict = match (full.overloads(f.queues), full.misses(f.goal.level)) {
        (false, false) => String::new(),
        (_, true) => {
            format!(", where {}: {size} is the answer for this period only, and too few after it", asked(f))
        }
        (true, false) => {
            let grow =
                if f.queues == Queues::Grow { "without end after it" } else { "until people leave unseen" };
            format!(": {size} is the answer for this period only, as queues grow {grow}")
        }
    };
    let years = say::counted(full.years as f64, "year");
    Some(format!("At full strength from the first day ({years}), at {size} {load}{holds}{verdict}."))
}
