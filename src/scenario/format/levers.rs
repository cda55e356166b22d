//! Levers, options, targets and funds, as typed.

use super::staff::{Days, Weights};
use super::words::{Named, On, TextOrNumber};
use crate::lever::Heading;
use crate::scenario::number::{
    Amount, Factor, FixedAmount, FixedShare, Lasting, Num, Positive, Real, Share, Weeks,
};
use crate::scenario::read::{How, Place, Read, Reader, choice, table};
use crate::scenario::tree::{Node, Value};

choice! {
    /// For whom a target must hold.
    ForEach, "for whom a target holds", {
        /// Every practice.
        Practice = "practice",
        /// Every network.
        Network = "network",
        /// All together.
        All = "all",
    }
}

choice! {
    /// Over what a target must hold.
    Over, "the period of a target", {
        /// The counted period.
        Year = "year",
        /// Every counted week.
        Week = "week",
    }
}

choice! {
    /// The heading of a lever or a pilot.
    HeadingWord, "a heading", {
        /// More staff, or staff who stay.
        Supply = "supply",
        /// Staff who are there learn to do more.
        UpSkilling = "up_skilling",
        /// Staff of a kind that was not there.
        NewRoles = "new_roles",
        /// The same staff, work done otherwise.
        NewWaysOfWorking = "new_ways_of_working",
        /// Leadership and planning.
        Leadership = "leadership",
    }
}

impl HeadingWord {
    /// What it means.
    pub fn heading(self) -> Heading {
        match self {
            Self::Supply => Heading::Supply,
            Self::UpSkilling => Heading::UpSkilling,
            Self::NewRoles => Heading::NewRoles,
            Self::NewWaysOfWorking => Heading::NewWaysOfWorking,
            Self::Leadership => Heading::Leadership,
        }
    }
}

table! {
    /// A target of access.
    TargetTable, "a target", [], {
        /// Title shown to people.
        name: String,
        /// Need it is about.
        need: String,
        /// Wait [days].
        within_days: Days,
        /// Share of those due that must be seen in time.
        share: Num<FixedShare>,
        /// For whom. Default all.
        for_each: ForEach,
        /// Period. Default year.
        over: Over,
    }
}

table! {
    /// A fund that pays for posts.
    FundTable, "a fund", [], {
        /// Title shown to people.
        name: String,
        /// Financial year.
        year: TextOrNumber,
        /// Size [£].
        pounds: Num<FixedAmount>,
        /// What it reimburses, by role.
        reimburses: Named<ReimbursesTable>,
    }
}

table! {
    /// What a fund reimburses for a role.
    ReimbursesTable, "`reimburses`", [], {
        /// Most for a WTE [£ a year].
        up_to_per_wte: Num<FixedAmount>,
        /// Share reimbursed. Default 1.
        share: Num<FixedShare>,
    }
}

table! {
    /// A lever.
    LeverTable, "a lever", [&[&["until"], &["lasts_weeks"]]], {
        /// Title shown to people.
        name: String,
        /// Which of the ten high impact actions.
        action: String,
        /// Heading it is counted under.
        heading: HeadingWord,
        /// Role that it goes with: without anybody who has it, the lever is left out.
        for_role: String,
        /// First day. Default the start of the horizon.
        starts: On,
        /// Last day. Default the end of the period.
        until: On,
        /// Weeks that it lasts from its first day, where no last day is stated.
        lasts_weeks: Num<Lasting>,
        /// Weeks from its first day to full effect. Default 0.
        ramp_weeks: Num<Weeks>,
        /// Share of its full effect on its first day, from which it rises over `ramp_weeks`. Default 0.
        starts_at: Num<Share>,
        /// True where the network's maturity also scales the final uptake. Default false.
        maturity_scales_uptake: bool,
        /// Share of practices taking part. Default 1.
        practices_taking_part: Num<Share>,
        /// What it costs.
        cost: CostTable,
        /// Its changes, each of one kind.
        change: Named<ChangeTable>,
    }
}

table! {
    /// What a lever costs.
    CostTable, "`cost`", [], {
        /// Once [£]. Default 0.
        one_off: Num<Amount>,
        /// Each year [£]. Default 0.
        per_year: Num<Amount>,
    }
}

