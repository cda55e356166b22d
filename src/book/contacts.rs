//! Attended contacts are dealt to the people present: overtime, and contacts a GP a day.
//!
//! In: the day's attended contacts by post and need, the roster's people. Out: tallies. A day's contacts are dealt
//! in proportion to minutes (largest remainder, ties by person number), each need's in proportion to what is
//! left. A person's time for n contacts of a need is one Gamma variable of mean n x mean and shape n / cv²;
//! what exceeds the person's minutes that day is overtime. Time never feeds back. A post without people counts
//! as one person: its overtime is a lower bound.

use super::{BookDraw, Today, add};
use crate::law::gamma;
use crate::model::Model;
use crate::model::need::ConsultationTime;
use crate::model::post::Base;
use crate::plan::lanes::{LANES, Lanes};
use crate::random::{Key, Purpose, entity_hash};
use crate::roster::people::PeopleDraw;
use crate::roster::{Roster, RosterDraw};
use crate::units::{TICKS_PER_MINUTE, Ticks};

/// Contacts of a full working day above which a GP's day counts as too long (the profession's safe limit).
const SAFE_CONTACTS: f64 = 25.0;
/// Sessions of a full working day.
const SESSIONS_A_DAY: f64 = 2.0;
/// Person-days are counted in thousandths of a full working day.
const THOUSANDTHS: f64 = 1000.0;

/// Scenario time.
///
/// By need, and by post in the model's order.
#[derive(Clone, Debug)]
pub struct Contacts {
    /// Consulting time of each need; none where it states none.
    needs: Vec<Option<ConsultationTime>>,
    /// By post.
    posts: Vec<PostKeys>,
}

/// One post: whose numbers hold, whether contacts a GP a day are counted, and the keys of its people.
#[derive(Clone, Debug)]
struct PostKeys {
    /// Practice whose drawn numbers hold: its own, or the first of the file for a shared post.
    practice: usize,
    /// True for GP roles, whose contacts a day are counted.
    is_gp: bool,
    /// Most people in any draw; one for plain slots.
    heads: usize,
    /// `[person][need]`; empty where no need states consulting time.
    keys: Vec<Key>,
}

/// Replication time and scratch.
#[derive(Clone, Debug)]
pub struct ContactsDraw {
    /// Mean time [ticks] and coefficient of variation: `[post][need]`.
    time: Vec<Lanes<(f64, f64)>>,
    /// Contacts of each person of one post: of all needs, or of the need in turn.
    dealt: Vec<u32>,
    /// Contacts of each person that no need has filled yet.
    still: Vec<u32>,
    /// Of dividing contacts by minutes, for the largest remainder.
    remainder: Vec<u64>,
    /// Minutes of each person today [ticks].
    minutes: Vec<u32>,
    /// Consulting time of each person today [ticks].
    spent: Vec<f64>,
}

/// Attended contacts of one day.
#[derive(Clone, Debug)]
pub struct Attended {
    /// Needs of the model: the length of a row of `by_need`.
    needs: usize,
    /// `[post][need]`; empty where no need states consulting time.
    by_need: Vec<Lanes<u32>>,
    /// Of all needs together: `[post]`. Always kept, for contacts a GP a day.
    all: Vec<Lanes<u32>>,
}

impl Attended {
    /// Nobody yet.
    pub fn new(model: &Model) -> Self {
        let timed = model.needs.iter().any(|need| need.consultation.is_some());
        let needs = model.needs.len();
        let cells = if timed { model.posts.len() * needs } else { 0 };
        Self { needs, by_need: vec![[0; LANES]; cells], all: vec![[0; LANES]; model.posts.len()] }
    }

    /// Counts attended contacts.
    ///
    /// Once a line as served and step; DNAs are not among them.
    #[inline]
    pub fn add(&mut self, post: usize, need: usize, n: &Lanes<u32>) {
        add(&mut self.all[post], n);
        if let Some(cell) = self.by_need.get_mut(post * self.needs + need) {
            add(cell, n);
        }
    }

    /// Forgets the day.
    pub fn clear(&mut self) {
        self.by_need.fill([0; LANES]);
        self.all.fill([0; LANES]);
    }
}

