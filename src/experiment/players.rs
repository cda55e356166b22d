//! What an option is made of: its levers, the posts it adds, its other changes; and the model of any set of them.
//!
//! In: `as_now` and an option. Out: its parts ("players" of the ledger), and for each set of them a model that differs
//! from `as_now` in just these. A lever that works through a role which only posts of the option have (a redirect to a
//! pharmacist, with the pharmacist's post) cannot stand without them: they are one part. Where an overlay changes more
//! than the posts that it adds, all of it is one part, "other changes". Taking a lever or a post out of a model leaves
//! every draw as it was: draws hang on addresses.
//!
//! Fit: [`super::compare`] plays the sets of these parts that [`needed`](crate::stats::parts::needed) names, and
//! [`super::ledger`] sets them side by side.

use crate::lever::Lever;
use crate::lever::roles::Does;
use crate::model::Model;
use crate::model::post::Post;
use crate::scenario::OptionModel;
use crate::stats::parts::Players as Set;

/// One part of an option.
///
/// A part is a thing that a planner would name: a lever, a post, or everything else together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Player {
    /// Names of its levers, or `post.NAME`, or `other_changes`.
    pub name: String,
    /// Title shown to people.
    pub title: String,
    /// Names of its levers.
    pub levers: Vec<String>,
    /// Posts that come and go with it.
    posts: Vec<String>,
    /// True for the other changes.
    rest: bool,
}

/// The parts of an option.
///
/// Invariant: every lever that the option adds is in exactly one player, so a set of players is a model.
#[derive(Clone, Debug)]
pub struct Players<'a> {
    /// `as_now`.
    now: &'a OptionModel,
    /// The option.
    option: &'a OptionModel,
    /// In the order of the ledger: levers in the order of their effect, then posts or other changes.
    pub players: Vec<Player>,
}

/// Name of the part that holds all that is no lever or post of its own; in the report it stands for the overlay as a
/// whole.
pub const OTHER_CHANGES: &str = "other_changes";

impl<'a> Players<'a> {
    /// Takes an option apart.
    ///
    /// `now` is `as_now`, `option` another of the same scenario. What `as_now` already has is no part of the
    /// difference.
    pub fn new(now: &'a OptionModel, option: &'a OptionModel) -> Self {
        let added: Vec<&Lever> =
            option.model.levers.iter().filter(|l| !now.levers.contains(&l.name)).collect();
        let dropped = now.levers.iter().any(|lever| !option.levers.contains(lever));
        let other_base = now.overlaid || !now.adds_posts.is_empty();
        let players = match option.overlaid || dropped || other_base {
            true => with_rest(&now.model, option, &added),
            false => of_levers_and_posts(option, &added),
        };
        Self { now, option, players }
    }

    /// The model of a set of parts: bit i is player i.
    ///
    /// Posts and levers that `as_now` has are in every set; so the empty set is `as_now` itself.
    pub fn model(&self, set: Set) -> Model {
        let mut model = self.base(set).clone();
        model.levers.retain(|lever| self.lever_in_force(lever, set));
        model.posts.retain(|post| self.post_there(post, set));
        model
    }

    /// What tells this set's model from those of other options: the same key, the same model.
    ///
    /// Two options may hold the same change; its model is then played once for both.
    pub fn key(&self, set: Set) -> Key {
        let levers = self.base(set).levers.iter().filter(|lever| self.lever_in_force(lever, set));
        let posts: Vec<String> = self.on(set).flat_map(|player| player.posts.clone()).collect();
        let own = !posts.is_empty() || self.rest_on(set);
        Key {
            overlay: own.then(|| self.option.name.clone()),
            levers: levers.map(|lever| lever.name.clone()).collect(),
            posts,
        }
    }

    /// The players of a set, in their order.
    fn on(&self, set: Set) -> impl Iterator<Item = &Player> {
        self.players.iter().enumerate().filter(move |(i, _)| set >> i & 1 == 1).map(|(_, player)| player)
    }

    /// True where the other changes are in the set.
    fn rest_on(&self, set: Set) -> bool {
        self.on(set).any(|player| player.rest)
    }

    /// The model that holds every lever and post of a set, and the other changes where they are in it.
    fn base(&self, set: Set) -> &Model {
        if !self.players.iter().any(|player| player.rest) || self.rest_on(set) {
            // An overlay of the option: with the other changes in, all of it is the base; without them, what it changes
            // is undone.
            return &self.option.model;
        }
        self.option.over_as_now.as_ref().unwrap_or(&self.now.model)
    }

    /// A lever of a part is in force with the part, one of `as_now` always.
    fn lever_in_force(&self, lever: &Lever, set: Set) -> bool {
        self.on(set).any(|player| player.levers.contains(&lever.name))
            || self.now.levers.contains(&lever.name)
    }

    /// A post that a part adds is there with the part, any other always.
    fn post_there(&self, post: &Post, set: Set) -> bool {
        let added = self.players.iter().any(|player| player.posts.contains(&post.name));
        !added || self.on(set).any(|player| player.posts.contains(&post.name))
    }
}

