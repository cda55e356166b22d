//! skillmix: a Monte Carlo model of demand, staff and access in networks of general practices.
//!
//! The modules are the pipeline, in order; each may use only those above it.

pub mod book;
pub mod cli;
pub mod demand;
pub mod experiment;
pub mod fault;
pub mod findings;
pub mod front_door;
pub mod import;
pub mod law;
pub mod lever;
pub mod model;
pub mod outcome;
pub mod plan;
pub mod quantity;
pub mod random;
pub mod report;
pub mod roster;
pub mod scenario;
pub mod stats;
pub mod units;
pub mod year;
