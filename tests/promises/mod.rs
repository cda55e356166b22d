//! What the program promises, and the tests that hold it to it.

mod diagnostics;
mod reference;
mod report;
