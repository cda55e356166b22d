//! The book: a queue, not a diary. Who waits, who is seen, who does not come, who gives up.
//!
//! In: requests from the front door, minutes from the roster. Out: a [`tally::Tally`]. People alike in
//! everything a later law reads are exchangeable, so the book holds counts by line, due day and offset;
//! every count is drawn from its stated law without approximation.
//!
//! Three lifetimes: [`Book`] is compiled once a scenario and option, [`BookDraw`] holds the buffers of a
//! block, kept from block to block and drawn anew lane by lane, and [`Today`] lasts a day. [`crate::year`]
//! calls the steps in the order of the day, which stands in section 3 of `docs/model.md`: no step may be
//! moved. Lists keep their memory from day to day; only finite books allocate within a day. What must balance
//! over a year is held by the conservation tests under `tests/promises`.

pub mod admission;
mod after;
pub mod build;
pub mod contacts;
mod elsewhere;
mod group;
mod join;
mod latent;
pub mod laws;
mod lead_effect;
mod leave;
pub mod line;
mod minutes;
mod next;
mod seen;
mod serve;
pub mod service;
pub mod state;
pub mod tally;
mod work;

use crate::model::Model;
use crate::plan::axis::Axis;
use crate::plan::lanes::{LANES, Lanes, Replication};
use crate::plan::strength::Strength;
use crate::units::Ticks;
use laws::Laws;
use line::{LineId, Lines};
use next::Next;
use seen::Seen;
use service::Service;
use state::State;
use tally::{Flow, Sizes, Tally};

/// Scenario time: lines, order of service, what may happen next.
#[derive(Clone, Debug)]
pub struct Book {
    /// Lines.
    pub lines: Lines,
    /// Order of service.
    pub service: Service,
    /// Destinations of those who leave unseen.
    pub destinations: Vec<String>,
    /// Redirects of the option: `(lever, change)`.
    pub redirects: Vec<(usize, usize)>,
    /// What may happen next to people of each line, in the order of [`Lines::all`].
    next: Vec<Next>,
    /// Lines of whose people some would be seen elsewhere.
    with_twin: Vec<(LineId, elsewhere::Twin)>,
    /// As compiled: drawn chances are empty here, each block redraws a copy of its own.
    laws: Laws,
    /// Sizes of the tally.
    pub sizes: Sizes,
    minutes: minutes::Plan,
    /// True where a share of the minutes lost to DNAs may be given out once more.
    any_refill: bool,
    /// An empty day of contacts.
    attended: contacts::Attended,
    /// Finite books.
    pub admission: admission::Admission,
    /// Needs with latent demand.
    latent: latent::LatentNeeds,
    /// Needs whose DNAs follow a change of leads in part.
    lead_effects: lead_effect::LeadEffects,
    /// Index of the slot of each line with the role it waits for; none for a need that no role may see.
    slot_of: Vec<Option<usize>>,
}

/// Replication and day time: every buffer of a block.
#[derive(Clone, Debug)]
pub struct BookDraw {
    /// Who waits.
    pub state: State,
    /// Chances as drawn.
    pub laws: Laws,
    /// What has been counted.
    pub tally: Tally,
    /// Minutes of each part today, and the fractions carried.
    minutes: minutes::Day,
    /// By line as served.
    seen: Vec<Seen>,
    /// Attended today, by post and need.
    contacts: contacts::Attended,
    admission: admission::Day,
    latent: latent::LatentDraw,
    lead_effect: lead_effect::LeadEffectDraw,
    /// Scratch of one due day of a group in one lane, by line: people there, people taken.
    counts: Vec<u32>,
    taken: Vec<u32>,
    queues: Vec<group::Queue>,
    /// Everyone who joined a line, by the week they were due: `[line][week]`.
    wanted: Vec<Lanes<u32>>,
    /// Today's requests that join the book at the end of the day: `[line]`.
    tonight: Vec<Lanes<u32>>,
    /// Mixed into the addresses of draws in the refill pass, so that the second round of a day is other luck;
    /// 0 else.
    salt: u32,
}

