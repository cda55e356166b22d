//! Places: practices with their lists, the networks they form.

use super::age::Ages;
use super::number::Number;
use crate::units::Day;

/// A network of practices (a primary care network).
#[derive(Clone, Debug)]
pub struct Network {
    /// Name in the file (`central`).
    pub name: String,
    /// Title shown to people.
    pub title: String,
    /// How fast and how far levers ramp up [share, usually 0-1].
    pub maturity: Number,
    /// False for the one network of all practices where the scenario states none.
    pub stated: bool,
}

/// A practice with its registered patients.
#[derive(Clone, Debug)]
pub struct Practice {
    /// Name in the file: practice code in lower case, or a plain name.
    pub name: String,
    /// Title shown to people.
    pub title: String,
    /// Index of its network.
    pub network: usize,
    /// Registered list [patients].
    pub registered_list: Number,
    /// Patients by age; empty where they are not stated [patients].
    pub age_bands: Vec<(Ages, f64)>,
    /// Carr-Hill weighted list [weighted patients]; the registered list where none is stated.
    pub weighted_list: Number,
    /// This practice's own level of demand against the rates [1 = as the rates say].
    pub demand_level: Number,
    /// Consulting rooms that can be used in each half-day, Monday first; absent where rooms are never short.
    pub rooms: Option<[u16; 7]>,
    /// Days on which this practice alone is closed for appointments.
    pub closed: Vec<Day>,
    /// Days on which this practice is open for appointments only for a share of the day
    /// (protected learning afternoons) [share open].
    pub part_days: Vec<(Day, f64)>,
}
