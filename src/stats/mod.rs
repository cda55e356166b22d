//! Statistics without domain words: what simulated numbers may be said to show.
//!
//! In: slices of numbers, one a replication, and counts. Out: moments, quantiles, intervals, contrasts, stopping
//! points, splits of variance. NaN means "no value" and is left out. Nothing here draws a random number itself.

pub mod beta;
pub mod gamma;
pub mod histogram;
pub mod interval;
pub mod moments;
pub mod normal;
pub mod paired;
pub mod quantile;
pub mod rank;
pub mod special;
pub mod stopping;
pub mod student;
pub mod variance;
