//! Which lines a model needs: everything that people can join, found by following what may happen next.
//!
//! In: a model and its axis. Out: [`Lines`], in an order that is part of every tie: lines that anybody can
//! join without a lever first, then those that only redirects make. A line too many costs memory and time
//! each day; one too few would be a place that somebody cannot join, so whatever a draw could make possible
//! is made.

use super::elsewhere::has_twin;
use super::laws::redirects_with_returns;
use super::line::{Kind, LineId, LineKey, Lines, Names, Size};
use super::tally::band;
use crate::lever::{Change, RedirectFrom, RedirectTo};
use crate::model::Model;
use crate::model::need::{DNA_DAYS, Dna, DnaLaw, FollowUp, LEAD_BANDS};
use crate::plan::axis::Axis;

/// Finds and makes lines.
pub struct Builder<'a> {
    model: &'a Model,
    /// Length of the axis.
    days: usize,
    /// Most days by which a closure moves a due day on.
    closure: usize,
    /// Lines made so far.
    pub lines: Lines,
}

impl<'a> Builder<'a> {
    /// All lines of a model on its axis.
    pub fn build(model: &'a Model, axis: &Axis) -> Lines {
        let closure = axis.longest_closure();
        // Needs nobody asks for get their line where something leads to them: a follow-up, a referral, a
        // return.
        let mut builder = Self { model, days: axis.days, closure, lines: Lines::default() };
        for p in 0..model.practices.len() {
            for (k, need) in model.needs.iter().enumerate() {
                if need.rate.is_some() || need.start_backlog.iter().any(|n| *n > 0) {
                    builder.main(p, k);
                }
            }
        }
        // Lines that only levers make come last: the order of the others, and with it every tie, is the
        // same in every option.
        let mut next = builder.close(0);
        let redirects: Vec<_> = redirects(model).collect();
        for (number, (lever, change)) in redirects.iter().enumerate() {
            for p in 0..model.practices.len() {
                builder.redirect(p, number, &model.levers[*lever].changes[*change].1);
            }
        }
        next = builder.close(next);
        debug_assert_eq!(next, builder.lines.all.len());
        for line in &mut builder.lines.all {
            if line.offsets > 1 && !line.key.kind.asked_again() {
                line.alike = alike(model, line.key.as_need);
            }
        }
        builder.lines
    }

    /// What may happen next adds lines at the end; goes on until nothing is new.
    ///
    /// `next` is the first line not yet looked at; returns the number of lines.
    fn close(&mut self, mut next: usize) -> usize {
        while next < self.lines.all.len() {
            let key = self.lines.all[next].key;
            self.follow(key);
            // The twin stands behind its line at once, and is followed in its turn like any other.
            if has_twin(self.model, key) {
                self.lines.add_twin(next as LineId, self.days);
            }
            next += 1;
        }
        next
    }

    /// The main line of a practice and need.
    fn main(&mut self, p: usize, k: usize) -> LineId {
        let key = main_key(self.model, p, k);
        let size = main_size(self.model, k, self.closure);
        self.lines.get_or_add(key, size, self.days)
    }

    /// Lines of a redirect at a practice, with those of its returns.
    fn redirect(&mut self, p: usize, number: usize, change: &Change) {
        let Change::Redirect { from, to, returns, .. } = change else { return };
        for k in needs_of(self.model, *from) {
            if let RedirectTo::Role { role, as_need } = to {
                let key = redirect_key(p, k, *role, *as_need, returns.is_some().then_some(number as u32));
                self.lines.get_or_add(key, Size::PLAIN, self.days);
            }
            if let Some(returns) = returns {
                // People who return join the main line, which a need without requests of its own has not got
                // yet.
                self.main(p, returns.as_need.unwrap_or(k));
            }
        }
    }

