//! Questions asked of a scenario: run, compare, sensitivity, sweep, and later size, mix.

pub mod arithmetic;
pub mod compare;
pub mod headline;
pub mod lean;
pub mod ledger;
pub mod pilots;
pub mod players;
pub mod run;
pub mod runner;
pub mod sensitivity;
pub mod shown;
pub mod size;
pub mod sweep;
