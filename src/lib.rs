//! skillmix: a Monte Carlo model of demand, staff and access in networks of general practices.
//!
//! A scenario becomes a picture in one direction: [`scenario`] reads files into a [`model`], one whole for each option;
//! [`plan`] lays out days, draws and levers; [`year`] plays a block of replications day by day through [`demand`],
//! [`front_door`], [`roster`] and [`book`]; [`outcome`] turns counts into measures; [`experiment`] asks the
//! questions (run, compare, size, mix, sweep, sensitivity, pilots); [`findings`] says everything that a report
//! may say, once; [`report`] writes it; [`cli`] is the command. Under all of it lie [`units`], [`fault`],
//! [`random`], [`stats`], [`law`], [`quantity`] and [`lever`]; [`import`] makes scenario tables of published
//! files. Imports run one way, which a test holds. What one simulated year computes is in `docs/model.md`, how
//! to add to the program in `docs/extend.md`.
//!
//! # Examples
//!
//! Things as they are, over a hundred simulated years:
//!
//! ```no_run
//! use skillmix::experiment::run::{Settings, first, run};
//! use std::path::Path;
//!
//! let file = Path::new("scenarios/tutorial/06-two-practices-share.toml");
//! let Ok(scenario) = skillmix::scenario::load(file, &[]) else { return };
//! let as_now = &scenario.options[0];
//! let outcome = run(&as_now.name, as_now.model.clone(), &first(100), Settings::new(1), &|_| ());
//! assert_eq!(outcome.replications(), 100);
//! ```

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
