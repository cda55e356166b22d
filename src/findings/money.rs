//! Money of an option beside as-now: what is spent, what funds pay back, what an hour of GP time costs.
//!
//! Pounds of the counted period. Cost to practices = all costs less what funds pay back. Cost of a GP hour released =
//! mean extra cost to practices / mean net GP time released (`gp_work_hours` of as-now less the option's), with the
//! interval of a ratio of means by linearisation (Cochran, Sampling techniques, ch. 6); only where time is released.
//!
//! In: an option beside as-now, or as-now's outcome. Out: rows of a table, and what an hour costs. Prices are those
//! of the scenario; nothing is scaled to a year.

use super::beside::{Beside, Change};
use super::chain::same_gp_posts;
use super::figure::{Figure, Unit};
use super::prices::Gap;
use crate::outcome::Outcome;
use crate::outcome::columns::{About, Place};
use crate::stats::interval::{Interval, student};
use crate::stats::moments::Moments;

/// Rows of the money table, the measure less others: `total - reimbursed`.
const ROWS: [(&str, &str, &[&str]); 9] = [
    ("Staff, with cover", "cost_staff", &[]),
    ("Levers", "cost_total", &["cost_staff", "cost_outside"]),
    ("Services outside", "cost_outside", &[]),
    (ALL, "cost_total", &[]),
    (KNOWN, "cost_known", &[]),
    (PAID_BACK, "cost_reimbursed", &[]),
    (TO_PRACTICES, "cost_total", &["cost_reimbursed"]),
    (KNOWN_TO_PRACTICES, "cost_known", &["cost_reimbursed"]),
    ("For each contact attended", "cost_per_contact", &[]),
];

/// The row of what funds pay back.
const PAID_BACK: &str = "Reimbursed by funds";
/// The row that says what practices bear.
const TO_PRACTICES: &str = "Cost to practices";
/// The row of what they bear of what is known, where all together is not.
const KNOWN_TO_PRACTICES: &str = "Of it, to practices";

/// The row of what is known where all together is not.
const KNOWN: &str = "All that has a price";
/// The row of all together.
const ALL: &str = "All together";

/// Money of an option.
#[derive(Clone, Debug, PartialEq)]
pub struct Money {
    /// Rows: words and change.
    pub rows: Vec<(&'static str, Change)>,
    /// Cost to practices of a net GP hour released, with its 95 % interval; none where none is told to be released.
    pub gp_hour: Option<(f64, Interval)>,
    /// Net GP time released [h]; as-now and option are GP time wanted.
    pub released: Option<Change>,
    /// What has no price.
    pub gap: Gap,
}

impl Money {
    /// Change of the cost to practices, and of all costs.
    ///
    /// What has no price but is the same in both changes neither.
    pub fn to_practices(&self) -> Option<(Change, Change)> {
        if let (Some(own), Some(all)) = (self.row(TO_PRACTICES), self.row(ALL)) {
            return Some((own, all));
        }
        let all = self.known().filter(|_| self.gap.whole())?;
        Some((self.row(KNOWN_TO_PRACTICES).unwrap_or(all), all))
    }

    /// Change of the costs that have a price, where not everything has one.
    pub fn known(&self) -> Option<Change> {
        self.row(KNOWN)
    }

