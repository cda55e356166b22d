//! Everything a report may say, computed once, with the sentences.
//!
//! In: a scenario, the outcome of each of its options in their order, and how they were run. Out: [`Findings`]:
//! verdict, tables, staffing map, the year that went wrong, data and titles of plots. Reports compute nothing.
//! A few replications are run again here, on the same draws, for what an outcome does not keep.

pub mod access;
pub mod bottleneck;
pub mod chain;
pub mod compare;
pub mod compared;
pub mod drivers;
pub mod figure;
pub mod headline;
pub mod probe;
pub mod say;
pub mod shortfall;
pub mod staffing;
pub mod tables;
pub mod titles;
#[cfg(test)]
mod titles_tests;
pub mod verdict;
#[cfg(test)]
mod verdict_tests;
pub mod weeks;
pub mod wrong_year;

use crate::experiment::run::first;
use crate::fault::Severity;
use crate::model::Model;
use crate::model::post::Capacity;
use crate::outcome::Outcome;
use crate::outcome::columns::{About, Place};
use crate::scenario::Scenario;
use crate::stats::quantile::percentile;
use figure::{Figure, Unit};
use headline::{Headline, Subject};

/// Replications looked at again, at most.
const PROBED: usize = 64;

/// How the outcomes were run.
#[derive(Clone, Debug, Default)]
pub struct RunInfo {
    /// Seed.
    pub seed: u64,
    /// Replications of each option: the first so many.
    pub replications: usize,
    /// As-now again with other luck on the same draws (the first draws, in order), where the variance is to be split.
    pub split: Option<Outcome>,
    /// Scenario file as the user typed it, for the command to try next.
    pub file: Option<String>,
}

/// Everything a report may say.
#[derive(Clone, Debug)]
pub struct Findings {
    /// Title of the scenario.
    pub title: String,
    /// Who the headline speaks of.
    pub subject: Subject,
    /// First and last counted day.
    pub period: (crate::units::Day, crate::units::Day),
    /// Seed.
    pub seed: u64,
    /// Simulated years.
    pub replications: usize,
    /// True where every input is fixed.
    pub fixed: bool,
    /// Fingerprint of the scenario.
    pub hash: String,
    /// Headline in words.
    pub headline: String,
    /// Its unit.
    pub headline_unit: Unit,
    /// Its figure.
    pub headline_figure: Figure,
    /// The verdict, sentence by sentence.
    pub verdict: Vec<String>,
    /// Targets.
    pub targets: Vec<access::TargetFinding>,
    /// Demand against capacity of the role in focus: the bottleneck, else the shortest.
    pub demand: Option<weeks::DemandAndCapacity>,
    /// Utilisation by post and week.
    pub utilisation: weeks::Utilisation,
    /// Where the waits are from, and the waits by need.
    pub waits: (String, Vec<access::NeedWait>),
    /// From all GP appointments to net GP time released.
    pub chain: Option<chain::Chain>,
    /// Contacts a GP a day, where known.
    pub contacts: Vec<access::Contacts>,
    /// Shortfalls by role.
    pub shortfalls: Vec<shortfall::Shortfall>,
    /// Bottleneck.
    pub bottleneck: bottleneck::Bottleneck,
    /// Assumptions that matter.
    pub drivers: drivers::Drivers,
    /// The year that went wrong.
    pub wrong_year: Option<wrong_year::WrongYear>,
    /// Options against as-now.
    pub comparisons: Vec<compare::Comparison>,
    /// Staffing map.
    pub staffing: Vec<staffing::Staffed>,
    /// Tables, in order.
    pub tables: Vec<tables::Table>,
    /// What the planner should know.
    pub warnings: Vec<String>,
}

