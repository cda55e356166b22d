//! Which option is best in the headline, said with a controlled error.
//!
//! All options stand against the best of the others, on the same draws, so that the whole statement holds with 95 %:
//! not the largest mean, which the luckiest of many options would have.

use super::{CONFIDENCE, FigureShown};
use crate::experiment::compare::Compared;
use crate::stats::interval::Interval;
use crate::stats::judgement::shown;
use crate::stats::moments::Moments;
use crate::stats::paired::Better;
use crate::stats::selection::{AgainstBest, against_best};

/// How the options stand against the best.
///
/// `titles`, `names` and `stands` are side by side: options that have the headline, `as_now` among them. All
/// statements hold together with 95 %.
#[derive(Clone, Debug)]
pub struct Best {
    /// Titles of all options that have the headline, `as_now` first.
    pub titles: Vec<String>,
    /// Their names.
    pub names: Vec<String>,
    /// How each stands.
    pub stands: Vec<AgainstBest>,
    /// Positions of those that may be the best, the best mean first.
    pub may_be: Vec<usize>,
    /// Where one alone may be: the best mean of the others, by how much it is behind, and the interval of that.
    pub behind: Option<(usize, f64, Option<Interval>)>,
    /// One of them that is at most by what matters worse than the best; none where no width is stated or none is.
    pub good_enough: Option<usize>,
    /// True where several may be the best, and all of them have the same figure in every year.
    pub alike: bool,
}

impl Best {
    /// Ranks the options, `all` their titles; none where neither direction is better, or there are fewer than two columns.
    pub fn new(compared: &Compared, all: &[String], headline: &FigureShown) -> Option<Self> {
        let better = headline.shown.better()?;
        // Options without the headline take no part.
        let options = compared.run.scenario.options.iter().enumerate();
        let known =
            options.filter_map(|(at, option)| Some((at, option, compared.series(at, &headline.shown)?)));
        let (mut titles, mut names, mut columns) = (Vec::new(), Vec::new(), Vec::new());
        for (at, option, column) in known {
            titles.push(all[at].clone());
            names.push(option.name.clone());
            columns.push(column);
        }
        let stands = against_best(&columns, better, (CONFIDENCE, headline.sure))?;
        let mut may_be: Vec<usize> = (0..stands.len()).filter(|at| stands[*at].may_be_best).collect();
        // So that more is better throughout.
        let sign = if better == Better::Higher { 1.0 } else { -1.0 };
        may_be.sort_by(|a, b| (sign * stands[*b].mean).total_cmp(&(sign * stands[*a].mean)));
        // At worst by what matters, whatever the truth among those left.
        let enough = |at: &usize| headline.matters.is_some_and(|matters| stands[*at].by.low >= -matters);
        let good_enough = may_be.iter().copied().find(enough);
        let behind = match may_be[..] {
            [best] => {
                let others = (0..stands.len()).filter(|at| *at != best);
                let mean = |at: &usize| sign * stands[*at].mean;
                let next = others.max_by(|a, b| mean(a).total_cmp(&mean(b)));
                next.and_then(|next| behind((best, next), &columns, headline))
            }
            _ => None,
        };
        let bits = |at: usize| columns[at].iter().map(|x| x.to_bits());
        let alike = may_be.len() > 1 && may_be.windows(2).all(|pair| bits(pair[0]).eq(bits(pair[1])));
        Some(Self { titles, names, stands, may_be, behind, good_enough, alike })
    }
}

/// The one that comes next, by how much it is behind the best, and the interval of that.
fn behind(
    (best, next): (usize, usize),
    columns: &[Vec<f64>],
    headline: &FigureShown,
) -> Option<(usize, f64, Option<Interval>)> {
    let gap: Vec<f64> = columns[best].iter().zip(&columns[next]).map(|(x, y)| x - y).collect();
    let gap = Moments::of(&gap);
    Some((next, gap.mean()?, shown(&gap, CONFIDENCE, headline.luck())))
}
