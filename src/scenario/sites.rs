//! Checks of sites and rooms: a post sits where it may see patients, on every day it works, and sessions find rooms.
//!
//! In: a model. Out: faults, and a warning where a week has fewer room-sessions than sessions that need one. Mean values;
//! leave and sickness left out. By half-day `check` says the same from the roster.

use crate::fault::Fault;
use crate::model::Model;
use crate::model::post::{Base, Capacity, HalfDay, Post, Sharing, Sites};
use crate::model::working_week::working_weeks;
use crate::quantity::number_text;
use crate::units::{TICKS_PER_MINUTE, WEEKDAYS};

/// True where a post sees a practice's patients: those it serves, of a rota those of its sites.
///
/// By half-day a practice is seen where it is named in any of them. Stricter than `check::serves`, which asks
/// only for the base.
pub fn sees(model: &Model, post: &Post, practice: usize) -> bool {
    let stated = match &post.sites {
        _ if !matches!(post.sharing, Sharing::Rota { .. }) => true,
        Sites::Unstated | Sites::ByList => true,
        Sites::InTurn(sites) => sites.contains(&practice),
        Sites::ByHalfDay(halves) => halves.iter().flatten().any(|site| *site == practice),
    };
    stated && post.serves(model, practice)
}

/// Posts that sit where they may not, or on some days nowhere.
///
/// The first stranger of each post; the first half-day without a site.
pub(super) fn sites(model: &Model, faults: &mut Vec<Fault>) {
    for post in &model.posts {
        let named: Vec<usize> = match &post.sites {
            Sites::Unstated | Sites::ByList => continue,
            Sites::InTurn(sites) => sites.clone(),
            Sites::ByHalfDay(halves) => {
                nowhere(model, post, halves, faults);
                halves.iter().flatten().copied().collect()
            }
        };
        let key = if matches!(post.sites, Sites::InTurn(_)) { "sites" } else { "rota" };
        let stranger = named.into_iter().find(|&p| !post.serves(model, p));
        if let Some(p) = stranger {
            let (name, network) = (&model.practices[p].name, model.practices[p].network);
            let message = format!(
                "`post.{}` sits at practice {name}, whose patients it does not see: it serves another network",
                post.name
            );
            let help = format!(
                "name practices of its own network, or let it serve network \"{}\"",
                model.networks[network].name
            );
            faults
                .push(Fault::new("site-not-served", format!("post.{}.{key}", post.name), message).help(help));
        }
    }
}

/// Half-days on which a post may work and its rota names no site.
///
/// Half-days from 0, Monday morning first. Half-days of closed weekdays do not count.
fn nowhere(model: &Model, post: &Post, halves: &[Vec<usize>; 14], faults: &mut Vec<Fault>) {
    let works = |half: &usize| match &post.capacity {
        Capacity::People(staffing) => {
            let stated = |works: &Vec<HalfDay>| works.contains(&(*half as HalfDay));
            // dealt half-days run Monday to Friday
            staffing.works.as_ref().map_or(*half < 10, stated)
        }
        Capacity::Plain(_) => true,
    };
    let open = |half: &usize| model.calendar.open[half / 2];
    let Some(half) = (0..14).find(|half| open(half) && works(half) && halves[*half].is_empty()) else {
        return;
    };
    let day = WEEKDAYS[half / 2];
    let am_pm = ["am", "pm"][half % 2];
    let message =
        format!("the rota of `post.{}` does not say where its people sit on {day} {am_pm}", post.name);
    let help =
        format!("add {day} = \"some_practice\", or state `works` so that nobody of this post works then");
    faults.push(Fault::new("rota-no-day", format!("post.{}.rota", post.name), message).help(help));
}

