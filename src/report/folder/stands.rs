//! What stands where a run shall be written: it is replaced only if every file in it is ours, as its manifest lists it.
//!
//! In: a folder. Out: nothing, or why it is left as it is. A file is ours while it holds the bytes that the manifest lists; when it
//! was last touched does not count, so that a spreadsheet may look at a table.

use super::passing::passes;
use super::{KEPT, MANIFEST, PROGRAM, Refusal, cannot, hash_of, manifest_of};
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::Path;

/// Refuses to replace what is not ours.
///
/// Nothing there, or an empty folder, is fine. Else every file below must be one that a manifest of ours lists, with the bytes that
/// it lists: folders count by the files in them, and an empty one is somebody's. Reads every file. `typed` is how the planner calls the folder.
pub(super) fn replaceable(target: &Path, typed: &Path) -> Result<(), Refusal> {
    if !target.exists() {
        return Ok(());
    }
    let name = typed.display();
    let help = "choose another folder with --out, or move this one away";
    if !target.is_dir() {
        return Err(Refusal { message: format!("`{name}` is a file, not a folder"), help: help.into() });
    }
    let own = target.file_name().unwrap_or_default();
    let refused = |error| cannot(typed, &error);
    let ours = listed(target);
    if ours.is_none() && !is_empty(target, own).map_err(refused)? {
        return Err(Refusal {
            message: format!("`{name}` holds what is not from a run (no {MANIFEST} of ours)"),
            help: help.into(),
        });
    }
    let Some(ours) = ours else { return Ok(()) };
    let mut found = inside(target, "", own).map_err(refused)?;
    found.retain(|file| !of_the_system(file));
    for file in found.iter().filter(|file| *file != MANIFEST) {
        // An empty folder, but for those in which we write.
        if file.ends_with('/') {
            if ours.keys().any(|own| own.starts_with(file)) {
                continue;
            }
            return Err(Refusal {
                message: format!("`{name}` also holds the empty folder `{file}`, which no run made"),
                help: format!("move `{file}` away, or choose another folder with --out"),
            });
        }
        let why = match ours.get(file) {
            None => "which no run wrote; replacing the folder would lose it",
            Some(as_written) if !as_written.holds(&target.join(file), file) => {
                "which was changed after the run wrote it; replacing the folder would lose the change"
            }
            Some(_) => continue,
        };
        return Err(Refusal {
            message: format!("`{name}` also holds `{file}`, {why}"),
            help: format!("move `{file}` away, or choose another folder with --out"),
        });
    }
    Ok(())
}

/// True for a folder of ours that holds everything its manifest lists, with the sizes that it lists.
pub(super) fn whole(folder: &Path) -> bool {
    let there = |(file, as_written): (&String, &AsWritten)| {
        fs::metadata(folder.join(file)).is_ok_and(|found| found.len() == as_written.bytes)
    };
    listed(folder).is_some_and(|files| files.iter().all(there))
}

/// A file as a manifest lists it.
struct AsWritten {
    /// Size [bytes].
    bytes: u64,
    /// BLAKE3, hexadecimal.
    hash: String,
}

impl AsWritten {
    /// True where a file still holds these bytes; false also where it cannot be read.
    ///
    /// What is kept to go on from is nobody's to edit: it is looked at where it is read, with a reason of its own.
    fn holds(&self, path: &Path, file: &str) -> bool {
        if file == KEPT {
            return true;
        }
        let hash = || hash_of(&mut io::BufReader::new(fs::File::open(path)?));
        fs::metadata(path).is_ok_and(|found| found.is_file() && found.len() == self.bytes)
            && hash().is_ok_and(|hash| hash == self.hash)
    }
}

/// True for files that come of looking at a folder, or of opening a table in it: nobody wrote them, nobody misses them.
///
/// What Finder and Explorer keep of a view, and the locks of spreadsheets.
fn of_the_system(file: &str) -> bool {
    let name = file.rsplit('/').next().unwrap_or(file);
    [".DS_Store", "Thumbs.db", "desktop.ini"].contains(&name)
        || name.starts_with("~$")
        || name.starts_with(".~lock.")
}

/// True for a folder without anything that anybody has put there; looks no further than the first.
fn is_empty(folder: &Path, own: &OsStr) -> io::Result<bool> {
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        if !passes(&name, own) && !of_the_system(&name.to_string_lossy()) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Every file below a folder, with forward slashes, but for what passes there; of a folder that holds nothing its name with a
/// stroke behind it.
///
/// `before` goes ahead of each name: empty, or the folder so far with its stroke. `own` is the name of the outermost folder: what
/// a run writes there under a passing name, or was writing when it was stopped, is nobody's.
fn inside(folder: &Path, before: &str, own: &OsStr) -> io::Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{before}{}", entry.file_name().to_string_lossy());
        if before.is_empty() && passes(&entry.file_name(), own) {
            continue;
        }
        if entry.file_type()?.is_dir() {
            let below = inside(&entry.path(), &format!("{name}/"), own)?;
            if below.is_empty() {
                found.insert(format!("{name}/"));
            }
            found.extend(below);
        } else {
            found.insert(name);
        }
    }
    Ok(found)
}

/// Files that a manifest of ours lists, by name; none where it is not ours.
///
/// None also where it cannot be read or is not of this form.
fn listed(folder: &Path) -> Option<BTreeMap<String, AsWritten>> {
    let value: serde_json::Value = serde_json::from_slice(&manifest_of(folder).ok()?).ok()?;
    if value.get("program")?.as_str()? != PROGRAM {
        return None;
    }
    let mut files = BTreeMap::new();
    for file in value.get("files")?.as_array()? {
        let text = |key: &str| file.get(key)?.as_str().map(str::to_owned);
        let as_written = AsWritten { bytes: file.get("bytes")?.as_u64()?, hash: text("blake3")? };
        files.insert(text("name")?, as_written);
    }
    Some(files)
}
