//! Checks of a whole model: what fits together only when everything is known.
//!
//! In: a model of one option. Out: faults (the run is refused) and warnings, each with an address; `resolve`
//! finds their lines. It calls the checks of its neighbours (`ages`, `draws`, `bounds`, `empty`, `sites`,
//! `staffing`) as well. Runs once an option, before anything is simulated.

use super::capacity::means;
use crate::fault::{Fault, list_or};
use crate::model::Model;
use crate::model::avoidable::ShareOf;
use crate::model::calendar::PopulationBasis;
use crate::model::need::{Need, Rate};
use crate::model::number::Number;
use crate::model::place::Practice;
use crate::model::post::{Capacity, PlainAbsence, Post, Sharing, Sites};
use crate::model::requests::all_first_requests;
use crate::model::role::Sickness;
use crate::quantity::number_text;
use crate::units::Day;

/// Everything that does not fit together; `whole` is false where some figures could not be read.
///
/// Where figures could not be read, sums and dates are left out: they would find fault with zeros that nobody
/// wrote.
pub(crate) fn check(model: &Model, whole: bool) -> Vec<Fault> {
    let mut faults = Vec::new();
    lists(model, &mut faults);
    lists_apart(model, &mut faults);
    never_over(model, &mut faults);
    super::ages::ages(model, &mut faults);
    unseen(model, &mut faults);
    if whole {
        audit_without_gps(model, &mut faults);
    }
    if whole {
        dates(model, &mut faults);
        super::closed::closures(model, &mut faults);
        super::closed::calendar_ends(model, &mut faults);
        // Where nothing is ever open, no post is to blame.
        if !super::closed::never_open(model) {
            super::empty::never_seen(model, &means(model), &mut faults);
        }
    }
    spells(model, &mut faults);
    super::sites::sites(model, &mut faults);
    asking_again(model, &mut faults);
    elsewhere_and_full(model, &mut faults);
    super::draws::draws(model, &mut faults);
    super::bounds::bounds(model, whole, &mut faults);
    super::staffing::staffing(model, &mut faults);
    faults
}

/// Rates per patient need lists; so does a post split by list.
///
/// Only a list that is stated as nought or left out is a fault; an uncertain one is taken to be above nought.
fn lists(model: &Model, faults: &mut Vec<Fault>) {
    // Rates for each patient mean nothing without a list.
    let per_patient = model
        .needs
        .iter()
        .find(|need| matches!(need.rate, Some(Rate::PerPatientYear(_) | Rate::PanelChance(_))));
    let split = model.posts.iter().find(|post| post.sharing == Sharing::Split || post.sites == Sites::ByList);
    let reason = match (per_patient, split) {
        (Some(need), _) => format!("`need.{}` is stated per patient", need.name),
        (_, Some(post)) => format!("`post.{}` is shared by list", post.name),
        _ => return,
    };
    // The list by which demand counts; the other one may be missing.
    for practice in &model.practices {
        let (list, key) = counted(model, practice);
        if list.fixed() == Some(0.0) {
            let address = format!("practice.{}", practice.name);
            let fault = Fault::new(
                "no-list",
                &address,
                format!("`{address}` does not say how many patients it has, but {reason}"),
            );
            faults.push(fault.help(format!("add {key} = 8000")));
        }
    }
}

/// Whoever is never seen on the day of asking cannot be told to ask again: a need must not state both.
fn asking_again(model: &Model, faults: &mut Vec<Fault>) {
    let some = |need: &&Need| need.asks_again.is_some_and(|share| share.fixed() != Some(0.0));
    for need in model.needs.iter().filter(some).filter(|need| !need.same_day) {
        let address = format!("need.{}.asks_again", need.name);
        let message = format!(
            "`need.{}` sees nobody on the day they ask (`same_day = false`), so all of them would be told to ask again",
            need.name
        );
        faults.push(Fault::new("asked-in-vain", address, message).help("state one of the two"));
    }
}

