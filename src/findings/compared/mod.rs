//! Everything a report of a comparison may say, computed once, with the sentences.
//!
//! In: what a comparison came to. Out: for every option and figure the paired difference from `as_now` and what it
//! shows, which option is best with a controlled error, and the ledger of each option of several parts. The answer comes
//! first, in one sentence.

pub mod best;
pub mod ledger;
pub mod line;
pub mod sentences;
pub mod titles;
pub mod written;

use super::backlog::Backlog;
use super::beside::Beside;
use super::changes::{self, NeedChange};
use super::harms::{self, Together};
use super::prices::Gap;
use super::settling::{Settling, settling};
use super::{money, options, own_time};
use crate::experiment::compare::Compared;
use crate::experiment::run::first;
use crate::experiment::shown::Shown;
use crate::experiment::sure::sure;
use crate::lever::Heading;
use crate::model::Model;
use crate::outcome::columns::{About, Place};
use crate::stats::interval::Interval;
use crate::stats::judgement::Luck;
use crate::stats::paired::Better;
use crate::units::Day;
use best::Best;
use ledger::LedgerFinding;
use line::Line;
use written::Written;

/// Confidence of every interval and statement of a comparison.
pub const CONFIDENCE: f64 = 0.95;

/// A figure that is shown of every option.
#[derive(Clone, Debug)]
pub struct FigureShown {
    /// Where it stands in the replications.
    pub shown: Shown,
    /// What it is, in words.
    pub words: String,
    /// The same inside a sentence.
    pub said: String,
    /// The difference below which nobody would care, where one is stated.
    pub matters: Option<f64>,
    /// True where no luck reaches it in any option, so that equal differences are exact.
    pub sure: bool,
    /// Title of its place, where that is another than the headline's.
    pub at: Option<String>,
}

impl FigureShown {
    /// Of the options whose models these are, as now first.
    fn new(compared: &Compared, models: &[&Model], shown: &Shown) -> Self {
        let run = &compared.run.scenario.run;
        let stated = run.matters.iter().rev().find(|(measure, _)| measure == shown.measure.name);
        // The headline's own place is in its words; of figures of other places the table has it.
        let headline = compared.shown.first();
        let its_place = match headline == Some(shown) {
            true => at(shown.place, models[0]),
            false => String::new(),
        };
        let elsewhere = headline.is_some_and(|headline| headline.place != shown.place);
        Self {
            words: words(shown, models) + &its_place,
            said: said(shown, models) + &its_place,
            matters: stated.map(|(_, width)| *width),
            sure: models.iter().all(|model| sure(shown.measure.name, model)),
            at: elsewhere.then(|| shown.place.title(models[0]).to_owned()),
            shown: *shown,
        }
    }

    /// The luck that reaches its differences.
    pub fn luck(&self) -> Luck {
        Luck::of(self.shown.measure.is_chance(), self.sure)
    }

    /// How it is written where its difference is known to so much; no finer than the difference that matters is.
    pub fn written(&self, half_width: f64) -> Written {
        Written::new(self.shown.measure, half_width.max(self.matters.unwrap_or(0.0)))
    }

    /// How a column of it is written: digits follow the narrowest interval above nought, so that no row looks surer than it
    /// is and none loses its difference.
    pub fn column<'a>(&self, lines: impl IntoIterator<Item = &'a Line>) -> Written {
        let halves = lines.into_iter().map(Line::half_width).filter(|half| *half > 0.0);
        self.written(halves.reduce(f64::min).unwrap_or(0.0))
    }

    /// True where no difference of an interval matters.
    pub fn within(&self, interval: Interval) -> bool {
        self.matters.is_some_and(|matters| interval.low.abs().max(interval.high.abs()) <= matters)
    }
}

