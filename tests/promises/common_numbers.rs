//! Common random numbers: options share their luck, so their differences are sharp.
//!
//! With inputs fixed, the variance of a paired difference is set against that of the difference of two
//! independent runs: (Var a + Var b) / Var(a - b). Over 640 replications an estimate of a ratio of
//! variances has a relative standard error of about sqrt(2 x 2/640) = 8 %; the floors below stand more than
//! five of these under what was measured when the test was written (in docs/validation.md).

use skillmix::experiment::run::{Settings, first, run};
use skillmix::outcome::columns::{About, Place};
use skillmix::stats::paired::PairingGain;
use std::path::Path;

const SEED: u64 = 20_181_121;
const REPLICATIONS: usize = 640;

#[test]
fn paired_differences_are_sharper_than_independent_ones() {
    // Three in a hundred more routine requests: a change of demand, so that every figure answers.
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios/r1-more.toml");
    let scenario = skillmix::scenario::load(&path, &[]).unwrap_or_else(|r| panic!("{}", r.render(false)));
    let outcomes: Vec<_> = scenario
        .options
        .iter()
        .map(|o| run(&o.name, o.model.clone(), &first(REPLICATIONS), Settings::new(SEED), &|_| {}))
        .collect();
    let model = &scenario.options[0].model;
    let gp = model.roles.iter().position(|r| r.name == "gp").expect("a GP role");
    let figures = [
        ("requests", "requests", About::All, 20.0),
        ("GP contacts", "contacts", About::Role(gp), 3.0),
        ("mean wait", "wait_mean", About::All, 1.5),
        ("seen within target", "seen_within_target", About::Target(0), 1.5),
    ];
    for (name, measure, about, floor) in figures {
        let series = |i: usize| outcomes[i].series(measure, Place::All, about).expect("the measure is kept");
        let (now, more) = (series(0), series(1));
        let pairs: Vec<(f64, f64)> = now.into_iter().zip(more).collect();
        let ratio = PairingGain::of(&pairs).expect("enough replications").ratio();
        println!("{name}: variance ratio {ratio:.1}");
        assert!(ratio >= floor, "{name}: variance ratio {ratio:.2}, at least {floor} expected");
    }
}

/// Two practices that share a nurse, with needs of one priority, referrals on and a lever against missed appointments.
const SHARED: &str = r#"
[horizon]
start = 2019-04-01
weeks = 26
[network.river]
[practice.hill]
network = "river"
registered_list = 2000
[practice.mill]
network = "river"
registered_list = 3000
[need.ill]
rate_per_patient_year = 1.0
roles = ["gp", "nurse"]
dna = { share = 0.1, rebook = 0.5 }
refers_on.nurse = { share = 0.3, after_days = 2 }
gives_up = { after_days = 1, chance_each_day = 0.2, to = { ae = 1.0 } }
[need.letters]
rate_per_patient_year = 0.5
roles = ["gp"]
slot_minutes = 15
[role.gp]
[role.nurse]
[post.hill_gp]
practice = "hill"
role = "gp"
slots_per_day = 9
[post.mill_gp]
practice = "mill"
role = "gp"
slots_per_day = 13
[post.nurse]
network = "river"
role = "nurse"
slots_per_day = 3
[lever.texts]
[lever.texts.change.dna]
dna = { needs = ["ill"], factor = 0.5 }
[option.as_now]
levers = ["texts"]
"#;

/// A practice, a network, a role and a lever whose names come before all others.
const FURTHER: &str = r#"
[network.bay]
[practice.abbey]
network = "bay"
registered_list = 1000
[role.aide]
[post.abbey_gp]
practice = "abbey"
role = "gp"
slots_per_day = 5
[post.abbey_aide]
practice = "abbey"
role = "aide"
slots_per_day = 1
[lever.calls]
[lever.calls.change.dna]
dna = { needs = ["letters"], factor = 0.5 }
"#;

#[test]
fn what_is_added_elsewhere_moves_nobody() {
    let series = |text: &str| -> Vec<Vec<f64>> {
        let scenario = skillmix::scenario::load_text("test", text, &[])
            .unwrap_or_else(|r| panic!("{}", r.render(false)));
        let model = &scenario.options[0].model;
        let outcome = run("as_now", model.clone(), &first(32), Settings::new(SEED), &|_| {});
        let figures = ["requests", "attended", "dna", "referred_on", "gave_up", "wait_mean", "backlog_end"];
        let places = ["hill", "mill"].map(|name| {
            Place::Practice(model.practices.iter().position(|p| p.name == name).expect("the practice"))
        });
        let of =
            |place: &Place| figures.map(|figure| outcome.series(figure, *place, About::All).expect(figure));
        places.iter().flat_map(of).collect()
    };
    let alone = series(SHARED);
    let beside = series(&format!("{}{FURTHER}", SHARED.replace("[\"texts\"]", "[\"calls\", \"texts\"]")));
    assert!(alone.iter().flatten().any(|figure| *figure > 0.0) && alone.len() == 14);
    for (figure, (a, b)) in alone.iter().zip(&beside).enumerate() {
        let differ = a.iter().zip(b).filter(|(a, b)| a.to_bits() != b.to_bits()).count();
        assert_eq!(differ, 0, "figure {figure}: {differ} of 32 years differ");
    }
}

/// A lever that sends people before its post has begun sends nobody until then: to the bit as if it had begun with the
/// post.
#[test]
fn nobody_is_sent_to_a_post_that_has_not_begun() {
    const LATE: &str = r#"
[horizon]
start = 2019-04-01
weeks = 26
[practice.hill]
registered_list = 4000
[need.routine]
rate_per_patient_year = 4.0
roles = ["gp"]
[role.gp]
staff_group = "GP"
[role.pharmacist]
[post.gps]
practice = "hill"
role = "gp"
slots_per_day = 60
[post.pharmacist]
practice = "hill"
role = "pharmacist"
slots_per_day = 20
from = 2019-07-01
[lever.send]
starts = 2019-04-01
change.over.redirect = { need = "routine", to = "role:pharmacist", accepted = 0.2 }
[option.early]
levers = ["send"]
"#;
    let figures = |sets: &[&str]| -> (Vec<u32>, f64) {
        let sets: Vec<String> = sets.iter().map(ToString::to_string).collect();
        let scenario = skillmix::scenario::load_text("late.toml", LATE, &sets)
            .unwrap_or_else(|r| panic!("{}", r.render(false)));
        let outcome =
            run("early", scenario.options[1].model.clone(), &first(32), Settings::new(SEED), &|_| {});
        let rows = (0..32).flat_map(|year| outcome.row(year)).map(f32::to_bits).collect();
        let sent = outcome.series("redirected_inside", Place::All, About::All).expect("it is kept");
        (rows, sent.iter().sum())
    };
    let (early, sent) = figures(&[]);
    let (with_the_post, also_sent) = figures(&["lever.send.starts=2019-07-01"]);
    assert!(sent > 0.0 && sent == also_sent, "{sent} and {also_sent} sent");
    // `change_rated` counts what stood before the change on days on which it is in force: the only thing that may differ
    // would be what was counted while nobody was there, and nothing is.
    assert_eq!(early, with_the_post);
    let (from_the_first_day, more) = figures(&["post.pharmacist.from=2019-04-01"]);
    assert!(more > sent && from_the_first_day != early);
}
