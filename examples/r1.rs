//! Scratch: time a scenario.
use skillmix::{experiment::run, year::Year};
fn main() {
    let n: usize = std::env::args().nth(1).and_then(|s| s.parse().ok()).unwrap_or(160);
    let path = std::env::args().nth(2).unwrap_or("scenarios/reference/r1.toml".into());
    let scenario = match skillmix::scenario::load(path.as_ref(), &[]) {
        Ok(s) => s,
        Err(r) => {
            println!("{}", r.render(false));
            return;
        }
    };
    let model = scenario.options[0].model.clone();
    let year = Year::new(model, 20181121, false);
    let mut block = year.block();
    println!(
        "lines {} cells {} MB seen {} served {} posts {}",
        year.book.lines.all.len(),
        year.book.lines.cells * 64 / 1000000,
        year.book.service.seen_cells.len(),
        year.book.service.served.len(),
        year.model.posts.len()
    );
    let start = std::time::Instant::now();
    let mut sum = 0u64;
    for chunk in run::first(n).chunks(16) {
        year.run(chunk, &mut block);
        for row in &block.book.tally.attended_band {
            for l in 0..chunk.len() {
                sum += row[l] as u64;
            }
        }
    }
    println!(
        "{:.4} ms a replication; draws {} batches {} attended {}",
        start.elapsed().as_secs_f64() * 1e3 / n as f64,
        block.book.tally.draws / 16,
        block.book.tally.batches / 16,
        sum as f64 / n as f64
    );
}
