//! `explain`: what a number, a text or a whole table of the scenario says and where it comes from; what a measure
//! means.
//!
//! In: a scenario and an address, or the name of a measure. Out: text; nothing is run. Addresses are those of the
//! faults and of the tables, so what is said here is of what a report showed. Options are found under their own
//! address.

use super::exit::Exit;
use crate::experiment::headline::HeadlineAt;
use crate::experiment::shown::between_options;
use crate::outcome::formula::formula;
use crate::outcome::measure::{Better, Grain, MEASURES, Measure, by_name};
use crate::quantity::number_text;
use crate::scenario::{Assumption, Astray, Listed, Scenario, Stated, brings, meaning};
use crate::units::WEEKDAYS;
use clap::Args;
use std::path::PathBuf;

/// Explain what stands at an address (`post.gps.wte`, `option.more`) with its source and line, or a measure
/// (`wait_mean`); of `library:england` alone what it brings
#[derive(Debug, Args)]
#[command(after_help = super::exit::TABLE)]
pub struct Explain {
    /// Scenario file; or a library, such as `library:england`, to list its needs, roles, funds and levers
    #[arg(value_name = "SCENARIO|LIBRARY")]
    scenario: PathBuf,
    /// Address of a value or table of the scenario, or name of a measure
    #[arg(value_name = "ADDRESS|MEASURE")]
    what: Option<String>,
    /// Change a value of the scenario first
    #[arg(long = "set", value_name = "ADDRESS=VALUE")]
    sets: Vec<String>,
}

impl Explain {
    /// Explains.
    ///
    /// A measure is looked up before the scenario is read, so its name works with any file.
    pub fn act(&self) -> Exit {
        let Some(what) = &self.what else { return self.library() };
        if let Some(measure) = by_name(what) {
            return super::end_with(&of_measure(measure));
        }
        // As `run.headline` names it: the scenario says whether it has such a figure.
        if let Some(measure) = what.split(['@', '/']).next().and_then(by_name) {
            let sets = [&self.sets[..], &[format!("run.headline=\"{}\"", what)]].concat();
            return match super::load(&self.scenario, &sets) {
                Ok(scenario) => super::end_with(&(of_measure(measure) + &figure_of(&scenario))),
                Err(exit) => exit,
            };
        }
        let scenario = match super::load(&self.scenario, &self.sets) {
            Ok(scenario) => scenario,
            Err(exit) => return exit,
        };
        match of_address(&scenario, what) {
            Ok(text) => super::end_with(&text),
            Err(astray) => {
                let (message, help) = said_astray(what, &astray);
                super::fault(&message, &help);
                Exit::Usage
            }
        }
    }

    /// What a library brings, where no address is asked for.
    fn library(&self) -> Exit {
        let name = self.scenario.to_string_lossy();
        let Some(library) = name.strip_prefix("library:") else {
            super::fault(
                "what is to be explained?",
                "name an address of the scenario (`post.gps.wte`), a measure (`wait_mean`), or a library alone (`library:england`)",
            );
            return Exit::Usage;
        };
        match brings(library) {
            Ok(listed) => super::end_with(&of_library(&listed)),
            Err(known) => {
                let known = known.iter().map(|name| format!("`library:{name}`")).collect::<Vec<_>>();
                super::fault(
                    &format!("the program carries no library `{library}`"),
                    &format!("there is: {}", known.join(", ")),
                );
                Exit::Usage
            }
        }
    }
}

/// The tables of a library with their names, heading by heading.
fn of_library(listed: &[Listed]) -> String {
    let mut text = String::new();
    for (heading, tables) in listed {
        let wide = tables.iter().map(|(address, _)| address.chars().count()).max().unwrap_or(0);
        text += &format!("{heading}\n");
        for (address, name) in tables {
            text += &format!("  {address:wide$}  {name}\n");
        }
        text += "\n";
    }
    text + "A scenario with extends = [\"library:...\"] has all of it. What one says and its sources: explain SCENARIO ADDRESS.\n"
}

/// Of whom the headline of a scenario is.
fn figure_of(scenario: &Scenario) -> String {
    let model = &scenario.options[0].model;
    let at = HeadlineAt::find(&scenario.run, model);
    at.map_or_else(String::new, |at| format!("  here: {}\n", at.title(model)))
}

