//! Finite books: who still finds room within a need's window, and who is lost.
//!
//! A need with `window_days` that loses whom it cannot take admits its joiners while the planned minutes
//! (before unplanned absence) of today and the next `window_days` days exceed the minutes waiting. Planned are the
//! minutes of all posts of the need's first role that see the practice's patients (of the next role in its order of
//! preference where none of the first does), of a post shared with further
//! practices the part of their list. Practices that share the same posts have one book; one with posts of its own besides
//! has a book of its own, and in that of the shared post its people count as far as its own minutes do not suffice. Joiners come in the order: rebooked, returned (with referrals and those
//! who chose a later day, on the day they fall due), follow-ups, new requests. Where not all of one kind
//! can be taken, those taken are a random subset. Needs whose book is full but who wait outside it need no
//! rule: outside and inside are one queue in the same order.
//!
//! In: the planned minutes of a replication, drawn before its first day, and those who fall due or ask today.
//! Out: some of them taken off the book as lost. A day without a finite book costs nothing.

mod build;

use super::line::{LineId, Lines};
use super::service::Service;
use super::tally::Flow;
use super::{Book, BookDraw, Today};
use crate::law::hypergeometric;
use crate::model::Model;
use crate::plan::lanes::{LANES, Lanes};
use crate::random::{Key, Stream, unit};
use crate::units::Ticks;
use std::ops::Range;

/// Scenario time: every finite book.
#[derive(Clone, Debug, Default)]
pub struct Admission {
    /// In the order of the parts whose queues they are.
    books: Vec<FiniteBook>,
    /// Lines of the book (for the size of buffers).
    lines: usize,
}

/// The finite book of one part of a post.
#[derive(Clone, Debug)]
struct FiniteBook {
    /// What waits for it.
    own: Stretch,
    /// Joiners in the order in which they are admitted.
    doors: Vec<Door>,
}

/// Lines that wait for some minutes.
#[derive(Clone, Debug)]
struct Stretch {
    /// Where its planned minutes stand among those of its book.
    at: usize,
    /// Parts whose minutes count, each with its share.
    parts: Vec<(usize, f64)>,
    /// Lines that wait for them, with the index of their slot; without those of `beside`.
    queue: Vec<(LineId, usize)>,
    /// Practices among them that have minutes besides, which the others cannot use.
    beside: Vec<Stretch>,
}

impl Stretch {
    /// It, and all that is beside it, whatever lies beside that too.
    fn all(&self) -> Vec<&Self> {
        std::iter::once(self).chain(self.beside.iter().flat_map(Self::all)).collect()
    }
}

/// Joiners of one kind whose needs have one window.
#[derive(Clone, Debug)]
struct Door {
    arrival: Arrival,
    /// Days ahead, today not counted.
    ahead: usize,
    lines: Vec<(LineId, usize)>,
    key: Key,
}

/// How joiners come, in the order of admission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Arrival {
    Rebooked,
    Returned,
    FollowUp,
    New,
}

/// Day time: those of today's due who have been admitted, by line.
#[derive(Clone, Debug)]
pub struct Day {
    /// `[line]`; nought between days, and an empty list where no book is finite.
    admitted: Vec<Lanes<u32>>,
    /// Planned minutes before each day: `[book][stretch][day]`, summed from the first day on and for
    /// some days beyond the last, so that any run of days is one difference.
    planned: Vec<Vec<Vec<Lanes<Ticks>>>>,
    counts: Vec<u32>,
    taken: Vec<u32>,
}

impl Admission {
    /// Finds the finite books of a model.
    pub fn new(model: &Model, lines: &Lines, service: &Service, seed: u64) -> Self {
        let windowed = |id: LineId| {
            let key = lines.all[id as usize].key;
            model.needs[key.as_need].window.filter(|w| w.lost_when_full).map(|w| w.days as usize)
        };
        let booked_with = build::booked_with(model, lines, service);
        // A line whose first role has several posts stands in several queues: the book of the part that fewest practices
        // share admits it, of several such parts the first's.
        let mut claimed = vec![false; lines.all.len()];
        let mut books = Vec::new();
        let mut order: Vec<usize> = (0..service.parts.len()).collect();
        order.sort_by_key(|part| service.parts[*part].practices.len());
        for part in order {
            let queue = build::queue(model, &booked_with, service, part);
            let mut doors: Vec<Door> = Vec::new();
            for &(id, slot) in &queue {
                let Some(ahead) = windowed(id) else { continue };
                if std::mem::replace(&mut claimed[id as usize], true) {
                    continue;
                }
                for arrival in build::arrivals(lines.all[id as usize].key.kind) {
                    match doors.iter_mut().find(|d| (d.arrival, d.ahead) == (arrival, ahead)) {
                        Some(door) => door.lines.push((id, slot)),
                        None => {
                            let lines = vec![(id, slot)];
                            let key = build::door_key(model, service, part, (arrival, ahead), seed);
                            doors.push(Door { arrival, ahead, lines, key });
                        }
                    }
                }
            }
            doors.sort_by_key(|d| (d.arrival, d.ahead));
            if !doors.is_empty() {
                books.push(FiniteBook { own: build::stretch(model, lines, service, (part, queue)), doors });
            }
        }
        Self { books, lines: lines.all.len() }
    }

