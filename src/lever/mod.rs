//! Levers: changes a planner can make, in force from a date with a ramp.
//!
//! A file a kind: its data and its sentence. Kinds compile to a small closed set of effects (redirect,
//! thin, add a stream, minutes by day, factor by day) in [`crate::plan`].

pub mod roles;

use crate::model::number::Number;
use crate::model::target::Cost;
use crate::units::Day;

/// The five headings under which levers and pilots are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Heading {
    /// More staff, or staff who stay.
    Supply,
    /// Staff who are there learn to do more.
    UpSkilling,
    /// Staff of a kind that was not there.
    NewRoles,
    /// The same staff, work done otherwise.
    NewWaysOfWorking,
    /// Leadership and planning.
    Leadership,
}

impl Heading {
    /// All, in their order.
    pub const ALL: [Self; 5] =
        [Self::Supply, Self::UpSkilling, Self::NewRoles, Self::NewWaysOfWorking, Self::Leadership];

    /// Name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Supply => "supply",
            Self::UpSkilling => "up_skilling",
            Self::NewRoles => "new_roles",
            Self::NewWaysOfWorking => "new_ways_of_working",
            Self::Leadership => "leadership",
        }
    }

    /// Title shown to people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Supply => "supply",
            Self::UpSkilling => "up-skilling",
            Self::NewRoles => "new roles",
            Self::NewWaysOfWorking => "new ways of working",
            Self::Leadership => "leadership",
        }
    }
}

/// Where a redirect takes requests from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RedirectFrom {
    /// An avoidable category.
    Category(usize),
    /// The not-avoidable requests of a need (after the categories have been split off).
    Need(usize),
}

/// Where a redirect sends requests.
#[derive(Clone, Debug, PartialEq)]
pub enum RedirectTo {
    /// To a role inside the model.
    Role {
        /// Receiving role.
        role: usize,
        /// Need whose slot, priority, patience, DNA and target it takes; its own where absent.
        as_need: Option<usize>,
    },
    /// Outside, at a cost each.
    Outside {
        /// Destination (`community_pharmacy`).
        destination: String,
        /// Cost of each [£].
        unit_cost: Number,
    },
}

/// Those who come back after a redirect.
#[derive(Clone, Debug, PartialEq)]
pub struct Returns {
    /// Share that returns.
    pub share: Number,
    /// Days from the day seen (inside) or redirected (outside).
    pub after_days: u32,
    /// Need as which they join; the original need where absent.
    pub as_need: Option<usize>,
}

/// One change of a lever.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Requests are answered elsewhere.
    Redirect {
        /// From where.
        from: RedirectFrom,
        /// To where.
        to: RedirectTo,
        /// Share to whom it is offered.
        offered: Number,
        /// Share of those offered who accept.
        accepted: Number,
        /// Who comes back.
        returns: Option<Returns>,
    },
    /// The chance of not attending is multiplied.
    Dna {
        /// Needs concerned.
        needs: Vec<usize>,
        /// Factor on the chance [0-1].
        factor: Number,
    },
    /// Requests of needs become fewer (factor below 1: thinned) or more (above 1: a further stream).
    Demand {
        /// Needs concerned.
        needs: Vec<usize>,
        /// Factor.
        factor: Number,
    },
    /// Work of a role: minutes for each request of the needs redirected or navigated, or a week.
    Minutes {
        /// Role whose appointment minutes are used.
        role: usize,
        /// Minutes a week in each practice taking part (negative where time is released).
        per_practice_week: Number,
        /// Minutes for each request reaching the front door of a practice taking part.
        per_request: Number,
    },
    /// Appointment minutes of a role move between weekdays; the weekly total of a full week is kept.
    Weekdays {
        /// Role.
        role: usize,
        /// Weight of each weekday's minutes against now, Monday first.
        weights: [f64; 7],
    },
    /// The hazard of sickness of roles is multiplied.
    Sickness {
        /// Roles concerned.
        roles: Vec<usize>,
        /// Factor.
        factor: Number,
    },
    /// The minutes for which people of roles are supervised are multiplied: while they settle in, say.
    Supervision {
        /// Roles that are supervised.
        roles: Vec<usize>,
        /// Factor.
        factor: Number,
    },
}

/// A lever.
#[derive(Clone, Debug)]
pub struct Lever {
    /// Name in the file.
    pub name: String,
    /// Title shown to people.
    pub title: String,
    /// Which of the ten high impact actions: a note of the planner's.
    pub action: Option<String>,
    /// Heading under which a national plan counts it.
    pub heading: Option<Heading>,
    /// Role that it goes with: where nobody has it the lever cannot stand. Of settling in, the role that settles in.
    pub for_role: Option<usize>,
    /// First day.
    pub starts: Day,
    /// Last day; to the end where absent.
    pub until: Option<Day>,
    /// Weeks from its start to full effect.
    pub ramp_weeks: Number,
    /// Share of its full effect on its first day, from which it rises.
    pub starts_at: Number,
    /// True where maturity of the network also multiplies the final uptake.
    pub maturity_scales_uptake: bool,
    /// Share of practices taking part, drawn practice by practice.
    pub practices_taking_part: Number,
    /// Costs.
    pub cost: Option<Cost>,
    /// Its changes, by name, in name order.
    pub changes: Vec<(String, Change)>,
}

impl Lever {
    /// Weeks from a day until its ramp, so many weeks long from its stated start, is over; nought where it is by then, and without a
    /// ramp.
    pub fn weeks_to_full(&self, ramp_weeks: f64, from: Day) -> f64 {
        match ramp_weeks > 0.0 {
            true => (ramp_weeks + f64::from(self.starts.0 - from.0) / 7.0).max(0.0),
            false => 0.0,
        }
    }
}
