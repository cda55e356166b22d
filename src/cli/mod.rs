//! The command line.

pub mod new;
