//! Which of several columns has the best mean, with a controlled error, when all were run on the same draws.
//!
//! In: one column of replications for each contender, row by row on common random numbers; a row with a NaN is left
//! out. Out: for each contender an interval for its mean less the best of the others ([`against_best`]), the subset
//! that may hold the best, and the fully sequential procedure ([`kim_nelson`]) for when "better by less than this does
//! not matter" is stated beforehand. Differences are taken pair by pair, so dependence between columns is used, not
//! assumed away. Source: Hsu, Multiple Comparisons (1996), ch. 4, with Bonferroni's bound over the k - 1 rivals of the
//! best for unequal variances of dependent differences; Nelson, Swann, Goldsman & Song, Operations Research 49 (2001)
//! for the subset; Kim & Nelson, ACM TOMACS 11 (2001) for the procedure.
//!
//! Fit: `findings/compared/best.rs` asks [`against_best`] which option is best of those that were run. Every pair of
//! columns is looked at, so it costs k x k passes over the rows. All columns must be of the same replications, in the
//! same order.

use super::difference::difference;
use super::interval::Interval;
use super::moments::Moments;
use super::paired::Better;

/// How a contender stands against the best of the others.
///
/// One for each contender, in their order; the intervals hold together, not one by one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AgainstBest {
    /// Its mean [unit of the measure].
    pub mean: f64,
    /// How much better it is than the best of the others (below 0: worse): all these intervals hold together with the
    /// stated confidence. Its end is 0 where a contender is shown to be best, or shown not to be; without end where the
    /// rows do not say.
    pub by: Interval,
    /// False where it is shown not to be the best: the others hold the best with the stated confidence.
    pub may_be_best: bool,
}

/// By how much x is better than y on the rows that both have, at least and at most; each end is wrong with a chance of
/// at most `error`, skewness allowed for. Without ends with fewer than ten rows, and where all differ alike by anything
/// but nought, unless no luck reaches them (`sure`).
fn lead(x: &[f64], y: &[f64], error: f64, sure: bool) -> Option<Interval> {
    let gap = Moments::of(&x.iter().zip(y).map(|(x, y)| x - y).collect::<Vec<_>>());
    let mean = gap.mean()?;
    if gap.alike() && (sure || mean == 0.0) {
        return Some(Interval { low: mean, high: mean });
    }
    let unknown = Interval { low: f64::NEG_INFINITY, high: f64::INFINITY };
    Some(difference(&gap, 1.0 - 2.0 * error).unwrap_or(unknown))
}

/// How each contender stands; none with fewer than two columns or two complete rows. `sure`: no luck reaches the
/// columns, so that equal differences are exact.
///
/// `columns[contender][row]`; `confidence` is 0..1, of all intervals together. NaN in any column leaves the row out for
/// all.
pub fn against_best(
    columns: &[Vec<f64>],
    better: Better,
    (confidence, sure): (f64, bool),
) -> Option<Vec<AgainstBest>> {
    let rows = complete(columns, better);
    let rivals = columns.len().checked_sub(1).filter(|rivals| *rivals > 0 && rows.len() > 1)?;
    // Bonferroni over the rivals of the best: whichever contender that is, these are the comparisons that must hold.
    let error = (1.0 - confidence) / rivals as f64;
    let columns: Vec<Vec<f64>> =
        (0..columns.len()).map(|i| rows.iter().map(|row| row[i]).collect()).collect();
    let one = |i: usize| {
        let (mut low, mut high) = (f64::INFINITY, f64::INFINITY);
        for other in (0..columns.len()).filter(|other| *other != i) {
            let gap = lead(&columns[i], &columns[other], error, sure)?;
            low = low.min(gap.low);
            high = high.min(gap.high);
        }
        Some(AgainstBest {
            mean: Moments::of(&columns[i]).mean()? * sign(better),
            // Kept to one side of nought: a contender is either shown to lead, or by how much it may trail.
            by: Interval { low: low.min(0.0), high: high.max(0.0) },
            may_be_best: high >= 0.0,
        })
    };
    (0..columns.len()).map(one).collect()
}

/// Where the sequential procedure has come to.
#[derive(Clone, Debug, PartialEq)]
pub struct Selected {
    /// Contenders still in, in order; one where the procedure has ended.
    pub left: Vec<usize>,
    /// Rows used when it ended, or all.
    pub rows: usize,
}

