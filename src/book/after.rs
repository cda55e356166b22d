//! What follows from being seen: not attending and rebooking, contacts, returns, follow-ups, referrals.
//!
//! Everyone seen in a step stands in the batches of the line as served, side by side in lanes; each batch is
//! worked through at once, so that what is the same for all of its lanes is looked up once.
//!
//! In: the batches that [`super::serve`] has left of a step. Out: counts in the tally, and people in the
//! lines that they join next, from tomorrow on. Who did not come is taken off first: all else acts on
//! attended contacts, follow-ups on those of them who were not referred on.

use super::laws::Chance;
use super::line::{Line, LineId};
use super::next::Next;
use super::seen::{Batch, Seen};
use super::service::{Minutes, Served, Step};
use super::tally::{Flow, Tally, band};
use super::{Book, BookDraw, Today, add, any};
use crate::law::binomial::Binomial;
use crate::plan::lanes::{self, LANES, Lanes};
use crate::random::Key;
use crate::units::Ticks;

/// One line as served, with all that is the same for everyone of it today.
#[derive(Clone, Copy)]
struct Context<'a> {
    /// Line, post and pass.
    served: &'a Served,
    line: &'a Line,
    next: &'a Next,
    /// Practice and original need: under these all of it is counted.
    practice: usize,
    label: usize,
    /// Week and month; none in the warm-up.
    week: Option<usize>,
    month: Option<usize>,
}

impl Context<'_> {
    /// Days from booking to today.
    #[inline]
    fn booked(&self, batch: Batch, today: Today<'_>) -> usize {
        today.t - batch.due as usize + self.line.lead(batch.offset.into())
    }

    /// The day on which people of a batch first fell due.
    #[inline]
    fn first_due(&self, batch: Batch) -> usize {
        (batch.due as usize).saturating_sub(self.line.since_first_due(batch.offset.into()))
    }
}

impl Book {
    /// Decides what follows for everyone seen in a step.
    pub(super) fn after_seen(&self, step: &Step, today: Today<'_>, draw: &mut BookDraw) {
        let week = today.axis.week(today.t);
        let month = today.axis.month(today.t);
        for group in &step.groups {
            for index in group.lines.clone() {
                if draw.seen[index].is_empty() {
                    continue;
                }
                let served = &self.service.served[index];
                let line = &self.lines.all[served.line as usize];
                let next = &self.next[served.line as usize];
                let (practice, label) = (line.key.practice, line.key.label);
                let context = Context { served, line, next, practice, label, week, month };
                let mut seen = std::mem::take(&mut draw.seen[index]);
                draw.tally.batches += seen.count();
                self.count_lent(served, &seen, week, draw);
                if let Some(place) = self.lead_effects.place(line) {
                    for (batch, people) in seen.iter() {
                        let booked = context.booked(batch, today);
                        let effect = &mut draw.lead_effect;
                        self.lead_effects.count(place, line.key.as_need, booked, people, effect);
                    }
                }
                if draw.laws.needs[line.key.as_need].dna.is_some() {
                    self.not_attending(context, &mut seen, today, draw);
                }
                self.attended(context, &seen, today, draw);
                if let Some(returns) = next.returns {
                    self.returns(context, &seen, returns, today, draw);
                }
                if !next.refers_on.is_empty() || next.follow_up.is_some() {
                    for (batch, people) in seen.iter() {
                        self.follow(context, batch, people, today, draw);
                    }
                }
                seen.clear();
                draw.seen[index] = seen;
            }
        }
    }

