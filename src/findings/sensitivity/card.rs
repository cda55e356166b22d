//! A line of the break-even card: where one number turns the decision, in words.
//!
//! In: the values tried of one number with the option's difference at each, and where it crosses nought. Out: the
//! line and its conditions, which the answer and `break_even.csv` read.

use super::SensitivityFindings;
use crate::experiment::sensitivity::break_even::{Crossing, Turn};
use crate::findings::say;
use crate::stats::paired::Better;

/// A line of the card.
///
/// `conditions` are in the order of the crossings that are shown; empty where none is.
#[derive(Clone, Debug, PartialEq)]
pub struct CardLine {
    /// Position of the number.
    pub input: usize,
    /// Each crossing that is shown, as a condition under which the option is not better, with the chance of it.
    pub conditions: Vec<Condition>,
    /// The line in words.
    pub said: String,
}

/// A condition under which the option is not better (with neither direction better: under which it lowers the measure).
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// The condition in words.
    pub words: String,
    /// The value at which it begins.
    pub value: f64,
    /// True where it holds below that value.
    pub below: bool,
    /// Its chance by what is known of the number, all else left aside.
    pub chance: f64,
}

impl CardLine {
    /// Says one line.
    ///
    /// The findings must hold figure and names already; card and answer are made after them.
    pub fn new(turn: &Turn, f: &SensitivityFindings<'_>) -> Self {
        let shown: Vec<&Crossing> = turn.crossings.iter().filter(|crossing| crossing.shown()).collect();
        let conditions: Vec<Condition> = shown.iter().map(|c| condition(turn, c, f)).collect();
        let named = &f.named[turn.input];
        let said = match shown.as_slice() {
            [] => nowhere(turn, f),
            all => {
                let each = all.iter().zip(&conditions).map(|(crossing, said)| turns(turn, crossing, said, f));
                let each: Vec<String> = each.collect();
                format!("{} ({}): {}.", say::capital(&named.words), named.evidence, each.join("; "))
            }
        };
        Self { input: turn.input, conditions, said }
    }
}

/// True where the option is not better below a crossing.
///
/// A difference that rises with the number is below nought under the crossing: worse where higher is better.
fn worse_below(crossing: &Crossing, f: &SensitivityFindings<'_>) -> bool {
    let higher = f.figure.shown.better() != Some(Better::Lower);
    crossing.rising == higher
}

/// The condition of one crossing, with the chance that the number lies on its side.
fn condition(turn: &Turn, crossing: &Crossing, f: &SensitivityFindings<'_>) -> Condition {
    let below = worse_below(crossing, f);
    // By the number's own law alone.
    let chance = if below { crossing.below } else { 1.0 - crossing.below };
    Condition {
        words: f.named[turn.input].condition(below, crossing.value),
        value: crossing.value,
        below,
        chance,
    }
}

/// A crossing in words: where, how surely, and how likely it is to lie beyond it.
///
/// An end of the interval that lies outside what was tried is told as the number's lowest or highest.
fn turns(turn: &Turn, crossing: &Crossing, condition: &Condition, f: &SensitivityFindings<'_>) -> String {
    let named = &f.named[turn.input];
    let end = |value: Option<f64>, open: &str| value.map_or(open.to_owned(), |value| named.value(value));
    let interval = match crossing.interval {
        (None, None) => "anywhere in its range".to_owned(),
        (low, high) => format!("{} to {}", end(low, "its lowest"), end(high, "its highest")),
    };
    let side = if condition.below { "below" } else { "above" };
    let verb = match f.figure.shown.better() {
        Some(_) => "no longer better",
        None => "lowered, not raised,",
    };
    format!(
        "{verb} {side} {} (95 % interval {interval}); it lies there with a chance of {}",
        named.value(crossing.value),
        say::percent(condition.chance)
    )
}

/// A number that is not shown to turn anything.
///
/// Three cases: nowhere told from nought, everywhere told, or told at some values.
fn nowhere(turn: &Turn, f: &SensitivityFindings<'_>) -> String {
    let named = &f.named[turn.input];
    let ends = (turn.tried.first(), turn.tried.last());
    let (Some(low), Some(high)) = ends else { return String::new() };
    // Values at which the difference is told from nought.
    let clear = turn.tried.iter().filter(|tried| tried.clear()).count();
    let range = format!("{} to {}", named.value(low.value), named.value(high.value));
    let what = match clear {
        0 => format!("at no value in its range, {range}, can the difference be told from nought"),
        n if n == turn.tried.len() => format!("turns nowhere in its range, {range}"),
        _ => format!(
            "turns nowhere in its range, {range}, though at some values the difference cannot be told from nought"
        ),
    };
    format!("{} ({}): {what}.", say::capital(&named.words), named.evidence)
}
