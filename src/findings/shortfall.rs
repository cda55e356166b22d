//! Where work asked for exceeds the roster: shortfall in sessions a week, and when.
//!
//! Shortfall of a role in a week = slot minutes of everyone whose request for the role fell due that week (those who
//! later give up or are lost are among them) less the minutes on the roster, in sessions to be staffed: a session brings
//! its hours times the role's direct share, as in the measure `shortfall_sessions_week`. What overflows to another
//! role counts with the role asked for first. A role is short in the weeks whose mean shortfall is above nought.
//!
//! In: probed minutes and, of the same replications, the minutes of a session. Out: a shortfall for each role
//! with a roster at the place, and the months in which it is short.

use super::figure::{Figure, Unit};
use super::one_more::short_rooms;
use super::probe::{Probed, posts_of};
use super::say::{self, MONTHS};
use crate::model::Model;
use crate::outcome::Outcome;
use crate::outcome::columns::{About, Place};
use crate::plan::draws::DrawPlan;
use crate::plan::lanes::Replication;
use crate::stats::moments::Moments;
use crate::units::Day;

/// Shortfall of a role.
///
/// `by_week` holds whole weeks of the counted period; a rest of days at its end is left out.
#[derive(Clone, Debug)]
pub struct Shortfall {
    /// Role.
    pub role: usize,
    /// Sessions a week over the whole period, mean and range over simulated years; below nought is slack.
    pub all_year: Figure,
    /// Sessions a week over the months in which it is short.
    pub when_short: Option<Figure>,
    /// Those months in words: `from November to February`.
    pub months: Option<String>,
    /// Mean by week.
    pub by_week: Vec<f64>,
}

/// Sessions of a role short in each week of one replication.
///
/// Below nought in weeks with slack.
fn sessions(probed: &Probed, role: usize, session_minutes: f64) -> Vec<f64> {
    let weeks = probed.wanted[role].iter().zip(&probed.rostered[role]);
    weeks.map(|(wanted, rostered)| (wanted - rostered) / session_minutes).collect()
}

/// Appointment minutes of a session, by role, of each of some replications, as one practice draws them.
///
/// `[replication][role]` [min].
pub fn session_minutes(model: &Model, seed: u64, reps: &[Replication], practice: usize) -> Vec<Vec<f64>> {
    let draws = DrawPlan::new(&model.inputs, &model.practices, seed);
    let mut slots = vec![0.0; draws.slots()];
    let mut of = |rep: &Replication| {
        draws.draw(rep.draw, &mut slots);
        model.roles.iter().map(|role| role.session_minutes(&slots, practice)).collect()
    };
    reps.iter().map(&mut of).collect()
}

/// Shortfalls of every role with posts of the place alone, with people or without (a role shared with other places has none
/// here); `session` holds the appointment minutes of a session, by role, of each probed replication.
pub fn shortfalls(
    (model, place): (&Model, Place),
    probed: &[Probed],
    session: &[Vec<f64>],
) -> Vec<Shortfall> {
    let some = |of: &dyn Fn(&Probed) -> &Vec<f64>| probed.iter().any(|p| of(p).iter().any(|m| *m > 0.0));
    let own = posts_of(model, place);
    // Nobody on the roster: empty posts alone, none of them shared with others.
    let empty = |role: usize| {
        let mut posts = (0..model.posts.len()).filter(|&i| model.posts[i].role == role).peekable();
        let practices = place.practices(model);
        let of_others = |i: usize| practices.iter().any(|&p| model.posts[i].serves(model, p));
        posts.peek().is_some() && posts.all(|i| own.contains(&i) || !of_others(i))
    };
    let busy = |role: &usize| some(&|p| &p.rostered[*role]) || (empty(*role) && some(&|p| &p.wanted[*role]));
    (0..model.roles.len()).filter(busy).map(|role| shortfall(model, probed, session, role)).collect()
}

/// Shortfall of one role over the replications looked at.
fn shortfall(model: &Model, probed: &[Probed], session: &[Vec<f64>], role: usize) -> Shortfall {
    let all: Vec<Vec<f64>> = probed.iter().zip(session).map(|(p, of)| sessions(p, role, of[role])).collect();
    let weeks = whole_weeks(model);
    let mean_of = |week: usize| all.iter().map(|w| w[week]).sum::<f64>() / all.len() as f64;
    let by_week: Vec<f64> = (0..weeks).map(mean_of).collect();
    let over = |chosen: &[usize]| -> Figure {
        let year = |w: &Vec<f64>| chosen.iter().map(|&i| w[i]).sum::<f64>() / chosen.len() as f64;
        Figure::of(&all.iter().map(year).collect::<Vec<_>>(), Unit::Sessions)
    };
    let every: Vec<usize> = (0..weeks).collect();
    let run = short_run(&by_month(model.horizon.start, &by_week));
    // What is said is the figure over years, so its own mean has to be above nought.
    let when = run.map(|(months, weeks)| (over(&weeks), months)).filter(|(figure, _)| figure.mean > 0.0);
    let (when_short, months) = when.map_or((None, None), |(f, m)| (Some(f), Some(m)));
    Shortfall { role, all_year: over(&every), when_short, months, by_week }
}

