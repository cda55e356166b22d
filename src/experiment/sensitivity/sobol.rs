//! Sobol' indices by Saltelli's design on keyed draws: which number, alone and with the others, makes a figure vary.
//!
//! Point A of a base point is a replication as any other: draw i, chance i. Point B is replication N + i. "A with one
//! number from B" is the model in which that number alone takes its draw N further on, so no design has to be kept:
//! each number has its own stream, and any point can be run alone. Numbers that are not taken up one by one are one
//! group, and so is chance; with them the groups are all that a figure depends on. The cost is N (k + 2) simulated
//! years of each model, k the groups.
//!
//! Fit: the draws themselves are the design: a draw index is a base point, so no table of points is kept. See
//! [`indices`](crate::stats::indices) for the estimates.

use super::Subject;
use super::drive::CONFIDENCE;
use super::held::{Bench, Pairs};
use super::inputs::Uncertain;
use crate::experiment::run::first;
use crate::model::number::Inputs;
use crate::plan::lanes::Replication;
use crate::random::{Key, Purpose, entity_hash};
use crate::stats::indices::{Index, Results, indices};

/// Resamples of the bootstrap.
const RESAMPLES: u32 = 500;

/// What an index is of: a number (or shares drawn together), all other numbers, or the luck of the years.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Group {
    /// One uncertain number, or all shares that are drawn together with it.
    Input(usize),
    /// All other numbers that are not known.
    Others,
    /// Chance: the luck of the years.
    Chance,
}

/// Indices of every group: two more than the numbers taken up, for the others and for chance.
#[derive(Clone, Debug)]
pub struct Sobol {
    /// Base points.
    pub points: usize,
    /// The groups.
    pub groups: Vec<Group>,
    /// `[subject][group]`; none where the subject does not vary.
    pub indices: Vec<Option<Vec<Index>>>,
}

/// Runs the design for some numbers.
///
/// `taken` are positions in `inputs`, each once; `points` is how many base points are played. Years: `points` times the
/// groups and two, in every model.
pub fn sobol(
    bench: &Bench<'_>,
    (inputs, subjects): (&[Uncertain], &[Subject]),
    taken: &[usize],
    points: usize,
    seed: u64,
) -> Sobol {
    let by = points as u64;
    let (a, b) = (first(points), shifted(points, by, by));
    let base = bench.plain(&a);
    let other = bench.plain(&b);
    let mut groups: Vec<Group> = Vec::new();
    let mut mixed: Vec<Pairs> = Vec::new();
    let own = own_inputs(inputs, taken);
    for &at in &own {
        let further = |found: &mut Inputs| found.take_further(&inputs[at].drawn_with, by);
        mixed.push(bench.changed(&further, &a, &base));
        groups.push(Group::Input(at));
    }
    // All that is drawn N further on, but the numbers above N back again: the others from B.
    let back = |found: &mut Inputs| {
        for &at in &own {
            found.take_further(&inputs[at].drawn_with, by.wrapping_neg());
        }
        true
    };
    mixed.push(bench.changed(&back, &shifted(points, by, 0), &base));
    groups.push(Group::Others);
    mixed.push(bench.plain(&shifted(points, 0, by)));
    groups.push(Group::Chance);
    let of = |subject: &Subject| {
        let results = Results {
            a: base.series(*subject),
            b: other.series(*subject),
            mixed: mixed.iter().map(|pairs| pairs.series(*subject)).collect(),
        };
        let key = Key::new(seed, Purpose::Bootstrap, entity_hash("sensitivity/saltelli"));
        indices(&results, CONFIDENCE, RESAMPLES, key)
    };
    Sobol { points, groups, indices: subjects.iter().map(of).collect() }
}

/// The numbers taken up, one of those that are drawn together.
fn own_inputs(inputs: &[Uncertain], taken: &[usize]) -> Vec<usize> {
    let mut own: Vec<usize> = Vec::new();
    for &at in taken {
        if !own.iter().any(|known| inputs[*known].drawn_with == inputs[at].drawn_with) {
            own.push(at);
        }
    }
    own
}

/// Replications with draw and chance so much further on.
fn shifted(points: usize, draw: u64, chance: u64) -> Vec<Replication> {
    (0..points as u64).map(|i| Replication::new(draw + i, chance + i)).collect()
}
