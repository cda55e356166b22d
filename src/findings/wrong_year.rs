//! The year that went wrong: the simulated year nearest the worst tenth of the headline, beside the median one.
//!
//! Both are run again, alone, with every day recorded. Sentences follow from rules: when the backlog doubled, the week
//! of most lost sessions, the first week below target, the peak, the recovery.
//!
//! In: as-now, its headline, one value a replication. Out: two years day by day with their sentences. A year is
//! found by its headline alone: another that came to the same may have gone another way. Costs four years: each
//! of the two as it was and with nobody absent.

use super::figure::Unit;
use super::headline::Headline;
use super::probe::posts_of;
use super::say;
use super::shortfall::whole_weeks;
use crate::book::tally::{Flow, Tally};
use crate::model::Model;
use crate::model::number::Number;
use crate::model::post::Capacity;
use crate::outcome::columns::Place;
use crate::plan::lanes::Replication;
use crate::roster::{CAUSES, Cause};
use crate::stats::quantile::percentile;
use crate::units::{Day, minutes};
use crate::year::Year;

/// One simulated year, day by day.
#[derive(Clone, Debug)]
pub struct OneYear {
    /// Its replication, from 0.
    pub replication: u64,
    /// Headline of that year.
    pub headline: f64,
    /// Waiting and overdue (not those booked ahead) at the end of each counted day.
    pub backlog: Vec<f64>,
    /// Waiting and overdue when counting began.
    pub opening: f64,
    /// Requests of a mean week.
    pub asked_a_week: f64,
    /// By row and week: share of the full roster that was there; NaN where none was due.
    pub present: Vec<Vec<f64>>,
    /// Sessions lost by week, all roles.
    pub lost: Vec<f64>,
    /// Sessions that found no consulting room, in the whole period.
    pub roomless: f64,
    /// Share of those due seen in time, by week; NaN where nobody was due.
    pub in_time: Vec<f64>,
}

/// The year that went wrong.
///
/// `rows` and the rows of `present` in both years are in one order.
#[derive(Clone, Debug)]
pub struct WrongYear {
    /// First counted day.
    pub start: Day,
    /// Rows of the rota strip: roles at the place.
    pub rows: Vec<String>,
    /// The year nearest the worst tenth.
    pub worst: OneYear,
    /// The median year.
    pub median: OneYear,
    /// Headline in words with its unit.
    pub headline: (String, Unit),
    /// Five dated sentences.
    pub sentences: Vec<String>,
}

/// The replication nearest a quantile of badness; the first of equals.
///
/// `badness` 0.9 is the worst tenth: the upper one where less is better, the lower one where more is. None
/// without a value.
pub fn nearest(values: &[f64], badness: f64, higher_is_better: bool) -> Option<usize> {
    // Badness is counted from the good end.
    let p = if higher_is_better { 1.0 - badness } else { badness };
    let at = percentile(values, p)?;
    let known = values.iter().enumerate().filter(|(_, v)| !v.is_nan());
    known.min_by(|a, b| (a.1 - at).abs().total_cmp(&(b.1 - at).abs())).map(|(i, _)| i)
}

/// Reruns the two years.
///
/// None where the headline has no value in any year. In-time by week is of the headline's target, else of the
/// first.
pub fn wrong_year(model: &Model, headline: &Headline, values: &[f64], seed: u64) -> Option<WrongYear> {
    let higher = headline.higher_is_better();
    let (worst, median) = (nearest(values, 0.9, higher)?, nearest(values, 0.5, higher)?);
    let posts = posts_of(model, headline.place);
    let mut roles: Vec<usize> = posts.iter().map(|&i| model.posts[i].role).collect();
    roles.sort_unstable();
    roles.dedup();
    let year = Year::new(model.clone(), seed, true);
    let full = Year::new(never_absent(model), seed, false);
    // Weeks are held against some target, even where the headline is another measure.
    let target = headline.target().or_else(|| (!model.targets.is_empty()).then_some(0));
    let look = Look { model, place: headline.place, posts, roles: &roles, target };
    let one = |i: usize| look.year(&year, &full, i, values[i]);
    let (worst, median) = (one(worst), one(median));
    let start = model.horizon.start;
    let threshold = target.map(|t| model.targets[t].share);
    let sentences = sentences(start, &worst, threshold);
    Some(WrongYear {
        start,
        rows: roles.iter().map(|&r| model.roles[r].title.clone()).collect(),
        worst,
        median,
        headline: (headline.words(model), headline.unit()),
        sentences,
    })
}

