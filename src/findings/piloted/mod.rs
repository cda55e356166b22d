//! Everything a report of pilots may say, computed once, with the sentences.
//!
//! In: pilots with what the model expects of them and what was observed. Out: for each its verdict by a stated rule, its
//! effects for 1,000 weighted patients and for money, what its design could show, and what stands behind it.

mod analysis;
pub mod period;
mod planned;
pub mod said;
pub mod sentences;
pub mod titles;
pub mod verdict;

use super::compared::words;
use super::prices::Gap;
use super::say;
use crate::experiment::pilots::observed::NoError;
use crate::experiment::pilots::{Modelled, NoPower, Tried};
use crate::lever::Heading;
use crate::scenario::pilots::{Evidence, Per, Pilot};
use crate::stats::interval::{Interval, mean_interval};
use crate::stats::moments::Moments;
use crate::stats::quantile::percentile;
use period::Period;
use said::Said;
use verdict::{Check, PREDICTIVE, Verdict, check, verdict};

/// The same effect in another unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Also {
    /// As predicted.
    pub predicted: f64,
    /// Where the true effect is expected.
    pub expected: Interval,
    /// As observed.
    pub observed: Option<f64>,
    /// Its interval.
    pub interval: Option<Interval>,
}

/// What the model and the pilot say, side by side.
#[derive(Clone, Debug)]
pub struct Sides {
    /// How effects are written.
    pub said: Said,
    /// How the expected one is: it may be known to more digits than the observation.
    pub foreseen: Said,
    /// The measure in words.
    pub measure: String,
    /// The period in which effects and costs are counted.
    pub period: Period,
    /// Mean predicted effect, and its Monte Carlo interval (95 %).
    pub predicted: (f64, Option<Interval>),
    /// Where the true effect is expected with 95 %: not knowing, and chance.
    pub expected: Interval,
    /// Where the observation was expected, its own error included, and the predictive p-value.
    pub check: Check,
    /// What was observed, with its interval (95 %); none where it is only planned.
    pub observed: Option<(f64, Option<Interval>)>,
    /// Before the start, by how much more a year the pilots rose than the controls, with its interval (95 %); none where no
    /// controls were observed.
    pub drift: Option<(f64, Interval)>,
    /// Share of the predicted spread that is not knowing.
    pub not_knowing: Option<f64>,
    /// For 1,000 weighted patients and week; none for shares and means.
    pub thousand: Option<Also>,
    /// True where the effect is stated for 1,000 weighted patients and week anyway.
    pub stated_for_thousand: bool,
    /// For £1,000; of shares and means, for £1 a weighted patient and year. None where the cost is not known.
    pub pounds: Option<Also>,
    /// Cost of the simulated period; none where it is not known, or nothing is spent.
    pub cost: Option<Cost>,
}

/// What a pilot costs in the simulated period.
#[derive(Clone, Debug, PartialEq)]
pub struct Cost {
    /// Pounds of the simulated period.
    pub pounds: f64,
    /// What the file states, and for how many months; none where the model's own costs are taken.
    pub stated: Option<(f64, Option<usize>)>,
    /// True where part of it is spent once only.
    pub once: bool,
    /// What has no price; nothing where it is the whole cost.
    pub gap: Gap,
}

/// One pilot.
#[derive(Clone, Debug)]
pub struct PilotFinding {
    /// Name in the file.
    pub name: String,
    /// Title.
    pub title: String,
    /// Heading.
    pub heading: Option<Heading>,
    /// Place and what was done, in words.
    pub done: String,
    /// Source id of what was observed.
    pub source: Option<String>,
    /// What it says of the model.
    pub verdict: Verdict,
    /// The two sides; none where a survey is all there is.
    pub sides: Option<Sides>,
    /// What it could show, or why that is not known.
    pub power: Option<Result<Power, NoPower>>,
    /// Figures that it set: address and id.
    pub in_sample: Vec<(String, String)>,
    /// What stands behind it.
    pub evidence: Evidence,
    /// Its finding in one sentence.
    pub sentence: String,
    /// What else has to be said.
    pub notes: Vec<String>,
    /// What staff or patients said.
    pub survey: Vec<String>,
    /// Simulated years and seed.
    pub years: usize,
    /// Seed.
    pub seed: Option<u64>,
}

