//! The backlog through the year: who is waiting and overdue at each week's end, as now and under each option.
//!
//! In: the exact weekly sums of as-now and of the options. Out: a line for each, with the range over years of as-now.

use super::headline::Subject;
use super::say;
use super::weeks::Week;
use crate::model::Model;
use crate::outcome::Outcome;
use crate::outcome::columns::Place;
use crate::outcome::sums::BACKLOG;
use crate::units::Day;

/// Most lines in one picture: as now and those options that change the end most.
pub const LINES: usize = 6;

/// The backlog at each week's end.
#[derive(Clone, Debug)]
pub struct Backlog {
    /// Whose it is.
    pub place: String,
    /// First counted day.
    pub start: Day,
    /// Counted days.
    pub days: usize,
    /// As now first, then options in their order: title, and the weeks.
    pub lines: Vec<(String, Vec<Week>)>,
    /// Options that are not among them.
    pub left_out: usize,
}

impl Backlog {
    /// None where nobody ever waits in any of them. `options` are titles, models and outcomes, as now first.
    pub fn new<'a>(
        options: impl IntoIterator<Item = ((&'a String, &'a Model), &'a Outcome)>,
        place: Place,
    ) -> Option<Self> {
        let mut options = options.into_iter().peekable();
        let ((_, model), _) = *options.peek()?;
        let line = |((title, other), outcome): ((&String, &Model), &Outcome)| {
            let name = (place.scope(), place.name(model));
            let at = outcome.sums.places.iter().position(|p| (p.scope(), p.name(other)) == name)?;
            let of = |week| {
                let counts = outcome.sums.week(at, week, BACKLOG);
                let range = |p| counts.quantile(p).map_or(f64::NAN, f64::from);
                Some(Week { mean: counts.mean()?, p5: range(0.05), p95: range(0.95) })
            };
            Some((title.clone(), (0..outcome.sums.weeks).map(of).collect::<Option<Vec<Week>>>()?))
        };
        let mut lines: Vec<(String, Vec<Week>)> = options.filter_map(line).collect();
        let now = end(&lines.first()?.1);
        let mut most: Vec<usize> = (1..lines.len()).collect();
        // Those that leave fewest and most first, for the title names them.
        let by_end = |a: &usize, b: &usize| end(&lines[*a].1).total_cmp(&end(&lines[*b].1));
        let ends = [most.iter().copied().min_by(by_end), most.iter().copied().max_by(by_end)];
        let change = |at: &usize| (ends.contains(&Some(*at)), (end(&lines[*at].1) - now).abs());
        most.sort_by(|a, b| change(b).0.cmp(&change(a).0).then(change(b).1.total_cmp(&change(a).1)));
        let dropped: Vec<usize> = most.into_iter().skip(LINES - 1).collect();
        let mut at = 0..;
        lines.retain(|_| at.next().is_none_or(|at| !dropped.contains(&at)));
        let waiting = lines.iter().flat_map(|(_, weeks)| weeks).any(|week| week.mean > 0.0);
        waiting.then(|| Self {
            place: Subject::new(model, place).name,
            start: model.horizon.start,
            days: model.horizon.days,
            lines,
            left_out: dropped.len(),
        })
    }

    /// What it comes to at the end: as now, and with the options that leave fewest and most where these are other than now.
    pub fn title(&self) -> String {
        let [(_, now), options @ ..] = &self.lines[..] else { return String::new() };
        let said = |weeks: &[Week]| say::about(end(weeks));
        let differs = |(_, weeks): &&(String, Vec<Week>)| said(weeks) != said(now);
        let by_end = |a: &&(String, Vec<Week>), b: &&(String, Vec<Week>)| end(&a.1).total_cmp(&end(&b.1));
        let fewest = options.iter().min_by(by_end).filter(|(_, weeks)| end(weeks) < end(now)).filter(differs);
        let most = options.iter().max_by(by_end).filter(|(_, weeks)| end(weeks) > end(now)).filter(differs);
        let each: Vec<String> = [fewest, most]
            .into_iter()
            .flatten()
            .map(|(title, weeks)| format!("{} with \"{title}\"", said(weeks)))
            .collect();
        let then = match (each.is_empty(), options.len()) {
            (false, _) => format!(", {}", say::list(&each)),
            (true, 0) => String::new(),
            (true, 1) => ", and about as many with the option".to_owned(),
            (true, _) => ", and about as many with every option".to_owned(),
        };
        format!("About {} requests are overdue at the end of the period as now{then}", said(now))
    }
}

/// The mean at the end of the last week.
fn end(weeks: &[Week]) -> f64 {
    weeks.last().map_or(0.0, |week| week.mean)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_names_who_leaves_fewest_and_most() {
        let line = |title: &str, mean: f64| (title.to_owned(), vec![Week { mean, p5: mean, p95: mean }]);
        let title = |lines: Vec<(String, Vec<Week>)>| {
            let start = Day::from_date(jiff::civil::date(2026, 4, 1));
            Backlog { place: "North".into(), start, days: 7, lines, left_out: 0 }.title()
        };
        let now = "About 300 requests are overdue at the end of the period as now";
        assert_eq!(title(vec![line("As now", 300.0)]), now);
        assert_eq!(
            title(vec![line("As now", 300.0), line("Desk", 200.0)]),
            format!("{now}, 200 with \"Desk\"")
        );
        assert_eq!(
            title(vec![line("As now", 300.0), line("Desk", 400.0), line("Line", 200.0)]),
            format!("{now}, 200 with \"Line\" and 400 with \"Desk\"")
        );
        assert_eq!(
            title(vec![line("As now", 300.0), line("Desk", 300.0)]),
            format!("{now}, and about as many with the option")
        );
    }
}
