//! Promise: a month with fewer working days is no effect, neither in observed months nor in the simulated pilots of the power.

use super::{Luck, measures, tried};
use skillmix::experiment::pilots::observed::{Measured, measured};
use skillmix::experiment::pilots::unit::Units;
use skillmix::scenario::pilots::{
    Asked as Read, Month, Observed, Pilot, PilotFile, Seen, Series, Value, load,
};
use skillmix::units::Day;
use std::path::Path;

/// Bank holidays of England and Wales from December 2021 to March 2024 (GOV.UK).
const HOLIDAYS: [(i16, i8, i8); 21] = [
    (2021, 12, 27),
    (2021, 12, 28),
    (2022, 1, 3),
    (2022, 4, 15),
    (2022, 4, 18),
    (2022, 5, 2),
    (2022, 6, 2),
    (2022, 6, 3),
    (2022, 8, 29),
    (2022, 9, 19),
    (2022, 12, 26),
    (2022, 12, 27),
    (2023, 1, 2),
    (2023, 4, 7),
    (2023, 4, 10),
    (2023, 5, 1),
    (2023, 5, 8),
    (2023, 5, 29),
    (2023, 8, 28),
    (2023, 12, 25),
    (2023, 12, 26),
];

/// And those of 2024.
const LATER: [(i16, i8, i8); 2] = [(2024, 1, 1), (2024, 3, 29)];

/// Whether all practices work on a day.
fn works(day: Day) -> bool {
    let holiday =
        |(year, month, of): &(i16, i8, i8)| Day::from_date(jiff::civil::date(*year, *month, *of)) == day;
    day.weekday() < 5 && !HOLIDAYS.iter().chain(&LATER).any(holiday)
}

fn pilots(sets: &[&str]) -> PilotFile {
    let sets: Vec<String> = sets.iter().map(|set| (*set).to_owned()).collect();
    let asked = Read {
        sets: &sets,
        measures: &measures(),
        counts: &[],
        replications: Some(16),
        seed: None,
        only: &[],
    };
    match load(Path::new("tests/pilots/working-days-pilots.toml"), asked) {
        Ok(file) => file,
        Err(reports) => panic!("{}", reports.iter().map(|r| r.render(false)).collect::<String>()),
    }
}

/// Names of practices, a share of a full day's contacts on each day, and how many of them are controls (the last).
struct Drawn<'a> {
    names: &'a [&'a str],
    controls: usize,
    /// Contacts that are expected of a practice on a day.
    contacts: &'a dyn Fn(&str, Day) -> f64,
}

impl Drawn<'_> {
    /// Months in which nothing was done: for each practice what its working days bring, with Poisson noise.
    fn series(&self, luck: &mut Luck, (before, after): (i32, i32)) -> Series {
        let start = 12 * 2024;
        let pilots = self.names.len() - self.controls;
        let of = |(at, name): (usize, &&str)| Observed { name: (*name).to_owned(), control: at >= pilots };
        let practices = self.names.iter().enumerate().map(of).collect();
        let mut values = Vec::new();
        for (practice, name) in self.names.iter().enumerate() {
            for month in (start - before..start + after).map(Month) {
                let days = (month.first().0..month.next().first().0).map(Day);
                let mean: f64 = days.map(|day| (self.contacts)(name, day)).sum();
                let value = (mean + mean.sqrt() * luck.normal()).round();
                values.push(Value { month, practice, value, weighted_list: Some(8000.0) });
            }
        }
        Series { file: "drawn.csv".into(), text: String::new(), practices, values }
    }

    /// Share of data sets whose 95 % interval leaves out nought, and the mean effect as a share of a week's contacts.
    fn alarms(&self, pilot: &Pilot, span: (i32, i32), seed: u64) -> (f64, f64) {
        let mut luck = Luck(seed);
        let (mut alarms, mut sum) = (0, 0.0);
        for _ in 0..SETS {
            let seen = Seen::Series(self.series(&mut luck, span));
            let pilot = Pilot { seen: Some(seen), ..pilot.clone() };
            let units = Units::of(&pilot).expect("units");
            let Measured { estimate, effect, .. } =
                measured(pilot.seen.as_ref().expect("months"), pilot.started, &units);
            alarms += usize::from(!estimate.expect("an error").interval(0.95).holds(0.0));
            sum += effect;
        }
        (alarms as f64 / SETS as f64, sum / SETS as f64 / 125.0)
    }
}

/// Data sets drawn for each design.
const SETS: usize = 400;
/// Five standard errors of a share of 0.05 of them: a right interval is further off less than once in a million.
const FURTHEST: f64 = 0.0545;

const EIGHT: [&str; 8] = ["a", "b", "c", "d", "e", "f", "g", "h"];