/// Sessions a week that need a room at a site, against the room-sessions it has.
///
/// Rooms are of each half-day, so two sessions a day; only practices that state rooms are looked at.
pub(super) fn rooms(model: &Model, means: &[f64]) -> Vec<Fault> {
    let mut warnings = Vec::new();
    for (p, practice) in model.practices.iter().enumerate() {
        let Some(rooms) = practice.rooms else { continue };
        let open = |weekday: &usize| model.calendar.open[*weekday];
        let has: f64 = (0..7).filter(open).map(|weekday| 2.0 * f64::from(rooms[weekday])).sum();
        let asked: f64 = model.posts.iter().map(|post| sessions_at(model, post, p, means)).sum();
        // Half a session is left for rounding: parts of posts that sit in turn.
        if asked > has + 0.5 {
            let message = format!(
                "practice {} has {} room-sessions a week for {} sessions that need one",
                practice.name,
                number_text(has),
                number_text(asked)
            );
            let help = "sessions without a room are lost, those of the last roles of [rooms] first; add rooms, move sessions to other sites, or say needs_room = false";
            let address = format!("practice.{}.rooms", practice.name);
            warnings.push(Fault::warning("too-few-rooms", address, message).help(help));
        }
    }
    warnings
}

/// Sessions a week of a post in post that need a room at a practice.
///
/// A post in turn counts in proportion to how often it sits there, one by list in proportion to weighted lists.
fn sessions_at(model: &Model, post: &Post, practice: usize, means: &[f64]) -> f64 {
    if !post.needs_room {
        return 0.0;
    }
    // Shared posts go by weighted lists.
    let list = |p: usize| model.practices[p].weighted_list.at(means, p);
    let part = match (&post.sites, post.base) {
        (_, Base::Practice(own)) => f64::from(u8::from(own == practice)),
        (Sites::Unstated, _) => 0.0,
        (Sites::InTurn(sites), _) => {
            sites.iter().filter(|site| **site == practice).count() as f64 / sites.len().max(1) as f64
        }
        (Sites::ByHalfDay(halves), _) => {
            let sites = || halves.iter().flatten();
            sites().filter(|site| **site == practice).count() as f64 / sites().count().max(1) as f64
        }
        (Sites::ByList, _) if post.serves(model, practice) => {
            let served = (0..model.practices.len()).filter(|p| post.serves(model, *p));
            list(practice) / served.map(list).sum::<f64>().max(f64::MIN_POSITIVE)
        }
        (Sites::ByList, _) => 0.0,
    };
    let weeks = working_weeks(model, post, means);
    part * weeks.iter().map(|(_, week)| f64::from(week.sessions)).sum::<f64>()
}

/// Rotas that lose whole sessions to travel, and minutes lost that nothing loses.
///
/// At the means of what is drawn.
pub(super) fn travel(model: &Model, means: &[f64]) -> Vec<Fault> {
    let mut warnings = Vec::new();
    for post in &model.posts {
        let Sharing::Rota { minutes_lost } = post.sharing else { continue };
        // Nothing to travel, nothing to warn of.
        if minutes_lost <= 0.0 {
            continue;
        }
        let address = format!("post.{}.rota_minutes_lost", post.name);
        if matches!(post.capacity, Capacity::Plain(_)) {
            let message =
                format!("`{address}` changes nothing: plain appointments are counted as they are stated");
            let help = "state fewer appointments, or the people of the post with `wte`";
            warnings.push(Fault::warning("idle-minutes-lost", address, message).help(help));
            continue;
        }
        let weeks = working_weeks(model, post, means);
        // People whose sessions are no longer than the travel.
        let nothing = weeks.iter().filter(|(_, week)| week.session <= 0.0).count();
        if nothing > 0 {
            // The same post without travel: how long its sessions would be.
            let whole = Post { sharing: Sharing::Pooled, ..post.clone() };
            let whole = working_weeks(model, &whole, means);
            let longest = whole.iter().map(|(_, week)| week.session / TICKS_PER_MINUTE).fold(0.0, f64::max);
            let who = if nothing == weeks.len() {
                "nobody of this post sees anyone".to_owned()
            } else {
                format!("{nothing} of its {} people see nobody", weeks.len())
            };
            let message = format!(
                "`post.{}` loses {} minutes of each session to travel and set-up, and a session has {} appointment minutes at most: {who}",
                post.name,
                number_text(minutes_lost),
                number_text(longest)
            );
            let help = "state the minutes lost in one session, not in a day or a week";
            warnings.push(Fault::warning("rota-all-lost", address, message).help(help));
        }
    }
    warnings
}
