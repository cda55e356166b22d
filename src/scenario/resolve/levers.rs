//! Levers of an option, in the order of their effect.
//!
//! In: the tables of all levers and the names that an option pulls. Out: levers in the order of the option's
//! list, with names as indexes.

use super::names::by_name;
use super::{Resolver, title};
use crate::fault::Fault;
use crate::lever::{Change, Lever, RedirectFrom, RedirectTo, Returns};
use crate::model::calendar::Horizon;
use crate::model::number::Number;
use crate::model::target::Cost;
use crate::scenario::format::levers::{ChangeTable, HeadingWord, LeverTable, RedirectTable};
use crate::scenario::number::Num;
use crate::scenario::read::{Place, list};

impl Resolver<'_> {
    /// The levers of an option; every lever of the scenario is checked, whether or not it is pulled.
    ///
    /// `pulled_at` is the address of the list. A name that is unknown or stands twice is a fault, and left out.
    pub(super) fn levers(&mut self, pulled: &[String], pulled_at: &str, horizon: Horizon) -> Vec<Lever> {
        // numbers of levers that are not pulled need no draws: they are resolved only for their faults
        let all = by_name(&self.file.lever);
        // As the option names them: each redirect takes of what the one before left.
        let order = self.find_all("lever", pulled, pulled_at);
        // Kept aside, so that looking for faults leaves no slot behind.
        let inputs = self.inputs.clone();
        let drawn = self.drawn.clone();
        for (at, (name, place, table)) in all.iter().enumerate() {
            if !order.contains(&at) {
                self.lever(name, place, table, horizon);
            }
        }
        self.inputs = inputs;
        self.drawn = drawn;
        order.into_iter().map(|at| self.lever(&all[at].0, &all[at].1, &all[at].2, horizon)).collect()
    }

    /// One lever. It ends with `until`, else after `lasts_weeks`, else never; it starts with the period where no
    /// day is stated.
    fn lever(&mut self, name: &str, place: &Place, table: &LeverTable, horizon: Horizon) -> Lever {
        let starts = table.starts.map_or(horizon.start, |day| day.0);
        if let Some(until) = table.until
            && until.0 < starts
        {
            let fault = Fault::new(
                "dates-order",
                "",
                format!("this lever ends ({}) before it begins ({starts})", until.0),
            );
            self.fault(&format!("{}.until", place.address), fault);
        }
        // A change that is there and wrong has been said where it was read.
        // A lever without a change does nothing: most likely its change was forgotten.
        if table.change.as_ref().is_none_or(|changes| changes.0.is_empty())
            && self
                .tree
                .nearest(&place.address)
                .0
                .get("change")
                .and_then(|node| node.table())
                .is_none_or(|changes| changes.is_empty())
        {
            self.missing(place, "change", "what it changes");
            if let Some((fault, _)) = self.faults.last_mut()
                && fault.code == "missing-key"
            {
                fault.help = Some(format!(
                    "add [{}.change.some_name] with one kind of change: {}",
                    place.address,
                    kinds()
                ));
            }
        }
        let for_role = table.for_role.as_ref();
        let for_role =
            for_role.and_then(|role| self.find("role", role, &format!("{}.for_role", place.address)));
        // Part weeks are rounded up to whole days.
        let lasts = table.lasts_weeks.as_ref().map(|weeks| (7.0 * weeks.value()).ceil() as i32);
        let mut changes = Vec::new();
        // By name, so that the order of their effect does not hang on how a file was merged.
        for (name, place, change) in by_name(&table.change) {
            if let Some(change) = self.change(place, change) {
                changes.push((name.clone(), change));
            }
        }
        Lever {
            name: name.to_owned(),
            title: title(&table.name, name),
            action: table.action.clone(),
            heading: table.heading.map(HeadingWord::heading),
            for_role,
            starts,
            until: table.until.map(|day| day.0).or(lasts.map(|days| starts.plus(days - 1))),
            ramp_weeks: self.number(&table.ramp_weeks, 0.0),
            starts_at: self.number(&table.starts_at, 0.0),
            maturity_scales_uptake: table.maturity_scales_uptake.unwrap_or(false),
            practices_taking_part: self.number(&table.practices_taking_part, 1.0),
            cost: table.cost.as_ref().map(|cost| Cost {
                one_off: self.number(&cost.one_off, 0.0),
                per_year: self.number(&cost.per_year, 0.0),
            }),
            changes,
        }
    }

    /// One kind of change; none, with a fault, where none is stated or what it needs is missing.
    fn change(&mut self, place: &Place, table: &ChangeTable) -> Option<Change> {
        // Exactly one kind may be stated; that was looked at when the table was read.
        if let Some(redirect) = &table.redirect {
            return self.redirect(redirect);
        }
        if let Some(dna) = &table.dna {
            let factor = self.needed(&dna.factor, &dna.place, "factor", "by how much");
            return Some(Change::Dna { needs: self.concerned("need", &dna.needs, &dna.place), factor });
        }
        if let Some(demand) = &table.demand {
            let factor = self.needed(&demand.factor, &demand.place, "factor", "by how much");
            return Some(Change::Demand {
                needs: self.concerned("need", &demand.needs, &demand.place),
                factor,
            });
        }
        if let Some(minutes) = &table.minutes {
            let role = self.role_of(&minutes.role, &minutes.place)?;
            // Either may be left out, not both.
            if minutes.per_practice_week.is_none() && minutes.per_request.is_none() {
                self.missing(&minutes.place, "per_practice_week", "how many minutes");
            }
            return Some(Change::Minutes {
                role,
                per_practice_week: self.number(&minutes.per_practice_week, 0.0),
                per_request: self.number(&minutes.per_request, 0.0),
            });
        }
        if let Some(weekdays) = &table.weekdays {
            let role = self.role_of(&weekdays.role, &weekdays.place)?;
            if weekdays.weights.is_none() {
                self.missing(&weekdays.place, "weights", "the weight of each weekday");
            }
            let weights = weekdays.weights.as_ref().map(|weights| self.weekdays(weights, [1.0; 7]));
            return Some(Change::Weekdays { role, weights: weights.unwrap_or([1.0; 7]) });
        }
        if let Some(sickness) = &table.sickness {
            let factor = self.needed(&sickness.factor, &sickness.place, "factor", "by how much");
            return Some(Change::Sickness {
                roles: self.concerned("role", &sickness.roles, &sickness.place),
                factor,
            });
        }
        if let Some(supervision) = &table.supervision {
            let factor = self.needed(&supervision.factor, &supervision.place, "factor", "by how much");
            return Some(Change::Supervision {
                roles: self.concerned("role", &supervision.roles, &supervision.place),
                factor,
            });
        }
        // A table with a key that is wrong has been said; an empty one has not.
        let empty = self.tree.nearest(&place.address).0.table().is_none_or(|table| table.is_empty());
        if empty {
            let fault = Fault::new("no-change", "", format!("`{}` does not say what changes", place.address));
            self.fault_at_key(place, fault.help(format!("state one of {}", kinds())));
        }
        None
    }

    /// The role whose minutes a change is about; none, with a fault, where it is missing or unknown.
    fn role_of(&mut self, role: &Option<String>, place: &Place) -> Option<usize> {
        // A single role is not taken for granted here: whose time it is has to be said.
        let Some(role) = role else {
            self.missing(place, "role", "whose minutes");
            return None;
        };
        self.find("role", role, &format!("{}.role", place.address))
    }

    /// The needs or roles that a change concerns, as indexes; a fault where the list is missing or empty.
    fn concerned(&mut self, kind: &'static str, names: &Option<Vec<String>>, place: &Place) -> Vec<usize> {
        let key = if kind == "need" { "needs" } else { "roles" };
        if names.as_ref().is_none_or(Vec::is_empty) {
            self.missing(place, key, &format!("which {key} it concerns"));
        }
        self.find_all(kind, names.as_deref().unwrap_or_default(), &format!("{}.{key}", place.address))
    }

    /// A redirect: from a category or a need, to a role or outside, with what comes back.
    ///
    /// Everybody is offered it where `offered` is not stated; `accepted` has to be.
    fn redirect(&mut self, table: &RedirectTable) -> Option<Change> {
        let place = &table.place;
        let at = |key: &str| format!("{}.{key}", place.address);
        let from = match (&table.category, &table.need) {
            (Some(category), _) => {
                self.find("avoidable", category, &at("category")).map(RedirectFrom::Category)
            }
            (_, Some(need)) => self.find("need", need, &at("need")).map(RedirectFrom::Need),
            _ => {
                self.missing(place, "category", "from which avoidable category or need");
                None
            }
        };
        // None keeps the need that was asked for.
        let as_need = table.as_need.as_ref().and_then(|need| self.find("need", need, &at("as_need")));
        // Read here, so that its slot is there even where the destination is wrong.
        let unit_cost = self.number(&table.unit_cost, 0.0);
        let to = self.redirect_to(table, as_need, unit_cost);
        let offered = self.number(&table.offered, 1.0);
        let accepted = self.needed(&table.accepted, place, "accepted", "which share accepts");
        let returns = table.returns.as_ref().map(|returns| Returns {
            share: self.needed(&returns.share, &returns.place, "share", "how many return"),
            // From the day seen, or the day redirected outside.
            after_days: returns.after_days.as_ref().map_or(0.0, Num::value) as u32,
            as_need: returns
                .r#as
                .as_ref()
                .and_then(|need| self.find("need", need, &format!("{}.as", returns.place.address))),
        });
        Some(Change::Redirect { from: from?, to: to?, offered, accepted, returns })
    }

    /// Where a redirect leads: `role:NAME` or `outside:WORD`, the word being the planner's own.
    ///
    /// A cost for each request is only of those who go outside; inside it is the role's time.
    fn redirect_to(
        &mut self,
        table: &RedirectTable,
        as_need: Option<usize>,
        unit_cost: Number,
    ) -> Option<RedirectTo> {
        let address = format!("{}.to", table.place.address);
        let Some(to) = &table.to else {
            self.missing(&table.place, "to", "where they go");
            return None;
        };
        match to.split_once(':') {
            Some(("role", role)) => {
                let role = self.find("role", role, &address)?;
                Some(RedirectTo::Role { role, as_need })
            }
            Some(("outside", destination)) if !destination.is_empty() => {
                Some(RedirectTo::Outside { destination: destination.to_owned(), unit_cost })
            }
            _ => {
                // A role without its `role:` is the likeliest slip.
                let role = self.names.role.iter().find(|role| *role == to);
                let help = match role {
                    Some(role) => format!("write \"role:{role}\""),
                    None => "write \"role:clinical_pharmacist\" or \"outside:community_pharmacy\"".to_owned(),
                };
                self.fault(
                    &address,
                    Fault::new("unknown-place", "", format!("`{to}` does not say where requests go"))
                        .help(help),
                );
                None
            }
        }
    }
}

/// The kinds of change, for help.
fn kinds() -> String {
    list(&["redirect", "dna", "demand", "minutes", "weekdays", "sickness", "supervision"])
}
