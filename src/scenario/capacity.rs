//! The arithmetic of staffing before anything is simulated: what a WTE brings, and whether the work
//! offered can fit at all. Mean values throughout; leave, sickness and missed appointments left out.
//!
//! In: a model. Out: sentences and warnings that `check` shows; nothing here stops a run. It costs no draw and no
//! simulated day.

use super::resolve::round;
use crate::fault::Fault;
use crate::model::Model;
use crate::model::need::{Leaves, Need};
use crate::model::number::Input;
use crate::model::post::{Capacity, Post};
use crate::model::requests::all_first_requests;
use crate::model::working_week::working_weeks;
use crate::quantity::number_text;

/// What the staff of a model can do, in words, and warnings where it cannot be enough.
///
/// Made by [`capacity_line`]; warnings of rooms and of travel are among the others.
#[derive(Clone, Debug, Default)]
pub struct CapacityLine {
    /// One sentence a role that has people: what one WTE of it brings.
    pub sentences: Vec<String>,
    /// Work that cannot be done with the minutes there are, with the arithmetic.
    pub warnings: Vec<Fault>,
}

/// The staffing arithmetic of a model.
///
/// A number that is drawn counts as its mean; where practices differ, the first practice's slot stands for all.
pub fn capacity_line(model: &Model) -> CapacityLine {
    let means = means(model);
    let mut line = CapacityLine::default();
    for (at, role) in model.roles.iter().enumerate() {
        let people = |post: &Post| post.role == at && matches!(post.capacity, Capacity::People(_));
        if !model.posts.iter().any(people) {
            continue;
        }
        let hours = role.hours_per_wte_week.at(&means, 0);
        let direct = role.direct_share.at(&means, 0);
        let slot = role.slot_minutes.at(&means, 0);
        line.sentences.push(format!(
            "1.0 WTE {} = {} h = {} sessions; {} % direct = {} h = {} slots of {} minutes before leave and sickness",
            role.title,
            number_text(hours),
            number_text(round(hours / role.session_hours)),
            number_text(direct * 100.0),
            number_text(hours * direct),
            // Whole slots only; a hair's breadth so that 24 slots do not become 23 by rounding.
            number_text(libm::floor(hours * direct * 60.0 / slot + 1e-9)),
            number_text(slot)
        ));
    }
    overload(model, &means, &mut line);
    line.warnings.extend(super::sites::rooms(model, &means));
    line.warnings.extend(super::sites::travel(model, &means));
    line
}

/// The mean of every drawn slot, so that a number can be read at its mean.
///
/// A value a slot of the model's inputs, in their order: what [`crate::model::number::Number::at`] reads.
pub(crate) fn means(model: &Model) -> Vec<f64> {
    let mut means = vec![0.0; model.inputs.slots()];
    for (input, slots) in model.inputs.iter() {
        let first = slots.start;
        for slot in slots {
            means[slot] = match input {
                Input::One(quantity) => quantity.law.mean(),
                Input::Shares(shares) => shares.mean(slot - first),
            };
        }
    }
    means
}

/// Appointment minutes of a post in a full week, less what a rota loses to travel [min/week].
///
/// A plain post counts its slots on weekdays that are open, at the length that the post states.
fn minutes_a_week(model: &Model, post: &Post, means: &[f64]) -> f64 {
    let minutes = match &post.capacity {
        Capacity::Plain(plain) => plain.slots_a_week(model) * post.slot_minutes,
        Capacity::People(_) => {
            let weeks = working_weeks(model, post, means);
            return weeks.iter().map(|(_, week)| week.hours() * 60.0).sum();
        }
    };
    minutes * post.minutes_factor.at(means, 0)
}

/// For every set of roles that a need allows: the work only they can do against the minutes they have.
///
/// A set is overloaded only by needs that no role outside the set may see, each at its shortest slot: the warning
/// never overstates.
fn overload(model: &Model, means: &[f64], line: &mut CapacityLine) {
    let roles_of = |need: &Need| {
        let mut roles: Vec<usize> = need.seen_by.iter().map(|seen| seen.role).collect();
        roles.sort_unstable();
        roles
    };
    // Every set of roles that some need has, once; a need counts in each set that holds all its roles.
    let mut sets: Vec<Vec<usize>> =
        model.needs.iter().filter(|need| need.rate.is_some()).map(roles_of).collect();
    sets.sort();
    sets.dedup();
    for set in sets {
        let inside =
            |need: &Need| need.rate.is_some() && roles_of(need).iter().all(|role| set.contains(role));
        let mut work = 0.0;
        let mut names = Vec::new();
        for (k, need) in model.needs.iter().enumerate().filter(|(_, need)| inside(need)) {
            let shortest =
                need.seen_by.iter().map(|seen| seen.slot_minutes.at(means, 0)).fold(f64::INFINITY, f64::min);
            work += all_first_requests(model, k) * shortest;
            names.push(need.title.as_str());
        }
        let minutes: f64 = model
            .posts
            .iter()
            .filter(|post| set.contains(&post.role))
            .map(|post| minutes_a_week(model, post, means))
            .sum();
        if minutes > 0.0 && work > minutes {
            let staff: Vec<&str> = set.iter().map(|role| model.roles[*role].title.as_str()).collect();
            let message = format!(
                "more work is offered than can be done: {} {} for {} minutes a week of {}, who have {} minutes a week \
                 before leave and sickness ({} %)",
                names.join(", "),
                if names.len() == 1 { "asks" } else { "ask" },
                number_text(work),
                staff.join(", "),
                number_text(minutes),
                number_text(100.0 * work / minutes)
            );
            let stay =
                model.needs.iter().filter(|need| inside(need)).any(|need| need.leaves() == Leaves::Never);
            let help = match stay {
                true => {
                    "queues will grow without end unless people give up, are redirected or wait outside; check rates, slots and WTE"
                }
                false => "those for whom there is no time leave unseen; check rates, slots and WTE",
            };
            line.warnings.push(Fault::warning("overload", "", message).help(help));
        }
    }
}