/// Counted weeks of seven days.
///
/// At least one, so that a period of days has a week.
pub fn whole_weeks(model: &Model) -> usize {
    (model.horizon.days / 7).max(1)
}

/// Sessions of all roles that find no room in the period, with the practices short of rooms in words; none where every
/// session finds one.
///
/// Where the place keeps no such figure the sum over all practices stands for it. Below half a session nothing is
/// said.
pub fn without_a_room(model: &Model, outcome: &Outcome, place: Place) -> Option<(f64, String)> {
    let lost = |role: usize| {
        let at = |place| outcome.series("lost_room_sessions", place, About::Role(role));
        at(place).or_else(|| at(Place::All)).and_then(|series| Moments::of(&series).mean())
    };
    let sessions: f64 = (0..model.roles.len()).filter_map(lost).sum();
    let short = short_rooms(model, place);
    let titles: Vec<String> =
        short.iter().map(|asked| model.practices[asked.practice].title.clone()).collect();
    (sessions >= 0.5 && !titles.is_empty()).then(|| (sessions, say::list(&titles)))
}

/// A calendar month with its weeks and their mean.
///
/// Weeks are numbers of the counted period, from 0; the mean is of their shortfalls.
struct Month {
    /// January to December.
    name: &'static str,
    /// Weeks of the counted period, from 0.
    weeks: Vec<usize>,
    mean: f64,
}

/// Weeks by the month of their Thursday (the month that holds most of their working days).
///
/// Months in the order of time; one that comes again a year later is another.
fn by_month(start: Day, by_week: &[f64]) -> Vec<Month> {
    let mut months: Vec<(i16, usize, Month)> = Vec::new();
    for (week, value) in by_week.iter().enumerate() {
        let thursday = start.plus(7 * week as i32 + 3);
        let (year, month) = (thursday.date().year(), thursday.month());
        match months.last_mut() {
            Some((y, m, last)) if (*y, *m) == (year, month) => {
                last.weeks.push(week);
                last.mean += value;
            }
            _ => months.push((year, month, Month { name: MONTHS[month], weeks: vec![week], mean: *value })),
        }
    }
    let mean = |(_, _, mut m): (i16, usize, Month)| {
        m.mean /= m.weeks.len() as f64;
        m
    };
    months.into_iter().map(mean).collect()
}

/// The run of months, each short on average, with the largest sum: its words and its weeks.
///
/// None where no month is short on average.
fn short_run(months: &[Month]) -> Option<(String, Vec<usize>)> {
    let runs = months.chunk_by(|a, b| (a.mean > 0.0) == (b.mean > 0.0)).filter(|run| run[0].mean > 0.0);
    let size = |run: &&[Month]| -> f64 { run.iter().map(|m| m.mean * m.weeks.len() as f64).sum() };
    let run = runs.max_by(|a, b| size(a).total_cmp(&size(b)))?;
    let weeks = run.iter().flat_map(|m| m.weeks.iter().copied()).collect();
    let words = match run {
        all if all.len() == months.len() => "all through the period".to_owned(),
        [one] => format!("in {}", one.name),
        [first, .., last] => format!("from {} to {}", first.name, last.name),
        [] => return None,
    };
    Some((words, weeks))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_run_of_short_months_is_named() {
        let start = Day::from_date(jiff::civil::date(2018, 10, 1));
        // four weeks of slack (October), 18 short (November to February), nine of slack, one short
        let mut weeks = vec![-2.0; 4];
        weeks.extend([20.0; 18]);
        weeks.extend([-3.0; 9]);
        weeks.push(5.0);
        let months = by_month(start, &weeks);
        let (words, chosen) = short_run(&months).expect("eighteen short weeks");
        assert_eq!(words, "from November to February");
        assert_eq!(chosen.len(), 18);
        assert!(short_run(&by_month(start, &[-1.0, 0.0])).is_none());
        assert_eq!(short_run(&by_month(start, &[1.0; 9])).expect("short").0, "all through the period");
    }
}
