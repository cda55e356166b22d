//! Whether a stated law can hold for the number it is stated for, and what it means as a quantity.

use super::number::{Figure, Legal, Stated};
use super::read::{Place, Reader};
use crate::fault::Fault;
use crate::quantity::{Dirichlet, Quantity};

/// Notes what is wrong with a law; true where nothing is.
pub(crate) fn check(law: Stated, legal: Legal, place: &Place, reader: &mut Reader) -> bool {
    let Some(fault) = wrong(law, legal) else { return true };
    reader.at_value(place, fault);
    false
}

fn order(what: &str) -> Option<Fault> {
    Some(Fault::new("law-order", "", what).help("write the lower figure first"))
}

fn wrong(law: Stated, legal: Legal) -> Option<Fault> {
    match law {
        Stated::Fixed(value) => value_outside(value, legal),
        Stated::Pert(low, likely, high) | Stated::Triangular(low, likely, high) => {
            if !(low <= likely && likely <= high && low < high) {
                return order("the most likely value has to lie between the lowest and the highest");
            }
            value_outside(low, legal).or_else(|| value_outside(high, legal))
        }
        Stated::Uniform(low, high) => {
            if low >= high {
                return order("the range runs backwards or has no width");
            }
            value_outside(low, legal).or_else(|| value_outside(high, legal))
        }
        Stated::Range80(low, high) => {
            if low >= high {
                return order("the range runs backwards or has no width");
            }
            let edge = |value: f64| {
                value_outside(value, legal).or_else(|| {
                    (value == legal.low || value == legal.high).then(|| {
                        Fault::new(
                            "range-at-edge",
                            "",
                            format!("a range80 leaves a tenth of the cases on either side, so {value} cannot be its end"),
                        )
                        .help("use `{ low, likely, high }` or `{ uniform = [low, high] }` where the limit itself can be reached")
                    })
                })
            };
            edge(low).or_else(|| edge(high))
        }
        Stated::Normal(_, sd) => {
            let bounded = legal.low.is_finite() || legal.high.is_finite();
            spread(sd).or_else(|| bounded.then(|| leaves("normal", legal)))
        }
        Stated::Lognormal(mean, sd) => spread(sd)
            .or_else(|| {
                (mean <= 0.0).then(|| Fault::new("law-mean", "", "a lognormal number has a mean above 0"))
            })
            .or_else(|| legal.high.is_finite().then(|| leaves("lognormal", legal))),
        Stated::Beta(first, second) => (!(first > 0.0 && second > 0.0)).then(|| {
            Fault::new("law-mean", "", "a beta law needs a mean between 0 and 1 and a concentration above 0")
                .help("or counts above 0 as { successes, failures }")
        }),
    }
}

fn spread(sd: f64) -> Option<Fault> {
    (sd <= 0.0).then(|| {
        Fault::new("law-spread", "", "the standard deviation has to be above 0")
            .help("for a number without uncertainty write the number alone")
    })
}

fn leaves(law: &str, legal: Legal) -> Fault {
    let instead = if legal.is_share() { "`{ range80 = [0.2, 0.3] }` or a beta law" } else { "`{ range80 = [a, b] }` or a lognormal law" };
    Fault::new(
        "law-leaves-range",
        "",
        format!("this has to be {}, and a {law} law would sometimes leave that range", legal.words),
    )
    .help(format!("use {instead}; nothing is cut off silently in a run"))
}

fn value_outside(value: f64, legal: Legal) -> Option<Fault> {
    if legal.holds(value) {
        return None;
    }
    let fault = Fault::new("outside-range", "", format!("this has to be {}, but {value} is not", legal.words));
    Some(if legal.is_share() && value > 1.0 && value <= 100.0 {
        fault.help(format!("{value} % is written {}", (value * 1e6).round() / 1e8))
    } else {
        fault
    })
}

/// The quantity of an uncertain figure.
pub(crate) fn quantity(figure: &Figure) -> Quantity {
    Quantity { per_practice: figure.per_practice }
}

/// Shares drawn together, by their addresses and mean shares.
pub(crate) fn dirichlet(_address: &str, alpha: Vec<f64>) -> Dirichlet {
    Dirichlet { alpha }
}

/// Mean and the P10 and P90 of a figure.
pub(crate) fn summary(figure: &Figure) -> (f64, Option<(f64, f64)>) {
    match figure.law {
        Stated::Fixed(value) => (value, None),
        Stated::Pert(low, likely, high) => ((low + 4.0 * likely + high) / 6.0, Some((low, high))),
        Stated::Range80(low, high) | Stated::Uniform(low, high) => (0.5 * (low + high), Some((low, high))),
        Stated::Triangular(low, likely, high) => ((low + likely + high) / 3.0, Some((low, high))),
        Stated::Normal(mean, sd) | Stated::Lognormal(mean, sd) => (mean, Some((mean - sd, mean + sd))),
        Stated::Beta(first, second) => (first / (first + second), None),
    }
}
