//! Money of a place: staff, cover, levers, answers outside; what a fund pays back.
//!
//! In: wte in post, covered sessions, redirected people of one replication. Out: pounds of the counted period, each
//! at the prices of its source. Vacant time is not paid. Levers belong to all together; a place bears them by weighted
//! list, in equal parts where no list is stated. No value where a post has no people or its role no cost.
//!
//! Prices are those of the scenario, in pounds; nothing is carried from one year to another. Fit: `cost_*` of section 9
//! of docs/model.md, read by [`super::extract`]. Assumption: whoever is in post is paid for the whole of that time.

use super::work::Work;
use crate::lever::{Change, Lever, RedirectTo};
use crate::model::Model;

/// Days of a year.
const YEAR: f64 = 365.25;
/// Thousandths, in which sessions are counted, so that sums over days are exact.
const THOUSAND: f64 = 1000.0;
/// Millionths, in which wte in post are counted.
pub(super) const MILLION: f64 = 1e6;

/// One replication of an option as an accountant sees it.
///
/// Nothing here is drawn: prices that are uncertain come with the slots of the replication.
#[derive(Clone, Copy, Debug)]
pub struct Money<'a> {
    /// Counts.
    pub work: Work<'a>,
    /// Redirects of the option, `(lever, change)`, as the book numbers them and the tally counts by them.
    pub redirects: &'a [(usize, usize)],
}

/// A post whose cost a place bears: all of it, or by weighted list where it serves other practices too.
#[derive(Clone, Debug)]
pub struct Borne {
    /// The post.
    post: usize,
    /// Practices of the place that it serves.
    here: Vec<usize>,
    /// All practices that it serves.
    all: Vec<usize>,
}

impl Borne {
    /// Posts that serve any of the practices of a place.
    pub fn at(model: &Model, practices: &[usize]) -> Vec<Self> {
        let of = |post: usize| {
            let all = model.posts[post].practices(model);
            let here: Vec<usize> = all.iter().copied().filter(|p| practices.contains(p)).collect();
            (!here.is_empty()).then_some(Self { post, here, all })
        };
        (0..model.posts.len()).filter_map(of).collect()
    }
}