    /// The change of a row of the table.
    fn row(&self, name: &str) -> Option<Change> {
        self.rows.iter().find(|(words, _)| *words == name).map(|(_, change)| *change)
    }
}

/// Of an option; none where the scenario states no costs.
///
/// None also where the outcome keeps no costs. Rows below a pound in both are left out.
pub fn money(beside: &Beside<'_>) -> Option<Money> {
    let pairs = |measure: &str| beside.pairs(measure, About::All);
    let rows: Vec<(&'static str, Change)> = ROWS
        .iter()
        .filter_map(|(words, measure, less)| {
            let mut of = pairs(measure)?;
            for other in *less {
                of.iter_mut().zip(pairs(other)?).for_each(|(a, b)| *a = (a.0 - b.0, a.1 - b.1));
            }
            let change = Change::of(&of, 1)?;
            // Pounds are kept to seven figures: less than a pound is nought.
            (change.as_now.abs() >= 1.0 || change.option.abs() >= 1.0).then_some((*words, change))
        })
        .collect();
    let rows = told_once(rows);
    let gap = Gap::between(beside.as_now.0, beside.option.0);
    // What has no price is the same in both: the change of what has one is the whole change.
    let of_known = gap.whole() && rows.iter().any(|(words, _)| *words == KNOWN);
    let all = if of_known { "cost_known" } else { "cost_total" };
    let (all, back) = (pairs(all)?, pairs("cost_reimbursed")?);
    let cost: Vec<f64> = all.iter().zip(back).map(|(t, b)| (t.0 - b.0) - (t.1 - b.1)).collect();
    // Less than half a pound either way is what rounding of sums leaves.
    let cost = if cost.iter().all(|pounds| pounds.abs() < 0.5) { vec![0.0; cost.len()] } else { cost };
    let released = released(beside);
    let gains = released.as_ref().filter(|(_, change)| change.told && change.mean > 0.0);
    let gp_hour = gains.and_then(|(hours, _)| ratio(&cost, hours));
    let released = released.map(|(_, change)| change);
    (!rows.is_empty()).then_some(Money { rows, gp_hour, released, gap })
}

/// Net GP time released by sending people elsewhere, year by year and as a change from nought [hours].
///
/// The fall of GP time that patients claim (docs/model.md). None where nothing more is shown to be served elsewhere, or where
/// GP posts differ: GP work also falls because more people give up, and that is no release.
pub fn released(beside: &Beside<'_>) -> Option<(Vec<f64>, Change)> {
    if !same_gp_posts(beside.as_now.0, beside.option.0) {
        return None;
    }
    let pairs = |measure: &str| beside.pairs(measure, About::All);
    let served = Change::of(&pairs("gp_released_gross_hours")?, 1)?;
    if !served.told || served.mean <= 0.0 {
        return None;
    }
    let hours: Vec<f64> = pairs("gp_claimed_hours")?.iter().map(|(option, now)| now - option).collect();
    let change = Change::of(&hours.iter().map(|hours| (*hours, 0.0)).collect::<Vec<_>>(), 1)?;
    Some((hours, change))
}

/// What is known is told only where all together is not, and what practices bear of it where funds pay some back.
///
/// Otherwise two rows would say the same.
fn told_once<T>(mut rows: Vec<(&'static str, T)>) -> Vec<(&'static str, T)> {
    let has = |rows: &[(&'static str, T)], name| rows.iter().any(|(words, _)| *words == name);
    if has(&rows, ALL) {
        rows.retain(|(words, _)| ![KNOWN, KNOWN_TO_PRACTICES].contains(words));
    }
    if !has(&rows, PAID_BACK) {
        rows.retain(|(words, _)| *words != KNOWN_TO_PRACTICES);
    }
    rows
}

/// Mean of x over mean of y, with the 95 % interval of the ratio.
fn ratio(x: &[f64], y: &[f64]) -> Option<(f64, Interval)> {
    let mean = |of: &[f64]| Moments::of(of).mean();
    let (below, share) = (mean(y)?, mean(x)? / mean(y)?);
    let residual: Vec<f64> = x.iter().zip(y).map(|(x, y)| share + (x - share * y) / below).collect();
    Some((share, student(&Moments::of(&residual), 0.95)?))
}

/// Money of as-now by itself: words, mean and range over simulated years.
///
/// All levers of as-now are in it. Rows below a pound are left out.
pub fn as_now(outcome: &Outcome, place: Place) -> Vec<(&'static str, Figure)> {
    let of = |measure: &str| outcome.series(measure, place, About::All);
    let row = |(words, measure, less): &(&'static str, &str, &[&str])| {
        let mut values = of(measure)?;
        for other in *less {
            values.iter_mut().zip(of(other)?).for_each(|(a, b)| *a -= b);
        }
        let figure = Figure::of(&values, Unit::Pounds);
        (figure.known() && figure.mean.abs() >= 1.0).then_some((*words, figure))
    };
    told_once(ROWS.iter().filter_map(row).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_of_means_with_its_interval() {
        let (x, y) = ([10.0, 22.0, 28.0, 40.0], [1.0, 2.0, 3.0, 4.0]);
        let Some((share, interval)) = ratio(&x, &y) else { panic!("four pairs have a ratio") };
        assert_eq!(share, 10.0);
        assert!(interval.low < 10.0 && interval.high > 10.0);
        // Residuals 0, 2, -2, 0 over 2.5: standard deviation 0.653, over the root of 4, times 3.182.
        assert!((interval.half_width() - 1.039).abs() < 0.002, "{interval:?}");
    }
}