/// A finite book admits by the minutes of the own practice: it cannot know what the neighbours will have to spare.
fn elsewhere_and_full(model: &Model, faults: &mut Vec<Fault>) {
    // Only a book that turns people away; one that lets them wait loses nobody.
    let full = |need: &&Need| need.window.is_some_and(|window| window.lost_when_full);
    for need in model.needs.iter().filter(|need| need.elsewhere.is_some()).filter(full) {
        let message = format!(
            "`need.{}` turns people away when the book of their own practice is full, so nobody would come to be seen elsewhere",
            need.name
        );
        let help = "state `when_full = \"waits\"`, or leave out `window_days` or `elsewhere`";
        faults.push(
            Fault::new("elsewhere-when-full", format!("need.{}.elsewhere", need.name), message).help(help),
        );
    }
}

/// Spells of absence have to leave whole days between them.
///
/// At the mean of what is drawn: in the long run a share `s` in spells of `d` days leaves `d (1 - s) / s` days
/// between them.
fn spells(model: &Model, faults: &mut Vec<Fault>) {
    for role in &model.roles {
        if let Some(Sickness::Spells { spell_days, .. }) = &role.sickness {
            let days = model.inputs.mean(*spell_days);
            short_spells(format!("role.{}.sickness.spell_days", role.name), days, faults);
        }
    }
    for post in &model.posts {
        let Capacity::Plain(plain) = &post.capacity else { continue };
        let Some(PlainAbsence::Spells { share, mean_days }) = plain.absence else { continue };
        let (share, days) = (model.inputs.mean(share), model.inputs.mean(mean_days));
        if short_spells(format!("post.{}.absence.spell_days", post.name), days, faults) {
            continue;
        }
        let between = days * (1.0 - share) / share;
        if share > 0.0 && between < 1.0 {
            let message = format!(
                "a share of {share} in spells of {days} days leaves {between:.2} days between two spells: spells run in whole days, at least one apart"
            );
            let address = format!("post.{}.absence.share", post.name);
            faults.push(
                Fault::new("spells-too-close", address, message)
                    .help("state a smaller share or longer spells"),
            );
        }
    }
}

/// A spell lasts at least a day; true where it is stated as less.
fn short_spells(address: String, days: f64, faults: &mut Vec<Fault>) -> bool {
    let short = days < 1.0;
    if short {
        let message = format!("spells last {days} days on average, but they run in whole days");
        let help = "state 1 or more; the share of time that is lost is stated apart from it";
        faults.push(Fault::new("spells-too-short", address, message).help(help));
    }
    short
}

/// The list by which a practice's requests are counted, and its key.
fn counted(model: &Model, practice: &Practice) -> (Number, &'static str) {
    // The weighted list is the registered one where it is not stated.
    let registered = practice.registered_list.fixed() != Some(0.0);
    match model.demand.per {
        PopulationBasis::Weighted if registered => (practice.weighted_list, "weighted_list"),
        PopulationBasis::Weighted => (practice.weighted_list, "registered_list"),
        PopulationBasis::Registered => (practice.registered_list, "registered_list"),
    }
}

/// Weighted patients are hardly ever twice or half as many as registered ones.
const LISTS_APART: f64 = 2.0;

/// Lists of one practice that lie so far apart that one of them is most likely mistyped, or was changed alone.
fn lists_apart(model: &Model, faults: &mut Vec<Fault>) {
    for practice in &model.practices {
        let (Some(registered), Some(weighted)) =
            (practice.registered_list.fixed(), practice.weighted_list.fixed())
        else {
            continue;
        };
        if registered <= 0.0 || weighted <= 0.0 {
            continue;
        }
        if (weighted / registered).max(registered / weighted) > LISTS_APART {
            let message = format!(
                "{} registered patients and {} weighted ones do not go together",
                number_text(registered),
                number_text(weighted)
            );
            let by = counted(model, practice).1;
            let help = format!("requests go by `{by}`: state both lists of one date, or the one alone");
            let address = format!("practice.{}.registered_list", practice.name);
            faults.push(Fault::warning("lists-apart", address, message).help(help));
        }
    }
}

