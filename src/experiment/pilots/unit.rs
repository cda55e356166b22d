//! In what an effect is counted, and how it turns into 1,000 weighted patients a week.
//!
//! In: a pilot with its scenario. Out: [`Units`]. Fit: months, prediction and power are all told in these, so that a
//! claim and a published effect stand beside a simulated one. A unit that the model cannot give leaves the pilot
//! without a prediction.

use super::open_days::{Grows, OpenDays};
use crate::experiment::headline::HeadlineAt;
use crate::experiment::shown::Shown;
use crate::model::Model;
use crate::model::post::Capacity;
use crate::outcome::columns::Place;
use crate::outcome::measure::{Grain, Measure, by_name};
use crate::scenario::OptionModel;
use crate::scenario::pilots::{Month, Per, Pilot, Seen};
use std::ops::Range;

/// Measures of a day rather than of a period: they do not grow with its length.
///
/// Names of the measures table in docs/model.md.
const STOCKS: [&str; 3] = ["backlog_end", "opening_backlog", "worst_week_backlog"];

/// How effects of a pilot are counted.
///
/// A published effect states its own `per`; months are counted in weeks and in practices or patients.
#[derive(Clone, Debug)]
pub struct Units {
    /// The measure, as things are.
    pub shown: Shown,
    /// For what its effect is stated.
    pub per: Per,
    /// For what the effects of single practices, and of the power, are stated: `Whole`, `PracticeWeek`, `ThousandWeek`.
    pub months: Per,
    /// True where it is counted over time (requests, hours, pounds) and so divided by it, false for shares, means and
    /// numbers of a day.
    pub flow: bool,
    /// Practices of the place, in the order of the model.
    pub practices: Vec<usize>,
    /// Their names in the file.
    pub names: Vec<String>,
    /// Weighted list of each [patients], at its mean where it is uncertain; in the order of
    /// `practices`.
    pub lists: Vec<f64>,
    /// Counted period [weeks].
    pub weeks: f64,
    /// Whole-time equivalents that the option adds, of posts that are only in it.
    pub wte: f64,
    /// True where no practice weighs by its list: months are compared practice by practice, and an effect is the mean
    /// over practices, not over patients.
    pub by_practice: bool,
    /// Open days of the practices: what a month is divided by.
    pub open: OpenDays,
}

impl Units {
    /// The units of a pilot; none where the model does not have its measure.
    pub fn of(pilot: &Pilot) -> Option<Self> {
        let simulated = pilot.simulated.as_ref()?;
        let now = &simulated.as_now().model;
        let run = crate::model::target::RunSettings {
            headline: Some(simulated.measure.clone()),
            ..simulated.scenario.run.clone()
        };
        let at = HeadlineAt::find(&run, now)?;
        let shown = Shown { measure: by_name(at.measure)?, place: at.place, about: at.about };
        let flow = flow(shown.measure);
        let practices = at.place.practices(now);
        let lists: Vec<f64> =
            practices.iter().map(|p| now.inputs.mean(now.practices[*p].weighted_list)).collect();
        let (per, by_practice) = match &pilot.seen {
            Some(Seen::Published(published)) => (published.per, false),
            Some(Seen::Series(series)) if flow && series.weighted() => (Per::ThousandWeek, true),
            Some(Seen::Series(_)) if flow => (Per::PracticeWeek, true),
            Some(Seen::Series(_)) => (Per::Whole, true),
            None if flow => (Per::ThousandWeek, false),
            None => (Per::Whole, false),
        };
        let months = match per {
            _ if !flow => Per::Whole,
            Per::PracticeWeek => Per::PracticeWeek,
            _ => Per::ThousandWeek,
        };
        let weeks = now.horizon.days as f64 / 7.0;
        let wte = added_wte(now, simulated.done());
        let open = OpenDays::new(now, Grows::of(shown.measure, flow), &practices, compared(pilot, now));
        let names = practices.iter().map(|p| now.practices[*p].name.clone()).collect();
        Some(Self { names, shown, per, months, flow, practices, lists, weeks, wte, by_practice, open })
    }

