//! Exit codes: what a script may rely on.
//!
//! Fit: every subcommand returns an [`Exit`]; `main` turns it into the code of the process. The table stands below the
//! help pages, so a script can be written from it. 2 is clap's own code for a wrong use, so a wrong use that is found
//! later ends with it too.

use std::process::ExitCode;

/// How a command ended. (2, usage, is given by the reader of the command line too.)
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Done = 0,
    /// The command line asks for something that there is not.
    Usage = 2,
    /// The scenario or its data are at fault.
    Scenario = 3,
    /// The run was made, but its headline is not as precise as asked.
    Precision = 4,
    /// The results cannot be written.
    CannotWrite = 5,
}

/// The exit codes as they stand below the help of every command that can end so.
pub const TABLE: &str = "Exit codes:
  0  done
  2  usage: the command line asks for something that there is not or cannot be
  3  the scenario or its data are at fault; nothing was run
  4  the precision asked for was not reached; results are written
  5  cannot write; nothing half-written is left";

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
