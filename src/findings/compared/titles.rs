//! Titles of the plots of a comparison: each states its finding, by a rule that reverses with the figures.
//!
//! In: the findings. Out: one line a plot, without a full stop. The same rules as the sentences', so that picture
//! and text agree.

use super::best::Best;
use super::ledger::{LedgerLine, Works};
use super::{ComparedFindings, FigureShown, OptionFinding, sentences};
use crate::findings::say;
use crate::stats::judgement::Judgement;

/// All options against things as they are.
///
/// Which is best where one alone may be it, with the harm that it does; else how many are shown to be better and
/// worse. By how much it is ahead stands in the first sentence of the report.
pub fn options(f: &ComparedFindings) -> String {
    let Some(headline) = f.headline() else { return "Nothing to compare".into() };
    if let Some(said) =
        f.best.as_ref().filter(|_| f.options.len() > 1).and_then(|best| alone(best, headline, f))
    {
        return said;
    }
    // Of the headline; an option without it counts for neither.
    let judged = |wanted: &dyn Fn(Judgement) -> bool| {
        let of =
            |option: &&OptionFinding| option.headline().and_then(|line| line.judgement).is_some_and(wanted);
        f.options.iter().filter(of).count()
    };
    let better = judged(&|j| j == Judgement::Better);
    let worse = judged(&|j| j == Judgement::Worse);
    let all = f.options.len();
    // As-now is not among them.
    let options = if all == 1 { "option" } else { "options" };
    format!(
        "{} of {all} {options} {} shown to be better than now in {}, {} to be worse",
        say::capital(&count(better)),
        if better == 1 { "is" } else { "are" },
        say::inside(&headline.said),
        count(worse)
    )
}

/// The one that alone may be best; none where several may be.
fn alone(best: &Best, headline: &FigureShown, f: &ComparedFindings) -> Option<String> {
    let [at] = best.may_be[..] else { return None };
    let what = say::inside(&headline.said);
    if at == 0 {
        return Some(format!(
            "None of the {} options is better than now in {what}",
            say::small(f.options.len())
        ));
    }
    let near = best.behind.and_then(|(.., interval)| interval).is_some_and(|i| headline.within(i));
    let by = if near { ", by less than matters" } else { "" };
    let title = &best.titles[at];
    // Who takes from others is not called the best.
    Some(match sentences::alone(best, f).and_then(OptionFinding::but) {
        None => format!("{title} is best in {what}{by}"),
        Some(but) => format!("{title} does most for {what}{by}; but {but}"),
    })
}

/// A number in words, nought among them.
fn count(n: usize) -> String {
    if n == 0 { "none".into() } else { say::small(n) }
}

/// The parts of one option: is there one that gives at least half of the whole, beyond doubt?
///
/// In this order: not told from nought, inseparable, less or more together, one part with half of the whole,
/// none.
pub fn ledger(option: &OptionFinding, headline: &FigureShown, line: &LedgerLine) -> String {
    let half = line.total.interval.map_or(0.0, |interval| interval.half_width());
    let written = headline.written(half);
    // What is said of the parts makes sense only where the whole is told from nought.
    let total = line.total.mean;
    if line.total.interval.is_none_or(|interval| interval.holds(0.0)) {
        return format!("{}: what its parts come to together cannot be told from nought", option.title);
    }
    let whole = written.signed(total);
    let unit = written.unit(headline.shown.measure);
    // One by one, without what they do together.
    let sum = written.signed(line.entries.iter().map(|entry| entry.alone.mean).sum());
    match line.works() {
        Works::Inseparable => {
            return format!("{}: its parts work together and cannot be judged one by one", option.title);
        }
        works @ (Works::Less | Works::More) => {
            let same = option.ledger.as_ref().and_then(|ledger| ledger.same.as_ref());
            let how = match (works, same) {
                (Works::Less, Some(_)) => "take from the same patients",
                (Works::Less, None) => "do less together",
                _ => "do more together",
            };
            return format!("{}: its parts {how}: {sum} {unit} one by one, {whole} together", option.title);
        }
        Works::Apart => {}
    }
    // At least half of the whole, in its direction, and beyond doubt.
    match line.largest().filter(|part| part.alone.mean / total >= 0.5 && clear(part.alone.interval)) {
        // more than the whole is no part of it
        Some(part) if part.alone.mean.abs() > total.abs() => format!(
            "{}: {} alone gives {} {unit}, all parts together {whole}",
            option.title,
            part.title,
            written.signed(part.alone.mean)
        ),
        Some(part) => format!(
            "{}: {} alone gives {} of {whole} {unit}",
            option.title,
            part.title,
            written.signed(part.alone.mean)
        ),
        None => format!("{}: no part alone gives half of {whole} {unit}", option.title),
    }
}

