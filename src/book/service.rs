//! The order of service: which post serves which lines, pass by pass, compiled once.
//!
//! Posts go in the order practice, network, federation, then by name. Within a step, lines of equal
//! priority form a group and are served by due date, oldest first.
//!
//! In: a model and its lines. Out: parts, steps and groups, walked in this order every day by
//! [`super::Book::serve_day`].

use super::line::{Kind, LineId, LineKey, Lines, Names};
use crate::model::Model;
use crate::model::need::Need;
use crate::model::post::{Base, Post, Sharing};
use crate::random::{Key, Purpose, entity_hash};
use crate::roster::rota::sites_of_rotas;

/// A post, or its part at one practice where it is split or goes round.
#[derive(Clone, Debug)]
pub struct Part {
    /// Post, as an index in the model's list of posts.
    pub post: usize,
    /// Practices it serves.
    pub practices: Vec<usize>,
    /// Its minutes in the day's list: the post's own, or those of one site of a rota.
    pub minutes: usize,
    /// Share of those minutes (1 unless split).
    pub share: f64,
}

/// A line as one part serves it.
#[derive(Clone, Debug)]
pub struct Served {
    /// Line, as an index in [`Lines::all`].
    pub line: LineId,
    /// Part, as an index in [`Service::parts`].
    pub part: u32,
    /// Role that serves it.
    pub role: usize,
    /// Slot length, as an index in [`Service::slots`].
    pub slot: usize,
    /// Least wait [calendar days]. The largest of the need's `overflow_after_days`, of `elsewhere`, and of
    /// the one day that those due today wait in a finite book which sees nobody the same day.
    pub least_wait: usize,
    /// True where the patient belongs to another practice.
    pub elsewhere: bool,
    /// True where its people wait for another role, or belong to another practice: the post lends them its time.
    pub lends: bool,
    /// Cell of the tally of contacts (practice, label, role).
    pub seen: usize,
    /// Key of ties between people of the line due on the same day.
    pub tie: Key,
    /// Key of DNA and rebooking.
    pub dna: Key,
    /// Key of thinning DNA by a lever.
    pub dna_lever: Key,
    /// Key of returns.
    pub returns: Key,
    /// Key of follow-ups.
    pub follow_up: Key,
    /// Key of referrals on.
    pub refer_on: Key,
}

/// Lines of equal priority.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its lines: a range of the service's list.
    pub lines: std::ops::Range<usize>,
    /// Key of ties and of the order of mixed slots.
    pub tie: Key,
}

/// Which minutes of a part a step may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Minutes {
    /// Held for some needs.
    Held,
    /// Open to all.
    Open,
}

/// One part serving the lines of one pass.
#[derive(Clone, Debug)]
pub struct Step {
    /// Part, as an index in [`Service::parts`].
    pub part: usize,
    /// Which of its minutes.
    pub minutes: Minutes,
    /// Its groups by priority, the lowest number first, which is the most urgent.
    pub groups: Vec<Group>,
}

/// The compiled order of service.
#[derive(Clone, Debug)]
pub struct Service {
    /// Parts in order of service.
    pub parts: Vec<Part>,
    /// Steps: held minutes, then pass 1, pass 2 …, then what is left for patients of other practices.
    pub steps: Vec<Step>,
    /// Lines as served.
    pub served: Vec<Served>,
    /// Distinct slot lengths, in the order in which they were met, then those of lines that no post serves; drawn ones
    /// count as one where they read the same slot.
    pub slots: Vec<crate::model::number::Number>,
    /// Cells of the tally of contacts: `(practice, label, role)`.
    pub seen_cells: Vec<(usize, usize, usize)>,
}

impl Service {
    /// Compiles the order of service over given lines.
    ///
    /// `names` are of the same model; they make the addresses of every key here, so that no key depends on a
    /// position.
    pub fn new(model: &Model, lines: &Lines, names: &Names<'_>, seed: u64) -> Self {
        let mut builder = Builder {
            model,
            lines,
            names,
            seed,
            service: Self {
                parts: parts(model),
                steps: Vec::new(),
                served: Vec::new(),
                slots: Vec::new(),
                seen_cells: Vec::new(),
            },
        };
        // Held minutes come before any pass, and patients of other practices after all: what a step leaves,
        // the next may use.
        let parts = builder.service.parts.len();
        for part in 0..parts {
            builder.held_step(part);
        }
        let passes = model.needs.iter().map(|n| n.seen_by.len()).max().unwrap_or(1);
        for pass in 0..passes {
            for part in 0..parts {
                builder.step(part, pass);
            }
        }
        for part in 0..parts {
            builder.elsewhere_step(part);
        }
        builder.service
    }
}

