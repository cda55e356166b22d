//! What the people roster promises: WISN arithmetic, shares of absence, and who is moved by what.

use super::*;
use crate::lever::{Change, Lever};
use crate::model::calendar::{Calendar, DemandPattern, Horizon};
use crate::model::number::{Inputs, Number};
use crate::model::place::{Network, Practice};
use crate::model::post::{Post, Sharing, Staffing};
use crate::model::role::{Cover, Leave, Leaving, Role, Sickness, Supervision};
use crate::plan::lanes::LANES;
use crate::plan::strength::Strength;
use crate::units::Day;

const SEED: u64 = 20_190_401;

fn number(value: f64) -> Number {
    Number::Fixed(value)
}

fn role(name: &str) -> Role {
    Role {
        name: name.into(),
        title: name.into(),
        staff_group: "GP".into(),
        is_gp: true,
        hours_per_wte_week: number(37.5),
        session_hours: 25.0 / 6.0,
        direct_share: number(0.6),
        wte_per_head: 1.0,
        slot_minutes: number(10.0),
        cost_per_wte_year: None,
        supervision: None,
        sickness: None,
        leave: None,
        leaving: None,
        cover: None,
    }
}

fn post(name: &str, role: usize, wte: f64) -> Post {
    Post {
        name: name.into(),
        title: name.into(),
        role,
        base: Base::Practice(0),
        sharing: Sharing::Pooled,
        capacity: Capacity::People(Staffing {
            wte: number(wte),
            in_post_wte: None,
            headcount: None,
            works: None,
        }),
        slot_minutes: 10.0,
        from: None,
        until: None,
        carve_out: None,
        minutes_factor: Number::ONE,
        paid_by: None,
    }
}

/// One practice, open Monday to Friday, from Monday 1 April 2019.
fn model(days: usize, role: Role, wte: f64) -> Model {
    let start = Day::from_date(jiff::civil::date(2019, 4, 1));
    Model {
        title: String::new(),
        horizon: Horizon { start, days, warm_up_days: 0 },
        calendar: Calendar {
            open: [true, true, true, true, true, false, false],
            closed: Vec::new(),
            part_days: Vec::new(),
            school_holidays: Vec::new(),
            requests_on_closed_dates: false,
        },
        demand: DemandPattern::default(),
        networks: vec![Network { name: "n".into(), title: "n".into(), maturity: Number::ONE }],
        practices: vec![Practice {
            name: "p".into(),
            title: "p".into(),
            network: 0,
            registered_list: number(8000.0),
            weighted_list: number(8000.0),
            demand_level: Number::ONE,
            closed: Vec::new(),
            part_days: Vec::new(),
        }],
        needs: Vec::new(),
        categories: Vec::new(),
        categories_between_practices: None,
        roles: vec![role],
        posts: vec![post("a", 0, wte)],
        targets: Vec::new(),
        funds: Vec::new(),
        levers: Vec::new(),
        overflow_merged: false,
        inputs: Inputs::default(),
    }
}

fn lever(model: &Model, change: Change) -> Lever {
    Lever {
        name: "l".into(),
        title: "l".into(),
        action: None,
        heading: None,
        starts: model.horizon.start,
        until: None,
        ramp_weeks: Number::ZERO,
        maturity_scales_uptake: false,
        practices_taking_part: Number::ONE,
        cost: None,
        changes: vec![("c".into(), change)],
    }
}

/// A roster drawn for replications `first..first + lanes`.
struct Drawn {
    roster: Roster,
    axis: Axis,
    draw: RosterDraw,
    strength: Strength,
    strength_draw: crate::plan::strength::StrengthDraw,
    reps: Vec<Replication>,
}

fn draw(model: &Model, first: u64, lanes: usize) -> Drawn {
    let axis = Axis::new(model);
    let roster = Roster::new(model, &axis, SEED);
    let strength = Strength::new(model, &axis, SEED);
    let mut drawn = Drawn {
        draw: roster.draw_buffers(model),
        strength_draw: strength.draw_buffers(),
        reps: Vec::new(),
        roster,
        axis,
        strength,
    };
    drawn.redraw(model, first, lanes);
    drawn
}

impl Drawn {
    fn redraw(&mut self, model: &Model, first: u64, lanes: usize) {
        self.reps = (first..first + lanes as u64).map(|i| Replication { draw: i, chance: i }).collect();
        for (lane, rep) in self.reps.iter().enumerate() {
            self.strength.redraw(model, lane, rep.draw, &[], &mut self.strength_draw);
            let levers = Levers { model, strength: &self.strength, strength_draw: &self.strength_draw };
            self.roster.redraw(&self.axis, levers, (lane, *rep), &[], &mut self.draw);
        }
    }

    fn people(&self, post: usize) -> &PeopleDraw {
        self.draw.people(post).expect("a post with people")
    }

    /// Minutes of all posts by day, after deductions; 100 requests a day at each practice.
    fn days(&self, model: &Model) -> Vec<Vec<Lanes<Ticks>>> {
        let levers = Levers { model, strength: &self.strength, strength_draw: &self.strength_draw };
        let requests = vec![[100; LANES]; model.practices.len()];
        let mut out = vec![[0; LANES]; model.posts.len()];
        let mut day = |t: usize| {
            self.roster.minutes(&self.draw, levers, (t, self.axis.day(t).0, &self.reps), &requests, &mut out);
            out.clone()
        };
        (0..self.axis.days).map(&mut day).collect()
    }

