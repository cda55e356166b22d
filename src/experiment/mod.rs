//! Questions asked of a scenario: run, and later compare, size, mix.

pub mod arithmetic;
pub mod headline;
pub mod run;
pub mod runner;
