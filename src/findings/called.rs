//! What a number of the scenario is called when a planner is spoken to.
//!
//! In: an address and the scenario, for titles. Out: words, with the title of the thing that the number is of in
//! brackets: `slots a day (GP, High Street Surgery)`. Fit: drivers, sensitivity, sweeps and mixes name numbers by this
//! one rule. An address for which no words are known is spelt out, its last word first.

use super::say;
use super::sized::number;
use super::staffing::post_title;
use crate::quantity::number_text;
use crate::scenario::Scenario;
use serde::{Deserialize, Serialize};

/// How a value stands to its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A count of what the words say: `4.5 WTE`.
    Count,
    /// A share, written in per cent: `share who accept 80 %`.
    Share,
    /// Any other number: `factor on requests 1.1`.
    Plain,
}

/// A number as it is called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Called {
    /// What it is: `slots a day`.
    pub what: String,
    /// The title of the thing that it is of; empty where there is none.
    pub of: String,
    /// How its values are written.
    pub kind: Kind,
}

/// Ends of addresses with their words; the first that fits counts.
///
/// Only numbers that planners vary or that evidence is thin for: the rest is spelt out.
const WORDS: [(&str, &str, Kind); 35] = [
    ("in_post_wte", "WTE in post", Kind::Count),
    ("wte", "WTE", Kind::Count),
    ("headcount", "people", Kind::Count),
    ("slots_per_day", "slots a day", Kind::Count),
    ("slot_minutes", "minutes a slot", Kind::Count),
    ("registered_list", "registered patients", Kind::Count),
    ("weighted_list", "weighted patients", Kind::Count),
    ("rate_per_patient_year", "requests a patient a year", Kind::Count),
    ("consultation_minutes.mean", "minutes a consultation", Kind::Count),
    ("chosen_share", "share who choose a later day", Kind::Share),
    ("dna.rebook", "share of DNAs who ask again", Kind::Share),
    ("dna.factor", "factor on DNAs", Kind::Plain),
    ("demand.factor", "factor on requests", Kind::Plain),
    ("sickness.factor", "factor on sickness", Kind::Plain),
    ("supervision.factor", "factor on supervision", Kind::Plain),
    ("gives_up.chance_each_day", "chance a day of giving up", Kind::Share),
    ("gives_up.after_days", "days before anyone gives up", Kind::Count),
    ("follow_up.share", "share who need a follow-up", Kind::Share),
    ("share_of_need", "share of requests", Kind::Share),
    ("share_of_gp_appointments", "share of GP appointments", Kind::Share),
    ("redirect.accepted", "share who accept", Kind::Share),
    ("redirect.offered", "share who are offered it", Kind::Share),
    ("redirect.returns.share", "share who come back", Kind::Share),
    ("redirect.returns.after_days", "days until they come back", Kind::Count),
    ("ramp_weeks", "weeks to full strength", Kind::Count),
    ("starts_at", "share of full strength at first", Kind::Share),
    ("direct_share", "share of time with patients", Kind::Share),
    ("hours_per_wte_week", "hours a week of a WTE", Kind::Count),
    ("session_hours", "hours a session", Kind::Count),
    ("sickness.rate", "share of time lost to sickness", Kind::Share),
    ("absence.daily", "chance of absence on a day", Kind::Share),
    ("leave.days_per_wte_year", "days of leave a year of a WTE", Kind::Count),
    ("leaving.per_year", "share who leave in a year", Kind::Share),
    ("cost_per_wte_year", "pounds a year of a WTE", Kind::Count),
    ("maturity", "maturity", Kind::Share),
];

/// Last words of shares that have no words of their own.
const SHARES: [&str; 2] = ["share", "asks_again"];

impl Called {
    /// Names the number at an address of a scenario, be it of its own tables or of an option's overlay.
    pub fn new(address: &str, scenario: &Scenario) -> Self {
        let own = match address.strip_prefix("option.") {
            Some(of_option) => of_option.split_once(".overlay.").map_or(address, |(_, own)| own),
            None => address,
        };
        let parts: Vec<&str> = own.split('.').collect();
        let (of, change, rest) = match parts.as_slice() {
            ["lever", name, "change", change, rest @ ..] if !rest.is_empty() => {
                (title("lever", name, scenario), told_apart(name, change, scenario), rest)
            }
            [kind, name, rest @ ..] if !rest.is_empty() => (title(kind, name, scenario), None, rest),
            _ => return Self { what: say::address(own), of: String::new(), kind: Kind::Plain },
        };
        let path = rest.join(".");
        let fits =
            |end: &str| path == end || path.strip_suffix(end).is_some_and(|before| before.ends_with('.'));
        let (what, kind) = match WORDS.iter().find(|(end, ..)| fits(end)) {
            Some((_, words, kind)) => ((*words).to_owned(), *kind),
            None if SHARES.contains(&rest[rest.len() - 1]) => (spelt(rest), Kind::Share),
            None => (spelt(rest), Kind::Plain),
        };
        let what = change.map_or(what.clone(), |change| format!("{what}, {}", change.replace('_', " ")));
        Self { what, of, kind }
    }