/// Eight practices, 200 contacts a working day, nothing done: 12 months before and January to March 2024 after, 24 before, three
/// on each side, and four with four controls. By days of the calendar the first showed an effect in every data set. 400 data sets a
/// design, seed 71: a false alarm in 5 %; more than 10.5 % or an effect of half a per cent comes up less than once in a million.
#[test]
fn nothing_done_over_real_working_days_is_no_effect() {
    let file = pilots(&[]);
    let contacts = |_: &str, day: Day| if works(day) { 200.0 } else { 0.0 };
    for (span, controls) in [((12, 3), 0), ((24, 3), 0), ((3, 3), 0), ((12, 3), 4)] {
        let drawn = Drawn { names: &EIGHT, controls, contacts: &contacts };
        let (alarms, effect) = drawn.alarms(&file.pilots[0], span, 71);
        assert!((alarms - 0.05).abs() < FURTHEST, "{span:?} {controls}: {alarms} of {SETS} show an effect");
        assert!(effect.abs() < 0.005, "{span:?} {controls}: {effect}");
    }
}

/// The same where Mondays are busier, and where one practice was shut for a fortnight after the start and the other on every
/// Wednesday afternoon of February: each is held against its own calendar. 400 data sets, seed 73.
#[test]
fn weekdays_and_closures_of_a_practice_are_no_effect() {
    let weights = [1.4, 1.0, 1.0, 1.0, 0.6];
    let shut = |day: Day| (Day::from_date(jiff::civil::date(2024, 2, 5)).0..).take(14).any(|d| d == day.0);
    let half = |day: Day| {
        let (first, last) = (jiff::civil::date(2024, 2, 7), jiff::civil::date(2024, 2, 28));
        day.weekday() == 2 && (Day::from_date(first)..=Day::from_date(last)).contains(&day)
    };
    let contacts = |name: &str, day: Day| match name {
        _ if !works(day) => 0.0,
        "east" if shut(day) => 0.0,
        "west" if half(day) => 0.5 * 200.0 * weights[day.weekday()],
        _ => 200.0 * weights[day.weekday()],
    };
    let closed: Vec<String> = (5..19).map(|day| format!("\"2024-02-{day:02}\"")).collect();
    let file = pilots(&[
        "demand.weekday={ mon = 1.4, tue = 1, wed = 1, thu = 1, fri = 0.6, sat = 0, sun = 0 }",
        &format!("practice.east.closed=[{}]", closed.join(",").replace('"', "")),
        "practice.west.part_days={ \"2024-02-07\" = 0.5, \"2024-02-14\" = 0.5, \"2024-02-21\" = 0.5, \"2024-02-28\" = 0.5 }",
    ]);
    let drawn = Drawn { names: &["east", "west"], controls: 0, contacts: &contacts };
    let (alarms, effect) = drawn.alarms(&file.pilots[0], (12, 3), 73);
    assert!((alarms - 0.05).abs() < FURTHEST, "{alarms} of {SETS} show an effect");
    assert!(effect.abs() < 0.005, "{effect}");
}

/// A month in which a practice was never open is left out and named; a share is not divided by open days.
#[test]
fn a_closed_month_is_left_out_and_a_share_is_as_it_is() {
    let closed: Vec<String> = (1..30).map(|day| format!("2024-02-{day:02}")).collect();
    let file = pilots(&[&format!("practice.east.closed=[{}]", closed.join(","))]);
    let contacts = |_: &str, day: Day| if works(day) { 200.0 } else { 0.0 };
    let drawn = Drawn { names: &["east", "west"], controls: 0, contacts: &contacts };
    let pilot =
        Pilot { seen: Some(Seen::Series(drawn.series(&mut Luck(3), (12, 3)))), ..file.pilots[0].clone() };
    let units = Units::of(&pilot).expect("units");
    let months =
        measured(pilot.seen.as_ref().expect("months"), pilot.started, &units).months.expect("months");
    assert_eq!(months.layout.cells.len(), 2 * 15 - 1);
    assert!(
        months.notes.iter().any(|note| note.contains("no open day there: east in 2024-02")),
        "{:?}",
        months.notes
    );
    let share = file.pilots.iter().find(|pilot| pilot.name == "share").expect("a share");
    let share = Units::of(share).expect("units");
    assert_eq!(share.a_week(0.87, 4.1, 8000.0), 0.87);
}

/// Months of the model: contacts of all and of its one need, requests, hours and rates show an effect where nothing was done in about
/// 5 % of simulated pilots, and the first two give the same power. 300 pilots each: five standard errors are 0.063, so a right design is
/// over 11.3 % less than once in a million. Whole weeks gave contacts of all and calendar months those of a need: 100 % of the latter
/// showed an effect.
#[test]
fn the_power_of_every_count_is_held_against_the_calendar() {
    let mut file = pilots(&[]);
    file.pilots.retain(|pilot| pilot.seen.is_none() && pilot.name != "share");
    let powers: Vec<_> = tried(&file, 300)
        .into_iter()
        .map(|tried| (tried.pilot.name, tried.model.and_then(|m| m.power.ok()).expect("a power")))
        .collect();
    for (name, power) in &powers {
        let alarms = power.false_alarms.share;
        assert!(
            alarms < 0.113,
            "{name}: {alarms} of simulated pilots in which nothing was done show an effect"
        );
    }
    let [all, need] = [&powers[0].1, &powers[1].1];
    assert_eq!(all.false_alarms, need.false_alarms);
    assert!(
        (all.at_predicted.share - need.at_predicted.share).abs() < 0.02,
        "{:?} {:?}",
        all.at_predicted,
        need.at_predicted
    );
    assert!((all.detectable / need.detectable - 1.0).abs() < 0.02, "{} {}", all.detectable, need.detectable);
}
