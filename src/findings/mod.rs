//! Everything a report may say, computed once, with the sentences.
//!
//! In: a scenario, the outcome of each of its options in their order, and how they were run. Out: [`Findings`]:
//! verdict, tables, staffing map, the year that went wrong, data and titles of plots. Reports compute nothing.
//! A few replications are run again here, on the same draws, for what an outcome does not keep.

pub mod access;
pub mod advised;
pub mod backlog;
pub mod bank;
pub mod beside;
pub mod bottleneck;
pub mod called;
pub mod chain;
pub mod changes;
pub mod compare;
pub mod compared;
pub mod drivers;
pub mod figure;
mod given_up;
pub mod harms;
pub mod headline;
pub mod lists;
pub mod mix;
pub mod money;
pub mod months;
pub mod moved;
pub mod next;
pub mod one_more;
pub mod options;
pub mod own_time;
pub mod people;
pub mod piloted;
mod places;
pub mod prices;
pub mod probe;
pub mod receivers;
pub mod say;
pub mod sensitivity;
pub mod settling;
pub mod shortfall;
pub mod sinking;
pub mod sized;
pub mod staffing;
pub mod sweep;
pub mod tables;
pub mod titles;
#[cfg(test)]
mod titles_tests;
pub mod typed;
pub mod unseen;
pub mod verdict;
#[cfg(test)]
mod verdict_tests;
pub mod weeks;
pub mod wrong_year;

use crate::experiment::run::first;
use crate::experiment::shown::between_options;
use crate::fault::Severity;
use crate::model::Model;
use crate::outcome::Outcome;
use crate::outcome::columns::About;
use crate::outcome::measure::Better;
use crate::scenario::{OptionModel, Scenario};
use crate::stats::interval::{ENOUGH, FEWEST};
use crate::stats::quantile::percentile;
use figure::{Figure, Unit};
use given_up::given_up;
use headline::{Headline, Subject};
use next::{Next, Search};
use typed::Typed;

/// Replications looked at again, at most.
const PROBED: usize = 64;

/// How the outcomes were run.
#[derive(Clone, Debug, Default)]
pub struct RunInfo {
    /// Seed.
    pub seed: u64,
    /// Replications of each option: the first so many.
    pub replications: usize,
    /// Replications that the precision asked for took, where one was and was reached.
    pub needed: Option<usize>,
    /// As-now again with other luck on the same draws (the first draws, in order), where the variance is to be split.
    pub split: Option<Outcome>,
    /// The command as it was typed, for the one to try next.
    pub typed: Option<Typed>,
}

