//! Options that are played together, so that demand and rosters which they share are drawn once, come to what each comes
//! to alone, to the bit.

use super::determinism::bits;
use super::small::any_small;
use proptest::prelude::*;
use skillmix::experiment::run::{Asked, Settings, first, run, run_all};
use skillmix::scenario::{Scenario, load, load_text};
use std::path::Path;

/// Names of the options that another figure, or another sum, comes out of when all are run together.
fn different(scenario: &Scenario, replications: usize) -> Vec<String> {
    let settings = Settings { days: true, full: true, ..Settings::new(11) };
    let together = run_all(scenario.clone(), Asked { settings, replications, precision: None }, &|_, _| {});
    let same = |at: usize| {
        let option = &scenario.options[at];
        let alone = run(&option.name, option.model.clone(), &first(replications), settings, &|_| {});
        bits(&alone, replications) == bits(&together.options[at], replications)
    };
    let different = (0..scenario.options.len()).filter(|at| !same(*at));
    different.map(|at| scenario.options[at].name.clone()).collect()
}

/// Two practices with a nurse in common; every law of a person, and inputs that are drawn.
const PEOPLE: &str = r#"
[horizon]
start = 2019-04-01
weeks = 26
warm_up_weeks = 2
[calendar]
school_holidays = [{ from = 2019-07-24, to = 2019-09-01 }]
[network.river]
[practice.hill]
network = "river"
registered_list = 3000
[practice.mill]
network = "river"
registered_list = 4000
rooms = 3
[demand]
growth_per_year = { range80 = [0.0, 0.02] }
level_cv = 0.1
day_noise = { cv = 0.1 }
drift = { cv = 0.1, autocorrelation = 0.5 }
network_shock = { cv = 0.05, autocorrelation = 0.8 }
season = { amplitude = 0.1 }
[need.ill]
rate_per_patient_year = { range80 = [2.0, 2.6] }
roles = ["gp"]
[need.routine]
rate_per_patient_year = 1.5
roles = ["gp", "nurse"]
[need.panel]
chance_each_day = 0.0004
roles = ["nurse"]
[role.gp]
staff_group = "GP"
hours_per_wte_week = 37.5
direct_share = { range80 = [0.55, 0.65] }
wte_per_head = 0.8
cost_per_wte_year = 100000
sickness = { rate = 0.03, spell_days = { mean = 6, cv = 1.2 } }
leave = { days_per_wte_year = 30, max_away_at_once = 0.5, school_holiday_weight = 1.5 }
leaving = { per_year = 0.2, vacancy_weeks = { mean = 10, cv = 0.5 }, ramp_up_weeks = 4, starts_at = 0.5 }
cover = { chance = 0.5, cost_per_session = 300, for_leave = true }
needs_room = false
[role.nurse]
supervision = { by = "gp", minutes_per_wte_week = 30 }
sickness = { daily = 0.02 }
leave = { days_per_wte_year = 25 }
[post.hill_gp]
practice = "hill"
role = "gp"
wte = { range80 = [1.4, 1.8] }
[post.mill_gp]
practice = "mill"
role = "gp"
wte = 1.8
in_post_wte = 1.5
[post.mill_nurse]
practice = "mill"
role = "nurse"
wte = 3
[post.shared_nurse]
network = "river"
role = "nurse"
wte = 1
sharing = "rota"
sites = ["hill", "mill"]
[lever.flu]
starts = 2019-05-01
[lever.flu.change.ill]
sickness = { roles = ["gp"], factor = 2 }
[lever.mondays.change.moved]
weekdays = { role = "nurse", weights = { mon = 2 } }
"#;