/// True where the interval leaves nought out.
fn clear(interval: Option<crate::stats::interval::Interval>) -> bool {
    interval.is_some_and(|interval| !interval.holds(0.0))
}

#[cfg(test)]
mod tests {
    use super::super::ledger::{Entry, Part};
    use super::*;
    use crate::experiment::shown::Shown;
    use crate::findings::beside::Change;
    use crate::findings::changes::NeedChange;
    use crate::outcome::columns::{About, Place};
    use crate::outcome::measure::by_name;
    use crate::stats::interval::Interval;

    fn part(mean: f64) -> Part {
        Part { mean, interval: Some(Interval { low: mean - 0.15, high: mean + 0.15 }) }
    }

    /// The title for what two parts do alone and together.
    fn title(first: f64, second: f64, together: f64) -> String {
        let entry = |title: &str, alone: f64| Entry {
            name: title.into(),
            title: title.into(),
            alone: part(alone),
            last: part(alone + together),
            shapley: None,
        };
        let line = LedgerLine {
            figure: 0,
            years: 100,
            entries: vec![entry("Desk", first), entry("Line", second)],
            interaction: part(together),
            total: part(first + second + together),
        };
        let measure = by_name("wait_mean").unwrap_or_else(|| panic!("a measure"));
        let shown = Shown { measure, place: Place::All, about: About::All };
        let headline = FigureShown {
            shown,
            words: "mean wait".into(),
            said: "mean wait".into(),
            matters: None,
            sure: false,
            at: None,
        };
        let option = OptionFinding {
            name: "o".into(),
            title: "Both".into(),
            lines: vec![],
            ledger: None,
            needs: vec![],
            together: crate::findings::harms::Together::default(),
            cost: None,
            costs: [None, None],
            unpriced: false,
            own_time: None,
            settling: None,
            headings: vec![],
        };
        ledger(&option, &headline, &line)
    }

    /// A comparison of two options in the mean wait, of whom one alone may be best.
    fn compared(best: usize, gap: f64, matters: Option<f64>) -> ComparedFindings {
        let measure = by_name("wait_mean").unwrap_or_else(|| panic!("a measure"));
        let shown = Shown { measure, place: Place::All, about: About::All };
        let option = |name: &str| OptionFinding {
            name: name.into(),
            title: say::capital(name),
            lines: vec![],
            ledger: None,
            needs: vec![],
            together: crate::findings::harms::Together::default(),
            cost: None,
            costs: [None, None],
            unpriced: false,
            own_time: None,
            settling: None,
            headings: vec![],
        };
        let day = crate::units::Day::from_date(jiff::civil::date(2019, 1, 7));
        let near = Interval { low: gap - 0.1, high: gap + 0.1 };
        let names = ["as_now", "desk", "line"].map(str::to_owned).to_vec();
        ComparedFindings {
            title: String::new(),
            period: (day, day),
            seed: 1,
            replications: 100,
            needed: None,
            fixed: true,
            as_now: "As now".into(),
            backlog: None,
            figures: vec![FigureShown {
                shown,
                words: "mean wait".into(),
                said: "mean wait".into(),
                matters,
                sure: false,
                at: None,
            }],
            options: vec![option("desk"), option("line")],
            best: Some(Best {
                titles: names.iter().map(|name| say::capital(name)).collect(),
                names,
                stands: vec![],
                may_be: vec![best],
                behind: Some((2, gap, Some(near))),
                good_enough: None,
                alike: false,
            }),
            answer: vec![],
            of_all: 0,
        }
    }

