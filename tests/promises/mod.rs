//! What the program promises, and the tests that hold it to it.

mod diagnostics;
mod documented;
mod extend;
mod people;
mod reference;
mod work;
