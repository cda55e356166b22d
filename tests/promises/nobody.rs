//! Promise: a practice without a GP is named with the reason, and its GP work is treated alike in every figure.

use skillmix::experiment::run::{Settings, first, run};
use skillmix::findings::titles;
use skillmix::findings::{Findings, RunInfo};
use skillmix::report::{ran, text};
use skillmix::scenario::load_text;

/// Two practices, one of them without a GP, far more asked than can be done; a pharmacist with a price, GP slots without.
/// Nobody fails to attend, returns or is followed up: what joins a GP's queue is what is due.
const WITHOUT: &str = r#"
title = "One without a GP"
[horizon]
start = 2025-04-01
weeks = 26
[network.north]
name = "North network"
[practice.mill]
name = "Mill Lane"
registered_list = 4000
[practice.old]
name = "The Old School"
registered_list = 3000
[role.gp]
name = "GP"
staff_group = "GP"
cost_per_wte_year = 100000
[role.pharmacist]
name = "Pharmacist"
cost_per_wte_year = 50000
hours_per_wte_week = 37.5
session_hours = 4
direct_share = 0.8
slot_minutes = 20
[post.mill_gp]
practice = "mill"
role = "gp"
slots_per_day = 40
[post.pharmacist]
network = "north"
role = "pharmacist"
wte = 1
[need.routine]
name = "Routine consultation"
rate_per_patient_year = 4
roles = ["gp"]
slot_minutes = 10
[need.medicines]
name = "Medicines"
rate_per_patient_year = 0.1
roles = ["pharmacist"]
slot_minutes = 20
[avoidable.medication]
of = ["routine"]
share_of_need = 0.2
[fund.arrs]
pounds = 40000
[fund.arrs.reimburses.pharmacist]
up_to_per_wte = 60000
share = 0.7
[target.routine]
name = "Routine in 14 days"
need = "routine"
within_days = 14
share = 0.9
[target.at_once]
name = "Medicines at once"
need = "medicines"
within_days = 0
share = 1.0
[lever.ask]
name = "Ask the pharmacist"
[lever.ask.change.medication]
redirect = { category = "medication", to = "role:pharmacist", accepted = 0.5 }
[option.ask]
name = "Ask"
levers = ["ask"]
[option.ask_three]
name = "Ask three"
levers = ["ask"]
[option.ask_three.overlay.post.pharmacist]
wte = 3
paid_by = "fund.arrs"
"#;

/// The post that the second practice lacks.
const GP: &str = "[post.old_gp]\npractice = \"old\"\nrole = \"gp\"\nslots_per_day = 30\n";

/// Findings over twelve years; the headline is of the routine need.
fn found(scenario: &str) -> Findings {
    let of = "[run]\nheadline = \"seen_within_target/need.routine\"\n";
    let scenario = load_text("nobody.toml", &format!("{scenario}{of}"), &[])
        .unwrap_or_else(|r| panic!("{}", r.render(false)));
    let play = |o: &skillmix::scenario::OptionModel| {
        run(&o.name, o.model.clone(), &first(12), Settings::new(3), &|_| {})
    };
    let outcomes: Vec<_> = scenario.options.iter().map(play).collect();
    Findings::new(&scenario, &outcomes, RunInfo { seed: 3, replications: 12, ..RunInfo::default() })
}

#[test]
fn the_chain_and_the_money_table_release_the_same() {
    let found = found(WITHOUT);
    assert_eq!(found.chains.len(), 2);
    for chain in &found.chains {
        let option =
            found.comparisons.iter().find(|c| c.option == chain.option).expect("a chain is of an option");
        let money = option.money.as_ref().and_then(|m| m.released).expect("time is released");
        assert!(chain.net.mean > 50.0, "{chain:?}");
        // An outcome keeps its figures to seven digits.
        assert!((chain.net.mean - money.mean).abs() < 1e-3, "{} against {}", chain.net.mean, money.mean);
        assert_eq!(chain.knock_on.mean, 0.0, "nobody returns, rebooks or is followed up");
        assert!((chain.redirected.mean + chain.unseen.mean - chain.net.mean).abs() < 1e-6, "{chain:?}");
    }
}

#[test]
fn what_is_asked_of_gps_does_not_hang_on_their_being_there() {
    let (without, with) = (found(WITHOUT), found(&format!("{WITHOUT}{GP}")));
    let asked = |found: &Findings| found.chains[0].asked.mean;
    assert!((asked(&without) - asked(&with)).abs() < 1e-6, "{} {}", asked(&without), asked(&with));
    // A fifth of it is rated avoidable: both are of both practices.
    let rated = without.chains[0].rated.mean / asked(&without);
    assert!((0.19..0.21).contains(&rated), "{rated}");
    // 30 slots of 10 minutes on five days are 25 hours a week, with an ordinary session of some hours a good many.
    let short = |found: &Findings| found.shortfalls.iter().map(|s| s.all_year.mean).fold(f64::MIN, f64::max);
    assert!(short(&without) > short(&with) + 4.0, "{} {}", short(&without), short(&with));
}