/// What a pilot could show, and how it is written.
#[derive(Clone, Debug)]
pub struct Power {
    /// The figures.
    pub figures: crate::experiment::pilots::power::Power,
    /// How effects are written.
    pub said: Said,
    /// In a sentence.
    pub sentences: Vec<String>,
}

/// Everything a report of pilots may say.
#[derive(Clone, Debug)]
pub struct PilotedFindings {
    /// Title of the file.
    pub title: String,
    /// Pilots.
    pub pilots: Vec<PilotFinding>,
    /// The answer, sentence by sentence; the first is the answer.
    pub answer: Vec<String>,
}

impl PilotedFindings {
    /// Computes the findings.
    pub fn new(title: &str, tried: &[Tried]) -> Self {
        let pilots: Vec<PilotFinding> = tried.iter().map(finding).collect();
        let answer = sentences::answer(&pilots);
        Self { title: title.to_owned(), pilots, answer }
    }
}

impl PilotedFindings {
    /// True where none of the pilots has been run.
    pub fn planned(&self) -> bool {
        self.pilots.iter().all(|pilot| matches!(pilot.verdict, Verdict::Planned(_)))
    }
}

/// All that is said of one pilot; its sentence and notes come last, from the other fields.
fn finding(tried: &Tried) -> PilotFinding {
    let pilot = &tried.pilot;
    let in_sample = pilot.simulated.as_ref().map_or(Vec::new(), |s| s.in_sample.clone());
    let sides = tried.model.as_ref().and_then(|modelled| sides(pilot, modelled));
    let verdict = match (&tried.model, &sides) {
        (Some(modelled), Some(sides)) => verdict(modelled, sides.check, pilot.claim, !in_sample.is_empty()),
        _ => Verdict::SurveyOnly,
    };
    let power = tried.model.as_ref().map(power);
    let survey = pilot.answers.iter().map(sentences::answered).collect();
    let mut finding = PilotFinding {
        name: pilot.name.clone(),
        title: pilot.title.clone(),
        heading: pilot.heading,
        done: pilot.simulated.as_ref().map_or(String::new(), |simulated| {
            format!("{}; {}", simulated.scenario.title, say::inside(&simulated.done().title))
        }),
        source: pilot.source.clone(),
        verdict,
        power,
        in_sample,
        evidence: pilot.evidence.clone(),
        sentence: String::new(),
        notes: Vec::new(),
        survey,
        years: tried.model.as_ref().map_or(0, |m| m.predicted.effects.len()),
        seed: tried.model.as_ref().map(|m| m.seed),
        sides,
    };
    finding.sentence = sentences::sentence(&finding, tried);
    finding.notes = sentences::notes(&finding, tried);
    finding
}

/// The model's side and the pilot's.
///
/// None where the effect has no value in any simulated year.
fn sides(pilot: &Pilot, modelled: &Modelled) -> Option<Sides> {
    let effects = &modelled.predicted.effects;
    let mean = Moments::of(effects).mean()?;
    let at = |p: f64| percentile(effects, p);
    let expected = Interval { low: at(0.5 - 0.5 * PREDICTIVE)?, high: at(0.5 + 0.5 * PREDICTIVE)? };
    let observed = modelled.measured.as_ref().filter(|m| m.effect.is_finite()).map(|measured| {
        (measured.effect, measured.estimate.ok().map(|estimate| estimate.interval(PREDICTIVE)))
    });
    // As fine as the observation is known; before there is one, as the expectation.
    let half = observed.and_then(|(_, i)| i).map_or(expected.half_width(), |i| i.half_width());
    let check = check(modelled)?;
    let seen = observed.and_then(|(_, interval)| interval);
    let ends: Vec<Interval> = [Some(expected), Some(check.interval), seen].into_iter().flatten().collect();
    let said = Said::new(&modelled.units, modelled.units.per, &sizes(modelled), half).telling(&ends);
    let foreseen = said.at_least(mean, expected.half_width()).telling(&[expected]);
    let model = &pilot.simulated.as_ref()?.as_now().model;
    let cost = cost(pilot, modelled);
    let also = |turn: &dyn Fn(f64) -> Option<f64>| {
        let range = |i: Interval| {
            let (a, b) = (turn(i.low)?, turn(i.high)?);
            Some(Interval { low: a.min(b), high: a.max(b) })
        };
        Some(Also {
            predicted: turn(mean)?,
            expected: range(expected)?,
            observed: observed.and_then(|(effect, _)| turn(effect)),
            interval: observed.and_then(|(_, interval)| range(interval?)),
        })
    };
    let units = &modelled.units;
    Some(Sides {
        measure: said.measure(&words(&units.shown, &[model])),
        period: Period::of(model),
        predicted: (mean, mean_interval(effects, 0.95)),
        expected,
        check,
        observed,
        drift: modelled.measured.as_ref().and_then(|measured| {
            let drift = measured.months.as_ref()?.drift?;
            Some((drift.effect, drift.interval(0.95)))
        }),
        not_knowing: modelled.predicted.split.and_then(|split| split.share_shown()),
        thousand: also(&|effect| units.thousand_week(effect)),
        stated_for_thousand: units.per == Per::ThousandWeek,
        // An effect for a pound of a part of the cost would be flattered.
        pounds: cost.as_ref().filter(|cost| cost.gap.whole()).and_then(|cost| {
            let pounds = cost.pounds;
            let years = units.weeks * 7.0 / 365.25;
            also(&|effect| match units.flow {
                true => {
                    Some(units.thousand_week(effect)? * units.weeks * units.list() / 1000.0 / pounds * 1000.0)
                }
                false => Some(effect / (pounds / units.list() / years)),
            })
        }),
        said,
        foreseen,
        cost,
    })
}