    /// A count of some days of a practice as that of a week, for 1,000 weighted patients where months are told so.
    ///
    /// `weeks` are the open weeks of those days. A rate stays for its list, and what is no count stays as it is.
    pub fn a_week(&self, count: f64, weeks: f64, list: f64) -> f64 {
        match self.months {
            _ if self.open.grows == Grows::Nothing => count,
            Per::ThousandWeek => 1000.0 * count / (list * weeks),
            _ => count / weeks,
        }
    }

    /// The weighted list of the place [patients].
    pub fn list(&self) -> f64 {
        self.lists.iter().sum()
    }

    /// By what a whole effect is multiplied; none where it is for each request redirected, or nothing to divide by.
    pub fn factor(&self) -> Option<f64> {
        let factor = match self.per {
            Per::Whole => 1.0,
            Per::PracticeWeek => 1.0 / (self.weeks * self.practices.len() as f64),
            Per::ThousandWeek => 1000.0 / (self.weeks * self.list()),
            Per::WteWeek => 1.0 / (self.weeks * self.wte),
            Per::Redirected => return None,
        };
        factor.is_finite().then_some(factor)
    }

    /// By what a practice's whole effect is multiplied, in the unit of months.
    pub fn practice_factor(&self, at: usize) -> f64 {
        match self.months {
            Per::PracticeWeek => 1.0 / self.weeks,
            Per::ThousandWeek => 1000.0 / (self.weeks * self.lists[at]),
            _ => 1.0,
        }
    }

    /// The same effect for 1,000 weighted patients and week; none for shares, means, and what is for each redirected.
    ///
    /// Of what is for each redirected there is no week to tell it for.
    pub fn thousand_week(&self, effect: f64) -> Option<f64> {
        let factor = self.factor().filter(|_| self.flow)?;
        Some(effect / factor * 1000.0 / (self.weeks * self.list()))
    }
}

/// The months that are compared: those of the pilot, and those that are simulated for its power.
///
/// At least the month in which the scenario starts.
fn compared(pilot: &Pilot, now: &Model) -> Range<Month> {
    let start = Month::of(now.horizon.start).0;
    let (mut first, mut last) = (start, start + 1);
    if let Some(stated) = pilot.stated {
        (first, last) = (start - stated.months_before as i32, last + stated.months_after as i32);
    }
    if let (Some(Seen::Series(series)), Some(began)) = (&pilot.seen, pilot.started) {
        let began = Month::of(began).0;
        for month in series.values.iter().map(|value| value.month.0) {
            // As observed, and as far from the start of the scenario.
            (first, last) = (first.min(month), last.max(month + 1));
            (first, last) = (first.min(start + month - began - 1), last.max(start + month - began + 2));
        }
    }
    Month(first)..Month(last)
}

/// True for what is counted over time.
///
/// What is a number of a day (a backlog) or a share does not grow with the length of the period.
fn flow(measure: &Measure) -> bool {
    let counted = matches!(measure.unit, "requests" | "contacts" | "hours" | "sessions" | "£");
    counted && matches!(measure.grain, Grain::Need | Grain::Place) && !STOCKS.contains(&measure.name)
}

/// Whole-time equivalents of the posts that an option adds: those whose names as-now does not have.
fn added_wte(now: &Model, done: &OptionModel) -> f64 {
    let fresh = done.model.posts.iter().filter(|post| !now.posts.iter().any(|known| known.name == post.name));
    let wte = |post: &crate::model::post::Post| match &post.capacity {
        Capacity::People(staffing) => done.model.inputs.mean(staffing.wte),
        Capacity::Plain(_) => 0.0,
    };
    fresh.map(wte).sum()
}

/// The same figure of one practice.
pub fn of_practice(shown: &Shown, practice: usize) -> Shown {
    Shown { place: Place::Practice(practice), ..*shown }
}
