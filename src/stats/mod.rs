//! Statistics without domain words: what simulated numbers may be said to show.
//!
//! In: slices of numbers, one a replication, and counts. Out: moments, quantiles, intervals, contrasts, stopping
//! points, splits of variance, designs, indices, ranks. NaN means "no value" and is left out. What needs random numbers
//! is handed a key or a source of them.
//!
//! Assumption throughout: rows are replications of one scenario, so equal rows are the same years and pairs may be
//! compared row by row. The order of a slice is the order of the replications; where it matters a function says so.
//! Only the pinned `libm` and sums in the order of the slice are used, so every machine gives the same bits.
//! `confidence` is 0..1 throughout, such as 0.95. Section 9 of docs/model.md says which interval reports show of what.
//!
//! By use: [`moments`], [`quantile`], [`histogram`] describe one column; [`interval`], [`difference`], [`paired`] and
//! [`judgement`] say what it shows; [`stopping`] and [`sequential`] when to stop; [`variance`], [`rank`],
//! [`given_data`] and [`indices`] what makes it vary; [`parts`] breaks a difference up; [`selection`] compares several;
//! [`panel`] and [`predictive`] meet what was observed; [`design`] and [`sobol_points`] say where to run.

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
pub mod needed;
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