/// The model with nobody ever absent and a room for every session: what a full roster would be.
///
/// It runs with the same draws, so what is missing from it is what absence took. Vacancies are filled where the
/// establishment is a plain number above nought.
fn never_absent(model: &Model) -> Model {
    let mut full = model.clone();
    for practice in &mut full.practices {
        practice.rooms = None;
    }
    for role in &mut full.roles {
        (role.sickness, role.leave, role.leaving) = (None, None, None);
    }
    for post in &mut full.posts {
        match &mut post.capacity {
            Capacity::Plain(plain) => plain.absence = None,
            Capacity::People(staffing) => {
                if staffing.wte.fixed().is_some_and(|w| w > 0.0) {
                    staffing.in_post_wte = None::<Number>;
                }
            }
        }
    }
    full
}

/// What is looked at, the same for both years.
struct Look<'a> {
    model: &'a Model,
    place: Place,
    posts: Vec<usize>,
    roles: &'a [usize],
    target: Option<usize>,
}

impl Look<'_> {
    /// One year, played as it was and with nobody absent.
    fn year(&self, year: &Year, full: &Year, replication: usize, headline: f64) -> OneYear {
        // Draw and chance have the number of the replication, as in a run.
        let rep = Replication::new(replication as u64, replication as u64);
        let (mut block, mut whole) = (year.block(), full.block());
        year.run(&[rep], &mut block);
        full.run(&[rep], &mut whole);
        let slots = &block.slots[0];
        let (tally, whole) = (&block.book.tally, &whole.book.tally);
        let practices = self.place.practices(self.model);
        let (days, warm_up) = (tally.sizes.days, year.axis.warm_up);
        let waiting = |t: usize| -> f64 {
            practices.iter().map(|&p| f64::from(tally.day_backlog[p * days + t][0])).sum()
        };
        let weeks = whole_weeks(self.model);
        let rostered = |t: &Tally, role: usize, week: usize| -> f64 {
            let posts = self.posts.iter().filter(|&&i| self.model.posts[i].role == role);
            posts.map(|&i| minutes(t.rostered[i * t.sizes.weeks + week][0])).sum()
        };
        // By role: what the full roster has more is lost, whatever the cause.
        let mut lost = vec![0.0; weeks];
        let mut present = Vec::new();
        for &role in self.roles {
            // One length for all: that of the place's first practice.
            let session = self.model.roles[role].session_minutes(slots, practices[0]);
            let row = (0..weeks).map(|w| {
                let (there, all) = (rostered(tally, role, w), rostered(whole, role, w));
                lost[w] += (all - there).max(0.0) / session;
                if all > 0.0 { there / all } else { f64::NAN }
            });
            present.push(row.collect());
        }
        let of_rooms = |i: &usize| tally.lost_sessions[i * CAUSES + Cause::Room as usize][0] as f64;
        let in_time = (0..weeks).map(|w| self.in_time(tally, &practices, w)).collect();
        let of = |p: usize, k: usize| f64::from(tally.flow[tally.at(p, k, Flow::Requests)][0]);
        let asked: f64 = practices.iter().flat_map(|&p| (0..tally.sizes.needs).map(move |k| of(p, k))).sum();
        OneYear {
            replication: rep.draw,
            headline,
            asked_a_week: 7.0 * asked / (days - warm_up) as f64,
            backlog: (warm_up..days).map(waiting).collect(),
            opening: if warm_up > 0 { waiting(warm_up - 1) } else { 0.0 },
            present,
            lost,
            // The tally counts in thousandths of a session.
            roomless: self.posts.iter().map(of_rooms).sum::<f64>() / 1000.0,
            in_time,
        }
    }

    /// Share of those due in a week who are seen in time, at the place; NaN without a target or where nobody was
    /// due.
    fn in_time(&self, tally: &Tally, practices: &[usize], week: usize) -> f64 {
        let Some(target) = self.target else { return f64::NAN };
        let sum = |of: &[crate::plan::lanes::Lanes<u32>]| -> f64 {
            let at = |p: &usize| of[(target * tally.sizes.practices + p) * tally.sizes.weeks + week][0];
            practices.iter().map(|p| f64::from(at(p))).sum()
        };
        let due = sum(&tally.due);
        if due > 0.0 { sum(&tally.in_time) / due } else { f64::NAN }
    }
}

