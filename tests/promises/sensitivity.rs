//! Promise: the numbers that drive an answer are found, an idle one is not, and a decision turns where arithmetic says.

use skillmix::experiment::lean::lean;
use skillmix::experiment::run::{Settings, first};
use skillmix::experiment::sensitivity::break_even::Turn;
use skillmix::experiment::sensitivity::sobol::Group;
use skillmix::experiment::sensitivity::{Asked, Sensitivity, sensitivity};
use skillmix::experiment::shown::Shown;
use skillmix::findings::drivers::drivers;
use skillmix::findings::headline::Headline;
use skillmix::findings::sensitivity::SensitivityFindings;
use skillmix::outcome::columns::{About, Place};
use skillmix::outcome::measure::by_name;
use skillmix::scenario::{Scenario, load_text};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios/sensitivity.toml")
}

fn scenario(sets: &[&str]) -> Scenario {
    let sets: Vec<String> = sets.iter().map(ToString::to_string).collect();
    skillmix::scenario::load(&fixture(), &sets).unwrap_or_else(|r| panic!("{}", r.render(false)))
}

fn looked_into(sets: &[&str], saltelli: Option<usize>) -> Sensitivity {
    looked_into_of(scenario(sets), saltelli)
}

fn looked_into_of(scenario: Scenario, saltelli: Option<usize>) -> Sensitivity {
    let asked = Asked {
        settings: Settings::new(scenario.run.seed),
        replications: scenario.run.replications,
        precision: None,
        each: 32,
        most: 12,
        saltelli,
    };
    sensitivity(scenario, asked, &|_, _| {}).expect("the headline is there")
}

fn at(found: &Sensitivity, address: &str) -> usize {
    found.inputs.iter().position(|i| i.address == address).unwrap_or_else(|| panic!("no {address}"))
}

fn turn<'a>(found: &'a Sensitivity, address: &str) -> &'a Turn {
    let at = at(found, address);
    found.card.iter().find(|turn| turn.input == at).unwrap_or_else(|| panic!("{address} is not on the card"))
}

const COST: &str = "role.pharmacist.cost_per_wte_year";
const IDLE: &str = "practice.mill.weighted_list";
const RATE: &str = "need.routine.rate_per_patient_year";
const ACCEPTED: &str = "lever.pharmacist.change.inside.redirect.accepted";

/// Both posts are one wte and nothing else costs anything: the swap saves money below £60,000, the GP's own cost.
#[test]
fn the_decision_turns_where_arithmetic_says() {
    let found = looked_into(&[], None);
    let [crossing] = turn(&found, COST).crossings.as_slice() else { panic!("{:?}", turn(&found, COST)) };
    assert!((crossing.value - 60_000.0).abs() < 1.0, "{crossing:?}");
    assert!(crossing.rising && (crossing.below - 0.5).abs() < 1e-4, "{crossing:?}");
    let (low, high) = crossing.interval;
    assert!(
        low.is_some_and(|x| (x - 60_000.0).abs() < 1.0) && high.is_some_and(|x| (x - 60_000.0).abs() < 1.0)
    );
    let findings = SensitivityFindings::new(&found);
    let first = &findings.answer[0];
    assert!(first.contains("pounds a year of a WTE (pharmacist) is above 60,000"), "{first}");
    // What the money does not hang on turns nothing.
    for idle in [ACCEPTED, RATE] {
        if let Some(turn) = found.card.iter().find(|turn| turn.input == at(&found, idle)) {
            assert!(turn.crossings.is_empty(), "{turn:?}");
        }
    }
    // The weakest evidence stands first.
    let evidence: Vec<u8> = found.card.iter().map(|turn| found.inputs[turn.input].evidence()).collect();
    assert!(evidence.is_sorted() && evidence[0] == 0, "{evidence:?}");
}