impl Findings {
    /// Computes the findings; `outcomes` are in the order of the scenario's options, as-now first, each over the
    /// first `run.replications` replications.
    ///
    /// # Panics
    /// Where there is no outcome, or the scenario has no option: both are ours, not the user's.
    pub fn new(scenario: &Scenario, outcomes: &[Outcome], run: RunInfo) -> Self {
        let (option, outcome) = (&scenario.options[0], &outcomes[0]);
        let model = &option.model;
        let reps = first(run.replications.clamp(1, PROBED));
        let stated = scenario.run.headline.as_ref();
        let headline =
            Headline::new(model, stated).unwrap_or_else(|| unreachable!("both defaults are measures"));
        let values = headline.series(outcome);
        let place = headline.place;
        let probed = probe::probe(model, run.seed, place, &reps);
        let shortfalls = shortfall::shortfalls(model, &probed);
        let bottleneck = bottleneck::bottleneck(model, &headline, run.seed, &reps);
        let mut drivers = drivers::drivers(scenario, model, &values, run.seed);
        drivers.not_knowing = run.split.as_ref().and_then(|s| drivers::not_knowing(&headline, &values, s));
        let focus = focus(&bottleneck, &shortfalls);
        let (waits_at, waits) = access::waits(model, outcome, place);
        let comparisons = scenario.options.iter().zip(outcomes).skip(1);
        let mut findings = Self {
            title: scenario.title.clone(),
            subject: Subject::new(model, place),
            period: (model.horizon.start, model.horizon.start.plus(model.horizon.days as i32 - 1)),
            seed: run.seed,
            replications: outcome.replications(),
            fixed: model.inputs.is_empty(),
            hash: scenario.hash.clone(),
            headline: headline.words(model),
            headline_unit: headline.unit(),
            headline_figure: Figure::of(&values, headline.unit()),
            verdict: Vec::new(),
            targets: access::targets(model, outcome, place, headline.target()),
            demand: focus.map(|r| weeks::DemandAndCapacity::new(model, &probed, r)),
            utilisation: weeks::Utilisation::new(model, outcome),
            waits: (Subject::new(model, waits_at).name, waits),
            chain: chain::chain(scenario, run.seed, place, &reps),
            contacts: access::contacts(model, outcome),
            shortfalls,
            bottleneck,
            drivers,
            wrong_year: wrong_year::wrong_year(model, &headline, &values, run.seed),
            comparisons: comparisons
                .map(|(o, out)| compare::compare(&o.title, (model, &o.model), &headline, outcome, out))
                .collect(),
            staffing: staffing::staffing(model, run.seed, &reps),
            tables: Vec::new(),
            warnings: warnings(scenario, model),
        };
        findings.verdict = findings.say(model, &headline, outcome, &values, run.file.as_deref());
        findings.tables = tables::tables(model, outcome, place);
        findings.tables.extend(tables::derived(&findings, model));
        findings
    }

    /// The verdict.
    fn say(
        &self,
        model: &Model,
        headline: &Headline,
        outcome: &Outcome,
        values: &[f64],
        file: Option<&str>,
    ) -> Vec<String> {
        let short: Vec<(usize, String, Figure)> =
            self.shortfalls.iter().filter_map(|s| Some((s.role, s.months.clone()?, s.when_short?))).collect();
        let tenth = if headline.higher_is_better() { 0.1 } else { 0.9 };
        let roles: Vec<String> = model.roles.iter().map(|r| r.title.clone()).collect();
        verdict::verdict(&verdict::Facts {
            subject: &self.subject,
            fixed: self.fixed,
            target: self.targets.first(),
            headline: (
                &self.headline,
                self.headline_figure,
                percentile(values, tenth).unwrap_or(f64::NAN),
                headline.higher_is_better(),
            ),
            bottleneck: &self.bottleneck,
            roles: &roles,
            short: &short,
            given_up: given_up(model, outcome, headline.place),
            drivers: &self.drivers,
            next: self.next(model, headline, file),
        })
    }