/// A backlog of a handful that doubles is no news: it must have risen by so many requests.
const LEAST_RISE: f64 = 10.0;

/// Five dated sentences, each from its own rule; what did not happen is said too.
///
/// `target` is the share that the target wants. Four sentences where the period has no day, else five.
pub fn sentences(start: Day, year: &OneYear, target: Option<f64>) -> Vec<String> {
    let on = |day: usize| say::date(start.plus(day as i32));
    // A book that opens empty has nothing to double: its first four weeks stand in.
    let first_weeks = &year.backlog[..year.backlog.len().min(28)];
    let usual = first_weeks.iter().sum::<f64>() / first_weeks.len().max(1) as f64;
    // What the backlog is held against.
    let (from, since) = if year.opening >= 1.0 {
        (year.opening, "that of the opening day")
    } else {
        (usual, "the mean of the first four weeks")
    };
    let mut out = Vec::new();
    // Of a handful twice as many is nothing yet.
    let (mark, words) = match 2.0 * from >= from + LEAST_RISE {
        true => (2.0 * from, format!("twice {since}")),
        false => (from + LEAST_RISE, format!("{LEAST_RISE} more than {since}")),
    };
    out.push(match year.backlog.iter().position(|b| *b >= mark) {
        Some(day) => {
            format!(
                "On {} those waiting and overdue passed {}, {words}.",
                on(day),
                say::counted(mark, "request")
            )
        }
        None => format!(
            "From {} on those waiting and overdue never came to {words} ({}).",
            on(0),
            say::counted(from, "request")
        ),
    });
    out.push(roster_lost(year, &on));
    out.push(first_below(year, target, &on));
    // From behind, so that of equal peaks the first is named.
    let peak = (0..year.backlog.len()).rev().max_by(|&a, &b| year.backlog[a].total_cmp(&year.backlog[b]));
    if let Some(peak) = peak {
        out.push(format!(
            "Most were waiting and overdue on {}: {}.",
            on(peak),
            say::counted(year.backlog[peak], "request")
        ));
        // Recovered is back to where the year began.
        let back = (peak..year.backlog.len()).find(|&d| year.backlog[d] <= from);
        let last = year.backlog.len() - 1;
        out.push(match back {
            Some(day) => format!(
                "It was back to {since} on {}, {} later.",
                on(day),
                say::counted((day - peak) as f64, "day")
            ),
            None => format!(
                "On {}, the last day, it had not recovered: {} were overdue.",
                on(last),
                say::counted(year.backlog[last], "request")
            ),
        });
    }
    out
}

/// The first week below the target.
fn first_below(year: &OneYear, target: Option<f64>, on: &dyn Fn(usize) -> String) -> String {
    // Weeks in which nobody was due are NaN, which is below nothing.
    let below = target.and_then(|t| year.in_time.iter().position(|s| *s < t).map(|w| (w, t)));
    match (below, target) {
        (Some((week, t)), _) => format!(
            "The week of {} was the first below target: of those due {} were seen in time, not {}.",
            on(7 * week),
            below_share(year.in_time[week], t),
            say::percent(t)
        ),
        (None, Some(t)) => format!("From {} on no week fell below the target of {}.", on(0), say::percent(t)),
        (None, None) => "No target is stated that a week could miss.".to_owned(),
    }
}

