//! The folder under its passing name: where it stands while it is written, and what stopped runs left of theirs.
//!
//! In: where results shall stand. Out: an empty folder from which they can be moved there. It stands beside its place, so that one
//! rename puts it there whole; inside it where the place is an empty folder, is a file system of its own (a container's volume, a
//! share), or lies in a folder that may not be written to.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long nothing was written to what a stopped run left, where it cannot be known whether it still runs: a run at work writes
/// all the time.
const LEFT: Duration = Duration::from_secs(24 * 60 * 60);

/// The folder under its passing name, and the folders above it that were made for it; gone again if it is dropped before it
/// is moved.
#[derive(Debug)]
pub(super) struct Passing {
    pub path: PathBuf,
    /// True where it stands inside its place.
    pub inside: bool,
    /// Innermost first.
    made: Vec<PathBuf>,
}

impl Passing {
    /// Makes the folder for a place, which may be there; `parent` and `name` are its own.
    ///
    /// # Errors
    ///
    /// Where no folder can be made beside the place, nor inside it.
    pub fn of(target: &Path, (parent, name): (&Path, &OsStr)) -> io::Result<Self> {
        [parent, target].into_iter().for_each(|folder| clear(folder, name));
        if !target.exists() {
            return Self::new((parent, name), false);
        }
        // Somebody may stand in an empty folder (a terminal, a share): it keeps its own identity.
        if fs::read_dir(target)?.next().is_none() {
            return Self::new((target, name), true);
        }
        match Self::new((parent, name), false) {
            Ok(beside) if beside.reaches(target) => Ok(beside),
            _ => Self::new((target, name), true),
        }
    }

