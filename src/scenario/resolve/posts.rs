//! Posts: people or plain slots at a base.
//!
//! In: the tables of posts. Out: posts by name, with role, base and fund as indexes. What a post must not state
//! together is excluded when its table is read; whether it can work as stated is checked on the whole model.

use super::names::by_name;
use super::{Resolver, title};
use crate::fault::Fault;
use crate::model::Model;
use crate::model::number::Number;
use crate::model::post::{
    Base, Capacity, CarveOut, HalfDay, HeldRelease, PlainAbsence, PlainCapacity, Post, Staffing,
};
use crate::model::working_week::Positions;
use crate::scenario::format::staff::{Access, CarveOutTable, PostTable, Release};
use crate::scenario::number::Num;
use crate::scenario::read::{Place, suggest};
use crate::units::WEEKDAYS;

impl Resolver<'_> {
    /// Posts by name.
    pub(super) fn posts(&mut self) -> Vec<Post> {
        let stated = by_name(&self.file.post);
        if stated.is_empty()
            && self.tree.get("post").and_then(|node| node.table()).is_none_or(|table| table.is_empty())
        {
            let fault = Fault::new("no-post", "", "the scenario has no post: nobody can be seen")
                .help("add [post.gps] with slots_per_day = 24, or with role = \"gp\" and wte = 4.5");
            self.fault("post", fault);
        }
        stated.into_iter().map(|(name, place, table)| self.post(name, place, table)).collect()
    }

    /// One post. A room is needed as the post says, else as its role does.
    fn post(&mut self, name: &str, place: &Place, table: &PostTable) -> Post {
        let at = |key: &str| format!("{}.{key}", place.address);
        let role = match &table.role {
            Some(role) => self.find("role", role, &at("role")),
            None if self.names.role.len() == 1 => Some(0),
            None => {
                self.missing(place, "role", "which role its people have");
                None
            }
        };
        // In this order: where it may sit hangs on its base and on how it is shared.
        let base = self.base(place, table);
        let sharing = self.sharing(table);
        if let (Some(from), Some(until)) = (table.from, table.until)
            && until.0 < from.0
        {
            self.fault(
                &at("until"),
                Fault::new(
                    "dates-order",
                    "",
                    format!("this post ends ({}) before it begins ({})", until.0, from.0),
                ),
            );
        }
        let paid_by = table
            .paid_by
            .as_ref()
            .and_then(|fund| self.find("fund", fund.strip_prefix("fund.").unwrap_or(fund), &at("paid_by")));
        Post {
            name: name.to_owned(),
            title: title(&table.name, name),
            // Stands in for a role that is missing or unknown: a fault has been noted, and the model is not used.
            role: role.unwrap_or(0),
            base,
            sites: self.sites(place, table, base, sharing),
            // The post's own word first, then its role's; a role that is not known needs one.
            needs_room: table.needs_room.unwrap_or_else(|| role.is_none_or(|role| self.needs_room(role))),
            sharing,
            capacity: self.capacity(place, table),
            slot_minutes: table.slot_minutes.as_ref().map_or(10.0, Num::value),
            from: table.from.map(|day| day.0),
            until: table.until.map(|day| day.0),
            carve_out: table.carve_out.as_ref().map(|held| self.carve_out(held)),
            minutes_factor: self.number(&table.minutes_factor, 1.0),
            paid_by,
            people_before: 0,
        }
    }

    /// Where a post is based: at the practice or network that it names, at the only practice, else for all practices.
    fn base(&mut self, place: &Place, table: &PostTable) -> Base {
        // That only one base is stated was looked at when the table was read.
        if let Some(practice) = &table.practice {
            let found = self.find("practice", practice, &format!("{}.practice", place.address));
            return Base::Practice(found.unwrap_or(0));
        }
        if let Some(network) = &table.network {
            let found = self.find("network", network, &format!("{}.network", place.address));
            return Base::Network(found.unwrap_or(0));
        }
        if self.names.practice.len() == 1 { Base::Practice(0) } else { Base::Federation }
    }

    /// What a post can do: plain slots where any are stated, else people.
    fn capacity(&mut self, place: &Place, table: &PostTable) -> Capacity {
        // Slots by themselves: no people, so neither hours nor leave.
        let plain =
            table.slots_per_day.is_some() || table.slots_by_weekday.is_some() || table.slots_by_day.is_some();
        if plain {
            return Capacity::Plain(self.plain(table));
        }
        if table.wte.is_none() {
            // A key that is there and wrong has been said.
            let stated = |key: &str| self.tree.nearest(&format!("{}.{key}", place.address)).1;
            if !["slots_per_day", "slots_by_weekday", "slots_by_day"].into_iter().any(stated) {
                self.missing(place, "wte", "how many people it has");
                if let Some((fault, _)) = self.faults.last_mut()
                    && fault.code == "missing-key"
                {
                    fault.help = Some(
                        "add wte = 4.5, or slots_per_day = 24 for a plain number of appointments".to_owned(),
                    );
                }
            }
        }
        // Establishment and people in post are held against each other only where both are certain.
        let wte = self.number(&table.wte, 0.0);
        let in_post_wte = self.maybe(&table.in_post_wte);
        if let (Number::Fixed(wte), Some(Number::Fixed(in_post))) = (wte, in_post_wte)
            // What could not be read has been said, and is not nobody.
            && table.wte.is_some()
            && in_post > wte
        {
            let fault = Fault::new(
                "in-post-above",
                "",
                format!("{in_post} WTE are in post, more than the establishment of {wte} WTE"),
            )
            .help(
                "`wte` is the establishment; raise it, or leave `in_post_wte` out where all posts are filled",
            );
            self.fault(&format!("{}.in_post_wte", place.address), fault);
        }
        Capacity::People(Staffing {
            wte,
            in_post_wte,
            headcount: table.headcount.as_ref().map(|heads| heads.value() as u32),
            works: table.works.as_ref().map(|works| self.works(works, &format!("{}.works", place.address))),
        })
    }

    /// Slots by weekday (Monday first), by day of the period, and on stretches of days that differ; members and
    /// their absence.
    ///
    /// Members are one where none is stated. An exception without an end is one day.
    fn plain(&mut self, table: &PostTable) -> PlainCapacity {
        // The same number on every weekday; closed days have none whatever stands here.
        let same = table.slots_per_day.as_ref().map_or(0.0, Num::value);
        let slots = match &table.slots_by_weekday {
            Some(stated) => self.weekdays(stated, [0.0; 7]),
            None => [same; 7],
        };
        // In the order of the file: where two hold on one day the roster decides.
        let mut exceptions = Vec::new();
        for exception in table.exceptions.iter().flatten() {
            let (Some(from), Some(slots)) = (exception.from, &exception.slots) else {
                self.missing(&exception.place, "from", "its first day and its `slots`");
                continue;
            };
            let to = exception.to.unwrap_or(from);
            if to.0 < from.0 {
                let fault = Fault::new(
                    "dates-order",
                    "",
                    format!("this exception ends ({}) before it begins ({})", to.0, from.0),
                );
                self.fault(&format!("{}.to", exception.place.address), fault);
            }
            exceptions.push((from.0, to.0, slots.value()));
        }
        PlainCapacity {
            slots,
            slots_by_day: table.slots_by_day.as_ref().map(|days| days.iter().map(Num::value).collect()),
            exceptions,
            members: table.members.as_ref().map_or(1, |members| members.value() as u32),
            absence: table.absence.as_ref().map(|absence| match &absence.daily {
                Some(daily) => PlainAbsence::Daily(self.drawn(daily)),
                None => PlainAbsence::Spells {
                    share: self.needed(&absence.share, &absence.place, "share", "how much is lost to it"),
                    mean_days: self.needed(
                        &absence.spell_days,
                        &absence.place,
                        "spell_days",
                        "how long a spell lasts",
                    ),
                },
            }),
        }
    }

    /// "mon am, mon pm" as half-days.
    ///
    /// A half-day is twice the weekday, Monday first, and one more in the afternoon.
    fn works(&mut self, works: &str, address: &str) -> Vec<HalfDay> {
        let mut found = Vec::new();
        for words in works.split(',').map(str::trim).filter(|words| !words.is_empty()) {
            let parsed = words.split_once(char::is_whitespace).and_then(|(day, half)| {
                // Only the short words of the file: `mon am`.
                let day = WEEKDAYS.iter().position(|known| *known == day)?;
                let half = ["am", "pm"].iter().position(|known| *known == half.trim())?;
                // At most 13: seven days of two halves.
                Some((day * 2 + half) as HalfDay)
            });
            match parsed {
                Some(half) => found.push(half),
                None => {
                    let day = words.split_whitespace().next().unwrap_or_default();
                    let fault = Fault::new("unknown-half-day", "", format!("`{words}` is not a half-day"));
                    let help = if WEEKDAYS.contains(&day) {
                        "write am or pm after the day, as in \"mon am, tue pm\"".to_owned()
                    } else {
                        suggest(day, WEEKDAYS.into_iter(), "days are")
                    };
                    self.fault(address, fault.help(help));
                }
            }
        }
        found
    }

    /// Minutes held for some needs: for how much of the day, for whom, and what becomes of the rest.
    fn carve_out(&mut self, table: &CarveOutTable) -> CarveOut {
        // Minutes held for nobody would be lost every day.
        if table.r#for.as_ref().is_none_or(Vec::is_empty) {
            self.missing(&table.place, "for", "for which needs minutes are held");
        }
        CarveOut {
            share: self.needed(&table.share, &table.place, "share", "which share of the day is held"),
            for_needs: self.find_all(
                "need",
                table.r#for.as_deref().unwrap_or_default(),
                &format!("{}.for", table.place.address),
            ),
            // Unless stated, those needs may be seen in the open minutes as well.
            held_only: table.access == Some(Access::HeldOnly),
            release: if table.release == Some(Release::Lost) {
                HeldRelease::Lost
            } else {
                HeldRelease::SameDay
            },
        }
    }
}