impl Contacts {
    /// Keys every person and need that has a consulting time.
    ///
    /// Heads are those of any draw, so the keys hold in all of them.
    pub fn new(model: &Model, roster: &Roster, seed: u64) -> Self {
        let needs: Vec<_> = model.needs.iter().map(|need| need.consultation).collect();
        let timed = needs.iter().any(Option::is_some);
        let post_keys = |(i, post): (usize, &crate::model::post::Post)| {
            let heads = roster.heads(i);
            let mut keys = Vec::new();
            for person in 0..if timed { heads } else { 0 } {
                for need in &model.needs {
                    let address = format!("post.{}/person.{person}/need.{}", post.name, need.name);
                    keys.push(Key::new(seed, Purpose::ConsultationTime, entity_hash(&address)));
                }
            }
            let practice = match post.base {
                Base::Practice(p) => p,
                Base::Network(_) | Base::Federation => 0,
            };
            PostKeys { practice, is_gp: model.roles[post.role].is_gp, heads, keys }
        };
        Self { posts: model.posts.iter().enumerate().map(post_keys).collect(), needs }
    }

    /// Buffers for one block.
    pub fn draw_buffers(&self) -> ContactsDraw {
        let heads = self.posts.iter().map(|post| post.heads).max().unwrap_or(0).max(1);
        ContactsDraw {
            time: vec![[(0.0, 0.0); LANES]; self.posts.len() * self.needs.len()],
            dealt: vec![0; heads],
            still: vec![0; heads],
            remainder: vec![0; heads],
            minutes: Vec::with_capacity(heads),
            spent: vec![0.0; heads],
        }
    }

    /// Draws one lane.
    ///
    /// `slots` are the lane's uncertain quantities. Needs without consulting time are left as they are.
    pub fn redraw(&self, lane: usize, slots: &[f64], draw: &mut ContactsDraw) {
        for (i, post) in self.posts.iter().enumerate() {
            for (k, time) in self.needs.iter().enumerate() {
                let Some(time) = time else { continue };
                let mean = time.mean.at(slots, post.practice) * TICKS_PER_MINUTE;
                draw.time[i * self.needs.len() + k][lane] = (mean, time.cv.at(slots, post.practice));
            }
        }
    }

    /// Deals the contacts of a day and counts what follows; then forgets them. `minutes` are the posts' own.
    ///
    /// `minutes` are of the day after deductions. Called once a day, after the last pass; nothing of the
    /// warm-up is counted.
    pub fn deal(
        &self,
        today: Today<'_>,
        roster: &RosterDraw,
        minutes: &[Lanes<Ticks>],
        draw: &mut ContactsDraw,
        book: &mut BookDraw,
    ) {
        if today.t >= today.axis.warm_up {
            for (i, (post, minutes)) in self.posts.iter().zip(minutes).enumerate() {
                let people = roster.people(i);
                for (lane, minutes) in minutes.iter().enumerate().take(today.reps.len()) {
                    if !post.keys.is_empty() && book.contacts.all[i][lane] > 0 {
                        present(people, today.t, lane, *minutes, &mut draw.minutes);
                        let over = self.overtime(i, today, lane, &book.contacts, draw);
                        book.tally.overtime[i][lane] += over;
                    }
                    if let Some(people) = people.filter(|_| post.is_gp) {
                        gp_days(i, people, today.t, lane, draw, book);
                    }
                }
            }
        }
        book.contacts.clear();
    }

    /// Overtime of a post's people [ticks]; their minutes stand in `draw.minutes`.
    fn overtime(
        &self,
        post: usize,
        today: Today<'_>,
        lane: usize,
        contacts: &Attended,
        draw: &mut ContactsDraw,
    ) -> Ticks {
        let heads = draw.minutes.len();
        draw.spent[..heads].fill(0.0);
        // First all contacts are dealt, then each need's among what each person is to see.
        let all = contacts.all[post][lane];
        deal_out(all, &draw.minutes, &mut draw.remainder, &mut draw.still);
        for need in (0..self.needs.len()).filter(|need| self.needs[*need].is_some()) {
            let place = post * self.needs.len() + need;
            let n = contacts.by_need[place][lane];
            if n == 0 {
                continue;
            }
            deal_out(n, &draw.still[..heads], &mut draw.remainder, &mut draw.dealt);
            for (still, dealt) in draw.still[..heads].iter_mut().zip(&draw.dealt) {
                *still -= dealt;
            }
            let (mean, cv) = draw.time[place][lane];
            for person in (0..heads).filter(|person| draw.dealt[*person] > 0) {
                let key = self.posts[post].keys[person * self.needs.len() + need];
                let n = f64::from(draw.dealt[person]);
                // n times of one law add up to one Gamma variable of n times the shape: one draw instead of
                // n.
                draw.spent[person] += n * mean * factor(key, today.reps[lane].chance, today.day, n, cv);
            }
        }
        let over =
            draw.spent.iter().zip(&draw.minutes).map(|(spent, has)| (spent - f64::from(*has)).max(0.0));
        over.map(|over| over.round() as Ticks).sum()
    }
}

