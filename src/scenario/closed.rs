//! Practices that are closed on every day of the period: nobody is seen there, and nobody asks.
//!
//! In: a model. Out: a fault where that holds of all practices, as no figure of such a run has a value; a warning where it
//! holds of some, and one where the list of closed days ends before the period does.

use crate::fault::Fault;
use crate::model::Model;
use crate::model::place::Practice;
use crate::units::Day;

/// True where no weekday is open at all, which is said where the week is stated.
pub(super) fn no_weekday(model: &Model) -> bool {
    !model.calendar.open.contains(&true)
}

/// True where nothing is open on any day of the period.
pub(super) fn never_open(model: &Model) -> bool {
    model.practices.iter().all(|practice| closed(model, practice))
}

/// True for a practice that is open on no day of the period.
fn closed(model: &Model, practice: &Practice) -> bool {
    let start = model.horizon.start;
    (0..model.horizon.days)
        .all(|day| model.calendar.open_share(Some(practice), start.plus(day as i32)) <= 0.0)
}

/// One warning where the closed days or school holidays of a calendar of several years end in a year before the period
/// does: the holidays that come after it are counted as any other day.
pub(super) fn calendar_ends(model: &Model, faults: &mut Vec<Fault>) {
    let last = model.horizon.last();
    let ends = |days: &mut dyn Iterator<Item = Day>| {
        let end = in_calendars(&days.collect::<Vec<Day>>()).into_iter().max()?;
        (end.date().year() < last.date().year()).then_some(end)
    };
    let closed = ends(&mut model.calendar.closed.iter().copied());
    // Those about New Year begin in the year before.
    let school = ends(&mut model.calendar.school_holidays.iter().map(|(from, _)| *from));
    let (what, address, end) = match (closed, school) {
        (Some(end), None) => ("the list of closed days ends", "calendar.closed", end),
        (None, Some(end)) => ("the list of school holidays ends", "calendar.school_holidays", end),
        (Some(end), Some(_)) => ("the lists of closed days and school holidays end", "calendar.closed", end),
        (None, None) => return,
    };
    let message = format!(
        "{what} on {end}, and the period runs to {last}: holidays that come later are counted as any other day"
    );
    let help = "state those of the period in `[calendar]`";
    faults.push(Fault::warning("calendar-ends", address, message).help(help));
}

/// Those days of a list that follow each other within a year over three calendar years or more: a published calendar.
pub(super) fn in_calendars(days: &[Day]) -> Vec<Day> {
    let mut sorted = days.to_vec();
    sorted.sort();
    let runs = sorted.chunk_by(|before, day| day.0 - before.0 <= 366);
    let years = |run: &[Day]| match run {
        [first, .., last] => last.date().year() - first.date().year(),
        _ => 0,
    };
    runs.filter(|run| years(run) >= 2).flatten().copied().collect()
}

/// A fault where all practices are closed throughout, else one warning for those that are.
pub(super) fn closures(model: &Model, faults: &mut Vec<Fault>) {
    if model.practices.is_empty() || no_weekday(model) {
        return;
    }
    let closed: Vec<&Practice> = model.practices.iter().filter(|practice| closed(model, practice)).collect();
    let (days, start, last) = (model.horizon.days, model.horizon.start, model.horizon.last());
    let period = match days {
        1 => format!("the one day of the period, {start},"),
        _ => format!("each of the {days} days of the period, {start} to {last},"),
    };
    let [first, others @ ..] = &closed[..] else { return };
    if closed.len() == model.practices.len() {
        let message = format!("{period} is closed, so nobody can be seen and no figure has a value");
        let help = "state a longer period, or another start; or take days out of `closed`, or add weekdays to `open`";
        faults.push(Fault::new("never-open", "horizon.start", message).help(help));
        return;
    }
    let more = if others.is_empty() { String::new() } else { format!(" and {} more", others.len()) };
    let verb = if others.is_empty() { "is" } else { "are" };
    let message =
        format!("practice {}{more} {verb} closed on {period} so nobody is ever seen there", first.name);
    let help = "take days out of its `closed`, or take the practice away";
    let address = format!("practice.{}.closed", first.name);
    faults.push(Fault::warning("practice-closed", address, message).help(help));
}
