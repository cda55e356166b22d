//! Leaving and being replaced: which days a position is empty, and how far a new person is ramped up.
//!
//! In: the role's leaving law as drawn. Out: empty days and the ramp by day. Assumptions: in-post is stated at
//! the start of the counted period, so positions stand as they are until then and leaving begins there (of a dated post on
//! its first day, where that is later), with
//! the same chance each calendar day; a vacancy found at the start is met in the steady state of its law.

use crate::law::gamma;
use crate::law::negative_binomial::geometric_days;
use crate::model::role::Leaving;
use crate::random::{Key, Stream, unit};

/// Days of a mean year.
const YEAR: f64 = 365.25;

/// The law of leaving as drawn in one replication.
#[derive(Clone, Copy, Debug)]
pub struct LeavingDraw {
    /// Mean days until a person leaves; infinite where nobody does.
    mean_stay: f64,
    /// Mean length of a round of recruitment [days].
    vacancy_days: f64,
    /// Shape of a round's length; none where it does not vary.
    shape: Option<f64>,
    /// Chance that a round finds somebody.
    filled: f64,
    /// Days from a new person's start to full time.
    ramp_days: f64,
    /// Share of full time that a new person gives on the first day.
    starts_at: f64,
}

impl LeavingDraw {
    /// Reads the drawn numbers.
    pub fn new(leaving: &Leaving, slots: &[f64], practice: usize) -> Self {
        // the same chance each day, such that a year's days together have the stated one
        let a_day = -libm::expm1(libm::log1p(-leaving.per_year.at(slots, practice).min(1.0)) / YEAR);
        let cv = leaving.vacancy_cv;
        Self {
            mean_stay: 1.0 / a_day,
            vacancy_days: 7.0 * leaving.vacancy_weeks.at(slots, practice),
            shape: (cv > 0.0).then(|| 1.0 / (cv * cv)),
            filled: leaving.filled.at(slots, practice),
            ramp_days: 7.0 * leaving.ramp_up_weeks.at(slots, practice),
            starts_at: leaving.starts_at.at(slots, practice),
        }
    }

    /// Days until the post is filled: rounds of recruitment until one succeeds. `first` is the length of the
    /// first round.
    ///
    /// Ends early where it is beyond `end` days already. At least one day.
    fn rounds(&self, first: f64, words: &mut Stream, end: usize) -> usize {
        let mut days = first;
        while unit(words.next_word()) >= self.filled {
            days += self.round(words);
            if days >= end as f64 {
                break;
            }
        }
        (days.round() as usize).max(1)
    }

    /// Length of one round [days].
    fn round(&self, words: &mut Stream) -> f64 {
        // a round of no length would go on for ever where none succeeds
        (self.vacancy_days * self.shape.map_or(1.0, |shape| gamma::unit_mean(shape, words))).max(1.0)
    }

    /// What is left of a round met in the steady state: an even share of a length-biased one [days].
    fn rest_of_round(&self, words: &mut Stream) -> f64 {
        let biased = self.shape.map_or(1.0, |k| gamma::unit_mean(k + 1.0, words) * (k + 1.0) / k);
        self.vacancy_days * biased * unit(words.next_word())
    }
}

/// Lays the vacancies of one position: `empty(first, end)` for days without anyone, then `ramp(t, share)`
/// for the days on which a new person gives less than full time.
///
/// `start` is the first counted day, or the post's own first day where that is later, `days` the length of the axis; `vacant` says how the position stands at
/// the start. Without a law nothing changes all year. Each call may reach `days`, never beyond.
///
/// Ramps count in calendar days. On days of a vacancy no ramp is read.
pub fn lay(
    law: Option<&LeavingDraw>,
    vacant: bool,
    (start, days): (usize, usize),
    mut words: Stream,
    mut empty: impl FnMut(usize, usize),
    mut ramp: impl FnMut(usize, f64),
) {
    let Some(law) = law else {
        if vacant {
            empty(0, days);
        }
        return;
    };
    let mut t = start;
    let mut first_round = vacant.then(|| law.rest_of_round(&mut words));
    if vacant {
        empty(0, start);
    }
    loop {
        let round = match first_round.take() {
            Some(rest) => rest,
            None => {
                if law.mean_stay.is_infinite() {
                    return;
                }
                t += geometric_days(unit(words.next_word()), law.mean_stay) as usize - 1;
                if t >= days {
                    return;
                }
                law.round(&mut words)
            }
        };
        let filled = t + law.rounds(round, &mut words, days);
        empty(t, filled.min(days));
        if filled >= days {
            return;
        }
        let last = (filled + law.ramp_days.ceil() as usize).min(days);
        for day in filled..last {
            let share = law.starts_at + (1.0 - law.starts_at) * (day - filled) as f64 / law.ramp_days;
            ramp(day, share.min(1.0));
        }
        // A new person stays a day at least.
        t = filled + 1;
    }
}

/// Key words of one position: they start at the first counted day, so that the warm-up moves nothing.
pub fn words(key: Key, chance: u64, first_counted_day: i32) -> Stream {
    key.stream(chance, first_counted_day, 0)
}
