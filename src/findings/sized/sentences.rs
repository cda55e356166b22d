//! The sentences of sizing, each by a rule on the figures. The first is the answer.
//!
//! In: findings, all but their answer. Out: sentences. What falls with size is in `falls`, what does not move in
//! `moves`, load in `steady`; how figures are written in `figures`.

use super::figures::{asked, gives, holds, level, points};
use super::rows::Row;
use super::{SizedFindings, WaySized, amount, at_full, falls, moves, sharing, steady, stuck};
use crate::findings::receivers::left_out;
use crate::findings::say;
use crate::stats::interval::{FEWEST, Interval};
use crate::stats::sequential::{JUDGED, Stands};

/// A larger share of years than this in which more staff do worse is said.
const DISORDERED: f64 = 0.01;

/// The answer, sentence by sentence.
///
/// The answer first; then harm, proof, why none will do; last output, money and what the search took. Money and
/// output are of the first way of sharing.
pub fn answer(f: &SizedFindings) -> Vec<String> {
    if let Some(said) = nobody(f).or_else(|| few_years(f)) {
        return [vec![said], f.ways.iter().map(|way| effort(f, way)).collect()].concat();
    }
    let mut said = vec![f.advised.with_harm(&first(f))];
    said.extend(itself(f));
    said.extend(at_full::said(f));
    said.extend(f.advised.said.iter().cloned());
    said.extend(each_way(f, falls::instead));
    said.extend(each_way(f, steady::for_the_period));
    said.extend(sharing::sharing(f));
    said.extend(each_way(f, proof));
    said.extend(each_way(f, alike));
    said.extend(each_way(f, moves::flat));
    said.extend(each_way(f, moves::moved));
    said.extend(each_way(f, stuck::said));
    said.extend(each_way(f, steady::unstable));
    said.extend(each_way(f, fewer_unmet));
    if let Some(way) = f.ways.first() {
        said.extend([output(f, way), money(f, way), fund(f, way), order(f, way)].into_iter().flatten());
    }
    said.extend(f.further.clone());
    said.extend(left_out(&f.left_out));
    said.extend(steps(f));
    said.extend(f.ways.iter().map(|way| effort(f, way)));
    said
}

/// That nobody falls due under the target, so that no size can be judged by it.
fn nobody(f: &SizedFindings) -> Option<String> {
    let mut rows = f.ways.iter().flat_map(|way| &way.rows);
    let years: usize = f.ways.iter().map(|way| way.years).sum();
    rows.all(|row| row.mean.is_none()).then(|| {
        format!(
            "No size of {} can be judged: in none of {} does anybody fall due under the target \"{}\". Somebody has to ask for what it is of, and its days have to be over before the period ends.",
            inside(&f.what),
            say::counted(years as f64, "simulated year"),
            f.goal.target
        )
    })
}

/// That so few years tell nothing.
///
/// A chance has an interval from the first year on.
fn few_years(f: &SizedFindings) -> Option<String> {
    (!f.goal.chance && (f.rule.most as u64) < FEWEST).then(|| {
        format!(
            "No size of {} can be told from {}: an interval takes {FEWEST} at least, and a size is judged after {JUDGED} (--replications).",
            inside(&f.what),
            say::counted(f.rule.most as f64, "simulated year")
        )
    })
}

/// That things as they are, sized in themselves, are only set against themselves as stated.
fn itself(f: &SizedFindings) -> Option<String> {
    (f.goal.now.is_some() && f.option.is_none()).then(|| {
        format!(
            "This is asked of things as they are, set against themselves with the {} of now: somebody who leaves or a list that grows has to stand in an option (--option), for what --set changes holds on both sides.",
            f.size(f.now)
        )
    })
}

/// That no year differs, so that rarer luck would not have shown.
fn alike(f: &SizedFindings, way: &WaySized) -> Option<String> {
    let row = way.enough().filter(|_| f.goal.now.is_some())?;
    let none = |interval: Option<Interval>| interval.is_some_and(|i| i.low == i.high);
    let what = match (none(row.interval), none(row.fewer_unmet.and_then(|fewer| fewer.interval))) {
        (true, true) => "",
        (true, false) => " in time",
        (false, true) => " unmet",
        (false, false) => return None,
    };
    Some(format!(
        "At {} every one of {} is as now{what}: luck that comes in fewer than 3 of so many may not have shown.",
        f.size(row.size),
        say::counted(row.years as f64, "year")
    ))
}

/// That the step is longer than the usual one.
///
/// None where the usual step was taken.
fn steps(f: &SizedFindings) -> Option<String> {
    let usual = f.finer?;
    Some(format!(
        "Sizes are {} apart: {} apart there would be too many of them. Ask for others with --step, --from and --to.",
        f.size(f.step),
        amount(&f.unit, usual)
    ))
}

