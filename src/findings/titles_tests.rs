//! A title reverses when its finding does.
//!
//! In: figures by hand, for each side of a rule. A title that stands whichever way the figures go fails here.

use super::access::{Contacts, NeedWait, OptionChance, TargetFinding};
use super::chain::Chain;
use super::figure::{Chance, Figure, Unit};
use super::settling::Settling;
use super::titles;
use super::weeks::{Busy, DemandAndCapacity, Utilisation, Week};
use super::wrong_year::{OneYear, WrongYear};
use crate::model::target::TargetFor;
use crate::units::Day;

/// A figure that is the same in all nine years.
fn figure(mean: f64, unit: Unit) -> Figure {
    Figure { unit, n: 9, mean, interval: None, p5: mean, p50: mean, p95: mean }
}

/// First counted day: a Monday in October.
fn start() -> Day {
    Day::from_date(jiff::civil::date(2018, 10, 1))
}

/// The title for three weeks of asking, against a roster of ten hours each.
fn demand(asked: [f64; 3]) -> String {
    demand_of(asked, false)
}

fn demand_of(asked: [f64; 3], together: bool) -> String {
    let week = |mean: f64| Week { mean, p5: mean, p95: mean };
    titles::demand(&DemandAndCapacity {
        role: "GP".into(),
        start: start(),
        wanted: asked.map(week).to_vec(),
        rostered: [10.0; 3].map(week).to_vec(),
        together,
    })
}

#[test]
fn demand_and_capacity() {
    assert_eq!(
        demand([12.0, 9.0, 11.0]),
        "GPs are asked for more than their roster holds in 2 of 3 weeks of a mean year"
    );
    assert_eq!(
        demand_of([12.0, 9.0, 11.0], true),
        "Taken together, GPs are asked for more than their roster holds in 2 of 3 weeks of a mean year"
    );
    assert_eq!(
        demand([9.0; 3]),
        "GPs are rostered for more than is asked of them in every week of a mean year"
    );
    assert_eq!(
        demand([11.0; 3]),
        "GPs are asked for more than their roster holds in every week of a mean year"
    );
}

/// None full, one full, all full; and all of as-now where an option adds one that is not.
#[test]
fn utilisation() {
    let title = |whole: [f64; 2]| {
        let busy = |post: &str, whole| Busy { post: post.into(), share: vec![], whole };
        let posts = vec![busy("GP, North", whole[0]), busy("Nurse, North", whole[1])];
        titles::utilisation(&Utilisation { start: start(), posts, added: vec![] })
    };
    let busy = |post: &str, whole| Busy { post: post.into(), share: vec![], whole };
    let (posts, added) = (vec![busy("GP, North", 0.97)], vec![busy("Pharmacist, North", 0.47)]);
    let with_more = titles::utilisation(&Utilisation { start: start(), posts, added });
    assert_eq!(with_more, "As now every post uses 95 % of its time or more");
    assert_eq!(title([0.97, 0.8]), "One of 2 posts uses 95 % of its time or more; the fullest is GP, North");
    assert_eq!(title([0.7, 0.8]), "No post uses 95 % of its time; the fullest is Nurse, North, at 80 %");
    assert_eq!(title([0.97, 0.98]), "Every post uses 95 % of its time or more");
    assert_eq!(title([0.97, 0.946]), "Every post uses 95 % of its time or more", "95 % as its row says");
}

/// Late, in time, and without a target.
#[test]
fn waits() {
    let title = |in_time: f64, target: Option<(u32, f64)>| {
        let days = figure(19.2, Unit::Days);
        titles::waits(&[NeedWait {
            need: "Routine".into(),
            half: 3.0,
            most: 19.0,
            p90: days,
            target,
            in_time: figure(in_time, Unit::Share),
            left: figure(0.1, Unit::Share),
        }])
    };
    assert_eq!(title(0.7, Some((14, 0.9))), "Waits for routine miss its target in a mean year");
    assert!(title(0.95, Some((14, 0.9))).starts_with("Every target is met in a mean year"));
    assert!(
        title(f64::NAN, None).starts_with("The longest waits are for routine: 1 in 10 wait over 19 days")
    );
}