/// Cost over the simulated period [£]: as stated for the months after, else as the model has it; none where nothing is
/// spent, so that nothing is divided by it.
fn cost(pilot: &Pilot, modelled: &Modelled) -> Option<Cost> {
    let done = &pilot.simulated.as_ref()?.done().model;
    let Some(pounds) = pilot.cost else {
        let now = &pilot.simulated.as_ref()?.as_now().model;
        let all = Moments::of(&modelled.predicted.costs).mean();
        let gap = if all.is_some() { Gap::default() } else { Gap::between(now, done) };
        let known = Moments::of(&modelled.predicted.known_costs).mean();
        // Where nothing has a price nothing is known of the cost, and what is missing is said all the same.
        let mean = all.or(known).or((!gap.whole()).then_some(0.0))?;
        let once = done.levers.iter().filter_map(|lever| lever.cost.as_ref());
        let once = once.into_iter().any(|cost| done.inputs.mean(cost.one_off) > 0.0);
        return (mean > 1.0 || !gap.whole()).then_some(Cost { pounds: mean, stated: None, once, gap });
    };
    // The months over which the stated cost was spent.
    let after = match &modelled.power {
        Ok(power) => power.months.1,
        Err(_) => pilot.stated.map_or(0, |stated| stated.months_after),
    };
    let weeks = if after > 0 { after as f64 * 365.25 / 84.0 } else { modelled.units.weeks };
    let stated = Some((pounds, (after > 0).then_some(after)));
    Some(Cost { pounds: pounds * modelled.units.weeks / weeks, stated, once: false, gap: Gap::default() })
}

/// Effects by which the unit is chosen: as expected, and as observed.
fn sizes(modelled: &Modelled) -> Vec<f64> {
    let expected = Moments::of(&modelled.predicted.effects).mean();
    let observed = modelled.measured.as_ref().map(|measured| measured.effect).filter(|x| x.is_finite());
    expected.into_iter().chain(observed).collect()
}

/// The power with how it is written; why there is none, where there is none.
fn power(modelled: &Modelled) -> Result<Power, NoPower> {
    let figures = modelled.power.as_ref().map_err(|why| *why)?.clone();
    let size = if figures.predicted == 0.0 { figures.detectable } else { figures.predicted };
    let units = &modelled.units;
    // one effect is told in one unit
    let sizes = if units.per == units.months { sizes(modelled) } else { vec![size] };
    let said = Said::new(units, units.months, &sizes, 0.1 * size.abs());
    let sentences = sentences::power(&figures, &said, modelled);
    Ok(Power { figures, said, sentences })
}

/// Why an observation has no error, in words.
pub fn without_error(why: NoError) -> &'static str {
    match why {
        NoError::NotPublished => "it was published without an interval",
        NoError::OnePractice => "only one practice did it, and its own luck cannot be told from an effect",
        NoError::NoBeforeAndAfter => "no practice has months both before and after",
        NoError::NeverVaries => {
            "a practice has the same value in all of its months, as where a count was not kept, so nothing says how far luck moves it"
        }
    }
}
