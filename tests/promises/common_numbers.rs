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