/// Total time of n contacts over its mean.
///
/// The gamma variable's shape is n / cv², so a need whose times do not vary takes no word.
#[inline]
fn factor(key: Key, chance: u64, date: i32, n: f64, cv: f64) -> f64 {
    if cv > 0.0 { gamma::unit_mean_from(key, chance, date, n / (cv * cv)) } else { 1.0 }
}

/// Minutes of each person on a day, in proportion where the post has lost or gained some since [ticks].
fn present(people: Option<&PeopleDraw>, t: usize, lane: usize, net: Ticks, out: &mut Vec<u32>) {
    out.clear();
    let Some(people) = people else {
        // Plain slots: one person with all of the post's minutes.
        out.push(net as u32);
        return;
    };
    let gross = Ticks::from(people.minutes[t][lane]);
    for person in people.persons(t) {
        let minutes = Ticks::from(person[lane]);
        // 32 bits hold 71,000 hours of ticks: far more than a post has in a day.
        out.push(if gross == net || gross == 0 { minutes } else { minutes * net / gross } as u32);
    }
}

/// Deals n contacts in proportion to weights: largest remainder, ties to the lower number. All go to the
/// first where nobody has weight.
fn deal_out(n: u32, weights: &[u32], remainder: &mut [u64], dealt: &mut [u32]) {
    let dealt = &mut dealt[..weights.len()];
    if let [one] = dealt {
        *one = n;
        return;
    }
    if n == 1 {
        // The largest remainder is the largest weight.
        dealt.fill(0);
        dealt[largest(weights)] = 1;
        return;
    }
    let all: u64 = weights.iter().map(|weight| u64::from(*weight)).sum();
    if all == 0 {
        dealt.fill(0);
        dealt[0] = n;
        return;
    }
    // What rounding down leaves over is less than one contact a person.
    let mut left = n;
    for (i, weight) in weights.iter().enumerate() {
        let product = u64::from(n) * u64::from(*weight);
        dealt[i] = (product / all) as u32;
        remainder[i] = product % all;
        left -= dealt[i];
    }
    let remainder = &mut remainder[..weights.len()];
    for _ in 0..left {
        let best = largest(remainder);
        dealt[best] += 1;
        // Nobody gets a second one of the remainders.
        remainder[best] = 0;
    }
}

/// Place of the largest number, the first of equals.
fn largest<T: Copy + PartialOrd>(of: &[T]) -> usize {
    let mut best = 0;
    for i in 1..of.len() {
        if of[i] > of[best] {
            best = i;
        }
    }
    best
}

/// Counts the days of GPs, their contacts and the days above the safe number, all pro rata to sessions.
///
/// Pro rata: two sessions are a full day. Contacts are dealt by minutes as laid out, without what levers took
/// since.
fn gp_days(
    post: usize,
    people: &PeopleDraw,
    t: usize,
    lane: usize,
    draw: &mut ContactsDraw,
    book: &mut BookDraw,
) {
    let persons = people.persons(t);
    let n = book.contacts.all[post][lane];
    if people.minutes[t][lane] == 0 {
        return;
    }
    draw.minutes.clear();
    draw.minutes.extend(persons.iter().map(|person| person[lane]));
    deal_out(n, &draw.minutes, &mut draw.remainder, &mut draw.dealt);
    let tally = &mut book.tally;
    for (i, minutes) in draw.minutes.iter().enumerate() {
        // Who is away, or whose contract has no appointment time, has no day to count.
        let session = people.sessions()[i][lane];
        if *minutes == 0 || session == 0 {
            continue;
        }
        let days = f64::from(*minutes) / f64::from(session) / SESSIONS_A_DAY;
        let thousandths = (days * THOUSANDTHS).round() as i64;
        tally.person_days[post][lane] += thousandths;
        tally.person_contacts[post][lane] += draw.dealt[i];
        if f64::from(draw.dealt[i]) > SAFE_CONTACTS * days {
            tally.person_days_over_25[post][lane] += thousandths;
        }
    }
}

#[cfg(test)]
mod tests;
