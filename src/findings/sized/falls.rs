//! A number of which more does worse: what is said of it, and what to ask instead.
//!
//! In: findings of a way of sharing whose ends show that more is worse. Out: the answer in its place, and the
//! command that shows the whole curve.

use super::figures::{asked, gives, holds};
use super::{SizedFindings, WaySized, number};
use crate::experiment::size::Sized;
use crate::outcome::columns::Place;
use crate::scenario::AS_NOW;

/// The answer where more does worse; none where it does not.
///
/// `option` is what stands behind the name of an option, with its blank, or nothing.
pub fn answer(f: &SizedFindings, way: &WaySized, option: &str) -> Option<String> {
    let (least, most) = (way.rows.first()?, way.rows.last()?);
    let word = if f.goal.chance { "in " } else { "" };
    way.falls.then(|| {
        format!(
            "More of {} does worse, so that no size is the smallest that is enough{option}: at {} {}, at {} {word}{}, where {}.",
            f.what,
            f.size(least.size),
            holds(f, least),
            f.size(most.size),
            gives(f, most),
            asked(f)
        )
    })
}

/// What to type instead.
///
/// None where more helps.
pub fn instead(f: &SizedFindings, way: &WaySized) -> Option<String> {
    way.falls.then(|| {
        format!(
            "`size` looks for the smallest that is enough, which only a number has of which more helps. How far this one may rise is \
             seen with: {}",
            f.instead
        )
    })
}

/// A sweep over the same values, with the target as its headline; without it where the need has several targets.
///
/// `FILE` stands for the scenario, as the findings do not know its name.
pub fn sweep(sized: &Sized) -> String {
    let (plan, knob) = (&sized.plan, &sized.plan.knob);
    let option = &sized.stated.options[plan.option];
    let model = &option.model;
    let (low, high) = (knob.size(0), knob.size(knob.grid.last));
    let mut text = format!("skillmix sweep FILE --vary {}={low}:{high}:{}", knob.address, knob.step);
    if option.name != AS_NOW {
        text += &format!(" --option {}", option.name);
    }
    let need = model.targets[plan.goal.target].need;
    if model.targets.iter().filter(|target| target.need == need).count() == 1 {
        let place = match plan.goal.place {
            Place::All => String::new(),
            place => format!("@{}.{}", place.scope(), place.name(model)),
        };
        let (measure, need) = (plan.goal.measure(), &model.needs[need].name);
        text += &format!(" --set run.headline={measure}{place}/need.{need}");
    }
    text
}

/// Title of the picture.
///
/// None where more helps.
pub fn title(f: &SizedFindings, way: &WaySized) -> Option<String> {
    let (least, most) = (way.rows.first()?, way.rows.last()?);
    way.falls.then(|| {
        format!("{}: more of it does worse, from {} to {}", f.what, number(least.size), number(most.size))
    })
}