    /// The command to try next: one more whole-time equivalent, or slot a day, at the bottleneck's first post.
    fn next(&self, model: &Model, headline: &Headline, file: Option<&str>) -> Option<String> {
        let role = *self.bottleneck.roles.first()?;
        let target = self.targets.first()?;
        if target.chance.share()? >= 0.8 {
            return None;
        }
        let posts = probe::posts_of(model, headline.place);
        let post = posts.into_iter().find(|&i| model.posts[i].role == role)?;
        let file = file.unwrap_or("SCENARIO");
        let post = &model.posts[post];
        let one_more = match &post.capacity {
            Capacity::People(staffing) => format!("wte={}", number(staffing.wte.fixed()? + 1.0)),
            Capacity::Plain(plain) if plain.slots_by_day.is_none() => {
                let most = plain.slots.iter().copied().fold(0.0, f64::max);
                let alike = plain.slots.iter().all(|slots| *slots == most || *slots == 0.0);
                alike.then(|| format!("slots_per_day={}", number(most + 1.0)))?
            }
            Capacity::Plain(_) => return None,
        };
        Some(format!("skillmix run {file} --set post.{}.{one_more}", post.name))
    }
}

/// A number as a planner would type it.
fn number(x: f64) -> String {
    format!("{}", (x * 100.0).round() / 100.0)
}

/// The role whose weeks are drawn: the bottleneck, else the role that is shortest.
fn focus(b: &bottleneck::Bottleneck, shortfalls: &[shortfall::Shortfall]) -> Option<usize> {
    let shortest = shortfalls.iter().max_by(|a, b| a.all_year.mean.total_cmp(&b.all_year.mean));
    b.roles.first().copied().or_else(|| shortest.map(|s| s.role))
}

/// Requests given up or turned away, the mean number that goes to A&E, and over what.
fn given_up(model: &Model, outcome: &Outcome, place: Place) -> (Figure, f64, &'static str) {
    let (year, per) = say::per_period(model.horizon.days);
    let series = |name: &str| outcome.series(name, place, About::All).unwrap_or_default();
    let gone: Vec<f64> = series("gave_up").iter().zip(series("lost")).map(|(a, b)| (a + b) * year).collect();
    let destinations = destinations(model);
    let mut to_ae = 0;
    if let Some(ae) = destinations.iter().position(|d| matches!(d.as_str(), "ae" | "a_and_e" | "a-and-e")) {
        for p in place.practices(model) {
            for k in 0..model.needs.len() {
                let cell = (p * model.needs.len() + k) * destinations.len() + ae;
                to_ae += outcome.sums.left_to.get(cell).copied().unwrap_or(0);
            }
        }
    }
    let ae = to_ae as f64 * year / (outcome.sums.replications.max(1)) as f64;
    (Figure::of(&gone, Unit::Count), ae, per)
}

/// Every destination named by a need, sorted: the order of the sums.
fn destinations(model: &Model) -> Vec<String> {
    let gives_up = model.needs.iter().flat_map(|n| n.gives_up.iter().flat_map(|g| &g.to));
    let limits = model.needs.iter().flat_map(|n| n.hard_limit.iter().flat_map(|h| &h.to));
    let mut all: Vec<String> = gives_up.chain(limits).map(|(name, _)| name.clone()).collect();
    all.sort();
    all.dedup();
    all
}

/// Warnings of the scenario, and one of the book that opens empty.
fn warnings(scenario: &Scenario, model: &Model) -> Vec<String> {
    let noted = scenario.warnings.faults().filter(|f| f.severity == Severity::Warning);
    let mut all: Vec<String> = noted
        .map(|f| match &f.help {
            Some(help) => format!("{} ({help})", f.message),
            None => f.message.clone(),
        })
        .collect();
    let backlog = model.needs.iter().any(|n| n.start_backlog.iter().any(|b| *b > 0));
    if model.horizon.warm_up_days == 0 && !backlog {
        all.push(
            "The book opens empty: no warm-up weeks and no opening backlog are stated, so waits in the first weeks are too short.".into(),
        );
    }
    all
}
