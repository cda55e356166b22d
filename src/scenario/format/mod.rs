//! The format of a scenario file, as types: what may be typed, in the planner's order.
//!
//! What was typed and what it means are two things: these types keep everything optional, with its
//! place; [`super::resolve`] gives them meaning.

pub(crate) mod lead;
pub(crate) mod levers;
pub(crate) mod needs;
pub(crate) mod places;
pub(crate) mod staff;
pub(crate) mod words;

use super::number::{Count, FixedPositive, Num, Seed};
use super::read::table;
use words::Named;

table! {
    /// A scenario file.
    File, "a scenario", [], {
        /// Title shown to people.
        title: String,
        /// Files below this one: relative paths, or `library:england`; later ones win.
        extends: Vec<String>,
        /// Addresses to take away from what this file extends.
        remove: Vec<String>,
        /// A sheet (CSV, or `network.xlsx#practices`) of practices below this file's own tables.
        practices: String,
        /// A sheet (CSV, or `network.xlsx#posts`) of posts below this file's own tables.
        posts: String,
        /// Addresses whose text in this file comes from a library of the program and is read by nothing: no warning is given of
        /// them. The program writes it into the `scenario.toml` of a folder of results.
        from_library: Vec<String>,
        /// The counted period.
        horizon: places::HorizonTable,
        /// How a run is made unless the command line says otherwise.
        run: RunTable,
        /// When appointments are held.
        calendar: places::CalendarTable,
        /// How requests are spread over days.
        demand: places::DemandTable,
        /// Networks of practices.
        network: Named<places::NetworkTable>,
        /// Practices.
        practice: Named<places::PracticeTable>,
        /// Kinds of request.
        need: Named<needs::NeedTable>,
        /// Shares of appointments that another answer would have served.
        avoidable: Named<needs::AvoidableTable>,
        /// One law over all avoidable shares.
        avoidable_shares: needs::AvoidableSharesTable,
        /// Staff groups.
        role: Named<staff::RoleTable>,
        /// Posts.
        post: Named<staff::PostTable>,
        /// Targets of access.
        target: Named<levers::TargetTable>,
        /// Funds that pay for posts.
        fund: Named<levers::FundTable>,
        /// Changes a planner can make.
        lever: Named<levers::LeverTable>,
        /// What is compared.
        option: Named<levers::OptionTable>,
        /// Where figures come from.
        source: Named<SourceTable>,
        /// How overflow between roles is served.
        overflow: OverflowTable,
        /// Who is given a consulting room first.
        rooms: RoomsTable,
    }
}

table! {
    /// How a run is made.
    RunTable, "[run]", [], {
        /// Simulated years (replications). Default 1000.
        replications: Num<Count>,
        /// Seed of the random draws. Default 1.
        seed: Num<Seed>,
        /// What verdict, stopping and ranking look at: MEASURE[@PLACE][/need.NAME].
        headline: String,
        /// By measure, the difference between options below which nobody would care, in the measure's unit.
        matters: words::Keyed<Num<FixedPositive>>,
    }
}

table! {
    /// A source of figures.
    SourceTable, "a source", [], {
        /// Title of the publication.
        title: String,
        /// Year.
        year: words::TextOrNumber,
        /// Link.
        link: String,
    }
}

super::read::choice! {
    /// Order of overflow.
    OverflowOrder, "the order of overflow", {
        /// First preferences first, then what is left.
        Pass = "pass",
        /// Own and eligible overflow requests as one queue.
        Merged = "merged",
    }
}

table! {
    /// How overflow between roles is served.
    OverflowTable, "[overflow]", [], {
        /// Whether overflow waits for what is left (`pass`, the default) or joins one queue (`merged`).
        order: OverflowOrder,
    }
}

table! {
    /// Who is given a consulting room first.
    RoomsTable, "[rooms]", [], {
        /// Roles in the order in which rooms are given out; the others follow as they stand in the file.
        order: Vec<String>,
    }
}
