//! People: their contacts are all dealt, their overtime is their own, and lanes change nothing.

use skillmix::book::tally::Flow;
use skillmix::plan::lanes::Replication;
use skillmix::scenario::load_text;
use skillmix::year::{Block, Year};

const SEED: u64 = 20_190_401;

const TEAM: &str = r#"
title = "A team"
[horizon]
start = 2019-04-01
weeks = 52
warm_up_weeks = 4
[practice.a]
registered_list = 8000
[need.routine]
rate_per_patient_year = 5
roles = ["gp"]
slot_minutes = 10
consultation_minutes = { mean = 9.2, cv = 0.6 }
[role.gp]
staff_group = "GP"
hours_per_wte_week = 37.5
session_hours = 4.1666667
direct_share = 0.6
wte_per_head = 0.8
sickness = { rate = 0.02, spell_days = { mean = 8, cv = 2 } }
leave = { days_per_wte_year = 30, includes_bank_holidays = false, max_away_at_once = 0.34 }
cover = { chance = 0.5, cost_per_session = 300 }
leaving = { per_year = 0.2, vacancy_weeks = { mean = 16, cv = 0.5 }, filled = 0.8, ramp_up_weeks = 8, starts_at = 0.5 }
[post.gps]
practice = "a"
role = "gp"
wte = 7
"#;

fn year(text: &str) -> Year {
    let scenario =
        load_text("team.toml", text, &[]).unwrap_or_else(|report| panic!("{}", report.render(false)));
    Year::new(scenario.options[0].model.clone(), SEED, false)
}

fn run(year: &Year, first: u64, lanes: u64) -> Block {
    let mut block = year.block();
    let reps: Vec<_> = (first..first + lanes).map(|i| Replication::new(i, i)).collect();
    year.run(&reps, &mut block);
    block
}

#[test]
fn every_contact_is_dealt_to_somebody() {
    let year = year(TEAM);
    let block = run(&year, 0, 16);
    let tally = &block.book.tally;
    for lane in 0..16 {
        let attended = tally.flow[tally.at(0, 0, Flow::Attended)][lane];
        assert_eq!(tally.person_contacts[0][lane], attended);
        assert!(tally.overtime[0][lane] > 0 && tally.person_days[0][lane] > 0);
        assert!(tally.person_days_over_25[0][lane] <= tally.person_days[0][lane]);
    }
}

#[test]
fn a_replication_alone_is_the_one_of_the_block() {
    let year = year(TEAM);
    let (together, alone) = (run(&year, 0, 16), run(&year, 11, 1));
    let (together, alone) = (&together.book.tally, &alone.book.tally);
    assert_eq!(alone.overtime[0][0], together.overtime[0][11]);
    assert_eq!(alone.person_days[0][0], together.person_days[0][11]);
    assert_eq!(alone.person_days_over_25[0][0], together.person_days_over_25[0][11]);
    for (alone, together) in alone.lost_sessions.iter().zip(&together.lost_sessions) {
        assert_eq!(alone[0], together[11]);
    }
    for (alone, together) in alone.rostered.iter().zip(&together.rostered) {
        assert_eq!(alone[0], together[11]);
    }
}
