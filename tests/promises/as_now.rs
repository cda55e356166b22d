//! `size --as-now`: sizes with which things are no worse than now.

use skillmix::experiment::kept_years::KeptYears;
use skillmix::experiment::size::ask::Ask;
use skillmix::experiment::size::knob::Range;
use skillmix::experiment::size::search::{Grid, Tried, search};
use skillmix::experiment::size::years::Figure;
use skillmix::experiment::size::{Sized, size};
use skillmix::findings::sized::SizedFindings;
use skillmix::scenario::{Scenario, load_text};
use skillmix::stats::sequential::{Kind, Sequential};
use std::convert::Infallible;

/// One surgery that is asked for 12 slots a day, or as the rest of the text states.
const SURGERY: &str = r#"
title = "A surgery"
[horizon]
start = 2019-04-01
weeks = 26
warm_up_weeks = 4
[practice.hill]
name = "Hill Street"
registered_list = 2000
[need.visit]
name = "Visit"
requests_per_day = 12
roles = ["gp", "nurse"]
slot_minutes = 10
gives_up = { after_days = 2, chance_each_day = 0.05, to = { ae = 0.2, nowhere = 0.8 } }
[role.gp]
name = "GP"
[role.nurse]
name = "Nurse"
[target.seen_7]
name = "Seen within 7 days"
need = "visit"
within_days = 7
share = 0.9
"#;

fn scenario(text: &str, sets: &[String]) -> Scenario {
    load_text("surgery", text, sets).unwrap_or_else(|report| panic!("{}", report.render(false)))
}

/// What sizing a surgery comes to: the rest of its text, what is set, option and post.
fn sized(rest: &str, sets: &[&str], ask: &Ask) -> Sized {
    let text = format!("{SURGERY}{rest}");
    let base: Vec<String> = sets.iter().map(ToString::to_string).collect();
    let load = |more: &[String]| load_text("surgery", &text, &[&base[..], more].concat());
    let plan = ask.plan(&scenario(&text, &base)).unwrap_or_else(|unfit| panic!("{unfit:?}"));
    size(plan, &load, &KeptYears::none(), &|_| {}).unwrap_or_else(|report| panic!("{}", report.render(false)))
}

fn ask(option: &str, post: &str, most: usize) -> Ask {
    let option = (!option.is_empty()).then(|| option.to_owned());
    Ask { post: Some(post.into()), option, most: Some(most), as_now: true, ..Ask::default() }
}

/// The sizes found: too few and enough.
fn sizes(sized: &Sized) -> (Option<f64>, Option<f64>) {
    let size = |at: Option<usize>| at.map(|at| sized.plan.knob.size(at));
    (size(sized.ways[0].found.too_few), size(sized.ways[0].found.enough))
}

/// Twelve of 18 slots of the GP become the nurse's: from as many on all are seen in time as now, and no further slot makes
/// it more. Were no loss at all left open, none of them could ever be shown.
#[test]
fn what_does_as_well_as_now_is_enough_where_more_would_do_no_better() {
    let swap = "[post.gp]\nrole = \"gp\"\nslots_per_day = 26\n[option.swap]\n[option.swap.overlay.post.gp]\nslots_per_day = 14\n\
                [option.swap.overlay.post.nurse]\nrole = \"nurse\"\nslot_minutes = 15\nslots_per_day = 4";
    let sets = ["need.visit.requests_per_day=18", "need.visit.slot_minutes_by_role={nurse=15}"];
    let sized = sized(swap, &sets, &ask("swap", "nurse", 2_000));
    let (few, enough) = sizes(&sized);
    let (few, enough) = (few.expect("too few"), enough.expect("enough"));
    let largest = sized.ways[0].steps.iter().map(|step| step.size).fold(0.0, f64::max);
    assert!(few < enough && enough < largest, "{few} {enough} {largest}");
    let step = sized.ways[0].steps.iter().find(|step| step.size == enough).expect("the size");
    let mean = step.mean(Figure::Goal).expect("years");
    assert!((-0.001..0.001).contains(&mean), "{mean}: the curve levels off at what holds now");
}