/// The parts of all posts in order of service.
fn parts(model: &Model) -> Vec<Part> {
    let mut order: Vec<usize> = (0..model.posts.len()).collect();
    order.sort_by_key(|&i| {
        let level = match model.posts[i].base {
            Base::Practice(_) => 0,
            Base::Network(_) => 1,
            Base::Federation => 2,
        };
        // By name, and not by place in the file: posts may be written in any order.
        (level, model.posts[i].name.clone())
    });
    let sites = sites_of_rotas(model);
    let mut parts = Vec::new();
    for post in order {
        let practices = model.posts[post].practices(model);
        if model.posts[post].sharing == Sharing::Pooled || practices.len() < 2 {
            parts.push(Part { post, practices, minutes: post, share: 1.0 });
            continue;
        }
        let rota = sites.iter().enumerate().filter(|(_, site)| site.0 == post);
        for (place, (_, p)) in rota.clone() {
            let minutes = model.posts.len() + place;
            parts.push(Part { post, practices: vec![*p], minutes, share: 1.0 });
        }
        if rota.count() > 0 {
            continue;
        }
        let weight = |p: usize| model.inputs.mean(model.practices[p].weighted_list);
        // Lists count at their mean in every draw: a split is a matter of the plan, not of luck.
        let total: f64 = practices.iter().map(|&p| weight(p)).sum();
        for p in practices {
            parts.push(Part { post, practices: vec![p], minutes: post, share: weight(p) / total });
        }
    }
    parts
}

/// Name of the step for patients of other practices.
const ELSEWHERE: &str = "elsewhere";

/// The service so far, and what it is compiled from.
struct Builder<'a> {
    model: &'a Model,
    lines: &'a Lines,
    names: &'a Names<'a>,
    seed: u64,
    service: Service,
}