/// A day as the book sees it.
#[derive(Clone, Copy, Debug)]
pub struct Today<'a> {
    /// Index on the axis.
    pub t: usize,
    /// Calendar date as keys hold it: days since 1970-01-01.
    pub day: i32,
    /// Replications side by side.
    pub reps: &'a [Replication],
    /// The axis.
    pub axis: &'a Axis,
    /// Levers by day.
    pub strength: &'a Strength,
    /// How far each lever in force reaches at each practice today, taking part x ramp [share]:
    /// `[lever][practice]`.
    pub reach: &'a [Lanes<f64>],
    /// Practices.
    pub practices: usize,
}

impl Today<'_> {
    /// How far a lever reaches at a practice today: taking part x ramp [share]; 0 where not in force.
    ///
    /// Of a lever not in force the whole row is nought, so callers need not ask first.
    #[inline]
    pub fn reach(&self, lever: usize, practice: usize) -> &Lanes<f64> {
        &self.reach[lever * self.practices + practice]
    }
}

impl Book {
    /// Compiles the book of a model.
    ///
    /// `record_days` keeps counts by day as well; it changes no draw. The seed makes every key: two books of
    /// one model and seed draw alike.
    pub fn new(model: &Model, axis: &Axis, seed: u64, record_days: bool) -> Self {
        let lines = build::Builder::build(model, axis);
        let names = build::names(model);
        let mut service = Service::new(model, &lines, &names, seed);
        let slot_of = join::slot_of(model, &lines, &mut service);
        let destinations = destinations(model);
        let redirects: Vec<_> = build::redirects(model).collect();
        let laws = Laws::new(model, &service.slots, &destinations);
        let sizes = Sizes {
            practices: model.practices.len(),
            needs: model.needs.len(),
            seen: service.seen_cells.len(),
            destinations: destinations.len(),
            roles: model.roles.len(),
            posts: model.posts.len(),
            days: axis.days,
            weeks: axis.weeks(),
            months: axis.months(),
            targets: model.targets.len(),
            redirects: redirects.len(),
            record_days,
        };
        let mut next = next::next(model, &lines, &names, seed);
        work::find_stand_ins(model, &lines, &service, &mut next);
        let minutes = minutes::Plan::new(model, &service);
        let refills = |dna: &crate::model::need::Dna| dna.refill.fixed() != Some(0.0);
        let any_refill = model.needs.iter().filter_map(|n| n.dna.as_ref()).any(refills);
        let attended = contacts::Attended::new(model);
        let admission = admission::Admission::new(model, &lines, &service, seed);
        let latent = latent::LatentNeeds::new(model, seed);
        let lead_effects = lead_effect::LeadEffects::new(model, axis.days);
        let with_twin = (0..).zip(&next).filter_map(|(id, next)| Some((id, next.twin?))).collect();
        Self {
            lines,
            service,
            destinations,
            redirects,
            next,
            with_twin,
            laws,
            sizes,
            minutes,
            any_refill,
            attended,
            admission,
            latent,
            lead_effects,
            slot_of,
        }
    }

    /// Buffers for one block.
    pub fn draw_buffers(&self) -> BookDraw {
        let offsets = self.lines.all.iter().map(|line| line.offsets).max().unwrap_or(1);
        let widest = self.service.served.len().max(offsets);
        BookDraw {
            state: State::new(&self.lines, self.sizes.days),
            laws: self.laws.clone(),
            tally: Tally::new(self.sizes),
            minutes: minutes::Day::new(&self.service),
            seen: vec![Seen::default(); self.service.served.len()],
            wanted: vec![[0; LANES]; self.lines.all.len() * self.sizes.weeks],
            contacts: self.attended.clone(),
            admission: self.admission.buffers(widest, self.sizes.days),
            latent: self.latent.buffers(),
            lead_effect: self.lead_effects.buffers(),
            counts: vec![0; widest],
            taken: vec![0; widest],
            queues: Vec::with_capacity(widest),
            tonight: vec![[0; LANES]; self.lines.all.len()],
            salt: 0,
        }
    }