/// Numbers the people of posts of one role and base together: each post has the lowest numbers that are free while it is
/// there, those of `now` first, then by first day and name. How many people it has goes by the means of its numbers.
pub(in crate::scenario) fn number_people(model: &mut Model, now: Option<&Model>) {
    let people = |post: &Post| match &post.capacity {
        Capacity::People(staffing) => {
            let mean = |number: Number| model.inputs.mean(number);
            let per_head = model.roles.get(post.role).map_or(1.0, |role| role.wte_per_head);
            let in_post = staffing.in_post_wte.map(mean);
            Positions::new(mean(staffing.wte), in_post, staffing.headcount, per_head).heads()
        }
        Capacity::Plain(_) => 0,
    };
    let heads: Vec<usize> = model.posts.iter().map(people).collect();
    let known = |post: &Post| now.is_some_and(|now| now.posts.iter().any(|old| old.name == post.name));
    let mut order: Vec<usize> = (0..model.posts.len()).collect();
    order.sort_by_key(|at| {
        let post = &model.posts[*at];
        (!known(post), post.from.map(|day| day.0), post.name.clone())
    });
    let mut numbered: Vec<usize> = Vec::new();
    for at in order {
        let post = &model.posts[at];
        let mut taken: Vec<(usize, usize)> = numbered
            .iter()
            .map(|other| (&model.posts[*other], heads[*other]))
            .filter(|(other, _)| (other.role, other.base) == (post.role, post.base) && other.overlaps(post))
            .map(|(other, heads)| (other.people_before, heads))
            .collect();
        taken.sort_unstable();
        let mut free = 0;
        for (first, many) in taken {
            if free + heads[at] > first {
                free = free.max(first + many);
            }
        }
        model.posts[at].people_before = free;
        numbered.push(at);
    }
}

