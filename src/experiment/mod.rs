//! Questions asked of a scenario: run, compare, size, mix, sensitivity, sweep.

pub mod arithmetic;
pub mod compare;
#[cfg(test)]
mod coverage_tests;
pub mod extend;
pub mod foreseen;
pub mod headline;
pub mod lean;
pub mod ledger;
pub mod mix;
pub mod named;
pub mod pilots;
pub mod players;
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