/// A lever of now and another of the option settle in over forty weeks: what holds afterwards is set against now afterwards.
#[test]
fn at_full_strength_things_as_they_are_are_at_full_strength_too() {
    let ramps = "[post.gp]\nrole = \"gp\"\nslots_per_day = 10\n\
        [lever.less]\nramp_weeks = 40\n[lever.less.change.d]\ndemand = { needs = [\"visit\"], factor = 0.7 }\n\
        [lever.more]\nramp_weeks = 40\n[lever.more.change.d]\ndemand = { needs = [\"visit\"], factor = 1.3 }\n\
        [option.as_now]\nlevers = [\"less\"]\n[option.leaves]\nlevers = [\"less\", \"more\"]\n[option.dropped]\nlevers = []";
    let full = ["lever.less.ramp_weeks=0", "lever.more.ramp_weeks=0"];
    for option in ["leaves", "dropped"] {
        let ask = ask(option, "gp", 256);
        let settling = sized(ramps, &[], &ask);
        let enough = settling.ways[0].found.enough.expect("a size is enough in the first half year");
        let found = SizedFindings::new(&settling);
        let after = found.at_full.expect("levers settle in");
        // The same years with the levers at full strength from the start, at the same size.
        let size = settling.plan.knob.size(enough);
        let range = Range { from: Some(size), to: Some(size + 1.0), ..Range::default() };
        let whole = sized(ramps, &full, &Ask { range, ..ask });
        let step = &whole.ways[0].steps[0];
        assert_eq!((step.size, step.series(Figure::Goal).len()), (size, after.years));
        let mean = step.mean(Figure::Goal).expect("years");
        assert!((after.goal - mean).abs() < 1e-12, "{option}: {} at full strength, {mean}", after.goal);
        assert!(after.goal < -0.01, "{option}: {} at full strength", after.goal);
        assert!(found.answer.iter().any(|said| said.contains("too few after it")), "{:?}", found.answer);
    }
}

/// The largest size fails and the fourth does far better: the search looks beside it and finds the fifth.
#[test]
fn a_size_in_the_middle_is_found_where_larger_ones_do_worse_again() {
    let rule = Sequential { kind: Kind::Difference, level: 0.0, near: 0.001, error: 0.025, most: 1_000 };
    let mean = |at: usize| match at {
        5..=6 => 0.05,
        4 => -0.02,
        _ => -0.1,
    };
    let mut play = |at: usize, years: usize| -> Result<Tried, Infallible> {
        // Two values about the mean: an interval that no luck moves.
        let values: Vec<f64> = (0..years).map(|year| mean(at) + [0.01, -0.01][year % 2]).collect();
        Ok(Tried::of(&rule, &values))
    };
    let Ok(found) = search(Grid { last: 24, start: 1 }, rule, &mut play);
    assert_eq!((found.enough, found.too_few), (Some(5), Some(4)));
}

/// One practice loses what another gains.
#[test]
fn a_practice_that_loses_is_named_behind_the_answer() {
    let two = "[practice.mill]\nname = \"Mill Lane\"\nregistered_list = 2000\n[network.river]\n\
        [post.hill_gp]\npractice = \"hill\"\nrole = \"gp\"\nslots_per_day = 20\n\
        [post.mill_gp]\npractice = \"mill\"\nrole = \"gp\"\nslots_per_day = 16\n\
        [option.leaves]\n[option.leaves.overlay.post.hill_gp]\nslots_per_day = 16";
    let sets = [
        "practice.hill.network=\"river\"",
        "practice.mill.network=\"river\"",
        "need.visit.requests_per_day=24",
    ];
    let ask = Ask { place: Some("network.river".into()), ..ask("leaves", "mill_gp", 256) };
    let sized = sized(two, &sets, &ask);
    assert!(sized.ways[0].found.enough.is_some(), "{:?}", sized.ways[0].found);
    let answer = SizedFindings::new(&sized).answer;
    assert!(answer[0].contains("points fewer are seen in time at Hill Street"), "{}", answer[0]);
    let said = answer.iter().find(|said| said.contains("ewer are seen in time at Hill Street (target"));
    assert!(said.is_some_and(|said| !said.contains("Mill Lane (")), "{answer:?}");
}

/// What cannot answer the question is said: things as they are against themselves, five years, another target of the same name.
#[test]
fn what_is_no_answer_is_said() {
    let gp = "[post.gp]\nrole = \"gp\"\nslots_per_day = 14\n[option.loose]\n[option.loose.overlay.target.seen_7]\nwithin_days = 60";
    let itself =
        SizedFindings::new(&sized(gp, &["need.visit.requests_per_day=14"], &ask("", "gp", 256))).answer;
    assert!(itself.iter().any(|said| said.contains("has to stand in an option")), "{itself:?}");
    assert!(itself.iter().any(|said| said.contains("every one of 256 years is as now")), "{itself:?}");
    let few = SizedFindings::new(&sized(gp, &[], &ask("", "gp", 5))).answer;
    assert!(few[0].starts_with("No size of GP, Hill Street can be told from 5 simulated years"), "{few:?}");
    let other =
        ask("loose", "gp", 256).plan(&scenario(&format!("{SURGERY}{gp}"), &[])).expect_err("another target");
    assert!(
        other.message.contains("within 60 days in the option and visit within 7 days as now"),
        "{other:?}"
    );
}
