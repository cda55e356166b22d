//! People of one post: which days each of them is there, and with how many minutes.
//!
//! In: a model's post, and drawn numbers lane by lane. Out: minutes of the post and of each person by day,
//! sessions lost by cause. All buffers are made once a block. What a person's days are is in `person`.

use super::days::Days;
use super::effects::{At, Effects};
use super::leave::LeaveScratch;
use super::path::Basis;
use super::person::{Person, PersonKeys};
use super::rooms::Rooms;
use super::rota::rota_sites;
use super::sickness::SicknessKeys;
use super::sites::{Round, Rule, SitesOfDay};
use super::{CAUSES, Cause};
use crate::model::Model;
use crate::model::post::{Base, Capacity, Post, Staffing};
use crate::model::role::Role;
use crate::model::working_week::{Positions, WorkingWeek};
use crate::plan::axis::Axis;
use crate::plan::lanes::{LANES, Lanes};
use crate::random::{Key, Purpose, entity_hash};
use std::ops::Range;

/// Scenario time.
#[derive(Clone, Debug)]
pub struct People {
    /// Index in the model's posts.
    post: usize,
    /// None for a shared post, which takes numbers that are drawn by practice from the first practice of the
    /// file.
    practice: Option<usize>,
    /// Days on which the post exists.
    exists: Range<usize>,
    /// By number; as many as there can be in any draw.
    people: Vec<PersonKeys>,
    /// Levers that act on them.
    effects: Effects,
    /// Where their sessions are held.
    rule: Rule,
    /// Practices that a rota divides its sessions between.
    rota: Vec<usize>,
    /// Their post and role; none where other posts or levers have a part in their days.
    basis: Option<Box<Basis>>,
}

/// Replication time.
#[derive(Clone, Debug, Default)]
pub struct PeopleDraw {
    /// People there are room for: as many as the most in any draw; those beyond a draw's own stay at nought.
    heads: usize,
    /// Minutes by day [ticks].
    pub minutes: Vec<Lanes<u32>>,
    /// Minutes by day before sickness and its cover [ticks].
    pub planned: Vec<Lanes<u32>>,
    /// Minutes by day and site of a rota: `[day][site]` [ticks]; empty where the post goes nowhere in turn.
    pub by_site: Vec<Lanes<u32>>,
    /// The same before sickness and its cover.
    pub planned_by_site: Vec<Lanes<u32>>,
    /// Minutes of each person (or whoever covers): `[day][person]` [ticks].
    persons: Vec<Lanes<u32>>,
    /// Minutes of a session of each person [ticks].
    session: Vec<Lanes<u32>>,
    /// Supervision that those present need, by day [ticks]; empty where the role needs none.
    pub supervision: Vec<Lanes<u32>>,
    /// Sessions lost by cause in the counted period [thousandths].
    pub lost: [Lanes<i64>; CAUSES],
    /// Sessions covered in the counted period [thousandths].
    pub covered: Lanes<i64>,
    /// In post, mean of the counted period [millionths of a wte].
    pub in_post: Lanes<i64>,
}

/// Lists used for one person after another.
#[derive(Clone, Debug)]
pub struct Scratch {
    /// Why the person is away, by day.
    pub(super) away: Vec<Option<Cause>>,
    /// Share of full time that a new person gives, by day.
    pub(super) ramp: Vec<f64>,
    /// Leave of the post's people.
    pub(super) leave: LeaveScratch,
    /// Factor of levers on the hazard of sickness by day; empty for none.
    pub(super) hazard: Vec<f64>,
    /// Weights of weekdays by day; empty where no lever moves minutes.
    pub(super) weights: Vec<[f64; 7]>,
    /// Where the person's sessions are held, by day, where they go round.
    pub(super) sites: Vec<SitesOfDay>,
    /// How far round the person has come.
    pub(super) round: Round,
    /// Rooms still free, of all posts.
    pub(super) rooms: Rooms,
}

