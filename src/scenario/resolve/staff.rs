//! Roles and posts.

use super::names::by_name;
use super::{Resolver, title};
use crate::fault::Fault;
use crate::model::number::Number;
use crate::model::post::{
    Base, Capacity, CarveOut, HalfDay, HeldRelease, PlainAbsence, PlainCapacity, Post, Sharing, Staffing,
};
use crate::model::role::{Cover, Leave, Leaving, Role, Sickness, Supervision};
use crate::scenario::format::staff::{
    Access, CarveOutTable, PostTable, Release, RoleTable, SharingWord, SicknessTable,
};
use crate::scenario::number::Num;
use crate::scenario::read::{Place, suggest};
use crate::units::WEEKDAYS;

/// Hours of a session where none are stated: 4 h 10 min, a ninth of 37.5 hours.
const SESSION_HOURS: f64 = 37.5 / 9.0;

/// How far hours and sessions may disagree.
const SESSIONS_TOLERANCE: f64 = 0.02;

impl Resolver<'_> {
    /// Roles by name; plain ones where the scenario states none.
    pub(super) fn roles(&mut self) -> Vec<Role> {
        let stated = by_name(&self.file.role);
        if stated.is_empty() {
            let names = self.names.role.clone();
            let plain = RoleTable { staff_group: Some("GP".to_owned()), ..RoleTable::default() };
            return names.iter().map(|name| self.role(name, &Place::default(), &plain)).collect();
        }
        stated.into_iter().map(|(name, place, table)| self.role(name, place, table)).collect()
    }

    fn role(&mut self, name: &str, place: &Place, table: &RoleTable) -> Role {
        let staff_group = table.staff_group.clone().unwrap_or_else(|| "Other Practice staff".to_owned());
        self.sessions(place, table);
        Role {
            name: name.to_owned(),
            title: title(&table.name, name),
            is_gp: table.is_gp.unwrap_or(staff_group == "GP"),
            staff_group,
            hours_per_wte_week: self.number(&table.hours_per_wte_week, 37.5),
            session_hours: table.session_hours.as_ref().map_or(SESSION_HOURS, Num::value),
            direct_share: self.number(&table.direct_share, 1.0),
            wte_per_head: table.wte_per_head.as_ref().map_or(1.0, Num::value),
            slot_minutes: self.number(&table.slot_minutes, 10.0),
            cost_per_wte_year: self.maybe(&table.cost_per_wte_year),
            supervision: table.supervision.as_ref().and_then(|supervision| {
                let place = &supervision.place;
                let minutes_per_wte_week = self.needed(
                    &supervision.minutes_per_wte_week,
                    place,
                    "minutes_per_wte_week",
                    "how much it takes",
                );
                let Some(by) = &supervision.by else {
                    self.missing(place, "by", "who supervises");
                    return None;
                };
                let by = self.find("role", by, &format!("{}.by", place.address))?;
                Some(Supervision { by, minutes_per_wte_week })
            }),
            sickness: table.sickness.as_ref().map(|sickness| self.sickness(sickness)),
            leave: table.leave.as_ref().map(|leave| Leave {
                days_per_wte_year: self.needed(
                    &leave.days_per_wte_year,
                    &leave.place,
                    "days_per_wte_year",
                    "how many days",
                ),
                includes_bank_holidays: leave.includes_bank_holidays.unwrap_or(false),
                max_away_at_once: leave.max_away_at_once.as_ref().map_or(1.0, Num::value),
                school_holiday_weight: leave.school_holiday_weight.as_ref().map_or(1.0, Num::value),
            }),
            leaving: table.leaving.as_ref().map(|leaving| {
                let vacancy = leaving.vacancy_weeks.clone().unwrap_or_default();
                if leaving.vacancy_weeks.is_none() {
                    self.missing(&leaving.place, "vacancy_weeks", "how long a post stays vacant");
                }
                Leaving {
                    per_year: self.needed(
                        &leaving.per_year,
                        &leaving.place,
                        "per_year",
                        "how likely people leave",
                    ),
                    vacancy_weeks: self.needed(
                        &vacancy.mean,
                        &vacancy.place,
                        "mean",
                        "how long a post stays vacant",
                    ),
                    vacancy_cv: self.fixed(&vacancy.cv, 0.0),
                    filled: self.number(&leaving.filled, 1.0),
                    ramp_up_weeks: self.number(&leaving.ramp_up_weeks, 0.0),
                    starts_at: self.number(&leaving.starts_at, 1.0),
                }
            }),
            cover: table.cover.as_ref().map(|cover| Cover {
                chance: self.needed(
                    &cover.chance,
                    &cover.place,
                    "chance",
                    "how likely an absence is covered",
                ),
                cost_per_session: self.number(&cover.cost_per_session, 0.0),
                for_leave: cover.for_leave.unwrap_or(false),
            }),
        }
    }

    /// A number that the model keeps fixed although its kind may be uncertain.
    fn fixed<R>(&mut self, number: &Option<Num<R>>, default: f64) -> f64 {
        let Some(number) = number else { return default };
        let value = number.value();
        if value.is_nan() {
            let fault =
                Fault::new("must-be-fixed", "", "this figure has to be one number; it cannot be uncertain");
            let address = number.figure.place.address.clone();
            self.fault(
                &address,
                fault.help("to carry a source with it write `{ fixed = 12, source = \"…\" }`"),
            );
            return default;
        }
        value
    }

    /// Hours, sessions and their length have to agree.
    fn sessions(&mut self, place: &Place, table: &RoleTable) {
        let Some(sessions) = &table.sessions_per_wte_week else { return };
        let hours = table
            .hours_per_wte_week
            .as_ref()
            .map_or(37.5, |hours| crate::scenario::laws::summary(&hours.figure).0);
        let length = table.session_hours.as_ref().map_or(SESSION_HOURS, Num::value);
        let product = sessions.value() * length;
        if (product / hours - 1.0).abs() > SESSIONS_TOLERANCE {
            let message = format!(
                "{} sessions of {} hours are {} hours, but one WTE is stated as {} hours a week",
                sessions.value(),
                round(length),
                round(product),
                round(hours)
            );
            let help = format!(
                "{} sessions of this length would be {} hours; leave one of the three keys out",
                round(hours / length),
                round(hours)
            );
            self.fault(
                &format!("{}.sessions_per_wte_week", place.address),
                Fault::new("hours-disagree", "", message).help(help),
            );
        }
    }

    fn sickness(&mut self, table: &SicknessTable) -> Sickness {
        if let Some(daily) = &table.daily {
            return Sickness::Daily(self.drawn(daily));
        }
        let rate = self.needed(&table.rate, &table.place, "rate", "how much is lost to it");
        if table.spell_days.is_none() && table.rate.is_some() {
            self.missing(&table.place, "spell_days", "how long a spell lasts");
        }
        let spell = table.spell_days.clone().unwrap_or_default();
        let months = table
            .months
            .as_ref()
            .and_then(|months| self.months(months, &format!("{}.months", table.place.address)));
        Sickness::Spells {
            rate,
            spell_days: if table.spell_days.is_some() {
                self.needed(&spell.mean, &spell.place, "mean", "how long a spell lasts")
            } else {
                Number::ONE
            },
            spell_cv: self.fixed(&spell.cv, 1.0),
            months: months.unwrap_or([1.0; 12]),
        }
    }

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
        let base = self.base(place, table);
        let sharing = match table.sharing {
            None | Some(SharingWord::Pooled) => Sharing::Pooled,
            Some(SharingWord::Split) => Sharing::Split,
            Some(SharingWord::Rota) => {
                Sharing::Rota { minutes_lost: table.rota_minutes_lost.as_ref().map_or(0.0, Num::value) }
            }
        };
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
            role: role.unwrap_or(0),
            base,
            sharing,
            capacity: self.capacity(place, table),
            slot_minutes: table.slot_minutes.as_ref().map_or(10.0, Num::value),
            from: table.from.map(|day| day.0),
            until: table.until.map(|day| day.0),
            carve_out: table.carve_out.as_ref().map(|held| self.carve_out(held)),
            minutes_factor: self.number(&table.minutes_factor, 1.0),
            paid_by,
        }
    }

    fn base(&mut self, place: &Place, table: &PostTable) -> Base {
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

    fn capacity(&mut self, place: &Place, table: &PostTable) -> Capacity {
        let plain =
            table.slots_per_day.is_some() || table.slots_by_weekday.is_some() || table.slots_by_day.is_some();
        if plain {
            return Capacity::Plain(self.plain(table));
        }
        if table.wte.is_none() {
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
        let wte = self.number(&table.wte, 0.0);
        let in_post_wte = self.maybe(&table.in_post_wte);
        if let (Number::Fixed(wte), Some(Number::Fixed(in_post))) = (wte, in_post_wte)
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

    fn plain(&mut self, table: &PostTable) -> PlainCapacity {
        let same = table.slots_per_day.as_ref().map_or(0.0, Num::value);
        let slots = match &table.slots_by_weekday {
            Some(stated) => self.weekdays(stated, [0.0; 7]),
            None => [same; 7],
        };
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
    fn works(&mut self, works: &str, address: &str) -> Vec<HalfDay> {
        let mut found = Vec::new();
        for words in works.split(',').map(str::trim).filter(|words| !words.is_empty()) {
            let parsed = words.split_once(char::is_whitespace).and_then(|(day, half)| {
                let day = WEEKDAYS.iter().position(|known| *known == day)?;
                let half = ["am", "pm"].iter().position(|known| *known == half.trim())?;
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

    fn carve_out(&mut self, table: &CarveOutTable) -> CarveOut {
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
            held_only: table.access == Some(Access::HeldOnly),
            release: if table.release == Some(Release::Lost) {
                HeldRelease::Lost
            } else {
                HeldRelease::SameDay
            },
        }
    }
}

/// Three decimals at most.
pub(crate) fn round(value: f64) -> f64 {
    (value * 1e3).round() / 1e3
}
