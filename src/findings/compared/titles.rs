//! Titles of the plots of a comparison: each states its finding, by a rule that reverses with the figures.

use super::ledger::LedgerLine;
use super::written::Written;
use super::{ComparedFindings, FigureShown, OptionFinding, sentences};
use crate::findings::say;
use crate::stats::judgement::Judgement;

/// All options against things as they are.
pub fn options(f: &ComparedFindings) -> String {
    let Some(headline) = f.headline() else { return "Nothing to compare".into() };
    if let (Some(best), true) =
        (&f.best, f.options.len() > 1 && f.best.as_ref().is_some_and(|b| b.may_be.len() == 1))
    {
        return sentences::best_sentence(best, headline, f).trim_end_matches('.').to_owned();
    }
    let judged = |wanted: &dyn Fn(Judgement) -> bool| {
        let of = |option: &&OptionFinding| {
            option.lines.first().and_then(|l| l.as_ref()?.judgement).is_some_and(wanted)
        };
        f.options.iter().filter(of).count()
    };
    let better = judged(&|j| j == Judgement::Better);
    let worse = judged(&|j| j == Judgement::Worse);
    let all = f.options.len();
    let options = if all == 1 { "option" } else { "options" };
    format!(
        "{} of {all} {options} {} shown to be better than now in {}, {} to be worse",
        say::capital(&count(better)),
        if better == 1 { "is" } else { "are" },
        say::inside(&headline.words),
        count(worse)
    )
}

fn count(n: usize) -> String {
    if n == 0 { "none".into() } else { say::small(n) }
}

/// The parts of one option: is there one that gives at least half of the whole, beyond doubt?
pub fn ledger(option: &OptionFinding, headline: &FigureShown, line: &LedgerLine) -> String {
    let half = line.total.interval.map_or(0.0, |interval| interval.half_width());
    let written = Written::new(headline.shown.measure, half);
    let total = line.total.mean;
    if line.total.interval.is_none_or(|interval| interval.holds(0.0)) {
        return format!("{}: what its parts come to together cannot be told from nought", option.title);
    }
    if line.interaction_leads() {
        return format!("{}: its parts work together and cannot be judged one by one", option.title);
    }
    let whole = written.signed(total);
    let unit = written.unit(headline.shown.measure);
    match line.largest().filter(|part| part.alone.mean / total >= 0.5 && clear(part.alone.interval)) {
        Some(part) => format!(
            "{}: {} alone gives {} of {whole} {unit}",
            option.title,
            part.title,
            written.signed(part.alone.mean)
        ),
        None => format!("{}: no part alone gives half of {whole} {unit}", option.title),
    }
}

fn clear(interval: Option<crate::stats::interval::Interval>) -> bool {
    interval.is_some_and(|interval| !interval.holds(0.0))
}
