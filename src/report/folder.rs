//! The folder of a run: checked before the run, written beside its place, moved there whole at the end.
//!
//! An existing folder is replaced only if everything in it is ours, as its manifest lists it.
//!
//! The passing name stands beside the target, so that the last move is a rename on one file system. It holds the
//! number of the process: two runs at once do not meet. A run that is stopped leaves the old results as they
//! were.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Name of the file that marks a folder as ours.
pub const MANIFEST: &str = "manifest.json";

/// What marks a manifest as ours.
pub const PROGRAM: &str = "skillmix";

/// Why a folder cannot be written, and the way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What is in the way.
    pub message: String,
    /// The way out.
    pub help: String,
}

/// A file that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Path in the folder, with forward slashes.
    pub name: String,
    /// Size [bytes].
    pub bytes: u64,
    /// BLAKE3, hexadecimal.
    pub hash: String,
}

/// A folder being written.
///
/// Opened by [`Folder::open`], filled by [`Folder::file`], ended by [`Folder::finish`] or [`Folder::place`].
/// Dropped before that, it leaves nothing behind.
#[derive(Debug)]
pub struct Folder {
    /// Where it shall stand, absolute.
    target: PathBuf,
    /// Where it stands while it is written.
    partial: Partial,
    /// Files written so far, in order.
    files: Vec<Written>,
}

/// The folder under its passing name, and the folders above it that were made for it; gone again if it is dropped before it
/// is moved.
#[derive(Debug)]
struct Partial {
    path: PathBuf,
    /// Innermost first.
    made: Vec<PathBuf>,
}

impl Partial {
    /// Makes the folder and those above it that are not there.
    fn new(path: PathBuf) -> io::Result<Self> {
        let above = path.ancestors().skip(1);
        let made = above.take_while(|above| !above.as_os_str().is_empty() && !above.exists());
        let partial = Self { made: made.map(Path::to_owned).collect(), path };
        if let Some(parent) = partial.path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::create_dir(&partial.path)?;
        Ok(partial)
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        // Nothing can be done here about a folder that cannot be removed; after the move there is none, and those above hold
        // the results, so that they are not empty and stay.
        let _ = fs::remove_dir_all(&self.path);
        for above in &self.made {
            let _ = fs::remove_dir(above);
        }
    }
}

impl Folder {
    /// Checks, before a run, that the folder can be written: its parent exists or can be made, a file can
    /// be written there, and what stands in its place is ours. Leaves nothing behind.
    ///
    /// # Errors
    ///
    /// What is in the way, and the way out; the command line says it before anything is played.
    pub fn check(target: &Path) -> Result<(), Refusal> {
        let folder = Self::open(target)?;
        let probe = folder.partial.path.join("probe");
        fs::write(&probe, b"skillmix").map_err(|error| cannot(target, &error))
    }

    /// Starts writing a folder.
    ///
    /// # Errors
    ///
    /// As [`Folder::check`], which does not keep what it looked at: somebody may have written there since, so it
    /// is looked at again.
    pub fn open(target: &Path) -> Result<Self, Refusal> {
        replaceable(target)?;
        let target = std::path::absolute(target).map_err(|error| cannot(target, &error))?;
        let (Some(parent), Some(name)) = (target.parent(), target.file_name()) else {
            return Err(Refusal {
                message: format!("`{}` is not a folder that can be replaced", target.display()),
                help: "name a folder of its own: --out output/my-run".into(),
            });
        };
        let passing = format!(".{}.writing-{}", name.to_string_lossy(), std::process::id());
        let partial = Partial::new(parent.join(passing)).map_err(|error| cannot(&target, &error))?;
        Ok(Self { target, partial, files: Vec::new() })
    }

    /// Writes a file of the folder; a name may hold folders (`plots/weeks.svg`).
    ///
    /// Files are fingerprinted as they are written. A name given twice would be listed twice.
    ///
    /// # Errors
    ///
    /// What `write` or the file system returns; the file is then not listed.
    pub fn file(
        &mut self,
        name: &str,
        write: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<()>,
    ) -> io::Result<()> {
        let path = self.partial.path.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        let mut out =
            Counted { out: BufWriter::new(fs::File::create(&path)?), bytes: 0, hash: blake3::Hasher::new() };
        write(&mut out)?;
        out.flush()?;
        let hash = out.hash.finalize().to_hex().to_string();
        self.files.push(Written { name: name.to_owned(), bytes: out.bytes, hash });
        Ok(())
    }

