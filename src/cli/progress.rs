//! The progress of a run on the standard error: years done, time left, the headline so far.
//!
//! In: the years as they are played, from any thread. Out: a line on the standard error, and nothing where that is no
//! terminal; it is never wider than the terminal. Fit: it is handed to the questions as the one who is told; no figure it shows is of the results.

use crate::experiment::headline::HeadlineAt;
use crate::quantity::number_text;
use crate::scenario::Scenario;
use crate::stats::interval::student_half_width;
use crate::stats::moments::Moments;
use indicatif::{HumanDuration, ProgressBar, ProgressDrawTarget, ProgressStyle};
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
        Self::on(target, replications)
    }

    /// A bar on a terminal.
    fn on(target: ProgressDrawTarget, replications: usize) -> Self {
        let bar = ProgressBar::with_draw_target(Some(replications as u64), target);
        // All of the line is its message, which is cut to the width of the terminal. The template is fixed text; were it ever
        // wrong, the plain bar serves.
        if let Ok(style) = ProgressStyle::with_template("{wide_msg}") {
            bar.set_style(style);
        }
        let nothing = String::new;
        Self { bar, headline: nothing(), first: nothing(), moments: Mutex::new(Moments::default()) }
    }

    /// Takes in the headline of replications just done.
    ///
    /// Values that are no number count as years and leave the figure. Nothing is pushed while nobody can see it.
    pub fn told(&self, option: &str, values: &[f32]) {
        self.bar.inc(values.len() as u64);
        if self.bar.is_hidden() {
            return;
        }
        let mut moments = self.moments.lock().unwrap_or_else(PoisonError::into_inner);
        if option == self.first {
            values.iter().for_each(|x| moments.push(f64::from(*x)));
        }
        let (done, all) = (self.bar.position(), self.bar.length().unwrap_or_default());
        let figure = match (moments.mean(), student_half_width(&moments, 0.95)) {
            (Some(mean), Some(half)) if !self.headline.is_empty() => {
                format!("{} ± {}  {}", number_text(mean), number_text(half), self.headline)
            }
            _ => strip(done, all),
        };
        let left = HumanDuration(self.bar.eta());
        self.bar.set_message(format!("{done}/{all} years, {left:#} left  {figure}"));
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

/// How far it is, as a strip: shown where there is no figure.
fn strip(done: u64, all: u64) -> String {
    let full = (done.min(all) * STRIP / all.max(1)) as usize;
    "█".repeat(full) + &"░".repeat(STRIP as usize - full)
}

/// Letters of the strip.
const STRIP: u64 = 24;

#[cfg(test)]
mod tests {
    use super::*;
    use std::io;
    use std::sync::Arc;

    /// A terminal of some width that keeps what is written to it.
    #[derive(Debug)]
    struct Narrow(u16, Arc<Mutex<Vec<String>>>);

    impl indicatif::TermLike for Narrow {
        fn width(&self) -> u16 {
            self.0
        }
        fn move_cursor_up(&self, _: usize) -> io::Result<()> {
            Ok(())
        }
        fn move_cursor_down(&self, _: usize) -> io::Result<()> {
            Ok(())
        }
        fn move_cursor_right(&self, _: usize) -> io::Result<()> {
            Ok(())
        }
        fn move_cursor_left(&self, _: usize) -> io::Result<()> {
            Ok(())
        }
        fn write_line(&self, line: &str) -> io::Result<()> {
            self.write_str(line)
        }
        fn write_str(&self, text: &str) -> io::Result<()> {
            self.1.lock().unwrap_or_else(PoisonError::into_inner).push(text.to_owned());
            Ok(())
        }
        fn clear_line(&self) -> io::Result<()> {
            Ok(())
        }
        fn flush(&self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn the_line_is_never_wider_than_the_terminal() {
        for width in [30, 60, 80, 200] {
            let lines = Arc::new(Mutex::new(Vec::new()));
            let target = ProgressDrawTarget::term_like(Box::new(Narrow(width, Arc::clone(&lines))));
            let headline = "seen within target, Routine within fourteen days, the whole network of five";
            let progress = Progress { headline: headline.into(), ..Progress::on(target, 1_000_000) };
            (0..40).for_each(|n| progress.told("", &[0.5 + n as f32, 0.25]));
            let lines = lines.lock().unwrap_or_else(PoisonError::into_inner);
            assert!(lines.iter().any(|line| line.contains("/1000000 years, ")), "{lines:?}");
            let widest = lines.iter().map(|line| line.trim_end().chars().count()).max();
            assert!(widest <= Some(usize::from(width)), "{width}: {lines:?}");
        }
    }

    #[test]
    fn a_strip_is_full_at_the_end() {
        assert_eq!(strip(0, 0), "░".repeat(24));
        assert_eq!(strip(7, 7), "█".repeat(24));
        assert!(strip(9, 7) == strip(7, 7) && strip(1, 2).starts_with("████████████░"));
    }
}