/// One option.
#[derive(Clone, Debug)]
pub struct OptionFinding {
    /// Headings under which its levers are counted, each once.
    pub headings: Vec<Heading>,
    /// Name in the file.
    pub name: String,
    /// Title shown to people.
    pub title: String,
    /// Its figures against `as_now`, the headline first; one for each figure shown, none where it has no value.
    pub lines: Vec<Option<Line>>,
    /// Its ledger; none where it is one part.
    pub ledger: Option<LedgerFinding>,
    /// What it changes for each need at the headline's place.
    pub needs: Vec<NeedChange>,
    /// What it changes there for everybody together.
    pub together: Together,
    /// What it costs, all together and the practices, in words; none where no cost can be told.
    pub cost: Option<String>,
    /// The same as cells: all together, and of it the practices.
    pub costs: [Option<String>; 2],
    /// True where staff that it changes have no price.
    pub unpriced: bool,
    /// Used of the time of the posts that it adds; none where it adds none.
    pub own_time: Option<f64>,
    /// The slowest of its levers that is still settling in.
    pub settling: Option<Settling>,
}

impl OptionFinding {
    /// The option at a position; `figures` stand beside their series as now, `place` is the headline's.
    fn new<'a>(
        compared: &Compared,
        (at, title): (usize, &str),
        (place, figures): (Place, &[FigureShown]),
        as_now: impl Iterator<Item = (&'a FigureShown, Option<&'a [f64]>)>,
    ) -> Self {
        let (options, outcomes) = (&compared.run.scenario.options, &compared.run.options);
        let (model, option) = (&options[0].model, &options[at]);
        let beside = Beside { as_now: (model, &outcomes[0]), option: (&option.model, &outcomes[at]), place };
        let money = money::money(&beside);
        let line = |(figure, now): (&FigureShown, Option<&[f64]>)| {
            Line::new(figure, now?, &compared.series(at, &figure.shown)?)
        };
        let ledger = compared.ledgers.iter().find(|ledger| ledger.option == at);
        let years = first(compared.run.replications);
        Self {
            needs: changes::needs(&beside),
            together: Together::of(&beside),
            settling: settling(&option.model, Some(model), compared.run.seed, &years),
            cost: money.as_ref().and_then(options::cost),
            costs: options::costs(money.as_ref()),
            unpriced: !Gap::between(model, &option.model).whole(),
            own_time: own_time::used(beside.as_now, beside.option),
            headings: headings(&option.model),
            name: option.name.clone(),
            title: title.to_owned(),
            lines: as_now.map(line).collect(),
            ledger: ledger.map(|ledger| LedgerFinding::new(ledger, figures, &option.model)),
        }
    }

    /// Its headline against `as_now`; none where it has no value.
    pub fn headline(&self) -> Option<&Line> {
        self.lines.first()?.as_ref()
    }

    /// What is to be said against it in a sentence that praises it.
    pub fn but(&self) -> Option<String> {
        harms::but(&self.together, &self.needs)
    }
}

/// Everything a report of a comparison may say.
#[derive(Clone, Debug)]
pub struct ComparedFindings {
    /// Title of the scenario.
    pub title: String,
    /// First and last counted day.
    pub period: (Day, Day),
    /// Seed.
    pub seed: u64,
    /// Simulated years of each option.
    pub replications: usize,
    /// How many of them the precision asked for took; none where none was asked, or it was not reached.
    pub needed: Option<usize>,
    /// True where every input is fixed.
    pub fixed: bool,
    /// Title of `as_now`.
    pub as_now: String,
    /// Figures shown, the headline first.
    pub figures: Vec<FigureShown>,
    /// The backlog through the year; none where nobody waits.
    pub backlog: Option<Backlog>,
    /// Options besides `as_now`, in their order.
    pub options: Vec<OptionFinding>,
    /// Which is best in the headline; none where neither direction is better.
    pub best: Option<Best>,
    /// The answer, sentence by sentence; the first is the answer.
    pub answer: Vec<String>,
    /// How many of its sentences are of all options together, before those of each.
    pub of_all: usize,
}

