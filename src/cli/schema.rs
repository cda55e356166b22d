//! `schema`: the JSON Schema of scenario files, for editors.

use super::exit::Exit;
use clap::Args;

/// Print the JSON Schema of scenario files, with which an editor completes and checks keys
#[derive(Debug, Args)]
pub struct Schema {}

impl Schema {
    /// Prints it.
    pub fn act(&self) -> Exit {
        super::say(&crate::scenario::schema_text())
    }
}
