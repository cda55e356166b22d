//! Practices at which fewer are seen in time: what is gained at one may be lost at another.
//!
//! In: an option beside things as they are. Out: practices that lose a point or more under a target, told from nought among all
//! practices and targets together, and the sentences. With one practice there is nothing to tell.

use super::beside::{Beside, Change};
use super::options::with_half;
use super::say;
use crate::outcome::columns::{About, Place};

/// A loss of less is not named [share seen in time].
const LEAST: f64 = 0.01;
/// Practices named, at most.
const NAMED: usize = 2;

/// A practice that loses.
#[derive(Clone, Debug, PartialEq)]
pub struct Loses {
    /// Its title.
    practice: String,
    /// Title of the target.
    target: String,
    /// Change of the share seen in time.
    change: Change,
}

/// Practices of the place that lose, the most first; each once, under the target of which it loses most.
pub fn worse(beside: &Beside<'_>) -> Vec<Loses> {
    let model = beside.as_now.0;
    let practices = beside.place.practices(model);
    let targets = model.targets.len();
    let at = |practice: usize, target: usize| {
        let here = Beside { place: Place::Practice(practice), ..*beside };
        let pairs = here.pairs("seen_within_target", About::Target(target))?;
        let change = Change::of(&pairs, practices.len() * targets)?;
        (change.told && change.mean <= -LEAST).then(|| Loses {
            practice: model.practices[practice].title.clone(),
            target: model.targets[target].title.clone(),
            change,
        })
    };
    let most = |practice: usize| {
        let all = (0..targets).filter_map(|target| at(practice, target));
        all.min_by(|a, b| a.change.mean.total_cmp(&b.change.mean))
    };
    let several = practices.len() > 1;
    let mut found: Vec<Loses> = practices.iter().copied().filter(|_| several).filter_map(most).collect();
    found.sort_by(|a, b| a.change.mean.total_cmp(&b.change.mean));
    found
}

/// `Fewer are seen in time at Hill Street Surgery (target "Seen in 14 days": from 81.0 to 65.0 %, -16.0 ± 0.8).`
pub fn said(places: &[Loses]) -> Option<String> {
    let one = |loses: &Loses| {
        let percent = |x: f64| say::decimals(100.0 * x, 1);
        let change = &loses.change;
        let by = with_half(100.0 * change.mean, 100.0 * change.half, 1);
        let (now, then) = (percent(change.as_now), percent(change.option));
        format!("{} (target \"{}\": from {now} to {then} %, {by})", loses.practice, loses.target)
    };
    let mut named: Vec<String> = places.iter().take(NAMED).map(one).collect();
    if places.len() > NAMED {
        named.push(say::counted((places.len() - NAMED) as f64, "more practice"));
    }
    (!named.is_empty()).then(|| format!("Fewer are seen in time at {}.", say::list(&named)))
}

/// The worst of them as the end of a sentence that praises.
pub fn but(places: &[Loses]) -> Option<String> {
    let worst = places.first()?;
    let more = match places.len() {
        1 => String::new(),
        n => format!(", and at {}", say::counted((n - 1) as f64, "more practice")),
    };
    let points = say::decimals(-100.0 * worst.change.mean, 1);
    Some(format!("{points} points fewer are seen in time at {}{more}", worst.practice))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_practice_is_named_and_the_others_counted() {
        let lost = |practice: &str, mean: f64| Loses {
            practice: practice.into(),
            target: "Seen in 14 days".into(),
            change: Change { as_now: 0.81, option: 0.81 + mean, mean, half: 0.008, told: true },
        };
        let all = [lost("Hill Street", -0.16), lost("Mill Lane", -0.05), lost("Weir", -0.02)];
        assert_eq!(
            said(&all).as_deref(),
            Some(
                "Fewer are seen in time at Hill Street (target \"Seen in 14 days\": from 81.0 to 65.0 %, -16.0 ± 0.8), Mill Lane (target \"Seen in 14 days\": from 81.0 to 76.0 %, -5.0 ± 0.8) and 1 more practice."
            )
        );
        assert_eq!(
            but(&all).as_deref(),
            Some("16.0 points fewer are seen in time at Hill Street, and at 2 more practices")
        );
        assert_eq!((said(&[]), but(&[])), (None, None));
    }
}