impl ComparedFindings {
    /// Computes the findings.
    ///
    /// Reads outcomes that are there; nothing is played again.
    pub fn new(compared: &Compared) -> Self {
        let scenario = &compared.run.scenario;
        let model = &scenario.options[0].model;
        let titles = super::titles_apart(&scenario.options);
        let models: Vec<&Model> = scenario.options.iter().map(|option| &option.model).collect();
        let figure = |shown: &Shown| FigureShown::new(compared, &models, shown);
        let figures: Vec<FigureShown> = compared.shown.iter().map(figure).collect();
        let series: Vec<Option<Vec<f64>>> = compared.shown.iter().map(|s| compared.series(0, s)).collect();
        let place = figures.first().map_or(Place::All, |headline| headline.shown.place);
        let figures_now = || figures.iter().zip(series.iter().map(Option::as_deref));
        let option =
            |at: usize| OptionFinding::new(compared, (at, &titles[at]), (place, &figures), figures_now());
        let mut findings = Self {
            title: scenario.title.clone(),
            period: (model.horizon.start, model.horizon.last()),
            seed: compared.run.seed,
            replications: compared.run.replications,
            needed: compared.run.needed,
            fixed: scenario.options.iter().all(|option| option.model.inputs.is_empty()),
            as_now: titles[0].clone(),
            backlog: Backlog::new(titles.iter().zip(models).zip(&compared.run.options), place),
            options: (1..scenario.options.len()).map(option).collect(),
            best: figures.first().and_then(|headline| Best::new(compared, &titles, headline)),
            figures,
            answer: Vec::new(),
            of_all: 0,
        };
        (findings.answer, findings.of_all) = sentences::answer(&findings);
        findings
    }

    /// Options by the mean change of the headline, the best first; in their order where neither direction is better.
    pub fn best_first(&self) -> Vec<&OptionFinding> {
        let Some(better) = self.headline().and_then(|headline| headline.shown.better()) else {
            return self.options.iter().collect();
        };
        let sign = if better == Better::Higher { 1.0 } else { -1.0 };
        let by = |option: &OptionFinding| {
            let line = option.headline();
            line.map_or(f64::NEG_INFINITY, |line| sign * line.paired.mean)
        };
        super::greatest_first(&self.options, by)
    }

    /// The headline; none where the scenario has none.
    pub fn headline(&self) -> Option<&FigureShown> {
        self.figures.first()
    }
}

/// The headings of a model's levers, in their order, each once.
fn headings(model: &Model) -> Vec<Heading> {
    let mut headings: Vec<Heading> = model.levers.iter().filter_map(|lever| lever.heading).collect();
    headings.sort();
    headings.dedup();
    headings
}

/// A figure in words: measure and subject.
///
/// The measure's name with blanks, then its subject; the place is not in it. `models` are those of the options, as now first.
pub(super) fn words(shown: &Shown, models: &[&Model]) -> String {
    let model = models[0];
    let words = match headline(shown).alike(models) {
        true => headline(shown).words(model),
        false => headline(shown).titled(model),
    };
    let words = words.strip_prefix("gp ").map_or(words.clone(), |rest| format!("GP {rest}"));
    match shown.about {
        About::Role(r) => format!("{words}, {}", model.roles[r].title),
        _ => words,
    }
}

/// ` at West Kensington`, where a figure is of one practice of several, or of one network of several: a report reads as one
/// of the whole scenario.
fn at(place: Place, model: &Model) -> String {
    match place {
        Place::Practice(_) if model.practices.len() > 1 => format!(" at {}", place.title(model)),
        Place::Network(_) if model.networks.len() > 1 => format!(" in {}", place.title(model)),
        _ => String::new(),
    }
}

/// The same inside a sentence: `the share seen within 14 days (routine consultation)`, and the words of what has none.
pub(super) fn said(shown: &Shown, models: &[&Model]) -> String {
    let share = headline(shown).share_said(models[0]).filter(|_| headline(shown).alike(models));
    share.unwrap_or_else(|| words(shown, models))
}

/// A figure as if it were the headline.
fn headline(shown: &Shown) -> super::headline::Headline {
    super::headline::Headline { measure: shown.measure, place: shown.place, about: shown.about }
}
