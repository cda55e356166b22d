//! From the tally of one replication to its row of figures. "No value" is NaN, never 0.

use super::columns::{About, Columns, Group, Place};
use super::measure::MEASURES;
use super::money::Money;
use super::team::Team;
use super::work::{self, Work};
use crate::book::Book;
use crate::book::service::practices_of;
use crate::book::tally::{BANDS, Flow, Tally};
use crate::model::Model;
use crate::model::post::Base;
use crate::model::target::TargetFor;
use crate::plan::axis::Axis;
use crate::units::{TICKS_PER_MINUTE, Ticks};

/// Scenario time: which cells of the tally each group sums.
#[derive(Clone, Debug)]
pub struct Extract {
    /// Columns.
    pub columns: Columns,
    /// By group: practices, cells of contacts, posts.
    cells: Vec<Cells>,
    weeks: f64,
    redirects: Vec<(usize, usize)>,
}

#[derive(Clone, Debug)]
struct Cells {
    practices: Vec<usize>,
    needs: Vec<usize>,
    seen: Vec<usize>,
    /// Of those, with the need's usual role.
    usual: Vec<usize>,
    posts: Vec<usize>,
}

/// Waits of attended contacts of a group.
struct Waits {
    attended: u64,
    mean: f64,
    p50: f64,
    p90: f64,
    p95: f64,
}

impl Extract {
    /// Lays out the columns of an option.
    pub fn new(model: &Model, book: &Book, axis: &Axis, full: bool) -> Self {
        let columns = Columns::new(model, full);
        let cells = columns.groups.iter().map(|group| cells(model, book, group)).collect();
        let weeks = (axis.days - axis.warm_up) as f64 / 7.0;
        Self { columns, cells, weeks, redirects: book.redirects.clone() }
    }

    /// Fills the row of one lane.
    pub fn row(&self, model: &Model, tally: &Tally, lane: usize, slots: &[f64], row: &mut [f32]) {
        for at in self.columns.groups.iter().zip(&self.cells) {
            self.group(at, model, tally, lane, slots, row);
        }
    }

    /// The groups that hold some columns.
    pub fn groups_of(&self, columns: &[Option<usize>]) -> Vec<usize> {
        let holds = |group: &Group| {
            let range = group.first..group.first + group.measures.len();
            columns.iter().flatten().any(|column| range.contains(column))
        };
        (0..self.columns.groups.len()).filter(|&at| holds(&self.columns.groups[at])).collect()
    }

