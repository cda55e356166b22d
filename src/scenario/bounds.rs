//! Numbers that stay in their bounds in every draw, so that the engine never has to clip one.
//!
//! In: a model. Out: faults where a drawn or stated number would make a chance above one or a demand below nought.
//! Shares that are drawn independently of each other are looked at where each stays below with a chance of 0.99999.
//!
//! `check` calls it once a model; the laws themselves were held to their legal range when they were read
//! (`laws`).

use super::means;
use crate::fault::Fault;
use crate::model::Model;
use crate::model::calendar::Season;
use crate::model::post::Capacity;
use crate::model::requests::{all_first_requests, category_scales};
use crate::quantity::number_text;
use crate::scenario::number::{People, Rule};

/// Chance with which an independently drawn share stays below the value that is looked at.
const NEARLY_ALWAYS: f64 = 0.99999;

/// The way out where the means of shares are too many already.
const LOWER: &str = "shares of GP appointments are scaled to the needs a category falls on: lower the shares, or let them fall on more needs";
/// The way out where only chance makes them too many.
const TOGETHER: &str = "state [avoidable_shares] concentration, which draws the shares together so that they never pass 100 %, or narrower ranges";

/// Everything that would leave its bounds; `whole` is false where some figures could not be read.
pub(super) fn bounds(model: &Model, whole: bool, faults: &mut Vec<Fault>) {
    season(model, faults);
    growth(model, faults);
    maturity(model, faults);
    people(model, faults);
    hours(model, faults);
    if whole {
        requests(model, faults);
        categories(model, faults);
    }
}

/// A swing of more than the mean makes requests fewer than none.
fn season(model: &Model, faults: &mut Vec<Fault>) {
    let Season::Wave { amplitude, .. } = &model.demand.season else { return };
    let largest = model.inputs.largest(*amplitude);
    if largest > 1.0 {
        let message = format!(
            "the season swings by {largest} of the mean: there would be days with fewer than no requests"
        );
        let help = "an amplitude is at most 1: 0.08 makes the busiest day 8 % busier than the mean";
        faults.push(Fault::new("season-below-nought", "demand.season.amplitude", message).help(help));
    }
}

/// A loss of all or more a year leaves nobody to ask, and days before the start without end.
fn growth(model: &Model, faults: &mut Vec<Fault>) {
    // The lower end, as that is where growth leaves its bounds.
    let growth = model.demand.growth_per_year;
    // A growth that is certain is its own quantile.
    let least = model.inputs.quantile(growth, 1.0 - NEARLY_ALWAYS).unwrap_or(0.0);
    if least <= -1.0 {
        let message =
            format!("requests would fall by {} % a year: nobody would be left to ask", -100.0 * least);
        let help = "growth_per_year is a share: 0.02 grows by 2 % a year, -0.02 falls by 2 %";
        faults.push(Fault::new("growth-below-nought", "demand.growth_per_year", message).help(help));
    }
}

/// Most first requests of a day, all practices together: as many as England's appointments in general practice.
const MOST_A_DAY: f64 = 1.0e6;

/// More requests than general practice anywhere has: most likely a rate a month or a list in thousands.
fn requests(model: &Model, faults: &mut Vec<Fault>) {
    let of = |need: usize| all_first_requests(model, need) / 7.0;
    let all: f64 = (0..model.needs.len()).map(of).sum();
    let largest = (0..model.needs.len()).max_by(|a, b| of(*a).total_cmp(&of(*b)));
    let Some(largest) = largest.filter(|_| all > MOST_A_DAY) else { return };
    let name = &model.needs[largest].name;
    let message = format!(
        "{} requests a day are more than the whole of England makes, most of them for `need.{name}`",
        number_text(all)
    );
    let help = "check its rate, the patients of the practices and the factors on demand";
    faults.push(Fault::new("requests-beyond-count", format!("need.{name}"), message).help(help));
}

/// More people in a post than it could have if they were stated.
fn people(model: &Model, faults: &mut Vec<Fault>) {
    for post in &model.posts {
        let Capacity::People(staffing) = &post.capacity else { continue };
        let role = &model.roles[post.role];
        let wte = model.inputs.quantile(staffing.wte, NEARLY_ALWAYS).unwrap_or(0.0);
        let heads = libm::ceil(wte / role.wte_per_head);
        // A headcount is of those in post: vacant positions are as large as the role's.
        let stated = staffing.headcount.is_some() && staffing.in_post_wte.is_none();
        if stated || heads <= People::LEGAL.most {
            continue;
        }
        let message = format!(
            "`post.{}` would have {} people: {} WTE, {} for each",
            post.name,
            number_text(heads),
            number_text(wte),
            number_text(role.wte_per_head)
        );
        let help = format!(
            "a post has at most {} people: state fewer WTE, or a larger wte_per_head of role.{}",
            number_text(People::LEGAL.most),
            role.name
        );
        faults.push(Fault::new("people-beyond-count", format!("post.{}.wte", post.name), message).help(help));
    }
}

