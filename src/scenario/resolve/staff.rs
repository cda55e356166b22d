//! Roles.
//!
//! In: the tables of roles. Out: roles by name. What a role does not state does not happen: no sickness, no
//! leave, nobody leaves.

use super::names::by_name;
use super::{Resolver, role_title};
use crate::fault::Fault;
use crate::model::number::Number;
use crate::model::role::{Cover, Leave, Leaving, Role, Sickness, Supervision};
use crate::scenario::format::staff::{LeavingTable, RoleTable, SicknessTable, StaffGroup};
use crate::scenario::number::Num;
use crate::scenario::read::{Place, Word};

/// Hours of a session where none are stated: 4 h 10 min, a ninth of 37.5 hours.
const SESSION_HOURS: f64 = 37.5 / 9.0;

/// How far hours and sessions may disagree.
const SESSIONS_TOLERANCE: f64 = 0.02;

impl Resolver<'_> {
    /// Roles by name; plain ones where the scenario states none.
    ///
    /// A scenario that states no role means doctors: their staff group is GP.
    pub(super) fn roles(&mut self) -> Vec<Role> {
        let stated = by_name(&self.file.role);
        if stated.is_empty() {
            let names = self.names.role.clone();
            // So that shares of GP appointments mean something in a file without roles.
            let plain = RoleTable { staff_group: Some(StaffGroup::Gp), ..RoleTable::default() };
            return names.iter().map(|name| self.role(name, &Place::default(), &plain)).collect();
        }
        stated.into_iter().map(|(name, place, table)| self.role(name, place, table)).collect()
    }

    /// One role. A WTE is 37.5 hours a week and all of it is appointment time where nothing else is stated.
    fn role(&mut self, name: &str, place: &Place, table: &RoleTable) -> Role {
        // The national collection's word for all who are not GPs.
        let staff_group = table.staff_group.unwrap_or(StaffGroup::OtherPracticeStaff);
        self.sessions(place, table);
        Role {
            name: name.to_owned(),
            title: role_title(&table.name, name),
            // A role may count as a GP's although the collection calls it otherwise.
            is_gp: table.is_gp.unwrap_or(staff_group == StaffGroup::Gp),
            staff_group: staff_group.word().to_owned(),
            hours_per_wte_week: self.number(&table.hours_per_wte_week, 37.5),
            session_hours: table.session_hours.as_ref().map_or(SESSION_HOURS, Num::value),
            direct_share: self.number(&table.direct_share, 1.0),
            wte_per_head: table.wte_per_head.as_ref().map_or(1.0, Num::value),
            // Of redirected requests with this role, unless their need says otherwise.
            slot_minutes: self.number(&table.slot_minutes, 10.0),
            cost_per_wte_year: self.maybe(&table.cost_per_wte_year),
            price_year: table.price_year.as_ref().map_or(String::new(), |year| year.0.clone()),
            needs_room: table.needs_room.unwrap_or(true),
            room_order: self.names.room_order(name),
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
            leaving: table.leaving.as_ref().map(|leaving| self.leaving(leaving)),
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

    /// How people leave and are followed: chance [a year], vacancy [weeks], ramp-up [weeks].
    fn leaving(&mut self, leaving: &LeavingTable) -> Leaving {
        // The spread has a default, the mean has none.
        let vacancy = leaving.vacancy_weeks.clone().unwrap_or_default();
        let mean = if leaving.vacancy_weeks.is_some() {
            self.needed(&vacancy.mean, &vacancy.place, "mean", "how long a post stays vacant")
        } else {
            self.missing(&leaving.place, "vacancy_weeks", "how long a post stays vacant");
            Number::ZERO
        };
        Leaving {
            per_year: self.needed(&leaving.per_year, &leaving.place, "per_year", "how likely people leave"),
            vacancy_weeks: mean,
            vacancy_cv: self.fixed(&vacancy.cv, 0.0),
            filled: self.number(&leaving.filled, 1.0),
            ramp_up_weeks: self.number(&leaving.ramp_up_weeks, 0.0),
            starts_at: self.number(&leaving.starts_at, 1.0),
        }
    }

    /// A number that the model keeps fixed although its kind may be uncertain.
    ///
    /// The default where it is not stated, or is uncertain and so a fault.
    fn fixed<R>(&mut self, number: &Option<Num<R>>, default: f64) -> f64 {
        let Some(number) = number else { return default };
        // NaN is what an uncertain number has for a value.
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
    ///
    /// Only where sessions are stated, which nothing else reads. An uncertain number of hours counts as its mean.
    fn sessions(&mut self, place: &Place, table: &RoleTable) {
        let Some(sessions) = &table.sessions_per_wte_week else { return };
        let hours = table
            .hours_per_wte_week
            .as_ref()
            .map_or(37.5, |hours| crate::scenario::laws::summary(&hours.figure).0);
        let length = table.session_hours.as_ref().map_or(SESSION_HOURS, Num::value);
        // Two of the three say it all; all three may be stated where they agree.
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

    /// Sickness: a chance for each day, or spells with their mean [days], spread and months.
    fn sickness(&mut self, table: &SicknessTable) -> Sickness {
        // The one or the other; both together are refused when the table is read.
        if let Some(daily) = &table.daily {
            return Sickness::Daily(self.drawn(daily));
        }
        let rate = self.needed(&table.rate, &table.place, "rate", "how much is lost to it");
        if table.spell_days.is_none() && table.rate.is_some() {
            self.missing(&table.place, "spell_days", "how long a spell lasts");
        }
        // Where it is missing a fault is noted above, and a day stands in.
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
}

/// Three decimals at most.
///
/// For what is shown in a sentence; no figure of the model is rounded.
pub(crate) fn round(value: f64) -> f64 {
    (value * 1e3).round() / 1e3
}
