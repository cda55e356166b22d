//! `explain`: what a number of the scenario says and where it comes from; what a measure means.

use super::exit::Exit;
use crate::outcome::formula::formula;
use crate::outcome::measure::{Better, Grain, MEASURES, Measure, by_name};
use crate::quantity::number_text;
use crate::scenario::{Assumption, Scenario, meaning};
use clap::Args;
use std::path::PathBuf;

/// Explain a number (`post.gps.wte`) with its source and line, or a measure (`wait_mean`)
#[derive(Debug, Args)]
#[command(after_help = super::exit::TABLE)]
pub struct Explain {
    /// Scenario file
    scenario: PathBuf,
    /// Address of a number or table of the scenario, or name of a measure
    #[arg(value_name = "ADDRESS|MEASURE")]
    what: String,
    /// Change a value of the scenario first
    #[arg(long = "set", value_name = "ADDRESS=VALUE")]
    sets: Vec<String>,
}

impl Explain {
    /// Explains.
    pub fn act(&self) -> Exit {
        if let Some(measure) = by_name(&self.what) {
            return super::say(&of_measure(measure));
        }
        let scenario = match super::load(&self.scenario, &self.sets) {
            Ok(scenario) => scenario,
            Err(exit) => return exit,
        };
        match of_address(&scenario, &self.what) {
            Some(text) => super::say(&text),
            None => {
                let addresses = scenario.assumptions.iter().map(|a| a.address.as_str());
                let near = super::nearest(&self.what, addresses.chain(MEASURES.iter().map(|m| m.name)));
                let help = near
                    .map_or("addresses are listed in assumptions.csv of a run".to_owned(), |near| {
                        format!("did you mean `{near}`?")
                    });
                super::fault(
                    &format!("`{}` is neither an address with a number nor a measure", self.what),
                    &help,
                );
                Exit::Usage
            }
        }
    }
}

/// A measure in words.
fn of_measure(measure: &Measure) -> String {
    let better = match measure.better {
        Better::Higher => "more is better",
        Better::Lower => "less is better",
        Better::Neither => "neither more nor less is better by itself",
    };
    let by = match measure.grain {
        Grain::Need => "place, and need",
        Grain::Role => "place and role",
        Grain::Place => "place",
        Grain::Target => "place and target",
        Grain::Redirect => "change of the option",
    };
    format!(
        "{}\n  {}\n  unit: {}; {better}\n  known by: {by}\n  formula: {}\n",
        measure.name,
        measure.meaning,
        measure.unit,
        formula(measure.name)
    )
}

/// A number, or the numbers below an address; none where there is none.
fn of_address(scenario: &Scenario, address: &str) -> Option<String> {
    let own: Vec<&Assumption> = scenario.assumptions.iter().filter(|a| a.address == address).collect();
    if !own.is_empty() {
        return Some(own.into_iter().map(|a| of_figure(scenario, a)).collect());
    }
    let below = format!("{address}.");
    let list: String = scenario
        .assumptions
        .iter()
        .filter(|a| a.address.starts_with(&below))
        .map(|a| format!("  {} = {}   ({})\n", a.address, one_line(&a.text), a.place))
        .collect();
    let words = meaning(address).map_or(String::new(), |words| format!("  {words}\n"));
    (!list.is_empty()).then(|| format!("{address}\n{words}{list}"))
}

/// A number with its meaning, law, source and line.
fn of_figure(scenario: &Scenario, figure: &Assumption) -> String {
    let mut text = format!("{} = {}\n", figure.address, one_line(&figure.text));
    if let Some(words) = meaning(&figure.address) {
        text += &format!("  meaning: {words}\n");
    }
    if let Some((low, high)) = figure.range {
        let (mean, low, high) = (number_text(figure.mean), number_text(low), number_text(high));
        text += &format!("  not known exactly: {mean} on average, 8 in 10 between {low} and {high}\n");
    }
    text += &match &figure.source {
        None => "  source: none, an assumption\n".to_owned(),
        Some(id) => match scenario.sources.iter().find(|s| s.id == *id) {
            Some(s) => format!("  source: {id}: {}\n", joined(&[&s.title, &s.year, &s.link])),
            None => format!("  source: {id}\n"),
        },
    };
    if let Some(confidence) = &figure.confidence {
        text += &format!("  confidence: {confidence}\n");
    }
    text + &format!("  stands in: {}\n", figure.place)
}

/// What is not empty, with commas.
fn joined(parts: &[&str]) -> String {
    parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(", ")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
