//! Exact sums over replications, in integers, so that the order in which blocks finish cannot matter:
//! weekly histograms, missing sessions by month, waits, the national table, days.
//!
//! In: the tally of a block, lane by lane. Out: [`Sums`] of all replications. Fit: weekly plots, the national table and
//! the table of waits read them; a figure of one year is in [`super::rows`] instead. Sums of whole numbers do not
//! depend on the order in which blocks finish, so neither threads nor lanes can show. Cost: memory by place, week and
//! need, not by year.

mod bytes;
pub mod shortfall;

use super::columns::{Place, places};
use super::extract::posts_at;
use crate::book::Book;
use crate::book::tally::{BANDS, Flow, Tally};
use crate::model::Model;
use crate::plan::lanes::{LANES, Lanes};
use crate::stats::histogram::Histogram;
use crate::units::{TICKS_PER_MINUTE, Ticks};
use shortfall::Shortfalls;
use std::ops::AddAssign;

/// Longest wait told apart in the table of waits [days]; the last cell stands for this and more.
pub const LONGEST_WAIT: usize = 90;

/// Figures that are kept by place and week, in this order.
pub const WEEKLY: [&str; 3] = ["requests", "seen", "backlog"];
/// Places in [`WEEKLY`].
pub const REQUESTS: usize = 0;
/// Who is waiting and overdue at the week's end.
pub const BACKLOG: usize = 2;

/// Whole minutes that are kept by place and week: rostered and used ones of the posts based there, as the tally has
/// them.
pub const MINUTES_WEEKLY: [&str; 2] = ["offered_minutes", "used_minutes"];

/// Whole minutes that are kept by post and week.
pub const POST_WEEKLY: [&str; 2] = ["offered", "used"];
/// Places in [`POST_WEEKLY`], and in [`MINUTES_WEEKLY`].
pub const OFFERED: usize = 0;
/// As above.
pub const USED: usize = 1;

/// Sums over replications.
///
/// Histograms keep a distribution over replications, the rest sums of n and of n², from which a mean and its error
/// follow. Sizes are fixed when an option is compiled.
#[derive(Clone, Debug)]
pub struct Sums {
    /// Replications summed.
    pub replications: u64,
    /// Places of the weekly figures, in the order of [`places`].
    pub places: Vec<Place>,
    /// Counted weeks.
    pub weeks: usize,
    /// Histograms `[place][week][figure]` of [`WEEKLY`].
    pub weekly: Vec<Histogram>,
    /// Histograms `[place][week][figure]` of [`MINUTES_WEEKLY`].
    pub minutes_weekly: Vec<Histogram>,
    /// Histograms `[post][week][figure]` of [`POST_WEEKLY`], in whole minutes.
    pub post_weekly: Vec<Histogram>,
    /// Sessions missing, by place, role and month.
    pub shortfalls: Shortfalls,
    /// Attended by wait, over replications: `[place][need][wait]`: sums of n, n², n x attended.
    pub waits: Vec<[u128; 3]>,
    /// Attended, over replications: `[place][need]`: sums of n and n².
    pub attended: Vec<[u128; 2]>,
    /// National table, attended or DNA, by cell of `seen_cells` (practice, need, role), then month and band.
    pub bands: Vec<[u64; 2]>,
    /// By day: `[practice][day][requests, seen, backlog]`: sums of n and n².
    pub daily: Vec<[u64; 2]>,
    /// Left unseen by destination: `[practice][need][destination]`.
    pub left_to: Vec<u64>,
    /// Cells of contacts, `(practice, need, role)`, in the order of the tally; positions in `bands` are of these.
    pub seen_cells: Vec<(usize, usize, usize)>,
    /// Practices of each place.
    members: Vec<Vec<usize>>,
    /// Posts counted at each place.
    posts: Vec<Vec<usize>>,
    /// Cells of contacts by place and need.
    cells: Vec<Vec<usize>>,
    /// Needs of the option.
    needs: usize,
}

impl Sums {
    /// Empty sums of an option.
    ///
    /// Days are kept only where the option was compiled to record them.
    pub fn new(model: &Model, book: &Book) -> Self {
        let places = places(model);
        let sizes = book.sizes;
        let members: Vec<Vec<usize>> = places.iter().map(|p| p.practices(model)).collect();
        // Which cells a place and need sum, once and for all.
        let of = |members: &[usize], need: usize| -> Vec<usize> {
            let cells = book.service.seen_cells.iter().enumerate();
            cells.filter(|(_, (p, k, _))| *k == need && members.contains(p)).map(|(i, _)| i).collect()
        };
        let cells = members.iter().flat_map(|m| (0..sizes.needs).map(move |k| of(m, k))).collect();
        let daily = if sizes.record_days { sizes.practices * sizes.days * 3 } else { 0 };
        Self {
            replications: 0,
            weekly: vec![Histogram::new(); places.len() * sizes.weeks * WEEKLY.len()],
            minutes_weekly: vec![Histogram::new(); places.len() * sizes.weeks * MINUTES_WEEKLY.len()],
            seen_cells: book.service.seen_cells.clone(),
            posts: places.iter().map(|&place| posts_at(model, place)).collect(),
            post_weekly: vec![Histogram::new(); sizes.posts * sizes.weeks * POST_WEEKLY.len()],
            shortfalls: Shortfalls::new(model),
            waits: vec![[0; 3]; places.len() * sizes.needs * (LONGEST_WAIT + 1)],
            attended: vec![[0; 2]; places.len() * sizes.needs],
            bands: vec![[0; 2]; book.service.seen_cells.len() * sizes.months * BANDS],
            daily: vec![[0; 2]; daily],
            left_to: vec![0; sizes.practices * sizes.needs * sizes.destinations],
            weeks: sizes.weeks,
            needs: sizes.needs,
            places,
            members,
            cells,
        }
    }

