//! Sickness, leave, vacancies, ramp-up and cover keep their stated laws.

use super::*;

/// Share of sessions lost over 400 person-years; seed 20190401. A person's share has variance about
/// r (1 - r) x 2 x (mean rest of a spell + its like in the gap) / days, below 2 r E[L²]/E[L] / 365; five
/// standard errors, false-alarm rate 6e-7 a case.
#[test]
fn sickness_takes_its_stated_share() {
    let mut seasonal = [1.0; 12];
    seasonal[..3].fill(1.6);
    let spells = |cv: f64, months: [f64; 12]| Sickness::Spells {
        rate: number(0.04),
        spell_days: number(8.0),
        spell_cv: cv,
        months,
    };
    for (law, mean_square_over_mean) in [
        (Sickness::Daily(number(0.04)), 1.0),
        (spells(1.0, [1.0; 12]), 16.0),
        (spells(2.0, [1.0; 12]), 40.0),
        (spells(0.5, seasonal), 10.0),
    ] {
        let months = if let Sickness::Spells { months, .. } = &law { *months } else { [1.0; 12] };
        let model = model(364, Role { sickness: Some(law), ..role("gp") }, 5.0);
        let mut drawn = draw(&model, 0, 16);
        let mut lost = 0.0;
        for block in 0..5 {
            drawn.redraw(&model, block * 16, 16);
            lost += (0..16).map(|lane| drawn.lost(Cause::Sickness, lane)).sum::<f64>();
        }
        let share = lost / (80.0 * 5.0 * 9.0 * 52.0);
        // odds of being sick are in proportion to the month's factor
        let odds = |factor: f64| 0.04 / 0.96 * factor;
        let expected = months.iter().map(|f| odds(*f) / (1.0 + odds(*f))).sum::<f64>() / 12.0;
        let error = (2.0_f64 * 0.045 * mean_square_over_mean / (365.0 * 400.0)).sqrt();
        assert!((share - expected).abs() < 5.0 * error, "{share} against {expected} +- {error}");
    }
}

/// Spells are met in the steady state from the first day on: in the first week as many are ill as in the long run. Seed
/// 20190401; 100 blocks of 16 weeks of five people. Two days in a row are correlated by a third,
/// so that the mean has a variance of at most 0.16 x 2 / 40,000; five standard errors, false-alarm rate 6e-7.
#[test]
fn sickness_begins_in_the_steady_state() {
    let spells =
        Sickness::Spells { rate: number(0.2), spell_days: number(1.5), spell_cv: 1.0, months: [1.0; 12] };
    let model = model(7, Role { sickness: Some(spells), ..role("gp") }, 5.0);
    let mut drawn = draw(&model, 0, 16);
    let mut lost = 0.0;
    for block in 0..100 {
        drawn.redraw(&model, block * 16, 16);
        lost += (0..16).map(|lane| drawn.lost(Cause::Sickness, lane)).sum::<f64>();
    }
    let share = lost / (1600.0 * 5.0 * 9.0);
    let error = (0.16_f64 * 2.0 / 40_000.0).sqrt();
    assert!((share - 0.2).abs() < 5.0 * error, "{share} +- {error}");
}

/// Leave is taken in whole days, of which a fraction is rounded at random; the limit of those away at once
/// and the weight of school holidays move days, never their number.
#[test]
fn leave_days_are_exactly_those_earned() {
    let leave = Leave {
        days_per_wte_year: number(30.0),
        includes_bank_holidays: true,
        max_away_at_once: 0.34,
        school_holiday_weight: 3.0,
    };
    let mut model = model(366, Role { leave: Some(leave), ..role("gp") }, 4.0);
    model.calendar.closed = (0..8).map(|i| model.horizon.start.plus(21 + 28 * i)).collect();
    model.calendar.school_holidays = vec![(model.horizon.start.plus(112), model.horizon.start.plus(153))];
    model.posts[0].capacity = Capacity::People(Staffing {
        wte: number(40.0 / 9.0),
        in_post_wte: None,
        headcount: Some(4),
        works: None,
    });
    let drawn = draw(&model, 0, 16);
    let mut in_school = 0;
    for lane in 0..16 {
        // 30 x 10/9 = 33.3 less 8 closed Mondays: 25 or 26 days of two sessions each
        let days = drawn.lost(Cause::Leave, lane) / 2.0;
        assert!((100.0..=104.0).contains(&days) && days.fract() == 0.0, "{days}");
        for t in 0..366 {
            let away = drawn.people(0).persons(t).iter().filter(|person| person[lane] == 0).count();
            let open = drawn.axis.open_share[0][t] > 0.0;
            assert!(!open || away <= 1, "at most max(1, floor(0.34 x 4)) away");
            in_school += usize::from(open && away == 1 && (112..154).contains(&t));
        }
    }
    // 30 of 253 open days at weight 3: well over the plain 12 % of 1,600 days
    assert!(in_school > 16 * 102 * 20 / 100, "{in_school}");
}