/// A target whose days are never over within the period: nobody falls due under it.
fn never_over(model: &Model, faults: &mut Vec<Fault>) {
    for target in model.targets.iter().filter(|target| target.within_days as usize >= model.horizon.days) {
        let message = format!(
            "nobody falls due under this target: its {} days are never over within the {} days of the period",
            target.within_days, model.horizon.days
        );
        let address = format!("target.{}.within_days", target.name);
        faults.push(
            Fault::warning("target-never-over", address, message)
                .help("state fewer days, or a longer period"),
        );
    }
}

/// Every need that anyone asks for has to have a post that can see it.
///
/// No post that can is a fault; none for some of the practices is a warning.
fn unseen(model: &Model, faults: &mut Vec<Fault>) {
    if model.posts.is_empty() {
        return; // that there is no post at all has been said
    }
    let mut apart: Vec<Apart<'_>> = Vec::new();
    for need in model.needs.iter().filter(|need| asked(need) && !need.seen_by.is_empty()) {
        // Any preference: overflow counts.
        let can = |post: &&Post| need.seen_by.iter().any(|seen| seen.role == post.role);
        let posts: Vec<&Post> = model.posts.iter().filter(can).collect();
        let roles: Vec<String> =
            need.seen_by.iter().map(|seen| format!("`{}`", model.roles[seen.role].name)).collect();
        let address = format!("need.{}", need.name);
        if posts.is_empty() {
            let message = format!(
                "no post can see `{address}`: it needs {}, and no post has that role",
                roles.join(" or ")
            );
            let help =
                format!("add a post with that role, change the need's `roles`, or remove = [\"{address}\"]");
            faults.push(Fault::new("unseen-need", address, message).help(help));
            continue;
        }
        let without: Vec<&str> = (0..model.practices.len())
            .filter(|practice| !posts.iter().any(|post| super::sites::sees(model, post, *practice)))
            .map(|practice| model.practices[practice].name.as_str())
            .collect();
        if !without.is_empty() {
            // Needs that the same practices cannot see for want of the same roles are one warning.
            match apart.iter_mut().find(|known| known.practices == without && known.roles == roles) {
                Some(known) => known.needs.push(address),
                None => apart.push(Apart { practices: without, roles, needs: vec![address] }),
            }
        }
    }
    faults.extend(apart.iter().filter_map(Apart::warning));
}

/// Needs that some practices have no post for.
struct Apart<'m> {
    /// Names of the practices.
    practices: Vec<&'m str>,
    /// Roles that could see the needs, as they are written.
    roles: Vec<String>,
    /// Addresses of the needs.
    needs: Vec<String>,
}

impl Apart<'_> {
    /// One warning for all of the needs, at the first of them.
    fn warning(&self) -> Option<Fault> {
        let ([first, others @ ..], [address, ..]) = (&self.practices[..], &self.needs[..]) else {
            return None;
        };
        let more = if others.is_empty() { String::new() } else { format!(" and {} more", others.len()) };
        let has = if others.is_empty() { "has" } else { "have" };
        let needs: Vec<String> = self.needs.iter().map(|need| format!("`{need}`")).collect();
        let message = format!(
            "practice {first}{more} {has} no post that can see {} ({})",
            list_or(&needs),
            self.roles.join(" or ")
        );
        Some(
            Fault::warning("unseen-need", address.clone(), message)
                .help(format!(
                    "its patients wait until they give up, where the need states that, else without end: add a post of {} that serves the practice, name another role in the need's `roles`, or take the need away",
                    list_or(&self.roles)
                )),
        )
    }
}

/// True for a need that anyone asks for.
///
/// By a rate of its own or by those who wait at the start; redirects and follow-ups are not looked at.
pub(super) fn asked(need: &Need) -> bool {
    need.rate.is_some() || need.start_backlog.iter().any(|waiting| *waiting > 0)
}

