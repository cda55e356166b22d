//! Access in one replication: waits and times from booking of attended contacts.
//!
//! In: the tally of a replication and the cells of a group. Out: what the year's waits came to. A wait runs from the
//! last due day to the day seen, so it is never negative; who was never seen has none.

use super::ratio;
use crate::book::tally::{BANDS, Tally};

/// Waits of attended contacts of a group [calendar days]; no value where nobody was seen.
///
/// All of the same contacts, so a mean and a percentile may be read beside each other.
pub(super) struct Waits {
    /// Contacts.
    pub attended: u64,
    /// Mean.
    pub mean: f64,
    /// Smallest wait that half of them do not exceed.
    pub p50: f64,
    /// The same for nine in ten.
    pub p90: f64,
    /// The same for nineteen in twenty.
    pub p95: f64,
}

/// Attended contacts up to a time-from-booking band (exclusive).
///
/// Times from booking, not waits: these are the national bands, counted from 0.
pub(super) fn band_sum(tally: &Tally, lane: usize, seen: &[usize], upto: usize) -> u64 {
    let mut sum = 0;
    for &cell in seen {
        for month in 0..tally.sizes.months {
            for band in 0..upto.min(BANDS) {
                sum += u64::from(tally.attended_band[tally.band_at(cell, month, band)][lane]);
            }
        }
    }
    sum
}

/// Waits over several cells: exact mean and percentiles (smallest x with P(W <= x) >= q).
///
/// `attended` is what the flows count; the same people, since only attended contacts wait.
pub(super) fn waits(tally: &Tally, lane: usize, seen: &[usize], attended: u64) -> Waits {
    let mut out = Waits { attended: 0, mean: f64::NAN, p50: f64::NAN, p90: f64::NAN, p95: f64::NAN };
    if attended == 0 || seen.is_empty() {
        return out;
    }
    let mut days = 0u64;
    // Rank in whole numbers: a product of a count and a percentage, rounded up.
    let rank = |q: u64| (attended * q).div_ceil(100);
    for wait in 0..tally.sizes.days {
        let mut n = 0;
        for &cell in seen {
            n += u64::from(tally.waits[cell * tally.sizes.days + wait][lane]);
        }
        if n == 0 {
            continue;
        }
        let before = out.attended;
        out.attended += n;
        // A wait may jump over a percentile's rank: the first wait at or beyond it is that percentile.
        days += n * wait as u64;
        for (place, q) in [(&mut out.p50, 50), (&mut out.p90, 90), (&mut out.p95, 95)] {
            if before < rank(q) && out.attended >= rank(q) {
                *place = wait as f64;
            }
        }
        if out.attended == attended {
            break;
        }
    }
    out.mean = ratio(days as f64, out.attended as f64);
    out
}