    /// Fills some groups of the row of one lane.
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
        let out = &mut row[group.first..group.first + group.measures.len()];
        let work = Work { model, tally, lane, slots };
        match group.about {
            About::All | About::Need(_) => self.needs(model, tally, lane, slots, group, cells, out),
            About::Role(role) => roles(work, role, self.weeks, group, cells, out),
            About::Redirect(number) => redirect(tally, lane, number, group, cells, out),
            About::Target(target) => targets(model, tally, lane, target, group, cells, out),
        }
    }

    /// Measures by place and need.
    #[expect(clippy::too_many_arguments, reason = "one group of one lane, named part by part")]
    fn needs(
        &self,
        model: &Model,
        tally: &Tally,
        lane: usize,
        slots: &[f64],
        group: &Group,
        cells: &Cells,
        out: &mut [f32],
    ) {
        let flow = |flow: Flow| -> f64 {
            let mut sum = 0u64;
            for &p in &cells.practices {
                for &k in &cells.needs {
                    sum += u64::from(tally.flow[tally.at(p, k, flow)][lane]);
                }
            }
            sum as f64
        };
        let attended = flow(Flow::Attended);
        let dna = flow(Flow::Dna);
        let rebooked = flow(Flow::RebookDecided);
        let gone = flow(Flow::GaveUp) + flow(Flow::Lost);
        let requests = flow(Flow::Requests);
        let waits = waits(tally, lane, &cells.seen, attended as u64);
        let bands = |upto: usize| -> f64 { band_sum(tally, lane, &cells.seen, upto) as f64 };
        let lists = |weighted: bool| -> f64 {
            let list = |p: usize| {
                let practice = &model.practices[p];
                if weighted {
                    practice.weighted_list.at(slots, p)
                } else {
                    practice.registered_list.at(slots, p)
                }
            };
            cells.practices.iter().map(|&p| list(p)).sum()
        };
        let work = Work { model, tally, lane, slots };
        let money = Money { work, redirects: &self.redirects };
        for (value, &m) in out.iter_mut().zip(&group.measures) {
            *value = match MEASURES[m].name {
                "requests" => requests,
                "opening_backlog" => flow(Flow::Opening),
                "attended" => attended,
                "dna" => dna,
                "dna_rate" => ratio(dna, attended + dna),
                "rated_avoidable" => flow(Flow::RatedAvoidable),
                "redirected_inside" => flow(Flow::RedirectedInside),
                "redirected_outside" => flow(Flow::RedirectedOutside),
                "avoidable_in_book" => flow(Flow::RatedAvoidable) - flow(Flow::RatedRedirected),
                "returned" => flow(Flow::ReturnDecided),
                "rebooked" => rebooked,
                "follow_ups" => flow(Flow::FollowUpDecided),
                "referred_on" => flow(Flow::ReferOnDecided),
                "re_asked" => flow(Flow::ReAsked),
                "gave_up" => flow(Flow::GaveUp),
                "lost" => flow(Flow::Lost),
                "unmet" => gone + dna - rebooked + flow(Flow::PastTarget),
                "backlog_end" => flow(Flow::StillWaiting),
                "wait_mean" => waits.mean,
                "wait_p50" => waits.p50,
                "wait_p90" => waits.p90,
                "wait_p95" => waits.p95,
                "left_or_waiting" => ratio(gone + flow(Flow::StillWaiting), requests + flow(Flow::Opening)),
                "same_day" => ratio(bands(1), waits.attended as f64),
                "within_14_days" => ratio(bands(4), waits.attended as f64),
                "per_1000_week" => ratio(attended * 1000.0, lists(false) * self.weeks),
                "per_1000_weighted_week" => ratio(attended * 1000.0, lists(true) * self.weeks),
                "worst_week_backlog" => worst_week(tally, lane, &cells.practices),
                "equity_gap" => equity_gap(model, tally, lane, slots, &cells.practices),
                "first_choice" => {
                    ratio(band_sum(tally, lane, &cells.usual, BANDS) as f64, waits.attended as f64)
                }
                "seen_elsewhere" => flow(Flow::Elsewhere),
                "latent_requests" => flow(Flow::Latent),
                "gp_work_hours" => work.gp(&cells.practices, &cells.posts),
                "gp_released_gross_hours" => work.gp_released_gross(&cells.practices),
                "patients_a_gp_wte" => {
                    let gps = cells.posts.iter().copied().filter(|&post| work.is_gp(post));
                    ratio(lists(false), work::sum(&tally.in_post, gps, lane) as f64 / 1000.0)
                }
                "cost_staff" => cells.posts.iter().map(|&post| money.staff(post)).sum(),
                "cost_outside" => money.outside(&cells.practices),
                "cost_total" => money.total(&cells.practices, &cells.posts),
                "cost_known" => money.known(&cells.practices, &cells.posts),
                "cost_reimbursed" => money.reimbursed(&cells.posts),
                "cost_per_contact" => ratio(money.total(&cells.practices, &cells.posts), attended),
                _ => f64::NAN,
            } as f32;
        }
    }
}

/// The cells of a group.
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
    Cells { practices, needs, seen, usual, posts }
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
                practices_of(model, post) == practices
            }
        }
    };
    (0..model.posts.len()).filter(here).collect()
}

/// A ratio; no value where nothing is counted.
fn ratio(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { f64::NAN }
}

/// Attended contacts up to a time-from-booking band (exclusive).
fn band_sum(tally: &Tally, lane: usize, seen: &[usize], upto: usize) -> u64 {
    let mut sum = 0;
    for &cell in seen {
        for month in 0..tally.sizes.months {
            for band in 0..upto.min(BANDS) {
                sum += u64::from(tally.attended_band[tally.band_at(cell, month, band)][lane]);
            }
        }
    }
    sum
}

/// Waits over several cells: exact mean and percentiles (smallest x with P(W <= x) >= q).
fn waits(tally: &Tally, lane: usize, seen: &[usize], attended: u64) -> Waits {
    let mut out = Waits { attended: 0, mean: f64::NAN, p50: f64::NAN, p90: f64::NAN, p95: f64::NAN };
    if attended == 0 || seen.is_empty() {
        return out;
    }
    let mut days = 0u64;
    let rank = |q: u64| (attended * q).div_ceil(100);
    for wait in 0..tally.sizes.days {
        let mut n = 0;
        for &cell in seen {
            n += u64::from(tally.waits[cell * tally.sizes.days + wait][lane]);
        }
        if n == 0 {
            continue;
        }
        let before = out.attended;
        out.attended += n;
        days += n * wait as u64;
        for (place, q) in [(&mut out.p50, 50), (&mut out.p90, 90), (&mut out.p95, 95)] {
            if before < rank(q) && out.attended >= rank(q) {
                *place = wait as f64;
            }
        }
        if out.attended == attended {
            break;
        }
    }
    out.mean = ratio(days as f64, out.attended as f64);
    out
}