/// Everything a report may say.
#[derive(Clone, Debug)]
pub struct Findings {
    /// Title of the scenario.
    pub title: String,
    /// Title of things as they are, of which every picture is that names no option.
    pub as_now: String,
    /// Who the headline speaks of.
    pub subject: Subject,
    /// First and last counted day.
    pub period: (crate::units::Day, crate::units::Day),
    /// Of what counts, hours and pounds are, above a table.
    pub counts: String,
    /// The same, once in full.
    pub convention: String,
    /// Seed.
    pub seed: u64,
    /// Simulated years.
    pub replications: usize,
    /// How many of them the precision asked for took; none where none was asked, or it was not reached.
    pub needed: Option<usize>,
    /// True where every input is fixed.
    pub fixed: bool,
    /// Fingerprint of the scenario.
    pub hash: String,
    /// Headline in words.
    pub headline: String,
    /// The same inside a sentence: `the share seen within 14 days (routine consultation)`.
    pub headline_said: String,
    /// Which way of it is better between options.
    pub better: Better,
    /// Its unit.
    pub headline_unit: Unit,
    /// Its figure.
    pub headline_figure: Figure,
    /// The verdict, sentence by sentence.
    pub verdict: Vec<String>,
    /// The step to try next.
    pub next: Option<Next>,
    /// Targets.
    pub targets: Vec<access::TargetFinding>,
    /// Demand against capacity of the role in focus: the bottleneck, else the shortest.
    pub demand: Option<weeks::DemandAndCapacity>,
    /// The backlog through the year; none where nobody waits.
    pub backlog: Option<backlog::Backlog>,
    /// Utilisation by post and week.
    pub utilisation: weeks::Utilisation,
    /// Where the waits are from, and the waits by need.
    pub waits: (String, Vec<access::NeedWait>),
    /// From all GP appointments to net GP time released, of each option that redirects, the largest release first.
    pub chains: Vec<chain::Chain>,
    /// Contacts a GP a day, where known.
    pub contacts: Vec<access::Contacts>,
    /// Shortfalls by role.
    pub shortfalls: Vec<shortfall::Shortfall>,
    /// What locums or a staff bank would have to cover, role by role.
    pub banks: Vec<bank::Bank>,
    /// Bottleneck.
    pub bottleneck: bottleneck::Bottleneck,
    /// Assumptions that matter.
    pub drivers: drivers::Drivers,
    /// The year that went wrong.
    pub wrong_year: Option<wrong_year::WrongYear>,
    /// The slowest lever of as-now that is still settling in.
    pub settling: Option<settling::Settling>,
    /// Money of as-now; none where no costs are stated.
    pub money: Vec<(&'static str, Figure)>,
    /// Options against as-now, in the order of the scenario.
    pub comparisons: Vec<compare::Comparison>,
    /// How many are seen at another practice, and are drawn in by short waits, where a need states it.
    pub moved: Vec<String>,
    /// Staffing map.
    pub staffing: Vec<staffing::Staffed>,
    /// Tables of as-now, in order.
    pub tables: Vec<tables::Table>,
    /// Tables of each option under its title.
    pub option_tables: Vec<(String, Vec<tables::Table>)>,
    /// What the planner should know.
    pub warnings: Vec<String>,
}

impl Findings {
    /// The years over which is shown what takes playing them once more: `simulated years`, or the first so many of them.
    pub fn years_again(&self) -> String {
        match self.replications > PROBED {
            true => format!("the first {PROBED} simulated years"),
            false => "simulated years".into(),
        }
    }

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
        let practice = place.practices(model).first().copied().unwrap_or(0);
        let session = shortfall::session_minutes(model, run.seed, &reps, practice);
        let shortfalls = shortfall::shortfalls((model, place), &probed, &session);
        let bottleneck = bottleneck::bottleneck(model, &headline, run.seed, &reps);
        let mut drivers = drivers::drivers(scenario, model, (&headline, &values), run.seed);
        drivers.not_knowing = run.split.as_ref().and_then(|s| drivers::not_knowing(&headline, &values, s));
        let focus = focus(&bottleneck, &shortfalls);
        let (waits_at, waits) = access::waits(model, outcome, place);
        let options = told_apart(&scenario.options);
        let beside: Vec<(&OptionModel, &Outcome)> = options.iter().zip(outcomes).skip(1).collect();
        let fixed = model.inputs.is_empty();
        let mut findings = Self {
            title: scenario.title.clone(),
            as_now: options[0].title.clone(),
            subject: Subject::new(model, place),
            period: (model.horizon.start, model.horizon.last()),
            counts: say::of_days(model.horizon.days),
            convention: say::convention(model.horizon.days),
            seed: run.seed,
            replications: outcome.replications(),
            needed: run.needed,
            fixed,
            hash: scenario.hash.clone(),
            headline: headline.words(model),
            headline_said: headline.said(model),
            better: between_options(headline.measure),
            headline_unit: headline.unit(),
            headline_figure: Figure::of(&values, headline.unit()),
            verdict: Vec::new(),
            next: None,
            targets: access::targets(model, outcome, place, headline.target()),
            demand: focus.map(|r| weeks::DemandAndCapacity::new(model, &probed, r)),
            backlog: backlog::Backlog::new(options.iter().map(|o| (&o.title, &o.model)).zip(outcomes), place),
            utilisation: weeks::Utilisation::new(model, outcome, &beside),
            waits: (Subject::new(model, waits_at).name, waits),
            chains: chain::chains(&options, run.seed, place, &reps),
            contacts: access::contacts(model, outcome),
            shortfalls,
            banks: bank::banks(model, outcome, place, focus),
            bottleneck,
            drivers,
            wrong_year: wrong_year::wrong_year(model, &headline, &values, run.seed),
            settling: settling::settling(model, None, run.seed, &reps),
            money: money::as_now(outcome, place),
            comparisons: beside
                .iter()
                .map(|(o, out)| compare::compare((option, o), (outcome, out), &headline, (run.seed, &reps)))
                .collect(),
            moved: moved::moved((model, outcome), &beside, place),
            staffing: staffing::staffing(model, run.seed, &reps),
            tables: Vec::new(),
            option_tables: Vec::new(),
            warnings: warnings(scenario, model, outcome.replications()),
        };
        access::beside(&mut findings.targets, (model, place), &beside);
        let search = Search { model, outcome, place, target: 0, roles: &[], seed: run.seed, reps: &reps };
        findings.next = findings.next(&search, &run.typed.unwrap_or_default());
        findings.verdict = findings.say(model, &headline, outcome, &values);
        findings.tables = tables::all(&findings, (model, outcome), &beside, place);
        findings.option_tables = tables::of_options(&findings);
        findings
    }