    /// True where a need has a finite book.
    pub fn any(&self) -> bool {
        !self.books.is_empty()
    }

    /// Buffers of one block.
    pub fn buffers(&self, widest: usize, days: usize) -> Day {
        let (lines, widest) = if self.any() { (self.lines, widest) } else { (0, 0) };
        let of = |book: &FiniteBook| vec![vec![[0; LANES]; days + book.longest() + 1]; book.own.all().len()];
        Day {
            admitted: vec![[0; LANES]; lines],
            planned: self.books.iter().map(of).collect(),
            counts: vec![0; widest],
            taken: vec![0; widest],
        }
    }
}

impl FiniteBook {
    /// The longest window, and a day for its start [days].
    fn longest(&self) -> usize {
        self.doors.iter().map(|door| door.ahead + 1).max().unwrap_or(0)
    }
}

impl Book {
    /// Adds up the planned minutes of every finite book, as drawn; `planned(day, out)` gives those of each post.
    ///
    /// Beyond the last day the last week is taken to repeat.
    ///
    /// Called once a replication, after the roster is drawn. Allocates one day's list.
    pub fn plan_ahead(
        &self,
        entries: usize,
        planned: impl Fn(usize, &mut [Lanes<Ticks>]),
        draw: &mut BookDraw,
    ) {
        let days = self.sizes.days;
        let mut minutes = vec![[0; LANES]; entries];
        for (book, all) in self.admission.books.iter().zip(&mut draw.admission.planned) {
            let stretches = book.own.all();
            for t in 0..all[0].len() - 1 {
                let beyond = (t + 1).saturating_sub(days);
                planned(t.saturating_sub(beyond.div_ceil(7) * 7), &mut minutes);
                for stretch in &stretches {
                    let before = &mut all[stretch.at];
                    before[t + 1] = before[t];
                    for &(part, share) in &stretch.parts {
                        let post = &minutes[self.service.parts[part].minutes];
                        for lane in 0..LANES {
                            before[t + 1][lane] += (share * post[lane] as f64).round() as Ticks;
                        }
                    }
                }
            }
        }
    }

    /// Those due today who asked earlier are admitted or lost.
    ///
    /// Those due are counted as waiting already: they are taken off again before door after door takes its
    /// own.
    pub fn admit_booked(&self, today: Today<'_>, draw: &mut BookDraw) {
        for (number, book) in self.admission.books.iter().enumerate() {
            for lane in 0..today.reps.len() {
                let mut waiting = self.minutes_waiting(&book.own, lane, draw);
                for door in book.doors.iter().filter(|d| d.arrival != Arrival::New) {
                    for &(id, slot) in &door.lines {
                        let due = draw.state.total(&self.lines.all[id as usize], today.t, lane);
                        waiting -= Ticks::from(due) * draw.laws.slots[slot][lane];
                    }
                }
                for door in book.doors.iter().filter(|d| d.arrival != Arrival::New) {
                    waiting += self.admit((number, door), waiting, lane, today, draw);
                }
            }
        }
    }

    /// Today's new requests are admitted or lost.
    pub fn admit_new(&self, today: Today<'_>, draw: &mut BookDraw) {
        for (number, book) in self.admission.books.iter().enumerate() {
            for lane in 0..today.reps.len() {
                let mut waiting = self.minutes_waiting(&book.own, lane, draw);
                for door in book.doors.iter().filter(|d| d.arrival == Arrival::New) {
                    for &(id, slot) in &door.lines {
                        // Who was admitted before for a line that new requests join as well stays where
                        // they are.
                        let due = draw.state.total(&self.lines.all[id as usize], today.t, lane);
                        let new = due - draw.admission.admitted[id as usize][lane];
                        waiting -= Ticks::from(new) * draw.laws.slots[slot][lane];
                    }
                }
                for door in book.doors.iter().filter(|d| d.arrival == Arrival::New) {
                    waiting += self.admit((number, door), waiting, lane, today, draw);
                }
                for (id, _) in book.doors.iter().flat_map(|d| &d.lines) {
                    draw.admission.admitted[*id as usize][lane] = 0;
                }
            }
        }
    }

    /// Minutes that those due by today need in the lines of a stretch.
    fn minutes_waiting(&self, stretch: &Stretch, lane: usize, draw: &BookDraw) -> Ticks {
        let minutes = |&(id, slot): &(LineId, usize)| {
            Ticks::from(draw.state.waiting[id as usize][lane]) * draw.laws.slots[slot][lane]
        };
        stretch.queue.iter().map(minutes).sum()
    }

