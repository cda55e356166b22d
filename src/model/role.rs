//! Roles: staff groups and what a whole-time equivalent of them brings.

use super::number::Number;

/// Sickness of a person.
#[derive(Clone, Debug, PartialEq)]
pub enum Sickness {
    /// Absent on each day independently with this chance [share].
    Daily(Number),
    /// Spells with a constant hazard and a stated length, started in steady state.
    Spells {
        /// Share of calendar days lost in the long run.
        rate: Number,
        /// Mean length of a spell [calendar days].
        spell_days: Number,
        /// Coefficient of variation of the length [share]; 1 is geometric.
        spell_cv: f64,
        /// Factor on the hazard by calendar month, January first.
        months: [f64; 12],
    },
}

/// Annual leave, in whole days at random.
#[derive(Clone, Debug, PartialEq)]
pub struct Leave {
    /// Days a whole-time equivalent a year.
    pub days_per_wte_year: Number,
    /// True where the days include bank holidays.
    pub includes_bank_holidays: bool,
    /// Largest share of a post's people away on leave at once.
    pub max_away_at_once: f64,
    /// Weight of a school-holiday day against another [1 = alike].
    pub school_holiday_weight: f64,
}

/// Leaving and being replaced.
#[derive(Clone, Debug, PartialEq)]
pub struct Leaving {
    /// Chance of leaving [a year].
    pub per_year: Number,
    /// Mean length of a vacancy [weeks].
    pub vacancy_weeks: Number,
    /// Coefficient of variation of that length [share].
    pub vacancy_cv: f64,
    /// Chance that a round of recruitment fills the post; a failed round is another vacancy spell.
    pub filled: Number,
    /// Weeks until a new person gives full time.
    pub ramp_up_weeks: Number,
    /// Share of full appointment time at the start.
    pub starts_at: Number,
}

/// Cover by a locum.
#[derive(Clone, Debug, PartialEq)]
pub struct Cover {
    /// Chance that an absent session is covered [share].
    pub chance: Number,
    /// Cost of a covered session [£].
    pub cost_per_session: Number,
    /// True where leave is covered too; otherwise only sickness and vacancy.
    pub for_leave: bool,
}

/// Supervision that a role needs from another.
#[derive(Clone, Debug, PartialEq)]
pub struct Supervision {
    /// Role that supervises.
    pub by: usize,
    /// Minutes of the supervisor for each whole-time equivalent a week.
    pub minutes_per_wte_week: Number,
}

/// A staff group.
#[derive(Clone, Debug, PartialEq)]
pub struct Role {
    /// Name in the file.
    pub name: String,
    /// Title shown to people.
    pub title: String,
    /// National staff group of its appointments (`GP`, `Other Practice staff`).
    pub staff_group: String,
    /// True where its contacts count as GP contacts.
    pub is_gp: bool,
    /// Contract hours of one whole-time equivalent [h/week].
    pub hours_per_wte_week: Number,
    /// Length of a session (half-day) [h].
    pub session_hours: f64,
    /// Share of paid hours that is appointment time.
    pub direct_share: Number,
    /// Mean whole-time equivalent a head.
    pub wte_per_head: f64,
    /// Slot of a redirected request with this role, unless its need says otherwise [min].
    pub slot_minutes: Number,
    /// Employer's cost of a whole-time equivalent [£/year].
    pub cost_per_wte_year: Option<Number>,
    /// Year of that cost's prices, as the file writes it; empty where none is stated.
    pub price_year: String,
    /// True where a session of the role needs a consulting room, unless a post says otherwise.
    pub needs_room: bool,
    /// Its turn when rooms are given out, 0 first.
    pub room_order: usize,
    /// Supervision needed.
    pub supervision: Option<Supervision>,
    /// Sickness.
    pub sickness: Option<Sickness>,
    /// Leave.
    pub leave: Option<Leave>,
    /// Leaving.
    pub leaving: Option<Leaving>,
    /// Cover.
    pub cover: Option<Cover>,
}

impl Role {
    /// Appointment time that a session of the role brings in a draw [min]: what is not appointment time is taken off.
    ///
    /// Every figure in sessions divides by this, so that a session short is a session to be staffed.
    pub fn session_minutes(&self, slots: &[f64], practice: usize) -> f64 {
        60.0 * self.session_hours * self.direct_share.at(slots, practice)
    }
}
