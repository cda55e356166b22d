//! `schema`: the JSON Schema of scenario files, for editors.
//!
//! In: nothing. Out: the schema on the standard output. It is made from the same types that a scenario is read by, so
//! an editor and the reader cannot disagree. Of pilots files with `--pilots`.

use super::exit::Exit;
use clap::Args;

/// Print the JSON Schema of scenario files, with which an editor completes and checks keys
#[derive(Debug, Args)]
pub struct Schema {
    /// Of pilots files instead
    #[arg(long)]
    pilots: bool,
}

impl Schema {
    /// Prints it.
    pub fn act(&self) -> Exit {
        let text =
            if self.pilots { crate::scenario::pilots_schema_text() } else { crate::scenario::schema_text() };
        super::end_with(&text)
    }
}
