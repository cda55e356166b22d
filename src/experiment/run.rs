//! Running a scenario: every option over the same replications, in parallel, collected in their order.
//!
//! In: a scenario and how it is to be run. Out: a [`RunResult`]. Options see the same draws and the same luck
//! (common random numbers). The split of the variance needs each of some draws run with a second luck.
//!
//! Fit: the other questions of this folder take [`Settings`] and the replications ([`first`], [`second`]) from here.
//! Threads and lanes change nothing but the time: a block of replications is a unit of work, and
//! results are collected by replication number. Cost: a year of every option for each replication, and of `as_now` once
//! more for up to [`SECOND_CHANCES`] of them where a number is uncertain.

use super::extend::Begun;
use super::headline::HeadlineAt;
use super::runner::{Runner, up_to};
use super::stop::{Ended, Watch, until_settled};
use crate::model::Model;
use crate::outcome::Outcome;
use crate::plan::lanes::{LANES, Replication};
use crate::scenario::{OptionModel, Scenario};
use crate::stats::moments::Moments;
use crate::stats::variance::Split;

/// How an option is run.
///
/// Only `seed`, `days` and `full` show in a result; `lanes` is a choice of speed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Seed: the root of every draw.
    pub seed: u64,
    /// Replications side by side (1 to [`LANES`]); never changes a result.
    pub lanes: usize,
    /// Keeps counts by day, which `days.csv` wants; a run without it keeps weeks alone.
    pub days: bool,
    /// Keeps every measure for every practice.
    pub full: bool,
}

impl Settings {
    /// The usual settings under a seed.
    pub fn new(seed: u64) -> Self {
        Self { seed, lanes: LANES, days: false, full: false }
    }
}

/// What is asked of a run.
///
/// `replications` is also the most under a precision: a run that is not precise by then ends there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Asked {
    /// How each option is run.
    pub settings: Settings,
    /// Replications; with a precision, the most that are run.
    pub replications: usize,
    /// Half-width of the headline's 95 % interval that is wanted, as a share of its mean; none: exactly `replications`
    /// are run, and nothing is looked at in between.
    pub precision: Option<f64>,
}

/// What a run came to.
///
/// Rows of every option stand in the order of replications, so option and option may be set beside each other year by
/// year.
#[derive(Clone, Debug)]
pub struct RunResult {
    /// The scenario that was run.
    pub scenario: Scenario,
    /// Its options in order, the first `as_now`.
    pub options: Vec<Outcome>,
    /// The first draws of `as_now` under a second luck; none where no input is uncertain.
    pub second_chance: Option<Outcome>,
    /// Seed that was run.
    pub seed: u64,
    /// Replications, the same for every option.
    pub replications: usize,
    /// Whether the precision asked for was reached before the replications ran out; none where none was asked.
    pub precise: Option<bool>,
    /// Replications that the precision asks for, where it was reached: at most those that were run.
    pub needed: Option<usize>,
    /// Where the headline stands, by option; none where an option does not have it.
    pub headline: Vec<Option<HeadlineAt>>,
}

impl RunResult {
    /// A scenario and how it was played, without outcomes: what the files of a folder need that keeps its own tables.
    pub fn bare(scenario: Scenario, seed: u64, replications: usize) -> Self {
        let (options, headline) = (Vec::new(), Vec::new());
        let (second_chance, precise, needed) = (None, None, None);
        Self { scenario, options, second_chance, seed, replications, precise, needed, headline }
    }