    /// The files written so far.
    ///
    /// In the order written; the manifest is not among them.
    pub fn files(&self) -> &[Written] {
        &self.files
    }

    /// Writes the manifest and moves the folder to its place.
    ///
    /// # Errors
    ///
    /// As [`Folder::place`].
    pub fn finish(self, manifest: &str) -> io::Result<()> {
        fs::write(self.partial.path.join(MANIFEST), manifest)?;
        self.place()
    }

    /// Moves the folder to its place without a manifest. What stood there goes last: results that are in place are written,
    /// whether or not the old ones can be removed.
    ///
    /// Used alone where the folder is no run's (a new scenario of `skillmix new`).
    ///
    /// # Errors
    ///
    /// Where a move fails; what stood there is put back where it can be.
    pub fn place(self) -> io::Result<()> {
        if !self.target.exists() {
            return fs::rename(&self.partial.path, &self.target);
        }
        // A folder that somebody may stand in (a terminal, a share) keeps its own identity.
        if fs::read_dir(&self.target)?.next().is_none() {
            return self.fill();
        }
        let old = self.aside();
        fs::rename(&self.target, &old)?;
        if let Err(error) = fs::rename(&self.partial.path, &self.target) {
            fs::rename(&old, &self.target)?;
            return Err(error);
        }
        // A hidden folder that cannot be removed stands in nobody's way: the next takes another name.
        let _ = fs::remove_dir_all(&old);
        Ok(())
    }

    /// Moves everything into the empty folder that stands there (somebody may be working in it); all of it or nothing.
    fn fill(&self) -> io::Result<()> {
        let mut moved: Vec<(PathBuf, PathBuf)> = Vec::new();
        for entry in fs::read_dir(&self.partial.path)? {
            let entry = entry?;
            let (from, to) = (entry.path(), self.target.join(entry.file_name()));
            if let Err(error) = fs::rename(&from, &to) {
                // what came first goes back, and away with the rest
                moved.iter().try_for_each(|(from, to)| fs::rename(to, from))?;
                return Err(error);
            }
            moved.push((from, to));
        }
        Ok(())
    }

    /// A name beside the folder under which nothing stands.
    fn aside(&self) -> PathBuf {
        // `with_extension` replaces `writing-PID`, so the name keeps the target's own name, dots included.
        let name = |n: u32| self.partial.path.with_extension(format!("old-{}-{n}", std::process::id()));
        let free = (0..u32::MAX).map(name).find(|path| fs::symlink_metadata(path).is_err());
        free.unwrap_or_else(|| name(u32::MAX))
    }
}

/// A file with its size and fingerprint.
struct Counted {
    /// The file.
    out: BufWriter<fs::File>,
    /// Bytes written so far.
    bytes: u64,
    /// Fingerprint of what was written so far.
    hash: blake3::Hasher,
}

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = self.out.write(bytes)?;
        self.hash.update(&bytes[..n]);
        self.bytes += n as u64;
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Refuses to replace what is not ours.
///
/// Nothing there, or an empty folder, is fine. Else every file below must be one that a manifest of ours lists:
/// folders count by the files in them.
fn replaceable(target: &Path) -> Result<(), Refusal> {
    if !target.exists() {
        return Ok(());
    }
    let name = target.display();
    let help = "choose another folder with --out, or move this one away";
    if !target.is_dir() {
        return Err(Refusal { message: format!("`{name}` is a file, not a folder"), help: help.into() });
    }
    let mut found = inside(target, "").map_err(|error| cannot(target, &error))?;
    found.retain(|file| !of_the_system(file));
    if found.is_empty() {
        return Ok(());
    }
    let Some(ours) = listed(&target.join(MANIFEST)) else {
        return Err(Refusal {
            message: format!("`{name}` holds files that are not from a run (no {MANIFEST} of ours)"),
            help: help.into(),
        });
    };
    match found.iter().find(|file| !ours.contains(*file)) {
        None => Ok(()),
        Some(file) => Err(Refusal {
            message: format!(
                "`{name}` also holds `{file}`, which no run wrote; replacing the folder would lose it"
            ),
            help: format!("move `{file}` away, or choose another folder with --out"),
        }),
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

/// Every file below a folder, with forward slashes.
///
/// `before` goes ahead of each name: empty, or the folder so far with its stroke.
fn inside(folder: &Path, before: &str) -> io::Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{before}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            found.extend(inside(&entry.path(), &format!("{name}/"))?);
        } else {
            found.insert(name);
        }
    }
    Ok(found)
}

