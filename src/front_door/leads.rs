//! Chosen leads: requests whose patient or plan wants a later day are booked ahead.
//!
//! In: a day's requests of one door that nobody redirected. Out: the same people, each on a due day. Every
//! one of them draws a lead with a piece of the door's word for the day, so that one request more moves no
//! other's lead. Latest due day: 42 days ahead, then the practice's next open day. Costs a draw a request,
//! which is why there is a guide.

use crate::book::tally::Flow;
use crate::book::{Book, BookDraw, Today, add};
use crate::model::Model;
use crate::model::need::LEAD_BANDS;
use crate::plan::lanes::{LANES, Lanes};
use crate::random::{Key, chain, unit};

/// Days of lead that can be drawn: 0 to the last day of the last band.
const DAYS: usize = LEAD_BANDS[LEAD_BANDS.len() - 1].1 as usize + 1;
/// Cells of the guide into the cumulative shares.
const CELLS: usize = 128;

/// Scenario time: which needs have chosen leads.
#[derive(Clone, Debug)]
pub struct Leads {
    /// By need.
    has: Vec<bool>,
}

/// Cumulative shares of lead days in one lane, with a guide to the first that exceeds a cell's lower end.
#[derive(Clone, Debug)]
struct LeadLaw {
    /// Sum of the shares of leads of at most so many days.
    cumulative: [f64; DAYS],
    /// First lead whose sum is above the cell's lower end.
    guide: [u8; CELLS],
}

/// Replication time: the law of each need and lane (none where leads are not chosen).
#[derive(Clone, Debug)]
pub struct LeadsDraw {
    /// `[need][lane]`.
    laws: Vec<Vec<LeadLaw>>,
    /// A day's requests of one door by lead; nobody between doors.
    by_lead: Vec<Lanes<u32>>,
}

const _: () = assert!(DAYS <= u64::BITS as usize, "which leads anyone has must fit into a word");

impl LeadLaw {
    /// The share of no lead, then of each band, spread evenly over its days.
    ///
    /// `none` is the share without a chosen lead; the bands' shares add to it up to one.
    fn set(&mut self, none: f64, bands: &[f64; LEAD_BANDS.len()]) {
        let mut shares = [0.0; DAYS];
        shares[0] = none;
        for (share, (first, last)) in bands.iter().zip(LEAD_BANDS) {
            let each = share / f64::from(last - first + 1);
            for day in &mut shares[first as usize..=last as usize] {
                *day += each;
            }
        }
        let mut sum = 0.0;
        for (cumulative, share) in self.cumulative.iter_mut().zip(shares) {
            sum += share;
            *cumulative = sum;
        }
        // Rounding must not leave a gap at the top.
        self.cumulative[DAYS - 1] = f64::INFINITY;
        let mut day = 0;
        for (cell, guide) in self.guide.iter_mut().enumerate() {
            while cell as f64 / CELLS as f64 >= self.cumulative[day] {
                day += 1;
            }
            *guide = day as u8;
        }
    }

    /// The lead of a uniform number.
    ///
    /// The smallest day whose cumulative share is above `u`, for `u` in [0, 1).
    #[inline]
    fn lead(&self, u: f64) -> usize {
        let mut day = usize::from(self.guide[(u * CELLS as f64) as usize]);
        while u >= self.cumulative[day] {
            day += 1;
        }
        day
    }
}

impl Leads {
    /// Finds the needs with chosen leads.
    pub fn new(model: &Model) -> Self {
        Self { has: model.needs.iter().map(|n| n.chosen_lead.is_some()).collect() }
    }

    /// Buffers for one block.
    pub fn draw_buffers(&self) -> LeadsDraw {
        let law = LeadLaw { cumulative: [f64::INFINITY; DAYS], guide: [0; CELLS] };
        LeadsDraw {
            laws: self.has.iter().map(|has| vec![law.clone(); if *has { LANES } else { 0 }]).collect(),
            by_lead: vec![[0; LANES]; DAYS],
        }
    }

    /// Draws one lane.
    ///
    /// Bands are divided by their sum, for numbers that are drawn each for itself need not sum to one.
    pub fn redraw(&self, model: &Model, lane: usize, slots: &[f64], draw: &mut LeadsDraw) {
        for (need, laws) in model.needs.iter().zip(&mut draw.laws) {
            let Some(lead) = &need.chosen_lead else { continue };
            let chosen = lead.chosen_share.at(slots, 0);
            let total: f64 = lead.bands.iter().map(|b| b.at(slots, 0)).sum();
            let bands: [f64; LEAD_BANDS.len()] =
                std::array::from_fn(|band| chosen * lead.bands[band].at(slots, 0) / total);
            laws[lane].set(1.0 - chosen, &bands);
        }
    }

    /// Puts a day's requests into the main line, each on its due day.
    ///
    /// `left` is by lane; who cannot be booked before the end of the axis counts as pending.
    #[inline]
    #[expect(clippy::too_many_arguments, reason = "one door's requests of a day, in the hot loop")]
    pub fn join(
        &self,
        book: &Book,
        (main, k): (u32, usize),
        key: Key,
        today: Today<'_>,
        left: &Lanes<u32>,
        draw: &mut LeadsDraw,
        out: &mut BookDraw,
    ) {
        if !self.has[k] {
            book.ask(today, main, left, out);
            return;
        }
        let LeadsDraw { laws, by_lead } = draw;
        // The leads that anyone has, a bit each.
        let mut there = 0u64;
        for (lane, (rep, &n)) in today.reps.iter().zip(left).enumerate().filter(|(_, (_, n))| **n > 0) {
            // One word for the door; each request takes a piece of it.
            let [word, _] = key.words(rep.chance, today.day, 0);
            out.tally.draws += u64::from(n);
            for piece in 0..n {
                let lead = laws[k][lane].lead(unit(chain(word, piece)));
                by_lead[lead][lane] += 1;
                there |= 1 << lead;
            }
        }
        let line = &book.lines.all[main as usize];
        while there > 0 {
            let lead = there.trailing_zeros() as usize;
            there &= there - 1;
            // Left empty for the next door.
            let people = &std::mem::take(&mut by_lead[lead]);
            if lead == 0 {
                book.ask(today, main, people, out);
                continue;
            }
            let due = today.axis.next_open(line.key.practice, today.t + lead);
            // The line has cells up to the longest lead that any law tells apart: what is longer is like the
            // longest.
            let offset = (due - today.t).min(line.offsets - 1);
            if !book.all_join(today, main, (due, offset), people, out) {
                let place = out.tally.at(line.key.practice, line.key.label, Flow::LeadPending);
                add(&mut out.tally.flow[place], people);
            }
        }
    }
}
