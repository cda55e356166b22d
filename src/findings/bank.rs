//! What locums or a staff bank would have to cover: sessions a week that are missing, by practice and month.
//!
//! In: the exact sums over replications. Out: of each role that misses at least half a session a week in some month, the
//! means by practice, and how many sessions are enough in nine years of ten: held by all practices together and lent to
//! whichever is short, or by each for itself. Definitions: [`crate::outcome::sums::shortfall`].

use super::figure::Unit;
use super::say::{self, MONTHS};
use crate::model::Model;
use crate::outcome::Outcome;
use crate::outcome::columns::Place;
use crate::outcome::sums::shortfall::{At, Cell, PARTS};
use crate::stats::histogram::Histogram;

/// A role that misses less in every month is not shown [sessions a week].
const LEAST: f64 = 0.5;

/// So often what is held is to be enough.
const OFTEN: f64 = 0.9;

/// What is missing of a role [sessions a week].
///
/// In every list the months come first, then the whole period: the mean over it, and what is enough in each of its months.
#[derive(Clone, Debug, PartialEq)]
pub struct Bank {
    /// Role.
    pub role: usize,
    /// Its title.
    pub title: String,
    /// Months, each with its year.
    pub months: Vec<(&'static str, i16)>,
    /// Means by practice, or by practices that share posts of the role; the most missing over the period first.
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

    /// A month with its year where the period has more months than a year: `October`, `October 2019`.
    pub fn month(&self, at: usize) -> String {
        let (name, year) = self.months[at];
        if self.months.len() > 12 { format!("{name} {year}") } else { name.to_owned() }
    }

    /// True for a month whose year is another than that of the month before.
    pub fn new_year(&self, at: usize) -> bool {
        at == 0 || self.months[at - 1].1 != self.months[at].1
    }

    /// What is enough in every month of the period in nine years of ten.
    pub fn all_through(&self) -> f64 {
        self.together.last().copied().unwrap_or(0.0)
    }

    /// `Practice by practice, less what others take over, about 8.2 are missing, most in October (11).`
    ///
    /// In tenths while they are few, as table and picture have them.
    pub fn said(&self) -> String {
        let write = |sessions: f64| Unit::Count.write(sessions);
        let worst = self.worst();
        let whole = self.mean.last().copied().unwrap_or(0.0);
        let of = if self.practices.len() > 1 { "Practice by practice, less" } else { "Less" };
        let most = match self.months.len() {
            1 => String::new(),
            _ => format!(", most in {} ({})", self.month(worst), write(self.mean[worst])),
        };
        format!("{of} what others take over, about {} are missing{most}.", write(whole))
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
    let cells = || sums.cells.iter().enumerate().filter(|(_, cell)| cell.role == role);
    let mean = |cell: usize| -> Vec<f64> {
        let of = |missing: &Histogram| missing.mean().unwrap_or(0.0) / PARTS;
        (0..=months).map(|month| of(sums.of(cell, month))).collect()
    };
    // Of the whole period what is enough in its worst month.
    let often = |cell: usize| -> Vec<f64> {
        let of = |missing: &Histogram| missing.quantile(OFTEN).map_or(0.0, f64::from) / PARTS;
        (0..months).chain([months + 1]).map(|month| of(sums.of(cell, month))).collect()
    };
    let (all, _) = cells().find(|(_, cell)| cell.at == At::Place(place))?;
    let means = mean(all);
    if !means[..months].iter().any(|missing| *missing >= LEAST) {
        return None;
    }
    let inside = place.practices(model);
    let within = |unit: &[usize]| unit.iter().all(|practice| inside.contains(practice));
    let units: Vec<(usize, &Cell)> = cells().filter(|(_, cell)| cell.unit().is_some_and(within)).collect();
    let mut practices: Vec<(String, Vec<f64>)> =
        units.iter().map(|(at, cell)| (title(model, cell), mean(*at))).collect();
    practices.sort_by(|a, b| b.1[months].total_cmp(&a.1[months]));
    let each: Vec<Vec<f64>> = units.iter().map(|(at, _)| often(*at)).collect();
    let of = |month: (i16, i8)| (MONTHS[usize::from(month.1.cast_unsigned()) - 1], month.0);
    Some(Bank {
        role,
        title: model.roles[role].title.clone(),
        months: sums.months.iter().map(|month| of(month.of)).collect(),
        practices,
        mean: means,
        together: often(all),
        apart: (0..=months).map(|month| each.iter().map(|of| of[month]).sum()).collect(),
    })
}

/// The practice; those that share posts by their names, many by their number.
fn title(model: &Model, cell: &Cell) -> String {
    match &cell.at {
        At::Place(place) => place.title(model).to_owned(),
        At::Sharing(practices) if practices.len() > 3 => {
            format!("{} practices that share posts", practices.len())
        }
        At::Sharing(practices) => {
            let titles: Vec<String> = practices.iter().map(|p| model.practices[*p].title.clone()).collect();
            format!("{}, shared", say::list(&titles))
        }
    }
}
