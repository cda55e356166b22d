//! Counted work: a replication of R1 makes about as many draws and serves about as many batches as it did.
//!
//! Time depends on the machine and its neighbours, counts do not: the same binary counts the same. A change that
//! makes the engine do more is seen here before any clock shows it, and one that halves the work has most likely
//! stopped counting (or drawing) something. Both counts leave the demand path out, whose draws are one a practice
//! and day by construction.

use skillmix::experiment::run::first;
use skillmix::plan::lanes::LANES;
use skillmix::year::Year;
use std::path::Path;

/// Replications counted: two full blocks.
const REPLICATIONS: usize = 32;
/// Draws a replication when this gate was set (seed as declared in the file).
const DRAWS: u64 = 19_047;
/// Batches served a replication when this gate was set.
const BATCHES: u64 = 14_792;

#[test]
fn a_replication_of_r1_does_no_more_work_than_it_did() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/reference/r1.toml");
    let scenario = skillmix::scenario::load(&path, &[]).unwrap_or_else(|r| panic!("{}", r.render(false)));
    let year = Year::new(scenario.options[0].model.clone(), scenario.run.seed, false);
    let mut block = year.block();
    let (mut draws, mut batches) = (0, 0);
    for reps in first(REPLICATIONS).chunks(LANES) {
        year.run(reps, &mut block);
        draws += block.book.tally.draws;
        batches += block.book.tally.batches;
    }
    let a_replication = |n: u64| n / REPLICATIONS as u64;
    for (what, counted, stated) in
        [("draws", a_replication(draws), DRAWS), ("batches", a_replication(batches), BATCHES)]
    {
        println!("{what} a replication: {counted}, stated {stated}");
        assert!(counted * 100 <= stated * 102, "{what}: {counted} a replication, more than {stated} and 2 %");
        assert!(counted * 2 >= stated, "{what}: {counted} a replication, less than half of {stated}");
    }
}