    /// Takes those who did not come off the lists; some of them ask again.
    fn not_attending(&self, at: Context<'_>, seen: &mut Seen, today: Today<'_>, draw: &mut BookDraw) {
        let Some(dna) = &draw.laws.needs[at.line.key.as_need].dna else { return };
        let due = today.axis.next_open(at.practice, today.t + dna.rebook_after.max(1));
        let by_first_due = at.next.again_cap > 0;
        let lead_effect = self.lead_effects.place(at.line);
        let mut all: Lanes<u32> = [0; LANES];
        let mut again: Lanes<u32> = [0; LANES];
        for (batch, people) in seen.iter_mut() {
            let booked = at.booked(batch, today);
            let extra = address(batch, today) | draw.salt;
            // Two words of one address: the first says who does not come, the second who of them asks again.
            let mut second: Lanes<u64> = [0; LANES];
            let draws = &mut draw.tally.draws;
            let first = |lane: usize| {
                *draws += 2;
                let [first, other] = at.served.dna.words(today.reps[lane].chance, today.day, extra);
                second[lane] = other;
                first
            };
            let of = (at.line.key.as_need, lead_effect, booked);
            let mut absent = draw.lead_effect.absent(of, dna.at(booked), people, first);
            if !any(&absent) {
                continue;
            }
            if !at.next.dna_levers.is_empty() {
                for lane in lanes::with_anyone(&absent) {
                    absent[lane] = self.thinned_dna(at, absent[lane], extra, lane, today, draw);
                }
            }
            let rebook = dna.rebook.draw_all(&absent, |lane| second[lane]);
            for lane in 0..LANES {
                people[lane] -= absent[lane];
                all[lane] += absent[lane];
                again[lane] += rebook[lane];
            }
            if let Some(month) = at.month {
                let place = draw.tally.band_at(at.served.seen, month, band(booked));
                add(&mut draw.tally.dna_band[place], &absent);
            }
            if let Some(to) = at.next.again.filter(|_| by_first_due && due < self.sizes.days) {
                let offset = (due - at.first_due(batch)).min(at.next.again_cap);
                draw.state.all_book_ahead(&self.lines.all[to as usize], due, offset, &rebook);
            }
        }
        self.count_absent(at, (&all, &again), due, today, draw);
    }

    /// Counts everyone of a line who did not attend today, and those of them who ask again: they fall due on `due`. Where the first
    /// due day is kept they stand in the book already.
    fn count_absent(
        &self,
        at: Context<'_>,
        (all, again): (&Lanes<u32>, &Lanes<u32>),
        due: usize,
        today: Today<'_>,
        draw: &mut BookDraw,
    ) {
        let Some(dna) = &draw.laws.needs[at.line.key.as_need].dna else { return };
        let refill = dna.refill_shares();
        // Minutes given out once are not given out again: DNAs of the refill pass have a salt and are left
        // out.
        if self.any_refill && draw.salt == 0 {
            let slots = &draw.laws.slots[at.served.slot];
            let minutes = &mut draw.minutes.refill[at.served.part as usize];
            for lane in 0..LANES {
                minutes[lane] += (refill[lane] * (Ticks::from(all[lane]) * slots[lane]) as f64) as Ticks;
            }
        }
        let place = draw.tally.at(at.practice, at.label, Flow::Dna);
        add(&mut draw.tally.flow[place], all);
        let place = draw.tally.at(at.practice, at.label, Flow::RebookDecided);
        add(&mut draw.tally.flow[place], again);
        if at.next.stand_in.is_some() {
            self.count_stand_in(at.served.line, again, draw);
            let place = draw.tally.at(at.practice, at.label, Flow::StandInRebooked);
            add(&mut draw.tally.flow[place], again);
        }
        let Some(to) = at.next.again else { return };
        let joined = if at.next.again_cap > 0 {
            self.count_wanted(today, to, due, again, draw);
            due < self.sizes.days
        } else {
            self.all_join(today, to, (due, 0), again, draw)
        };
        if !joined {
            let place = draw.tally.at(at.practice, at.label, Flow::RebookPending);
            add(&mut draw.tally.flow[place], again);
        }
    }

