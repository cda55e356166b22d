//! The stated world: places, calendar, needs, roles, posts, targets. No file format, no drawn values.
//!
//! Everything refers to everything else by index into the model's own lists, which are sorted by name.

pub mod age;
pub mod avoidable;
pub mod calendar;
pub mod measure;
pub mod need;
pub mod number;
pub mod place;
pub mod post;
pub mod requests;
pub mod role;
pub mod target;
pub mod working_week;

use crate::lever::Lever;
use std::sync::Arc;

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
    /// Position of the target by which equity is measured: of the headline's need, else the first.
    pub equity_target: usize,
    /// Funds, by name.
    pub funds: Vec<target::Fund>,
    /// Levers of this option, in the order of their effect.
    pub levers: Vec<Lever>,
    /// True: own and eligible overflow requests are served as one queue.
    pub overflow_merged: bool,
    /// Uncertain inputs.
    pub inputs: number::Inputs,
    /// Things as they are, where a need's DNAs follow only a share of what an option changes in leads.
    pub as_now: Option<Arc<Model>>,
}

impl Model {
    /// Slot of a role with people of an original need `label` who are seen as `as_need` [min].
    ///
    /// What that need states for the role, as one that sees it or is sent it; then, where it is another need than their own,
    /// what it states for any; else the role's own.
    pub fn slot_minutes(&self, as_need: usize, label: usize, role: usize) -> number::Number {
        let need = &self.needs[as_need];
        let seen_by = need.seen_by.iter().find(|seen| seen.role == role).map(|seen| seen.slot_minutes);
        let sent = || need.slots.by_role.iter().find(|(of, _)| *of == role).map(|(_, minutes)| *minutes);
        let of_need = || need.slots.any.filter(|_| as_need != label);
        seen_by.or_else(sent).or_else(of_need).unwrap_or(self.roles[role].slot_minutes)
    }

    /// This model as a change of another: what it changes in leads is measured against that one, or against
    /// what that one is measured against itself.
    pub fn changed_from(mut self, now: &Self) -> Self {
        let in_part = |need: &need::Need| need.dna.as_ref().is_some_and(need::Dna::follows_leads_in_part);
        if self.needs.iter().any(in_part) {
            self.as_now = now.as_now.clone().or_else(|| Some(Arc::new(now.clone())));
        }
        self
    }
}
