//! The front door: where each request is navigated, option by option.
//!
//! In: requests by need. Out: joins of lines, people answered outside. Order: (1) the day's requests;
//! (2) their split over avoidable categories by conditional binomials with probabilities no lever
//! touches; (3) in each category the option's levers in order, each a binomial on what the one before
//! left. Each is the inverse distribution of one keyed uniform.
//!
//! In this folder: `compile` resolves names to lines and keys, `shares` draws the categories' shares, `leads`
//! books ahead. The door runs in every option over the same requests; categories take the same people in
//! each, and a redirect with a higher uptake takes no fewer of them. A door costs a binomial for each
//! category and each redirect in force, a day.

mod compile;
mod leads;
mod shares;

use crate::book::tally::Flow;
use crate::book::{Book, BookDraw, Today, add};
use crate::law::binomial::Binomial;
use crate::model::Model;
use crate::plan::lanes::{LANES, LaneThinning, Lanes, words};
use crate::random::Key;
use compile::Door;
use leads::{Leads, LeadsDraw};
use shares::{Shares, SharesDraw};

/// Scenario time: doors and keys.
#[derive(Clone, Debug)]
pub struct FrontDoor {
    /// `[practice][need]`.
    doors: Vec<Door>,
    /// Shares of avoidable categories.
    shares: Shares,
    /// Chosen leads.
    leads: Leads,
    /// Uptake of each redirect: `offered x accepted`, by redirect.
    uptake: Vec<compile::Uptake>,
}

/// Replication time: chances as drawn.
#[derive(Clone, Debug)]
pub struct FrontDoorDraw {
    /// As drawn: `[practice or 0][place]`.
    shares: SharesDraw,
    /// As drawn, and a day's requests by lead.
    leads: LeadsDraw,
    /// Uptake of each redirect at full strength in a practice that takes part without scaling.
    full: Vec<LaneThinning>,
    /// Uptake of each redirect as drawn, before reach [share].
    chance: Vec<Lanes<f64>>,
    /// Factor of each change of demand as drawn, in the order of `compile::demand_changes`.
    demand_factor: Vec<Lanes<f64>>,
}

/// A redirect as one practice and need meets it.
#[derive(Clone, Debug)]
struct Redirect {
    /// Number among the option's redirects.
    number: usize,
    /// Index among the model's levers.
    lever: usize,
    /// Key of who is taken.
    key: Key,
    /// Line it leads to; none where it is answered outside.
    to: Option<u32>,
    /// Returns from outside: position of the law, line, days, key.
    returns: Option<(usize, u32, usize, Key)>,
    /// First and last days of the posts that receive, as numbers of days; none where it is in force throughout.
    received: Option<Vec<(i32, i32)>>,
}

impl Redirect {
    /// True on days on which anybody is there to receive.
    #[inline]
    fn received_on(&self, day: i32) -> bool {
        self.received
            .as_ref()
            .is_none_or(|posts| posts.iter().any(|(from, until)| (*from..=*until).contains(&day)))
    }
}

impl FrontDoor {
    /// Compiles the front door of a model over its book.
    pub fn new(model: &Model, book: &Book, seed: u64) -> Self {
        Self {
            doors: compile::doors(model, book, seed),
            shares: Shares::new(model, seed),
            leads: Leads::new(model),
            uptake: compile::uptakes(model, book),
        }
    }

    /// Buffers for one block.
    pub fn draw_buffers(&self, model: &Model) -> FrontDoorDraw {
        FrontDoorDraw {
            shares: self.shares.draw_buffers(model),
            leads: self.leads.draw_buffers(),
            full: self.uptake.iter().map(compile::Uptake::table).collect(),
            chance: vec![[0.0; LANES]; self.uptake.len()],
            demand_factor: vec![[1.0; LANES]; compile::demand_changes(model).count()],
        }
    }

    /// Draws one lane. `need_mean` holds mean requests by practice and need, for the audits' scaling.
    ///
    /// Called after the demand's own redraw, which fills `need_mean`. `draw_index` keys the practices' own
    /// category shares.
    pub fn redraw(
        &self,
        model: &Model,
        lane: usize,
        draw_index: u64,
        slots: &[f64],
        need_mean: &[Lanes<f64>],
        draw: &mut FrontDoorDraw,
    ) {
        self.shares.redraw(model, lane, draw_index, slots, need_mean, &mut draw.shares);
        self.leads.redraw(model, lane, slots, &mut draw.leads);
        for (i, uptake) in self.uptake.iter().enumerate() {
            let chance = uptake.at(slots);
            draw.chance[i][lane] = chance;
            draw.full[i].set(lane, chance);
        }
        for (i, (_, _, _, factor)) in compile::demand_changes(model).enumerate() {
            draw.demand_factor[i][lane] = factor.at(slots, 0);
        }
    }