/// Most hours of a post, in a week of its people or a day of its slots: their thousandths of a minute still fit what
/// counts them when all of them lie on one day.
const MOST_HOURS: f64 = 60_000.0;

/// More hours than a post can be counted with.
fn hours(model: &Model, faults: &mut Vec<Fault>) {
    let largest = |number| model.inputs.quantile(number, NEARLY_ALWAYS).unwrap_or(0.0);
    for post in &model.posts {
        let (hours, span, key) = match &post.capacity {
            Capacity::People(people) => {
                let a_wte = largest(model.roles[post.role].hours_per_wte_week);
                (largest(people.wte) * a_wte, "week", "wte")
            }
            Capacity::Plain(plain) => {
                let dated = plain.exceptions.iter().map(|(_, _, slots)| *slots);
                let listed = plain.slots_by_day.iter().flatten().copied();
                let slots = plain.slots.into_iter().chain(dated).chain(listed).fold(0.0, f64::max);
                (slots * post.slot_minutes / 60.0, "day", "slot_minutes")
            }
        };
        let hours = hours * largest(post.minutes_factor).max(1.0);
        if hours > MOST_HOURS {
            let message = format!(
                "`post.{}` would give {} hours a {span}; a post is counted with at most {}",
                post.name,
                number_text(libm::round(hours)),
                number_text(MOST_HOURS)
            );
            let help = "correct what is too large, or divide it into several posts";
            faults.push(
                Fault::new("hours-beyond-count", format!("post.{}.{key}", post.name), message).help(help),
            );
        }
    }
}

/// What scales an uptake may not pass one.
fn maturity(model: &Model, faults: &mut Vec<Fault>) {
    let Some(lever) = model.levers.iter().find(|lever| lever.maturity_scales_uptake) else { return };
    for network in &model.networks {
        let most = model.inputs.quantile(network.maturity, NEARLY_ALWAYS).unwrap_or(1.0);
        if most > 1.0 {
            let address = format!("network.{}.maturity", network.name);
            let message = format!(
                "`{address}` may be {most}, and it scales the uptake of `lever.{}`: more would take part than there are",
                lever.name
            );
            let help = "state a maturity of at most 1, or leave maturity_scales_uptake out of the lever";
            faults.push(Fault::new("uptake-above-all", address, message).help(help));
        }
    }
}

/// A share in hundredths, where it can be imagined.
fn percent(share: f64) -> String {
    const MOST: f64 = 1e4;
    if share > MOST { "more than 1,000,000".to_owned() } else { number_text(share * 100.0) }
}

/// Shares of categories that are drawn apart may together be more than all requests of a need.
///
/// For each need the shares at their mean and at the value that each stays below nearly always, added up. Shares
/// of GP appointments are first scaled to the needs that they fall on (`model::requests::category_scales`).
fn categories(model: &Model, faults: &mut Vec<Fault>) {
    let means = means(model);
    // By need: shares at their mean, shares at the value looked at, names.
    let mut taken = vec![(0.0, 0.0, Vec::new()); model.needs.len()];
    for (category, scale) in model.categories.iter().zip(category_scales(model)) {
        let mean = category.share.at(&means, 0);
        let most = model.inputs.quantile(category.share, NEARLY_ALWAYS).unwrap_or(mean);
        for need in &category.of {
            let (means, all, names) = &mut taken[*need];
            *means += mean * scale;
            *all += most * scale;
            names.push(category.name.as_str());
        }
    }
    for (need, (mean, most, names)) in model.needs.iter().zip(&taken) {
        // A hair above 1 for rounding in sums of stated shares.
        let above = |share: f64| share > 1.0 + 1e-9;
        let Some(last) = names.last().filter(|_| above(*most)) else { continue };
        let (code, would, share, help) = match above(*mean) {
            true => ("category-above-need", "would", mean, LOWER),
            false => ("categories-above-need", "may together", most, TOGETHER),
        };
        let message = format!(
            "the avoidable categories {} {would} take {} % of all requests for `need.{}`",
            names.join(", "),
            percent(*share),
            need.name
        );
        faults.push(Fault::new(code, format!("avoidable.{last}"), message).help(help));
    }
}
