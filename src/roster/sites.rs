//! Where each session is held: the site of every half-day that a person of a shared post works.
//!
//! In: the post's [`Sites`](crate::model::post::Sites), the working week, the days on which sites are open.
//! Out: a site for each half-day. Every person goes round by themselves, from the first day of the post on: who
//! is away leaves the site of that day without its session and nobody else moves; person i begins i sessions
//! further on in the same order. A site that is closed is passed over, and with a stated rota its session is
//! lost.
//!
//! In turn by list, each session goes to the site that is furthest behind its part of the weighted list (the largest
//! remainder, carried; ties in the order of practices), so that after any number of sessions each site has had its
//! part to within less than one session for two sites, and close to it for more.

use super::days::Days;
use crate::model::Model;
use crate::model::post::{Base, Post, Sites};
use crate::model::working_week::WorkingWeek;
use crate::plan::axis::Axis;
use crate::units::Day;
use std::ops::Range;

/// The rule by which the people of a post are sent to sites.
#[derive(Clone, Debug, PartialEq)]
pub enum Rule {
    /// One site for all sessions (none: nowhere that is stated), of a practice's own people and of a shared post that
    /// states no sites; the days are those of the post's base.
    Always(Option<usize>),
    /// One site after another in the order stated; a site that stands twice has two turns.
    InTurn(Vec<usize>),
    /// Each as often as its part of the list says: `(site, weighted list)` in the order of practices; the list is whole
    /// patients and at least one, so every site has a part.
    ByList(Vec<(usize, i64)>),
    /// Stated half-days, a list one a week in turn; and the Monday of the week of the start. Half-day 0 is
    /// Monday morning, 1 Monday afternoon. A session in a half-day with an empty list is lost.
    ByHalfDay(Box<[Vec<usize>; 14]>, i32),
}

/// How far one person has come round.
#[derive(Clone, Debug, Default)]
pub struct Round {
    /// Place in the list of the site whose turn comes next.
    next: usize,
    /// How far each site is behind its part [sessions x total list], empty but for `ByList`; the parts sum to nought
    /// after every session.
    behind: Vec<i64>,
}

/// The sites of a day, morning and afternoon; none where no session is held, or none is open.
pub type SitesOfDay = [Option<usize>; 2];

impl Rule {
    /// The rule of a post. Lists count at their mean, as in a split.
    ///
    /// A practice's own post ignores what is stated of sites: there is one.
    pub fn new(model: &Model, post: &Post) -> Self {
        if let Base::Practice(p) = post.base {
            return Self::Always(Some(p));
        }
        match &post.sites {
            Sites::Unstated => Self::Always(None),
            Sites::InTurn(sites) => Self::InTurn(sites.clone()),
            Sites::ByList => {
                let list = |p: usize| model.inputs.mean(model.practices[p].weighted_list).round() as i64;
                let sites = post.practices(model).into_iter();
                Self::ByList(sites.map(|p| (p, list(p).max(1))).collect())
            }
            Sites::ByHalfDay(halves) => {
                let Day(start) = model.horizon.start;
                let monday = start - model.horizon.start.weekday() as i32;
                Self::ByHalfDay(halves.clone(), monday)
            }
        }
    }

    /// Writes the site of every half-day of a person; where no site is open, none.
    ///
    /// Days on which the post does not exist keep what `out` held; nobody reads them.
    pub fn lay(
        &self,
        (person, week): (usize, &WorkingWeek),
        exists: &Range<usize>,
        (axis, days): (&Axis, &Days),
        round: &mut Round,
        out: &mut [SitesOfDay],
    ) {
        self.begin(person, round);
        for t in exists.clone() {
            let weekday = usize::from(days.weekday[t]);
            out[t] = [0, 1].map(|half| {
                // On a day closed to all no turn is used up.
                let works = week.halves[weekday][half] > 0 && axis.common_share[t] > 0.0;
                let open = |site: usize| axis.open_share[site][t] > 0.0;
                if works { self.next((days.date(t), 2 * weekday + half), open, round) } else { None }
            });
        }
    }

    /// A person's first session comes as many sessions into the round as their number.
    ///
    /// Sessions skipped so count every site as open, so it is the person's number alone that matters.
    fn begin(&self, person: usize, round: &mut Round) {
        round.next = 0;
        round.behind.clear();
        match self {
            Self::InTurn(sites) => round.next = person % sites.len().max(1),
            Self::ByList(sites) => {
                round.behind.resize(sites.len(), 0);
                for _ in 0..person {
                    self.next((0, 0), |_| true, round);
                }
            }
            Self::Always(_) | Self::ByHalfDay(..) => {}
        }
    }