    /// Navigates one practice's requests of a day.
    ///
    /// `requests` are the practice's by need; levers on demand change them in place, so that the caller reads
    /// what was counted. Everyone is in a line, in a tally of those who left, or pending when it is done.
    #[expect(clippy::too_many_arguments, reason = "one practice's day, named part by part, in the hot loop")]
    pub fn navigate(
        &self,
        model: &Model,
        book: &Book,
        p: usize,
        today: Today<'_>,
        requests: &mut [Lanes<u32>],
        draw: &mut FrontDoorDraw,
        out: &mut BookDraw,
    ) {
        let needs = model.needs.len();
        for (k, asked) in requests.iter_mut().enumerate() {
            let door = &self.doors[p * needs + k];
            let Some(main) = door.main else { continue };
            for change in &door.demand {
                change.apply(p, today, &draw.demand_factor[change.place], asked);
            }
            self.count_requests(p, k, today, asked, out);
            let mut left = *asked;
            let mut kept: Lanes<u32> = [0; LANES];
            // In the order of the file: each takes its share of what the earlier ones left, with chances no
            // lever touches.
            for category in &door.categories {
                let thinning = self.shares.thinning(&draw.shares, p, category.place);
                let mut rated = thinning.draw_all(&left, words(category.key, today.reps, today.day, 0));
                for lane in 0..LANES {
                    left[lane] -= rated[lane];
                }
                out.tally.draws += today.reps.len() as u64;
                let flow = out.tally.at(p, k, Flow::RatedAvoidable);
                add(&mut out.tally.flow[flow], &rated);
                // `redirect` takes those it sends off `rated`: what was there before says how many that were.
                let all = rated;
                self.redirect(book, (p, k), &category.redirects, today, &mut rated, draw, out);
                let flow = out.tally.at(p, k, Flow::RatedRedirected);
                for lane in 0..LANES {
                    kept[lane] += rated[lane];
                    out.tally.flow[flow][lane] += all[lane] - rated[lane];
                }
            }
            // Redirects of the need act on what is in no category; who was rated and not redirected joins the
            // others again below.
            self.redirect(book, (p, k), &door.redirects, today, &mut left, draw, out);
            for lane in 0..LANES {
                left[lane] += kept[lane];
            }
            self.leads.join(book, (main, k), door.lead_key, today, &left, &mut draw.leads, out);
        }
    }

    /// Counts requests in the week asked.
    ///
    /// Latent ones are among them; `Flow::Latent` says how many.
    #[inline]
    fn count_requests(&self, p: usize, k: usize, today: Today<'_>, asked: &Lanes<u32>, out: &mut BookDraw) {
        let place = out.tally.at(p, k, Flow::Requests);
        let weeks = out.tally.sizes.weeks;
        let week = today.axis.week(today.t);
        add(&mut out.tally.flow[place], asked);
        if let Some(week) = week {
            add(&mut out.tally.week_requests[p * weeks + week], asked);
        }
        if out.tally.sizes.record_days {
            let days = out.tally.sizes.days;
            add(&mut out.tally.day_requests[p * days + today.t], asked);
        }
    }

    /// Takes redirects off, in their order; `left` is what they leave.
    ///
    /// Counts what stood before each redirect in force, for every practice, taking part or not.
    #[inline]
    #[expect(clippy::too_many_arguments, reason = "one door's day, named part by part, in the hot loop")]
    fn redirect(
        &self,
        book: &Book,
        (p, k): (usize, usize),
        redirects: &[Redirect],
        today: Today<'_>,
        left: &mut Lanes<u32>,
        draw: &FrontDoorDraw,
        out: &mut BookDraw,
    ) {
        // Nobody is sent to a post that has not begun yet, or has ended.
        let sends = |r: &&Redirect| today.strength.in_force(r.lever, today.t) && r.received_on(today.day);
        for redirect in redirects.iter().filter(sends) {
            let reach = today.reach(redirect.lever, p);
            let place = redirect.number * out.tally.sizes.practices + p;
            add(&mut out.tally.before_redirect[place], left);
            let full = &draw.full[redirect.number];
            let word = words(redirect.key, today.reps, today.day, 0);
            // At full strength the chance is the same all year and stands ready; on the ramp it is new every day.
            let sent = if reach.iter().all(|reach| *reach == 1.0 || *reach <= 0.0) {
                let mut reached = *left;
                for lane in 0..LANES {
                    reached[lane] = if reach[lane] > 0.0 { left[lane] } else { 0 };
                }
                full.draw_all(&reached, word)
            } else {
                let chance = &draw.chance[redirect.number];
                ramped(left, word, |lane| (chance[lane] * reach[lane]).clamp(0.0, 1.0))
            };
            for lane in 0..LANES {
                left[lane] -= sent[lane];
            }
            out.tally.draws += today.reps.len() as u64;
            self.send(book, (p, k), redirect, today, &sent, out);
        }
    }

    /// Sends redirected people on their way.
    ///
    /// Inside they join today and return, if at all, after they were seen ([`Book::serve_day`]); outside it
    /// is decided here.
    #[inline]
    fn send(
        &self,
        book: &Book,
        (p, k): (usize, usize),
        redirect: &Redirect,
        today: Today<'_>,
        sent: &Lanes<u32>,
        out: &mut BookDraw,
    ) {
        let place = redirect.number * out.tally.sizes.practices + p;
        add(&mut out.tally.redirected[place], sent);
        if let Some(to) = redirect.to {
            let flow = out.tally.at(p, k, Flow::RedirectedInside);
            add(&mut out.tally.flow[flow], sent);
            book.count_stand_in(to, sent, out);
            book.ask(today, to, sent, out);
            return;
        }
        let flow = out.tally.at(p, k, Flow::RedirectedOutside);
        add(&mut out.tally.flow[flow], sent);
        if let Some((law, line, after, key)) = redirect.returns {
            let back = out.laws.returns[law].draw_all(sent, words(key, today.reps, today.day, 0));
            add(&mut out.tally.redirect_returns[place], &back);
            let flows = (Flow::ReturnDecided, Flow::ReturnPending);
            book.come_later((line, after), &back, p, flows, today, out);
        }
    }
}

/// How many of each lane are taken with chances that are new today.
///
/// Built anew each day and lane: only for days on the ramp, or where reach is scaled.
fn ramped(n: &Lanes<u32>, word: impl Fn(usize) -> u64, chance: impl Fn(usize) -> f64) -> Lanes<u32> {
    let mut taken = [0; LANES];
    for lane in 0..LANES {
        let chance = chance(lane);
        if n[lane] > 0 && chance > 0.0 {
            taken[lane] = Binomial::direct(chance).draw(n[lane], word(lane));
        }
    }
    taken
}
