//! Everything a report of a sensitivity analysis may say, computed once, with the sentences.
//!
//! In: what an analysis came to. Out: the words of every uncertain number, how much of each spread is not knowing, and
//! the answer: with an option first where its decision turns, then which number to go and measure.

pub mod card;
pub mod named;
pub mod sentences;
pub mod titles;

use crate::experiment::run::first;
use crate::experiment::sensitivity::Sensitivity;
use crate::experiment::sensitivity::Subject;
use crate::experiment::sensitivity::drive::{self, CONFIDENCE};
use crate::experiment::sure::sure;
use crate::findings::compared::FigureShown;
use crate::findings::compared::line::Line;
use crate::findings::compared::written::Written;
use crate::findings::headline::Headline;
use crate::findings::say;
use crate::findings::settling::{Settling, settling};
use crate::stats::interval::Interval;
use crate::stats::moments::Moments;
use crate::stats::variance::{Split, share_interval};
use crate::units::Day;
use card::CardLine;
use named::Named;

/// A figure whose spread is looked into.
#[derive(Clone, Debug)]
pub struct SubjectFinding {
    /// Which.
    pub subject: Subject,
    /// What it is, inside a sentence.
    pub words: String,
    /// Its mean and standard deviation over the ordinary run.
    pub mean: Option<f64>,
    /// Standard deviation.
    pub sd: Option<f64>,
    /// Share of its variance that is not knowing, within 0 and 1, with its interval.
    pub not_knowing: Option<(f64, Option<Interval>)>,
    /// Positions of the numbers, those that matter first, the largest share first.
    pub order: Vec<usize>,
}

/// Everything a report of a sensitivity analysis may say.
#[derive(Clone, Debug)]
pub struct SensitivityFindings<'a> {
    /// What the analysis came to.
    pub found: &'a Sensitivity,
    /// Title of the scenario.
    pub title: String,
    /// First and last counted day.
    pub period: (Day, Day),
    /// The measure.
    pub figure: FigureShown,
    /// Titles of things as they are and of the option.
    pub titles: Vec<String>,
    /// The option against things as they are; none without one.
    pub line: Option<Line>,
    /// The numbers, as they are said.
    pub named: Vec<Named>,
    /// The figures looked into, the answer's own first.
    pub subjects: Vec<SubjectFinding>,
    /// The slowest lever of the option that is still settling in; none without an option.
    pub settling: Option<Settling>,
    /// The card, the weakest evidence first.
    pub card: Vec<CardLine>,
    /// The answer, sentence by sentence; the first is the answer.
    pub answer: Vec<String>,
}

impl<'a> SensitivityFindings<'a> {
    /// Computes the findings.
    pub fn new(found: &'a Sensitivity) -> Self {
        let scenario = &found.run.scenario;
        let model = &scenario.options[0].model;
        let measure = found.shown.measure;
        let headline = Headline { measure, place: found.shown.place, about: found.shown.about };
        let words = headline.words(model);
        let words = words.strip_prefix("gp ").map_or(words.clone(), |rest| format!("GP {rest}"));
        let matters = scenario.run.matters.iter().rev().find(|m| m.0 == measure.name).map(|m| m.1);
        let sure = scenario.options.iter().all(|option| sure(measure.name, &option.model));
        let figure = FigureShown { shown: found.shown, said: words.clone(), words, matters, sure, at: None };
        let titles: Vec<String> = scenario.options.iter().map(|o| o.title.clone()).collect();
        let option = found.base.option.as_ref();
        let last = model.horizon.last();
        let mut findings = Self {
            title: scenario.title.clone(),
            period: (model.horizon.start, last),
            line: option.and_then(|option| Line::new(&figure, &found.base.now, option)),
            named: found.inputs.iter().map(|input| Named::new(input, scenario)).collect(),
            subjects: (0..found.subjects.len())
                .map(|at| subject(found, at, &figure.words, &titles))
                .collect(),
            settling: scenario.options.get(1).and_then(|option| {
                settling(&option.model, Some(model), found.run.seed, &first(found.run.replications))
            }),
            card: Vec::new(),
            answer: Vec::new(),
            figure,
            titles,
            found,
        };
        findings.card = found.card.iter().map(|turn| CardLine::new(turn, &findings)).collect();
        findings.answer = sentences::answer(&findings);
        findings
    }

    /// True where every number is fixed.
    pub fn fixed(&self) -> bool {
        self.found.inputs.is_empty()
    }

    /// True where a number may be said to drive a figure: it is shown to go with it, and its share of the spread is above nought
    /// beyond doubt or moving it by itself moves the figure.
    pub fn drives(&self, subject: usize, input: usize) -> bool {
        let drive = &self.found.drives[subject][input];
        let above_nought = drive.share.is_some_and(|share| share.interval.low > 0.0);
        let bar = self.found.tornado.iter().find(|bar| bar.input == input);
        let moves = bar.and_then(|bar| bar.moves.get(subject)?.as_ref()).is_some_and(|moved| moved.told);
        drive.matters() && (above_nought || moves)
    }

    /// Mean of the answer's own figure over the years on which values are tried.
    ///
    /// None where no year has a value.
    pub fn middle(&self) -> Option<f64> {
        let mut series = self.found.base.series(self.found.subjects[0]);
        series.truncate(self.found.each);
        Moments::of(&series).mean()
    }

    /// How figures of the answer are written: to what the ordinary run knows of it.
    pub fn written(&self) -> Written {
        let half = |series: Vec<f64>| {
            crate::stats::interval::student_half_width(&Moments::of(&series), CONFIDENCE).unwrap_or(0.0)
        };
        Written::new(self.figure.shown.measure, half(self.found.base.series(self.found.subjects[0])))
    }
}

/// One figure whose spread is looked into.
///
/// Its mean and spread are over the ordinary run; the second luck is the same draws once more.
fn subject(found: &Sensitivity, at: usize, words: &str, titles: &[String]) -> SubjectFinding {
    let subject = found.subjects[at];
    let series = found.base.series(subject);
    let moments = Moments::of(&series);
    let option = || titles.get(1).map(|title| inside(title)).unwrap_or_default();
    let words = match subject {
        Subject::Difference => format!("the difference that {} makes to {words}", option()),
        Subject::Option => format!("{words} with {}", option()),
        Subject::AsNow => format!("{words} as now"),
    };
    SubjectFinding {
        subject,
        words,
        mean: moments.mean(),
        sd: moments.sd(),
        not_knowing: not_knowing(&series, &found.second.series(subject)),
        order: drive::order(&found.drives[at]),
    }
}

/// A title inside a sentence: `A shared pharmacist` becomes `a shared pharmacist`.
fn inside(title: &str) -> String {
    title.strip_prefix("A ").map_or_else(|| say::inside(title), |rest| format!("a {rest}"))
}

/// The share of a variance that is not knowing, from the same draws under two lucks.
///
/// None where nothing varies.
fn not_knowing(first: &[f64], second: &[f64]) -> Option<(f64, Option<Interval>)> {
    let pairs: Vec<(f64, f64)> = first.iter().copied().zip(second.iter().copied()).collect();
    let share = Split::of(&pairs)?.share_shown()?;
    let interval = share_interval(&pairs, CONFIDENCE);
    Some((share, interval.map(inside_one)))
}

/// An interval of a share, as it is shown.
pub fn inside_one(interval: Interval) -> Interval {
    Interval { low: interval.low.clamp(0.0, 1.0), high: interval.high.clamp(0.0, 1.0) }
}
