//! Needs and avoidable categories, as typed.

use super::words::{Either, Keyed, Named};
use crate::scenario::number::{
    Amount, FixedPositive, FixedShare, Mean, Num, People, Positive, Rate, Requests, Share, Slots, Spread,
    Whole, WholeDays,
};
use crate::scenario::read::{choice, table};

choice! {
    /// What happens when the book is full.
    WhenFull, "what happens when the book is full", {
        /// Who finds it full is lost and counted.
        Lost = "lost",
        /// Who finds it full waits outside.
        Waits = "waits",
    }
}

choice! {
    /// When a follow-up is booked.
    Booked, "when a follow-up is booked", {
        /// At the visit.
        AtVisit = "at_visit",
        /// When it is due.
        WhenDue = "when_due",
    }
}

table! {
    /// A mean with its spread.
    MeanCv, "a mean with its spread", [], {
        /// Mean.
        mean: Num<Mean>,
        /// Coefficient of variation. Default 0.
        cv: Num<Spread>,
    }
}

table! {
    /// A need.
    NeedTable, "a need",
    [&[&["rate_per_patient_year"], &["rate_per_patient_year_by_age"], &["requests_per_day"], &["chance_each_day"], &["requests_by_day"]]], {
        /// Title shown to people.
        name: String,
        /// National category of its appointments.
        gpad_category: String,
        /// 0 is served first. Default 0.
        priority: Num<Whole>,
        /// First requests a patient a year.
        rate_per_patient_year: Num<Rate>,
        /// First requests a patient a year by age: `0-4`, `85_plus`; needs `age_bands` of every practice.
        rate_per_patient_year_by_age: Keyed<Num<Rate>>,
        /// First requests a request day, at each practice.
        requests_per_day: Num<Requests>,
        /// Chance that a patient asks on a request day.
        chance_each_day: Num<Share>,
        /// Exactly these requests by day from the start, at each practice.
        requests_by_day: Vec<Num<Whole>>,
        /// Roles that may see it, in order of preference.
        roles: Vec<String>,
        /// Length of its slot [minutes]. Default 10.
        slot_minutes: Num<Positive>,
        /// Length of its slot with a role [minutes].
        slot_minutes_by_role: Keyed<Num<Positive>>,
        /// Wait from which it may overflow to a later preference [days]. Default 0.
        overflow_after_days: Either<Num<WholeDays>, Vec<Num<WholeDays>>>,
        /// Consulting time of an attended contact [minutes].
        consultation_minutes: MeanCv,
        /// Share of each mode of contact.
        mode: Keyed<Num<FixedShare>>,
        /// How far ahead people choose to come, in bands of days.
        chosen_lead: ChosenLeadTable,
        /// Share that chooses a lead at all. Default 1.
        chosen_share: Num<Share>,
        /// Not attending.
        dna: DnaTable,
        /// Giving up after a wait.
        gives_up: GivesUpTable,
        /// The longest anyone waits.
        hard_limit: HardLimitTable,
        /// True where it can be seen on the day it is asked. Default true.
        same_day: bool,
        /// Days ahead that can be booked.
        window_days: Num<WholeDays>,
        /// What happens when the book is full. Default lost.
        when_full: WhenFull,
        /// Follow-up visits.
        follow_up: FollowUpTable,
        /// Referral on by a role that stood in, keyed by role.
        refers_on: Named<ReferOnTable>,
        /// Requests waiting at the very start: one number for each practice, or a table by practice.
        start_backlog: Either<Num<Whole>, Keyed<Num<Whole>>>,
        /// Share told to ask again tomorrow among those left waiting on the day they ask.
        asks_again: Num<Share>,
        /// Being seen at another practice of the network that has time to spare.
        elsewhere: ElsewhereTable,
        /// Requests that present only while waits are short.
        latent: LatentTable,
    }
}

table! {
    /// Being seen at another practice of the network.
    ElsewhereTable, "`elsewhere`", [], {
        /// Share of patients who would go to another practice of the network.
        willing: Num<Share>,
        /// Wait from which they may be seen there [days]. Default 0.
        after_days: Num<WholeDays>,
    }
}

table! {
    /// Requests that present only while waits are short.
    LatentTable, "`latent`", [], {
        /// Further requests while waits are short, of the usual ones.
        share: Num<Share>,
        /// Mean wait of the last open week up to which they present [days]. Default 1.
        within_days: Num<Amount>,
    }
}