    /// Keeps no weekly figures: of runs that serve another purpose nobody asks for them.
    pub fn without_weeks(&mut self) {
        for figures in [&mut self.weekly, &mut self.minutes_weekly, &mut self.post_weekly] {
            *figures = Vec::new();
        }
        self.shortfalls.without();
    }

    /// Adds the lanes of a block. Each sum takes all lanes at once, while it is near the processor.
    ///
    /// `lanes` is how many of the block were played: only these are added. `slots` are what each of them drew.
    pub fn add(&mut self, model: &Model, tally: &Tally, slots: &[Vec<f64>], lanes: usize) {
        self.replications += lanes as u64;
        if !self.weekly.is_empty() {
            self.add_weeks(tally, lanes);
            self.add_minutes(tally, lanes);
        }
        self.shortfalls.add(model, tally, slots, lanes);
        self.add_waits(tally, lanes);
        for (sum, counts) in self.left_to.iter_mut().zip(&tally.left_to) {
            *sum += total(counts, lanes);
        }
        for (i, sums) in self.bands.iter_mut().enumerate() {
            sums[0] += total(&tally.attended_band[i], lanes);
            sums[1] += total(&tally.dna_band[i], lanes);
        }
        if tally.sizes.record_days {
            self.add_days(tally, lanes);
        }
    }

    fn add_weeks(&mut self, tally: &Tally, lanes: usize) {
        let weeks = self.weeks;
        let counts = [&tally.week_requests, &tally.week_seen, &tally.week_backlog];
        for (place, members) in self.members.iter().enumerate() {
            for week in 0..weeks {
                for (figure, counts) in counts.iter().enumerate() {
                    let n: Lanes<u32> = sum_lanes(members.iter().map(|&p| &counts[p * weeks + week]));
                    self.weekly[(place * weeks + week) * WEEKLY.len() + figure].add_all(&n[..lanes]);
                }
            }
        }
    }

    fn add_minutes(&mut self, tally: &Tally, lanes: usize) {
        let weeks = self.weeks;
        for (figure, minutes) in [&tally.rostered, &tally.used].into_iter().enumerate() {
            for (place, posts) in self.posts.iter().enumerate() {
                for week in 0..weeks {
                    let ticks = sum_lanes(posts.iter().map(|&post| &minutes[post * weeks + week]));
                    self.minutes_weekly[(place * weeks + week) * MINUTES_WEEKLY.len() + figure]
                        .add_all(&whole_minutes(&ticks)[..lanes]);
                }
            }
            for (i, ticks) in minutes.iter().enumerate() {
                self.post_weekly[i * POST_WEEKLY.len() + figure].add_all(&whole_minutes(ticks)[..lanes]);
            }
        }
    }

    fn add_waits(&mut self, tally: &Tally, lanes: usize) {
        let days = tally.sizes.days;
        let mut by_wait = [[0u32; LANES]; LONGEST_WAIT + 1];
        for (place, members) in self.members.iter().enumerate() {
            for need in 0..self.needs {
                let at = place * self.needs + need;
                let of_need = members.iter().map(|&p| &tally.flow[tally.at(p, need, Flow::Attended)]);
                let attended: Lanes<u32> = sum_lanes(of_need);
                let [all, squares, _] = moments(&attended, &attended, lanes);
                self.attended[at][0] += u128::from(all);
                self.attended[at][1] += u128::from(squares);
                let mut left = attended;
                let mut longest = 0;
                // The loop ends as soon as no lane has anybody left.
                for wait in 0..days {
                    if left == [0; LANES] {
                        break;
                    }
                    let cells = self.cells[at].iter().map(|&cell| &tally.waits[cell * days + wait]);
                    let n = sum_lanes(cells);
                    longest = wait.min(LONGEST_WAIT);
                    for lane in 0..LANES {
                        by_wait[longest][lane] += n[lane];
                        left[lane] -= n[lane];
                    }
                }
                let sums = &mut self.waits[at * (LONGEST_WAIT + 1)..][..=longest];
                for (sums, n) in sums.iter_mut().zip(&mut by_wait) {
                    for (sum, more) in sums.iter_mut().zip(moments(n, &attended, lanes)) {
                        *sum += u128::from(more);
                    }
                    *n = [0; LANES];
                }
            }
        }
    }