/// Files that a manifest of ours lists, itself included; none where it is not ours.
///
/// None also where it cannot be read or is not of this form.
fn listed(manifest: &Path) -> Option<BTreeSet<String>> {
    let text = fs::read_to_string(manifest).ok()?;
    let value: serde_json::Value = serde_json::from_str(&text).ok()?;
    if value.get("program")?.as_str()? != PROGRAM {
        return None;
    }
    let mut names = BTreeSet::from([MANIFEST.to_owned()]);
    for file in value.get("files")?.as_array()? {
        names.insert(file.get("name")?.as_str()?.to_owned());
    }
    Some(names)
}

/// The fingerprint of a file, as a manifest lists it.
///
/// BLAKE3 [hexadecimal]; none where the manifest does not list the file or is of another form.
pub fn fingerprint<'a>(manifest: &'a serde_json::Value, file: &str) -> Option<&'a str> {
    let files = manifest.get("files")?.as_array()?;
    files.iter().find(|listed| listed["name"] == file)?["blake3"].as_str()
}

/// A refusal by the machine.
fn cannot(target: &Path, error: &io::Error) -> Refusal {
    Refusal {
        message: format!("`{}` cannot be written: {error}", target.display()),
        help: "choose a folder you may write to with --out".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(target: &Path, text: &str) -> Folder {
        let mut folder = Folder::open(target).expect("a folder that can be written");
        folder.file("a/report.txt", |out| out.write_all(text.as_bytes())).expect("a file");
        folder
    }

    fn manifest() -> String {
        format!("{{\"program\":\"{PROGRAM}\",\"files\":[{{\"name\":\"a/report.txt\"}}]}}")
    }

    #[test]
    fn a_check_leaves_nothing_behind() {
        let here = tempfile::tempdir().expect("a passing folder");
        assert_eq!(Folder::check(&here.path().join("pp/qq/rr")), Ok(()));
        assert!(!here.path().join("pp").exists());
    }

    /// Old results that could not be removed once stand in nobody's way.
    #[test]
    fn what_an_earlier_run_left_aside_blocks_nothing() {
        let here = tempfile::tempdir().expect("a passing folder");
        let target = here.path().join("run");
        written(&target, "one").finish(&manifest()).expect("written");
        for name in [format!(".run.old-{}-0", std::process::id()), ".run.old".to_owned()] {
            fs::create_dir_all(here.path().join(name).join("left")).expect("a leftover");
        }
        written(&target, "two").finish(&manifest()).expect("written again");
        assert_eq!(fs::read_to_string(target.join("a/report.txt")).ok().as_deref(), Some("two"));
    }

    /// Looking at results, or opening one of their tables, blocks no further run.
    #[test]
    fn what_a_file_manager_leaves_blocks_nothing() {
        let here = tempfile::tempdir().expect("a passing folder");
        let target = here.path().join("run");
        written(&target, "one").finish(&manifest()).expect("written");
        for name in
            [".DS_Store", "a/.DS_Store", "Thumbs.db", "desktop.ini", "~$summary.csv", ".~lock.summary.csv#"]
        {
            fs::write(target.join(name), "").expect("a file of the system");
        }
        written(&target, "two").finish(&manifest()).expect("written again");
        assert_eq!(fs::read_to_string(target.join("a/report.txt")).ok().as_deref(), Some("two"));
        fs::write(target.join("notes.txt"), "mine").expect("a note");
        assert!(replaceable(&target).is_err(), "what somebody wrote is not lost");
    }

    /// Somebody may be working in an empty folder: it is filled, not replaced.
    #[test]
    fn an_empty_folder_is_filled() {
        let here = tempfile::tempdir().expect("a passing folder");
        let target = here.path().join("empty");
        fs::create_dir(&target).expect("a folder");
        written(&target, "one").place().expect("written");
        let names: Vec<_> =
            fs::read_dir(here.path()).expect("a folder").flatten().map(|e| e.file_name()).collect();
        assert_eq!(names, ["empty"]);
        assert!(target.join("a/report.txt").is_file() && !target.join(MANIFEST).exists());
    }
}