/// Kim and Nelson's procedure over the rows in their order, c = 1: after `first` rows fix the variances of differences,
/// drop a contender whose sum falls behind another's by more than a margin that shrinks by `matters`/2 a row.
///
/// If the best is better than every other by `matters` or more, it is the one left with the stated confidence (for
/// normal rows); if not, the one left is within `matters` of the best with about that confidence. None with fewer than
/// two columns, `first` below 2, `matters` not above 0 or fewer than `first` complete rows.
pub fn kim_nelson(
    columns: &[Vec<f64>],
    better: Better,
    confidence: f64,
    matters: f64,
    first: usize,
) -> Option<Selected> {
    let rows = complete(columns, better);
    let k = columns.len();
    if k < 2 || first < 2 || rows.len() < first || matters.is_nan() || matters <= 0.0 {
        return None;
    }
    let margins = margins(&rows[..first], confidence)?;
    let mut sums = vec![0.0; k];
    let mut left: Vec<usize> = (0..k).collect();
    // The sums are compared, not the means: the margin is of a sum too.
    for (done, row) in (1..).zip(&rows) {
        sums.iter_mut().zip(row).for_each(|(sum, x)| *sum += x);
        if done < first {
            continue;
        }
        // W = max(0, (h^2 S^2 / matters - matters n) / 2)
        let margin = |i: usize, l: usize| {
            0.5 * (margins[i * k + l] / matters - matters * f64::from(done as u32)).max(0.0)
        };
        let stays = |i: &usize| left.iter().all(|l| sums[*i] >= sums[*l] - margin(*i, *l));
        let kept: Vec<usize> = left.iter().copied().filter(stays).collect();
        left = match kept.len() {
            // An exact tie where the margins are spent: the first of them.
            // Nobody stays where a tie is exact: the first of them stands for all.
            0 => left[..1].to_vec(),
            _ => kept,
        };
        if let Some(end) = ended(&left, done, &margins, k, matters) {
            return Some(end);
        }
    }
    Some(Selected { left, rows: rows.len() })
}

/// h^2 S^2 of every pair: h^2 = (first - 1)((2 alpha / (k - 1))^(-2/(first - 1)) - 1), S^2 the variance of the
/// difference. `[contender x contender]`, flat; the diagonal is nought.
fn margins(first: &[Vec<f64>], confidence: f64) -> Option<Vec<f64>> {
    let k = first.first()?.len();
    let degrees = (first.len() - 1) as f64;
    let alpha = 2.0 * (1.0 - confidence) / (k - 1) as f64;
    let h = degrees * (libm::pow(alpha, -2.0 / degrees) - 1.0);
    let pair = |i: usize, l: usize| {
        Some(h * Moments::of(&first.iter().map(|row| row[i] - row[l]).collect::<Vec<_>>()).variance()?)
    };
    (0..k * k).map(|at| pair(at / k, at % k)).collect()
}

/// The end: one is left, or all who are left are tied with all margins spent.
fn ended(left: &[usize], done: usize, margins: &[f64], k: usize, matters: f64) -> Option<Selected> {
    let spent = |i: usize, l: usize| margins[i * k + l] <= matters * matters * done as f64;
    let tied = left.iter().all(|i| left.iter().all(|l| spent(*i, *l)));
    (left.len() == 1 || tied).then(|| Selected { left: left[..1].to_vec(), rows: done })
}

/// Rows with a value in every column, turned so that higher is better.
///
/// A column that is shorter ends the rows for all.
fn complete(columns: &[Vec<f64>], better: Better) -> Vec<Vec<f64>> {
    let rows = columns.iter().map(Vec::len).min().unwrap_or(0);
    let row = |r: usize| columns.iter().map(|column| sign(better) * column[r]).collect::<Vec<f64>>();
    (0..rows).map(row).filter(|row| row.iter().all(|x| !x.is_nan())).collect()
}

