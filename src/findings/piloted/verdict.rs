//! Whether a pilot and the model agree, by a rule that is stated before anything is seen.
//!
//! They *agree* where the predictive p-value is above 0.1 and the predictive interval leaves out nought, or the effect
//! that was claimed: then the pilot could have gone against the model, and did not. They *disagree* where it is 0.1 or
//! less; under a right model that happens to one pilot in ten. Where nothing could have gone against the model the pilot
//! *could not tell*. A pilot that set a number of the scenario is in-sample and is not scored.

use crate::experiment::pilots::Modelled;
use crate::experiment::pilots::observed::NoError;
use crate::experiment::pilots::power::{ENOUGH, Power};
use crate::stats::interval::Interval;
use crate::stats::predictive::Predictive;

/// Predictive p-value above which pilot and model agree.
pub const AGREE: f64 = 0.1;
/// Chance with which the predictive interval holds the observation.
pub const PREDICTIVE: f64 = 0.95;
/// A design that shows an effect where there is none more often than this is unsound; 0.05 is promised.
pub const FALSE_ALARMS: f64 = 0.1;
/// A pilot that clearly shows the predicted effect more rarely than this is hopeless.
pub const HOPELESS: f64 = 0.5;

/// Why a pilot could not tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Nought and what was claimed both lie inside the predictive interval.
    TooWide,
    /// The observation has no error.
    NoError(NoError),
    /// The design shows effects where there are none.
    Unsound,
}

/// What a planned pilot would come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outlook {
    /// It shows the predicted effect in four of five pilots.
    Tells,
    /// Between that and an even chance.
    MayTell,
    /// It misses the predicted effect more often than not.
    Hopeless,
    /// It shows effects where there are none.
    Unsound,
    /// No power could be worked out.
    Unknown,
}

/// What a pilot says of the model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Verdict {
    /// They agree.
    Agrees,
    /// The observed effect is not one that the model expects.
    Disagrees,
    /// Nothing could have gone against the model.
    CouldNotTell(Why),
    /// The pilot set a number of the scenario.
    InSample,
    /// It has not been run.
    Planned(Outlook),
    /// A survey is all there is.
    SurveyOnly,
}

impl Verdict {
    /// A word for tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Agrees => "agrees",
            Self::Disagrees => "disagrees",
            Self::CouldNotTell(_) => "could_not_tell",
            Self::InSample => "in_sample",
            Self::Planned(_) => "planned",
            Self::SurveyOnly => "survey_only",
        }
    }

    /// The same for people.
    pub fn words(self) -> &'static str {
        match self {
            Self::Agrees => "agrees",
            Self::Disagrees => "disagrees",
            Self::CouldNotTell(_) => "could not tell",
            Self::InSample => "in-sample, not scored",
            Self::Planned(Outlook::Tells) => "planned: could tell",
            Self::Planned(Outlook::MayTell) => "planned: may miss it",
            Self::Planned(Outlook::Hopeless) => "planned: not worth running",
            Self::Planned(Outlook::Unsound) => "planned: misleads",
            Self::Planned(Outlook::Unknown) => "planned",
            Self::SurveyOnly => "survey only, not scored",
        }
    }

    /// True where it counts for or against the model.
    pub fn scored(self) -> bool {
        matches!(self, Self::Agrees | Self::Disagrees)
    }
}

/// What the model expects the observation to be, against what it was.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Check {
    /// Where the observation was expected, its own error included.
    pub interval: Interval,
    /// Predictive p-value; none where nothing was observed.
    pub p: Option<f64>,
}

/// The predictive check of a pilot; none where the model has no value.
pub fn check(modelled: &Modelled) -> Option<Check> {
    let estimate = modelled.measured.as_ref().and_then(|m| m.estimate.ok());
    let (errors, df) = estimate.map_or(([0.0; 2], f64::INFINITY), |e| ([e.error, e.above], e.df));
    let law = Predictive::lopsided(&modelled.predicted.effects, errors, df)?;
    let observed = modelled.measured.as_ref().map(|m| m.effect).filter(|x| x.is_finite());
    Some(Check { interval: law.interval(PREDICTIVE), p: observed.map(|x| law.p_value(x)) })
}

/// The verdict on a pilot that the model says something of.
pub fn verdict(modelled: &Modelled, check: Check, claim: Option<f64>, in_sample: bool) -> Verdict {
    let Some(measured) = &modelled.measured else {
        return Verdict::Planned(outlook(modelled.power.as_ref().ok()));
    };
    if in_sample {
        return Verdict::InSample;
    }
    if let Err(why) = measured.estimate {
        return Verdict::CouldNotTell(Why::NoError(why));
    }
    if modelled.power.as_ref().is_ok_and(unsound) {
        return Verdict::CouldNotTell(Why::Unsound);
    }
    let could_go_against =
        !check.interval.holds(0.0) || claim.is_some_and(|claim| !check.interval.holds(claim));
    match check.p {
        Some(p) if p <= AGREE => Verdict::Disagrees,
        Some(_) if could_go_against => Verdict::Agrees,
        _ => Verdict::CouldNotTell(Why::TooWide),
    }
}

/// True where a design shows effects where there are none: by its simulated pilots, beyond their own error.
///
/// The lower end of the interval decides, so that few simulated pilots condemn no design.
pub fn unsound(power: &Power) -> bool {
    power.false_alarms.interval.low > FALSE_ALARMS
}

/// What a design would come to if the model is right.
pub fn outlook(power: Option<&Power>) -> Outlook {
    if power.is_some_and(unsound) {
        return Outlook::Unsound;
    }
    match power.map(|power| power.at_predicted) {
        None => Outlook::Unknown,
        Some(point) if point.share >= ENOUGH => Outlook::Tells,
        // only what is clearly below an even chance, by the simulated pilots' own error
        Some(point) if point.interval.high < HOPELESS => Outlook::Hopeless,
        Some(_) => Outlook::MayTell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::pilots::layout::Layout;
    use crate::experiment::pilots::power::summed;
    use crate::scenario::pilots::Stated;
    use crate::stats::panel::Estimate;

    /// Simulated pilots without an effect whose estimates lie at these values, all with one error.
    fn power(effects: impl Iterator<Item = f64>, predicted: f64) -> Power {
        let stated = Stated { practices: Some(8), controls: 0, months_before: 24, months_after: 12 };
        let estimates: Vec<Estimate> =
            effects.map(|effect| Estimate { effect, error: 1.0, above: 1.0, df: 7.0 }).collect();
        summed(&estimates, (&Layout::stated(stated, 8), 7.0), predicted)
    }

    #[test]
    fn a_design_is_told_by_what_it_would_show() {
        let quiet = |predicted: f64| power((0..200).map(|i| f64::from(i - 100) / 100.0), predicted);
        assert_eq!(outlook(Some(&quiet(-4.0))), Outlook::Tells);
        assert_eq!(outlook(Some(&quiet(-2.6))), Outlook::MayTell);
        assert_eq!(outlook(Some(&quiet(1.0))), Outlook::Hopeless);
        assert_eq!(outlook(None), Outlook::Unknown);
        // every second pilot without an effect shows one: its power means nothing
        let loud = power((0..200).map(|i| if i % 2 == 0 { -5.0 } else { 0.0 }), -4.0);
        assert_eq!(
            (outlook(Some(&loud)), unsound(&loud), loud.false_alarms.share),
            (Outlook::Unsound, true, 0.5)
        );
    }
}
