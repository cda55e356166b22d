//! Everything a report of sizing may say, computed once, with the sentences.
//!
//! In: what sizing came to. Out: for each way of sharing the curve of chance against size, which size is enough and
//! which is too few, what each step costs and brings, and why no size will do where none does. The answer comes first.

mod amount;
mod at_full;
mod falls;
pub mod figures;
pub mod fund;
mod moves;
pub mod rows;
pub mod sentences;
mod sharing;
pub mod shows;
pub mod steady;
pub mod stuck;
pub mod titles;

use super::advised::{Advised, advised};
use super::headline::Subject;
use super::settling::Settling;
use crate::experiment::size::knob::{Knob, Unit};
use crate::experiment::size::{Sized, Way};
use crate::model::Model;
use crate::scenario::AS_NOW;
use crate::scenario::receivers::Unreceived;
use crate::stats::moments::Moments;
use crate::stats::sequential::{JUDGED, Sequential, Stands};
use crate::units::Day;
pub use amount::{amount, number};
use at_full::AtFull;
use fund::FundSeen;
use moves::{Moves, moves, no_difference};
use rows::Row;
use steady::Queues;
use stuck::{Stuck, stuck};

/// What has to hold, in words.
#[derive(Clone, Debug)]
pub struct GoalSaid {
    /// Title of the target.
    pub target: String,
    /// For whom it is judged; empty where the scenario has no other place.
    pub place: String,
    /// True for a chance over years; false for the mean share seen in time.
    pub chance: bool,
    /// The level.
    pub level: f64,
    /// Things as they are, where they have to be reached: then all figures of the goal are differences from them.
    pub now: Option<NowSaid>,
    /// A size within this of the level is borderline where no more can be told.
    pub near: f64,
}

/// Things as they are, over the years played [share].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NowSaid {
    /// Seen in time, of those due under the target.
    pub in_time: f64,
    /// Unmet, of all requests.
    pub unmet: f64,
}

/// One way of sharing.
#[derive(Clone, Debug)]
pub struct WaySized {
    /// `pooled`, `split`, `rota`; none where that was not asked.
    pub sharing: Option<String>,
    /// Every size tried, the smallest first.
    pub rows: Vec<Row>,
    /// Position of the smallest size that is enough.
    pub enough: Option<usize>,
    /// Position of the largest size that is too few.
    pub too_few: Option<usize>,
    /// Years played until the answer stood.
    pub searched: usize,
    /// Years played in all.
    pub years: usize,
    /// Share of years in which a smaller size does better than a larger one.
    pub disordered: f64,
    /// True where more does worse.
    pub falls: bool,
    /// Why no size will do; none where one is, or where the largest is borderline and more of it helps.
    pub stuck: Option<Stuck>,
    /// Position of the size from which on more of it makes no difference to the target; none where a size is enough.
    pub flat: Option<usize>,
    /// What size moves although the target does not tell sizes apart; none where a size is enough.
    pub moves: Option<Moves>,
    /// Position of the first size at which less holds than at the one before, and yet fewer go unmet.
    pub falls_with_unmet: Option<usize>,
}

impl WaySized {
    /// The row that is enough.
    pub fn enough(&self) -> Option<&Row> {
        self.rows.get(self.enough?)
    }

    /// Sizes of which it cannot be told whether they are enough: between those that are shown to be too few and enough.
    pub fn borderline(&self) -> &[Row] {
        let from = self.too_few.map_or(0, |few| few + 1);
        let rows = &self.rows[from..self.enough.unwrap_or(self.rows.len()).max(from)];
        let open = |row: &Row| matches!(row.stands, Stands::Near | Stands::Open);
        if rows.iter().all(open) { rows } else { &[] }
    }
}

/// Everything a report of sizing may say.
#[derive(Clone, Debug)]
pub struct SizedFindings {
    /// Title of the scenario.
    pub title: String,
    /// First and last counted day.
    pub period: (Day, Day),
    /// Seed.
    pub seed: u64,
    /// True where every input is fixed.
    pub fixed: bool,
    /// What is sized.
    pub what: String,
    /// In what it is counted.
    pub unit: Unit,
    /// Size as stated.
    pub now: f64,
    /// From one size to the next.
    pub step: f64,
    /// The usual step, where too many sizes would lie so near.
    pub finer: Option<f64>,
    /// Sizes on the grid.
    pub grid: usize,
    /// Title of the option; none for things as they are.
    pub option: Option<String>,
    /// What has to hold.
    pub goal: GoalSaid,
    /// The rule by which sizes were told apart.
    pub rule: Sequential,
    /// Title of the role of the post; none where another number is varied.
    pub role: Option<String>,
    /// The fund that pays a part of the post.
    pub fund: Option<FundSeen>,
    /// Levers that are left out where nobody has the role that they redirect to.
    pub left_out: Vec<Unreceived>,
    /// What becomes of its queues where there is not enough time.
    pub queues: Queues,
    /// Every way of sharing.
    pub ways: Vec<WaySized>,
    /// The slowest of all levers that is still settling in.
    pub settling: Option<Settling>,
    /// What holds at the size that is enough once all levers are at full strength; none where nothing settles in.
    pub at_full: Option<AtFull>,
    /// Whom the size that is enough harms, and what is foretold of it.
    pub advised: Advised,
    /// Where further people come among the sizes that were tried; none where that tells nothing.
    pub further: Option<String>,
    /// What to type instead where more does worse.
    pub instead: String,
    /// The answer, sentence by sentence; the first is the answer.
    pub answer: Vec<String>,
}

