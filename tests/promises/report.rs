//! Promise: a report states findings with their units, fits 80 columns, and is the same bytes on each run.

use skillmix::experiment::run::{Settings, first, run};
use skillmix::findings::typed::Typed;
use skillmix::findings::{Findings, RunInfo};
use skillmix::report::{plots, ran, text};
use skillmix::scenario::load_text;

/// Two practices short of GPs, a pharmacist with time, a redirect, a target, giving up.
const SMALL: &str = r#"
title = "Small network"
[horizon]
start = 2018-10-01
weeks = 26
warm_up_weeks = 4
[demand]
season = { amplitude = 0.15, period_days = 364, peak_day = 105 }
[network.north]
name = "North network"
[practice.mill]
name = "Mill Lane Surgery"
registered_list = 4000
[practice.old]
name = "The Old School Practice"
registered_list = 3000
[role.gp]
name = "GP"
staff_group = "GP"
[role.pharmacist]
name = "Pharmacist"
[post.mill_gp]
practice = "mill"
role = "gp"
slots_per_day = 32
members = 2
absence = { share = 0.08, spell_days = 10 }
[post.old_gp]
practice = "old"
role = "gp"
slots_per_day = 26
members = 2
absence = { share = 0.08, spell_days = 10 }
[post.pharmacist]
network = "north"
role = "pharmacist"
slots_per_day = 20
members = 1
absence = { daily = 0.05 }
[need.routine]
name = "Routine consultation"
rate_per_patient_year = { range80 = [1.9, 2.1] }
roles = ["gp"]
gives_up = { after_days = 7, chance_each_day = { low = 0.01, likely = 0.05, high = 0.1 }, to = { ae = 0.2, nowhere = 0.8 } }
[need.medicines]
name = "Medicines query"
rate_per_patient_year = 0.3
roles = ["pharmacist"]
[avoidable.medication]
of = ["routine"]
share_of_need = 0.08
[lever.pharmacist_first]
name = "Pharmacist first"
[lever.pharmacist_first.change.to_pharmacist]
redirect = { category = "medication", to = "role:pharmacist", accepted = 0.6, returns = { share = 0.1, after_days = 3 } }
[option.pharmacist_first]
name = "Pharmacist first"
levers = ["pharmacist_first"]
[target.routine_7_days]
name = "Routine in 7 days"
need = "routine"
within_days = 7
share = 0.9
for_each = "practice"
"#;

fn findings(replications: usize) -> Findings {
    let scenario = load_text("small.toml", SMALL, &[]).unwrap_or_else(|r| panic!("{}", r.render(false)));
    let settings = Settings::new(11);
    let outcomes: Vec<_> = scenario
        .options
        .iter()
        .map(|o| run(&o.name, o.model.clone(), &first(replications), settings, &|_| {}))
        .collect();
    let info = RunInfo {
        seed: 11,
        replications,
        needed: None,
        split: None,
        typed: Some(Typed { file: "small.toml".into(), ..Typed::default() }),
    };
    Findings::new(&scenario, &outcomes, info)
}

#[test]
fn the_whole_text_report() {
    let report = text::whole(&ran::document(&findings(40)));
    for line in report.lines() {
        assert!(line.chars().count() <= text::WIDTH, "{} columns: {line}", line.chars().count());
    }
    assert!(!report.contains('\u{1b}'), "no colour codes");
    assert!(!report.contains("NaN"), "no value is a dash");
    insta::assert_snapshot!(report);
}

#[test]
fn pictures_are_the_same_bytes_and_speak_to_screen_readers() {
    let findings = findings(20);
    let draw = || plots::all(&findings).unwrap_or_else(|e| panic!("{e}"));
    let (once, twice) = (draw(), draw());
    let names: Vec<&str> = once.iter().map(|p| p.name).collect();
    assert_eq!(
        names,
        [
            "demand-and-capacity",
            "shortfall",
            "utilisation",
            "waits",
            "targets",
            "gp-time-released",
            "backlog",
            "year-that-went-wrong"
        ],
        "no people on the roster: no contacts a day"
    );
    for (a, b) in once.iter().zip(&twice) {
        assert_eq!((&a.png, &a.svg), (&b.png, &b.svg), "{}", a.name);
        assert!(a.png.starts_with(b"\x89PNG"));
        let head: String = a.svg.chars().take(600).collect();
        assert!(
            head.contains("role=\"img\"") && head.contains("<title id=\"title\">") && a.svg.contains("<desc")
        );
        assert!(a.svg.contains("Liberation Sans"));
    }
}

