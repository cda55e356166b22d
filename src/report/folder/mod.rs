//! The folder of a run: checked before the run, written under a passing name, moved to its place whole at the end.
//!
//! An existing folder is replaced only if everything in it is ours, as its manifest lists it (`stands`).
//!
//! The passing folder stands where it can be moved from (`passing`): beside its place wherever one rename then puts it there. The
//! name holds the number of the process: two runs at once do not meet. A run that is stopped leaves the old results as they
//! were; where it is stopped between the two moves of its end, the next puts them back ([`Folder::recover`]).

mod passing;
mod stands;

use crate::fault::reason;
use passing::{Passing, aside, passes};
use std::ffi::OsStr;
use std::fs;
use std::io::{self, BufRead, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Name of the file that marks a folder as ours.
pub const MANIFEST: &str = "manifest.json";

/// Name of the file from which a run is gone on.
pub const KEPT: &str = "kept.bin";

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
    /// Where it shall stand: absolute, no link.
    target: PathBuf,
    /// Where it stands while it is written.
    partial: Passing,
    /// Files written so far, in order.
    files: Vec<Written>,
}

/// How often a folder that another run moves is looked at again.
const TRIES: usize = 3;

impl Folder {
    /// Puts results back that a run moved aside and was stopped before its own stood in their place; true where it did so.
    ///
    /// To be called before anything is read in a folder or written to it.
    pub fn recover(target: &Path) -> bool {
        // Of a link that leads nowhere now the folder it is to lead to.
        let linked = || Some(std::path::absolute(target).ok()?.parent()?.join(fs::read_link(target).ok()?));
        let own = settled(target).ok().or_else(linked);
        own.is_some_and(|own| passing::put_back(&own, &stands::whole))
    }

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
        let own = settled(target)?;
        // The system says of a file above it only that it is there.
        if let Some(file) = own.ancestors().skip(1).find(|above| above.is_file()) {
            return Err(Refusal {
                message: format!(
                    "`{}` cannot be written: `{}` is a file, not a folder",
                    target.display(),
                    file.display()
                ),
                help: "choose another folder with --out".into(),
            });
        }
        stands::replaceable(&own, target)?;
        let partial = match (own.parent(), own.file_name()) {
            (Some(parent), Some(name)) => Passing::of(&own, (parent, name)),
            _ => {
                return Err(Refusal {
                    message: format!("`{}` is not a folder that can be replaced", target.display()),
                    help: "name a folder of its own: --out output/my-run".into(),
                });
            }
        };
        let partial = partial.map_err(|error| cannot(target, &error))?;
        Ok(Self { target: own, partial, files: Vec::new() })
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

    /// Reads a file back that was written.
    ///
    /// # Errors
    ///
    /// What the file system returns.
    pub fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        fs::read(self.partial.path.join(name))
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
        // Another run may move the folder between a look at it and a move: then it is looked at again.
        for _ in 0..TRIES {
            match self.placed() {
                Err(error) if error.kind() == io::ErrorKind::NotFound && self.partial.path.exists() => {}
                result => return result,
            }
        }
        self.placed()
    }

    fn placed(&self) -> io::Result<()> {
        if !self.target.exists() {
            return fs::rename(&self.partial.path, &self.target);
        }
        let above = if self.partial.inside || self.stays()? { None } else { self.target.parent() };
        let Some(above) = above else { return self.fill() };
        let old = aside(above, self.name());
        // Some file systems move files and not folders.
        match fs::rename(&self.target, &old) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(error),
            Err(_) => return self.fill(),
        }
        if let Err(error) = fs::rename(&self.partial.path, &self.target) {
            fs::rename(&old, &self.target)?;
            return Err(error);
        }
        // A hidden folder that cannot be removed stands in nobody's way: the next takes another name.
        let _ = fs::remove_dir_all(&old);
        Ok(())
    }

    /// True where the folder has to keep its identity: somebody works in it, or it holds what is neither ours nor to be
    /// lost (results that a stopped run moved aside, what another run is writing).
    fn stays(&self) -> io::Result<bool> {
        let here = std::env::current_dir()
            .and_then(fs::canonicalize)
            .is_ok_and(|here| here.starts_with(&self.target));
        let mut found = fs::read_dir(&self.target)?;
        Ok(here || found.any(|entry| entry.is_ok_and(|entry| passes(&entry.file_name(), self.name()))))
    }

    /// Moves everything into the folder that stands there, and what was in it away; all of it or nothing.
    ///
    /// The manifest goes first and comes last: a folder in which this was cut short is not taken for a run.
    fn fill(&self) -> io::Result<()> {
        let own = |file: &OsStr| !passes(file, self.name());
        let old = aside(&self.target, self.name());
        fs::create_dir(&old)?;
        let filled = shift(&self.target, &old, &own, true).and_then(|()| {
            let filled = shift(&self.partial.path, &self.target, &|_| true, false);
            // What stood there comes back.
            filled.or_else(|error| shift(&old, &self.target, &|_| true, false).and(Err(error)))
        });
        match filled {
            Ok(()) => drop(fs::remove_dir_all(&old)),
            // Only while it is empty: it may hold what could not be put back.
            Err(_) => drop(fs::remove_dir(&old)),
        }
        filled
    }

    /// Its own name, without the folders above.
    fn name(&self) -> &OsStr {
        self.target.file_name().unwrap_or_default()
    }
}