    /// What it is and of what: `slots a day (GP, High Street Surgery)`.
    pub fn words(&self) -> String {
        if self.of.is_empty() { self.what.clone() } else { format!("{} ({})", self.what, self.of) }
    }

    /// A value of it: `80 %`, `4.5`.
    pub fn value(&self, x: f64) -> String {
        match self.kind {
            // Rounded far below what anybody states: 0.07 is not 7.000000000000001 %.
            Kind::Share => format!("{} %", number_text((1e10 * x).round() / 1e8)),
            _ => number(x),
        }
    }

    /// It at a value: `4.5 WTE`, `share who accept 80 %`.
    pub fn at(&self, x: f64) -> String {
        match self.kind {
            Kind::Count => format!("{} {}", self.value(x), self.what),
            _ => format!("{} {}", self.what, self.value(x)),
        }
    }

    /// It at a value, with the thing it is of: `4.5 WTE (GP, High Street Surgery)`.
    pub fn at_of(&self, x: f64) -> String {
        if self.of.is_empty() { self.at(x) } else { format!("{} ({})", self.at(x), self.of) }
    }
}

/// A path of keys in words, its last first: `by_day.8` becomes `8, by day`.
fn spelt(path: &[&str]) -> String {
    let words: Vec<String> = path.iter().rev().map(|word| word.replace('_', " ")).collect();
    words.join(", ")
}

/// The change of a lever that has several, by which its numbers are told apart.
fn told_apart<'a>(lever: &str, change: &'a str, scenario: &Scenario) -> Option<&'a str> {
    let levers = scenario.options.iter().flat_map(|option| &option.model.levers);
    levers.filter(|known| known.name == lever).any(|known| known.changes.len() > 1).then_some(change)
}

/// The title of a thing in any option; the kind and the name where nothing has it.
///
/// Of a post its role and base where it has no title of its own.
fn title(kind: &str, name: &str, scenario: &Scenario) -> String {
    let found = scenario.options.iter().find_map(|option| {
        let model = &option.model;
        match kind {
            "lever" => model.levers.iter().find(|x| x.name == name).map(|x| x.title.clone()),
            "need" => model.needs.iter().find(|x| x.name == name).map(|x| x.title.clone()),
            "role" => model.roles.iter().find(|x| x.name == name).map(|x| x.title.clone()),
            "post" => model.posts.iter().position(|x| x.name == name).map(|at| post_title(model, at)),
            "practice" => model.practices.iter().find(|x| x.name == name).map(|x| x.title.clone()),
            "network" => model.networks.iter().find(|x| x.name == name).map(|x| x.title.clone()),
            "avoidable" => model.categories.iter().find(|x| x.name == name).map(|x| x.title.clone()),
            _ => None,
        }
    });
    found.unwrap_or_else(|| format!("{kind} {}", name.replace('_', " ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::load_text;

    const TWO_CHANGES: &str = r#"
title = "Named"
[horizon]
start = 2024-04-01
weeks = 4
[practice.mill_lane]
name = "Mill Lane Surgery"
registered_list = 2000
[need.routine]
name = "Routine consultation"
rate_per_patient_year = 2.0
roles = ["gp"]
slot_minutes = 10
[role.gp]
name = "GP"
[post.mill_lane_gp]
practice = "mill_lane"
role = "gp"
slots_per_day = 20
[lever.fewer]
name = "Ask less"
change.one.demand = { needs = ["routine"], factor = 0.9 }
change.two.dna = { needs = ["routine"], factor = 0.9 }
[option.fewer]
levers = ["fewer"]
"#;

    fn called(address: &str) -> Called {
        let scenario =
            load_text("named.toml", TWO_CHANGES, &[]).unwrap_or_else(|r| panic!("{}", r.render(false)));
        Called::new(address, &scenario)
    }

    #[test]
    fn a_number_is_called_by_its_words_and_the_title_of_its_thing() {
        let slots = called("post.mill_lane_gp.slots_per_day");
        assert_eq!(slots.words(), "slots a day (GP, Mill Lane Surgery)");
        assert_eq!(slots.at_of(22.0), "22 slots a day (GP, Mill Lane Surgery)");
        let inside = called("option.fewer.overlay.need.routine.rate_per_patient_year");
        assert_eq!(inside.at_of(2.4), "2.4 requests a patient a year (Routine consultation)");
        assert_eq!(called("role.gp.direct_share").at(0.07), "share of time with patients 7 %");
    }

    /// A lever with several changes names the one; what has no words of its own is spelt out.
    #[test]
    fn changes_are_told_apart_and_the_rest_is_spelt_out() {
        assert_eq!(
            called("lever.fewer.change.one.demand.factor").words(),
            "factor on requests, one (Ask less)"
        );
        assert_eq!(
            called("need.routine.dna.by_day.8").at_of(0.09),
            "8, by day, dna 0.09 (Routine consultation)"
        );
        assert_eq!(called("post.nobody.wte").words(), "WTE (post nobody)");
        assert_eq!(called("calendar.weeks").words(), "calendar, weeks");
    }
}
