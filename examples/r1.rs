//! Scratch: time and compare R1.
use skillmix::{experiment::run, plan::lanes::Replication, year::Year};
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
    let start = std::time::Instant::now();
    let mut served = [0u64; 8];
    for chunk in run::first(n).chunks(16) {
        year.run(chunk, &mut block);
        for (i, &(p, k, r)) in year.book.service.seen_cells.iter().enumerate() {
            if p == 0 {
                for w in 0..year.axis.days {
                    for l in 0..chunk.len() {
                        served[k] += block.book.tally.waits[i * year.axis.days + w][l] as u64;
                        let _ = r;
                    }
                }
            }
        }
    }
    println!(
        "{:.4} ms a replication; draws {} batches {}",
        start.elapsed().as_secs_f64() * 1e3 / n as f64,
        block.book.tally.draws / 16,
        block.book.tally.batches / 16
    );
    for (k, s) in served.iter().enumerate().take(year.model.needs.len()) {
        println!("{} {}", year.model.needs[k].name, *s as f64 / n as f64);
    }
    let _ = Replication { draw: 0, chance: 0 };
}
