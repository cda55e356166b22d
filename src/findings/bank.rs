//! What locums or a staff bank would have to cover: sessions a week that are missing, by practice and month.
//!
//! In: the exact sums over replications. Out: of each role that misses at least half a session a week in some month, the
//! means by practice, and how many sessions are enough in nine years of ten: held by all practices together and lent to
//! whichever is short, or by each for itself. Definitions: [`crate::outcome::sums::shortfall`].

use super::figure::Unit;
use super::say::MONTHS;
use crate::model::Model;
use crate::outcome::Outcome;
use crate::outcome::columns::Place;
use crate::outcome::sums::shortfall::PARTS;
use crate::stats::histogram::Histogram;

/// A role that misses less in every month is not shown [sessions a week].
const LEAST: f64 = 0.5;

/// So often what is held is to be enough.
const OFTEN: f64 = 0.9;

/// What is missing of a role [sessions a week].
#[derive(Clone, Debug, PartialEq)]
pub struct Bank {
    /// Role.
    pub role: usize,
    /// Its title.
    pub title: String,
    /// Months with the year where it changes; behind them stands the whole period in every list here.
    pub months: Vec<String>,
    /// Means by practice, the most missing over the period first.
    pub practices: Vec<(String, Vec<f64>)>,
    /// Mean of all together.
    pub mean: Vec<f64>,
    /// Enough in nine years of ten, lent to whichever is short.
    pub together: Vec<f64>,
    /// Enough in nine years of ten at each practice for itself, added up.
    pub apart: Vec<f64>,
}

impl Bank {
    /// The month in which most is missing, counted from 0.
    pub fn worst(&self) -> usize {
        let months = 0..self.months.len();
        months.max_by(|a, b| self.mean[*a].total_cmp(&self.mean[*b])).unwrap_or(0)
    }

    /// `Practice by practice, less what other roles take over, about 8.2 are missing, most in October 2019 (11).`
    ///
    /// In tenths while they are few, as table and picture have them.
    pub fn said(&self) -> String {
        let write = |sessions: f64| Unit::Count.write(sessions);
        let worst = self.worst();
        let whole = self.mean.last().copied().unwrap_or(0.0);
        let of = if self.practices.len() > 1 { "Practice by practice, less" } else { "Less" };
        let most = match self.months.len() {
            1 => String::new(),
            _ => format!(", most in {} ({})", self.months[worst], write(self.mean[worst])),
        };
        format!("{of} what other roles take over, about {} are missing{most}.", write(whole))
    }
}

/// Roles that miss sessions at a place: the one in `focus` first, then by what they miss over the period.
pub fn banks(model: &Model, outcome: &Outcome, place: Place, focus: Option<usize>) -> Vec<Bank> {
    let mut found: Vec<Bank> =
        (0..model.roles.len()).filter_map(|role| bank((model, outcome), place, role)).collect();
    let whole = |bank: &Bank| bank.mean.last().copied().unwrap_or(0.0);
    found.sort_by(|a, b| whole(b).total_cmp(&whole(a)));
    found.sort_by_key(|bank| Some(bank.role) != focus);
    found
}

/// One role; none where no month misses enough to be worth a line.
fn bank((model, outcome): (&Model, &Outcome), place: Place, role: usize) -> Option<Bank> {
    let sums = &outcome.sums.shortfalls;
    let months = sums.months.len();
    let cell_of = |place: Place| sums.cells.iter().position(|cell| (cell.place, cell.role) == (place, role));
    let list = |place: Place, of: &dyn Fn(&Histogram) -> f64| -> Option<Vec<f64>> {
        let cell = cell_of(place)?;
        Some((0..=months).map(|month| of(sums.of(cell, month))).collect())
    };
    let mean = |missing: &Histogram| missing.mean().unwrap_or(0.0) / PARTS;
    let often = |missing: &Histogram| missing.quantile(OFTEN).map_or(0.0, f64::from) / PARTS;
    let means = list(place, &mean)?;
    if !means[..months].iter().any(|missing| *missing >= LEAST) {
        return None;
    }
    let own = || place.practices(model).into_iter().map(Place::Practice);
    let mut practices: Vec<(String, Vec<f64>)> =
        own().filter_map(|p| Some((p.title(model).to_owned(), list(p, &mean)?))).collect();
    practices.sort_by(|a, b| b.1[months].total_cmp(&a.1[months]));
    let each: Vec<Vec<f64>> = own().filter_map(|p| list(p, &often)).collect();
    let names = sums.months.iter().enumerate().map(|(at, month)| {
        let name = MONTHS[usize::from(month.of.1.cast_unsigned()) - 1];
        let other = at == 0 || sums.months[at - 1].of.0 != month.of.0;
        if other { format!("{name} {}", month.of.0) } else { name.to_owned() }
    });
    Some(Bank {
        role,
        title: model.roles[role].title.clone(),
        months: names.collect(),
        practices,
        mean: means,
        together: list(place, &often)?,
        apart: (0..=months).map(|month| each.iter().map(|of| of[month]).sum()).collect(),
    })
}
