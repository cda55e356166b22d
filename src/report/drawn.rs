//! `inputs.parquet`: what each simulated year drew for every uncertain number, for those who do their own statistics.
//!
//! In: a run. Out: a row a (number, practice, replication), under the option that states the number, as `assumptions.csv` has
//! it. Draws are made here once more from the seed; no year is played for them.

use super::parquet::{Columns, Kind, Values};
use crate::experiment::run::{RunResult, first};
use crate::model::number::Input;
use crate::plan::draws::DrawPlan;
use crate::scenario::{OptionModel, Scenario};
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::iter::repeat_n;

/// Rows of a chunk, about.
const CHUNK: usize = 1 << 16;

/// An uncertain number as one slot of an option's draws.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Listed {
    /// The option that states it; empty where all do that do not state it anew.
    option: String,
    /// Its address.
    address: String,
    /// The practice whose own draw it is; empty where one is for all.
    practice: String,
}

/// True where a run has anything to write here.
pub fn any(result: &RunResult) -> bool {
    result.scenario.options.iter().any(|option| !option.model.inputs.is_empty())
}

/// Writes the table. Columns: address, option, practice, replication (from 0), value.
///
/// # Errors
///
/// Where the file cannot be written.
pub fn write(result: &RunResult, out: &mut (dyn Write + Send)) -> io::Result<()> {
    let head = [
        ("address", Kind::Text),
        ("option", Kind::Text),
        ("practice", Kind::Text),
        ("replication", Kind::Whole),
        ("value", Kind::Exact),
    ];
    let columns: Vec<(String, Kind)> = head.iter().map(|(name, kind)| ((*name).to_owned(), *kind)).collect();
    let mut table = Columns::new(out, &columns)?;
    let mut known = BTreeSet::new();
    let reps = first(result.replications);
    for option in &result.scenario.options {
        let mut fresh = listed(&result.scenario, option);
        fresh.retain(|(number, _)| known.insert(number.clone()));
        let plan = DrawPlan::new(&option.model.inputs, &option.model.practices, result.seed);
        let mut slots = vec![0.0; plan.slots()];
        // Whole years in a chunk, at least one: each is drawn once.
        let step = (CHUNK / fresh.len().max(1)).max(1);
        for (at, reps) in reps.chunks(step).enumerate().filter(|_| !fresh.is_empty()) {
            let years = reps.len();
            let mut values = vec![0.0; fresh.len() * years];
            for (year, rep) in reps.iter().enumerate() {
                plan.draw(rep.draw, &mut slots);
                for (number, (_, slot)) in fresh.iter().enumerate() {
                    values[number * years + year] = slots[*slot];
                }
            }
            let text = |of: &dyn Fn(&Listed) -> &str| {
                Values::Text(fresh.iter().flat_map(|(number, _)| repeat_n(of(number), years)).collect())
            };
            let mut columns = vec![text(&|n| &n.address), text(&|n| &n.option), text(&|n| &n.practice)];
            // Replications are far fewer than an i32 holds.
            let numbers = (at * step) as i32..(at * step + years) as i32;
            columns.push(Values::Whole(fresh.iter().flat_map(|_| numbers.clone()).collect()));
            columns.push(Values::Exact(values));
            table.rows(&columns)?;
        }
    }
    table.finish()
}

/// Every uncertain number of an option with its slot, in the order in which they are drawn.
fn listed(scenario: &Scenario, option: &OptionModel) -> Vec<(Listed, usize)> {
    let model = &option.model;
    let mut all = Vec::new();
    for (input, range) in model.inputs.iter() {
        let first = range.start;
        for slot in range {
            let (address, practice) = match input {
                Input::One(quantity) if quantity.per_practice => {
                    (quantity.address.clone(), model.practices[slot - first].name.clone())
                }
                Input::One(quantity) => (quantity.address.clone(), String::new()),
                Input::Shares(shares) => (shares.part_address(slot - first), String::new()),
            };
            let option = stated_by(scenario, &option.name, input, &address);
            all.push((Listed { option, address, practice }, slot));
        }
    }
    all
}

/// The option that states a number; empty where all do that do not state it anew.
///
/// Shares that are drawn together are the option's where it states any figure of their table.
fn stated_by(scenario: &Scenario, option: &str, input: &Input, address: &str) -> String {
    let figure = match input {
        Input::One(_) => scenario.figure(option, address),
        Input::Shares(shares) => {
            let table = format!("{}.", shares.address.trim_end_matches(".dirichlet"));
            // Audited shares stand at their categories.
            let of = |address: &str| {
                let part = |name: &String| address.starts_with(&format!("avoidable.{name}.share_of_"));
                address.starts_with(&table) || shares.names.iter().any(part)
            };
            let own = scenario.assumptions.iter().filter(|a| of(&a.address));
            own.filter_map(|a| scenario.figure(option, &a.address)).find(|figure| figure.option.is_some())
        }
    };
    figure.and_then(|figure| figure.option.clone()).unwrap_or_default()
}