/// Texts of a picture: place and words.
fn texts(svg: &str) -> Vec<(f64, f64, String)> {
    let number = |tag: &str, key: &str| -> Option<f64> {
        tag.split(&format!("{key}=\"")).nth(1)?.split('"').next()?.parse().ok()
    };
    let one = |part: &str| {
        let (tag, rest) = part.split_once('>')?;
        Some((number(tag, " x")?, number(tag, " y")?, rest.split('<').next()?.trim().to_owned()))
    };
    svg.split("<text").skip(1).filter_map(one).collect()
}

/// Four targets with an option beside them: heads of two lines stand below the legend, and what is not drawn is named.
#[test]
fn heads_of_targets_stand_below_the_legend_and_the_fourth_is_named() {
    let target = |n: usize| {
        format!(
            "[target.t{n}]\nname = \"Further {n}\"\nneed = \"routine\"\nwithin_days = {n}\nshare = 0.9\nfor_each = \"practice\"\n"
        )
    };
    let (_, findings) = found(&(SMALL.to_owned() + &[14, 21, 28].map(target).concat()), 10, 11);
    let plots = plots::all(&findings).unwrap_or_else(|e| panic!("{e}"));
    let svg = &plots.iter().find(|plot| plot.name == "targets").expect("a picture of targets").svg;
    let all = texts(svg);
    let legend = all.iter().find(|(.., words)| words == "As now").expect("a legend");
    let heads: Vec<&(f64, f64, String)> =
        all.iter().filter(|(_, y, words)| *y >= legend.1 && words.contains("7 days")).collect();
    assert!(!heads.is_empty(), "{all:?}");
    // Letters are 27 units high at most.
    assert!(heads.iter().all(|head| head.1 >= legend.1 + 27.0), "{legend:?} and {heads:?}");
    assert!(svg.contains("The first 3 of 4 targets, without "), "{:?}", findings.targets[3].title);
}

/// A scenario of the tests with what a run of it finds.
fn found(text: &str, replications: usize, seed: u64) -> (Vec<skillmix::outcome::Outcome>, Findings) {
    let scenario = load_text("case.toml", text, &[]).unwrap_or_else(|r| panic!("{}", r.render(false)));
    let of = |o: &skillmix::scenario::OptionModel| {
        run(&o.name, o.model.clone(), &first(replications), Settings::new(seed), &|_| {})
    };
    let outcomes: Vec<_> = scenario.options.iter().map(of).collect();
    let info = RunInfo {
        seed,
        replications,
        needed: None,
        split: None,
        typed: Some(Typed { file: "case.toml".into(), ..Typed::default() }),
    };
    let findings = Findings::new(&scenario, &outcomes, info);
    (outcomes, findings)
}

/// Half of two whole-time equivalents' hours is appointment time, and too little of it all year.
const SHORT: &str = r#"
title = "Short"
[horizon]
start = 2019-04-01
days = 364
warm_up_weeks = 4
[practice.north]
registered_list = 9000
[role.gp]
name = "GP"
staff_group = "GP"
hours_per_wte_week = 37.5
direct_share = 0.5
[need.routine]
requests_per_day = 70
gives_up = { after_days = 3, chance_each_day = 0.2 }
[target.t]
need = "routine"
within_days = 7
share = 0.9
[post.doctors]
role = "gp"
wte = 2.0
"#;

#[test]
fn sessions_short_are_the_same_in_words_and_in_the_measure() {
    use skillmix::outcome::columns::{About, Place};
    let (outcomes, findings) = found(SHORT, 20, 3);
    let measure =
        outcomes[0].series("shortfall_sessions_week", Place::All, About::Role(0)).unwrap_or_default();
    let mean = measure.iter().sum::<f64>() / measure.len() as f64;
    let said = findings.shortfalls[0].all_year.mean;
    assert_eq!(findings.verdict[0], "North does not meet its routine target.", "a network that nobody named");
    assert!(mean > 9.0 && (said / mean - 1.0).abs() < 1e-6, "said {said}, measured {mean}");
    assert!(
        findings.verdict.iter().any(|s| s.contains("short by about 10 sessions a week")),
        "{:?}",
        findings.verdict
    );
}

