//! What the program promises, and the tests that hold it to it.

mod commands;
mod diagnostics;
mod people;
mod reference;
mod structure;
