//! From the tally of one replication to its row of figures. "No value" is NaN, never 0.
//!
//! In: the [`Tally`] of a block and the quantities that each lane drew. Out: a row of [`Columns`]. What depends on the
//! scenario alone (which cells, posts and practices a group sums) is laid out once in [`Extract::new`]; a replication
//! then costs sums over those cells.
//!
//! Fit: `needs.rs`, `access.rs` and `targets.rs` work figures of a place out, `team.rs` those of a role,
//! `money.rs` pounds. The sentences of [`super::formula`] say the same in words; the tests of `outcome` hold both
//! to scenarios that can be worked out by hand.

mod access;
mod needs;
mod targets;

use super::columns::{About, Column, Columns, Group, Place};
use super::measure::MEASURES;
use super::money::Borne;
use super::team::Team;
use super::work::Work;
use crate::book::Book;
use crate::book::tally::{BANDS, Tally};
use crate::model::Model;
use crate::model::post::Base;
use crate::plan::axis::Axis;
use crate::units::{TICKS_PER_MINUTE, Ticks};
use access::band_sum;
use needs::{Figure, NeedFigures, figure};
use targets::targets;

/// Scenario time: which cells of the tally each group sums.
///
/// Shared by all threads; it holds no counts.
#[derive(Clone, Debug)]
pub struct Extract {
    /// Columns.
    pub columns: Columns,
    /// By group: practices, cells of contacts, posts.
    cells: Vec<Cells>,
    /// Counted period [weeks].
    weeks: f64,
    /// Redirects of the option: `(lever, change)`, as the book numbers them.
    redirects: Vec<(usize, usize)>,
}

/// What one group sums, as positions in the tally.
#[derive(Clone, Debug)]
struct Cells {
    /// Practices of the place.
    practices: Vec<usize>,
    /// Needs that count.
    needs: Vec<usize>,
    /// Cells of contacts: a practice, a need and the role that saw them.
    seen: Vec<usize>,
    /// Of those, with the need's usual role.
    usual: Vec<usize>,
    /// Posts whose minutes count at the place; of a group by role, only that role's.
    posts: Vec<usize>,
    /// Posts whose cost the place bears, wholly or in part.
    borne: Vec<Borne>,
    /// How each measure of a group by place and need is worked out; empty for other groups.
    figures: Vec<Figure>,
}

impl Extract {
    /// Lays out the columns of an option.
    ///
    /// `axis` gives the counted period; `full` and `also` say what is kept of practices (see [`Columns::new`]).
    pub fn new(model: &Model, book: &Book, axis: &Axis, full: bool, also: Option<Column>) -> Self {
        let columns = Columns::new(model, full, also);
        let cells = columns.groups.iter().map(|group| cells(model, book, group)).collect();
        let weeks = (axis.days - axis.warm_up) as f64 / 7.0;
        Self { columns, cells, weeks, redirects: book.redirects.clone() }
    }

    /// Fills the row of one lane.
    ///
    /// `row` has a figure for each column. `slots` are what this lane drew.
    pub fn row(&self, model: &Model, tally: &Tally, lane: usize, slots: &[f64], row: &mut [f32]) {
        for at in self.columns.groups.iter().zip(&self.cells) {
            self.group(at, model, tally, lane, slots, row);
        }
    }

    /// The groups that hold some columns.
    ///
    /// In their order, for [`Extract::some`]; a column of none is in no group.
    pub fn groups_of(&self, columns: &[Option<usize>]) -> Vec<usize> {
        let holds = |group: &Group| {
            let range = group.first..group.first + group.measures.len();
            columns.iter().flatten().any(|column| range.contains(column))
        };
        (0..self.columns.groups.len()).filter(|&at| holds(&self.columns.groups[at])).collect()
    }

    /// Fills some groups of the row of one lane.
    ///
    /// What is not in these groups is left as it was in `row`.
    pub fn some(
        &self,
        groups: &[usize],
        model: &Model,
        (tally, lane): (&Tally, usize),
        slots: &[f64],
        row: &mut [f32],
    ) {
        for &at in groups {
            self.group((&self.columns.groups[at], &self.cells[at]), model, tally, lane, slots, row);
        }
    }

    /// Fills the rows of several lanes, one after the other: group by group, while what is counted for a group is near
    /// the processor.
    /// `rows` holds one row after the other, one a lane; `slots[lane]` are the quantities it drew.
    pub fn rows(&self, model: &Model, tally: &Tally, slots: &[Vec<f64>], rows: &mut [f32]) {
        let width = self.columns.all.len().max(1);
        for at in self.columns.groups.iter().zip(&self.cells) {
            for (lane, row) in rows.chunks_mut(width).enumerate() {
                self.group(at, model, tally, lane, &slots[lane], row);
            }
        }
    }