/// A GP post that holds everything up; its factor goes where FACTOR stands.
const HELD_UP: &str = r#"
title = "Held up"
[horizon]
start = 2018-01-01
days = 182
[practice.a]
registered_list = 1000
[role.gp]
name = "GP"
staff_group = "GP"
[role.nurse]
is_gp = false
[need.a]
requests_per_day = 50
roles = ["gp"]
gives_up = { after_days = 3, chance_each_day = 0.2 }
[need.b]
requests_per_day = 22
roles = ["nurse"]
gives_up = { after_days = 3, chance_each_day = 0.2 }
[target.t]
need = "a"
within_days = 1
share = 0.9
[post.g]
role = "gp"
wte = 1
minutes_factor = FACTOR
[post.n]
role = "nurse"
wte = 1
"#;

#[test]
fn an_uncertain_factor_hides_no_bottleneck() {
    for factor in ["1.0", "{ range80 = [0.9, 1.1] }", "{ range80 = [0.9, 1.1], per = \"practice\" }"] {
        let (_, findings) = found(&HELD_UP.replace("FACTOR", factor), 20, 3);
        assert_eq!(findings.bottleneck.tried.len(), 2, "{factor}: both roles are tried");
        assert!(
            findings.verdict.iter().any(|s| s.starts_with("GPs are the bottleneck")),
            "{:?}",
            findings.verdict
        );
    }
}

/// An access headline with many inputs that as-now cannot move with: costs, and the levers and posts of an option.
const ELSEWHERE: &str = r#"
title = "Inputs elsewhere"
[horizon]
start = 2019-04-01
days = 56
[practice.north]
registered_list = 9000
[role.gp]
name = "GP"
staff_group = "GP"
cost_per_wte_year = { low = 50000, likely = 60000, high = 90000 }
[role.nurse]
is_gp = false
cost_per_wte_year = { low = 30000, likely = 40000, high = 50000 }
[need.routine]
requests_per_day = 57
roles = ["gp"]
consultation_minutes = { mean = { range80 = [8, 11] }, cv = 0.7 }
[target.t]
need = "routine"
within_days = 1
share = 0.9
[lever.x]
cost = { one_off = { range80 = [1000, 9000] }, per_year = { range80 = [1000, 9000] } }
ramp_weeks = { range80 = [10, 30] }
[lever.x.change.c]
demand = { needs = ["routine"], factor = { range80 = [0.8, 0.95] } }
[option.z]
levers = ["x"]
[post.doctors]
practice = "north"
role = "gp"
slots_per_day = 60
[post.n]
practice = "north"
role = "nurse"
wte = 1
"#;

#[test]
fn an_access_headline_does_not_rest_on_what_as_now_never_reads() {
    for seed in 0..8 {
        let (_, findings) = found(ELSEWHERE, 100, seed);
        assert_eq!(findings.drivers.inputs, 1, "only the length of a consultation is read");
        let strange = findings.drivers.strongest.iter().find(|d| !d.address.contains("consultation_minutes"));
        assert!(strange.is_none(), "{strange:?}");
    }
}

#[test]
fn few_years_are_warned_of_and_equal_ones_have_no_interval() {
    let (outcomes, findings) = found(SHORT, 20, 3);
    assert!(
        findings.warnings.iter().any(|w| w.starts_with("Only 20 simulated years:")),
        "{:?}",
        findings.warnings
    );
    let (_, enough) = found(SHORT, 30, 3);
    assert!(!enough.warnings.iter().any(|w| w.starts_with("Only")), "{:?}", enough.warnings);
    for at in 0..outcomes[0].columns.all.len() {
        let (column, values) = (&outcomes[0].columns.all[at], outcomes[0].column(at));
        let interval = column.measure.interval(&values);
        let wide = interval.is_none_or(|i| i.half_width() > 0.0);
        assert!(wide, "{}: an interval of no width", column.measure.name);
    }
}

/// Two options with a redirect, the second with a role of its own and an uncertain input of its own.
const TWO_REDIRECTS: &str = r#"
[option.outside]
name = "Outside"
levers = ["outside"]
[lever.outside]
ramp_weeks = { range80 = [1, 2] }
[lever.outside.change.c]
redirect = { category = "medication", to = "outside:pharmacy", accepted = 0.1 }
"#;

