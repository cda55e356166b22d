//! What is said of an option, and that it says the opposite of the opposite.
//!
//! In: comparisons by hand. Every rule is tried from both sides: up and down, harm and help, dearer and cheaper.

use super::super::beside::Change;
use super::super::changes::NeedChange;
use super::super::compare::{Comparison, Difference};
use super::super::figure::Unit;
use super::super::money::Money;
use super::super::settling::Settling;
use super::sentences;
use crate::outcome::measure::by_name;
use crate::stats::interval::Interval;
use crate::stats::paired::{Better, paired};
use crate::units::Day;

/// A headline that differs by these shares, pair by pair.
fn headline(differences: &[f64]) -> Option<Difference> {
    let pairs: Vec<(f64, f64)> = differences.iter().map(|d| (0.5 + d, 0.5)).collect();
    Some(Difference {
        measure: by_name("seen_within_target")?,
        words: String::new(),
        unit: Unit::Points,
        as_now: 0.5,
        option: 0.5,
        paired: paired(&pairs, Better::Higher, 0.95)?,
        judged: true,
    })
}

/// A need whose unmet requests change by so many, told from nought.
fn need(name: &str, as_now: f64, mean: f64) -> NeedChange {
    let unmet = Change { as_now, option: as_now + mean, mean, half: 19.0, told: true };
    NeedChange { need: name.into(), unmet: Some(unmet), left: None, wait: None }
}

/// What is said of an option with these differences of the headline; all inputs uncertain.
fn said(
    differences: &[f64],
    needs: Vec<NeedChange>,
    money: Option<Money>,
    settling: Option<Settling>,
) -> String {
    let comparison = Comparison {
        unpriced: false,
        own_time: None,
        option: "Plan".into(),
        headline: headline(differences),
        differences: vec![],
        needs,
        together: Default::default(),
        roles: vec![],
        money,
        settling,
        posts: vec![],
        brief: Default::default(),
        said: String::new(),
    };
    sentences(&comparison, "the share seen within 14 days (routine)", false)
}

#[test]
fn one_line_says_the_change_the_harm_and_the_cost() {
    let mut comparison = Comparison {
        option: "Plan".into(),
        headline: headline(&[0.04, 0.05, 0.03, 0.04]),
        differences: vec![],
        needs: vec![need("Review", 290.0, 139.0), need("Illness", 290.0, -139.0)],
        together: Default::default(),
        roles: vec![],
        unpriced: false,
        own_time: None,
        money: None,
        settling: None,
        posts: vec![],
        brief: Default::default(),
        said: String::new(),
    };
    assert_eq!(super::brief(&comparison), ["Plan", "+4.0", "1 / 1", "-", "-"]);
    comparison.headline = headline(&[0.04, -0.05, 0.03, -0.04]);
    comparison.needs = vec![];
    assert_eq!(super::brief(&comparison), ["Plan", "-", "-", "-", "-"]);
    comparison.headline = headline(&[-0.04, -0.05, -0.03, -0.04]);
    assert_eq!(super::brief(&comparison), ["Plan", "-4.0", "-", "-", "-"]);
    comparison.headline = headline(&[0.04]);
    assert_eq!(super::brief(&comparison)[1], "-", "one year tells nothing");
}

#[test]
fn the_headline_rises_falls_or_cannot_be_told() {
    let up = said(&[0.04, 0.05, 0.03, 0.04], vec![], None, None);
    assert!(
        up.starts_with("the share seen within 14 days (routine) rises by 4.0 points (2.7 to 5.3); better in 100 % and worse in 0 % of futures."),
        "{up}"
    );
    let down = said(&[-0.04, -0.05, -0.03, -0.04], vec![], None, None);
    assert!(down.contains("falls by 4.0 points (2.7 to 5.3); better in 0 % and worse in 100 %"), "{down}");
    let level = said(&[-0.04, 0.05, -0.03, 0.02], vec![], None, None);
    assert!(
        level.contains("no difference in the share seen within 14 days (routine) that can be told yet (-"),
        "{level}"
    );
    assert!(level.contains("better in 50 % and worse in 50 % of futures"), "{level}");
}

#[test]
fn a_difference_that_rounds_to_nought_is_none_to_speak_of() {
    let tiny = said(&[0.0002, 0.0003, 0.0002, 0.0003], vec![], None, None);
    assert!(tiny.contains("to speak of (under 0.1 points; better in 100 %"), "{tiny}");
}

/// A planner reads the first words: they are not to be the praise.
#[test]
fn harm_comes_before_help() {
    let both = said(
        &[0.04, 0.05],
        vec![need("Medication", 290.0, 139.0), need("Routine", 900.0, -90.0)],
        None,
        None,
    );
    let (harm, help) = (
        both.find("It harms medication (unmet from 290 to 429, +139 ± 19)."),
        both.find("It helps routine (unmet from 900 to 810, -90 ± 19) most."),
    );
    assert!(harm.is_some() && harm < help, "{both}");
    let reversed = said(&[0.04, 0.05], vec![need("Medication", 429.0, -139.0)], None, None);
    assert!(reversed.contains("No harm to a need can be told. It helps medication"), "{reversed}");
    let many = [need("A", 100.0, 50.0), need("B", 100.0, 40.0), need("C", 100.0, 30.0)];
    assert!(said(&[0.0, 0.1], many.to_vec(), None, None).contains("and 1 more need."));
}

#[test]
fn settling_in_and_money_are_said() {
    let day = |y, m, d| Day::from_date(jiff::civil::date(y, m, d));
    let settling = Settling {
        lever: "L".into(),
        starts: day(2019, 4, 1),
        until: day(2020, 3, 29),
        first: day(2019, 4, 1),
        ends: false,
        full_from: day(2020, 3, 30),
        average: 0.5,
        last: day(2020, 3, 29),
        among: vec![Some("--set lever.pharmacist.ramp_weeks=0".into())],
    };
    let change = |mean: f64| Change { as_now: 1e6, option: 1e6 + mean, mean, half: 10.0, told: true };
    let money = |all: f64, own: f64| {
        let rows = vec![("All together", change(all)), ("Cost to practices", change(own))];
        let gp_hour = (own > 0.0).then_some((61.2, Interval { low: 55.0, high: 68.0 }));
        Some(Money { rows, gp_hour, released: None, gap: Default::default() })
    };
    let costs = said(&[0.1, 0.2], vec![], money(52_114.0, 15_989.0), Some(settling));
    assert!(costs.contains("at full strength only from about 30 March 2020"), "{costs}");
    assert!(costs.ends_with("It costs £52,100 more, £16,000 of it to practices; a net GP hour released costs practices £61 (55 to 68)."), "{costs}");
    let saves = said(&[0.1, 0.2], vec![], money(-9_000.0, -9_000.0), None);
    assert!(saves.ends_with("It saves £9,000."), "{saves}");
    // A fund that pays all of it back: nought in every year is known.
    let nought = Change { as_now: 1e6, option: 1e6, mean: 0.0, half: 0.0, told: false };
    let rows = vec![("All together", change(51_096.0)), ("Cost to practices", nought)];
    let paid = Some(Money { rows, gp_hour: None, released: None, gap: Default::default() });
    let all = said(&[0.1, 0.2], vec![], paid, None);
    assert!(all.ends_with("It costs £51,100 more, nothing of it to practices: funds pay it back."), "{all}");
}