    /// The title of an option whose headline is the same in every year (`paired`: differs from that of things as they
    /// are by the same), so that no precision can be told of it; none where there is no such option.
    ///
    /// Equal years need not be luck, but a run can say nothing of their mean: the command says which option it is.
    pub fn alike(&self, paired: bool) -> Option<&str> {
        let series = |at: usize| {
            let headline = self.headline.get(at).copied().flatten()?;
            self.options.get(at)?.series(headline.measure, headline.place, headline.about)
        };
        let now = series(0)?;
        let alike = |at: &usize| {
            let Some(mut values) = series(*at) else { return false };
            if paired {
                values.iter_mut().zip(&now).for_each(|(value, now)| *value -= now);
            }
            Moments::of(&values).alike()
        };
        let first = usize::from(paired);
        (first..self.options.len()).find(alike).map(|at| self.scenario.options[at].title.as_str())
    }

    /// How much of the spread of a column of `as_now` is not knowing, and how much is chance.
    ///
    /// `column` is a position among the columns of `as_now`. None without a second luck, or with fewer than two draws.
    pub fn split(&self, column: usize) -> Option<Split> {
        let second = self.second_chance.as_ref()?.column(column);
        let pairs: Vec<(f64, f64)> = self.options.first()?.column(column).into_iter().zip(second).collect();
        Split::of(&pairs)
    }
}

/// Most draws that are run a second time for the split of the variance.
///
/// The same draws with other chances: what changes between two years of the same draw is luck. More than this adds
/// little and costs a whole option's time.
pub const SECOND_CHANCES: usize = 500;

/// What is told while running: the option, and the headline of each replication just done (NaN: no value).
///
/// Empty option name for the second luck, whose years nobody ranks.
pub type Told<'a> = &'a (dyn Fn(&str, &[f32]) + Sync);

/// Runs every option of a scenario.
///
/// `told` hears of every block; its values are the headline, one a replication, NaN where the option has none. Every
/// option of a block is played before the next block, so that demand and rosters that options share are drawn once.
///
/// # Examples
///
/// ```no_run
/// use skillmix::experiment::run::{Asked, Settings, run_all};
/// use std::path::Path;
///
/// let Ok(scenario) = skillmix::experiment::foreseen::load(Path::new("scenario.toml"), &[]) else { return };
/// let settings = Settings::new(scenario.run.seed);
/// let asked = Asked { settings, replications: 200, precision: None };
/// let result = run_all(scenario, asked, &|option, done| println!("{option}: {} more", done.len()));
/// println!("{} years of {} options", result.replications, result.options.len());
/// ```
pub fn run_all(scenario: Scenario, asked: Asked, told: Told<'_>) -> RunResult {
    all_on(scenario, None, asked, told)
}

/// Runs every option, on from what was begun.
///
/// `begun` holds an option for each of the scenario, in its order, or nothing at all.
pub(super) fn all_on(scenario: Scenario, begun: Option<Begun>, asked: Asked, told: Told<'_>) -> RunResult {
    // Each option finds the headline itself: positions may differ between them.
    let headline: Vec<Option<HeadlineAt>> =
        scenario.options.iter().map(|o| HeadlineAt::find(&scenario.run, &o.model)).collect();
    let (begun, again) = begun.map_or((Vec::new(), None), |begun| (begun.options, begun.second));
    let all = first(asked.replications);
    let watch = asked.precision.map(|share| {
        let shares = headline.iter().flatten().all(HeadlineAt::is_share);
        let sure = headline.iter().flatten().all(|at| at.is_sure(&scenario.options));
        let chances = headline.iter().flatten().all(HeadlineAt::is_chance);
        let watch = Watch::own(share, scenario.options.len()).of_shares(shares);
        watch.of_sure(sure).of_chances(chances)
    });
    let runners = runners(&scenario.options, &headline, begun, asked.settings);
    let (options, ended) = play(runners, watch, &all, told);
    let replications = ended.map_or(asked.replications, |ended| ended.done);
    let again = again.or_else(|| second_runner(&scenario, asked.settings));
    let second_chance = again.map(|mut runner| {
        runner.up_to(&second(replications), &|values| told("", values));
        runner.finish()
    });
    let (seed, precise, needed) =
        (asked.settings.seed, ended.map(Ended::precise), ended.and_then(|e| e.needed));
    RunResult { options, second_chance, seed, replications, precise, needed, headline, scenario }
}

