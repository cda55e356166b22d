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

/// How long nothing was written to what a stopped run left: a run at work writes all the time.
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

/// Names for something that passes in a folder: `.NAME.WHAT-PID`, then with further numbers.
fn names(folder: &Path, name: &OsStr, what: &str) -> impl Iterator<Item = PathBuf> {
    let first = format!(".{}.{what}-{}", name.to_string_lossy(), std::process::id());
    (0..u32::MAX).map(move |n| match n {
        0 => folder.join(&first),
        n => folder.join(format!("{first}-{n}")),
    })
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

/// Takes away what runs that were stopped left under a passing name.
///
/// Not what one may still be writing, nor old results that were moved aside: these may be all that there is.
fn clear(folder: &Path, name: &OsStr) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let file = entry.file_name();
        let written = passes(&file, name) && file.to_string_lossy().contains(".writing-");
        let since = entry.metadata().and_then(|found| found.modified()).ok().and_then(|at| at.elapsed().ok());
        if written && since.is_some_and(|since| since > LEFT) {
            // Left where it cannot be removed: the next name is free.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}
