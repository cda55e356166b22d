//! What follows from being seen: not attending and rebooking, contacts, returns, follow-ups, referrals.

use super::service::Served;
use super::tally::{Flow, band};
use super::{Book, BookDraw, Seen, Today};
use crate::law::binomial::Binomial;
use crate::model::Model;
use crate::units::Ticks;

impl Book {
    /// Decides what follows for everyone seen in the last step.
    pub(super) fn after_seen(&self, model: &Model, today: Today<'_>, draw: &mut BookDraw) {
        let seen = std::mem::take(&mut draw.seen);
        draw.tally.batches += seen.len() as u64;
        for event in &seen {
            let served = &self.service.served[event.served as usize];
            let absent = self.not_attending(event, served, today, draw);
            let attended = event.n - absent;
            if attended > 0 {
                self.attended(model, event, served, attended, today, draw);
            }
        }
        draw.seen = seen;
        draw.seen.clear();
    }

    /// Those who did not come; some of them ask again.
    #[inline]
    fn not_attending(&self, event: &Seen, served: &Served, today: Today<'_>, draw: &mut BookDraw) -> u32 {
        let line = &self.lines.all[served.line as usize];
        let Some(dna) = &draw.laws.needs[line.key.as_need].dna else { return 0 };
        let lane = event.lane as usize;
        let chance = today.reps[lane].chance;
        let wait = today.t - event.due as usize;
        let booked = wait + line.lead(event.offset as usize);
        let extra = address(event, today) | draw.salt;
        let [first, second] = served.dna.words(chance, today.day, extra);
        draw.tally.draws += 2;
        let mut absent = dna.at(booked).draw(lane, event.n, first);
        let next = &self.next[served.line as usize];
        for &(lever, change) in &next.dna_levers {
            if absent > 0 && today.strength.in_force(lever, today.t) {
                let keep = 1.0
                    - today.reach(lever, line.key.practice, lane)
                        * (1.0 - draw.laws.dna_factor(lever, change, lane));
                let word = served.dna_lever.words(chance, today.day, extra ^ ((lever as u32) << 24))[0];
                absent = Binomial::direct(keep).draw(absent, word);
            }
        }
        if absent == 0 {
            return 0;
        }
        let rebook = dna.rebook.draw(lane, absent, second);
        let due = today.axis.next_open(line.key.practice, today.t + dna.rebook_after);
        let refill = dna.refill_share(lane);
        let (practice, label) = (line.key.practice, line.key.label);
        draw.tally.add(practice, label, Flow::Dna, lane, absent);
        if let Some(month) = today.axis.month(today.t) {
            let place = draw.tally.band_at(served.seen, month, band(booked));
            draw.tally.dna_band[place][lane] += absent;
        }
        if refill > 0.0 && draw.salt == 0 {
            let slot = draw.laws.slots[served.slot][lane];
            draw.minutes.refill[served.part as usize][lane] +=
                (refill * (Ticks::from(absent) * slot) as f64) as Ticks;
        }
        if rebook > 0
            && let Some(again) = next.again
        {
            let first_due =
                event.due as usize - line.since_first_due(event.offset as usize).min(event.due as usize);
            let offset = (due - first_due).min(next.again_cap);
            draw.tally.add(practice, label, Flow::RebookDecided, lane, rebook);
            if !self.join(today, again, due, offset, lane, rebook, draw) {
                draw.tally.add(practice, label, Flow::RebookPending, lane, rebook);
            }
        }
        absent
    }

    /// Attended contacts: counted, and what they lead to.
    #[inline]
    fn attended(
        &self,
        model: &Model,
        event: &Seen,
        served: &Served,
        n: u32,
        today: Today<'_>,
        draw: &mut BookDraw,
    ) {
        let line = &self.lines.all[served.line as usize];
        let lane = event.lane as usize;
        let wait = today.t - event.due as usize;
        let practice = line.key.practice;
        let tally = &mut draw.tally;
        tally.add(practice, line.key.label, Flow::Attended, lane, n);
        tally.waits[served.seen * self.sizes.days + wait][lane] += n;
        if let Some(month) = today.axis.month(today.t) {
            let band = band(wait + line.lead(event.offset as usize));
            let place = tally.band_at(served.seen, month, band);
            tally.attended_band[place][lane] += n;
        }
        if let Some(week) = today.axis.week(today.t) {
            tally.week_seen[practice * self.sizes.weeks + week][lane] += n;
        }
        if self.sizes.record_days {
            tally.day_seen[practice * self.sizes.days + today.t][lane] += n;
        }
        let next = &self.next[served.line as usize];
        if !next.targets.is_empty() {
            self.in_time(event, served, n, today, draw);
        }
        if let Some((number, law, to, after)) = next.returns {
            let extra = address(event, today) | draw.salt;
            let word = served.returns.words(today.reps[lane].chance, today.day, extra)[0];
            let back = draw.laws.returns[law].draw(lane, n, word);
            draw.tally.draws += 1;
            let place = number * self.sizes.practices + practice;
            draw.tally.redirected_attended[place][lane] += n;
            draw.tally.redirect_returns[place][lane] += back;
            self.come_later(
                (to, after),
                back,
                practice,
                lane,
                (Flow::ReturnDecided, Flow::ReturnPending),
                today,
                draw,
            );
        }
        if !next.refers_on.is_empty() || next.follow_up.is_some() {
            self.follow(model, event, served, n, today, draw);
        }
    }

