//! Reports render findings and compute nothing.

pub mod plots;
pub mod text;
