//! The plan: what is simulated, before anything is drawn for a single patient.
//!
//! In: a [`crate::model::Model`]. Out: the axis of days, the uncertain quantities ready to be drawn, the
//! strength of levers by day, thinnings by replication.

pub mod axis;
pub mod draws;
pub mod lanes;
pub mod strength;
