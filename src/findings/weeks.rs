//! Figures by week: what a role was asked for against its roster, and how busy each post was.
//!
//! In: probed replications, or the exact weekly sums of an outcome. Out: data of two plots, by whole weeks of the
//! counted period.

use super::probe::Probed;
use super::shortfall::whole_weeks;
use crate::model::Model;
use crate::outcome::Outcome;
use crate::outcome::columns::{About, Place};
use crate::outcome::sums::{OFFERED, USED};
use crate::scenario::OptionModel;
use crate::stats::moments::Moments;
use crate::stats::quantile::percentile;
use crate::units::Day;

/// Mean and range over simulated years of one week.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Week {
    /// Mean.
    pub mean: f64,
    /// P5 over simulated years.
    pub p5: f64,
    /// P95 over simulated years.
    pub p95: f64,
}

/// Demand against capacity of one role.
#[derive(Clone, Debug)]
pub struct DemandAndCapacity {
    /// Role.
    pub role: String,
    /// First counted day.
    pub start: Day,
    /// Appointment hours asked for, by week.
    pub wanted: Vec<Week>,
    /// Appointment hours on the roster, by week.
    pub rostered: Vec<Week>,
    /// True where several practices are taken together: one may be short while another has time to spare.
    pub together: bool,
}

impl DemandAndCapacity {
    /// Of a role over probed replications.
    pub fn new(model: &Model, probed: &[Probed], role: usize) -> Self {
        let weeks = |of: &dyn Fn(&Probed) -> &[f64]| -> Vec<Week> {
            (0..whole_weeks(model))
                .map(|w| week(&probed.iter().map(|p| of(p)[w] / 60.0).collect::<Vec<_>>()))
                .collect()
        };
        Self {
            role: model.roles[role].title.clone(),
            start: model.horizon.start,
            wanted: weeks(&|p| &p.wanted[role]),
            rostered: weeks(&|p| &p.rostered[role]),
            together: model.practices.len() > 1,
        }
    }

    /// Weeks in which the mean asked for exceeds the mean roster.
    pub fn weeks_over(&self) -> usize {
        self.wanted.iter().zip(&self.rostered).filter(|(w, r)| w.mean > r.mean).count()
    }
}

/// Mean and range of one week; NaN of a range without a value.
fn week(values: &[f64]) -> Week {
    let at = |p| percentile(values, p).unwrap_or(f64::NAN);
    let mean = values.iter().sum::<f64>() / values.len().max(1) as f64;
    Week { mean, p5: at(0.05), p95: at(0.95) }
}

/// Utilisation by post and week.
#[derive(Clone, Debug)]
pub struct Utilisation {
    /// First counted day.
    pub start: Day,
    /// Posts of as-now, in order.
    pub posts: Vec<Busy>,
    /// Posts that an option adds.
    pub added: Vec<Busy>,
}

/// How busy a post is.
#[derive(Clone, Debug)]
pub struct Busy {
    /// Role and base; the option, where it adds the post.
    pub post: String,
    /// Mean used of mean rostered minutes, by week; NaN where nothing was rostered.
    pub share: Vec<f64>,
    /// The same over the whole period; of a post that is alone in its role the role's own utilisation, so that picture
    /// and table say the same: the mean over simulated years of each year's share.
    pub whole: f64,
}

impl Utilisation {
    /// From the exact weekly sums of as-now and of the options beside it.
    ///
    /// Posts that are never rostered are left out.
    pub fn new(model: &Model, outcome: &Outcome, options: &[(&OptionModel, &Outcome)]) -> Self {
        let old = |name: &str| model.posts.iter().any(|p| p.name == name);
        let mut added = Vec::new();
        for (option, outcome) in options {
            let other = &option.model;
            let new = (0..other.posts.len()).filter(|&p| !old(&other.posts[p].name));
            added.extend(new.filter_map(|p| {
                let busy = busy(other, outcome, p)?;
                // Where there are several of a role at a base, the title of the post says which.
                let alone = !busy.post.ends_with(&format!("({})", other.posts[p].title));
                let post = if alone { &busy.post } else { &other.posts[p].title };
                Some(Busy { post: format!("{post} ({})", option.title), ..busy })
            }));
        }
        let posts = (0..model.posts.len()).filter_map(|p| busy(model, outcome, p)).collect();
        Self { start: model.horizon.start, posts, added }
    }
}

/// The utilisation of the role of a post, where the post is the only one of its role; none where it is not kept.
fn of_role(model: &Model, outcome: &Outcome, post: usize) -> Option<f64> {
    let role = model.posts[post].role;
    let alone = model.posts.iter().filter(|other| other.role == role).count() == 1;
    let series = outcome.series("utilisation", Place::All, About::Role(role)).filter(|_| alone)?;
    let known: Vec<f64> = series.into_iter().filter(|share| !share.is_nan()).collect();
    Moments::of(&known).mean()
}

/// Appointment minutes that a post offers over the counted period, on average.
pub fn offered(model: &Model, outcome: &Outcome, post: usize) -> f64 {
    sum(model, outcome, post, OFFERED)
}

/// Used of them; none where it is never rostered. See [`Busy::whole`].
pub fn used(model: &Model, outcome: &Outcome, post: usize) -> Option<f64> {
    let offered = offered(model, outcome, post);
    let ratio = || sum(model, outcome, post, USED) / offered;
    (offered > 0.0).then(|| of_role(model, outcome, post).unwrap_or_else(ratio))
}

/// Mean minutes of a post in a week.
fn mean(outcome: &Outcome, post: usize, week: usize, figure: usize) -> f64 {
    outcome.sums.post_week(post, week, figure).mean().unwrap_or(0.0)
}

/// Mean minutes of a post over all whole weeks.
fn sum(model: &Model, outcome: &Outcome, post: usize, figure: usize) -> f64 {
    (0..whole_weeks(model)).map(|week| mean(outcome, post, week, figure)).sum()
}

/// A post's weeks; none where it is never rostered.
fn busy(model: &Model, outcome: &Outcome, post: usize) -> Option<Busy> {
    let share = |week| {
        let offered = mean(outcome, post, week, OFFERED);
        if offered > 0.0 { mean(outcome, post, week, USED) / offered } else { f64::NAN }
    };
    Some(Busy {
        whole: used(model, outcome, post)?,
        post: super::staffing::post_label(model, post),
        share: (0..whole_weeks(model)).map(share).collect(),
    })
}
