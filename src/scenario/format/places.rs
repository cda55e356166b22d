//! Period, calendar, demand pattern, networks and practices, as typed.

use super::words::{Either, Keyed, On};
use crate::scenario::number::{
    Amount, Correlation, Factor, FixedAmount, FixedFactor, FixedPositive, FixedPositiveFactor, FixedReal,
    FixedShare, Growth, Num, Patients, PeriodDays, PeriodWeeks, PeriodYears, Positive, Spread, WarmUpWeeks,
    Whole, YearDays,
};
use crate::scenario::read::{choice, table};

table! {
    /// The counted period.
    HorizonTable, "[horizon]", [&[&["weeks"], &["years"], &["days"]]], {
        /// First counted day.
        start: On,
        /// Length [weeks].
        weeks: Num<PeriodWeeks>,
        /// Length [years].
        years: Num<PeriodYears>,
        /// Length [days].
        days: Num<PeriodDays>,
        /// Weeks simulated before the start, levers off, not counted. Default 0.
        warm_up_weeks: Num<WarmUpWeeks>,
    }
}

choice! {
    /// A day of the week.
    Weekday, "a day of the week", {
        /// Monday.
        Mon = "mon",
        /// Tuesday.
        Tue = "tue",
        /// Wednesday.
        Wed = "wed",
        /// Thursday.
        Thu = "thu",
        /// Friday.
        Fri = "fri",
        /// Saturday.
        Sat = "sat",
        /// Sunday.
        Sun = "sun",
    }
}

choice! {
    /// A list of bank holidays that the program carries.
    BankHolidays, "bank holidays", {
        /// England and Wales.
        England = "england",
    }
}

table! {
    /// When appointments are held.
    CalendarTable, "[calendar]", [], {
        /// Weekdays with appointments. Default Monday to Friday.
        open: Vec<Weekday>,
        /// Days closed to all.
        closed: Vec<On>,
        /// A list of bank holidays that the program carries.
        bank_holidays: BankHolidays,
        /// Days on which all are open for a share of the day only: date = share open.
        part_days: Keyed<Num<FixedShare>>,
        /// School holidays, in which leave is weighted by `school_holiday_weight`.
        school_holidays: Vec<SpanTable>,
        /// True where requests can be made on closed dates too. Default false.
        requests_on_closed_dates: bool,
    }
}

table! {
    /// A stretch of days.
    SpanTable, "a stretch of days", [], {
        /// First day.
        from: On,
        /// Last day. Default the first.
        to: On,
    }
}

choice! {
    /// Which list rates are per.
    ListBasis, "the list that rates are per", {
        /// Registered patients.
        Registered = "registered_list",
        /// Carr-Hill weighted patients.
        Weighted = "weighted_list",
    }
}

table! {
    /// The season of demand.
    SeasonTable, "a season", [&[&["months"], &["days"], &["amplitude", "period_days", "peak_day"]]], {
        /// A factor for each month, January first.
        months: Vec<Num<FixedFactor>>,
        /// A factor for each day from the start; the last holds.
        days: Vec<Num<FixedFactor>>,
        /// Height of a wave [share of the mean].
        amplitude: Num<Amount>,
        /// Length of the wave [days]. Default 365.25.
        period_days: Num<FixedPositive>,
        /// Day of the peak from the start of the horizon [days]. Default 0.
        peak_day: Num<FixedReal>,
    }
}

table! {
    /// A slow movement with mean one.
    DriftTable, "a drift", [], {
        /// Coefficient of variation.
        cv: Num<Spread>,
        /// Correlation from one step to the next. Default 0.
        autocorrelation: Num<Correlation>,
    }
}

table! {
    /// Noise of a practice's day.
    DayNoiseTable, "day noise", [&[&["cv"], &["dispersion"]]], {
        /// Coefficient of variation.
        cv: Num<Spread>,
        /// Dispersion k of the negative binomial: variance m + m²/k.
        dispersion: Num<Positive>,
    }
}

table! {
    /// How requests are spread over days.
    DemandTable, "[demand]", [], {
        /// Weight of each weekday; 0 where no request can be made. Default 1 Monday to Friday, 0 at weekends.
        weekday: Keyed<Num<FixedAmount>>,
        /// The season.
        season: SeasonTable,
        /// Factor on the first request day after a closed date or a long break. Default 1.
        first_day_after_closure: Num<FixedPositiveFactor>,
        /// True where the pattern is divided by its yearly mean so that rates stay annual. Default true.
        normalised: bool,
        /// Request days a year by which annual rates are divided; counted from the calendar by default.
        open_days_a_year: Num<YearDays>,
        /// Growth of demand [share a year]. Default 0.
        growth_per_year: Num<Growth>,
        /// Spread of practices' own levels of demand [cv]. Default 0.
        level_cv: Num<Spread>,
        /// A practice's drift from month to month.
        drift: DriftTable,
        /// A network's shock from day to day.
        network_shock: DriftTable,
        /// Noise of a practice's day.
        day_noise: DayNoiseTable,
        /// Which list rates are per. Default the registered list.
        per: ListBasis,
    }
}

table! {
    /// A network of practices.
    NetworkTable, "a network", [], {
        /// Title shown to people.
        name: String,
        /// Scales how fast and how far levers ramp up. Default 1.
        maturity: Num<Positive>,
    }
}

table! {
    /// A practice.
    PracticeTable, "a practice", [], {
        /// Title shown to people.
        name: String,
        /// Its network; may be left out where there is one network at most.
        network: String,
        /// Registered patients.
        registered_list: Num<Patients>,
        /// Patients by age, bands of any width: `0-4`, `85_plus`. The registered list is their sum unless stated.
        age_bands: Keyed<Num<FixedAmount>>,
        /// Carr-Hill weighted patients. Default the registered list.
        weighted_list: Num<Patients>,
        /// Consulting rooms that can be used in each half-day: one figure, or by weekday. Never short where not stated.
        rooms: Either<Num<Whole>, Keyed<Num<Whole>>>,
        /// Its own level of demand against the rates. Default 1.
        demand_level: Num<Factor>,
        /// Days on which this practice alone is closed.
        closed: Vec<On>,
        /// Days on which this practice is open for a share of the day only: date = share open.
        part_days: Keyed<Num<FixedShare>>,
    }
}
