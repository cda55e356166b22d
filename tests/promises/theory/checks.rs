//! Comparison with exact values, under rules declared beforehand (see `docs/validation.md`).

use super::sample::{Sample, Sums};
use std::sync::OnceLock;
use toml::{Table, Value};

/// Largest distance from an exact value [standard errors].
const LARGEST_Z: f64 = 4.0;
/// Largest standard error: of a value, and of a probability in absolute terms.
const LARGEST_SE: f64 = 0.02;
const LARGEST_SE_OF_SHARE: f64 = 0.002;
/// A share with fewer people (or days) than this on its rarer side is compared in absolute terms.
const RARE: f64 = 2000.0;
const RARE_DISTANCE: f64 = 0.0005;
/// A percentile may differ by one where the exact distribution is this close to its level.
const NEAR: f64 = 0.002;

/// The exact values of a case.
pub fn expected(case: &str) -> &'static Table {
    static ALL: OnceLock<Table> = OnceLock::new();
    let all = ALL.get_or_init(|| include_str!("../../cases/expected.toml").parse().expect("a table"));
    all[case].as_table().expect("a case")
}

/// A number of a table.
pub fn number(value: &Value) -> f64 {
    value.as_float().or_else(|| value.as_integer().map(|n| n as f64)).expect("a number")
}

/// Numbers of a table keyed by whole numbers or levels.
pub fn keyed(value: &Value) -> Vec<(f64, f64)> {
    value.as_table().expect("a table").iter().map(|(k, v)| (k.parse().expect("a number"), number(v))).collect()
}

/// Comparisons of one case.
pub struct Checks {
    case: String,
    zs: Vec<f64>,
    others: usize,
    largest_se: f64,
    failures: Vec<String>,
}

impl Checks {
    pub fn new(case: &str) -> Self {
        Self { case: case.into(), zs: Vec::new(), others: 0, largest_se: 0.0, failures: Vec::new() }
    }

    fn judge(&mut self, good: bool, text: String) {
        if !good {
            self.failures.push(text);
        }
    }

    /// An estimate with its standard error against an exact value.
    pub fn z(&mut self, name: &str, (ours, se): (f64, f64), exact: f64, share: bool) {
        let z = (ours - exact) / se;
        let relative = se / exact.abs();
        let precise = relative <= LARGEST_SE || share && se <= LARGEST_SE_OF_SHARE;
        self.largest_se = self.largest_se.max(if share { 0.0 } else { relative });
        self.zs.push(z);
        let text = format!("{name}: ours {ours:.6} ± {se:.6}, exact {exact:.6}, z {z:.2}");
        self.judge(z.abs() <= LARGEST_Z && precise, text);
    }

    /// A mean, a spread or a rate.
    pub fn value(&mut self, name: &str, sample: &Sample, exact: f64, figure: impl Fn(&Sums) -> f64 + Sync) {
        self.z(name, sample.estimate(&figure), exact, false);
    }

    /// A share of `n` people or days.
    pub fn share(&mut self, name: &str, sample: &Sample, exact: f64, n: f64, figure: impl Fn(&Sums) -> f64 + Sync) {
        if n * exact.min(1.0 - exact) >= RARE {
            self.z(name, sample.estimate(&figure), exact, true);
        } else {
            let ours = figure(&sample.pooled);
            self.close(name, ours, exact, RARE_DISTANCE);
        }
    }

    /// Something close to its exact value in absolute terms.
    pub fn close(&mut self, name: &str, ours: f64, exact: f64, distance: f64) {
        self.others += 1;
        self.judge((ours - exact).abs() <= distance, format!("{name}: ours {ours}, exact {exact}"));
    }

    /// Something that must be exactly so.
    pub fn same<T: PartialEq + std::fmt::Debug>(&mut self, name: &str, ours: T, exact: T) {
        self.others += 1;
        self.judge(ours == exact, format!("{name}: ours {ours:?}, exact {exact:?}"));
    }

    /// A percentile: the smallest x with P(X <= x) >= q. `upto(x)` is our P(X <= x) with its standard
    /// error. Ours may differ by one where the exact distribution lies within [`NEAR`] of the level, as far
    /// as the run can tell; by more only where many values share [`NEAR`] of probability, so that ours at
    /// the exact percentile is itself within [`NEAR`] of the level.
    pub fn percentile(&mut self, name: &str, q: f64, exact: f64, upto: impl Fn(usize) -> (f64, f64)) {
        let exact = exact as usize;
        self.others += 1;
        let at = upto(exact);
        let below = if exact == 0 { (0.0, 0.0) } else { upto(exact - 1) };
        let fits = |off: f64, se: f64, by_one: bool| {
            off <= 0.0 || off <= LARGEST_Z * se && (off <= NEAR || by_one && off <= NEAR + LARGEST_Z * se)
        };
        let good = fits(q - at.0, at.1, q <= upto(exact + 1).0)
            && (below.0 < q || fits(below.0 - q, below.1, exact < 2 || upto(exact - 2).0 < q));
        self.judge(good, format!("{name} {q}: exact {exact}, where ours has {:.5}, {:.5} one below", at.0, below.0));
    }

    /// Says what was compared; panics where something disagrees.
    pub fn finish(self) {
        let low = self.zs.iter().copied().fold(f64::INFINITY, f64::min);
        let high = self.zs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let n = self.zs.len();
        let range = if n > 0 { format!("z {low:.2} to {high:.2}, ") } else { String::new() };
        println!(
            "{}: {n} values ({range}largest standard error {:.2} %), {} others",
            self.case,
            100.0 * self.largest_se,
            self.others
        );
        assert!(self.failures.is_empty(), "{}:\n{}", self.case, self.failures.join("\n"));
    }
}
