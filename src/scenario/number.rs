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
    /// Greatest value, which no law may leave.
    pub high: f64,
    /// Greatest value that anyone can mean: what is stated stays below it, and the tail of a law may pass it.
    pub most: f64,
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
    ($( $(#[$meta:meta])* $name:ident: $words:literal, $low:expr, $above:literal, $high:expr, $most:expr, $uncertain:literal, $whole:literal; )*) => {
        $( $(#[$meta])* #[derive(Clone, Copy, Debug, Default)] pub(crate) struct $name;
        impl Rule for $name {
            const LEGAL: Legal = Legal { words: $words, low: $low, above: $above, high: $high, most: $most, uncertain: $uncertain, whole: $whole };
        } )*
    };
}

rules! {
    /// 0 to 1.
    Share: "a share between 0 and 1", 0.0, false, 1.0, 1.0, true, false;
    /// 0 to 1, not uncertain.
    FixedShare: "a share between 0 and 1", 0.0, false, 1.0, 1.0, false, false;
    /// Nought or more.
    Amount: "a number of 0 or more", 0.0, false, f64::INFINITY, 1.0e9, true, false;
    /// Nought or more, not uncertain.
    FixedAmount: "a number of 0 or more", 0.0, false, f64::INFINITY, 1.0e9, false, false;
    /// More than nought.
    Positive: "a number above 0", 0.0, true, f64::INFINITY, 1.0e9, true, false;
    /// More than nought, not uncertain.
    FixedPositive: "a number above 0", 0.0, true, f64::INFINITY, 1.0e9, false, false;
    /// Any number.
    Real: "a number", f64::NEG_INFINITY, false, f64::INFINITY, 1.0e9, true, false;
    /// Any number, not uncertain.
    FixedReal: "a number", f64::NEG_INFINITY, false, f64::INFINITY, 1.0e9, false, false;
    /// A correlation.
    Correlation: "a correlation between -1 and 1", -1.0, false, 1.0, 1.0, true, false;
    /// A count.
    Whole: "a whole number from 0 to 1,000,000", 0.0, false, 1.0e6, 1.0e6, false, true;
    /// Days after which something happens, or in which it shall.
    WholeDays: "a whole number of days from 0 to 3,650", 0.0, false, 3650.0, 3650.0, false, true;
    /// Days of a year.
    YearDays: "a number of days a year above 0, at most 366", 0.0, true, 366.0, 366.0, false, false;
    /// Weeks of the counted period.
    PeriodWeeks: "a whole number of weeks from 1 to 1,568, which is 30 years", 1.0, false, 1568.0, 1568.0, false, true;
    /// Years of the counted period.
    PeriodYears: "a whole number of years from 1 to 30", 1.0, false, 30.0, 30.0, false, true;
    /// Days of the counted period.
    PeriodDays: "a whole number of days from 1 to 10,980, which is 30 years", 1.0, false, 10_980.0, 10_980.0, false, true;
    /// Weeks before the counted period.
    WarmUpWeeks: "a whole number of weeks from 0 to 1,568, which is 30 years", 0.0, false, 1568.0, 1568.0, false, true;
    /// A seed: exactly held by a double.
    Seed: "a whole number from 0 to 9,000,000,000,000,000", 0.0, false, 9.0e15, 9.0e15, false, true;
    /// A count from one.
    Count: "a whole number from 1 to 10,000,000", 1.0, false, 1.0e7, 1.0e7, false, true;
    /// Requests a patient a year.
    Rate: "a number of requests a patient a year from 0 to 1,000", 0.0, false, f64::INFINITY, 1.0e3, true, false;
    /// Requests a day at a practice.
    Requests: "a number of requests a day from 0 to 100,000", 0.0, false, f64::INFINITY, 1.0e5, true, false;
    /// Slots a day.
    Slots: "a number of slots a day from 0 to 100,000", 0.0, false, 1.0e5, 1.0e5, false, false;
    /// Weeks of something that takes time: a century at most.
    Weeks: "a number of weeks from 0 to 5,200", 0.0, false, f64::INFINITY, 5.2e3, true, false;
    /// Weeks that something lasts.
    Lasting: "a number of weeks above 0, at most 5,200", 0.0, true, 5.2e3, 5.2e3, false, false;
    /// A mean of days, weeks or minutes.
    Mean: "a mean above 0, at most 10,000", 0.0, true, f64::INFINITY, 1.0e4, true, false;
    /// A coefficient of variation.
    Spread: "a coefficient of variation from 0 to 10", 0.0, false, f64::INFINITY, 10.0, true, false;
    /// A factor.
    Factor: "a factor from 0 to 1,000", 0.0, false, f64::INFINITY, 1.0e3, true, false;
    /// A factor, not uncertain.
    FixedFactor: "a factor from 0 to 1,000", 0.0, false, f64::INFINITY, 1.0e3, false, false;
    /// A factor above nought, not uncertain.
    FixedPositiveFactor: "a factor above 0, at most 1,000", 0.0, true, f64::INFINITY, 1.0e3, false, false;
    /// Growth a year.
    Growth: "a growth a year of at most 10, eleven times as many", f64::NEG_INFINITY, false, f64::INFINITY, 10.0, true, false;
    /// Patients.
    Patients: "a number of patients above 0, at most 100,000,000", 0.0, true, f64::INFINITY, 1.0e8, true, false;
    /// Hours of a week.
    WeekHours: "hours a week above 0, at most 168", 0.0, true, f64::INFINITY, 168.0, true, false;
    /// Whole-time equivalents.
    Wte: "a number of WTE from 0 to 10,000", 0.0, false, f64::INFINITY, 1.0e4, true, false;
    /// People of a post.
    People: "a whole number of people from 1 to 10,000", 1.0, false, 1.0e4, 1.0e4, false, true;
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
    /// The option whose overlay states it; none where the scenario does, for all.
    pub option: Option<String>,
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