    fn add_days(&mut self, tally: &Tally, lanes: usize) {
        let counts = [&tally.day_requests, &tally.day_seen, &tally.day_backlog];
        for (figure, counts) in counts.into_iter().enumerate() {
            for (i, by_lane) in counts.iter().enumerate() {
                let sums = &mut self.daily[i * 3 + figure];
                for &n in by_lane.iter().take(lanes) {
                    sums[0] += u64::from(n);
                    sums[1] += u64::from(n) * u64::from(n);
                }
            }
        }
    }

    /// Share of attended with a wait, with its standard error over replications (ratio estimator).
    ///
    /// A ratio of two sums: the error is that of the ratio over replications, not of a proportion. None where nobody
    /// was seen. The standard error is NaN with a single replication.
    pub fn wait_share(&self, place: usize, need: usize, wait: usize) -> Option<(f64, f64)> {
        let at = place * self.needs + need;
        let [all, all2] = self.attended[at].map(|x| x as f64);
        let [n, n2, cross] = self.waits[at * (LONGEST_WAIT + 1) + wait].map(|x| x as f64);
        if all <= 0.0 {
            return None;
        }
        let share = n / all;
        let reps = self.replications as f64;
        // Never below nought: rounding of nearly equal terms could be.
        let spread = (n2 - 2.0 * share * cross + share * share * all2).max(0.0);
        let se = if reps > 1.0 { (spread * reps / (reps - 1.0)).sqrt() / all } else { f64::NAN };
        Some((share, se))
    }

    /// Smallest wait that a share of everybody attended, over all replications, did not exceed [calendar days].
    ///
    /// None where nobody was seen. Waits of [`LONGEST_WAIT`] and more are one.
    pub fn wait_quantile(&self, place: usize, need: usize, share: f64) -> Option<usize> {
        let at = place * self.needs + need;
        let all = self.attended[at][0] as f64;
        let mut seen = 0.0;
        (all > 0.0).then(|| {
            let waits = self.waits[at * (LONGEST_WAIT + 1)..].iter().take(LONGEST_WAIT + 1);
            let reached = waits.map(|[n, ..]| {
                seen += *n as f64;
                seen >= share * all
            });
            reached.take_while(|reached| !reached).count().min(LONGEST_WAIT)
        })
    }

    /// Histogram of a weekly figure.
    ///
    /// `figure` counts [`WEEKLY`]. Empty with no week kept.
    pub fn week(&self, place: usize, week: usize, figure: usize) -> &Histogram {
        &self.weekly[(place * self.weeks + week) * WEEKLY.len() + figure]
    }

    /// Histogram of a place's weekly minutes.
    ///
    /// `figure` counts [`MINUTES_WEEKLY`].
    pub fn minutes_week(&self, place: usize, week: usize, figure: usize) -> &Histogram {
        &self.minutes_weekly[(place * self.weeks + week) * MINUTES_WEEKLY.len() + figure]
    }

    /// Histogram of a post's weekly minutes.
    ///
    /// `figure` counts [`POST_WEEKLY`].
    pub fn post_week(&self, post: usize, week: usize, figure: usize) -> &Histogram {
        &self.post_weekly[(post * self.weeks + week) * POST_WEEKLY.len() + figure]
    }
}

/// Sum over the lanes in use.
///
/// 64 bits: of no count does a block hold enough to fill them.
fn total(counts: &Lanes<u32>, lanes: usize) -> u64 {
    counts.iter().take(lanes).map(|&n| u64::from(n)).sum()
}

/// Sums of several cells, lane by lane.
#[inline]
fn sum_lanes<'a, T: Copy + Default + AddAssign + 'a>(cells: impl Iterator<Item = &'a Lanes<T>>) -> Lanes<T> {
    let mut sum = [T::default(); LANES];
    for cell in cells {
        for lane in 0..LANES {
            sum[lane] += cell[lane];
        }
    }
    sum
}

/// Sums of n, of its square, and of n x `other`, over the lanes in use.
///
/// 64 bits: of one cell and lane n and n² fit many times over.
#[inline]
fn moments(n: &Lanes<u32>, other: &Lanes<u32>, lanes: usize) -> [u64; 3] {
    let mut sums = [0; 3];
    for (&n, &other) in n.iter().zip(other).take(lanes) {
        let (n, other) = (u64::from(n), u64::from(other));
        sums[0] += n;
        sums[1] += n * n;
        sums[2] += n * other;
    }
    sums
}

/// Whole minutes of each lane.
///
/// Rounded to the nearest, since histograms hold whole numbers; a lane holds fewer than 2^32 of them.
fn whole_minutes(ticks: &Lanes<Ticks>) -> Lanes<u32> {
    ticks.map(|ticks| (ticks as f64 / TICKS_PER_MINUTE).round() as u32)
}
