//! The step to try next: staff where fewest are seen in time, in the role that holds that practice back.
//!
//! Practices are taken from the worst-served on; those where nobody can see the target's need have no post to enlarge. Roles: the bottleneck's; where none of them is lacking anywhere, those
//! that see the target's need. What a practice lacks of a role = slot minutes wanted there less minutes on the roster for it (a shared post counts by
//! weighted list). The step covers all of it, at the practice's own post, else at the post of its network, else at the
//! one of all practices; there it covers what all the post's practices lack. Where so many of the practice's
//! sessions find no room that they make a quarter of what is lacking, the step is rooms: more people would have nowhere to sit. A post
//! with nobody in it is counted by what the role says of a wte. The command is the one that was typed with the
//! step added, so that steps taken one after another build on each other. Where no setting covers what is lacking, the worst-served
//! practice is named all the same.
//!
//! In: as-now with its outcome, the target in focus, the roles of the bottleneck. Out: a command with its reason,
//! or nothing. Slot minutes wanted are probed: replications are played once for each practice looked at.

use super::one_more::{full_time, mean_of, one_slot_a_day, short_rooms};
use super::probe::probe;
use super::say;
use super::typed::{Setting, Typed};
use super::unseen::unseen;
use crate::model::Model;
use crate::model::post::{Base, Capacity, PlainCapacity, Post, Staffing};
use crate::model::working_week::heads;
use crate::outcome::Outcome;
use crate::outcome::columns::{About, Place};
use crate::plan::lanes::Replication;
use crate::roster::rooms::{Asked, HalfDayAsked};
use crate::stats::moments::Moments;

/// A whole-time equivalent is planned in tenths; a step of less is too small to see.
const TENTH: f64 = 10.0;
/// Rooms are the step where, with everybody in, sessions without one come to this share of those lacking.
const LOST: f64 = 0.25;
/// Weekdays as keys of a scenario.
const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// A step, with its reason.
///
/// `command` is quoted for a shell already (see `typed::quoted`); empty where only the place can be named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Next {
    /// Why there and so much.
    pub why: String,
    /// The command that tries it, as words of a shell.
    pub command: Vec<String>,
}

/// Where and with what the step is looked for.
#[derive(Clone, Copy, Debug)]
pub struct Search<'a> {
    /// As-now.
    pub model: &'a Model,
    /// Its outcome.
    pub outcome: &'a Outcome,
    /// Place of the headline.
    pub place: Place,
    /// Target.
    pub target: usize,
    /// Roles to look at first; none where there is no bottleneck.
    pub roles: &'a [usize],
    /// Seed.
    pub seed: u64,
    /// Replications to look at.
    pub reps: &'a [Replication],
}

/// The practice where fewest are seen in time, with that share.
#[derive(Clone, Copy)]
struct Worst {
    /// Practice and share.
    at: (usize, f64),
    /// True where at others nobody can see the need.
    others: bool,
}

/// What a place lacks of a role at one of its posts.
struct Lack {
    /// Index of the role.
    role: usize,
    /// Index of the post that would be enlarged.
    post: usize,
    /// Minutes a week.
    minutes: f64,
}

/// The step; where no post could cover what is lacking, only where fewest are seen, if there are several practices.
///
/// The bottleneck's roles are tried at all practices before those that see the need are. Practices that meet the
/// target are left out.
pub fn next(search: &Search<'_>, typed: &Typed) -> Option<Next> {
    let short = short_rooms(search.model, search.place);
    let need = &search.model.needs[search.model.targets[search.target].need];
    let seers: Vec<usize> = need.seen_by.iter().map(|s| s.role).collect();
    // A step enlarges a post: where nobody can see the need there is none, and the verdict says so.
    let nobody = unseen(search.model, search.place, search.model.targets[search.target].need);
    let mut places = search.worst_first();
    let always = |practice: usize| nobody.iter().any(|u| u.practice == practice && u.days.is_none());
    places.retain(|(practice, _)| !always(*practice));
    let others = nobody.iter().any(|u| u.days.is_none());
    let mut tried =
        [search.roles, &seers].into_iter().flat_map(|roles| places.iter().map(move |at| (roles, at)));
    let step = tried.find_map(|(roles, (practice, served))| {
        let lack = search.lack(roles, *practice)?;
        let at = (*practice, *served);
        let worst = Worst { at: *places.first()?, others };
        let rooms = short.iter().find(|asked| asked.practice == *practice);
        let roomless =
            |rooms: &&Asked| without_room(rooms) >= LOST * lack.minutes / search.session(lack.role);
        let needs_room = search.model.posts[lack.post].needs_room;
        if let Some(rooms) = rooms.filter(|_| needs_room).filter(roomless) {
            let (sets, why) = (search.rooms(rooms), search.why_rooms(rooms, at, worst));
            return Some(Next { why, command: typed.with(&sets) });
        }
        let (sets, more) = search.step(&lack)?;
        let why = search.why(&lack, at, worst, &more);
        Some(Next { why, command: typed.with(&sets) })
    });
    let several = search.place.practices(search.model).len() > 1;
    let only_where = |at: &(usize, f64)| {
        let why = format!("{}.", search.few(*at, Worst { at: *at, others }));
        Next { why, command: Vec::new() }
    };
    step.or_else(|| places.first().filter(|_| several).map(only_where))
}

