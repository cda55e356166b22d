//! The progress of a run on the standard error: years done, time left, the headline so far.
//!
//! In: the years as they are played, from any thread. Out: a line on the standard error, and nothing where that is no
//! terminal. Fit: it is handed to the questions as the one who is told; no figure it shows is of the results.

use crate::experiment::headline::HeadlineAt;
use crate::quantity::number_text;
use crate::scenario::Scenario;
use crate::stats::interval::student_half_width;
use crate::stats::moments::Moments;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::sync::{Mutex, PoisonError};

/// A bar with the headline of the first option so far.
pub struct Progress {
    bar: ProgressBar,
    /// The headline in words, shown beside its mean; empty where no figure is shown.
    headline: String,
    /// Name of the option whose headline is shown; blocks of the others move the bar on.
    first: String,
    /// In the order in which blocks finish: shown, never kept.
    moments: Mutex<Moments>,
}

impl Progress {
    /// A bar over so many replications; hidden where asked, or where nobody watches (not a terminal).
    ///
    /// The headline is that of the scenario in its first option; a scenario without one shows years alone.
    pub fn new(scenario: &Scenario, replications: usize, hidden: bool) -> Self {
        let option = scenario.options.first();
        let at = option.and_then(|o| HeadlineAt::find(&scenario.run, &o.model).map(|at| at.title(&o.model)));
        Self {
            headline: at.unwrap_or_default(),
            first: option.map_or(String::new(), |o| o.name.clone()),
            ..Self::plain(replications, hidden)
        }
    }

    /// A bar that shows no figure, for questions that tell none, such as those of a post's sizes.
    pub fn plain(replications: usize, hidden: bool) -> Self {
        let target = if hidden { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        let bar = ProgressBar::with_draw_target(Some(replications as u64), target);
        // The template is fixed text; were it ever wrong, the plain bar serves.
        if let Ok(style) = ProgressStyle::with_template("{bar:24} {pos}/{len} years, {eta} left  {msg}") {
            bar.set_style(style);
        }
        let nothing = String::new;
        Self { bar, headline: nothing(), first: nothing(), moments: Mutex::new(Moments::default()) }
    }

    /// Takes in the headline of replications just done.
    ///
    /// Values that are no number count as years and leave the figure. Nothing is pushed while nobody can see it.
    pub fn told(&self, option: &str, values: &[f32]) {
        if option == self.first && !self.bar.is_hidden() {
            let mut moments = self.moments.lock().unwrap_or_else(PoisonError::into_inner);
            values.iter().for_each(|x| moments.push(f64::from(*x)));
            if let (Some(mean), Some(half)) = (moments.mean(), student_half_width(&moments, 0.95)) {
                let (mean, half) = (number_text(mean), number_text(half));
                self.bar.set_message(format!("{}: {mean} ± {half}", self.headline));
            }
        }
        self.bar.inc(values.len() as u64);
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