impl Builder<'_> {
    /// The step in which a part's held minutes are used.
    fn held_step(&mut self, part: usize) {
        let model = self.model;
        let post = &model.posts[self.service.parts[part].post];
        let Some(carve) = &post.carve_out else { return };
        let practices = &self.service.parts[part].practices.clone();
        let wanted = |key: &LineKey| {
            practices.contains(&key.practice)
                && key.role == post.role
                && carve.for_needs.contains(&key.as_need)
        };
        self.add_step(part, Minutes::Held, "held", wanted);
    }

    /// The step in which a practice's post sees patients of the network's other practices who would come, in time
    /// that its own have left.
    fn elsewhere_step(&mut self, part: usize) {
        let model = self.model;
        let post = &model.posts[self.service.parts[part].post];
        let Base::Practice(own) = post.base else { return };
        let network = model.practices[own].network;
        let wanted = |key: &LineKey| {
            key.willing
                && key.practice != own
                && model.practices[key.practice].network == network
                && (key.role == post.role || overflows(model, key, post.role))
                // What its own patients may not use the neighbours' may not either.
                && !barred(post, key)
        };
        self.add_step(part, Minutes::Open, ELSEWHERE, wanted);
    }

    /// The step of a part in a pass over open minutes.
    fn step(&mut self, part: usize, pass: usize) {
        let model = self.model;
        let post = &model.posts[self.service.parts[part].post];
        let practices = &self.service.parts[part].practices.clone();
        let wanted = |key: &LineKey| {
            let turn = if pass == 0 {
                key.role == post.role || model.overflow_merged && overflows(model, key, post.role)
            } else {
                let seen_by = &model.needs[key.as_need].seen_by;
                !model.overflow_merged
                    && waits_for_first(model, key)
                    && seen_by.get(pass).is_some_and(|s| s.role == post.role)
            };
            practices.contains(&key.practice) && turn && !barred(post, key)
        };
        self.add_step(part, Minutes::Open, &format!("pass{pass}"), wanted);
    }

    /// Adds a step of a part over the wanted lines, grouped by priority.
    ///
    /// A step without lines is left out. The names of the part's practices stand in the key of ties, for the
    /// parts of a split post are alike in all else.
    fn add_step(&mut self, part: usize, minutes: Minutes, name: &str, wanted: impl Fn(&LineKey) -> bool) {
        let model = self.model;
        let practices = self.service.parts[part].practices.iter();
        let practices: Vec<&str> = practices.map(|&p| model.practices[p].name.as_str()).collect();
        let post = &model.posts[self.service.parts[part].post];
        let mut ids: Vec<LineId> = (0..self.lines.all.len() as LineId)
            .filter(|&id| wanted(&self.lines.all[id as usize].key))
            .collect();
        let priority = |id: &LineId| model.needs[self.lines.all[*id as usize].key.as_need].priority;
        // Within a priority in the order in which lines were made: it is part of every tie.
        ids.sort_by_key(|id| (priority(id), *id));
        let mut groups = Vec::new();
        for chunk in ids.chunk_by(|a, b| priority(a) == priority(b)) {
            let first = self.service.served.len();
            for &id in chunk {
                let served = self.served(id, part, post, name);
                self.service.served.push(served);
            }
            let lines = first..self.service.served.len();
            let address = format!("post.{}/{name}/{}@{:?}", post.name, priority(&chunk[0]), practices);
            let tie = Key::new(self.seed, Purpose::Tie, entity_hash(&address));
            groups.push(Group { lines, tie });
        }
        if !groups.is_empty() {
            self.service.steps.push(Step { part, minutes, groups });
        }
    }

    /// A line as a part serves it in a pass.
    fn served(&mut self, id: LineId, part: usize, post: &Post, name: &str) -> Served {
        let line = &self.lines.all[id as usize];
        let role = line.key.role;
        let need: &Need = &self.model.needs[line.key.as_need];
        let by = need.seen_by.iter().position(|s| s.role == post.role);
        let slot = self.model.slot_minutes(line.key.as_need, line.key.label, post.role);
        // Only who waits for another role than this one is overflow; who was sent here waits for it as the
        // first.
        let overflow = match by {
            Some(i) if i > 0 && role != post.role => need.seen_by[i].overflow_after_days as usize,
            _ => 0,
        };
        let elsewhere = name == ELSEWHERE;
        let away = need.elsewhere.filter(|_| elsewhere).map_or(0, |e| e.after_days as usize);
        let slot = index_of(&mut self.service.slots, slot);
        let seen = index_of(&mut self.service.seen_cells, (line.key.practice, line.key.label, post.role));
        let address = format!("{}/post.{}/{name}", line.address(self.names), post.name);
        let key = |purpose| Key::new(self.seed, purpose, entity_hash(&address));
        Served {
            line: id,
            part: part as u32,
            role: post.role,
            slot,
            least_wait: overflow.max(away).max(usize::from(waits_a_day(need, line.key.kind))),
            elsewhere,
            lends: elsewhere || post.role != role,
            seen,
            tie: key(Purpose::Tie),
            dna: key(Purpose::Dna),
            dna_lever: key(Purpose::LeverThin),
            returns: key(Purpose::Return),
            follow_up: key(Purpose::FollowUp),
            refer_on: key(Purpose::ReferOn),
        }
    }
}

/// True where a post holds minutes for people like these and lets them use no others.
fn barred(post: &Post, key: &LineKey) -> bool {
    post.carve_out.as_ref().is_some_and(|carve| carve.bars(key.as_need))
}

/// True for people who wait for the first role that may see their need.
fn waits_for_first(model: &Model, key: &LineKey) -> bool {
    model.needs[key.as_need].seen_by.first().is_some_and(|s| s.role == key.role)
}

/// True for people who wait for the first role of their need and whom this later one may see too.
fn overflows(model: &Model, key: &LineKey, role: usize) -> bool {
    waits_for_first(model, key) && model.needs[key.as_need].seen_by.iter().skip(1).any(|s| s.role == role)
}

/// True where everyone due today waits for tomorrow. In a finite book new requests have to stand in the book
/// today to be admitted; elsewhere they join it tonight ([`super::Book::ask`]). A follow-up's day is a later
/// one already.
fn waits_a_day(need: &Need, kind: Kind) -> bool {
    !need.same_day
        && need.window.as_ref().is_some_and(|w| w.lost_when_full)
        && !matches!(kind, Kind::Booked(_))
}

/// Index of a value in a list, added where it is new.
///
/// Compared one by one: lists of slots and cells are short, and this is scenario time.
pub(super) fn index_of<T: PartialEq>(list: &mut Vec<T>, value: T) -> usize {
    list.iter().position(|v| *v == value).unwrap_or_else(|| {
        list.push(value);
        list.len() - 1
    })
}
