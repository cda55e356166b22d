//! Roster paths that are kept: the days of a post's people, for the options played after it on the same luck.
//!
//! In: posts as compiled, their numbers as drawn. Out: the days of those posts that another option has drawn already,
//! equal to the bit to what [`Roster::redraw`] would draw: a post is taken over only where everything that its people's
//! days are a function of is the same. Posts that ask for rooms where rooms are stated, and posts that a lever acts on,
//! are always drawn: others have a part in their days. Plain slots are too: they cost next to nothing.

use super::days::Days;
use super::effects::Effects;
use super::people::{People, PeopleDraw};
use super::{PostDraw, PostRoster, Roster, RosterDraw};
use crate::model::Model;
use crate::model::number::Number;
use crate::model::post::{Capacity, PlainAbsence, Post, Sites, Staffing};
use crate::model::role::{Cover, Leave, Leaving, Role, Sickness, Supervision};
use crate::plan::axis::Axis;
use crate::plan::lanes::{LANES, Lanes, same};

/// Post and role of people whose days nothing else has a part in.
#[derive(Clone, Debug)]
pub struct Basis {
    /// Without its numbers and without what no roster reads.
    post: Post,
    /// The same.
    role: Role,
    /// The numbers of both, in a fixed order.
    numbers: Vec<Number>,
}

impl Basis {
    /// None where levers or other posts have a part in the days of these people.
    pub fn new(model: &Model, post: &Post, effects: &Effects) -> Option<Self> {
        let rooms = post.needs_room && model.practices.iter().any(|practice| practice.rooms.is_some());
        if rooms || !effects.none() {
            return None;
        }
        let mut numbers = Vec::new();
        let mut take = |number: &mut Number| numbers.push(std::mem::replace(number, Number::ZERO));
        let (post, role) = (post_laws(post, &mut take), role_laws(&model.roles[post.role], &mut take));
        Some(Self { post, role, numbers })
    }

    /// Name of the post.
    fn name(&self) -> &str {
        &self.post.name
    }

    /// True where the same numbers make the same days, keys and calendar apart.
    pub fn same_laws(&self, other: &Self) -> bool {
        let Self { post, role, numbers: _ } = self;
        *post == other.post && *role == other.role
    }

    /// The numbers of a practice as drawn, `[number]`; lanes without a replication are nought.
    pub fn values(&self, practice: usize, slots: &[Vec<f64>]) -> Vec<Lanes<f64>> {
        let values = self.numbers.iter().map(|number| {
            let mut values = [0.0; LANES];
            for (value, slots) in values.iter_mut().zip(slots) {
                *value = number.at(slots, practice);
            }
            values
        });
        values.collect()
    }
}

/// A post as its minutes depend on it, days and sites apart; each of its numbers is taken out.
///
/// Every field is named, so that a new one is decided on here.
pub fn post_laws(post: &Post, take: &mut impl FnMut(&mut Number)) -> Post {
    let mut post = post.clone();
    let Post { name: _, title, role, base: _, sharing: _, sites, needs_room: _, capacity, .. } = &mut post;
    title.clear();
    // Roles are numbered by option, and are compared by themselves.
    *role = 0;
    // Sites and days stand in the rule and the days on which the post exists.
    *sites = Sites::Unstated;
    match capacity {
        Capacity::People(Staffing { wte, in_post_wte, headcount: _, works: _ }) => {
            take(wte);
            in_post_wte.iter_mut().for_each(&mut *take);
        }
        Capacity::Plain(plain) => match &mut plain.absence {
            Some(PlainAbsence::Daily(share)) => take(share),
            Some(PlainAbsence::Spells { share, mean_days }) => {
                [share, mean_days].into_iter().for_each(&mut *take);
            }
            None => {}
        },
    }
    let Post { slot_minutes: _, from, until, carve_out, minutes_factor, paid_by, people_before: _, .. } =
        &mut post;
    (*from, *until, *carve_out, *paid_by) = (None, None, None, None);
    take(minutes_factor);
    post
}

