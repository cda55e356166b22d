//! Where a shared post sits, and whether its sessions need a room.
//!
//! In: `sites`, `rota`, `needs_room` of a post. Out: its [`Sites`]. A practice's own post sits there and states no site.
//!
//! Whether the site may be sat at (its own network) and whether there are rooms enough is checked on the whole
//! model, in `scenario::sites`.

use super::Resolver;
use crate::fault::Fault;
use crate::model::post::{Base, Sharing, Sites};
use crate::scenario::format::staff::{PostTable, SharingWord};
use crate::scenario::format::words::{Either, Keyed};
use crate::scenario::number::Num;
use crate::scenario::read::{Place, suggest};
use crate::units::WEEKDAYS;

impl Resolver<'_> {
    /// How a post is shared: as it says, or in turn where it states a rota.
    ///
    /// Pooled where it says nothing. Minutes lost are of each session [min].
    pub(super) fn sharing(&mut self, table: &PostTable) -> Sharing {
        // A rota says by itself that the post goes round.
        let word = match (table.sharing, &table.rota) {
            (None, Some(_)) => SharingWord::Rota,
            (word, _) => word.unwrap_or(SharingWord::Pooled),
        };
        match word {
            SharingWord::Pooled => Sharing::Pooled,
            SharingWord::Split => Sharing::Split,
            SharingWord::Rota => {
                Sharing::Rota { minutes_lost: table.rota_minutes_lost.as_ref().map_or(0.0, Num::value) }
            }
        }
    }

    /// Whether sessions of a role need a room.
    ///
    /// A role that is not stated needs one.
    pub(super) fn needs_room(&self, role: usize) -> bool {
        let name = &self.names.role[role];
        let stated = self.file.role.iter().flat_map(|roles| &roles.0).find(|(known, _, _)| known == name);
        stated.and_then(|(_, _, table)| table.needs_room).unwrap_or(true)
    }

    /// Where a post sits.
    ///
    /// `sites` go before `rota`; a post in turn that states neither sits by list. Unstated is right for a
    /// practice's own post, which sits there; a shared one then takes no room.
    pub(super) fn sites(&mut self, place: &Place, table: &PostTable, base: Base, sharing: Sharing) -> Sites {
        let at = |key: &str| format!("{}.{key}", place.address);
        let key = if table.sites.is_some() { "sites" } else { "rota" };
        // Both together are refused when the table is read.
        let stated = table.sites.is_some() || table.rota.is_some();
        if stated && matches!(base, Base::Practice(_)) {
            let message = format!("`{}` is a practice's own post: its people sit there", place.address);
            let help = format!("leave `{key}` out, or state `network` instead of `practice`");
            self.fault(&at(key), Fault::new("own-site", "", message).help(help));
            return Sites::Unstated;
        }
        let plain =
            table.slots_per_day.is_some() || table.slots_by_weekday.is_some() || table.slots_by_day.is_some();
        // Sites of people who do not go round count for rooms alone.
        let idle = stated && !matches!(sharing, Sharing::Rota { .. });
        if plain && (idle || table.needs_room == Some(true)) {
            let key = if idle { key } else { "needs_room" };
            let message = format!("`{}` has plain appointments and no people who need a room", place.address);
            let help = format!("leave `{key}` out, or state its people with `wte`");
            self.fault(&at(key), Fault::new("room-of-slots", "", message).help(help));
        }
        let sites = match (&table.sites, &table.rota) {
            (Some(names), _) => {
                if names.is_empty() {
                    let fault = Fault::new("empty-list", "", "this list names no practice");
                    self.fault(&at("sites"), fault.help("name at least one practice, or leave `sites` out"));
                }
                Sites::InTurn(self.site_names(names, &at("sites")))
            }
            (_, Some(rota)) => Sites::ByHalfDay(Box::new(self.rota(rota))),
            _ if matches!(sharing, Sharing::Rota { .. }) => Sites::ByList,
            _ => Sites::Unstated,
        };
        if table.needs_room == Some(true) && sites == Sites::Unstated && !matches!(base, Base::Practice(_)) {
            let message = format!("`{}` needs a room, but it does not say where it sits", place.address);
            let help = "add sites = [\"some_practice\"], or sharing = \"rota\" where it sits at each practice in turn";
            self.fault(&at("needs_room"), Fault::new("room-nowhere", "", message).help(help));
        }
        sites
    }

    /// Practices by name; one may stand twice.
    ///
    /// In the order stated, which is the order of the turns; twice is twice as often.
    fn site_names(&mut self, names: &[String], address: &str) -> Vec<usize> {
        let found =
            names.iter().enumerate().map(|(i, name)| self.find("practice", name, &format!("{address}.{i}")));
        found.collect::<Vec<_>>().into_iter().flatten().collect()
    }

    /// Sites by half-day: `mon` is the whole day, `mon_am` and `mon_pm` its halves.
    ///
    /// Fourteen lists, Monday morning first; an empty one is a half-day on which the post sits nowhere.
    fn rota(&mut self, stated: &Keyed<Either<String, Vec<String>>>) -> [Vec<usize>; 14] {
        let mut halves: [Vec<usize>; 14] = Default::default();
        // whole days first, so that a half-day named besides its day wins
        let mut entries: Vec<_> = stated.0.iter().collect();
        entries.sort_by_key(|(key, _, _)| key.contains('_'));
        for (key, place, sites) in entries {
            let (day, half) =
                key.split_once('_').map_or((key.as_str(), None), |(day, half)| (day, Some(half)));
            let weekday = WEEKDAYS.iter().position(|known| *known == day);
            let half = half.map(|half| ["am", "pm"].iter().position(|known| *known == half));
            let found = match sites {
                Either::One(name) => self.find("practice", name, &place.address).into_iter().collect(),
                Either::Many(names) => self.site_names(names, &place.address),
            };
            match (weekday, half) {
                (Some(day), None) => {
                    halves[2 * day].clone_from(&found);
                    halves[2 * day + 1] = found;
                }
                (Some(day), Some(Some(half))) => halves[2 * day + half] = found,
                _ => {
                    let fault = Fault::new("unknown-half-day", "", format!("`{key}` is no day of a rota"));
                    let help = if weekday.is_some() {
                        format!("write {day} for the whole day, {day}_am or {day}_pm")
                    } else {
                        suggest(day, WEEKDAYS.into_iter(), "write")
                    };
                    self.fault_at_key(place, fault.help(help));
                }
            }
        }
        halves
    }
}
