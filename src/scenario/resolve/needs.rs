//! Needs, and everything that a request may meet.
//!
//! In: the tables of needs. Out: needs by name, with roles and other needs as indexes. Counts of days are whole;
//! a number that is missing is noted and counts as nought.

use super::names::by_name;
use super::{Resolver, title};
use crate::fault::Fault;
use crate::model::age::Ages;
use crate::model::need::{
    ConsultationTime, Elsewhere, FollowUp, GivesUp, HardLimit, Latent, MODES, Need, Rate, ReferOn, SeenBy,
    Slots, Window,
};
use crate::model::number::Number;
use crate::scenario::format::needs::{Booked, NeedTable, WhenFull};
use crate::scenario::format::words::Either;
use crate::scenario::number::Num;
use crate::scenario::read::{Place, suggest};

/// Minutes of a slot where none is stated.
const SLOT_MINUTES: f64 = 10.0;

/// How far shares that must sum to one may be from it, for rounding.
const ROUNDING: f64 = 0.002;

impl Resolver<'_> {
    /// Needs by name.
    ///
    /// A need that is there and could not be read is no reason to say that there is none.
    pub(super) fn needs(&mut self) -> Vec<Need> {
        let stated = by_name(&self.file.need);
        if stated.is_empty()
            && self.tree.get("need").and_then(|node| node.table()).is_none_or(|table| table.is_empty())
        {
            let fault = Fault::new("no-need", "", "the scenario has no need: nobody asks for anything")
                .help("add [need.routine] with rate_per_patient_year = 2.1");
            self.fault("need", fault);
        }
        stated
            .into_iter()
            .enumerate()
            .map(|(at, (name, place, table))| self.need(at, name, place, table))
            .collect()
    }

    /// One need; `at` is its own index, which is what `as` means where nothing is stated.
    fn need(&mut self, at: usize, name: &str, place: &Place, table: &NeedTable) -> Need {
        let priority = table.priority.as_ref().map_or(0.0, Num::value);
        // Kept in a byte, as the book sorts by it.
        if priority > 255.0 {
            self.fault(
                &format!("{}.priority", place.address),
                Fault::new("outside-range", "", "a priority is between 0 (first) and 255"),
            );
        }
        // Before the rest, so that faults come in the order in which a planner reads.
        let (seen_by, slots) = self.seen_by(place, table);
        Need {
            name: name.to_owned(),
            title: title(&table.name, name),
            gpad_category: table.gpad_category.clone(),
            // Held to 255 above, so the cast cuts nothing that is used.
            priority: priority as u8,
            rate: self.rate(table),
            rate_by_age: self.rate_by_age(place, table),
            seen_by,
            slots,
            consultation: table.consultation_minutes.as_ref().map(|time| ConsultationTime {
                mean: self.needed(&time.mean, &time.place, "mean", "how long a contact takes"),
                cv: self.number(&time.cv, 0.0),
            }),
            mode: self.modes(place, table),
            chosen_lead: table.chosen_lead.as_ref().map(|lead| self.chosen_lead(lead, &table.chosen_share)),
            dna: table.dna.as_ref().map(|dna| self.dna(dna)),
            gives_up: table.gives_up.as_ref().map(|gives_up| GivesUp {
                after_days: self.days(
                    &gives_up.after_days,
                    &gives_up.place,
                    "after_days",
                    "after how many days people leave",
                ),
                chance_each_day: self.needed(
                    &gives_up.chance_each_day,
                    &gives_up.place,
                    "chance_each_day",
                    "how likely they leave each day",
                ),
                to: self.destinations(&gives_up.to, &gives_up.place),
            }),
            hard_limit: table.hard_limit.as_ref().map(|limit| HardLimit {
                after_days: self.days(
                    &limit.after_days,
                    &limit.place,
                    "after_days",
                    "after how many days people leave",
                ),
                to: self.destinations(&limit.to, &limit.place),
            }),
            // Unless stated people may be seen on the day they ask.
            same_day: table.same_day.unwrap_or(true),
            window: table.window_days.as_ref().map(|days| Window {
                days: days.value() as u32,
                // Whoever finds the book full is turned away unless the need says that they wait.
                lost_when_full: table.when_full != Some(WhenFull::Waits),
            }),
            follow_up: self.follow_up(at, table),
            refers_on: self.refers_on(at, table),
            start_backlog: self.start_backlog(place, table),
            asks_again: self.maybe(&table.asks_again),
            elsewhere: self.elsewhere(table),
            latent: self.latent(table),
        }
    }

    /// Who would be seen at another practice of the network, and after how long.
    fn elsewhere(&mut self, table: &NeedTable) -> Option<Elsewhere> {
        table.elsewhere.as_ref().map(|elsewhere| Elsewhere {
            willing: self.needed(&elsewhere.willing, &elsewhere.place, "willing", "how many would go"),
            after_days: elsewhere.after_days.as_ref().map_or(0.0, Num::value) as u32,
        })
    }

    /// Those who come only where waits are short: within a day unless stated.
    fn latent(&mut self, table: &NeedTable) -> Option<Latent> {
        table.latent.as_ref().map(|latent| Latent {
            share: self.needed(&latent.share, &latent.place, "share", "how many more would ask"),
            within_days: self.number(&latent.within_days, 1.0),
        })
    }

    /// Who comes back after being seen, when, and as which need.
    fn follow_up(&mut self, at: usize, table: &NeedTable) -> Option<FollowUp> {
        let follow_up = table.follow_up.as_ref()?;
        let address = &follow_up.place;
        Some(FollowUp {
            share: self.needed(&follow_up.share, address, "share", "how many come back"),
            after_days: self.days(
                &follow_up.after_days,
                address,
                "after_days",
                "after how many days they are due",
            ),
            as_need: self.as_need(&follow_up.r#as, address, at),
            // Else it is booked at the visit, for its day.
            booked_when_due: follow_up.booked == Some(Booked::WhenDue),
        })
    }

    /// The need that somebody joins as: the one stated, else the need itself.
    fn as_need(&mut self, name: &Option<String>, place: &Place, itself: usize) -> usize {
        match name {
            Some(name) => self.find("need", name, &format!("{}.as", place.address)).unwrap_or(itself),
            None => itself,
        }
    }

    /// A number of days that has to be stated.
    fn days<R>(&mut self, days: &Option<Num<R>>, place: &Place, key: &str, what: &str) -> u32 {
        if days.is_none() {
            self.missing(place, key, what);
        }
        days.as_ref().map_or(0.0, Num::value) as u32
    }

    /// Rates by age, youngest first.
    fn rate_by_age(&mut self, place: &Place, table: &NeedTable) -> Vec<(Ages, Number)> {
        let Some(stated) = &table.rate_per_patient_year_by_age else { return Vec::new() };
        let bands = self.ages(stated, &format!("{}.rate_per_patient_year_by_age", place.address));
        bands.into_iter().map(|(ages, rate)| (ages, self.drawn(rate))).collect()
    }

    /// First requests: by age, per patient and year, so many a day, a chance for each patient each day, or counts
    /// day by day.
    ///
    /// None where nobody asks by themselves: the need is only met by redirects, referrals and follow-ups.
    fn rate(&mut self, table: &NeedTable) -> Option<Rate> {
        if table.rate_per_patient_year_by_age.is_some() {
            // its mean over all practices, once their bands are known
            return Some(Rate::PerPatientYear(Number::ZERO));
        }
        if let Some(rate) = &table.rate_per_patient_year {
            return Some(Rate::PerPatientYear(self.drawn(rate)));
        }
        if let Some(requests) = &table.requests_per_day {
            return Some(Rate::PerDay(self.drawn(requests)));
        }
        if let Some(chance) = &table.chance_each_day {
            return Some(Rate::PanelChance(self.drawn(chance)));
        }
        table
            .requests_by_day
            .as_ref()
            .map(|days| Rate::ByDay(days.iter().map(|day| day.value() as u32).collect()))
    }

    /// Roles in the order of preference with their slots, and the slots that the need states.
    ///
    /// A role's own stated minutes go before the need's, those before [`SLOT_MINUTES`]. Minutes may be stated for
    /// roles that are not in the list: redirects use them.
    fn seen_by(&mut self, place: &Place, table: &NeedTable) -> (Vec<SeenBy>, Slots) {
        let address = format!("{}.roles", place.address);
        let roles = match &table.roles {
            Some(roles) => self.find_all("role", roles, &address),
            // The only role needs no name.
            None if self.names.role.len() == 1 => vec![0],
            None => {
                self.missing(place, "roles", "who may see it");
                Vec::new()
            }
        };
        if roles.is_empty() && table.roles.as_ref().is_some_and(Vec::is_empty) {
            self.fault(
                &address,
                Fault::new("empty-list", "", format!("no role may see `{}`", place.address))
                    .help("name at least one role"),
            );
        }
        // Searched, not indexed: few roles have minutes of their own.
        let mut by_role: Vec<(usize, Number)> = Vec::new();
        for (role, at, minutes) in table.slot_minutes_by_role.iter().flat_map(|stated| &stated.0) {
            let Some(index) = self.find("role", role, &at.address) else { continue };
            let minutes = self.drawn(minutes);
            by_role.push((index, minutes));
        }
        let slot = self.number(&table.slot_minutes, SLOT_MINUTES);
        // One figure a preference, so that it can be read by place.
        let overflow = self.overflow(place, table, roles.len());
        let minutes =
            |role| by_role.iter().find(|(index, _)| *index == role).map_or(slot, |(_, minutes)| *minutes);
        let seen_by = |(at, role): (usize, &usize)| SeenBy {
            role: *role,
            slot_minutes: minutes(*role),
            overflow_after_days: overflow[at],
        };
        let seen_by = roles.iter().enumerate().map(seen_by).collect();
        (seen_by, Slots { any: table.slot_minutes.is_some().then_some(slot), by_role })
    }

    /// Days of wait for each preference; none for the first.
    ///
    /// One figure holds for all later roles; a list has one for each of them.
    fn overflow(&mut self, place: &Place, table: &NeedTable, preferences: usize) -> Vec<u32> {
        let later = preferences.saturating_sub(1);
        // The first preference never waits; a need without roles still has one place.
        let mut days = vec![0; preferences.max(1)];
        match &table.overflow_after_days {
            None => {}
            Some(Either::One(same)) => days[1..].fill(same.value() as u32),
            Some(Either::Many(list)) if list.len() == later => {
                for (slot, stated) in days[1..].iter_mut().zip(list) {
                    *slot = stated.value() as u32;
                }
            }
            Some(Either::Many(list)) => {
                let message = format!(
                    "this list has {} figures, but the need has {later} roles after the first",
                    list.len()
                );
                self.fault(
                    &format!("{}.overflow_after_days", place.address),
                    Fault::new("wrong-length", "", message),
                );
            }
        }
        days
    }

    /// Notes shares that do not sum to one.
    ///
    /// A sum near 100 was most likely written in per cent.
    pub(super) fn sum_to_one(&mut self, what: &str, address: &str, sum: f64) {
        if (sum - 1.0).abs() > ROUNDING {
            let message = format!("{what} have to sum to 1, but these sum to {}", (sum * 1e4).round() / 1e4);
            let help = if (sum - 100.0).abs() < 1.0 {
                "write shares from 0 to 1: 27 % is 0.27"
            } else {
                "change one of them so that nobody is lost or counted twice"
            };
            self.fault(address, Fault::new("shares-sum", "", message).help(help));
        }
    }

    /// Shares of the modes in the order of [`MODES`], made to sum to one exactly; all of the first where none is
    /// stated.
    fn modes(&mut self, place: &Place, table: &NeedTable) -> [f64; 4] {
        let mut shares = [1.0, 0.0, 0.0, 0.0];
        let Some(stated) = &table.mode else { return shares };
        shares = [0.0; 4];
        let before = self.faults.len();
        for (mode, at, share) in &stated.0 {
            match MODES.iter().position(|known| known == mode) {
                Some(index) => shares[index] = share.value(),
                None => {
                    let fault = Fault::new("unknown-mode", "", format!("`{mode}` is not a mode of contact"))
                        .help(suggest(mode, MODES.into_iter(), "modes are"));
                    self.fault_at_key(at, fault);
                }
            }
        }
        let sum: f64 = shares.iter().sum();
        if before == self.faults.len() {
            self.sum_to_one("the modes of a need", &format!("{}.mode", place.address), sum);
        }
        if sum > 0.0 {
            shares = shares.map(|share| share / sum);
        }
        shares
    }

    /// Referrals by the role that refers on; one joins after so many days, as the need stated.
    fn refers_on(&mut self, at: usize, table: &NeedTable) -> Vec<ReferOn> {
        let mut found = Vec::new();
        for (role, place, refer) in by_name(&table.refers_on) {
            let share = self.needed(&refer.share, place, "share", "how many are referred on");
            let as_need = self.as_need(&refer.r#as, place, at);
            let Some(from_role) = self.find_key("role", role, place) else { continue };
            let after_days = refer.after_days.as_ref().map_or(0.0, Num::value) as u32;
            found.push(ReferOn { from_role, share, after_days, as_need });
        }
        found
    }

    /// As `find`, with the fault under the key.
    pub(super) fn find_key(&mut self, kind: &'static str, name: &str, place: &Place) -> Option<usize> {
        let before = self.faults.len();
        let found = self.find(kind, name, &place.address);
        // The name is the key itself, so the caret stands there.
        for (_, span) in &mut self.faults[before..] {
            *span = place.key;
        }
        found
    }

    /// Requests that wait at the very start, by practice: the same number for each, or by name and nought for the
    /// others.
    fn start_backlog(&mut self, place: &Place, table: &NeedTable) -> Vec<u32> {
        // In the order of the model's practices.
        let practices = self.names.practice.len();
        match &table.start_backlog {
            None => vec![0; practices],
            Some(Either::One(each)) => vec![each.value() as u32; practices],
            Some(Either::Many(stated)) => {
                let mut waiting = vec![0; practices];
                for (practice, at, count) in &stated.0 {
                    if let Some(index) = self.find_key("practice", practice, at) {
                        waiting[index] = count.value() as u32;
                    }
                }
                let _ = place;
                waiting
            }
        }
    }
}