/// What is to be said of each way of sharing, once where it is the same of several; with their names where there are several.
///
/// A sentence that is the same in several ways stands once, after their names.
fn each_way(f: &SizedFindings, said: fn(&SizedFindings, &WaySized) -> Option<String>) -> Vec<String> {
    let of = |way: &WaySized| Some((way.sharing.clone().unwrap_or_default(), said(f, way)?));
    let named = |(names, sentence): (Vec<String>, String)| match f.ways.len() {
        1 => sentence,
        _ => format!("{}: {}", say::capital(&say::list(&names)), say::inside(&sentence)),
    };
    say::together(f.ways.iter().filter_map(of), PartialEq::eq).into_iter().map(named).collect()
}

/// That fewer go unmet although less holds.
///
/// None where it happens at no size.
fn fewer_unmet(f: &SizedFindings, way: &WaySized) -> Option<String> {
    let at = way.falls_with_unmet?;
    let (before, row) = (way.rows.get(at.checked_sub(1)?)?, way.rows.get(at)?);
    let goal = if f.goal.chance { "the chance" } else { "the share seen in time" };
    Some(format!(
        "From {} to {} {goal} falls, and yet fewer requests go unmet ({} to {}): those who give up cost nobody time, so fewer of them can make it look worse.",
        f.size(before.size),
        f.size(row.size),
        say::whole(before.unmet?),
        say::whole(row.unmet?)
    ))
}

/// The answer in one sentence.
///
/// About the first way of sharing, unless none will do in any.
fn first(f: &SizedFindings) -> String {
    let option = f.option.as_ref().map_or(String::new(), |title| format!(" (in the option \"{title}\")"));
    let way = &f.ways[0];
    if let Some(said) = falls::answer(f, way, &option) {
        return said;
    }
    let none = f.ways.iter().all(|way| way.enough().is_none());
    // Where no size is enough in any way of sharing, that is said of all of them.
    let names =
        || say::list_or(&f.ways.iter().filter_map(|way| way.sharing.clone()).collect::<Vec<String>>());
    let shared = if none && f.ways.len() > 1 { format!(", {},", names()) } else { shared(way) };
    match way.enough() {
        Some(row) => format!(
            "{}{shared}: {} is the smallest size shown to be enough{option}: {}, where {}.",
            f.what,
            f.size(row.size),
            holds(f, row),
            asked(f)
        ),
        // A size that was passed by may hold where a larger one does not: nothing is said of all sizes then.
        None if way.stuck.is_some()
            && none
            && !f.ways.iter().flat_map(|way| &way.rows).any(|row| f.leans(row)) =>
        {
            let largest = way.rows.last().map_or(String::new(), |row| {
                format!(": even at {} {}, where {}", f.size(row.size), holds(f, row), asked(f))
            });
            format!("No size of {}{shared} will do{option}{largest}.", inside(&f.what))
        }
        None => {
            format!("No size of {}{shared} that was tried is shown to be enough{option}.", inside(&f.what))
        }
    }
}

/// A title inside a sentence: `A shared pharmacist` becomes `a shared pharmacist`.
fn inside(title: &str) -> String {
    title.strip_prefix("A ").map_or_else(|| say::inside(title), |rest| format!("a {rest}"))
}

/// `, split`.
pub(super) fn shared(way: &WaySized) -> String {
    way.sharing.as_ref().map_or(String::new(), |sharing| format!(", {sharing}"))
}

/// That one step less fails, or what is borderline.
///
/// None where nothing was told either way. That both hold together is the promise of the rule
/// (`stats::sequential`).
fn proof(f: &SizedFindings, way: &WaySized) -> Option<String> {
    let borderline: Vec<String> = way.borderline().iter().map(|row| doubt(f, row)).collect();
    // The largest that is shown to be too few.
    let few = way.too_few.map(|few| &way.rows[few]);
    let size = |row: &Row| f.size(row.size);
    match (way.enough(), few) {
        (Some(_), Some(few)) if borderline.is_empty() => {
            let less = format!("One step less is too few: {} gives {}", size(few), gives(f, few));
            Some(format!("{less}. Both hold together but for one time in twenty."))
        }
        (Some(row), None) if borderline.is_empty() && row.size <= 0.0 => {
            Some("It holds without any; nothing less can be tried.".to_owned())
        }
        (Some(_), None) if borderline.is_empty() => {
            Some("It is the smallest size that was tried; fewer may do.".to_owned())
        }
        (_, few) if !borderline.is_empty() => {
            let below =
                few.map_or(String::new(), |few| format!(" {} is too few: {}.", size(few), gives(f, few)));
            Some(format!("Borderline: {}.{below}", say::list(&borderline)))
        }
        _ => None,
    }
}

