//! What the lay-out of the roster foretells before a run: half-days with too few rooms, rooms that do nothing, sites of a post
//! that sees more patients than theirs, levers that give back more time than there is.
//!
//! In: a scenario. Out: the same with warnings more. They come from the sessions that the roster would hold with nobody
//! away, day by day, at the means of all numbers; a scenario file alone cannot say on which half-day a rota is where.
//!
//! Fit: commands load a scenario through [`load`], so a warning that needs the roster or the arithmetic is said
//! beside those of the file.

use crate::demand::busiest_day;
use crate::fault::Fault;
use crate::lever::Change;
use crate::model::Model;
use crate::model::need::{Need, Rate};
use crate::model::post::{Base, Capacity, Post, Sharing, Sites};
use crate::plan::axis::Axis;
use crate::quantity::{number_text, tenths_text};
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
        let model = &option.model;
        let wide = model.posts.iter().filter_map(|post| sees_all(model, post));
        let back = released(model);
        for warning in sites.iter().filter_map(|site| too_few(model, site)).chain(wide).chain(back) {
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

/// Levers that give a role more minutes back than its people have outside their appointments: the rest is nobody's time.
///
/// At full strength, at the means, of what a lever gives by the week; plain slots have no time outside them to be held against.
fn released(model: &Model) -> Vec<Fault> {
    let mean = |number| model.inputs.mean(number);
    let outside = |role: usize| -> f64 {
        let of = |post: &Post| match &post.capacity {
            Capacity::People(staff) if post.role == role => mean(staff.wte),
            _ => 0.0,
        };
        let wte: f64 = model.posts.iter().map(of).sum();
        let role = &model.roles[role];
        wte * 60.0 * mean(role.hours_per_wte_week) * (1.0 - mean(role.direct_share))
    };
    let changes =
        model.levers.iter().flat_map(|lever| lever.changes.iter().map(move |change| (lever, change)));
    let over = changes.filter_map(|(lever, (name, change))| {
        let Change::Minutes { role, per_practice_week, .. } = change else { return None };
        let (back, have) = (-mean(*per_practice_week) * model.practices.len() as f64, outside(*role));
        (have > 0.0 && back > have).then(|| {
            let address = format!("lever.{}.change.{name}.minutes.per_practice_week", lever.name);
            let message = format!(
                "`{address}` gives role {} back {} minutes a week in all practices together, and its people have {} outside their appointments: the rest is time that nobody has",
                model.roles[*role].name,
                tenths_text(back),
                tenths_text(have)
            );
            let help = "state what one practice gains in a week, in minutes; a number below 0 gives minutes back";
            Fault::warning("more-than-there-is", address, message).help(help)
        })
    });
    over.collect()
}

/// A shared post that sits at some practices and sees the patients of all: its sites do not say whose patients they are.
///
/// A rota does: whom it sees is who is there.
fn sees_all(model: &Model, post: &Post) -> Option<Fault> {
    let Sites::InTurn(sites) = &post.sites else { return None };
    let served = post.practices(model);
    let others = served.iter().filter(|practice| !sites.contains(practice)).count();
    let rota = matches!(post.sharing, Sharing::Rota { .. });
    if rota || matches!(post.base, Base::Practice(_)) || others == 0 {
        return None;
    }
    let mut own: Vec<&str> = sites.iter().map(|&site| model.practices[site].name.as_str()).collect();
    own.sort_unstable();
    own.dedup();
    let message = format!(
        "post {} sits at {} and sees the patients of all {} practices: `sites` says where it needs a room, not whose patients it sees",
        post.name,
        own.join(" and "),
        served.len()
    );
    let help = "for the patients of these practices alone state sharing = \"rota\", or put the practices into a network of their own";
    Some(Fault::warning("sites-of-all", format!("post.{}.sites", post.name), message).help(help))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::load_text;

    /// Two doctors of 40 hours, half of them with patients: 2,400 minutes a week outside appointments.
    const HILL: &str = r#"
[horizon]
start = 2019-04-01
weeks = 4
[practice.hill]
[need.ill]
requests_per_day = 20
roles = ["gp"]
[role.gp]
hours_per_wte_week = 40
direct_share = 0.5
[post.gps]
practice = "hill"
role = "gp"
wte = 2
[lever.clerks.change.letters]
minutes = { role = "gp", per_practice_week = -2400 }
[option.clerks]
levers = ["clerks"]
"#;

    #[test]
    fn more_minutes_back_than_there_are_is_said() {
        let codes = |sets: &[String]| -> Vec<&'static str> {
            let scenario = load_text("hill", HILL, sets).unwrap_or_else(|r| panic!("{}", r.render(false)));
            foreseen(&scenario.options).iter().map(|fault| fault.code).collect()
        };
        assert!(codes(&[]).is_empty(), "all there is");
        let more = "lever.clerks.change.letters.minutes.per_practice_week=-2401".to_owned();
        assert_eq!(codes(&[more]), ["more-than-there-is"]);
    }
}