/// Every option ready to run, on from what was begun of it: all of them, or none.
pub(super) fn runners<'a>(
    options: &'a [OptionModel],
    headline: &'a [Option<HeadlineAt>],
    begun: Vec<Runner>,
    settings: Settings,
) -> impl Iterator<Item = (&'a OptionModel, Runner)> {
    let mut begun = begun.into_iter();
    options.iter().zip(headline).map(move |(option, at)| {
        let begun = begun.next();
        (option, begun.unwrap_or_else(|| option_runner(option, *at, settings)))
    })
}

/// Runs options together, block after block: over all replications, or with a watch until it is content or no
/// replications are left.
///
/// Together, so that what they share is drawn once, and every paired difference has the same replications behind it.
/// Every compiled option lies in memory, but the buffers of one a thread.
pub(super) fn play<'a>(
    runners: impl Iterator<Item = (&'a OptionModel, Runner)>,
    watch: Option<Watch>,
    all: &[Replication],
    told: Told<'_>,
) -> (Vec<Outcome>, Option<Ended>) {
    let (options, mut runners): (Vec<&OptionModel>, Vec<Runner>) = runners.unzip();
    let told = |option: usize, values: &[f32]| told(&options[option].name, values);
    let ended = watch.map(|watch| {
        until_settled(watch, all.len(), |range| {
            up_to(&mut runners, &all[..range.end], &told);
            runners.iter().map(|runner| runner.headline(range.clone())).collect()
        })
    });
    if ended.is_none() {
        up_to(&mut runners, all, &told);
    }
    (runners.into_iter().map(Runner::finish).collect(), ended)
}

/// Makes an option ready to run.
///
/// `headline` is what is told of each replication, and what a precision looks at.
pub(super) fn option_runner(
    option: &OptionModel,
    headline: Option<HeadlineAt>,
    settings: Settings,
) -> Runner {
    Runner::new(&option.name, option.model.clone(), headline, settings)
}

/// Makes `as_now` ready to run with a second luck; none where no input is uncertain.
///
/// Days of the second luck are nobody's question, so they are not kept.
pub(super) fn second_runner(scenario: &Scenario, settings: Settings) -> Option<Runner> {
    let now = scenario.options.first().filter(|now| !now.model.inputs.is_empty())?;
    // The same columns as the first luck's, the headline's among them.
    let at = HeadlineAt::find(&scenario.run, &now.model);
    Some(option_runner(now, at, Settings { days: false, ..settings }).without_weeks())
}

/// Runs one option over given replications; `progress` is told how many more are done after each block.
///
/// No headline is told, so the values are NaN and only their number matters.
pub fn run(
    option: &str,
    model: Model,
    replications: &[Replication],
    settings: Settings,
    progress: &(dyn Fn(usize) + Sync),
) -> Outcome {
    let mut runner = Runner::new(option, model, None, settings);
    runner.more(replications, &|values| progress(values.len()));
    runner.finish()
}

/// Chance indices of the second luck begin here: beyond all that a run can have, so that a longer run has the same
/// ones.
const SECOND_LUCK: u64 = 1 << 40;

/// The first draws of a run with another luck, one that no replication of any run has.
///
/// Draw i has chance i + 2^40: the same inputs, other luck.
pub fn second(replications: usize) -> Vec<Replication> {
    let again = |rep: Replication| Replication::new(rep.draw, SECOND_LUCK + rep.draw);
    first(replications.min(SECOND_CHANCES)).into_iter().map(again).collect()
}

/// The first `n` replications: draw and chance index both the replication's number.
///
/// Replication i is the same in every run, whatever else is asked for.
pub fn first(n: usize) -> Vec<Replication> {
    (0..n as u64).map(|i| Replication::new(i, i)).collect()
}