#[test]
fn every_redirecting_option_has_its_chain_and_the_largest_release_comes_first() {
    let text = SMALL.replace(
        "absence = { share = 0.08, spell_days = 10 }",
        "absence = { share = { range80 = [0.06, 0.1] }, spell_days = 10 }",
    ) + TWO_REDIRECTS;
    let (_, findings) = found(&text, 20, 11);
    let named: Vec<&str> = findings.chains.iter().map(|c| c.option.as_str()).collect();
    assert_eq!(named, ["Pharmacist first", "Outside"]);
    assert!(findings.chains[0].net.mean > findings.chains[1].net.mean);
    let known = |c: &skillmix::findings::chain::Chain| c.supervision.known() && c.redirected.mean > 0.0;
    assert!(findings.chains.iter().all(known), "supervision is known though inputs are numbered afresh");
}

/// Five doctors and two rooms: most of what they could do is lost for want of a room.
const HILL: &str = r#"
title = "Hill"
[horizon]
start = 2024-04-01
days = 364
warm_up_weeks = 4
[practice.hill]
name = "Hill Surgery"
registered_list = 9000
rooms = 2
[role.gp]
name = "GP"
staff_group = "GP"
hours_per_wte_week = 37.5
direct_share = 0.6
[need.routine]
requests_per_day = 115
gives_up = { after_days = 3, chance_each_day = 0.2 }
[target.t]
need = "routine"
within_days = 7
share = 0.9
[post.hill_gp]
practice = "hill"
role = "gp"
wte = 5.0
"#;

/// A further doctor would have nowhere to sit; a room more lets those there are work. With rooms enough doctors hold back.
#[test]
fn rooms_are_the_bottleneck_where_sessions_are_lost_for_them() {
    let (outcomes, findings) = found(HILL, 20, 3);
    let room = findings.bottleneck.rooms().expect("rooms are the bottleneck");
    let gp = &findings.bottleneck.tried[0];
    assert!(room.improvement > 0.1 && gp.improvement < 0.2 * room.improvement, "{room:?} {}", gp.improvement);
    let said = findings.verdict.join(" ");
    assert!(said.contains("Rooms are the bottleneck: about "), "{said}");
    assert!(said.contains("sessions find none at Hill Surgery. One more room helps by"), "{said}");
    assert!(said.contains("more people would have nowhere to sit"), "{said}");
    let next = findings.next.as_ref().expect("a step").command.join(" ");
    assert!(next.starts_with("skillmix run case.toml --set practice.hill.rooms="), "{next}");
    room_by_weekday();
    let (more, enough) = found(&HILL.replace("rooms = 2", "rooms = 9"), 20, 3);
    assert!(enough.bottleneck.room.is_none());
    assert!(enough.next.iter().all(|next| !next.command.join(" ").contains("rooms")));
    let lost = |of: &[skillmix::outcome::Outcome]| {
        use skillmix::outcome::columns::{About, Place};
        of[0].series("lost_room_sessions", Place::All, About::Role(0)).unwrap_or_default()[0]
    };
    assert!(lost(&outcomes) > 900.0 && lost(&more) == 0.0);
}

/// The step that is printed says what it is meant to: days that it does not name keep their rooms.
fn room_by_weekday() {
    let text = HILL.replace("rooms = 2", "rooms = { mon = 2, tue = 2, wed = 9, thu = 2, fri = 2 }");
    let (_, findings) = found(&text, 20, 3);
    let command = findings.next.as_ref().expect("a step").command.clone();
    let sets: Vec<String> =
        command.windows(2).filter(|pair| pair[0] == "--set").map(|pair| pair[1].clone()).collect();
    assert!(sets.iter().any(|set| set.starts_with("practice.hill.rooms.mon=")), "{command:?}");
    let scenario = skillmix::scenario::load_text("case.toml", &text, &sets)
        .unwrap_or_else(|report| panic!("{}", report.render(false)));
    let rooms: toml::Table = toml::from_str(&scenario.resolved).expect("what is resolved is TOML");
    let rooms = rooms["practice"]["hill"]["rooms"].as_table().expect("rooms by weekday");
    assert!(rooms.len() == 5 && rooms["wed"].as_integer() == Some(9), "{rooms:?}");
}
