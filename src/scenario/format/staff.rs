//! Roles and posts, as typed.

use super::needs::{Exceptions, MeanCv, Members};
use super::places::Weekday;
use super::words::{Either, Keyed, On};
use crate::scenario::number::{
    Amount, Factor, FixedAmount, FixedPositive, FixedShare, Num, People, Positive, Share, Slots, WeekHours,
    Weeks, WholeDays, Wte,
};
use crate::scenario::read::{choice, table};

choice! {
    /// A national staff group.
    StaffGroup, "a staff group", {
        /// General practitioners.
        Gp = "GP",
        /// Nurses.
        Nurses = "Nurses",
        /// Pharmacists, physiotherapists, health care assistants and others who see patients.
        DirectPatientCare = "Other direct patient care staff",
        /// Reception and administration.
        NonClinical = "Admin/Non-Clinical",
        /// All who are not GPs, as appointments are published.
        OtherPracticeStaff = "Other Practice staff",
    }
}

table! {
    /// A role.
    RoleTable, "a role", [], {
        /// Title shown to people.
        name: String,
        /// National staff group. Default Other Practice staff.
        staff_group: StaffGroup,
        /// True where its contacts count as GP contacts. Default by staff group.
        is_gp: bool,
        /// Contract hours of one WTE [hours a week]. Default 37.5.
        hours_per_wte_week: Num<WeekHours>,
        /// Length of a session [hours]. Default 4 h 10 min.
        session_hours: Num<FixedPositive>,
        /// Sessions of one WTE a week; checked against the hours.
        sessions_per_wte_week: Num<FixedPositive>,
        /// Share of paid hours that is appointment time. Default 1.
        direct_share: Num<Share>,
        /// Mean WTE a head. Default 1.
        wte_per_head: Num<FixedPositive>,
        /// Slot of a redirected request with this role [minutes]. Default 10.
        slot_minutes: Num<Positive>,
        /// Employer's cost of a WTE [£ a year].
        cost_per_wte_year: Num<Amount>,
        /// Price year of that cost.
        price_year: super::words::TextOrNumber,
        /// True where its sessions need a consulting room. Default true.
        needs_room: bool,
        /// Supervision it needs.
        supervision: SupervisionTable,
        /// Sickness.
        sickness: SicknessTable,
        /// Annual leave.
        leave: LeaveTable,
        /// Leaving and being replaced.
        leaving: LeavingTable,
        /// Cover by locums.
        cover: CoverTable,
    }
}

table! {
    /// Supervision.
    SupervisionTable, "`supervision`", [], {
        /// Role that supervises.
        by: String,
        /// Minutes of the supervisor for each WTE a week.
        minutes_per_wte_week: Num<Amount>,
    }
}

table! {
    /// Sickness.
    SicknessTable, "`sickness`", [&[&["daily"], &["rate", "spell_days", "months"]]], {
        /// Chance of absence on each day, independently.
        daily: Num<Share>,
        /// Share of calendar days lost in the long run.
        rate: Num<Share>,
        /// Length of a spell [calendar days].
        spell_days: MeanCv,
        /// Factor on the start of spells by month, January first.
        months: Vec<Num<FixedAmount>>,
    }
}

table! {
    /// Annual leave.
    LeaveTable, "`leave`", [], {
        /// Days a WTE a year.
        days_per_wte_year: Num<Amount>,
        /// True where the days include bank holidays. Default false.
        includes_bank_holidays: bool,
        /// Largest share of a post's people away at once. Default 1.
        max_away_at_once: Num<FixedShare>,
        /// Weight of a school-holiday day against another. Default 1.
        school_holiday_weight: Num<FixedAmount>,
    }
}

table! {
    /// Leaving and being replaced.
    LeavingTable, "`leaving`", [], {
        /// Chance of leaving a year.
        per_year: Num<Share>,
        /// Length of a vacancy [weeks].
        vacancy_weeks: MeanCv,
        /// Chance that a round of recruitment fills the post. Default 1.
        filled: Num<Share>,
        /// Weeks until a new person gives full time. Default 0.
        ramp_up_weeks: Num<Weeks>,
        /// Share of full appointment time at the start. Default 1.
        starts_at: Num<Share>,
    }
}

table! {
    /// Cover by locums.
    CoverTable, "`cover`", [], {
        /// Chance that an absent session is covered.
        chance: Num<Share>,
        /// Cost of a covered session [£]. Default 0.
        cost_per_session: Num<Amount>,
        /// True where leave is covered too. Default false.
        for_leave: bool,
    }
}

