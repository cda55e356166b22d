//! What a pilot of this size, length and number of practices can show, by simulation.
//!
//! In: simulated months as things are, laid out as the pilot's months are, and how the predicted effect differs between
//! practices. Each simulated pilot is put through the same regression as the observed months. Out: how often an effect
//! of any size would be shown (interval wholly on its side of nought), how often no effect at all would be, and the
//! smallest effect that is shown in four of five pilots. An effect that is the same in all months shifts the estimate
//! by itself and leaves its error, so one analysis of each simulated pilot serves every size of effect.
//!
//! Cost: the months of the pilot, once for each simulated pilot; one regression a pilot over a design that is laid out
//! once. Fit: the report asks this of a planned pilot, so it runs whether or not months were observed.

use super::layout::{Adjusted, Cell, Layout};
use super::predict::Predicted;
use super::unit::Units;
use super::{NoPower, months};
use crate::experiment::run::{Settings, Told};
use crate::plan::lanes::Replication;
use crate::scenario::pilots::{Pilot, Seen, Simulated};
use crate::stats::interval::{Interval, wilson};
use crate::stats::moments::Moments;
use crate::stats::panel::Estimate;
use crate::stats::quantile::percentile;
use crate::stats::student::student_t_quantile;

/// A pilot that shows an effect of this size so often (0 to 1) can tell it.
///
/// Four of five is the usual power that a study is planned to have.
pub const ENOUGH: f64 = 0.8;
/// Confidence of the interval by which an effect is shown, 0 to 1.
pub const CONFIDENCE: f64 = 0.95;
/// Points of the curve, from nought to beyond what is asked.
const POINTS: usize = 31;

/// Power at one size of effect.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// The effect, in the unit of months.
    pub effect: f64,
    /// Share of simulated pilots that show it.
    pub share: f64,
    /// Wilson's interval of that share.
    pub interval: Interval,
}

/// What a pilot can show.
#[derive(Clone, Debug)]
pub struct Power {
    /// Practices that do it, and controls.
    pub practices: (usize, usize),
    /// Months before and after.
    pub months: (usize, usize),
    /// What is taken into account.
    pub adjusted: Adjusted,
    /// Degrees of freedom.
    pub df: f64,
    /// Mean predicted effect, in the unit of months.
    pub predicted: f64,
    /// Power at the predicted effect.
    pub at_predicted: Point,
    /// Power at the effect that was hoped for; none where none is stated in the unit of months.
    pub at_claim: Option<Point>,
    /// Share of pilots without any effect that show one, in either direction; more than the promised 0.05 would say
    /// that the intervals of this design are too short.
    pub false_alarms: Point,
    /// The smallest effect on the predicted side that is shown in four of five pilots.
    pub detectable: f64,
    /// The curve, from nought.
    pub curve: Vec<Point>,
    /// Simulated pilots.
    pub pilots: usize,
    /// Middle standard error of a simulated pilot, in the unit of months.
    pub error: f64,
}

/// Replications that the power of a pilot takes at most, as far as can be told before its months are read.
///
/// [years] A pilot of more practices than the place has needs a further year for each lot of them.
pub fn replications(pilot: &Pilot, pilots: usize) -> usize {
    let Some(simulated) = &pilot.simulated else { return 0 };
    let practices = match (&pilot.seen, &pilot.stated) {
        (Some(Seen::Series(series)), _) => series.practices.len(),
        (_, Some(stated)) => stated.practices.unwrap_or(1) + stated.controls,
        _ => return 0,
    };
    pilots * practices.div_ceil(simulated.as_now().model.practices.len())
}

/// Works out the power of a layout.
///
/// `claim` is the effect that was hoped for, in the unit of months; none where it is stated in another unit.
///
/// # Errors
///
/// [`NoPower::NoMonths`] where the model does not keep the measure; [`NoPower::NoEstimate`] where the design cannot be
/// analysed.
pub fn power(
    simulated: &Simulated,
    units: &Units,
    (layout, predicted, claim): (&Layout, &Predicted, Option<f64>),
    (pilots, settings): (usize, Settings),
    told: Told<'_>,
) -> Result<Power, NoPower> {
    let model = &simulated.as_now().model;
    if !months::keeps(model, &units.shown) {
        return Err(NoPower::NoMonths);
    }
    let (span, first_after) = (layout.span(), layout.start.0);
    let dates = months::around(model, span);
    let month_of = |cell: &Cell| (cell.month.0 - first_after + span.0 as i32) as usize;
    // A month in which a practice is never open has no count that could be compared.
    let open = |cell: &Cell| {
        let at = cell.practice % units.practices.len();
        !units.open.grows.with_open_days() || units.open.month(Some(at), dates[month_of(cell)]) > 0.0
    };
    let cells = layout.cells.iter().filter(|cell| open(cell)).copied().collect();
    let layout = &Layout { cells, ..layout.clone() };
    let panel = layout.panel().ok_or(NoPower::NoEstimate)?;
    let each = layout.control.len().div_ceil(units.practices.len());
    // Every pilot gets years of its own, so that pilots are independent of each other. Practices beyond the place have luck of their
    // own, but share with the others what is not known of the world, such as its growth, and what happens to all at once.
    let year = |at: usize| {
        let pilot = (at / each) as u64;
        Replication { shared: pilot, ..Replication::new(pilot, at as u64) }
    };
    let years: Vec<Replication> = (0..pilots * each).map(year).collect();
    let tell = |done: usize| told("", &vec![f32::NAN; done]);
    let months = months::simulate(model, units, span, &years, settings, &tell);
    let used = layout.used();
    let estimates: Vec<Estimate> = (0..pilots)
        .map(|pilot| {
            let apart = apart(predicted, layout, (pilot, units.practices.len()));
            let value = |at: &usize| {
                let cell = &layout.cells[*at];
                let (year, practice) = place(pilot, cell.practice, each, units.practices.len());
                let base = months.at(year, practice, month_of(cell));
                if cell.after && !layout.control[cell.practice] { base + apart[cell.practice] } else { base }
            };
            panel.estimate(&used.iter().map(value).collect::<Vec<_>>())
        })
        .filter(|estimate| estimate.error.is_finite() && estimate.error > 0.0)
        .collect();
    if estimates.is_empty() {
        return Err(NoPower::NoEstimate);
    }
    let at_claim = claim.map(|claim| shown(&estimates, panel.df(), claim));
    Ok(Power { at_claim, ..summed(&estimates, (layout, panel.df()), mean_effect(predicted)) })
}