    /// Lines that people of a line may join next.
    fn follow(&mut self, key: LineKey) {
        let model = self.model;
        let need = &model.needs[key.as_need];
        let rebooks = need.dna.as_ref().is_some_and(|d| d.rebook.fixed() != Some(0.0));
        // Fixed at nought is the only share that rules rebooking out in every draw.
        if rebooks || need.asks_again.is_some() {
            let size = again_size(model, key.as_need, (self.closure, self.days));
            self.lines.get_or_add(again_key(key), size, self.days);
        }
        if let Some(follow_up) = &need.follow_up {
            let k = follow_up.as_need;
            if follow_up.booked_when_due {
                self.main(key.practice, k);
            } else {
                let booked = booked_key(model, key.practice, follow_up);
                let after = booked_ahead(follow_up) as usize;
                let size = Size {
                    offsets: self.closure + 1,
                    lead_base: after,
                    forget_after: forget_lead(model, k),
                    ahead: after + self.closure,
                };
                self.lines.get_or_add(booked, size, self.days);
            }
        }
        for refer in &need.refers_on {
            self.main(key.practice, refer.as_need);
        }
    }
}

/// All redirects of a model, in a fixed order: `(lever, change)`.
///
/// The place in this order is a redirect's number everywhere: in kinds of lines, in tallies, in the front
/// door.
pub fn redirects(model: &Model) -> impl Iterator<Item = (usize, usize)> {
    model.levers.iter().enumerate().flat_map(|(l, lever)| {
        let is_redirect = |change: &Change| matches!(change, Change::Redirect { .. });
        lever.changes.iter().enumerate().filter(move |(_, (_, c))| is_redirect(c)).map(move |(c, _)| (l, c))
    })
}

/// Names of everything in the addresses of lines.
pub fn names(model: &Model) -> Names<'_> {
    Names {
        practices: model.practices.iter().map(|p| p.name.as_str()).collect(),
        needs: model.needs.iter().map(|n| n.name.as_str()).collect(),
        roles: model.roles.iter().map(|r| r.name.as_str()).collect(),
        changes: redirects(model)
            .map(|(l, c)| format!("{}.{}", model.levers[l].name, model.levers[l].changes[c].0))
            .collect(),
    }
}

/// Position of each redirect among those with returns.
///
/// None for a redirect without returns.
pub fn return_positions(model: &Model) -> Vec<Option<usize>> {
    let with: Vec<_> = redirects_with_returns(model).map(|(l, c, _)| (l, c)).collect();
    redirects(model).map(|r| with.iter().position(|w| *w == r)).collect()
}

/// Needs from which a redirect takes.
pub fn needs_of(model: &Model, from: RedirectFrom) -> Vec<usize> {
    match from {
        RedirectFrom::Category(c) => model.categories[c].of.clone(),
        RedirectFrom::Need(k) => vec![k],
    }
}

/// Key of the main line of a practice and need.
///
/// The role is the first that may see the need; a need that nobody may see gets role 0 and is never served.
pub fn main_key(model: &Model, p: usize, k: usize) -> LineKey {
    let role = model.needs[k].seen_by.first().map_or(0, |s| s.role);
    LineKey { practice: p, label: k, as_need: k, role, kind: Kind::Main, willing: false }
}

/// Key of the line of a redirect; `with_returns` is its number where it has returns.
pub fn redirect_key(
    p: usize,
    label: usize,
    role: usize,
    as_need: Option<usize>,
    with_returns: Option<u32>,
) -> LineKey {
    let kind = with_returns.map_or(Kind::Main, Kind::Redirected);
    LineKey { practice: p, label, as_need: as_need.unwrap_or(label), role, kind, willing: false }
}

/// Key of the line that people join who ask again after a DNA.
pub fn again_key(key: LineKey) -> LineKey {
    LineKey { kind: key.kind.again(), ..key }
}

/// Key of the line of follow-ups booked at a visit.
pub fn booked_key(model: &Model, p: usize, follow_up: &FollowUp) -> LineKey {
    LineKey { kind: Kind::Booked(booked_ahead(follow_up)), ..main_key(model, p, follow_up.as_need) }
}

/// Days by which a follow-up is booked ahead: nobody joins a queue that has already been served, so at least one.
fn booked_ahead(follow_up: &FollowUp) -> u32 {
    follow_up.after_days.max(1)
}

/// Size of a need's main line.
fn main_size(model: &Model, k: usize, closure: usize) -> Size {
    if model.needs[k].chosen_lead.is_none() {
        return Size::PLAIN;
    }
    // Every law and measure treats longer leads alike.
    let longest = forget_lead(model, k);
    // At least the last day of the last band of leads, and any delay after which people join here.
    let ahead = longest_delay(model, k).max(LEAD_BANDS[6].1 as usize) + closure;
    Size { offsets: longest.min(ahead) + 1, lead_base: 0, forget_after: longest, ahead }
}