/// What is said of an address that leads nowhere, and the way out.
///
/// `known` is what of the address there is, `unknown` the next word, `instead` what could stand there.
/// The fault first, then the way out.
fn said_astray(what: &str, Astray { known, unknown, instead }: &Astray) -> (String, String) {
    let names = || instead.iter().map(String::as_str);
    let list = names().collect::<Vec<_>>().join(", ");
    if known.is_empty() {
        let near = super::nearest(what, names().chain(MEASURES.iter().map(|m| m.name)));
        let help = near
            .map_or(format!("addresses begin with {list}; docs/model.md lists the measures"), |near| {
                format!("did you mean `{near}`?")
            });
        return (format!("`{what}` is neither an address of the scenario nor a measure"), help);
    }
    // where any name may stand, a name that is not there is unknown; else it is a key that is not stated
    let any_name = meaning(&format!("{known}.?")).is_some();
    if let Some(words) = meaning(what).filter(|_| !any_name) {
        let message = format!("`{known}` does not state `{unknown}` ({})", words.trim_end_matches('.'));
        return (message, format!("it states: {list}"));
    }
    if known.ends_with(".rooms") && WEEKDAYS.contains(&unknown.as_str()) {
        let message = format!("`{known}` names no `{unknown}`: a weekday that is not named has no room");
        return (message, format!("it names: {list}; to give it rooms: --set {known}.{unknown}=4"));
    }
    let help = match super::nearest(unknown, names()) {
        Some(near) => format!("did you mean `{known}.{near}`? There is: {list}"),
        None if instead.is_empty() => format!("`{known}` is a value: nothing stands below it"),
        None => format!("there is: {list}"),
    };
    (format!("the scenario has no `{unknown}` in `{known}`"), help)
}

/// A measure in words.
fn of_measure(measure: &Measure) -> String {
    let better = match between_options(measure) {
        Better::Higher => "more is better",
        Better::Lower => "less is better",
        Better::Neither => "neither more nor less is better",
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

/// What stands at an address: a number with all that is known of it, another value, or everything below it.
///
/// # Errors
///
/// [`Astray`] where the address leads nowhere, with the part of it that is there.
fn of_address(scenario: &Scenario, address: &str) -> Result<String, Astray> {
    let figures = |of: &str| scenario.assumptions.iter().filter(|a| a.address == of).collect::<Vec<_>>();
    // A number is said with all that is known of it; a table is a list of what it holds.
    let own = figures(address);
    if !own.is_empty() {
        return Ok(own.into_iter().map(|a| of_figure(scenario, a)).collect());
    }
    let stated = scenario.stated(address)?;
    let (option, inside) = of_overlay(address).unwrap_or(("", address));
    if let [only] = &stated[..]
        && only.address == address
    {
        // the figures of an overlay bear the addresses of what they replace
        let here = figures(inside).into_iter().find(|figure| figure.place == only.place);
        return Ok(match here {
            Some(figure) => of_figure(scenario, figure),
            None if option.is_empty() => of_value(only, inside),
            None => format!("{}  holds in option {option}\n", of_value(only, inside)),
        });
    }
    let words = meaning(inside).map_or(String::new(), |words| format!("  {words}\n"));
    let line = |value: &Stated| format!("  {} = {}   ({})\n", value.address, value.text, value.place);
    Ok(format!("{address}\n{words}{}", stated.iter().map(line).collect::<String>()))
}

/// The option of an address inside an overlay, and the address of what is replaced there.
///
/// None where the address is of the scenario's own tables.
fn of_overlay(address: &str) -> Option<(&str, &str)> {
    let (option, rest) = address.strip_prefix("option.")?.split_once('.')?;
    Some((option, rest.strip_prefix("overlay.")?))
}

/// A value that is no number.
fn of_value(value: &Stated, address: &str) -> String {
    let words = meaning(address).map_or(String::new(), |words| format!("  meaning: {words}\n"));
    format!("{} = {}\n{words}  stands in: {}\n", value.address, value.text, value.place)
}

/// A number with its meaning, law, source and line.
///
/// A range is said as what eight years in ten draw, not by its law: that is what a planner needs.
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
    text += &holds_in(scenario, figure);
    text + &format!("  stands in: {}\n", figure.place)
}

/// In which options a number holds, with the address that changes it there; empty where it holds in all.
fn holds_in(scenario: &Scenario, figure: &Assumption) -> String {
    if let Some(option) = &figure.option {
        return format!("  holds in option {option} (option.{option}.overlay.{})\n", figure.address);
    }
    let alike = scenario.assumptions.iter().filter(|other| other.address == figure.address);
    let others: Vec<&str> = alike.filter_map(|other| other.option.as_deref()).collect();
    if others.is_empty() {
        String::new()
    } else {
        format!("  holds in every option but {}\n", others.join(", "))
    }
}

/// What is not empty, with commas.
fn joined(parts: &[&str]) -> String {
    parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(", ")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