/// The year and practice that stand for a practice of a pilot: those beyond the place come from further years of the same draw and
/// shocks.
fn place(pilot: usize, practice: usize, each: usize, practices: usize) -> (usize, usize) {
    (pilot * each + practice / practices, practice % practices)
}

/// How far the effect in each practice of a pilot lies from the mean of those that take part.
///
/// So an effect of any size may be added as their mean. All practices of a pilot have the effects of one predicted year, that of its
/// own draw: what is not known, such as how many accept, is the same for those beyond the place. NaN counts as nought.
fn apart(predicted: &Predicted, layout: &Layout, (pilot, practices): (usize, usize)) -> Vec<f64> {
    let year = &predicted.practices[pilot % predicted.practices.len()];
    let effect = |at: usize| Some(year[at % practices]).filter(|x| x.is_finite()).unwrap_or(0.0);
    let own: Vec<f64> = (0..layout.control.len()).map(effect).collect();
    let doing: Vec<f64> = own.iter().zip(&layout.control).filter(|(_, c)| !**c).map(|(x, _)| *x).collect();
    let mean = Moments::of(&doing).mean().unwrap_or(0.0);
    own.iter().map(|x| x - mean).collect()
}

/// The mean predicted effect in the unit of months, over the practices of a year, then over the years.
fn mean_effect(predicted: &Predicted) -> f64 {
    let years: Vec<f64> =
        predicted.practices.iter().map(|year| Moments::of(year).mean().unwrap_or(f64::NAN)).collect();
    Moments::of(&years).mean().unwrap_or(0.0)
}

/// How often an effect would be shown, from the estimates of pilots without a mean effect.
///
/// `effect` is the true one; of the estimates each already is of no effect, so it is added to them.
fn shown(estimates: &[Estimate], df: f64, effect: f64) -> Point {
    let t = student_t_quantile(df, 0.5 + 0.5 * CONFIDENCE);
    let side = if effect < 0.0 { -1.0 } else { 1.0 };
    let met = estimates.iter().filter(|e| (effect + e.effect) * side > t * e.error).count() as f64;
    let n = estimates.len() as f64;
    Point { effect, share: met / n, interval: wilson(met, n, 0.95) }
}

/// The power from the estimates of pilots without a mean effect: every simulated pilot of the layout, analysed as the
/// observed one was.
pub fn summed(estimates: &[Estimate], (layout, df): (&Layout, f64), predicted: f64) -> Power {
    let t = student_t_quantile(df, 0.5 + 0.5 * CONFIDENCE);
    let side = if predicted < 0.0 { -1.0 } else { 1.0 };
    // an effect on this side is shown as soon as it is larger than this
    let shown_from: Vec<f64> = estimates.iter().map(|e| t * e.error - side * e.effect).collect();
    let n = estimates.len() as f64;
    let point = |effect: f64, met: usize| Point {
        effect,
        share: met as f64 / n,
        interval: wilson(met as f64, n, 0.95),
    };
    let at = |effect: f64| point(effect, shown_from.iter().filter(|from| effect * side > **from).count());
    // Every effect beyond that lot is shown, so the smallest that four of five show is its 80th percentile.
    let detectable = side * percentile(&shown_from, ENOUGH).unwrap_or(f64::NAN).max(0.0);
    let reach = 1.4 * detectable.abs().max(predicted.abs());
    let curve = (0..POINTS).map(|i| at(side * reach * i as f64 / (POINTS - 1) as f64)).collect();
    Power {
        practices: layout.practices(),
        months: layout.months(),
        adjusted: layout.adjusted(),
        df,
        predicted,
        at_predicted: at(predicted),
        at_claim: None,
        false_alarms: point(0.0, estimates.iter().filter(|e| e.effect.abs() > t * e.error).count()),
        detectable,
        curve,
        pilots: estimates.len(),
        error: percentile(&estimates.iter().map(|e| e.error).collect::<Vec<_>>(), 0.5).unwrap_or(f64::NAN),
    }
}