/// Moves what stands in a folder to another, all of it or nothing; `first` says when the manifest moves.
fn shift(from: &Path, to: &Path, own: &dyn Fn(&OsStr) -> bool, first: bool) -> io::Result<()> {
    let names: io::Result<Vec<_>> = fs::read_dir(from)?.map(|entry| Ok(entry?.file_name())).collect();
    let mut names: Vec<_> = names?.into_iter().filter(|name| own(name)).collect();
    names.sort_by_key(|name| (name == MANIFEST) != first);
    for (at, name) in names.iter().enumerate() {
        if let Err(error) = fs::rename(from.join(name), to.join(name)) {
            // What came first goes back.
            names[..at].iter().rev().try_for_each(|name| fs::rename(to.join(name), from.join(name)))?;
            return Err(error);
        }
    }
    Ok(())
}

/// Where a typed folder stands: absolute, and what a link points to, so that the link stays.
fn settled(target: &Path) -> Result<PathBuf, Refusal> {
    let cannot = |error| cannot(target, &error);
    // Without a stroke at the end, which would hide a link.
    let typed: PathBuf = std::path::absolute(target).map_err(cannot)?.components().collect();
    if typed.exists() {
        return fs::canonicalize(&typed).map_err(cannot);
    }
    if fs::symlink_metadata(&typed).is_ok() {
        return Err(Refusal {
            message: format!("`{}` is a link to a folder that is not there", target.display()),
            help: "make that folder, remove the link, or choose another folder with --out".into(),
        });
    }
    Ok(typed)
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

/// The manifest of a folder.
///
/// # Errors
///
/// Where there is none that can be read; what is no plain file (a pipe) is none.
pub fn manifest_of(folder: &Path) -> io::Result<Vec<u8>> {
    let path = folder.join(MANIFEST);
    if !fs::metadata(&path)?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no plain file"));
    }
    fs::read(path)
}

/// The fingerprint of a file, as a manifest lists it.
///
/// BLAKE3 [hexadecimal]; none where the manifest does not list the file or is of another form.
pub fn fingerprint<'a>(manifest: &'a serde_json::Value, file: &str) -> Option<&'a str> {
    let files = manifest.get("files")?.as_array()?;
    files.iter().find(|listed| listed["name"] == file)?["blake3"].as_str()
}

/// BLAKE3 of all that is left to read [hexadecimal].
///
/// # Errors
///
/// Where it cannot be read.
pub fn hash_of(read: &mut impl BufRead) -> io::Result<String> {
    let mut hasher = blake3::Hasher::new();
    loop {
        let bytes = read.fill_buf()?;
        if bytes.is_empty() {
            return Ok(hasher.finalize().to_hex().to_string());
        }
        hasher.update(bytes);
        let read_so_far = bytes.len();
        read.consume(read_so_far);
    }
}

/// A refusal by the machine.
fn cannot(target: &Path, error: &io::Error) -> Refusal {
    Refusal {
        message: format!("`{}` cannot be written: {}", target.display(), reason(error)),
        help: "choose a folder you may write to with --out".into(),
    }
}

#[cfg(test)]
mod tests;
