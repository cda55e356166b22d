//! Resolving categories and levers to what one practice's door for one need does, in order.
//!
//! In: the model's categories and levers, and the lines of the book. Out: a [`Door`] for each practice and
//! need, in which nothing is looked up by name any more. Scenario time only: [`DemandChange::apply`] alone is
//! called by day.

use super::Redirect;
use crate::book::build::{main_key, redirect_key, return_positions};
use crate::book::{Book, Today};
use crate::law::binomial::Binomial;
use crate::law::poisson;
use crate::law::thinning::Thinning;
use crate::lever::{Change, RedirectFrom, RedirectTo};
use crate::model::Model;
use crate::model::number::Number;
use crate::plan::lanes::{LaneThinning, Lanes};
use crate::random::{Key, Purpose, entity_hash, unit};

/// A practice's door for a need.
#[derive(Clone, Debug)]
pub struct Door {
    /// Line of those who are not redirected; none where nobody can ask for the need here.
    pub main: Option<u32>,
    /// Avoidable categories, in the order of the library.
    pub categories: Vec<Category>,
    /// Redirects of the need itself.
    pub redirects: Vec<Redirect>,
    /// Levers that make requests fewer or more.
    pub demand: Vec<DemandChange>,
    /// Key of chosen leads.
    pub lead_key: Key,
}

/// A category as one door meets it.
#[derive(Clone, Debug)]
pub struct Category {
    /// Its key.
    pub key: Key,
    /// Place of its conditional share.
    pub place: usize,
    /// Redirects out of it, in order.
    pub redirects: Vec<Redirect>,
}

/// A lever's change of demand as one door meets it.
#[derive(Clone, Debug)]
pub struct DemandChange {
    /// Index among the model's levers.
    lever: usize,
    /// Place of its factor.
    pub place: usize,
    /// Key of thinning.
    thin: Key,
    /// Key of the further stream.
    stream: Key,
}

impl DemandChange {
    /// Thins requests, or adds a further stream.
    ///
    /// `asked` are a day's requests of practice `p` for the need; `factor` is the change's own, as drawn.
    /// Requests that are taken off are gone: nobody redirects them, and they are not counted.
    pub fn apply(&self, p: usize, today: Today<'_>, factor: &Lanes<f64>, asked: &mut Lanes<u32>) {
        if !today.strength.in_force(self.lever, today.t) {
            return;
        }
        let reach = today.reach(self.lever, p);
        for (lane, rep) in today.reps.iter().enumerate() {
            let change = (factor[lane] - 1.0) * reach[lane];
            if change < 0.0 {
                let word = self.thin.words(rep.chance, today.day, 0)[0];
                asked[lane] -= Binomial::direct((-change).min(1.0)).draw(asked[lane], word);
            } else if change > 0.0 && asked[lane] > 0 {
                // A further stream in proportion to the day's own requests.
                let word = self.stream.words(rep.chance, today.day, 0)[0];
                asked[lane] += poisson::quantile(unit(word), change * f64::from(asked[lane]));
            }
        }
    }
}

/// Uptake of a redirect: offered x accepted.
///
/// Both are shares; reach is not in it, for that changes by day.
#[derive(Clone, Debug)]
pub struct Uptake {
    /// Share of those concerned to whom it is offered.
    offered: Number,
    /// Share of those who take the offer.
    accepted: Number,
}

impl Uptake {
    /// Value in a draw.
    pub fn at(&self, slots: &[f64]) -> f64 {
        self.offered.at(slots, 0) * self.accepted.at(slots, 0)
    }

    /// Thinning: a table where no draw changes it.
    pub fn table(&self) -> LaneThinning {
        match (self.offered.fixed(), self.accepted.fixed()) {
            (Some(offered), Some(accepted)) => LaneThinning::Same(Thinning::table(offered * accepted, 127)),
            _ => LaneThinning::each(),
        }
    }
}

/// Uptakes of all redirects of the option.
///
/// In the order of the option's redirects.
pub fn uptakes(model: &Model, book: &Book) -> Vec<Uptake> {
    book.redirects
        .iter()
        .filter_map(|&(l, c)| match &model.levers[l].changes[c].1 {
            Change::Redirect { offered, accepted, .. } => {
                Some(Uptake { offered: *offered, accepted: *accepted })
            }
            _ => None,
        })
        .collect()
}

/// Changes of demand of the option: `(lever, name of the change, needs, factor)`.
pub fn demand_changes(model: &Model) -> impl Iterator<Item = (usize, &str, &[usize], Number)> {
    model.levers.iter().enumerate().flat_map(|(l, lever)| {
        lever.changes.iter().filter_map(move |(name, change)| match change {
            Change::Demand { needs, factor } => Some((l, &name[..], &needs[..], *factor)),
            _ => None,
        })
    })
}