choice! {
    /// How a shared post is shared.
    SharingWord, "how a post is shared", {
        /// One queue for all its practices.
        Pooled = "pooled",
        /// Minutes divided by weighted list.
        Split = "split",
        /// Whole sessions at sites in turn.
        Rota = "rota",
    }
}

table! {
    /// A post.
    PostTable, "a post", [
        &[&["practice"], &["network"]],
        &[&["slots_per_day", "slots_by_weekday", "slots_by_day", "exceptions", "members", "absence"],
          &["wte", "in_post_wte", "headcount", "works"]],
        &[&["slots_per_day"], &["slots_by_weekday"], &["slots_by_day"]],
        &[&["sites"], &["rota"]],
    ], {
        /// Title shown to people.
        name: String,
        /// Practice it serves.
        practice: String,
        /// Network it serves; with neither practice nor network it serves all.
        network: String,
        /// Its role.
        role: String,
        /// How a network's post is shared. Default pooled; rota where `rota` is stated.
        sharing: SharingWord,
        /// Minutes lost to travel and set-up in each session of a rota. Default 0.
        rota_minutes_lost: Num<FixedAmount>,
        /// Practices at which a shared post sits, session by session in turn.
        sites: Vec<String>,
        /// At which practice a shared post sits, by weekday or half-day (`mon`, `mon_am`); of a list, one a week in turn.
        rota: Keyed<Either<String, Vec<String>>>,
        /// True where its sessions need a consulting room. Default as its role says, where it has a site.
        needs_room: bool,
        /// Establishment [WTE].
        wte: Num<Wte>,
        /// In post at the start [WTE]. Default all of it.
        in_post_wte: Num<Wte>,
        /// People. Default WTE over the role's WTE a head.
        headcount: Num<People>,
        /// Half-days worked by its people together, in person order: "mon am, mon pm".
        works: String,
        /// Slots a day.
        slots_per_day: Num<Slots>,
        /// Slots by weekday.
        slots_by_weekday: Keyed<Num<Slots>>,
        /// Slots by day from the start; nothing after the last.
        slots_by_day: Vec<Num<Slots>>,
        /// Length of a plain slot [minutes]. Default 10.
        slot_minutes: Num<FixedPositive>,
        /// Dated exceptions to plain slots.
        exceptions: Exceptions,
        /// Members who share the slots. Default 1.
        members: Members,
        /// Their absence.
        absence: AbsenceTable,
        /// First day of the post.
        from: On,
        /// Last day of the post.
        until: On,
        /// Minutes held for some needs.
        carve_out: CarveOutTable,
        /// Factor on its appointment minutes. Default 1.
        minutes_factor: Num<Factor>,
        /// Fund that pays a part of it: fund.NAME.
        paid_by: String,
    }
}

table! {
    /// Absence of members of plain capacity.
    AbsenceTable, "`absence`", [&[&["daily"], &["share", "spell_days"]]], {
        /// Chance of absence on each open day, independently.
        daily: Num<Share>,
        /// Long-run share of days absent.
        share: Num<Share>,
        /// Mean spell [calendar days].
        spell_days: Num<Positive>,
    }
}

choice! {
    /// Which minutes the named needs may use.
    Access, "which minutes the named needs may use", {
        /// Held minutes only.
        HeldOnly = "held_only",
        /// Held minutes first, then the open ones.
        HeldThenOpen = "held_then_open",
    }
}

choice! {
    /// What becomes of held minutes not used.
    Release, "what becomes of held minutes not used", {
        /// They join the open minutes of the day.
        SameDay = "same_day",
        /// They are lost.
        Lost = "lost",
    }
}

table! {
    /// Minutes held for some needs.
    CarveOutTable, "`carve_out`", [], {
        /// Share of the day's minutes held.
        share: Num<Share>,
        /// Needs they are held for.
        r#for: Vec<String>,
        /// Which minutes those needs may use. Default held_then_open.
        access: Access,
        /// What becomes of held minutes not used. Default same_day.
        release: Release,
    }
}

/// Weights of weekdays.
pub(crate) type Weights = Keyed<Num<FixedAmount>>;

/// Days of the week in order.
pub(crate) const WEEK: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

/// Days after which something happens.
pub(crate) type Days = Num<WholeDays>;