#[test]
fn a_sentence_turns_round_with_the_figures() {
    let said = |cost: &str| {
        let set = format!("role.pharmacist.cost_per_wte_year={cost}");
        let found = looked_into(&[&set], None);
        SensitivityFindings::new(&found).answer[0].clone()
    };
    let cheap = said("{ uniform = [20000, 70000] }");
    assert!(
        cheap.contains("is better than things as they are in cost total") && cheap.contains(", unless "),
        "{cheap}"
    );
    let dear = said("{ uniform = [50000, 100000] }");
    assert!(dear.contains("is worse than") && dear.contains("it is not better where"), "{dear}");
    let never = said("{ uniform = [20000, 50000] }");
    assert!(never.contains("is better than") && never.contains("turn that by itself"), "{never}");
}

#[test]
fn what_drives_is_found_and_what_is_idle_is_not() {
    let found = looked_into(&[], Some(64));
    let difference = &found.drives[0];
    let (cost, idle) = (difference[at(&found, COST)], difference[at(&found, IDLE)]);
    // The difference is a straight line in the cost, and nothing else.
    let share = cost.share.expect("a share");
    assert!(cost.matters() && (share.share - 1.0).abs() < 1e-6, "{share:?}");
    assert!(cost.rank.is_some_and(|rank| rank.r > 0.999_999));
    let share = idle.share.expect("a share");
    assert!(!idle.matters() && share.interval.holds(0.0), "{share:?}");
    let bar = found.tornado.iter().find(|bar| bar.input == at(&found, COST)).expect("a bar");
    let moved = bar.moves[0].expect("a move");
    // P10 to P90 of 30,000 to 90,000 is 48,000 a year; 182 days of 365.25.
    assert!((moved.change.mean - 48_000.0 * 182.0 / 365.25).abs() < 1.0, "{moved:?}");
    let sobol = found.sobol.as_ref().expect("indices");
    let indices = sobol.indices[0].as_ref().expect("the difference varies");
    for (group, index) in sobol.groups.iter().zip(indices) {
        let own = *group == Group::Input(at(&found, COST));
        let want = if own { 1.0 } else { 0.0 };
        assert!((index.total - want).abs() < 0.3 && (own || index.total.abs() < 1e-9), "{group:?} {index:?}");
        assert!(
            index.first_interval.low <= want + 1e-9 && want <= index.first_interval.high + 1e-9,
            "{group:?} {index:?}"
        );
    }
}

/// All that a figure depends on is in one of the groups: with one group from B and then each of the others, A becomes B.
/// Shown for the wait, which hangs on the rate, on acceptance and on chance: the first-order indices of a fixed seed add
/// up to no more than 1 and the total ones to no less, within their intervals.
#[test]
fn the_indices_of_the_wait_add_up() {
    let found = looked_into(&["run.headline=\"wait_mean\""], Some(256));
    let sobol = found.sobol.as_ref().expect("indices");
    let indices = sobol.indices[2].as_ref().expect("the wait varies");
    let sum = |of: fn(&skillmix::stats::indices::Index) -> f64| indices.iter().map(of).sum::<f64>();
    assert!(sum(|i| i.first_interval.low) <= 1.0 && sum(|i| i.total_interval.high) >= 1.0);
    let rate = sobol.groups.iter().position(|g| *g == Group::Input(at(&found, RATE))).expect("the rate");
    assert!(indices[rate].total > 0.5 && indices[rate].total_interval.low > 0.3, "{:?}", indices[rate]);
    let given = found.drives[2][at(&found, RATE)];
    assert!(given.matters(), "{given:?}");
    let chance = sobol.groups.iter().position(|g| *g == Group::Chance).expect("chance");
    assert!(indices[chance].total > 0.0, "{:?}", indices[chance]);
}

/// What a planner called a practice says nothing of its numbers: that of Costessey drives a wait as any other would, in
/// the analysis and in the assumptions of a run.
#[test]
fn a_name_with_cost_in_it_is_no_cost() {
    const LIST: &str = "practice.costessey.registered_list";
    let text = fs::read_to_string(fixture()).expect("the fixture").replace("mill", "costessey");
    let text = text.replace("\"cost_total\"", "\"wait_mean\"");
    let text = text.replace("registered_list = 18000", "registered_list = { uniform = [14000, 20000] }");
    let scenario = load_text("costessey", &text, &[]).unwrap_or_else(|r| panic!("{}", r.render(false)));
    let found = looked_into_of(scenario, None);
    let drive = found.drives[0][at(&found, LIST)];
    assert!(drive.matters(), "{drive:?}");
    assert!(found.inputs.iter().all(|input| input.address != COST), "the wait hangs on no price");
    let now = &found.run.scenario.options[0].model;
    let headline = Headline::new(now, found.run.scenario.run.headline.as_ref()).expect("the wait");
    let drivers = drivers(&found.run.scenario, now, (&headline, &found.base.now), found.run.seed);
    assert!(drivers.strongest.iter().any(|driver| driver.address == LIST), "{:?}", drivers.strongest);
}