/// A share of all GP appointments, where no need is seen by a GP first, is a warning.
fn audit_without_gps(model: &Model, faults: &mut Vec<Fault>) {
    // The GPs' share is of needs that a GP sees first, not of those that overflow to a GP.
    let gp = |k: &usize| model.needs[*k].seen_by.first().is_some_and(|seen| model.roles[seen.role].is_gp);
    let of_gps: f64 = (0..model.needs.len()).filter(gp).map(|k| all_first_requests(model, k)).sum();
    let audit = model.categories.iter().find(|category| category.share_of == ShareOf::GpAppointments);
    if let Some(category) = audit
        && of_gps == 0.0
    {
        let address = format!("avoidable.{}", category.name);
        let message = format!(
            "`{address}` is a share of GP appointments, but no need is seen by a GP first, so it is nought"
        );
        let help = "say staff_group = \"GP\" in the role of the doctors, or state share_of_need";
        faults.push(Fault::warning("no-gp", address, message).help(help));
    }
}

/// Years from a date to the period that are looked for.
const YEARS: i16 = 60;

/// The same stretch of the year within a period, as keys of a scenario: what comes from the library has the dates of another year.
fn in_period(dates: [(&str, Option<Day>); 2], (first, end): (Day, Day)) -> Option<String> {
    let moved = |years: i16| -> Option<String> {
        let to = |date: Day| date.date().checked_add(jiff::Span::new().years(years)).ok().map(Day::from_date);
        let [begins, ends] = dates.map(|(_, date)| date.and_then(to));
        let inside =
            begins.is_none_or(|day| (first..=end).contains(&day)) && ends.is_none_or(|day| day >= first);
        let keys = dates.into_iter().zip([begins, ends]);
        let stated = keys.filter_map(|((key, _), day)| Some(format!("{key} = {}", day?)));
        inside.then(|| stated.collect::<Vec<String>>().join(" and "))
    };
    (1..YEARS).flat_map(|years| [years, -years]).find_map(moved)
}

/// What begins after the period or ends before it changes nothing.
///
/// Warnings only. Levers count from the start of the counted period, posts already from the first day of the
/// warm-up.
fn dates(model: &Model, faults: &mut Vec<Fault>) {
    let start = model.horizon.start;
    let end = model.horizon.last();
    let first = start.plus(-(model.horizon.warm_up_days as i32));
    let mut outside = |what: &str, name: &str, from: Option<Day>, until: Option<Day>, first: Day| {
        // Only the first of the two reasons is said.
        let late = from.filter(|from| *from > end).map(|day| ("begins", day, "from"));
        let early = until.filter(|until| *until < first).map(|day| ("ends", day, "until"));
        if let Some((verb, day, key)) = late.or(early) {
            let key = if what == "lever" && key == "from" { "starts" } else { key };
            let message = format!(
                "{what} `{name}` {verb} on {day}, outside the period from {start} to {end}, so it changes nothing"
            );
            let begins = if what == "lever" { "starts" } else { "from" };
            let help = in_period([(begins, from), ("until", until)], (first, end));
            let help = help.map_or_else(
                || "give it days of the period".to_owned(),
                |stated| format!("give it days of the period, such as {stated} under [{what}.{name}]"),
            );
            faults.push(Fault::warning("outside-period", format!("{what}.{name}.{key}"), message).help(help));
        }
    };
    for lever in &model.levers {
        outside("lever", &lever.name, Some(lever.starts), lever.until, start);
    }
    for post in &model.posts {
        outside("post", &post.name, post.from, post.until, first);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn needs_that_the_same_practices_cannot_see_are_one_warning() {
        let needs = ["need.routine", "need.urgent", "need.review"].map(str::to_owned).to_vec();
        let apart = Apart { practices: vec!["mill", "oak"], roles: vec!["`gp`".into()], needs };
        let fault = apart.warning().unwrap_or_else(|| panic!("a warning"));
        assert_eq!(fault.address, "need.routine");
        assert_eq!(
            fault.message,
            "practice mill and 1 more have no post that can see `need.routine`, `need.urgent` or `need.review` (`gp`)"
        );
    }
}