    /// Sessions lost to a cause in a lane.
    fn lost(&self, cause: Cause, lane: usize) -> f64 {
        self.people(0).lost[cause as usize][lane] as f64 / 1000.0
    }
}

fn total(days: &[Vec<Lanes<Ticks>>], post: usize, lane: usize) -> Ticks {
    days.iter().map(|day| day[post][lane]).sum()
}

/// Randomness off: wte x hours x 60 x direct share x open weeks, to a tick a person-day.
#[test]
fn deterministic_minutes_are_the_wisn_arithmetic() {
    for (wte, per_head) in [(1.0, 1.0), (0.6, 1.0), (2.3, 0.75), (7.9, 0.83)] {
        let model = model(52 * 7, Role { wte_per_head: per_head, ..role("gp") }, wte);
        let drawn = draw(&model, 0, 2);
        let days = drawn.days(&model);
        let expected = wte * 37.5 * 60.0 * 0.6 * 52.0 * 1000.0;
        for lane in 0..2 {
            let off = total(&days, 0, lane) as f64 - expected;
            assert!(off.abs() <= 0.5 * 260.0 * 12.0, "{wte}: {off} ticks");
        }
        assert_eq!(drawn.people(0).minutes, drawn.people(0).planned);
    }
}

#[test]
fn closed_days_and_part_days_lose_their_sessions() {
    let mut model = model(14, role("gp"), 10.0 / 9.0);
    model.calendar.closed = vec![model.horizon.start.plus(4)];
    model.calendar.part_days = vec![(model.horizon.start.plus(7), 0.5)];
    let drawn = draw(&model, 0, 1);
    let days = drawn.days(&model);
    assert_eq!(total(&days[4..5], 0, 0), 0);
    assert_eq!(total(&days[7..8], 0, 0) * 2, total(&days[8..9], 0, 0));
    assert_eq!(drawn.lost(Cause::Closed, 0), 3.0);
    model.posts[0].until = Some(model.horizon.start.plus(8));
    let dated = draw(&model, 0, 1).days(&model);
    assert_eq!(dated[..9], days[..9]);
    assert_eq!(total(&dated[9..], 0, 0), 0);
}

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

/// Everything random at once.
fn busy() -> Role {
    Role {
        wte_per_head: 0.8,
        sickness: Some(Sickness::Spells {
            rate: number(0.06),
            spell_days: number(6.0),
            spell_cv: 1.5,
            months: [1.2, 1.1, 1.0, 1.0, 0.9, 0.9, 0.8, 0.8, 1.0, 1.0, 1.1, 1.2],
        }),
        leave: Some(Leave {
            days_per_wte_year: number(33.0),
            includes_bank_holidays: false,
            max_away_at_once: 0.5,
            school_holiday_weight: 1.0,
        }),
        leaving: Some(Leaving {
            per_year: number(0.3),
            vacancy_weeks: number(12.0),
            vacancy_cv: 0.5,
            filled: number(0.7),
            ramp_up_weeks: number(8.0),
            starts_at: number(0.5),
        }),
        cover: Some(Cover { chance: number(0.4), cost_per_session: number(400.0), for_leave: false }),
        ..role("gp")
    }
}

#[test]
fn more_wte_leaves_earlier_people_as_they_were() {
    let (few, more) = (model(364, busy(), 2.4), model(364, busy(), 5.1));
    let (few, more) = (draw(&few, 0, 16), draw(&more, 0, 16));
    assert_eq!((few.people(0).persons(0).len(), more.people(0).persons(0).len()), (3, 6));
    for t in 0..364 {
        assert_eq!(few.people(0).persons(t)[..2], more.people(0).persons(t)[..2], "day {t}");
    }
}

#[test]
fn lanes_change_nothing() {
    let model = model(364, busy(), 4.0);
    let together = draw(&model, 0, 16);
    let mut alone = draw(&model, 900, 16);
    for rep in [0, 7, 15] {
        alone.redraw(&model, rep, 1);
        let lane = rep as usize;
        for t in 0..364 {
            assert_eq!(alone.people(0).minutes[t][0], together.people(0).minutes[t][lane]);
            assert_eq!(alone.people(0).planned[t][0], together.people(0).planned[t][lane]);
        }
        for cause in [Cause::Closed, Cause::Vacancy, Cause::Leave, Cause::Sickness, Cause::RampUp] {
            assert_eq!(alone.lost(cause, 0), together.lost(cause, lane));
        }
    }
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
    let change = Change::Minutes { role: 1, per_practice_week: number(-30.0), per_request: number(0.2) };
    model.levers = vec![lever(&model, change)];
    let worked = draw(&model, 0, 1).days(&model);
    // 100 requests on each of 28 days, but only 20 of them have anyone to take 20 minutes from
    let more = total(&supervised, 1, 0) - total(&worked, 1, 0);
    assert!((more - (20 * 20 - 4 * 30) * 1000).abs() <= 40, "{more}");
}
