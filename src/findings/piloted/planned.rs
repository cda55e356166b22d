//! What is said of pilots that have not been run: how many are worth running, and what the others would need.
//!
//! In: outlooks, and the power of a design. Out: sentences. Categories of which there is none are left out. Assumption: luck
//! of practices is independent, so that the error of an effect falls with the root of their number; what meets all at once
//! is not made smaller by more of them.

use super::sentences::both;
use super::verdict::Outlook;
use super::{PilotFinding, Sides};
use crate::experiment::pilots::power::Power;
use crate::findings::say;

/// `Of three planned pilots two would miss what the model expects more often than not and one …`
///
/// What is true of none of them is left out; those not worth running are said at the end.
pub(super) fn counted(all: usize, of: &dyn Fn(Outlook) -> usize) -> String {
    let parts: Vec<String> = [
        (Outlook::Tells, "would show what the model expects"),
        (Outlook::MayTell, "may miss what the model expects"),
        (Outlook::Hopeless, "would miss what the model expects more often than not"),
        (Outlook::Unsound, "would show effects where there are none"),
        (Outlook::Unknown, "cannot be judged, since what they could show is not known"),
    ]
    .into_iter()
    .filter(|(outlook, _)| of(*outlook) > 0)
    .map(|(outlook, words)| match of(outlook) {
        2 if all == 2 => format!("both {words}"),
        n if n == all => format!("all {} {words}", say::small(n)),
        n => format!("{} {words}", say::small(n)),
    })
    .collect();
    let worthless = of(Outlook::Hopeless) + of(Outlook::Unsound);
    let end = match worthless {
        0 => String::new(),
        n if n == all => ": not one is worth running as planned".into(),
        1 => ": that one is not worth running as planned".into(),
        n => format!(": those {} are not worth running as planned", say::small(n)),
    };
    format!("Of {} planned pilots {}{end}.", say::small(all), say::list(&parts))
}

/// Whether a planned pilot is worth running, what it is expected to show, and what is hoped for.
pub(super) fn sentence(finding: &PilotFinding, sides: &Sides, outlook: Outlook) -> String {
    let power = finding.power.as_ref().and_then(|power| power.as_ref().ok());
    let (Some(power), false) = (power, outlook == Outlook::Unknown) else {
        return format!("Planned. {}", both(sides));
    };
    let verdict = match outlook {
        Outlook::Tells => "Worth running: if the model is right it",
        Outlook::MayTell => "It may miss what it looks for: if the model is right it",
        Outlook::Hopeless | Outlook::Unknown => {
            "Not worth running at this size: even if the model is right it"
        }
        Outlook::Unsound => {
            return format!(
                "Not worth running like this: {} of simulated pilots in which nothing was done show an effect. {}",
                say::percent(power.figures.false_alarms.share),
                both(sides)
            );
        }
    };
    // Only where the file states a claim.
    let hoped = power.figures.at_claim.map_or(String::new(), |hoped| {
        let (effect, share) = (power.said.signed(hoped.effect), say::percent(hoped.share));
        format!(" The {effect} that is hoped for would be shown in {share}.")
    });
    format!(
        "{verdict} shows the effect in {} of simulated pilots.{hoped} {}",
        say::percent(power.figures.at_predicted.share),
        both(sides)
    )
}

/// Practices beyond so many times those planned make no pilot any more.
const PRACTICAL: f64 = 10.0;

/// What a pilot would need that misses what it looks for more often than not.
///
/// The error falls with the root of the number of practices, so their number grows with the square of what is missing.
/// Where what is expected is shown no more often than nothing at all, no size is a way out.
pub(super) fn larger(power: &Power) -> String {
    let short = (power.detectable / power.predicted).abs();
    let times = short * short;
    let no_better = power.at_predicted.interval.low <= power.false_alarms.interval.high;
    let missing = "A pilot of this size misses what it looks for more often than not";
    if !times.is_finite() {
        return format!("{missing}, and the model expects no effect that a larger one could show.");
    }
    let practices = say::about((times * power.practices.0 as f64).max(1.0));
    if times <= PRACTICAL {
        return format!(
            "{missing}: about {} times as many practices ({practices}) would show it in four of five, with the same months and controls in proportion.",
            say::decimals(times, usize::from(times < 3.0))
        );
    }
    let hardly = if no_better {
        " As planned it shows what the model expects hardly more often than an effect where there is none."
    } else {
        ""
    };
    format!(
        "No pilot of a practical size would tell: to be shown in four of five the effect would have to be about {} times as large, or the practices about {} times as many ({practices}).{hardly}",
        say::about(short),
        say::about(times)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::pilots::layout::Layout;
    use crate::experiment::pilots::power::summed;
    use crate::scenario::pilots::Stated;
    use crate::stats::panel::Estimate;

    #[test]
    fn what_is_true_of_none_is_left_out() {
        let of = |outlooks: &[Outlook]| {
            counted(outlooks.len(), &|asked| outlooks.iter().filter(|outlook| **outlook == asked).count())
        };
        assert_eq!(
            of(&[Outlook::Unsound, Outlook::Hopeless, Outlook::Hopeless]),
            "Of three planned pilots two would miss what the model expects more often than not and one would show effects where there are none: not one is worth running as planned."
        );
        assert_eq!(
            of(&[Outlook::Tells, Outlook::MayTell]),
            "Of two planned pilots one would show what the model expects and one may miss what the model expects."
        );
        assert_eq!(of(&[Outlook::Tells; 2]), "Of two planned pilots both would show what the model expects.");
    }

    /// Simulated pilots of ten practices whose estimates spread evenly over two errors.
    fn power(predicted: f64) -> Power {
        let stated = Stated { practices: Some(10), controls: 10, months_before: 12, months_after: 6 };
        let of = |i: i32| Estimate { effect: f64::from(i - 100) / 50.0, error: 1.0, above: 1.0, df: 18.0 };
        let estimates: Vec<Estimate> = (0..200).map(of).collect();
        summed(&estimates, (&Layout::stated(stated, 10), 18.0), predicted)
    }

    #[test]
    fn how_much_larger_goes_with_the_square_of_what_is_missing() {
        // Four of five show an effect of 3.3 errors.
        let near = power(-1.65);
        let times = (near.detectable / 1.65).powi(2);
        assert!((3.8..4.2).contains(&times), "{times}");
        assert!(larger(&near).contains("about 4 times as many practices (40)"), "{}", larger(&near));
        let far = larger(&power(-0.2));
        assert!(far.starts_with("No pilot of a practical size would tell"), "{far}");
        assert!(far.contains("hardly more often than an effect where there is none"), "{far}");
        assert!(larger(&power(0.0)).contains("expects no effect"));
    }
}