#[test]
fn receiving_roles_spend_no_more_than_they_have() {
    let found = found(WITHOUT);
    // A wte brings 30 hours a week at most, three 90; as now the one has little to do.
    for chain in &found.chains {
        let most = if chain.option == "Ask three" { 90.0 } else { 30.0 } * 26.0;
        assert!(chain.receivers.mean > 0.0 && chain.receivers.mean <= most, "{chain:?}");
    }
}

#[test]
fn released_time_is_told_though_gp_slots_have_no_price() {
    let found = found(WITHOUT);
    let three = found.comparisons.iter().find(|c| c.option == "Ask three").expect("an option");
    let money = three.money.as_ref().expect("costs are stated");
    let (hour, _) = money.gp_hour.expect("what has no price is the same in both");
    let (own, all) = money.to_practices().expect("what has no price is the same in both");
    let released = money.released.expect("time is released");
    assert!((hour - own.mean / released.mean).abs() < 1e-9 && hour > 0.0, "{hour}");
    assert!(own.mean > 0.0 && own.mean < all.mean, "funds pay some of it back");
    assert!(
        three.said.contains("of it to practices; a net GP hour released costs practices £"),
        "{}",
        three.said
    );
    assert!(three.brief[3..].iter().all(|cell| cell != "-"), "{:?}", three.brief);
    let report = text::whole(&ran::document(&found));
    assert!(!report.contains("No net release"), "{report}");
    assert!(report.contains("Of it, to practices"), "{report}");
    // The lever alone changes no cost: nought, and no interval about it.
    let ask = found.comparisons.iter().find(|c| c.option == "Ask").expect("an option");
    assert_eq!(&ask.brief[3..], ["0", "0"]);
    assert!(!report.contains("(-0.10 to"), "{report}");
}

#[test]
fn where_nobody_can_see_the_need_is_said_first_with_the_reason() {
    let without = found(WITHOUT);
    assert_eq!(without.verdict[1], "Nobody at The Old School can see routine consultation: there is no GP.");
    let why = &without.next.as_ref().expect("a step for the other practice").why;
    assert!(why.starts_with("Elsewhere fewest are seen in time at Mill Lane ("), "{why}");
    let with = found(&format!("{WITHOUT}{GP}"));
    assert!(!with.verdict.iter().any(|sentence| sentence.contains("Nobody at")), "{:?}", with.verdict);
}

#[test]
fn a_backlog_that_keeps_growing_is_said_in_words_and_title() {
    let grows = found(WITHOUT);
    let said = |found: &Findings| found.verdict.iter().any(|s| s.starts_with("The backlog keeps growing: "));
    let title = |found: &Findings| titles::wrong_year(found.wrong_year.as_ref().expect("years"));
    assert!(said(&grows), "{:?}", grows.verdict);
    assert!(title(&grows).starts_with("The backlog keeps growing: to "), "{}", title(&grows));
    let enough = format!("{WITHOUT}{GP}").replace("slots_per_day = 40", "slots_per_day = 80");
    let enough = found(&enough.replace("slots_per_day = 30", "slots_per_day = 60"));
    assert!(!said(&enough), "{:?}", enough.verdict);
    assert!(!title(&enough).starts_with("The backlog keeps growing"), "{}", title(&enough));
}

#[test]
fn a_practice_by_itself_stands_once_in_a_table() {
    let alone = WITHOUT.replace("[practice.old]\nname = \"The Old School\"\nregistered_list = 3000\n", "");
    let alone = found(
        &alone
            .replace("[network.north]\nname = \"North network\"\n", "")
            .replace("network = \"north\"", "practice = \"mill\""),
    );
    let rows = |title: &str| {
        let table = alone.tables.iter().find(|t| t.title.starts_with(title)).expect("a table");
        table.rows.iter().map(|row| row[0].clone()).collect::<Vec<_>>()
    };
    for title in ["Target: Routine in 14 days", "Places as now: demand", "Places as now: what is not met"] {
        assert_eq!(rows(title), ["Mill Lane"], "{title}");
    }
    let why = &alone.next.as_ref().expect("a step").why;
    assert!(why.starts_with("At Mill Lane ") && !why.contains("ewest"), "{why}");
    // The other target has its line.
    assert!(alone.verdict.iter().any(|s| s.starts_with("Also: Medicines at once: ")), "{:?}", alone.verdict);
}