/// None, one, all of two practices; then the option that changes their number most, or none.
#[test]
fn targets() {
    let title = |met: [u64; 2], options: &[[u64; 2]]| {
        let practice = |met: u64| {
            ("P".to_owned(), Chance { met: 100 * met, of: 1000, without: 0 }, figure(0.8, Unit::Share))
        };
        let option = |met: &[u64; 2]| OptionChance {
            option: "Plan".into(),
            practices: met.map(|met| Chance { met: 100 * met, of: 1000, without: 0 }).to_vec(),
            chance: Chance { met: 0, of: 10, without: 0 },
        };
        titles::targets(&TargetFinding {
            name: "t".into(),
            title: "Routine in 14 days".into(),
            need: "Routine".into(),
            words: String::new(),
            for_each: TargetFor::EachPractice,
            share: 0.9,
            chance: Chance { met: 0, of: 10, without: 0 },
            in_time: figure(0.8, Unit::Share),
            worst_tenth: 0.7,
            practices: met.map(practice).to_vec(),
            number: 0,
            options: options.iter().map(option).collect(),
        })
    };
    assert!(title([0, 4], &[]).ends_with("no practice is more likely than not to meet it"));
    let open = "no practice is shown to be more likely than not to meet it, 1 is not shown either way";
    assert!(title([0, 5], &[]).ends_with(open));
    assert!(title([0, 6], &[]).ends_with("1 of 2 practices is more likely than not to meet it"));
    assert!(title([9, 6], &[]).ends_with("every practice is more likely than not to meet it"));
    let same = title([0, 6], &[[0, 7], [1, 8]]);
    assert!(
        same.ends_with(
            "as now 1 of 2 practices is more likely than not to meet it, and no option changes that"
        )
    );
    assert!(title([0, 6], &[[0, 7], [9, 8]]).ends_with("to meet it; 2 of 2 with \"Plan\""), "more");
    assert!(title([0, 6], &[[0, 1], [1, 8]]).ends_with("to meet it; 0 of 2 with \"Plan\""), "fewer");
    let alike = title([0, 6], &[[9, 8], [8, 8]]);
    assert!(alike.ends_with("to meet it; 2 of 2 with \"Plan\" and with \"Plan\""), "{alike}");
    let three = title([0, 6], &[[9, 8], [8, 8], [7, 7]]);
    assert!(three.ends_with("to meet it; 2 of 2 with each of three options"), "{three}");
}

/// Asked of practices together, the practices by themselves say nothing of it.
#[test]
fn a_target_of_practices_together_is_said_of_all() {
    let chance = |met| Chance { met, of: 10, without: 0 };
    let practice = |met| ("P".to_owned(), chance(met), figure(0.8, Unit::Share));
    let title = |options: &[u64]| {
        let option = |met: &u64| OptionChance {
            option: format!("Plan {met}"),
            practices: vec![chance(0), chance(0)],
            chance: chance(*met),
        };
        titles::targets(&TargetFinding {
            name: "t".into(),
            title: "Routine".into(),
            need: "Routine".into(),
            words: String::new(),
            for_each: TargetFor::All,
            share: 0.9,
            chance: chance(4),
            in_time: figure(0.8, Unit::Share),
            worst_tenth: 0.7,
            practices: [9, 9].map(practice).to_vec(),
            number: 0,
            options: options.iter().map(option).collect(),
        })
    };
    assert_eq!(title(&[]), "Routine: all practices together meet it in 40 %");
    assert_eq!(
        title(&[5, 1, 6]),
        "Routine: all practices together meet it in 40 % as now, in 10 % with \"Plan 1\""
    );
    assert!(title(&[9, 9]).ends_with("in 90 % with \"Plan 9\" and with \"Plan 9\""), "alike");
}

/// Practices that the run leaves open are counted apart, by the rule of the colours: 8 of 15 years show neither way.
#[test]
fn a_title_of_targets_counts_only_what_is_shown() {
    let title = |years: u64, options: &[[u64; 3]]| {
        let chance = |met: u64| Chance { met: met * years / 15, of: years, without: 0 };
        let option = |met: &[u64; 3]| OptionChance {
            option: "Plan".into(),
            practices: met.map(chance).to_vec(),
            chance: chance(0),
        };
        titles::targets(&TargetFinding {
            name: "t".into(),
            title: "Routine".into(),
            need: "Routine".into(),
            words: String::new(),
            for_each: TargetFor::EachPractice,
            share: 0.9,
            chance: chance(0),
            in_time: figure(0.8, Unit::Share),
            worst_tenth: 0.7,
            practices: [3, 8, 14].map(|met| ("P".to_owned(), chance(met), figure(0.8, Unit::Share))).to_vec(),
            number: 0,
            options: options.iter().map(option).collect(),
        })
    };
    let now = "1 of 3 practices is more likely than not to meet it, 1 is not shown either way";
    assert_eq!(title(15, &[]), format!("Routine: {now}"));
    assert_eq!(title(15_000, &[]), "Routine: 2 of 3 practices are more likely than not to meet it");
    assert_eq!(title(15, &[[3, 14, 14]]), format!("Routine: as now {now}; 2 of 3 with \"Plan\""));
    assert_eq!(
        title(15, &[[3, 8, 8]]),
        format!("Routine: as now {now}; with \"Plan\" 0 of 3, 2 not shown either way")
    );
    assert_eq!(title(15, &[[3, 8, 14]]), format!("Routine: as now {now}, and no option changes that"));
}