/// A model, told by what is in force in it.
///
/// Sorted by what it holds, so a map of keys is in the same order on every machine.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// The overlay, where its own posts or its other changes are in.
    overlay: Option<String>,
    /// Levers in force, as_now's too.
    levers: Vec<String>,
    /// Added posts that are in.
    posts: Vec<String>,
}

/// The parts where an overlay changes more than posts that it adds: levers that can stand without it, and the rest.
///
/// A lever that finds its roles without the overlay can be taken alone; one that needs it belongs to the other changes, whose
/// title names the posts that come with them.
fn with_rest(now: &Model, option: &OptionModel, added: &[&Lever]) -> Vec<Player> {
    let stands = |lever: &Lever| {
        option.over_as_now.as_ref().is_some_and(|plain| stands_in(lever, &option.model, plain))
    };
    let (apart, bound): (Vec<&Lever>, Vec<&Lever>) = added.iter().copied().partition(|lever| stands(lever));
    // Levers that stand alone are parts of their own; the others cannot be told from the overlay.
    let mut players: Vec<Player> = apart.into_iter().map(|lever| of_lever(lever, Vec::new())).collect();
    let levers = bound.iter().map(|lever| &lever.title);
    let there = |post: &Post| now.posts.iter().any(|known| known.name == post.name);
    let posts = option.model.posts.iter().filter(|post| !there(post)).map(|post| &post.title);
    let titles: Vec<&str> = levers.chain(posts).map(String::as_str).collect();
    let title = match titles.as_slice() {
        _ if option.levers.is_empty() => option.title.clone(),
        [] => "Other changes".into(),
        titles => format!("{}, with other changes", titles.join(", ")),
    };
    let levers = bound.iter().map(|lever| lever.name.clone()).collect();
    players.push(Player { name: OTHER_CHANGES.into(), title, levers, posts: Vec::new(), rest: true });
    players
}

/// The parts where nothing changes but levers and posts that are added: each lever with the posts that only it works
/// through; levers that need the same posts are one part; then every other post.
///
/// A post that two levers work through ties them together: taking one out would leave the other without its people.
fn of_levers_and_posts(option: &OptionModel, added: &[&Lever]) -> Vec<Player> {
    let model = &option.model;
    let new = |post: &Post| option.adds_posts.contains(&post.name);
    let only_new = |role: usize| model.posts.iter().filter(|p| p.role == role).all(new);
    let mut players: Vec<Player> = Vec::new();
    // Levers in the order of the option: the order in which they take effect.
    for lever in added {
        let roles: Vec<usize> = of_changes(lever).filter(|role| only_new(*role)).collect();
        let posts = model.posts.iter().filter(|post| roles.contains(&post.role));
        let mut player = of_lever(lever, posts.map(|post| post.name.clone()).collect());
        let shares = |known: &Player| known.posts.iter().any(|post| player.posts.contains(post));
        match players.iter().position(shares) {
            None => players.push(player),
            Some(at) => {
                let known = &mut players[at];
                known.name += &format!("+{}", player.name);
                known.title = format!("{}, {}", known.title, player.title);
                known.levers.append(&mut player.levers);
                player.posts.retain(|post| !known.posts.contains(post));
                known.posts.append(&mut player.posts);
            }
        }
    }
    for player in players.iter_mut().filter(|player| !player.posts.is_empty()) {
        player.title += if player.posts.len() == 1 { ", with its post" } else { ", with its posts" };
    }
    let taken: Vec<String> = players.iter().flat_map(|player| player.posts.clone()).collect();
    let left = model.posts.iter().filter(|post| new(post) && !taken.contains(&post.name));
    players.extend(left.map(|post| Player {
        name: format!("post.{}", post.name),
        title: post.title.clone(),
        levers: Vec::new(),
        posts: vec![post.name.clone()],
        rest: false,
    }));
    players
}

fn of_lever(lever: &Lever, posts: Vec<String>) -> Player {
    let (name, title) = (lever.name.clone(), lever.title.clone());
    Player { levers: vec![name.clone()], name, title, posts, rest: false }
}

/// True where a lever finds in things as they are every role that it finds in the option.
///
/// Roles are found by name: the option may have added some.
fn stands_in(lever: &Lever, option: &Model, plain: &Model) -> bool {
    let there = |model: &Model, role: usize| {
        model.posts.iter().any(|post| model.roles[post.role].name == option.roles[role].name)
    };
    of_changes(lever).all(|role| there(plain, role) || !there(option, role))
}

/// Roles that the changes of a lever work through. The role that a lever is for is not one of them: what its settling
/// in takes of others' time is a line of the ledger by itself.
fn of_changes(lever: &Lever) -> impl Iterator<Item = usize> {
    lever.roles().filter(|(_, does)| *does != Does::Reason).map(|(role, _)| role)
}
