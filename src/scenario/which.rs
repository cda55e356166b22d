//! The file that a typed path means.
//!
//! In: a path as a planner types it. Out: the scenario file: the path itself, the path with `.toml` left out, or the
//! `network.toml` of a folder; otherwise a fault that names the scenarios which are there.

use super::read::suggest;
use crate::fault::Fault;
use std::path::{Path, PathBuf};

/// What a scenario file is called that describes the place of its folder.
const OF_A_FOLDER: &str = "network.toml";

/// Finds the file; a fault names what is there instead.
///
/// # Errors
///
/// A fault without a place: the file is typed on the command line, or named in a file that adds the place.
pub fn file_of(typed: &Path) -> Result<PathBuf, Fault> {
    if typed.exists() && !typed.is_dir() {
        return Ok(typed.to_owned());
    }
    let mut with_ending = typed.as_os_str().to_owned();
    with_ending.push(".toml");
    let guesses = [PathBuf::from(with_ending), typed.join(OF_A_FOLDER)];
    if let Some(found) = guesses.into_iter().find(|path| path.is_file()) {
        return Ok(found);
    }
    if typed.is_dir() {
        let message = format!("{} is a folder, and none of its files is {OF_A_FOLDER}", typed.display());
        return Err(with_names(Fault::new("no-file", "", message), typed, ""));
    }
    let message = format!("cannot read {}: there is no such file", typed.display());
    let folder = typed.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = typed.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Err(with_names(Fault::new("no-file", "", message), folder, &name))
}

/// A fault with the scenarios of a folder, the one nearest to a name first.
///
/// Without any scenario in the folder the fault stays as it is.
fn with_names(fault: Fault, folder: &Path, name: &str) -> Fault {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".toml"))
        .collect();
    names.sort();
    match names.is_empty() {
        true => fault,
        false => fault.help(suggest(name, names.iter().map(String::as_str), "files in that folder")),
    }
}
