//! R1, the reference network: the engine against figures on which independent programs agree.
//!
//! `tests/expected/r1.csv` holds means, standard deviations and percentiles of 147 outputs over 400,000
//! replications of another implementation. Ours are compared over 20,000 replications under a seed
//! declared beforehand. The rule: no |z| above 4, at most two above 3, root mean square z between 0.8
//! and 1.2; standard deviations and percentiles within 5 of their own standard errors. With 147 correlated
//! outputs the chance that a correct engine fails is below 5 %.

use rayon::prelude::*;
use skillmix::book::tally::{Flow, Tally};
use skillmix::experiment::run::first;
use skillmix::plan::lanes::LANES;
use skillmix::stats::moments::Moments;
use skillmix::year::Year;
use std::collections::BTreeMap;
use std::path::Path;

/// Declared before the comparison was first run.
const SEED: u64 = 20_181_121;
const REPLICATIONS: usize = 20_000;

struct Expected {
    mean: f64,
    sd: f64,
    se: f64,
    percentiles: [f64; 3],
}

fn expected() -> BTreeMap<String, Expected> {
    let text = include_str!("../expected/r1.csv");
    text.lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            let number = |i: usize| cells[i].parse().expect("a number in the table of expected values");
            let value = Expected {
                mean: number(1),
                sd: number(2),
                se: number(3),
                percentiles: [number(4), number(5), number(6)],
            };
            (cells[0].to_owned(), value)
        })
        .collect()
}

/// The 147 outputs of one lane. A mean or percentile of nothing is 0 here, as the workload defines it;
/// the engine itself says "no value".
fn outputs(year: &Year, tally: &Tally, lane: usize) -> Vec<(String, f64)> {
    let model = &year.model;
    let need = |name: &str| model.needs.iter().position(|n| n.name == name).expect("a need of R1");
    let role = |name: &str| model.roles.iter().position(|r| r.name == name).expect("a role of R1");
    let classes = [
        ("urgent", vec!["urgent"], "gp"),
        ("routine", vec!["routine"], "gp"),
        ("ltc", vec!["long_term_condition"], "nurse"),
        ("medication", vec!["medication"], "pharmacist"),
        ("admin", vec!["admin"], "gp"),
        ("redirected", vec!["urgent", "routine"], "pharmacist"),
    ];
    let mut out = Vec::new();
    for p in 0..6 {
        for (class, needs, by) in &classes {
            let cells: Vec<usize> = (0..year.book.service.seen_cells.len())
                .filter(|&i| {
                    let (practice, label, seen_by) = year.book.service.seen_cells[i];
                    practice == p && seen_by == role(by) && needs.iter().any(|n| label == need(n))
                })
                .collect();
            let at = |wait: usize| -> u64 {
                cells.iter().map(|c| u64::from(tally.waits[c * year.axis.days + wait][lane])).sum()
            };
            let counts: Vec<u64> = (0..year.axis.days).map(at).collect();
            let served: u64 = counts.iter().sum();
            let days: u64 = counts.iter().enumerate().map(|(w, n)| w as u64 * n).sum();
            let mut below = 0;
            let p95 = counts.iter().position(|n| {
                below += n;
                served > 0 && below * 100 >= served * 95
            });
            out.push((format!("served.p{p}.{class}"), served as f64));
            out.push((
                format!("mean_wait.p{p}.{class}"),
                if served > 0 { days as f64 / served as f64 } else { 0.0 },
            ));
            out.push((format!("p95_wait.p{p}.{class}"), p95.unwrap_or(0) as f64));
        }
        let flow = |needs: &[&str], flow: Flow| -> f64 {
            needs.iter().map(|n| f64::from(tally.flow[tally.at(p, need(n), flow)][lane])).sum()
        };
        let all = ["urgent", "routine", "long_term_condition", "medication", "admin"];
        let left = flow(&all, Flow::StillWaiting)
            + flow(&all, Flow::ReturnPending)
            + flow(&all, Flow::RebookPending);
        out.push((format!("arrivals.p{p}"), flow(&all, Flow::Requests)));
        out.push((format!("lost.p{p}"), flow(&["urgent"], Flow::GaveUp)));
        out.push((format!("dna.p{p}"), flow(&all, Flow::Dna)));
        out.push((format!("gave_up.p{p}"), flow(&all, Flow::Dna) - flow(&all, Flow::RebookDecided)));
        out.push((format!("bounced.p{p}"), flow(&all, Flow::ReturnDecided)));
        out.push((format!("left.p{p}"), left));
    }
    for (name, by) in [("gp", "gp"), ("nurse", "nurse"), ("pharmacist", "pharmacist")] {
        let (mut used, mut rostered) = (0, 0);
        for (i, post) in model.posts.iter().enumerate().filter(|(_, post)| post.role == role(by)) {
            let _ = post;
            for week in 0..tally.sizes.weeks {
                used += tally.used[i * tally.sizes.weeks + week][lane];
                rostered += tally.rostered[i * tally.sizes.weeks + week][lane];
            }
        }
        out.push((format!("util.{name}"), used as f64 / rostered as f64));
    }
    out
}

