//! Avoidable categories: shares of GP appointments that another answer would have served.

use super::number::Number;

/// What a category's share is a share of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShareOf {
    /// All GP appointments (as the audits report): scaled to the needs the category falls on.
    GpAppointments,
    /// The requests of each need it falls on.
    Need,
}

/// One avoidable category.
#[derive(Clone, Debug)]
pub struct Category {
    /// Name in the file.
    pub name: String,
    /// Title shown to people.
    pub title: String,
    /// Needs it falls on.
    pub of: Vec<usize>,
    /// Its share.
    pub share: Number,
    /// What the share is of.
    pub share_of: ShareOf,
    /// The audit's head it belongs to: a note of the planner's.
    pub head: Option<String>,
}

/// Variation of category shares between practices: a further Dirichlet about the drawn shares.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BetweenPractices {
    /// Concentration: the larger, the more alike practices are.
    pub concentration: f64,
}
