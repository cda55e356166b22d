//! `new --network`: a place's scenario folder from published files.
//!
//! Pure functions: published tables in ([`published`]), arithmetic of the level ([`level`]), files out
//! ([`network`], [`readme`]). Nothing here knows a place: codes, years and folders are arguments.

pub mod level;
pub mod network;
pub mod published;
pub mod readme;

pub use network::{Request, folder};
pub use published::Published;
