//! The same bytes, however many threads and replications side by side.

use super::small::any_small;
use proptest::prelude::*;
use skillmix::experiment::run::{Asked, RunResult, Settings, first, run, run_all};
use skillmix::model::Model;
use skillmix::outcome::Outcome;
use skillmix::plan::lanes::Replication;
use skillmix::scenario::{load, load_text};

/// What a model comes to.
fn outcome(model: &Model, replications: &[Replication], threads: usize, lanes: usize) -> (Vec<u32>, String) {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    let settings = Settings { lanes, days: true, full: true, ..Settings::new(11) };
    let outcome = pool.install(|| run("", model.clone(), replications, settings, &|_| {}));
    bits(&outcome, replications.len())
}

/// Figures of every replication, to the bit, and the sums over replications.
pub(super) fn bits(outcome: &Outcome, replications: usize) -> (Vec<u32>, String) {
    let rows = (0..replications).flat_map(|r| outcome.row(r)).map(f32::to_bits).collect();
    (rows, format!("{:?}", outcome.sums))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn threads_and_lanes_change_nothing(small in any_small()) {
        let scenario = load_text("small", &small.text(0.5), &[]).map_err(|r| r.render(false)).expect("a scenario");
        let model = &scenario.options[1].model;
        let replications = first(45);
        let (rows, sums) = outcome(model, &replications, 1, 16);
        for (threads, lanes) in [(1, 1), (1, 4), (2, 16), (3, 4), (8, 1), (8, 16)] {
            let other = outcome(model, &replications, threads, lanes);
            prop_assert!(rows == other.0, "rows with {} threads and {} lanes", threads, lanes);
            prop_assert!(sums == other.1, "sums with {} threads and {} lanes", threads, lanes);
        }
        let (alone, _) = outcome(model, &replications[37..38], 1, 1);
        let width = rows.len() / replications.len();
        prop_assert!(alone[..] == rows[37 * width..38 * width], "replication 37 alone");
    }
}

/// A run that ends by itself ends at the same year, and asks for as many, with any threads and lanes.
#[test]
fn a_precision_is_reached_at_the_same_year() {
    let sets = [
        "run.headline=\"requests\"".to_owned(),
        "need.routine.rate_per_patient_year={ range80 = [0.9, 1.1] }".to_owned(),
    ];
    let fixture = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios/compare.toml");
    let scenario = load(&fixture, &sets).map_err(|r| r.render(false)).expect("a scenario");
    let ended = |threads: usize, lanes: usize| -> RunResult {
        let settings = Settings { lanes, ..Settings::new(11) };
        let asked = Asked { settings, replications: 2000, precision: Some(0.01) };
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| run_all(scenario.clone(), asked, &|_, _| {}))
    };
    let one = ended(1, 16);
    assert!(one.needed.is_some_and(|n| n > 64 && n < one.replications), "{:?}", one.needed);
    for (threads, lanes) in [(1, 1), (2, 16), (3, 5)] {
        let other = ended(threads, lanes);
        assert_eq!((one.needed, one.replications), (other.needed, other.replications), "{threads}, {lanes}");
        let bits = |run: &RunResult| -> Vec<u32> {
            run.options[1].row(run.replications - 1).into_iter().map(f32::to_bits).collect()
        };
        assert_eq!(bits(&one), bits(&other), "{threads}, {lanes}");
    }
}
