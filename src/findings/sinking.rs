//! A backlog that keeps growing: the network sinks, and no peak of a bad year is the news.
//!
//! In: a simulated year day by day. Out: those waiting and overdue at its beginning and its end, where the year shows no
//! end of their growing. Held against the year's own beginning and middle, since a book that opens empty fills up to a
//! level, and a hard winter comes to an end.

use super::wrong_year::OneYear;

/// Days over which a backlog is looked at: four weeks, so that no weekday stands out.
const FOUR_WEEKS: usize = 28;
/// A backlog keeps growing where it ends at so many times its beginning …
const MULTIPLE: f64 = 2.0;
/// … and at so many times its middle: a book that fills up to a level stays there, and a straight rise doubles.
const STILL: f64 = 1.5;

impl OneYear {
    /// Waiting and overdue at the beginning and at the end, where they keep growing: by a multiple, in the second half
    /// too, and by more than the requests of a week. None where the period is shorter than three times four weeks.
    pub fn sinks(&self) -> Option<(f64, f64)> {
        let days = self.backlog.len();
        if days < 3 * FOUR_WEEKS {
            return None;
        }
        let mean =
            |from: usize| self.backlog[from..from + FOUR_WEEKS].iter().sum::<f64>() / FOUR_WEEKS as f64;
        let (middle, late) = (mean((days - FOUR_WEEKS) / 2), mean(days - FOUR_WEEKS));
        let (from, to) = (self.opening, self.backlog[days - 1]);
        // A book that opens empty has nothing to multiply: its first four weeks stand in.
        let first = if from >= 1.0 { from } else { mean(0) };
        let grows = late >= MULTIPLE * first && late >= STILL * middle && to - from > self.asked_a_week;
        grows.then_some((from, to))
    }
}

#[cfg(test)]
mod tests {
    use super::OneYear;

    fn year(backlog: Vec<f64>, opening: f64) -> OneYear {
        let (replication, headline, roomless, asked_a_week) = (0, 0.0, 0.0, 70.0);
        let (present, lost, in_time) = (vec![], vec![], vec![]);
        OneYear { replication, headline, backlog, opening, asked_a_week, present, lost, roomless, in_time }
    }

    #[test]
    fn only_a_backlog_that_still_grows_by_a_multiple_sinks() {
        let of = |at: &dyn Fn(usize) -> f64, opening| year((0..364).map(at).collect(), opening).sinks();
        // The fixture has 70 requests a week.
        assert_eq!(of(&|day| 200.0 + 4.0 * day as f64, 200.0), Some((200.0, 1652.0)));
        assert_eq!(of(&|day| 4.0 * day as f64, 0.0), Some((0.0, 1452.0)), "a book that opens empty");
        assert!(
            of(&|day| 600.0 * (1.0 - libm::exp(-(day as f64) / 40.0)), 0.0).is_none(),
            "it fills up to a level"
        );
        assert!(of(&|day| 200.0 + 0.3 * day as f64, 200.0).is_none(), "no multiple");
        assert!(of(&|day| 0.15 * day as f64, 0.0).is_none(), "less than a week's requests");
        let winter = |day: usize| if (180..300).contains(&day) { 900.0 } else { 200.0 };
        assert!(of(&winter, 200.0).is_none(), "it has come back");
        assert!(year(vec![10.0, 900.0], 10.0).sinks().is_none(), "two days are no trend");
    }
}
