//! Extending without code: a role, a need, a category, a lever and an option are data. Adding them is text over a
//! scenario that knows nothing of them, and they appear in the figures like all others.

use skillmix::experiment::run::{Settings, first, run};
use skillmix::outcome::Outcome;
use skillmix::outcome::columns::{About, Place};
use skillmix::scenario::{Scenario, load_text};

/// The example of `docs/extend.md`, word for word (a test holds the two together).
const OVER: &str = r#"
extends = ["06-two-practices-share.toml"]
title = "Lesson 6, with a podiatrist"

[role.podiatrist]
name = "Podiatrist"

[need.foot_care]
name = "Foot care"
rate_per_patient_year = 0.25
roles = ["podiatrist", "gp"]          # the GP sees those who have waited two weeks
slot_minutes = 20
slot_minutes_by_role = { gp = 10 }
overflow_after_days = 14

[post.podiatrist]
network = "river"
role = "podiatrist"
slots_by_weekday = { tue = 16, thu = 16 }
slot_minutes = 20

[avoidable.foot_problem]
name = "Foot problem that came to the GP"
of = ["same_day"]
share_of_need = 0.04

[lever.podiatrist_first]
name = "Foot problems to the podiatrist"
starts = 2019-07-01
[lever.podiatrist_first.change.feet]
redirect = { category = "foot_problem", to = "role:podiatrist", as_need = "foot_care", accepted = 0.8 }

[option.podiatrist_first]
name = "Foot problems to the podiatrist"
levers = ["podiatrist_first"]
"#;

const REPLICATIONS: usize = 32;

fn scenario() -> Scenario {
    // A text without a folder of its own names files from where the test runs: the root of the repository.
    let text = OVER.replace("06-two-practices-share.toml", "scenarios/tutorial/06-two-practices-share.toml");
    load_text("over.toml", &text, &[]).unwrap_or_else(|report| panic!("{}", report.render(false)))
}

fn simulated(scenario: &Scenario) -> Vec<Outcome> {
    let settings = Settings::new(scenario.run.seed);
    let one = |option: &skillmix::scenario::OptionModel| {
        run(&option.name, option.model.clone(), &first(REPLICATIONS), settings, &|_| {})
    };
    scenario.options.iter().map(one).collect()
}

/// The figures of a measure, over replications; the subject must be in the outcome.
fn figures(outcome: &Outcome, measure: &str, about: About) -> Vec<f64> {
    outcome
        .series(measure, Place::All, about)
        .unwrap_or_else(|| panic!("{measure} of {about:?} is not there"))
}

#[test]
fn a_role_a_need_and_a_category_are_data() {
    let scenario = scenario();
    let model = &scenario.options[0].model;
    let need = |name: &str| model.needs.iter().position(|n| n.name == name).expect("a need of the overlay");
    let role = model.roles.iter().position(|r| r.name == "podiatrist").expect("the role of the overlay");
    let outcomes = simulated(&scenario);
    let [now, first] = &outcomes[..] else { panic!("as_now and one option") };

    // The need and the role are there, in every year.
    assert!(figures(now, "attended", About::Need(need("foot_care"))).iter().all(|n| *n > 500.0));
    assert!(figures(now, "contacts", About::Role(role)).iter().all(|n| *n > 500.0));
    // The category takes its share of the need it falls on, whatever the option.
    for outcome in &outcomes {
        let rated: f64 = figures(outcome, "rated_avoidable", About::Need(need("same_day"))).iter().sum();
        let asked: f64 = figures(outcome, "requests", About::Need(need("same_day"))).iter().sum();
        let (n, p) = (asked, 0.04);
        // five standard errors of a binomial: false-alarm rate below 1e-6
        assert!((rated - n * p).abs() < 5.0 * (n * p * (1.0 - p)).sqrt(), "{rated} of {asked}");
    }
    // Without the lever nobody is sent on; with it somebody is in every year, and the requests are the same.
    let sent = |outcome| figures(outcome, "redirected_inside", About::Need(need("same_day")));
    assert!(sent(now).iter().all(|n| *n == 0.0));
    assert!(sent(first).iter().all(|n| *n > 0.0));
    assert_eq!(figures(now, "requests", About::All), figures(first, "requests", About::All));
}

#[test]
fn the_documentation_shows_what_is_tested() {
    let page = include_str!("../../docs/extend.md");
    assert!(page.contains(OVER.trim()), "the example of docs/extend.md differs from the tested one");
}
