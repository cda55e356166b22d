//! Models with one number held or drawn anew, on the luck of the ordinary run.
//!
//! A model that does not know the number is not run again: its years are those of the ordinary run, to the bit.
//!
//! In: the ordinary run. Out: the same years with one number held at a value, or with other draws. Fit: the card of
//! break-even values, the tornado and Sobol' indices all play through [`Bench`], so all of them meet the same luck.
//!
//! Cost: the years of a value, twice where there is an option; nothing at all for a model that does not know the
//! number.

use super::Subject;
use crate::experiment::kept_years::KeptYears;
use crate::experiment::run::{RunResult, Settings, first};
use crate::experiment::shown::Shown;
use crate::model::Model;
use crate::model::number::Inputs;
use crate::plan::lanes::Replication;

/// The measure of every replication, as things are and under the option.
///
/// As many years as the bench plays; `option` is there where there is one to compare with.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pairs {
    /// As things are.
    pub now: Vec<f64>,
    /// Under the option; none without one.
    pub option: Option<Vec<f64>>,
}

impl Pairs {
    /// Of an ordinary run; none where a model does not have the measure.
    ///
    /// `options[0]` is `as_now`; the figure is found in each by name.
    pub fn of_run(run: &RunResult, shown: &Shown) -> Option<Self> {
        let options = &run.scenario.options;
        let series = |at: usize| {
            let outcome = &run.options[at];
            let column = shown.column(&options[0].model, &options[at].model, &outcome.columns)?;
            Some(outcome.column(column))
        };
        let option = if options.len() > 1 { Some(series(1)?) } else { None };
        Some(Self { now: series(0)?, option })
    }

    /// One subject, replication by replication.
    pub fn series(&self, subject: Subject) -> Vec<f64> {
        match (subject, &self.option) {
            (Subject::Difference, Some(option)) => {
                option.iter().zip(&self.now).map(|(option, now)| option - now).collect()
            }
            (Subject::Option, Some(option)) => option.clone(),
            _ => self.now.clone(),
        }
    }

    /// The first so many replications: a value has fewer years than the run.
    fn first(&self, n: usize) -> Self {
        let cut = |values: &Vec<f64>| values.iter().take(n).copied().collect();
        Self { now: cut(&self.now), option: self.option.as_ref().map(cut) }
    }
}

/// Where values are tried.
pub struct Bench<'a> {
    run: &'a RunResult,
    shown: Shown,
    /// The ordinary run, over all its years.
    base: &'a Pairs,
    /// Years of each value.
    each: usize,
    settings: Settings,
    kept: &'a KeptYears,
    told: &'a (dyn Fn(usize) + Sync),
}

impl<'a> Bench<'a> {
    /// A bench on a run, with so many replications for each value.
    ///
    /// `each` are the years of a value; `told` hears of every block played.
    pub fn new(
        run: &'a RunResult,
        shown: Shown,
        base: &'a Pairs,
        (each, settings): (usize, Settings),
        (kept, told): (&'a KeptYears, &'a (dyn Fn(usize) + Sync)),
    ) -> Self {
        Self { run, shown, base, each, settings, kept, told }
    }

    /// The measure with a number held at a value, in every model that knows it.
    pub fn held(&self, address: &str, value: f64) -> Pairs {
        let base = self.base.first(self.each);
        self.changed(&|inputs| inputs.hold(address, value), &first(self.each), &base)
    }

    /// The measure over any replications, nothing changed.
    ///
    /// Also over years that no run has, such as those of the design of Sobol'.
    pub fn plain(&self, replications: &[Replication]) -> Pairs {
        let none = Pairs { now: Vec::new(), option: self.base.option.as_ref().map(|_| Vec::new()) };
        self.changed(&|_| true, replications, &none)
    }

    /// The measure in models with changed inputs; where the change says that it is none, what is known already.
    ///
    /// `change` is false where it changed nothing; the years known already are then those years.
    pub fn changed(
        &self,
        change: &dyn Fn(&mut Inputs) -> bool,
        replications: &[Replication],
        known: &Pairs,
    ) -> Pairs {
        let options = &self.run.scenario.options;
        let of = |at: usize, known: &Vec<f64>| {
            let mut model: Model = options[at].model.clone();
            if !change(&mut model.inputs) {
                return known.clone();
            }
            let shown = [self.shown];
            let of = (&options[0].model, &shown[..]);
            let values = self.kept.lean(model, of, replications, self.settings, self.told);
            values.into_iter().map(f64::from).collect()
        };
        Pairs { now: of(0, &known.now), option: known.option.as_ref().map(|known| of(1, known)) }
    }
}
