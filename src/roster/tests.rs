//! What the people roster promises: WISN arithmetic, shares of absence, and who is moved by what.

mod absence;
mod levers;
mod rooms;

use super::*;
use crate::lever::{Change, Lever};
use crate::model::calendar::{Calendar, DemandPattern, Horizon};
use crate::model::number::{Inputs, Number};
use crate::model::place::{Network, Practice};
use crate::model::post::{Post, Sharing, Sites, Staffing};
use crate::model::role::{Cover, Leave, Leaving, Role, Sickness, Supervision};
use crate::plan::draws::DrawPlan;
use crate::plan::lanes::LANES;
use crate::plan::strength::Strength;
use crate::quantity::{Law, Quantity, Range80Scale};
use crate::units::Day;

const SEED: u64 = 20_190_401;

/// A number that no draw changes.
fn number(value: f64) -> Number {
    Number::Fixed(value)
}

/// A GP role with nothing random: 37.5 hours a week, 0.6 of them with patients, sessions of 4 h 10 min (nine
/// a week).
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
        price_year: String::new(),
        needs_room: true,
        room_order: 0,
        supervision: None,
        sickness: None,
        leave: None,
        leaving: None,
        cover: None,
    }
}

/// A post of people at the one practice.
fn post(name: &str, role: usize, wte: f64) -> Post {
    Post {
        name: name.into(),
        title: name.into(),
        role,
        base: Base::Practice(0),
        sharing: Sharing::Pooled,
        sites: Sites::Unstated,
        needs_room: true,
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
        people_before: 0,
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
        networks: vec![Network { name: "n".into(), title: "n".into(), maturity: Number::ONE, stated: true }],
        practices: vec![Practice {
            name: "p".into(),
            title: "p".into(),
            network: 0,
            registered_list: number(8000.0),
            weighted_list: number(8000.0),
            demand_level: Number::ONE,
            rooms: None,
            age_bands: Vec::new(),
            closed: Vec::new(),
            part_days: Vec::new(),
        }],
        needs: Vec::new(),
        categories: Vec::new(),
        categories_between_practices: None,
        roles: vec![role],
        posts: vec![post("a", 0, wte)],
        targets: Vec::new(),
        equity_target: 0,
        funds: Vec::new(),
        levers: Vec::new(),
        overflow_merged: false,
        inputs: Inputs::default(),
        as_now: None,
    }
}

/// A lever with one change, at full strength from the first day on, in which every practice takes part.
fn lever(model: &Model, change: Change) -> Lever {
    Lever {
        for_role: None,
        name: "l".into(),
        title: "l".into(),
        action: None,
        heading: None,
        starts: model.horizon.start,
        until: None,
        ramp_weeks: Number::ZERO,
        starts_at: Number::ZERO,
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
    slots: Vec<f64>,
}

/// Draw and chance index are both the number of the replication, as in a run.
fn draw(model: &Model, first: u64, lanes: usize) -> Drawn {
    let axis = Axis::new(model);
    let roster = Roster::new(model, &axis, SEED);
    let strength = Strength::new(model, &axis, SEED);
    let mut drawn = Drawn {
        draw: roster.draw_buffers(model),
        strength_draw: strength.draw_buffers(),
        reps: Vec::new(),
        slots: vec![0.0; model.inputs.slots()],
        roster,
        axis,
        strength,
    };
    drawn.redraw(model, first, lanes);
    drawn
}

impl Drawn {
    /// Draws other replications into the same buffers.
    fn redraw(&mut self, model: &Model, first: u64, lanes: usize) {
        self.reps = (first..first + lanes as u64).map(|i| Replication::new(i, i)).collect();
        for (lane, rep) in self.reps.iter().enumerate() {
            DrawPlan::new(&model.inputs, &model.practices, SEED).draw(rep.draw, &mut self.slots);
            self.strength.redraw(model, lane, rep.draw, &self.slots, &mut self.strength_draw);
            let levers = Levers { model, strength: &self.strength, strength_draw: &self.strength_draw };
            self.roster.redraw(&self.axis, levers, (lane, *rep), &self.slots, &mut self.draw);
        }
    }

    fn people(&self, post: usize) -> &PeopleDraw {
        self.draw.people(post).expect("a post with people")
    }

    /// Minutes of all posts by day, after deductions; 100 requests a day at each practice.
    fn days(&self, model: &Model) -> Vec<Vec<Lanes<Ticks>>> {
        let levers = Levers { model, strength: &self.strength, strength_draw: &self.strength_draw };
        let requests = vec![[100; LANES]; model.practices.len()];
        let mut out = vec![[0; LANES]; self.roster.entries()];
        let mut taken = out.clone();
        let mut day = |t: usize| {
            let today = (t, self.axis.day(t).0, &self.reps[..]);
            self.roster.minutes(&self.draw, levers, today, &requests, &mut out, &mut taken);
            out.clone()
        };
        (0..self.axis.days).map(&mut day).collect()
    }

    /// Sessions lost to a cause in a lane.
    fn lost(&self, cause: Cause, lane: usize) -> f64 {
        self.people(0).lost[cause as usize][lane] as f64 / 1000.0
    }
}

/// Ticks of a post over some days.
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
        let heads = (wte / per_head).round().max(1.0);
        for lane in 0..2 {
            let off = total(&days, 0, lane) as f64 - expected;
            assert!(off.abs() <= 0.5 * 260.0 * heads, "{wte}: {off} ticks");
        }
        assert_eq!(drawn.people(0).minutes, drawn.people(0).planned);
    }
}