#[test]
fn r1_agrees_with_independent_implementations() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/reference/r1.toml");
    let scenario = skillmix::scenario::load(&path, &[]).unwrap_or_else(|r| panic!("{}", r.render(false)));
    let year = Year::new(scenario.options[0].model.clone(), SEED, false);
    let rows: Vec<Vec<Vec<(String, f64)>>> = first(REPLICATIONS)
        .par_chunks(LANES)
        .map_init(
            || year.block(),
            |block, reps| {
                year.run(reps, block);
                (0..reps.len()).map(|lane| outputs(&year, &block.book.tally, lane)).collect()
            },
        )
        .collect();
    let rows: Vec<Vec<(String, f64)>> = rows.into_iter().flatten().collect();
    let expected = expected();
    let n = rows.len() as f64;
    let (mut sum_z2, mut above_3, mut worst, mut spread_worst, mut rank_worst) =
        (0.0, 0, 0.0f64, 0.0f64, 0.0f64);
    let mut compared = 0;
    for (i, (name, _)) in rows[0].iter().enumerate() {
        let mut values: Vec<f64> = rows.iter().map(|row| row[i].1).collect();
        let moments = Moments::of(&values);
        let (mean, sd) = (moments.mean().expect("a mean"), moments.sd().expect("a spread"));
        let e = &expected[name];
        if sd == 0.0 && e.sd == 0.0 {
            assert_eq!(mean, e.mean, "{name}: constant in both");
            continue;
        }
        let z = (mean - e.mean) / (sd * sd / n + e.se * e.se).sqrt();
        compared += 1;
        sum_z2 += z * z;
        above_3 += usize::from(z.abs() > 3.0);
        if z.abs() > 2.5 {
            println!("{name}: ours {mean:.5}, expected {:.5}, z {z:.2}", e.mean);
        }
        worst = worst.max(z.abs());
        // The spread of a standard deviation follows from the fourth moment of our own sample.
        let fourth: f64 = values.iter().map(|x| (x - mean).powi(4)).sum::<f64>() / n;
        let se_sd = ((fourth / sd.powi(4) - 1.0).max(0.0) / (4.0 * n)).sqrt() * sd;
        let z_sd = (sd - e.sd) / se_sd.max(1e-12) / (1.0f64 + n / 400_000.0).sqrt();
        if z_sd.abs() > 3.0 {
            println!("{name}: sd ours {sd:.5}, expected {:.5}, z {z_sd:.2}", e.sd);
        }
        spread_worst = spread_worst.max(z_sd.abs());
        // A percentile agrees where the share of our values at or below it allows it.
        values.sort_by(f64::total_cmp);
        for (p, x) in [0.05, 0.5, 0.95].into_iter().zip(e.percentiles) {
            let slack = 1e-6 * x.abs() + if x.fract() == 0.0 { 0.0 } else { 1e-6 };
            let below = values.partition_point(|v| *v < x - slack) as f64 / n;
            let upto = values.partition_point(|v| *v <= x + slack) as f64 / n;
            let se = (p * (1.0 - p) * (1.0 / n + 1.0 / 400_000.0)).sqrt();
            let off = (below - p).max(p - upto).max(0.0) / se;
            if off > 3.0 {
                println!(
                    "{name}: P{:.0} {x} lies at {below:.4}-{upto:.4}, {off:.1} standard errors off",
                    p * 100.0
                );
            }
            rank_worst = rank_worst.max(off);
        }
    }
    let rms = (sum_z2 / compared as f64).sqrt();
    println!(
        "{compared} outputs: largest |z| {worst:.2}, {above_3} above 3, root mean square {rms:.3}; spread {spread_worst:.2}; percentiles {rank_worst:.2}"
    );
    assert!(worst <= 4.0 && above_3 <= 2, "means disagree");
    assert!((0.8..=1.2).contains(&rms), "root mean square z {rms}");
    assert!(spread_worst <= 5.0, "standard deviations disagree");
    assert!(rank_worst <= 5.0, "percentiles disagree");
}
