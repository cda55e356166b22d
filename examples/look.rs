//! Scratch: look at a run.
use skillmix::{experiment::run::*, outcome::columns::*};
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
    println!("{}", scenario.warnings.render(false));
    let model = scenario.options[0].model.clone();
    let o = run("as_now", model.clone(), &first(n), Settings::new(1), &|_| {});
    for (i, c) in o.columns.all.iter().enumerate() {
        if c.place != Place::All {
            continue;
        }
        let x = o.column(i);
        let m = skillmix::stats::moments::Moments::of(&x);
        let about = match c.about {
            About::All => "".into(),
            About::Need(k) => model.needs[k].name.clone(),
            About::Role(r) => model.roles[r].name.clone(),
            About::Target(t) => model.targets[t].name.clone(),
        };
        if let Some(mean) = m.mean() {
            if mean.is_finite() {
                println!(
                    "{:28} {:24} {:14.3} sd {:10.3}",
                    c.measure.name,
                    about,
                    mean,
                    m.sd().unwrap_or(0.0)
                );
            }
        }
    }
}