    #[test]
    fn the_title_of_all_options_is_short_and_turns_with_the_best() {
        assert_eq!(options(&compared(1, -2.0, None)), "Desk is best in mean wait");
        assert_eq!(options(&compared(1, -2.0, Some(1.0))), "Desk is best in mean wait");
        assert_eq!(options(&compared(1, -0.2, Some(1.0))), "Desk is best in mean wait, by less than matters");
        assert_eq!(
            options(&compared(0, -2.0, None)),
            "None of the two options is better than now in mean wait"
        );
    }

    /// Of several that may be best it is said which of them harm nobody, and who does best without harm where all do.
    #[test]
    fn several_that_may_be_best_are_told_with_their_harm() {
        use super::super::sentences::harmless_among;
        let unmet = Change { as_now: 100.0, option: 150.0, mean: 50.0, half: 5.0, told: true };
        let harm = || vec![NeedChange { need: "Routine".into(), unmet: Some(unmet), left: None, wait: None }];
        let said = |harmful: &[usize], may_be: &[usize]| {
            let mut f = compared(1, -2.0, None);
            harmful.iter().for_each(|at| f.options[*at].needs = harm());
            let mut best = f.best.take()?;
            best.may_be = may_be.to_vec();
            harmless_among(&best, &f)
        };
        assert_eq!(said(&[], &[1, 2]), None, "nobody is harmed");
        assert_eq!(
            said(&[0], &[1, 2]).as_deref(),
            Some("Of these Line alone harms no need that can be told.")
        );
        assert_eq!(
            said(&[1], &[1, 2]).as_deref(),
            Some("Of these Desk alone harms no need that can be told.")
        );
        let all = said(&[0, 1], &[1, 2]).unwrap_or_default();
        assert!(all.starts_with("Each of these options harms a need. No option is better than now"), "{all}");
        assert_eq!(said(&[0], &[1]), None, "one alone has a sentence of its own");
        // Things as they are are no option, and harm nobody.
        let one = said(&[0], &[0, 1]).unwrap_or_default();
        assert!(one.starts_with("Desk harms a need. No option is better than now"), "{one}");
        assert_eq!(
            said(&[0], &[0, 1, 2]).as_deref(),
            Some("Of the options among these Line alone harms no need that can be told.")
        );
    }

    #[test]
    fn the_title_of_a_ledger_turns_with_its_parts() {
        assert_eq!(title(-2.0, -0.5, 0.1), "Both: Desk alone gives -2.00 of -2.40 days");
        assert_eq!(title(-0.5, -2.0, 0.1), "Both: Line alone gives -2.00 of -2.40 days");
        assert_eq!(
            title(-2.0, -1.9, 1.8),
            "Both: its parts do less together: -3.90 days one by one, -2.10 together"
        );
        assert_eq!(title(-1.5, -1.4, -1.45), "Both: no part alone gives half of -4.35 days");
        assert_eq!(title(-2.0, 0.1, 0.0), "Both: Desk alone gives -2.00 days, all parts together -1.90");
        assert_eq!(
            title(-1.0, 0.3, -0.8),
            "Both: its parts do more together: -0.70 days one by one, -1.50 together"
        );
        assert_eq!(title(-0.2, -0.2, -2.0), "Both: its parts work together and cannot be judged one by one");
        assert_eq!(
            title(1.0, -1.0, 0.05),
            "Both: what its parts come to together cannot be told from nought"
        );
    }
}
