//! What a run is asked about: the headline, and the differences that matter.
//!
//! In: the run settings and every option. Out: faults where a measure is not there, or is not known for what the headline asks:
//! without them a run would go by another figure and not say so. A width that no difference could reach is a fault too: points were
//! meant.

use super::Resolver;
use crate::fault::{Fault, Severity};
use crate::model::Model;
use crate::model::measure::{Grain, MEASURES, Measure, by_name};
use crate::model::target::{Headline, RunSettings};
use crate::scenario::OptionModel;
use crate::scenario::read::suggest;

impl Resolver<'_> {
    /// Checks what is asked; options are whole only where nothing else is wrong.
    ///
    /// Names of measures are always looked up; whether every option has a figure for the headline only where the
    /// models can be trusted. Only the first option without one is said.
    pub fn asked(&mut self, run: &RunSettings, options: &[OptionModel], whole: bool) {
        for (measure, width) in &run.matters {
            let address = format!("run.matters.{measure}");
            if by_name(measure).is_none() {
                let key = self.tree.nearest(&address).0.key;
                self.faults.push((Fault { address, ..unknown(measure, |_| true) }, key));
            } else if let Some(fault) = never_matters(measure, *width) {
                self.fault(&address, fault);
            }
        }
        // Without one the run takes a default, which every scenario has.
        let Some(stated) = &run.headline else { return };
        let Some(measure) = by_name(&stated.measure) else {
            self.fault("run.headline", unknown(&stated.measure, |m| of_a_place(m.grain)));
            return;
        };
        // Looking up needs and targets in half a model raises false alarms.
        let whole = whole && self.faults.iter().all(|(fault, _)| fault.severity != Severity::Fault);
        let all = options.iter().enumerate().filter(|_| whole);
        let mut unfit = all.filter_map(|(at, option)| {
            let which = if at == 0 { String::new() } else { format!(" in option `{}`", option.name) };
            unfit(stated, measure, &option.model, &which)
        });
        if let Some(fault) = unfit.next() {
            self.fault("run.headline", fault);
        }
    }
}

/// A width of a measure within which any difference lies: shares differ by less than 1, so points were meant.
///
/// Without an address; none where the width can matter.
pub(crate) fn never_matters(measure: &str, width: f64) -> Option<Fault> {
    let share = by_name(measure).is_some_and(|measure| measure.unit == "share");
    (share && width >= 1.0).then(|| {
        let message =
            format!("a width of {width} for `{measure}`, which is a share from 0 to 1, would never matter");
        let help = match width {
            1.0 => "one point is 0.01".to_owned(),
            width => format!("{width} points are {}", width / 100.0),
        };
        Fault::new("never-matters", "", message).help(help)
    })
}

/// True where a measure is known for a place, a need or a target.
fn of_a_place(grain: Grain) -> bool {
    !matches!(grain, Grain::Role | Grain::Redirect)
}

/// There is no such measure.
///
/// The nearest of those that `may` be named here is offered.
fn unknown(name: &str, may: impl Fn(&Measure) -> bool) -> Fault {
    let names = MEASURES.iter().filter(|measure| may(measure)).map(|measure| measure.name);
    let help = suggest(name, names, "docs/model.md says what each measure is; there is");
    Fault::new("unknown-measure", "", format!("there is no measure `{name}`")).help(help)
}

/// A headline that an option has no figure for; `which` names the option.
///
/// None where it has one. A place is looked up where the headline is read.
fn unfit(stated: &Headline, measure: &Measure, model: &Model, which: &str) -> Option<Fault> {
    let name = measure.name;
    let need = model.needs.iter().position(|need| need.name == stated.need);
    let about = format!("`need.{}`", stated.need);
    let (message, help) = match measure.grain {
        Grain::Role | Grain::Redirect => (
            format!("`{name}` is known by role or by redirect, so it cannot be the headline"),
            "name a measure of a place, a need or a target, such as \"wait_mean/need.NAME\"".to_owned(),
        ),
        _ if need.is_none() && !stated.need.is_empty() => (
            format!("there is no {about}{which}, so the headline has no figure there"),
            "name a need that every option has".to_owned(),
        ),
        Grain::Place if need.is_some() => (
            format!("`{name}` is known by place, not by need"),
            format!("leave \"/need.{}\" out, or name another measure", stated.need),
        ),
        Grain::Target if !model.targets.iter().any(|t| need.is_none_or(|need| t.need == need)) => {
            let (verb, need) = match need {
                Some(_) => (format!("is about {about}"), stated.need.as_str()),
                None => ("is stated".to_owned(), "NAME"),
            };
            (
                format!("`{name}` is a figure of a target, and no target {verb}{which}"),
                with_target(model, name, need),
            )
        }
        _ => return None,
    };
    Some(Fault::new("headline-without-figure", "", message).help(help))
}

/// The way out where a need has no target.
fn with_target(model: &Model, measure: &str, need: &str) -> String {
    let add = format!("add [target.{need}] with need = \"{need}\", within_days and share");
    match model.targets.first() {
        Some(target) => {
            format!("{add}, or write \"{measure}/need.{}\", which has one", model.needs[target.need].name)
        }
        None => format!("{add}, or name another measure, such as \"wait_mean/need.{need}\""),
    }
}
