//! What levers and supervision do to people's minutes.

use super::*;

/// Day by day and person by person, not on average: spells are thinned or added, never drawn anew.
#[test]
fn sickness_never_falls_when_its_factor_rises() {
    let spells = Role { leaving: None, leave: None, cover: None, ..busy() };
    let daily = Role { sickness: Some(Sickness::Daily(number(0.06))), ..spells.clone() };
    for role in [spells, daily] {
        let base = draw(&model(364, role.clone(), 4.0), 0, 16);
        let mut last: Option<Drawn> = None;
        for factor in [0.0, 0.5, 0.9, 1.0, 1.1, 2.0, 3.0] {
            let mut model = model(364, role.clone(), 4.0);
            let change = Change::Sickness { roles: vec![0], factor: number(factor) };
            model.levers = vec![lever(&model, change)];
            let drawn = draw(&model, 0, 16);
            for t in 0..364 {
                if factor == 1.0 {
                    assert_eq!(drawn.people(0).persons(t), base.people(0).persons(t));
                }
                let Some(last) = &last else { continue };
                for (now, before) in drawn.people(0).persons(t).iter().zip(last.people(0).persons(t)) {
                    assert!(now.iter().zip(before).all(|(now, before)| now <= before), "day {t} at {factor}");
                }
            }
            if factor == 0.0 {
                assert!((0..16).all(|lane| drawn.lost(Cause::Sickness, lane) == 0.0));
            }
            last = Some(drawn);
        }
    }
}

/// The sum of a week moves by rounding alone: at most a tick a person and day.
#[test]
fn weekdays_move_minutes_but_keep_the_week() {
    let mut model = model(28, role("gp"), 3.0);
    let before = draw(&model, 0, 1).days(&model);
    let weights = [1.5, 1.0, 0.9, 1.0, 0.8, 1.0, 1.0];
    model.levers = vec![lever(&model, Change::Weekdays { role: 0, weights })];
    let after = draw(&model, 0, 1).days(&model);
    for week in 0..4 {
        let days = week * 7..week * 7 + 7;
        let moved = total(&after[days.clone()], 0, 0) - total(&before[days.clone()], 0, 0);
        assert!(moved.abs() <= 15, "{moved}");
        let monday = |all: &[Vec<Lanes<Ticks>>]| total(&all[days.start..=days.start], 0, 0) as f64;
        assert!(monday(&after) > 1.3 * monday(&before));
    }
}

/// Both from posts of the practice: two pharmacists' 90 minutes a week each from the GPs, then a lever's work
/// from the pharmacists.
#[test]
fn supervision_and_other_work_are_taken_off() {
    let mut model = model(28, role("gp"), 3.0);
    model.roles.push(Role {
        supervision: Some(Supervision { by: 0, minutes_per_wte_week: number(90.0) }),
        ..role("pharmacist")
    });
    model.posts.push(post("b", 1, 2.0));
    let plain = {
        let mut plain = model.clone();
        plain.roles[1].supervision = None;
        draw(&plain, 0, 1).days(&plain)
    };
    let supervised = draw(&model, 0, 1).days(&model);
    let taken = total(&plain, 0, 0) - total(&supervised, 0, 0);
    assert!((taken - 4 * 2 * 90 * 1000).abs() <= 40, "{taken}");
    assert_eq!(total(&plain, 1, 0), total(&supervised, 1, 0));
    // Three times as long from the day on which the lever starts: the second half of the four weeks.
    let triple = Change::Supervision { roles: vec![1], factor: number(3.0) };
    model.levers = vec![lever(&model, triple)];
    model.levers[0].starts = model.horizon.start.plus(14);
    let settling = draw(&model, 0, 1).days(&model);
    let more = total(&supervised, 0, 0) - total(&settling, 0, 0);
    assert!((more - 2 * 2 * 2 * 90 * 1000).abs() <= 40, "{more}");
    assert_eq!(settling[..14], supervised[..14]);
    let change = Change::Minutes { role: 1, per_practice_week: number(-30.0), per_request: number(0.2) };
    model.levers = vec![lever(&model, change)];
    let worked = draw(&model, 0, 1).days(&model);
    // 100 requests on each of 28 days, but only 20 of them have anyone to take 20 minutes from
    let more = total(&supervised, 1, 0) - total(&worked, 1, 0);
    assert!((more - (20 * 20 - 4 * 30) * 1000).abs() <= 40, "{more}");
}