/// The doors of every practice and need.
///
/// Practice by practice, and within it need by need.
pub fn doors(model: &Model, book: &Book, seed: u64) -> Vec<Door> {
    let mut doors = Vec::new();
    for p in 0..model.practices.len() {
        for k in 0..model.needs.len() {
            doors.push(door(model, book, seed, p, k));
        }
    }
    doors
}

/// All keys here are of the practice and the need, and of the lever or category where there is one.
fn door(model: &Model, book: &Book, seed: u64, p: usize, k: usize) -> Door {
    let address = format!("practice.{}/need.{}", model.practices[p].name, model.needs[k].name);
    let key = |purpose, what: &str| Key::new(seed, purpose, entity_hash(&format!("{address}{what}")));
    // A place is a category and one of its needs, in the order in which [`super::shares`] lays them out.
    let mut place = 0;
    let mut categories = Vec::new();
    for (c, category) in model.categories.iter().enumerate() {
        for &of in &category.of {
            if of == k {
                categories.push(Category {
                    key: key(Purpose::Category, &format!("/avoidable.{}", category.name)),
                    place,
                    redirects: redirects(model, book, seed, p, k, RedirectFrom::Category(c)),
                });
            }
            place += 1;
        }
    }
    let demand = demand_changes(model)
        .enumerate()
        .filter(|(_, (_, _, needs, _))| needs.contains(&k))
        .map(|(place, (lever, change, _, _))| {
            let address = format!("/lever.{}.change.{change}", model.levers[lever].name);
            let (thin, stream) = (key(Purpose::LeverThin, &address), key(Purpose::LeverStream, &address));
            DemandChange { lever, place, thin, stream }
        })
        .collect();
    Door {
        // A need with a start backlog alone has a line and no door: nobody asks for it.
        main: model.needs[k].rate.as_ref().and_then(|_| book.lines.find(main_key(model, p, k))),
        categories,
        redirects: redirects(model, book, seed, p, k, RedirectFrom::Need(k)),
        demand,
        lead_key: key(Purpose::ChosenLead, ""),
    }
}

/// Redirects from a source, in the order of the option's levers.
///
/// The book has made a line for every redirect inside: none stands for an answer outside alone.
fn redirects(
    model: &Model,
    book: &Book,
    seed: u64,
    p: usize,
    k: usize,
    source: RedirectFrom,
) -> Vec<Redirect> {
    let positions = return_positions(model);
    let mut found = Vec::new();
    for (number, &(l, c)) in book.redirects.iter().enumerate() {
        let lever = &model.levers[l];
        let (name, Change::Redirect { from, to, returns, .. }) = &lever.changes[c] else { continue };
        if *from != source {
            continue;
        }
        let source_name = match source {
            RedirectFrom::Category(c) => format!("avoidable.{}", model.categories[c].name),
            RedirectFrom::Need(k) => format!("need.{}", model.needs[k].name),
        };
        let address = format!(
            "practice.{}/need.{}/{source_name}/lever.{}.change.{name}",
            model.practices[p].name, model.needs[k].name, lever.name
        );
        let key = |purpose| Key::new(seed, purpose, entity_hash(&address));
        let with_returns = returns.is_some().then_some(number as u32);
        let (to, received) = match to {
            RedirectTo::Role { role, as_need } => {
                let line = book.lines.find(redirect_key(p, k, *role, *as_need, with_returns));
                (line, received(model, p, *role))
            }
            RedirectTo::Outside { .. } => (None, None),
        };
        let back = returns.as_ref().and_then(|r| {
            let line = book.lines.find(main_key(model, p, r.as_need.unwrap_or(k)))?;
            Some((positions[number]?, line, r.after_days as usize, key(Purpose::Return)))
        });
        found.push(Redirect { number, lever: l, key: key(Purpose::LeverThin), to, returns: back, received });
    }
    found
}

/// First and last days of the posts of a role that may see a practice's patients.
///
/// None where one of them is there throughout. A post without people or slots is there: whoever is sent to it waits.
fn received(model: &Model, p: usize, role: usize) -> Option<Vec<(i32, i32)>> {
    let posts = model.posts.iter().filter(|post| post.role == role && post.serves(model, p));
    let days: Vec<(i32, i32)> = posts
        .map(|post| (post.from.map_or(i32::MIN, |day| day.0), post.until.map_or(i32::MAX, |day| day.0)))
        .collect();
    (!days.contains(&(i32::MIN, i32::MAX))).then_some(days)
}