impl Search<'_> {
    /// Practices below the target, fewest seen in time first, with that share.
    fn worst_first(&self) -> Vec<(usize, f64)> {
        let about = About::Target(self.target);
        let served = |p: usize| {
            let series = self.outcome.series("seen_within_target", Place::Practice(p), about)?;
            Some((p, Moments::of(&series).mean()?))
        };
        let practices = self.place.practices(self.model).into_iter();
        let mut all: Vec<(usize, f64)> = practices.filter_map(served).collect();
        all.retain(|(_, share)| *share < self.model.targets[self.target].share);
        all.sort_by(|a, b| a.1.total_cmp(&b.1));
        all
    }

    /// Why there and so much.
    ///
    /// `worst` is the practice where fewest are seen in time; `more` is the step in words.
    fn why(&self, lack: &Lack, (practice, served): (usize, f64), worst: Worst, more: &str) -> String {
        let role = &self.model.roles[lack.role];
        let at = match self.model.posts[lack.post].base {
            Base::Practice(_) => "there",
            Base::Network(_) | Base::Federation => "in the post that it shares",
        };
        let sessions = say::sessions(lack.minutes / self.session(lack.role));
        format!(
            "{}; {at} {} lack {sessions} a week, which {more} would cover on average, not in every year.",
            self.few((practice, served), worst),
            say::inside(&say::plural(&role.title)),
        )
    }

    /// Appointment minutes of a session.
    ///
    /// By the role's hours a session and direct share, at the mean of the draws looked at.
    fn session(&self, role: usize) -> f64 {
        let role = &self.model.roles[role];
        60.0 * role.session_hours * mean_of(self.model, role.direct_share, self.seed, self.reps)
    }

    /// Where too few are seen in time; and where fewest are, if no step is offered there.
    fn few(&self, (practice, served): (usize, f64), worst: Worst) -> String {
        let title = |p: usize| &self.model.practices[p].title;
        let (here, served) = (title(practice), say::percent(served));
        let (fewest, least) = worst.at;
        // A practice by itself is not the worst of any.
        if self.place.practices(self.model).len() == 1 {
            return format!("At {here} {served} are seen in time on average");
        }
        match (practice == fewest, worst.others) {
            (true, false) => format!("Fewest are seen in time at {here} ({served} on average)"),
            (true, true) => format!("Elsewhere fewest are seen in time at {here} ({served} on average)"),
            (false, _) => format!(
                "Too few are seen in time at {here} ({served} on average; fewest at {}, {})",
                title(fewest),
                say::percent(least)
            ),
        }
    }

    /// Why rooms, and so many.
    fn why_rooms(&self, short: &Asked, at: (usize, f64), worst: Worst) -> String {
        let days = |weekday: &usize| self.model.calendar.open[*weekday];
        let has = (0..7).filter(days).map(|weekday| usize::from(short.rooms[weekday]));
        let (least, most) = has.fold((usize::MAX, 0), |(low, high), rooms| (low.min(rooms), high.max(rooms)));
        let has = match (least, most) {
            (_, 1) => "there is 1 room".to_owned(),
            (least, most) if least == most => format!("there are {most} rooms"),
            (least, most) => format!("there are {least} to {most} rooms"),
        };
        format!(
            "{}; {has} there, and with everybody in up to {} sessions ask for one in a half-day: more people would have nowhere to sit.",
            self.few(at, worst),
            wanted(short, 0..7)
        )
    }

    /// Rooms for every session with everybody in.
    ///
    /// One number where all open days have as many now; else only the weekdays that are short, each with what it
    /// asks for.
    fn rooms(&self, short: &Asked) -> Vec<Setting> {
        let name = &self.model.practices[short.practice].name;
        let open = |weekday: &usize| self.model.calendar.open[*weekday];
        let has: Vec<u16> = (0..7).filter(open).map(|weekday| short.rooms[weekday]).collect();
        if has.windows(2).all(|pair| pair[0] == pair[1]) {
            return vec![(format!("practice.{name}.rooms"), wanted(short, 0..7).to_string())];
        }
        let few = |weekday: &usize| wanted(short, *weekday..*weekday + 1) > u32::from(short.rooms[*weekday]);
        let set = |weekday: usize| {
            let most = wanted(short, weekday..weekday + 1);
            (format!("practice.{name}.rooms.{}", WEEKDAYS[weekday]), most.to_string())
        };
        (0..7).filter(few).map(set).collect()
    }

    /// The role of which a practice lacks most, with the post to cover it.
    ///
    /// None where nothing is lacking. What a shared post lacks is of all its practices together.
    fn lack(&self, roles: &[usize], practice: usize) -> Option<Lack> {
        let lacks = roles.iter().filter_map(|&role| {
            let post = self.post(role, practice)?;
            let practices = self.model.posts[post].practices(self.model);
            let wanted: f64 = self.wanted(role, &practices);
            let offered: f64 = practices.iter().map(|p| self.offered(role, *p)).sum();
            Some(Lack { role, post, minutes: wanted - offered })
        });
        lacks.filter(|l| l.minutes > 0.0).max_by(|a, b| a.minutes.total_cmp(&b.minutes))
    }

    /// The nearest post of a role to a practice: its own, its network's, the one of all.
    ///
    /// Posts with an end are left out, as the step should last, and those that begin later: more of these is there when the
    /// shortage may be over.
    fn post(&self, role: usize, practice: usize) -> Option<usize> {
        let serves = |i: &usize| {
            let post = &self.model.posts[*i];
            let stays = post.until.is_none() && post.exists_on(self.model.horizon.start);
            post.role == role && stays && post.practices(self.model).contains(&practice)
        };
        (0..self.model.posts.len()).filter(serves).min_by_key(|i| self.model.posts[*i].base)
    }

    /// Slot minutes a week wanted of a role at some practices.
    ///
    /// Plays the replications for each practice.
    fn wanted(&self, role: usize, practices: &[usize]) -> f64 {
        let weeks = self.model.horizon.days as f64 / 7.0;
        let of = |p: &usize| {
            let probed = probe(self.model, self.seed, Place::Practice(*p), self.reps);
            let sum: f64 = probed.iter().map(|r| r.wanted[role].iter().sum::<f64>()).sum();
            sum / (weeks * probed.len().max(1) as f64)
        };
        practices.iter().map(of).sum()
    }

    /// Minutes a week on the roster of a role for a practice.
    ///
    /// A shared post counts by weighted list; where the lists are uncertain its practices count alike.
    fn offered(&self, role: usize, practice: usize) -> f64 {
        let posts = self.model.posts.iter().enumerate().filter(|(_, post)| post.role == role);
        posts
            .map(|(i, post)| {
                let practices = post.practices(self.model);
                let list = |p: &usize| self.model.practices[*p].weighted_list.fixed().unwrap_or(1.0);
                let all: f64 = practices.iter().map(list).sum();
                let own = practices.iter().filter(|p| **p == practice).map(list).sum::<f64>();
                if own > 0.0 { self.rostered(i) * own / all } else { 0.0 }
            })
            .sum()
    }

    /// Minutes a week on the roster of a post.
    ///
    /// Mean over all replications of the run, not only those probed.
    fn rostered(&self, post: usize) -> f64 {
        let weeks = self.outcome.sums.weeks;
        let mean = |week| self.outcome.sums.post_week(post, week, 0).mean().unwrap_or(0.0);
        (0..weeks).map(mean).sum::<f64>() * 7.0 / self.model.horizon.days as f64
    }

    /// The settings that cover a lack, and how much more that is in words.
    ///
    /// None where it cannot be put in one setting: wte that is uncertain, people or slots that bring nothing, slots
    /// stated day by day or otherwise by weekday.
    fn step(&self, lack: &Lack) -> Option<(Vec<Setting>, String)> {
        match &self.model.posts[lack.post].capacity {
            Capacity::People(staffing) => self.more_people(lack, staffing),
            Capacity::Plain(plain) => self.more_slots(lack, plain),
        }
    }

    /// As many wte more as bring the minutes lacking, upwards to a tenth.
    ///
    /// At what one wte in post brings now; at what the role says of one where nobody is.
    fn more_people(&self, lack: &Lack, staffing: &Staffing) -> Option<(Vec<Setting>, String)> {
        let post = &self.model.posts[lack.post];
        let wte = staffing.wte.fixed()?;
        let in_post = staffing.in_post_wte.map_or(Some(wte), |n| n.fixed())?;
        let (of, brings) = if in_post > 0.0 {
            (in_post, self.rostered(lack.post))
        } else {
            (1.0, full_time(self.model, post, self.seed, self.reps))
        };
        if brings <= 0.0 {
            return None;
        }
        let more = (TENTH * lack.minutes * of / brings).ceil() / TENTH;
        let mut sets = vec![set(post, "wte", wte + more)];
        if staffing.in_post_wte.is_some() {
            sets.push(set(post, "in_post_wte", in_post + more));
        }
        if staffing.headcount.is_some() {
            let a_head = self.model.roles[post.role].wte_per_head;
            let all = heads(wte, staffing.headcount, a_head) + heads(more, None, a_head);
            sets.push(set(post, "headcount", all as f64));
        }
        let s = if more == 1.0 { "" } else { "s" };
        let price = self.model.roles[post.role].cost_per_wte_year;
        let cost = price.map_or(String::new(), |price| {
            let pounds = more * mean_of(self.model, price, self.seed, self.reps);
            format!(" (about £{} a year)", say::pounds(pounds))
        });
        Some((sets, format!("{} whole-time equivalent{s} more{cost}", typed(more))))
    }

    /// As many slots a day more as bring the minutes lacking.
    ///
    /// At what a slot brings now; where there are none, at its stated length on every open day.
    fn more_slots(&self, lack: &Lack, plain: &PlainCapacity) -> Option<(Vec<Setting>, String)> {
        let post = &self.model.posts[lack.post];
        let most = plain.slots.iter().copied().fold(0.0, f64::max);
        let alike = plain.slots.iter().all(|slots| *slots == most || *slots == 0.0);
        if !alike || plain.slots_by_day.is_some() {
            return None;
        }
        let (of, brings) = if most > 0.0 {
            (most, self.rostered(lack.post))
        } else {
            (1.0, one_slot_a_day(self.model, post, self.seed, self.reps))
        };
        let more = (of * lack.minutes / brings).ceil();
        (brings > 0.0).then(|| {
            (
                vec![set(post, "slots_per_day", most + more)],
                format!("{} a day more", say::counted(more, "slot")),
            )
        })
    }
}

/// A setting of a post.
fn set(post: &Post, what: &str, x: f64) -> Setting {
    (format!("post.{}.{what}", post.name), typed(x))
}

/// Sessions of a mean week for which there is no room.
///
/// With everybody in, by half-day; a half-day with rooms to spare makes up for none.
fn without_room(short: &Asked) -> f64 {
    let over =
        |(weekday, half): (usize, &HalfDayAsked)| (half.sessions - f64::from(short.rooms[weekday])).max(0.0);
    let halves =
        short.halves.iter().enumerate().flat_map(|(weekday, of)| of.iter().map(move |half| (weekday, half)));
    halves.map(over).sum()
}

/// Sessions that ask for a room in the half-day with the most, of some weekdays.
fn wanted(short: &Asked, weekdays: std::ops::Range<usize>) -> u32 {
    let of_day = |weekday: usize| short.halves[weekday].iter().map(|half| half.most).max().unwrap_or(0);
    weekdays.map(of_day).max().unwrap_or(0)
}

/// A number as a planner would type it.
///
/// Two decimals at most.
fn typed(x: f64) -> String {
    format!("{}", (x * 100.0).round() / 100.0)
}
