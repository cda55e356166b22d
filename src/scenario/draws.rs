//! Numbers that cannot be uncertain, or cannot differ by practice, where the engine reads them: said
//! here, so that a law is never quietly read as something else.
//!
//! In: a model. Out: faults. A number whose key cannot be uncertain at all is refused earlier, by its type
//! (`number`).

use crate::fault::Fault;
use crate::model::Model;
use crate::model::need::Need;
use crate::model::number::Input;

/// What may be drawn practice by practice: addresses, `*` for any one name, an end of `**` for all that lies below.
///
/// Everything else is read once for all practices.
const BY_PRACTICE: &[&str] = &[
    // A new key that is drawn by practice needs its line here and an engine that reads it by practice.
    "practice.**",
    "post.**",
    "need.*.rate_per_patient_year",
    "need.*.rate_per_patient_year_by_age.**",
    "need.*.requests_per_day",
    "need.*.consultation_minutes.*",
    "avoidable.*.*",
    "role.*.hours_per_wte_week",
    "role.*.direct_share",
    "role.*.supervision.minutes_per_wte_week",
    "role.*.sickness.**",
    "role.*.leave.days_per_wte_year",
    "role.*.leaving.**",
    "role.*.cover.chance",
    "lever.*.practices_taking_part",
    "lever.*.change.*.minutes.*",
    "lever.*.change.*.redirect.unit_cost",
];

/// Faults of numbers whose law the engine could not honour.
///
/// Only figures that the model reads are in its inputs: a lever that is not pulled has none.
pub(super) fn draws(model: &Model, faults: &mut Vec<Fault>) {
    for need in &model.needs {
        destinations(need, faults);
    }
    // Shares drawn together have no `per` to be looked at.
    for (input, _) in model.inputs.iter() {
        let Input::One(quantity) = input else { continue };
        if quantity.per_practice && !BY_PRACTICE.iter().any(|known| is_like(&quantity.address, known)) {
            let message =
                "this number is the same for all practices: it cannot be drawn practice by practice";
            let fault = Fault::new("not-per-practice", &quantity.address, message.to_owned());
            faults.push(fault.help("leave out per = \"practice\""));
        }
    }
}

/// True where an address has the form of one of [`BY_PRACTICE`].
///
/// Word by word between dots; `**` stands for one word or more, so `practice.**` is not the address `practice`.
fn is_like(address: &str, known: &str) -> bool {
    let (mut names, mut forms) = (address.split('.'), known.split('.'));
    // Side by side, word by word, until they part or both end.
    loop {
        match (names.next(), forms.next()) {
            (None, None) => return true,
            (Some(_), Some("**")) => return true,
            (Some(name), Some(form)) if form == "*" || form == name => {}
            _ => return false,
        }
    }
}

/// Shares of destinations are read once for all draws.
///
/// Also of a hard limit. They split whole counts on the day, so they have to be the same in every draw.
fn destinations(need: &Need, faults: &mut Vec<Fault>) {
    let gives_up = need.gives_up.iter().map(|g| ("gives_up", &g.to));
    let hard = need.hard_limit.iter().map(|h| ("hard_limit", &h.to));
    for (key, to) in gives_up.chain(hard) {
        for (name, _) in to.iter().filter(|(_, share)| share.fixed().is_none()) {
            let address = format!("need.{}.{key}.to.{name}", need.name);
            faults.push(
                Fault::new(
                    "not-uncertain",
                    &address,
                    "where people go who leave unseen has to be a plain share".to_owned(),
                )
                .help("write the likely share as a number; how many leave may be uncertain"),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_addresses() {
        for (address, known, like) in [
            ("need.a.rate_per_patient_year", "need.*.rate_per_patient_year", true),
            ("need.a.slot_minutes", "need.*.rate_per_patient_year", false),
            ("practice.x.registered_list", "practice.**", true),
            ("practice", "practice.**", false),
            ("role.gp.sickness.spell_days.mean", "role.*.sickness.**", true),
            ("avoidable.x", "avoidable.*.*", false),
            ("avoidable.x.share.more", "avoidable.*.*", false),
        ] {
            assert_eq!(is_like(address, known), like, "{address} {known}");
        }
    }
}
