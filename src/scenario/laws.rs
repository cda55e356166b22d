//! Whether a stated law can hold for the number it is stated for, and what it means as a quantity.
//!
//! In: a law as stated and the rule of its key. Out: faults with the way out, or a [`Quantity`] of the model. A
//! law that could leave the legal range is refused, because nothing is clipped when it is drawn.

use super::number::{Figure, Legal, Stated};
use super::read::{Place, Reader};
use crate::fault::Fault;
use crate::quantity::{Law, Quantity, Range80Scale, number_text};

/// Notes what is wrong with a law; true where nothing is.
///
/// Called once for each figure that is read.
pub(crate) fn check(law: Stated, legal: Legal, place: &Place, reader: &mut Reader) -> bool {
    let Some(fault) = wrong(law, legal) else { return true };
    reader.at_value(place, fault);
    false
}

/// A range that is not written from low to high.
fn order(what: &str) -> Option<Fault> {
    Some(Fault::new("law-order", "", what).help("write the lower figure first"))
}

/// What is wrong with a law under a rule; none where nothing is.
fn wrong(law: Stated, legal: Legal) -> Option<Fault> {
    match law {
        Stated::Fixed(value) => value_outside(value, legal),
        Stated::Pert(low, likely, high) | Stated::Triangular(low, likely, high) => {
            if !(low <= likely && likely <= high && low < high) {
                let message = "the most likely value has to lie between the lowest and the highest";
                return Some(
                    Fault::new("law-order", "", message)
                        .help("low is at most likely, likely at most high, and low below high"),
                );
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
            edge(low, legal).or_else(|| edge(high, legal))
        }
        // A normal law has no end, so it fits only a number that may be anything.
        Stated::Normal(mean, sd) => {
            let bounded = legal.low.is_finite() || legal.high.is_finite();
            spread(sd)
                .or_else(|| bounded.then(|| leaves("normal", legal)))
                .or_else(|| too_much(mean, legal))
                .or_else(|| too_much(sd, legal))
        }
        Stated::Lognormal(mean, sd) => spread(sd)
            .or_else(|| {
                (mean <= 0.0).then(|| Fault::new("law-mean", "", "a lognormal number has a mean above 0"))
            })
            .or_else(|| legal.high.is_finite().then(|| leaves("lognormal", legal)))
            .or_else(|| too_much(mean, legal))
            .or_else(|| too_much(sd, legal)),
        Stated::Beta(first, second) => {
            // Not for the model: beyond this the two shapes are lost to rounding.
            // From counts or from mean and concentration: both end as two shapes.
            let stated = first > 0.0 && second > 0.0 && first + second < 1e12;
            let unfit = || {
                Fault::new(
                    "law-mean",
                    "",
                    "a beta law needs a mean between 0 and 1 and a concentration above 0",
                )
                .help("or counts as { successes, failures }")
            };
            if !stated {
                Some(unfit())
            } else {
                (legal.high < 1.0 || legal.low > 0.0).then(|| leaves("beta", legal))
            }
        }
    }
}

/// What is wrong with an end of a range80: on the scale that it is drawn on (logit, log) a legal limit lies at infinity.
fn edge(value: f64, legal: Legal) -> Option<Fault> {
    let at_limit = || {
        let message =
            format!("a range80 leaves a tenth of the cases on either side, so {value} cannot be its end");
        let help = "use `{ low, likely, high }` or `{ uniform = [low, high] }` where the limit itself can be reached";
        Fault::new("range-at-edge", "", message).help(help)
    };
    value_outside(value, legal).or_else(|| (value == legal.low || value == legal.high).then(at_limit))
}

/// A spread of nought is no law of uncertainty.
fn spread(sd: f64) -> Option<Fault> {
    (sd <= 0.0).then(|| {
        Fault::new("law-spread", "", "the standard deviation has to be above 0")
            .help("for a number without uncertainty write the number alone")
    })
}

/// A law whose support is wider than the legal range.
fn leaves(law: &str, legal: Legal) -> Fault {
    let instead = if legal.is_share() {
        "`{ range80 = [0.2, 0.3] }` or a beta law"
    } else {
        "`{ range80 = [a, b] }` or a lognormal law"
    };
    Fault::new(
        "law-leaves-range",
        "",
        format!("this has to be {}, and a {law} law would sometimes leave that range", legal.words),
    )
    .help(format!("use {instead}; nothing is cut off silently in a run"))
}

/// A value outside the legal range; 27 for a share is most likely a percentage.
fn value_outside(value: f64, legal: Legal) -> Option<Fault> {
    if legal.holds(value) {
        return too_much(value, legal);
    }
    let fault = Fault::new(
        "outside-range",
        "",
        format!("this has to be {}, but {} is not", legal.words, shown(value)),
    );
    // A share above 1 is no share; from 2 on it reads like a percentage.
    Some(if legal.is_share() && (2.0..=100.0).contains(&value) {
        fault.help(format!("{value} % is written {}", (value * 1e6).round() / 1e8))
    } else {
        fault
    })
}

/// A figure in a sentence: hundreds of noughts tell nobody anything.
fn shown(value: f64) -> String {
    if value.abs() < 1e15 { value.to_string() } else { format!("{value:e}") }
}

/// A value that is legal and beyond what anyone can mean: the words of the rule say it, or the limit itself.
fn too_much(value: f64, legal: Legal) -> Option<Fault> {
    let most = number_text(legal.most);
    let message = match legal.words.ends_with("or more")
        || legal.words.ends_with("above 0")
        || legal.words == "a number"
    {
        true => format!("{} is more than anything here can be: it is at most {most}", shown(value)),
        false => format!("this has to be {}, but {} is not", legal.words, shown(value)),
    };
    (value.abs() > legal.most).then(|| Fault::new("outside-range", "", message))
}

/// The law of a figure as the model knows it.
///
/// A range80 is drawn on the scale of its kind: logit for a share, log for what cannot be below nought, else as
/// it is.
fn meaning(figure: &Figure) -> Law {
    match figure.law {
        Stated::Fixed(value) => Law::Fixed(value),
        Stated::Pert(low, likely, high) => Law::Pert { low, likely, high },
        Stated::Range80(low, high) => {
            let scale = match (figure.legal.is_share(), figure.legal.low >= 0.0) {
                (true, _) => Range80Scale::Share,
                (_, true) => Range80Scale::Positive,
                _ => Range80Scale::Real,
            };
            Law::Range80 { low, high, scale }
        }
        Stated::Triangular(low, likely, high) => Law::Triangular { low, likely, high },
        Stated::Uniform(low, high) => Law::Uniform { low, high },
        Stated::Normal(mean, sd) => Law::Normal { mean, sd },
        Stated::Lognormal(mean, sd) => Law::Lognormal { mean, sd },
        Stated::Beta(a, b) => Law::Beta { a, b },
    }
}

/// The quantity of an uncertain figure.
///
/// With address, source and confidence as they stood in the file, so that every draw has its way back.
pub(crate) fn quantity(figure: &Figure) -> Quantity {
    Quantity {
        per_practice: figure.per_practice,
        source: figure.place.source.clone(),
        confidence: figure.place.confidence.clone(),
        ..Quantity::new(figure.place.address.clone(), meaning(figure))
    }
}

/// Mean of a figure, and its P10 and P90 where it is uncertain.
///
/// None for a number that is certain. `assumptions.csv` and the checks of hours read it.
pub(crate) fn summary(figure: &Figure) -> (f64, Option<(f64, f64)>) {
    let law = meaning(figure);
    // The middle eight tenths, as planners state ranges.
    let range = !matches!(law, Law::Fixed(_));
    (law.mean(), range.then(|| (law.quantile(0.1), law.quantile(0.9))))
}
