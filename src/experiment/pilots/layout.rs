//! Which practice is measured in which month, and what the analysis can and cannot take into account.
//!
//! With controls: difference in differences, every month with a level of its own, so that season, trend and whatever
//! happened to all are taken out. Without: month of the year where every month after has the same one before; a trend
//! only from 24 months before on, because with 12 a trend and an effect that stays look the same. What cannot be taken
//! out is said, not pretended. Source: Bernal, Cummins & Gasparrini, Int. J. Epidemiol. 46 (2017).

use crate::scenario::pilots::{Month, Stated};
use crate::stats::panel::{Observation, Panel};
use std::collections::BTreeSet;

/// Months before from which a trend and a season are both known.
pub const FOR_A_TREND: usize = 24;
/// Fewest control practices whose spread is known at all.
const CONTROLS: usize = 2;

/// One practice's month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Practice, counted from 0.
    pub practice: usize,
    /// Month.
    pub month: Month,
    /// True where it lies after the start.
    pub after: bool,
}

/// Months by practice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// By practice: true where it is a control.
    pub control: Vec<bool>,
    /// Months that are there.
    pub cells: Vec<Cell>,
    /// First month after the start.
    pub start: Month,
}

/// What the analysis takes into account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Adjusted {
    /// Whatever happens to pilots and controls alike.
    Controls,
    /// Month of the year and a straight trend.
    SeasonAndTrend,
    /// Month of the year.
    Season,
    /// Nothing.
    Nothing,
}

impl Layout {
    /// A planned pilot: every practice in every month. Its months begin in April, as a financial year does.
    pub fn stated(stated: Stated, practices: usize) -> Self {
        let pilots = stated.practices.unwrap_or(practices);
        let control: Vec<bool> = (0..pilots + stated.controls).map(|p| p >= pilots).collect();
        let start = Month(3);
        let (before, after) = (stated.months_before as i32, stated.months_after as i32);
        let of = |practice: usize| {
            (-before..after).map(move |m| Cell { practice, month: Month(3 + m), after: m >= 0 })
        };
        Self { cells: (0..control.len()).flat_map(of).collect(), control, start }
    }

    /// Practices that do it, and controls.
    pub fn practices(&self) -> (usize, usize) {
        let controls = self.control.iter().filter(|control| **control).count();
        (self.control.len() - controls, controls)
    }

    /// Months before and after that any practice has.
    pub fn months(&self) -> (usize, usize) {
        let count = |after: bool| {
            let months: BTreeSet<Month> =
                self.cells.iter().filter(|cell| cell.after == after).map(|cell| cell.month).collect();
            months.len()
        };
        (count(false), count(true))
    }

    /// Months of the place's own time before the start and after it, from the first to the last.
    pub fn span(&self) -> (usize, usize) {
        let months = || self.cells.iter().map(|cell| cell.month.0);
        let first = months().min().unwrap_or(self.start.0);
        let last = months().max().unwrap_or(self.start.0);
        ((self.start.0 - first).max(0) as usize, (last + 1 - self.start.0).max(0) as usize)
    }

    /// What can be taken into account.
    pub fn adjusted(&self) -> Adjusted {
        let (pilots, controls) = self.practices();
        if controls >= CONTROLS && pilots > 0 {
            return Adjusted::Controls;
        }
        let of_year = |after: bool| -> BTreeSet<usize> {
            self.cells.iter().filter(|cell| cell.after == after).map(|cell| cell.month.of_year()).collect()
        };
        let (before, after) = (of_year(false), of_year(true));
        if !after.is_subset(&before) || after.is_empty() {
            Adjusted::Nothing
        } else if self.months().0 >= FOR_A_TREND {
            Adjusted::SeasonAndTrend
        } else {
            Adjusted::Season
        }
    }

    /// Years from the middle of the months before to the middle of those after.
    pub fn years_apart(&self) -> f64 {
        let mean = |after: bool| {
            let months: Vec<f64> =
                self.cells.iter().filter(|c| c.after == after).map(|c| f64::from(c.month.0)).collect();
            months.iter().sum::<f64>() / months.len() as f64
        };
        (mean(true) - mean(false)) / 12.0
    }

    /// Cells that the analysis uses: a lone control is left out, since its own luck cannot be told from the season.
    pub fn used(&self) -> Vec<usize> {
        let controls = self.adjusted() == Adjusted::Controls;
        let used = |at: &usize| controls || !self.control[self.cells[*at].practice];
        (0..self.cells.len()).filter(used).collect()
    }

