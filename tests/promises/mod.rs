//! What the program promises, and the tests that hold it to it.

mod commands;
mod common_numbers;
mod compare;
mod conservation;
mod determinism;
mod diagnostics;
mod documented;
mod extend;
mod kept;
mod mix;
mod people;
mod pilots;
mod prices;
mod rare;
mod reference;
mod report;
mod rules;
mod sensitivity;
mod setting;
mod size;
mod small;
mod structure;
mod sweep;
mod theory;
mod work;
mod workbook;
