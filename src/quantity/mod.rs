//! An uncertain number as data: what is known of it, in which words, and the value it takes at a uniform.
//!
//! In: numbers as a planner states them, checked where a scenario is read. Out: a [`Law`], its quantile, mean,
//! support and sentence. A draw is the quantile of one keyed uniform, so changing one law moves no other draw.
//! Nothing is clipped.
//!
//! `law` says which laws there are, `value` what they are worth at a uniform, `dirichlet` draws shares that
//! sum to one, `text` puts them in words. To add a law: a variant in `law`, its quantile, mean and support,
//! and its word in `scenario/laws.rs`.

mod dirichlet;
mod law;
mod text;
mod value;

pub use dirichlet::{Dirichlet, shares};
pub use law::{Law, LawFault, Range80Scale};
pub use text::{number_text, tenths_text};

/// An uncertain number at an address of the scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// Where it stands, such as `need.acute.rate`; also the key of its uniform.
    pub address: String,
    /// What is known of it, in the unit of its address.
    pub law: Law,
    /// Whether each practice draws its own value instead of one for all.
    pub per_practice: bool,
    /// Where the numbers come from.
    pub source: Option<String>,
    /// The planner's remark.
    pub note: Option<String>,
    /// How sure the planner is of the source, in the planner's words.
    pub confidence: Option<String>,
}

impl Quantity {
    /// A quantity with neither source nor remark, drawn once for all practices.
    pub fn new(address: impl Into<String>, law: Law) -> Quantity {
        Quantity {
            address: address.into(),
            law,
            per_practice: false,
            source: None,
            note: None,
            confidence: None,
        }
    }

    /// The value at a uniform in 0..1.
    ///
    /// # Examples
    ///
    /// ```
    /// use skillmix::quantity::{Law, Quantity};
    ///
    /// let share = Quantity::new("lever.x.share", Law::Uniform { low: 0.2, high: 0.4 });
    /// assert!((share.value(0.5) - 0.3).abs() < 1e-12);
    /// ```
    pub fn value(&self, uniform: f64) -> f64 {
        self.law.quantile(uniform)
    }

    /// Address and law in words.
    ///
    /// The address, then the median and the range that holds 8 in 10.
    pub fn sentence(&self) -> String {
        let each = if self.per_practice { ", its own value in each practice" } else { "" };
        format!("{}: {}{each}", self.address, self.law.sentence())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantity_says_what_it_is() {
        let law = Law::Range80 { low: 0.18, high: 0.33, scale: Range80Scale::Share };
        let mut quantity = Quantity::new("lever.book_right.share", law);
        assert_eq!(
            quantity.sentence(),
            "lever.book_right.share: about 0.247 (8 in 10 between 0.18 and 0.33)"
        );
        quantity.per_practice = true;
        assert!(quantity.sentence().ends_with(", its own value in each practice"));
        assert_eq!(quantity.value(0.5), law.quantile(0.5));
    }
}
