//! Every mix: what it costs, what access it gives, whether it keeps to what is asked, and how it stands beside the best.

use crate::experiment::mix::race::{Contender, Out};
use crate::experiment::mix::rules::gap;
use crate::experiment::mix::{Figure, Mix, Mixed, Rows};
use crate::findings::sized::rows::Known;
use crate::stats::interval::{Interval, mean_interval, student};
use crate::stats::moments::Moments;
use crate::stats::sequential::Stands;

/// How a mix stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The best of those shown to keep to everything asked.
    Best,
    /// Shown to keep to everything, and not told from the best by more than what matters.
    Alike,
    /// Shown to be worse than the best, but by less than what matters, and not shown to fail.
    Near,
    /// Not told whether it keeps to everything; it could be better than the best.
    Borderline,
    /// Shown to be worse than another that keeps to everything.
    Worse,
    /// Shown to miss a target (its position), with the chance asked for.
    Fails(usize),
    /// Shown to cost more than the budget on average.
    OverBudget,
    /// Its cost, certain beforehand, is over the budget: never played.
    Excluded,
}

impl State {
    /// As a word that a program can read.
    pub fn word(self) -> &'static str {
        match self {
            Self::Best => "best",
            Self::Alike => "alike",
            Self::Near => "nearly_as_good",
            Self::Borderline => "borderline",
            Self::Worse => "worse",
            Self::Fails(_) => "fails",
            Self::OverBudget => "over_budget",
            Self::Excluded => "excluded_by_cost",
        }
    }
}

/// A target over the years of a mix.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Target {
    /// Share of years in which it holds.
    pub chance: Option<f64>,
    /// The interval by which it was judged.
    pub interval: Option<Interval>,
    /// Where it stands; none where it was not judged.
    pub stands: Option<Stands>,
    /// Mean share seen in time.
    pub seen: Option<f64>,
}

/// What years show of a model.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Seen {
    /// Years played.
    pub years: usize,
    /// Cost to the practices [£ a year].
    pub cost: Option<Known>,
    /// All costs [£ a year].
    pub spent: Option<f64>,
    /// Unmet requests of the counted period.
    pub unmet: Option<Known>,
    /// Mean wait [calendar days].
    pub wait: Option<Known>,
    /// The targets asked for.
    pub targets: Vec<Target>,
}

impl Seen {
    /// A figure.
    pub fn known(&self, figure: Figure) -> Option<Known> {
        match figure {
            Figure::Cost => self.cost,
            Figure::Unmet => self.unmet,
            Figure::Wait => self.wait,
            Figure::Spent | Figure::Met(_) | Figure::Seen(_) => None,
        }
    }
}

/// One mix.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Values of the numbers varied.
    pub values: Vec<f64>,
    /// What its years show.
    pub seen: Seen,
    /// How it stands.
    pub state: State,
    /// Objective more than the best's, on the years that both have; the interval that it was judged by.
    pub behind: Option<Known>,
    /// Round after which it dropped out, counted from 1; none where it stayed in.
    pub dropped: Option<usize>,
    /// Round after which it was set aside and never called back.
    pub aside: Option<usize>,
    /// Cost that was certain beforehand [£ a year].
    pub certain: Option<f64>,
    /// On the frontier of cost against access.
    pub frontier: bool,
}

/// A mean with its 95 % interval.
fn known(rows: &Rows, figure: Figure) -> Option<Known> {
    let values = rows.series(figure, 0);
    Some(Known { mean: Moments::of(&values).mean()?, interval: mean_interval(&values, 0.95) })
}

/// What years of a model show that took no part in the race; targets by the interval that judges the mixes.
pub fn plain(mixed: &Mixed, rows: &Rows) -> Seen {
    seen(mixed, rows)
}

/// What years of a mix show; targets are not judged yet.
fn seen(mixed: &Mixed, rows: &Rows) -> Seen {
    let target = |at: usize| {
        let values = rows.series(Figure::Met(at), 0);
        let moments = Moments::of(&values);
        Target {
            chance: moments.mean(),
            interval: mixed.rules.ends(mixed.contenders.len(), &mixed.rules.conditions[at], &values, false),
            stands: None,
            seen: rows.mean(Figure::Seen(at)),
        }
    };
    Seen {
        years: rows.done(),
        cost: known(rows, Figure::Cost),
        spent: rows.mean(Figure::Spent),
        unmet: known(rows, Figure::Unmet),
        wait: known(rows, Figure::Wait),
        targets: (0..mixed.plan.targets.len()).map(target).collect(),
    }
}

/// A figure of one less that of another, on the years that both have.
pub fn less(one: &Rows, other: &Rows, figure: Figure) -> Option<Known> {
    let pairs = one.series(figure, 0).into_iter().zip(other.series(figure, 0));
    let moments = Moments::of(&pairs.map(|(a, b)| a - b).collect::<Vec<f64>>());
    Some(Known { mean: moments.mean()?, interval: student(&moments, 0.95) })
}

/// The rows of all mixes.
pub fn rows(mixed: &Mixed, best: Option<usize>, frontier: &[usize]) -> Vec<Row> {
    let of = |(at, mix): (usize, &Mix)| {
        let contender = mix.contender.map(|own| &mixed.raced.contenders[own]);
        let mut seen = seen(mixed, &mix.rows);
        let stands = contender.into_iter().flat_map(|contender| &contender.stands);
        seen.targets.iter_mut().zip(stands).for_each(|(target, stands)| target.stands = *stands);
        let behind = contender.and_then(|contender| behind(mixed, contender));
        Row {
            values: mixed.plan.values(&mix.at),
            state: state(mixed, best == Some(at), contender, behind),
            behind: behind.filter(|_| best != Some(at)),
            dropped: contender.and_then(|contender| contender.out).map(|(_, round)| round),
            aside: contender.and_then(|contender| contender.aside),
            certain: mix.certain,
            frontier: frontier.contains(&at),
            seen,
        }
    };
    mixed.mixes.iter().enumerate().map(|(at, mix)| of((at, mix))).collect()
}

/// The objective more than the best's.
fn behind(mixed: &Mixed, contender: &Contender) -> Option<Known> {
    let best = &mixed.raced.contenders[mixed.raced.winner?];
    let lead = mixed.rules.lead(mixed.contenders.len(), contender, best)?;
    // The ends are skewed as luck is: the mean is not in their middle.
    let mean = -Moments::of(&gap(contender, best)).mean()?;
    Some(Known { mean, interval: Some(Interval { low: -lead.high, high: -lead.low }) })
}

/// How a mix stands: by why it dropped out, else by whether it is shown to keep to everything.
fn state(mixed: &Mixed, best: bool, contender: Option<&Contender>, behind: Option<Known>) -> State {
    let Some(contender) = contender else { return State::Excluded };
    let small = mixed
        .raced
        .winner
        .map_or(0.0, |winner| mixed.rules.small(mixed.raced.contenders[winner].objective()));
    let within = behind.and_then(|known| known.interval).is_some_and(|interval| interval.high <= small);
    match contender.out {
        _ if best => State::Best,
        Some((Out::Fails(condition), _)) if condition < mixed.plan.targets.len() => State::Fails(condition),
        Some((Out::Fails(_), _)) => State::OverBudget,
        Some((Out::Beaten(_), _)) if within => State::Near,
        Some((Out::Beaten(_), _)) => State::Worse,
        None if contender.keeps() => State::Alike,
        None => State::Borderline,
    }
}
