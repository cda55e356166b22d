//! One figure of one option against things as they are, replication by replication.
//!
//! In: a figure and its columns under as-now and the option. Out: means, paired difference, interval and
//! judgement. Interval and judgement go by the luck that reaches the figure (`stats::judgement`).

use super::{CONFIDENCE, FigureShown};
use crate::findings::say;
use crate::stats::judgement::{self, Judgement, about, judge};
use crate::stats::moments::Moments;
use crate::stats::paired::{Better, Paired, kept_differences, paired};

/// The figure of an option beside that of `as_now`.
#[derive(Clone, Debug)]
pub struct Line {
    /// Mean of `as_now`, over the years in which both have a value.
    pub as_now: f64,
    /// Mean of the option, over the same.
    pub option: f64,
    /// Option less `as_now`, year by year.
    pub paired: Paired,
    /// What the difference shows; none where neither direction is better.
    pub judgement: Option<Judgement>,
}

impl Line {
    /// Compares two columns; none where no year has both values.
    pub fn new(figure: &FigureShown, now: &[f64], option: &[f64]) -> Option<Self> {
        let pairs: Vec<(f64, f64)> = option.iter().copied().zip(now.iter().copied()).collect();
        let better = figure.shown.better();
        let mut paired = paired(&pairs, better.unwrap_or(Better::Higher), CONFIDENCE)?;
        let known: Vec<(f64, f64)> = pairs.into_iter().filter(|(x, y)| !x.is_nan() && !y.is_nan()).collect();
        let mean =
            |pick: fn(&(f64, f64)) -> f64| Moments::of(&known.iter().map(pick).collect::<Vec<_>>()).mean();
        let differences = Moments::of(&kept_differences(&known));
        // The interval by which the difference is judged stands in place of the plain one.
        paired.interval = judgement::shown(&differences, CONFIDENCE, figure.luck());
        Some(Self {
            as_now: mean(|pair| pair.1)?,
            option: mean(|pair| pair.0)?,
            judgement: better
                .map(|better| judge(&differences, better, (CONFIDENCE, figure.luck()), figure.matters)),
            paired,
        })
    }

    /// Half the width of the interval of the difference; nought where there is none.
    pub fn half_width(&self) -> f64 {
        self.paired.interval.map_or(0.0, |interval| interval.half_width())
    }
}

/// Where it would take more years than these, a difference is too small for simulation to tell, and no number is said.
pub const MOST_YEARS: u64 = 100_000;

/// So many more years, as a person says it: `about 40 more years`, `1 more year`.
pub fn more_years(more: u64, noun: &str) -> String {
    let said = say::counted(about(more) as f64, noun);
    if more == 1 { said } else { format!("about {said}") }
}

/// A judgement in a word or two, as a table shows it.
pub fn word(judgement: Judgement) -> String {
    match judgement {
        Judgement::Better => "better".into(),
        Judgement::Worse => "worse".into(),
        Judgement::NoDifferenceThatMatters => "no difference that matters".into(),
        Judgement::Same => "the same".into(),
        Judgement::CannotTell { more: Some(more) } if more > MOST_YEARS => "cannot tell: too small".into(),
        Judgement::CannotTell { more: Some(more) } => {
            format!("cannot tell yet: {} would", more_years(more, "more year"))
        }
        Judgement::CannotTell { more: None } => "cannot tell".into(),
    }
}

/// The same without the years that would tell: for a narrow column.
pub fn short_word(judgement: Judgement) -> &'static str {
    match judgement {
        Judgement::Better => "better",
        Judgement::Worse => "worse",
        Judgement::NoDifferenceThatMatters => "immaterial",
        Judgement::Same => "the same",
        Judgement::CannotTell { .. } => "cannot tell",
    }
}