/// A role as the days of its people depend on it; each of its numbers is taken out.
///
/// Every field is named, so that a new one is decided on here.
pub fn role_laws(role: &Role, take: &mut impl FnMut(&mut Number)) -> Role {
    let mut role = role.clone();
    let Role {
        name: _, title, staff_group, is_gp, hours_per_wte_week, session_hours: _, direct_share, ..
    } = &mut role;
    title.clear();
    staff_group.clear();
    *is_gp = false;
    [hours_per_wte_week, direct_share].into_iter().for_each(&mut *take);
    let Role {
        wte_per_head: _, slot_minutes, cost_per_wte_year, price_year, needs_room: _, room_order, ..
    } = &mut role;
    (*slot_minutes, *cost_per_wte_year, *room_order) = (Number::ZERO, None, 0);
    price_year.clear();
    let Role { supervision, sickness, leave, leaving, cover, .. } = &mut role;
    if let Some(Supervision { by, minutes_per_wte_week }) = supervision {
        *by = 0;
        take(minutes_per_wte_week);
    }
    match sickness {
        Some(Sickness::Daily(share)) => take(share),
        Some(Sickness::Spells { rate, spell_days, spell_cv: _, months: _ }) => {
            [rate, spell_days].into_iter().for_each(&mut *take);
        }
        None => {}
    }
    if let Some(Leave {
        days_per_wte_year,
        includes_bank_holidays: _,
        max_away_at_once: _,
        school_holiday_weight: _,
    }) = leave
    {
        take(days_per_wte_year);
    }
    if let Some(Leaving { per_year, vacancy_weeks, vacancy_cv: _, filled, ramp_up_weeks, starts_at }) =
        leaving
    {
        [per_year, vacancy_weeks, filled, ramp_up_weeks, starts_at].into_iter().for_each(&mut *take);
    }
    if let Some(Cover { chance, cost_per_session, for_leave: _ }) = cover {
        *cost_per_session = Number::ZERO;
        take(chance);
    }
    role
}

/// Posts that were drawn, for one block of replications.
#[derive(Debug, Default)]
pub struct Paths<'a> {
    /// The calendar that all of them were drawn on.
    calendar: Option<(&'a Axis, &'a Days)>,
    posts: Vec<Path<'a>>,
}

/// One post as drawn.
#[derive(Debug)]
struct Path<'a> {
    people: &'a People,
    /// Its numbers.
    values: Vec<Lanes<f64>>,
    drawn: PeopleDraw,
}

impl Roster {
    /// Takes over the posts that are known and notes which they are, before anything is drawn of the block.
    ///
    /// `slots` hold the uncertain quantities of each replication.
    pub fn take_over(&self, axis: &Axis, slots: &[Vec<f64>], paths: &Paths<'_>, draw: &mut RosterDraw) {
        let here = paths.calendar.is_some_and(|(known, days)| *known == *axis && *days == self.days);
        for (i, post) in self.posts.iter().enumerate() {
            draw.known[i] = false;
            let (PostRoster::People(people), PostDraw::People(out)) = (post, &mut draw.posts[i]) else {
                continue;
            };
            let known = paths.posts.iter().find(|path| here && path.is_of(people, slots));
            if let Some(path) = known {
                out.clone_from(&path.drawn);
                draw.known[i] = true;
            }
        }
    }

    /// Keeps the posts that were drawn, each the first time that there is one of its name.
    pub fn keep<'a>(&'a self, axis: &'a Axis, slots: &[Vec<f64>], paths: &mut Paths<'a>, draw: &RosterDraw) {
        let (known, days) = *paths.calendar.get_or_insert((axis, &self.days));
        if *known != *axis || *days != self.days {
            return;
        }
        for (i, post) in self.posts.iter().enumerate().filter(|(i, _)| !draw.known[*i]) {
            let (PostRoster::People(people), PostDraw::People(drawn)) = (post, &draw.posts[i]) else {
                continue;
            };
            let Some(name) = people.basis().map(Basis::name) else { continue };
            if paths.posts.iter().all(|path| path.people.basis().map(Basis::name) != Some(name)) {
                paths.posts.push(Path { people, values: people.values(slots), drawn: drawn.clone() });
            }
        }
    }
}

#[cfg(test)]
impl RosterDraw {
    /// How many posts hold what another option drew.
    pub(crate) fn taken_over(&self) -> usize {
        self.known.iter().filter(|known| **known).count()
    }
}

impl Path<'_> {
    /// True where a post's people have these very days.
    fn is_of(&self, people: &People, slots: &[Vec<f64>]) -> bool {
        self.people.same_laws(people) && same(&self.values, &people.values(slots), slots.len())
    }
}