    /// The regression; none where it cannot be made, or fewer than two practices did it.
    pub fn panel(&self) -> Option<Panel> {
        if self.practices().0 < 2 {
            return None;
        }
        let adjusted = self.adjusted();
        let first = self.cells.iter().map(|cell| cell.month).min()?;
        let months: Vec<Month> =
            self.cells.iter().map(|cell| cell.month).collect::<BTreeSet<Month>>().into_iter().collect();
        let columns = |cell: &Cell| -> Vec<f64> {
            let is = |yes: bool| if yes { 1.0 } else { 0.0 };
            match adjusted {
                Adjusted::Controls => months.iter().skip(1).map(|m| is(*m == cell.month)).collect(),
                Adjusted::Nothing => Vec::new(),
                Adjusted::Season | Adjusted::SeasonAndTrend => {
                    let mut columns: Vec<f64> = (1..12).map(|m| is(m == cell.month.of_year())).collect();
                    if adjusted == Adjusted::SeasonAndTrend {
                        columns.push(f64::from(cell.month.0 - first.0) / 12.0);
                    }
                    columns
                }
            }
        };
        let observation = |at: usize| {
            let cell = &self.cells[at];
            let treated = cell.after && !self.control[cell.practice];
            let regressor = if treated { 1.0 } else { 0.0 };
            Observation { cluster: cell.practice, regressor, nuisance: columns(cell) }
        };
        Panel::new(&self.used().into_iter().map(observation).collect::<Vec<_>>())
    }
}

/// Months before the start by which the trends of pilots and controls are set side by side.
#[derive(Clone, Debug)]
pub struct Before {
    /// Cells used.
    pub cells: Vec<usize>,
    /// The regression: its coefficient is by how much more a year the pilots rose than the controls.
    pub panel: Panel,
}

/// Fewest months before from which a trend is told.
const TREND: usize = 3;

impl Layout {
    /// The months before the start alone, every month with a level of its own; none without controls, with fewer than
    /// two pilots, or with too few months before. Source: Roth, AER: Insights 4 (2022), for what it can and cannot
    /// show.
    pub fn before(&self) -> Option<Before> {
        if self.adjusted() != Adjusted::Controls || self.practices().0 < 2 || self.months().0 < TREND {
            return None;
        }
        let cells: Vec<usize> = self.used().into_iter().filter(|at| !self.cells[*at].after).collect();
        let months: BTreeSet<Month> = cells.iter().map(|at| self.cells[*at].month).collect();
        let observation = |at: &usize| {
            let cell = &self.cells[*at];
            let years = f64::from(cell.month.0 - self.start.0) / 12.0;
            let own = |month: &Month| if *month == cell.month { 1.0 } else { 0.0 };
            Observation {
                cluster: cell.practice,
                regressor: if self.control[cell.practice] { 0.0 } else { years },
                nuisance: months.iter().skip(1).map(own).collect(),
            }
        };
        let panel = Panel::new(&cells.iter().map(observation).collect::<Vec<_>>())?;
        Some(Before { cells, panel })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stated(practices: usize, controls: usize, months_before: usize, months_after: usize) -> Layout {
        Layout::stated(Stated { practices: Some(practices), controls, months_before, months_after }, 3)
    }

    #[test]
    fn what_can_be_taken_into_account() {
        assert_eq!(stated(4, 2, 6, 6).adjusted(), Adjusted::Controls);
        assert_eq!(stated(4, 1, 12, 12).adjusted(), Adjusted::Season);
        assert_eq!(stated(4, 0, 24, 12).adjusted(), Adjusted::SeasonAndTrend);
        assert_eq!(stated(4, 0, 6, 6).adjusted(), Adjusted::Nothing);
        assert_eq!(stated(4, 0, 12, 12).years_apart(), 1.0);
        assert_eq!((stated(4, 2, 24, 9).months(), stated(4, 2, 24, 9).span()), ((24, 9), (24, 9)));
    }

    #[test]
    fn trends_before_need_controls_and_months() {
        assert!(stated(4, 0, 24, 12).before().is_none(), "no controls");
        assert!(stated(4, 4, 2, 12).before().is_none(), "two months are no trend");
        assert!(stated(1, 4, 24, 12).before().is_none(), "one pilot has no spread");
        let layout = stated(4, 4, 12, 6);
        let before = layout.before().expect("both groups, twelve months");
        assert_eq!(before.cells.len(), 8 * 12);
        // pilots rise by 6 a year, controls by 2, and everybody jumps at the start
        let value = |at: &usize| {
            let cell = &layout.cells[*at];
            let rise = if layout.control[cell.practice] { 2.0 } else { 6.0 };
            rise * f64::from(cell.month.0) / 12.0 + if cell.after { 50.0 } else { 0.0 }
        };
        let found = before.panel.estimate(&before.cells.iter().map(value).collect::<Vec<_>>());
        assert!((found.effect - 4.0).abs() < 1e-9 && found.error < 1e-9, "{found:?}");
    }

    #[test]
    fn one_practice_has_no_spread() {
        assert!(stated(1, 0, 24, 12).panel().is_none());
        assert!(stated(2, 0, 24, 12).panel().is_some_and(|panel| (panel.df() - 1.0).abs() < 1e-6));
        assert!(stated(4, 4, 12, 12).panel().is_some_and(|panel| panel.df() > 5.0));
    }
}
