//! `check`: everything that can be said before a run: faults, warnings, and the arithmetic of work against time.
//!
//! In: a scenario file. Out: text on the standard output, warnings in it; nothing is written and nothing is simulated.
//!
//! Fit: the arithmetic is [`arithmetic`](crate::experiment::arithmetic), the warnings are those with which every
//! command loads; here they are only said. What is said of a week is by means and of as-now alone.

use super::exit::Exit;
use crate::experiment::arithmetic::{Load, RoleLine, bookings_a_request, lines};
use crate::experiment::headline::HeadlineAt;
use crate::model::Model;
use crate::model::post::Sharing;
use crate::quantity::number_text;
use crate::roster::rooms::asked;
use crate::scenario::{Scenario, capacity_line};
use crate::units::WEEKDAYS;
use clap::Args;
use std::io;
use std::path::PathBuf;

/// Practices are named from this share of their appointment time on.
const NEARLY_FULL: f64 = 0.95;

/// Check a scenario before a run: faults, warnings, work against appointment time
#[derive(Debug, Args)]
#[command(after_help = super::exit::TABLE)]
pub struct Check {
    /// Scenario file
    scenario: PathBuf,
    /// Change a value of the scenario first
    #[arg(long = "set", value_name = "ADDRESS=VALUE")]
    sets: Vec<String>,
    /// Say only what is wrong, or may be: faults and warnings
    #[arg(long, short)]
    quiet: bool,
}

impl Check {
    /// Says the facts, the arithmetic and the warnings; with `quiet` the warnings alone, on the standard error.
    ///
    /// [`Exit::Scenario`] where the scenario cannot be read, [`Exit::CannotWrite`] where the output cannot be written
    /// to.
    pub fn act(&self) -> Exit {
        let scenario = match super::load(&self.scenario, &self.sets) {
            Ok(scenario) => scenario,
            Err(exit) => return exit,
        };
        if self.quiet {
            // A warning is of what may be wrong, so it is said all the same.
            super::warn(&scenario.warnings.render(super::coloured(&io::stderr())));
            return Exit::Done;
        }
        // Warnings come last: they are what to act on, and the bottom of a screen is what is read.
        let mut text = facts(&scenario);
        let model = &scenario.options[0].model;
        let lines = lines(model);
        text += &arithmetic(model, &lines);
        text += &over_full(model, &lines);
        let warnings = &scenario.warnings;
        if warnings.is_empty() {
            text += "\nThe scenario holds together: no faults, no warnings.\n";
        } else {
            text += &format!("\nNo faults.\n\n{}", warnings.render(super::coloured(&io::stdout())));
        }
        super::end_with(&text)
    }
}

/// What the scenario holds.
///
/// Of things as they are; a headline that the model does not have is said so instead of left out.
fn facts(scenario: &Scenario) -> String {
    let now = &scenario.options[0].model;
    let list: f64 = now.practices.iter().map(|p| now.inputs.mean(p.registered_list)).sum();
    let options: Vec<&str> = scenario.options.iter().map(|o| o.name.as_str()).collect();
    // A number without a source is an assumption: the count says how much of the file rests on none.
    let bare = scenario.assumptions.iter().filter(|a| a.source.is_none()).count();
    let headline =
        HeadlineAt::find(&scenario.run, now).map_or("not found in the model".to_owned(), |at| at.title(now));
    format!(
        "{}\n  {}, {}, {} patients; {}, {}, {}\n  options: {}\n  \
         {} to {}, {} replications, seed {}\n  headline: {headline}\n  {} numbers stated, {bare} of them without a source (assumptions)\n",
        scenario.title,
        counted(now.practices.len(), "practice"),
        counted(now.networks.len(), "network"),
        number_text(list),
        counted(now.needs.len(), "need"),
        counted(now.posts.len(), "post"),
        counted(now.targets.len(), "target"),
        options.join(", "),
        now.horizon.start,
        now.horizon.last(),
        scenario.run.replications,
        scenario.run.seed,
        scenario.assumptions.len(),
    )
}

/// A number of things, one of them without the s: `1 post`, `3 posts`.
fn counted(n: usize, thing: &str) -> String {
    if n == 1 { format!("1 {thing}") } else { format!("{n} {thing}s") }
}

/// Work against appointment time, role by role, as now.
///
/// Hours a week. Levers are left out.
fn arithmetic(model: &Model, lines: &[RoleLine]) -> String {
    let mut text = "\nA week, before levers, leave, sickness and absence:\n".to_owned();
    for line in lines {
        text += &role(model, line);
    }
    for sentence in capacity_line(model).sentences {
        text += &format!("  {sentence}.\n");
    }
    text += &rooms(model);
    text += &not_counted(model);
    // A need whose requests come back is more work than its requests: below a two-thousandth that is not said.
    for (need, n) in model.needs.iter().zip(bookings_a_request(model)).filter(|(_, n)| *n > 1.000_5) {
        let n = number_text(n);
        text += &format!(
            "  A first request of {} comes to {n} bookings (rebooked, followed up) if seen at once.\n",
            need.title
        );
    }
    text
}

