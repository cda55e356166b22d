//! Drawing the uncertain quantities: one slice of slots for each draw index.
//!
//! Each quantity is the quantile function of its own keyed uniform. The key is the address, so the same
//! quantity has the same luck in every option and under every overlay.
//!
//! In: [`Inputs`] and the draw index. Out: values, in the units of their addresses. No quantity depends on
//! the number or the order of the others: only the slots do.

use crate::model::number::{Input, Inputs};
use crate::model::place::Practice;
use crate::quantity::{Law, shares};
use crate::random::{Key, Purpose, entity_hash, open_unit};

/// How the slots of one input are drawn.
#[derive(Clone, Debug)]
enum Draw {
    /// A law and a key for each slot.
    Law(Law, Vec<Key>),
    /// Dirichlet: a shape and a key for each share.
    Shares(Vec<f64>, Vec<Key>),
}

/// Every uncertain input with its keys.
#[derive(Clone, Debug)]
pub struct DrawPlan {
    /// Law and keys, the slots it fills, and by how many indexes its draws are taken further on.
    draws: Vec<(Draw, std::ops::Range<usize>, u64)>,
    /// Length of the slice.
    slots: usize,
}

impl DrawPlan {
    /// Keys every input by its address.
    ///
    /// `practices` name the draws of quantities that each practice draws for itself.
    pub fn new(inputs: &Inputs, practices: &[Practice], seed: u64) -> Self {
        let key = |address: &str| Key::new(seed, Purpose::Quantity, entity_hash(address));
        let draws = inputs
            .iter()
            .map(|(input, range)| {
                let draw = match input {
                    Input::One(quantity) if quantity.per_practice => Draw::Law(
                        quantity.law,
                        practices.iter().map(|p| key(&format!("{}@{}", quantity.address, p.name))).collect(),
                    ),
                    Input::One(quantity) => Draw::Law(quantity.law, vec![key(&quantity.address)]),
                    Input::Shares(shares) => Draw::Shares(
                        shares.alpha.clone(),
                        shares.names.iter().map(|n| key(&format!("{}.{n}", shares.address))).collect(),
                    ),
                };
                (draw, range, inputs.further(input.address()))
            })
            .collect();
        Self { draws, slots: inputs.slots() }
    }

    /// Number of slots.
    pub fn slots(&self) -> usize {
        self.slots
    }

    /// Fills the slots of a draw.
    ///
    /// `slots` has [`DrawPlan::slots`] places, all of which are written. Allocates nothing; costs one
    /// quantile a slot.
    pub fn draw(&self, index: u64, slots: &mut [f64]) {
        for (draw, range, further) in &self.draws {
            // Wrapping, so that an index near the end of the range is as good as any
            // ([`Inputs::take_further`]).
            let index = index.wrapping_add(*further);
            let out = &mut slots[range.clone()];
            match draw {
                Draw::Law(law, keys) => {
                    for (slot, key) in out.iter_mut().zip(keys) {
                        *slot = law.quantile(open_unit(key.words(index, 0, 0)[0]));
                    }
                }
                Draw::Shares(alpha, keys) => {
                    shares(alpha, keys.iter().map(|key| open_unit(key.words(index, 0, 0)[0])), out);
                }
            }
        }
    }
}
