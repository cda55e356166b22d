//! Laws against exact moments and quantiles (case DI-O1), their shape, and golden values.

use super::*;
use crate::stats::special::tests::close;

/// One law of each kind.
fn laws() -> [(&'static str, Law); 13] {
    let scale = |scale| Law::Range80 { low: 0.18, high: 0.33, scale };
    [
        ("fixed", Law::Fixed(0.25)),
        ("pert", Law::Pert { low: 5.0, likely: 10.0, high: 25.0 }),
        ("range80 share", scale(Range80Scale::Share)),
        ("range80 positive", scale(Range80Scale::Positive)),
        ("range80 real", scale(Range80Scale::Real)),
        ("triangular", Law::Triangular { low: 5.0, likely: 10.0, high: 25.0 }),
        ("uniform", Law::Uniform { low: -1.0, high: 3.0 }),
        ("normal", Law::Normal { mean: 2.0, sd: 3.0 }),
        ("lognormal", Law::Lognormal { mean: 12.0, sd: 6.0 }),
        ("beta", Law::Beta { a: 21.0168, b: 56.8232 }),
        ("truncated normal", Law::TruncatedNormal { mean: 10.0, sd: 4.0, low: 5.0, high: 20.0 }),
        ("gamma", Law::Gamma { mean: 10.0, sd: 4.0 }),
        ("weibull", Law::Weibull { shape: 0.9, scale: 0.8 }),
    ]
}

/// The expectations of DI-O1 carry ten digits.
fn holds(law: Law, mean: f64, sd: f64, quantiles: &[(f64, f64)]) {
    close(law.mean(), mean, 1e-9);
    close(law.sd(), sd, 1e-9);
    for (u, want) in quantiles {
        close(law.quantile(*u), *want, 1e-9);
    }
}

#[test]
fn di_o1_bounded_laws() {
    let third = 40.0 / 3.0;
    let triangular = [(0.5, 12.75255129), (0.05, 7.236067977), (0.95, 21.12701665)];
    holds(
        Law::Triangular { low: 5.0, likely: 10.0, high: 25.0 },
        third,
        libm::sqrt(18.05555555556),
        &triangular,
    );
    let pert = [(0.5, 11.27620341), (0.05, 6.528807828), (0.95, 18.14816636)];
    holds(Law::Pert { low: 5.0, likely: 10.0, high: 25.0 }, 35.0 / 3.0, libm::sqrt(12.69841269841), &pert);
    assert_eq!(pert_shapes(5.0, 10.0, 25.0), (2.0, 4.0));
    // the shapes of a beta of mean 0.27 and standard deviation 0.05
    let beta = Law::Beta { a: 21.0168, b: 56.8232 };
    holds(beta, 0.27, 0.05, &[(0.05, 0.1912008753), (0.95, 0.355559236)]);
}

#[test]
fn di_o1_open_laws() {
    let (mu, sigma) = log_moments(12.0, 6.0);
    close(mu, 2.373334874, 1e-9);
    close(sigma, 0.4723807271, 1e-9);
    holds(Law::Lognormal { mean: 12.0, sd: 6.0 }, 12.0, 6.0, &[(0.5, 10.73312629), (0.95, 23.34381406)]);
    holds(Law::Gamma { mean: 10.0, sd: 4.0 }, 10.0, 4.0, &[(0.5, 9.472021759), (0.95, 17.35664269)]);
    let weibull = [(0.5, 0.5323893855), (0.95, 2.707308599)];
    holds(Law::Weibull { shape: 0.9, scale: 0.8 }, 0.8417469767, 0.9368896267, &weibull);
}

/// Truncation at one end far out, and at both ends near the middle.
#[test]
fn di_o1_truncated_normal() {
    let half = Law::TruncatedNormal { mean: 5.0, sd: 1.0, low: 0.0, high: f64::INFINITY };
    holds(half, 5.000001487, 0.9999962832, &[(0.5, 5.000000359), (0.95, 6.644853766)]);
    let both = Law::TruncatedNormal { mean: 10.0, sd: 4.0, low: 5.0, high: 20.0 };
    holds(both, 10.7436696, 3.247221937, &[(0.5, 10.49981638), (0.95, 16.55561346)]);
}

/// What the planner states is what comes out, on whichever scale the law is normal.
#[test]
fn a_range80_has_its_p10_and_p90() {
    for scale in [Range80Scale::Share, Range80Scale::Positive, Range80Scale::Real] {
        let law = Law::Range80 { low: 0.18, high: 0.33, scale };
        close(law.quantile(0.1), 0.18, 1e-14);
        close(law.quantile(0.9), 0.33, 1e-14);
    }
}

/// Mean and variance by 100,000 mid-points of the quantile function, against the formulae.
#[test]
fn means_agree_with_the_quantile_functions() {
    for (name, law) in laws() {
        let n = 100_000;
        let values: Vec<f64> = (0..n).map(|i| law.quantile((f64::from(i) + 0.5) / f64::from(n))).collect();
        let mean = values.iter().sum::<f64>() / f64::from(n);
        let variance = values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / f64::from(n);
        assert!((mean - law.mean()).abs() < 2e-4 * law.mean().abs(), "{name}: {mean} {}", law.mean());
        assert!((libm::sqrt(variance) - law.sd()).abs() <= 1e-3 * law.sd(), "{name}: {variance}");
    }
}

/// Both ends of u among them: there the law gives the ends of its support.
#[test]
fn quantiles_rise_and_stay_in_the_support() {
    for (name, law) in laws() {
        let (low, high) = law.support();
        let mut before = f64::NEG_INFINITY;
        for i in 0..=4000 {
            let x = law.quantile(f64::from(i) / 4000.0);
            assert!(x >= before && x >= low && x <= high, "{name} at {i}: {x} after {before}");
            before = x;
        }
        assert_eq!((law.quantile(0.0), law.quantile(1.0)), (low, high), "{name}");
    }
}

/// FNV-1a over the bits of 1,023 quantiles a law. A changed hash is a changed draw: a value-breaking change.
#[test]
fn golden_quantiles() {
    let hashes: Vec<(&str, String)> = laws()
        .into_iter()
        .map(|(name, law)| {
            let bytes = (1..1024).flat_map(|i| law.quantile(f64::from(i) / 1024.0).to_bits().to_le_bytes());
            let hash = bytes
                .fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
            (name, format!("{hash:016x}"))
        })
        .collect();
    let hashes: Vec<(&str, &str)> = hashes.iter().map(|(name, hash)| (*name, hash.as_str())).collect();
    assert_eq!(hashes, GOLDEN);
}

/// In the order of [`laws`].
const GOLDEN: [(&str, &str); 13] = [
    ("fixed", "5d696053a1fa00b8"),
    ("pert", "0ee2a1a7a229b8e6"),
    ("range80 share", "766d4d5eb4c66565"),
    ("range80 positive", "1e838ed4a2480226"),
    ("range80 real", "ec827eb19b0a45f6"),
    ("triangular", "bf194a3abab8165a"),
    ("uniform", "65e2c82ff95334e5"),
    ("normal", "7acf5485f160c7d2"),
    ("lognormal", "310de55315087470"),
    ("beta", "47f7f59218d44162"),
    ("truncated normal", "c477e3874005adfd"),
    ("gamma", "261e07307247ed63"),
    ("weibull", "8a0d73b5a49a06d3"),
];

/// Prints the cost of a quantile: `cargo test --lib cost -- --ignored --nocapture`.
#[test]
#[ignore = "a measurement, not a test"]
fn cost_of_a_quantile() {
    for (name, law) in laws() {
        let start = std::time::Instant::now();
        let sum: f64 = (1..100_000).map(|i| law.quantile(f64::from(i) / 100_000.0)).sum();
        println!("{name}: {:.0} ns [{sum:.3}]", start.elapsed().as_nanos() as f64 / 1e5);
    }
}