/// What patients may do that the hours by practice leave out.
///
/// `elsewhere` and `latent` answer to waits, which arithmetic does not know.
fn not_counted(model: &Model) -> String {
    let percent = |number| number_text((model.inputs.mean(number) * 1000.0).round() / 10.0);
    let mut text = String::new();
    for need in &model.needs {
        if let Some(elsewhere) = need.elsewhere {
            let from = match elsewhere.after_days {
                0 => "at once".to_owned(),
                1 => "after 1 day".to_owned(),
                days => format!("after {days} days"),
            };
            text += &format!(
                "  {}: {} % of patients would be seen at another practice of their network that has time to spare, {from}; the hours by practice above leave that out.\n",
                need.title,
                percent(elsewhere.willing)
            );
        }
        if let Some(latent) = need.latent {
            text += &format!(
                "  {}: {} % more requests present while the mean wait is at most {} days; the work above is without them.\n",
                need.title,
                percent(latent.share),
                number_text(model.inputs.mean(latent.within_days))
            );
        }
    }
    text
}

/// Sessions asked of the rooms of every site that states them.
///
/// Sessions and room-sessions a day; a site without rooms is not asked.
fn rooms(model: &Model) -> String {
    let mut text = String::new();
    for site in asked(model) {
        let open = (0..7).filter(|weekday| model.calendar.open[*weekday]);
        let of_day = |weekday: usize| {
            let [morning, afternoon] = site.halves[weekday];
            let sessions = number_text(morning.sessions + afternoon.sessions);
            format!("{} {sessions} of {}", WEEKDAYS[weekday], 2 * u32::from(site.rooms[weekday]))
        };
        let days: Vec<String> = open.map(of_day).collect();
        let name = &model.practices[site.practice].title;
        text += &format!(
            "  Rooms at {name} (sessions that need one, of room-sessions a day): {}.\n",
            days.join(", ")
        );
    }
    text
}

/// One role: hours wanted and offered, all together, and each practice that is nearly full.
fn role(model: &Model, line: &RoleLine) -> String {
    let name = &model.roles[line.role].title;
    let (wanted, offered) = (number_text(line.all.wanted), number_text(line.all.offered));
    let mut text = match line.all.share() {
        Some(share) => {
            let percent = number_text((share * 100.0).round());
            let over = if share > 1.0 { ": more than there is" } else { "" };
            format!(
                "  {name}: {wanted} hours of work for {offered} hours of appointments, {percent} %{over}\n"
            )
        }
        None => format!("  {name}: {wanted} hours of work and no appointments\n"),
    };
    // Only practices that are nearly full: a list of all of them would hide these.
    for (load, practice, share) in fuller_than(model, line, NEARLY_FULL) {
        let percent = number_text((share * 100.0).round());
        let (wanted, offered) = (number_text(load.wanted), number_text(load.offered));
        text += &format!("    {practice}: {wanted} of {offered} hours, {percent} %\n");
    }
    text
}

/// Practices at which a role is asked for so large a share of its appointment time, or more, with that share.
fn fuller_than<'a>(
    model: &'a Model,
    line: &'a RoleLine,
    least: f64,
) -> impl Iterator<Item = (&'a Load, &'a str, f64)> {
    // What patients of a pool find hangs on their neighbours, so their own share of it says nothing.
    let pooled = |p: usize| {
        let of_role =
            model.posts.iter().filter(|post| post.role == line.role && post.sharing == Sharing::Pooled);
        of_role.map(|post| post.practices(model)).any(|all| all.len() > 1 && all.contains(&p))
    };
    line.practices.iter().filter_map(move |load| {
        let practice = load.practice.filter(|p| !pooled(*p))?;
        let share = load.share().filter(|share| *share >= least)?;
        Some((load, model.practices[practice].title.as_str(), share))
    })
}

/// Where a role is asked for more than it can offer, practice by practice: all together may have time to spare that serves
/// nobody there. Nothing of one practice alone, which is the whole.
fn over_full(model: &Model, lines: &[RoleLine]) -> String {
    let over = |line: &RoleLine| -> Vec<String> {
        let all = fuller_than(model, line, 1.0).filter(|(.., share)| *share > 1.0);
        let role = &model.roles[line.role].title;
        all.map(|(_, practice, share)| {
            format!("{role} at {practice} ({} %)", number_text((share * 100.0).round()))
        })
        .collect()
    };
    let each: Vec<String> = lines.iter().flat_map(over).collect();
    if each.is_empty() || model.practices.len() < 2 {
        return String::new();
    }
    format!(
        "\nMore is asked of some practices than their own staff of the role can offer: {}. Where nobody else may see these patients, waits grow all through the period until people give up.\n",
        each.join(", ")
    )
}