    /// The verdict.
    fn say(&self, model: &Model, headline: &Headline, outcome: &Outcome, values: &[f64]) -> Vec<String> {
        let used = |role| outcome.series("utilisation", headline.place, About::Role(role));
        let short = |s: &shortfall::Shortfall| {
            let used = Figure::of_series(used(s.role), Unit::Share).mean;
            // Less than half a session a week is not worth a sentence.
            s.when_short.filter(|sessions| sessions.mean >= 0.5)?;
            let missing = self.banks.iter().find(|bank| bank.role == s.role).map(bank::Bank::said);
            Some(verdict::Short {
                role: s.role,
                months: s.months.clone()?,
                sessions: s.when_short?,
                used,
                missing,
            })
        };
        let short: Vec<verdict::Short> = self.shortfalls.iter().filter_map(short).collect();
        let tenth = if headline.higher_is_better() { 0.1 } else { 0.9 };
        let roles: Vec<String> = model.roles.iter().map(|r| r.title.clone()).collect();
        verdict::verdict(&verdict::Facts {
            subject: &self.subject,
            fixed: self.fixed,
            targets: &self.targets,
            nobody: self.nobody(model, headline),
            sinking: self.wrong_year.as_ref().and_then(|w| w.median.sinks()),
            headline: (
                &self.headline,
                self.headline_figure,
                percentile(values, tenth).unwrap_or(f64::NAN),
                headline.higher_is_better(),
            ),
            settling: self.settling.as_ref(),
            bottleneck: &self.bottleneck,
            rooms: shortfall::without_a_room(model, outcome, headline.place),
            roles: &roles,
            short: &short,
            given_up: given_up(model, outcome, headline.place),
            drivers: &self.drivers,
            next: self.next.as_ref(),
        })
    }

    /// Where nobody can see the need of the target in focus, else of the headline, with the reason.
    fn nobody(&self, model: &Model, headline: &Headline) -> Option<String> {
        let of_target = self.targets.first().map(|target| model.targets[target.number].need);
        let of_headline = match headline.about {
            About::Need(need) => Some(need),
            _ => None,
        };
        let need = of_target.or(of_headline)?;
        unseen::sentence(model, &unseen::unseen(model, headline.place, need), need)
    }

    /// Options against as-now, the best for the headline first; those alike in the order of the scenario, and all where neither way
    /// is better.
    pub fn best_first(&self) -> Vec<&compare::Comparison> {
        let sign = match self.better {
            Better::Higher => 1.0,
            Better::Lower => -1.0,
            Better::Neither => return self.comparisons.iter().collect(),
        };
        let gain = |c: &compare::Comparison| c.headline.as_ref().map_or(0.0, |d| sign * d.paired.mean);
        greatest_first(&self.comparisons, gain)
    }

    /// The step to try next, while the target in focus is not safe.
    fn next(&self, search: &Search<'_>, typed: &Typed) -> Option<Next> {
        let target = self.targets.first()?;
        if target.chance.share()? >= 0.8 {
            return None;
        }
        let search = Search { target: target.number, roles: &self.bottleneck.roles, ..*search };
        next::next(&search, typed)
    }
}

/// Those of whom something is greatest first; those alike in their order.
fn greatest_first<T>(all: &[T], of: impl Fn(&T) -> f64) -> Vec<&T> {
    let mut sorted: Vec<&T> = all.iter().collect();
    sorted.sort_by(|a, b| of(b).total_cmp(&of(a)));
    sorted
}

/// What must be known of figures over few simulated years.
fn few_years(n: u64) -> Option<String> {
    let years = say::counted(n as f64, "simulated year");
    if n >= ENOUGH {
        return None;
    }
    let what = if n < FEWEST {
        "no interval of a mean is computed from so few"
    } else {
        "95 % intervals from so few hold the truth less often than they say"
    };
    Some(format!("Only {years}: {what}. Run {ENOUGH} or more (-n) before anything is decided."))
}

/// Options whose titles are alike also say their names.
fn told_apart(options: &[OptionModel]) -> Vec<OptionModel> {
    let titled = |(option, title): (&OptionModel, String)| OptionModel { title, ..option.clone() };
    options.iter().zip(titles_apart(options)).map(titled).collect()
}

/// Titles of options; those that are alike also say the option's name.
fn titles_apart(options: &[OptionModel]) -> Vec<String> {
    let title = |stated: &OptionModel| match options.iter().filter(|o| o.title == stated.title).count() {
        1 => stated.title.clone(),
        _ => format!("{} ({})", stated.title, stated.name),
    };
    options.iter().map(title).collect()
}

/// The role whose weeks are drawn: the bottleneck, else the role that is shortest.
fn focus(b: &bottleneck::Bottleneck, shortfalls: &[shortfall::Shortfall]) -> Option<usize> {
    let shortest = shortfalls.iter().max_by(|a, b| a.all_year.mean.total_cmp(&b.all_year.mean));
    b.roles.first().copied().or_else(|| shortest.map(|s| s.role))
}

/// Warnings of the scenario, one of too few simulated years, and one of the book that opens empty.
fn warnings(scenario: &Scenario, model: &Model, replications: usize) -> Vec<String> {
    let noted = scenario.warnings.faults().filter(|f| f.severity == Severity::Warning);
    let mut all: Vec<String> = noted
        .map(|f| match &f.help {
            Some(help) => format!("{} ({help})", f.message),
            None => f.message.clone(),
        })
        .collect();
    all.extend(scenario.options.iter().find_map(|option| prices::warning(&option.model)));
    all.extend(few_years(replications as u64));
    let backlog = model.needs.iter().any(|n| n.start_backlog.iter().any(|b| *b > 0));
    if model.horizon.warm_up_days == 0 && !backlog {
        all.push(
            "The book opens empty: no warm-up weeks and no opening backlog are stated, so waits in the first weeks are too short.".into(),
        );
    }
    all
}