    /// Levers that make DNAs fewer leave a share of them: at reach 1 the factor, with less reach a greater one.
    #[inline(never)]
    fn thinned_dna(
        &self,
        at: Context<'_>,
        mut absent: u32,
        extra: u32,
        lane: usize,
        today: Today<'_>,
        draw: &BookDraw,
    ) -> u32 {
        for &(lever, change, about) in &at.next.dna_levers {
            if absent > 0 && today.strength.in_force(lever, today.t) {
                let factor = draw.laws.dna_factor(lever, change, lane);
                let keep = 1.0 - today.reach(lever, at.practice)[lane] * (1.0 - factor);
                let word =
                    at.served.dna_lever.about(about).words(today.reps[lane].chance, today.day, extra)[0];
                absent = Binomial::direct(keep.clamp(0.0, 1.0)).draw(absent, word);
            }
        }
        absent
    }

    /// Counts attended contacts.
    fn attended(&self, at: Context<'_>, seen: &Seen, today: Today<'_>, draw: &mut BookDraw) {
        let tally = &mut draw.tally;
        let latent = self.latent.place(at.practice, at.label);
        let mut all: Lanes<u32> = [0; LANES];
        for (batch, people) in seen.iter() {
            add(&mut all, people);
            let wait = today.t - batch.due as usize;
            add(&mut tally.waits[at.served.seen * self.sizes.days + wait], people);
            if let Some(place) = latent {
                draw.latent.count(place, wait, people);
            }
            if let Some(month) = at.month {
                let place = tally.band_at(at.served.seen, month, band(at.booked(batch, today)));
                add(&mut tally.attended_band[place], people);
            }
            self.in_time(at, batch, people, today, tally);
        }
        let place = tally.at(at.practice, at.label, Flow::Attended);
        add(&mut tally.flow[place], &all);
        if at.next.for_gp() {
            let place = tally.at(at.practice, at.label, Flow::StoodIn);
            add(&mut tally.flow[place], &all);
        }
        if at.served.elsewhere {
            let place = tally.at(at.practice, at.label, Flow::Elsewhere);
            add(&mut tally.flow[place], &all);
        }
        let post = self.service.parts[at.served.part as usize].post;
        draw.contacts.add(post, at.line.key.as_need, &all);
        if let Some(week) = at.week {
            add(&mut tally.week_seen[at.practice * self.sizes.weeks + week], &all);
        }
        if self.sizes.record_days {
            add(&mut tally.day_seen[at.practice * self.sizes.days + today.t], &all);
        }
    }

    /// Counts those seen in time under each target, by the week of their first due day.
    #[inline]
    fn in_time(
        &self,
        at: Context<'_>,
        batch: Batch,
        people: &Lanes<u32>,
        today: Today<'_>,
        tally: &mut Tally,
    ) {
        let first_due = at.first_due(batch);
        for &(target, within) in &at.next.targets {
            let Some(week) = today.axis.week(first_due) else { return };
            if today.t - first_due <= within && first_due + within < today.axis.days {
                let place = (target * self.sizes.practices + at.practice) * self.sizes.weeks + week;
                add(&mut tally.in_time[place], people);
            }
        }
    }

    /// Returns of redirected people who have been seen.
    fn returns(
        &self,
        at: Context<'_>,
        seen: &Seen,
        (number, law, to, after): (usize, usize, u32, usize),
        today: Today<'_>,
        draw: &mut BookDraw,
    ) {
        let place = number * self.sizes.practices + at.practice;
        let law = &draw.laws.returns[law];
        let mut back: Lanes<u32> = [0; LANES];
        for (batch, people) in seen.iter() {
            let extra = address(batch, today) | draw.salt;
            let some = some_of(people, law, today, &mut draw.tally.draws, (at.served.returns, extra));
            add(&mut back, &some);
            add(&mut draw.tally.redirected_attended[place], people);
        }
        add(&mut draw.tally.redirect_returns[place], &back);
        let flows = (Flow::ReturnDecided, Flow::ReturnPending);
        self.come_later((to, after), &back, at.practice, flows, today, draw);
    }