table! {
    /// A change of a lever.
    ChangeTable, "a change",
    [&[&["redirect"], &["dna"], &["demand"], &["minutes"], &["weekdays"], &["sickness"], &["supervision"]]], {
        /// Requests are answered elsewhere.
        redirect: RedirectTable,
        /// The chance of not attending is multiplied.
        dna: NeedsShareTable,
        /// Requests become fewer or more.
        demand: NeedsAmountTable,
        /// Work of a role.
        minutes: MinutesTable,
        /// Minutes of a role move between weekdays.
        weekdays: WeekdaysTable,
        /// The hazard of sickness is multiplied.
        sickness: RolesFactorTable,
        /// The minutes for which people are supervised are multiplied.
        supervision: RolesFactorTable,
    }
}

table! {
    /// Requests are answered elsewhere.
    RedirectTable, "`redirect`", [&[&["category"], &["need"]]], {
        /// Avoidable category it takes requests from.
        category: String,
        /// Need it takes requests from.
        need: String,
        /// Where they go: role:NAME or outside:NAME.
        to: String,
        /// Need whose slot, priority and target they take. Default their own.
        as_need: String,
        /// Cost of each outside [£]. Default 0.
        unit_cost: Num<Amount>,
        /// Share to whom it is offered. Default 1.
        offered: Num<Share>,
        /// Share of those offered who accept.
        accepted: Num<Share>,
        /// Who comes back.
        returns: ReturnsTable,
    }
}

table! {
    /// Who comes back after a redirect.
    ReturnsTable, "`returns`", [], {
        /// Share that returns.
        share: Num<Share>,
        /// Days until they return. Default 0.
        after_days: Days,
        /// Need as which they join. Default the original need.
        r#as: String,
    }
}

table! {
    /// A factor of 0 to 1 on needs.
    NeedsShareTable, "this change", [], {
        /// Needs concerned.
        needs: Vec<String>,
        /// Factor (0.9 is a tenth less).
        factor: Num<Share>,
    }
}

table! {
    /// A factor on needs.
    NeedsAmountTable, "this change", [], {
        /// Needs concerned.
        needs: Vec<String>,
        /// Factor (0.9 is a tenth less, 1.1 a tenth more).
        factor: Num<Factor>,
    }
}

table! {
    /// Work of a role.
    MinutesTable, "`minutes`", [], {
        /// Role whose minutes are used.
        role: String,
        /// Minutes a week in each practice taking part; negative where time is released. Default 0.
        per_practice_week: Num<Real>,
        /// Minutes for each request at the front door. Default 0.
        per_request: Num<Real>,
    }
}

table! {
    /// Minutes move between weekdays.
    WeekdaysTable, "`weekdays`", [], {
        /// Role.
        role: String,
        /// Weight of each weekday against now. Default 1.
        weights: Weights,
    }
}

table! {
    /// A factor on sickness or supervision.
    RolesFactorTable, "this change", [], {
        /// Roles concerned.
        roles: Vec<String>,
        /// Factor.
        factor: Num<Positive>,
    }
}

table! {
    /// An option: a whole model made of the base, an overlay and levers.
    OptionTable, "an option", [], {
        /// Title shown to people.
        name: String,
        /// Levers in force, in the order of their effect.
        levers: Vec<String>,
        /// What differs from the base: a file, or a table like a whole scenario.
        overlay: Overlay,
    }
}

/// What differs in an option. Its content is read when the option is resolved.
#[derive(Clone, Debug)]
pub(crate) struct Overlay;

impl Read for Overlay {
    fn read(_: &Node, _: &Place, _: &mut Reader) -> Option<Self> {
        Some(Self)
    }

    fn merge(old: &mut Node, new: Node, how: How) {
        match (&old.value, &new.value) {
            (Value::Table(_), Value::Table(_)) => super::File::merge(old, new, how),
            _ => *old = new,
        }
    }
}

impl schemars::JsonSchema for Overlay {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Overlay".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "anyOf": [{ "type": "string" }, { "$ref": "#" }] })
    }
}
