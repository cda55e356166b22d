//! The command line: a file a subcommand.
//!
//! In: the words a planner typed. Out: an exit code; everything else is on the standard output, on the standard error
//! or in a folder. A subcommand loads, asks [`experiment`](crate::experiment), finds and writes; nothing is worked out
//! here. Its file holds its flags (they are its help text), its steps and the command that would make its files again.
//!
//! The standard output holds results, the standard error faults, warnings and progress, so both may be sent elsewhere.
//! What every question shares is in `question.rs`; [`Exit`] says how a command may end.

mod check;
mod compare;
mod exit;
mod explain;
mod help;
mod keep;
mod merge;
mod mix;
mod new;
mod pilots;
mod progress;
mod question;
mod run;
mod schema;
mod sensitivity;
mod size;
mod sweep;
mod whole;

use clap::{FromArgMatches, Parser, Subcommand};
use exit::Exit;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

/// Asks a network of general practices what its demand, its team and its book come to over many simulated years.
#[derive(Debug, Parser)]
#[command(name = "skillmix", version, after_help = exit::TABLE, subcommand_required = true)]
// The doc comments of what clap derives are the help page: they are written for the planner, not for the reader of the
// code.
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

/// What can be asked.
#[derive(Debug, Subcommand)]
// The order of the variants is not that of the page: `help.rs` lists them in groups.
enum Command {
    New(new::New),
    Check(check::Check),
    Explain(explain::Explain),
    Run(run::Run),
    Compare(compare::Compare),
    Sensitivity(sensitivity::Sensitivity),
    Sweep(sweep::Sweep),
    Merge(merge::Merge),
    Size(size::Size),
    Mix(mix::Mix),
    Pilots(pilots::Pilots),
    Schema(schema::Schema),
}

/// Reads the command line and does what it asks.
///
/// Reads the command line of the process, so it is called once, from `main`. A wrong use ends it with code 2.
pub fn main() -> ExitCode {
    let matches = help::grouped::<CommandLine>().get_matches();
    let line = CommandLine::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    let exit = match line.command {
        Command::New(new) => new.act(),
        Command::Check(check) => check.act(),
        Command::Explain(explain) => explain.act(),
        Command::Run(run) => run.act(),
        Command::Compare(compare) => compare.act(),
        Command::Sensitivity(sensitivity) => sensitivity.act(),
        Command::Sweep(sweep) => sweep.act(),
        Command::Merge(merge) => merge.act(),
        Command::Size(size) => size.act(),
        Command::Mix(mix) => mix.act(),
        Command::Pilots(pilots) => pilots.act(),
        Command::Schema(schema) => schema.act(),
    };
    exit.into()
}

/// True where text to a stream is to be in colours: it is a terminal, which shows them, and nobody asked for none.
///
/// `NO_COLOR` with any text in it asks for none (no-color.org); a terminal called `dumb` shows none.
fn coloured(stream: &impl IsTerminal) -> bool {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    wants_colours(
        stream.is_terminal(),
        set("NO_COLOR").is_some(),
        set("TERM").is_some_and(|term| term == "dumb"),
    )
}

/// As [`coloured`], of what was found.
fn wants_colours(terminal: bool, refused: bool, dumb: bool) -> bool {
    terminal && !refused && !dumb
}

/// Loads a scenario; says everything that is wrong with it.
///
/// Through [`foreseen`](crate::experiment::foreseen), so the warnings of the roster and of the redirects are among the
/// scenario's. Everything that is wrong is said at once. [`Exit::Usage`] where all of it is what `--set` states.
fn load(path: &Path, sets: &[String]) -> Result<crate::scenario::Scenario, Exit> {
    loaded(crate::experiment::foreseen::load(path, sets))
}

/// What was loaded; of what could not be, everything that is wrong is said.
fn loaded(
    scenario: Result<crate::scenario::Scenario, crate::scenario::Report>,
) -> Result<crate::scenario::Scenario, Exit> {
    scenario.map_err(|report| {
        warn(&report.render(coloured(&io::stderr())));
        warn("Nothing was run and nothing was written.\n");
        if report.is_typed() { Exit::Usage } else { Exit::Scenario }
    })
}

/// Writes text to the standard output. A reader who has left early (`| head`) is no fault.
///
/// Any other failure is said, and is [`Exit::CannotWrite`]: a full disk under a redirect is one.
fn say(text: &str) -> Result<(), Exit> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => {
            let message = format!("what is to be said cannot be written to the standard output: {error}");
            fault(&message, "let it go to the screen, or to a place with room");
            Err(Exit::CannotWrite)
        }
    }
}

/// Writes the last text of a command, and says how the command ends.
fn end_with(text: &str) -> Exit {
    say(text).err().unwrap_or(Exit::Done)
}

/// Writes faults, warnings and progress, never results, to the standard error; where that is closed, nobody is left to
/// be told.
fn warn(text: &str) {
    let _ = io::stderr().write_all(text.as_bytes());
}

/// Says what is wrong and the way out.
///
/// One fault, said as `fault:` with its way out below it, as every refusal of the program is said.
fn fault(message: &str, help: &str) {
    warn(&format!("fault: {message}\n  help: {help}\n"));
}

/// The name nearest to a word, as a hint.
///
/// None where no name is near (below 0.7 by Jaro and Winkler).
fn nearest<'a>(word: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let scored = names.map(|name| (strsim::jaro_winkler(word, name), name)).filter(|(score, _)| *score > 0.7);
    scored.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    /// Colours only where a terminal shows them and nobody asked for none.
    #[test]
    fn colours_are_for_terminals_that_show_them() {
        assert!(super::wants_colours(true, false, false));
        for (terminal, refused, dumb) in [(false, false, false), (true, true, false), (true, false, true)] {
            assert!(!super::wants_colours(terminal, refused, dumb));
        }
    }
}