/// A vacancy is a round of 8 weeks, or as many as it takes at a chance of 0.5: 16 weeks on average. Twenty years
/// of 40 people, seed 20190401: in the long run share = 112 / (112 + mean stay); the tolerance is 5 standard
/// errors (about 2,400 spells of cv about 1: 3 %), and the first years, which start full, are left out.
#[test]
fn vacancy_settles_at_its_long_run_share() {
    let leaving = Leaving {
        per_year: number(0.2),
        vacancy_weeks: number(8.0),
        vacancy_cv: 0.5,
        filled: number(0.5),
        ramp_up_weeks: number(0.0),
        starts_at: number(1.0),
    };
    let model = model(7 * 52 * 20, Role { leaving: Some(leaving), ..role("gp") }, 40.0);
    let drawn = draw(&model, 0, 16);
    let (mut there, mut all) = (0_u32, 0_u32);
    for t in (7 * 52 * 5..7 * 52 * 20).filter(|t| t % 7 == 1) {
        for lane in 0..16 {
            there += drawn.people(0).persons(t).iter().filter(|person| person[lane] > 0).count() as u32;
            all += drawn.people(0).persons(t).iter().filter(|_| t % 7 == 1).count() as u32;
        }
    }
    let stay = -365.25 / libm::log(0.8);
    let works = drawn.people(0).persons(1).iter().filter(|person| person[0] > 0).count();
    assert!(works >= 36, "nine sessions of ten from anywhere leave few without a Tuesday: {works}");
    let vacant = 1.0 - f64::from(there) / f64::from(all);
    let expected = 112.0 / (112.0 + stay);
    assert!((vacant / expected - 1.0).abs() < 5.0 * 0.03, "{vacant} against {expected}");
}

/// Of three positions the third starts vacant: known at the start of the counted period, so empty all through
/// the warm-up too.
#[test]
fn what_is_not_in_post_starts_vacant_and_ramps_up() {
    let leaving = Leaving {
        per_year: Number::ZERO,
        vacancy_weeks: number(4.0),
        vacancy_cv: 0.0,
        filled: Number::ONE,
        ramp_up_weeks: number(10.0),
        starts_at: number(0.5),
    };
    let mut model = model(364, Role { leaving: Some(leaving), ..role("gp") }, 3.0);
    model.horizon.warm_up_days = 28;
    model.posts[0].capacity = Capacity::People(Staffing {
        wte: number(3.0),
        in_post_wte: Some(number(2.0)),
        headcount: None,
        works: None,
    });
    let drawn = draw(&model, 0, 16);
    for lane in 0..16 {
        let minutes = |t: usize, person: usize| drawn.people(0).persons(t)[person][lane];
        assert!((0..28).all(|t| minutes(t, 2) == 0));
        assert!((0..364).filter(|t| t % 7 == 0).all(|t| minutes(t, 0) > 0));
        let lost = drawn.lost(Cause::Vacancy, lane);
        assert!(lost > 0.0 && lost <= 4.0 * 9.0, "{lost}");
        // from a half to full over ten weeks: a quarter of 90 sessions
        let ramp = drawn.lost(Cause::RampUp, lane);
        assert!((ramp - 22.5).abs() < 1.5, "{ramp}");
    }
    // without a law of leaving nobody is ever found
    model.roles[0].leaving = None;
    assert_eq!(draw(&model, 0, 1).lost(Cause::Vacancy, 0), 52.0 * 9.0);
}

/// Planned sessions = present + lost - covered, and cover keeps its chance (seed 20190401, 5 standard errors).
#[test]
fn sessions_add_up() {
    let model = model(364, busy(), 4.0);
    let drawn = draw(&model, 0, 16);
    let (mut absent, mut covered) = (0.0, 0.0);
    for lane in 0..16 {
        let people = drawn.people(0);
        let lost: i64 = people.lost.iter().map(|cause| cause[lane]).sum();
        let (mut there, mut planned) = (0.0, 0.0);
        for t in 0..364 {
            for (person, session) in people.persons(t).iter().zip(people.sessions()) {
                there += f64::from(person[lane]) / f64::from(session[lane]);
            }
        }
        // 0.8 of 9 sessions: 7 for each of five
        planned += 52.0 * 7.0 * 5.0;
        let kept = planned - (lost - people.covered[lane]) as f64 / 1000.0;
        assert!((there - kept).abs() < 0.1, "{there} {kept}");
        absent += drawn.lost(Cause::Vacancy, lane) + drawn.lost(Cause::Sickness, lane);
        covered += people.covered[lane] as f64 / 1000.0;
    }
    let error = (0.24 / absent).sqrt();
    assert!((covered / absent - 0.4).abs() < 5.0 * error, "{} +- {error}", covered / absent);
}
