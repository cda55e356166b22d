//! One block of sixteen replications, side by side: the reference network and the real borough.
//!
//! `cargo bench --bench reference`; divide by sixteen for a replication. Docs/performance.md says how the
//! figures quoted there were taken.

use skillmix::experiment::run::first;
use skillmix::plan::lanes::LANES;
use skillmix::year::{Block, Year};
use std::path::Path;

fn main() {
    divan::main();
}

/// An option compiled, with the buffers of a block.
fn ready(file: &str) -> (Year, Block) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(file);
    let scenario = skillmix::scenario::load(&path, &[]).unwrap_or_else(|r| panic!("{}", r.render(false)));
    let year = Year::new(scenario.options[0].model.clone(), 20_181_121, false);
    let block = year.block();
    (year, block)
}

#[divan::bench(args = ["reference/r1.toml", "hammersmith-fulham/central.toml"], sample_count = 20)]
fn block_of_sixteen(bencher: divan::Bencher<'_, '_>, file: &str) {
    let (year, mut block) = ready(file);
    let reps = first(LANES);
    bencher.bench_local(|| year.run(&reps, &mut block));
}
