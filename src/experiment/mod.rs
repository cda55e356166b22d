//! Questions asked of a scenario: run, compare, size, mix, sensitivity, sweep, pilots.
//!
//! In: a [`Scenario`](crate::scenario::Scenario) and what is asked of it. Out: one result a question, which `findings/`
//! turns into sentences and `report/` into files. Both the command line and the page ask through here, so a question
//! means the same in either.
//!
//! By use: [`run`] and [`compare`] play the options; [`size`], [`mix`] and [`sweep`] vary numbers of a scenario and
//! play those; [`sensitivity`] asks what drives a figure; [`pilots`] sets the model against what was seen.
//! [`arithmetic`] and [`receiving`] say what cannot work before anything is played, [`foreseen`] warns of it on the way
//! in. What a question may not ask is an [`unfit::Unfit`], with the way out.

pub mod arithmetic;
pub mod compare;
#[cfg(test)]
mod coverage_tests;
pub mod extend;
pub mod foreseen;
pub mod headline;
pub mod kept_years;
pub mod lean;
pub mod ledger;
pub mod mix;
pub mod named;
pub mod pilots;
pub mod players;
mod price_years;
pub mod reads;
pub mod receiving;
pub mod run;
pub mod runner;
pub mod sensitivity;
pub mod shown;
pub mod size;
pub mod stop;
pub mod sure;
pub mod sweep;
pub mod unfit;