    /// Makes the folder under the first free name, and the folders above it that are not there.
    fn new((folder, name): (&Path, &OsStr), inside: bool) -> io::Result<Self> {
        let above = folder.ancestors();
        let made = above.take_while(|above| !above.as_os_str().is_empty() && !above.exists());
        let mut passing = Self { made: made.map(Path::to_owned).collect(), path: PathBuf::new(), inside };
        fs::create_dir_all(folder)?;
        // The number of the process keeps two runs apart; in containers it is the same again and again.
        for path in names(folder, name, "writing") {
            match fs::create_dir(&path) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                result => {
                    passing.path = path;
                    return result.map(|()| passing);
                }
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    /// False where the place is a file system of its own, to which nothing can be moved from here.
    fn reaches(&self, target: &Path) -> bool {
        let Some(name) = self.path.file_name() else { return true };
        let (here, there) = (self.path.join(name), target.join(name));
        let moved = fs::write(&here, b"").and_then(|()| fs::rename(&here, &there));
        // One of the two is there; what cannot be removed shows when the folder is written.
        let _ = fs::remove_file(if moved.is_ok() { &there } else { &here });
        !moved.is_err_and(|error| error.kind() == io::ErrorKind::CrossesDevices)
    }
}

impl Drop for Passing {
    fn drop(&mut self) {
        // Nothing can be done here about a folder that cannot be removed; after the move there is none, and those above hold
        // the results, so that they are not empty and stay.
        if !self.path.as_os_str().is_empty() {
            let _ = fs::remove_dir_all(&self.path);
        }
        for above in &self.made {
            let _ = fs::remove_dir(above);
        }
    }
}

/// Names for something that passes in a folder: `.NAME.WHAT-PROCESS`, then with further numbers.
fn names(folder: &Path, name: &OsStr, what: &str) -> impl Iterator<Item = PathBuf> {
    let first = format!(".{}.{what}-{}", name.to_string_lossy(), process());
    (0..u32::MAX).map(move |n| match n {
        0 => folder.join(&first),
        n => folder.join(format!("{first}-{n}")),
    })
}

/// This process in the name of a folder: its number, and behind it where that number counts, as far as it is known.
fn process() -> String {
    let where_it_counts = counts().map(|mark| format!("-{mark}"));
    format!("{}{}", std::process::id(), where_it_counts.unwrap_or_default())
}

/// Where numbers of processes are those of this process: this start of this machine, and in it this container. None where that is
/// not told (elsewhere than on Linux).
fn counts() -> Option<String> {
    let start = fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
    let container = fs::read_link("/proc/self/ns/pid").ok()?;
    let hash = blake3::hash(format!("{start}{}", container.display()).as_bytes());
    Some(format!("m{}", &hash.to_hex()[..8]))
}

/// Whether the process that wrote under a passing name still runs; none where that cannot be known.
///
/// Our own number tells nothing: what bears it may be ours, or of an earlier process.
fn runs(file: &str) -> Option<bool> {
    let (_, process) = file.rsplit_once(".writing-").or_else(|| file.rsplit_once(".old-"))?;
    let mut parts = process.split('-');
    let number: u32 = parts.next()?.parse().ok()?;
    // Where processes of others are hidden (as the first of all is of others) one that is not seen may still run.
    let seen = Path::new("/proc/1").exists();
    let known = number != std::process::id() && parts.next()? == counts()? && seen;
    known.then(|| Path::new("/proc").join(number.to_string()).exists())
}

/// A name in a folder under which nothing stands, for what is moved aside.
pub(super) fn aside(folder: &Path, name: &OsStr) -> PathBuf {
    let free = names(folder, name, "old").find(|path| fs::symlink_metadata(path).is_err());
    free.unwrap_or_else(|| folder.join(".old"))
}

/// True for a name under which a run writes, or moves aside; and for the folder that disks of Linux have at their top.
pub(super) fn passes(file: &OsStr, name: &OsStr) -> bool {
    if file == "lost+found" {
        return true;
    }
    let (file, name) = (file.to_string_lossy(), name.to_string_lossy());
    let rest = file.strip_prefix('.').and_then(|rest| rest.strip_prefix(&*name));
    rest.is_some_and(|rest| rest.starts_with(".writing-") || rest.starts_with(".old-"))
}

/// Takes away what runs that were stopped left under a passing name: those that are known to run no more, and of the others what
/// nobody has written to for a day.
///
/// Not what one may still be writing, nor old results that were moved aside, unless whole ones stand in their place: these may be
/// all that there is.
fn clear(folder: &Path, name: &OsStr) {
    let replaced = super::stands::whole(&folder.join(name));
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let file = entry.file_name();
        let file_name = file.to_string_lossy();
        let passed = file_name.contains(".writing-") || replaced && file_name.contains(".old-");
        if !passes(&file, name) || !passed {
            continue;
        }
        let since = entry.metadata().and_then(|found| found.modified()).ok().and_then(|at| at.elapsed().ok());
        let left = runs(&file_name).map_or_else(|| since.is_some_and(|since| since > LEFT), |runs| !runs);
        if left {
            // Left where it cannot be removed: the next name is free.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Puts results back that a run moved aside to make room for its own, and was stopped before it did: the newest that are `whole`.
///
/// True where it did so. Only where nothing stands in their place. A run at work that is just between its two moves finds what was
/// put back, and moves it aside again.
pub(super) fn put_back(target: &Path, whole: &dyn Fn(&Path) -> bool) -> bool {
    let (Some(parent), Some(name)) = (target.parent(), target.file_name()) else { return false };
    if fs::symlink_metadata(target).is_ok() {
        return false;
    }
    let aside = fs::read_dir(parent).into_iter().flatten().flatten().filter(|entry| {
        let file = entry.file_name();
        passes(&file, name) && file.to_string_lossy().contains(".old-") && whole(&entry.path())
    });
    let newest = aside.max_by_key(|entry| entry.metadata().and_then(|found| found.modified()).ok());
    newest.is_some_and(|entry| fs::rename(entry.path(), target).is_ok())
}