    /// Fills the figures of one group in the row of one lane.
    fn group(
        &self,
        (group, cells): (&Group, &Cells),
        model: &Model,
        tally: &Tally,
        lane: usize,
        slots: &[f64],
        row: &mut [f32],
    ) {
        // The columns of the group, side by side: the order in which they were laid out.
        let out = &mut row[group.first..group.first + group.measures.len()];
        let work = Work { model, tally, lane, slots };
        // What a group is about decides how its figures are worked out; a measure of another grain has no column here.
        match group.about {
            About::All | About::Need(_) => {
                let of = NeedFigures::new(work, cells, self.weeks, &self.redirects);
                for (value, figure) in out.iter_mut().zip(&cells.figures) {
                    *value = figure(&of) as f32;
                }
            }
            About::Role(role) => roles(work, role, self.weeks, group, cells, out),
            About::Redirect(number) => redirect(tally, lane, number, group, cells, out),
            About::Target(target) => targets(work, target, group, cells, out),
        }
    }
}

/// The cells of a group.
///
/// Scenario time: what a group sums is the same in every replication.
fn cells(model: &Model, book: &Book, group: &Group) -> Cells {
    let practices = group.place.practices(model);
    let needs = match group.about {
        About::Need(k) => vec![k],
        _ => (0..model.needs.len()).collect(),
    };
    let wanted = |&(p, k, role): &(usize, usize, usize)| {
        practices.contains(&p)
            && match group.about {
                About::Need(need) => k == need,
                About::Role(r) => role == r,
                _ => true,
            }
    };
    let seen: Vec<usize> =
        (0..book.service.seen_cells.len()).filter(|&i| wanted(&book.service.seen_cells[i])).collect();
    let usual = |&&i: &&usize| {
        let (_, k, role) = book.service.seen_cells[i];
        model.needs[k].seen_by.first().is_some_and(|usual| usual.role == role)
    };
    let usual = seen.iter().filter(usual).copied().collect();
    let mut posts = posts_at(model, group.place);
    if let About::Role(role) = group.about {
        posts.retain(|&post| model.posts[post].role == role);
    }
    let figures = match group.about {
        About::All | About::Need(_) => group.measures.iter().map(|&m| figure(MEASURES[m].name)).collect(),
        _ => Vec::new(),
    };
    let borne = match group.about {
        About::All => Borne::at(model, &practices),
        _ => Vec::new(),
    };
    Cells { practices, needs, seen, usual, posts, borne, figures }
}

/// Posts whose minutes count at a place: those based there, and those that see exactly its patients.
pub fn posts_at(model: &Model, place: Place) -> Vec<usize> {
    let practices = place.practices(model);
    let here = |&i: &usize| {
        let post = &model.posts[i];
        match (place, post.base) {
            (Place::All, _) => true,
            (Place::Network(n), Base::Practice(p)) => model.practices[p].network == n,
            (Place::Network(n), Base::Network(own)) => n == own,
            (Place::Practice(p), Base::Practice(own)) => p == own,
            (_, Base::Federation) | (Place::Practice(_), Base::Network(_)) => {
                post.practices(model) == practices
            }
        }
    };
    (0..model.posts.len()).filter(here).collect()
}

/// A ratio; no value where nothing is counted.
///
/// NaN, which the table writes as no value.
fn ratio(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { f64::NAN }
}

/// Measures by place and role.
fn roles(work: Work<'_>, role: usize, weeks: f64, group: &Group, cells: &Cells, out: &mut [f32]) {
    let Work { tally, lane, .. } = work;
    let ticks = |minutes: &[crate::plan::lanes::Lanes<Ticks>]| -> Ticks {
        let weeks = tally.sizes.weeks;
        let of = |post: &usize| (0..weeks).map(|w| minutes[post * weeks + w][lane]).sum::<Ticks>();
        cells.posts.iter().map(of).sum()
    };
    let hours = |ticks: Ticks| ticks as f64 / TICKS_PER_MINUTE / 60.0;
    let all = [&tally.rostered, &tally.used, &tally.unusable, &tally.held_lost].map(|minutes| ticks(minutes));
    let [rostered, used, unusable, held_lost] = all.map(hours);
    // In whole ticks: what is left of hours that cancel would be rounding.
    let unused = hours(all[0] - all[1..].iter().sum::<Ticks>());
    let contacts = band_sum(tally, lane, &cells.seen, BANDS) as f64;
    let team = Team { work, role, practices: &cells.practices, posts: &cells.posts, weeks, rostered };
    for (value, &m) in out.iter_mut().zip(&group.measures) {
        *value = match MEASURES[m].name {
            "contacts" => contacts,
            "rostered_hours" => rostered,
            "used_hours" => used,
            "utilisation" => ratio(used, rostered),
            "unusable_hours" => unusable,
            "held_lost_hours" => held_lost,
            "unused_hours" => unused,
            name => team.value(name),
        } as f32;
    }
}

/// Measures by redirect.
fn redirect(tally: &Tally, lane: usize, number: usize, group: &Group, cells: &Cells, out: &mut [f32]) {
    let sum = |of: &[crate::plan::lanes::Lanes<u32>]| -> f64 {
        let at = |p: &usize| f64::from(of[number * tally.sizes.practices + p][lane]);
        cells.practices.iter().map(at).sum()
    };
    for (value, &m) in out.iter_mut().zip(&group.measures) {
        *value = match MEASURES[m].name {
            "change_rated" => sum(&tally.before_redirect),
            "change_redirected" => sum(&tally.redirected),
            "change_returned" => sum(&tally.redirect_returns),
            _ => f64::NAN,
        } as f32;
    }
}