/// Net time above nought and below; and that an option is still settling in.
#[test]
fn chain() {
    let title = |net: f64, settling: Option<Settling>| {
        let hours = |mean| figure(mean, Unit::Hours);
        titles::chain(&Chain {
            option: "Plan".into(),
            against: String::new(),
            per: "a year",
            asked: hours(1000.0),
            rated: hours(270.0),
            settling,
            no_part: hours(-70.0),
            not_redirected: hours(-110.0),
            redirected: hours(90.0),
            unseen: hours(0.0),
            returned: hours(-10.0),
            knock_on: hours(0.0),
            latent: None,
            supervision: hours(0.0),
            net: hours(net),
            receivers: hours(80.0),
        })
    };
    assert_eq!(title(52.0, None), "Plan: of 100 GP hours asked for, 27 are rated avoidable, 5.2 released");
    assert_eq!(
        title(-8.0, None),
        "Plan: of 100 GP hours asked for, 27 are rated avoidable, yet redirecting costs GPs 0.8 more than it releases"
    );
    let last = start().plus(363);
    let settling = Settling {
        lever: String::new(),
        starts: last,
        until: last,
        first: last,
        ends: false,
        full_from: last.plus(1),
        average: 0.5,
        last,
        among: vec![Some("--set lever.pharmacist.ramp_weeks=0".into())],
    };
    assert!(title(52.0, Some(settling)).ends_with("5.2 released while settling in"));
}

/// Nowhere, everywhere, somewhere.
#[test]
fn contacts() {
    let at = |a_day: f64| Contacts {
        place: "P".into(),
        role: "GP".into(),
        a_day: figure(a_day, Unit::Count),
        over_25: figure(0.5, Unit::Share),
    };
    assert_eq!(titles::contacts(&[at(24.0)]), "Nowhere do GPs see more than 25 patients on a mean day");
    assert_eq!(
        titles::contacts(&[at(28.0), at(26.0)]),
        "Everywhere GPs see more than 25 patients on a mean day"
    );
    assert_eq!(
        titles::contacts(&[at(28.0), at(20.0)]),
        "1 of 2 GP teams (a role at a practice) see more than 25 patients a GP on a mean day"
    );
}

/// A bad year of backlog, one that is bad for another reason, and one of a backlog that never stops growing.
#[test]
fn the_year_that_went_wrong() {
    let year = |backlog: Vec<f64>| OneYear {
        replication: 0,
        headline: 0.0,
        backlog,
        opening: 1.0,
        asked_a_week: 70.0,
        present: vec![],
        roomless: 0.0,
        lost: vec![],
        in_time: vec![],
    };
    let of = |worst, median| {
        titles::wrong_year(&WrongYear {
            start: start(),
            rows: vec![],
            worst: year(worst),
            median: year(median),
            headline: (String::new(), Unit::Days),
            sentences: vec![],
        })
    };
    let title = |worst: f64, median: f64| of(vec![1.0, worst], [vec![1.0; 40], vec![median]].concat());
    // Each peak has its month: they need not be the same.
    assert_eq!(
        title(412.0, 180.0),
        "In a bad year the backlog reaches 410 in October; in a middle year 180 in November"
    );
    assert!(title(100.0, 180.0).starts_with("The bad year is not one of backlog"));
    let alike = of(vec![2_000.0], (0..100).map(|day| 20.2 * f64::from(day)).collect());
    assert_eq!(alike, "The backlog keeps growing: to 2,000 by the end of a middle year as of a bad one");
    let rise = |by: f64| (0..100).map(|day| by * f64::from(day)).collect::<Vec<f64>>();
    assert_eq!(
        of(rise(40.0), rise(20.0)),
        "The backlog keeps growing: to 2,000 by the end of a middle year, to 4,000 by that of a bad one"
    );
}