impl Scratch {
    /// Lists for so many days.
    pub fn new(model: &Model, days: usize) -> Self {
        Self {
            away: vec![None; days],
            ramp: vec![1.0; days],
            leave: LeaveScratch::new(days),
            hazard: Vec::with_capacity(days),
            weights: Vec::with_capacity(days),
            sites: vec![[None; 2]; days],
            round: Round::default(),
            rooms: Rooms::new(model, days),
        }
    }
}

impl PeopleDraw {
    /// Minutes of each person on a day.
    ///
    /// [ticks], by number; after leave, sickness and rooms, before supervision and work of levers.
    #[inline]
    pub fn persons(&self, t: usize) -> &[Lanes<u32>] {
        &self.persons[t * self.heads..(t + 1) * self.heads]
    }

    /// Minutes of a session of each person.
    ///
    /// [ticks], as drawn; of those present or not.
    #[inline]
    pub fn sessions(&self) -> &[Lanes<u32>] {
        &self.session
    }

    /// Puts a person's minutes of a day down.
    ///
    /// At most once a person, day and replication: the post's sum is added to.
    #[inline]
    pub(super) fn put(&mut self, t: usize, person: usize, lane: usize, minutes: u32) {
        self.persons[t * self.heads + person][lane] = minutes;
        self.minutes[t][lane] += minutes;
    }

    /// Empties one lane; the others keep what was drawn for them.
    fn clear_lane(&mut self, lane: usize) {
        for list in [
            &mut self.minutes,
            &mut self.planned,
            &mut self.by_site,
            &mut self.planned_by_site,
            &mut self.persons,
            &mut self.session,
            &mut self.supervision,
        ] {
            list.iter_mut().for_each(|lanes| lanes[lane] = 0);
        }
        self.lost.iter_mut().for_each(|lanes| lanes[lane] = 0);
        self.covered[lane] = 0;
        self.in_post[lane] = 0;
    }
}

impl People {
    /// Compiles the people of post number `post`.
    pub fn new(model: &Model, post: usize, staffing: &Staffing, days: &Days, seed: u64) -> Self {
        let data = &model.posts[post];
        let effects = Effects::new(model, data);
        Self {
            post,
            basis: Basis::new(model, data, &effects).map(Box::new),
            practice: match data.base {
                Base::Practice(p) => Some(p),
                Base::Network(_) | Base::Federation => None,
            },
            exists: days.stretch(data.from, data.until),
            people: (0..most_heads(model, data, staffing)).map(|i| keys(seed, &data.name, i)).collect(),
            effects,
            rule: Rule::new(model, data),
            rota: rota_sites(model, data),
        }
    }

    /// Their post and role; none where other posts or levers have a part in their days.
    pub(super) fn basis(&self) -> Option<&Basis> {
        self.basis.as_deref()
    }

    /// True where the same numbers make the same days on the same calendar; never where they have no basis.
    pub(super) fn same_laws(&self, other: &Self) -> bool {
        let Self { post: _, practice, exists, people, effects: _, rule, rota, basis } = self;
        basis.iter().zip(&other.basis).any(|(basis, other)| basis.same_laws(other))
            && *practice == other.practice
            && *exists == other.exists
            && *people == other.people
            && *rule == other.rule
            && *rota == other.rota
    }

    /// The numbers of the basis as drawn, `[number]`.
    pub(super) fn values(&self, slots: &[Vec<f64>]) -> Vec<Lanes<f64>> {
        self.basis().map_or(Vec::new(), |basis| basis.values(self.practice.unwrap_or(0), slots))
    }

    /// Most people in any draw.
    pub fn heads(&self) -> usize {
        self.people.len()
    }

    /// Buffers for one block.
    ///
    /// By-site lists are empty where the post is no rota, supervision where the role needs none.
    pub fn draw_buffers(&self, model: &Model, days: &Days) -> PeopleDraw {
        let by_day = || vec![[0; LANES]; days.len()];
        let heads = self.people.len();
        let supervised = model.roles[model.posts[self.post].role].supervision.is_some();
        PeopleDraw {
            heads,
            minutes: by_day(),
            planned: by_day(),
            by_site: vec![[0; LANES]; days.len() * self.rota.len()],
            planned_by_site: vec![[0; LANES]; days.len() * self.rota.len()],
            persons: vec![[0; LANES]; days.len() * heads],
            session: vec![[0; LANES]; heads],
            supervision: if supervised { by_day() } else { Vec::new() },
            ..PeopleDraw::default()
        }
    }