/// Bands of days, as they are written.
pub(crate) const BANDS: [&str; 7] = ["0", "1", "2-7", "8-14", "15-21", "22-28", "over_28"];

/// How far ahead people choose to come: shares of bands, or a Dirichlet law about them.
#[derive(Clone, Debug)]
pub(crate) struct ChosenLeadTable {
    /// Shares by band.
    pub bands: Keyed<Num<Share>>,
    /// Concentration of a Dirichlet law about them.
    pub concentration: Option<Num<FixedPositive>>,
    /// True where a Dirichlet law was stated.
    pub dirichlet: bool,
    /// Where it stands.
    pub place: crate::scenario::read::Place,
}

table! {
    /// Not attending.
    DnaTable, "`dna`", [&[&["share"], &["by_day"], &["saturating"]]], {
        /// Share that does not attend, whatever the wait.
        share: Num<Share>,
        /// Share by days from booking; the last holds.
        by_day: Keyed<Num<Share>>,
        /// A share that rises with days from booking and levels off.
        saturating: SaturatingTable,
        /// Share of those who did not attend that ask again. Default 0.
        rebook: Num<Share>,
        /// Days until they ask again. Default 1.
        rebook_after_days: Num<WholeDays>,
        /// Share of the wasted minutes given to others the same day. Default 0.
        refill: Num<Share>,
        /// As far as an option makes leads shorter or longer than as now, the chance follows only this share of what the
        /// law says. Default 1.
        lead_effect_share: Num<Share>,
    }
}

table! {
    /// A share that rises and levels off.
    SaturatingTable, "`saturating`", [], {
        /// Share at once.
        least: Num<Share>,
        /// Share after long.
        most: Num<Share>,
        /// Days in which the distance to the most falls to 37 %.
        scale_days: Num<Positive>,
    }
}

table! {
    /// Giving up.
    GivesUpTable, "`gives_up`", [], {
        /// Wait from which people may leave [days].
        after_days: Num<WholeDays>,
        /// Chance of leaving at each day's end.
        chance_each_day: Num<Share>,
        /// Where they go; shares sum to one. Default nowhere.
        to: Keyed<Num<Share>>,
    }
}

table! {
    /// The longest anyone waits.
    HardLimitTable, "`hard_limit`", [], {
        /// Those who waited longer leave [days].
        after_days: Num<WholeDays>,
        /// Where they go; shares sum to one. Default nowhere.
        to: Keyed<Num<Share>>,
    }
}

table! {
    /// Follow-up visits.
    FollowUpTable, "`follow_up`", [], {
        /// Share of attended contacts.
        share: Num<Share>,
        /// Days from the visit to the day it is due.
        after_days: Num<WholeDays>,
        /// Need as which it joins. Default the same need.
        r#as: String,
        /// When it is booked. Default at the visit.
        booked: Booked,
    }
}

table! {
    /// Referral on.
    ReferOnTable, "a referral on", [], {
        /// Share of first contacts with this role.
        share: Num<Share>,
        /// Days until it joins. Default 0.
        after_days: Num<WholeDays>,
        /// Need as which it joins. Default the same need.
        r#as: String,
    }
}

table! {
    /// An avoidable category.
    AvoidableTable, "an avoidable category", [&[&["share_of_gp_appointments"], &["share_of_need"]]], {
        /// Title shown to people.
        name: String,
        /// Needs it falls on.
        of: Vec<String>,
        /// Its share of all GP appointments, as audits report it.
        share_of_gp_appointments: Num<Share>,
        /// Its share of each need it falls on.
        share_of_need: Num<Share>,
        /// The audit's head it belongs to.
        head: String,
    }
}

table! {
    /// One law over all avoidable shares.
    AvoidableSharesTable, "[avoidable_shares]", [], {
        /// Concentration of one Dirichlet law over all categories and "not avoidable".
        concentration: Num<FixedPositive>,
        /// Concentration of practices about the drawn shares.
        between_practices: Num<FixedPositive>,
    }
}

/// Kept together so that the imports above stay one list.
pub(crate) type Exceptions = Vec<ExceptionTable>;

table! {
    /// Dated slots of a post.
    ExceptionTable, "an exception", [], {
        /// First day.
        from: super::words::On,
        /// Last day. Default the first.
        to: super::words::On,
        /// Slots a day.
        slots: Num<Slots>,
    }
}

/// Members of plain capacity.
pub(crate) type Members = Num<People>;