/// Measures by place and role.
fn roles(work: Work<'_>, role: usize, weeks: f64, group: &Group, cells: &Cells, out: &mut [f32]) {
    let Work { tally, lane, .. } = work;
    let sum = |minutes: &[crate::plan::lanes::Lanes<Ticks>]| -> f64 {
        let weeks = tally.sizes.weeks;
        let total: Ticks = cells
            .posts
            .iter()
            .map(|&post| (0..weeks).map(|w| minutes[post * weeks + w][lane]).sum::<Ticks>())
            .sum();
        total as f64 / TICKS_PER_MINUTE / 60.0
    };
    let rostered = sum(&tally.rostered);
    let used = sum(&tally.used);
    let unusable = sum(&tally.unusable);
    let held_lost = sum(&tally.held_lost);
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
            "unused_hours" => rostered - used - unusable - held_lost,
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

/// Measures by place and target.
fn targets(
    model: &Model,
    tally: &Tally,
    lane: usize,
    target: usize,
    group: &Group,
    cells: &Cells,
    out: &mut [f32],
) {
    let (due, in_time) = due_and_in_time(tally, lane, target, &cells.practices, None);
    for (value, &m) in out.iter_mut().zip(&group.measures) {
        *value = match MEASURES[m].name {
            "seen_within_target" => ratio(in_time, due),
            "target_met" => met(model, tally, lane, target, &cells.practices),
            _ => f64::NAN,
        } as f32;
    }
}

/// Due and attended in time, over practices, in one week or all.
fn due_and_in_time(
    tally: &Tally,
    lane: usize,
    target: usize,
    practices: &[usize],
    week: Option<usize>,
) -> (f64, f64) {
    let weeks = week.map_or(0..tally.sizes.weeks, |w| w..w + 1);
    let (mut due, mut in_time) = (0u64, 0u64);
    for &p in practices {
        for w in weeks.clone() {
            let place = (target * tally.sizes.practices + p) * tally.sizes.weeks + w;
            due += u64::from(tally.due[place][lane]);
            in_time += u64::from(tally.in_time[place][lane]);
        }
    }
    (due as f64, in_time as f64)
}

/// 1 where the target holds for everyone it names among these practices, 0 where not; no value where
/// nobody was due.
fn met(model: &Model, tally: &Tally, lane: usize, target: usize, practices: &[usize]) -> f64 {
    let stated = &model.targets[target];
    let mut units: Vec<Vec<usize>> = match stated.for_each {
        TargetFor::EachPractice => practices.iter().map(|&p| vec![p]).collect(),
        TargetFor::All => vec![practices.to_vec()],
        TargetFor::EachNetwork => {
            let of = |n| practices.iter().copied().filter(|&p| model.practices[p].network == n).collect();
            (0..model.networks.len()).map(of).collect()
        }
    };
    units.retain(|unit| !unit.is_empty());
    let mut any = false;
    let mut all = true;
    for unit in &units {
        let periods: Vec<Option<usize>> =
            if stated.each_week { (0..tally.sizes.weeks).map(Some).collect() } else { vec![None] };
        for period in periods {
            let (due, in_time) = due_and_in_time(tally, lane, target, unit, period);
            if due > 0.0 {
                any = true;
                all &= in_time >= stated.share * due;
            }
        }
    }
    if any { f64::from(u8::from(all)) } else { f64::NAN }
}

/// Largest backlog at the end of a week.
fn worst_week(tally: &Tally, lane: usize, practices: &[usize]) -> f64 {
    let weeks = tally.sizes.weeks;
    let at = |w: usize| -> u64 {
        practices.iter().map(|&p| u64::from(tally.week_backlog[p * weeks + w][lane])).sum()
    };
    (0..weeks).map(at).max().map_or(f64::NAN, |n| n as f64)
}

/// Difference in seen-within-target of the first target between the best- and worst-served tenth of
/// patients (practices in order of their share, by registered list).
fn equity_gap(model: &Model, tally: &Tally, lane: usize, slots: &[f64], practices: &[usize]) -> f64 {
    if model.targets.is_empty() || practices.len() < 2 {
        return f64::NAN;
    }
    let mut served: Vec<(f64, f64)> = practices
        .iter()
        .filter_map(|&p| {
            let (due, in_time) = due_and_in_time(tally, lane, 0, &[p], None);
            (due > 0.0).then(|| (in_time / due, model.practices[p].registered_list.at(slots, p)))
        })
        .collect();
    served.sort_by(|a, b| a.0.total_cmp(&b.0));
    let tenth = served.iter().map(|s| s.1).sum::<f64>() / 10.0;
    let tail = |order: &mut dyn Iterator<Item = &(f64, f64)>| -> f64 {
        let (mut left, mut sum) = (tenth, 0.0);
        for (share, list) in order {
            let take = list.min(left);
            sum += share * take;
            left -= take;
        }
        ratio(sum, tenth - left)
    };
    tail(&mut served.iter().rev()) - tail(&mut served.iter())
}
