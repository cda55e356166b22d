//! Statistics without domain words: what simulated numbers may be said to show.
//!
//! In: slices of numbers, one a replication, and counts. Out: moments, quantiles, intervals, contrasts, stopping
//! points, splits of variance, designs, indices, ranks. NaN means "no value" and is left out. What needs random numbers
//! is handed a key or a source of them.

pub mod beta;
pub mod design;
pub mod difference;
pub mod gamma;
pub mod given_data;
pub mod histogram;
pub mod indices;
pub mod interval;
pub mod judgement;
pub mod moments;
pub mod normal;
pub mod packed;
pub mod paired;
pub mod panel;
pub mod parts;
pub mod predictive;
pub mod quantile;
pub mod rank;
pub mod selection;
pub mod sequential;
mod sobol_directions;
pub mod sobol_points;
pub mod special;
pub mod stopping;
pub mod student;
pub mod symmetric;
pub mod variance;
