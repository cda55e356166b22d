//! Horizon, calendar, demand pattern, networks and practices.
//!
//! In: tables of the file. Out: the frame of the model: which days there are, which of them are open, how
//! requests are spread, who is where. Factors that are not stated are neutral: nothing happens that no file
//! states.

use super::names::by_name;
use super::{Resolver, title};
use crate::fault::Fault;
use crate::model::calendar::{Calendar, DayNoise, DemandPattern, Drift, Horizon, PopulationBasis, Season};
use crate::model::number::Number;
use crate::model::place::{Network, Practice};
use crate::scenario::closed::in_calendars;
use crate::scenario::format::places::{BankHolidays, DriftTable, ListBasis, SeasonTable, SpanTable, Weekday};
use crate::scenario::format::words::{Either, Keyed, On, far_off};
use crate::scenario::number::Num;
use crate::scenario::read::suggest;
use crate::units::{Day, WEEKDAYS};

/// Bank holidays of England and Wales.
const ENGLAND: &str = include_str!("../library/bank-holidays-england.txt");

/// Years before the start, and after it, in which a closed day of a list that is kept for several scenarios may lie.
const NEAR: (i32, i32) = (10, 40);

/// A whole number as it was stated.
fn whole<R>(number: &Option<Num<R>>) -> Option<usize> {
    number.as_ref().map(|number| number.value() as usize)
}