    /// Minutes that a book of `planned` ones has for a stretch over some days, less what the practices beside it need beyond
    /// their own.
    fn minutes_for(
        &self,
        stretch: &Stretch,
        (planned, days): (&[Vec<Lanes<Ticks>>], &Range<usize>),
        lane: usize,
        draw: &BookDraw,
    ) -> Ticks {
        let own = &planned[stretch.at];
        let beyond = |beside: &Stretch| {
            let minutes = self.minutes_for(beside, (planned, days), lane, draw);
            (self.minutes_waiting(beside, lane, draw) - minutes).max(0)
        };
        own[days.end][lane] - own[days.start][lane] - stretch.beside.iter().map(beyond).sum::<Ticks>()
    }

    /// Admits the joiners of one door; returns their minutes. The others are lost.
    ///
    /// `waiting` are the minutes of those before them. The stream of a door is the day's: the same joiners
    /// under the same luck are the same subset.
    fn admit(
        &self,
        (book, door): (usize, &Door),
        waiting: Ticks,
        lane: usize,
        today: Today<'_>,
        draw: &mut BookDraw,
    ) -> Ticks {
        let t = today.t;
        let mut cells = Vec::new();
        for &(id, slot) in &door.lines {
            let line = &self.lines.all[id as usize];
            let before = draw.admission.admitted[id as usize][lane];
            for offset in 0..line.offsets_at(t, t) {
                let here = draw.state.count(line, t, t, offset, lane);
                // New requests stand at offset 0, behind those who were admitted there already.
                let n = match door.arrival {
                    Arrival::New if offset > 0 => 0,
                    Arrival::New => draw.state.total(line, t, lane) - before,
                    _ => here,
                };
                if n > 0 {
                    cells.push((id, offset, draw.laws.slots[slot][lane], n));
                }
            }
        }
        // Of the sums: the minutes of today and of so many days ahead.
        let days = t..t + door.ahead + 1;
        let planned = (&draw.admission.planned[book][..], &days);
        let room = self.minutes_for(&self.admission.books[book].own, planned, lane, draw);
        let room = (room - waiting).max(0);
        let wanted: Ticks = cells.iter().map(|c| c.2 * Ticks::from(c.3)).sum();
        let width = cells.len();
        let Day { counts, taken, .. } = &mut draw.admission;
        if counts.len() < width {
            counts.resize(width, 0);
            taken.resize(width, 0);
        }
        for (count, cell) in counts.iter_mut().zip(&cells) {
            *count = cell.3;
        }
        if wanted <= room {
            taken[..width].copy_from_slice(&counts[..width]);
        } else {
            let chance = today.reps[lane].chance;
            if cells.iter().all(|c| c.2 == cells[0].2) {
                let fits = (room / cells[0].2) as u32;
                let mut words = door.key.places(chance, today.day, 0);
                hypergeometric::multivariate(&counts[..width], fits, &mut taken[..width], |kind| {
                    words.word(kind)
                });
            } else {
                let mut words = door.key.stream(chance, today.day, 0);
                one_by_one(&cells, room, &mut counts[..width], &mut taken[..width], &mut words);
            }
        }
        let mut minutes = 0;
        for (i, &(id, offset, slot, n)) in cells.iter().enumerate() {
            let admitted = draw.admission.taken[i];
            minutes += Ticks::from(admitted) * slot;
            draw.admission.admitted[id as usize][lane] += admitted;
            if admitted < n {
                let line = &self.lines.all[id as usize];
                let (practice, label) = (line.key.practice, line.key.label);
                draw.state.take(id, line, t, (t, offset), lane, n - admitted);
                draw.tally.add(practice, label, Flow::Lost, lane, n - admitted);
                self.count_unseen(id, lane, n - admitted, &mut draw.tally);
            }
        }
        minutes
    }
}

/// Slots of several lengths: joiners are drawn one by one while a slot fits.
fn one_by_one(
    cells: &[(LineId, usize, Ticks, u32)],
    mut room: Ticks,
    counts: &mut [u32],
    taken: &mut [u32],
    words: &mut Stream,
) {
    taken.fill(0);
    loop {
        // Each draw is one person among those whose slot still fits; it ends when none does.
        let fits = |i: &usize| cells[*i].2 <= room;
        let fitting: u32 = (0..cells.len()).filter(fits).map(|i| counts[i]).sum();
        if fitting == 0 {
            return;
        }
        let mut pick = (unit(words.next_word()) * f64::from(fitting)) as u32;
        for i in (0..cells.len()).filter(fits).collect::<Vec<_>>() {
            if pick < counts[i] {
                counts[i] -= 1;
                taken[i] += 1;
                room -= cells[i].2;
                break;
            }
            pick -= counts[i];
        }
    }
}