impl Money<'_> {
    /// What prices are read from.
    fn model(&self) -> &Model {
        self.work.model
    }

    /// Counted period [years].
    fn years(&self) -> f64 {
        self.model().horizon.days as f64 / YEAR
    }

    /// Wte in post of a post, over the counted period.
    fn wte(&self, post: usize) -> f64 {
        self.work.tally.in_post[post][self.work.lane] as f64 / MILLION
    }

    /// Employer's cost of a post.
    ///
    /// NaN where the post has no people or its role no cost; nobody would know the sum then.
    fn employed(&self, post: usize) -> f64 {
        let data = &self.model().posts[post];
        let people = matches!(data.capacity, crate::model::post::Capacity::People(_));
        let cost = self.model().roles[data.role].cost_per_wte_year.filter(|_| people);
        cost.map_or(f64::NAN, |cost| cost.at(self.work.slots, 0) * self.wte(post) * self.years())
    }

    /// The part of all weighted patients of some practices that others of them have; by number of practices where no list is
    /// stated.
    fn part(&self, here: &[usize], all: impl ExactSizeIterator<Item = usize>) -> f64 {
        let many = all.len();
        if here.len() == many {
            return 1.0;
        }
        let weighted = |p: usize| self.model().practices[p].weighted_list.at(self.work.slots, p);
        let everyone: f64 = all.map(weighted).sum();
        let own = || here.iter().copied().map(weighted).sum::<f64>();
        if everyone > 0.0 { own() / everyone } else { here.len() as f64 / many as f64 }
    }

    /// Cost of posts as far as a place bears them: employed people and cover.
    ///
    /// [£ of the counted period]
    pub fn staff(&self, posts: &[Borne]) -> f64 {
        posts.iter().map(|borne| self.borne(borne)).sum()
    }

    /// The same of one post.
    fn borne(&self, borne: &Borne) -> f64 {
        self.post(borne.post) * self.share(borne)
    }

    /// The part of a post that a place bears.
    fn share(&self, borne: &Borne) -> f64 {
        self.part(&borne.here, borne.all.iter().copied())
    }

    /// Cost of a post: employed people and cover.
    ///
    /// [£ of the counted period]
    fn post(&self, post: usize) -> f64 {
        let cover = self.model().roles[self.model().posts[post].role].cover.as_ref();
        let sessions = self.work.tally.covered_sessions[post][self.work.lane] as f64 / THOUSAND;
        let covered = cover.map_or(0.0, |cover| cover.cost_per_session.at(self.work.slots, 0) * sessions);
        self.employed(post) + covered
    }

    /// Cost of a lever in the counted period: once where it starts in it, by the year as long as it is in force.
    ///
    /// [£ of the counted period]
    fn lever(&self, lever: &Lever) -> f64 {
        let Some(cost) = lever.cost else { return 0.0 };
        let first = self.model().horizon.start.0;
        let end = first + self.model().horizon.days as i32;
        // Dates of a lever are inclusive, as in the scenario.
        let until = lever.until.map_or(end, |day| (day.0 + 1).min(end));
        let days = (until - lever.starts.0.max(first)).max(0);
        let once =
            if (first..end).contains(&lever.starts.0) { cost.one_off.at(self.work.slots, 0) } else { 0.0 };
        once + cost.per_year.at(self.work.slots, 0) * f64::from(days) / YEAR
    }

    /// Cost of all levers [£ of the counted period].
    fn levers(&self) -> f64 {
        self.model().levers.iter().map(|lever| self.lever(lever)).sum()
    }

    /// Cost of answers outside, as far as the redirects state one.
    ///
    /// [£ of the counted period] Redirects inside cost nothing here: the role that sees them is staff.
    pub fn outside(&self, practices: &[usize]) -> f64 {
        let mut cost = 0.0;
        for (number, &(lever, change)) in self.redirects.iter().enumerate() {
            let change = &self.model().levers[lever].changes[change].1;
            if let Change::Redirect { to: RedirectTo::Outside { unit_cost, .. }, .. } = change {
                for &p in practices {
                    let place = number * self.work.tally.sizes.practices + p;
                    let sent = f64::from(self.work.tally.redirected[place][self.work.lane]);
                    cost += sent * unit_cost.at(self.work.slots, p);
                }
            }
        }
        cost
    }

    /// Cost of levers and of answers outside that a place bears.
    ///
    /// [£ of the counted period] Levers are borne by weighted list, so a place pays its share of them.
    fn besides(&self, practices: &[usize]) -> f64 {
        let everyone = 0..self.model().practices.len();
        self.outside(practices) + self.levers() * self.part(practices, everyone)
    }

    /// Cost of a place.
    ///
    /// [£ of the counted period] NaN as soon as one post of it has no price; [`Money::known`] leaves those out.
    pub fn total(&self, practices: &[usize], posts: &[Borne]) -> f64 {
        self.staff(posts) + self.besides(practices)
    }

    /// Cost of a place as far as it has a price; no value where nothing has one.
    ///
    /// [£ of the counted period]
    pub fn known(&self, practices: &[usize], posts: &[Borne]) -> f64 {
        let staff = || posts.iter().map(|borne| self.borne(borne)).filter(|cost| !cost.is_nan());
        // Nothing priced at all: a sum of nought would be called known.
        let known = staff().sum::<f64>() + self.besides(practices);
        if staff().next().is_none() && known == 0.0 { f64::NAN } else { known }
    }

    /// What funds pay back for posts: the stated share up to the ceiling of each wte, and all together no more than
    /// the fund has for such a period.
    ///
    /// [£ of the counted period] A post outside the place still counts towards the fund's end, since the fund pays for
    /// all of them; only the posts asked about are added up.
    pub fn reimbursed(&self, posts: &[Borne]) -> f64 {
        let mut sum = 0.0;
        for (number, fund) in self.model().funds.iter().enumerate() {
            let claim = |post: usize| -> f64 {
                let data = &self.model().posts[post];
                let terms = fund.reimburses.iter().find(|(role, ..)| *role == data.role);
                let Some((_, ceiling, share)) = terms.filter(|_| data.paid_by == Some(number)) else {
                    return 0.0;
                };
                let cost = self.employed(post) * share;
                // The ceiling is of the wte in post; NaN compares with nothing, so an unknown cost stays unknown.
                // the lesser of a cost that is not known and a ceiling is not known
                match ceiling.map(|most| most * self.wte(post) * self.years()) {
                    Some(most) if cost > most => most,
                    _ => cost,
                }
            };
            let all: f64 = (0..self.model().posts.len()).map(claim).sum();
            let own: f64 = posts.iter().map(|borne| claim(borne.post) * self.share(borne)).sum();
            let size = fund.pounds * self.years();
            sum += match fund.pounds.is_finite() {
                // of a claim that is not known nobody knows what the fund has left for others
                true if all.is_nan() && own != 0.0 => f64::NAN,
                true if all > size => own * size / all,
                _ => own,
            };
        }
        sum
    }
}
