//! A place as the files need it: what to make, its networks and practices, what was worked out.
//!
//! In: nothing of its own; these are the types that the other files of the folder work on. Fit: [`Request`] is what to
//! make, [`Worked`] what was made of it; both are passed around, so nothing else of the folder has state.

use super::fit::Fit;
use super::level::{Factors, Line, Offer, Seen};
use super::published::{ListRow, Staff};

/// What to make.
///
/// Everything that differs from one place to another and from one year to the next.
#[derive(Clone, Debug)]
pub struct Request {
    /// The place's name (`Hammersmith & Fulham`); taken out of the networks' names.
    pub place: String,
    /// Area code in the published tables.
    pub area: String,
    /// Financial year of the lists: `2018-19`.
    pub list_year: String,
    /// Year of the workforce; for a practice that returned nobody in it, the next year with somebody stands in.
    pub staff_year: u16,
    /// First day of the run, `YYYY-MM-DD`; the run is a year from it.
    pub start: String,
    /// Networks kept apart from every rate of the place, by code and file name; their patients are in no rate, and
    /// their files say so.
    pub apart: Vec<(String, String)>,
    /// Name of the area whose published appointments give the level; the practices are of one place within it.
    pub level_area: String,
    /// Months of the published appointments that the file has of a whole year: (month, working days).
    pub months: Vec<(String, u32)>,
    /// The same months with those needed for a whole year of working days, to see what the months left out; empty where
    /// there are none.
    pub check_months: Vec<(String, u32)>,
    /// Working days a year, to which the level is scaled.
    pub days_a_year: f64,
    /// The library's text.
    pub library: String,
    /// A fit by simulation, whose factors are written with the arithmetic's own shown beside; the arithmetic's own
    /// alone where absent.
    pub fit: Option<Fit>,
}

/// A practice ready to be written.
#[derive(Clone, Debug)]
pub struct Practice {
    /// Code as published.
    pub code: String,
    /// Code in lower case: its name in the file.
    pub key: String,
    /// Title; the code where the public name holds a clinician's.
    pub title: String,
    /// List.
    pub list: ListRow,
    /// Staff.
    pub staff: Staff,
    /// Year of the staff figures.
    pub staff_year: u16,
    /// End of membership, where one is published.
    pub end: String,
}

impl Practice {
    /// GP whole-time equivalents for 1,000 weighted patients, trainees and locums included.
    pub fn gp_per_thousand(&self) -> f64 {
        let [gp, trainees, ..] = self.staff.groups();
        (gp.1 + trainees.1) / self.list.weighted * 1000.0
    }
}

/// A network ready to be written.
///
/// Practices by code, so the file is the same whatever order the tables are in.
#[derive(Clone, Debug)]
pub struct Network {
    /// Code as published.
    pub code: String,
    /// Name as published.
    pub published_name: String,
    /// File and address.
    pub key: String,
    /// Title.
    pub title: String,
    /// Kept out of the place's rates.
    pub apart: bool,
    /// Its practices by code.
    pub practices: Vec<Practice>,
}

impl Network {
    /// Registered and weighted patients.
    pub fn lists(&self) -> (f64, f64) {
        self.practices.iter().fold((0.0, 0.0), |(r, w), p| (r + p.list.registered, w + p.list.weighted))
    }

    /// Whole-time equivalents of a role.
    pub fn wte(&self, role: &str) -> f64 {
        self.practices
            .iter()
            .flat_map(|p| p.staff.groups())
            .filter(|(name, _)| *name == role)
            .map(|(_, wte)| wte)
            .sum()
    }
}

/// Everything worked out for a place.
#[derive(Clone, Debug)]
pub struct Worked {
    /// Networks, those apart last.
    pub networks: Vec<Network>,
    /// Published level.
    pub seen: [Seen; 2],
    /// The same over the whole year of the check; none where no year of months was asked for.
    pub check: Option<[Seen; 2]>,
    /// Needs at that level.
    pub lines: Vec<Line>,
    /// Offered minutes a practice.
    pub offers: Vec<Offer>,
    /// Factors of the arithmetic.
    pub fitted: Factors,
    /// Share of attempts that fail, from which the rates follow.
    pub unmet: [f64; 2],
    /// Factors written.
    pub factors: [f64; 2],
    /// Minutes a whole-time equivalent brings in a year, by role.
    pub minutes: Vec<(&'static str, f64)>,
    /// What had to be decided about the data.
    pub remarks: Vec<String>,
}