/// Turned so that more is better, whatever the measure says.
fn sign(better: Better) -> f64 {
    match better {
        Better::Higher => 1.0,
        Better::Lower => -1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Key, Purpose, open_unit};
    use crate::stats::normal::normal_quantile;
    use crate::stats::special::tests::close;

    /// Columns with given means on common draws: sd 1 each, half of the variance shared. Seed 11.
    fn columns(means: &[f64], rows: u64, sample: u64) -> Vec<Vec<f64>> {
        let key = Key::new(11, Purpose::Design, sample);
        let normal = |row: u64, extra: u32| normal_quantile(open_unit(key.words(row, 0, extra)[0]));
        let one = |(at, mean): (u32, &f64)| {
            (0..rows).map(|row| mean + libm::sqrt(0.5) * (normal(row, 0) + normal(row, at))).collect()
        };
        (1..).zip(means).map(one).collect()
    }

    /// With luck in play, at 95 %.
    const LUCK: (f64, bool) = (0.95, false);

    /// By hand: two columns, so one rival and the one-sided t of 95 %: 1.795885 with 11 degrees of freedom; no
    /// skewness.
    #[test]
    fn two_columns_by_hand() {
        let columns = [[1.0, 2.0, 3.0, 4.0].repeat(3), [2.0, 2.5, 4.5, 5.0].repeat(3)];
        let Some(got) = against_best(&columns, Better::Lower, LUCK) else { panic!("twelve rows") };
        // differences 1, 0.5, 1.5, 1, three times: mean 1, variance 1.5 / 11
        close(got[0].mean, 2.5, 1e-12);
        close(got[0].by.high, 1.0 + 1.7958848187 * libm::sqrt(1.5 / 11.0 / 12.0), 1e-9);
        assert_eq!((got[0].by.low, got[0].may_be_best), (0.0, true));
        assert_eq!((got[1].by.high, got[1].may_be_best), (0.0, false));
        assert!(against_best(&columns[..1], Better::Lower, LUCK).is_none());
    }

    /// A rival that was better by the same in every year may be worse in a rarer one; few rows tell nothing either.
    #[test]
    fn equal_leads_and_few_rows_tell_nothing() {
        let may_be = |rows: usize, sure: bool| {
            let columns = [vec![0.0; rows], vec![-1000.0; rows]];
            let got = against_best(&columns, Better::Lower, (0.95, sure)).unwrap_or_default();
            got.iter().map(|one| one.may_be_best).collect::<Vec<bool>>()
        };
        assert_eq!((may_be(200, false), may_be(200, true)), (vec![true, true], vec![false, true]));
        let few = [vec![1.0, 2.0, 3.0, 4.0], vec![2.0, 3.1, 4.0, 5.0]];
        let got = against_best(&few, Better::Lower, LUCK).unwrap_or_default();
        assert!(got.len() == 2 && got.iter().all(|one| one.may_be_best));
    }

    #[test]
    fn equal_columns_cannot_be_told_apart() {
        let same = vec![1.0, 2.0, 4.0];
        let got = against_best(&[same.clone(), same.clone(), same.clone()], Better::Higher, LUCK);
        assert!(got.is_some_and(|all| all.iter().all(|one| one.may_be_best && one.by.half_width() == 0.0)));
        let got = kim_nelson(&[same.clone(), same], Better::Higher, 0.95, 0.1, 2);
        assert_eq!(got, Some(Selected { left: vec![0], rows: 2 }));
    }

    /// Five contenders, all the worse ones a step of 0.2 behind: the worst case. 600 samples of 100 rows, seed 11.
    ///
    /// The subset holds the best in at least 95 %, and all five intervals hold together in at least 95 %: fewer than
    /// 92 % (3.4 standard errors below) would come once in 3,000.
    #[test]
    fn the_subset_holds_the_best() {
        let means = [0.2, 0.0, 0.0, 0.0, 0.0];
        let (mut best, mut all) = (0, 0);
        for sample in 0..600 {
            let Some(got) = against_best(&columns(&means, 100, sample), Better::Higher, LUCK) else {
                continue;
            };
            best += u32::from(got[0].may_be_best);
            let truth = |i: usize| if i == 0 { 0.2 } else { -0.2 };
            all += u32::from(got.iter().enumerate().all(|(i, one)| one.by.holds(truth(i))));
        }
        assert!(best >= 552 && all >= 552, "{best} {all} of 600");
    }

    /// Kim and Nelson, 400 samples, seed 11: the best, better by just what matters (0.3), is found in at least 95 %.
    ///
    /// Fewer than 91 % (3.7 standard errors below) would come once in 5,000. And it stops before all 2,000 rows.
    #[test]
    fn the_procedure_finds_the_best() {
        let (mut right, mut rows) = (0, 0);
        for sample in 0..400 {
            let columns = columns(&[0.0, 0.3, 0.0, 0.0], 2000, 10_000 + sample);
            let Some(got) = kim_nelson(&columns, Better::Higher, 0.95, 0.3, 20) else { continue };
            right += u32::from(got.left == [1]);
            rows += got.rows;
        }
        assert!(right >= 364, "{right} of 400");
        assert!(rows / 400 < 400, "{} rows on average", rows / 400);
    }

    #[test]
    fn what_cannot_be_selected_is_none_or_left_open() {
        let two = columns(&[0.0, 0.0], 30, 1);
        assert_eq!(kim_nelson(&two, Better::Higher, 0.95, 0.0, 10), None);
        assert_eq!(kim_nelson(&two, Better::Higher, 0.95, 0.1, 40), None);
        let open = kim_nelson(&two, Better::Higher, 0.95, 0.001, 10);
        assert_eq!(open, Some(Selected { left: vec![0, 1], rows: 30 }));
    }
}
