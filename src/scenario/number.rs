//! A number of the file: plain, or one law of uncertainty with its source. The one reader of quantities.

use super::read::{Place, Read, Reader};
use super::tree::Node;
use std::borrow::Cow;
use std::marker::PhantomData;

/// What a number may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Legal {
    /// In a sentence: `a share between 0 and 1`.
    pub words: &'static str,
    /// Least value.
    pub low: f64,
    /// True where the least value itself is not allowed.
    pub above: bool,
    /// Greatest value.
    pub high: f64,
    /// True where it may be uncertain.
    pub uncertain: bool,
    /// True where it is a whole number.
    pub whole: bool,
}

impl Legal {
    /// True where a value is legal.
    pub fn holds(&self, value: f64) -> bool {
        value.is_finite()
            && value <= self.high
            && (value > self.low || (value == self.low && !self.above))
            && (!self.whole || value.fract() == 0.0)
    }

    /// True for a share of one.
    pub fn is_share(&self) -> bool {
        self.low == 0.0 && self.high == 1.0
    }
}

/// The rule of a type of number.
pub(crate) trait Rule {
    /// What it may be.
    const LEGAL: Legal;
}

macro_rules! rules {
    ($( $(#[$meta:meta])* $name:ident: $words:literal, $low:expr, $above:literal, $high:expr, $uncertain:literal, $whole:literal; )*) => {
        $( $(#[$meta])* #[derive(Clone, Copy, Debug, Default)] pub(crate) struct $name;
        impl Rule for $name {
            const LEGAL: Legal = Legal { words: $words, low: $low, above: $above, high: $high, uncertain: $uncertain, whole: $whole };
        } )*
    };
}

rules! {
    /// 0 to 1.
    Share: "a share between 0 and 1", 0.0, false, 1.0, true, false;
    /// 0 to 1, not uncertain.
    FixedShare: "a share between 0 and 1", 0.0, false, 1.0, false, false;
    /// Nought or more.
    Amount: "a number of 0 or more", 0.0, false, f64::INFINITY, true, false;
    /// Nought or more, not uncertain.
    FixedAmount: "a number of 0 or more", 0.0, false, f64::INFINITY, false, false;
    /// More than nought.
    Positive: "a number above 0", 0.0, true, f64::INFINITY, true, false;
    /// More than nought, not uncertain.
    FixedPositive: "a number above 0", 0.0, true, f64::INFINITY, false, false;
    /// Any number.
    Real: "a number", f64::NEG_INFINITY, false, f64::INFINITY, true, false;
    /// Any number, not uncertain.
    FixedReal: "a number", f64::NEG_INFINITY, false, f64::INFINITY, false, false;
    /// A correlation.
    Correlation: "a correlation between -1 and 1", -1.0, false, 1.0, true, false;
    /// A count.
    Whole: "a whole number from 0 to 1,000,000", 0.0, false, 1.0e6, false, true;
    /// A seed: exactly held by a double.
    Seed: "a whole number from 0 to 9,000,000,000,000,000", 0.0, false, 9.0e15, false, true;
    /// A count from one.
    Count: "a whole number from 1 to 10,000,000", 1.0, false, 1.0e7, false, true;
}

/// A law as stated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Stated {
    /// One value.
    Fixed(f64),
    /// Lowest, most likely, highest.
    Pert(f64, f64, f64),
    /// Eight in ten lie between.
    Range80(f64, f64),
    /// Triangle.
    Triangular(f64, f64, f64),
    /// Any value between alike.
    Uniform(f64, f64),
    /// Mean and standard deviation.
    Normal(f64, f64),
    /// Mean and standard deviation of a lognormal.
    Lognormal(f64, f64),
    /// Shapes of a beta law.
    Beta(f64, f64),
}

/// A figure of the scenario with where it comes from.
#[derive(Clone, Debug)]
pub(crate) struct Figure {
    /// Where it stands.
    pub place: Place,
    /// Its law.
    pub law: Stated,
    /// What it may be.
    pub legal: Legal,
    /// True where it is drawn practice by practice.
    pub per_practice: bool,
}

/// A number of the file.
#[derive(Clone, Debug)]
pub(crate) struct Num<R> {
    /// The figure.
    pub figure: Figure,
    rule: PhantomData<R>,
}

// The rule is part of the type alone: it is looked at when the number is read.
impl<R> Num<R> {
    /// The value of a number that cannot be uncertain.
    ///
    /// NaN where it could be uncertain and is: callers ask only of kinds that are never so, or handle it.
    pub fn value(&self) -> f64 {
        match self.figure.law {
            Stated::Fixed(value) => value,
            _ => f64::NAN,
        }
    }
}

impl<R: Rule> Read for Num<R> {
    fn read(node: &Node, place: &Place, reader: &mut Reader) -> Option<Self> {
        let figure = super::quantity_text::figure(node, place, reader, R::LEGAL)?;
        reader.figures.push(figure.clone());
        Some(Self { figure, rule: PhantomData })
    }
}

impl<R: Rule> schemars::JsonSchema for Num<R> {
    fn schema_name() -> Cow<'static, str> {
        let kind = if R::LEGAL.uncertain { "Quantity" } else { "Figure" };
        let words: String = R::LEGAL
            .words
            .split(|letter: char| !letter.is_alphanumeric() && letter != '-')
            .map(|word| word[..1.min(word.len())].to_uppercase() + &word[1.min(word.len())..])
            .collect();
        Cow::Owned(format!("{kind}{words}"))
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        super::schema::number(R::LEGAL)
    }
}
