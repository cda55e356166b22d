//! Comparing options: all of them over the same draws, then each taken apart.
//!
//! In: a scenario whose first option is `as_now`. Out: [`Compared`]: every option over the same replications, the
//! figures that are shown, and a ledger for each option of several parts. With a precision the replications end as soon
//! as the headline's paired difference from `as_now` is known to within that share of `as_now`'s own value, for every
//! option.
//!
//! Fit: the command of the same name and `findings/compared` read it. Cost: a year of every option for each
//! replication; the ledger adds a variant for each set of parts ([`models`] says how many). It needs no second luck.

use super::extend::BegunComparison;
use super::headline::HeadlineAt;
use super::lean::together;
use super::ledger::{self, Known, Ledger, Rows};
use super::run::{RunResult, Settings, Told, first, play, runners};
use super::shown::Shown;
use super::stop::{Ended, Watch};
use crate::scenario::{OptionModel, Scenario};

/// What is asked of a comparison.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Asked {
    /// How each option is run.
    pub settings: Settings,
    /// Replications; with a precision, the most that are run.
    pub replications: usize,
    /// Half-width of the 95 % interval of every paired difference, as a share of the headline of `as_now`; none:
    /// exactly `replications` are run.
    pub precision: Option<f64>,
    /// Takes options apart, which costs [`models`] less the options themselves.
    pub ledger: bool,
}

/// What a comparison came to.
///
/// Every option has the same replications, so year i of one may be set beside year i of another.
#[derive(Clone, Debug)]
pub struct Compared {
    /// The options, run; `second_chance` is none, as the split of the variance is not asked for.
    pub run: RunResult,
    /// Figures shown, the headline first; empty where `as_now` has no headline.
    pub shown: Vec<Shown>,
    /// A ledger for each option of several parts, in the order of the options; empty where none was asked for.
    pub ledgers: Vec<Ledger>,
    /// Figures of the sets of parts that the ledgers were made of, in the order of [`ledger::wanted`]: what a longer
    /// comparison goes on from.
    pub(super) sets: Vec<Rows>,
}

impl Compared {
    /// A figure of an option over replications, in their order; none where the option does not have it.
    ///
    /// NaN is a year without a value. Found by name: places and needs may be numbered otherwise in another option.
    pub fn series(&self, option: usize, shown: &Shown) -> Option<Vec<f64>> {
        let options = &self.run.scenario.options;
        let outcome = self.run.options.get(option)?;
        let column = shown.column(&options.first()?.model, &options.get(option)?.model, &outcome.columns)?;
        Some(outcome.column(column))
    }

    /// The figures of an option in the layout of [`Rows`]: one row a year.
    fn rows(&self, option: usize) -> Rows {
        let columns: Vec<Option<Vec<f64>>> = self.shown.iter().map(|s| self.series(option, s)).collect();
        let value =
            |year: usize, column: &Option<Vec<f64>>| column.as_ref().map_or(f32::NAN, |c| c[year] as f32);
        let years = 0..self.run.replications;
        years.flat_map(|year| columns.iter().map(move |column| value(year, column))).collect()
    }
}

/// Models that a comparison runs, options and sets of their parts.
///
/// What a progress bar counts to: each is run over all replications.
pub fn models(options: &[OptionModel], ledger: bool) -> usize {
    let sets = if ledger { ledger::wanted(&ledger::players(options)).len() } else { 0 };
    options.len() + sets
}

/// Compares the options of a scenario.
///
/// `told` hears the option and the headline of each replication just done; for the sets of the ledger the name is empty
/// and the values are NaN. The scenario is given back inside [`Compared::run`].
///
/// # Panics
///
/// Where the scenario has no option; one that was loaded has `as_now` at least.
pub fn compare(scenario: Scenario, asked: Asked, told: Told<'_>) -> Compared {
    compare_on(scenario, None, asked, told)
}

