//! What the program promises, and the tests that hold it to it.

mod conservation;
mod determinism;
mod diagnostics;
mod documented;
mod extend;
mod people;
mod reference;
mod small;
mod theory;
mod work;