impl Resolver<'_> {
    /// The counted period.
    ///
    /// A week from day 0 stands in where it is missing or wrong, so that the rest can still be read. Of weeks,
    /// years and days the first stated counts; a year ends the day before its date comes again.
    pub(super) fn horizon(&mut self) -> Horizon {
        // Stands in where the period cannot be read; the model is then not used.
        let nothing = Horizon { start: Day(0), days: 7, warm_up_days: 0 };
        let Some(table) = &self.file.horizon else {
            if self.tree.get("horizon").is_none() {
                let fault =
                    Fault::new("missing-key", "", "the scenario does not say which period it is about")
                        .help("add [horizon] with start = 2019-04-01 and weeks = 52");
                self.fault("horizon", fault);
            }
            return nothing;
        };
        let Some(start) = table.start else {
            self.missing(&table.place, "start", "on which day it starts");
            return nothing;
        };
        // Only one of them may be stated; that was looked at when the table was read.
        let days = match (whole(&table.weeks), whole(&table.years), whole(&table.days)) {
            // Calendar years, so leap days count.
            (Some(weeks), _, _) => weeks * 7,
            (_, Some(years), _) => {
                let span = jiff::Span::new().try_years(years as i64);
                // Dates and years are held where they are read, so that the end is within the calendar.
                let end = span.ok().and_then(|span| start.0.date().checked_add(span).ok());
                end.map_or(7, |end| (Day::from_date(end).0 - start.0.0).max(0) as usize)
            }
            (_, _, Some(days)) => days,
            _ => {
                let keys = ["weeks", "years", "days"];
                let wrong = keys.iter().any(|key| self.tree.nearest(&format!("horizon.{key}")).1);
                if !wrong {
                    self.missing(&table.place, "weeks", "how long it is");
                }
                return nothing;
            }
        };
        // Whole weeks, so that weekdays of warm-up and period fall alike.
        let warm_up_days = table.warm_up_weeks.as_ref().map_or(0, |weeks| weeks.value() as usize * 7);
        Horizon { start: start.0, days, warm_up_days }
    }

    /// Values by weekday, Monday first.
    ///
    /// A weekday that is not named has the value of `others`.
    pub(super) fn weekdays<R>(&mut self, stated: &Keyed<Num<R>>, others: [f64; 7]) -> [f64; 7] {
        let mut values = others;
        for (key, place, value) in &stated.0 {
            match WEEKDAYS.iter().position(|day| day == key) {
                Some(day) => values[day] = value.value(),
                None => {
                    let fault =
                        Fault::new("unknown-weekday", "", format!("`{key}` is not a day of the week"))
                            .help(suggest(key, WEEKDAYS.into_iter(), "write"));
                    self.fault_at_key(place, fault);
                }
            }
        }
        values
    }

    /// Rooms by weekday, Monday first; a weekday that is not named has none.
    ///
    /// The number is of each half-day: a room is there in the morning and in the afternoon.
    fn rooms<R>(&mut self, stated: &Either<Num<R>, Keyed<Num<R>>>) -> [u16; 7] {
        let rooms = match stated {
            Either::One(every_day) => [every_day.value(); 7],
            Either::Many(by_weekday) => self.weekdays(by_weekday, [0.0; 7]),
        };
        // Held to what 16 bits hold before the cast, so it cannot truncate.
        rooms.map(|rooms| rooms.min(f64::from(u16::MAX)) as u16)
    }

    /// Values by date, in order of dates.
    ///
    /// A key that is no date is a fault, and left out.
    fn dates<R>(&mut self, stated: &Option<Keyed<Num<R>>>) -> Vec<(Day, f64)> {
        let mut found = Vec::new();
        for (key, place, value) in stated.iter().flat_map(|stated| &stated.0) {
            match key.parse::<jiff::civil::Date>() {
                Ok(date) => {
                    far_off(date).into_iter().for_each(|fault| self.fault_at_key(place, fault));
                    found.push((Day::from_date(date), value.value()));
                }
                Err(_) => {
                    let help = crate::scenario::spelt::date(key.trim())
                        .unwrap_or_else(|| "write year-month-day, such as 2019-06-12".to_owned());
                    let fault = Fault::new("not-a-date", "", format!("`{key}` is not a date")).help(help);
                    self.fault_at_key(place, fault);
                }
            }
        }
        // Keys are texts, in the order of the file.
        found.sort_by_key(|(day, _)| *day);
        found
    }

    /// Closed days of a list, in order; warns of one that lies so far off that its year is most likely a slip. Those of a
    /// calendar of several years are not: of a list that serves many scenarios most lie outside the period.
    fn closed(&mut self, stated: &Option<Vec<On>>, address: &str) -> Vec<Day> {
        let mut days: Vec<Day> = stated.iter().flatten().map(|on| on.0).collect();
        let start = self.file.horizon.as_ref().and_then(|table| table.start);
        let calendar = in_calendars(&days);
        for (at, day) in days.iter().enumerate().filter(|(_, day)| !calendar.contains(day)) {
            let years = start.map_or(0, |start| day.date().year() - start.0.date().year());
            if !(-NEAR.0..=NEAR.1).contains(&i32::from(years)) {
                let message =
                    format!("this closed day lies {} years from the start of the period", years.abs());
                let fault = Fault::warning("closed-far-off", "", message);
                self.fault(
                    &format!("{address}.{at}"),
                    fault.help("correct its year, or take it out: it closes nothing"),
                );
            }
        }
        days.sort();
        days
    }

    /// Stretches of days.
    ///
    /// First and last day, both counted; a stretch without an end is one day.
    fn spans<'a>(&mut self, stated: impl Iterator<Item = &'a SpanTable>) -> Vec<(Day, Day)> {
        let mut found = Vec::new();
        for span in stated {
            let Some(from) = span.from else {
                self.missing(&span.place, "from", "its first day");
                continue;
            };
            // A single day needs no end.
            let to = span.to.unwrap_or(from);
            if to.0 < from.0 {
                let message = format!("this stretch of days ends ({}) before it begins ({})", to.0, from.0);
                self.fault(&format!("{}.to", span.place.address), Fault::new("dates-order", "", message));
            }
            found.push((from.0, to.0));
        }
        found
    }

    /// When appointments are held.
    ///
    /// Monday to Friday where nothing is stated. Closed dates are those stated and, where asked for, the bank
    /// holidays of England, in order and each once.
    pub(super) fn calendar(&mut self) -> Calendar {
        let table = self.file.calendar.clone().unwrap_or_default();
        // Monday first.
        let mut open = [true, true, true, true, true, false, false];
        if let Some(days) = &table.open {
            open = [false; 7];
            for (at, day) in crate::scenario::format::staff::WEEK.iter().enumerate() {
                open[at] = days.iter().any(|stated: &Weekday| stated == day);
            }
            if days.is_empty() {
                let fault =
                    Fault::new("never-open", "", "no day of the week is open, so nobody can ever be seen");
                let help = r#"write open = ["mon", "tue", "wed", "thu", "fri"], or leave it out"#;
                self.fault("calendar.open", fault.help(help));
            }
        }
        let mut closed = self.closed(&table.closed, "calendar.closed");
        if table.bank_holidays == Some(BankHolidays::England) {
            closed.extend(ENGLAND.lines().filter_map(|line| line.parse().ok()).map(Day::from_date));
        }
        closed.sort();
        // A bank holiday may be stated by hand as well.
        closed.dedup();
        Calendar {
            open,
            closed,
            part_days: self.dates(&table.part_days),
            school_holidays: self.spans(table.school_holidays.iter().flatten()),
            requests_on_closed_dates: table.requests_on_closed_dates.unwrap_or(false),
        }
    }

    /// How requests are spread.
    ///
    /// Neutral where nothing is stated: requests on the same days alike, no season, no noise.
    pub(super) fn demand(&mut self) -> DemandPattern {
        // What every key falls back to.
        let neutral = DemandPattern::default();
        let Some(table) = &self.file.demand else { return neutral };
        let weekday = match &table.weekday {
            Some(stated) => self.weekdays(stated, neutral.weekday),
            None => neutral.weekday,
        };
        // Weights count against each other, so all nought has no meaning.
        if weekday.iter().all(|weight| *weight == 0.0) {
            let fault = Fault::new(
                "no-request-day",
                "",
                "every day of the week has weight 0, so no request can be made",
            );
            self.fault("demand.weekday", fault);
        }
        let day_noise = table.day_noise.as_ref().and_then(|noise| match (&noise.cv, &noise.dispersion) {
            (Some(cv), _) => Some(DayNoise::Cv(self.drawn(cv))),
            (_, Some(dispersion)) => Some(DayNoise::Dispersion(self.drawn(dispersion))),
            _ => {
                self.missing(&noise.place, "cv", "how large it is");
                None
            }
        });
        DemandPattern {
            weekday,
            season: table.season.as_ref().map_or(Season::None, |season| self.season(season)),
            first_day_after_closure: table.first_day_after_closure.as_ref().map_or(1.0, Num::value),
            normalised: table.normalised.unwrap_or(true),
            open_days_a_year: table.open_days_a_year.as_ref().map(Num::value),
            growth_per_year: self.number(&table.growth_per_year, 0.0),
            level_cv: self.number(&table.level_cv, 0.0),
            drift: table.drift.as_ref().map(|drift| self.drift(drift)),
            network_shock: table.network_shock.as_ref().map(|drift| self.drift(drift)),
            day_noise,
            per: match table.per {
                Some(ListBasis::Weighted) => PopulationBasis::Weighted,
                _ => PopulationBasis::Registered,
            },
        }
    }

    /// A factor that moves slowly: its spread [share] and how alike neighbours in time are.
    fn drift(&mut self, table: &DriftTable) -> Drift {
        Drift {
            cv: self.needed(&table.cv, &table.place, "cv", "how large it is"),
            autocorrelation: self.number(&table.autocorrelation, 0.0),
        }
    }

    /// The season: twelve factors, factors by day, or a wave with its peak on a day counted from the start of the
    /// year.
    fn season(&mut self, table: &SeasonTable) -> Season {
        if let Some(months) = &table.months {
            return self
                .months(months, &format!("{}.months", table.place.address))
                .map_or(Season::None, Season::Months);
        }
        if let Some(days) = &table.days {
            if days.is_empty() {
                self.fault("demand.season.days", Fault::new("empty-list", "", "this list has no day in it"));
            }
            return Season::Days(days.iter().map(Num::value).collect());
        }
        if table.amplitude.is_none() {
            self.missing(&table.place, "months", "how demand moves over the year");
        }
        Season::Wave {
            amplitude: self.number(&table.amplitude, 0.0),
            period_days: table.period_days.as_ref().map_or(365.25, Num::value),
            peak_day: table.peak_day.as_ref().map_or(0.0, Num::value),
        }
    }

    /// Twelve factors, January first.
    pub(super) fn months<R>(&mut self, stated: &[Num<R>], address: &str) -> Option<[f64; 12]> {
        let values: Vec<f64> = stated.iter().map(Num::value).collect();
        let found = values.len();
        // Factors are taken as they are; their mean need not be one.
        match <[f64; 12]>::try_from(values) {
            Ok(months) => Some(months),
            Err(_) => {
                let fault = Fault::new(
                    "not-twelve",
                    "",
                    format!("a year has twelve months, but this list has {found} figures"),
                )
                .help("one factor for each month, January first");
                self.fault(address, fault);
                None
            }
        }
    }

    /// Networks by name.
    ///
    /// One called `all` where none is stated, at full maturity.
    pub(super) fn networks(&mut self) -> Vec<Network> {
        let stated = by_name(&self.file.network);
        if stated.is_empty() {
            return vec![Network {
                name: "all".into(),
                title: "All practices".into(),
                maturity: Number::ONE,
                stated: false,
            }];
        }
        stated
            .into_iter()
            .map(|(name, _, table)| Network {
                name: name.clone(),
                title: title(&table.name, name),
                maturity: self.number(&table.maturity, 1.0),
                stated: true,
            })
            .collect()
    }

    /// Practices by name.
    ///
    /// The weighted list is the registered one where none is stated. Only with several networks a practice has to
    /// name its own.
    pub(super) fn practices(&mut self) -> Vec<Practice> {
        let stated = by_name(&self.file.practice);
        if stated.is_empty()
            && self.tree.get("practice").and_then(|node| node.table()).is_none_or(|table| table.is_empty())
        {
            let fault = Fault::new("no-practice", "", "the scenario has no practice")
                .help("add [practice.some_name] with registered_list = 8000");
            self.fault("practice", fault);
        }
        stated
            .into_iter()
            .map(|(name, place, table)| {
                let network = match &table.network {
                    Some(network) => self.find("network", network, &format!("{}.network", place.address)),
                    None if self.names.network.len() == 1 => Some(0),
                    None => {
                        self.missing(place, "network", "which network it belongs to");
                        None
                    }
                };
                let age_bands = self.patients_by_age(place, table);
                let registered_list = self.registered_list(place, table, &age_bands);
                // Money, shared posts and splits go by it, so it is never missing.
                let weighted_list = self.maybe(&table.weighted_list).unwrap_or(registered_list);
                let closed = self.closed(&table.closed, &format!("{}.closed", place.address));
                Practice {
                    name: name.clone(),
                    title: title(&table.name, name),
                    network: network.unwrap_or(0),
                    registered_list,
                    age_bands,
                    weighted_list,
                    rooms: table.rooms.as_ref().map(|rooms| self.rooms(rooms)),
                    demand_level: self.number(&table.demand_level, 1.0),
                    closed,
                    part_days: self.dates(&table.part_days),
                }
            })
            .collect()
    }
}
