//! `new --network`: a place's scenario folder from published files.
//!
//! Pure functions: published tables in ([`published`]), arithmetic of the level ([`level`]), files out
//! ([`files`], [`options`], [`readme`]). What a folder of published files holds stands in [`extract`]; nothing else
//! knows a place: codes, years and folders are arguments.

pub mod extract;
pub mod files;
pub mod fit;
pub mod level;
pub mod names;
pub mod network;
pub mod options;
pub mod published;
pub mod readme;
pub mod work_out;

#[cfg(test)]
mod tests;

pub use files::{folder, one_network};
pub use network::Request;
pub use published::Published;