#[cfg(test)]
mod tests {
    use crate::scenario::load_text;

    /// Five people of one post, or three of them in it and two in posts of their own, one of whom follows the other: the
    /// follower takes the place that falls free.
    #[test]
    fn people_of_divided_posts_are_counted_on() {
        let text = |posts: &str| {
            format!(
                "[horizon]\nstart = 2019-04-01\nweeks = 8\n[practice.a]\nregistered_list = 5000\n[practice.b]\nregistered_list = 5000\n\
                 [need.ask]\nrate_per_patient_year = 3\nroles = [\"gp\"]\n[role.gp]\nwte_per_head = 0.75\n{posts}"
            )
        };
        let before = |posts: &str| -> Vec<usize> {
            let scenario = load_text("a.toml", &text(posts), &[]);
            let scenario = scenario.unwrap_or_else(|report| panic!("{}", report.render(false)));
            scenario.options[0].model.posts.iter().map(|post| post.people_before).collect()
        };
        let post = |name: &str, practice: &str, rest: &str| {
            format!("[post.{name}]\npractice = \"{practice}\"\nrole = \"gp\"\n{rest}\n")
        };
        let rest = post("gps", "a", "wte = 2.25");
        let leaver = post("gps_leaver", "a", "wte = 0.75\nuntil = 2019-04-30");
        let follower = post("gps_next", "a", "wte = 0.75\nfrom = 2019-05-01");
        let others = post("gps_b", "b", "wte = 3");
        let stated = [rest.clone(), others, leaver, follower].concat();
        assert_eq!(before(&stated), [0, 0, 3, 3], "b's GPs are another base's");
        let beside = post("gps_more", "a", "headcount = 2\nwte = 1");
        let more = [rest.clone(), beside.clone(), beside.replace("gps_more", "gps_part")].concat();
        assert_eq!(before(&more), [0, 3, 5]);
        // By other names leaver and follower have one number still.
        let early = stated.replace("gps_leaver", "a_leaver").replace("gps_next", "b_next");
        assert_eq!(before(&early), [0, 0, 1, 0]);
        // What an option adds comes behind what is there, whatever its name.
        let added = "[option.more.overlay.post.aaa]\npractice = \"a\"\nrole = \"gp\"\nwte = 0.75\n";
        let scenario = load_text("a.toml", &text(&[&rest, added].concat()), &[]);
        let scenario = scenario.unwrap_or_else(|report| panic!("{}", report.render(false)));
        let posts = scenario.options[1].model.posts.iter();
        let numbers: Vec<_> = posts.map(|post| (post.name.as_str(), post.people_before)).collect();
        assert_eq!(numbers, [("aaa", 3), ("gps", 0)]);
    }
}