/// What an option changes, one thing an option: each is something that demand or a roster is a function of, or is none.
const CHANGES: &[(&str, &str)] = &[
    ("levers = [\"flu\"]", ""),
    ("levers = [\"mondays\"]", ""),
    ("", "post.hill_gp.wte = { range80 = [1.4, 2.0] }"),
    ("", "post.hill_gp.wte = 1.6"),
    ("", "post.mill_gp.in_post_wte = 1.2"),
    ("", "post.mill_gp.headcount = 2"),
    ("", "post.mill_gp.works = \"mon am, tue am, wed am, wed pm, fri am\""),
    ("", "post.mill_gp.from = 2019-06-01"),
    ("", "post.mill_gp.until = 2019-06-01"),
    ("", "post.mill_gp.minutes_factor = 0.9"),
    ("", "post.mill_gp.needs_room = true"),
    ("", "post.shared_nurse.sites = [\"mill\", \"hill\"]"),
    ("", "post.shared_nurse.rota_minutes_lost = 20"),
    ("", "post.shared_nurse.sharing = \"pooled\""),
    ("", "post.another = { role = \"nurse\", practice = \"mill\", wte = 0.5 }"),
    ("", "post.a_first = { role = \"nurse\", practice = \"mill\", wte = 1 }"),
    ("", "role.gp.hours_per_wte_week = 40"),
    ("", "role.gp.session_hours = 4"),
    ("", "role.gp.direct_share = 0.6"),
    ("", "role.gp.wte_per_head = 0.7"),
    ("", "role.gp.sickness.rate = 0.05"),
    ("", "role.gp.sickness.spell_days.cv = 0.9"),
    ("", "role.gp.leave.days_per_wte_year = 35"),
    ("", "role.gp.leave.max_away_at_once = 0.9"),
    ("", "role.gp.leave.school_holiday_weight = 1"),
    ("", "role.gp.leaving.per_year = 0.3"),
    ("", "role.gp.leaving.ramp_up_weeks = 8"),
    ("", "role.gp.cover.chance = 0.7"),
    ("", "role.gp.cover.for_leave = false"),
    ("", "role.gp.cover.cost_per_session = 400"),
    ("", "role.gp.cost_per_wte_year = 120000"),
    ("", "role.nurse.supervision.minutes_per_wte_week = 60"),
    ("", "role.a_helper = { }"),
    ("", "practice.mill.rooms = 2"),
    ("", "practice.mill.registered_list = 4400"),
    ("", "practice.mill.demand_level = 1.1"),
    ("", "practice.mill.closed = [2019-06-12]"),
    ("", "calendar.closed = [2019-06-13]"),
    ("", "calendar.school_holidays = []"),
    ("", "demand.weekday = { mon = 1.3 }"),
    ("", "demand.season.amplitude = 0.2"),
    ("", "demand.growth_per_year = 0.01"),
    ("", "demand.level_cv = 0.2"),
    ("", "demand.day_noise.cv = 0.2"),
    ("", "demand.drift.cv = 0.2"),
    ("", "demand.network_shock.autocorrelation = 0.5"),
    ("", "need.ill.rate_per_patient_year = 2.3"),
    ("", "need.routine.rate_per_patient_year = { range80 = [1.4, 1.6] }"),
    ("", "need.panel.chance_each_day = 0.0005"),
    ("", "need.a_new = { rate_per_patient_year = 0.2, roles = [\"nurse\"] }"),
    (
        "",
        "need.z_referred = { roles = [\"nurse\"] }\nneed.ill.refers_on.gp = { share = 0.1, as = \"z_referred\" }",
    ),
    ("", "need.routine.priority = 1"),
];

#[test]
fn whatever_an_option_changes_it_draws_its_own() {
    let options = CHANGES.iter().enumerate().map(|(i, (own, overlay))| {
        let overlay: String = overlay.lines().map(|line| format!("overlay.{line}\n")).collect();
        format!("[option.o{i:02}]\n{own}\n{overlay}")
    });
    let text: String = std::iter::once(PEOPLE.to_owned()).chain(options).collect();
    let scenario = load_text("people.toml", &text, &[]).unwrap_or_else(|r| panic!("{}", r.render(false)));
    assert_eq!(scenario.options.len(), CHANGES.len() + 1);
    assert_eq!(different(&scenario, 19), [""; 0]);
}

#[test]
fn the_networks_options_are_the_same_together() {
    for file in ["scenarios/hammersmith-fulham/central.toml", "scenarios/seeds/network-45000.toml"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
        let scenario = load(&path, &[]).unwrap_or_else(|r| panic!("{}", r.render(false)));
        assert!(scenario.options.len() > 2, "{file}");
        assert_eq!(different(&scenario, 2), [""; 0], "{file}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn small_scenarios_are_the_same_together(small in any_small()) {
        let scenario = load_text("small", &small.text(0.5), &[]).map_err(|r| r.render(false)).expect("a scenario");
        prop_assert_eq!(different(&scenario, 18), Vec::<String>::new());
    }
}
