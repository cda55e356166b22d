//! What the lay-out of the roster foretells before a run: half-days with too few rooms, rooms that do nothing.
//!
//! In: a scenario. Out: the same with warnings more. They come from the sessions that the roster would hold with nobody
//! away, day by day, at the means of all numbers; a scenario file alone cannot say on which half-day a rota is where.
//!
//! Fit: commands load a scenario through [`load`], so a warning that needs the roster or the arithmetic is said
//! beside those of the file.

use crate::demand::busiest_day;
use crate::fault::Fault;
use crate::model::Model;
use crate::model::need::{Need, Rate};
use crate::plan::axis::Axis;
use crate::quantity::number_text;
use crate::roster::rooms::{Asked, asked};
use crate::scenario::{OptionModel, Report, Scenario};
use crate::units::WEEKDAYS;
use std::path::Path;

/// Loads a scenario file as [`scenario::load`](crate::scenario::load) does, and adds what its roster foretells to the
/// warnings.
///
/// # Errors
/// Everything that is wrong with the file.
/// `sets` are `ADDRESS=VALUE`, applied after the file and before anything is read of it.
pub fn load(path: &Path, sets: &[String]) -> Result<Scenario, Report> {
    let mut scenario = crate::scenario::load(path, sets)?;
    let mut beyond: Vec<Fault> = scenario.options.iter().flat_map(|o| chances_above_one(&o.model)).collect();
    beyond.dedup();
    if !beyond.is_empty() {
        scenario.warn(beyond);
        return Err(scenario.warnings);
    }
    let mut warnings = foreseen(&scenario.options);
    warnings.extend(super::receiving::warnings(&scenario.options));
    // which half-days are short says more than the sum of the week
    // The sharper warning has the same code and address, so the coarser one of the file is dropped.
    let sharper =
        |known: &Fault| warnings.iter().any(|w| (w.code, &w.address) == (known.code, &known.address));
    scenario.warnings.drop_where(sharper);
    scenario.warn(warnings);
    Ok(scenario)
}

/// Needs of which each patient would ask with a chance above one on the busiest day: the run could not hold what is stated.
fn chances_above_one(model: &Model) -> Vec<Fault> {
    let chances = model.needs.iter().filter_map(|need| match need.rate {
        Some(Rate::PanelChance(chance)) => Some((need, model.inputs.largest(chance))),
        _ => None,
    });
    let mut chances = chances.peekable();
    if chances.peek().is_none() {
        return Vec::new();
    }
    let busiest = busiest_day(model, &Axis::new(model));
    let above = chances.filter(|(_, chance)| chance * busiest > 1.0 + 1e-9);
    let fault = |(need, chance): (&Need, f64)| {
        let address = format!("need.{}.chance_each_day", need.name);
        let message = format!(
            "`{address}`: each patient would ask with a chance of {} on the busiest day, {} of an average day times {} for its weekday and season",
            number_text(chance * busiest),
            number_text(chance),
            number_text(busiest)
        );
        let help =
            "a chance is at most 1: state a lower one, or weekdays that are more alike ([demand] weekday)";
        Fault::new("chance-above-one", address, message).help(help)
    };
    above.map(fault).collect()
}

/// The warnings of all options, each once.
///
/// Rooms that are idle are warned of only where they are idle in every option: an option may bring the people.
pub fn foreseen(options: &[OptionModel]) -> Vec<Fault> {
    let asked: Vec<Vec<Asked>> = options.iter().map(|option| asked(&option.model)).collect();
    let mut warnings: Vec<Fault> = Vec::new();
    for (option, sites) in options.iter().zip(&asked) {
        for warning in sites.iter().filter_map(|site| too_few(&option.model, site)) {
            if !warnings.contains(&warning) {
                warnings.push(warning);
            }
        }
    }
    // As-now's own sites are the list; another option's site is found by the practice's name.
    if let (Some(now), Some(sites)) = (options.first(), asked.first()) {
        let everywhere_idle = |site: &&Asked| {
            let name = &now.model.practices[site.practice].name;
            let there = |(option, sites): (&OptionModel, &Vec<Asked>)| {
                sites.iter().all(|s| option.model.practices[s.practice].name != *name || s.idle())
            };
            options.iter().zip(&asked).all(there)
        };
        warnings.extend(sites.iter().filter(everywhere_idle).map(|site| idle(&now.model, site)));
    }
    warnings
}

/// Half-days of a site with more sessions than rooms.
///
/// [half-days of a week, am then pm]
fn too_few(model: &Model, site: &Asked) -> Option<Fault> {
    let halves = site.halves.iter().enumerate().flat_map(|(weekday, halves)| {
        let of_half = move |(asked, half)| (weekday, half, asked);
        halves.iter().zip(["am", "pm"]).map(of_half)
    });
    // `weeks` counts the weeks in which such a half-day is laid out: of a rota it may be some of them.
    let short = halves.filter(|(_, _, asked)| asked.short > 0).map(|(weekday, half, asked)| {
        let weeks = if asked.short < asked.weeks {
            format!(" in {} of {} weeks", asked.short, asked.weeks)
        } else {
            String::new()
        };
        format!("{} {half} ({} for {}{weeks})", WEEKDAYS[weekday], asked.most, site.rooms[weekday])
    });
    let short: Vec<String> = short.collect();
    if short.is_empty() {
        return None;
    }
    let name = &model.practices[site.practice].name;
    let open = |weekday: &usize| model.calendar.open[*weekday];
    let has: u32 = (0..7).filter(open).map(|weekday| 2 * u32::from(site.rooms[weekday])).sum();
    let wanted: f64 = site.halves.iter().flatten().map(|half| half.sessions).sum();
    let message = format!(
        "practice {name} has too few rooms on {} (sessions that need one, for rooms); the whole week has {has} room-sessions for {}",
        short.join(", "),
        number_text(wanted)
    );
    let help = "sessions without a room are lost, those of the last roles of [rooms] first; add rooms, move sessions to other half-days or sites, or say needs_room = false";
    Some(Fault::warning("too-few-rooms", format!("practice.{name}.rooms"), message).help(help))
}

/// Rooms that no session of any option needs.
///
/// `as_now` is named, since an option may still use them.
fn idle(model: &Model, site: &Asked) -> Fault {
    let name = &model.practices[site.practice].name;
    let message =
        format!("the rooms of practice {name} do nothing: no session that needs a room is held there");
    let help = "plain slots have no people and need no room: state people with `wte`, or let a shared post sit there with `sites`";
    Fault::warning("idle-rooms", format!("practice.{name}.rooms"), message).help(help)
}
