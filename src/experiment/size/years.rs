//! Years of one size: the few figures that sizing needs of each, and nothing else.
//!
//! In: a model and the plan of the question. Out: the figures of [`Figure`], year by year. A size is compiled once and
//! played on as the search asks; nothing but these columns is worked out of a year. Fit: [`super::search`] reads the
//! goal, the report the rest.

use super::Goal;
use crate::experiment::kept_years::{Fingerprint, KeptYears, fingerprint};
use crate::experiment::run::{Settings, first};
use crate::model::Model;
use crate::outcome::columns::{About, Place};
use crate::outcome::extract::Extract;
use crate::plan::lanes::{LANES, Replication};
use crate::year::pool::Pool;
use crate::year::{Block, Year};
use rayon::prelude::*;

/// What is kept of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// Whether the target held, or the share seen in time.
    Goal,
    /// Contacts attended, all roles and practices.
    Attended,
    /// Contacts with the role of the post, where it works.
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
    /// Requests unmet where the target is judged.
    Unmet,
    /// Requests there.
    Requests,
}

impl Figure {
    /// Its place in a row; the goal's is behind all others, with both measures of every target, so that years serve any of them.
    fn place(self, goal: usize) -> usize {
        match self {
            Self::Goal => goal,
            other => other as usize - 1,
        }
    }
}

/// Measures kept of every target: whether it held, and the share seen in time.
const OF_TARGETS: [&str; 2] = ["target_met", "seen_within_target"];

/// Years of which the work of a practice's own post is kept: a mean of these is known to a per cent or so.
const DEEP: u64 = 64;

/// One size, compiled, with its years so far.
///
/// Years are played in order, without a gap, so a size may be played on at any time.
pub struct Years {
    /// Compiled once; a block a thread.
    pool: Pool,
    /// What is worked out of a year: the columns below.
    extract: Extract,
    /// Every figure of every practice, for the work of a practice's own post; far slower, so of the first years alone.
    deep: Option<(Extract, [Option<usize>; 2])>,
    /// The model as the post's fund alone sees it, without the fund's end.
    claims: Option<Model>,
    /// Of each figure, where it is in the table; none where the model has none.
    columns: Vec<Option<usize>>,
    /// Place of the goal in a row.
    goal: usize,
    /// Groups that hold them.
    groups: Vec<usize>,
    /// `[year][figure]`, flat.
    rows: Vec<f32>,
    /// Years played.
    done: usize,
    /// The seed of its draws and what its figures are of: with the model all that decides them.
    of: String,
}

impl Years {
    /// Compiles a size.
    ///
    /// `post` is the position of the post that is sized; its role's work is read where the post works.
    pub fn new(model: Model, goal: &Goal, post: Option<usize>, settings: Settings) -> Self {
        let year = Year::new(model, settings.seed, false);
        let extract = Extract::new(&year.model, &year.book, &year.axis, false, None);
        let find = |measure: &str, place, about| extract.columns.find(measure, place, about);
        let role = post.map(|post| About::Role(year.model.posts[post].role));
        let of_role = |measure: &str, place| role.and_then(|role| find(measure, place, role));
        let all = |measure: &str| find(measure, Place::All, About::All);
        let mut columns = vec![
            all("attended"),
            of_role("contacts", goal.works_at),
            of_role("work_hours", goal.works_at),
            of_role("rostered_hours", goal.works_at),
            all("cost_total"),
            all("cost_reimbursed"),
            None,
            find("unmet", goal.place, About::All),
            find("requests", goal.place, About::All),
        ];
        let mut of_goal = 0;
        for (target, measure) in
            (0..year.model.targets.len()).flat_map(|target| OF_TARGETS.map(|measure| (target, measure)))
        {
            if (target, measure) == (goal.target, goal.measure()) {
                of_goal = columns.len();
            }
            columns.push(find(measure, goal.place, About::Target(target)));
        }
        let claims = post.and_then(|post| endless(&year.model, post));
        // Only a practice's own post needs the wide table: what others do is read from the usual one.
        let deep = role.filter(|_| matches!(goal.works_at, Place::Practice(_))).map(|role| {
            let deep = Extract::new(&year.model, &year.book, &year.axis, true, None);
            let find = |measure| deep.columns.find(measure, goal.works_at, role);
            let columns = [find("work_hours"), find("rostered_hours")];
            (deep, columns)
        });
        let groups = extract.groups_of(&columns);
        // Not the target and its chance: the figures are of all targets.
        let of = (settings.seed, goal.place, goal.works_at, post, columns.len());
        let of = format!("{of:?}");
        Self {
            pool: Pool::new(year),
            extract,
            deep,
            claims,
            columns,
            goal: of_goal,
            groups,
            rows: Vec::new(),
            done: 0,
            of,
        }
    }

