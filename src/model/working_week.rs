//! Who fills a post: how many people, their whole-time equivalents, and the half-days they work.
//!
//! In: establishment, in-post, headcount, half-days of a post as drawn in one replication. Out: people by
//! number. Rules: without a headcount every person has the role's wte a head and the last takes the rest,
//! so that more wte changes only the last and new people; with a headcount all have equal shares.
//! Establishment above in-post forms positions of its own, numbered after the people in post.

use crate::model::Model;
use crate::model::post::{Base, Capacity, HalfDay, Post, Sharing, Staffing};
use crate::model::role::Role;
use crate::units::TICKS_PER_MINUTE;

/// Half-days of a full working week, Monday morning to Friday afternoon.
const HALF_DAYS: usize = 10;

/// Positions that share wte by one rule.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Group {
    heads: usize,
    wte: f64,
    /// Of every person but the last [wte].
    each: f64,
}

impl Group {
    /// Positions of `wte`: a stated number with equal shares, or so many that a head has the role's wte.
    fn new(wte: f64, heads: Option<usize>, wte_per_head: f64) -> Self {
        if wte <= 0.0 {
            return Self { heads: 0, wte: 0.0, each: 0.0 };
        }
        match heads {
            Some(heads) => Self { heads, wte, each: wte / heads as f64 },
            None => Self { heads: ((wte / wte_per_head).round() as usize).max(1), wte, each: wte_per_head },
        }
    }

    /// Of position `i` of the group [wte]; the last has what the others leave.
    fn wte(&self, i: usize) -> f64 {
        if i + 1 < self.heads { self.each } else { self.wte - self.each * (self.heads as f64 - 1.0) }
    }
}

/// People who fill so many wte: the stated number, else so many that each has the role's wte; nobody where there is no wte.
pub fn heads(wte: f64, headcount: Option<u32>, wte_per_head: f64) -> usize {
    Positions::new(wte, None, headcount, wte_per_head).heads()
}

/// The positions of a post in one replication.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Positions {
    /// Numbered first.
    in_post: Group,
    /// Vacant at the start; numbered behind those in post.
    vacant: Group,
}

impl Positions {
    /// Positions for an establishment and the wte in post at the start. More in post than the
    /// establishment is taken as it is: nothing is vacant then.
    ///
    /// `in_post` is the establishment where none is stated; `headcount` counts the people in post. Nothing where neither has any
    /// wte.
    pub fn new(wte: f64, in_post: Option<f64>, headcount: Option<u32>, wte_per_head: f64) -> Self {
        let in_post = in_post.unwrap_or(wte);
        let vacant = (wte - in_post).max(0.0);
        let heads = headcount.map(|heads| heads.max(1) as usize);
        // Where nobody is in post the headcount is that of the positions.
        let vacant_heads = heads.filter(|_| in_post <= 0.0);
        Self {
            in_post: Group::new(in_post, heads, wte_per_head),
            vacant: Group::new(vacant, vacant_heads, wte_per_head),
        }
    }

    /// People and positions.
    pub fn heads(&self) -> usize {
        self.in_post.heads + self.vacant.heads
    }

    /// Contract of a person [wte].
    pub fn wte(&self, person: usize) -> f64 {
        match person.checked_sub(self.in_post.heads) {
            None => self.in_post.wte(person),
            Some(i) => self.vacant.wte(i),
        }
    }

    /// True where the position is vacant at the start.
    ///
    /// Whether it is filled later is for the law of leaving to say; without one it stays vacant.
    pub fn starts_vacant(&self, person: usize) -> bool {
        person >= self.in_post.heads
    }

    /// Share of the post's wte held by persons before this one (all of it for `heads`).
    ///
    /// Not to be asked of a post without any wte: there is nobody to hold it.
    fn share_before(&self, person: usize) -> f64 {
        let before: f64 = (0..person).map(|i| self.wte(i)).sum();
        before / (self.in_post.wte + self.vacant.wte)
    }
}

/// A person's working week.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WorkingWeek {
    /// Sessions in the morning and the afternoon of each weekday, Monday first.
    pub halves: [[u8; 2]; 7],
    /// Sessions a week.
    pub sessions: u32,
    /// Appointment minutes of a session [ticks].
    pub session: f64,
}

impl WorkingWeek {
    /// Appointment hours of the whole week.
    pub fn hours(&self) -> f64 {
        self.session / TICKS_PER_MINUTE / 60.0 * f64::from(self.sessions)
    }

    /// Sessions on a weekday.
    #[inline]
    pub fn sessions_on(&self, weekday: usize) -> u8 {
        self.halves[weekday][0] + self.halves[weekday][1]
    }