/// 10/9 of a wte is one person with ten sessions, two on each weekday: one closed Friday loses two, half a
/// Monday one.
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

/// Apart from leave that a limit held back: more people raise the limit.
#[test]
fn more_wte_leaves_earlier_people_as_they_were() {
    let mut unlimited = busy();
    unlimited.leave.iter_mut().for_each(|leave| leave.max_away_at_once = 1.0);
    let (few, more) = (model(364, unlimited.clone(), 2.4), model(364, unlimited, 5.1));
    let (few, more) = (draw(&few, 0, 16), draw(&more, 0, 16));
    assert_eq!((few.people(0).persons(0).len(), more.people(0).persons(0).len()), (3, 6));
    for t in 0..364 {
        assert_eq!(few.people(0).persons(t)[..2], more.people(0).persons(t)[..2], "day {t}");
    }
}

/// A replication alone, in buffers that held others, is what it is among sixteen: to the bit.
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

/// An establishment that nobody knows for certain has as many people as its draw, and their minutes.
#[test]
fn a_drawn_establishment_has_room_for_its_people() {
    let mut model = model(28, role("gp"), 1.0);
    let law = Law::Range80 { low: 1.0, high: 9.0, scale: Range80Scale::Positive };
    let wte = model.inputs.add(Quantity::new("post.a.wte", law), 1);
    model.posts[0].capacity =
        Capacity::People(Staffing { wte, in_post_wte: None, headcount: None, works: None });
    let mut drawn = draw(&model, 0, 16);
    for first in 0..40 {
        drawn.redraw(&model, first * 16, 16);
        let days = drawn.days(&model);
        // the slots left are those of the last lane
        let expected = drawn.slots[0] * 37.5 * 60.0 * 0.6 * 4.0 * 1000.0;
        assert!((total(&days, 0, 15) as f64 - expected).abs() < 0.5 * 20.0 * 60.0);
    }
}

/// Of a headcount in post and positions that are vacant beside it, as many are there as any draw has: a person without a key of
/// their own would be left out.
#[test]
fn a_drawn_establishment_has_room_for_its_vacancies() {
    let mut model = model(28, Role { wte_per_head: 0.5, ..role("gp") }, 1.0);
    let law = |low, high| Law::Range80 { low, high, scale: Range80Scale::Positive };
    let wte = model.inputs.add(Quantity::new("post.a.wte", law(5.0, 7.0)), 1);
    let in_post = model.inputs.add(Quantity::new("post.a.in_post_wte", law(1.0, 4.0)), 1);
    let staffing = Staffing { wte, in_post_wte: Some(in_post), headcount: Some(8), works: None };
    let most = people::most_heads(&model, &model.posts[0], &staffing);
    let plan = DrawPlan::new(&model.inputs, &model.practices, SEED);
    let mut slots = vec![0.0; plan.slots()];
    for index in 0..2000 {
        plan.draw(index, &mut slots);
        let heads = crate::model::working_week::Positions::new(
            wte.at(&slots, 0),
            Some(in_post.at(&slots, 0)),
            Some(8),
            0.5,
        )
        .heads();
        assert!(heads <= most, "{heads} people of {most}");
    }
}
