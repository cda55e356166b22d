//! What an address allows, and the refusal of a law that leaves it.
//!
//! In: a law and the legal range of its address. Out: nothing, or a fault with advice. Nothing is ever clipped.

use super::law::{Law, LawFault, Range80Scale};
use super::text::number_text;

/// The values an address allows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Legal {
    /// A share: 0 to 1.
    Share,
    /// 0 or more: rates, times, costs, counts.
    Positive,
    /// Above 0: what is divided by, such as the length of an appointment.
    AboveZero,
    /// Any number: changes and differences.
    Real,
    /// Between two stated numbers, ends included.
    Between {
        /// Lowest allowed.
        low: f64,
        /// Highest allowed.
        high: f64,
    },
}

impl Legal {
    /// The lowest and highest value allowed.
    pub fn ends(&self) -> (f64, f64) {
        match *self {
            Legal::Share => (0.0, 1.0),
            Legal::Positive | Legal::AboveZero => (0.0, f64::INFINITY),
            Legal::Real => (f64::NEG_INFINITY, f64::INFINITY),
            Legal::Between { low, high } => (low, high),
        }
    }

    /// The scale of a `range80` here: logit in a range within 0..1, log where nothing is negative, else plain.
    pub fn range80_scale(&self) -> Range80Scale {
        match self.ends() {
            (low, high) if low >= 0.0 && high <= 1.0 => Range80Scale::Share,
            (low, _) if low >= 0.0 => Range80Scale::Positive,
            _ => Range80Scale::Real,
        }
    }

    /// The range in words.
    fn words(&self) -> String {
        match self {
            Legal::Share => "between 0 and 1".into(),
            Legal::Positive => "0 or more".into(),
            Legal::AboveZero => "above 0".into(),
            Legal::Real => "any number".into(),
            Legal::Between { low, high } => {
                format!("between {} and {}", number_text(*low), number_text(*high))
            }
        }
    }
}

/// Refuses a law that can leave the legal range.
pub fn check_legal(law: &Law, legal: Legal) -> Result<(), LawFault> {
    let (low, high) = law.support();
    let (least, most) = legal.ends();
    let must = format!("this number must be {}", legal.words());
    if let Law::Fixed(value) = law {
        let zero = legal == Legal::AboveZero && *value <= 0.0;
        let legal = *value >= least && *value <= most && !zero;
        return if legal {
            Ok(())
        } else {
            Err(LawFault::new(format!("{must}, not {}", number_text(*value))))
        };
    }
    if low < least || (legal == Legal::AboveZero && low <= 0.0 && !never_at_its_low_end(law)) {
        let reach = if low.is_finite() {
            format!("reach {}", number_text(low))
        } else {
            "go below any number".into()
        };
        return Err(LawFault::new(format!("{must}, but this law can {reach}: {}", advice(law))));
    }
    if high > most {
        let reach = if high.is_finite() {
            format!("reach {}", number_text(high))
        } else {
            "exceed any number".into()
        };
        return Err(LawFault::new(format!("{must}, but this law can {reach}: {}", advice(law))));
    }
    Ok(())
}

/// Laws that come near their low end of 0 but are never at it.
fn never_at_its_low_end(law: &Law) -> bool {
    matches!(law, Law::Lognormal { .. } | Law::Gamma { .. } | Law::Weibull { .. } | Law::Range80 { .. })
}

fn advice(law: &Law) -> &'static str {
    match law {
        Law::Normal { .. } => "give a range80, or a truncated normal with low and high",
        Law::Lognormal { .. } | Law::Gamma { .. } | Law::Weibull { .. } => {
            "give a range80, or low, likely and high"
        }
        Law::Range80 { .. } => "give low, likely and high",
        _ => "move low or high",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_law_that_leaves_its_range_is_refused_with_advice() {
        let fault = |law: Law, legal: Legal| check_legal(&law, legal).err().map(|f| f.to_string());
        let normal = Law::Normal { mean: 10.0, sd: 1.0 };
        assert_eq!(
            fault(normal, Legal::Positive).as_deref(),
            Some(
                "this number must be 0 or more, but this law can go below any number: \
                 give a range80, or a truncated normal with low and high"
            )
        );
        assert_eq!(
            fault(Law::Pert { low: 0.5, likely: 0.8, high: 1.2 }, Legal::Share).as_deref(),
            Some("this number must be between 0 and 1, but this law can reach 1.2: move low or high")
        );
        assert_eq!(
            fault(Law::Fixed(-2.0), Legal::Positive).as_deref(),
            Some("this number must be 0 or more, not -2")
        );
        assert!(fault(Law::Fixed(0.0), Legal::AboveZero).is_some());
        assert!(fault(Law::Uniform { low: 0.0, high: 1.0 }, Legal::AboveZero).is_some());
        assert!(fault(Law::Lognormal { mean: 1.0, sd: 1.0 }, Legal::Share).is_some());
    }

    #[test]
    fn legal_laws_pass() {
        for (law, legal) in [
            (Law::Normal { mean: 1.0, sd: 2.0 }, Legal::Real),
            (Law::Beta { a: 1.0, b: 2.0 }, Legal::Share),
            (Law::Lognormal { mean: 1.0, sd: 1.0 }, Legal::AboveZero),
            (
                Law::TruncatedNormal { mean: 1.0, sd: 1.0, low: 0.0, high: 2.0 },
                Legal::Between { low: 0.0, high: 2.0 },
            ),
            (Law::Range80 { low: 0.1, high: 0.2, scale: Range80Scale::Share }, Legal::Share),
            (Law::Fixed(1.0), Legal::Share),
        ] {
            assert_eq!(check_legal(&law, legal), Ok(()));
        }
    }

    #[test]
    fn the_scale_of_a_range_follows_the_address() {
        assert_eq!(Legal::Share.range80_scale(), Range80Scale::Share);
        assert_eq!(Legal::AboveZero.range80_scale(), Range80Scale::Positive);
        assert_eq!(Legal::Real.range80_scale(), Range80Scale::Real);
    }
}