/// A share that lies below another, with as many digits as tell the two apart.
fn below_share(share: f64, level: f64) -> String {
    let fine = |share: f64| format!("{} %", say::decimals(100.0 * share, 1));
    match (say::percent(share), say::percent(level)) {
        (said, of) if said != of => said,
        _ if fine(share) != fine(level) => fine(share),
        (_, of) => format!("just under {of}"),
    }
}

/// The week in which the roster lost most, and what it lost for want of rooms.
///
/// Sessions below half a one are no news.
fn roster_lost(year: &OneYear, on: &dyn Fn(usize) -> String) -> String {
    // From behind, so that of equal weeks the first is named.
    let worst = (0..year.lost.len()).rev().max_by(|&a, &b| year.lost[a].total_cmp(&year.lost[b]));
    match worst.filter(|&w| year.lost[w] >= 0.5) {
        Some(week) => {
            let lost = say::counted(year.lost[week], "session");
            let rooms = if year.roomless >= 0.5 {
                format!("; for want of a room it lost {} in all", say::counted(year.roomless, "session"))
            } else {
                String::new()
            };
            format!("The roster lost {lost} in the week of {}, the most of the year{rooms}.", on(7 * week))
        }
        None if year.roomless >= 0.5 => {
            let rooms = say::counted(year.roomless, "session");
            format!("From {} on the roster lost {rooms} for want of a room, and hardly any otherwise.", on(0))
        }
        None => format!("From {} on no session of the roster was lost.", on(0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn year(backlog: Vec<f64>, opening: f64, in_time: Vec<f64>) -> OneYear {
        let lost = vec![1.0, 12.4, 12.4];
        let (replication, headline, roomless) = (0, 0.0, 0.0);
        let (present, asked_a_week) = (vec![], 70.0);
        OneYear { replication, headline, backlog, opening, asked_a_week, present, lost, roomless, in_time }
    }

    #[test]
    fn sentences_are_dated_and_reverse() {
        let start = Day::from_date(jiff::civil::date(2018, 12, 31));
        let bad = year(vec![150.0, 260.0, 420.0, 300.0, 180.0], 200.0, vec![0.95, 0.8]);
        let text = sentences(start, &bad, Some(0.9));
        assert_eq!(
            text[0],
            "On Wednesday 2 January 2019 those waiting and overdue passed 400 requests, twice that of the opening day."
        );
        assert_eq!(
            text[1],
            "The roster lost 12 sessions in the week of Monday 7 January 2019, the most of the year."
        );
        assert!(text[2].starts_with("The week of Monday 7 January 2019 was the first below target"));
        assert_eq!(text[3], "Most were waiting and overdue on Wednesday 2 January 2019: 420 requests.");
        assert_eq!(text[4], "It was back to that of the opening day on Friday 4 January 2019, 2 days later.");
        let good = year(vec![150.0, 260.0, 300.0, 250.0, 240.0], 200.0, vec![0.95, 0.92]);
        let text = sentences(start, &good, Some(0.9));
        assert!(text[0].contains("never came to twice"));
        assert!(text[2].contains("no week fell below"));
        assert!(text[4].contains("had not recovered"));
        let text = sentences(start, &OneYear { roomless: 260.0, ..good.clone() }, None);
        assert!(text[1].ends_with("the most of the year; for want of a room it lost 260 sessions in all."));
        let text = sentences(start, &OneYear { roomless: 3.0, lost: vec![0.4; 8], ..good }, None);
        assert!(text[1].contains("lost 3 sessions for want of a room"), "{}", text[1]);
    }

    #[test]
    fn the_worst_tenth_lies_on_the_bad_side() {
        let values: Vec<f64> = (0..=100).map(f64::from).collect();
        assert_eq!((nearest(&values, 0.9, false), nearest(&values, 0.9, true)), (Some(90), Some(10)));
        assert_eq!(nearest(&[f64::NAN], 0.5, true), None);
    }
}
