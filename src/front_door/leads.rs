//! Chosen leads: requests whose patient or plan wants a later day are booked ahead.

use crate::book::build::LONGEST_CLOSURE;
use crate::book::tally::Flow;
use crate::book::{Book, BookDraw, Today};
use crate::model::Model;
use crate::model::need::LEAD_BANDS;
use crate::plan::lanes::{LANES, Lanes};
use crate::random::{Key, unit};

/// Bands of a chosen lead, and "no chosen lead".
const CELLS: usize = LEAD_BANDS.len() + 1;

/// Scenario time: which needs have chosen leads.
#[derive(Clone, Debug)]
pub struct Leads {
    has: Vec<bool>,
}

/// Replication time: cumulative shares by need; the first cell is "no chosen lead".
#[derive(Clone, Debug)]
pub struct LeadsDraw {
    cumulative: Vec<[Lanes<f64>; CELLS]>,
}

impl Leads {
    /// Finds the needs with chosen leads.
    pub fn new(model: &Model, _seed: u64) -> Self {
        Self { has: model.needs.iter().map(|n| n.chosen_lead.is_some()).collect() }
    }

    /// Buffers for one block.
    pub fn draw_buffers(&self) -> LeadsDraw {
        LeadsDraw { cumulative: vec![[[1.0; LANES]; CELLS]; self.has.len()] }
    }

    /// Draws one lane.
    pub fn redraw(&self, model: &Model, lane: usize, slots: &[f64], draw: &mut LeadsDraw) {
        for (need, cumulative) in model.needs.iter().zip(&mut draw.cumulative) {
            let Some(lead) = &need.chosen_lead else { continue };
            let chosen = lead.chosen_share.at(slots, 0);
            let total: f64 = lead.bands.iter().map(|b| b.at(slots, 0)).sum();
            let mut sum = 1.0 - chosen;
            cumulative[0][lane] = sum;
            for (band, share) in lead.bands.iter().enumerate() {
                sum += chosen * share.at(slots, 0) / total;
                cumulative[band + 1][lane] = sum;
            }
        }
    }

    /// Puts a day's requests into the main line, each on its due day.
    #[inline]
    #[expect(clippy::too_many_arguments, reason = "one door's requests of a day, in the hot loop")]
    pub fn join(
        &self,
        book: &Book,
        (main, k): (u32, usize),
        key: Key,
        today: Today<'_>,
        left: &Lanes<u32>,
        draw: &LeadsDraw,
        out: &mut BookDraw,
    ) {
        if !self.has[k] {
            book.all_join(today, main, today.t, left, out);
            return;
        }
        let line = &book.lines.all[main as usize];
        let practice = line.key.practice;
        for lane in 0..today.reps.len() {
            let mut words = key.stream(today.reps[lane].chance, today.day, 0);
            for _ in 0..left[lane] {
                let word = words.next_word();
                out.tally.draws += 1;
                let lead = self.lead(draw, k, lane, word);
                let (due, offset) = if lead == 0 {
                    (today.t, 0)
                } else {
                    let due = today.axis.next_open(practice, today.t + lead);
                    (due, (due - today.t).min(LEAD_BANDS[6].1 as usize + LONGEST_CLOSURE))
                };
                if !book.join(today, main, due, offset, lane, 1, out) {
                    out.tally.add(practice, line.key.label, Flow::LeadPending, lane, 1);
                }
            }
        }
    }

    /// The lead of one request: a band by inversion, a day uniform in it.
    #[inline]
    fn lead(&self, draw: &LeadsDraw, k: usize, lane: usize, word: u64) -> usize {
        let cumulative = &draw.cumulative[k];
        let u = unit(word);
        let mut low = 0.0;
        for cell in 0..CELLS {
            let high = cumulative[cell][lane];
            if u < high || cell + 1 == CELLS {
                if cell == 0 {
                    return 0;
                }
                let (first, last) = LEAD_BANDS[cell - 1];
                let within = if high > low { (u - low) / (high - low) } else { 0.0 };
                let span = f64::from(last - first + 1);
                return (f64::from(first) + (within * span).min(span - 1.0).floor()) as usize;
            }
            low = high;
        }
        0
    }
}