impl SizedFindings {
    /// Computes the findings.
    pub fn new(sized: &Sized) -> Self {
        let plan = &sized.plan;
        let option = &sized.scenario.options[plan.option];
        let model = &option.model;
        let post = plan.knob.post.map(|post| &model.posts[post]);
        let fund = plan.knob.post.and_then(|post| FundSeen::new(model, post));
        let way = |way: &Way| one(sized, way, fund.as_ref());
        let (settling, at_full) = at_full::at_full(sized);
        let mut findings = Self {
            settling,
            at_full,
            title: sized.scenario.title.clone(),
            period: (model.horizon.start, model.horizon.start.plus(model.horizon.days as i32 - 1)),
            seed: plan.settings.seed,
            fixed: model.inputs.is_empty(),
            what: what(model, &plan.knob),
            unit: plan.knob.unit.clone(),
            now: plan.knob.now,
            step: plan.knob.step,
            finer: plan.knob.finer,
            grid: plan.knob.grid.last + 1,
            option: (option.name != AS_NOW).then(|| option.title.clone()),
            goal: goal(model, sized),
            rule: sized.rule,
            role: post.map(|post| model.roles[post.role].title.clone()),
            queues: Queues::of(model, post.map(|post| post.role)),
            ways: sized.ways.iter().map(way).collect(),
            fund,
            left_out: sized.left_out.clone(),
            advised: advice(sized),
            further: further(model, sized),
            instead: falls::sweep(sized),
            answer: Vec::new(),
        };
        findings.answer = sentences::answer(&findings);
        findings
    }

    /// A size with its unit: `2.5 WTE`, `33 slots a day`.
    pub fn size(&self, size: f64) -> String {
        amount(&self.unit, size)
    }

    /// True where a size reaches what is asked as far as its years show, which is not yet what may be said of it.
    pub fn leans(&self, row: &Row) -> bool {
        let unmet = row.fewer_unmet.is_none_or(|fewer| fewer.mean >= self.goal.level);
        unmet && row.mean.is_some_and(|mean| mean >= self.goal.level)
    }

    /// From how many years on a size is judged; none where it is from the first look on.
    pub fn judged(&self) -> Option<usize> {
        (!self.goal.chance).then(|| JUDGED.min(self.rule.most))
    }

    /// One unit of size: `WTE`.
    pub fn each(&self) -> &'static str {
        match self.unit {
            Unit::Wte => "WTE",
            Unit::Slots => "slot a day",
            Unit::Other => "unit",
        }
    }
}

/// What is sized: the title of the post, or of the number.
pub fn what(model: &Model, knob: &Knob) -> String {
    knob.post.map_or_else(|| knob.title.clone(), |post| super::staffing::post_title(model, post))
}

/// Where further people come from the smallest size tried to the largest.
fn further(model: &Model, sized: &Sized) -> Option<String> {
    let knob = &sized.plan.knob;
    let post = knob.post.filter(|_| knob.unit == Unit::Wte)?;
    let tried = || sized.ways.iter().flat_map(|way| way.found.tried.keys());
    let sizes: Vec<f64> = (*tried().min()?..=*tried().max()?).map(|at| knob.size(at)).collect();
    super::people::further(model, post, &sizes)
}

/// What the size that is enough does beside things as they are, in the first way of sharing.
///
/// Empty where none is enough. Plays both once more (`findings::advised`).
fn advice(sized: &Sized) -> Advised {
    let Some(way) = sized.ways.first() else { return Advised::default() };
    let Some(enough) = way.found.enough else { return Advised::default() };
    let (plan, years) = (&sized.plan, way.found.tried[&enough].years);
    advised(&sized.stated, &sized.scenario, plan.option, (plan.settings.seed, years))
}

/// What has to hold, with names as titles.
fn goal(model: &Model, sized: &Sized) -> GoalSaid {
    let one = model.practices.len() == 1;
    let goal = &sized.plan.goal;
    GoalSaid {
        target: model.targets[goal.target].title.clone(),
        place: if one { String::new() } else { Subject::new(model, goal.place).name },
        chance: goal.chance.is_some(),
        level: goal.level(&model.targets),
        // Without anybody due there is nothing to reach, and nothing to judge by either.
        now: sized.now.as_ref().map(|now| {
            let [in_time, unmet] =
                [&now.in_time, &now.unmet].map(|years| Moments::of(years).mean().unwrap_or(0.0));
            NowSaid { in_time, unmet }
        }),
        near: goal.near,
    }
}

/// One way of sharing.
fn one(sized: &Sized, way: &Way, fund: Option<&FundSeen>) -> WaySized {
    let rows = rows::rows(sized, way, fund);
    let at = |step: Option<usize>| step.and_then(|step| way.steps.iter().position(|s| s.at == step));
    let (enough, too_few) = (at(way.found.enough), at(way.found.too_few));
    let pairs: usize =
        way.steps.windows(2).map(|pair| pair[0].figures[0].len().min(pair[1].figures[0].len())).sum();
    let none = enough.is_none() && !way.falls;
    let flat = no_difference(way, &sized.rule).filter(|_| none);
    let fails = |last: &&Row| none && (last.stands == Stands::Below || flat.is_some());
    let stuck = rows.last().filter(fails).and_then(|last| stuck(sized, way, last));
    WaySized {
        sharing: way.sharing.clone(),
        rows,
        enough,
        too_few,
        searched: way.found.years,
        years: way.years,
        disordered: way.disordered as f64 / pairs.max(1) as f64,
        falls: way.falls,
        stuck,
        flat,
        moves: moves(way, &sized.rule).filter(|_| none),
        falls_with_unmet: rows::falls_with_unmet(way),
    }
}
