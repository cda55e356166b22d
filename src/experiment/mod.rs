//! Questions asked of a scenario: run, and later compare, size, mix.

pub mod run;
