//! Years of one size: the few figures that sizing needs of each, and nothing else.

use super::Goal;
use crate::experiment::run::{Settings, first};
use crate::model::Model;
use crate::outcome::columns::{About, Place};
use crate::outcome::extract::Extract;
use crate::plan::lanes::{LANES, Replication};
use crate::year::Year;
use rayon::prelude::*;

/// What is kept of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// Whether the target held, or the share seen in time.
    Goal,
    /// Contacts attended, all roles and practices.
    Attended,
    /// Contacts with the role of the post, all practices.
    OfRole,
    /// Work that joined the queues of the role, where the post works [hours].
    Work,
    /// Appointment time of the role there [hours].
    Rostered,
    /// All costs [£].
    Cost,
    /// Of the costs, what funds pay back [£].
    Reimbursed,
    /// What the post's fund would pay back if it had no end [£].
    Claim,
}

/// Figures kept.
const FIGURES: usize = 8;

/// One size, compiled, with its years so far.
pub struct Years {
    year: Year,
    extract: Extract,
    /// The model as the post's fund alone sees it, without the fund's end.
    claims: Option<Model>,
    columns: [Option<usize>; FIGURES],
    rows: Vec<f32>,
    done: usize,
}

impl Years {
    /// Compiles a size.
    pub fn new(model: Model, goal: &Goal, post: Option<usize>, settings: Settings) -> Self {
        let year = Year::new(model, settings.seed, false);
        let full = matches!(goal.works_at, Place::Practice(_));
        let extract = Extract::new(&year.model, &year.book, &year.axis, full);
        let find = |measure: &str, place, about| extract.columns.find(measure, place, about);
        let role = post.map(|post| About::Role(year.model.posts[post].role));
        let of_role = |measure: &str, place| role.and_then(|role| find(measure, place, role));
        let all = |measure: &str| find(measure, Place::All, About::All);
        let columns = [
            find(goal.measure(), goal.place, About::Target(goal.target)),
            all("attended"),
            of_role("contacts", Place::All),
            of_role("work_hours", goal.works_at),
            of_role("rostered_hours", goal.works_at),
            all("cost_total"),
            all("cost_reimbursed"),
            None,
        ];
        let claims = post.and_then(|post| endless(&year.model, post));
        Self { year, extract, claims, columns, rows: Vec::new(), done: 0 }
    }

    /// The model.
    pub fn model(&self) -> &Model {
        &self.year.model
    }

    /// Plays on until so many years are done.
    pub fn upto(&mut self, years: usize, told: &(dyn Fn(usize) + Sync)) {
        let reps: Vec<Replication> = first(years).split_off(self.done.min(years));
        self.rows.resize((self.done + reps.len()) * FIGURES, f32::NAN);
        let rows = self.rows[self.done * FIGURES..].par_chunks_mut(LANES * FIGURES);
        let (year, extract) = (&self.year, &self.extract);
        let (columns, claims) = (&self.columns, &self.claims);
        reps.par_chunks(LANES).zip(rows).for_each_init(
            || (year.block(), vec![f32::NAN; extract.columns.all.len()]),
            |(block, whole), (reps, rows)| {
                year.run(reps, block);
                for (lane, row) in rows.chunks_mut(FIGURES).enumerate() {
                    extract.row(&year.model, &block.book.tally, lane, &block.slots[lane], whole);
                    for (value, column) in row.iter_mut().zip(columns) {
                        *value = column.map_or(f32::NAN, |column| whole[column]);
                    }
                    if let (Some(claims), Some(column)) = (claims, columns[Figure::Reimbursed as usize]) {
                        extract.row(claims, &block.book.tally, lane, &block.slots[lane], whole);
                        row[Figure::Claim as usize] = whole[column];
                    }
                }
                told(reps.len());
            },
        );
        self.done += reps.len();
    }

    /// A figure of every year so far, in their order.
    pub fn series(&self, figure: Figure) -> Vec<f64> {
        self.rows.chunks(FIGURES).map(|row| f64::from(row[figure as usize])).collect()
    }
}

/// The model in which only the fund that pays for a post pays, and has no end; none where no fund pays for it.
fn endless(model: &Model, post: usize) -> Option<Model> {
    let fund = model.posts[post].paid_by?;
    let mut claims = model.clone();
    for (at, other) in claims.funds.iter_mut().enumerate() {
        other.pounds = 0.0;
        if at != fund {
            other.reimburses.clear();
        }
    }
    Some(claims)
}
