//! Options, targets and places as a planner names them, found in a scenario.
//!
//! In: a name or an address as somebody wrote it. Out: where it is in the scenario, or an [`Unfit`] that says what
//! there is. `size` and `mix` come through here, so both refuse alike.

use super::unfit::Unfit;
use crate::model::Model;
use crate::outcome::columns::Place;
use crate::scenario::{AS_NOW, OptionModel, Scenario};

/// The option within an address: `option.team.overlay.post.gps.wte` is of `team`.
///
/// None where the address is of the scenario's own tables.
pub fn option_within(address: &str) -> Option<&str> {
    address.strip_prefix("option.")?.split('.').next()
}

/// The post within an address, in the scenario's own tables or in an option's overlay.
///
/// `option.team.overlay.post.gps.wte` and `post.gps.wte` both name the post `gps`.
pub fn post_within(address: &str) -> Option<&str> {
    let own = address.split_once(".overlay.").map_or(address, |(_, own)| own);
    own.strip_prefix("post.")?.split('.').next()
}

/// Refuses an address that says how a run is made, or how long a period is looked at: what the planner would get does not
/// hang on it, so there is nothing to vary.
///
/// # Errors
///
/// Where it is such an address.
pub fn of_the_plan(address: &str) -> Result<(), Unfit> {
    if address.split('.').next() == Some("run") {
        let message =
            format!("`{address}` says how a run is made: what the planner would get does not hang on it");
        return Err(Unfit::new(message, "give --replications or --seed once; vary a number of the scenario"));
    }
    if ["horizon.weeks", "horizon.years", "horizon.days"].contains(&address) {
        let message = format!(
            "`{address}` says how long a period is looked at: what the planner would get does not hang on it"
        );
        return Err(Unfit::new(message, "give the length once, with --set; vary a number of the network"));
    }
    Ok(())
}

/// The option of a name; where none is named `as_now` if it has all the posts, else the only option that has.
///
/// `posts` are those whose numbers are asked about; with none of them any option will do. `as_now` is position 0.
///
/// # Errors
///
/// Where the named option does not exist, a post is in no option, or several options could be meant.
pub fn option(scenario: &Scenario, name: Option<&str>, posts: &[&str]) -> Result<usize, Unfit> {
    let names: Vec<&str> = scenario.options.iter().map(|o| o.name.as_str()).collect();
    if let Some(name) = name {
        let found = names.iter().position(|known| *known == name);
        let message = format!("the scenario has no option `{name}`");
        return found.ok_or_else(|| Unfit::unknown(message, name, &names, "its options are"));
    }
    let has = |option: &OptionModel, post: &str| option.model.posts.iter().any(|p| p.name == post);
    for post in posts {
        if !scenario.options.iter().any(|option| has(option, post)) {
            let all = scenario.options.iter().flat_map(|o| &o.model.posts).map(|p| p.name.as_str());
            let message = format!("the scenario has no post `{post}`, now or in an option");
            return Err(Unfit::unknown(message, post, &all.collect::<Vec<_>>(), "its posts are"));
        }
    }
    let with: Vec<usize> =
        (0..names.len()).filter(|at| posts.iter().all(|post| has(&scenario.options[*at], post))).collect();
    let missing = posts.iter().find(|post| !has(&scenario.options[0], post)).copied().unwrap_or("");
    // `as_now` where it will do: what is asked of the present needs no option.
    match with[..] {
        [0, ..] => Ok(0),
        [one] => Ok(one),
        [] => Err(Unfit::new(
            format!("no option has all of the posts {}", posts.join(", ")),
            "ask for those of one option at a time",
        )),
        _ => Err(Unfit {
            message: format!("`{AS_NOW}` has no post `{missing}`, but several options have"),
            help: format!(
                "say which is meant: --option {}",
                with.iter().map(|at| names[*at]).collect::<Vec<_>>().join(", or --option ")
            ),
        }),
    }
}

/// The target of a name; the only one where none is named.
///
/// `target.routine` and `routine` are the same name.
///
/// # Errors
///
/// Where there is no such target, none at all, or several and none named.
pub fn target(model: &Model, name: Option<&str>) -> Result<usize, Unfit> {
    let names: Vec<&str> = model.targets.iter().map(|t| t.name.as_str()).collect();
    match name {
        Some(name) => {
            let name = name.strip_prefix("target.").unwrap_or(name);
            let message = format!("the scenario has no target `{name}`");
            let found = names.iter().position(|known| *known == name);
            found.ok_or_else(|| Unfit::unknown(message, name, &names, "its targets are"))
        }
        None if names.len() == 1 => Ok(0),
        None if names.is_empty() => Err(Unfit::new(
            "the scenario states no target",
            "add one: [target.routine] with need, within_days and share",
        )),
        None => Err(Unfit::new(
            "the scenario states several targets",
            format!("say which is meant: --target {}", names.join(", or --target ")),
        )),
    }
}

/// The place of an address: `all`, `network.NAME` or `practice.NAME`.
///
/// # Errors
///
/// Where the kind is another or the name is not known.
pub fn place(model: &Model, address: &str) -> Result<Place, Unfit> {
    let (kind, name) = address.split_once('.').unwrap_or((address, ""));
    let find = |names: Vec<&str>, make: fn(usize) -> Place| {
        let found = names.iter().position(|known| *known == name).map(make);
        let message = format!("the scenario has no {kind} `{name}`");
        found.ok_or_else(|| Unfit::unknown(message, name, &names, "there are"))
    };
    match kind {
        "all" => Ok(Place::All),
        "network" => find(model.networks.iter().map(|n| n.name.as_str()).collect(), Place::Network),
        "practice" => find(model.practices.iter().map(|p| p.name.as_str()).collect(), Place::Practice),
        _ => Err(Unfit::new(format!("`{address}` is no place"), "write all, network.NAME or practice.NAME")),
    }
}
