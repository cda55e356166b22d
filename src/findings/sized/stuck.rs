//! Why no size will do: what holds back at the largest size tried, and whether more of it would help.
//!
//! In: what sizing came to, where no size is enough. Out: roles or rooms, and the sentence. Plays the largest model once more
//! for each role (`findings::bottleneck`).

use super::rows::Row;
use super::{SizedFindings, WaySized};
use crate::experiment::run::first;
use crate::experiment::size::years::Figure;
use crate::experiment::size::{Sized, Step, Way};
use crate::findings::bottleneck::bottleneck;
use crate::findings::headline::Headline;
use crate::findings::say;
use crate::outcome::columns::About;
use crate::outcome::measure::by_name;
use crate::stats::moments::Moments;

/// Years over which the bottleneck is looked for.
const YEARS: usize = 64;
/// By so many times a size is much larger than another.
const MUCH_MORE: f64 = 1.5;

/// Why no size will do.
#[derive(Clone, Debug, PartialEq)]
pub struct Stuck {
    /// Roles that hold back, at the largest size tried, with what one more wte of each would bring: share seen in time, or fewer
    /// requests unmet.
    pub roles: Vec<(String, f64)>,
    /// True where one of them is the role that is sized.
    pub own: bool,
    /// True where the largest size tried does better than a much smaller one, and where that is not asked: a chance may stay at
    /// nought for long while more helps.
    pub helps: bool,
    /// True where enough are seen in time and requests unmet are what is too many.
    pub unmet: bool,
    /// Practices whose rooms hold back instead, with what one more room brings.
    pub rooms: Option<(Vec<String>, f64)>,
}

/// What holds back at the largest size tried, the `last`.
pub(super) fn stuck(sized: &Sized, way: &Way, last: &Row) -> Option<Stuck> {
    let (model, plan) = (&way.largest, &sized.plan);
    let in_time = last.mean.is_some_and(|mean| mean >= sized.rule.level);
    let unmet = in_time && sized.now.is_some();
    let (name, about) = match unmet {
        true => ("unmet", About::All),
        false => ("seen_within_target", About::Target(plan.goal.target)),
    };
    let headline = Headline { measure: by_name(name)?, place: plan.goal.place, about };
    let found = bottleneck(model, &headline, plan.settings.seed, &first(YEARS));
    let gain = |role: &usize| found.tried.iter().find(|t| t.role == *role).map_or(0.0, |t| t.improvement);
    let own = plan.knob.post.map(|post| model.posts[post].role);
    let titles = |of: &[usize]| of.iter().map(|p| model.practices[*p].title.clone()).collect();
    Some(Stuck {
        rooms: found.rooms().map(|room| (titles(&room.practices), room.improvement)),
        own: own.is_some_and(|own| found.roles.contains(&own)),
        helps: sized.now.is_none() || helps(way, sized.plan.goal.near),
        unmet,
        roles: found.roles.iter().map(|role| (say::inside(&model.roles[*role].title), gain(role))).collect(),
    })
}

/// True where the largest size tried does better than one of two thirds of it, on the same years, by more than is left open;
/// and where none is so much smaller.
fn helps(way: &Way, near: f64) -> bool {
    let Some(last) = way.steps.last() else { return true };
    let smaller = |step: &&Step| step.size * MUCH_MORE <= last.size;
    let Some(before) = way.steps.iter().rfind(smaller) else { return true };
    let gains = |of: &dyn Fn(&Step) -> Vec<f64>| {
        let gains: Vec<f64> =
            of(last).into_iter().zip(of(before)).map(|(last, before)| last - before).collect();
        Moments::of(&gains).mean().is_some_and(|gain| gain > near)
    };
    gains(&|step| step.series(Figure::Goal).to_vec())
        || gains(&|step| step.fewer_unmet.clone().unwrap_or_default())
}

/// The sentence: rooms first, then roles; a larger size is advised only where the role sized is itself the bottleneck and
/// more of it helps.
pub(super) fn said(f: &SizedFindings, way: &WaySized) -> Option<String> {
    let stuck = way.stuck.as_ref()?;
    let gained = |gain: f64| match stuck.unmet {
        true => format!("{} fewer requests unmet", say::whole(gain)),
        false => format!("{:+.1} points of those seen in time", 100.0 * gain),
    };
    let each = |(role, gain): &(String, f64)| format!("{role} (one more WTE: {})", gained(*gain));
    let roles: Vec<String> = stuck.roles.iter().map(each).collect();
    let at = way.rows.last().map_or(String::new(), |row| format!(" at {}", f.size(row.size)));
    if let Some((practices, gain)) = &stuck.rooms {
        return Some(format!(
            "Rooms are the bottleneck{at}: one more at {} brings {}.",
            say::list(practices),
            gained(*gain)
        ));
    }
    Some(match (&roles[..], stuck.own) {
        ([], _) => format!("No single role holds it back{at}: one more WTE of any role changes little."),
        (_, true) if stuck.helps => format!(
            "The role is still the bottleneck{at}: {}. A larger size may do: ask with --to.",
            say::list(&roles)
        ),
        (_, true) => format!(
            "The bottleneck{at} is {}, but not here: the last sizes tried make no difference, so it is other posts of the role that lack time.",
            say::list(&roles)
        ),
        (_, false) if f.role.is_none() => format!("The bottleneck{at} is {}.", say::list(&roles)),
        (_, false) => format!("Another role is the bottleneck{at}: {}.", say::list(&roles)),
    })
}
