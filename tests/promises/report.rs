//! Promise: a report states findings with their units, fits 80 columns, and is the same bytes on each run.

use skillmix::experiment::run::{Settings, first, run};
use skillmix::findings::{Findings, RunInfo};
use skillmix::report::{plots, text};
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
    let info = RunInfo { seed: 11, replications, split: None, file: Some("small.toml".into()) };
    Findings::new(&scenario, &outcomes, info)
}

#[test]
fn the_whole_text_report() {
    let report = text::render(&findings(40));
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
            "utilisation",
            "waits",
            "targets",
            "gp-time-released",
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
