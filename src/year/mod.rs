//! One block of replications, day by day: the order of the day.
//!
//! In: a model. Out: the tally of each replication. This module owns every buffer; the loop over days
//! reads as the order of events in [`Year::run`].
//!
//! Costs: [`Year::new`] is scenario time, once an option; [`Year::block`] is the memory, tens of megabytes
//! for a borough; a replication is [`Year::run`] divided by its lanes. Promised (tests under
//! `tests/promises`): a replication's counts depend on its own draw and chance index alone, never on the
//! lane, on its neighbours or on what the buffers held before.

pub mod paths;
pub mod pool;

use crate::book::contacts::{Contacts, ContactsDraw};
use crate::book::{Book, BookDraw, Today};
use crate::demand::{Demand, DemandDraw};
use crate::front_door::{FrontDoor, FrontDoorDraw};
use crate::model::Model;
use crate::plan::axis::Axis;
use crate::plan::draws::DrawPlan;
use crate::plan::lanes::{LANES, Lanes, Replication};
use crate::plan::strength::{Strength, StrengthDraw};
use crate::roster::effects::Levers;
use crate::roster::{Roster, RosterDraw};
use crate::units::Ticks;
use paths::Paths;

/// Scenario time: one option, compiled.
#[derive(Clone, Debug)]
pub struct Year {
    /// The option's model.
    pub model: Model,
    /// Its days.
    pub axis: Axis,
    /// Its book.
    pub book: Book,
    /// Which uncertain quantities there are, and their keys.
    draws: DrawPlan,
    demand: Demand,
    front_door: FrontDoor,
    roster: Roster,
    contacts: Contacts,
    strength: Strength,
    /// Present only where the model carries the model as now beside it: then each block takes twice the time.
    as_now: Option<Box<AsNow>>,
}

/// Things as they are, against which an option's leads are measured.
#[derive(Clone, Debug)]
struct AsNow {
    /// As now, compiled like any option, without counts by day.
    year: Year,
    /// Where each practice and need of the option stands there.
    places: Vec<Option<usize>>,
}

impl AsNow {
    /// None where nothing follows leads in part, or the model is itself as now.
    fn of(model: &Model, seed: u64) -> Option<Box<Self>> {
        let now = model.as_now.as_deref()?;
        let place = |practice: &str, need: &str| {
            let p = now.practices.iter().position(|known| known.name == practice)?;
            let k = now.needs.iter().position(|known| known.name == need)?;
            Some(p * now.needs.len() + k)
        };
        let needs =
            |p: usize| model.needs.iter().map(move |need| place(&model.practices[p].name, &need.name));
        let places = (0..model.practices.len()).flat_map(needs).collect();
        Some(Box::new(Self { year: Year::new(now.clone(), seed, false), places }))
    }
}

/// Every buffer of a block of up to [`LANES`] replications.
#[derive(Clone, Debug)]
pub struct Block {
    /// The book with its tally.
    pub book: BookDraw,
    /// Drawn quantities, `[lane][slot]`, as [`crate::model::number::Number`] reads them.
    pub slots: Vec<Vec<f64>>,
    demand: DemandDraw,
    front_door: FrontDoorDraw,
    roster: RosterDraw,
    contacts: ContactsDraw,
    strength: StrengthDraw,
    /// Today's requests of one practice in turn, by need.
    requests: Vec<Lanes<u32>>,
    /// Today's requests of each practice, all needs together, before levers on demand.
    practice_requests: Vec<Lanes<u32>>,
    /// Today's minutes: of each post, and behind them of each site of a rota.
    minutes: Vec<Lanes<Ticks>>,
    /// Today's reach of each lever: `[lever][practice]`.
    reach: Vec<Lanes<f64>>,
    as_now: Option<Box<Block>>,
}

impl Year {
    /// Compiles an option; `record_days` keeps counts by day.
    ///
    /// `seed` makes every key; options that are compared have the same one. Costs a hash for every key of the
    /// scenario.
    pub fn new(model: Model, seed: u64, record_days: bool) -> Self {
        let axis = Axis::new(&model);
        let book = Book::new(&model, &axis, seed, record_days);
        let roster = Roster::new(&model, &axis, seed);
        Self {
            draws: DrawPlan::new(&model.inputs, &model.practices, seed),
            demand: Demand::new(&model, &axis, seed),
            front_door: FrontDoor::new(&model, &book, seed),
            contacts: Contacts::new(&model, &roster, seed),
            roster,
            strength: Strength::new(&model, &axis, seed),
            as_now: AsNow::of(&model, seed),
            axis,
            book,
            model,
        }
    }

    /// Buffers for a block.
    ///
    /// They serve any number of blocks of this option, one after another.
    pub fn block(&self) -> Block {
        Block {
            book: self.book.draw_buffers(),
            slots: vec![vec![0.0; self.draws.slots()]; LANES],
            demand: self.demand.draw_buffers(&self.model),
            front_door: self.front_door.draw_buffers(&self.model),
            roster: self.roster.draw_buffers(&self.model),
            contacts: self.contacts.draw_buffers(),
            strength: self.strength.draw_buffers(),
            requests: vec![[0; LANES]; self.model.needs.len()],
            practice_requests: vec![[0; LANES]; self.model.practices.len()],
            minutes: vec![[0; LANES]; self.roster.entries()],
            reach: self.strength.reach_buffers(),
            as_now: self.as_now.as_ref().map(|now| Box::new(now.year.block())),
        }
    }

    fn levers<'a>(&'a self, strength_draw: &'a StrengthDraw) -> Levers<'a> {
        Levers { model: &self.model, strength: &self.strength, strength_draw }
    }