/// What is borderline about a size.
///
/// Near the level, or not told from it with the years there were.
fn doubt(f: &SizedFindings, row: &Row) -> String {
    let why = match row.stands {
        Stands::Near => {
            format!("within {} of {}", points(f.goal.near), level(f))
        }
        _ => format!("not told from {} after {}", level(f), say::counted(row.years as f64, "year")),
    };
    format!("{} gives {}, {why}", f.size(row.size), gives(f, row))
}

/// Gross and marginal output together.
///
/// Gross is what the role does for each unit, which others may no longer do; gained is what all roles attend
/// more.
fn output(f: &SizedFindings, way: &WaySized) -> Option<String> {
    let row = way.enough()?;
    let role = say::inside(f.role.as_ref()?);
    let (average, last) = (row.average?, row.marginal?);
    let gross = row.gross.map_or("all roles".to_owned(), |gross| {
        format!("{} contacts with the {role} for each {}; but all roles", say::each(gross), f.each())
    });
    let smallest = way.rows.first().map_or(String::new(), |row| f.size(row.size));
    Some(format!(
        "Output at {}: {gross} together hold {} contacts more for each {} added since {smallest}, and {} for the last step.",
        f.size(row.size),
        say::each(average.mean),
        f.each(),
        say::each(last.mean)
    ))
}

/// What it costs, and what the last step adds.
///
/// None where no post is sized.
fn money(f: &SizedFindings, way: &WaySized) -> Option<String> {
    let row = way.enough()?;
    let Some(cost) = row.cost else {
        return Some("Costs are not known: some posts have no people, or their role no cost.".into());
    };
    let back = row.reimbursed.unwrap_or(0.0);
    let last = row.dearer.map_or(String::new(), |(all, practices)| {
        format!(" The last step adds {}, {} of it to practices.", pounds(all), pounds(practices))
    });
    Some(format!(
        "Everything together then costs {} in the period, of which funds pay back {} and practices bear {}.{last}",
        pounds(cost),
        pounds(back),
        pounds(cost - back)
    ))
    .filter(|_| f.role.is_some())
}

/// Whether the fund is exceeded.
///
/// At the size that is enough, else at the largest tried; none without a fund.
fn fund(f: &SizedFindings, way: &WaySized) -> Option<String> {
    let (fund, row) = (f.fund.as_ref()?, way.enough().or(way.rows.last())?);
    let ceiling =
        fund.ceiling.map_or(String::new(), |most| format!(", at most {} a WTE a year", pounds(most)));
    let terms =
        format!("{} % of the cost{ceiling}", crate::quantity::number_text((fund.share * 1e4).round() / 1e2));
    let state = match (row.left, fund.pounds) {
        (Some(left), Some(of)) if left < 0.0 => {
            format!("exceeded by {} (it has {})", pounds(-left), pounds(of))
        }
        (Some(left), Some(of)) => format!("{} of its {} unspent", pounds(left), pounds(of)),
        _ => "without an end that is stated".into(),
    };
    Some(format!("Fund \"{}\" ({terms}) at {}: {state}.", fund.title, f.size(row.size)))
}

/// `£1,240`.
pub fn pounds(x: f64) -> String {
    if x < 0.0 { format!("-£{}", say::whole(-x)) } else { format!("£{}", say::whole(x)) }
}

/// Years in which more staff do worse.
///
/// None where it happens in at most one year in a hundred, or where more does worse anyway.
fn order(f: &SizedFindings, way: &WaySized) -> Option<String> {
    (way.disordered > DISORDERED && !way.falls).then(|| {
        let last = way.rows.last().filter(|row| way.enough().is_some() && row.stands == Stands::Below);
        let last = last.map_or(String::new(), |row| format!(" More is not better without end: {} gives {}.", f.size(row.size), gives(f, row)));
        format!(
            "In {} of the years a larger size does worse than a smaller one: more of this staff takes others' time, or luck falls otherwise; read the answer with the whole curve.{last}",
            say::percent(way.disordered)
        )
    })
}

/// What the search took.
///
/// Against a full grid with as many years at every size as the hardest took.
fn effort(f: &SizedFindings, way: &WaySized) -> String {
    let most = way.rows.iter().map(|row| row.years).max().unwrap_or(0);
    format!(
        "Found{} with {} over {} of {} sizes ({} with the curve); as many at every size as the hardest took would have been {}.",
        shared(way).replace(", ", " "),
        say::counted(way.searched as f64, "simulated year"),
        way.rows.len(),
        f.grid,
        say::whole(way.years as f64),
        say::whole((most * f.grid) as f64)
    )
}