/// Longest delay after which people join a need's main line: returns, referrals, follow-ups [days].
fn longest_delay(model: &Model, k: usize) -> usize {
    // Returns of every redirect, whichever need they join as: a little too long costs a few cells.
    let returns = redirects(model).filter_map(|(l, c)| match &model.levers[l].changes[c].1 {
        Change::Redirect { returns, .. } => returns.as_ref().map(|r| r.after_days),
        _ => None,
    });
    let joins = model.needs.iter().flat_map(|need| {
        let follow_up = need.follow_up.iter().filter(|f| f.booked_when_due && f.as_need == k);
        let referred = need.refers_on.iter().filter(|r| r.as_need == k);
        follow_up.map(|f| f.after_days).chain(referred.map(|r| r.after_days))
    });
    returns.chain(joins).max().unwrap_or(0) as usize
}

/// Days since first due that matter to a need's targets, held at the longest target plus one.
///
/// None where no target is for the need: then only the due day counts.
fn target_cap(model: &Model, k: usize) -> Option<usize> {
    model.targets.iter().filter(|t| t.need == k).map(|t| t.within_days as usize + 1).max()
}

/// Size of a need's line of those who ask again, on an axis of so many days.
fn again_size(model: &Model, k: usize, (closure, days): (usize, usize)) -> Size {
    let Some(cap) = target_cap(model, k) else { return Size::PLAIN };
    // Nobody waits longer than there are days.
    let cap = cap.min(days);
    let rebook_after = model.needs[k].dna.as_ref().map_or(0, |d| d.rebook_after_days as usize);
    Size { offsets: cap + 1, lead_base: 0, forget_after: cap, ahead: rebook_after.max(1) + closure }
}

/// For each time from booking the least one that the DNA law and the national bands treat alike.
///
/// By time from booking [days]. People whom laws treat alike become one batch when they are seen, which keeps
/// leads cheap.
fn alike(model: &Model, k: usize) -> Vec<u16> {
    let dna = model.needs[k].dna.as_ref();
    // Where a change of leads moves the chance in part, patients of different leads are moved to different steps.
    let in_part = dna.is_some_and(Dna::follows_leads_in_part);
    let steps: Vec<usize> = match dna.map(|dna| &dna.law) {
        _ if in_part => (0..=forget_lead(model, k)).collect(),
        Some(DnaLaw::ByDay(steps)) => steps.iter().map(|(day, _)| *day as usize).collect(),
        Some(DnaLaw::Saturating { .. }) => (0..=DNA_DAYS as usize).collect(),
        _ => Vec::new(),
    };
    let mut first = 0;
    (0..=forget_lead(model, k))
        .map(|day| {
            if day > 0 && (steps.contains(&day) || band(day) != band(day - 1)) {
                first = day;
            }
            first as u16
        })
        .collect()
}

/// Wait after which a lead no longer matters: past the last national band and the last step of the DNA
/// law.
pub(super) fn forget_lead(model: &Model, k: usize) -> usize {
    let law = model.needs[k].dna.as_ref().map(|d| &d.law);
    let last_step = match law {
        None | Some(DnaLaw::Constant(_)) => 0,
        Some(DnaLaw::ByDay(steps)) => steps.last().map_or(0, |(day, _)| *day as usize),
        Some(DnaLaw::Saturating { .. }) => DNA_DAYS as usize,
    };
    // 29 days is the first of the last national band.
    last_step.max(29)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::load_text;

    const FAR: &str = r#"
[horizon]
start = 2019-04-01
weeks = 4
[practice.north]
registered_list = 9000
[need.routine]
rate_per_patient_year = 2
dna = { share = 0.1, rebook = 0.5 }
[post.doctors]
slots_per_day = 80
[target.seen]
need = "routine"
within_days = 3650
share = 0.8
"#;

    /// A target beyond the period takes no more memory than one as long as the period.
    #[test]
    fn no_line_is_longer_than_the_period() {
        let scenario = load_text("far.toml", FAR, &[]);
        let scenario = scenario.unwrap_or_else(|report| panic!("{}", report.render(false)));
        let model = &scenario.options[0].model;
        let axis = Axis::new(model);
        let longest = Builder::build(model, &axis).all.iter().map(|line| line.offsets).max();
        assert_eq!(longest, Some(axis.days + 1));
    }
}
