//! The question as a planner puts it, found in the scenario: post, option, target, place.
//!
//! In: what a planner typed, and the scenario. Out: a [`Plan`]. Everything that cannot be sized is refused here, before
//! a year is played.

use super::as_now::There;
use super::knob::{Knob, Range};
use super::{Goal, Plan, Unfit};
use crate::experiment::named;
use crate::experiment::run::Settings;
use crate::model::Model;
use crate::model::post::Base;
use crate::outcome::columns::Place;
use crate::scenario::Scenario;

/// Ways in which a post can be shared: the words of `--sharing`.
pub const SHARING: [&str; 3] = ["pooled", "split", "rota"];
/// Where no width is stated: a size is borderline within one point of a chance, a tenth of a point of a mean share.
const NEAR: [f64; 2] = [0.01, 0.001];
/// The width within which a size is borderline where none is stated. Near 0 and 1 it is half of what is left: at 0.99 a
/// whole point would hold every chance from there to certainty.
fn near(chance: Option<f64>) -> f64 {
    chance.map_or(NEAR[1], |chance| NEAR[0].min(0.5 * chance.min(1.0 - chance)))
}

/// Most years of a size where no number is stated.
pub const MOST: usize = 10_000;

/// The question.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ask {
    /// Name of a post.
    pub post: Option<String>,
    /// Address of a number; read where no post is named.
    pub vary: Option<String>,
    /// Option in which it is sized; `as_now`, or the only one that has the post, where none is named.
    pub option: Option<String>,
    /// Name of the target; the only one where none is named.
    pub target: Option<String>,
    /// For whom the target is judged: `all`, `network.NAME`, `practice.NAME`; those whom the post serves where none is
    /// named.
    pub place: Option<String>,
    /// Chance that the target holds in a year; none: the mean share seen in time reaches the target's.
    pub chance: Option<f64>,
    /// True where the mean share seen in time has to be no less than that of things as they are; no chance is named then.
    pub as_now: bool,
    /// The sizes.
    pub range: Range,
    /// A size within this of the level is borderline where no more can be told; none: a hundredth of a chance (less
    /// near 0 and 1), a thousandth of a mean share.
    pub near: Option<f64>,
    /// Ways of sharing to compare, words of [`SHARING`]; empty: the way the scenario shares it.
    pub sharing: Vec<String>,
    /// Most years of a size.
    pub most: Option<usize>,
}

impl Ask {
    /// Finds what is asked in the scenario.
    ///
    /// # Errors
    ///
    /// Where a name is not known, the post cannot be shared, or the chance is no chance.
    pub fn plan(&self, scenario: &Scenario) -> Result<Plan, Unfit> {
        if let Some(chance) = self.chance.filter(|chance| !(*chance > 0.0 && *chance < 1.0)) {
            return Err(Unfit {
                message: format!("a chance of {chance} cannot be asked for"),
                help: "a chance lies above 0 and below 1: --chance 0.9 is nine years in ten".into(),
            });
        }
        let posts: Vec<&str> = self.named_post().into_iter().collect();
        let option = named::option(scenario, self.option.as_deref().or(self.within()), &posts)?;
        let chosen = &scenario.options[option];
        let knob = match (&self.post, &self.vary) {
            (Some(post), _) => Knob::post(scenario, chosen, post, self.range)?,
            (None, Some(address)) => Knob::address(scenario, chosen, address, self.range)?,
            (None, None) => {
                return Err(Unfit {
                    message: "it is not said what is sized".into(),
                    help: "name a post (--post NAME) or a number of the scenario (--vary ADDRESS)".into(),
                });
            }
        };
        let model = &chosen.model;
        // The place a size is judged at is that of the post, unless another is named.
        self.shareable(&knob, model)?;
        let works_at = knob.place(model);
        let place =
            self.place.as_deref().map(|place| named::place(model, place)).transpose()?.unwrap_or(works_at);
        self.seen_there(&knob, model, place)?;
        let near = self.near.unwrap_or_else(|| near(self.chance));
        let target = named::target(model, self.target.as_deref())?;
        let now = &scenario.options[0].model;
        let as_now = self.as_now.then(|| There::find(model, (target, place), now)).transpose()?;
        let goal = Goal { target, place, works_at, chance: self.chance, as_now, near };
        Ok(Plan {
            knob,
            option,
            goal,
            sharing: self.sharing.clone(),
            most: self.most.unwrap_or(MOST),
            settings: Settings::new(scenario.run.seed),
        })
    }

    /// The post that is meant, whether named or within an address.
    fn named_post(&self) -> Option<&str> {
        self.post.as_deref().or(self.vary.as_deref().and_then(named::post_within))
    }

    /// The option within an address.
    fn within(&self) -> Option<&str> {
        self.vary.as_deref().and_then(named::option_within)
    }

    /// Refuses a place of which the post sees no patient: no size of it would move a figure there.
    fn seen_there(&self, knob: &Knob, model: &Model, place: Place) -> Result<(), Unfit> {
        let Some(post) = knob.post.map(|post| &model.posts[post]) else { return Ok(()) };
        let served = post.practices(model);
        if place.practices(model).iter().any(|p| served.contains(p)) {
            return Ok(());
        }
        let names: Vec<&str> = served.iter().map(|p| model.practices[*p].name.as_str()).collect();
        let asked = self.place.as_deref().unwrap_or_default();
        Err(Unfit {
            message: format!(
                "post `{}` sees no patients of {asked}, so no size of it tells anything there",
                post.name
            ),
            help: format!(
                "leave --place away, or name a place of its patients: {}",
                names.iter().map(|name| format!("practice.{name}")).collect::<Vec<_>>().join(", ")
            ),
        })
    }

    /// Nothing to refuse without `--sharing`; a practice's own post is shared with nobody.
    fn shareable(&self, knob: &Knob, model: &Model) -> Result<(), Unfit> {
        let Some(first) = self.sharing.first() else { return Ok(()) };
        if let Some(word) = self.sharing.iter().find(|word| !SHARING.contains(&word.as_str())) {
            let message = format!("`{word}` is no way of sharing a post");
            return Err(Unfit::unknown(message, word, &SHARING, "ways are"));
        }
        let post = knob.post.map(|post| &model.posts[post]);
        let sized = || post.map_or_else(|| knob.address.clone(), |post| format!("post.{}", post.name));
        match post.map(|post| post.base) {
            Some(Base::Network(_) | Base::Federation) => Ok(()),
            _ => Err(Unfit {
                message: format!("`{}` is not a shared post, so it cannot be {first}", sized()),
                help: "leave --sharing away, or give the post a network instead of a practice".into(),
            }),
        }
    }
}