    /// Draws the chances of one lane.
    ///
    /// `slots` are the replication's uncertain quantities. Called before [`Book::start`], for every lane in
    /// use.
    pub fn redraw(&self, lane: usize, slots: &[f64], draw: &mut BookDraw) {
        draw.laws.redraw(lane, slots);
        draw.minutes.redraw(&self.minutes, lane, slots);
        self.latent.redraw(lane, slots, &mut draw.latent);
        self.lead_effects.redraw(lane, slots, &mut draw.lead_effect);
    }

    /// An empty book before the first day, but for the start backlog.
    pub fn start(&self, model: &Model, axis: &Axis, lanes: usize, draw: &mut BookDraw) {
        draw.state.clear();
        draw.tally.clear_all();
        draw.wanted.fill([0; LANES]);
        draw.minutes.clear();
        draw.contacts.clear();
        draw.latent.clear();
        draw.lead_effect.clear();
        for p in 0..model.practices.len() {
            for (k, need) in model.needs.iter().enumerate() {
                let n = need.start_backlog.get(p).copied().unwrap_or(0);
                let Some(id) = self.lines.find(build::main_key(model, p, k)).filter(|_| n > 0) else {
                    continue;
                };
                // They fall due with the first day, which counts them as waiting.
                // All of a start backlog counts as asked and due on the first day, whatever the need's chosen
                // leads.
                let mut all: Lanes<u32> = [0; LANES];
                all[..lanes].fill(n);
                draw.state.all_book_ahead(&self.lines.all[id as usize], 0, 0, &all);
                self.count_due(axis, id, 0, &all, &mut draw.tally);
            }
        }
    }

    /// From here on everything counts: those already in the book are the opening backlog.
    ///
    /// Called once, before the first counted day; without a warm-up that is day 0, after [`Book::start`].
    pub fn begin_counting(&self, lanes: usize, draw: &mut BookDraw) {
        draw.tally.clear();
        draw.minutes.begin_counting();
        self.count_everyone((Flow::Opening, Flow::StandInOpening), lanes, draw);
    }

    /// What an option changes in leads is measured against the same replications of things as they are, played before;
    /// `places` says where each practice and need of this model stands there.
    pub fn measure_leads_against(&self, now: &BookDraw, places: &[Option<usize>], draw: &mut BookDraw) {
        draw.lead_effect.measure_against(&now.lead_effect, places);
    }

    /// Those in the book at the end of the last day are still waiting.
    pub fn end(&self, lanes: usize, draw: &mut BookDraw) {
        self.count_everyone((Flow::StillWaiting, Flow::StandInUnseen), lanes, draw);
        self.count_past_target(lanes, draw);
        self.work_wanted(draw);
        draw.minutes.end_counting(&self.minutes, &mut draw.tally);
    }

    /// Counts everyone in the book, by practice and original need; those who stand in a GP's stead under both flows.
    fn count_everyone(&self, (flow, stood_in): (Flow, Flow), lanes: usize, draw: &mut BookDraw) {
        for (line, next) in self.lines.all.iter().zip(&self.next) {
            let mut n: Lanes<u32> = [0; LANES];
            for total in &draw.state.totals[line.totals..][..self.sizes.days] {
                add(&mut n, total);
            }
            for (lane, n) in n.iter().enumerate().take(lanes) {
                draw.tally.add(line.key.practice, line.key.label, flow, lane, *n);
                if next.for_gp() {
                    draw.tally.add(line.key.practice, line.key.label, stood_in, lane, *n);
                }
            }
        }
    }

