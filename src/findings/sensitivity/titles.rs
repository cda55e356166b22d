//! Titles of the plots of a sensitivity analysis: each states its finding, by a rule that reverses with the figures.
//!
//! In: findings. Out: one line a plot, without a full stop; and the order of the bars, which the sentences read
//! as well.

use super::{SensitivityFindings, inside_one, sentences};
use crate::experiment::sensitivity::Subject;
use crate::experiment::sensitivity::tornado::{Bar, Move};
use crate::findings::say;

/// One number at a time.
pub fn tornado(f: &SensitivityFindings<'_>) -> String {
    let what = short(f);
    let Some((bar, moved)) = mover(f, 0) else {
        return format!("No single number is shown to move {what} from its P10 to its P90");
    };
    let written = f.written();
    let unit = written.unit(f.figure.shown.measure);
    format!(
        "{} moves {what} most: {} {unit} from its P10 to its P90",
        say::capital(&f.named[bar.input].words),
        written.signed(moved.change.mean)
    )
}

/// The answer's own figure, in short.
fn short(f: &SensitivityFindings<'_>) -> String {
    match f.found.subjects[0] {
        Subject::Difference => "the difference".into(),
        _ => say::inside(&f.figure.words),
    }
}

/// The number that moves a figure most, of those whose move can be told from nought.
///
/// None where no move is told from nought.
pub fn mover<'f>(f: &'f SensitivityFindings<'_>, subject: usize) -> Option<(&'f Bar, &'f Move)> {
    bars_of(f, subject).into_iter().find(|(_, moved)| moved.told)
}

/// The bars of the answer's own figure, the longest first.
pub fn bars<'f>(f: &'f SensitivityFindings<'_>) -> Vec<(&'f Bar, &'f Move)> {
    bars_of(f, 0)
}

/// The bars of a figure, the longest first.
///
/// `subject` is the place among the figures looked into; numbers without a move of it are left out.
fn bars_of<'f>(f: &'f SensitivityFindings<'_>, subject: usize) -> Vec<(&'f Bar, &'f Move)> {
    let mut all: Vec<(&Bar, &Move)> =
        f.found.tornado.iter().filter_map(|bar| Some((bar, bar.moves.get(subject)?.as_ref()?))).collect();
    all.sort_by(|a, b| b.1.change.mean.abs().total_cmp(&a.1.change.mean.abs()));
    all
}

/// Numbers that drive the answer's own figure, as picture and report show them: those shown to matter, the largest
/// share first, then others, the largest share first, until there are five; where none matters the one that the title
/// names is among them.
pub fn shown(f: &SensitivityFindings<'_>, most: usize) -> Vec<usize> {
    let drives = &f.found.drives[0];
    let named = mover(f, 0).map(|(bar, _)| bar.input);
    ordered(
        &f.subjects[0].order,
        |at| (drives[at].matters(), drives[at].share.map(|_| drives[at].shown_share())),
        (named, most),
    )
}

/// The rule of [`shown`]; `of` tells of a number whether it matters, and its share.
fn ordered(
    order: &[usize],
    of: impl Fn(usize) -> (bool, Option<f64>),
    (named, most): (Option<usize>, usize),
) -> Vec<usize> {
    const FEWEST: usize = 5;
    let (mut rows, mut others): (Vec<usize>, Vec<usize>) = order.iter().partition(|at| of(**at).0);
    let share = |at: &usize| of(*at).1.unwrap_or(-1.0);
    let fill = FEWEST.saturating_sub(rows.len());
    others.sort_by(|a, b| share(b).total_cmp(&share(a)));
    // Only where nothing matters does the title name a number for what it moves by itself.
    let named = named.filter(|at| rows.is_empty() && others.iter().skip(fill).any(|other| other == at));
    others.truncate(fill);
    others.extend(named);
    rows.extend(others);
    rows.truncate(most);
    rows
}

/// What the spread comes from.
///
/// The number that matters most, else the one that moves it most by itself.
pub fn drivers(f: &SensitivityFindings<'_>) -> String {
    let (subject, drives) = (&f.subjects[0], &f.found.drives[0]);
    match subject.order.iter().find(|at| f.drives(0, **at)) {
        None => match mover(f, 0) {
            None => format!("No uncertain number is shown to move {}", short(f)),
            Some((bar, _)) => format!(
                "No number's share of the spread in {} can be told from luck; {} moves it most",
                short(f),
                f.named[bar.input].words
            ),
        },
        Some(&at) => format!(
            "{} of the spread in {}{} comes from {}",
            sentences::fraction(drives[at].shown_share()),
            short(f),
            drives[at].share.map_or(String::new(), |share| {
                let i = inside_one(share.interval);
                format!(" ({} to {} %)", say::whole(100.0 * i.low), say::whole(100.0 * i.high))
            }),
            f.named[at].words
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::ordered;

    /// Shares 10, 9, 4, 0, 8, 1 and 2 %, in the order of their rank correlations.
    #[test]
    fn numbers_stand_in_the_order_of_their_shares_with_the_one_that_is_named() {
        let shares = [10.0, 9.0, 4.0, 0.0, 8.0, 1.0, 2.0];
        let order: Vec<usize> = (0..shares.len()).collect();
        let none = |at: usize| (false, Some(shares[at]));
        assert_eq!(ordered(&order, none, (None, 14)), [0, 1, 4, 2, 6]);
        assert_eq!(ordered(&order, none, (Some(3), 14)), [0, 1, 4, 2, 6, 3], "the title names it");
        assert_eq!(ordered(&order, none, (Some(4), 14)), [0, 1, 4, 2, 6]);
        let one = |at: usize| (at == 2, Some(shares[at]));
        assert_eq!(ordered(&order, one, (Some(3), 14)), [2, 0, 1, 4, 6], "the title names what matters");
        assert_eq!(ordered(&order, |at| (true, Some(shares[at])), (None, 3)), [0, 1, 2]);
    }
}
