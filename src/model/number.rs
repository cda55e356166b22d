//! A number of the model: fixed, or one of the scenario's uncertain quantities.
//!
//! Uncertain quantities are drawn together, once for each draw index, into one slice of *slots*; a
//! [`Number`] says which slot to read. A quantity with `per = "practice"` owns one slot a practice.

use crate::quantity::{Dirichlet, Law, Quantity};
use crate::random::open_unit;

/// A number as the model knows it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// The same in every draw.
    Fixed(f64),
    /// The slot of an uncertain quantity.
    Drawn(usize),
    /// The first of as many slots as there are practices (in practice order).
    DrawnPerPractice(usize),
    /// An uncertain number times a known factor.
    Scaled {
        /// Its slot, or the first of them.
        slot: usize,
        /// True where each practice has its own slot.
        per_practice: bool,
        /// Factor.
        factor: f64,
    },
}

impl Number {
    /// Nought.
    pub const ZERO: Self = Self::Fixed(0.0);
    /// One.
    pub const ONE: Self = Self::Fixed(1.0);

    /// The value in a draw, for a practice (any index where the number is not per practice).
    ///
    /// Costs a look-up. `slots` may be empty where the number is fixed.
    ///
    /// # Panics
    ///
    /// Where it is drawn and `slots` are not those of its scenario.
    #[inline]
    pub fn at(self, slots: &[f64], practice: usize) -> f64 {
        match self {
            Self::Fixed(value) => value,
            Self::Drawn(slot) => slots[slot],
            Self::DrawnPerPractice(first) => slots[first + practice],
            Self::Scaled { slot, per_practice, factor } => {
                factor * slots[slot + if per_practice { practice } else { 0 }]
            }
        }
    }

    /// The number times a known factor, whatever it will be in a draw.
    pub fn times(self, by: f64) -> Self {
        match self {
            Self::Fixed(value) => Self::Fixed(value * by),
            Self::Drawn(slot) => Self::Scaled { slot, per_practice: false, factor: by },
            Self::DrawnPerPractice(slot) => Self::Scaled { slot, per_practice: true, factor: by },
            Self::Scaled { slot, per_practice, factor } => {
                Self::Scaled { slot, per_practice, factor: factor * by }
            }
        }
    }

    /// The slot it reads, or the first of them, and the known factor on it; the value where it is fixed.
    fn slot(self) -> Result<(usize, f64), f64> {
        match self {
            Self::Fixed(value) => Err(value),
            Self::Drawn(slot) | Self::DrawnPerPractice(slot) => Ok((slot, 1.0)),
            Self::Scaled { slot, factor, .. } => Ok((slot, factor)),
        }
    }

    /// The value if it is fixed.
    pub fn fixed(self) -> Option<f64> {
        match self {
            Self::Fixed(value) => Some(value),
            _ => None,
        }
    }
}

/// An input that is drawn: one quantity, or shares that are drawn together.
#[derive(Clone, Debug)]
pub enum Input {
    /// One quantity (with one slot, or one a practice).
    One(Quantity),
    /// Shares that sum to one (a slot each, in the order of their names).
    Shares(Dirichlet),
}

impl Input {
    /// Where it stands in the scenario.
    pub fn address(&self) -> &str {
        match self {
            Self::One(quantity) => &quantity.address,
            Self::Shares(shares) => &shares.address,
        }
    }
}

/// Every uncertain input of a scenario with the slots it owns.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    items: Vec<(Input, std::ops::Range<usize>)>,
    /// Address of an input and by how many indexes its draws are taken further on.
    ///
    /// Several entries of one address add up.
    further: Vec<(String, u64)>,
    slots: usize,
}

impl Inputs {
    /// Adds a quantity; `practices` is the number of practices.
    ///
    /// The slots stand behind all that were added before; adding moves nobody's.
    pub fn add(&mut self, quantity: Quantity, practices: usize) -> Number {
        let width = if quantity.per_practice { practices } else { 1 };
        let first = self.slots;
        let number =
            if quantity.per_practice { Number::DrawnPerPractice(first) } else { Number::Drawn(first) };
        self.slots += width;
        self.items.push((Input::One(quantity), first..self.slots));
        number
    }