    /// Counts those still waiting whose target day has gone by, under the widest target of their need.
    fn count_past_target(&self, lanes: usize, draw: &mut BookDraw) {
        let last = self.sizes.days - 1;
        for (line, next) in self.lines.all.iter().zip(&self.next) {
            let Some(within) = next.targets.iter().map(|(_, within)| *within).max() else { continue };
            let place = draw.tally.at(line.key.practice, line.key.label, Flow::PastTarget);
            for due in 0..=last {
                for offset in 0..line.offsets_at(last, due) {
                    if due.saturating_sub(line.since_first_due(offset)) + within <= last {
                        for lane in 0..lanes {
                            let n = draw.state.count(line, last, due, offset, lane);
                            draw.tally.flow[place][lane] += n;
                        }
                    }
                }
            }
        }
    }

    /// Requests fall due or join; see [`Today`]. Called before [`Book::serve_day`].
    ///
    /// Comes after [`Book::hard_limits`] and before anyone joins today.
    pub fn fall_due(&self, today: Today<'_>, draw: &mut BookDraw) {
        draw.state.fall_due(&self.lines, today.t);
    }

    /// The working part of a day: minutes are laid out, people are seen pass by pass, and what follows
    /// from being seen is decided.
    pub fn serve_day(&self, today: Today<'_>, post_minutes: &[Lanes<Ticks>], draw: &mut BookDraw) {
        self.ask_elsewhere(today, draw);
        let BookDraw { minutes, state, laws, tally, .. } = &mut *draw;
        minutes.lay_out(&self.minutes, today, post_minutes, (&state.waiting, &laws.slots), tally);
        for step in &self.service.steps {
            self.serve_step(step, today, draw);
            self.after_seen(step, today, draw);
        }
        self.refill(today, draw);
        let BookDraw { minutes, state, laws, tally, .. } = draw;
        minutes.close(&self.minutes, self, today, (state, &laws.slots), tally);
    }

    /// End of the calendar day: people give up, are told to ask again; the backlog is counted.
    pub fn end_day(&self, model: &Model, today: Today<'_>, draw: &mut BookDraw) {
        self.join_tonight(today, draw);
        self.give_up(today, draw);
        self.ask_again(model, today, draw);
        // Weeks of the axis, which begin with the warm-up: what these two learn must not begin anew with
        // counting.
        if today.t % 7 == 6 {
            self.latent.end_week(&mut draw.latent);
            self.lead_effects.end_week(today.t / 7, &mut draw.lead_effect);
        }
        let counted = today.axis.week(today.t);
        let week_ends = counted.filter(|_| {
            let day = today.t - today.axis.warm_up;
            day % 7 == 6 || today.t + 1 == today.axis.days
        });
        if week_ends.is_none() && !self.sizes.record_days {
            return;
        }
        for (line, waiting) in self.lines.all.iter().zip(&draw.state.waiting) {
            let p = line.key.practice;
            if let Some(week) = week_ends {
                add(&mut draw.tally.week_backlog[p * self.sizes.weeks + week], waiting);
            }
            if self.sizes.record_days {
                add(&mut draw.tally.day_backlog[p * self.sizes.days + today.t], waiting);
            }
        }
    }
}

/// Adds lane by lane.
#[inline]
pub(crate) fn add(to: &mut Lanes<u32>, from: &Lanes<u32>) {
    for lane in 0..LANES {
        to[lane] += from[lane];
    }
}

/// Every destination named by a need, sorted.
fn destinations(model: &Model) -> Vec<String> {
    let mut all: Vec<String> = model
        .needs
        .iter()
        .flat_map(|n| {
            let gives_up = n.gives_up.iter().flat_map(|g| &g.to);
            let hard = n.hard_limit.iter().flat_map(|h| &h.to);
            gives_up.chain(hard).map(|(name, _)| name.clone())
        })
        .collect();
    all.sort();
    all.dedup();
    all
}

/// True where a lane holds anyone.
#[inline]
pub(crate) fn any(n: &Lanes<u32>) -> bool {
    n.iter().fold(0, |all, n| all | n) != 0
}
