//! Targets of access, and funds that pay for posts.

use super::number::Number;

/// For whom a target must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetFor {
    /// Every practice by itself.
    EachPractice,
    /// Every network by itself.
    EachNetwork,
    /// All patients together.
    All,
}

/// A target: a share of those due seen within so many days.
#[derive(Clone, Debug)]
pub struct Target {
    /// Name in the file.
    pub name: String,
    /// Title shown to people.
    pub title: String,
    /// Need it is about.
    pub need: usize,
    /// Wait from the due day [calendar days].
    pub within_days: u32,
    /// Share of those due that must be seen in time.
    pub share: f64,
    /// For whom.
    pub for_each: TargetFor,
    /// True: every counted week by itself; false: the counted period as a whole.
    pub each_week: bool,
}

/// A fund that reimburses posts.
#[derive(Clone, Debug)]
pub struct Fund {
    /// Name in the file.
    pub name: String,
    /// Title shown to people.
    pub title: String,
    /// Financial year.
    pub year: String,
    /// Size of the fund [£ a year]; infinite where none is stated.
    pub pounds: f64,
    /// By role: most that is reimbursed for a whole-time equivalent [£/year], and the share reimbursed.
    pub reimburses: Vec<(usize, Option<f64>, f64)>,
}

/// What verdict, stopping and ranking look at.
#[derive(Clone, Debug, PartialEq)]
pub struct Headline {
    /// Measure name.
    pub measure: String,
    /// Place address (`network.central`), empty for all.
    pub place: String,
    /// Need name, empty for all.
    pub need: String,
}

/// How a run is made unless the command line says otherwise.
#[derive(Clone, Debug)]
pub struct RunSettings {
    /// Replications.
    pub replications: usize,
    /// Seed.
    pub seed: u64,
    /// Headline measure.
    pub headline: Option<Headline>,
    /// By measure, the difference below which nobody would care, in the measure's unit.
    pub matters: Vec<(String, f64)>,
}

/// A cost that is known with its price year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cost {
    /// Once [£].
    pub one_off: Number,
    /// Each year [£].
    pub per_year: Number,
}