    /// The week of a person: given half-days, or [`dealt`] ones. The week's appointment minutes lie evenly on them.
    pub fn new(
        post: &Post,
        staffing: &Staffing,
        role: &Role,
        positions: &Positions,
        person: usize,
        slots: &[f64],
        practice: usize,
    ) -> Self {
        let wte = positions.wte(person);
        let hours = role.hours_per_wte_week.at(slots, practice);
        let mut halves = [[0; 2]; 7];
        let mut work = |half: usize| {
            if let Some(day) = halves.get_mut(half / 2) {
                day[half % 2] += 1;
            }
        };
        // A person to whom no stated half-day falls works dealt ones.
        let given = staffing.works.as_deref().map_or(&[][..], |works| own_part(works, positions, person));
        let sessions = if given.is_empty() {
            let dealt = dealt(hours * wte, role, post.people_before + person);
            let sessions = dealt.len();
            dealt.for_each(|half| work(usize::from(half)));
            sessions
        } else {
            given.iter().for_each(|half| work(usize::from(*half)));
            given.len()
        };
        // Minutes for appointments: supervision and work of levers come off later, day by day.
        let direct = role.direct_share.at(slots, practice) * post.minutes_factor.at(slots, practice);
        let week = wte * hours * 60.0 * direct * TICKS_PER_MINUTE;
        let lost = match post.sharing {
            Sharing::Rota { minutes_lost } => minutes_lost * TICKS_PER_MINUTE,
            Sharing::Pooled | Sharing::Split => 0.0,
        };
        // A rota may lose a whole session to travel, never more.
        let session = (week / sessions as f64 - lost).max(0.0);
        Self { halves, sessions: sessions as u32, session }
    }
}

/// The half-days dealt to a person, by number among those of a role at a base, who works so many hours a week: as many as these are sessions of the role (1 to 10),
/// one after another from half-day (3i mod 10) round the week.
pub fn dealt(hours: f64, role: &Role, person: usize) -> impl ExactSizeIterator<Item = HalfDay> + use<> {
    // Held to a working week; a cast of a float saturates, it does not wrap.
    let sessions = ((hours / role.session_hours).round() as usize).clamp(1, HALF_DAYS);
    (0..sessions).map(move |session| ((3 * person + session) % HALF_DAYS) as HalfDay)
}

/// Working weeks of those in post at the start, by number, with the numbers as drawn in `slots`. None for plain
/// capacity.
///
/// For arithmetic before a run, and for rooms asked for; a year that is played makes each person's week of
/// its own draw.
pub fn working_weeks(model: &Model, post: &Post, slots: &[f64]) -> Vec<(usize, WorkingWeek)> {
    let Capacity::People(staffing) = &post.capacity else { return Vec::new() };
    let role = &model.roles[post.role];
    let practice = if let Base::Practice(p) = post.base { p } else { 0 };
    let in_post = staffing.in_post_wte.map(|wte| wte.at(slots, practice));
    let wte = staffing.wte.at(slots, practice);
    let positions = Positions::new(wte, in_post, staffing.headcount, role.wte_per_head);
    let week = |number| WorkingWeek::new(post, staffing, role, &positions, number, slots, practice);
    let there = (0..positions.heads()).filter(|number| !positions.starts_vacant(*number));
    there.map(|number| (number, week(number))).collect()
}

/// The part of a post's half-days that is a person's: they are cut in person order in proportion to wte.
fn own_part<'a>(works: &'a [HalfDay], positions: &Positions, person: usize) -> &'a [HalfDay] {
    let cut = |i: usize| (works.len() as f64 * positions.share_before(i)).round() as usize;
    let last = if person + 1 == positions.heads() { works.len() } else { cut(person + 1) };
    &works[cut(person).min(last)..last]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_wte_changes_only_the_last_and_new_people() {
        let wte = |total: f64| -> Vec<f64> {
            let positions = Positions::new(total, None, None, 0.75);
            (0..positions.heads()).map(|i| positions.wte(i)).collect()
        };
        let (few, more) = (wte(2.0), wte(4.5));
        assert_eq!(few.len(), 3);
        assert_eq!(more.len(), 6);
        assert_eq!(few[..2], more[..2]);
        for total in [0.1, 0.4, 2.0, 2.9, 4.5] {
            let people = wte(total);
            assert!((people.iter().sum::<f64>() - total).abs() < 1e-12);
            assert!(people.iter().all(|w| *w > 0.0), "{people:?}");
        }
    }

    #[test]
    fn what_is_not_in_post_is_vacant_to_the_last_hundredth() {
        for headcount in [None, Some(1), Some(4), Some(9)] {
            let positions = Positions::new(4.0, Some(2.6), headcount, 0.8);
            let wte = |vacant: bool| -> f64 {
                let who = (0..positions.heads()).filter(|i| positions.starts_vacant(*i) == vacant);
                who.map(|i| positions.wte(i)).sum()
            };
            assert!((wte(false) - 2.6).abs() < 1e-12, "{headcount:?}");
            assert!((wte(true) - 1.4).abs() < 1e-12, "{headcount:?}");
        }
        assert_eq!(Positions::new(0.0, None, None, 1.0).heads(), 0);
        assert_eq!(Positions::new(1.0, Some(0.0), None, 1.0).heads(), 1);
        assert_eq!(Positions::new(2.0, Some(0.0), Some(4), 1.0).heads(), 4);
        // Two people of one wte each, and a third position of as much.
        let two = Positions::new(3.0, Some(2.0), Some(2), 0.7);
        assert_eq!(
            [0, 1, 2].map(|i| (two.wte(i), two.starts_vacant(i))),
            [(1.0, false), (1.0, false), (1.0, true)]
        );
        assert_eq!(two.heads(), 3);
    }

    #[test]
    fn given_half_days_are_cut_in_person_order() {
        let positions = Positions::new(1.6, None, Some(2), 1.0);
        let works: Vec<HalfDay> = (0..8).collect();
        assert_eq!(own_part(&works, &positions, 0), &works[..4]);
        assert_eq!(own_part(&works, &positions, 1), &works[4..]);
    }
}