    /// Draws one lane.
    ///
    /// Clears the lane first. Rooms are taken from `scratch`, which all posts of a replication share.
    pub fn redraw(
        &self,
        at: &At<'_>,
        axis: &Axis,
        days: &Days,
        draw: &mut PeopleDraw,
        scratch: &mut Scratch,
    ) {
        let post = &at.levers.model.posts[self.post];
        let Capacity::People(staffing) = &post.capacity else { return };
        let role = &at.levers.model.roles[post.role];
        let practice = self.practice.unwrap_or(0);
        draw.clear_lane(at.lane);
        // Leave limits hold within a post: nobody of another post counts towards them.
        scratch.leave.clear();
        self.effects.hazard(at, days, &mut scratch.hazard);
        self.effects.weights(at, days, &mut scratch.weights);
        let positions = positions(staffing, role, at.slots, practice);
        let open = self.practice.map_or(&axis.common_share, |p| &axis.open_share[p]);
        for (number, keys) in self.people.iter().enumerate().take(positions.heads()) {
            let week = WorkingWeek::new(post, staffing, role, &positions, number, at.slots, practice);
            draw.session[number][at.lane] = week.session.round() as u32;
            let person = Person {
                number,
                heads: positions.heads(),
                wte: positions.wte(number),
                vacant: positions.starts_vacant(number),
                week,
                keys,
                role,
                at,
                practice,
                open,
                exists: &self.exists,
                rule: &self.rule,
                rota: &self.rota,
                needs_room: post.needs_room,
                axis,
            };
            person.absences(days, scratch);
            person.lay(days, draw, scratch);
        }
    }
}

/// The positions of a post as drawn.
fn positions(staffing: &Staffing, role: &Role, slots: &[f64], practice: usize) -> Positions {
    let in_post = staffing.in_post_wte.map(|wte| wte.at(slots, practice));
    Positions::new(staffing.wte.at(slots, practice), in_post, staffing.headcount, role.wte_per_head)
}

/// Most positions that any draw can have.
///
/// With uncertain wte it is worked out from the largest of its values, so that every draw finds its keys and
/// buffers.
pub(super) fn most_heads(model: &Model, post: &Post, staffing: &Staffing) -> usize {
    let role = &model.roles[post.role];
    let numbers = [Some(staffing.wte), staffing.in_post_wte];
    if numbers.iter().flatten().all(|number| number.fixed().is_some()) {
        return positions(staffing, role, &[], 0).heads();
    }
    let largest = |number| model.inputs.largest(number);
    let wte = largest(staffing.wte).max(staffing.in_post_wte.map_or(0.0, largest));
    // two groups, each rounded up
    let by_wte = (wte / role.wte_per_head).ceil() as usize + 2;
    match (staffing.headcount, staffing.in_post_wte) {
        (None, _) => by_wte,
        // Those in post are as many as are stated; positions that are vacant come on top.
        (Some(heads), None) => heads.max(1) as usize,
        (Some(heads), Some(_)) => heads.max(1) as usize + by_wte,
    }
}

/// Keys of one person by full address.
///
/// Numbers are part of the address, so a further person moves nobody else's luck.
fn keys(seed: u64, post: &str, person: usize) -> PersonKeys {
    let address = format!("post.{post}/person.{person}");
    let key = |purpose, suffix: &str| Key::new(seed, purpose, entity_hash(&format!("{address}{suffix}")));
    PersonKeys {
        leaving: key(Purpose::Leaving, ""),
        leave: key(Purpose::Leave, ""),
        sickness: SicknessKeys {
            daily: key(Purpose::Absence, ""),
            spells: key(Purpose::SicknessSpell, ""),
            further: key(Purpose::SicknessSpell, "/further"),
        },
        cover: key(Purpose::Cover, ""),
    }
}