    /// Counts those seen in time under each target, by the week of their first due day.
    fn in_time(&self, event: &Seen, served: &Served, n: u32, today: Today<'_>, draw: &mut BookDraw) {
        let line = &self.lines.all[served.line as usize];
        let Some(first_due) = (event.due as usize).checked_sub(line.since_first_due(event.offset as usize))
        else {
            return;
        };
        let Some(week) = today.axis.week(first_due) else { return };
        for &(target, within) in &self.next[served.line as usize].targets {
            if today.t - first_due <= within && first_due + within < today.axis.days {
                let place = (target * self.sizes.practices + line.key.practice) * self.sizes.weeks + week;
                draw.tally.in_time[place][event.lane as usize] += n;
            }
        }
    }

    /// Referral on from first contacts, and follow-ups of the others.
    fn follow(
        &self,
        model: &Model,
        event: &Seen,
        served: &Served,
        n: u32,
        today: Today<'_>,
        draw: &mut BookDraw,
    ) {
        let line = &self.lines.all[served.line as usize];
        let lane = event.lane as usize;
        let chance = today.reps[lane].chance;
        let practice = line.key.practice;
        let extra = address(event, today) | draw.salt;
        let next = &self.next[served.line as usize];
        let mut rest = n;
        for &(role, law, to, after) in next.refers_on.iter().filter(|r| r.0 == served.role) {
            let word = served.refer_on.words(chance, today.day, extra ^ ((role as u32) << 24))[0];
            let referred = draw.laws.needs[line.key.as_need].refers_on[law].1.draw(lane, rest, word);
            draw.tally.draws += 1;
            rest -= referred;
            self.come_later(
                (to, after),
                referred,
                practice,
                lane,
                (Flow::ReferOnDecided, Flow::ReferOnPending),
                today,
                draw,
            );
        }
        let Some((to, after, at_visit)) = next.follow_up else { return };
        let Some(law) = &draw.laws.needs[line.key.as_need].follow_up else { return };
        let word = served.follow_up.words(chance, today.day, extra)[0];
        let n = law.draw(lane, rest, word);
        draw.tally.draws += 1;
        if n == 0 {
            return;
        }
        if !at_visit {
            self.come_later(
                (to, after),
                n,
                practice,
                lane,
                (Flow::FollowUpDecided, Flow::FollowUpPending),
                today,
                draw,
            );
            return;
        }
        let label = self.lines.all[to as usize].key.label;
        let due = today.axis.next_open(practice, today.t + after);
        draw.tally.add(practice, label, Flow::FollowUpDecided, lane, n);
        if !self.join(today, to, due, due.saturating_sub(today.t + after), lane, n, draw) {
            draw.tally.add(practice, label, Flow::FollowUpPending, lane, n);
        }
        let _ = model;
    }

    /// People who join another line on the first open day after so many days.
    #[inline]
    #[expect(
        clippy::too_many_arguments,
        reason = "one stream of people, named part by part, in the hot loop"
    )]
    pub(crate) fn come_later(
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
    pub(super) fn refill(&self, model: &Model, today: Today<'_>, draw: &mut BookDraw) {
        if !draw.minutes.take_refill(today.reps.len()) {
            return;
        }
        draw.salt = 1 << 31;
        for step in self.service.steps.iter().filter(|s| s.minutes == super::service::Minutes::Open) {
            self.serve_step(step, today, draw);
            self.after_seen(model, today, draw);
        }
        draw.salt = 0;
    }
}

/// The part of a draw's address that tells a batch from others served the same day.
#[inline]
fn address(event: &Seen, today: Today<'_>) -> u32 {
    let due_day = today.axis.day(event.due as usize).0.cast_unsigned() & 0x007F_FFFF;
    due_day << 8 | event.offset & 0xFF
}
