//! What follows from being seen: not attending and rebooking, contacts, returns, follow-ups, referrals.
//!
//! Everyone seen in a step stands in the list of the line as served; each list is worked through at
//! once, so that what is the same for all of them is looked up once.

use super::line::Line;
use super::next::Next;
use super::service::{Minutes, Served, Step};
use super::state::State;
use super::tally::{BANDS, Flow, band};
use super::{Book, BookDraw, Seen, Today, add};
use crate::law::binomial::Binomial;
use crate::plan::lanes::{LANES, Lanes};
use crate::units::Ticks;

/// One line as served, with all that is the same for everyone of it today.
#[derive(Clone, Copy)]
struct Context<'a> {
    served: &'a Served,
    line: &'a Line,
    next: &'a Next,
    practice: usize,
    label: usize,
    week: Option<usize>,
    month: Option<usize>,
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
                draw.tally.batches += seen.len() as u64;
                if draw.laws.needs[line.key.as_need].dna.is_some() {
                    self.not_attending(context, &mut seen, today, draw);
                }
                self.attended(context, &seen, today, draw);
                if let Some(returns) = next.returns {
                    self.returns(context, &seen, returns, today, draw);
                }
                if !next.refers_on.is_empty() || next.follow_up.is_some() {
                    for event in &seen {
                        self.follow(context, event, today, draw);
                    }
                }
                seen.clear();
                draw.seen[index] = seen;
            }
        }
    }

    /// Takes those who did not come off the lists; some of them ask again.
    fn not_attending(&self, at: Context<'_>, seen: &mut [Seen], today: Today<'_>, draw: &mut BookDraw) {
        let Some(dna) = &draw.laws.needs[at.line.key.as_need].dna else { return };
        draw.tally.draws += 2 * seen.len() as u64;
        let due = today.axis.next_open(at.practice, today.t + dna.rebook_after.max(1));
        let mut all: Lanes<u32> = [0; LANES];
        let mut again: Lanes<u32> = [0; LANES];
        for event in seen.iter_mut() {
            let lane = event.lane as usize % LANES;
            let booked = today.t - event.due as usize + at.line.lead(event.offset as usize);
            let extra = address(event, today) | draw.salt;
            let [first, second] = at.served.dna.words(today.reps[lane].chance, today.day, extra);
            let mut absent = dna.at(booked).draw(lane, event.n, first);
            if absent == 0 {
                continue;
            }
            if !at.next.dna_levers.is_empty() {
                absent = self.thinned_dna(at, absent, extra, lane, today, draw);
            }
            event.n -= absent;
            all[lane] += absent;
            let rebook = dna.rebook.draw(lane, absent, second);
            again[lane] += rebook;
            if let Some(month) = at.month {
                let place = draw.tally.band_at(at.served.seen, month, band(booked));
                draw.tally.dna_band[place][lane] += absent;
            }
            if at.next.again_cap > 0 && rebook > 0 && due < self.sizes.days {
                self.again_by_first_due(at, event, due, rebook, &mut draw.state);
            }
        }
        let refill = dna.refill_shares();
        if self.any_refill && draw.salt == 0 {
            let slots = &draw.laws.slots[at.served.slot];
            let minutes = &mut draw.minutes.refill[at.served.part as usize];
            for lane in 0..LANES {
                minutes[lane] += (refill[lane] * (Ticks::from(all[lane]) * slots[lane]) as f64) as Ticks;
            }
        }
        let place = draw.tally.at(at.practice, at.label, Flow::Dna);
        add(&mut draw.tally.flow[place], &all);
        let place = draw.tally.at(at.practice, at.label, Flow::RebookDecided);
        add(&mut draw.tally.flow[place], &again);
        if at.next.stand_in.is_some() {
            self.count_stand_in(at.served.line, &again, draw);
            let place = draw.tally.at(at.practice, at.label, Flow::StandInRebooked);
            add(&mut draw.tally.flow[place], &again);
        }
        let Some(to) = at.next.again else { return };
        let by_first_due = at.next.again_cap > 0;
        if by_first_due && let Some((place, slot)) = self.wanted_at(today, to, due) {
            let (wanted, slots) = (&mut draw.tally.wanted[place], &draw.laws.slots[slot]);
            for lane in 0..LANES {
                wanted[lane] += Ticks::from(again[lane]) * slots[lane];
            }
        }
        let joined =
            if by_first_due { due < self.sizes.days } else { self.all_join(today, to, due, &again, draw) };
        if !joined {
            let place = draw.tally.at(at.practice, at.label, Flow::RebookPending);
            add(&mut draw.tally.flow[place], &again);
        }
    }

    /// Books people again whose first due day a target still asks for.
    fn again_by_first_due(&self, at: Context<'_>, event: &Seen, due: usize, n: u32, state: &mut State) {
        let Some(to) = at.next.again else { return };
        let since = at.line.since_first_due(event.offset as usize);
        let first_due = (event.due as usize).saturating_sub(since);
        let offset = (due - first_due).min(at.next.again_cap);
        state.book_ahead(&self.lines.all[to as usize], due, offset, event.lane as usize, n);
    }

    /// Levers that make DNAs fewer leave a share of them.
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
        for &(lever, change) in &at.next.dna_levers {
            if absent > 0 && today.strength.in_force(lever, today.t) {
                let factor = draw.laws.dna_factor(lever, change, lane);
                let keep = 1.0 - today.reach(lever, at.practice)[lane] * (1.0 - factor);
                let extra = extra ^ ((lever as u32) << 24);
                let word = at.served.dna_lever.words(today.reps[lane].chance, today.day, extra)[0];
                absent = Binomial::direct(keep.clamp(0.0, 1.0)).draw(absent, word);
            }
        }
        absent
    }

    /// Counts attended contacts.
    fn attended(&self, at: Context<'_>, seen: &[Seen], today: Today<'_>, draw: &mut BookDraw) {
        let tally = &mut draw.tally;
        let waits = &mut tally.waits[at.served.seen * self.sizes.days..][..self.sizes.days];
        let mut all: Lanes<u32> = [0; LANES];
        let mut bands = [[0u32; LANES]; BANDS];
        let mut touched = 0u32;
        for event in seen {
            let lane = event.lane as usize % LANES;
            let wait = today.t - event.due as usize;
            let band = band(wait + at.line.lead(event.offset as usize));
            all[lane] += event.n;
            bands[band][lane] += event.n;
            touched |= 1 << band;
            waits[wait][lane] += event.n;
        }
        let place = tally.at(at.practice, at.label, Flow::Attended);
        add(&mut tally.flow[place], &all);
        if at.next.stand_in.is_some_and(|stand_in| stand_in.for_gp) {
            let place = tally.at(at.practice, at.label, Flow::StoodIn);
            add(&mut tally.flow[place], &all);
        }
        let post = self.service.parts[at.served.part as usize].post;
        draw.contacts.add(post, at.line.key.as_need, &all);
        if let Some(month) = at.month {
            for (band, n) in bands.iter().enumerate().filter(|(band, _)| touched & (1 << band) != 0) {
                let place = tally.band_at(at.served.seen, month, band);
                add(&mut tally.attended_band[place], n);
            }
        }
        if let Some(week) = at.week {
            add(&mut tally.week_seen[at.practice * self.sizes.weeks + week], &all);
        }
        if self.sizes.record_days {
            add(&mut tally.day_seen[at.practice * self.sizes.days + today.t], &all);
        }
        if !at.next.targets.is_empty() {
            for event in seen {
                self.in_time(at, event, today, draw);
            }
        }
    }

    /// Counts those seen in time under each target, by the week of their first due day.
    fn in_time(&self, at: Context<'_>, event: &Seen, today: Today<'_>, draw: &mut BookDraw) {
        let since = at.line.since_first_due(event.offset as usize);
        let Some(first_due) = (event.due as usize).checked_sub(since) else { return };
        let Some(week) = today.axis.week(first_due) else { return };
        for &(target, within) in &at.next.targets {
            if today.t - first_due <= within && first_due + within < today.axis.days {
                let place = (target * self.sizes.practices + at.practice) * self.sizes.weeks + week;
                draw.tally.in_time[place][event.lane as usize] += event.n;
            }
        }
    }

    /// Returns of redirected people who have been seen.
    fn returns(
        &self,
        at: Context<'_>,
        seen: &[Seen],
        (number, law, to, after): (usize, usize, u32, usize),
        today: Today<'_>,
        draw: &mut BookDraw,
    ) {
        let place = number * self.sizes.practices + at.practice;
        let mut back: Lanes<u32> = [0; LANES];
        draw.tally.draws += seen.len() as u64;
        for event in seen {
            let lane = event.lane as usize % LANES;
            let extra = address(event, today) | draw.salt;
            let word = at.served.returns.words(today.reps[lane].chance, today.day, extra)[0];
            back[lane] += draw.laws.returns[law].draw(lane, event.n, word);
            draw.tally.redirected_attended[place][lane] += event.n;
        }
        add(&mut draw.tally.redirect_returns[place], &back);
        let flows = (Flow::ReturnDecided, Flow::ReturnPending);
        self.all_come_later((to, after), &back, at.practice, flows, today, draw);
    }

    /// Referral on from first contacts, and follow-ups of the others.
    fn follow(&self, at: Context<'_>, event: &Seen, today: Today<'_>, draw: &mut BookDraw) {
        let lane = event.lane as usize;
        let chance = today.reps[lane].chance;
        let extra = address(event, today) | draw.salt;
        let mut rest = event.n;
        for &(role, law, to, after) in at.next.refers_on.iter().filter(|r| r.0 == at.served.role) {
            let word = at.served.refer_on.words(chance, today.day, extra ^ ((role as u32) << 24))[0];
            let referred = draw.laws.needs[at.line.key.as_need].refers_on[law].1.draw(lane, rest, word);
            draw.tally.draws += 1;
            rest -= referred;
            let flows = (Flow::ReferOnDecided, Flow::ReferOnPending);
            self.come_later((to, after), referred, at.practice, lane, flows, today, draw);
        }
        let Some((to, after, at_visit)) = at.next.follow_up else { return };
        let Some(law) = &draw.laws.needs[at.line.key.as_need].follow_up else { return };
        let word = at.served.follow_up.words(chance, today.day, extra)[0];
        let n = law.draw(lane, rest, word);
        draw.tally.draws += 1;
        if n == 0 {
            return;
        }
        let flows = (Flow::FollowUpDecided, Flow::FollowUpPending);
        if !at_visit {
            self.come_later((to, after), n, at.practice, lane, flows, today, draw);
            return;
        }
        let label = self.lines.all[to as usize].key.label;
        // Nobody joins a queue that has already been served today.
        let due = today.axis.next_open(at.practice, today.t + after.max(1));
        draw.tally.add(at.practice, label, flows.0, lane, n);
        if !self.join(today, to, due, due.saturating_sub(today.t + after), lane, n, draw) {
            draw.tally.add(at.practice, label, flows.1, lane, n);
        }
    }

    /// People who join another line on the first open day after so many days.
    #[inline]
    #[expect(
        clippy::too_many_arguments,
        reason = "one stream of people, named part by part, in the hot loop"
    )]
    fn come_later(
        &self,
        (to, after): (u32, usize),
        n: u32,
        practice: usize,
        lane: usize,
        (decided, pending): (Flow, Flow),
        today: Today<'_>,
        draw: &mut BookDraw,
    ) {
        if n == 0 {
            return;
        }
        let label = self.lines.all[to as usize].key.label;
        // Nobody joins a queue that has already been served today.
        let due = today.axis.next_open(practice, today.t + after.max(1));
        draw.tally.add(practice, label, decided, lane, n);
        if !self.join(today, to, due, 0, lane, n, draw) {
            draw.tally.add(practice, label, pending, lane, n);
        }
    }

    /// A share of the minutes wasted by DNAs goes once, the same day, to the next in line.
    pub(super) fn refill(&self, today: Today<'_>, draw: &mut BookDraw) {
        if !self.any_refill || !draw.minutes.take_refill(today.reps.len()) {
            return;
        }
        draw.salt = 1 << 31;
        for step in self.service.steps.iter().filter(|s| s.minutes == Minutes::Open) {
            self.serve_step(step, today, draw);
            self.after_seen(step, today, draw);
        }
        draw.salt = 0;
    }
}

/// The part of a draw's address that tells a batch from others served the same day.
#[inline]
fn address(event: &Seen, today: Today<'_>) -> u32 {
    let due_day = today.axis.day(event.due as usize).0.cast_unsigned() & 0x007F_FFFF;
    due_day << 8 | u32::from(event.offset) & 0xFF
}
