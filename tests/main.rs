//! The one integration test binary: a module a promise.

mod promises;