    /// Referral on from first contacts, and follow-ups of the others.
    fn follow(
        &self,
        at: Context<'_>,
        batch: Batch,
        people: &Lanes<u32>,
        today: Today<'_>,
        draw: &mut BookDraw,
    ) {
        let extra = address(batch, today) | draw.salt;
        let mut rest = *people;
        for refer in at.next.refers_on.iter().filter(|refer| refer.role == at.served.role) {
            let law = &draw.laws.needs[at.line.key.as_need].refers_on[refer.law].1;
            let key = at.served.refer_on.about(refer.about);
            let referred = some_of(&rest, law, today, &mut draw.tally.draws, (key, extra));
            for lane in 0..LANES {
                rest[lane] -= referred[lane];
            }
            let flows = (Flow::ReferOnDecided, Flow::ReferOnPending);
            self.come_later((refer.to, refer.after), &referred, at.practice, flows, today, draw);
        }
        let Some((to, after, at_visit)) = at.next.follow_up else { return };
        let Some(law) = &draw.laws.needs[at.line.key.as_need].follow_up else { return };
        let n = some_of(&rest, law, today, &mut draw.tally.draws, (at.served.follow_up, extra));
        let flows = (Flow::FollowUpDecided, Flow::FollowUpPending);
        if !at_visit {
            self.come_later((to, after), &n, at.practice, flows, today, draw);
            return;
        }
        // Nobody joins a queue that has already been served today.
        let booked = today.t + after.max(1);
        let due = today.axis.next_open(at.practice, booked);
        let offset = due.saturating_sub(booked);
        self.decide_to_join((to, due, offset), &n, at.practice, flows, today, draw);
    }

    /// People who join another line on the first open day after so many days.
    pub fn come_later(
        &self,
        (to, after): (LineId, usize),
        n: &Lanes<u32>,
        practice: usize,
        flows: (Flow, Flow),
        today: Today<'_>,
        draw: &mut BookDraw,
    ) {
        // Nobody joins a queue that has already been served today.
        let due = today.axis.next_open(practice, today.t + after.max(1));
        self.decide_to_join((to, due, 0), n, practice, flows, today, draw);
    }

    /// Counts people as decided to join a line, and puts them there or counts them as pending. The need that is
    /// joined is the label of both counts.
    fn decide_to_join(
        &self,
        (to, due, offset): (LineId, usize, usize),
        n: &Lanes<u32>,
        practice: usize,
        (decided, pending): (Flow, Flow),
        today: Today<'_>,
        draw: &mut BookDraw,
    ) {
        if !any(n) {
            return;
        }
        let label = self.lines.all[to as usize].key.label;
        let place = draw.tally.at(practice, label, decided);
        add(&mut draw.tally.flow[place], n);
        if !self.all_join(today, to, (due, offset), n, draw) {
            let place = draw.tally.at(practice, label, pending);
            add(&mut draw.tally.flow[place], n);
        }
    }

    /// A share of the minutes wasted by DNAs goes once, the same day, to the next in line.
    pub(super) fn refill(&self, today: Today<'_>, draw: &mut BookDraw) {
        if !self.any_refill || !draw.minutes.take_refill(today.reps.len()) {
            return;
        }
        // The highest bit of an address, which no due day reaches.
        draw.salt = 1 << 31;
        for step in self.service.steps.iter().filter(|s| s.minutes == Minutes::Open) {
            self.serve_step(step, today, draw);
            self.after_seen(step, today, draw);
        }
        draw.salt = 0;
        draw.minutes.settle_refill(self, today, &draw.state);
    }
}

/// How many of the people of each lane something happens to.
#[inline]
fn some_of(
    people: &Lanes<u32>,
    law: &Chance,
    today: Today<'_>,
    draws: &mut u64,
    (key, extra): (Key, u32),
) -> Lanes<u32> {
    law.draw_all(people, |lane| {
        *draws += 1;
        key.words(today.reps[lane].chance, today.day, extra)[0]
    })
}

/// The part of a draw's address that tells a batch from others served the same day.
#[inline]
fn address(batch: Batch, today: Today<'_>) -> u32 {
    let due_day = today.axis.day(batch.due as usize).0.cast_unsigned() & 0x007F_FFFF;
    due_day << 8 | u32::from(batch.offset) & 0xFF
}