    /// The site of the next session, on a date and half-day.
    ///
    /// Moves the round on where a site is found. In turn a closed site is passed over until the round comes
    /// back to it; by list it stays as far behind as it is.
    fn next(
        &self,
        (date, half): (i32, usize),
        open: impl Fn(usize) -> bool,
        round: &mut Round,
    ) -> Option<usize> {
        match self {
            Self::Always(site) => *site,
            Self::InTurn(sites) => {
                let n = sites.len();
                let ahead = (0..n).find(|i| open(sites[(round.next + i) % n]))?;
                let turn = (round.next + ahead) % n;
                round.next = (turn + 1) % n;
                Some(sites[turn])
            }
            Self::ByList(sites) => {
                if !sites.iter().any(|(site, _)| open(*site)) {
                    return None;
                }
                let total: i64 = sites.iter().map(|(_, list)| list).sum();
                for (behind, (_, list)) in round.behind.iter_mut().zip(sites) {
                    *behind += list;
                }
                let can = (0..sites.len()).filter(|i| open(sites[*i].0));
                let turn = can.reduce(|a, b| if round.behind[b] > round.behind[a] { b } else { a })?;
                round.behind[turn] -= total;
                Some(sites[turn].0)
            }
            Self::ByHalfDay(halves, monday) => {
                let sites = &halves[half];
                let week = (date - monday).div_euclid(7);
                let turn = week.rem_euclid(sites.len().max(1) as i32) as usize;
                sites.get(turn).copied().filter(|site| open(*site))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(rule: &Rule, person: usize, n: usize) -> Vec<Option<usize>> {
        let mut round = Round::default();
        rule.begin(person, &mut round);
        (0..n).map(|_| rule.next((0, 0), |_| true, &mut round)).collect()
    }

    /// By hand for two sites; for four by the bound that the largest remainder keeps.
    #[test]
    fn by_list_each_site_has_its_part_at_every_moment() {
        // 2 : 1, by hand: a, b, a, again and again
        let rule = Rule::ByList(vec![(0, 6000), (1, 3000)]);
        assert_eq!(first(&rule, 0, 6), [0, 1, 0, 0, 1, 0].map(Some));
        assert_eq!(
            first(&rule, 1, 5),
            [1, 0, 0, 1, 0].map(Some),
            "the next person begins a session further on"
        );
        let lists = [9214, 7631, 4120, 12_999];
        let total: i64 = lists.iter().sum();
        let rule = Rule::ByList(lists.into_iter().enumerate().collect());
        let mut had = [0_i64; 4];
        for (i, site) in first(&rule, 0, 5000).into_iter().enumerate() {
            had[site.expect("all are open")] += 1;
            for (had, list) in had.iter().zip(lists) {
                // less than one session more or two less than its part
                let off = had * total - list * (i as i64 + 1);
                assert!(off.abs() < 2 * total, "{off} after {i}");
            }
        }
    }

    /// The list's second turn of a site is a turn of its own; where all are closed no turn is used up.
    #[test]
    fn in_turn_a_closed_site_is_passed_over() {
        let rule = Rule::InTurn(vec![3, 1, 1]);
        assert_eq!(first(&rule, 0, 4), [3, 1, 1, 3].map(Some));
        assert_eq!(first(&rule, 1, 3), [1, 1, 3].map(Some));
        let mut round = Round::default();
        assert_eq!(rule.next((0, 0), |site| site != 3, &mut round), Some(1));
        assert_eq!(rule.next((0, 0), |_| true, &mut round), Some(1));
        assert_eq!(rule.next((0, 0), |_| false, &mut round), None);
        assert_eq!(rule.next((0, 0), |_| true, &mut round), Some(3));
    }

    /// Weeks count from the Monday of the start, backwards as well; a closed site's session is lost.
    #[test]
    fn a_stated_rota_goes_by_half_day_and_week() {
        let mut halves: [Vec<usize>; 14] = Default::default();
        halves[0] = vec![4];
        halves[3] = vec![5, 6];
        let rule = Rule::ByHalfDay(Box::new(halves), 700);
        let on = |date, half| rule.next((date, half), |site| site != 6, &mut Round::default());
        assert_eq!(
            [on(700, 0), on(700, 1), on(701, 3), on(708, 3), on(715, 3)],
            [Some(4), None, Some(5), None, Some(5)]
        );
        assert_eq!(on(694, 3), None, "the week before the start is the second site's");
    }
}
