//! Targets, funds and run settings.
//!
//! In: their tables. Out: what a run is held against, who pays back, and how a run is made.

use super::names::by_name;
use super::{Resolver, title};
use crate::fault::Fault;
use crate::model::need::Need;
use crate::model::target::{Fund, Headline, RunSettings, Target, TargetFor};
use crate::scenario::format::levers::{ForEach, Over};
use crate::scenario::number::Num;

/// Simulated years where none are stated.
const REPLICATIONS: f64 = 1000.0;

impl Resolver<'_> {
    /// Targets by name.
    ///
    /// The first of them is the one by which equity is measured. A target is for all practices
    /// together unless it says otherwise.
    pub(super) fn targets(&mut self) -> Vec<Target> {
        by_name(&self.file.target)
            .into_iter()
            .map(|(name, place, table)| {
                for (absent, key, what) in [
                    (table.need.is_none(), "need", "which need it is about"),
                    (
                        table.within_days.is_none(),
                        "within_days",
                        "within how many days people are to be seen",
                    ),
                    (table.share.is_none(), "share", "which share of people is to be seen in time"),
                ] {
                    if absent {
                        self.missing(place, key, what);
                    }
                }
                let need = table
                    .need
                    .as_ref()
                    .and_then(|need| self.find("need", need, &format!("{}.need", place.address)));
                Target {
                    name: name.clone(),
                    title: title(&table.name, name),
                    need: need.unwrap_or(0),
                    within_days: table.within_days.as_ref().map_or(0.0, Num::value) as u32,
                    share: table.share.as_ref().map_or(1.0, Num::value),
                    for_each: match table.for_each {
                        Some(ForEach::Practice) => TargetFor::EachPractice,
                        Some(ForEach::Network) => TargetFor::EachNetwork,
                        _ => TargetFor::All,
                    },
                    each_week: table.over == Some(Over::Week),
                }
            })
            .collect()
    }

    /// Funds by name.
    ///
    /// For each role that a fund pays for: the role, the most for each WTE [£ a year; none is no limit], the
    /// share that it pays.
    pub(super) fn funds(&mut self) -> Vec<Fund> {
        by_name(&self.file.fund)
            .into_iter()
            .map(|(name, _, table)| {
                let mut reimburses = Vec::new();
                for (role, place, terms) in by_name(&table.reimburses) {
                    if let Some(role) = self.find_key("role", role, place) {
                        // All of it, up to the limit.
                        let share = terms.share.as_ref().map_or(1.0, Num::value);
                        reimburses.push((role, terms.up_to_per_wte.as_ref().map(Num::value), share));
                    }
                }
                Fund {
                    name: name.clone(),
                    title: title(&table.name, name),
                    year: table.year.as_ref().map_or(String::new(), |year| year.0.clone()),
                    pounds: table.pounds.as_ref().map_or(f64::INFINITY, Num::value),
                    reimburses,
                }
            })
            .collect()
    }

    /// How a run is made.
    ///
    /// The command line may state other years and another seed; the most years of a precision, too.
    pub fn run(&mut self) -> RunSettings {
        // A file without [run] is run as it stands.
        let table = self.file.run.clone().unwrap_or_default();
        RunSettings {
            replications: table.replications.as_ref().map_or(REPLICATIONS, Num::value) as usize,
            seed: table.seed.as_ref().map_or(1.0, Num::value) as u64,
            headline: table.headline.as_ref().map(|text| self.headline(text)),
            matters: table
                .matters
                .iter()
                .flat_map(|all| &all.0)
                .map(|(m, _, width)| (m.clone(), width.value()))
                .collect(),
        }
    }

    /// The first target of the need that the headline names; the first of all where it names none.
    pub(super) fn equity_target(&self, needs: &[Need], targets: &[Target]) -> usize {
        let headline = self.file.run.as_ref().and_then(|run| run.headline.as_ref());
        let named = headline.map(|text| headline_parts(text).2);
        let of =
            |target: &Target| needs.get(target.need).is_some_and(|need| Some(need.name.as_str()) == named);
        targets.iter().position(of).unwrap_or(0)
    }

    /// `MEASURE[@PLACE][/need.NAME]`.
    ///
    /// Names are looked up here; whether the measure is there and has a figure is for `asked`.
    fn headline(&mut self, text: &str) -> Headline {
        let (measure, place, need) = headline_parts(text);
        let address = "run.headline";
        if !need.is_empty() {
            self.find("need", need, address);
        }
        match place.split_once('.') {
            Some(("network", name)) => {
                self.find("network", name, address);
            }
            Some(("practice", name)) => {
                self.find("practice", name, address);
            }
            _ if place.is_empty() => {}
            _ => {
                let fault = Fault::new("unknown-place", "", format!("`{place}` is not a place"))
                    .help("write @network.NAME or @practice.NAME, or leave it out for all");
                self.fault(address, fault);
            }
        }
        Headline { measure: measure.to_owned(), place: place.to_owned(), need: need.to_owned() }
    }
}

/// Measure, place and need of a headline; empty where it names none.
fn headline_parts(text: &str) -> (&str, &str, &str) {
    // From behind: the need comes last, the place before it.
    let (rest, need) = text.split_once('/').unwrap_or((text, ""));
    let (measure, place) = rest.split_once('@').unwrap_or((rest, ""));
    (measure, place, need.strip_prefix("need.").unwrap_or(need))
}