    /// The model.
    pub fn model(&self) -> &Model {
        &self.pool.year().model
    }

    /// Years played.
    pub fn done(&self) -> usize {
        self.done
    }

    /// Plays on until so many years are done.
    ///
    /// `told` hears of each block; years that were played already, here or by an earlier search, are not played again.
    pub fn upto(&mut self, years: usize, kept: &KeptYears, told: &(dyn Fn(usize) + Sync)) {
        let reps: Vec<Replication> = first(years).split_off(self.done.min(years));
        let of = kept.any().then(|| self.fingerprint());
        let more = kept.rows(of, self.columns.len(), &reps, told, |missing| self.play(missing, told));
        self.done += reps.len();
        self.rows.extend(more);
    }

    /// All that decides a figure of a year but the year.
    fn fingerprint(&self) -> Fingerprint {
        fingerprint(self.model(), &self.of)
    }

    /// Plays years, which may be any; their figures, one row a year.
    fn play(&self, reps: &[Replication], told: &(dyn Fn(usize) + Sync)) -> Vec<f32> {
        let wide = self.columns.len();
        let mut more = vec![f32::NAN; reps.len() * wide];
        let rows = more.par_chunks_mut(LANES * wide);
        let width = self.width();
        reps.par_chunks(LANES).zip(rows).for_each_init(
            || vec![f32::NAN; width],
            |whole, (reps, rows)| {
                self.pool.play(reps, |block| {
                    for (lane, row) in rows.chunks_mut(wide).enumerate() {
                        self.year_of(block, (lane, reps[lane]), whole, row);
                    }
                });
                told(reps.len());
            },
        );
        self.pool.rest();
        more
    }

    /// Figures of the wider of the two tables, so that a row of either may be written into it.
    fn width(&self) -> usize {
        let deep = self.deep.as_ref().map_or(0, |(deep, _)| deep.columns.all.len());
        self.extract.columns.all.len().max(deep)
    }

    /// The figures of one year, written into one row; the deep table is of the first years alone.
    fn year_of(&self, block: &Block, (lane, rep): (usize, Replication), whole: &mut [f32], row: &mut [f32]) {
        let (tally, slots) = (&block.book.tally, &block.slots[lane]);
        self.extract.some(&self.groups, self.model(), (tally, lane), slots, whole);
        for (value, column) in row.iter_mut().zip(&self.columns) {
            *value = column.map_or(f32::NAN, |column| whole[column]);
        }
        if let (Some(claims), Some(column)) =
            (&self.claims, self.columns[Figure::Reimbursed.place(self.goal)])
        {
            self.extract.some(&self.groups, claims, (tally, lane), slots, whole);
            row[Figure::Claim.place(self.goal)] = whole[column];
        }
        if let Some((deep, columns)) = self.deep.as_ref().filter(|_| rep.draw < DEEP) {
            deep.row(self.model(), tally, lane, slots, whole);
            for (figure, column) in [Figure::Work, Figure::Rostered].into_iter().zip(columns) {
                row[figure.place(self.goal)] = column.map_or(f32::NAN, |column| whole[column]);
            }
        }
    }

    /// A figure of every year so far, in their order; NaN where a year has no value.
    pub fn series(&self, figure: Figure) -> Vec<f64> {
        let at = figure.place(self.goal);
        self.rows.chunks(self.columns.len()).map(|row| f64::from(row[at])).collect()
    }
}

/// The model in which only the fund that pays for a post pays, and has no end; none where no fund pays for it.
///
/// Only the claims are of that model; nothing is played in it.
fn endless(model: &Model, post: usize) -> Option<Model> {
    let fund = model.posts[post].paid_by?;
    let mut claims = model.clone();
    for (at, other) in claims.funds.iter_mut().enumerate() {
        other.pounds = f64::INFINITY;
        if at != fund {
            other.reimburses.clear();
        }
    }
    Some(claims)
}