/// The figures that a comparison of this scenario shows; none where `as_now` has no headline.
pub(super) fn shown(scenario: &Scenario) -> Vec<Shown> {
    let model = &scenario.options[0].model;
    let headline = HeadlineAt::find(&scenario.run, model);
    headline.map_or_else(Vec::new, |at| [Shown::all(model, at), Shown::by_place(model, at)].concat())
}

/// Compares the options of a scenario, on from what was begun.
///
/// `begun` holds an option for each of the scenario and the sets of its ledger, or is nothing at all. Where it
/// has more years than the comparison ends with, no set is played further: the caller gives none of it out.
pub(super) fn compare_on(
    scenario: Scenario,
    begun: Option<BegunComparison>,
    asked: Asked,
    told: Told<'_>,
) -> Compared {
    let headline: Vec<Option<HeadlineAt>> =
        scenario.options.iter().map(|o| HeadlineAt::find(&scenario.run, &o.model)).collect();
    let shown = shown(&scenario);
    let (begun, sets) = begun.map_or((Vec::new(), Vec::new()), |begun| (begun.options, begun.sets));
    let watch = asked.precision.map(|share| {
        // What is true of the headline must be true in every option before the interval may use it.
        let shares = headline.iter().flatten().all(HeadlineAt::is_share);
        let sure = headline.iter().flatten().all(|at| at.is_sure(&scenario.options));
        Watch::paired(share, scenario.options.len()).of_shares(shares).of_sure(sure)
    });
    let runners = runners(&scenario.options, &headline, begun, asked.settings);
    let (options, ended) = play(runners, watch, &first(asked.replications), told);
    let replications = ended.map_or(asked.replications, |ended| ended.done);
    let seed = asked.settings.seed;
    let (precise, needed) = (ended.map(Ended::precise), ended.and_then(|e| e.needed));
    let run =
        RunResult { scenario, options, second_chance: None, seed, replications, precise, needed, headline };
    let mut compared = Compared { run, shown, ledgers: Vec::new(), sets: Vec::new() };
    if asked.ledger {
        (compared.ledgers, compared.sets) = ledgers(&compared, sets, asked.settings, told);
    }
    compared
}

/// Sets of parts that are played together: each lies in memory as long.
const SETS_AT_ONCE: usize = 16;

/// Runs the sets of parts and breaks every option of several parts into them.
///
/// `begun` holds the figures of each set that are known already. Returns the ledgers, and the figures of the sets.
fn ledgers(
    compared: &Compared,
    begun: Vec<Rows>,
    settings: Settings,
    told: Told<'_>,
) -> (Vec<Ledger>, Vec<Rows>) {
    let options = &compared.run.scenario.options;
    let replications = first(compared.run.replications);
    // Sets that are an option, or `as_now`, are not run again.
    let players = ledger::players(options);
    let mut known = Known::new();
    for (option, players) in &players {
        known.insert(players.key(0), compared.rows(0));
        known.insert(
            players.key(crate::stats::parts::everybody(players.players.len())),
            compared.rows(*option),
        );
    }
    let now = (&options[0].model, &compared.shown[..]);
    let wanted = ledger::wanted(&players);
    // Of what was begun every set has the same replications.
    let done = begun.first().map_or(0, |rows| rows.len() / compared.shown.len().max(1));
    let further = replications.get(done..).unwrap_or_default();
    // Nothing is shown of these runs: their replications are counted only.
    let tell = |done: usize| told("", &vec![f32::NAN; done]);
    let mut begun = begun.into_iter();
    for some in wanted.chunks(SETS_AT_ONCE) {
        let models = some.iter().map(|(_, at, set)| players[*at].1.model(*set)).collect();
        for ((key, ..), rows) in some.iter().zip(together(models, now, further, settings, &tell)) {
            known.insert(key.clone(), [begun.next().unwrap_or_default(), rows].concat());
        }
    }
    let ledgers = players.iter().map(|one| ledger::ledger(one, &compared.shown, &known)).collect();
    (ledgers, wanted.iter().filter_map(|(key, ..)| known.remove(key)).collect())
}