    /// Draws everything that is drawn once a replication.
    ///
    /// The order matters: the front door scales audit shares by the demand as drawn, and the roster reads the
    /// levers' strength.
    fn redraw<'a>(&'a self, reps: &[Replication], block: &mut Block, paths: &mut Paths<'a>) {
        for (slots, rep) in block.slots.iter_mut().zip(reps) {
            self.draws.draw(rep.draw, slots);
        }
        paths.begin(reps);
        self.roster.take_over(&self.axis, &block.slots[..reps.len()], paths.posts(), &mut block.roster);
        for (lane, rep) in reps.iter().enumerate() {
            let slots = &block.slots[lane];
            self.demand.redraw(&self.model, &self.axis, lane, *rep, slots, &mut block.demand);
            self.strength.redraw(&self.model, lane, rep.draw, slots, &mut block.strength);
            let need_mean = &block.demand.need_mean;
            self.front_door.redraw(&self.model, lane, rep.draw, slots, need_mean, &mut block.front_door);
            let levers = self.levers(&block.strength);
            self.roster.redraw(&self.axis, levers, (lane, *rep), slots, &mut block.roster);
            self.contacts.redraw(lane, slots, &mut block.contacts);
            self.book.redraw(lane, slots, &mut block.book);
        }
        if paths.keeps() {
            self.roster.keep(&self.axis, &block.slots[..reps.len()], paths.posts_mut(), &block.roster);
        }
    }

    /// Simulates up to [`LANES`] replications side by side; their counts stand in `block.book.tally`.
    ///
    /// `reps` stand in the lanes in their order; lanes beyond them hold nothing of meaning. Their quantities
    /// stand in `block.slots` afterwards.
    ///
    /// # Panics
    ///
    /// With more than [`LANES`] replications.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// use skillmix::plan::lanes::Replication;
    /// use skillmix::year::Year;
    ///
    /// fn counts(model: skillmix::model::Model) -> u64 {
    ///     let year = Year::new(model, 1, false);
    ///     let mut block = year.block();
    ///     year.run(&[Replication::new(0, 0)], &mut block);
    ///     block.book.tally.draws
    /// }
    /// ```
    pub fn run(&self, reps: &[Replication], block: &mut Block) {
        self.run_among(reps, block, &mut Paths::of(1));
    }

    /// The same as [`Year::run`], to the bit, beside other options on the same replications.
    ///
    /// What another option drew of demand and rosters is taken over, and what this one draws is kept for the next: `paths`
    /// say how.
    ///
    /// # Panics
    ///
    /// With more than [`LANES`] replications.
    pub fn run_among<'a>(&'a self, reps: &[Replication], block: &mut Block, paths: &mut Paths<'a>) {
        assert!(reps.len() <= LANES, "a block holds at most {LANES} replications");
        self.redraw(reps, block, paths);
        // The year as now is played first, for the same replications: its weekly leads are read while this
        // one is played.
        self.book.start(&self.model, &self.axis, reps.len(), &mut block.book);
        if let (Some(now), Some(played)) = (&self.as_now, &mut block.as_now) {
            now.year.run_among(reps, played, paths);
            self.book.measure_leads_against(&played.book, &now.places, &mut block.book);
        }
        if self.book.admission.any() {
            let planned = |t: usize, out: &mut [Lanes<Ticks>]| self.roster.planned(&block.roster, t, out);
            self.book.plan_ahead(self.roster.entries(), planned, &mut block.book);
        }
        // Behind the year as now, which would take a path for known that is not yet filled.
        let shape = (self.model.practices.len(), self.model.needs.len());
        let share = paths.demand(&self.demand, &block.demand, &self.axis, shape);
        let Block { book, demand, front_door, roster, contacts, strength, .. } = block;
        let Block { requests, practice_requests, minutes, reach, .. } = block;
        let finite = self.book.admission.any();
        for t in 0..self.axis.days {
            if t == self.axis.warm_up {
                self.book.begin_counting(reps.len(), book);
            }
            self.strength.reach(&self.model, strength, t, reach);
            let today = Today {
                t,
                day: self.axis.day(t).0,
                reps,
                axis: &self.axis,
                strength: &self.strength,
                reach,
                practices: self.model.practices.len(),
            };
            self.book.hard_limits(today, book);
            self.book.fall_due(today, book);
            if finite {
                self.book.admit_booked(today, book);
            }
            for (p, all) in practice_requests.iter_mut().enumerate() {
                paths.requests(share, (t, p), requests, |requests| {
                    requests.fill([0; LANES]);
                    self.demand.requests(demand, p, t, today.day, reps, self.axis.warm_up, requests);
                });
                // Latent requests come before levers on demand, so that these act on them like on any others.
                self.book.present_latent(p, today, requests, book);
                // Work that levers bring by the request is counted on what was asked, before levers on
                // demand.
                *all = sum(requests);
                self.front_door.navigate(&self.model, &self.book, p, today, requests, front_door, book);
            }
            if finite {
                self.book.admit_new(today, book);
            }
            self.roster.minutes(
                roster,
                self.levers(strength),
                (t, today.day, reps),
                practice_requests,
                minutes,
                &mut book.tally.taken,
            );
            self.book.serve_day(today, minutes, book);
            self.contacts.deal(today, roster, minutes, contacts, book);
            self.book.end_day(&self.model, today, book);
        }
        self.book.end(reps.len(), book);
        roster.sessions(reps.len(), &mut book.tally.lost_sessions, &mut book.tally.covered_sessions);
        roster.in_post(reps.len(), &mut book.tally.in_post);
    }
}

/// Requests of all needs, lane by lane.
fn sum(requests: &[Lanes<u32>]) -> Lanes<u32> {
    let mut all = [0; LANES];
    for need in requests {
        for lane in 0..LANES {
            all[lane] += need[lane];
        }
    }
    all
}
