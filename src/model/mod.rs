//! The stated world: places, calendar, needs, roles, posts, targets. No file format, no drawn values.
//!
//! Everything refers to everything else by index into the model's own lists, which are sorted by name.

pub mod age;
pub mod avoidable;
pub mod calendar;
pub mod need;
pub mod number;
pub mod place;
pub mod post;
pub mod requests;
pub mod role;
pub mod target;
pub mod working_week;

use crate::lever::Lever;

/// One option of a scenario, whole: what would be simulated.
#[derive(Clone, Debug)]
pub struct Model {
    /// Title of the scenario.
    pub title: String,
    /// Counted period.
    pub horizon: calendar::Horizon,
    /// When appointments are held.
    pub calendar: calendar::Calendar,
    /// How requests are spread.
    pub demand: calendar::DemandPattern,
    /// Networks, by name.
    pub networks: Vec<place::Network>,
    /// Practices, by name.
    pub practices: Vec<place::Practice>,
    /// Needs, by name.
    pub needs: Vec<need::Need>,
    /// Avoidable categories, in the order of the library (their order is the order of the split).
    pub categories: Vec<avoidable::Category>,
    /// Variation of category shares between practices.
    pub categories_between_practices: Option<avoidable::BetweenPractices>,
    /// Roles, by name.
    pub roles: Vec<role::Role>,
    /// Posts, by name.
    pub posts: Vec<post::Post>,
    /// Targets, by name.
    pub targets: Vec<target::Target>,
    /// Funds, by name.
    pub funds: Vec<target::Fund>,
    /// Levers of this option, in the order of their effect.
    pub levers: Vec<Lever>,
    /// True: own and eligible overflow requests are served as one queue.
    pub overflow_merged: bool,
    /// Uncertain inputs.
    pub inputs: number::Inputs,
}
