//! Practices at which nobody can see a need: no post there has a role that the need names.
//!
//! In: a model, a place, a need. Out: the practices with the days, and sentences that name them with the roles that are missing. A
//! post counts on the days on which it exists, be it shared or not, with people or without.

use super::say;
use crate::model::Model;
use crate::model::post::Post;
use crate::model::requests::first_requests;
use crate::outcome::columns::Place;
use crate::scenario::sites::sees;
use crate::units::Day;

/// So many practices are named; of the others it is said how many they are.
const NAMED: usize = 3;
/// Days with nobody from which a practice is named: four weeks, more than leave.
const LEAST: usize = 28;
/// So many roles are named; where a need has more the sentence only says that none of them is there.
const ROLES: usize = 2;

/// A practice whose patients ask for a need that nobody there can see, for so long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unseen {
    /// Position of the practice.
    pub practice: usize,
    /// First and last day of the longest such stretch; none where it is the whole period.
    pub days: Option<(Day, Day)>,
}

/// Practices of a place whose patients ask for a need and that no post which could see it serves: in the whole period, or for four
/// weeks of it and more.
///
/// Of a need that is seen at a neighbour's too (`elsewhere`) somebody in the network is enough.
pub fn unseen(model: &Model, place: Place, need: usize) -> Vec<Unseen> {
    let practices = place.practices(model).into_iter().filter(|p| first_requests(model, *p, need) > 0.0);
    practices.filter_map(|p| of_practice(model, p, need)).collect()
}

/// One practice; none where nobody is missing for so long.
fn of_practice(model: &Model, practice: usize, need: usize) -> Option<Unseen> {
    let (start, period) = (model.horizon.start, model.horizon.days);
    let goes_to = |other: &usize| match model.needs[need].elsewhere {
        Some(_) => model.practices[*other].network == model.practices[practice].network,
        None => *other == practice,
    };
    let seers = model.posts.iter().filter(|post| {
        let sees = (0..model.practices.len()).filter(goes_to).any(|other| sees(model, post, other));
        sees && model.needs[need].seen_by.iter().any(|seen| seen.role == post.role)
    });
    let seers: Vec<&Post> = seers.collect();
    let there = |day: &usize| seers.iter().any(|post| post.exists_on(start.plus(*day as i32)));
    // Stretches with nobody, each from the day after somebody was there.
    let (mut longest, mut from) = ((0, 0), 0);
    for day in 0..period {
        if there(&day) {
            from = day + 1;
        } else if day + 1 - from > longest.1 - longest.0 {
            longest = (from, day + 1);
        }
    }
    let alone = longest.1 - longest.0;
    let days = (alone < period).then(|| (start.plus(longest.0 as i32), start.plus(longest.1 as i32 - 1)));
    (alone >= LEAST.min(period)).then_some(Unseen { practice, days })
}

/// `Nobody at Mill Lane can see routine consultation: there is no GP.` None where every practice has somebody.
pub fn sentence(model: &Model, unseen: &[Unseen], need: usize) -> Option<String> {
    let titles = |of: &[&Unseen]| {
        let title = |u: &&Unseen| model.practices[u.practice].title.clone();
        let mut names: Vec<String> = of.iter().take(NAMED).map(title).collect();
        if of.len() > NAMED {
            names.push(format!("{} more", of.len() - NAMED));
        }
        say::list(&names)
    };
    let need = &model.needs[need];
    let roles: Vec<String> = need
        .seen_by
        .iter()
        .map(|seen| format!("no {}", say::inside(&model.roles[seen.role].title)))
        .collect();
    let why = match roles.len() {
        0..=ROLES => format!("there is {}", say::list(&roles)),
        _ => "none of the roles that could is there".to_owned(),
    };
    let said = |of: &[&Unseen], when: &str| {
        format!("Nobody at {} can see {}{when}: {why}.", titles(of), say::inside(&need.title))
    };
    let always: Vec<&Unseen> = unseen.iter().filter(|u| u.days.is_none()).collect();
    let mut out = Vec::new();
    if !always.is_empty() {
        out.push(said(&always, ""));
    }
    let for_a_time = unseen.iter().filter(|u| u.days.is_some());
    let others = for_a_time.clone().count().saturating_sub(NAMED);
    for for_a_time in for_a_time.take(NAMED) {
        let when = for_a_time.days.map_or(String::new(), |(from, to)| match to == model.horizon.last() {
            true => format!(" from {} on", say::short_date(from)),
            false => format!(" from {} to {}", say::short_date(from), say::short_date(to)),
        });
        out.push(said(&[for_a_time], &when));
    }
    if others > 0 {
        out.push(format!("So it is for a time at {}.", say::counted(others as f64, "more practice")));
    }
    (!out.is_empty()).then(|| out.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A GP who leaves and one who comes later leave a gap of their own; a week without anybody is none.
    #[test]
    fn a_stretch_without_anybody_is_said_with_its_days() {
        let found = |posts: &str| {
            let text = format!(
                "horizon = {{ start = 2019-04-01, weeks = 52 }}\n[practice.a]\nname = \"Alder\"\nregistered_list = 5000\n[need.routine]\nname = \"Routine\"\nrate_per_patient_year = 3\nroles = [\"gp\"]\n\
                 [role.gp]\nname = \"GP\"\n{posts}"
            );
            let scenario = crate::scenario::load_text("a.toml", &text, &[])
                .unwrap_or_else(|report| panic!("{}", report.render(false)));
            let model = &scenario.options[0].model;
            sentence(model, &unseen(model, Place::All, 0), 0)
        };
        let two = |until: &str, from: &str| {
            found(&format!(
                "[post.one]\nrole = \"gp\"\nslots_per_day = 40\nuntil = {until}\n[post.two]\nrole = \"gp\"\nslots_per_day = 40\nfrom = {from}\n"
            ))
        };
        assert_eq!(
            two("2019-04-21", "2020-03-01"),
            Some(
                "Nobody at Alder can see routine from 22 April 2019 to 29 February 2020: there is no GP."
                    .into()
            )
        );
        assert_eq!(two("2019-06-30", "2019-07-08"), None);
        let leaves = two("2019-06-30", "2020-04-05").unwrap_or_default();
        assert_eq!(leaves, "Nobody at Alder can see routine from 1 July 2019 on: there is no GP.");
        assert_eq!(two("2019-06-30", "2019-06-01"), None, "they overlap");
        let many =
            ["b", "c", "d", "e", "f"].map(|name| format!("[practice.{name}]\nregistered_list = 900\n"));
        let alone = "[post.one]\npractice = \"a\"\nrole = \"gp\"\nslots_per_day = 40\n";
        let said = found(&format!("{alone}{}", many.concat())).unwrap_or_default();
        assert!(said.starts_with("Nobody at b, c, d and 2 more can see routine: there is no GP."), "{said}");
        let late = ["b", "c", "d", "e"].map(|p| {
            format!("[post.{p}]\npractice = \"{p}\"\nrole = \"gp\"\nslots_per_day = 9\nfrom = 2019-06-01\n")
        });
        let said = found(&format!("{alone}{}{}", many[..4].concat(), late.concat())).unwrap_or_default();
        assert!(said.ends_with("there is no GP. So it is for a time at 1 more practice."), "{said}");
        assert_eq!(
            found(&format!("{alone}{}[need.routine.elsewhere]\nwilling = 1\n", many[0])),
            None,
            "seen at a"
        );
    }
}