/// A number held at a value is the scenario that states that value, to the bit.
#[test]
fn a_number_held_is_a_number_stated() {
    let (held, stated) = (scenario(&[]), scenario(&[&format!("{RATE}=1.1")]));
    let shown =
        [Shown { measure: by_name("wait_mean").expect("a measure"), place: Place::All, about: About::All }];
    let reps = first(20);
    let run = |scenario: &Scenario, option: usize, hold: bool| {
        let mut model = scenario.options[option].model.clone();
        assert!(!hold || model.inputs.hold(RATE, 1.1));
        lean(model, (&scenario.options[0].model, &shown), &reps, Settings::new(7), &|_| {})
    };
    for option in 0..2 {
        assert_eq!(run(&held, option, true), run(&stated, option, false));
        assert_ne!(run(&held, option, false), run(&stated, option, false));
    }
    assert!(!scenario(&[]).options[0].model.inputs.hold(ACCEPTED, 0.5), "of the option alone");
}

fn command(folder: &Path, more: &[&str], exit: i32) -> Output {
    let fixture = fixture();
    let mut args = vec!["sensitivity", fixture.to_str().expect("a path of letters")];
    args.extend(more);
    let output = Command::new(env!("CARGO_BIN_EXE_skillmix"))
        .current_dir(folder)
        .args(&args)
        .output()
        .expect("the command starts");
    assert_eq!(output.status.code(), Some(exit), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}

#[test]
fn the_command_says_the_answer_first_and_writes_a_whole_folder() {
    let folder = tempfile::tempdir().expect("a passing folder");
    let output = command(folder.path(), &["--option", "swap", "--each", "16", "--out", "a"], 0);
    let text = String::from_utf8(output.stdout).expect("text");
    assert!(text.starts_with("A pharmacist for a GP "), "{text}");
    assert!(text.contains("go and measure") && text.contains("weakest evidence first"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 80), "80 columns: {text}");
    command(
        folder.path(),
        &["--option", "swap", "--each", "16", "--out", "b", "--threads", "1", "--quiet"],
        0,
    );
    for name in [
        "break_even.csv",
        "sensitivity.csv",
        "split.csv",
        "tornado.csv",
        "plots/tornado.svg",
        "plots/drivers.png",
        "assumptions.csv",
        "scenario.toml",
        "README.txt",
        "manifest.json",
    ] {
        let read = |out: &str| {
            fs::read(folder.path().join(out).join(name)).unwrap_or_else(|_| panic!("{name} is written"))
        };
        assert_eq!(read("a"), read("b"), "{name}: the same bytes on any number of cores");
    }
}

#[test]
fn what_cannot_be_asked_is_refused_and_fixed_numbers_are_said_to_be() {
    let folder = tempfile::tempdir().expect("a passing folder");
    let output = command(folder.path(), &["--measure", "wait_meen"], 2);
    assert!(String::from_utf8_lossy(&output.stderr).contains("did you mean `wait_mean`?"));
    command(folder.path(), &["--measure", "utilisation"], 2);
    command(folder.path(), &["--option", "swop"], 2);
    command(folder.path(), &["--measure", "wait_mean/need.rutine"], 2);
    assert!(!folder.path().join("output").exists(), "nothing was written");
    let fixed = [
        "--set",
        "practice.mill.weighted_list=18000",
        "--set",
        "role.pharmacist.cost_per_wte_year=50000",
        "--set",
        "need.routine.rate_per_patient_year=1",
        "--out",
        "a",
        "--no-plots",
    ];
    let output = command(folder.path(), &fixed, 0);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(text.starts_with("Every number of this scenario is fixed"), "{text}");
}