    /// Adds shares drawn together and returns a number for each of its names, in order.
    pub fn add_shares(&mut self, shares: Dirichlet) -> Vec<Number> {
        let first = self.slots;
        self.slots += shares.alpha.len();
        self.items.push((Input::Shares(shares), first..self.slots));
        (first..self.slots).map(Number::Drawn).collect()
    }

    /// The largest value a number can have in any draw.
    ///
    /// Of its law at the largest uniform number that can be drawn, so it is finite; 1 for one of several
    /// shares. A negative factor turns it round.
    pub fn largest(&self, number: Number) -> f64 {
        self.quantile(number, open_unit(u64::MAX)).unwrap_or(1.0)
    }

    /// The value that a number stays below with a chance `p` in (0, 1); none for one of several shares drawn together.
    pub fn quantile(&self, number: Number, p: f64) -> Option<f64> {
        let (slot, factor) = match number.slot() {
            Ok(drawn) => drawn,
            Err(value) => return Some(value),
        };
        match self.owner(slot) {
            Some((Input::One(quantity), _)) => Some(factor * quantity.law.quantile(p)),
            Some((Input::Shares(_), _)) | None => None,
        }
    }

    /// Number of slots in a draw.
    pub fn slots(&self) -> usize {
        self.slots
    }

    /// The inputs with their slots, in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = (&Input, std::ops::Range<usize>)> {
        self.items.iter().map(|(input, range)| (input, range.clone()))
    }

    /// The mean of a number over all that it may be (for a practice's own, over its law).
    ///
    /// NaN where no input owns the slot, which a model that was read from a scenario has not got.
    pub fn mean(&self, number: Number) -> f64 {
        let (slot, factor) = match number.slot() {
            Ok(drawn) => drawn,
            Err(value) => return value,
        };
        let mean = self.owner(slot).map_or(f64::NAN, |(input, range)| match input {
            Input::One(quantity) => quantity.law.mean(),
            Input::Shares(shares) => shares.mean(slot - range.start),
        });
        factor * mean
    }

    /// The input that owns a slot.
    fn owner(&self, slot: usize) -> Option<&(Input, std::ops::Range<usize>)> {
        self.items.iter().find(|(_, range)| range.contains(&slot))
    }

    /// What a number is, however its slots are numbered: its address (the part, where it is one of several shares)
    /// and the factor on it; an empty address and the value where it is fixed.
    pub fn named(&self, number: Number) -> (String, f64) {
        let (slot, factor) = match number.slot() {
            Ok(drawn) => drawn,
            Err(value) => return (String::new(), value),
        };
        let name = self.owner(slot).map_or(String::new(), |(input, range)| match input {
            Input::One(quantity) => quantity.address.clone(),
            Input::Shares(shares) => shares.part_address(slot - range.start),
        });
        (name, factor)
    }

    /// Holds a quantity at one value, as if the scenario stated that number at its address; false where no quantity of
    /// that address is drawn.
    pub fn hold(&mut self, address: &str, value: f64) -> bool {
        let mut held = false;
        for (input, _) in &mut self.items {
            if let Input::One(quantity) = input
                && quantity.address == address
            {
                quantity.law = Law::Fixed(value);
                held = true;
            }
        }
        held
    }

    /// Takes the draws of an input from indexes so much further on (wrapping): the same law, other values, and
    /// every other input as it was. False where there is no such input.
    pub fn take_further(&mut self, address: &str, by: u64) -> bool {
        let there = self.items.iter().any(|(input, _)| input.address() == address);
        if there {
            self.further.push((address.to_owned(), by));
        }
        there
    }

    /// By how many indexes the draws of an input are taken further on.
    pub fn further(&self, address: &str) -> u64 {
        let own = self.further.iter().filter(|(known, _)| known == address);
        own.fold(0, |all, (_, by)| all.wrapping_add(*by))
    }

    /// True where nothing is uncertain.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
}
